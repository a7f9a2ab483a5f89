import { DENSE_STEP, densePath, denseSheet } from '../anatomy/dense-points.ts';
import {
  type ContourFill,
  type ContourStrip,
  type Ellipsoid,
  type EllipticCylinder,
  ellipsoidAxes,
  type NetSheet,
  type PolygonLoft,
  type Shape,
  type SphereShell,
  type SweptEllipse,
  type Tube,
} from '../anatomy/shape.ts';
import { pchip } from '../anatomy/splines.ts';
import { cos, hypot, norm, pow, sin } from '../base/elementary.ts';
import { dot } from '../base/vec.ts';
import { endSample, firstSample, type Slice } from './slice.ts';

/** Sets the mask of a slice where a shape is. */
export type Raster = (slice: Slice) => void;

/**
 * Makes a shape ready to be drawn slice by slice.
 *
 * @param dither distance of the samples, mm, for a border that has to be right to less than that; 0 for none. The border is then
 *   moved in and out by up to 3/8 of it in a fixed pattern of 2×2×2 samples whose mean is nothing. Contours (a strip's outer depth)
 *   and swept ellipses know it.
 */
export function rasterOf(shape: Shape, dither = 0): Raster {
  switch (shape.kind) {
    case 'contour-fill':
      return contourFill(shape, dither);
    case 'contour-strip':
      return contourStrip(shape, dither);
    case 'tube':
      return tube(shape);
    case 'swept-ellipse':
      return sweptEllipse(shape, dither);
    case 'polygon-loft':
      return polygonLoft(shape);
    case 'net-sheet':
      return netSheet(shape);
    case 'ellipsoid':
      return ellipsoid(shape);
    case 'elliptic-cylinder':
      return ellipticCylinder(shape);
    case 'sphere-shell':
      return sphereShell(shape);
  }
}

/** Border shifts of the four samples of a 2×2 pattern, as shares of their distance. */
const ditherShift = (slice: Slice, j: number, column: number, by: number): number =>
  by * (((slice.parity[column]! ^ (j & 1)) + 2 * (slice.k & 1)) / 4 - 0.375);

function contourFill({ contour }: ContourFill, dither: number): Raster {
  return (slice) => {
    const { x, y, mask } = slice;
    const depth = slice.depthUnder(contour);
    for (let j = 0, n = 0; j < y.length; j++)
      for (let i = 0; i < x.length; i++, n++)
        if (depth[n]! >= (dither > 0 ? ditherShift(slice, j, i, dither) : 0)) mask[n] = 1;
    slice.touch(0, x.length, 0, y.length);
  };
}

function contourStrip({ contour, side, stations }: ContourStrip, dither: number): Raster {
  const over = pchip(
    stations.map((row) => row[0]!),
    stations.map((row) => row.slice(1)),
  );
  const at = new Float64Array(stations[0]!.length - 1);
  return (slice) => {
    if (!(slice.z >= over.first && slice.z <= over.last)) return;
    over.at(slice.z, at);
    const [from, to, shallow, deep] = [at[0]!, at[1]!, at[2]!, at[3]!];
    const near = at[4] ?? 0;
    const far = at[5] ?? Number.POSITIVE_INFINITY;
    if (to <= from) return;
    const { x, y, mask, angle } = slice;
    const depth = slice.depthUnder(contour);
    const step = slice.steps[0];
    const i0 = side === 'left' ? firstSample(x, step, 0) : firstSample(x, step, Math.max(x[0]!, -far));
    const i1 = side === 'right' ? endSample(x, step, 0) : endSample(x, step, Math.min(x[x.length - 1]!, far));
    for (let j = 0; j < y.length; j++) {
      for (let i = i0, n = j * x.length + i0; i < i1; i++, n++) {
        const d = depth[n]!;
        if (d >= deep || d < shallow + (dither > 0 ? ditherShift(slice, j, i, dither) : 0)) continue;
        const a = angle[n]!;
        const beside = Math.abs(x[i]!);
        if (a >= from && a <= to && beside >= near && beside <= far && !(side && x[i] === 0)) mask[n] = 1;
      }
    }
    slice.touch(i0, i1, 0, y.length);
  };
}

/** Numbers per resolved piece of a tube: start, metric direction, squared length, radii, reach. */
const PIECE = 10;

