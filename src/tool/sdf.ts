import { cos, sin } from '../base/elementary.ts';
import type { Vec3 } from '../base/grid.ts';

/**
 * Signed distances for rigid shapes, mm: negative inside, positive outside, never changing faster than the point moves
 * (Lipschitz constant 1). Outside, a primitive gives the true distance unless its own comment says otherwise. A union may
 * say less depth inside than there is, a blend less of either near its fillet; neither ever says more. Nothing is allocated inside distance(): it is called millions of times in a solve.
 *
 * The constructions are the classical ones (I. Quilez, "Distance functions" and "Smooth minimum", iquilezles.org;
 * J. C. Hart, "Sphere tracing", Visual Computer 1996;12:527–545), derived here from the geometry.
 */
export interface Solid {
  distance(x: number, y: number, z: number): number;
  /** Corners of a box that holds the solid. */
  readonly min: Vec3;
  readonly max: Vec3;
}

const hypot2 = (a: number, b: number): number => Math.sqrt(a * a + b * b);
const hypot3 = (a: number, b: number, c: number): number => Math.sqrt(a * a + b * b + c * c);

export function sphere(centre: Vec3, radius: number): Solid {
  const [cx, cy, cz] = centre;
  return {
    distance: (x, y, z) => hypot3(x - cx, y - cy, z - cz) - radius,
    min: [cx - radius, cy - radius, cz - radius],
    max: [cx + radius, cy + radius, cz + radius],
  };
}

/**
 * Ellipsoid with axes along x, y, z: the true distance, also inside.
 * The nearest surface point of p is qᵢ = aᵢ²pᵢ/(t + aᵢ²), where S(t) = Σ (aᵢpᵢ/(t + aᵢ²))² = 1 (Lagrange multiplier t,
 * negative inside; D. Eberly, "Distance from a point to an ellipse, an ellipsoid, or a hyperellipsoid",
 * geometrictools.com). Newton on S^(-1/2) - 1, which rises and is concave in t, climbs to the root from the left
 * without overshoot (J. J. Moré, D. C. Sorensen, SIAM J Sci Stat Comput 1983;4:553–572) and needs two to five steps.
 */
export function ellipsoid(centre: Vec3, radii: Vec3): Solid {
  const [cx, cy, cz] = centre;
  const [a, b, c] = radii;
  const [aa, bb, cc] = [a * a, b * b, c * c];
  // keeps points in a symmetry plane off the singular end of S; moves them by less than 0.0001 mm
  const tiny = 1e-6 * Math.min(a, b, c);
  return {
    distance(x, y, z) {
      const px = Math.max(Math.abs(x - cx), tiny);
      const py = Math.max(Math.abs(y - cy), tiny);
      const pz = Math.max(Math.abs(z - cz), tiny);
      // here one term of S is 1 and the others are at most 1, so the root is to the right and near
      let t = Math.max(a * px - aa, b * py - bb, c * pz - cc);
      for (let i = 0; i < 24; i++) {
        const u = 1 / (t + aa);
        const v = 1 / (t + bb);
        const w = 1 / (t + cc);
        const su = a * px * u;
        const sv = b * py * v;
        const sw = c * pz * w;
        const s = su * su + sv * sv + sw * sw;
        const step = (s * (Math.sqrt(s) - 1)) / (su * su * u + sv * sv * v + sw * sw * w);
        t += step;
        if (step <= 1e-12 * (t + aa + bb + cc)) break;
      }
      return t * hypot3(px / (t + aa), py / (t + bb), pz / (t + cc));
    },
    min: [cx - a, cy - b, cz - c],
    max: [cx + a, cy + b, cz + c],
  };
}

/** Everything within radius of the segment from one point to the other. */
export function capsule(from: Vec3, to: Vec3, radius: number): Solid {
  return roundCone(from, to, radius, radius);
}

/**
 * Hull of two spheres. In the half plane through the axis (s along it, q away from it) the outline is two circles and
 * their common tangent; sin of the tangent's slope is (r₀ - r₁)/length. A point belongs to the tangent where its foot
 * along the tangent's normal falls between the two touching points, else to one of the circles.
 */
