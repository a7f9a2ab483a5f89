import { pow } from '../base/elementary.ts';
import type { Vec3 } from '../base/grid.ts';
import type { LabelVolume } from './model.ts';

/** How full blocks of a label volume are with some of its labels, smoothed over neighbours. */
export interface Occupancy {
  /** Corner of the first block and edge of a block, mm. */
  readonly origin: Vec3;
  readonly block: number;
  readonly size: Vec3;
  /** 0…1 per block, x fastest. */
  readonly share: Float32Array;
}

/** Wanted edge of a block, mm. */
const BLOCK = 4.5;

/** Counts the chosen labels in blocks of some 4.5 mm. */
export function occupancyOf({ grid, labels, table }: LabelVolume, takes: (label: number) => boolean): Occupancy {
  const s = Math.max(1, Math.round(BLOCK / grid.spacing));
  const [nx, ny, nz] = grid.size;
  const size = grid.size.map((n) => Math.ceil(n / s)) as unknown as Vec3;
  const member = Uint8Array.from(table, (_, label) => (takes(label) ? 1 : 0));
  const share = new Float32Array(size[0] * size[1] * size[2]);
  const one = 1 / pow(s, 3);
  for (let k = 0, n = 0; k < nz; k++)
    for (let j = 0; j < ny; j++) {
      const row = size[0] * (Math.floor(j / s) + size[1] * Math.floor(k / s));
      for (let i = 0; i < nx; i++, n++) if (member[labels[n]!] === 1) share[row + Math.floor(i / s)]! += one;
    }
  return { origin: grid.origin, block: s * grid.spacing, size, share };
}

/** Trilinear share at vertex n, moved `away` mm along its normal; nothing beyond the volume. */
export function readOccupancy(
  { origin, block, size, share }: Occupancy,
  vertices: Float32Array,
  normals: Float32Array | undefined,
  n: number,
  away: number,
): number {
  let value = 0;
  const fx = (vertices[3 * n]! + away * (normals?.[3 * n] ?? 0) - origin[0]) / block - 0.5;
  const fy = (vertices[3 * n + 1]! + away * (normals?.[3 * n + 1] ?? 0) - origin[1]) / block - 0.5;
  const fz = (vertices[3 * n + 2]! + away * (normals?.[3 * n + 2] ?? 0) - origin[2]) / block - 0.5;
  const [i, j, k] = [Math.floor(fx), Math.floor(fy), Math.floor(fz)];
  for (let c = 0; c < 8; c++) {
    const [a, b, d] = [i + (c & 1), j + ((c >> 1) & 1), k + (c >> 2)];
    if (a < 0 || b < 0 || d < 0 || a >= size[0] || b >= size[1] || d >= size[2]) continue;
    value +=
      (1 - Math.abs(fx - a)) *
      (1 - Math.abs(fy - b)) *
      (1 - Math.abs(fz - d)) *
      share[a + size[0] * (b + size[1] * d)]!;
  }
  return value;
}
