import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Quantity } from './finding.ts';
import { amounts, carried, SHARE, scaleOf } from './scale.ts';

describe('the scale of a quantity', () => {
  it('carries amounts over by their factor, and by their difference where they are small or change their sign', () => {
    const knees = {
      'peak-contact-pressure': 1,
      'mean-contact-pressure': 1,
      'tissue-pressure': 0.5,
      'excess-pressure': 1,
      'transmural-pressure': 1,
      'membrane-tension-longitudinal': 0.02,
      'membrane-tension-transverse': 0.02,
      'membrane-force': 0.02,
      stretch: 0.5,
    } as const;
    for (const [quantity, knee] of Object.entries(knees) as [Quantity, number][]) {
      const [scale, large, small] = [scaleOf(quantity), 1000 * knee, 0.001 * knee];
      expect(carried(scale, 6 * large, 18 * large, 36 * large) / large, quantity).toBeCloseTo(12, 4);
      expect(carried(scale, 6 * small, 18 * small, 36 * small) / small, quantity).toBeCloseTo(24, 2);
      // the knee itself, by the function's own value: arsinh 1 = ln(1 + √2)
      expect(scale.on(knee), quantity).toBeCloseTo(Math.log(1 + Math.SQRT2), 12);
    }
  });

  it('carries what cannot pass 100 % by the odds: 20 % are 1 : 4, 50 % 1 : 1, 60 % 3 : 2', () => {
    const lost = (100 * (3 / 8)) / (1 + 3 / 8);
    for (const quantity of ['compression', 'crush'] as const)
      expect(carried(scaleOf(quantity), 20, 50, 60)).toBeCloseTo(lost, 2);
    for (const quantity of ['area-change', 'flow-change'] as const)
      expect(carried(scaleOf(quantity), -20, -50, -60)).toBeCloseTo(-lost, 2);
    expect(carried(SHARE, 0.2, 0.5, 0.6)).toBeCloseTo(lost / 100, 4);
  });

  it('there and back is the same value, what lies higher is more, and nothing leaves what it can be', () => {
    const quantities = [
      'tissue-pressure',
      'mean-contact-pressure',
      'compression',
      'area-change',
      'flow-change',
      'stretch',
    ] as const;
    const some = fc.double({ min: -100, max: 100, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(...quantities), some, some, some, (quantity, a, b, c) => {
        const scale = scaleOf(quantity);
        const change = quantity === 'area-change' || quantity === 'flow-change';
        const possible = (v: number): number =>
          change ? Math.min(v, 5) : quantity === 'tissue-pressure' || quantity === 'stretch' ? v : Math.abs(v);
        const [fine, coarse, sample] = [possible(a), possible(b), possible(c)];
        if (Math.abs(fine) < 99.99) expect(scale.off(scale.on(fine))).toBeCloseTo(fine, 6);
        if (fine - coarse > 1e-3 && coarse > -99.9) expect(scale.on(fine)).toBeGreaterThan(scale.on(coarse));
        const brought = carried(scale, fine, coarse, sample);
        expect(Number.isFinite(brought)).toBe(true);
        if (change) expect(brought).toBeGreaterThanOrEqual(-100);
        if (quantity === 'compression') expect(brought).toBeLessThanOrEqual(100);
        if (quantity === 'compression' || quantity === 'mean-contact-pressure')
          expect(brought).toBeGreaterThanOrEqual(0);
      }),
      { seed: 4 },
    );
  });

  it('knows a least value', () => {
    expect(amounts(1, 0).off(-3)).toBe(0);
    expect(amounts(1).off(-3)).toBeLessThan(-9);
  });
});
