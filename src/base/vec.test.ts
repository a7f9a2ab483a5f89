import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Vec3 } from './grid.ts';
import { along, cross, dot, minus, pointAt, unit, vec3 } from './vec.ts';

const component = fc.double({ min: -500, max: 500, noNaN: true });
const vector: fc.Arbitrary<Vec3> = fc.tuple(component, component, component);

describe('vectors', () => {
  it('the cross product is right-handed, across both and as long as the area between them', () => {
    expect(cross([1, 0, 0], [0, 1, 0])).toEqual([0, 0, 1]);
    expect(cross([0, 2, 0], [0, 0, 3])).toEqual([6, 0, 0]);
    fc.assert(
      fc.property(vector, vector, (a, b) => {
        const c = cross(a, b);
        // rounding of products of lengths up to 1000
        for (const v of [a, b]) expect(Math.abs(dot(c, v))).toBeLessThan(1e-6);
        expect(dot(c, c) + dot(a, b) ** 2).toBeCloseTo(dot(a, a) * dot(b, b), -3);
      }),
    );
  });

  it('sums run from x to z, whatever the size of the parts', () => {
    // in any other order the small one is lost or kept
    expect(dot([1e16, 1, -1e16], [1, 1, 1])).toBe(0);
    expect(dot([1e16, -1e16, 1], [1, 1, 1])).toBe(1);
  });

  it('a direction has length 1, and nothing has none', () => {
    expect(unit([0, -3, 4])).toEqual([0, -0.6, 0.8]);
    expect(unit([0, 0, 0])).toEqual([0, 0, 0]);
  });

  it('a point goes along a direction and the difference leads back', () => {
    expect(along([1, 2, 3], 2, [10, 20, 30])).toEqual([21, 42, 63]);
    expect(minus([21, 42, 63], [1, 2, 3])).toEqual([20, 40, 60]);
    expect(pointAt([0, 0, 0, 7, 8, 9], 3)).toEqual([7, 8, 9]);
    expect(vec3((axis) => 10 * axis)).toEqual([0, 10, 20]);
  });
});
