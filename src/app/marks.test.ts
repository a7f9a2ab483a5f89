import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../base/grid.ts';
import { marksOf } from './marks.ts';

/** A picture seen so: what is right and up in it, and the pixels of a millimetre. */
const seen = (right: Vec3, up: Vec3, pixelsPerMm = 1) => ({ right, up, pixelsPerMm });

describe('marks beside the scene', () => {
  it('name what of the person lies left and right in the picture, and nothing where one looks along it', () => {
    // from the front the person's left is on the right
    expect(marksOf(seen([1, 0, 0], [0, 0, 1]), 'metric').sides).toEqual(['right', 'left']);
    expect(marksOf(seen([-1, 0, 0], [0, 0, 1]), 'metric').sides).toEqual(['left', 'right']);
    // face down from their right: the head is on the right
    expect(marksOf(seen([0, 0, 1], [0, 1, 0]), 'metric').sides).toEqual(['feet', 'head']);
    // standing, from their left: y runs to the back
    expect(marksOf(seen([0, 1, 0], [0, 0, 1]), 'metric').sides).toEqual(['front', 'back']);
    const slant = Math.SQRT1_2;
    expect(marksOf(seen([slant, slant, 0], [0, 0, 1]), 'metric').sides).toBeUndefined();
  });

  it('hold a round length that is as long in the picture as it says, in cm and in inches', () => {
    for (const perMm of [0.05, 0.2, 0.7, 1.3, 4, 11]) {
      const cm = marksOf(seen([1, 0, 0], [0, 0, 1], perMm), 'metric').scale;
      expect(cm.pixels).toBeCloseTo(cm.length * 10 * perMm, 9);
      const inches = marksOf(seen([1, 0, 0], [0, 0, 1], perMm), 'imperial').scale;
      expect(inches.pixels).toBeCloseTo(inches.length * 25.4 * perMm, 9);
      for (const { pixels, length } of [cm, inches]) {
        expect(pixels).toBeLessThanOrEqual(96);
        expect(pixels).toBeGreaterThan(38);
        expect(String(length)).toMatch(/^(0\.)?[125]0*$/);
      }
    }
    expect(marksOf(seen([1, 0, 0], [0, 0, 1], 1.5), 'metric').scale.length).toBe(5);
    expect(marksOf(seen([1, 0, 0], [0, 0, 1], 1.5), 'imperial').scale.length).toBe(2);
  });

  it('turn the little figure with the body: the left arm is where the left is', () => {
    const arm = (path: string): number[] => [...path.matchAll(/[ML](-?[\d.]+)/g)].map(([, x]) => Number(x));
    const front = marksOf(seen([1, 0, 0], [0, 0, 1]), 'metric').figure;
    expect(Math.min(...arm(front.left))).toBeGreaterThan(0);
    expect(front.head[1]).toBeLessThan(-0.5);
    const behind = marksOf(seen([-1, 0, 0], [0, 0, 1]), 'metric').figure;
    expect(Math.max(...arm(behind.left))).toBeLessThan(0);
    const lying = marksOf(seen([0, 0, 1], [0, 1, 0]), 'metric').figure;
    expect(lying.head[0]).toBeGreaterThan(0.5);
  });
});
