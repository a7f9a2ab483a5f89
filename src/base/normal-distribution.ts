import { exp, log } from './elementary.ts';

/** Share of the standard normal distribution below z, good to about 1e-15 near the middle (series) and 1e-10 in the tails. */
export function normalCdf(z: number): number {
  if (z === Number.POSITIVE_INFINITY) return 1;
  if (z === Number.NEGATIVE_INFINITY) return 0;
  const density = exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (Math.abs(z) < 5) {
    // Φ(z) = 1/2 + φ(z)(z + z³/3 + z⁵/15 + …), Abramowitz and Stegun 26.2.11
    let term = z;
    let sum = z;
    for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum) && k < 400; k += 2) {
      term *= (z * z) / k;
      sum += term;
    }
    return 0.5 + density * sum;
  }
  // continued fraction of the tail, Abramowitz and Stegun 26.2.14
  let fraction = Math.abs(z);
  for (let k = 60; k > 0; k--) fraction = Math.abs(z) + k / fraction;
  const tail = density / fraction;
  return z > 0 ? 1 - tail : tail;
}

/**
 * The z below which a share p of the standard normal distribution lies: Wichura's PPND16 (algorithm AS 241, Appl. Stat.
 * 1988;37:477–484, doi:10.2307/2347330), relative error about 1e-16.
 */
export function normalQuantile(p: number): number {
  if (p <= 0) return Number.NEGATIVE_INFINITY;
  if (p >= 1) return Number.POSITIVE_INFINITY;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(A, r)) / polynomial(B, r);
  }
  const r = Math.sqrt(-log(q < 0 ? p : 1 - p));
  const z = r <= 5 ? polynomial(C, r - 1.6) / polynomial(D, r - 1.6) : polynomial(E, r - 5) / polynomial(F, r - 5);
  return q < 0 ? -z : z;
}

const polynomial = (c: readonly number[], x: number): number => c.reduceRight((sum, each) => sum * x + each, 0);

// biome-ignore-start format: coefficients as printed, constant term first
// biome-ignore-start lint/correctness/noPrecisionLoss: as printed
const A = [
  3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457,
  67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
];
const B = [
  1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867, 39307.89580009271061,
  28729.085735721942674, 5226.495278852545925,
];
const C = [
  1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504, 1.27045825245236838258,
  0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4,
];
const D = [
  1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459,
  0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9,
];
const E = [
  6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123, 0.026532189526576123093,
  0.0012426609473880784386, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
];
const F = [
  1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525, 7.868691311456132591e-4,
  1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15,
];
// biome-ignore-end lint/correctness/noPrecisionLoss: as printed
// biome-ignore-end format: coefficients as printed, constant term first
