import { exp, log } from '../base/elementary.ts';
import type { Quantity } from './finding.ts';

/**
 * A line on which two values of one kind are as far apart as they are unlike. Presses and grids are compared on it: what one press
 * is beside another on a coarse grid is carried over to a fine one as a step along this line.
 */
export interface Scale {
  /** Where a value lies; rises with it. */
  on(value: number): number;
  /** The value that lies there. */
  off(place: number): number;
  /** Whether values may lie on both sides of zero, where no factor leads from one to the other. */
  readonly signed?: boolean;
}

/** Amounts: equal steps are equal factors; below `small`, and through zero, equal differences. @param least no value is less */
export const amounts = (small: number, least = Number.NEGATIVE_INFINITY): Scale => ({
  on: (value) => arsinh(value / small),
  off: (place) => Math.max(least, small * sinh(place)),
  signed: least < 0,
});

/** Odds that are as good as none: differences of shares below half a per cent are compared as such. */
const SMALL_ODDS = 0.005;
/** Nobody knows a share closer to the whole than this. */
const NEARLY_ALL = 1 - 1e-6;

/** Shares of a whole that cannot pass 1: equal steps are equal factors of the odds, so that 95 % never becomes 105 %. */
const parts: Scale = {
  on: (share) => {
    const kept = Math.min(share, NEARLY_ALL);
    return arsinh(kept / (1 - kept) / SMALL_ODDS);
  },
  off: (place) => {
    const odds = Math.max(-0.5, SMALL_ODDS * sinh(place));
    return Math.min(1, odds / (1 + odds));
  },
};

export const SHARE: Scale = { ...parts, off: (place) => Math.max(0, parts.off(place)) };
/** What is left of a thickness, told as what is gone, %. */
const GONE: Scale = { on: (value) => parts.on(value / 100), off: (place) => 100 * SHARE.off(place) };
/** A change from rest that cannot pass −100 %. */
const CHANGE: Scale = { on: (value) => -parts.on(-value / 100), off: (place) => -100 * parts.off(-place) };

/** Pressures in the tissue, kPa, and what of them is local, which changes its sign: docs/findings.md tells how the knees were chosen. */
const PRESSURE = amounts(0.5);
const EXCESS = amounts(1);

/** Pull in a sheet, N/mm. */
const TENSION = amounts(0.02);

const SCALES: Partial<Record<Quantity, Scale>> = {
  'peak-contact-pressure': amounts(1, 0),
  'mean-contact-pressure': amounts(1, 0),
  'tissue-pressure': PRESSURE,
  'excess-pressure': EXCESS,
  'transmural-pressure': EXCESS,
  'membrane-tension-longitudinal': TENSION,
  'membrane-tension-transverse': TENSION,
  'membrane-force': TENSION,
  'area-change': CHANGE,
  'flow-change': CHANGE,
  compression: GONE,
  crush: GONE,
};

/** Lengths and stretches, mm and %. */
export const LENGTH = amounts(0.5);

/** The scale on which values of a quantity are compared, in the finding's unit. */
export const scaleOf = (quantity: Quantity): Scale => SCALES[quantity] ?? LENGTH;

/** Whether values of a scale lie on both sides of zero: then they are as far apart as they differ. */
export const astride = (scale: Scale, ...values: number[]): boolean =>
  scale.signed === true && values.some((value) => value < 0) && values.some((value) => value > 0);

/** A value brought over from one grid to another: as far from the central press there as the sample is from it here. */
export const carried = (scale: Scale, fine: number, coarse: number, sample: number): number =>
  astride(scale, fine, coarse, sample)
    ? fine + sample - coarse
    : scale.off(scale.on(fine) + (scale.on(sample) - scale.on(coarse)));

// the inverse hyperbolic sine and the sine itself, of functions that every engine rounds alike
const arsinh = (x: number): number => {
  const size = Math.abs(x);
  const place = log(size + Math.sqrt(size * size + 1));
  return x < 0 ? -place : place;
};
const sinh = (x: number): number => (exp(x) - exp(-x)) / 2;
