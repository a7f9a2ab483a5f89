import { hypot } from '../base/elementary.ts';
import type { LabelVolume, SkinSurface } from './model.ts';

/** Wanted distance of the surface's vertices, mm: contact then has several samples per cell face. */
const SPACING = 5;

/** Half-width of the box that the body mask is averaged over (twice along each axis), mm. */
const BLUR = 2.5;

/**
 * Passes and factors of Taubin's smoothing (SIGGRAPH 1995), which flattens waves shorter than some 70 mm at vertices 5 mm apart
 * and leaves longer ones, and with them the volume, alone: 1/λ + 1/μ = 0.05.
 */
const PASSES = 40;
const LAMBDA = 0.5;
const MU = 1 / (0.05 - 1 / LAMBDA);

/** A vertex may not be smoothed farther than this share of a voxel: the mask knows the surface no better than half a voxel. */
const LEASH = 0.75;

/**
 * The skin as triangles, from the labels alone. The body mask is blurred a little, its half-level is meshed by surface nets
 * (Gibson 1998), and the terraces that a mask leaves on surfaces along the grid are smoothed away within the voxels' uncertainty.
 * The surface is closed beside, before and behind the body and open where the volume's border cuts it. Vertices at a cut lie half
 * a vertex distance within it.
 *
 * @param fine label 0 is outside
 * @param cell edge of the solver's cells, mm, a whole multiple of the voxels
 */
export function skinSurface(fine: LabelVolume, cell: number): SkinSurface {
  const { spacing: h, origin, size } = fine.grid;
  const field = blurredMask(fine);
  const stride = strideFor(Math.round(cell / h), h);
  const lattice = size.map((n) => Math.floor(n / stride) + 1) as [number, number, number];
  const values = latticeValues(field, size, stride, lattice);
  const net = surfaceNet(values, lattice);

  // from here in fine voxels
  const { vertices, layers } = net;
  for (let c = 0; c < vertices.length; c++) vertices[c] = vertices[c]! * stride;
  project(vertices, layers, field, size, stride);
  smooth(vertices, layers, net.quads);

  const step = [origin[0], origin[1], origin[2]];
  for (let c = 0; c < vertices.length; c++) vertices[c] = step[c % 3]! + vertices[c]! * h;
  return { vertices, triangles: split(net.quads, vertices) };
}

/** Number of voxels between lattice points: a divisor of the cell's, whose distance comes nearest to the wanted one. */
function strideFor(parts: number, h: number): number {
  let best = 1;
  for (let m = 2; m <= parts; m++)
    if (parts % m === 0 && Math.abs(m * h - SPACING) < Math.abs(best * h - SPACING)) best = m;
  return best;
}

/** The body mask averaged over boxes, at the voxels' centres; outside the volume the border's values go on. */
function blurredMask({ grid, labels }: LabelVolume): Float32Array {
  const [nx, ny, nz] = grid.size;
  const reach = Math.max(1, Math.round(BLUR / grid.spacing));
  let from = new Float32Array(labels.length);
  let to = new Float32Array(labels.length);
  for (let n = 0; n < labels.length; n++) from[n] = labels[n] === 0 ? 0 : 1;
  for (const [count, stride] of [
    [nx, 1],
    [ny, nx],
    [nz, nx * ny],
  ] as const) {
    for (let pass = 0; pass < 2; pass++) {
      average(from, to, count, stride, reach);
      [from, to] = [to, from];
    }
  }
  return from;
}

/** Mean over 2·reach + 1 neighbours along one axis. */
function average(from: Float32Array, to: Float32Array, count: number, stride: number, reach: number): void {
  const block = count * stride;
  const share = 1 / (2 * reach + 1);
  // whole rows of `stride` values at a time, so that memory is read in order
  const sum = new Float64Array(stride);
  for (let base = 0; base < from.length; base += block) {
    sum.fill(0);
    for (let d = -reach; d <= reach; d++) {
      const row = base + Math.min(count - 1, Math.max(0, d)) * stride;
      for (let s = 0; s < stride; s++) sum[s]! += from[row + s]!;
    }
    for (let i = 0; i < count; i++) {
      const row = base + i * stride;
      const enters = base + Math.min(count - 1, i + reach + 1) * stride;
      const leaves = base + Math.max(0, i - reach) * stride;
      for (let s = 0; s < stride; s++) {
        to[row + s] = sum[s]! * share;
        sum[s]! += from[enters + s]! - from[leaves + s]!;
      }
    }
  }
}

/** The field at every stride-th corner of the voxels. */
function latticeValues(
  field: Float32Array,
  size: readonly [number, number, number],
  stride: number,
  lattice: readonly [number, number, number],
): Float32Array {
  const values = new Float32Array(lattice[0] * lattice[1] * lattice[2]);
  for (let k = 0, n = 0; k < lattice[2]; k++)
    for (let j = 0; j < lattice[1]; j++)
      for (let i = 0; i < lattice[0]; i++, n++) values[n] = sample(field, size, i * stride, j * stride, k * stride);
  return values;
}

