/** Triangles with shared vertices, changed in place by the functions here. */
export interface Mesh {
  /** n×3 */
  readonly vertices: Float32Array;
  /** m×3, counter-clockwise from outside. */
  readonly triangles: Uint32Array;
}

/** Enclosed volume (divergence theorem) in the cube of the vertices' unit; negative when inside out. */
export function volumeOf({ vertices: v, triangles: t }: Mesh): number {
  let six = 0;
  for (let n = 0; n < t.length; n += 3) {
    const [a, b, c] = [3 * t[n]!, 3 * t[n + 1]!, 3 * t[n + 2]!];
    six +=
      v[a]! * (v[b + 1]! * v[c + 2]! - v[b + 2]! * v[c + 1]!) +
      v[a + 1]! * (v[b + 2]! * v[c]! - v[b]! * v[c + 2]!) +
      v[a + 2]! * (v[b]! * v[c + 1]! - v[b + 1]! * v[c]!);
  }
  return six / 6;
}

/**
 * Unit vertex normals, weighted by the areas of the triangles around; n×3, written to out.
 * @param flat per vertex, not 0 on flat ends: their triangles do not turn the normals at their rims
 */
export function vertexNormals(
  vertices: Float32Array,
  triangles: Uint32Array,
  out: Float32Array,
  flat?: Uint8Array,
): void {
  out.fill(0);
  addNormals(vertices, triangles, out, (a, b, c) => flat === undefined || flat[a]! * flat[b]! * flat[c]! === 0);
  if (flat !== undefined) {
    const ends = new Float32Array(out.length);
    addNormals(vertices, triangles, ends, (a, b, c) => flat[a]! * flat[b]! * flat[c]! !== 0);
    for (let n = 0; n < out.length; n += 3)
      if (out[n] === 0 && out[n + 1] === 0 && out[n + 2] === 0) out.set(ends.subarray(n, n + 3), n);
  }
  for (let n = 0; n < out.length; n += 3) {
    const length = Math.sqrt(out[n]! ** 2 + out[n + 1]! ** 2 + out[n + 2]! ** 2) || 1;
    out[n]! /= length;
    out[n + 1]! /= length;
    out[n + 2]! /= length;
  }
}

function addNormals(
  vertices: Float32Array,
  triangles: Uint32Array,
  out: Float32Array,
  takes: (a: number, b: number, c: number) => boolean,
): void {
  for (let n = 0; n < triangles.length; n += 3) {
    if (!takes(triangles[n]!, triangles[n + 1]!, triangles[n + 2]!)) continue;
    const [a, b, c] = [3 * triangles[n]!, 3 * triangles[n + 1]!, 3 * triangles[n + 2]!];
    const ux = vertices[b]! - vertices[a]!;
    const uy = vertices[b + 1]! - vertices[a + 1]!;
    const uz = vertices[b + 2]! - vertices[a + 2]!;
    const vx = vertices[c]! - vertices[a]!;
    const vy = vertices[c + 1]! - vertices[a + 1]!;
    const vz = vertices[c + 2]! - vertices[a + 2]!;
    const x = uy * vz - uz * vy;
    const y = uz * vx - ux * vz;
    const z = ux * vy - uy * vx;
    out[a]! += x;
    out[a + 1]! += y;
    out[a + 2]! += z;
    out[b]! += x;
    out[b + 1]! += y;
    out[b + 2]! += z;
    out[c]! += x;
    out[c + 1]! += y;
    out[c + 2]! += z;
  }
}

/** Total area of the triangles. */
function areaOf({ vertices: v, triangles: t }: Mesh): number {
  let twice = 0;
  for (let n = 0; n < t.length; n += 3) {
    const [a, b, c] = [3 * t[n]!, 3 * t[n + 1]!, 3 * t[n + 2]!];
    const [ux, uy, uz] = [v[b]! - v[a]!, v[b + 1]! - v[a + 1]!, v[b + 2]! - v[a + 2]!];
    const [wx, wy, wz] = [v[c]! - v[a]!, v[c + 1]! - v[a + 1]!, v[c + 2]! - v[a + 2]!];
    twice += Math.sqrt((uy * wz - uz * wy) ** 2 + (uz * wx - ux * wz) ** 2 + (ux * wy - uy * wx) ** 2);
  }
  return twice / 2;
}

/** Each quad as two triangles, cut along its shorter diagonal. */
export function trianglesOf(quads: Uint32Array, v: Float32Array): Uint32Array {
  const out = new Uint32Array((quads.length / 4) * 6);
  for (let n = 0, m = 0; n < quads.length; n += 4, m += 6) {
    const [p, q, r, s] = [quads[n]!, quads[n + 1]!, quads[n + 2]!, quads[n + 3]!];
    const squared = (a: number, b: number): number =>
      (v[3 * a]! - v[3 * b]!) ** 2 + (v[3 * a + 1]! - v[3 * b + 1]!) ** 2 + (v[3 * a + 2]! - v[3 * b + 2]!) ** 2;
    if (squared(p, r) <= squared(q, s)) out.set([p, q, r, p, r, s], m);
    else out.set([p, q, s, q, r, s], m);
  }
  return out;
}