function tube({ points, flatten }: Tube): Raster {
  const path = densePath(points);
  const count = path.length / 4 - 1;

  // metric that shortens the section along the flattened axis: d' = d + gain (a·d) a
  const [ax, ay, az] = flatten ? flatten.axis : [0, 0, 0];
  const norm = hypot(ax, ay, az) || 1;
  const a = [ax / norm, ay / norm, az / norm] as const;
  const gain = flatten ? 1 / flatten.ratio - 1 : 0;

  const pieces = new Float64Array(count * PIECE);
  let bottom = Number.POSITIVE_INFINITY;
  let top = Number.NEGATIVE_INFINITY;
  for (let s = 0; s < count; s++) {
    const p = path.subarray(4 * s, 4 * s + 4);
    const q = path.subarray(4 * s + 4, 4 * s + 8);
    const d = [q[0]! - p[0]!, q[1]! - p[1]!, q[2]! - p[2]!] as const;
    const along = gain * dot(d, a);
    const e = [d[0] + along * a[0], d[1] + along * a[1], d[2] + along * a[2]] as const;
    const reach = Math.max(p[3]!, q[3]!);
    pieces.set(
      [p[0]!, p[1]!, p[2]!, e[0], e[1], e[2], e[0] ** 2 + e[1] ** 2 + e[2] ** 2, p[3]!, q[3]! - p[3]!, reach],
      s * PIECE,
    );
    bottom = Math.min(bottom, p[2]! - reach, q[2]! - reach);
    top = Math.max(top, p[2]! + reach, q[2]! + reach);
  }
  return (slice) => {
    const { x, y, z, mask, steps } = slice;
    if (z < bottom || z > top) return;
    for (let s = 0; s < count; s++) {
      const o = s * PIECE;
      const p = 4 * s;
      const reach = pieces[o + 9]!;
      if (Math.min(path[p + 2]!, path[p + 6]!) - reach > z || Math.max(path[p + 2]!, path[p + 6]!) + reach < z)
        continue;
      const i0 = firstSample(x, steps[0], Math.min(path[p]!, path[p + 4]!) - reach);
      const i1 = endSample(x, steps[0], Math.max(path[p]!, path[p + 4]!) + reach);
      const j0 = firstSample(y, steps[1], Math.min(path[p + 1]!, path[p + 5]!) - reach);
      const j1 = endSample(y, steps[1], Math.max(path[p + 1]!, path[p + 5]!) + reach);
      const ex = pieces[o + 3]!;
      const ey = pieces[o + 4]!;
      const ez = pieces[o + 5]!;
      const squared = pieces[o + 6]!;
      const r0 = pieces[o + 7]!;
      const dr = pieces[o + 8]!;
      const dz0 = z - pieces[o + 2]!;
      for (let j = j0; j < j1; j++) {
        const dy0 = y[j]! - pieces[o + 1]!;
        for (let i = i0, n = j * x.length + i0; i < i1; i++, n++) {
          if (mask[n] === 1) continue;
          const dx0 = x[i]! - pieces[o]!;
          const along = gain * (dx0 * a[0] + dy0 * a[1] + dz0 * a[2]);
          const dx = dx0 + along * a[0];
          const dy = dy0 + along * a[1];
          const dz = dz0 + along * a[2];
          const dot = dx * ex + dy * ey + dz * ez;
          const t = squared > 0 ? Math.min(1, Math.max(0, dot / squared)) : 0;
          const r = r0 + dr * t;
          const fx = dx - t * ex;
          const fy = dy - t * ey;
          const fz = dz - t * ez;
          if (fx * fx + fy * fy + fz * fz <= r * r) mask[n] = 1;
        }
      }
      slice.touch(i0, i1, j0, j1);
    }
  };
}

/** Farther from 1 than any rounding of a sum of two powers. */
const ROUNDING = 1e-9;

/**
 * Whether u^n + v^n ≤ 1, for u and v up to 1. The whole powers below and above n bound the sum from above and below, and decide
 * nearly all samples; only the rest take the power itself.
 */
export function inSuperellipse(u: number, v: number, n: number): boolean {
  if (u >= 0 && v >= 0) {
    const whole = Math.floor(n);
    let p = 1;
    let q = 1;
    for (let k = 0; k < whole; k++) {
      p *= u;
      q *= v;
    }
    if (p + q <= 1 - ROUNDING) return true;
    if (whole < n) {
      p *= u;
      q *= v;
    }
    if (p + q > 1 + ROUNDING) return false;
  }
  return pow(u, n) + pow(v, n) <= 1;
}