export function roundCone(from: Vec3, to: Vec3, fromRadius: number, toRadius: number): Solid {
  const [ox, oy, oz] = from;
  const length = hypot3(to[0] - ox, to[1] - oy, to[2] - oz);
  // one sphere swallows the other: nothing of the cone is left
  if (length <= Math.abs(fromRadius - toRadius))
    return fromRadius >= toRadius ? sphere(from, fromRadius) : sphere(to, toRadius);
  const [ex, ey, ez] = [(to[0] - ox) / length, (to[1] - oy) / length, (to[2] - oz) / length];
  const sine = (fromRadius - toRadius) / length;
  const cosine = Math.sqrt(1 - sine * sine);
  const end = cosine * length;
  return {
    distance(x, y, z) {
      const dx = x - ox;
      const dy = y - oy;
      const dz = z - oz;
      const s = dx * ex + dy * ey + dz * ez;
      const q = Math.sqrt(Math.max(dx * dx + dy * dy + dz * dz - s * s, 0));
      const along = s * cosine - q * sine;
      if (along <= 0) return hypot2(q, s) - fromRadius;
      if (along >= end) return hypot2(q, s - length) - toRadius;
      return q * cosine + s * sine - fromRadius;
    },
    min: [0, 1, 2].map((i) => Math.min(from[i]! - fromRadius, to[i]! - toRadius)) as unknown as Vec3,
    max: [0, 1, 2].map((i) => Math.max(from[i]! + fromRadius, to[i]! + toRadius)) as unknown as Vec3,
  };
}

/** Box with half edges `half` (rounding included), its edges rounded by radius, which is at most the smallest half edge. */
export function roundedBox(centre: Vec3, half: Vec3, radius: number): Solid {
  const [cx, cy, cz] = centre;
  const round = Math.min(radius, ...half);
  const [hx, hy, hz] = [half[0] - round, half[1] - round, half[2] - round];
  return {
    distance(x, y, z) {
      const dx = Math.abs(x - cx) - hx;
      const dy = Math.abs(y - cy) - hy;
      const dz = Math.abs(z - cz) - hz;
      const outside = hypot3(Math.max(dx, 0), Math.max(dy, 0), Math.max(dz, 0));
      return outside + Math.min(Math.max(dx, dy, dz), 0) - round;
    },
    min: [cx - half[0], cy - half[1], cz - half[2]],
    max: [cx + half[0], cy + half[1], cz + half[2]],
  };
}

/** Upright or lying cylinder with half length `half` and its two rims rounded by `rim`. */
export function cylinder(axis: 'x' | 'y' | 'z', centre: Vec3, radius: number, half: number, rim: number): Solid {
  const [cx, cy, cz] = centre;
  const round = Math.min(rim, radius, half);
  const [r, h] = [radius - round, half - round];
  const reach = (i: 'x' | 'y' | 'z') => (i === axis ? half : radius);
  return {
    distance(x, y, z) {
      const dx = x - cx;
      const dy = y - cy;
      const dz = z - cz;
      const along = Math.abs(axis === 'x' ? dx : axis === 'y' ? dy : dz) - h;
      const away = (axis === 'x' ? hypot2(dy, dz) : axis === 'y' ? hypot2(dx, dz) : hypot2(dx, dy)) - r;
      return hypot2(Math.max(along, 0), Math.max(away, 0)) + Math.min(Math.max(along, away), 0) - round;
    },
    min: [cx - reach('x'), cy - reach('y'), cz - reach('z')],
    max: [cx + reach('x'), cy + reach('y'), cz + reach('z')],
  };
}

/**
 * A round rod of the given thickness, bent to a circular arc in the plane y = 0 (less than a full turn).
 * Angles in radians, from +x toward +z; `from` is the smaller.
 */
