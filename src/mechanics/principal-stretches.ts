/** Smallest and largest principal stretch: square roots of the eigenvalues of FᵀF, by Jacobi rotations. */
export function principalStretches(F: Float64Array): [number, number] {
  const C = RIGHT_CAUCHY_GREEN;
  for (let r = 0; r < 3; r++)
    for (let c = 0; c < 3; c++) C[3 * r + c] = F[r]! * F[c]! + F[3 + r]! * F[3 + c]! + F[6 + r]! * F[6 + c]!;
  for (let sweep = 0; sweep < 12; sweep++) {
    const off = Math.abs(C[1]!) + Math.abs(C[2]!) + Math.abs(C[5]!);
    if (off < 1e-12) break;
    for (let pair = 0; pair < 3; pair++) {
      const p = pair === 2 ? 1 : 0;
      const q = pair === 0 ? 1 : 2;
      const apq = C[3 * p + q]!;
      if (apq === 0) continue;
      const theta = (C[4 * q]! - C[4 * p]!) / (2 * apq);
      const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
      const c = 1 / Math.sqrt(t * t + 1);
      const s = t * c;
      for (let k = 0; k < 3; k++) {
        const a = C[3 * k + p]!;
        const b = C[3 * k + q]!;
        C[3 * k + p] = c * a - s * b;
        C[3 * k + q] = s * a + c * b;
      }
      for (let k = 0; k < 3; k++) {
        const a = C[3 * p + k]!;
        const b = C[3 * q + k]!;
        C[3 * p + k] = c * a - s * b;
        C[3 * q + k] = s * a + c * b;
      }
    }
  }
  const e = [C[0]!, C[4]!, C[8]!].map((v) => Math.sqrt(Math.max(v, 0)));
  return [Math.min(...e), Math.max(...e)];
}

/** FᵀF of the cell in hand. */
const RIGHT_CAUCHY_GREEN = new Float64Array(9);
