import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../base/random.ts';
import {
  addDiagonalBlocks,
  addTangentProduct,
  allocateTangent,
  type Cells,
  energyAndForce,
  freezeTangent,
  kinematics,
  type Material,
  planesOf,
} from './element.ts';
import { evaluateLaw } from './law.ts';

/** A block of n³ cells of edge h with all cells active. */
function block(n: number, h: number): Cells {
  const sy = n + 1;
  const sz = sy * sy;
  const base: number[] = [];
  for (let k = 0; k < n; k++) for (let j = 0; j < n; j++) for (let i = 0; i < n; i++) base.push(i + sy * j + sz * k);
  return { count: base.length, padded: base.length, base: Int32Array.from(base), nodes: sz * sy, sy, sz, h };
}

function material(kind: Material['kind'], cells: number, mu = 3, kVol = 40, a = 2, pressureMultiplier = 1.5): Material {
  const f = (v: number): Float64Array => new Float64Array(cells).fill(v);
  return {
    kind,
    mu: f(mu),
    kVol: f(kVol),
    a: f(kind === 'stiffening' ? a : 0),
    pressureMultiplier: f(kind === 'stiffening' ? pressureMultiplier : 0),
  };
}

/** Nodal displacement (3 planes) of a linear map: u = (F-1) X. */
function linear(cells: Cells, F: readonly number[]): Float64Array {
  const n = cells.nodes;
  const u = new Float64Array(3 * n);
  for (let node = 0; node < n; node++) {
    const X = [node % cells.sy, Math.floor(node / cells.sy) % cells.sy, Math.floor(node / cells.sz)].map(
      (v) => v * cells.h,
    );
    for (let r = 0; r < 3; r++)
      u[node + r * n] = F[3 * r]! * X[0]! + F[3 * r + 1]! * X[1]! + F[3 * r + 2]! * X[2]! - X[r]!;
  }
  return u;
}

/** The same material with the multipliers that make p of every cell 0. */
function withoutPressure(kind: Material['kind'], cells: Cells, u: Float64Array): Material {
  const mat = material(kind, cells.count);
  const [F, K] = [new Float64Array(9), new Float64Array(9)];
  const pressureMultiplier = mat.pressureMultiplier.map((_, e) => {
    const { j1, y } = kinematics(cells, planesOf(cells, u), e, F, K);
    const { p } = evaluateLaw(kind, mat.mu[e]!, mat.a[e]!, mat.kVol[e]!, 0, j1, y);
    return kind === 'stiffening' ? -p : -p * (1 + j1);
  });
  return { ...mat, pressureMultiplier };
}

const LAWS = ['stiffening', 'neo-hookean'] as const;

