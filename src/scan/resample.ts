import { hypot } from '../base/elementary.ts';
import { InputError } from '../base/errors.ts';
import { cellCount, type Grid, type Vec3 } from '../base/grid.ts';
import { breathe, type Progress } from '../base/progress.ts';
import { tell } from '../base/told.ts';
import { SCAN_ERRORS } from '../messages/errors/scan.data.ts';
import type { ScanLabels } from './labels.ts';
import { type Affine, invertAffine, type NiftiVolume } from './nifti.ts';

/** A scan on a fine grid along the axes of LPS. */
export interface ScanField {
  readonly grid: Grid;
  /** Hounsfield units of each cell, AIR where the CT has none; absent on a scan without a CT. */
  readonly hounsfield?: Int16Array;
  /** Row of the labels of each cell; absent on a scan without labels. */
  readonly labels?: Uint16Array;
  /** 1 where the scan has data: an oblique scan leaves the corners of its box empty. */
  readonly seen: Uint8Array;
}

const AIR = -1000;

/** Most cells of the fine grid; 0.7 × 0.7 × 2 m, a whole body in a wide scanner, are 63 million of 2.5 mm. */
const MAX_CELLS = 100e6;

/** The box of the scan's voxels (their outer faces), cut into cells of the given spacing. */
export function fineGridOf(scan: { name: string; size: Vec3; toLps: Affine }, spacing: number): Grid {
  const low = [0, 0, 0];
  const high = [0, 0, 0];
  for (let axis = 0; axis < 3; axis++) {
    const row = scan.toLps[axis]!;
    low[axis] = high[axis] = row[3]!;
    for (let c = 0; c < 3; c++) {
      const [a, b] = [-0.5 * row[c]!, (scan.size[c]! - 0.5) * row[c]!];
      low[axis]! += Math.min(a, b);
      high[axis]! += Math.max(a, b);
    }
  }
  const extent = high.map((v, axis) => v - low[axis]!);
  // a hundredth of a cell is rounding of the header, not a missing slice
  const size = extent.map((v) => Math.max(1, Math.floor(v / spacing + 0.01))) as unknown as Vec3;
  const grid: Grid = { origin: low as unknown as Vec3, spacing, size };
  if (cellCount(grid) > MAX_CELLS) {
    throw new InputError(
      tell(SCAN_ERRORS, 'error.scan.large', {
        file: scan.name,
        extent: extent.map((v) => Math.round(v)).join(' × '),
      }),
    );
  }
  return grid;
}

/**
 * Brings CT (trilinear, averaged where the voxels are finer than the cells) and labels (nearest) onto the fine grid, each by its own
 * header. Where there is a CT, the scan is what it covers. A cell next to a voxel of
 * withoutData is not seen.
 */
export async function resample(
  grid: Grid,
  ct: NiftiVolume | undefined,
  labels: ScanLabels | undefined,
  progress: Progress,
  withoutData?: Uint8Array,
): Promise<ScanField> {
  const scan = (ct ?? labels)!;
  const toIndex = invertAffine(scan.toLps);
  const ownGrid = labels !== undefined && labels !== scan && !sameGrid(labels, scan);
  const n = cellCount(grid);
  const hounsfield = ct && new Int16Array(n).fill(AIR);
  const rows = labels && new Uint16Array(n);
  const seen = new Uint8Array(n);
  const [nx, ny, nz] = scan.size;
  const [gx, gy, gz] = grid.size;
  const h = grid.spacing;
  const offsets = ct ? samplesPerCell(ct.toLps, h) : [];
  // one step along the grid's x, in voxels
  const [sx, sy, sz] = [toIndex[0][0]! * h, toIndex[1][0]! * h, toIndex[2][0]! * h];
  for (let k = 0; k < gz; k++) {
    if (k % 16 === 0) {
      progress.report?.({ phase: 'phase.read-scan', fraction: 0.3 + (0.2 * k) / gz });
      await breathe(progress);
    }
    const z = grid.origin[2] + (k + 0.5) * h;
    for (let j = 0; j < gy; j++) {
      const x0 = grid.origin[0] + 0.5 * h;
      const y = grid.origin[1] + (j + 0.5) * h;
      let [u, v, w] = toIndex.map((r) => r[0]! * x0 + r[1]! * y + r[2]! * z + r[3]!) as [number, number, number];
      for (let i = 0, cell = gx * (j + gy * k); i < gx; i++, cell++, u += sx, v += sy, w += sz) {
        if (u < -0.51 || v < -0.51 || w < -0.51 || u > nx - 0.49 || v > ny - 0.49 || w > nz - 0.49) continue;
        if (withoutData !== undefined && near(withoutData, scan.size, u, v, w, offsets)) continue;
        seen[cell] = 1;
        if (rows && !ownGrid) {
          const [a, b, c] = [clamp(Math.round(u), nx), clamp(Math.round(v), ny), clamp(Math.round(w), nz)];
          rows[cell] = labels.voxels[a + nx * (b + ny * c)]!;
        }
        if (hounsfield) {
          let sum = 0;
          for (const [du, dv, dw] of offsets) sum += interpolate(ct, u + du, v + dv, w + dw);
          hounsfield[cell] = Math.max(-1024, Math.min(32767, Math.round(sum / offsets.length)));
        }
      }
    }
  }
  if (rows && ownGrid) layLabels(grid, labels, seen, rows);
  return { grid, ...(hounsfield && { hounsfield }), ...(rows && { labels: rows }), seen };
}

