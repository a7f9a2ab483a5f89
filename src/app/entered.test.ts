import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newtonsOfKg } from '../base/units.ts';
import { resolveBody } from '../body/body.ts';
import { inEnglish } from '../messages/say.ts';
import { forceOf } from '../press/force-of.ts';
import { TOOL_FAMILIES } from '../tool/catalogue.ts';
import { entered, withTool } from './entered.ts';
import { questionOf, scenarioOf } from './question.ts';
import { fragmentOf, readFragment, type Shared } from './share-link.ts';
import { EXAMPLE, type Inputs } from './state.ts';
import {
  cmOf,
  kgOf,
  lengthIn,
  mmOf,
  newtonsText,
  pushText,
  rounded,
  sizesIn,
  smallIn,
  weightIn,
  weightText,
} from './units.ts';

const tenths = (min: number, max: number) => fc.integer({ min: 10 * min, max: 10 * max }).map((n) => n / 10);

/** What a person does in the forms. */
type Act = (inputs: Inputs) => Inputs;
const acts: fc.Arbitrary<Act> = fc.oneof(
  fc.constantFrom(...TOOL_FAMILIES).map(
    ({ id }): Act =>
      (i) =>
        withTool(i, id),
  ),
  fc.constantFrom('prone', 'supine', 'side').map(
    (pose): Act =>
      (i) => ({ ...i, pose: pose as 'prone' }),
  ),
  fc.constantFrom('relaxed', 'guarded').map(
    (tone): Act =>
      (i) => ({ ...i, tone: tone as 'relaxed' }),
  ),
  tenths(0.5, 30).map(
    (kg): Act =>
      (i) => ({ ...i, load: { mass_kg: kgOf(kg, 'metric') } }),
  ),
  tenths(1, 66).map(
    (lb): Act =>
      (i) => ({ ...i, load: { mass_kg: kgOf(lb, 'imperial') } }),
  ),
  tenths(5, 60).map(
    (percent): Act =>
      (i) => ({ ...i, load: { bodyWeightShare: rounded(percent / 100, 6) } }),
  ),
  tenths(1, 500).map(
    (force_N): Act =>
      (i) => ({ ...i, load: { force_N } }),
  ),
  tenths(50, 80).map(
    (weight_kg): Act =>
      (i) => ({ ...i, body: { ...i.body, weight_kg } }),
  ),
  fc.tuple(tenths(-60, 60), tenths(-20, 60)).map(
    ([x_mm, y_mm]): Act =>
      (i) => ({ ...i, placement: { x_mm, y_mm } }),
  ),
  tenths(1, 30).map(
    (rate_s): Act =>
      (i) => ({ ...i, rate_s }),
  ),
);

describe('the forms', () => {
  it('show what is sent, after whatever was done in them, and so does the link', () => {
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 8 }), (done) => {
        const inputs = done.reduce((now, act) => act(now), EXAMPLE);
        const sent = scenarioOf(inputs);
        const { family, load, newtons, pose, tone, rate_s, hold_s } = entered(inputs);
        expect({ id: family.id, load, pose, tone, rate_s, hold_s }).toEqual({
          id: sent.tool.id,
          load: sent.load,
          pose: sent.pose,
          tone: sent.tone,
          rate_s: sent.rate_s,
          hold_s: sent.hold_s,
        });
        expect(newtons).toBe(forceOf(sent.load, resolveBody(sent.body)));
        const opened = (readFragment(fragmentOf({ a: inputs })) as Shared).a;
        expect(questionOf(scenarioOf(opened))).toBe(questionOf(sent));
        expect(entered(opened).newtons).toBe(newtons);
      }),
      { numRuns: 400 },
    );
  });

  it('give every tool its own pose, load and place, whatever was chosen before', () => {
    for (const before of TOOL_FAMILIES)
      for (const { id, defaultPose, defaultLoad } of TOOL_FAMILIES) {
        const used: Inputs = { ...withTool(EXAMPLE, before.id), pose: 'side', load: { force_N: 321 } };
        const chosen = withTool(used, id);
        expect(scenarioOf(chosen)).toMatchObject({
          tool: { id, parameters: {} },
          pose: defaultPose,
          load: defaultLoad,
          placement: { preset: 'as-sold' },
        });
        expect(entered(chosen)).toMatchObject({ pose: defaultPose, load: defaultLoad });
      }
    expect(entered(withTool(EXAMPLE, 'fingertips')).newtons).toBe(25);
  });
});

describe('units', () => {
  it('give back what was typed', () => {
    fc.assert(
      fc.property(tenths(1, 300), (typed) => {
        expect(rounded(weightIn(kgOf(typed, 'imperial'), 'imperial'), 1)).toBe(typed);
        expect(rounded(lengthIn(cmOf(typed, 'imperial'), 'imperial'), 1)).toBe(typed);
        expect(rounded(smallIn(mmOf(typed, 'imperial'), 'imperial'), 1)).toBe(typed);
        expect(kgOf(typed, 'metric')).toBe(typed);
      }),
    );
  });

  it('hold in the sentences about sizes too', () => {
    const sentence = 'Weight 317.5 kg is outside what the body model covers for women of 163 cm: give 46 to 106 kg.';
    expect(sizesIn(inEnglish, sentence, 'metric')).toBe(sentence);
    // the limits stay within what they were
    expect(sizesIn(inEnglish, sentence, 'imperial')).toBe(
      'Weight 700 lb is outside what the body model covers for women of 64.2 in: give 101.5 to 233.6 lb.',
    );
  });

  it('write one push one way', () => {
    // a third of 62 kg
    const newtons = newtonsOfKg(0.33 * 62);
    expect(pushText(inEnglish, newtons, 'metric')).toBe('201 N (the weight of about 20 kg)');
    expect(pushText(inEnglish, newtons, 'imperial')).toBe('201 N (the weight of about 45 lb)');
    expect(pushText(inEnglish, 25, 'metric')).toBe('25 N (the weight of about 2.5 kg)');
    expect([newtonsText(0.4), weightText(inEnglish, 63.7, 'metric'), weightText(inEnglish, 90.72, 'imperial')]).toEqual(
      ['0.4', '64 kg', '200 lb'],
    );
  });
});
