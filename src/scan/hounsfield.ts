import { InputError } from '../base/errors.ts';
import { tell } from '../base/told.ts';
import { SCAN_ERRORS } from '../messages/errors/scan.data.ts';
import type { NiftiVolume } from './nifti.ts';

/** Nothing is lighter than air, -1000, and its noise: what lies below, such as -2000 or -3024, marks where the scanner has no data. */
export const PADDING_BELOW = -1100;
/** Air at its lightest as far as clipped volumes show it. */
const AIR_MOST = -500;
/** Lighter than all tissue, with room; above HEAVY lie only compact bone and metal. */
const DENSE = -300;
const HEAVY = 700;
/** Share of what is denser than air that bone and metal may make up; in a trunk they are a few hundredths, with a hip joint of metal a tenth. */
const HEAVY_SHARE = 0.2;

/** @throws InputError for labels, an MR image, detector numbers or numbers whose intercept was lost, with or without padding around them. */
export function assertHounsfield(ct: NiftiVolume): void {
  const { data, slope, inter } = ct;
  let low = Number.POSITIVE_INFINITY;
  let dense = 0;
  let heavy = 0;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]! * slope + inter;
    if (value < low && value >= PADDING_BELOW) low = value;
    if (value > DENSE) dense++;
    if (value > HEAVY) heavy++;
  }
  if (!(low <= AIR_MOST)) {
    throw new InputError(
      tell(SCAN_ERRORS, 'error.scan.no-air', {
        file: ct.name,
        lowest: Number.isFinite(low) ? Number(low.toPrecision(4)) : tell(SCAN_ERRORS, 'error.scan.no-number'),
      }),
    );
  }
  if (heavy > HEAVY_SHARE * dense) {
    throw new InputError(
      tell(SCAN_ERRORS, 'error.scan.heavy', {
        file: ct.name,
        percent: Math.round((100 * heavy) / dense),
        heavy: HEAVY,
      }),
    );
  }
}

/** Whether a volume holds Hounsfield units rather than labels: some of it is as light as air. */
export function isCt({ data, slope, inter }: NiftiVolume): boolean {
  for (let i = 0; i < data.length; i++) if (data[i]! * slope + inter <= AIR_MOST) return true;
  return false;
}
