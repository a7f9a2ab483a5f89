import { hypot } from '../base/elementary.ts';
import type { Row } from './shape.ts';
import { cubicSpline, pchip, type RowCurve } from './splines.ts';

/** Distance between the points that curves and sheets are resolved into, mm. */
export const DENSE_STEP = 2;

/**
 * A smooth course through points, resolved every 2 mm: natural cubic spline over the chord length, further columns (a radius)
 * linear between the points.
 *
 * @param points rows [x, y, z, …], mm
 * @returns rows of the same width, flattened
 */
export function densePath(points: readonly Row[]): Float64Array {
  const along = [0];
  for (let k = 1; k < points.length; k++) along.push(along[k - 1]! + distance(points[k]!, points[k - 1]!));
  const course = cubicSpline(
    along,
    points.map((row) => row.slice(0, 3)),
    'natural',
  );
  const width = points[0]!.length;
  const count = stepsOver(course.last);
  const dense = new Float64Array(count * width);
  const at = new Float64Array(3);
  for (let n = 0, k = 0; n < count; n++) {
    const s = (course.last * n) / (count - 1);
    course.at(s, at);
    dense.set(at, n * width);
    while (k < points.length - 2 && s > along[k + 1]!) k++;
    const share = (s - along[k]!) / (along[k + 1]! - along[k]!);
    for (let c = 3; c < width; c++) dense[n * width + c] = points[k]![c]! * (1 - share) + points[k + 1]![c]! * share;
  }
  return dense;
}

/**
 * A smooth sheet through a net, resolved every 2 mm or so along rows and columns.
 *
 * @param net rows of [x, y, z, thickness]
 * @returns [x, y, z, thickness] of each point, flattened
 */
export function denseSheet(net: readonly (readonly Row[])[]): Float64Array {
  const columns = transpose(refine(net));
  return Float64Array.from(refine(columns).flat(2));
}

/** Refines a net along its first direction, with PCHIP over the mean distance between its rows. */
function refine(net: readonly (readonly Row[])[]): number[][][] {
  const along = [0];
  for (let k = 1; k < net.length; k++) {
    const mean = net[k]!.reduce((sum, p, c) => sum + distance(p, net[k - 1]![c]!), 0) / net[k]!.length;
    along.push(along[k - 1]! + Math.max(mean, 1e-3));
  }
  const surface: RowCurve = pchip(
    along,
    net.map((row) => row.flat()),
  );
  const flat = new Float64Array(net[0]!.length * 4);
  return Array.from({ length: stepsOver(surface.last) }, (_, n, count = stepsOver(surface.last)) => {
    surface.at((surface.last * n) / (count - 1), flat);
    return Array.from({ length: flat.length / 4 }, (_p, c) => Array.from(flat.subarray(4 * c, 4 * c + 4)));
  });
}

const stepsOver = (length: number): number => Math.max(2, Math.floor(length / DENSE_STEP) + 1);

const transpose = <T>(rows: readonly (readonly T[])[]): T[][] => rows[0]!.map((_, c) => rows.map((row) => row[c]!));

const distance = (p: Row, q: Row): number => hypot(p[0]! - q[0]!, p[1]! - q[1]!, p[2]! - q[2]!);
