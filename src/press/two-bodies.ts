import { cellCorners, cellCount, type Grid, nodeCount, type Vec3 } from '../base/grid.ts';
import { sampleNodes } from '../base/sample-nodes.ts';
import { along, dot, minus, pointAt } from '../base/vec.ts';
import type { CellFields, Solution } from '../mechanics/solution.ts';
import type { Stack } from '../mechanics/stack.ts';
import { continuedOutward } from './displacement.ts';

/** What tells the bodies of a stack apart on the model's grid, and where they meet. */
export interface Apart {
  readonly stack: Stack;
  /** The model's grid, in which both bodies lie. */
  readonly grid: Grid;
  /** Fill of each cell that the solver has of each body (bodies × cells); 0 where it has none. */
  readonly fills: readonly [ArrayLike<number>, ArrayLike<number>];
  /** Share of each cell that is each body's (bodies × cells). */
  readonly inside: readonly [Float32Array, Float32Array];
  /** Where they meet at rest, in the model's grid: points (n×3), mm, areas, mm², normals (n×3), and which are tied. */
  readonly surface: {
    readonly points: Float64Array;
    readonly areas: Float64Array;
    readonly normals: Float64Array;
    readonly tied: Uint8Array;
  };
}

/** A field of each body on the model's grid; beyond a body it goes on with the other one's. */
export type OfBoth<T> = readonly [container: T, contents: T];

/** Values of cells (cells×width) in a stack, by body. @param none value where neither body is */
export function cellsApart(
  { stack, grid, fills }: Apart,
  values: Float32Array,
  width = 1,
  none = 0,
): OfBoth<Float32Array> {
  const [nx, ny] = grid.size;
  const lifts = stack.lifts.map((lift) => lift * nx * ny);
  const of = (order: readonly [0 | 1, 0 | 1]): Float32Array => {
    const out = new Float32Array(width * cellCount(grid)).fill(none);
    for (let c = 0; c < cellCount(grid); c++) {
      const b = order.find((body) => fills[body][c]! > 0);
      if (b === undefined) continue;
      for (let k = 0; k < width; k++) out[width * c + k] = values[width * (c + lifts[b]!) + k]!;
    }
    return out;
  };
  return [of([0, 1]), of([1, 0])];
}

/** Layers of nodes over which a displacement goes on beyond its body before the other one's begins: what is read beside a body needs its slope there. */
const BEYOND = 2;

/** Displacements of nodes (nodes×3) in a stack, by body; 0 where neither is. */
export function nodesApart({ stack, grid, fills }: Apart, values: ArrayLike<number>): OfBoth<Float32Array> {
  const layer = (grid.size[0] + 1) * (grid.size[1] + 1);
  const has = fills.map((fill) => {
    const nodes = new Uint8Array(nodeCount(grid));
    for (let c = 0; c < cellCount(grid); c++)
      if (fill[c]! > 0) for (const node of cellCorners(grid, c)) nodes[node] = 1;
    return nodes;
  });
  const of = (order: readonly [0 | 1, 0 | 1]): Float32Array => {
    const out = new Float32Array(3 * nodeCount(grid));
    for (let n = 0; n < nodeCount(grid); n++) {
      const b = order.find((body) => has[body]![n] === 1);
      if (b === undefined) continue;
      for (let k = 0; k < 3; k++) out[3 * n + k] = values[3 * (n + stack.lifts[b]! * layer) + k]!;
    }
    const [own, other] = order;
    return continuedOutward(grid, fills[own], out, { layers: BEYOND, within: has[other]! });
  };
  return [of([0, 1]), of([1, 0])];
}

/**
 * All fields of cells, by body. What a cell stores and what passes through it is the cell's: where both bodies are in one, work is what both hold, and the
 * flow of the push what each lets through, by their shares.
 */
export function fieldsApart(apart: Apart, solution: Pick<Solution, 'cells'>): OfBoth<CellFields> {
  const { fills, inside } = apart;
  const cells = solution.cells();
  const parts = {
    pressure: cellsApart(apart, cells.pressure),
    shear: cellsApart(apart, cells.shear),
    stress: cellsApart(apart, cells.stress, 6),
    stretchMin: cellsApart(apart, cells.stretchMin, 1, 1),
    stretchMax: cellsApart(apart, cells.stretchMax, 1, 1),
    flow: cellsApart(apart, cells.flow, 3),
    work: cellsApart(apart, cells.work),
  };
  const shared = (c: number): boolean => fills[0][c]! > 0 && fills[1][c]! > 0;
  const work = parts.work[0].map((w, c) => (shared(c) ? w + parts.work[1][c]! : w));
  const flow = parts.flow[0].map((q, n) => {
    const c = Math.floor(n / 3);
    if (!shared(c)) return q;
    const [a, b] = [inside[0][c]!, inside[1][c]!];
    return (a * q + b * parts.flow[1][n]!) / (a + b);
  });
  const of = (b: 0 | 1): CellFields => ({
    pressure: parts.pressure[b],
    shear: parts.shear[b],
    stress: parts.stress[b],
    stretchMin: parts.stretchMin[b],
    stretchMax: parts.stretchMax[b],
    flow,
    work,
  });
  return [of(0), of(1)];
}

/** How far the contents have slipped along what holds them, at each point where they meet, mm. */
export function slipsOf({ grid, surface }: Apart, [container, contents]: OfBoth<Float32Array>): Float32Array {
  const [a, b] = [new Float64Array(3), new Float64Array(3)];
  return Float32Array.from(surface.areas, (_, s) => {
    const [x, y, z] = pointAt(surface.points, 3 * s);
    sampleNodes(grid, container, 3, x, y, z, a);
    sampleNodes(grid, contents, 3, x, y, z, b);
    const jump = minus([b[0]!, b[1]!, b[2]!], [a[0]!, a[1]!, a[2]!]);
    const normal = pointAt(surface.normals, 3 * s);
    const slip = along(jump, -dot(jump, normal), normal);
    return Math.sqrt(dot(slip, slip));
  });
}

/**
 * How much of a place of the body at rest is the contents', 0…1, between the middles of the cells.
 * @param share of each cell's body that is contents (cells)
 */
export function insideOf(grid: Grid, share: Float32Array): (at: Vec3) => number {
  const [nx, ny, nz] = grid.size;
  const held = (n: number, most: number): number => Math.min(Math.max(n, 0), most - 1);
  return ([x, y, z]) => {
    const [fx, fy, fz] = [x - grid.origin[0], y - grid.origin[1], z - grid.origin[2]].map(
      (d) => d / grid.spacing - 0.5,
    );
    const [i, j, k] = [Math.floor(fx!), Math.floor(fy!), Math.floor(fz!)];
    let sum = 0;
    for (let c = 0; c < 8; c++) {
      const [a, b, d] = [i + (c & 1), j + ((c >> 1) & 1), k + (c >> 2)];
      const weight = (1 - Math.abs(fx! - a)) * (1 - Math.abs(fy! - b)) * (1 - Math.abs(fz! - d));
      sum += weight * share[held(a, nx) + nx * (held(b, ny) + ny * held(d, nz))]!;
    }
    return sum;
  };
}

/**
 * Whether a place of the pressed body is the contents': where what they have there lies in them; where the bodies gape or overlap by a little, it is that of
 * the body which is nearer to its own.
 * @param own how much of the place at rest is the contents', by their map, 0…1
 * @param held the same by the map of what holds them; asked only where it matters
 */
export const belongsToContents = (own: number, held: () => number): boolean => own >= 0.5 || held() - 0.5 > 0.5 - own;
