import { causesOf, heldByGrid } from '../findings/causes.ts';
import type { Ranged } from '../findings/finding.ts';
import type { Result } from '../findings/result.ts';
import type { Speaker } from '../messages/say.ts';
import { rangeText, twoDigits } from './amounts.ts';
import { findingLabel } from './finding-label.ts';
import { inputName } from './input-name.ts';
import { joinSides } from './join-sides.ts';

/** Parts and causes that are named; of more nobody keeps a picture. */
const MOST = 5;

/** What the ranges hang on, in one sentence, and a second one where the cells of the computation make most of some; none without ranges. */
export function rangesText(speaker: Speaker, result: Result): string[] {
  const { uncertainty } = result;
  if (uncertainty === undefined || uncertainty.used === 0) return [];
  const causes = causesOf(uncertainty)
    .slice(0, MOST)
    .map(({ id, weight }) =>
      speaker.say('ranges.cause', { name: inputName(speaker, id), weight: twoDigits(speaker, weight) }),
    );
  const parts = [...new Set(joinSides(heldByGrid(result)).map((f) => findingLabel(speaker, f)))];
  return [
    speaker.say('ranges.causes', { some: causes.length === 0 ? 'no' : 'yes', list: causes.join(', ') }),
    ...(parts.length === 0
      ? []
      : [
          speaker.say('ranges.grid', {
            list: speaker.list(
              parts.length > MOST ? [...parts.slice(0, MOST - 1), speaker.say('ranges.grid.others')] : parts,
            ),
          }),
        ]),
  ];
}

/** 'range 28 to 50 mm', or undefined where none was computed. */
export function rangeOf(
  speaker: Speaker,
  { low, high }: Pick<Ranged, 'low' | 'high'>,
  unit: 'mm' | 'kPa',
): string | undefined {
  return low === null || high === null
    ? undefined
    : speaker.say('report.range', { range: rangeText(speaker, low, high, unit) });
}

/** The same of an area, cm². */
export function areaRangeOf(speaker: Speaker, { low, high }: Pick<Ranged, 'low' | 'high'>): string | undefined {
  if (low === null || high === null) return undefined;
  const [from, to] = [twoDigits(speaker, low), twoDigits(speaker, high)];
  return speaker.say('report.range', { range: `${speaker.say('amount.from-to', { from, to })} cm²` });
}
