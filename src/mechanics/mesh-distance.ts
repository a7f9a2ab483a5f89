import { atan2, norm } from '../base/elementary.ts';
import type { Vec3 } from '../base/grid.ts';
import { cross, dot, minus, pointAt, unit } from '../base/vec.ts';

/** How far around the mesh distances are exact, mm: beyond it they are those to its box, which are never longer. */
const MARGIN = 12;
/** Edge of the boxes in which the triangles that can be nearest are looked up, mm. */
const BIN = 6;

/**
 * Signed distance to a closed surface of triangles, mm, negative inside. The sign is that of the angle-weighted pseudonormal of the nearest
 * corner, edge or face (Bærentzen and Aanæs 2005, doi 10.1109/TVCG.2005.49).
 * @param vertices n×3, mm @param triangles m×3, counter-clockwise from outside
 */
export function meshDistance(
  vertices: ArrayLike<number>,
  triangles: ArrayLike<number>,
): (x: number, y: number, z: number) => number {
  const faces = facesOf(vertices, triangles);
  const low = extreme(vertices, Math.min);
  const high = extreme(vertices, Math.max);
  const start = low.map((v) => v - MARGIN);
  const size = high.map((v, d) => Math.max(1, Math.ceil((v + MARGIN - start[d]!) / BIN)));
  const bins = new Map<number, Face[]>();

  /** The faces that can be nearest to a place in a box: made when the first one is asked for there. */
  const near = (i: number, j: number, k: number): Face[] => {
    const key = i + size[0]! * (j + size[1]! * k);
    const known = bins.get(key);
    if (known !== undefined) return known;
    const centre: Vec3 = [start[0]! + (i + 0.5) * BIN, start[1]! + (j + 0.5) * BIN, start[2]! + (k + 0.5) * BIN];
    // the nearest middle is no nearer than the surface, and half a diagonal lies to either side
    const away = faces.map(({ middle }) => norm(minus(middle, centre)));
    const reach = Math.min(...pieces(away)) + Math.sqrt(3) * BIN + 1e-9;
    const some = faces.filter(({ radius }, n) => away[n]! - radius <= reach);
    bins.set(key, some);
    return some;
  };

  return (x, y, z) => {
    const p: Vec3 = [x, y, z];
    const bin = p.map((v, d) => Math.floor((v - start[d]!) / BIN));
    if (bin.some((n, d) => n < 0 || n >= size[d]!)) {
      const out = p.map((v, d) => Math.max(low[d]! - v, v - high[d]!, 0));
      return Math.sqrt(out[0]! * out[0]! + out[1]! * out[1]! + out[2]! * out[2]!);
    }
    let squared = Number.POSITIVE_INFINITY;
    let side = 1;
    for (const face of near(bin[0]!, bin[1]!, bin[2]!)) {
      const found = nearestOn(face, p);
      if (!(found.squared < squared)) continue;
      squared = found.squared;
      side = dot(minus(p, found.point), face.normals[found.feature]!) < 0 ? -1 : 1;
    }
    return side * Math.sqrt(squared);
  };
}

/** The least of each thousand: more arguments than some engines take would be too many. */
function* pieces(values: readonly number[]): Generator<number> {
  for (let n = 0; n < values.length; n += 1000) yield Math.min(...values.slice(n, n + 1000));
}

interface Face {
  /** Its middle, and how far its corners lie from there at most, mm. */
  readonly middle: Vec3;
  readonly radius: number;
  readonly corners: readonly [Vec3, Vec3, Vec3];
  /** Outward: of the face (0), its corners (1, 2, 3) and its edges (4: first to second, 5, 6). */
  readonly normals: readonly Vec3[];
}

function extreme(vertices: ArrayLike<number>, of: (a: number, b: number) => number): number[] {
  const found = [vertices[0]!, vertices[1]!, vertices[2]!];
  for (let n = 3; n < vertices.length; n++) found[n % 3] = of(found[n % 3]!, vertices[n]!);
  return found;
}

