import { cellPlace, type Grid } from '../base/grid.ts';
import type { Block } from './problem.ts';

/**
 * For every cell between two layers the one that continues a body's displacement there: itself where it exists, or else the nearest
 * that does, counted in steps over faces; -1 outside of the layers.
 * @param indexOf number of each cell among those that exist, or -1
 * @param layers the first layer of cells (constant z), and the one behind the last
 */
export function hostCells(
  grid: Pick<Grid, 'size'>,
  indexOf: Int32Array,
  [low, high]: readonly [number, number],
): Int32Array {
  const [nx, ny] = grid.size;
  const host = new Int32Array(indexOf.length).fill(-1);
  let front: number[] = [];
  for (let c = low * nx * ny; c < high * nx * ny; c++)
    if (indexOf[c]! >= 0) {
      host[c] = c;
      front.push(c);
    }
  const strides = [1, nx, nx * ny];
  while (front.length > 0) {
    const next: number[] = [];
    for (const c of front) {
      const at = cellPlace(grid, c);
      for (let d = 0; d < 3; d++)
        for (const step of [-1, 1]) {
          const to = at[d]! + step;
          const [from, end] = d === 2 ? [low, high] : [0, d === 0 ? nx : ny];
          if (to < from || to >= end) continue;
          const n = c + step * strides[d]!;
          if (host[n]! >= 0) continue;
          host[n] = host[c]!;
          next.push(n);
        }
    }
    front = next;
  }
  return host;
}

/** How far beyond its cell a displacement is continued, in cells. */
const BEYOND = 0.5;

/**
 * The cell that continues a body's displacement at a place at rest, and the place in it, into `cell` and `place` at o (3 each). Beyond half a cell the
 * displacement stays what it is there.
 * @returns 1, 2 and 4 for the axes along which it does not
 */
export function hostPlace(
  { origin, spacing: h, size: [nx, ny] }: Grid,
  hosts: Int32Array,
  { shift, layers }: Block,
  x: number,
  y: number,
  z: number,
  cell: Int32Array,
  place: Float64Array,
  o: number,
): number {
  const y0 = (x + shift[0] - origin[0]) / h;
  const y1 = (y + shift[1] - origin[1]) / h;
  const y2 = (z + shift[2] - origin[2]) / h;
  const c0 = Math.min(Math.max(Math.floor(y0), 0), nx - 1);
  const c1 = Math.min(Math.max(Math.floor(y1), 0), ny - 1);
  const c2 = Math.min(Math.max(Math.floor(y2), layers[0]), layers[1] - 1);
  const host = hosts[c0 + nx * (c1 + ny * c2)]!;
  const i = host % nx;
  const j = Math.floor(host / nx) % ny;
  const k = Math.floor(host / (nx * ny));
  cell[o] = i;
  cell[o + 1] = j;
  cell[o + 2] = k;
  const a = Math.min(Math.max(y0 - i, -BEYOND), 1 + BEYOND);
  const b = Math.min(Math.max(y1 - j, -BEYOND), 1 + BEYOND);
  const c = Math.min(Math.max(y2 - k, -BEYOND), 1 + BEYOND);
  place[o] = a;
  place[o + 1] = b;
  place[o + 2] = c;
  return (a === y0 - i ? 1 : 0) + (b === y1 - j ? 2 : 0) + (c === y2 - k ? 4 : 0);
}
