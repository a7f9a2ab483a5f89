import { kgOfNewtons, mmHgOf } from '../base/units.ts';
import type { Level } from '../evidence/levels.ts';
import type { Unit as FindingUnit, Ranged, Share } from '../findings/finding.ts';
import type { Speaker } from '../messages/say.ts';
import type { Told } from './finding-label.ts';

/** What amounts are said in: the units of findings, and newtons. */
type Unit = FindingUnit | 'N';

/** How numbers are written: units, digits, ranges. */

/** Pressures smaller than this are not told apart, kPa: the resting pressure alone is less sure than that. */
export const SMALL_PRESSURE = 0.1;

/** kPa as '8.1 kPa (61 mmHg)', two significant digits: more would claim more than the model knows. */
export function pressureText(speaker: Speaker, kPa: number): string {
  const [size, small] = [Math.max(Math.abs(kPa), SMALL_PRESSURE) * Math.sign(kPa || 1), isSmall(kPa)];
  const mmHg = small ? speaker.number('1') : twoDigits(speaker, mmHgOf(size));
  const amount = speaker.say('amount.pressure', {
    kPa: small ? speaker.number(String(SMALL_PRESSURE)) : twoDigits(speaker, size),
    mmHg,
  });
  return small ? speaker.say('amount.less', { amount }) : amount;
}

/** Share as '31 %'. */
export function percentText(speaker: Speaker, percent: number): string {
  const small = isLittle(percent, '%');
  const amount = speaker.say('amount.percent', {
    percent: small ? speaker.number('0.5') : twoDigits(speaker, percent),
  });
  return small ? speaker.say('amount.less', { amount }) : amount;
}

/** A number with two significant digits and no exponent: 0.081, 8.1, −81, 810. */
export function twoDigits(speaker: Speaker, value: number): string {
  const rounded = Number(value.toPrecision(2)) + 0;
  if (rounded === 0) return speaker.number('0');
  const digits = Math.max(0, 1 - Math.floor(Math.log10(Math.abs(rounded))));
  return speaker.number(rounded.toFixed(Math.min(digits, 6))).replace('-', '−');
}

/** A value of a finding with its unit, as both forms write it. */
export function amountText(speaker: Speaker, value: number, unit: Unit): string {
  switch (unit) {
    case 'kPa':
      return pressureText(speaker, value);
    case '%':
      return percentText(speaker, value);
    case 'mm':
      return speaker.say('amount.millimetres', { mm: twoDigits(speaker, value) });
    case 'N':
      return speaker.say('amount.force', { force: twoDigits(speaker, value) });
    case 'N/mm':
      return speaker.say('amount.line-force', { force: twoDigits(speaker, value) });
  }
}

/** A value as it is told, or the two bounds between which it lies: '1.7 to 28 %'. */
export function toldAmount(speaker: Speaker, f: Told): string {
  const upTo = f.upTo?.value;
  return upTo === undefined || upTo === null
    ? amountText(speaker, f.value!, f.unit)
    : rangeText(speaker, Math.max(f.value!, 0), upTo, f.unit);
}

/** A value in one unit, for narrow columns: '8.1 kPa'. */
export function shortAmount(speaker: Speaker, value: number, unit: Unit): string {
  if (unit !== 'kPa') return amountText(speaker, value, unit);
  const small = isSmall(value);
  const amount = speaker.say('amount.kPa', {
    kPa: small ? speaker.number(String(SMALL_PRESSURE)) : twoDigits(speaker, value),
  });
  return small ? speaker.say('amount.less', { amount }) : amount;
}

/** Ends of ranges below these are written as 0: an end of 0.00086 % or of 0.0003 kPa tells of digits, not of tissue. */
const NOTHING: Readonly<Record<Unit, number>> = {
  kPa: 0.005,
  '%': 0.05,
  mm: 0.05,
  N: 0.05,
  'N/mm': 0.0005,
};

function ends(speaker: Speaker, low: number, high: number, unit: Unit, convert = (value: number): number => value) {
  const [from, to] = [low, high].map((end) => twoDigits(speaker, Math.abs(end) < NOTHING[unit] ? 0 : convert(end)));
  return from === to ? from! : speaker.say('amount.from-to', { from: from!, to: to! });
}

/** Both ends of a range, in both units: '4.0 to 8.0 kPa (30 to 60 mmHg)'; one number where both are written the same. */
export function rangeText(speaker: Speaker, low: number, high: number, unit: Unit): string {
  if (unit !== 'kPa') return shortRange(speaker, low, high, unit);
  return speaker.say('amount.pressure', {
    kPa: ends(speaker, low, high, unit),
    mmHg: ends(speaker, low, high, unit, mmHgOf),
  });
}

/** The same in one unit: '4.0 to 8.0 kPa'. */
export function shortRange(speaker: Speaker, low: number, high: number, unit: Unit): string {
  const amount = ends(speaker, low, high, unit);
  return unit === '%' ? speaker.say('amount.percent', { percent: amount }) : `${amount} ${unit}`;
}

