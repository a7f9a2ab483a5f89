import { pow } from '../base/elementary.ts';
import { fitVolume, type Mesh, volumeOf } from './mesh.ts';

/** How far a mesh may change. */
export interface Limits {
  /** Root mean square distance to the planes of the triangles that a vertex stands for, mm. */
  readonly error: number;
  /** Longest edge that is made, mm: what bends with the body needs vertices to bend at. */
  readonly edge: number;
}

/** Figures per vertex: the ten of a symmetric 4×4 matrix, and the area behind them. */
const WIDTH = 11;

/** A triangle may turn by this much at most (cosine) when a corner moves. */
const TURN = 0.35;

/**
 * Fewer triangles for the same look: edges are drawn together one after the other, the least noticed first (quadric error metric,
 * Garland & Heckbert 1997), and only where the surface stays closed and no triangle turns over.
 *
 * @param mesh closed, every edge with two triangles, mm
 * @param pinned per vertex, not 0 where it has to stay
 * @returns a new mesh, with `pinned` of the vertices that are left
 */
export function simplify(mesh: Mesh, pinned: Uint8Array, limits: Limits): { mesh: Mesh; pinned: Uint8Array } {
  const v = Float64Array.from(mesh.vertices);
  const t = Uint32Array.from(mesh.triangles);
  const count = v.length / 3;
  const around: number[][] = Array.from({ length: count }, () => []);
  const quadrics = new Float64Array(count * WIDTH);
  for (let n = 0; n < t.length; n += 3) {
    for (let c = 0; c < 3; c++) around[t[n + c]!]!.push(n);
    addPlane(quadrics, v, t, n);
  }
  const version = new Uint32Array(count);
  const gone = new Uint8Array(count);
  const lost = new Uint8Array(t.length / 3);
  const stamp = new Uint32Array(count);
  let stamps = 0;
  const heap = new Heap();
  const place = new Float64Array(3);

  const neighbours = (u: number): number[] => {
    const out: number[] = [];
    stamps++;
    stamp[u] = stamps;
    for (const n of around[u]!)
      for (let c = 0; c < 3; c++) {
        const w = t[n + c]!;
        if (stamp[w] === stamps) continue;
        stamp[w] = stamps;
        out.push(w);
      }
    return out;
  };
  const offer = (a: number, b: number): void => {
    if (pinned[a] !== 0 || pinned[b] !== 0) return;
    const [u, w] = a < b ? [a, b] : [b, a];
    const cost = meet(quadrics, v, u, w, place);
    if (cost <= limits.error ** 2) heap.push(cost, u, w, version[u]!, version[w]!);
  };
  /** Whether the triangles around u, without those that also hold w, keep their side and stay small when u moves to the place. */
  const fits = (u: number, w: number): boolean => {
    for (const n of around[u]!) {
      const [a, b, c] = [t[n]!, t[n + 1]!, t[n + 2]!];
      if (a === w || b === w || c === w) continue;
      const [p, q] = a === u ? [b, c] : b === u ? [c, a] : [a, b];
      if (!turnsLittle(v, u, p, q, place, limits.edge)) return false;
    }
    return true;
  };

  for (let u = 0; u < count; u++) for (const w of neighbours(u)) if (u < w) offer(u, w);
  for (;;) {
    const edge = heap.pop();
    if (edge === undefined) break;
    const [u, w, versionU, versionW] = edge;
    if (gone[u] === 1 || gone[w] === 1 || version[u] !== versionU || version[w] !== versionW) continue;
    // the surface stays closed where exactly the two triangles of the edge connect both ends' surroundings
    const ofU = neighbours(u);
    const sharedStamp = stamps;
    let common = 0;
    const ofW: number[] = [];
    for (const n of around[w]!)
      for (let c = 0; c < 3; c++) if (t[n + c] !== w && !ofW.includes(t[n + c]!)) ofW.push(t[n + c]!);
    for (const x of ofW) if (x !== u && stamp[x] === sharedStamp) common++;
    if (common !== 2 || ofU.length + ofW.length < 8) continue;
    meet(quadrics, v, u, w, place);
    if (!fits(u, w) || !fits(w, u)) continue;

    for (let d = 0; d < 3; d++) v[3 * u + d] = place[d]!;
    for (let d = 0; d < WIDTH; d++) quadrics[WIDTH * u + d]! += quadrics[WIDTH * w + d]!;
    for (const n of around[w]!) {
      if (t[n] === u || t[n + 1] === u || t[n + 2] === u) {
        lost[n / 3] = 1;
        for (let c = 0; c < 3; c++) {
          const x = t[n + c]!;
          if (x !== w) around[x] = around[x]!.filter((m) => m !== n);
        }
        continue;
      }
      for (let c = 0; c < 3; c++) if (t[n + c] === w) t[n + c] = u;
      around[u]!.push(n);
    }
    around[w] = [];
    gone[w] = 1;
    version[u]!++;
    for (const x of neighbours(u)) offer(u, x);
  }
  const less = compact(v, t, lost, pinned);
  // on a bulge every meeting place lies a little outside
  fitVolume(less.mesh, volumeOf(mesh), less.pinned, limits.error);
  return less;
}

