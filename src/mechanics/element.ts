import { cornerOffsets } from '../base/grid.ts';
import { addFoldBarrier, foldStiffening } from './fold-barrier.ts';
import { evaluateLaw } from './law.ts';

/**
 * The mean-invariant hexahedron on a regular grid: one evaluation of the law per cell at the mean deformation gradient,
 * plus the exact integral of μ/2 |∇u|² over the four hourglass modes, plus a barrier against folding (fold-barrier.ts). No quadrature
 * loop, polynomial in u.
 *
 * Nodal values of a cell become 8 Walsh–Hadamard modes per component (sums with signs of x, y, z and their products):
 * the three linear modes give the mean gradient H = m/(4h), the modes xy, xz, yz, xyz are the hourglass shapes, whose
 * exact energies are μ h/48 m² (two-letter modes) and μ h/96 m² (xyz). Derivation: docs/mechanics.md.
 *
 * Vectors hold three planes of n nodes: x-components, then y, then z. Energies are kPa·mm³, forces kPa·mm² (10⁻³ N).
 */

/** The cells of one grid level that exist, and the node strides of that grid. */
export interface Cells {
  readonly count: number;
  /** count rounded up to even: per-cell arrays have this length, so that kernels can take cells in pairs. */
  readonly padded: number;
  /** Lowest-index corner node of each cell (padded; a padding cell repeats the last one and has no material). */
  readonly base: Int32Array;
  /** Nodes of the whole grid (length of one plane). */
  readonly nodes: number;
  /** Node index strides along y and z (x is 1). */
  readonly sy: number;
  readonly sz: number;
  /** Edge length, mm. */
  readonly h: number;
}

/** Material of each active cell, already multiplied by the cell's fill. */
export interface Material {
  readonly kind: 'stiffening' | 'neo-hookean';
  /** Shear modulus × fill, kPa. */
  readonly mu: Float64Array;
  /** Stiffening a (stiffening law), dimensionless. */
  readonly a: Float64Array;
  /** Penalty on J-1 (stiffening law) or on ln J (neo-Hookean) × fill, kPa: at most the bulk modulus or the first Lamé parameter. */
  readonly kVol: Float64Array;
  /** Multiplier on J-1 (stiffening law) or ln J (neo-Hookean) × fill, kPa. */
  readonly pressureMultiplier: Float64Array;
}

/** Corner signs in node order (x fastest) for x, y, z. */
const SIGNS: readonly (readonly [number, number, number])[] = [0, 1, 2, 3, 4, 5, 6, 7].map(
  (n) => [n & 1 ? 1 : -1, n & 2 ? 1 : -1, n & 4 ? 1 : -1] as const,
);

/** Modes of one component of one cell, written to m[o…o+6]: x, y, z, xy, xz, yz, xyz. */
function modes(u: Float64Array, b: number, sy: number, sz: number, m: Float64Array, o: number): void {
  const v0 = u[b]!;
  const v1 = u[b + 1]!;
  const v2 = u[b + sy]!;
  const v3 = u[b + sy + 1]!;
  const v4 = u[b + sz]!;
  const v5 = u[b + sz + 1]!;
  const v6 = u[b + sz + sy]!;
  const v7 = u[b + sz + sy + 1]!;
  const s0 = v0 + v1;
  const s1 = v2 + v3;
  const s2 = v4 + v5;
  const s3 = v6 + v7;
  const d0 = v1 - v0;
  const d1 = v3 - v2;
  const d2 = v5 - v4;
  const d3 = v7 - v6;
  const b0 = s1 - s0;
  const b1 = s3 - s2;
  const e0 = d0 + d1;
  const e1 = d2 + d3;
  const f0 = d1 - d0;
  const f1 = d3 - d2;
  m[o] = e0 + e1;
  m[o + 1] = b0 + b1;
  m[o + 2] = s2 + s3 - (s0 + s1);
  m[o + 3] = f0 + f1;
  m[o + 4] = e1 - e0;
  m[o + 5] = b1 - b0;
  m[o + 6] = f1 - f0;
}

