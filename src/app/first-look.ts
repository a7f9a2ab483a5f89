import { type Finding, keyOf } from '../findings/finding.ts';
import type { Result } from '../findings/result.ts';

/** Nine in ten pressures of first looks are off by about this factor at most (docs/app.md): what a fine answer moved further is told. */
const OFF_BY = 2;
/** Pressures that are told; smaller ones are within what nobody could feel or measure, kPa. */
const TOLD = 1;

export interface Changed {
  /** Pressure on the front of the psoas as the first look had it, kPa. */
  readonly psoas: number | null | undefined;
  /** Pressures that the fine answer moved by more than the first look was said to be off, the most first. */
  readonly parts: readonly { readonly finding: Finding; readonly from: number; readonly to: number }[];
}

/** What a fine answer changed of what the coarse first look had shown of the same press. */
export function changedSince(first: Result, fine: Result): Changed {
  const before = new Map(first.findings.map((f) => [keyOf(f), f]));
  const parts = fine.findings.flatMap((f) => {
    const from = before.get(keyOf(f))?.value;
    if (f.quantity !== 'tissue-pressure' || f.value === null || from === null || from === undefined) return [];
    const [low, high] = [Math.min(f.value, from), Math.max(f.value, from)];
    return high >= TOLD && high > OFF_BY * Math.max(low, 0.01) ? [{ finding: f, from, to: f.value }] : [];
  });
  const apart = ({ from, to }: { from: number; to: number }): number =>
    Math.abs(Math.log(Math.max(from, 0.01) / Math.max(to, 0.01)));
  const psoas = first.headline?.psoasFrontPressure_kPa.value;
  return { psoas, parts: parts.sort((p, q) => apart(q) - apart(p)) };
}
