import type { GridLevel } from './coarsening.ts';

/**
 * Where fibres lie in the cells of a level of the preconditioner. Every level has its own, because stretching along a fibre is a derivative, which nodes cannot
 * carry for each other as they do a spring to the ground: lumped, fibres would hold what they let go.
 */
export interface FibreLevel {
  readonly count: number;
  /** Cell of each (n×3: i j k) and the place in it (n×3, 0…1). */
  readonly cell: Int32Array;
  readonly place: Float64Array;
  /** Direction, of length 1 on the finest level (n×3). */
  readonly along: Float64Array;
  /** Edges of the level's cells, mm. */
  readonly edges: readonly [number, number, number];
  /** Number of each among those of the next coarser level; none on the coarsest. */
  readonly parent: Int32Array;
}

/** What an engine is built from: the finest level's, with the share of each in what it is merged to (mm³), and its family. */
export interface FibreCells extends Pick<FibreLevel, 'count' | 'cell' | 'place' | 'along'> {
  readonly volume: Float64Array;
  readonly family: ArrayLike<number>;
}

export const NO_FIBRES: FibreCells = {
  count: 0,
  cell: new Int32Array(0),
  place: new Float64Array(0),
  along: new Float64Array(0),
  volume: new Float64Array(0),
  family: [],
};

/**
 * Fibres on all levels, finest first: of a coarse cell those of one family are one, at their mean place and along their mean direction, weighted by volume.
 * @param h edge of the finest cells, mm
 */
export function fibreLevels(
  fibres: FibreCells,
  grids: readonly Pick<GridLevel, 'size' | 'kept'>[],
  h: number,
): FibreLevel[] {
  const out: FibreLevel[] = [];
  let { count, cell, place, along, volume, family } = fibres;
  let edges: readonly [number, number, number] = [h, h, h];
  grids.forEach(({ kept }, l) => {
    const next = grids[l + 1];
    if (next === undefined) {
      out.push({ count, cell, place, along, edges, parent: new Int32Array(0) });
      return;
    }
    const keeps = (d: number): number => (kept >> d) & 1;
    const [nx, ny, nz] = next.size;
    const numbers = new Map<number, number>();
    const parent = new Int32Array(count);
    for (let s = 0; s < count; s++) {
      const [i, j, k] = [0, 1, 2].map((d) => cell[3 * s + d]! >> (keeps(d) === 1 ? 0 : 1)) as [number, number, number];
      const key = i + nx * (j + ny * (k + nz * family[s]!));
      const known = numbers.get(key);
      parent[s] = known ?? numbers.size;
      if (known === undefined) numbers.set(key, numbers.size);
    }
    out.push({ count, cell, place, along, edges, parent });
    const n = numbers.size;
    const coarse = {
      cell: new Int32Array(3 * n),
      place: new Float64Array(3 * n),
      along: new Float64Array(3 * n),
      volume: new Float64Array(n),
      family: new Int32Array(n),
    };
    for (let s = 0; s < count; s++) {
      const p = parent[s]!;
      const v = volume[s]!;
      coarse.volume[p] = coarse.volume[p]! + v;
      coarse.family[p] = family[s]!;
      for (let d = 0; d < 3; d++) {
        const i = cell[3 * s + d]!;
        coarse.cell[3 * p + d] = keeps(d) === 1 ? i : i >> 1;
        const x = keeps(d) === 1 ? place[3 * s + d]! : (place[3 * s + d]! + (i & 1)) / 2;
        coarse.place[3 * p + d] = coarse.place[3 * p + d]! + v * x;
      }
      addDirection(coarse.along, 3 * p, v, along, 3 * s);
    }
    for (let i = 0; i < 3 * n; i++) {
      const v = coarse.volume[Math.floor(i / 3)]!;
      coarse.place[i] = coarse.place[i]! / v;
      coarse.along[i] = coarse.along[i]! / v;
    }
    count = n;
    ({ cell, place, along, volume, family } = coarse);
    edges = edges.map((e, d) => (keeps(d) === 1 ? e : 2 * e)) as [number, number, number];
  });
  return out;
}

/** Adds v times a direction to a sum of them; a fibre has two ends, so that of the two which the sum is nearer to. */
export function addDirection(
  sum: Float64Array | number[],
  to: number,
  v: number,
  a: ArrayLike<number>,
  from: number,
): void {
  const along = sum[to]! * a[from]! + sum[to + 1]! * a[from + 1]! + sum[to + 2]! * a[from + 2]!;
  const w = along < 0 ? -v : v;
  for (let d = 0; d < 3; d++) sum[to + d] = sum[to + d]! + w * a[from + d]!;
}

/** The stiffness of fibres (n×6) on the next coarser level: that of those which are one there, added up. */
export function coarsenStiffness(
  { count, parent }: FibreLevel,
  stiffness: Float64Array,
  coarse: FibreLevel,
): Float64Array<ArrayBuffer> {
  const out = new Float64Array(6 * coarse.count);
  for (let s = 0; s < count; s++)
    for (let c = 0; c < 6; c++) {
      const to = 6 * parent[s]! + c;
      out[to] = out[to]! + stiffness[6 * s + c]!;
    }
  return out;
}

/**
 * Weights of a cell's corners (x fastest) in the derivative of what they carry along a fibre, 1/mm: the trilinear weights, differentiated. They add up to 0.
 */
export function slopeWeights({ place, along, edges }: FibreLevel, s: number, out: Float64Array): void {
  const [x, y, z] = [place[3 * s]!, place[3 * s + 1]!, place[3 * s + 2]!];
  const [a, b, c] = [along[3 * s]! / edges[0], along[3 * s + 1]! / edges[1], along[3 * s + 2]! / edges[2]];
  for (let n = 0; n < 8; n++) {
    const [wx, wy, wz] = [n & 1 ? x : 1 - x, n & 2 ? y : 1 - y, n & 4 ? z : 1 - z];
    out[n] = (n & 1 ? a : -a) * wy * wz + (n & 2 ? b : -b) * wx * wz + (n & 4 ? c : -c) * wx * wy;
  }
}
