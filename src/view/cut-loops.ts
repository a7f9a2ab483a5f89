import type { Vec3 } from '../base/grid.ts';

/** A line in which a plane cuts a surface. */
export interface CutLoop {
  /** Places in order, flattened n×2: mm from the plane's point, along its right and its up. */
  readonly places: Float64Array;
  /** The same on the surface's own vertices, flattened n×3, in what was given to be carried along. */
  readonly carried: Float64Array;
  readonly closed: boolean;
}

/** A plane as a cut has it. */
export interface CutPlane {
  readonly point: Vec3;
  readonly normal: Vec3;
  readonly right: Vec3;
  readonly up: Vec3;
}

/**
 * Where a plane cuts a surface: closed lines for a closed surface, and open ones where it ends.
 * @param vertices flattened n×3, mm
 * @param triangles flattened m×3
 * @param carried another place of every vertex (n×3), read at the same places of the lines
 */
export function cutLoops(
  vertices: ArrayLike<number>,
  triangles: ArrayLike<number>,
  { point, normal, right, up }: CutPlane,
  carried: ArrayLike<number> = vertices,
): CutLoop[] {
  const count = vertices.length / 3;
  const height = new Float64Array(count);
  for (let n = 0; n < count; n++)
    height[n] =
      (vertices[3 * n]! - point[0]) * normal[0] +
      (vertices[3 * n + 1]! - point[1]) * normal[1] +
      (vertices[3 * n + 2]! - point[2]) * normal[2];

  // every triangle that is cut joins two of its edges; an edge is two vertices, one on each side
  const next = new Map<number, number[]>();
  const join = (a: number, b: number): void => {
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const known = next.get(from);
      if (known === undefined) next.set(from, [to]);
      else known.push(to);
    }
  };
  const edge = (a: number, b: number): number => (a < b ? a * count + b : b * count + a);
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [triangles[t]!, triangles[t + 1]!, triangles[t + 2]!];
    const [over, above, beyond] = [height[a]! > 0, height[b]! > 0, height[c]! > 0];
    if (over === above && above === beyond) continue;
    if (over === above) join(edge(a, c), edge(b, c));
    else if (over === beyond) join(edge(a, b), edge(b, c));
    else join(edge(a, b), edge(a, c));
  }

  const out: CutLoop[] = [];
  const walk = (first: number): void => {
    const edges = [first];
    let closed = false;
    for (let at = first; ; ) {
      const to = next.get(at)?.pop();
      if (to === undefined) break;
      // the way back is used up too
      const back = next.get(to)!;
      back.splice(back.indexOf(at), 1);
      if (to === first) {
        closed = true;
        break;
      }
      edges.push(to);
      at = to;
    }
    if (edges.length < 2) return;
    const places = new Float64Array(2 * edges.length);
    const along = new Float64Array(3 * edges.length);
    for (const [n, key] of edges.entries()) {
      const [a, b] = [Math.floor(key / count), key % count];
      const share = height[a]! / (height[a]! - height[b]!);
      for (let d = 0; d < 3; d++) {
        const from = vertices[3 * a + d]!;
        const away = from + share * (vertices[3 * b + d]! - from) - point[d]!;
        places[2 * n]! += away * right[d]!;
        places[2 * n + 1]! += away * up[d]!;
        const start = carried[3 * a + d]!;
        along[3 * n + d] = start + share * (carried[3 * b + d]! - start);
      }
    }
    out.push({ places, carried: along, closed });
  };
  // open lines from their ends first, so that none is begun in its middle
  for (const [key, to] of next) if (to.length === 1) walk(key);
  for (const [key, to] of next) while (to.length > 0) walk(key);
  return out;
}