/** Transpose of modes(): adds the nodal forces of mode forces g[o…o+6] to f. */
function addNodal(f: Float64Array, b: number, sy: number, sz: number, g: Float64Array, o: number): void {
  const gx = g[o]!;
  const gy = g[o + 1]!;
  const gz = g[o + 2]!;
  const gxy = g[o + 3]!;
  const gxz = g[o + 4]!;
  const gyz = g[o + 5]!;
  const gxyz = g[o + 6]!;
  // lower face z = 0
  let e = gx - gxz;
  let bb = gy - gyz;
  let ff = gxy - gxyz;
  let p = -gz - bb;
  let q = e - ff;
  let r = -gz + bb;
  let s = e + ff;
  f[b] = f[b]! + p - q;
  f[b + 1] = f[b + 1]! + p + q;
  f[b + sy] = f[b + sy]! + r - s;
  f[b + sy + 1] = f[b + sy + 1]! + r + s;
  // upper face
  e = gx + gxz;
  bb = gy + gyz;
  ff = gxy + gxyz;
  p = gz - bb;
  q = e - ff;
  r = gz + bb;
  s = e + ff;
  const t = b + sz;
  f[t] = f[t]! + p - q;
  f[t + 1] = f[t + 1]! + p + q;
  f[t + sy] = f[t + sy]! + r - s;
  f[t + sy + 1] = f[t + sy + 1]! + r + s;
}

const M = new Float64Array(21);
const T = new Float64Array(21);

/**
 * Strain energy of all cells at displacement u (3 planes, mm), kPa·mm³; adds its gradient to g (kPa·mm²).
 * Returns Infinity where the neo-Hookean law meets J ≤ 0 (g is then meaningless); the stiffening law is finite everywhere.
 */
export function energyAndForce(cells: Cells, mat: Material, u: Float64Array, g: Float64Array): number {
  const { count, base, nodes, sy, sz, h } = cells;
  const { mu: MU, a: A, kVol: KVOL, pressureMultiplier: MULTIPLIER } = mat;
  const neo = mat.kind === 'neo-hookean';
  const grad = 1 / (4 * h);
  const V = h * h * h;
  const toMode = V * grad;
  const ux = u.subarray(0, nodes);
  const uy = u.subarray(nodes, 2 * nodes);
  const uz = u.subarray(2 * nodes, 3 * nodes);
  const gx = g.subarray(0, nodes);
  const gy = g.subarray(nodes, 2 * nodes);
  const gz = g.subarray(2 * nodes, 3 * nodes);
  let energy = 0;
  for (let e = 0; e < count; e++) {
    const b = base[e]!;
    modes(ux, b, sy, sz, M, 0);
    modes(uy, b, sy, sz, M, 7);
    modes(uz, b, sy, sz, M, 14);

    // mean deformation gradient F = 1 + H, and its cofactor by row cross products
    const h00 = M[0]! * grad;
    const h01 = M[1]! * grad;
    const h02 = M[2]! * grad;
    const h10 = M[7]! * grad;
    const h11 = M[8]! * grad;
    const h12 = M[9]! * grad;
    const h20 = M[14]! * grad;
    const h21 = M[15]! * grad;
    const h22 = M[16]! * grad;
    const f00 = 1 + h00;
    const f11 = 1 + h11;
    const f22 = 1 + h22;
    const c00 = f11 * f22 - h12 * h21;
    const c01 = h12 * h20 - h10 * f22;
    const c02 = h10 * h21 - f11 * h20;
    const c10 = h21 * h02 - f22 * h01;
    const c11 = f22 * f00 - h20 * h02;
    const c12 = h20 * h01 - h21 * f00;
    const c20 = h01 * h12 - h02 * f11;
    const c21 = h02 * h10 - f00 * h12;
    const c22 = f00 * f11 - h01 * h10;

    // J-1 and I₁-3 from H, without cancellation
    const tr = h00 + h11 + h22;
    const minors = h00 * h11 - h01 * h10 + (h00 * h22 - h02 * h20) + (h11 * h22 - h12 * h21);
    const det = h00 * (h11 * h22 - h12 * h21) - h01 * (h10 * h22 - h12 * h20) + h02 * (h10 * h21 - h11 * h20);
    const j1 = tr + minors + det;
    const hh =
      h00 * h00 + h01 * h01 + h02 * h02 + h10 * h10 + h11 * h11 + h12 * h12 + h20 * h20 + h21 * h21 + h22 * h22;

    const mu = MU[e]!;
    const kVol = KVOL[e]!;
    const multiplier = MULTIPLIER[e]!;
    if (neo && !(1 + j1 > 0)) return Number.POSITIVE_INFINITY;
    // I₁-3-2(J-1): the traces cancel analytically
    const { s, p, v, shape } = evaluateLaw(mat.kind, mu, A[e]!, kVol, multiplier, j1, hh - 2 * (minors + det));
    energy += V * (shape + (0.5 * kVol * v + multiplier) * v);

    // first Piola–Kirchhoff stress P = s F + p cof F, as forces on the linear modes
    T[0] = (s * f00 + p * c00) * toMode;
    T[1] = (s * h01 + p * c01) * toMode;
    T[2] = (s * h02 + p * c02) * toMode;
    T[7] = (s * h10 + p * c10) * toMode;
    T[8] = (s * f11 + p * c11) * toMode;
    T[9] = (s * h12 + p * c12) * toMode;
    T[14] = (s * h20 + p * c20) * toMode;
    T[15] = (s * h21 + p * c21) * toMode;
    T[16] = (s * f22 + p * c22) * toMode;

    // hourglass modes: physical stabilisation, no free parameter
    const k2 = (mu * h) / 24;
    const k3 = (mu * h) / 48;
    let hg = 0;
    for (let o = 0; o < 21; o += 7) {
      const a3 = M[o + 3]!;
      const a4 = M[o + 4]!;
      const a5 = M[o + 5]!;
      const a6 = M[o + 6]!;
      hg += k2 * (a3 * a3 + a4 * a4 + a5 * a5) + k3 * a6 * a6;
      T[o + 3] = k2 * a3;
      T[o + 4] = k2 * a4;
      T[o + 5] = k2 * a5;
      T[o + 6] = k3 * a6;
    }
    energy += 0.5 * hg;
    energy += addFoldBarrier(M, mu, h, T);

    addNodal(gx, b, sy, sz, T, 0);
    addNodal(gy, b, sy, sz, T, 7);
    addNodal(gz, b, sy, sz, T, 14);
  }
  return energy;
}

