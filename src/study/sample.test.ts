import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCdf, normalQuantile } from '../base/normal-distribution.ts';
import { type Distribution, quantile } from './distribution.ts';
import { SAMPLING_METHODS } from './plan.ts';
import { samplePoints } from './sample.ts';
import { DIRECTIONS } from './sobol.data.ts';
import { SOBOL_DIMENSIONS, sobolPoints } from './sobol.ts';

const column = (points: Float64Array, dimensions: number, d: number): number[] =>
  Array.from({ length: points.length / dimensions }, (_, i) => points[i * dimensions + d]!);

/** Warnock's formula for the L2 star discrepancy of points in the unit cube. */
function l2Discrepancy(points: Float64Array, dimensions: number): number {
  const n = points.length / dimensions;
  const at = (i: number, d: number): number => points[i * dimensions + d]!;
  let single = 0;
  let pairs = 0;
  for (let i = 0; i < n; i++) {
    let product = 1;
    for (let d = 0; d < dimensions; d++) product *= 1 - at(i, d) ** 2;
    single += product;
    for (let j = 0; j < n; j++) {
      let both = 1;
      for (let d = 0; d < dimensions; d++) both *= 1 - Math.max(at(i, d), at(j, d));
      pairs += both;
    }
  }
  return Math.sqrt(3 ** -dimensions - (2 ** (1 - dimensions) / n) * single + pairs / n ** 2);
}

describe("the Sobol' sequence", () => {
  it('begins as Joe and Kuo print it', () => {
    const rows = [
      [0, 0, 0],
      [0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25],
      [0.25, 0.75, 0.75],
      [0.375, 0.375, 0.625],
      [0.875, 0.875, 0.125],
      [0.625, 0.125, 0.875],
      [0.125, 0.625, 0.375],
      [0.1875, 0.3125, 0.9375],
      [0.6875, 0.8125, 0.4375],
    ];
    expect([...sobolPoints(10, 3)]).toEqual(rows.flat());
  });

  it('has direction numbers of primitive polynomials, odd and small enough', () => {
    const seen = new Set<number>();
    for (const [s, a, m] of DIRECTIONS) {
      expect(m).toHaveLength(s);
      for (const [i, each] of m.entries()) expect(each % 2 === 1 && each < 2 ** (i + 1)).toBe(true);
      // x generates all 2^s - 1 nonzero residues of a primitive polynomial
      const polynomial = (1 << s) | (a << 1) | 1;
      expect(seen.has(polynomial)).toBe(false);
      seen.add(polynomial);
      let order = 0;
      let x = 1;
      do {
        x <<= 1;
        if (x >> s) x ^= polynomial;
        order++;
      } while (x !== 1 && order < 2 ** s);
      expect(order).toBe(2 ** s - 1);
    }
  });

  it('puts one of 2^k points into each of 2^k strata of every dimension, also when it is shifted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }), (k, shift) => {
        const n = 2 ** k;
        const points = sobolPoints(n, SOBOL_DIMENSIONS, new Array(SOBOL_DIMENSIONS).fill(shift));
        for (let d = 0; d < SOBOL_DIMENSIONS; d++)
          expect(new Set(column(points, SOBOL_DIMENSIONS, d).map((x) => Math.floor(x * n))).size).toBe(n);
      }),
      { numRuns: 12 },
    );
  });

  it('fills the cube more evenly than random points', () => {
    const [n, d] = [1024, 4];
    // what random points have on average: Morokoff and Caflisch 1994
    const random = Math.sqrt((2 ** -d - 3 ** -d) / n);
    expect(l2Discrepancy(samplePoints('random', n, d, 3), d)).toBeGreaterThan(random / 2);
    expect(l2Discrepancy(samplePoints('sobol', n, d, 3), d)).toBeLessThan(random / 4);
  });
});

