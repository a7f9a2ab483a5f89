import { describe, expect, it } from 'vitest';
import { cellCentre, cellCount, type Grid, nodeCount, type Vec3 } from '../base/grid.ts';
import type { CellFields } from '../mechanics/solution.ts';
import { stackBodies, stackCells, stackNodes } from '../mechanics/stack.ts';
import { type Apart, cellsApart, fieldsApart, insideOf, nodesApart, slipsOf } from './two-bodies.ts';

/** A block of 6 × 6 × 8 cells of 10 mm: the contents fill the front up to the middle of the cells at j = 2, which both share. */
const grid: Grid = { origin: [5, -20, 30], spacing: 10, size: [6, 6, 8] };
const row = (c: number): number => Math.floor(c / 6) % 6;
const own = Float32Array.from({ length: cellCount(grid) }, (_, c) => (row(c) < 2 ? 1 : row(c) === 2 ? 0.4 : 0));
const inside = [own.map((f) => 1 - f), own] as const;
const stack = stackBodies(grid, inside);
// beyond single precision 1 − 0.4 is no sum
const fills = inside.map((share) => share.map((f) => (f > 1e-3 ? f : 0))) as unknown as Apart['fills'];
const apart: Apart = {
  stack,
  grid,
  fills,
  inside,
  surface: {
    points: Float64Array.of(35, 4, 70, 35, 4, 75),
    areas: Float64Array.of(50, 50),
    normals: Float64Array.of(0, 1, 0, 0, 1, 0),
    tied: Uint8Array.of(0, 1),
  },
};

/** Something of each body that depends on the place. */
const value = (b: 0 | 1, [x, y, z]: Vec3): number => (b + 1) * (x + 2 * y + 3 * z);
const valuesOf = (b: 0 | 1): Float64Array =>
  Float64Array.from({ length: cellCount(grid) }, (_, c) => value(b, cellCentre(grid, c)));

describe('two bodies of one stack on the grid of the model', () => {
  it('cells: each body has its own values, and beyond it the other one’s', () => {
    const [container, contents] = cellsApart(apart, Float32Array.from(stackCells(stack, [valuesOf(0), valuesOf(1)])));
    for (let c = 0; c < cellCount(grid); c++) {
      const at = cellCentre(grid, c);
      expect(container[c]).toBeCloseTo(value(row(c) < 2 ? 1 : 0, at), 3);
      expect(contents[c]).toBeCloseTo(value(row(c) > 2 ? 0 : 1, at), 3);
    }
  });

  it('work is what both hold in a cell, the flow of the push what both let through by their shares', () => {
    const cells = (values: readonly [number, number], width = 1): Float32Array => {
      const [a, b] = values.map((v) => new Float64Array(cellCount(grid)).fill(v));
      const one = stackCells(stack, [a!, b!]);
      return Float32Array.from({ length: width * one.length }, (_, n) => one[Math.floor(n / width)]!);
    };
    const all = {
      pressure: cells([1, 5]),
      shear: cells([1, 5]),
      stress: cells([1, 5], 6),
      stretchMin: cells([0.9, 0.5]),
      stretchMax: cells([1.1, 1.5]),
      work: cells([2, 3]),
      flow: cells([10, 20], 3),
    } satisfies CellFields;
    const [container, contents] = fieldsApart(apart, { cells: () => all });
    const at = (j: number): number => 6 * j + 36 * 3;
    expect([1, 2, 3].map((j) => container.work[at(j)])).toEqual([3, 5, 2]);
    expect([1, 2, 3].map((j) => container.flow[3 * at(j) + 1])).toEqual([20, expect.closeTo(14, 5), 10]);
    expect([1, 2, 3].map((j) => container.pressure[at(j)])).toEqual([5, 1, 1]);
    expect([1, 2, 3].map((j) => contents.pressure[at(j)])).toEqual([5, 5, 1]);
    expect([1, 2, 3].map((j) => contents.stress[6 * at(j) + 5])).toEqual([5, 5, 1]);
  });

  it('displacements: a body’s go on a little beyond it, and slip along the surface is told from opening', () => {
    // the container stays, the contents go 3 mm to the left, 4 to the head and 7 away from it
    const moved = (u: Vec3): Float64Array => Float64Array.from({ length: 3 * nodeCount(grid) }, (_, n) => u[n % 3]!);
    const [u0, u1] = [moved([0, 0, 0]), moved([3, -7, 4])];
    const planes = (u: Float64Array): Float64Array =>
      Float64Array.from(
        { length: u.length },
        (_, n) => u[3 * (n % nodeCount(grid)) + Math.floor(n / nodeCount(grid))]!,
      );
    const stacked = stackNodes(stack, [planes(u0), planes(u1)], 3);
    const count = nodeCount(stack.grid);
    const values = Float64Array.from({ length: 3 * count }, (_, n) => stacked[(n % 3) * count + Math.floor(n / 3)]!);
    const both = nodesApart(apart, values);
    const node = (j: number): number => 3 * (3 + 7 * (j + 7 * 4));
    expect([0, 1, 2, 3, 6].map((j) => both[1][node(j)])).toEqual([3, 3, 3, 3, 0]);
    expect([0, 1, 2, 3, 6].map((j) => both[0][node(j)])).toEqual([0, 0, 0, 0, 0]);
    expect([...slipsOf(apart, both)]).toEqual([expect.closeTo(5, 4), expect.closeTo(5, 4)]);
  });

  it('which of them a place belongs to goes over between the middles of the cells', () => {
    const share = insideOf(grid, own);
    expect(share([35, -15, 70])).toBeCloseTo(1, 6);
    expect(share([35, 5, 70])).toBeCloseTo(0.4, 6);
    expect(share([35, 0, 70])).toBeCloseTo(0.7, 6);
    expect(share([35, 60, 70])).toBe(0);
    expect(share([-999, -999, -999])).toBeCloseTo(1, 6);
  });
});
