import type { Vec3 } from '../base/grid.ts';
import { along, cross, dot, minus, unit, vec3 } from '../base/vec.ts';
import type { Solid } from '../tool/sdf.ts';

/** Directions in which the radius of a section is given, from the first axis toward the second. */
export const SPOKES = 48;

/** A section of a limb: where its middle lies, and how far it reaches to all sides, mm. */
export interface Section {
  readonly at: Vec3;
  readonly radii: Float64Array;
}

/** Radii of an ellipse. @param turn its first half axis beside the section's first axis, rad */
export function ellipse(a: number, b: number, turn = 0): Float64Array {
  return Float64Array.from({ length: SPOKES }, (_, n) => {
    const angle = (2 * Math.PI * n) / SPOKES - turn;
    return (a * b) / Math.hypot(b * Math.cos(angle), a * Math.sin(angle));
  });
}

/** A section between two. */
export const mixed = (from: Float64Array, to: Float64Array, share: number): Float64Array =>
  from.map((r, n) => r + share * (to[n]! - r));

/**
 * A limb or a chest: sections strung on a line. The distance is that within the nearest section, which is near enough to be meshed and
 * blended.
 * @param first where the radii are counted from: a direction across the line, kept as nearly as the line's bends allow
 */
export function tube(sections: readonly Section[], first: Vec3): Solid {
  const n = sections.length;
  // per section: its middle, the way of the line, and the two axes of its plane
  const frames = new Float64Array(12 * n);
  const radii = new Float64Array(SPOKES * n);
  for (const [k, section] of sections.entries()) {
    const way = unit(minus(sections[Math.min(k + 1, n - 1)]!.at, sections[Math.max(k - 1, 0)]!.at));
    const a = unit(along(first, -dot(first, way), way));
    for (const [d, v] of [section.at, way, a, cross(way, a)].entries()) frames.set(v, 12 * k + 3 * d);
    radii.set(section.radii, SPOKES * k);
  }
  const most = Math.max(...radii);
  /** How far ahead of a section's plane a point is, mm. */
  const ahead = (k: number, x: number, y: number, z: number): number => {
    const f = 12 * k;
    return (
      (x - frames[f]!) * frames[f + 3]! + (y - frames[f + 1]!) * frames[f + 4]! + (z - frames[f + 2]!) * frames[f + 5]!
    );
  };
  /** How far outside a section's outline it is, seen along the line. */
  const outside = (k: number, x: number, y: number, z: number): number => {
    const f = 12 * k;
    const dx = x - frames[f]!;
    const dy = y - frames[f + 1]!;
    const dz = z - frames[f + 2]!;
    const u = dx * frames[f + 6]! + dy * frames[f + 7]! + dz * frames[f + 8]!;
    const v = dx * frames[f + 9]! + dy * frames[f + 10]! + dz * frames[f + 11]!;
    const at = ((Math.atan2(v, u) / (2 * Math.PI) + 1) % 1) * SPOKES;
    const low = Math.floor(at);
    const t = at - low;
    const r = radii[SPOKES * k + (low % SPOKES)]! * (1 - t) + radii[SPOKES * k + ((low + 1) % SPOKES)]! * t;
    return Math.sqrt(u * u + v * v) - r;
  };
  return {
    distance(x, y, z) {
      let best = 0;
      let least = Number.POSITIVE_INFINITY;
      for (let k = 0, f = 0; k < n; k++, f += 12) {
        const dx = x - frames[f]!;
        const dy = y - frames[f + 1]!;
        const dz = z - frames[f + 2]!;
        const far = dx * dx + dy * dy + dz * dz;
        if (far < least) {
          best = k;
          least = far;
        }
      }
      if (least > (most + 60) ** 2) return Math.sqrt(least) - most;
      const here = ahead(best, x, y, z);
      const side = outside(best, x, y, z);
      const next = best + (here > 0 ? 1 : -1);
      if (next < 0 || next >= n) {
        const beyond = Math.abs(here);
        return side > 0 ? Math.sqrt(side * side + beyond * beyond) : Math.max(beyond, side);
      }
      const there = Math.abs(ahead(next, x, y, z));
      const share = Math.abs(here) / (Math.abs(here) + there || 1);
      return side * (1 - share) + outside(next, x, y, z) * share;
    },
    min: [0, 1, 2].map((d) => Math.min(...sections.map(({ at }) => at[d]! - most))) as unknown as Vec3,
    max: [0, 1, 2].map((d) => Math.max(...sections.map(({ at }) => at[d]! + most))) as unknown as Vec3,
  };
}

/** The same solid, not looked at from afar: beyond its box, what it says there is at most the distance. */
export function fromNear(solid: Solid, margin: number): Solid {
  const { min, max, distance } = solid;
  return {
    min,
    max,
    distance(x, y, z) {
      const dx = Math.max(min[0] - x, x - max[0], 0);
      const dy = Math.max(min[1] - y, y - max[1], 0);
      const dz = Math.max(min[2] - z, z - max[2], 0);
      const far = dx * dx + dy * dy + dz * dz;
      return far > margin * margin ? Math.sqrt(far) : distance(x, y, z);
    },
  };
}

/** An ellipsoid with axes along x, y, z: near enough to its distance to be meshed and blended, and quick. */
export function ellipsoid(centre: Vec3, radii: Vec3): Solid {
  const [a, b, c] = radii;
  return {
    distance(x, y, z) {
      const px = (x - centre[0]) / a;
      const py = (y - centre[1]) / b;
      const pz = (z - centre[2]) / c;
      const out = Math.sqrt(px * px + py * py + pz * pz);
      const steep = Math.sqrt((px / a) ** 2 + (py / b) ** 2 + (pz / c) ** 2);
      return steep < 1e-9 ? -Math.min(a, b, c) : (out * (out - 1)) / steep;
    },
    min: [centre[0] - a, centre[1] - b, centre[2] - c],
    max: [centre[0] + a, centre[1] + b, centre[2] + c],
  };
}

/** Points on a smooth line from one place to another, with the directions that it has there (Hermite), `parts` + 1 of them. */
export const line = (from: Vec3, fromWay: Vec3, to: Vec3, toWay: Vec3, parts: number): Vec3[] =>
  Array.from({ length: parts + 1 }, (_, n) => {
    const t = n / parts;
    const [tt, ttt] = [t * t, t * t * t];
    return vec3(
      (d) =>
        (2 * ttt - 3 * tt + 1) * from[d] +
        (ttt - 2 * tt + t) * fromWay[d] +
        (3 * tt - 2 * ttt) * to[d] +
        (ttt - tt) * toWay[d],
    );
  });
