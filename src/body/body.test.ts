import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../base/errors.ts';
import { evidence } from '../evidence/evidence.ts';
import { REFERENCE_ADULTS, resolveBody } from './body.ts';
import type { BodySpec } from './spec.ts';

const woman = (spec: Partial<BodySpec> = {}): BodySpec => ({ sex: 'female', age: 40, ...spec });

describe('resolveBody', () => {
  it('gives the reference adults unscaled', () => {
    for (const sex of ['female', 'male'] as const) {
      const body = resolveBody({ sex, age: 40 });
      const { height, weight, waist } = REFERENCE_ADULTS[sex];
      expect(body).toMatchObject({ height_cm: height, weight_kg: weight, waist_cm: waist, scale: [1, 1, 1] });
      for (const id of body.evidence) expect(() => evidence(id)).not.toThrow();
      expect(body.notes[0]).toContain('stretched evenly');
    }
  });

  it('lets the volume follow the weight', () => {
    const { scale } = resolveBody(woman({ height_cm: 172, weight_kg: 80 }));
    expect(scale[0] * scale[1] * scale[2]).toBeCloseTo(80 / 62, 12);
    expect(scale[0]).toBe(scale[1]);
    expect(scale[2]).toBeCloseTo(172 / 163, 12);
  });

  it('takes the waist for the shape, the weight for the load', () => {
    const body = resolveBody(woman({ waist_cm: 90, weight_kg: 70 }));
    expect(body.scale[0]).toBeCloseTo(90 / 82.2, 12);
    expect(body.weight_kg).toBe(70);
    expect(body.notes.join(' ')).toContain('load only');
  });

  it('finds the weight that goes with a waist', () => {
    expect(resolveBody(woman({ waist_cm: 90 })).weight_kg).toBeCloseTo(62 * (90 / 82.2) ** 2, 1);
  });

  it('says what would be possible', () => {
    expect(() => resolveBody(woman({ weight_kg: 1000 }))).toThrow(
      new InputError('weight 1000 kg is outside what the body model covers for women of 163 cm: give 45 to 96 kg.'),
    );
    expect(() => resolveBody(woman({ waist_cm: 20 }))).toThrow(
      /waist 20 cm .* for women of 163 cm: give 70 to 102 cm\./,
    );
    expect(() => resolveBody(woman({ height_cm: 250 }))).toThrow(/height 250 cm .*: give 140 to 205 cm\./);
    expect(() => resolveBody(woman({ age: 12 }))).toThrow(/age 12 years .*: give 18 to 90 years\./);
  });

  it('accepts the ends of the range that it names', () => {
    for (const weight_kg of [45, 96]) expect(resolveBody(woman({ weight_kg })).weight_kg).toBe(weight_kg);
    for (const waist_cm of [70, 102]) expect(resolveBody(woman({ waist_cm })).waist_cm).toBe(waist_cm);
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
          const body = resolveBody(wild as BodySpec);
          expect(body.scale.every((s) => s >= 0.68 && s <= 1.26)).toBe(true);
          expect([body.height_cm, body.weight_kg, body.waist_cm, body.age].every(Number.isFinite)).toBe(true);
          expect(body.scale[0]).toBeGreaterThanOrEqual(0.85);
          expect(body.scale[0]).toBeLessThanOrEqual(1.25);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          expect((error as Error).message).toMatch(/^[a-z].*: give .*\.$/);
          expect((error as Error).message).not.toMatch(/\n/);
        }
      }),
    );
  });
});
