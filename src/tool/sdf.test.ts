import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../base/grid.ts';
import { seededRandom } from '../base/random.ts';
import {
  arcRod,
  blend,
  capsule,
  cylinder,
  disc,
  ellipsoid,
  extrude,
  mirrored,
  moved,
  outlineUnion,
  polygon,
  roundCone,
  roundedBox,
  type Solid,
  sphere,
  stretchedY,
  turned,
  turnPoint,
  union,
} from './sdf.ts';

const wedge = outlineUnion(
  polygon([
    [-40, 0],
    [20, 0],
    [20, 30],
    [-10, 40],
  ]),
  disc([5, 30], 18),
);

const SOLIDS: Readonly<Record<string, Solid>> = {
  sphere: sphere([3, -5, 7], 20),
  ellipsoid: ellipsoid([2, 1, -4], [18, 25, 20]),
  'flat ellipsoid': ellipsoid([0, 0, 0], [10, 8, 3]),
  capsule: capsule([-10, 5, 0], [20, -5, 30], 9),
  'round cone': roundCone([0, 0, -20], [5, 8, 30], 25, 9),
  'swallowed cone': roundCone([0, 0, 0], [5, 0, 0], 25, 9),
  'rounded box': roundedBox([1, 2, 3], [30, 12, 8], 5),
  'fully rounded box': roundedBox([1, 2, 3], [8, 12, 30], 50),
  'cylinder x': cylinder('x', [0, 0, 10], 15, 40, 4),
  'cylinder y': cylinder('y', [0, 3, 10], 15, 40, 0),
  'cylinder z': cylinder('z', [2, 0, 10], 15, 9, 6),
  'arc rod': arcRod([5, -3], 30, -0.4, 1.9, 7),
  'wide arc rod': arcRod([0, 0], 25, 0.3, 5.6, 6),
  wedge: extrude(wedge, 30, 6),
  'wedge with sharp rims': extrude(wedge, 30, 0),
  union: union(sphere([0, 0, 0], 15), roundedBox([20, 0, 0], [10, 10, 10], 2)),
  blend: blend(12, sphere([0, 0, 0], 15), roundedBox([20, 0, 0], [10, 10, 10], 2), capsule([0, 0, 0], [0, 30, 0], 5)),
  mirrored: mirrored(roundCone([30, 0, 0], [35, 0, 40], 20, 10)),
  stretched: stretchedY(roundCone([0, 0, 0], [10, 0, 40], 20, 10), 8),
  turned: turned(roundedBox([5, 0, 5], [30, 12, 8], 3), 0.6, 4, 2),
  moved: moved(sphere([0, 0, 0], 12), 5, 6, -7),
};
/** Those whose value is the true distance outside: all but the ones with a fillet or with a rounded rim on sharp corners. */
const EXACT = Object.keys(SOLIDS).filter((name) => name !== 'blend' && name !== 'wedge');

const point = fc.tuple(
  fc.double({ min: -90, max: 90, noNaN: true }),
  fc.double({ min: -90, max: 90, noNaN: true }),
  fc.double({ min: -90, max: 90, noNaN: true }),
);
const at = (s: Solid, p: Vec3): number => s.distance(p[0], p[1], p[2]);
const apart = (p: Vec3, q: Vec3): number => Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);

/** Central differences over 2·10⁻⁴ mm: good to about 10⁻⁷ where the surface is smooth. */
function gradient(s: Solid, [x, y, z]: Vec3): Vec3 {
  const e = 1e-4;
  return [
    (s.distance(x + e, y, z) - s.distance(x - e, y, z)) / (2 * e),
    (s.distance(x, y + e, z) - s.distance(x, y - e, z)) / (2 * e),
    (s.distance(x, y, z + e) - s.distance(x, y, z - e)) / (2 * e),
  ];
}