export function arcRod(
  centre: readonly [x: number, z: number],
  bend: number,
  from: number,
  to: number,
  radius: number,
): Solid {
  const [cx, cz] = centre;
  const [mid, width] = [(from + to) / 2, (to - from) / 2];
  const [cm, sm, cw, sw] = [cos(mid), sin(mid), cos(width), sin(width)];
  const [eu, ev] = [bend * cw, bend * sw];
  // the arc's box: its ends and whichever of the four compass points lie on it
  const corners = [from, to];
  for (let k = Math.ceil(from / (Math.PI / 2)); k <= to / (Math.PI / 2); k++) corners.push((k * Math.PI) / 2);
  const xs = corners.map((angle) => cx + bend * cos(angle));
  const zs = corners.map((angle) => cz + bend * sin(angle));
  return {
    distance(x, y, z) {
      const dx = x - cx;
      const dz = z - cz;
      // u points to the middle of the arc, v to one of its two equal halves
      const u = dx * cm + dz * sm;
      const v = Math.abs(dz * cm - dx * sm);
      const onArc = u * sw >= v * cw;
      return onArc ? hypot2(hypot2(u, v) - bend, y) - radius : hypot3(u - eu, v - ev, y) - radius;
    },
    min: [Math.min(...xs) - radius, -radius, Math.min(...zs) - radius],
    max: [Math.max(...xs) + radius, radius, Math.max(...zs) + radius],
  };
}

/** A flat outline in x and z, as a signed distance, with its box. */
export interface Outline {
  distance(x: number, z: number): number;
  readonly min: readonly [x: number, z: number];
  readonly max: readonly [x: number, z: number];
}

/** Convex polygon, corners counter-clockwise (x to the right, z up): true distance inside and outside. */
export function polygon(corners: readonly (readonly [x: number, z: number])[]): Outline {
  const n = corners.length;
  const edge = corners.map(([x, z], i) => {
    const [nx, nz] = corners[(i + 1) % n]!;
    const length = hypot2(nx - x, nz - z);
    return { x, z, ux: (nx - x) / length, uz: (nz - z) / length, length };
  });
  const flat = Float64Array.from(edge.flatMap((e) => [e.x, e.z, e.ux, e.uz, e.length]));
  return {
    distance(x, z) {
      let inside = -Infinity;
      let outside = Infinity;
      for (let k = 0; k < flat.length; k += 5) {
        const dx = x - flat[k]!;
        const dz = z - flat[k + 1]!;
        const along = dx * flat[k + 2]! + dz * flat[k + 3]!;
        const away = dx * flat[k + 3]! - dz * flat[k + 2]!;
        const over = along - Math.min(Math.max(along, 0), flat[k + 4]!);
        inside = Math.max(inside, away);
        outside = Math.min(outside, over * over + away * away);
      }
      return inside <= 0 ? inside : Math.sqrt(outside);
    },
    min: [Math.min(...corners.map((p) => p[0])), Math.min(...corners.map((p) => p[1]))],
    max: [Math.max(...corners.map((p) => p[0])), Math.max(...corners.map((p) => p[1]))],
  };
}

export function disc(centre: readonly [x: number, z: number], radius: number): Outline {
  const [cx, cz] = centre;
  return {
    distance: (x, z) => hypot2(x - cx, z - cz) - radius,
    min: [cx - radius, cz - radius],
    max: [cx + radius, cz + radius],
  };
}

export function outlineUnion(a: Outline, b: Outline): Outline {
  return {
    distance: (x, z) => Math.min(a.distance(x, z), b.distance(x, z)),
    min: [Math.min(a.min[0], b.min[0]), Math.min(a.min[1], b.min[1])],
    max: [Math.max(a.max[0], b.max[0]), Math.max(a.max[1], b.max[1])],
  };
}

/**
 * The outline drawn out along y to ±half, with the rims of the two flat ends rounded by `rim`. Beside a rounded rim,
 * where it turns a sharp corner of the outline, distances are underestimated.
 */
export function extrude(outline: Outline, half: number, rim: number): Solid {
  const round = Math.min(rim, half);
  const h = half - round;
  return {
    distance(x, y, z) {
      const across = outline.distance(x, z) + round;
      const along = Math.abs(y) - h;
      return hypot2(Math.max(across, 0), Math.max(along, 0)) + Math.min(Math.max(across, along), 0) - round;
    },
    min: [outline.min[0], -half, outline.min[1]],
    max: [outline.max[0], half, outline.max[1]],
  };
}