describe.each(LAWS)('hexahedron with the %s law', (kind) => {
  const cells = block(2, 4);
  const mat = material(kind, cells.count);
  const wobble = (seed: number, size: number): Float64Array => {
    const random = seededRandom(seed);
    return Float64Array.from({ length: 3 * cells.nodes }, () => size * (random() - 0.5));
  };

  it('gives forces that are the gradient of the energy (central differences)', () => {
    const u = wobble(1, 1.2);
    const g = new Float64Array(u.length);
    energyAndForce(cells, mat, u, g);
    const scratch = new Float64Array(u.length);
    const e = 1e-5;
    for (let i = 0; i < u.length; i += 7) {
      const keep = u[i]!;
      u[i] = keep + e;
      const up = energyAndForce(cells, mat, u, scratch);
      u[i] = keep - e;
      const down = energyAndForce(cells, mat, u, scratch);
      u[i] = keep;
      // second-order differences of an O(100) energy in f64: about 1e-7 relative
      expect(g[i]).toBeCloseTo((up - down) / (2 * e), 4);
    }
  });

  it('has a tangent that is the derivative of the force where p is 0, so that it lacks the geometric term alone', () => {
    const u = wobble(2, 1.2);
    const mat = withoutPressure(kind, cells, u);
    const t = allocateTangent(cells.count);
    freezeTangent(cells, mat, u, t);
    const x = wobble(3, 1);
    const y = new Float64Array(x.length);
    addTangentProduct(cells, t, x, y);
    const e = 1e-6;
    const g = (s: number): Float64Array => {
      const out = new Float64Array(u.length);
      energyAndForce(
        cells,
        mat,
        u.map((v, i) => v + s * x[i]!),
        out,
      );
      return out;
    };
    const up = g(e);
    const down = g(-e);
    let worst = 0;
    let size = 0;
    for (let i = 0; i < y.length; i++) {
      worst = Math.max(worst, Math.abs(y[i]! - (up[i]! - down[i]!) / (2 * e)));
      size = Math.max(size, Math.abs(y[i]!));
    }
    expect(size).toBeGreaterThan(1);
    expect(worst / size).toBeLessThan(1e-7);

    const blocks = new Float64Array(6 * cells.nodes);
    addDiagonalBlocks(cells, t, blocks);
    const unit = new Float64Array(x.length);
    const column = new Float64Array(x.length);
    const node = 13;
    for (let c = 0; c < 3; c++) {
      unit.fill(0);
      unit[node + c * cells.nodes] = 1;
      column.fill(0);
      addTangentProduct(cells, t, unit, column);
      const slots = [
        [0, 3, 4],
        [3, 1, 5],
        [4, 5, 2],
      ][c]!;
      for (let r = 0; r < 3; r++)
        expect(column[node + r * cells.nodes]).toBeCloseTo(blocks[node + slots[r]! * cells.nodes]!, 8);
    }
  });

  it('passes the patch test: a uniform stretch leaves interior nodes without force and gives the closed-form energy', () => {
    const F = [1.1, 0.05, 0, -0.02, 0.95, 0.03, 0.01, 0, 1.02];
    const u = linear(cells, F);
    const g = new Float64Array(u.length);
    const energy = energyAndForce(cells, mat, u, g);
    const interior = 13;
    for (let c = 0; c < 3; c++) expect(Math.abs(g[interior + c * cells.nodes]!)).toBeLessThan(1e-10);
    const J =
      F[0]! * (F[4]! * F[8]! - F[5]! * F[7]!) -
      F[1]! * (F[3]! * F[8]! - F[5]! * F[6]!) +
      F[2]! * (F[3]! * F[7]! - F[4]! * F[6]!);
    const I1 = F.reduce((s, v) => s + v * v, 0);
    const x = I1 - 3 - 2 * (J - 1) + (J - 1) ** 2;
    const W =
      kind === 'stiffening'
        ? 1.5 * (I1 - 3 - 2 * (J - 1) + x ** 2) + 20 * (J - 1) ** 2 + 1.5 * (J - 1)
        : 1.5 * (I1 - 3 - 2 * Math.log(J)) + 20 * Math.log(J) ** 2;
    expect(energy / (W * 512)).toBeCloseTo(1, 10);
  });

  it('does not feel rigid motion: rotated states have the same energy', () => {
    fc.assert(
      fc.property(fc.double({ min: -3, max: 3, noNaN: true }), fc.integer({ min: 0, max: 1000 }), (angle, seed) => {
        const u = wobble(seed, 1);
        const scratch = new Float64Array(u.length);
        const before = energyAndForce(cells, mat, u, scratch);
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        const n = cells.nodes;
        const turned = u.slice();
        for (let node = 0; node < n; node++) {
          const X = (node % cells.sy) * cells.h;
          const Y = (Math.floor(node / cells.sy) % cells.sy) * cells.h;
          const x = X + u[node]!;
          const y = Y + u[node + n]!;
          turned[node] = c * x - s * y - X;
          turned[node + n] = s * x + c * y - Y;
        }
        const after = energyAndForce(cells, mat, turned, scratch);
        // the neo-Hookean energy of a random wobble is O(1000): rounding only
        expect(Math.abs(after - before)).toBeLessThan(1e-9 * Math.max(Math.abs(before), 1));
      }),
      { numRuns: 50 },
    );
  });

  it('integrates the hourglass energy exactly', () => {
    // u_x = A ξηζ in one cell of edge h: μ/2 ∫|∇u|² = μ/2 · A² · h · 4/3 by hand
    const one = block(1, 4);
    const u = new Float64Array(24);
    const A = 1e-4;
    for (let node = 0; node < 8; node++) u[node] = A * (node & 1 ? 1 : -1) * (node & 2 ? 1 : -1) * (node & 4 ? 1 : -1);
    const g = new Float64Array(24);
    const energy = energyAndForce(one, material(kind, 1), u, g);
    expect(energy / ((3 / 2) * A * A * 4 * (4 / 3))).toBeCloseTo(1, 6);
  });
});

