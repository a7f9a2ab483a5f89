import type { Vec3 } from '../base/grid.ts';
import type { Interface } from './problem.ts';

/** The points of all interfaces in one row, as both kinds of contact between deformable bodies have them. */
export interface InterfaceParts {
  readonly count: number;
  /** Number of the first point of each interface, and one past the last of all. */
  readonly begins: readonly number[];
  /** Places at rest, mm (n×3), areas, mm², unit normals outwards (n×3), penalty, kPa/mm, and 1 where bodies are tied. */
  readonly points: Float64Array;
  readonly areas: Float64Array;
  readonly normals: Float64Array;
  readonly penalty: Float64Array;
  readonly tied: Uint8Array;
}

export function inOneRow(parts: readonly Interface[]): InterfaceParts {
  const count = parts.reduce((sum, { areas }) => sum + areas.length, 0);
  const points = new Float64Array(3 * count);
  const areas = new Float64Array(count);
  const normals = new Float64Array(3 * count);
  const penalty = new Float64Array(count);
  const tied = new Uint8Array(count);
  const begins = [0];
  for (const part of parts) {
    const at = begins[begins.length - 1]!;
    points.set(part.points, 3 * at);
    areas.set(part.areas, at);
    normals.set(part.normals, 3 * at);
    penalty.set(part.penalty, at);
    if (part.tied !== undefined) tied.set(part.tied, at);
    begins.push(at + part.areas.length);
  }
  return { count, begins, points, areas, normals, penalty, tied };
}

/** Gradient of an interface's distance at a place, into `out` (3). */
export function slopeOf({ distance, slope }: Interface, x: number, y: number, z: number, out: Float64Array): void {
  if (slope !== undefined) {
    slope(x, y, z, out);
    return;
  }
  // central differences: 1e-3 mm is far above rounding and far below any curvature of a body
  const e = 1e-3;
  out[0] = (distance(x + e, y, z) - distance(x - e, y, z)) / (2 * e);
  out[1] = (distance(x, y + e, z) - distance(x, y - e, z)) / (2 * e);
  out[2] = (distance(x, y, z + e) - distance(x, y, z - e)) / (2 * e);
}

/** The longest slip along an interface and the largest opening across it so far, mm, with a point of normal n that has moved by d. */
export function widest(
  { slip, opening }: { slip: number; opening: number },
  n: Vec3,
  d: Vec3,
): { slip: number; opening: number } {
  const across = -(d[0] * n[0] + d[1] * n[1] + d[2] * n[2]);
  const along = Math.sqrt(Math.max(0, d[0] ** 2 + d[1] ** 2 + d[2] ** 2 - across * across));
  return { slip: Math.max(slip, along), opening: Math.max(opening, across) };
}

export const at3 = (list: ArrayLike<number>, s: number): Vec3 => [list[3 * s]!, list[3 * s + 1]!, list[3 * s + 2]!];

/** The side that a normal points to, 0 … 5: the axis that it is nearest to, and which way. */
export function sideOf(normals: Float64Array, s: number): number {
  const n = at3(normals, s);
  const sizes = n.map(Math.abs);
  const axis = sizes.indexOf(Math.max(...sizes));
  return 2 * axis + (n[axis]! < 0 ? 1 : 0);
}