function sweptEllipse({ stations, exponent = 2 }: SweptEllipse, dither: number): Raster {
  const over = pchip(
    stations.map((row) => row[0]!),
    stations.map((row) => row.slice(1)),
  );
  const at = new Float64Array(5);
  return (slice) => {
    const { x, y, z, mask, steps } = slice;
    if (!(z >= over.first && z <= over.last)) return;
    over.at(z, at);
    const [cx, cy, a, b, turn] = [at[0]!, at[1]!, at[2]!, at[3]!, at[4]!];
    const reach = Math.max(a, b) + dither;
    const i0 = firstSample(x, steps[0], cx - reach);
    const i1 = endSample(x, steps[0], cx + reach);
    const j0 = firstSample(y, steps[1], cy - reach);
    const j1 = endSample(y, steps[1], cy + reach);
    const c = cos((turn * Math.PI) / 180);
    const s = sin((turn * Math.PI) / 180);
    for (let j = j0; j < j1; j++) {
      const dy = y[j]! - cy;
      for (let i = i0, n = j * x.length + i0; i < i1; i++, n++) {
        const dx = x[i]! - cx;
        const shift = dither > 0 ? ditherShift(slice, j, i, dither) : 0;
        const u = Math.abs(c * dx + s * dy) / (a - shift);
        const v = Math.abs(c * dy - s * dx) / (b - shift);
        if (u > 1 || v > 1) continue;
        if (exponent === 2 ? u * u + v * v <= 1 : inSuperellipse(u, v, exponent)) mask[n] = 1;
      }
    }
    slice.touch(i0, i1, j0, j1);
  };
}

function polygonLoft({ stations }: PolygonLoft): Raster {
  // the right half runs back through the mirrored corners
  const whole = stations.map((row) => {
    const half = row.slice(1);
    const back: number[] = [];
    for (let c = half.length - 2; c >= 0; c -= 2) back.push(-half[c]!, half[c + 1]!);
    return [...half, ...back];
  });
  const over = pchip(
    stations.map((row) => row[0]!),
    whole,
  );
  const corners = whole[0]!.length / 2;
  const at = new Float64Array(2 * corners);
  const crossings: number[] = [];
  return (slice) => {
    const { x, y, z, mask, steps } = slice;
    if (!(z >= over.first && z <= over.last)) return;
    over.at(z, at);
    for (let j = 0; j < y.length; j++) {
      const level = y[j]!;
      crossings.length = 0;
      for (let c = 0, d = corners - 1; c < corners; d = c++) {
        const [x0, y0, x1, y1] = [at[2 * d]!, at[2 * d + 1]!, at[2 * c]!, at[2 * c + 1]!];
        if (y0 > level !== y1 > level) crossings.push(x0 + ((level - y0) * (x1 - x0)) / (y1 - y0));
      }
      crossings.sort((p, q) => p - q);
      for (let c = 0; c + 1 < crossings.length; c += 2) {
        const i0 = firstSample(x, steps[0], crossings[c]!);
        const i1 = endSample(x, steps[0], crossings[c + 1]!);
        for (let i = i0; i < i1; i++) mask[j * x.length + i] = 1;
        slice.touch(i0, i1, j, j + 1);
      }
    }
  };
}

function netSheet({ net }: NetSheet): Raster {
  const balls = denseSheet(net);
  // balls smaller than the distance of the points would leave holes between them
  const closed = 0.68 * DENSE_STEP;
  let bottom = Number.POSITIVE_INFINITY;
  let top = Number.NEGATIVE_INFINITY;
  for (let n = 0; n < balls.length; n += 4) {
    bottom = Math.min(bottom, balls[n + 2]! - balls[n + 3]!);
    top = Math.max(top, balls[n + 2]! + balls[n + 3]!);
  }
  return (slice) => {
    const { x, y, z, mask, steps } = slice;
    // a sheet thinner than the samples' distance keeps about one sample of thickness, so that it has no holes
    const least = Math.max(closed, 0.55 * Math.max(...steps));
    if (z < bottom - least || z > top + least) return;
    for (let n = 0; n < balls.length; n += 4) {
      const r = Math.max(balls[n + 3]! / 2, least);
      const dz = z - balls[n + 2]!;
      const disc = r * r - dz * dz;
      if (disc < 0) continue;
      const wide = Math.sqrt(disc);
      const cx = balls[n]!;
      const cy = balls[n + 1]!;
      const j0 = firstSample(y, steps[1], cy - wide);
      const j1 = endSample(y, steps[1], cy + wide);
      for (let j = j0; j < j1; j++) {
        const half = Math.sqrt(Math.max(0, disc - (y[j]! - cy) ** 2));
        const i0 = firstSample(x, steps[0], cx - half);
        const i1 = endSample(x, steps[0], cx + half);
        for (let i = i0, m = j * x.length + i0; i < i1; i++, m++) mask[m] = 1;
      }
      slice.touch(firstSample(x, steps[0], cx - wide), endSample(x, steps[0], cx + wide), j0, j1);
    }
  };
}

