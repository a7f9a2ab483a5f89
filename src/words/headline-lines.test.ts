import { describe, expect, it } from 'vitest';
import type { Result } from '../findings/result.ts';
import { inEnglish } from '../messages/say.ts';
import { syntheticPress, syntheticResult } from '../report/synthetic-press.test-data.ts';
import { headlineLines } from './headline-lines.ts';

type Headline = NonNullable<Result['headline']>;

const result = syntheticResult(syntheticPress());
const changed = (change: Partial<Headline>): Result => ({ ...result, headline: { ...result.headline!, ...change } });
const number = (value: number | null) => ({ value, low: null, high: null });

describe('what a press does to the psoas, in sentences', () => {
  it('stands beside the skin and beside trained fingertips, with its range', () => {
    const { pressure, fingers } = headlineLines(inEnglish, result)!;
    expect(pressure).toBe(
      'The front of the psoas gets about 13 kPa (100 mmHg), range 9.1 to 19 kPa (68 to 140 mmHg): 11 % of what the skin gets, 130 kPa (950 mmHg).',
    );
    expect(fingers).toBe(
      'That is 4.4 times what trained fingertips give it with a load of their own, 3.0 kPa (23 mmHg), a central estimate.',
    );
  });

  it('says where its range was not computed', () => {
    expect(headlineLines(inEnglish, changed({ psoasFrontPressure_kPa: number(13.4) }))!.pressure).toContain(
      'about 13 kPa (100 mmHg), range not computed: 11 %',
    );
  });

  it.each([
    [
      3.03,
      'That is about as much as trained fingertips give it with a load of their own, 3.0 kPa (23 mmHg), a central estimate.',
    ],
    [
      3.3,
      'That is 1.1 times what trained fingertips give it with a load of their own, 3.0 kPa (23 mmHg), a central estimate.',
    ],
    [
      1.5,
      'That is 50 % of what trained fingertips give it with a load of their own, 3.0 kPa (23 mmHg), a central estimate.',
    ],
  ])('%d kPa beside 3.03 of the fingertips', (psoas, said) => {
    expect(headlineLines(inEnglish, changed({ psoasFrontPressure_kPa: number(psoas) }))!.fingers).toBe(said);
  });

  it('says where the push ends: bones that people know, those that hold little left out', () => {
    expect(headlineLines(inEnglish, result)!.supports).toBe(
      'The push of 209 N is held by the hip bones (155 N), the sacrum (30 N) and the spine (22 N), central estimates. On its way, 54 N (range 44 to 65 N) pass through the front of the psoas muscles.',
    );
    const rest = changed({
      supports: [
        { bone: 'femur', force_N: 150 },
        { bone: 'rest_of_body', force_N: 50 },
        { bone: 'sternum', force_N: 9.31 },
      ],
      psoasFrontForce_N: number(54),
    });
    expect(headlineLines(inEnglish, rest)!.supports).toBe(
      'The push of 209 N is held by the thigh bones (150 N), the rest of the body (50 N) and the breastbone (9.3 N), central estimates. On its way, 54 N (range not computed) pass through the front of the psoas muscles.',
    );
  });

  it('names what is pressed harder on the way, each once with its highest pressure', () => {
    expect(headlineLines(inEnglish, result)!.before).toBe(
      'On the way to it, this is pressed harder than the psoas: fat under the skin (65 kPa) and belly wall (32 kPa), central estimates.',
    );
    expect(headlineLines(inEnglish, changed({ before: [] }))!.before).toBe(
      'On the way to it, nothing but skin is pressed harder than the psoas.',
    );
  });

  it('is silent where nothing is known, and leaves out fingertips that were not pressed', () => {
    const { headline: _, ...without } = result;
    expect(headlineLines(inEnglish, without)).toBeUndefined();
    expect(headlineLines(inEnglish, { ...result, path: [] })).toBeUndefined();
    expect(headlineLines(inEnglish, changed({ psoasFrontPressure_kPa: number(null) }))).toBeUndefined();
    expect(headlineLines(inEnglish, changed({ fingersPressure_kPa: number(null) }))).not.toHaveProperty('fingers');
  });

  it('on a scan that holds both muscles as one, speaks of that one', () => {
    const shares = [{ structure: 'iliopsoas', share: 1, low: null, high: null }];
    const scan: Result = { ...result, body: { ...result.body, source: 'scan' }, shares };
    const said = Object.values(headlineLines(inEnglish, scan)!).join(' ');
    expect(said).toMatch(/front of the iliopsoas muscle gets.*front of the iliopsoas muscles/);
    expect(said).not.toMatch(/the psoas/);
  });
});