/**
 * The tangent of all cells frozen at one displacement:
 * dP = s dH + B (B:dH) + C (C:dH), with s = μ(1+a x), B = √(2μa) (F-(2-J) cof F), C = √(dp/dJ) cof F. The geometric term p F × dH (the derivative of the
 * cofactor) is left out, so that what is left is positive definite (docs/mechanics.md). Averaging these over 8 children gives a coarse level.
 */
export interface Tangent {
  /** s, kPa (cells). */
  readonly s: Float64Array;
  /** μ of the hourglass modes, kPa (cells). */
  readonly hg: Float64Array;
  /** B, C: nine planes of `padded` cells, row-major 3×3. */
  readonly B: Float64Array;
  readonly C: Float64Array;
}

export function allocateTangent(
  padded: number,
  allocate: (length: number) => Float64Array = (n) => new Float64Array(n),
): Tangent {
  return {
    s: allocate(padded),
    hg: allocate(padded),
    B: allocate(9 * padded),
    C: allocate(9 * padded),
  };
}

/** Fills t with the tangent at displacement u. */
export function freezeTangent(cells: Cells, mat: Material, u: Float64Array, t: Tangent): void {
  const { count, padded } = cells;
  const planes = planesOf(cells, u);
  const F = new Float64Array(9);
  const K = new Float64Array(9);
  for (let e = 0; e < count; e++) {
    const { j1, y } = kinematics(cells, planes, e, F, K);
    const mu = mat.mu[e]!;
    const { s, dp, b } = evaluateLaw(mat.kind, mu, mat.a[e]!, mat.kVol[e]!, mat.pressureMultiplier[e]!, j1, y);
    t.s[e] = s;
    const away = 1 - j1;
    for (let d = 0; d < 3; d++) modes(planes[d]!, cells.base[e]!, cells.sy, cells.sz, M, 7 * d);
    t.hg[e] = mu * foldStiffening(M, cells.h);
    const c = Math.sqrt(Math.max(dp, 0));
    for (let d = 0; d < 9; d++) {
      t.B[d * padded + e] = b * (F[d]! - away * K[d]!);
      t.C[d * padded + e] = c * K[d]!;
    }
  }
}

export type Planes = readonly [Float64Array, Float64Array, Float64Array];

