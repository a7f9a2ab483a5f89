import { norm } from './elementary.ts';
import type { Vec3 } from './grid.ts';

// sums run from x to z, always: the last bits of every result hang on it

/** Of two lists of numbers, in their order. */
export function innerProduct(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
}

/** The vector whose component along axis 0, 1, 2 is so much. */
export const vec3 = (component: (axis: 0 | 1 | 2) => number): Vec3 => [component(0), component(1), component(2)];

export const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

export const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** Entry (r, c) of the cofactor of a 3×3 matrix, row-major: with the indices run round, the sign takes care of itself. */
export function cofactor(F: ArrayLike<number>, r: number, c: number): number {
  const [r1, r2, c1, c2] = [(r + 1) % 3, (r + 2) % 3, (c + 1) % 3, (c + 2) % 3];
  return F[3 * r1 + c1]! * F[3 * r2 + c2]! - F[3 * r1 + c2]! * F[3 * r2 + c1]!;
}

export const minus = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

/** The point so far from another along a direction: p + by·direction. */
export const along = (p: Vec3, by: number, direction: Vec3): Vec3 => [
  p[0] + by * direction[0],
  p[1] + by * direction[1],
  p[2] + by * direction[2],
];

/** The direction of a vector, length 1; no direction (zeros) where it has no length. */
export function unit(v: Vec3): Vec3 {
  const length = norm(v) || 1;
  return [v[0] / length, v[1] / length, v[2] / length];
}

/** The vector that begins at an offset of a flat array (n×3). */
export const pointAt = (values: ArrayLike<number>, offset: number): Vec3 => [
  values[offset]!,
  values[offset + 1]!,
  values[offset + 2]!,
];