/** Trilinear value at a point in voxels (voxel i spans i … i + 1, its value sits at i + ½). */
function sample(field: Float32Array, size: readonly [number, number, number], x: number, y: number, z: number): number {
  const [nx, ny, nz] = size;
  const u = Math.min(nx - 1, Math.max(0, x - 0.5));
  const v = Math.min(ny - 1, Math.max(0, y - 0.5));
  const w = Math.min(nz - 1, Math.max(0, z - 0.5));
  const i = Math.min(nx - 2, Math.floor(u));
  const j = Math.min(ny - 2, Math.floor(v));
  const k = Math.min(nz - 2, Math.floor(w));
  const [a, b, c] = [u - i, v - j, w - k];
  const n = i + nx * (j + ny * k);
  const m = n + nx * ny;
  const low =
    (field[n]! * (1 - a) + field[n + 1]! * a) * (1 - b) + (field[n + nx]! * (1 - a) + field[n + nx + 1]! * a) * b;
  const high =
    (field[m]! * (1 - a) + field[m + 1]! * a) * (1 - b) + (field[m + nx]! * (1 - a) + field[m + nx + 1]! * a) * b;
  return low * (1 - c) + high * c;
}

/** A net of quads in lattice units. */
interface Net {
  /** n×3 */
  readonly vertices: Float64Array;
  /** m×4, counter-clockwise from outside. */
  readonly quads: Uint32Array;
  /** For a vertex at an end of the lattice along z, 1 + its layer; 0 elsewhere. Such vertices keep their height. */
  readonly layers: Int32Array;
}

/** One vertex per lattice cell that the half-level crosses, one quad per crossed lattice edge with four cells around it. */
function surfaceNet(values: Float32Array, [nx, ny, nz]: readonly [number, number, number]): Net {
  const stride = [1, nx, nx * ny] as const;
  const inside = (n: number): boolean => values[n]! > 0.5;
  const vertexAt = new Int32Array(values.length).fill(-1);
  const vertices: number[] = [];
  const layers: number[] = [];
  for (let k = 0; k < nz - 1; k++) {
    for (let j = 0; j < ny - 1; j++) {
      for (let i = 0; i < nx - 1; i++) {
        const n = i + nx * (j + ny * k);
        let count = 0;
        for (let c = 0; c < 8; c++) if (inside(n + (c & 1) + ((c >> 1) & 1) * nx + (c >> 2) * nx * ny)) count++;
        if (count === 0 || count === 8) continue;
        vertexAt[n] = layers.length;
        pushCrossing(vertices, values, n, i, j, k, stride);
        const cut = k === 0 || k === nz - 2;
        layers.push(cut ? k + 1 : 0);
        if (cut) vertices[vertices.length - 1] = k + 0.5;
      }
    }
  }
  const quads: number[] = [];
  const last = [nx - 1, ny - 1, nz - 1] as const;
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++) {
        const n = i + nx * (j + ny * k);
        const at = [i, j, k] as const;
        for (let axis = 0; axis < 3; axis++) {
          const u = (axis + 1) % 3;
          const v = (axis + 2) % 3;
          if (at[axis]! >= last[axis]! || at[u]! < 1 || at[v]! < 1 || at[u]! >= last[u]! || at[v]! >= last[v]!)
            continue;
          const here = inside(n);
          if (here === inside(n + stride[axis]!)) continue;
          const a = vertexAt[n - stride[u]! - stride[v]!]!;
          const b = vertexAt[n - stride[v]!]!;
          const c = vertexAt[n]!;
          const d = vertexAt[n - stride[u]!]!;
          if (here) quads.push(a, b, c, d);
          else quads.push(a, d, c, b);
        }
      }
    }
  }
  return { vertices: Float64Array.from(vertices), quads: Uint32Array.from(quads), layers: Int32Array.from(layers) };
}

/** Adds the mean of the points where the cell's edges cross the half-level. */
function pushCrossing(
  vertices: number[],
  values: Float32Array,
  n: number,
  i: number,
  j: number,
  k: number,
  stride: readonly [number, number, number],
): void {
  let [x, y, z, count] = [0, 0, 0, 0];
  for (let axis = 0; axis < 3; axis++) {
    const u = (axis + 1) % 3;
    const v = (axis + 2) % 3;
    for (let corner = 0; corner < 4; corner++) {
      const du = corner & 1;
      const dv = corner >> 1;
      const start = n + du * stride[u]! + dv * stride[v]!;
      const f0 = values[start]!;
      const f1 = values[start + stride[axis]!]!;
      if (f0 > 0.5 === f1 > 0.5) continue;
      const at = [0, 0, 0];
      at[axis] = (0.5 - f0) / (f1 - f0);
      at[u] = du;
      at[v] = dv;
      x += at[0]!;
      y += at[1]!;
      z += at[2]!;
      count++;
    }
  }
  vertices.push(i + x / count, j + y / count, k + z / count);
}