/** The x, y and z planes of a vector, without copying. */
export const planesOf = ({ nodes }: Cells, u: Float64Array): Planes => [
  u.subarray(0, nodes),
  u.subarray(nodes, 2 * nodes),
  u.subarray(2 * nodes, 3 * nodes),
];

/** Mean deformation gradient F and cofactor K (row-major) of cell e; returns J-1 and y = I₁-3-2(J-1). */
export function kinematics(
  cells: Cells,
  u: Planes,
  e: number,
  F: Float64Array,
  K: Float64Array,
): { j1: number; y: number } {
  const { sy, sz, h } = cells;
  const b = cells.base[e]!;
  const grad = 1 / (4 * h);
  for (let c = 0; c < 3; c++) {
    modes(u[c]!, b, sy, sz, M, 0);
    F[3 * c] = M[0]! * grad;
    F[3 * c + 1] = M[1]! * grad;
    F[3 * c + 2] = M[2]! * grad;
  }
  const tr = F[0]! + F[4]! + F[8]!;
  let hh = 0;
  for (let d = 0; d < 9; d++) hh += F[d]! * F[d]!;
  const minors = F[0]! * F[4]! - F[1]! * F[3]! + (F[0]! * F[8]! - F[2]! * F[6]!) + (F[4]! * F[8]! - F[5]! * F[7]!);
  const det =
    F[0]! * (F[4]! * F[8]! - F[5]! * F[7]!) -
    F[1]! * (F[3]! * F[8]! - F[5]! * F[6]!) +
    F[2]! * (F[3]! * F[7]! - F[4]! * F[6]!);
  F[0] = F[0]! + 1;
  F[4] = F[4]! + 1;
  F[8] = F[8]! + 1;
  K[0] = F[4]! * F[8]! - F[5]! * F[7]!;
  K[1] = F[5]! * F[6]! - F[3]! * F[8]!;
  K[2] = F[3]! * F[7]! - F[4]! * F[6]!;
  K[3] = F[7]! * F[2]! - F[8]! * F[1]!;
  K[4] = F[8]! * F[0]! - F[6]! * F[2]!;
  K[5] = F[6]! * F[1]! - F[7]! * F[0]!;
  K[6] = F[1]! * F[5]! - F[2]! * F[4]!;
  K[7] = F[2]! * F[3]! - F[0]! * F[5]!;
  K[8] = F[0]! * F[4]! - F[1]! * F[3]!;
  return { j1: tr + minors + det, y: hh - 2 * (minors + det) };
}

