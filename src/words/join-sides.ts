import type { Finding } from '../findings/finding.ts';
import type { Told } from './finding-label.ts';

/** Sides are told as one when their values, and the ends of their ranges, differ by less than this share. */
const ALIKE = 0.1;
const ALIKE_RANGE = 0.3;

/** Joins left and right of the same structure where they say the same, so that a press in the middle is not told twice. */
export function joinSides(findings: readonly Finding[]): Told[] {
  const joined = new Set<Finding>();
  return findings.flatMap((f): Told[] => {
    if (joined.has(f)) return [];
    const other = findings.find((g) => g !== f && isOtherSide(f, g));
    if (other === undefined) return [f];
    joined.add(other);
    const larger = Math.abs(f.value!) >= Math.abs(other.value!) ? f : other;
    return [
      {
        ...larger,
        both: true,
        low: f.low === null || other.low === null ? null : Math.min(f.low, other.low),
        high: f.high === null || other.high === null ? null : Math.max(f.high, other.high),
      },
    ];
  });
}

function isOtherSide(f: Finding, g: Finding): boolean {
  const alike = (['structure', 'quantity', 'where', 'unit', 'band', 'felt'] as const).every((key) => f[key] === g[key]);
  if (!alike || f.side === g.side || f.side === 'midline' || g.side === 'midline') return false;
  if (f.value === null || g.value === null || (f.low === null) !== (g.low === null)) return false;
  const size = Math.max(Math.abs(f.value), Math.abs(g.value));
  const near = (a: number | null, b: number | null, share: number): boolean =>
    a === null || b === null || Math.abs(a - b) < share * Math.max(size, Math.abs(a), Math.abs(b));
  return near(f.value, g.value, ALIKE) && near(f.low, g.low, ALIKE_RANGE) && near(f.high, g.high, ALIKE_RANGE);
}