/** Moves the vertices (in voxels) onto the half-level of the field by Newton steps along its gradient. */
function project(
  vertices: Float64Array,
  layers: Int32Array,
  field: Float32Array,
  size: readonly [number, number, number],
  stride: number,
): void {
  for (let n = 0; n < layers.length; n++) {
    const at = vertices.subarray(3 * n, 3 * n + 3);
    const [x0, y0, z0] = [at[0]!, at[1]!, at[2]!];
    for (let step = 0; step < 3; step++) {
      const [x, y, z] = [at[0]!, at[1]!, at[2]!];
      const gx = sample(field, size, x + 0.5, y, z) - sample(field, size, x - 0.5, y, z);
      const gy = sample(field, size, x, y + 0.5, z) - sample(field, size, x, y - 0.5, z);
      const gz = layers[n]! > 0 ? 0 : sample(field, size, x, y, z + 0.5) - sample(field, size, x, y, z - 0.5);
      const squared = gx * gx + gy * gy + gz * gz;
      if (squared < 1e-4) break;
      const far = (0.5 - sample(field, size, x, y, z)) / squared;
      at[0] = x + far * gx;
      at[1] = y + far * gy;
      at[2] = z + far * gz;
    }
    // where the field is flat (between the thighs) a step may overshoot: then the net's own vertex stays
    if (!(hypot(at[0]! - x0, at[1]! - y0, at[2]! - z0) <= stride / 2)) at.set([x0, y0, z0]);
  }
}

/** Taubin's smoothing along the quads' edges, each vertex on a leash; at a cut, along the cut only. Units are voxels. */
function smooth(vertices: Float64Array, layers: Int32Array, quads: Uint32Array): void {
  const count = layers.length;
  const start = vertices.slice();

  // neighbours as compressed rows; inner edges count twice, once for each of their quads, which changes no mean
  const linked = (a: number, b: number): boolean => layers[a] === 0 || layers[a] === layers[b];
  const first = new Uint32Array(count + 1);
  const eachEdge = (visit: (a: number, b: number) => void): void => {
    for (let q = 0; q < quads.length; q += 4) {
      for (let c = 0; c < 4; c++) {
        const a = quads[q + c]!;
        const b = quads[q + ((c + 1) & 3)]!;
        if (linked(a, b)) visit(a, b);
        if (linked(b, a)) visit(b, a);
      }
    }
  };
  eachEdge((a) => void first[a + 1]!++);
  for (let n = 0; n < count; n++) first[n + 1]! += first[n]!;
  const neighbours = new Uint32Array(first[count]!);
  const next = first.slice();
  eachEdge((a, b) => void (neighbours[next[a]!++] = b));

  const shift = new Float64Array(vertices.length);
  for (let pass = 0; pass < 2 * PASSES; pass++) {
    const factor = pass % 2 === 0 ? LAMBDA : MU;
    for (let n = 0; n < count; n++) {
      const [from, to] = [first[n]!, first[n + 1]!];
      let [x, y, z] = [0, 0, 0];
      for (let e = from; e < to; e++) {
        const m = 3 * neighbours[e]!;
        x += vertices[m]!;
        y += vertices[m + 1]!;
        z += vertices[m + 2]!;
      }
      const share = to > from ? 1 / (to - from) : 0;
      const used = to > from ? factor : 0;
      shift[3 * n] = used * (x * share - vertices[3 * n]!);
      shift[3 * n + 1] = used * (y * share - vertices[3 * n + 1]!);
      shift[3 * n + 2] = layers[n]! > 0 ? 0 : used * (z * share - vertices[3 * n + 2]!);
    }
    for (let c = 0; c < vertices.length; c++) vertices[c]! += shift[c]!;
  }
  for (let n = 0; n < vertices.length; n += 3) {
    const [dx, dy, dz] = [vertices[n]! - start[n]!, vertices[n + 1]! - start[n + 1]!, vertices[n + 2]! - start[n + 2]!];
    const scale = Math.min(1, LEASH / (hypot(dx, dy, dz) || 1));
    vertices[n] = start[n]! + scale * dx;
    vertices[n + 1] = start[n + 1]! + scale * dy;
    vertices[n + 2] = start[n + 2]! + scale * dz;
  }
}

/** Cuts each quad along its shorter diagonal. */
function split(quads: Uint32Array, vertices: Float64Array): Uint32Array {
  const triangles = new Uint32Array((quads.length / 4) * 6);
  const apart = (a: number, b: number): number =>
    (vertices[3 * a]! - vertices[3 * b]!) ** 2 +
    (vertices[3 * a + 1]! - vertices[3 * b + 1]!) ** 2 +
    (vertices[3 * a + 2]! - vertices[3 * b + 2]!) ** 2;
  for (let q = 0, t = 0; q < quads.length; q += 4, t += 6) {
    const [a, b, c, d] = [quads[q]!, quads[q + 1]!, quads[q + 2]!, quads[q + 3]!];
    triangles.set(apart(a, c) <= apart(b, d) ? [a, b, c, a, c, d] : [a, b, d, b, c, d], t);
  }
  return triangles;
}
