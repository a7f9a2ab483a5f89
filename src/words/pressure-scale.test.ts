import { describe, expect, it } from 'vitest';
import { PRESSURE_COLOURS, PRESSURE_COLOURS_ON_DARK, PRESSURE_LEVELS, pressureBand } from './pressure-scale.ts';

/** Relative luminance of sRGB (WCAG 2). */
const luminance = (colour: readonly number[]): number => {
  const [r, g, b] = colour.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
};
const contrast = (a: readonly number[], b: readonly number[]): number => {
  const [x, y] = [luminance(a) + 0.05, luminance(b) + 0.05];
  return Math.max(x, y) / Math.min(x, y);
};

// the page's paper in both themes (app.css)
const GROUNDS = [
  ['light', [246, 241, 230], PRESSURE_COLOURS],
  ['dark', [19, 21, 25], PRESSURE_COLOURS_ON_DARK],
] as const;

describe('the bands of pressure', () => {
  it.each(GROUNDS)('stand out more the higher they are, and the highest most, on a %s page', (_, ground, colours) => {
    expect(colours).toHaveLength(PRESSURE_LEVELS.length + 1);
    const stands = colours.map((colour) => contrast(colour, ground));
    // below the first level there is nothing to see yet; from there on each is told from the one before
    for (let n = 2; n < stands.length; n++) expect(stands[n]! / stands[n - 1]!).toBeGreaterThan(1.08);
    expect(stands.at(-1)).toBeGreaterThan(12);
  });

  it('begin at their levels', () => {
    expect([0, 0.99, 1, 3.9, 4, 127, 128, 1e6].map(pressureBand)).toEqual([0, 0, 1, 2, 3, 7, 8, 8]);
  });
});
