import type { Result } from '../findings/result.ts';
import type { Speaker } from '../messages/say.ts';

/** Who lies there, of a scan what was given: 'woman, 163 cm, 62 kg, waist 77 cm, 40 years'; as the result was written where it holds no sizes. */
export function bodyName(speaker: Speaker, { body, scenario }: Pick<Result, 'body' | 'scenario'>): string {
  const { height_cm: height = 0, weight_kg: weight = 0 } = scenario.body;
  if (body.source === 'scan') return speaker.say('body.scan', { height, weight });
  if (body.sizes === undefined || body.weight_kg === null) return body.label;
  const { sex, height_cm, waist_cm, age } = body.sizes;
  const one = (value: number): string => speaker.number(String(Math.round(10 * value) / 10));
  return speaker.say('body.name', {
    sex,
    height: one(height_cm),
    weight: one(body.weight_kg),
    waist: one(waist_cm),
    age: one(age),
    variant: scenario.body.variant ?? 'none',
  });
}
