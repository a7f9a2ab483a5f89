import { InputError } from '../base/errors.ts';
import { seededRandom } from '../base/random.ts';
import { resolveBody, SUPPORTED } from './body.ts';
import { type BodySpec, bodySpecSchema, insertSchema } from './spec.ts';

const KINDS = insertSchema.options.map((option) => option.shape.kind.value);

/** A body from anywhere in the supported range, evenly: for trying the model out, not a population. The same seed gives the same. */
export function randomSpec(seed: number): BodySpec {
  const uniform = seededRandom(seed);
  const between = ([low, high]: readonly [number, number]): number => low + (high - low) * uniform();
  // a draw whose waist the rest does not allow is drawn again
  for (;;) {
    const height_cm = Math.round(between(SUPPORTED.height));
    const index = between(SUPPORTED.bodyMassIndex);
    const spec = bodySpecSchema.parse({
      sex: uniform() < 0.5 ? 'female' : 'male',
      height_cm,
      weight_kg: Math.round(index * (height_cm / 100) ** 2),
      age: Math.round(between(SUPPORTED.age)),
      tissue: {
        subcutaneousFat: between([0.7, 1.4]),
        visceralFat: between([0.6, 1.6]),
        muscularity: between([0.7, 1.4]),
      },
      variant: Math.floor(uniform() * 2 ** 32),
      ...(uniform() < 0.25 && { inserts: [{ kind: KINDS[Math.floor(uniform() * KINDS.length)] }] }),
    });
    const other = uniform() < 0.5 ? { waist_cm: 0 } : undefined;
    const errors = between([-SUPPORTED.waistErrors, SUPPORTED.waistErrors]);
    try {
      const body = resolveBody(spec);
      if (other === undefined) return spec;
      const waist = body.measures.find((m) => m.name === 'waist girth')!;
      const full = { ...spec, waist_cm: Math.round(waist.value + errors * waist.spread) };
      resolveBody(full);
      return full;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
    }
  }
}
