import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../base/errors.ts';
import { evidence } from '../evidence/evidence.ts';
import { inEnglish } from '../messages/say.ts';
import { noteText } from '../words/note-text.ts';
import { REFERENCE_ADULTS, resolveBody } from './body.ts';
import { type BodySpec, bodySpecSchema } from './spec.ts';
import { drawVariant, LFCN_TYPES } from './variant.ts';

const woman = (spec: Partial<BodySpec> = {}): BodySpec => ({ sex: 'female', age: 40, ...spec });

describe('resolveBody', () => {
  it('gives the reference adults unchanged', () => {
    for (const sex of ['female', 'male'] as const) {
      const body = resolveBody({ sex, age: 40 });
      const { height, weight, waist } = REFERENCE_ADULTS[sex];
      expect(body).toMatchObject({ height_cm: height, weight_kg: weight, waist_cm: waist });
      expect(body.growth).toEqual({ tall: 1, wide: 1, muscle: 1, subcutaneousFat: 1, visceralFat: 1 });
      for (const id of [...body.evidence, ...body.measures.flatMap((m) => m.evidence)])
        expect(() => evidence(id)).not.toThrow();
    }
  });

  it('lets bones follow the height alone', () => {
    const [light, heavy] = [52, 104].map((weight_kg) => resolveBody(woman({ height_cm: 172, weight_kg })).growth);
    expect(light!.tall).toBeCloseTo(172 / 163, 12);
    expect(heavy!.tall).toBe(light!.tall);
    expect(heavy!.wide).toBe(light!.wide);
    expect(heavy!.subcutaneousFat).toBeGreaterThan(2 * light!.subcutaneousFat);
  });

  it('lets muscle shrink with age and grow with muscularity', () => {
    const area = (spec: Partial<BodySpec>): number => resolveBody(woman(spec)).growth.muscle ** 2;
    expect(area({ age: 80 }) / area({})).toBeCloseTo(1 - 0.005 * 35, 10);
    expect(area({ tissue: { muscularity: 1.4 } }) / area({})).toBeCloseTo(1.4, 10);
  });

  it('takes the waist from the fit, or the weight from the waist', () => {
    // 963.4 - 4.501·170 + 8.817·70 + 1.142·50
    expect(resolveBody(woman({ height_cm: 170, weight_kg: 70, age: 50 })).waist_cm).toBeCloseTo(87.3, 1);
    const back = resolveBody(woman({ height_cm: 170, waist_cm: 87.3, age: 50 }));
    expect(back.weight_kg).toBeCloseTo(70, 0);
    expect(back.measures.find((m) => m.name === 'weight')!.spread).toBeCloseTo(47.6 / 8.817, 1);
    expect(back.notes.map((each) => noteText(inEnglish, each)).join(' ')).toContain('No weight was given');
  });

  it('gives every fitted measure a spread', () => {
    for (const m of resolveBody(woman()).measures) if (m.from !== 'given') expect(m.spread).toBeGreaterThan(0);
  });

  it('says what would be possible', () => {
    expect(() => resolveBody(woman({ weight_kg: 1000 }))).toThrow(
      /^weight 1000 kg is outside what the body model covers for women of 163 cm: give 46 to 106 kg\.$/,
    );
    expect(() => resolveBody(woman({ waist_cm: 20 }))).toThrow(
      /waist 20 cm .* for women of 163 cm and 40 years: give 64 to 137 cm\./,
    );
    expect(() => resolveBody(woman({ waist_cm: 120, weight_kg: 60 }))).toThrow(
      /waist 120 cm .* for women of 163 cm, 60 kg and 40 years: give 64 to 97 cm\./,
    );
    expect(() => resolveBody(woman({ height_cm: 250 }))).toThrow(/height 250 cm .*: give 145 to 200 cm\./);
    expect(() => resolveBody(woman({ age: 12 }))).toThrow(/age 12 years .*: give 18 to 90 years\./);
  });

  it('refuses pregnancy in words', () => {
    expect(() => resolveBody(woman({ pregnant: true }))).toThrow(/does not cover pregnancy/);
    expect(resolveBody(woman({ pregnant: false })).sex).toBe('female');
  });

  it.each(['Yes', 'true', 'false', '', 1, 0, null, [], {}])('takes %j for no answer on pregnancy', (pregnant) => {
    const parsed = bodySpecSchema.safeParse({ pregnant });
    expect(parsed.error?.issues.map((issue) => issue.message)).toEqual(['pregnant must be true or false']);
  });

  it('accepts the ends of the range that it names', () => {
    for (const weight_kg of [46, 106]) expect(resolveBody(woman({ weight_kg })).weight_kg).toBe(weight_kg);
    for (const waist_cm of [64, 97]) expect(resolveBody(woman({ waist_cm, weight_kg: 60 })).waist_cm).toBe(waist_cm);
  });

  it('gives a finite body or one sentence, whatever comes', () => {
    const measure = fc.option(fc.oneof(fc.double(), fc.double({ min: 30, max: 220 })), { nil: undefined });
    const spec = fc.record({
      sex: fc.constantFrom('female' as const, 'male' as const),
      height_cm: measure,
      weight_kg: measure,
      waist_cm: measure,
      age: fc.oneof(fc.double(), fc.constant(40)),
    });
    fc.assert(
      fc.property(spec, (wild) => {
        try {
          const { growth, ...body } = resolveBody(wild as BodySpec);
          expect([body.height_cm, body.weight_kg, body.waist_cm, body.age].every(Number.isFinite)).toBe(true);
          expect(Object.values(growth).every((f) => f > 0.2 && f < 4)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          expect((error as Error).message).toMatch(/^[a-z].*: give .*\.$/);
          expect((error as Error).message).not.toMatch(/\n/);
        }
      }),
    );
  });
});

describe('drawVariant', () => {
  it('gives the same person for the same seed, another for another', () => {
    expect(drawVariant(7)).toEqual(drawVariant(7));
    expect(drawVariant(8)).not.toEqual(drawVariant(7));
  });

  it('has the published prevalences', () => {
    const people = Array.from({ length: 4000 }, (_, seed) => drawVariant(seed));
    const share = (is: (v: (typeof people)[number]) => boolean): number => people.filter(is).length / people.length;
    // four standard errors of a share of 4000 are at most 0.03
    for (const { type, share: published } of LFCN_TYPES)
      expect(Math.abs(share((v) => v.lfcn === type) - published)).toBeLessThan(0.03);
    expect(Math.abs(share((v) => v.sigmoid === 'redundant') - 0.25)).toBeLessThan(0.03);
    // within half a vertebra of its usual place, L4: 67 % of 441 people (B-20)
    expect(Math.abs(share((v) => Math.abs(v.bifurcation) < 0.5) - 0.64)).toBeLessThan(0.04);
    const mean = people.reduce((sum, v) => sum + v.psoasArea, 0) / people.length;
    expect(Math.abs(mean - 1.02)).toBeLessThan(0.02);
  });
});
