import type { Finding, Quantity } from '../findings/finding.ts';
import type { Told } from './finding-label.ts';

/** Sides are told as one when their values, and the ends of their ranges, differ by less than this share. */
const ALIKE = 0.1;
const ALIKE_RANGE = 0.3;

/** What is only known to lie between two bounds is told as one: the lower bound, with the upper. */
export function joinBounds(findings: readonly Finding[]): Told[] {
  const boundOf = (f: Finding, quantity: Quantity): Finding | undefined =>
    findings.find((g) => g.structure === f.structure && g.side === f.side && g.quantity === quantity);
  return findings.flatMap((f): Told[] => {
    if (f.value === null) return [f];
    if (f.quantity === 'elongation-stuck') return boundOf(f, 'elongation-sliding') === undefined ? [f] : [];
    const upTo = f.quantity === 'elongation-sliding' ? boundOf(f, 'elongation-stuck') : undefined;
    return [upTo === undefined ? f : { ...f, upTo }];
  });
}

/** Joins left and right of the same structure where they say the same, so that a press in the middle is not told twice. */
export function joinSides(findings: readonly Finding[]): Told[] {
  const told = joinBounds(findings);
  const joined = new Set<Told>();
  return told.flatMap((f): Told[] => {
    if (joined.has(f)) return [];
    const other = told.find((g) => g !== f && isOtherSide(f, g));
    if (other === undefined) return [f];
    joined.add(other);
    return [asOne(f, other)];
  });
}

/** The larger of two sides, with the range of both. */
function asOne(f: Told, other: Told): Told {
  const larger = Math.abs(f.value!) >= Math.abs(other.value!) ? f : other;
  return {
    ...larger,
    both: true,
    low: f.low === null || other.low === null ? null : Math.min(f.low, other.low),
    high: f.high === null || other.high === null ? null : Math.max(f.high, other.high),
    ...(f.upTo !== undefined && other.upTo !== undefined && { upTo: asOne(f.upTo, other.upTo) }),
  };
}

function isOtherSide(f: Told, g: Told): boolean {
  const alike = (['structure', 'quantity', 'where', 'unit', 'band', 'felt'] as const).every((key) => f[key] === g[key]);
  if (!alike || f.side === g.side || f.side === 'midline' || g.side === 'midline') return false;
  if ((f.upTo === undefined) !== (g.upTo === undefined)) return false;
  if (f.upTo !== undefined && g.upTo !== undefined && !isOtherSide(f.upTo, g.upTo)) return false;
  if (f.value === null || g.value === null || (f.low === null) !== (g.low === null)) return false;
  const size = Math.max(Math.abs(f.value), Math.abs(g.value));
  const near = (a: number | null, b: number | null, share: number): boolean =>
    a === null || b === null || Math.abs(a - b) < share * Math.max(size, Math.abs(a), Math.abs(b));
  return near(f.value, g.value, ALIKE) && near(f.low, g.low, ALIKE_RANGE) && near(f.high, g.high, ALIKE_RANGE);
}