/** Everything that is in one of the solids. */
export function union(...solids: readonly Solid[]): Solid {
  const [min, max] = boxOf(solids, 0);
  return {
    distance(x, y, z) {
      let d = Infinity;
      for (let i = 0; i < solids.length; i++) d = Math.min(d, solids[i]!.distance(x, y, z));
      return d;
    },
    min,
    max,
  };
}

/**
 * Union with a fillet: the quadratic smooth minimum, applied from left to right. Its gradient is a weighted mean of
 * the two gradients, so it stays Lipschitz 1; where the two distances differ by `width` or more it is the plain
 * minimum, and it adds at most width/4 of material. In the fillet itself distances are underestimated.
 */
export function blend(width: number, ...solids: readonly Solid[]): Solid {
  // several fillets can meet in one place, each adding width/4
  const [min, max] = boxOf(solids, (width / 4) * (solids.length - 1));
  return {
    distance(x, y, z) {
      let d = solids[0]!.distance(x, y, z);
      for (let i = 1; i < solids.length; i++) {
        const other = solids[i]!.distance(x, y, z);
        const overlap = Math.max(width - Math.abs(d - other), 0);
        d = Math.min(d, other) - (overlap * overlap) / (4 * width);
      }
      return d;
    },
    min,
    max,
  };
}

/** The solid and its mirror image in the plane x = 0; exact when the solid lies on the side of x > 0. */
export function mirrored(solid: Solid): Solid {
  const reach = Math.max(solid.max[0], -solid.min[0]);
  return {
    distance: (x, y, z) => solid.distance(Math.abs(x), y, z),
    min: [-reach, solid.min[1], solid.min[2]],
    max: [reach, solid.max[1], solid.max[2]],
  };
}

/** A solid that is symmetric in y, cut at y = 0 and pulled apart by `by` to each side, the gap filled straight across. */
export function stretchedY(solid: Solid, by: number): Solid {
  return {
    distance: (x, y, z) => solid.distance(x, Math.max(Math.abs(y) - by, 0), z),
    min: [solid.min[0], solid.min[1] - by, solid.min[2]],
    max: [solid.max[0], solid.max[1] + by, solid.max[2]],
  };
}

/** Where a point of the x–z plane goes when the plane is turned clockwise (x right, z up) about (px, pz). */
export function turnPoint(x: number, z: number, angle: number, px: number, pz: number): readonly [number, number] {
  const [c, s] = [cos(angle), sin(angle)];
  return [px + (x - px) * c + (z - pz) * s, pz - (x - px) * s + (z - pz) * c];
}

/** The solid turned clockwise (x right, z up) by an angle in radians about the line (px, ·, pz) along y. */
export function turned(solid: Solid, angle: number, px: number, pz: number): Solid {
  const [c, s] = [cos(angle), sin(angle)];
  const corners = [solid.min[0], solid.max[0]].flatMap((x) =>
    [solid.min[2], solid.max[2]].map((z) => turnPoint(x, z, angle, px, pz)),
  );
  return {
    distance(x, y, z) {
      const dx = x - px;
      const dz = z - pz;
      return solid.distance(px + dx * c - dz * s, y, pz + dx * s + dz * c);
    },
    min: [Math.min(...corners.map((p) => p[0])), solid.min[1], Math.min(...corners.map((p) => p[1]))],
    max: [Math.max(...corners.map((p) => p[0])), solid.max[1], Math.max(...corners.map((p) => p[1]))],
  };
}

/** The solid moved by (dx, dy, dz). */
export function moved(solid: Solid, dx: number, dy: number, dz: number): Solid {
  return {
    distance: (x, y, z) => solid.distance(x - dx, y - dy, z - dz),
    min: [solid.min[0] + dx, solid.min[1] + dy, solid.min[2] + dz],
    max: [solid.max[0] + dx, solid.max[1] + dy, solid.max[2] + dz],
  };
}

function boxOf(solids: readonly Solid[], margin: number): [Vec3, Vec3] {
  const least = (i: number) => Math.min(...solids.map((s) => s.min[i]!)) - margin;
  const most = (i: number) => Math.max(...solids.map((s) => s.max[i]!)) + margin;
  return [
    [least(0), least(1), least(2)],
    [most(0), most(1), most(2)],
  ];
}
