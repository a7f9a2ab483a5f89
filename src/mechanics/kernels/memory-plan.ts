import { type GridLevel, gridLevels } from '../coarsening.ts';
import type { EngineSetup } from '../engine.ts';
import { type FibreLevel, fibreLevels } from '../fibre-levels.ts';
import { type Layout, layOut } from './layout.ts';
import { MOST_THREADS } from './team.ts';

/** Bytes of a block of coefficients, of a frozen contact point and of a surface point. */
const BLOCK = 320;
export const FROZEN_POINT = 32;
export const POINT = 48;
/** Levels with fewer blocks than this are worked on by one thread. */
const SHARED_FROM = 300;

/** Addresses of one level's arrays. */
export interface Level {
  readonly layout: Layout;
  readonly grid: GridLevel;
  /** Address of the level's record. */
  readonly at: number;
  readonly cuts: number;
  readonly probe: number;
  readonly d: number;
  readonly e: number;
  readonly blocks: number;
  readonly ground: number;
  /** Frozen contact points, where those of each cell layer begin, and the ends of the springs among them; 0 where there can be none. */
  readonly frozen: number;
  readonly frozenLayers: number;
  readonly ends: number;
  /** Fibres in the level's cells, and the points that stand for them; 0 where there are none. */
  readonly fibres: FibreLevel;
  readonly fibrePoints: number;
}

/** Where everything lies in an engine's memory, in bytes. */
export interface MemoryPlan {
  readonly levels: readonly Level[];
  readonly control: number;
  readonly list: number;
  readonly factors: number;
  readonly sums: number;
  readonly preconditioner: number;
  readonly u: number;
  readonly trial: number;
  readonly g: number;
  readonly fresh: number;
  readonly d: number;
  readonly z: number;
  readonly S: readonly number[];
  readonly Y: readonly number[];
  readonly material: number;
  readonly extra: number;
  readonly points: number;
  readonly pointList: number;
  readonly pointValues: number;
  /** One scratch per thread, and the sizes that they are made for. */
  readonly scratches: readonly number[];
  readonly scratchBytes: number;
  readonly largestPlane: number;
  readonly longestRow: number;
  readonly bytes: number;
  /** Writes the records of the levels and of the preconditioner. */
  readonly write: (memory: ArrayBufferLike) => void;
}

