import type { Finding } from '../findings/finding.ts';
import type { Result } from '../findings/result.ts';
import { amountText, kgText, psoasShareOf, rangeText, shareRangeText, twoDigits } from '../findings/words.ts';
import { say } from '../messages/say.ts';
import { axisRow, placeOnAxis, tracksGrid } from './axis.ts';
import { escapeHtml, formatNumber, formatPercent } from './html.ts';
import type { Ledger } from './ledger.ts';
import { quantityName, quantityShort } from './quantity-name.ts';

/** One value of both presses; null where a press does not have it. */
export interface Pair {
  readonly structure: string;
  readonly side: Finding['side'];
  readonly label: string;
  readonly quantity: Finding['quantity'];
  readonly where: Finding['where'];
  readonly unit: Finding['unit'];
  readonly a: Side | null;
  readonly b: Side | null;
}

export type Side = Pick<Finding, 'value' | 'low' | 'high' | 'band' | 'sentence'>;

/** Two presses value by value, from the skin down, and where the work of each ended. */
export interface Comparison {
  readonly pairs: readonly Pair[];
  readonly shares: readonly { readonly structure: string; readonly a: number; readonly b: number }[];
}

export function compareResults(a: Result, b: Result): Comparison {
  const key = (f: Finding): string =>
    `${f.structure}/${f.side}/${f.quantity}/${f.quantity === 'contact-pressure' ? f.label : ''}`;
  const others = new Map(b.findings.map((f) => [key(f), f]));
  const pairs = a.findings.map((f) => pair(f, f, others.get(key(f))));
  const known = new Set(a.findings.map(key));
  const onlyB = b.findings.filter((f) => !known.has(key(f))).map((f) => pair(f, undefined, f));
  const shareOf = (result: Result, structure: string): number =>
    result.shares.find((s) => s.structure === structure)?.share ?? 0;
  const structures = [...new Set([...a.shares, ...b.shares].map((s) => s.structure))];
  return {
    pairs: [...pairs, ...onlyB].filter((p) => p.a !== null || p.b !== null),
    shares: structures.map((structure) => ({ structure, a: shareOf(a, structure), b: shareOf(b, structure) })),
  };
}

function pair(like: Finding, a: Finding | undefined, b: Finding | undefined): Pair {
  const side = (f: Finding | undefined): Side | null =>
    f === undefined || f.value === null
      ? null
      : { value: f.value, low: f.low, high: f.high, band: f.band, sentence: f.sentence };
  const { structure, side: body, label, quantity, where, unit } = like;
  return { structure, side: body, label, quantity, where, unit, a: side(a), b: side(b) };
}

/** Share of the work that ends in the psoas, both sides together. */
export const psoasShare = (result: Result): number =>
  result.shares.filter((s) => /psoas/.test(s.structure)).reduce((sum, s) => sum + s.share, 0);

/** The larger of the two sides for each structure and quantity: a hand works on one side, a tool may work on both. */
export function strongerSides(pairs: readonly Pair[]): Pair[] {
  const out = new Map<string, Pair>();
  for (const p of pairs) {
    const key = `${p.structure}/${p.quantity}/${p.quantity === 'contact-pressure' ? p.label : ''}`;
    const known = out.get(key);
    const larger = (x: Side | null, y: Side | null): Side | null =>
      x === null || y === null ? (x ?? y) : Math.abs(y.value!) > Math.abs(x.value!) ? y : x;
    out.set(
      key,
      known === undefined
        ? { ...p, label: p.label.replace(/^(left|right) /, '') }
        : { ...known, a: larger(known.a, p.a), b: larger(known.b, p.b) },
    );
  }
  return [...out.values()];
}

