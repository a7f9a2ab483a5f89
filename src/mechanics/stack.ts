import { cellCount, type Grid, nodeCount } from '../base/grid.ts';
import { gridLevels } from './coarsening.ts';
import type { Block } from './problem.ts';

/** Several bodies of one grid, each with cells of its own in a higher grid. */
export interface Stack {
  readonly grid: Grid;
  readonly blocks: readonly Block[];
  /** For each body how many cells higher its cells lie than they are. */
  readonly lifts: readonly number[];
}

/** Cells of the finest level in one of the coarsest, at most. */
const MOST_STEP = 256;

/**
 * Lays the cells of several bodies one above the other in one grid, so far apart that they have no node in common on any level of the preconditioner. So
 * two bodies may have cells in the same place, and everything that is computed cell by cell need not know of it.
 * @param fills share of each cell of the grid that is each body's (bodies × cells)
 */
export function stackBodies(grid: Grid, fills: readonly ArrayLike<number>[]): Stack {
  const [nx, ny, nz] = grid.size;
  const spans = fills.map((fill) => {
    let [low, high] = [nz, 0];
    for (let c = 0; c < nx * ny * nz; c++)
      if (fill[c]! > 0) {
        const k = Math.floor(c / (nx * ny));
        low = Math.min(low, k);
        high = Math.max(high, k + 1);
      }
    return [low, Math.max(low, high)] as const;
  });
  for (let step = 1; ; step *= 2) {
    // an empty cell of the coarsest level between two bodies; a body's coarse cells are those it would have alone
    let top = 0;
    const lifts = spans.map(([low, high]) => {
      const lift = top - Math.floor(low / step) * step;
      top = Math.ceil((high + lift) / step) * step + step;
      return lift;
    });
    const last = spans.length - 1;
    const size = [nx, ny, spans[last]![1] + lifts[last]!] as const;
    const stacked: Grid = { ...grid, size };
    const active = new Uint8Array(cellCount(stacked));
    fills.forEach((fill, b) => {
      for (let c = 0; c < nx * ny * nz; c++) if (fill[c]! > 0) active[c + nx * ny * lifts[b]!] = 1;
    });
    const levels = gridLevels(size, grid.spacing, active, undefined).length;
    // four bodies and more share nodes on the coarsest level
    if (2 ** (levels - 1) > step && step < MOST_STEP) continue;
    const blocks = spans.map(
      ([low, high], b): Block => ({
        shift: [0, 0, lifts[b]! * grid.spacing],
        layers: [low + lifts[b]!, high + lifts[b]!],
      }),
    );
    return { grid: stacked, blocks, lifts };
  }
}

/** The values of each body's cells, laid where they are in the stack; 0 elsewhere. */
export function stackCells({ grid, lifts, blocks }: Stack, values: readonly ArrayLike<number>[]): Float64Array {
  const layer = grid.size[0] * grid.size[1];
  const out = new Float64Array(cellCount(grid));
  values.forEach((value, b) => {
    const [from, to] = blocks[b]!.layers;
    for (let c = from * layer; c < to * layer; c++) out[c] = value[c - lifts[b]! * layer]!;
  });
  return out;
}

/** The same for nodes, planes of them one behind the other. */
export function stackNodes<T extends Uint8Array | Float64Array>(
  { grid, lifts, blocks }: Stack,
  values: readonly T[],
  planes: number,
): T {
  const layer = (grid.size[0] + 1) * (grid.size[1] + 1);
  const nodes = nodeCount(grid);
  const out = new (values[0]!.constructor as new (n: number) => T)(planes * nodes);
  values.forEach((value, b) => {
    const [from, to] = blocks[b]!.layers;
    const own = value.length / planes;
    for (let p = 0; p < planes; p++)
      for (let n = from * layer; n < (to + 1) * layer; n++)
        out[p * nodes + n] = value[p * own + n - lifts[b]! * layer]!;
  });
  return out;
}