function facesOf(vertices: ArrayLike<number>, triangles: ArrayLike<number>): Face[] {
  const count = vertices.length / 3;
  const ofCorner = new Float64Array(vertices.length);
  const ofEdge = new Map<number, Vec3>();
  const flat = Array.from({ length: triangles.length / 3 }, (_, t) => {
    const at = [triangles[3 * t]!, triangles[3 * t + 1]!, triangles[3 * t + 2]!] as const;
    const corners = at.map((n) => pointAt(vertices, 3 * n)) as [Vec3, Vec3, Vec3];
    const across = cross(minus(corners[1], corners[0]), minus(corners[2], corners[0]));
    return { at, corners, normal: dot(across, across) > 0 ? unit(across) : undefined };
  });
  const edge = (a: number, b: number): number => Math.min(a, b) * count + Math.max(a, b);
  for (const { at, corners, normal } of flat) {
    if (normal === undefined) continue;
    for (let c = 0; c < 3; c++) {
      const one = minus(corners[(c + 1) % 3]!, corners[c]!);
      const other = minus(corners[(c + 2) % 3]!, corners[c]!);
      const turn = cross(one, other);
      const angle = atan2(Math.sqrt(dot(turn, turn)), dot(one, other));
      for (let d = 0; d < 3; d++) ofCorner[3 * at[c]! + d] = ofCorner[3 * at[c]! + d]! + angle * normal[d]!;
      const key = edge(at[c]!, at[(c + 1) % 3]!);
      const sum = ofEdge.get(key) ?? [0, 0, 0];
      ofEdge.set(key, [sum[0] + normal[0], sum[1] + normal[1], sum[2] + normal[2]]);
    }
  }
  // a triangle without an area is an edge of its neighbours
  return flat.flatMap(({ at, corners, normal }): Face[] =>
    normal === undefined
      ? []
      : [
          {
            corners,
            ...around(corners),
            normals: [
              normal,
              ...at.map((n) => pointAt(ofCorner, 3 * n)),
              ...at.map((n, c) => ofEdge.get(edge(n, at[(c + 1) % 3]!))!),
            ],
          },
        ],
  );
}

function around([a, b, c]: Face['corners']): Pick<Face, 'middle' | 'radius'> {
  const middle: Vec3 = [(a[0] + b[0] + c[0]) / 3, (a[1] + b[1] + c[1]) / 3, (a[2] + b[2] + c[2]) / 3];
  return { middle, radius: Math.max(norm(minus(a, middle)), norm(minus(b, middle)), norm(minus(c, middle))) };
}

/** The place on a face that is nearest to a point, by the region of its plane that the point lies over, and which normal counts there. */
function nearestOn({ corners: [a, b, c] }: Face, p: Vec3): { squared: number; point: Vec3; feature: number } {
  const ab = minus(b, a);
  const ac = minus(c, a);
  const ap = minus(p, a);
  const [d1, d2] = [dot(ab, ap), dot(ac, ap)];
  const at = (point: Vec3, feature: number): { squared: number; point: Vec3; feature: number } => {
    const way = minus(p, point);
    return { squared: dot(way, way), point, feature };
  };
  const along = (from: Vec3, way: Vec3, t: number): Vec3 => [
    from[0] + t * way[0],
    from[1] + t * way[1],
    from[2] + t * way[2],
  ];
  if (d1 <= 0 && d2 <= 0) return at(a, 1);
  const bp = minus(p, b);
  const [d3, d4] = [dot(ab, bp), dot(ac, bp)];
  if (d3 >= 0 && d4 <= d3) return at(b, 2);
  const vc = d1 * d4 - d3 * d2;
  if (vc <= 0 && d1 >= 0 && d3 <= 0) return at(along(a, ab, d1 / (d1 - d3)), 4);
  const cp = minus(p, c);
  const [d5, d6] = [dot(ab, cp), dot(ac, cp)];
  if (d6 >= 0 && d5 <= d6) return at(c, 3);
  const vb = d5 * d2 - d1 * d6;
  if (vb <= 0 && d2 >= 0 && d6 <= 0) return at(along(a, ac, d2 / (d2 - d6)), 6);
  const va = d3 * d6 - d5 * d4;
  if (va <= 0 && d4 >= d3 && d5 >= d6) return at(along(b, minus(c, b), (d4 - d3) / (d4 - d3 + d5 - d6)), 5);
  const sum = va + vb + vc;
  return at(along(along(a, ab, vb / sum), ac, vc / sum), 0);
}
