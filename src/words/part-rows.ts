import type { Told } from './finding-label.ts';

/** A part of the body with what is worth telling first about it, and the rest. */
export interface PartRow {
  readonly first: Told;
  readonly also: readonly Told[];
}

/** Findings by part, in the order given: first what reaches furthest into a published range, pressures before shapes. */
export function partRows(findings: readonly Told[]): PartRow[] {
  const parts = new Map<string, Told[]>();
  for (const f of findings) {
    const key = `${f.structure}/${f.both === true ? 'both' : f.side}`;
    parts.set(key, [...(parts.get(key) ?? []), f]);
  }
  return [...parts.values()].map((members) => {
    const first = members.reduce((best, f) => (rank(f) > rank(best) ? f : best));
    return { first, also: members.filter((f) => f !== first) };
  });
}

/** How far a value reaches into what was published; of two, pressures before shapes. */
export const rank = (f: Told): number =>
  2 * ['no-published-level', 'below-published', 'within-published', 'above-published'].indexOf(f.band) +
  (f.unit === 'kPa' ? 1 : 0);
