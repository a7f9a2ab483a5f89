import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { addFoldBarrier, FOLD_AT, foldStiffening } from './fold-barrier.ts';

const H = 5;
const MU = 3;

/** Nodes of a cell of edge H (x fastest), moved by up to `size` mm each way. */
function crumpled(seed: number, size: number): number[][] {
  const random = seededRandom(seed);
  return Array.from({ length: 8 }, (_, n) =>
    [n & 1, (n >> 1) & 1, n >> 2].map((corner) => corner * H + size * (2 * random() - 1)),
  );
}

/** Walsh–Hadamard modes of the displacement of nodes at places x, by their definition. */
function modesOf(x: readonly number[][]): Float64Array {
  const m = new Float64Array(21);
  for (let n = 0; n < 8; n++) {
    const [a, b, c] = [n & 1 ? 1 : -1, n & 2 ? 1 : -1, n & 4 ? 1 : -1];
    for (let i = 0; i < 3; i++) {
      const u = x[n]![i]! - [n & 1, (n >> 1) & 1, n >> 2][i]! * H;
      [a, b, c, a * b, a * c, b * c, a * b * c].forEach((sign, k) => {
        m[7 * i + k] = m[7 * i + k]! + sign * u;
      });
    }
  }
  return m;
}

const det = (a: number[], b: number[], c: number[]): number =>
  a[0]! * (b[1]! * c[2]! - b[2]! * c[1]!) -
  a[1]! * (b[0]! * c[2]! - b[2]! * c[0]!) +
  a[2]! * (b[0]! * c[1]! - b[1]! * c[0]!);

/** Jacobian at a corner from the three edges that meet there, and the mean over the cell's mean gradient. */
function jacobians(x: readonly number[][]): { corners: number[]; mean: number } {
  const along = (n: number, axis: number): number[] => {
    const low = n & ~(1 << axis);
    return [0, 1, 2].map((i) => (x[low | (1 << axis)]![i]! - x[low]![i]!) / H);
  };
  const mean = (axis: number): number[] =>
    [0, 1, 2].map((i) => x.reduce((sum, p, n) => sum + (n & (1 << axis) ? 1 : -1) * p[i]!, 0) / (4 * H));
  return {
    corners: x.map((_, n) => det(along(n, 0), along(n, 1), along(n, 2))),
    mean: det(mean(0), mean(1), mean(2)),
  };
}

const places = fc.record({ seed: fc.integer(), size: fc.double({ min: 0.1, max: 4, noNaN: true }) });

describe('barrier against folding', () => {
  it('is what the corners’ Jacobians say it is: nothing, forces included, until one falls below the share', () => {
    let paid = 0;
    fc.assert(
      fc.property(places, ({ seed, size }) => {
        const x = crumpled(seed, size);
        const { corners, mean } = jacobians(x);
        const expected = corners.reduce((sum, J) => {
          const r = Math.max(0, FOLD_AT * mean - J);
          return sum + ((H ** 3 * 20 * MU) / 8) * 0.5 * r * r * (1 + 0.5 * (r / FOLD_AT) ** 2);
        }, 0);
        const forces = new Float64Array(21);
        expect(addFoldBarrier(modesOf(x), MU, H, forces)).toBeCloseTo(expected, 8);
        if (expected > 0) paid++;
        expect(forces.some((f) => f !== 0)).toBe(expected > 0);
        expect(foldStiffening(modesOf(x), H) > 1).toBe(expected > 0);
      }),
      { numRuns: 500 },
    );
    // both kinds were among the cases
    expect(paid).toBeGreaterThan(50);
    expect(paid).toBeLessThan(450);
  });

  it('gives forces that are the gradient of its energy (central differences)', () => {
    const m = modesOf(crumpled(7, 3.2));
    const forces = new Float64Array(21);
    const e = 1e-5;
    expect(addFoldBarrier(m, MU, H, forces)).toBeGreaterThan(1);
    for (let k = 0; k < 21; k++) {
      const at = (d: number): number => {
        const moved = m.slice();
        moved[k] = moved[k]! + d;
        return addFoldBarrier(moved, MU, H, new Float64Array(21));
      };
      expect(forces[k]).toBeCloseTo((at(e) - at(-e)) / (2 * e), 4);
    }
  });

  it('does not see a rotation', () => {
    fc.assert(
      fc.property(places, fc.double({ min: 0, max: 6, noNaN: true }), ({ seed, size }, angle) => {
        const x = crumpled(seed, size);
        const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
        const turned = x.map(([a, b, c]) => [
          cos * a! - sin * b!,
          0.6 * (sin * a! + cos * b!) - 0.8 * c!,
          0.8 * (sin * a! + cos * b!) + 0.6 * c!,
        ]);
        const energy = (y: readonly number[][]): number => addFoldBarrier(modesOf(y), MU, H, new Float64Array(21));
        expect(energy(turned)).toBeCloseTo(energy(x), 6);
      }),
    );
  });
});