/** 'range 28 to 50 mm', or undefined where none was computed. */
export function rangeOf(speaker: Speaker, { low, high }: Pick<Ranged, 'low' | 'high'>, unit: Unit): string | undefined {
  return low === null || high === null
    ? undefined
    : speaker.say('report.range', { range: rangeText(speaker, low, high, unit) });
}

/** The same of an area, cm². */
export function areaRangeOf(speaker: Speaker, { low, high }: Pick<Ranged, 'low' | 'high'>): string | undefined {
  if (low === null || high === null) return undefined;
  const [from, to] = [twoDigits(speaker, low), twoDigits(speaker, high)];
  return speaker.say('report.range', { range: `${speaker.say('amount.from-to', { from, to })} cm²` });
}

/** The range of a share of the work in words: 'range 4.0 to 8.0 %', or that it was not computed. */
export function shareRangeText(speaker: Speaker, share: Pick<Share, 'low' | 'high'> | undefined): string {
  const percent = (end: number | null): number | null => (end === null ? null : 100 * end);
  const ends = share && { low: percent(share.low), high: percent(share.high) };
  return (ends && rangeOf(speaker, ends, '%')) ?? speaker.say('report.range-none');
}

const timeUnit = (seconds: number) =>
  seconds < 120 ? (['second', 1] as const) : seconds < 7200 ? (['minute', 60] as const) : (['hour', 3600] as const);

/** A time as people say it: '35 seconds', '15 minutes', '2 hours'. */
export function durationText(speaker: Speaker, seconds: number): string {
  const [unit, size] = timeUnit(seconds);
  return speaker.say('amount.time', { unit, count: Number((seconds / size).toPrecision(2)) });
}

/** From the shortest to the longest time; 'or longer' where no longest is known. */
export function durationRange(speaker: Speaker, [shortest, longest]: readonly [number, number]): string {
  const from = durationText(speaker, shortest);
  if (longest === shortest) return from;
  if (!Number.isFinite(longest)) return speaker.say('amount.or-longer', { from });
  // '15 to 60 minutes', but '10 minutes to 2 hours'
  const [unit, size] = timeUnit(shortest);
  const short = unit === timeUnit(longest)[0] ? speaker.number(String(Number((shortest / size).toPrecision(2)))) : from;
  return speaker.say('amount.from-to', { from: short, to: durationText(speaker, longest) });
}

/** One or both ends of a level, in both units: '4 to 8 kPa (30 to 60 mmHg)'. */
export function levelText(speaker: Speaker, { unit }: Pick<Level, 'unit'>, ...ends: number[]): string {
  const text = (convert: (value: number) => number): string => {
    const [from, to] = ends.map((end) => levelEnd(speaker, convert(end)));
    return to === undefined || to === from ? from! : speaker.say('amount.from-to', { from: from!, to });
  };
  if (unit === 'kPa') return speaker.say('amount.pressure', { kPa: text((v) => v), mmHg: text(mmHgOf) });
  return `${text((v) => v)} ${unit}`;
}

/** End of a published range, as people write such numbers: 4, 0.67, 32. */
export const levelEnd = (speaker: Speaker, value: number): string =>
  speaker.number(String(Number(value.toPrecision(2))));

/** A force as the weight that people know, kg. */
export const kgText = (speaker: Speaker, newtons: number): string => twoDigits(speaker, kgOfNewtons(newtons));

export const isSmall = (kPa: number): boolean => Math.abs(kPa) < SMALL_PRESSURE;

/** Whether an amount is so little that it is written as 'less than …', without a sign. */
export const isLittle = (value: number, unit: Unit): boolean =>
  unit === 'kPa' ? isSmall(value) : unit === '%' && Math.abs(value) < 0.5;

/** A number for people: about three significant digits, no exponent, '–' for what is missing or not finite. */
export function formatNumber(speaker: Speaker, value: number | null): string {
  if (value === null || !Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const digits =
    size >= 100 ? 0 : size >= 10 ? (Number.isInteger(value) ? 0 : 1) : size >= 1 ? 1 : size >= 0.01 ? 2 : 3;
  const text = value.toFixed(digits);
  return Number(text) === 0 ? speaker.number('0') : speaker.number(text).replace('-', '−');
}

/** A depth in whole millimetres; with two digits under one, where a light press would read 0. */
export const depthInMm = (speaker: Speaker, mm: number): string =>
  mm < 0.995 ? formatNumber(speaker, mm) : speaker.number(mm.toFixed(0));

/** A share as whole per cent. */
export function formatPercent(speaker: Speaker, share: number): string {
  const small = share > 0 && share < 0.01;
  const amount = speaker.say('amount.percent', { percent: small ? 1 : Math.round(100 * share) });
  return small ? speaker.say('amount.less', { amount }) : amount;
}

/** 'a, b and c'. */
export function listInWords(speaker: Speaker, items: readonly string[]): string {
  return speaker.list(items);
}
