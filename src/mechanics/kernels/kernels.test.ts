import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../base/random.ts';
import type { Cells, Material, Tangent } from '../element.ts';
import { allocateTangent, freezeTangent } from '../element.ts';
import { type Kernels, referenceKernels, wasmKernels } from './kernels.ts';

/** 5×4×3 cells with every 7th missing, so that some pairs of cells are neighbours and some are not; an odd number of them. */
function scene(k: Kernels): {
  cells: Cells;
  material: Material;
  tangent: Tangent;
  vector: (seed: number) => Float64Array;
} {
  const [nx, ny, nz] = [5, 4, 3];
  const sy = nx + 1;
  const sz = sy * (ny + 1);
  const nodes = sz * (nz + 1);
  const list: number[] = [];
  for (let c = 0; c < nx * ny * nz; c++)
    if (c % 7 !== 3) list.push((c % nx) + sy * (Math.floor(c / nx) % ny) + sz * Math.floor(c / (nx * ny)));
  const count = list.length;
  const padded = count + (count & 1);
  const base = k.i32(padded);
  base.set(list);
  if (padded > count) base[count] = base[count - 1]!;
  const cells: Cells = { count, padded, base, nodes, sy, sz, h: 4 };
  const random = seededRandom(5);
  const fill = (scale: number): Float64Array => {
    const a = k.f64(padded);
    for (let e = 0; e < count; e++) a[e] = scale * (0.2 + random());
    return a;
  };
  const material: Material = { kind: 'stiffening', mu: fill(5), a: fill(3), lam: fill(50), q: fill(2) };
  const vector = (seed: number): Float64Array => {
    const r = seededRandom(seed);
    const v = k.f64(3 * nodes);
    for (let i = 0; i < v.length; i++) v[i] = r() - 0.5;
    return v;
  };
  const tangent = allocateTangent(padded, k.f64);
  freezeTangent(cells, material, vector(1), tangent);
  return { cells, material, tangent, vector };
}

/** Largest difference over largest value: sums in another order differ by some rounding errors, never more. */
const difference = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let worst = 0;
  let size = 0;
  for (let i = 0; i < a.length; i++) {
    worst = Math.max(worst, Math.abs(a[i]! - b[i]!));
    size = Math.max(size, Math.abs(a[i]!));
  }
  expect(size).toBeGreaterThan(0);
  return worst / size;
};
const ROUNDING = 1e-13;

describe('the WebAssembly kernels against the TypeScript reference', () => {
  const editions = [referenceKernels(), wasmKernels(4e6)] as const;

  it('has an odd number of cells in the test scene, so that padding is used', () => {
    expect(scene(editions[0]).cells.count % 2).toBe(1);
  });

  it('energy and force', () => {
    const [a, b] = editions.map((k) => {
      const { cells, material, vector } = scene(k);
      const g = vector(2).fill(0);
      return { energy: k.energyAndForce(cells, material, vector(3), g), g };
    });
    expect(Math.abs(a!.energy / b!.energy - 1)).toBeLessThan(ROUNDING);
    expect(difference(a!.g, b!.g)).toBeLessThan(ROUNDING);
  });

  it('tangent product', () => {
    const [a, b] = editions.map((k) => {
      const { cells, tangent, vector } = scene(k);
      const y = vector(2).fill(0);
      k.addTangentProduct(cells, tangent, vector(3), y);
      return y;
    });
    expect(difference(a!, b!)).toBeLessThan(ROUNDING);
  });

  it.each([true, false])('smoothing step, fresh = %s', (fresh) => {
    const [a, b] = editions.map((k) => {
      const { cells, vector } = scene(k);
      const inverse = k.f64(6 * cells.nodes);
      inverse.set([...vector(7), ...vector(8)]);
      const runs = k.i32(6);
      runs.set([0, 5, 7, 8, 11, cells.nodes]);
      const [d, x] = [vector(5), vector(6)];
      k.smoothStep(runs, inverse, vector(4), d, x, 0.3, 0.7, fresh);
      return [...d, ...x];
    });
    expect(difference(a!, b!)).toBeLessThan(ROUNDING);
  });

  it('vectors and transfers', () => {
    const [a, b] = editions.map((k) => {
      const { cells, vector } = scene(k);
      const y = vector(2);
      k.axpy(0.7, vector(3), y);
      const active = k.i32(4);
      active.set([0, 3, 5, 9]);
      const map = k.i32(32);
      map.set(Array.from({ length: 32 }, (_, i) => (i * 5) % 11));
      const coarse = k.f64(33);
      k.restrict(active, map, y, coarse, 3);
      const back = k.f64(3 * cells.nodes);
      k.prolong(active, map, coarse, back);
      return [...y, ...coarse, ...back, k.dot(y, vector(4))];
    });
    expect(difference(a!, b!)).toBeLessThan(ROUNDING);
  });

  it('the module in the package is the one that the source compiles to', () => {
    const script = fileURLToPath(new URL('../../../scripts/build-kernels.mjs', import.meta.url));
    expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'ignore' })).not.toThrow();
  });
});