describe('sampling', () => {
  it('a Latin hypercube has one point in every stratum of every dimension', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 6 }), fc.nat(), (n, dimensions, seed) => {
        const points = samplePoints('latin-hypercube', n, dimensions, seed);
        for (let d = 0; d < dimensions; d++)
          expect(new Set(column(points, dimensions, d).map((x) => Math.floor(x * n))).size).toBe(n);
      }),
    );
  });

  it('two columns of a Latin hypercube are unrelated', () => {
    const points = samplePoints('latin-hypercube', 2000, 2, 5);
    const mean = column(points, 2, 0).reduce((sum, x, i) => sum + (x - 0.5) * (points[2 * i + 1]! - 0.5), 0) / 2000;
    // correlation = mean / (1/12); its standard error is 1/sqrt(2000), and four of them are allowed
    expect(Math.abs(12 * mean)).toBeLessThan(4 / Math.sqrt(2000));
  });

  it.each(SAMPLING_METHODS)('%s: the seed decides, and a dimension more changes none of the others', (method) => {
    const three = samplePoints(method, 50, 3, 9);
    expect(samplePoints(method, 50, 3, 9)).toEqual(three);
    expect(samplePoints(method, 50, 3, 10)).not.toEqual(three);
    const four = samplePoints(method, 50, 4, 9);
    for (let d = 0; d < 3; d++) expect(column(four, 4, d)).toEqual(column(three, 3, d));
    expect(three.every((x) => x > 0 && x < 1)).toBe(true);
  });
});

describe('distributions', () => {
  it('normal quantiles are those of the tables', () => {
    // Abramowitz and Stegun, table 26.5
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14);
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(0.0013498980316300933)).toBeCloseTo(-3, 12);
    expect(normalCdf(-6)).toBeCloseTo(9.865876450377e-10, 20);
  });

  it('share and quantile undo each other', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }), (p) => {
        // near 1 the share itself has only 1e-16 to tell values apart
        expect(Math.abs(normalCdf(normalQuantile(p)) - p)).toBeLessThan(1e-13);
      }),
    );
  });

  const cut: readonly Distribution[] = [
    { distribution: 'uniform', low: -3, high: 8 },
    { distribution: 'normal', mean: 10, sd: 3, low: 9, high: 30 },
    { distribution: 'normal', mean: 0, sd: 1, low: 6, high: 7 },
    { distribution: 'log-normal', median: 5, gsd: 2, low: 1, high: 9 },
  ];
  it.each(cut)('$distribution stays between its ends and grows with u', (d) => {
    const { low, high } = d as { low: number; high: number };
    fc.assert(
      fc.property(
        fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }),
        fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }),
        (a, b) => {
          const [x, y] = [quantile(d, Math.min(a, b)), quantile(d, Math.max(a, b))];
          expect(x >= low && y <= high && x <= y).toBe(true);
        },
      ),
    );
  });

  it('a truncated normal has the mean that theory gives', () => {
    const d: Distribution = { distribution: 'normal', mean: 0, sd: 1, low: 0 };
    const n = 20_000;
    let mean = 0;
    for (let i = 0; i < n; i++) mean += quantile(d, (i + 0.5) / n) / n;
    // a half-normal's mean is sqrt(2/π); the midpoint rule over 20 000 strata is good to 1e-4
    expect(mean).toBeCloseTo(Math.sqrt(2 / Math.PI), 3);
  });

  it('a log-normal has its median and its spread', () => {
    const d: Distribution = { distribution: 'log-normal', median: 5, gsd: 1.5 };
    expect(quantile(d, 0.5)).toBeCloseTo(5, 12);
    expect(quantile(d, normalCdf(1))).toBeCloseTo(7.5, 10);
  });

  it('categories come as often as their weights say', () => {
    const d: Distribution = { distribution: 'categorical', values: ['a', 'b', 'c'], weights: [1, 0, 3] };
    const count = [0, 0, 0];
    for (let i = 0; i < 1000; i++) count[quantile(d, (i + 0.5) / 1000)]!++;
    expect(count).toEqual([250, 0, 750]);
    const even: Distribution = { distribution: 'categorical', values: ['a', 'b', 'c'], weights: [2, 1, 1] };
    expect([0.1, 0.45, 0.55, 0.7, 0.8].map((u) => quantile(even, u))).toEqual([0, 0, 1, 1, 2]);
  });
});