describe.each(Object.entries(SOLIDS))('%s', (name, solid) => {
  it('never changes faster than the point moves, near and far', () => {
    fc.assert(
      fc.property(point, point, (p, q) => {
        expect(Math.abs(at(solid, p) - at(solid, q))).toBeLessThanOrEqual(apart(p, q) * (1 + 1e-6) + 1e-9);
      }),
    );
    // and over short steps, where the slope itself shows
    fc.assert(
      fc.property(point, point, (p, d) => {
        const q: Vec3 = [p[0] + d[0] / 200, p[1] + d[1] / 200, p[2] + d[2] / 200];
        expect(Math.abs(at(solid, p) - at(solid, q))).toBeLessThanOrEqual(apart(p, q) * (1 + 1e-6) + 1e-9);
      }),
    );
  });

  it('is inside its box, and the box is not much too large', () => {
    const random = seededRandom(7);
    const seen = { min: [Infinity, Infinity, Infinity], max: [-Infinity, -Infinity, -Infinity] };
    for (let n = 0; n < 60_000; n++) {
      const p = [0, 1, 2].map((i) => {
        const [low, high] = [solid.min[i]! - 5, solid.max[i]! + 5];
        return low + (high - low) * random();
      }) as unknown as Vec3;
      if (at(solid, p) > 0) continue;
      for (const i of [0, 1, 2]) {
        seen.min[i] = Math.min(seen.min[i]!, p[i]!);
        seen.max[i] = Math.max(seen.max[i]!, p[i]!);
      }
    }
    // a blend's box has the room of two fillets of width/4 each; a turned box keeps its rounded corners' room
    const room = name === 'blend' ? 6 : name === 'turned' ? 2 : 0;
    for (const i of [0, 1, 2]) {
      expect(seen.min[i]).toBeGreaterThanOrEqual(solid.min[i]! - 1e-9);
      expect(seen.max[i]).toBeLessThanOrEqual(solid.max[i]! + 1e-9);
      // random points miss the last few millimetres of a rounded end
      expect(seen.min[i]).toBeLessThan(solid.min[i]! + 4 + room);
      expect(seen.max[i]).toBeGreaterThan(solid.max[i]! - 4 - room);
    }
  });
});

describe('true distance', () => {
  it.each(EXACT)('outside %s a step of the distance along the gradient lands on the surface', (name) => {
    const solid = SOLIDS[name]!;
    const random = seededRandom(11);
    let checked = 0;
    let off = 0;
    while (checked < 400) {
      const p = [0, 0, 0].map(() => -90 + 180 * random()) as unknown as Vec3;
      const d = at(solid, p);
      if (d <= 0.01) continue;
      checked++;
      const g = gradient(solid, p);
      const foot: Vec3 = [p[0] - d * g[0], p[1] - d * g[1], p[2] - d * g[2]];
      if (Math.abs(at(solid, foot)) > 1e-3) off++;
    }
    // one point in 400 may sit on a ridge, where the nearest point jumps and the central difference straddles the jump
    expect(off).toBeLessThanOrEqual(1);
  });

  it.each(['sphere', 'ellipsoid', 'flat ellipsoid', 'capsule', 'round cone', 'rounded box', 'cylinder z', 'arc rod'])(
    'inside %s the same holds',
    (name) => {
      const solid = SOLIDS[name]!;
      const random = seededRandom(12);
      let checked = 0;
      let off = 0;
      while (checked < 300) {
        const p = [0, 1, 2].map((i) => solid.min[i]! + (solid.max[i]! - solid.min[i]!) * random()) as unknown as Vec3;
        const d = at(solid, p);
        if (d >= -0.01) continue;
        checked++;
        const g = gradient(solid, p);
        const foot: Vec3 = [p[0] - d * g[0], p[1] - d * g[1], p[2] - d * g[2]];
        if (Math.abs(at(solid, foot)) > 1e-3) off++;
      }
      expect(off).toBeLessThanOrEqual(1);
    },
  );
});

