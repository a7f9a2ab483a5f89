import type { Vec3 } from '../base/grid.ts';
import { placeOf } from './label-grid.ts';
import { DENSE } from './measure-labels.ts';
import { invertAffine, type NiftiVolume } from './nifti.ts';
import type { RawLabels } from './raw-labels.ts';

/** Most voxels of bone that are tried at every place. */
const SAMPLE = 4000;
/** At the right place about 0.6 of the voxels of bone labels are dense; chance gives some 0.2. */
const FITS = 0.45;

/**
 * How far labels would have to be moved along one axis of the CT for their bones to lie on bone, mm LPS; undefined where no such shift
 * stands out. A program that cuts slices off and keeps the origin leaves such files.
 * @param isBone per entry of raw.values
 */
export function fittingShift(raw: RawLabels, ct: NiftiVolume, isBone: readonly boolean[]): Vec3 | undefined {
  const toIndex = invertAffine(ct.toLps);
  const bones: Vec3[] = [];
  const [nx, ny] = raw.size;
  let count = 0;
  for (const v of raw.voxels) if (isBone[v]) count++;
  const stride = Math.max(1, Math.ceil(count / SAMPLE));
  for (let n = 0, met = 0; n < raw.voxels.length; n++) {
    if (!isBone[raw.voxels[n]!] || met++ % stride !== 0) continue;
    bones.push(placeOf(toIndex, ...placeOf(raw.toLps, n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny)))));
  }
  if (bones.length === 0) return undefined;
  let best = { share: 0, axis: 0, shift: 0 };
  for (let axis = 0; axis < 3; axis++) {
    for (let shift = 1 - ct.size[axis]!; shift < ct.size[axis]!; shift++) {
      const share = shareOnBone(bones, ct, axis, shift);
      if (share > best.share) best = { share, axis, shift };
    }
  }
  if (best.share < FITS) return undefined;
  return ct.toLps.map((row) => row[best.axis]! * best.shift) as unknown as Vec3;
}

function shareOnBone(bones: readonly Vec3[], ct: NiftiVolume, axis: number, shift: number): number {
  const [nx, ny, nz] = ct.size;
  let dense = 0;
  for (const at of bones) {
    const [a, b, c] = at.map((v, n) => Math.round(v) + (n === axis ? shift : 0)) as [number, number, number];
    if (a < 0 || b < 0 || c < 0 || a >= nx || b >= ny || c >= nz) continue;
    if (ct.data[a + nx * (b + ny * c)]! * ct.slope + ct.inter > DENSE) dense++;
  }
  return dense / bones.length;
}
