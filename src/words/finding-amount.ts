import { subjectOf } from '../findings/subject-of.ts';
import type { Speaker } from '../messages/say.ts';
import { shortRange, toldAmount } from './amounts.ts';
import type { Told } from './finding-label.ts';

/** A vein that has lost so much of its lumen is folded: 'nearly complete' as in V-61. How nearly, tells of the tube law alone. */
const FLAT = -80;

/** Whether a finding is the lumen of a vein that folds flat: then no number says more than the pressure that does it. */
export const isFlatVein = (f: Told): boolean =>
  f.quantity === 'area-change' && f.value !== null && f.value <= FLAT && subjectOf(f)?.group === 'vein';

/** The range of what is told: of two bounds from the low end of the lower to the high end of the upper one. */
export const endsOf = (f: Told): readonly [low: number | null, high: number | null] => [f.low, (f.upTo ?? f).high];

/** A finding's value as tables show it: '8.1 kPa (61 mmHg)', 'folds flat', '–' where there is none. */
export function findingAmount(speaker: Speaker, f: Told): string {
  if (f.value === null) return '–';
  return isFlatVein(f) ? speaker.say('amount.flat') : toldAmount(speaker, f);
}

/** Its range, in one unit; undefined where none was computed, or none is worth a column: a vein that is flat all over it. */
export function findingRange(speaker: Speaker, f: Told): string | undefined {
  const [low, high] = endsOf(f);
  if (low === null || high === null || (isFlatVein(f) && high <= FLAT)) return undefined;
  return shortRange(speaker, low, high, f.unit);
}
