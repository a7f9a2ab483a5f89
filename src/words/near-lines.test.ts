import { expect, it } from 'vitest';
import type { Result } from '../findings/result.ts';
import { inEnglish } from '../messages/say.ts';
import { syntheticPress, syntheticResult } from '../report/synthetic-press.test-data.ts';
import { nearLines } from './near-lines.ts';

const result = syntheticResult(syntheticPress());

it('tells what is nearest, both sides as one where they are alike, the nearest bone and no other', () => {
  expect(nearLines(inEnglish, result)).toEqual([
    'left and right outer thigh nerve (LFCN): 14 mm, 39 mm before the press; 2 mm of skin and 13 mm of fat under the skin',
    'left hip bone: 20 mm, 42 mm before the press',
    'aorta (main artery): 72 mm, 104 mm before the press',
  ]);
});

it('tells sides apart that are not alike, and nothing of a result that has no such list', () => {
  const [left, right] = result.near!;
  const apart: Result = { ...result, near: [left!, { ...right!, pressed_mm: 31 }] };
  expect(nearLines(inEnglish, apart).map((line) => line.split(':')[0])).toEqual([
    'left outer thigh nerve (LFCN)',
    'right outer thigh nerve (LFCN)',
  ]);
  const { near: _, ...without } = result;
  expect(nearLines(inEnglish, without)).toEqual([]);
});
