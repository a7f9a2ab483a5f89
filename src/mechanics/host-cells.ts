import { cellPlace, type Grid } from '../base/grid.ts';

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
