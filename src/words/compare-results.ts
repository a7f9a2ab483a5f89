import { type Finding, type FindingKey, keyOf, type Unit } from '../findings/finding.ts';
import type { Result } from '../findings/result.ts';

/** One value of both presses; null where a press does not have it. */
export interface Pair extends FindingKey {
  readonly unit: Unit;
  readonly a: Finding | null;
  readonly b: Finding | null;
}

/** Two presses value by value, from the skin down, and where the work of each ended. */
export interface Comparison {
  readonly pairs: readonly Pair[];
  readonly shares: readonly { readonly structure: string; readonly a: number; readonly b: number }[];
}

export function compareResults(a: Result, b: Result): Comparison {
  const known = ({ findings }: Result): Known => new Map(findings.map((f) => [keyOf(f), f]));
  const [ofA, ofB] = [known(a), known(b)];
  const onlyB = b.findings.filter((f) => !ofA.has(keyOf(f)));
  const shareOf = (result: Result, structure: string): number =>
    result.shares.find((s) => s.structure === structure)?.share ?? 0;
  const structures = [...new Set([...a.shares, ...b.shares].map((s) => s.structure))];
  return {
    pairs: [...a.findings, ...onlyB]
      .map(({ structure, side, quantity, where, unit }): Pair => {
        const key = keyOf({ structure, side, quantity, where });
        return { structure, side, quantity, where, unit, a: valued(ofA.get(key)), b: valued(ofB.get(key)) };
      })
      .filter((p) => p.a !== null || p.b !== null),
    shares: structures.map((structure) => ({ structure, a: shareOf(a, structure), b: shareOf(b, structure) })),
  };
}

type Known = ReadonlyMap<string, Finding>;

const valued = (f: Finding | undefined): Finding | null => (f === undefined || f.value === null ? null : f);

/**
 * The larger of the two sides for each structure and quantity, as of no side: a hand works on one side, a tool may work on both.
 */
export function strongerSides(pairs: readonly Pair[]): Pair[] {
  const out = new Map<string, Pair>();
  const larger = (x: Finding | null, y: Finding | null): Finding | null =>
    x === null || y === null ? (x ?? y) : Math.abs(y.value!) > Math.abs(x.value!) ? y : x;
  for (const p of pairs) {
    const sideless: Pair = { ...p, side: 'midline' };
    const known = out.get(keyOf(sideless));
    out.set(
      keyOf(sideless),
      known === undefined ? sideless : { ...known, a: larger(known.a, p.a), b: larger(known.b, p.b) },
    );
  }
  return [...out.values()];
}
