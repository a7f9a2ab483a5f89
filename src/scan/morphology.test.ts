import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Vec3 } from '../base/grid.ts';
import { dilate, erode, type Mask } from './morphology.ts';

/** Squared distance from each cell to the nearest one of a value, by looking at all of them. */
function slowSquares(mask: Mask, [nx, ny]: Vec3, target: 0 | 1): number[] {
  const place = (c: number) => [c % nx, Math.floor(c / nx) % ny, Math.floor(c / (nx * ny))] as const;
  const cells = [...mask.keys()];
  const targets = cells.filter((c) => mask[c] === target).map(place);
  return cells.map((c) => {
    const [i, j, k] = place(c);
    return Math.min(...targets.map(([a, b, d]) => (a - i) ** 2 + (b - j) ** 2 + (d - k) ** 2));
  });
}

it('grows and shrinks by exactly a radius, whole or not, in volumes of any size and with few or many cells', () => {
  const volume = fc
    .tuple(fc.integer({ min: 1, max: 11 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 10 }))
    .chain((size) =>
      fc.tuple(
        fc.constant<Vec3>(size),
        fc.array(fc.integer({ min: 0, max: 99 }), {
          minLength: size[0] * size[1] * size[2],
          maxLength: size[0] * size[1] * size[2],
        }),
        fc.constantFrom(1, 10, 50, 90, 99),
        fc.constantFrom(0, 0.9, 1, Math.SQRT2, 2, 2.5, 3, 4.3, 20),
      ),
    );
  fc.assert(
    fc.property(volume, ([size, draws, share, radius]) => {
      const mask = Uint8Array.from(draws, (d) => (d < share ? 1 : 0));
      const near = slowSquares(mask, size, 1);
      const inside = slowSquares(mask, size, 0);
      expect([...dilate(mask, size, radius)]).toEqual(near.map((d) => (d <= radius * radius ? 1 : 0)));
      expect([...erode(mask, size, radius)]).toEqual(inside.map((d) => (d > radius * radius ? 1 : 0)));
    }),
    { numRuns: 300, seed: 5 },
  );
});
