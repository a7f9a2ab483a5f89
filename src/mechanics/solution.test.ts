import { describe, expect, it } from 'vitest';
import { nodeIndex } from '../base/grid.ts';
import type { MechanicalProblem } from './problem.ts';
import { type Equilibrium, Solver } from './solver.ts';

const H = 10;
const SIZE = [4, 4, 2] as const;
const TOP = 2 * H;

/** A soft slab on the ground with a missing corner, under two flat plates; the right one comes 0.5 mm later. */
function slab(): MechanicalProblem {
  const cells = SIZE[0] * SIZE[1] * SIZE[2];
  const points: number[] = [];
  for (let j = 0; j < 12; j++) for (let i = 0; i < 12; i++) points.push(((i + 0.5) * H) / 3, ((j + 0.5) * H) / 3, TOP);
  const fixed = new Uint8Array(5 * 5 * 3);
  fixed.fill(7, 0, 25);
  return {
    grid: { origin: [0, 0, 0], spacing: H, size: SIZE },
    fill: new Float64Array(cells).fill(1).fill(0, 0, 1),
    mu: new Float64Array(cells).fill(5),
    law: { kind: 'stiffening', stiffening: new Float64Array(cells), bulk: new Float64Array(cells).fill(500) },
    fixed,
    surface: { points: Float64Array.from(points), areas: new Float64Array(144).fill((H * H) / 9) },
    bodies: [
      { name: 'left', distance: (x, _y, z, depth) => Math.max(TOP - depth - z, x - 15) },
      { name: 'right', distance: (x, _y, z, depth) => Math.max(TOP + 0.5 - depth - z, 25 - x) },
    ],
    direction: [0, 0, -1],
  };
}

function solve(solver: Solver, depth: number): Equilibrium {
  for (const steps = solver.step(depth); ; ) {
    const next = steps.next();
    if (!next.done) continue;
    expect(next.value.converged).toBe(true);
    return next.value;
  }
}

const EXACT = { balance: 1e-3, decrementTolerance: 1e-6, penetration: 0.01, leastWork: 1e-6 };

describe('solution', () => {
  const problem = slab();
  const solver = new Solver(problem, EXACT);
  const result = solve(solver, 1);
  const solution = solver.solution();

  it('gives each body, by its name, the pressure that adds up to its force', () => {
    const force = (name: string): number =>
      solution.contactPressure(name).reduce((sum, p, s) => sum + p * problem.surface.areas[s]! * 1e-3, 0);
    expect(result.bodyForce[0]!).toBeGreaterThan(1.5 * result.bodyForce[1]!);
    expect(force('left') / result.bodyForce[0]!).toBeCloseTo(1, 6);
    expect(force('right') / result.bodyForce[1]!).toBeCloseTo(1, 6);
    expect(force('nobody')).toBe(0);
    const far = solution.contactPressure('left').filter((_, s) => problem.surface.points[3 * s]! > 30);
    expect(far.every((p) => p === 0)).toBe(true);
  });

  it('gives displacements by node, three to each, in millimetres', () => {
    const at = (i: number, j: number, k: number): number[] => {
      const n = nodeIndex(problem.grid, i, j, k);
      return Array.from(solution.displacement.subarray(3 * n, 3 * n + 3));
    };
    expect(at(2, 2, 0)).toEqual([0, 0, 0]);
    expect(at(0, 2, 2)[2]!).toBeCloseTo(-1, 1);
    expect(at(4, 2, 2)[2]!).toBeCloseTo(-0.5, 1);
    // pressed out at its free sides
    expect(at(0, 2, 1)[0]!).toBeLessThan(-0.05);
    expect(at(4, 2, 1)[0]!).toBeGreaterThan(0.05);
  });

  it('gives cells whose stored work is what the plates did, and whose pressure is that of the plate above', () => {
    const { pressure, shear, stretchMin, stretchMax, work } = solution.cells;
    const [left, right] = result.bodyForce as [number, number];
    // forces that grow in proportion, from 0 and from 0.5 mm: N·mm
    const done = (left * 1 + right * 0.5) / 2;
    expect(work.reduce((a, b) => a + b, 0) / done).toBeCloseTo(1, 1);
    // the missing cell
    expect([pressure[0], shear[0], stretchMin[0], stretchMax[0], work[0]]).toEqual([0, 0, 1, 1, 0]);
    // left edge, upper layer: shortened by the plate, longer across
    const c = 0 + 4 * 2 + 16;
    expect(pressure[c]!).toBeGreaterThan(pressure[c + 3]!);
    expect(stretchMin[c]!).toBeLessThan(0.99);
    expect(stretchMax[c]!).toBeGreaterThan(1.005);
  });

  it('is one object for a state, keeps what it was, and does not read the cells of another state', () => {
    const solver = new Solver(problem, EXACT);
    solve(solver, 0.5);
    const back = solver.snapshot();
    const before = solver.solution();
    expect(solver.solution()).toBe(before);
    const [u, p] = [before.displacement.slice(), before.contactPressure('left')];
    solve(solver, 1);
    const after = solver.solution();
    expect(after).not.toBe(before);
    expect(before.displacement).toEqual(u);
    expect(before.contactPressure('left')).toEqual(p);
    expect(() => before.cells).toThrow('the solver has gone on');
    const { pressure } = after.cells;
    back();
    expect(after.cells.pressure).toBe(pressure);
    expect(solver.solution()).not.toBe(after);
    expect(solver.solution().displacement).toEqual(u);
  });
});
