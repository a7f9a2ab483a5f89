import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDirection, fibreLevels, slopeWeights } from './fibre-levels.ts';
import { evaluateFibre } from './fibres.ts';

const k1 = fc.double({ min: 0.1, max: 1e4, noNaN: true });
const k2 = fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 500, noNaN: true }));
const tension = fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 500, noNaN: true }));
/** I₄ − 1, up to beyond where the exponential ends. */
const strain = fc.double({ min: -0.9, max: 3, noNaN: true });

describe('the law of a fibre', () => {
  it('pulls with the slope of its energy by the length, and its tangent is the slope of the pull', () => {
    fc.assert(
      fc.property(k1, k2, tension, strain, (a, b, T, e) => {
        // at 0, and where the exponential ends, the second derivative jumps
        const end = b > 0 ? Math.sqrt(10 / b) : Number.POSITIVE_INFINITY;
        fc.pre(Math.abs(e) > 0.03 && Math.abs(e - end) > 1e-3);
        const stretch = Math.sqrt(1 + e);
        const d = 1e-6 * stretch;
        const at = (l: number): { energy: number; force: number } => {
          const { energy, pull } = evaluateFibre(a, b, T, l * l - 1);
          return { energy, force: pull * l };
        };
        const [low, high] = [at(stretch - d), at(stretch + d)];
        const { pull, stiffening } = evaluateFibre(a, b, T, e);
        const force = pull * stretch;
        const tangent = pull + stiffening * stretch * stretch;
        const near = (x: number, y: number, scale: number): void =>
          expect(Math.abs(x - y)).toBeLessThanOrEqual(1e-4 * Math.abs(y) + 1e-5 * scale);
        near((high.energy - low.energy) / (2 * d), force, Math.abs(at(stretch).energy) + T);
        near((high.force - low.force) / (2 * d), tangent, Math.abs(force) + T);
        // never a push, and never softer when it is longer
        expect(force).toBeGreaterThanOrEqual(0);
        expect(tangent).toBeGreaterThanOrEqual(-1e-9 * (Math.abs(force) + T));
        if (e < 0) expect(force).toBeCloseTo(T, 9);
      }),
    );
  });

  it('is continuous where the exponential ends', () => {
    fc.assert(
      fc.property(k1, fc.double({ min: 0.5, max: 500, noNaN: true }), (a, b) => {
        const end = Math.sqrt(10 / b);
        const [below, above] = [1 - 1e-9, 1 + 1e-9].map((s) => ({ ...evaluateFibre(a, b, 0, s * end) }));
        expect(above!.energy / below!.energy).toBeCloseTo(1, 6);
        expect(above!.pull / below!.pull).toBeCloseTo(1, 6);
        expect(above!.stiffening / below!.stiffening).toBeCloseTo(1, 6);
      }),
    );
  });
});

/** Unit vectors. */
const direction = fc
  .tuple(...Array.from({ length: 3 }, () => fc.double({ min: -1, max: 1, noNaN: true })))
  .filter((v) => Math.hypot(...v) > 0.1)
  .map((v) => v.map((x) => x / Math.hypot(...v)));
const place = fc.tuple(...Array.from({ length: 3 }, () => fc.double({ min: 0, max: 1, noNaN: true })));

describe('fibres on the levels of the preconditioner', () => {
  it('weights are the slope of the trilinear field along the fibre', () => {
    fc.assert(
      fc.property(
        place,
        direction,
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }),
        (x, a, u) => {
          const edges = [3, 4, 5] as const;
          const level = {
            count: 1,
            cell: new Int32Array(3),
            place: Float64Array.from(x),
            along: Float64Array.from(a),
            edges,
            parent: new Int32Array(0),
          };
          const w = new Float64Array(8);
          slopeWeights(level, 0, w);
          const field = (y: readonly number[]): number =>
            u.reduce((sum, v, n) => sum + v * y.reduce((p, t, d) => p * ((n >> d) & 1 ? t : 1 - t), 1), 0);
          const d = 1e-5;
          const moved = (s: number): number => field(x.map((t, c) => t + (s * a[c]!) / edges[c]!));
          const slope = u.reduce((sum, v, n) => sum + v * w[n]!, 0);
          expect(slope).toBeCloseTo((moved(d) - moved(-d)) / (2 * d), 6);
        },
      ),
    );
  });

  it('what stretches all along one direction stretches their sum on every level; volumes and mean places stay', () => {
    const fibre = fc.record({
      cell: fc.tuple(fc.nat(6), fc.nat(4), fc.nat(0)),
      place,
      volume: fc.double({ min: 0.1, max: 9, noNaN: true }),
      family: fc.nat(2),
      back: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(fibre, { minLength: 1, maxLength: 40 }),
        fc.array(direction, { minLength: 3, maxLength: 3 }),
        (list, families) => {
          const grids = [
            { size: [7, 5, 1] as const, kept: 4 },
            { size: [4, 3, 1] as const, kept: 4 },
            { size: [2, 2, 1] as const, kept: 4 },
          ];
          const levels = fibreLevels(
            {
              count: list.length,
              cell: Int32Array.from(list.flatMap((f) => f.cell)),
              place: Float64Array.from(list.flatMap((f) => f.place)),
              along: Float64Array.from(list.flatMap((f) => families[f.family]!.map((v) => (f.back ? -v : v)))),
              volume: Float64Array.from(list.map((f) => f.volume)),
              family: list.map((f) => f.family),
            },
            grids,
            2,
          );
          let of = list.map((f) => f.family);
          let volume = list.map((f) => f.volume);
          const mean = ({ cell, place: p, edges, count }: (typeof levels)[number]): number[] => {
            const sum = [0, 0, 0];
            for (let s = 0; s < count; s++)
              for (let d = 0; d < 3; d++)
                sum[d] = sum[d]! + volume[s]! * edges[d]! * (cell[3 * s + d]! + p[3 * s + d]!);
            return sum;
          };
          const first = mean(levels[0]!);
          levels.slice(0, -1).forEach((level, l) => {
            const next = levels[l + 1]!;
            const [ofNext, sums] = [new Array<number>(next.count), new Array<number>(next.count).fill(0)];
            level.parent.forEach((p, s) => {
              ofNext[p] = of[s]!;
              sums[p] = sums[p]! + volume[s]!;
            });
            [of, volume] = [ofNext, sums];
            for (let s = 0; s < next.count; s++) {
              // of one family all are along one line, whichever end came first
              const along = next.along.subarray(3 * s, 3 * s + 3);
              const cos = families[of[s]!]!.reduce((sum, v, d) => sum + v * along[d]!, 0);
              expect(Math.abs(cos)).toBeCloseTo(1, 9);
            }
            mean(next).forEach((v, d) => {
              expect(Math.abs(v - first[d]!)).toBeLessThan(1e-9 * (1 + first[d]!));
            });
          });
        },
      ),
    );
  });

  it('a direction is added to a sum by the end that is nearer', () => {
    const sum = new Float64Array(3);
    addDirection(sum, 0, 2, [1, 0, 0], 0);
    addDirection(sum, 0, 3, [-1, 0, 0], 0);
    expect([...sum]).toEqual([5, 0, 0]);
  });
});
