import { cornerOffsets } from '../base/grid.ts';

/** One grid of the multigrid hierarchy, finest first. */
export interface GridLevel {
  /** Cells along x, y, z. */
  readonly size: readonly [number, number, number];
  /** Edge of a cell, mm. */
  readonly h: number;
  /** 1 for each active cell. */
  readonly active: Uint8Array;
  /** Fixed directions of each node, bits x = 1, y = 2, z = 4. */
  readonly fixed: Uint8Array | undefined;
  /** Directions with a single cell, which the next level keeps as they are: bits x = 1, y = 2, z = 4. */
  readonly kept: number;
}

/** Levels are added while a direction has more than twice this many cells … */
const COARSEST_CELLS = 3;
/** … or the level has more nodes than this, which bounds the dense matrix of the coarsest one. */
const COARSEST_NODES = 160;

/** Halves the grid until it is small enough for a dense matrix; a coarse cell is active where one of its children does. */
export function gridLevels(
  size: readonly [number, number, number],
  h: number,
  active: Uint8Array,
  fixed: Uint8Array | undefined,
): GridLevel[] {
  const levels: GridLevel[] = [];
  let at = { size, h, active, fixed };
  for (;;) {
    const kept = at.size.reduce((bits, n, d) => bits | (n === 1 ? 1 << d : 0), 0);
    levels.push({ ...at, kept });
    const small = at.size.every((n) => n <= 2 * COARSEST_CELLS) && nodesOf(at.size, at.active) <= COARSEST_NODES;
    if (small || kept === 7) return levels;
    const coarse = at.size.map((n) => Math.ceil(n / 2)) as [number, number, number];
    at = {
      size: coarse,
      h: 2 * at.h,
      active: coarsenCells(at.active, at.size, coarse),
      fixed: coarsenFixed(at.fixed, at.size, coarse),
    };
  }
}

/** Number of nodes that belong to an active cell. */
function nodesOf([nx, ny, nz]: readonly [number, number, number], active: Uint8Array): number {
  const used = new Uint8Array((nx + 1) * (ny + 1) * (nz + 1));
  const sy = nx + 1;
  const sz = sy * (ny + 1);
  for (let k = 0, c = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++, c++) {
        if (active[c] === 0) continue;
        const b = i + sy * j + sz * k;
        for (const o of cornerOffsets(sy, sz)) used[b + o] = 1;
      }
  return used.reduce((n, u) => n + u, 0);
}

function coarsenCells(
  active: Uint8Array,
  [nx, ny, nz]: readonly [number, number, number],
  coarse: readonly [number, number, number],
): Uint8Array {
  const out = new Uint8Array(coarse[0] * coarse[1] * coarse[2]);
  // a direction with one cell keeps it: 0 >> 1 is 0
  for (let k = 0, c = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++, c++)
        if (active[c] === 1) out[(i >> 1) + coarse[0] * ((j >> 1) + coarse[1] * (k >> 1))] = 1;
  return out;
}

/** A coarse node is fixed where the fine node at the same place is. */
function coarsenFixed(
  fixed: Uint8Array | undefined,
  fine: readonly [number, number, number],
  coarse: readonly [number, number, number],
): Uint8Array | undefined {
  if (fixed === undefined) return undefined;
  const out = new Uint8Array((coarse[0] + 1) * (coarse[1] + 1) * (coarse[2] + 1));
  const down = (i: number, d: 0 | 1 | 2): number => (coarse[d] === fine[d] ? i : Math.min(2 * i, fine[d]));
  for (let k = 0, n = 0; k <= coarse[2]; k++)
    for (let j = 0; j <= coarse[1]; j++)
      for (let i = 0; i <= coarse[0]; i++, n++)
        out[n] = fixed[down(i, 0) + (fine[0] + 1) * (down(j, 1) + (fine[1] + 1) * down(k, 2))]!;
  return out;
}
