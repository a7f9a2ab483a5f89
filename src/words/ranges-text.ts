import { causesOf, heldByGrid } from '../findings/causes.ts';
import type { Result } from '../findings/result.ts';
import type { Speaker } from '../messages/say.ts';
import { twoDigits } from './amounts.ts';
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
