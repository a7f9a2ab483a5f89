import type { Vec3 } from '../base/grid.ts';
import { drawnPressure } from '../press/as-seen-by.ts';
import type { Press, PressFields } from '../press/press.ts';

/** Tissue pressure between the cells' centres, from cells inside the body only, kPa. */
export function pressureAt(press: Press, at: Vec3): number {
  const { grid, fill } = press.model;
  const [nx, ny, nz] = grid.size;
  const fx = (at[0] - grid.origin[0]) / grid.spacing - 0.5;
  const fy = (at[1] - grid.origin[1]) / grid.spacing - 0.5;
  const fz = (at[2] - grid.origin[2]) / grid.spacing - 0.5;
  const [i, j, k] = [Math.floor(fx), Math.floor(fy), Math.floor(fz)];
  const pressure = drawn(press.fields);
  let sum = 0;
  let weights = 0;
  for (let c = 0; c < 8; c++) {
    const [a, b, d] = [i + (c & 1), j + ((c >> 1) & 1), k + (c >> 2)];
    if (a < 0 || b < 0 || d < 0 || a >= nx || b >= ny || d >= nz) continue;
    const cell = a + nx * (b + ny * d);
    if (!(fill[cell]! > 0)) continue;
    const weight =
      (1 - Math.abs(fx - a)) * (1 - Math.abs(fy - b)) * (1 - Math.abs(fz - d)) * Math.min(1, fill[cell]! + 0.05);
    sum += weight * pressure[cell]!;
    weights += weight;
  }
  return weights > 0 ? sum / weights : 0;
}

const made = new WeakMap<PressFields, Float32Array>();

/** Made once for all points of a picture. */
function drawn(fields: PressFields): Float32Array {
  let pressure = made.get(fields);
  if (pressure === undefined) made.set(fields, (pressure = drawnPressure(fields)));
  return pressure;
}
