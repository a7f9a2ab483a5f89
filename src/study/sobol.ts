import { DIRECTIONS } from './sobol.data.ts';

/** How many dimensions the table of direction numbers covers. */
export const SOBOL_DIMENSIONS: number = DIRECTIONS.length + 1;

const BITS = 32;

/**
 * Points of the Sobol' sequence in the unit cube, from the origin on, in the natural order of Antonov and Saleev's Gray code.
 * A power of two of points fills the cube most evenly.
 *
 * @param count number of points
 * @param dimensions at most SOBOL_DIMENSIONS
 * @param shift a random whole number below 2³² for each dimension: moves all points together without harming their evenness
 * (Cranley–Patterson in base 2, a digital shift); the plain sequence without it
 * @returns count × dimensions, row by row, in [0, 1)
 */
export function sobolPoints(count: number, dimensions: number, shift?: readonly number[]): Float64Array {
  if (dimensions > SOBOL_DIMENSIONS)
    throw new RangeError(`the Sobol' sequence here has ${SOBOL_DIMENSIONS} dimensions, not ${dimensions}`);
  const out = new Float64Array(count * dimensions);
  for (let d = 0; d < dimensions; d++) {
    const direction = directionNumbers(d);
    const moved = (shift?.[d] ?? 0) >>> 0;
    let x = 0;
    for (let i = 0; i < count; i++) {
      // consecutive Gray codes differ in the lowest zero bit of the former index
      if (i > 0) x ^= direction[trailingOnes(i - 1)]!;
      out[i * dimensions + d] = ((x ^ moved) >>> 0) / 2 ** BITS;
    }
  }
  return out;
}

/** The 32 direction numbers of one dimension as 32-bit fractions. */
function directionNumbers(dimension: number): Int32Array {
  const v = new Int32Array(BITS);
  if (dimension === 0) {
    for (let i = 0; i < BITS; i++) v[i] = 1 << (BITS - 1 - i);
    return v;
  }
  const [s, a, m] = DIRECTIONS[dimension - 1]!;
  for (let i = 0; i < BITS; i++) {
    if (i < s) {
      v[i] = m[i]! << (BITS - 1 - i);
      continue;
    }
    // the recurrence of the primitive polynomial x^s + a₁x^(s-1) + … + 1
    let next = v[i - s]! ^ (v[i - s]! >>> s);
    for (let k = 1; k < s; k++) if ((a >> (s - 1 - k)) & 1) next ^= v[i - k]!;
    v[i] = next;
  }
  return v;
}

function trailingOnes(i: number): number {
  let n = 0;
  for (let rest = i; rest & 1; rest >>>= 1) n++;
  return n;
}