/** y += A x for the frozen tangent (3 planes each). */
export function addTangentProduct(cells: Cells, t: Tangent, x: Float64Array, y: Float64Array): void {
  const { count, padded: P, base, nodes, sy, sz, h } = cells;
  const { s: S, hg: HG, B, C } = t;
  const grad = 1 / (4 * h);
  const toMode = (h * h) / 4;
  const xx = x.subarray(0, nodes);
  const xy = x.subarray(nodes, 2 * nodes);
  const xz = x.subarray(2 * nodes, 3 * nodes);
  const yx = y.subarray(0, nodes);
  const yy = y.subarray(nodes, 2 * nodes);
  const yz = y.subarray(2 * nodes, 3 * nodes);
  for (let e = 0; e < count; e++) {
    const n = base[e]!;
    modes(xx, n, sy, sz, M, 0);
    modes(xy, n, sy, sz, M, 7);
    modes(xz, n, sy, sz, M, 14);
    const h00 = M[0]! * grad;
    const h01 = M[1]! * grad;
    const h02 = M[2]! * grad;
    const h10 = M[7]! * grad;
    const h11 = M[8]! * grad;
    const h12 = M[9]! * grad;
    const h20 = M[14]! * grad;
    const h21 = M[15]! * grad;
    const h22 = M[16]! * grad;
    const b0 = B[e]!;
    const b1 = B[P + e]!;
    const b2 = B[2 * P + e]!;
    const b3 = B[3 * P + e]!;
    const b4 = B[4 * P + e]!;
    const b5 = B[5 * P + e]!;
    const b6 = B[6 * P + e]!;
    const b7 = B[7 * P + e]!;
    const b8 = B[8 * P + e]!;
    const c0 = C[e]!;
    const c1 = C[P + e]!;
    const c2 = C[2 * P + e]!;
    const c3 = C[3 * P + e]!;
    const c4 = C[4 * P + e]!;
    const c5 = C[5 * P + e]!;
    const c6 = C[6 * P + e]!;
    const c7 = C[7 * P + e]!;
    const c8 = C[8 * P + e]!;
    const bd = b0 * h00 + b1 * h01 + b2 * h02 + b3 * h10 + b4 * h11 + b5 * h12 + b6 * h20 + b7 * h21 + b8 * h22;
    const cd = c0 * h00 + c1 * h01 + c2 * h02 + c3 * h10 + c4 * h11 + c5 * h12 + c6 * h20 + c7 * h21 + c8 * h22;
    const s = S[e]!;
    T[0] = (s * h00 + bd * b0 + cd * c0) * toMode;
    T[1] = (s * h01 + bd * b1 + cd * c1) * toMode;
    T[2] = (s * h02 + bd * b2 + cd * c2) * toMode;
    T[7] = (s * h10 + bd * b3 + cd * c3) * toMode;
    T[8] = (s * h11 + bd * b4 + cd * c4) * toMode;
    T[9] = (s * h12 + bd * b5 + cd * c5) * toMode;
    T[14] = (s * h20 + bd * b6 + cd * c6) * toMode;
    T[15] = (s * h21 + bd * b7 + cd * c7) * toMode;
    T[16] = (s * h22 + bd * b8 + cd * c8) * toMode;
    const k2 = (HG[e]! * h) / 24;
    const k3 = (HG[e]! * h) / 48;
    for (let d = 0; d < 21; d += 7) {
      T[d + 3] = k2 * M[d + 3]!;
      T[d + 4] = k2 * M[d + 4]!;
      T[d + 5] = k2 * M[d + 5]!;
      T[d + 6] = k3 * M[d + 6]!;
    }
    addNodal(yx, n, sy, sz, T, 0);
    addNodal(yy, n, sy, sz, T, 7);
    addNodal(yz, n, sy, sz, T, 14);
  }
}

/**
 * Adds the nodal 3×3 diagonal blocks of the frozen tangent to blocks (six planes of nodes: xx, yy, zz, xy, xz, yz).
 * They are always positive definite: the geometric term is antisymmetric within a node.
 */
export function addDiagonalBlocks(cells: Cells, t: Tangent, blocks: Float64Array): void {
  const { count, padded: P, base, nodes, sy, sz, h } = cells;
  const offsets = cornerOffsets(sy, sz);
  // |σ/(4h)|² h³ = 3h/16; the hourglass modes add 3 h/24 + h/48 = 7h/48
  const kLinear = (3 * h) / 16;
  const kHourglass = (7 * h) / 48;
  const scale = h / 16;
  for (let e = 0; e < count; e++) {
    const iso = t.s[e]! * kLinear + t.hg[e]! * kHourglass;
    for (let n = 0; n < 8; n++) {
      const [a, b, c] = SIGNS[n]!;
      const at = base[e]! + offsets[n]!;
      let xx = iso;
      let yy = iso;
      let zz = iso;
      let xy = 0;
      let xz = 0;
      let yz = 0;
      for (let pass = 0; pass < 2; pass++) {
        const Q = pass === 0 ? t.B : t.C;
        const v0 = Q[e]! * a + Q[P + e]! * b + Q[2 * P + e]! * c;
        const v1 = Q[3 * P + e]! * a + Q[4 * P + e]! * b + Q[5 * P + e]! * c;
        const v2 = Q[6 * P + e]! * a + Q[7 * P + e]! * b + Q[8 * P + e]! * c;
        xx += scale * v0 * v0;
        yy += scale * v1 * v1;
        zz += scale * v2 * v2;
        xy += scale * v0 * v1;
        xz += scale * v0 * v2;
        yz += scale * v1 * v2;
      }
      blocks[at] = blocks[at]! + xx;
      blocks[at + nodes] = blocks[at + nodes]! + yy;
      blocks[at + 2 * nodes] = blocks[at + 2 * nodes]! + zz;
      blocks[at + 3 * nodes] = blocks[at + 3 * nodes]! + xy;
      blocks[at + 4 * nodes] = blocks[at + 4 * nodes]! + xz;
      blocks[at + 5 * nodes] = blocks[at + 5 * nodes]! + yz;
    }
  }
}
