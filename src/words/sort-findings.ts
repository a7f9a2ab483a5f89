import { isTarget } from '../anatomy/structures.ts';
import type { Speaker } from '../messages/say.ts';
import { findingLabel, type Told } from './finding-label.ts';

/** Less than this is hardly anything beside what a cough does (14 kPa, evidence H-15), kPa; and for shape, %. */
const HARDLY_KPA = 1;
const HARDLY_PERCENT = 5;

/** Findings by what a reader wants first; each list keeps the order from the skin down. */
export interface SortedFindings {
  /** What reaches a published range, and everything about the muscles aimed at. */
  readonly reached: Told[];
  /** What stays below, or has no level to be compared with. */
  readonly below: Told[];
  /** What is close to nothing. */
  readonly hardly: Told[];
  /** Names of what the model does not hold. */
  readonly missing: string[];
}

export function sortFindings(speaker: Speaker, findings: readonly Told[]): SortedFindings {
  const kindOf = (f: Told): Exclude<keyof SortedFindings, 'missing'> => {
    if (f.band === 'within-published' || f.band === 'above-published') return 'reached';
    if (isTarget(f.structure)) return 'reached';
    const size = Math.abs(f.value!);
    const hardly = f.unit === 'kPa' ? size < HARDLY_KPA : f.unit === '%' && size < HARDLY_PERCENT;
    return hardly ? 'hardly' : 'below';
  };
  const present = findings.filter((f) => f.value !== null);
  const of = (kind: ReturnType<typeof kindOf>): Told[] => present.filter((f) => kindOf(f) === kind);
  const missing = [...new Set(findings.filter((f) => f.value === null).map((each) => findingLabel(speaker, each)))];
  return { reached: of('reached'), below: of('below'), hardly: of('hardly'), missing };
}
