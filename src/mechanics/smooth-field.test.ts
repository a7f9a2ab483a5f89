import { describe, expect, it } from 'vitest';
import type { Engine } from './engine.ts';
import { SmoothField } from './smooth-field.ts';

const H = 4;
const GRID = { origin: [1, -2, 3], spacing: H, size: [6, 5, 9] } as const;
const [NX, NY, NZ] = [7, 6, 10];
/** The second body's cells: all of layers 4 to 8 but a corner, and it lies 4 layers higher than it is. */
const BLOCK = { shift: [0, 0, 4 * H], layers: [4, 9] } as const;
const INDEX = Int32Array.from({ length: 6 * 5 * 9 }, (_, c) =>
  Math.floor(c / 30) >= 4 && (c % 6 < 4 || Math.floor(c / 6) % 5 < 3) ? c : -1,
);
/** Where a node of the grid is at rest. */
const at = (n: number): [number, number, number] => [
  GRID.origin[0] + H * (n % NX),
  GRID.origin[1] + H * (Math.floor(n / NX) % NY),
  GRID.origin[2] + H * Math.floor(n / (NX * NY)) - BLOCK.shift[2],
];

/** An engine that holds a displacement, and the forces it is given. */
function holding(u: (x: number, y: number, z: number) => readonly number[]): {
  engine: Engine;
  moved: Float64Array;
  forces: Float64Array;
} {
  const moved = new Float64Array(3 * NX * NY * NZ);
  const forces = new Float64Array(moved.length);
  for (let n = 0; n < NX * NY * NZ; n++) moved.set(u(...at(n)), 3 * n);
  const engine = {
    valuesOf: (nodes: Int32Array, out: Float64Array) => {
      for (const [i, n] of nodes.entries()) out.set(moved.subarray(3 * n, 3 * n + 3), 3 * i);
    },
    addAt: (nodes: Int32Array, values: Float64Array) => {
      for (const [i, n] of nodes.entries())
        for (let c = 0; c < 3; c++) forces[3 * n + c] = forces[3 * n + c]! + values[3 * i + c]!;
    },
  } as unknown as Engine;
  return { engine, moved, forces };
}

const field = (): SmoothField => new SmoothField(GRID, INDEX, BLOCK, Float64Array.of(5, 6, 9, 17, 10, 17), 4);
const sample = (of: SmoothField, x: number, y: number, z: number): { U: Float64Array; F: Float64Array } => {
  const [U, F] = [new Float64Array(3), new Float64Array(9)];
  of.sample(x, y, z, U, F);
  return { U, F };
};

describe('a displacement without kinks', () => {
  it('is the nodes own where they stretch evenly, gradient and all', () => {
    const of = field();
    of.read(holding((x, y, z) => [0.1 * x - 0.2 * z, 0.3 * y + 1, 0.05 * x + 0.2 * z]).engine);
    // on the body's very end as well: x = 1, z = 3 is its corner
    expect(sample(of, 1, 6.1, 3).U[0]).toBeCloseTo(0.1 - 0.6, 9);
    expect(sample(of, 7.3, -2, 23).U[2]).toBeCloseTo(0.365 + 4.6, 9);
    const { U, F } = sample(of, 7.3, 6.1, 12.9);
    for (const [c, u] of [0.73 - 2.58, 2.83, 0.365 + 2.58].entries()) expect(U[c]).toBeCloseTo(u, 9);
    for (const [i, f] of [1.1, 0, -0.2, 0, 1.3, 0, 0.05, 0, 1.2].entries()) expect(F[i]).toBeCloseTo(f, 9);
  });

  it('has no kink on the faces of cells, and its gradient is its slope, also beyond the body', () => {
    const of = field();
    of.read(holding((x, y, z) => [Math.sin(x * y), Math.cos(z * x), Math.sin(z + 2 * y)]).engine);
    const e = 1e-6;
    for (const [x, y, z] of [
      [9, 6, 11],
      [7, 8, 13],
      [24, 17, 15],
    ] as const) {
      const [before, after] = [sample(of, x - e, y - e, z - e), sample(of, x + e, y + e, z + e)];
      for (let i = 0; i < 9; i++) expect(Math.abs(after.F[i]! - before.F[i]!)).toBeLessThan(1e-5);
      const { F } = sample(of, x, y, z);
      const [low, high] = [sample(of, x, y - e, z), sample(of, x, y + e, z)];
      for (let c = 0; c < 3; c++)
        expect((high.U[c]! - low.U[c]!) / (2 * e)).toBeCloseTo(F[3 * c + 1]! - (c === 1 ? 1 : 0), 6);
    }
  });

  it('gives forces back to the nodes by the weights that it reads them with', () => {
    const of = field();
    const { engine, moved, forces } = holding((x, y, z) => [Math.sin(x * y), Math.cos(z * x), Math.sin(z + 2 * y)]);
    // in the body, at its end and in the corner that it lacks, which is held in the other list
    const places = Float64Array.of(7.3, 6.1, 12.9, 1.2, -1.5, 4.1, 0, 0, 0);
    const others = Float64Array.of(0, 0, 0, 0, 0, 0, 22, 15, 11);
    of.read(engine);
    const apart = [0, 1, 2].map((k) => {
      const [x, y, z] = (k === 2 ? others : places).subarray(3 * k, 3 * k + 3);
      return sample(of, x!, y!, z!).U;
    });
    of.hold(3, (k) => 3 * k, Uint8Array.of(0, 0, 1), places, others);
    const U = new Float64Array(3);
    let work = 0;
    of.readHeld(engine);
    for (let k = 0; k < 3; k++) {
      of.valueAt(k, U);
      for (const c of [0, 1, 2]) expect(U[c]).toBeCloseTo(apart[k]![c]!, 12);
      work += 2 * U[0]! - 3 * U[1]! + 0.5 * U[2]!;
      of.pushAt(k, 2, -3, 0.5);
    }
    of.giveHeld(engine);
    expect(forces.reduce((sum, f, i) => sum + f * moved[i]!, 0)).toBeCloseTo(work, 9);
    // none is lost on the way
    expect(forces.filter((_, i) => i % 3 === 0).reduce((a, b) => a + b, 0)).toBeCloseTo(6, 9);
    of.readHeld(engine);
    forces.fill(0);
    of.giveHeld(engine);
    expect(forces.every((f) => f === 0)).toBe(true);
  });
});
