import { isTarget } from '../anatomy/structures.ts';
import { RAISED_BELLY } from '../evidence/levels.ts';
import type { Speaker } from '../messages/say.ts';
import { listInWords, pressureText } from './amounts.ts';
import { findingLabel, type Told } from './finding-label.ts';

/** Changes of shape or flow below this share of what was are left to the numbers with the pressures, %: our own choice. */
const HARDLY_PERCENT = 5;

/** Findings by what a reader wants first; each list keeps the order from the skin down. */
export interface SortedFindings {
  /** What reaches a published range, and everything about the muscles aimed at. */
  readonly reached: Told[];
  /** What stays below, or has no level to be compared with. */
  readonly below: Told[];
  /** All that is known of parts that are hardly pressed: one sentence tells of them (hardlyPressed). */
  readonly hardly: Told[];
  /** Names of what the model does not hold. */
  readonly missing: string[];
}

export function sortFindings(speaker: Speaker, findings: readonly Told[]): SortedFindings {
  const present = findings.filter((f) => f.value !== null);
  const parts = new Map<string, Told[]>();
  for (const f of present) parts.set(partOf(f), [...(parts.get(partOf(f)) ?? []), f]);
  const kindOf = (f: Told): Exclude<keyof SortedFindings, 'missing'> => {
    if (reachesLevel(f) || isTarget(f.structure)) return 'reached';
    return isHardlyPressed(parts.get(partOf(f))!) ? 'hardly' : 'below';
  };
  const of = (kind: ReturnType<typeof kindOf>): Told[] => present.filter((f) => kindOf(f) === kind);
  const missing = [...new Set(findings.filter((f) => f.value === null).map((each) => findingLabel(speaker, each)))];
  return { reached: of('reached'), below: of('below'), hardly: of('hardly'), missing };
}

/** One sentence for all parts that are hardly pressed; '' where there is none. */
export function hardlyPressed(speaker: Speaker, hardly: readonly Told[]): string {
  if (hardly.length === 0) return '';
  const bySide = (structure: string): Told[] => hardly.filter((f) => f.structure === structure);
  const names = [...new Set(hardly.map((f) => f.structure))].map((structure) => {
    const sides = bySide(structure);
    const pair = (['left', 'right'] as const).every((side) => sides.some((f) => f.both === true || f.side === side));
    return findingLabel(speaker, pair ? { ...sides[0]!, both: true } : sides[0]!);
  });
  return speaker.say('found.hardly', {
    list: listInWords(speaker, names),
    amount: pressureText(speaker, RAISED_BELLY),
  });
}

/** Rows that the limit of that sentence rests on. */
export const HARDLY_ROWS: readonly string[] = ['H-12'];

/**
 * A part is hardly pressed when its pressure is less than what counts as raised in the belly as a whole, it reaches no published level and
 * hardly changes its shape or what flows through it.
 */
function isHardlyPressed(part: readonly Told[]): boolean {
  const pressures = part.filter((f) => f.unit === 'kPa');
  return (
    pressures.length > 0 &&
    pressures.every((f) => Math.abs(f.value!) < RAISED_BELLY) &&
    part.every((f) => !reachesLevel(f) && !isTarget(f.structure)) &&
    part.filter((f) => f.unit === '%').every((f) => Math.abs((f.upTo ?? f).value!) < HARDLY_PERCENT)
  );
}

const partOf = (f: Told): string => `${f.structure}/${f.both === true ? 'both' : f.side}`;

const reachesLevel = ({ band }: Told): boolean => band === 'within-published' || band === 'above-published';
