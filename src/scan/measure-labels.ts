import type { Vec3 } from '../base/grid.ts';
import { breathe, type Progress } from '../base/progress.ts';
import { invertAffine, type NiftiVolume } from './nifti.ts';
import type { RawLabels } from './raw-labels.ts';

/** What is measured of the voxels of one label number. */
export interface Measure {
  voxels: number;
  /** Sum of the places of its voxels, mm LPS, and of their squares. */
  place: [number, number, number];
  squares: [number, number, number];
  /** Voxels that lie within the CT, the sum of their Hounsfield units, and how many are denser than DENSE. */
  onCt: number;
  hounsfield: number;
  dense: number;
}

/** Cortical and spongy bone are denser than this on the average of a voxel, organs and muscles without contrast agent are not, HU. */
export const DENSE = 130;

export const nothing = (): Measure => ({
  voxels: 0,
  place: [0, 0, 0],
  squares: [0, 0, 0],
  onCt: 0,
  hounsfield: 0,
  dense: 0,
});

export function add(sum: Measure, more: Measure): void {
  sum.voxels += more.voxels;
  sum.onCt += more.onCt;
  sum.hounsfield += more.hounsfield;
  sum.dense += more.dense;
  for (let a = 0; a < 3; a++) {
    sum.place[a]! += more.place[a]!;
    sum.squares[a]! += more.squares[a]!;
  }
}

/**
 * Measures every number of a label volume once.
 * @param flip reads the label voxels back to front along these axes of theirs, as if the file had been stored the other way round.
 */
export async function measureLabels(
  labels: RawLabels,
  ct: NiftiVolume | undefined,
  progress: Progress,
  flip: readonly [boolean, boolean, boolean] = [false, false, false],
): Promise<Measure[]> {
  const [nx, ny, nz] = labels.size;
  const out = labels.values.map(nothing);
  const to = labels.toLps;
  const index = ct && invertAffine(ct.toLps);
  const [cx, cy, cz] = ct?.size ?? [0, 0, 0];
  const step: Vec3 = [to[0][0]!, to[1][0]!, to[2][0]!];
  for (let k = 0; k < nz; k++) {
    if (k % 16 === 0) await breathe(progress);
    for (let j = 0; j < ny; j++) {
      const row = nx * ((flip[1] ? ny - 1 - j : j) + ny * (flip[2] ? nz - 1 - k : k));
      let [x, y, z] = to.map((r) => r[1]! * j + r[2]! * k + r[3]!) as [number, number, number];
      for (let i = 0; i < nx; i++, x += step[0], y += step[1], z += step[2]) {
        const v = labels.voxels[row + (flip[0] ? nx - 1 - i : i)]!;
        if (v === 0) continue;
        const m = out[v]!;
        m.voxels++;
        m.place[0] += x;
        m.place[1] += y;
        m.place[2] += z;
        m.squares[0] += x * x;
        m.squares[1] += y * y;
        m.squares[2] += z * z;
        if (index === undefined) continue;
        const a = Math.round(index[0][0]! * x + index[0][1]! * y + index[0][2]! * z + index[0][3]!);
        const b = Math.round(index[1][0]! * x + index[1][1]! * y + index[1][2]! * z + index[1][3]!);
        const c = Math.round(index[2][0]! * x + index[2][1]! * y + index[2][2]! * z + index[2][3]!);
        if (a < 0 || b < 0 || c < 0 || a >= cx || b >= cy || c >= cz) continue;
        const hu = ct!.data[a + cx * (b + cy * c)]! * ct!.slope + ct!.inter;
        if (!(hu >= -5000)) continue;
        m.onCt++;
        m.hounsfield += hu;
        if (hu > DENSE) m.dense++;
      }
    }
  }
  return out;
}
