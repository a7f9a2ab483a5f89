import { cornerOffsets, type Grid } from '../base/grid.ts';

/**
 * Cell pressures of a one-point hexahedron can alternate from cell to cell. Means over the 8 cells around each node,
 * then over the 8 nodes of each cell, remove that.
 * @param values of each cell (cells)
 * @param weight of each cell in the means (cells); cells of weight 0 stay out of them and keep their value
 */
export function smoothCells({ size }: Grid, values: Float32Array, weight: Float64Array): Float32Array {
  const [nx, ny, nz] = size;
  const sy = nx + 1;
  const sz = sy * (ny + 1);
  const offsets = cornerOffsets(sy, sz);
  const sum = new Float64Array(sz * (nz + 1));
  const weights = new Float64Array(sz * (nz + 1));
  const each = (visit: (c: number, base: number) => void): void => {
    for (let k = 0, c = 0; k < nz; k++)
      for (let j = 0; j < ny; j++) for (let i = 0; i < nx; i++, c++) if (weight[c]! > 0) visit(c, i + sy * j + sz * k);
  };
  each((c, base) => {
    const w = weight[c]!;
    for (const o of offsets) {
      sum[base + o] = sum[base + o]! + w * values[c]!;
      weights[base + o] = weights[base + o]! + w;
    }
  });
  const out = values.slice();
  each((c, base) => {
    let s = 0;
    let w = 0;
    for (const o of offsets) {
      s += sum[base + o]!;
      w += weights[base + o]!;
    }
    out[c] = s / w;
  });
  return out;
}
