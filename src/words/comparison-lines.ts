import type { Result } from '../findings/result.ts';
import type { Speaker } from '../messages/say.ts';
import { formatNumber, kgText, pressureText, rangeOf } from './amounts.ts';
import { bodyName } from './body-name.ts';
import { noteText } from './note-text.ts';
import { toolName } from './tool-name.ts';

/** What a press is called beside another: tool, how somebody lies, who. */
export const comparedName = (speaker: Speaker, { tool, scenario, body }: Result): string =>
  speaker.say('compare.name', {
    tool: toolName(speaker, tool.id, tool.label),
    pose: scenario.pose,
    tone: scenario.tone,
    contents: scenario.contents,
    contract: scenario.contract ?? 'none',
    body: bodyName(speaker, { body, scenario }),
  });

/** Load, depth, area and pressure on the front of the psoas of both presses, in sentences; and what the comparison cannot say. */
export function comparisonLines(speaker: Speaker, a: Result, b: Result): string[] {
  const [endA, endB] = [a.path.at(-1), b.path.at(-1)];
  if (endA === undefined || endB === undefined) return [speaker.say('report.lead.nothing')];
  const ranged = [...a.findings, ...b.findings].some((f) => f.low !== null);
  const short = (
    [
      ['a', a, endA],
      ['b', b, endB],
    ] as const
  ).filter(([, result]) => !result.solver.converged);
  return [
    speaker.say('compare.load', {
      force: formatNumber(speaker, Math.min(endA.force_N, endB.force_N)),
      kg: kgText(speaker, Math.min(endA.force_N, endB.force_N)),
    }),
    // what else a press has to say stands with it; whose weight a load is the share of is a matter of the load of both
    ...Object.entries({ a, b }).flatMap(([name, { notes }]) =>
      notes
        .filter((note) => note.id === 'note.scan.weight')
        .map((note) => speaker.say('compare.note', { name, note: noteText(speaker, note) })),
    ),
    ...short.map(([name, , end]) => speaker.say('compare.short', { name, force: formatNumber(speaker, end.force_N) })),
    speaker.say('compare.depth', {
      a: formatNumber(speaker, endA.depth_mm),
      b: formatNumber(speaker, endB.depth_mm),
      areaA: formatNumber(speaker, endA.contactArea_cm2),
      areaB: formatNumber(speaker, endB.contactArea_cm2),
    }),
    ...psoasLine(speaker, a, b),
    speaker.say(ranged ? 'compare.ranges' : 'compare.no-range'),
    speaker.say('compare.meaning'),
  ];
}

/** Pressure on the front of the psoas; nothing where one of the two has none. */
function psoasLine(speaker: Speaker, a: Result, b: Result): string[] {
  const [ofA, ofB] = [a, b].map(({ headline }) => headline?.psoasFrontPressure_kPa);
  if (ofA?.value == null || ofB?.value == null) return [];
  const range = (of: typeof ofA): string => rangeOf(speaker, of, 'kPa') ?? speaker.say('report.range-none');
  return [
    speaker.say('compare.psoas', {
      a: pressureText(speaker, ofA.value),
      b: pressureText(speaker, ofB.value),
      rangeA: range(ofA),
      rangeB: range(ofB),
    }),
  ];
}