const sameGrid = (a: { size: Vec3; toLps: Affine }, b: { size: Vec3; toLps: Affine }): boolean =>
  a.toLps === b.toLps || (a.size.every((v, axis) => v === b.size[axis]) && String(a.toLps) === String(b.toLps));

/** Labels of another grid than the CT's: every cell has the label of the voxel that it lies in, and none outside of them. */
function layLabels(grid: Grid, labels: ScanLabels, seen: Uint8Array, rows: Uint16Array): void {
  const [p, q, r] = invertAffine(labels.toLps);
  const [nx, ny, nz] = labels.size;
  const h = grid.spacing;
  for (let k = 0, cell = 0; k < grid.size[2]; k++) {
    const z = grid.origin[2] + (k + 0.5) * h;
    for (let j = 0; j < grid.size[1]; j++) {
      const y = grid.origin[1] + (j + 0.5) * h;
      for (let i = 0; i < grid.size[0]; i++, cell++) {
        if (seen[cell] === 0) continue;
        const x = grid.origin[0] + (i + 0.5) * h;
        const a = Math.round(p[0]! * x + p[1]! * y + p[2]! * z + p[3]!);
        const b = Math.round(q[0]! * x + q[1]! * y + q[2]! * z + q[3]!);
        const c = Math.round(r[0]! * x + r[1]! * y + r[2]! * z + r[3]!);
        if (a >= 0 && b >= 0 && c >= 0 && a < nx && b < ny && c < nz)
          rows[cell] = labels.voxels[a + nx * (b + ny * c)]!;
      }
    }
  }
}

const clamp = (i: number, n: number): number => (i < 0 ? 0 : i >= n ? n - 1 : i);

/** Whether a volume is set at any of the voxels around the places in a cell that the CT is sampled at. */
function near(set: Uint8Array, size: Vec3, u: number, v: number, w: number, offsets: readonly Vec3[]): boolean {
  for (const [du, dv, dw] of offsets)
    for (let c = 0; c < 8; c++) {
      const a = clamp(Math.floor(u + du) + (c & 1), size[0]);
      const b = clamp(Math.floor(v + dv) + ((c >> 1) & 1), size[1]);
      if (set[a + size[0] * (b + size[1] * clamp(Math.floor(w + dw) + (c >> 2), size[2]))] === 1) return true;
    }
  return false;
}

/** Where in a cell the CT is sampled, in voxels from its centre: more than once along axes whose voxels are much smaller. */
function samplesPerCell(toLps: Affine, h: number): Vec3[] {
  const per = [0, 1, 2].map((c) => {
    const edge = hypot(toLps[0][c]!, toLps[1][c]!, toLps[2][c]!);
    const n = Math.max(1, Math.min(3, Math.round((0.75 * h) / edge)));
    return Array.from({ length: n }, (_, s) => (((s + 0.5) / n - 0.5) * h) / edge);
  });
  return per[0]!.flatMap((u) => per[1]!.flatMap((v) => per[2]!.map((w): Vec3 => [u, v, w])));
}

/** Trilinear value at fractional voxel indices, clamped to the volume; what is not a number counts as air. */
function interpolate(ct: NiftiVolume, u: number, v: number, w: number): number {
  const [nx, ny, nz] = ct.size;
  const data = ct.data;
  const a = clamp(Math.floor(u), nx - 1);
  const b = clamp(Math.floor(v), ny - 1);
  const c = clamp(Math.floor(w), nz - 1);
  const fu = Math.max(0, Math.min(1, u - a));
  const fv = Math.max(0, Math.min(1, v - b));
  const fw = Math.max(0, Math.min(1, w - c));
  const at = a + nx * (b + ny * c);
  const up = at + nx * ny;
  const low =
    (data[at]! * (1 - fu) + data[at + 1]! * fu) * (1 - fv) + (data[at + nx]! * (1 - fu) + data[at + nx + 1]! * fu) * fv;
  const high =
    (data[up]! * (1 - fu) + data[up + 1]! * fu) * (1 - fv) + (data[up + nx]! * (1 - fu) + data[up + nx + 1]! * fu) * fv;
  const value = (low * (1 - fw) + high * fw) * ct.slope + ct.inter;
  return Number.isFinite(value) ? value : AIR;
}
