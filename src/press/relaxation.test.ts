import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TISSUES } from '../voxel/model.ts';
import { materialTable, tissueMaterials } from './materials.ts';
import { pronyOf, REFERENCE_TIMING, remaining, timeFactor } from './relaxation.ts';

describe('relaxation', () => {
  it('is the convolution of the Prony series with a ramp, by summing small steps', () => {
    const prony = { loss: 0.549, time: 6.01, evidence: [] };
    for (const [rate, hold] of [
      [0.5, 0],
      [5, 30],
      [30, 2],
    ] as const) {
      // strain rises in 20 000 steps; each step's stress relaxes from its own instant on
      const n = 20_000;
      let stress = 0;
      for (let i = 0; i < n; i++) {
        const age = rate + hold - (rate * (i + 0.5)) / n;
        stress += (1 - prony.loss + prony.loss * Math.exp(-age / prony.time)) / n;
      }
      // midpoint rule: error (rate/n/τ)² / 24
      expect(remaining(prony, { rate, hold })).toBeCloseTo(stress, 8);
    }
  });

  it('never rises with time, between 1 and what is left in the end', () => {
    const time = fc.record({
      rate: fc.double({ min: 0.5, max: 30, noNaN: true }),
      hold: fc.double({ min: 0, max: 180, noNaN: true }),
    });
    fc.assert(
      fc.property(time, fc.double({ min: 0, max: 10, noNaN: true }), fc.constantFrom(...TISSUES), (t, more, tissue) => {
        const now = timeFactor(tissue, t);
        expect(timeFactor(tissue, { rate: t.rate + more, hold: t.hold })).toBeLessThanOrEqual(now + 1e-12);
        expect(timeFactor(tissue, { rate: t.rate, hold: t.hold + more })).toBeLessThanOrEqual(now + 1e-12);
        const prony = pronyOf(tissue);
        if (prony === undefined) expect(now).toBe(1);
        else {
          expect(remaining(prony, t)).toBeLessThanOrEqual(1);
          expect(remaining(prony, t)).toBeGreaterThan(1 - prony.loss);
        }
      }),
      { seed: 2 },
    );
  });

  it('changes nothing at the reference timing', () => {
    expect(materialTable()).toEqual(tissueMaterials());
    expect(materialTable({ timing: REFERENCE_TIMING })).toEqual(tissueMaterials());
    const sudden = { rate: 0.5, hold: 0 };
    expect(timeFactor('muscle_psoas', sudden)).toBeGreaterThan(1.9);
    expect(timeFactor('fat_visceral', sudden)).toBeGreaterThan(1);
  });

  it('A-15: a load held for a minute after a second loses 20 to 70 % of its stress in muscle', () => {
    const prony = pronyOf('muscle')!;
    const lost = 1 - remaining(prony, { rate: 1, hold: 60 }) / remaining(prony, { rate: 1, hold: 0 });
    expect(lost).toBeGreaterThan(0.2);
    expect(lost).toBeLessThan(0.7);
  });
});