describe('stresses of the laws against closed forms', () => {
  it('simple shear: the stiffening law gives τ = μ(1+aγ²)γ, the neo-Hookean τ = μγ', () => {
    const cells = block(1, 5);
    for (const kind of LAWS) {
      const mat = material(kind, 1, 3, 40, 2, 0);
      const gamma = 0.4;
      const u = linear(cells, [1, gamma, 0, 0, 1, 0, 0, 0, 1]);
      const g = new Float64Array(24);
      energyAndForce(cells, mat, u, g);
      // x-force on the four upper-y nodes = τ · area
      let f = 0;
      for (let node = 0; node < 8; node++) if (node & 2) f += g[node]!;
      const tau = kind === 'stiffening' ? 3 * (1 + 2 * gamma * gamma) * gamma : 3 * gamma;
      expect(f / 25).toBeCloseTo(tau, 9);
    }
  });

  it('a change of volume alone does not stiffen: x is 0 with its slope at F = 1, and nowhere negative', () => {
    // μ = 1, a = 1 and no bulk modulus: what is left over the neo-Hookean part y/2 is x²/4
    const cells = block(1, 4);
    const stiffening = (F: readonly number[]): number => {
      const energy = (a: number): number => {
        return energyAndForce(
          cells,
          material('stiffening', 1, 1, 0, a, 0),
          linear(cells, F),
          new Float64Array(3 * cells.nodes),
        );
      };
      return Math.sqrt((4 * (energy(1) - energy(0))) / cells.h ** 3);
    };
    const swollen = (e: number): number[] => [1 + e, 0, 0, 0, 1 + e, 0, 0, 0, 1 + e];
    // (J-1)² = 9 e² less 3 e² of I₁-3-2(J-1)
    for (const e of [0.01, -0.01]) expect(stiffening(swollen(e)) / (6 * e * e)).toBeCloseTo(1, 1);
    const sheared = [1, 0.1, 0, 0, 1, 0, 0, 0, 1];
    expect(stiffening(sheared)).toBeCloseTo(0.01, 9);
    fc.assert(
      fc.property(fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 9, maxLength: 9 }), (F) => {
        const J =
          F[0]! * (F[4]! * F[8]! - F[5]! * F[7]!) -
          F[1]! * (F[3]! * F[8]! - F[5]! * F[6]!) +
          F[2]! * (F[3]! * F[7]! - F[4]! * F[6]!);
        const x = F.reduce((s, v) => s + v * v, 0) - 3 - 2 * (J - 1) + (J - 1) ** 2;
        expect(x).toBeGreaterThan(-1e-9);
        expect(stiffening(F)).toBeCloseTo(x, 5);
      }),
    );
  });

  it('J and the invariants survive a cell turned inside out under the stiffening law', () => {
    const cells = block(1, 5);
    const u = linear(cells, [-0.2, 0, 0, 0, 1, 0, 0, 0, 1]);
    const g = new Float64Array(24);
    expect(Number.isFinite(energyAndForce(cells, material('stiffening', 1), u, g))).toBe(true);
    expect(energyAndForce(cells, material('neo-hookean', 1), u, g)).toBe(Number.POSITIVE_INFINITY);
    expect(kinematics(cells, planesOf(cells, u), 0, new Float64Array(9), new Float64Array(9)).j1).toBeCloseTo(-1.2, 12);
  });
});
