import { hypot, norm } from '../base/elementary.ts';
import { InputError } from '../base/errors.ts';
import type { Vec3 } from '../base/grid.ts';
import type { Note } from '../base/note.ts';
import { tell } from '../base/told.ts';
import { SCAN_ERRORS } from '../messages/errors/scan.data.ts';
import { note } from '../messages/note.ts';
import { type Affine, invertAffine } from './nifti.ts';
import { toldNote } from './told-note.ts';

/** How far two grids may be apart at a corner, mm: rounding of headers, not another scan. */
const SAME_GRID = 0.5;

export interface ScanGrid {
  readonly name: string;
  readonly size: Vec3;
  readonly toLps: Affine;
}

/** LPS place of fractional voxel indices. */
export const placeOf = (toLps: Affine, i: number, j: number, k: number): Vec3 =>
  toLps.map((r) => r[0]! * i + r[1]! * j + r[2]! * k + r[3]!) as unknown as Vec3;

/** Where each voxel of one grid lies in another that has the same voxels in another order. */
export interface Reorder {
  /** Step in the data of `from` for one step along each axis of `to`, and where voxel (0,0,0) of `to` lies in it. */
  readonly step: Vec3;
  readonly start: number;
}

/**
 * How to read the voxels of `from` in the order of `to`, if both have the same voxels in the same places and only their axes are stored
 * in another order or direction; undefined for another grid.
 */
export function reorderTo(to: ScanGrid, from: ScanGrid): Reorder | undefined {
  const toIndex = invertAffine(from.toLps);
  const indexOf = (i: number, j: number, k: number): Vec3 => placeOf(toIndex, ...placeOf(to.toLps, i, j, k));
  const first = indexOf(0, 0, 0);
  const strides = [1, from.size[0], from.size[0] * from.size[1]];
  const step = [0, 0, 0];
  const taken = new Set<number>();
  for (let axis = 0; axis < 3; axis++) {
    const n = to.size[axis]!;
    const end = indexOf(...([0, 1, 2].map((a) => (a === axis ? n - 1 : 0)) as unknown as Vec3));
    const way = [0, 1, 2].map((a) => (end[a]! - first[a]!) / (n - 1));
    const along = [0, 1, 2].find((a) => Math.abs(way[a]!) > 0.5);
    if (along === undefined || from.size[along] !== n) return undefined;
    taken.add(along);
    step[axis] = Math.sign(way[along]!) * strides[along]!;
  }
  if (taken.size < 3) return undefined;
  let start = 0;
  for (let a = 0; a < 3; a++) {
    const index = Math.round(first[a]!);
    if (index !== 0 && index !== from.size[a]! - 1) return undefined;
    start += index * strides[a]!;
  }
  const reorder = { step: step as unknown as Vec3, start };
  return cornersApart(to, from, reorder) <= SAME_GRID ? reorder : undefined;
}

/** How far apart the corners of two grids lie that are thought to be the same, mm. */
function cornersApart(to: ScanGrid, from: ScanGrid, { step, start }: Reorder): number {
  const [nx, ny] = from.size;
  let apart = 0;
  for (let corner = 0; corner < 8; corner++) {
    const at = to.size.map((n, axis) => ((corner >> axis) & 1 ? n - 1 : 0)) as unknown as Vec3;
    const there = start + step[0] * at[0] + step[1] * at[1] + step[2] * at[2];
    const other = placeOf(from.toLps, there % nx, Math.floor(there / nx) % ny, Math.floor(there / (nx * ny)));
    apart = Math.max(apart, norm(placeOf(to.toLps, ...at).map((v, a) => v - other[a]!)));
  }
  return apart;
}

/** The data of `from` in the order of `to`. */
export function reordered<T extends { readonly length: number; slice(): T; [n: number]: number }>(
  data: T,
  size: Vec3,
  { step, start }: Reorder,
): T {
  if (start === 0 && step[0] === 1 && step[1] === size[0] && step[2] === size[0] * size[1]) return data;
  const out = data.slice();
  for (let k = 0, n = 0; k < size[2]; k++) {
    for (let j = 0; j < size[1]; j++) {
      for (let i = 0, at = start + step[1] * j + step[2] * k; i < size[0]; i++, n++, at += step[0]) out[n] = data[at]!;
    }
  }
  return out;
}

/** A grid in words: 122 × 101 × 30 voxels of 3 × 3 × 3 mm. */
export function gridNote({ size, toLps }: ScanGrid): Note {
  const edges = [0, 1, 2].map((c) => Number(hypot(toLps[0][c]!, toLps[1][c]!, toLps[2][c]!).toPrecision(3)));
  return note('scan.grid', { voxels: size.join(' × '), edges: edges.join(' × ') });
}

/** @throws InputError unless both masks have the same voxels in the same places. */
export function orderOfMask(first: ScanGrid, mask: ScanGrid): Reorder {
  const reorder = reorderTo(first, mask);
  if (reorder === undefined) {
    throw new InputError(
      tell(SCAN_ERRORS, 'error.labels.grids', {
        first: first.name,
        grid: toldNote(gridNote(first)),
        mask: mask.name,
        maskGrid: toldNote(gridNote(mask)),
      }),
    );
  }
  return reorder;
}
