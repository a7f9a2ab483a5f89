import { describe, expect, it } from 'vitest';
import { buildAnatomy } from '../anatomy/anatomy.ts';
import { seed } from '../base/seed.test-data.ts';
import { resolveBody } from '../body/body.ts';
import { randomSpec } from '../body/random-spec.ts';
import { evidence } from '../evidence/evidence.ts';
import { checkReference, skinToAorta } from './check-reference.ts';
import { inspectBody } from './inspect-body.ts';

describe('the reference adults', () => {
  it('have their key dimensions within the published mean ± one standard deviation', async () => {
    const checks = await checkReference();
    expect(checks.length).toBeGreaterThan(90);
    for (const { measure, built, evidence: id } of checks) {
      expect(Number.isFinite(built), measure).toBe(true);
      expect(() => evidence(id)).not.toThrow();
    }
    expect(checks.filter((c) => !c.inside).map((c) => `${c.body}: ${c.measure} ${c.built}`)).toEqual([]);
  });
});

describe('depth to the aorta', () => {
  it('grows with the weight, and is less on the back', () => {
    const depth = (weight_kg: number, pose: 'prone' | 'supine') =>
      skinToAorta(buildAnatomy(resolveBody({ sex: 'female', age: 40, weight_kg }), pose));
    expect(depth(90, 'supine')).toBeGreaterThan(depth(60, 'supine') + 15);
    expect(depth(60, 'supine')).toBeLessThan(depth(60, 'prone') - 5);
  });
});

describe('random bodies', () => {
  // thousands are built by `psoascope bodies --seed N --count N`
  it.each([0, 1, 2, 3, 4, 5].map((n) => seed + n))('seed %d is without fault', async (one) => {
    const { faults } = await inspectBody(randomSpec(one), one % 2 === 0 ? 'prone' : 'supine', 10);
    expect(faults).toEqual([]);
  });

  it('are the same for the same seed', () => expect(randomSpec(5)).toEqual(randomSpec(5)));

  it('would be found faulty: a muscle far larger than the space for it', async () => {
    const { faults } = await inspectBody({ sex: 'male', age: 40, tissue: { muscularity: 3.5 } }, 'prone', 10);
    expect(faults.join(' ')).toMatch(/deeper than a cell in psoas/);
  });
});