/** Adds the plane of triangle n, weighted by its area, to its three corners. */
function addPlane(quadrics: Float64Array, v: Float64Array, t: Uint32Array, n: number): void {
  const [a, b, c] = [3 * t[n]!, 3 * t[n + 1]!, 3 * t[n + 2]!];
  const [ux, uy, uz] = [v[b]! - v[a]!, v[b + 1]! - v[a + 1]!, v[b + 2]! - v[a + 2]!];
  const [wx, wy, wz] = [v[c]! - v[a]!, v[c + 1]! - v[a + 1]!, v[c + 2]! - v[a + 2]!];
  const normal = [uy * wz - uz * wy, uz * wx - ux * wz, ux * wy - uy * wx];
  const twice = Math.sqrt(normal[0]! ** 2 + normal[1]! ** 2 + normal[2]! ** 2);
  if (!(twice > 0)) return;
  const [x, y, z] = normal.map((d) => d / twice) as [number, number, number];
  const plane = [x, y, z, -(x * v[a]! + y * v[a + 1]! + z * v[a + 2]!)];
  for (let k = 0; k < 3; k++) {
    let at = WIDTH * t[n + k]!;
    for (let i = 0; i < 4; i++) for (let j = i; j < 4; j++) quadrics[at++]! += twice * plane[i]! * plane[j]!;
    quadrics[at]! += twice;
  }
}

/** Where two vertices meet best, written to `place`; returns the mean squared distance there from the planes of both, mm². */
function meet(q: Float64Array, v: Float64Array, u: number, w: number, place: Float64Array): number {
  const [i, j] = [WIDTH * u, WIDTH * w];
  const sum = (k: number): number => q[i + k]! + q[j + k]!;
  const [a, b, c, d, e, f, g, h, k] = [sum(0), sum(1), sum(2), sum(3), sum(4), sum(5), sum(6), sum(7), sum(8)];
  const weight = sum(10);
  const [ef, bf, be] = [e * h - f * f, b * h - c * f, b * f - c * e];
  const det = a * ef - b * bf + c * be;
  const [x0, y0, z0] = [v[3 * u]!, v[3 * u + 1]!, v[3 * u + 2]!];
  const [x1, y1, z1] = [v[3 * w]!, v[3 * w + 1]!, v[3 * w + 2]!];
  let [x, y, z] = [(x0 + x1) / 2, (y0 + y1) / 2, (z0 + z1) / 2];
  // on a nearly flat or straight piece the best place is far away: the middle will do
  if (Math.abs(det) > 1e-3 * pow(weight, 3)) {
    const bx = -(d * ef - b * (g * h - f * k) + c * (g * f - e * k)) / det;
    const by = -(a * (g * h - k * f) - d * bf + c * (b * k - g * c)) / det;
    const bz = -(a * (e * k - g * f) - b * (b * k - g * c) + d * be) / det;
    const length = (x1 - x0) ** 2 + (y1 - y0) ** 2 + (z1 - z0) ** 2;
    if ((bx - x) ** 2 + (by - y) ** 2 + (bz - z) ** 2 < length) [x, y, z] = [bx, by, bz];
  }
  place[0] = x;
  place[1] = y;
  place[2] = z;
  const error =
    a * x * x + e * y * y + h * z * z + 2 * (b * x * y + c * x * z + f * y * z + d * x + g * y + k * z) + sum(9);
  return weight > 0 ? Math.max(0, error) / weight : 0;
}