/**
 * Passes of Taubin's smoothing (SIGGRAPH 1995), which does not shrink: 1/λ + 1/μ = 0.1 leaves waves longer than some 14 edges.
 * @param pinned per vertex a bit mask of coordinates that stay (1 x, 2 y, 4 z)
 */
export function smoothQuads(v: Float32Array, quads: Uint32Array, pinned: Uint8Array, passes: number): void {
  const LAMBDA = 0.5;
  const MU = 1 / (0.1 - 1 / LAMBDA);
  const count = v.length / 3;
  const sum = new Float32Array(v.length);
  const degree = new Float32Array(count);
  for (let n = 0; n < quads.length; n++) degree[quads[n]!]! += 2;
  for (let pass = 0; pass < 2 * passes; pass++) {
    sum.fill(0);
    for (let n = 0; n < quads.length; n += 4) {
      for (let c = 0; c < 4; c++) {
        const [a, b] = [3 * quads[n + c]!, 3 * quads[n + ((c + 1) & 3)]!];
        for (let d = 0; d < 3; d++) {
          sum[a + d]! += v[b + d]!;
          sum[b + d]! += v[a + d]!;
        }
      }
    }
    const factor = pass % 2 === 0 ? LAMBDA : MU;
    for (let n = 0, c = 0; n < count; n++)
      for (let d = 0; d < 3; d++, c++)
        if ((pinned[n]! & (1 << d)) === 0) v[c]! += factor * (sum[c]! / degree[n]! - v[c]!);
  }
}

/**
 * Moves the surface along its normals, within `most`, until it encloses a volume.
 * @param pinned as for smoothQuads
 */
export function fitVolume(mesh: Mesh, volume: number, pinned: Uint8Array, most: number): void {
  const { vertices, triangles } = mesh;
  const normals = new Float32Array(vertices.length);
  let moved = 0;
  for (let pass = 0; pass < 3; pass++) {
    const by = Math.max(-most - moved, Math.min(most - moved, (volume - volumeOf(mesh)) / areaOf(mesh)));
    moved += by;
    vertexNormals(vertices, triangles, normals);
    for (let c = 0; c < vertices.length; c++)
      if ((pinned[Math.floor(c / 3)]! & (1 << (c % 3))) === 0) vertices[c]! += by * normals[c]!;
  }
}

/** The quads without closed pieces (or hollows) smaller than `least`, the cube of the vertices' unit, and the vertices they use. */
export function withoutCrumbs(
  v: Float32Array,
  quads: Uint32Array,
  pinned: Uint8Array,
  least: number,
): { vertices: Float32Array; quads: Uint32Array; pinned: Uint8Array } {
  const root = Uint32Array.from({ length: v.length / 3 }, (_, n) => n);
  const find = (n: number): number => {
    while (root[n] !== n) n = root[n] = root[root[n]!]!;
    return n;
  };
  for (let n = 0; n < quads.length; n += 4) for (let c = 1; c < 4; c++) root[find(quads[n + c]!)] = find(quads[n]!);
  const volume = new Float64Array(root.length);
  for (let n = 0; n < quads.length; n += 4) {
    for (const [b, c] of [
      [1, 2],
      [2, 3],
    ] as const) {
      const [p, q, r] = [3 * quads[n]!, 3 * quads[n + b]!, 3 * quads[n + c]!];
      volume[find(quads[n]!)]! +=
        (v[p]! * (v[q + 1]! * v[r + 2]! - v[q + 2]! * v[r + 1]!) +
          v[p + 1]! * (v[q + 2]! * v[r]! - v[q]! * v[r + 2]!) +
          v[p + 2]! * (v[q]! * v[r + 1]! - v[q + 1]! * v[r]!)) /
        6;
    }
  }
  const keep = new Int32Array(root.length).fill(-1);
  const vertices: number[] = [];
  const kept: number[] = [];
  for (let n = 0; n < root.length; n++)
    if (Math.abs(volume[find(n)]!) >= least) {
      keep[n] = vertices.length / 3;
      kept.push(pinned[n]!);
      vertices.push(v[3 * n]!, v[3 * n + 1]!, v[3 * n + 2]!);
    }
  return {
    vertices: Float32Array.from(vertices),
    pinned: Uint8Array.from(kept),
    quads: quads.filter((n) => keep[n]! >= 0).map((n) => keep[n]!),
  };
}