/** Pieces of a line whose places fulfil a condition, in order. */
export function piecesWhere({ places, carried, closed }: CutLoop, wanted: (n: number) => boolean): CutLoop[] {
  const count = places.length / 2;
  const keep = Array.from({ length: count }, (_, n) => wanted(n));
  const gap = keep.indexOf(false);
  if (gap === -1) return [{ places, carried, closed }];
  const out: CutLoop[] = [];
  let piece: number[] = [];
  const end = (): void => {
    if (piece.length > 1)
      out.push({
        places: Float64Array.from(piece.flatMap((n) => [places[2 * n]!, places[2 * n + 1]!])),
        carried: Float64Array.from(piece.flatMap((n) => [0, 1, 2].map((d) => carried[3 * n + d]!))),
        closed: false,
      });
    piece = [];
  };
  // a closed line is gone round from a gap, so that no piece is cut in two where it begins
  for (let step = 0; step < count; step++) {
    const n = closed ? (gap + step) % count : step;
    if (keep[n] === true) piece.push(n);
    else end();
  }
  end();
  return out;
}

/** A closed line with its corners rounded off, enclosing the same area: a tube of few sides is meant to be round. What is carried along is left out. */
export function rounded({ places, closed }: CutLoop): CutLoop {
  if (!closed) return { places, carried: EMPTY, closed };
  let now = places;
  for (let pass = 0; pass < 2; pass++) {
    const count = now.length / 2;
    const next = new Float64Array(4 * count);
    for (let n = 0; n < count; n++)
      for (let d = 0; d < 2; d++) {
        const [a, b] = [now[2 * n + d]!, now[2 * ((n + 1) % count) + d]!];
        next[4 * n + d] = 0.75 * a + 0.25 * b;
        next[4 * n + 2 + d] = 0.25 * a + 0.75 * b;
      }
    now = next;
  }
  const scale = Math.sqrt(Math.abs(areaOf(places) / areaOf(now)));
  const middle = middleOf(now);
  return { places: now.map((v, n) => middle[n % 2]! + scale * (v - middle[n % 2]!)), carried: EMPTY, closed };
}

const EMPTY = new Float64Array(0);

/** What a closed line encloses, mm², counted negative one way round. */
export function areaOf(places: Float64Array): number {
  const count = places.length / 2;
  let twice = 0;
  for (let n = 0; n < count; n++) {
    const m = (n + 1) % count;
    twice += places[2 * n]! * places[2 * m + 1]! - places[2 * m]! * places[2 * n + 1]!;
  }
  return twice / 2;
}

/** The mean of a line's places. */
export function middleOf(places: Float64Array): [number, number] {
  const count = places.length / 2;
  let [a, b] = [0, 0];
  for (let n = 0; n < count; n++) {
    a += places[2 * n]! / count;
    b += places[2 * n + 1]! / count;
  }
  return [a, b];
}

/** A dash from one place to another, mm. */
export type Dash = readonly [x: number, y: number, toX: number, toY: number];

/**
 * A line as short straight pieces, dashed evenly: a closed one so that the last gap is as long as the others.
 * @param dash lengths drawn and left out, mm; undefined for a whole line
 */
export function dashes({ places, closed }: CutLoop, dash?: readonly [on: number, off: number]): Dash[] {
  const count = places.length / 2;
  const ends = closed ? count : count - 1;
  const lengths = Array.from({ length: ends }, (_, n) => {
    const m = (n + 1) % count;
    return Math.hypot(places[2 * m]! - places[2 * n]!, places[2 * m + 1]! - places[2 * n + 1]!);
  });
  const whole = lengths.reduce((sum, length) => sum + length, 0);
  const period = dash === undefined ? whole : whole / Math.max(1, Math.round(whole / (dash[0] + dash[1])));
  const on = dash === undefined ? whole : (period * dash[0]) / (dash[0] + dash[1]);
  const out: Dash[] = [];
  let gone = 0;
  for (const [n, length] of lengths.entries()) {
    const m = (n + 1) % count;
    const at = (t: number): [number, number] => [
      places[2 * n]! + t * (places[2 * m]! - places[2 * n]!),
      places[2 * n + 1]! + t * (places[2 * m + 1]! - places[2 * n + 1]!),
    ];
    for (let start = Math.floor(gone / period) * period; start < gone + length; start += period) {
      const [from, to] = [Math.max(0, start - gone), Math.min(length, start + on - gone)];
      if (to > from && length > 0) out.push([...at(from / length), ...at(to / length)]);
    }
    gone += length;
  }
  return out;
}
