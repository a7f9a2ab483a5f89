import { describe, expect, it } from 'vitest';
import { cubicSpline, pchip, type RowCurve } from './splines.ts';

const KNOTS = [0, 1, 3, 4, 7, 8.5];
const ROWS = [
  [0, 1],
  [2, 1.5],
  [2.2, -1],
  [5, -3],
  [4, -3],
  [9, 2],
];
const AT = [0.3, 1, 2.2, 3.5, 5.1, 6.99, 8.1];

const valuesOf = (curve: RowCurve, at: readonly number[], width: number): number[][] => {
  const out = new Float64Array(width);
  return at.map((t) => {
    curve.at(t, out);
    return Array.from(out);
  });
};
const expectClose = (got: number[][], wanted: number[][]): void =>
  got.flat().forEach((v, i) => {
    // the wanted values are printed with ten decimals
    expect(v).toBeCloseTo(wanted.flat()[i]!, 9);
  });

describe('splines against values of SciPy 1.17', () => {
  it('PCHIP', () => {
    // biome-ignore format: a table
    expectClose(valuesOf(pchip(KNOTS, ROWS), AT, 2), [
      [0.8057588235, 1.26725], [2, 1.5], [2.1082280543, 0.3347368421], [3.6269230769, -2.1973684211],
      [4.6952592593, -3], [4.0000332593, -3], [7.1430123457, 0.1669135802],
    ]);
    expectClose(valuesOf(pchip([0, 1, 3], [[0], [5], [4]]), [0.4, 2], 1), [[2.744], [4.875]]);
  });

  it('PCHIP through two points is a straight line', () => {
    expectClose(valuesOf(pchip([0, 2], [[1], [5]]), [0, 0.5, 2], 1), [[1], [2], [5]]);
  });

  it('natural cubic spline', () => {
    // biome-ignore format: a table
    expectClose(valuesOf(cubicSpline(KNOTS, ROWS, 'natural'), AT, 2), [
      [0.7557992355, 1.224476682], [2, 1.5], [1.7164574924, 0.4535535168], [3.5883792049, -2.0294342508],
      [5.269262408, -4.3903743346], [3.9863946667, -3.0234753438], [7.3037845283, 0.485339223],
    ]);
  });

  it('a flat spline over half a turn is the periodic one over the whole turn', () => {
    const radii = [79, 81.58, 88.71, 99.86, 115.95, 137.85, 163.55, 179.01, 170.33, 146.39, 130.82, 122.05, 119];
    const flat = cubicSpline(
      radii.map((_, i) => 15 * i),
      radii.map((r) => [r]),
      'flat',
    );
    expectClose(valuesOf(flat, [0, 7, 52, 91, 133.5, 179], 1), [
      [79],
      [79.5795108156],
      [106.6956994951],
      [165.0965601861],
      [148.6446788378],
      [119.0138016239],
    ]);
  });
});

describe('PCHIP', () => {
  it('never overshoots its knots', () => {
    const curve = pchip(KNOTS, ROWS);
    for (let t = 0; t <= 8.5; t += 0.01) {
      const k = Math.max(
        0,
        KNOTS.findLastIndex((knot, i) => knot <= t && i < KNOTS.length - 1),
      );
      valuesOf(curve, [t], 2)[0]!.forEach((v, c) => {
        expect(v).toBeGreaterThanOrEqual(Math.min(ROWS[k]![c]!, ROWS[k + 1]![c]!) - 1e-12);
        expect(v).toBeLessThanOrEqual(Math.max(ROWS[k]![c]!, ROWS[k + 1]![c]!) + 1e-12);
      });
    }
  });
});
