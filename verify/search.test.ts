import { describe, expect, it } from 'vitest';
import type { RigidBody } from '../src/mechanics/problem.ts';
import type { ForceTarget } from '../src/mechanics/search.ts';
import { type Equilibrium, Solver, type SolverOptions } from '../src/mechanics/solver.ts';
import { blockProblem, EXACT, follow, planePoints, sphereOver } from './block-problem.ts';

const CELLS = [12, 12, 8] as const;
const H = 5;
const TOP = 40;

/** A block of 60×60×40 mm on its bonded base; contact points on its top, or a little above it. */
function block(bodies: readonly RigidBody[], above = 0) {
  return blockProblem({
    cells: [CELLS[0], CELLS[1], CELLS[2] + 1],
    h: H,
    mu: 5,
    law: { a: 1, bulk: 1000 },
    // the layer of cells above the top does not exist
    fill: (_x, _y, z) => (z < TOP ? 1 : 0),
    fixed: (_x, _y, z) => (z === 0 ? 7 : 0),
    surface: planePoints(CELLS, H, TOP + above),
    bodies,
  });
}

function step(solver: Solver, depth: number, aim?: ForceTarget): Equilibrium {
  const steps = solver.step(depth, aim);
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
  }
}

const OPTIONS: Partial<SolverOptions> = {
  ...EXACT,
  balance: 1e-3,
  volumeError: 1e-4,
  decrementTolerance: 1e-6,
  threads: 1,
};
/** Relative difference; one depth reached on two ways differs by what penetration and balance leave open, some tenths of a per cent. */
const differs = (a: number, b: number): number => Math.abs(a / b - 1);

const ball = sphereOver(30, 30, TOP, 15);

describe('a push that is wanted instead of a depth', () => {
  it.each(['wasm', 'typescript'] as const)(
    'is met within its tolerance, where going to that depth finds the same force (%s)',
    (backend) => {
      const wanted = step(new Solver(block([ball]), { ...OPTIONS, backend }), 5).force * 1.6;
      const solver = new Solver(block([ball]), { ...OPTIONS, backend });
      step(solver, 3);
      const met = step(solver, 5.5, { force: wanted, tolerance: 0.004, between: [3, 12] });
      expect(met.converged).toBe(true);
      expect(Math.abs(met.force / wanted - 1)).toBeLessThanOrEqual(0.004);
      expect(met.forceBalance).toBeLessThanOrEqual(1e-3);
      expect(met.depth).toBeGreaterThan(5.5);
      const again = step(new Solver(block([ball]), { ...OPTIONS, backend }), met.depth);
      expect(differs(again.force, met.force)).toBeLessThan(0.004);
      // and the next step starts from there
      const further = step(solver, met.depth + 1);
      expect(further.converged).toBe(true);
      expect(further.force).toBeGreaterThan(1.1 * met.force);
    },
  );

  it('that cannot be had within the bounds leaves an equilibrium at the bound, with its own force', () => {
    const solver = new Solver(block([ball]), OPTIONS);
    step(solver, 3);
    const short = step(solver, 4, { force: 1000, tolerance: 0.004, between: [3, 5] });
    expect(short.converged).toBe(true);
    expect(short.depth).toBe(5);
    expect(differs(short.force, step(new Solver(block([ball]), OPTIONS), 5).force)).toBeLessThan(0.004);
  });
});

describe('surface points just outside of the cells', () => {
  const higher = (by: number): RigidBody => ({
    name: 'sphere',
    distance: (x, y, z, depth) => ball.distance(x, y, z - by, depth),
  });

  it('hang on the nearest cell: half a millimetre above the top they press as those on it do', () => {
    const on = follow(block([ball]), [2, 4, 6], OPTIONS).path.at(-1)!;
    const above = follow(block([higher(0.5)], 0.5), [2, 4, 6], OPTIONS).path.at(-1)!;
    // the surface of an extrapolated point turns a little otherwise
    expect(differs(above.force, on.force)).toBeLessThan(0.04);
    expect(above.forceBalance).toBeLessThan(1e-3);
  });

  it('are refused where no cell is beside them', () => {
    expect(() => new Solver(block([ball], 3 * H), OPTIONS)).toThrow(/in no active cell, nor beside one/);
  });
});

describe('two bodies that meet in a crease', () => {
  // a shallow roof, whose ridge runs along y over the middle of the block: eaves touch first, the ridge after 6 mm
  const plate = (side: number): RigidBody => ({
    name: side < 0 ? 'left' : 'right',
    distance: (x, _y, z, depth) => (TOP + 6 - depth - z + 0.2 * side * (x - 30)) / Math.hypot(1, 0.2),
  });

  it('converge with a fillet, share the push evenly, and add up to it', () => {
    const problem = { ...block([plate(-1), plate(1)]), fillet: 4 };
    const { path } = follow(problem, [3, 6, 9], { ...OPTIONS, contactGroups: 'cell', epsilon: 200 });
    const { bodyForce, force, supportForce } = path.at(-1)!;
    expect(force).toBeGreaterThan(1.5 * path[1]!.force);
    expect(bodyForce[0]! / bodyForce[1]!).toBeCloseTo(1, 2);
    expect((bodyForce[0]! + bodyForce[1]!) / force).toBeCloseTo(1, 9);
    expect(supportForce / force).toBeCloseTo(1, 2);
  });
});