describe('closed forms', () => {
  it('sphere, capsule and box at points worked out by hand', () => {
    expect(at(SOLIDS.sphere!, [3, -5, 37])).toBeCloseTo(10, 12);
    expect(at(SOLIDS.sphere!, [3, -5, 7])).toBeCloseTo(-20, 12);
    const rod = capsule([0, 0, 0], [0, 0, 40], 5);
    expect(at(rod, [13, 0, 20])).toBeCloseTo(8, 12);
    expect(at(rod, [3, 0, 44])).toBeCloseTo(0, 12);
    const box = roundedBox([0, 0, 0], [10, 10, 10], 2);
    expect(at(box, [25, 0, 0])).toBeCloseTo(15, 12);
    expect(at(box, [0, 0, 7])).toBeCloseTo(-3, 12);
    expect(at(box, [11, 12, 8])).toBeCloseTo(3, 12);
  });

  it('a round cone is the union of the spheres that slide along its axis', () => {
    const cone = SOLIDS['round cone']!;
    const random = seededRandom(3);
    for (let n = 0; n < 200; n++) {
      const p = [0, 0, 0].map(() => -80 + 160 * random()) as unknown as Vec3;
      let nearest = Infinity;
      for (let k = 0; k <= 2000; k++) {
        const t = k / 2000;
        nearest = Math.min(nearest, apart(p, [5 * t, 8 * t, -20 + 50 * t]) - (25 - 16 * t));
      }
      // inside, the nearest of the spheres' surfaces is the union's boundary for points beyond it only
      if (nearest > 0) expect(at(cone, p)).toBeCloseTo(nearest, 3);
      else expect(at(cone, p)).toBeLessThanOrEqual(1e-3);
    }
  });

  it('an ellipsoid agrees with a search over its surface, and a sphere is a special case', () => {
    const radii: Vec3 = [18, 25, 11];
    const solid = ellipsoid([0, 0, 0], radii);
    const random = seededRandom(5);
    const surface = (u: number, v: number): Vec3 => [
      radii[0] * Math.cos(u) * Math.cos(v),
      radii[1] * Math.sin(u) * Math.cos(v),
      radii[2] * Math.sin(v),
    ];
    for (let n = 0; n < 60; n++) {
      const p = [0, 0, 0].map(() => -40 + 80 * random()) as unknown as Vec3;
      let best = Infinity;
      let [u, v] = [0, 0];
      for (let i = 0; i < 72; i++)
        for (let j = -18; j <= 18; j++) {
          const d = apart(p, surface((i * Math.PI) / 36, (j * Math.PI) / 36));
          if (d < best) [best, u, v] = [d, (i * Math.PI) / 36, (j * Math.PI) / 36];
        }
      for (let h = 0.05; h > 1e-8; h /= 1.5)
        for (let k = 0; k < 40; k++) {
          const [du, dv] = [h * (2 * random() - 1), h * (2 * random() - 1)];
          const d = apart(p, surface(u + du, v + dv));
          if (d < best) [best, u, v] = [d, u + du, v + dv];
        }
      // the random descent is good to about 10⁻⁶ mm
      expect(Math.abs(at(solid, p))).toBeCloseTo(best, 4);
      const level = (p[0] / radii[0]) ** 2 + (p[1] / radii[1]) ** 2 + (p[2] / radii[2]) ** 2;
      expect(Math.sign(at(solid, p))).toBe(Math.sign(level - 1));
    }
    const round = ellipsoid([0, 0, 0], [20, 20, 20]);
    fc.assert(
      fc.property(point, (p) => {
        expect(at(round, p)).toBeCloseTo(Math.hypot(...p) - 20, 3);
      }),
    );
  });

  it('an ellipsoid is right in its planes of symmetry, where the formula is singular', () => {
    const solid = ellipsoid([0, 0, 0], [18, 25, 11]);
    expect(at(solid, [0, 0, 0])).toBeCloseTo(-11, 4);
    expect(at(solid, [0, 0, 16])).toBeCloseTo(5, 4);
    expect(at(solid, [30, 0, 0])).toBeCloseTo(12, 4);
    // on the long axis inside, the nearest points are off the axis: q_y = a²y/(a²-c²)
    const y = 10;
    const qy = (625 * y) / (625 - 121);
    expect(at(solid, [0, y, 0])).toBeCloseTo(-Math.hypot(qy - y, 11 * Math.sqrt(1 - (qy / 25) ** 2)), 4);
  });

  it('a blend is the plain minimum where the distances differ by its width, and a fillet elsewhere', () => {
    const [a, b] = [sphere([0, 0, 0], 10), sphere([16, 0, 0], 10)];
    const joined = blend(8, a, b);
    expect(at(joined, [-10, 0, 0])).toBeCloseTo(at(a, [-10, 0, 0]), 12);
    expect(at(joined, [8, 0, 0])).toBeCloseTo(at(a, [8, 0, 0]) - 8 / 4, 12);
    expect(at(blend(1e-9, a, b), [8, 9, 1])).toBeCloseTo(at(union(a, b), [8, 9, 1]), 8);
  });

  it('turning is clockwise with x to the right and z up, for points and for solids alike', () => {
    const [x, z] = turnPoint(0, 10, Math.PI / 2, 0, 0);
    expect([x, z]).toEqual([expect.closeTo(10, 12), expect.closeTo(0, 12)]);
    const bead = turned(sphere([0, 0, 10], 2), 0.7, 3, 1);
    const [bx, bz] = turnPoint(0, 10, 0.7, 3, 1);
    expect(bead.distance(bx, 0, bz)).toBeCloseTo(-2, 12);
  });
});