function ellipsoid({ centre: [cx, cy, cz], halfAxes, rotation }: Ellipsoid): Raster {
  const axes = ellipsoidAxes(rotation);
  const reach = [0, 1, 2].map((d) => norm(axes.map((axis, k) => axis[d]! * halfAxes[k]!)));
  const m = axes.map((axis, k) => axis.map((v) => v / halfAxes[k]!)) as [number[], number[], number[]];
  return (slice) => {
    const { x, y, mask, steps } = slice;
    const dz = slice.z - cz;
    if (Math.abs(dz) > reach[2]!) return;
    const i0 = firstSample(x, steps[0], cx - reach[0]!);
    const i1 = endSample(x, steps[0], cx + reach[0]!);
    const j0 = firstSample(y, steps[1], cy - reach[1]!);
    const j1 = endSample(y, steps[1], cy + reach[1]!);
    for (let j = j0; j < j1; j++) {
      const dy = y[j]! - cy;
      const u0 = m[0][1]! * dy + m[0][2]! * dz;
      const v0 = m[1][1]! * dy + m[1][2]! * dz;
      const w0 = m[2][1]! * dy + m[2][2]! * dz;
      for (let i = i0, n = j * x.length + i0; i < i1; i++, n++) {
        const dx = x[i]! - cx;
        const u = m[0][0]! * dx + u0;
        const v = m[1][0]! * dx + v0;
        const w = m[2][0]! * dx + w0;
        if (u * u + v * v + w * w <= 1) mask[n] = 1;
      }
    }
    slice.touch(i0, i1, j0, j1);
  };
}

function ellipticCylinder(shape: EllipticCylinder): Raster {
  const [cx, cy, cz] = shape.centre;
  const { halfWidth, halfDepth, halfHeight, waist, exponent } = shape;
  const c = cos((shape.tilt * Math.PI) / 180);
  const s = sin((shape.tilt * Math.PI) / 180);
  const reachY = Math.abs(c) * halfDepth + Math.abs(s) * halfHeight;
  const reachZ = Math.abs(s) * halfDepth + Math.abs(c) * halfHeight;
  return (slice) => {
    const { x, y, mask, steps } = slice;
    const dz = slice.z - cz;
    if (Math.abs(dz) > reachZ) return;
    const i0 = firstSample(x, steps[0], cx - halfWidth);
    const i1 = endSample(x, steps[0], cx + halfWidth);
    const j0 = firstSample(y, steps[1], cy - reachY);
    const j1 = endSample(y, steps[1], cy + reachY);
    for (let j = j0; j < j1; j++) {
      const dy = y[j]! - cy;
      const v = c * dy + s * dz;
      const w = Math.abs(c * dz - s * dy) / halfHeight;
      if (w > 1 || v > shape.flatBack * halfDepth) continue;
      const narrow = 1 - waist * (1 - w * w);
      const left = 1 - pow(Math.abs(v) / (halfDepth * narrow), exponent);
      if (left < 0) continue;
      const half = halfWidth * narrow * pow(left, 1 / exponent);
      const i2 = Math.max(i0, firstSample(x, steps[0], cx - half));
      const i3 = Math.min(i1, endSample(x, steps[0], cx + half));
      for (let i = i2, n = j * x.length + i2; i < i3; i++, n++) mask[n] = 1;
    }
    slice.touch(i0, i1, j0, j1);
  };
}

function sphereShell({ centre: [cx, cy, cz], inner, outer, openTo, openHalfAngle }: SphereShell): Raster {
  const length = norm(openTo);
  const [ox, oy, oz] = [openTo[0] / length, openTo[1] / length, openTo[2] / length];
  const cosine = cos((openHalfAngle * Math.PI) / 180);
  return (slice) => {
    const { x, y, mask, steps } = slice;
    const dz = slice.z - cz;
    if (Math.abs(dz) > outer) return;
    const i0 = firstSample(x, steps[0], cx - outer);
    const i1 = endSample(x, steps[0], cx + outer);
    const j0 = firstSample(y, steps[1], cy - outer);
    const j1 = endSample(y, steps[1], cy + outer);
    for (let j = j0; j < j1; j++) {
      const dy = y[j]! - cy;
      for (let i = i0, n = j * x.length + i0; i < i1; i++, n++) {
        const dx = x[i]! - cx;
        const r = Math.sqrt(dx * dx + dy * dy + dz * dz);
        if (r <= outer && r >= inner && dx * ox + dy * oy + dz * oz < cosine * r) mask[n] = 1;
      }
    }
    slice.touch(i0, i1, j0, j1);
  };
}