/** Gives every array of an engine its place. */
export function planMemory({
  size,
  h,
  active,
  fixed,
  kind,
  memory: pairs,
  pointPlace,
  fibres,
  springs,
  threads,
}: EngineSetup): MemoryPlan {
  const grids = gridLevels(size, h, active, fixed);
  const layouts = grids.map(layOut);
  const fine = layouts[0]!;
  let top = 1024;
  const take = (bytes: number): number => {
    const at = top;
    top += (bytes + 16 + 63) & ~63;
    return at;
  };
  const vector = (layout: Layout): number => take(12 * layout.nodes);
  const vectors = (): number[] => Array.from({ length: pairs }, () => vector(fine));
  const along = fibreLevels(fibres, grids, h);
  const pointCount = pointPlace.length / 3 + fibres.count;
  // in the order in which they lie
  const arrays = {
    control: take(512),
    list: take(512),
    factors: take(512),
    sums: take(8 * (fine.size[2] + 1) * Math.max(pairs + 1, 4)),
    preconditioner: take(256),
    u: vector(fine),
    trial: vector(fine),
    g: vector(fine),
    fresh: vector(fine),
    d: vector(fine),
    z: vector(fine),
    S: vectors(),
    Y: vectors(),
    material: take(64 * fine.blocks),
    extra: take(64 * fine.blocks),
    points: take(POINT * pointCount),
    pointList: take(4 * pointCount),
    pointValues: take(24 * pointCount),
  };
  const copies: ((memory: ArrayBufferLike) => void)[] = [];
  const put = (data: Int32Array | Uint8Array): number => {
    const at = take(data.byteLength);
    copies.push((memory) =>
      new Uint8Array(memory, at).set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
    );
    return at;
  };
  const levels = layouts.map((layout, l): Level => {
    const grid = grids[l]!;
    const finest = l === 0;
    const at = take(128);
    const [nx, ny, nz] = layout.size;
    const cuts = take(4 * (MOST_THREADS + 2));
    const ground = take(4 * layout.nodes);
    const blocks = finest ? 0 : take(24 * layout.nodes);
    const touches = finest || springs > 0 || fibres.count > 0;
    const frozenCount = (finest ? pointCount : along[l]!.count) + 2 * springs;
    const frozen = touches ? take(FROZEN_POINT * frozenCount) : 0;
    const frozenLayers = touches ? take(4 * (nz + 1)) : 0;
    const ends = springs > 0 ? take(2 * POINT * springs) : 0;
    // on the finest level they lie behind the surface points
    const fibrePoints = finest ? arrays.points + POINT * (pointCount - fibres.count) : take(POINT * along[l]!.count);
    // a trial of the line search is over when a cycle begins
    const d = finest ? arrays.trial : vector(layout);
    const e = finest ? arrays.fresh : vector(layout);
    const record: readonly (readonly [number, number])[] = [
      [0, layout.nodes],
      [1, nx],
      [2, ny],
      [3, nz],
      [4, put(layout.rowAt)],
      [5, put(layout.rowLo)],
      [6, put(layout.rowHi)],
      [7, put(layout.planeStart)],
      [8, put(layout.runs)],
      [9, take(BLOCK * layout.blocks)],
      [10, put(layout.mask)],
      [11, ground],
      [12, blocks],
      [13, take(24 * layout.nodes)],
      [14, finest ? arrays.z : vector(layout)],
      [15, finest ? arrays.d : vector(layout)],
      [16, vector(layout)],
      [17, d],
      [18, e],
      [19, grid.kept],
      [20, cuts],
      [21, layout.blocks < SHARED_FROM ? 1 : 0],
      [22, frozenLayers],
      [23, frozen],
      [29, kind === 'stiffening' ? 1 : 0],
    ];
    copies.push((memory) => {
      const words = new Int32Array(memory, at, 32);
      for (const [word, value] of record) words[word] = value;
      new Float64Array(memory, at, 16)[13] = grid.h;
    });
    return {
      ...{ layout, grid, at, cuts, probe: vector(layout), d, e, blocks, ground },
      ...{ frozen, frozenLayers, ends, fibres: along[l]!, fibrePoints },
    };
  });
  planPreconditioner(levels, arrays.preconditioner, take, put, copies);
  const largestPlane = Math.max(
    ...layouts.map((l) => Math.max(...l.work.map((_, k) => l.planeStart[k + 1]! - l.planeStart[k]!))),
  );
  const longestRow = fine.size[0] + 48;
  // the size of a scratch is known to the module, which wants a memory first; the engine checks it there
  const scratchBytes = 8192 + 64 * (longestRow + 64) + 64 * (largestPlane + 64);
  const scratches = Array.from({ length: Math.max(1, Math.min(threads, MOST_THREADS)) }, () => take(scratchBytes));
  return {
    ...arrays,
    levels,
    scratches,
    scratchBytes,
    largestPlane,
    longestRow,
    bytes: top,
    write: (memory) => {
      for (const copy of copies) copy(memory);
    },
  };
}

/** The preconditioner's record: its levels, and the dense matrix of the coarsest one. */
function planPreconditioner(
  levels: readonly Level[],
  preconditioner: number,
  take: (bytes: number) => number,
  put: (data: Int32Array) => number,
  copies: ((memory: ArrayBufferLike) => void)[],
): void {
  const { layout } = levels[levels.length - 1]!;
  const dofs: number[] = [];
  for (let c = 0; c < 3; c++)
    for (let n = 0; n < layout.nodes; n++)
      if (layout.mask[n]! & 8 && (layout.mask[n]! >> c) & 1) dofs.push(4 * (n + c * layout.nodes));
  const stride = dofs.length + (dofs.length & 1);
  const dofList = put(Int32Array.from(dofs));
  const matrix = take(8 * stride * dofs.length);
  const right = take(8 * stride);
  copies.push((memory) => {
    const words = new Int32Array(memory, preconditioner, 64);
    words.set([levels.length, dofList, dofs.length, matrix, stride, right]);
    words.set(
      levels.map((level) => level.at),
      8,
    );
  });
}
