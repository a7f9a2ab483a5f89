import { InputError } from '../base/errors.ts';
import type { Grid, Vec3 } from '../base/grid.ts';
import { tell } from '../base/told.ts';
import { SCAN_ERRORS } from '../messages/errors/scan.data.ts';
import type { LabelRow, LabelVolume } from '../voxel/model.ts';
import type { Asis } from './find-asis.ts';
import type { Mask } from './morphology.ts';

/** Longest piece of the body that is kept, mm: from T11 to the upper thigh. */
export const LENGTH_MAX = 400;
/** Of it, this much lies below the anterior superior iliac spines, mm. */
const BELOW_ASIS = 145;
/** Shortest scan that holds a tool, mm. */
const LENGTH_MIN = 30;

/** Mean x of the body, mm. */
export function middleOf(grid: Grid, body: Mask): number {
  let sum = 0;
  let n = 0;
  for (let c = 0; c < body.length; c++) {
    if (body[c] === 0) continue;
    n++;
    sum += c % grid.size[0];
  }
  return grid.origin[0] + (sum / Math.max(1, n) + 0.5) * grid.spacing;
}

/** Slices [from, to) of the body that are kept: all of them up to LENGTH_MAX, else those around the pelvis or the lumbar spine. */
export function lengthWindow(
  grid: Grid,
  body: Mask,
  labels: Uint8Array,
  table: readonly LabelRow[],
  asis: Asis | undefined,
): readonly [number, number] {
  const slice = grid.size[0] * grid.size[1];
  let from = 0;
  let to = grid.size[2];
  while (from < to && !body.subarray(from * slice, (from + 1) * slice).includes(1)) from++;
  while (to > from && !body.subarray((to - 1) * slice, to * slice).includes(1)) to--;
  const length = Math.floor(LENGTH_MAX / grid.spacing);
  if (to - from <= length) return [from, to];
  const bottom = asis
    ? Math.round((asis.middle[2] - BELOW_ASIS - grid.origin[2]) / grid.spacing)
    : Math.round((lumbarSlice(grid, labels, table) ?? (from + to) / 2) - length / 2);
  const start = Math.max(from, Math.min(bottom, to - length));
  return [start, start + length];
}

/** Mean slice of L4 (or its neighbours), which stands in the middle of the part that matters; undefined without such a label. */
function lumbarSlice(grid: Grid, labels: Uint8Array, table: readonly LabelRow[]): number | undefined {
  for (const level of ['vertebra_l4', 'vertebra_l3', 'vertebra_l5', 'sacrum']) {
    const value = table.findIndex((row) => row.structure === level);
    if (value < 1) continue;
    let sum = 0;
    let n = 0;
    for (let c = 0; c < labels.length; c++) {
      if (labels[c] !== value) continue;
      n++;
      sum += Math.floor(c / (grid.size[0] * grid.size[1]));
    }
    if (n > 0) return sum / n;
  }
  return undefined;
}

/**
 * Cuts the volume to whole coarse cells: at least one empty one around the body in x and y, the scan's own extent along z,
 * sizes in multiples of 4 cells where that costs at most an eighth of the length (the solver halves its grid again and again).
 */
export function cropToBody(
  volume: LabelVolume,
  [from, to]: readonly [number, number],
  perCell: number,
  name: string,
): LabelVolume {
  const { grid, labels, table } = volume;
  const [nx, ny] = grid.size;
  const whole = Math.floor((to - from) / perCell);
  if ((to - from) * grid.spacing < LENGTH_MIN || whole < 2) {
    throw new InputError(
      tell(SCAN_ERRORS, 'error.scan.short', {
        file: name,
        length: Math.round((to - from) * grid.spacing),
        least: Math.max(LENGTH_MIN, 2 * perCell * grid.spacing),
      }),
    );
  }
  const four = 4 * Math.floor(whole / 4);
  const nz = whole - four <= whole / 8 ? four : 2 * Math.floor(whole / 2);
  const k0 = from + Math.floor((to - from - nz * perCell) / 2);
  const box = { i0: nx, i1: 0, j0: ny, j1: 0 };
  for (let k = k0; k < k0 + nz * perCell; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++) {
        if (labels[i + nx * (j + ny * k)] === 0) continue;
        box.i0 = Math.min(box.i0, i);
        box.i1 = Math.max(box.i1, i + 1);
        box.j0 = Math.min(box.j0, j);
        box.j1 = Math.max(box.j1, j + 1);
      }
    }
  }
  const across = (low: number, high: number): readonly [start: number, cells: number] => {
    const cells = 4 * Math.ceil((Math.ceil((high - low) / perCell) + 2) / 4);
    return [low - Math.floor((cells * perCell - (high - low)) / 2), cells];
  };
  const [i0, cx] = across(box.i0, box.i1);
  const [j0, cy] = across(box.j0, box.j1);
  const size: Vec3 = [cx * perCell, cy * perCell, nz * perCell];
  const out = new Uint8Array(size[0] * size[1] * size[2]);
  for (let k = 0; k < size[2]; k++) {
    for (let j = box.j0; j < box.j1; j++) {
      const row = nx * (j + ny * (k0 + k));
      out.set(labels.subarray(row + box.i0, row + box.i1), box.i0 - i0 + size[0] * (j - j0 + size[1] * k));
    }
  }
  const at = (axis: 0 | 1 | 2, n: number): number => grid.origin[axis] + n * grid.spacing;
  return {
    grid: { origin: [at(0, i0), at(1, j0), at(2, k0)], spacing: grid.spacing, size },
    ...compact(out, table),
  };
}

/** Drops rows that no cell has (they lay outside the crop). */
function compact(labels: Uint8Array, table: readonly LabelRow[]): { labels: Uint8Array; table: readonly LabelRow[] } {
  const used = table.map((_, v) => v === 0);
  for (const v of labels) used[v] = true;
  const renumbered = table.map((_, v) => (v === 0 ? 0 : used.slice(1, v + 1).filter(Boolean).length));
  return { labels: labels.map((v) => renumbered[v]!), table: table.filter((_, v) => used[v]) };
}

/** Middle of the body in x and of the scan in z, on the front of the body, mm. */
export function surfaceMiddle({ grid, labels }: LabelVolume): Vec3 {
  const [nx, ny, nz] = grid.size;
  const h = grid.spacing;
  const k = Math.floor(nz / 2);
  let [low, high] = [nx, -1];
  for (let c = 0; c < nx * ny; c++) {
    if (labels[c + nx * ny * k] === 0) continue;
    low = Math.min(low, c % nx);
    high = Math.max(high, c % nx);
  }
  const x = high < 0 ? nx / 2 : (low + high + 1) / 2;
  const i = Math.min(nx - 1, Math.floor(x));
  let j = 0;
  while (j < ny - 1 && labels[i + nx * (j + ny * k)] === 0) j++;
  return [grid.origin[0] + x * h, grid.origin[1] + j * h, grid.origin[2] + (nz / 2) * h];
}
