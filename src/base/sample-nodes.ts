import type { Grid } from './grid.ts';

/**
 * Trilinear value of a nodal field (interleaved nodes×stride) at a point of the reference grid, written to out.
 * Points outside the grid take the value at its nearest face.
 */
export function sampleNodes(
  grid: Grid,
  field: ArrayLike<number>,
  stride: number,
  x: number,
  y: number,
  z: number,
  out: Float64Array,
): void {
  const h = grid.spacing;
  const [nx, ny, nz] = grid.size;
  const fx = Math.min(Math.max((x - grid.origin[0]) / h, 0), nx);
  const fy = Math.min(Math.max((y - grid.origin[1]) / h, 0), ny);
  const fz = Math.min(Math.max((z - grid.origin[2]) / h, 0), nz);
  const i = Math.min(Math.floor(fx), nx - 1);
  const j = Math.min(Math.floor(fy), ny - 1);
  const k = Math.min(Math.floor(fz), nz - 1);
  const tx = fx - i;
  const ty = fy - j;
  const tz = fz - k;
  const sy = nx + 1;
  const sz = sy * (ny + 1);
  const b = i + sy * j + sz * k;
  for (let c = 0; c < stride; c++) {
    const v = (n: number): number => field[stride * n + c]!;
    const x00 = v(b) + tx * (v(b + 1) - v(b));
    const x10 = v(b + sy) + tx * (v(b + sy + 1) - v(b + sy));
    const x01 = v(b + sz) + tx * (v(b + sz + 1) - v(b + sz));
    const x11 = v(b + sz + sy) + tx * (v(b + sz + sy + 1) - v(b + sz + sy));
    const y0 = x00 + ty * (x10 - x00);
    const y1 = x01 + ty * (x11 - x01);
    out[c] = y0 + tz * (y1 - y0);
  }
}
