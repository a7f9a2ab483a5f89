import { cos, sin } from '../base/elementary.ts';
import type { Vec3 } from '../base/grid.ts';
import { cross, dot, unit } from '../base/vec.ts';
import type { Mesh } from './mesh.ts';

/**
 * Radii that nerves and ureters are drawn with, mm: those of the reference adults (ureters, filled, are 4.3 mm across and more with their wall: B-25). Thin ones are
 * drawn a little thicker than they are, so that they can be seen.
 */
const RADII: Readonly<Record<string, number>> = { ureter: 2.5, femoral_nerve: 3, obturator_nerve: 2 };
const OTHER = 1.6;

/** Points of the course per ring of the tube. */
const EVERY = 2;

export const courseRadius = (structure: string): number => RADII[structure] ?? OTHER;

/**
 * A closed tube with round ends along points.
 * @param points flattened n×3, mm, at least two
 * @param sides corners of its section
 */
export function courseTube(points: Float64Array, radius: number, sides: number): Mesh {
  const count = Math.max(2, Math.ceil(points.length / 3 / EVERY) + 1);
  const stride = (points.length / 3 - 1) / (count - 1);
  const at = (ring: number): Vec3 => {
    const n = 3 * Math.round(ring * stride);
    return [points[n]!, points[n + 1]!, points[n + 2]!];
  };

  // rings: two shrinking ones round off each end
  const rings: { centre: Vec3; along: Vec3; r: number }[] = [];
  for (let n = 0; n < count; n++) {
    const [p, q] = [at(Math.max(0, n - 1)), at(Math.min(count - 1, n + 1))];
    const along = unit([q[0] - p[0], q[1] - p[1], q[2] - p[2]]);
    const centre = at(n);
    const beyond = (by: number, r: number): void => {
      rings.push({
        centre: [centre[0] + by * along[0], centre[1] + by * along[1], centre[2] + by * along[2]],
        along,
        r,
      });
    };
    if (n === 0) {
      beyond(-0.87 * radius, 0.5 * radius);
      beyond(-0.5 * radius, 0.87 * radius);
    }
    rings.push({ centre, along, r: radius });
    if (n === count - 1) {
      beyond(0.5 * radius, 0.87 * radius);
      beyond(0.87 * radius, 0.5 * radius);
    }
  }
  const vertices = new Float32Array(3 * (rings.length * sides + 2));
  let side = unit(cross(rings[0]!.along, Math.abs(rings[0]!.along[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0]));
  for (const [n, { centre, along, r }] of rings.entries()) {
    // carry the section along without twist
    const over = dot(side, along);
    side = unit([side[0] - over * along[0], side[1] - over * along[1], side[2] - over * along[2]]);
    const other = cross(along, side);
    for (let c = 0; c < sides; c++) {
      const [x, y] = [cos((2 * Math.PI * c) / sides), sin((2 * Math.PI * c) / sides)];
      for (let d = 0; d < 3; d++) vertices[3 * (n * sides + c) + d] = centre[d]! + r * (x * side[d]! + y * other[d]!);
    }
  }
  const tips = [rings[0]!, rings[rings.length - 1]!];
  const triangles: number[] = [];
  for (const [e, { centre, along }] of tips.entries())
    for (let d = 0; d < 3; d++)
      vertices[3 * (rings.length * sides + e) + d] = centre[d]! + (e === 0 ? -0.13 : 0.13) * radius * along[d]!;
  for (let c = 0; c < sides; c++) {
    const next = (c + 1) % sides;
    triangles.push(rings.length * sides, next, c);
    const last = (rings.length - 1) * sides;
    triangles.push(rings.length * sides + 1, last + c, last + next);
    for (let n = 0; n + 1 < rings.length; n++) {
      const [a, b] = [n * sides, (n + 1) * sides];
      triangles.push(a + c, a + next, b + next, a + c, b + next, b + c);
    }
  }
  return { vertices, triangles: Uint32Array.from(triangles) };
}
