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
      { name: 'left', distance: (x, _y, z, depth) => Math.max(TOP - depth - z, x - 13.3) },
      { name: 'right', distance: (x, _y, z, depth) => Math.max(TOP + 0.5 - depth - z, 26.7 - x) },
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
    expect(result.bodyForce[0]!).toBeGreaterThan(1.2 * result.bodyForce[1]!);
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

  it('gives every cell of a block that slides between two plates its stress, stretches and work', () => {
    const plain = slab();
    const fixed = new Uint8Array(plain.fixed!.length);
    for (let n = 0; n < fixed.length; n++)
      fixed[n] = (n < 25 ? 4 : 0) | (n % 5 === 0 ? 1 : 0) | (Math.floor(n / 5) % 5 === 0 ? 2 : 0);
    const block = new Solver(
      {
        ...plain,
        fixed,
        fill: new Float64Array(32).fill(1),
        bodies: [{ name: 'plate', distance: (_x, _y, z, depth) => TOP - depth - z }],
      },
      EXACT,
    );
    solve(block, 1);
    const { pressure, shear, stretchMin, stretchMax, work } = block.solution().cells();
    // 20 mm made 19, volume kept: σ = μ (1/s - s²) upwards and nothing across, μ/2 (s² + 2/s - 3) in each of 1,000 mm³
    const s = 0.95;
    for (let c = 0; c < 32; c++) {
      expect(shear[c]! / (5 * (1 / s - s * s))).toBeCloseTo(1, 2);
      expect((3 * pressure[c]!) / (5 * (1 / s - s * s))).toBeCloseTo(1, 2);
      expect(stretchMin[c]!).toBeCloseTo(s, 3);
      expect(stretchMax[c]!).toBeCloseTo(1 / Math.sqrt(s), 3);
      expect(work[c]! / (2.5 * (s * s + 2 / s - 3))).toBeCloseTo(1, 1);
    }
    const { stress } = block.solution().cells();
    for (let c = 0; c < 32; c++) {
      const [xx, yy, zz, ...sheared] = stress.subarray(6 * c, 6 * c + 6);
      expect(zz! / -(5 * (1 / s - s * s))).toBeCloseTo(1, 2);
      for (const none of [xx!, yy!, ...sheared]) expect(Math.abs(none)).toBeLessThan(0.02);
    }
    // the force of a bar is the same at every height, and per reference area: μ (1/s² - s) downwards, nothing across
    const { flow } = block.solution().cells();
    for (let c = 0; c < 32; c++) {
      expect(flow[3 * c + 2]! / -(5 * (1 / (s * s) - s))).toBeCloseTo(1, 2);
      expect(Math.hypot(flow[3 * c]!, flow[3 * c + 1]!)).toBeLessThan(0.01);
    }
    const cells = solution.cells();
    // the slab's missing cell
    expect([cells.pressure[0], cells.shear[0], cells.work[0]]).toEqual([0, 0, 0]);
    expect([cells.stretchMin[0], cells.stretchMax[0]]).toEqual([1, 1]);
    expect([...cells.stress.subarray(0, 6)]).toEqual([0, 0, 0, 0, 0, 0]);
    // its entries make the von Mises stress, mixed ones too
    for (let c = 1; c < 32; c++) {
      const [xx, yy, zz, xy, yz, xz] = cells.stress.subarray(6 * c, 6 * c + 6) as unknown as number[];
      const squares = (xx! - yy!) ** 2 + (yy! - zz!) ** 2 + (zz! - xx!) ** 2;
      expect(Math.sqrt(0.5 * squares + 3 * (xy! ** 2 + yz! ** 2 + xz! ** 2)) / cells.shear[c]!).toBeCloseTo(1, 4);
    }
  });

  it('lets the force of the plates flow through every level of the slab, also where it is bent and sheared', () => {
    const { flow } = solution.cells();
    const total = result.bodyForce[0]! + result.bodyForce[1]!;
    for (const k of [0, 1]) {
      let through = 0;
      for (let c = 16 * k; c < 16 * (k + 1); c++) through -= flow[3 * c + 2]! * H * H * 1e-3;
      expect(through / total).toBeCloseTo(1, 1);
    }
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
    expect(() => before.cells()).toThrow('the solver has gone on');
    const { pressure } = after.cells();
    back();
    expect(after.cells().pressure).toBe(pressure);
    expect(solver.solution()).not.toBe(after);
    expect(solver.solution().displacement).toEqual(u);
  });
});