/** Whether triangle (u, p, q) keeps its side, some area and short edges when u moves to the place. */
function turnsLittle(v: Float64Array, u: number, p: number, q: number, place: Float64Array, edge: number): boolean {
  const at = (n: number, d: number): number => v[3 * n + d]!;
  const [px, py, pz] = [at(p, 0), at(p, 1), at(p, 2)];
  const [ex, ey, ez] = [at(q, 0) - px, at(q, 1) - py, at(q, 2) - pz];
  const normal = (x: number, y: number, z: number): [number, number, number] => {
    const [fx, fy, fz] = [x - px, y - py, z - pz];
    return [ey * fz - ez * fy, ez * fx - ex * fz, ex * fy - ey * fx];
  };
  const [ax, ay, az] = normal(at(u, 0), at(u, 1), at(u, 2));
  const [bx, by, bz] = normal(place[0]!, place[1]!, place[2]!);
  const before = Math.sqrt(ax * ax + ay * ay + az * az);
  const after = Math.sqrt(bx * bx + by * by + bz * bz);
  const toP = (place[0]! - px) ** 2 + (place[1]! - py) ** 2 + (place[2]! - pz) ** 2;
  const toQ = (place[0]! - at(q, 0)) ** 2 + (place[1]! - at(q, 1)) ** 2 + (place[2]! - at(q, 2)) ** 2;
  const longest = Math.max(toP, toQ, ex * ex + ey * ey + ez * ez);
  if (toP > edge * edge || toQ > edge * edge) return false;
  // no needles: height above the longest edge at least a tenth of it
  return ax * bx + ay * by + az * bz > TURN * before * after && after > 0.1 * longest;
}

function compact(
  v: Float64Array,
  t: Uint32Array,
  lost: Uint8Array,
  pinned: Uint8Array,
): { mesh: Mesh; pinned: Uint8Array } {
  const index = new Int32Array(v.length / 3).fill(-1);
  const vertices: number[] = [];
  const kept: number[] = [];
  const triangles: number[] = [];
  for (let n = 0; n < t.length; n++) {
    if (lost[Math.floor(n / 3)] === 1) continue;
    const u = t[n]!;
    if (index[u] === -1) {
      index[u] = kept.length;
      kept.push(pinned[u]!);
      vertices.push(v[3 * u]!, v[3 * u + 1]!, v[3 * u + 2]!);
    }
    triangles.push(index[u]!);
  }
  return {
    mesh: { vertices: Float32Array.from(vertices), triangles: Uint32Array.from(triangles) },
    pinned: Uint8Array.from(kept),
  };
}

type Edge = readonly [u: number, w: number, versionU: number, versionW: number];

/** Edges, the cheapest first; equal ones in the order in which they came. */
class Heap {
  private readonly costs: number[] = [];
  private readonly edges: Edge[] = [];
  private readonly heap: number[] = [];

  push(cost: number, u: number, w: number, versionU: number, versionW: number): void {
    const id = this.costs.length;
    this.costs.push(cost);
    this.edges.push([u, w, versionU, versionW]);
    const { heap } = this;
    let at = heap.length;
    heap.push(id);
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (!this.before(id, heap[up]!)) break;
      heap[at] = heap[up]!;
      at = up;
    }
    heap[at] = id;
  }

  pop(): Edge | undefined {
    const { heap } = this;
    const first = heap[0];
    if (first === undefined) return undefined;
    const last = heap.pop()!;
    if (heap.length > 0) {
      let at = 0;
      for (;;) {
        let down = 2 * at + 1;
        if (down >= heap.length) break;
        if (down + 1 < heap.length && this.before(heap[down + 1]!, heap[down]!)) down++;
        if (!this.before(heap[down]!, last)) break;
        heap[at] = heap[down]!;
        at = down;
      }
      heap[at] = last;
    }
    return this.edges[first];
  }

  private before(a: number, b: number): boolean {
    const [costA, costB] = [this.costs[a]!, this.costs[b]!];
    return costA < costB || (costA === costB && a < b);
  }
}
