import { psoasShare, psoasShareOf } from '../findings/psoas-share.ts';
import type { Result } from '../findings/result.ts';
import { say } from '../messages/say.ts';
import { formatNumber, formatPercent, kgText, shareRangeText } from './amounts.ts';

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
      a: formatPercent(psoasShare(a.shares)),
      b: formatPercent(psoasShare(b.shares)),
      rangeA: shareRangeText(psoasShareOf(a.shares)),
      rangeB: shareRangeText(psoasShareOf(b.shares)),
    }),
    say(ranged ? 'compare.ranges' : 'compare.no-range'),
    say('compare.meaning'),
  ];
}
