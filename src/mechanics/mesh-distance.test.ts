import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meshDistance } from './mesh-distance.ts';

/** A box from -a to a as twelve triangles, counter-clockwise from outside. */
function box(a: readonly [number, number, number]): { vertices: number[]; triangles: number[] } {
  const vertices = Array.from({ length: 8 }, (_, n) => [
    n & 1 ? a[0] : -a[0],
    n & 2 ? a[1] : -a[1],
    n & 4 ? a[2] : -a[2],
  ]).flat();
  const quads = [
    [0, 2, 3, 1],
    [4, 5, 7, 6],
    [0, 1, 5, 4],
    [2, 6, 7, 3],
    [0, 4, 6, 2],
    [1, 3, 7, 5],
  ];
  return { vertices, triangles: quads.flatMap(([p, q, r, s]) => [p!, q!, r!, p!, r!, s!]) };
}

const inBox = (a: readonly number[], p: readonly number[]): number => {
  const q = p.map((v, d) => Math.abs(v) - a[d]!);
  return Math.hypot(...q.map((v) => Math.max(v, 0))) + Math.min(Math.max(...q), 0);
};

describe('signed distance to triangles', () => {
  const a = [10, 7, 4] as const;
  const { vertices, triangles } = box(a);
  const distance = meshDistance(vertices, triangles);
  const near = fc.tuple(...[0, 1, 2].map((d) => fc.double({ min: -a[d]! - 11, max: a[d]! + 11, noNaN: true })));

  it('is that of a box, on faces, edges and corners, inside and out', () => {
    fc.assert(
      fc.property(near, (p) => {
        expect(distance(p[0]!, p[1]!, p[2]!)).toBeCloseTo(inBox(a, p), 9);
      }),
      { numRuns: 400 },
    );
    // straight out of a corner and an edge, where several triangles are as near
    expect(distance(13, 10, 7)).toBeCloseTo(Math.sqrt(27), 12);
    expect(distance(9, 6, 3)).toBeCloseTo(-1, 12);
  });

  it('is never longer than the way there where it is not exact', () => {
    const far = fc.tuple(...[0, 1, 2].map(() => fc.double({ min: -80, max: 80, noNaN: true })));
    fc.assert(
      fc.property(far, (p) => {
        const d = distance(p[0]!, p[1]!, p[2]!);
        expect(d).toBeLessThanOrEqual(inBox(a, p) + 1e-9);
        // and beyond the margin it is beyond it
        if (inBox(a, p) > 25) expect(d).toBeGreaterThan(11);
      }),
    );
  });

  it('knows the inside of a notch', () => {
    // an L of three boxes' outline, extruded: the reentrant edge belongs to two faces that look at each other
    const outline = [
      [0, 0],
      [20, 0],
      [20, 8],
      [8, 8],
      [8, 20],
      [0, 20],
    ];
    const points = [0, 10].flatMap((z) => outline.map(([x, y]) => [x!, y!, z]));
    const cap = [
      [0, 1, 2],
      [0, 2, 3],
      [0, 3, 4],
      [0, 4, 5],
    ];
    const faces = [
      ...cap.map(([p, q, r]) => [p!, r!, q!]),
      ...cap.map(([p, q, r]) => [p! + 6, q! + 6, r! + 6]),
      ...outline.flatMap((_, n) => {
        const next = (n + 1) % 6;
        return [
          [n, next, next + 6],
          [n, next + 6, n + 6],
        ];
      }),
    ];
    const notch = meshDistance(points.flat(), faces.flat());
    expect(notch(10, 10, 5)).toBeCloseTo(2, 12);
    expect(notch(7, 7, 5)).toBeCloseTo(-Math.SQRT2, 12);
    expect(notch(14, 14, 5)).toBeCloseTo(6, 12);
    expect(notch(4, 4, 5)).toBeCloseTo(-4, 12);
  });
});
