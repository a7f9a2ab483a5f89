import type { Row } from './shape.ts';

/** A curve through rows of numbers, one row per knot. */
export interface RowCurve {
  readonly first: number;
  readonly last: number;
  /** Writes the row at t into out (as long as a row). Outside the knots the end cubics go on. */
  at(t: number, out: Float64Array): void;
}

/**
 * Shape-preserving piecewise cubic through rows: where the knots rise, the curve rises, and it never overshoots.
 * Slopes after Fritsch and Butland (SIAM J Sci Stat Comput 1984;5:300-304), ends by the three-point formula.
 *
 * @param knots strictly ascending, at least two
 * @param rows one row per knot, all equally long
 */
export function pchip(knots: readonly number[], rows: readonly Row[]): RowCurve {
  const n = knots.length;
  const width = rows[0]!.length;
  const slopes = new Float64Array(n * width);
  for (let c = 0; c < width; c++) {
    const rise = (k: number): number => (rows[k + 1]![c]! - rows[k]![c]!) / (knots[k + 1]! - knots[k]!);
    for (let k = 1; k < n - 1; k++) {
      const before = rise(k - 1);
      const after = rise(k);
      if (before * after <= 0) continue;
      const h0 = knots[k]! - knots[k - 1]!;
      const h1 = knots[k + 1]! - knots[k]!;
      slopes[k * width + c] = (3 * (h0 + h1)) / ((2 * h1 + h0) / before + (h1 + 2 * h0) / after);
    }
    slopes[c] = n === 2 ? rise(0) : endSlope(knots[1]! - knots[0]!, knots[2]! - knots[1]!, rise(0), rise(1));
    slopes[(n - 1) * width + c] =
      n === 2
        ? rise(0)
        : endSlope(knots[n - 1]! - knots[n - 2]!, knots[n - 2]! - knots[n - 3]!, rise(n - 2), rise(n - 3));
  }
  return hermite(knots, rows, slopes);
}

/** Slope at an end from the nearest two intervals, kept from overshooting. */
function endSlope(h0: number, h1: number, rise0: number, rise1: number): number {
  const slope = ((2 * h0 + h1) * rise0 - h0 * rise1) / (h0 + h1);
  if (slope * rise0 <= 0) return 0;
  return rise0 * rise1 <= 0 && Math.abs(slope) > 3 * Math.abs(rise0) ? 3 * rise0 : slope;
}

/**
 * Cubic spline (two continuous derivatives) through rows.
 *
 * @param ends 'natural': no curvature at the ends; 'flat': no slope at the ends. A periodic spline through values that are the
 *   same on both sides of a mirror line is flat on that line, so 'flat' over half a turn is the periodic spline over the turn.
 */
export function cubicSpline(knots: readonly number[], rows: readonly Row[], ends: 'natural' | 'flat'): RowCurve {
  const n = knots.length;
  const width = rows[0]!.length;
  if (n < 3 && ends === 'natural') return pchip(knots, rows);

  // slopes from the tridiagonal system, eliminated once for all columns
  const slopes = new Float64Array(n * width);
  const upper = new Float64Array(n);
  const right = new Float64Array(width);
  for (let k = 0; k < n; k++) {
    const h0 = k > 0 ? knots[k]! - knots[k - 1]! : 0;
    const h1 = k < n - 1 ? knots[k + 1]! - knots[k]! : 0;
    const end = k === 0 || k === n - 1;
    const lower = end ? (k === 0 || ends === 'flat' ? 0 : 1) : h1;
    const diagonal = end ? (ends === 'flat' ? 1 : 2) : 2 * (h0 + h1);
    const next = end ? (k === 0 && ends === 'natural' ? 1 : 0) : h0;
    for (let c = 0; c < width; c++) {
      const before = k > 0 ? (rows[k]![c]! - rows[k - 1]![c]!) / h0 : 0;
      const after = k < n - 1 ? (rows[k + 1]![c]! - rows[k]![c]!) / h1 : 0;
      if (!end) right[c] = 3 * (h1 * before + h0 * after);
      else right[c] = ends === 'flat' ? 0 : 3 * (k === 0 ? after : before);
    }
    const pivot = k === 0 ? diagonal : diagonal - lower * upper[k - 1]!;
    upper[k] = next / pivot;
    for (let c = 0; c < width; c++) {
      const carried = k === 0 ? 0 : lower * slopes[(k - 1) * width + c]!;
      slopes[k * width + c] = (right[c]! - carried) / pivot;
    }
  }
  for (let k = n - 2; k >= 0; k--)
    for (let c = 0; c < width; c++) slopes[k * width + c]! -= upper[k]! * slopes[(k + 1) * width + c]!;
  return hermite(knots, rows, slopes);
}

/** The piecewise cubic with given values and slopes at the knots. */
function hermite(knots: readonly number[], rows: readonly Row[], slopes: Float64Array): RowCurve {
  const n = knots.length;
  const width = rows[0]!.length;
  const values = Float64Array.from(rows.flat());
  return {
    first: knots[0]!,
    last: knots[n - 1]!,
    at(t, out) {
      let k = 0;
      while (k < n - 2 && t >= knots[k + 1]!) k++;
      const h = knots[k + 1]! - knots[k]!;
      const s = (t - knots[k]!) / h;
      const v1 = s * s * (3 - 2 * s);
      const d0 = h * s * (1 - s) * (1 - s);
      const d1 = h * s * s * (s - 1);
      for (let c = 0, i = k * width, j = i + width; c < width; c++, i++, j++)
        out[c] = values[i]! * (1 - v1) + values[j]! * v1 + slopes[i]! * d0 + slopes[j]! * d1;
    },
  };
}
