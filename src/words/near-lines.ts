import { structureOf } from '../anatomy/structures.ts';
import type { Result } from '../findings/result.ts';
import type { Speaker } from '../messages/say.ts';
import { depthInMm, listInWords } from './amounts.ts';
import { everydayName } from './everyday-name.ts';

type Near = NonNullable<Result['near']>[number];

/** So many are told, and no more than one bone: bones are everywhere. */
const TOLD = 8;

/** Left and right are told as one where they are as near as this, mm. */
const ALIKE = 1.5;

/** What is left between the tool and what is not to be met, nearest first: 'left and right outer thigh nerve: 14 mm, 39 mm before the press; …'. */
export function nearLines(speaker: Speaker, { near = [] }: Result): string[] {
  const told: { readonly row: Near; readonly both: boolean }[] = [];
  const seen = new Set<Near>();
  for (const row of near) {
    if (told.length >= TOLD) break;
    if (seen.has(row)) continue;
    const bone = structureOf(row.structure).tissue === 'bone';
    if (bone && told.some((each) => structureOf(each.row.structure).tissue === 'bone')) continue;
    const other = near.find((each) => each !== row && each.structure === row.structure && each.side !== 'midline');
    const both = other !== undefined && row.side !== 'midline' && Math.abs(other.pressed_mm - row.pressed_mm) < ALIKE;
    if (both) seen.add(other);
    told.push({ row, both });
  }
  return told.map(({ row, both }) => {
    const between = row.between.map(({ structure, thickness_mm }) =>
      speaker.say('near.layer', { mm: depthInMm(speaker, thickness_mm), name: everydayName(speaker, structure) }),
    );
    return speaker.say('near.line', {
      name: both
        ? speaker.say('name.both', { name: everydayName(speaker, row.structure) })
        : everydayName(speaker, row.structure, row.side),
      pressed: depthInMm(speaker, row.pressed_mm),
      rest: depthInMm(speaker, row.atRest_mm),
      between: between.length === 0 ? 'none' : listInWords(speaker, between),
    });
  });
}
