import { cbrt } from '../base/elementary.ts';

/**
 * Keeps cells from folding over. The element's law sees a cell's mean gradient only: a cell whose volume is right can still have
 * corners turned inside out, which no continuum can, and from there it collapses. So a corner whose Jacobian has fallen below a
 * share of the mean one pays: per corner V/8 · 20 μ · r²/2 · (1 + r²/(2·0.4²)) with r = 0.4 J̄ − J_corner where that is positive.
 * The barrier is zero, with its gradient, in every cell that is not about to fold. Numbers and figures: docs/mechanics.md.
 */

/** Share of the mean Jacobian below which a corner pays. */
export const FOLD_AT = 0.4;
/** Stiffness of the barrier in shear moduli. */
const STIFFNESS = 20;
/** What the preconditioner's hourglass modes take of the barrier's curvature: by trial, the fewest iterations. */
const PRECONDITIONER_SHARE = 0.3;
/**
 * A corner's gradient is F̄(1+X) with |X|² ≤ 18/(16h²) hg/k₂ |K̄|²/J̄², and det(1+X) ≥ (1−|X|)³: below this |X|² no corner pays.
 * hg/k₂ is the sum of the squares of the two-letter modes and half of those of xyz.
 */
const HARMLESS = (1 - cbrt(FOLD_AT)) ** 2 / 18;

/** Mean gradient and cofactor by columns: F[3 c + i], and the three edge vectors of a corner. */
const F = new Float64Array(9);
const K = new Float64Array(9);
const E = new Float64Array(9);
const N = new Float64Array(9);

/** n ← cofactor of the matrix with columns e. Returns its determinant. */
function cofactor(e: Float64Array, n: Float64Array): number {
  for (let c = 0; c < 3; c++) {
    const [p, q] = [3 * ((c + 1) % 3), 3 * ((c + 2) % 3)];
    n[3 * c] = e[p + 1]! * e[q + 2]! - e[p + 2]! * e[q + 1]!;
    n[3 * c + 1] = e[p + 2]! * e[q]! - e[p]! * e[q + 2]!;
    n[3 * c + 2] = e[p]! * e[q + 1]! - e[p + 1]! * e[q]!;
  }
  return e[0]! * n[0]! + e[1]! * n[1]! + e[2]! * n[2]!;
}

/** Calls visit(r, signs) for every corner that pays, with its edge vectors in E and their cofactor in N. */
function payingCorners(m: Float64Array, h: number, visit: (r: number, a: number, b: number, c: number) => void): void {
  const grad = 1 / (4 * h);
  let hg = 0;
  for (let i = 0; i < 3; i++) {
    const o = 7 * i;
    for (let c = 0; c < 3; c++) F[3 * c + i] = (i === c ? 1 : 0) + grad * m[o + c]!;
    hg += m[o + 3]! ** 2 + m[o + 4]! ** 2 + m[o + 5]! ** 2 + 0.5 * m[o + 6]! ** 2;
  }
  const J = cofactor(F, K);
  let kk = 0;
  for (let d = 0; d < 9; d++) kk += K[d]! * K[d]!;
  if (J > 0 && grad * grad * hg * kk <= HARMLESS * J * J) return;
  for (let n = 0; n < 8; n++) {
    const [a, b, c] = [n & 1 ? 1 : -1, n & 2 ? 1 : -1, n & 4 ? 1 : -1];
    for (let i = 0; i < 3; i++) {
      const [xy, xz, yz, xyz] = [m[7 * i + 3]!, m[7 * i + 4]!, m[7 * i + 5]!, m[7 * i + 6]!];
      E[i] = F[i]! + grad * (b * xy + c * xz + b * c * xyz);
      E[3 + i] = F[3 + i]! + grad * (a * xy + c * yz + a * c * xyz);
      E[6 + i] = F[6 + i]! + grad * (a * xz + b * yz + a * b * xyz);
    }
    const r = FOLD_AT * J - cofactor(E, N);
    if (r > 0) visit(r, a, b, c);
  }
}

/**
 * Energy (kPa·mm³) of a cell of edge h, mm, and shear modulus mu, kPa, with the modes m (7 per component, as in element.ts);
 * adds the forces on the modes to t.
 */
export function addFoldBarrier(m: Float64Array, mu: number, h: number, t: Float64Array): number {
  const V = h * h * h;
  const weight = (V * STIFFNESS * mu) / 8;
  let energy = 0;
  payingCorners(m, h, (r, a, b, c) => {
    const share = (r / FOLD_AT) ** 2;
    energy += 0.5 * weight * r * r * (1 + 0.5 * share);
    const f = (weight * r * (1 + share)) / (4 * h);
    for (let i = 0; i < 3; i++) {
      const o = 7 * i;
      const [x, y, z] = [N[i]!, N[3 + i]!, N[6 + i]!];
      t[o] = t[o]! + f * (FOLD_AT * K[i]! - x);
      t[o + 1] = t[o + 1]! + f * (FOLD_AT * K[3 + i]! - y);
      t[o + 2] = t[o + 2]! + f * (FOLD_AT * K[6 + i]! - z);
      t[o + 3] = t[o + 3]! - f * (b * x + a * y);
      t[o + 4] = t[o + 4]! - f * (c * x + a * z);
      t[o + 5] = t[o + 5]! - f * (c * y + b * z);
      t[o + 6] = t[o + 6]! - f * (b * c * x + a * c * y + a * b * z);
    }
  });
  return energy;
}

/** The factor by which the barrier stiffens the hourglass modes of the preconditioner. */
export function foldStiffening(m: Float64Array, h: number): number {
  let sum = 0;
  payingCorners(m, h, (r) => {
    sum += 1 + 3 * (r / FOLD_AT) ** 2;
  });
  return 1 + (PRECONDITIONER_SHARE * STIFFNESS * sum) / 8;
}
