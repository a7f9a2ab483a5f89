import { describe, expect, it } from 'vitest';
import { seed } from '../base/seed.test-data.ts';
import { type Body, resolveBody } from '../body/body.ts';
import { randomSpec } from '../body/random-spec.ts';
import type { BodySpec } from '../body/spec.ts';
import { inEnglish } from '../messages/say.ts';
import { noteText } from '../words/note-text.ts';
import { type Lie, outlineOf } from './fat.ts';
import { girthAt } from './girth.ts';
import { REFERENCE } from './reference.data.ts';

/** Girth of the built skin at the navel less the wanted one, mm. */
function waistError(body: Body, lie: Lie): number {
  const reference = REFERENCE[body.sex];
  const navel = reference.landmarks.umbilicus![2] * body.growth.tall;
  return girthAt(outlineOf(reference, body, lie).contours.skin, navel) - 10 * body.waist_cm;
}

/** The waists that a body of this size may have, from the sentence that refuses one of 1 cm. */
function waistsOf(spec: BodySpec): [number, number] {
  try {
    resolveBody({ ...spec, waist_cm: 1 });
  } catch (error) {
    const [, low, high] = /give (\d+) to (\d+) cm\.$/.exec((error as Error).message)!;
    return [Number(low), Number(high)];
  }
  throw new Error('a waist of 1 cm was taken');
}

describe('the built waist', () => {
  // 5 mm is what is promised
  it('is the wanted one in random bodies', () => {
    for (let n = 0; n < 120; n++) {
      const error = waistError(resolveBody(randomSpec(seed + n)), n % 2 === 0 ? 'neutral' : 'settled');
      expect(Math.abs(error), `randomSpec(${seed + n})`).toBeLessThan(5);
    }
  });

  it('is the wanted one in a lean man of little weight whose variant has much muscle', () => {
    const spec: BodySpec = {
      sex: 'male',
      height_cm: 186,
      weight_kg: 67,
      age: 23,
      tissue: { muscularity: 1.33, subcutaneousFat: 0.83, visceralFat: 0.92 },
      variant: 1558246841,
    };
    expect(Math.abs(waistError(resolveBody(spec), 'neutral'))).toBeLessThan(5);
  });

  it('is the wanted one at both ends of the range that the refusal names', () => {
    for (const sex of ['female', 'male'] as const)
      for (const height_cm of [145, 172, 200])
        for (const index of [17.5, 23, 39.5])
          for (const tissue of [
            undefined,
            { muscularity: 0.7, visceralFat: 0.5 },
            { muscularity: 1.5, visceralFat: 2 },
          ]) {
            const weight_kg = index * (height_cm / 100) ** 2;
            const spec: BodySpec = { sex, age: 40, height_cm, weight_kg, ...(tissue && { tissue }) };
            for (const waist_cm of waistsOf(spec)) {
              const error = waistError(resolveBody({ ...spec, waist_cm }), 'neutral');
              expect(Math.abs(error), JSON.stringify({ ...spec, waist_cm })).toBeLessThan(5);
            }
          }
  });

  it('may be 68 cm at 163 cm and 62 kg: the bones are narrower then, and a sentence says so', () => {
    const body = resolveBody({ sex: 'female', age: 40, height_cm: 163, weight_kg: 62, waist_cm: 68 });
    expect(Math.abs(waistError(body, 'neutral'))).toBeLessThan(5);
    // 704 mm is what bones of average width need
    expect(body.growth.wide).toBeCloseTo(680 / 704, 3);
    expect(body.notes.map((each) => noteText(inEnglish, each)).join(' ')).toContain('3 % narrower');
    // from there on the bones are as wide as the height says
    const wider = resolveBody({ sex: 'female', age: 40, height_cm: 163, weight_kg: 62, waist_cm: 71 });
    expect(wider.growth.wide).toBe(1);
    expect(wider.notes.map((each) => noteText(inEnglish, each)).join(' ')).not.toContain('narrower');
  });
});
