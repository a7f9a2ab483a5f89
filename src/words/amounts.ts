import { kgOfNewtons, mmHgOf } from '../base/units.ts';
import type { Level } from '../evidence/levels.ts';
import type { Share, Unit } from '../findings/finding.ts';
import { say } from '../messages/say.ts';

/** How numbers are written: units, digits, ranges. */

/** Pressures smaller than this are not told apart, kPa: the resting pressure alone is less sure than that. */
export const SMALL_PRESSURE = 0.1;

/** kPa as '8.1 kPa (61 mmHg)', two significant digits: more would claim more than the model knows. */
export function pressureText(kPa: number): string {
  const [size, small] = [Math.max(Math.abs(kPa), SMALL_PRESSURE) * Math.sign(kPa || 1), isSmall(kPa)];
  const mmHg = small ? '1' : twoDigits(mmHgOf(size));
  const amount = say('amount.pressure', { kPa: small ? String(SMALL_PRESSURE) : twoDigits(size), mmHg });
  return small ? say('amount.less', { amount }) : amount;
}

/** Share as '31 %'. */
export function percentText(percent: number): string {
  const small = Math.abs(percent) < 0.5;
  const amount = say('amount.percent', { percent: small ? '0.5' : twoDigits(percent) });
  return small ? say('amount.less', { amount }) : amount;
}

/** A number with two significant digits and no exponent: 0.081, 8.1, 81, 810. */
export function twoDigits(value: number): string {
  const rounded = Number(value.toPrecision(2)) + 0;
  if (rounded === 0) return '0';
  const digits = Math.max(0, 1 - Math.floor(Math.log10(Math.abs(rounded))));
  return rounded.toFixed(Math.min(digits, 6));
}

/** A value of a finding with its unit, as both forms write it. */
export function amountText(value: number, unit: Unit): string {
  switch (unit) {
    case 'kPa':
      return pressureText(value);
    case '%':
      return percentText(value);
    case 'mm':
      return say('amount.millimetres', { mm: twoDigits(value) });
    case 'N':
      return say('amount.force', { force: twoDigits(value) });
    case 'N/mm':
      return say('amount.line-force', { force: twoDigits(value) });
    case 'kPa·s':
      return say('amount.pressure-time', { dose: twoDigits(value) });
  }
}

/** Both ends of a range, in both units: '4.0 to 8.0 kPa (30 to 60 mmHg)'. */
export function rangeText(low: number, high: number, unit: Unit): string {
  const ends = (convert: (value: number) => number): string =>
    say('amount.from-to', { from: twoDigits(convert(low)), to: twoDigits(convert(high)) });
  if (unit === 'kPa') return say('amount.pressure', { kPa: ends((v) => v), mmHg: ends(mmHgOf) });
  if (unit === '%') return say('amount.percent', { percent: ends((v) => v) });
  return `${ends((v) => v)} ${unit}`;
}

/** The range of a share of the work in words: 'range 4.0 to 8.0 %', or that it was not computed. */
export function shareRangeText(share: Pick<Share, 'low' | 'high'> | undefined): string {
  if (share === undefined || share.low === null || share.high === null) return say('report.range-none');
  return say('report.range', { range: rangeText(100 * share.low, 100 * share.high, '%') });
}

/** One or both ends of a level, in both units: '4 to 8 kPa (30 to 60 mmHg)'. */
export function levelText({ unit }: Pick<Level, 'unit'>, ...ends: number[]): string {
  const text = (convert: (value: number) => number): string => {
    const [from, to] = ends.map((end) => levelEnd(convert(end)));
    return to === undefined ? from! : say('amount.from-to', { from: from!, to });
  };
  if (unit === 'kPa') return say('amount.pressure', { kPa: text((v) => v), mmHg: text(mmHgOf) });
  return `${text((v) => v)} ${unit}`;
}

/** End of a published range, as people write such numbers: 4, 0.67, 32. */
export const levelEnd = (value: number): string => String(Number(value.toPrecision(2)));

/** A force as the weight that people know, kg. */
export const kgText = (newtons: number): string => twoDigits(kgOfNewtons(newtons));

export const isSmall = (kPa: number): boolean => Math.abs(kPa) < SMALL_PRESSURE;

/** A number for people: about three significant digits, no exponent, '–' for what is missing or not finite. */
export function formatNumber(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const digits =
    size >= 100 ? 0 : size >= 10 ? (Number.isInteger(value) ? 0 : 1) : size >= 1 ? 1 : size >= 0.01 ? 2 : 3;
  const text = value.toFixed(digits);
  return Number(text) === 0 ? '0' : text.replace('-', '−');
}

/** A share as whole per cent. */
export function formatPercent(share: number): string {
  if (share > 0 && share < 0.01) return 'less than 1 %';
  return `${Math.round(100 * share)} %`;
}

/** 'a, b and c'. */
export function listInWords(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