/** Rows with two marks on one axis: filled for the first press, hollow for the second. */
export function pairBars(pairs: readonly Pair[], names: readonly [string, string], ledger: Ledger, id: string): string {
  const pressures = pairs.filter((p) => p.unit === 'kPa');
  if (pressures.length === 0) return '';
  const rows = pressures.map((p, n) => {
    const mark = (side: Side | null, which: 'a' | 'b'): string => {
      if (side === null) return '';
      const range =
        side.low === null || side.high === null
          ? ''
          : `<rect x="${placeOnAxis(side.low)}%" width="${(Number(placeOnAxis(side.high)) - Number(placeOnAxis(side.low))).toFixed(2)}%" y="${which === 'a' ? 5 : 17}" height="4" class="range"/>`;
      return `${range}<circle cx="${placeOnAxis(side.value!)}%" cy="13" r="5" class="mark ${which}"/>`;
    };
    const value = (side: Side | null, which: 'a' | 'b'): string =>
      side === null
        ? '–'
        : ledger.link(`${id}-${which}-${n}`, twoDigits(side.value!), entryOf(p, side, names[which === 'a' ? 0 : 1]));
    return (
      `<li><span class="name">${escapeHtml(p.label)}<span class="what">${quantityShort(p.quantity)}</span></span>` +
      `<span class="value">${value(p.a, 'a')} <span>:</span> ${value(p.b, 'b')} <span>kPa</span></span>` +
      `<svg class="track" width="100%" height="26" aria-hidden="true">${tracksGrid(26)}${mark(p.b, 'b')}${mark(p.a, 'a')}</svg></li>`
    );
  });
  const named = (n: 0 | 1): string =>
    ledger.linkNumbers(`${id}-name-${n}`, names[n], {
      what: names[n],
      value: names[n],
      how: say('how.force'),
      evidence: [],
    });
  const legend =
    `<ul class="legend"><li><svg class="track" width="14" height="14" aria-hidden="true"><circle cx="7" cy="7" r="5" class="mark a"/></svg>${named(0)}</li>` +
    `<li><svg class="track" width="14" height="14" aria-hidden="true"><circle cx="7" cy="7" r="5" class="mark b"/></svg>${named(1)}</li></ul>`;
  return `${legend}<ul class="bars pairs">${rows.join('')}${axisRow()}</ul>`;
}

const entryOf = (p: Pair, side: Side, who: string) => ({
  what: `${who}: ${p.label}, ${quantityName(p.quantity)}`,
  value: amountText(side.value!, p.unit),
  ...(side.low === null || side.high === null
    ? {}
    : { range: say('report.range', { range: rangeText(side.low, side.high, p.unit) }) }),
  how: side.sentence,
  evidence: [],
});

/** What a press is called beside another: tool, how somebody lies, who. */
export const comparedName = ({ tool, scenario, body }: Result): string =>
  say('compare.name', { tool: tool.label, pose: scenario.pose, tone: scenario.tone, body: body.label });

/** Load, depth, area and the psoas' share of both presses, in sentences; and what the comparison cannot say. */
export function comparisonLines(a: Result, b: Result): string[] {
  const [endA, endB] = [a.path.at(-1), b.path.at(-1)];
  if (endA === undefined || endB === undefined) return [say('report.lead.nothing')];
  const ranged = [...a.findings, ...b.findings].some((f) => f.low !== null);
  const short = (
    [
      ['a', a, endA],
      ['b', b, endB],
    ] as const
  ).filter(([, result]) => !result.solver.converged);
  return [
    say('compare.load', {
      force: formatNumber(Math.min(endA.force_N, endB.force_N)),
      kg: kgText(Math.min(endA.force_N, endB.force_N)),
    }),
    ...short.map(([name, , end]) => say('compare.short', { name, force: formatNumber(end.force_N) })),
    say('compare.depth', {
      a: formatNumber(endA.depth_mm),
      b: formatNumber(endB.depth_mm),
      areaA: formatNumber(endA.contactArea_cm2),
      areaB: formatNumber(endB.contactArea_cm2),
    }),
    say('compare.share', {
      a: formatPercent(psoasShare(a)),
      b: formatPercent(psoasShare(b)),
      rangeA: shareRangeText(psoasShareOf(a.shares)),
      rangeB: shareRangeText(psoasShareOf(b.shares)),
    }),
    say(ranged ? 'compare.ranges' : 'compare.no-range'),
    say('compare.meaning'),
  ];
}
