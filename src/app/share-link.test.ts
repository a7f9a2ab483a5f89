import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../press/parse-scenario.ts';
import { TOOL_FAMILIES } from '../tool/catalogue.ts';
import { fragmentOf, readFragment } from './share-link.ts';
import type { Inputs } from './state.ts';

const whole = (min: number, max: number) => fc.integer({ min, max });
const inputs: fc.Arbitrary<Inputs> = fc.record(
  {
    body: fc.record(
      {
        sex: fc.constantFrom('female', 'male'),
        height_cm: whole(145, 200),
        weight_kg: whole(400, 1200).map((v) => v / 10),
        waist_cm: whole(60, 120),
        age: whole(18, 90),
        variant: whole(0, 99),
        tissue: fc.record({ muscularity: whole(8, 14).map((v) => v / 10) }),
      },
      { requiredKeys: ['sex'] },
    ),
    tool: fc
      .constantFrom(...TOOL_FAMILIES)
      .chain(({ id, parameters }) =>
        fc.record({ id: fc.constant(id), parameters: fc.constantFrom({}, { [Object.keys(parameters)[0]!]: 61.5 }) }),
      ),
    placement: fc.oneof(
      fc.constant({ preset: 'as-sold' }),
      fc.record({ x_mm: whole(-150, 150), y_mm: whole(-100, 200) }),
    ),
    pose: fc.constantFrom('prone', 'supine', 'side'),
    load: fc.oneof(
      fc.record({ force_N: whole(1, 500) }),
      fc.record({ mass_kg: whole(1, 400).map((v) => v / 10) }),
      fc.record({ bodyWeightShare: whole(1, 100).map((v) => v / 100) }),
    ),
    tone: fc.constantFrom('relaxed', 'guarded'),
    rate_s: whole(1, 30),
    cell_mm: whole(4, 15),
  },
  { requiredKeys: ['body', 'tool'] },
) as fc.Arbitrary<Inputs>;

describe('links', () => {
  it('give back the scenario that they were made of, in less than 300 characters', () => {
    fc.assert(
      fc.property(inputs, (a) => {
        const fragment = fragmentOf({ a });
        const read = readFragment(encodeURI(fragment));
        expect(fragment.length).toBeLessThan(300);
        expect(parseScenario((read as { a: Inputs }).a)).toEqual(parseScenario(a));
      }),
    );
  });

  it('hold two presses that are compared', () => {
    fc.assert(
      fc.property(inputs, inputs, (a, b) => {
        const read = readFragment(fragmentOf({ a, b })) as { a: Inputs; b: Inputs };
        expect([parseScenario(read.a), parseScenario(read.b)]).toEqual([parseScenario(a), parseScenario(b)]);
      }),
      { numRuns: 30 },
    );
  });

  it('say nothing about health, and take nothing of it', () => {
    const ill = { body: { sex: 'female', pregnant: false, inserts: [{ kind: 'aneurysm' }] } } as unknown as Inputs;
    expect(fragmentOf({ a: ill })).toBe('#v1;b=f;t=two-peak');
    const read = readFragment('#v1;b=f;b.pregnant=true;b.inserts=[{"kind":"aneurysm"}];t=two-peak') as { a: Inputs };
    expect(read.a.body).toEqual({ sex: 'female' });
  });

  it.each(['#v2;b=f', '#v1;b', '#v1;x=a,b', '#v1;l=3', '#nonsense', '#%', '#v1;b=f,tall'])(
    '%s is answered with a sentence',
    (fragment) => {
      expect(readFragment(fragment)).toMatch(/^This link .*\.$/);
    },
  );

  it('an empty fragment is no link', () => {
    expect([readFragment(''), readFragment('#')]).toEqual([undefined, undefined]);
  });
});
