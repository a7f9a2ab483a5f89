import type { GridLevel } from '../coarsening.ts';

/**
 * How one grid lies in the kernels' memory. Nodes: only a range of each x-row, whole groups of four, rows behind each other,
 * planes (constant z) behind each other. Cells: one run of blocks of four per x-row, from its first to its last active cell.
 */
export interface Layout {
  readonly size: readonly [number, number, number];
  /** Stored nodes, a multiple of 4. */
  readonly nodes: number;
  /** Of each node row (j + (ny+1) k): where x = 0 would lie, and the stored range of x (empty rows: 0, 0). */
  readonly rowAt: Int32Array;
  readonly rowLo: Int32Array;
  readonly rowHi: Int32Array;
  /** First node of each plane; the last entry is `nodes`. */
  readonly planeStart: Int32Array;
  /** Of each cell row (j + ny k): first block, blocks, nodes at its four edges (y,z = 00 10 01 11), first block's x, 1 if the last cell exists. */
  readonly runs: Int32Array;
  readonly blocks: number;
  /** Per node: bits x = 1, y = 2, z = 4 free, 8 active. */
  readonly mask: Uint8Array;
  /** Work of each plane, for sharing. */
  readonly work: Float64Array;
}

const RUN = 8;

export function layOut(level: GridLevel): Layout {
  const [nx, ny, nz] = level.size;
  const { active, fixed } = level;
  const rows = (ny + 1) * (nz + 1);
  const rowLo = new Int32Array(rows).fill(0x7fffffff);
  const rowHi = new Int32Array(rows);
  const runs = new Int32Array(RUN * ny * nz);
  let blocks = 0;
  for (let k = 0; k < nz; k++)
    for (let j = 0; j < ny; j++) {
      const at = nx * (j + ny * k);
      let first = 0;
      while (first < nx && active[at + first] === 0) first++;
      if (first === nx) continue;
      let last = nx - 1;
      while (active[at + last] === 0) last--;
      const from = first >> 2;
      const to = (last >> 2) + 1;
      const full = last === 4 * to - 1;
      runs.set([blocks, to - from, 0, 0, 0, 0, from, full ? 1 : 0], RUN * (j + ny * k));
      blocks += to - from;
      for (const r of [0, 1, ny + 1, ny + 2]) {
        const row = j + (ny + 1) * k + r;
        rowLo[row] = Math.min(rowLo[row]!, 4 * from);
        rowHi[row] = Math.max(rowHi[row]!, 4 * to + (full ? 4 : 0));
      }
    }
  const rowAt = new Int32Array(rows);
  const planeStart = new Int32Array(nz + 2);
  let nodes = 0;
  for (let row = 0; row < rows; row++) {
    if (row % (ny + 1) === 0) planeStart[row / (ny + 1)] = nodes;
    if (rowHi[row] === 0) rowLo[row] = 0;
    rowAt[row] = nodes - rowLo[row]!;
    nodes += rowHi[row]! - rowLo[row]!;
  }
  planeStart[nz + 1] = nodes;
  const mask = new Uint8Array(nodes);
  const work = new Float64Array(nz + 1);
  for (let k = 0; k < nz; k++)
    for (let j = 0; j < ny; j++) {
      const r = RUN * (j + ny * k);
      if (runs[r + 1] === 0) continue;
      const corner = j + (ny + 1) * k;
      [0, 1, ny + 1, ny + 2].forEach((o, i) => {
        runs[r + 2 + i] = rowAt[corner + o]! + 4 * runs[r + 6]!;
      });
      // a plane is finished from the layers on both sides
      work[k] = work[k]! + runs[r + 1]!;
      work[k + 1] = work[k + 1]! + runs[r + 1]!;
      for (let i = 0; i < nx; i++) {
        if (active[i + nx * (j + ny * k)] === 0) continue;
        for (let n = 0; n < 8; n++) {
          const [di, dj, dk] = [n & 1, (n >> 1) & 1, n >> 2];
          const box = i + di + (nx + 1) * (j + dj + (ny + 1) * (k + dk));
          mask[rowAt[corner + dj + (ny + 1) * dk]! + i + di] = 8 | (7 & ~(fixed === undefined ? 0 : fixed[box]!));
        }
      }
    }
  return { size: level.size, nodes, rowAt, rowLo, rowHi, planeStart, runs, blocks, mask, work };
}

/** Boundaries of the planes of each of n threads, so that all have about the same work. */
export function cutPlanes({ work }: Layout, n: number): number[] {
  const total = work.reduce((a, b) => a + b, 0);
  const cuts = [0];
  let sum = 0;
  for (let k = 0; k < work.length && cuts.length < n; k++) {
    // a plane goes to the thread that holds its middle
    if (sum + work[k]! / 2 >= (total * cuts.length) / n) cuts.push(k);
    sum += work[k]!;
  }
  while (cuts.length <= n) cuts.push(work.length);
  return cuts;
}

/** Where an active cell lies: block × 4 + lane. */
export function cellSlot(layout: Layout, i: number, j: number, k: number): number {
  const r = RUN * (j + layout.size[1] * k);
  return 4 * (layout.runs[r]! - layout.runs[r + 6]!) + i;
}

/** Visits stored nodes that exist: node, box node. */
export function eachNode(
  { size, rowAt, rowLo, rowHi, mask }: Layout,
  visit: (node: number, box: number) => void,
): void {
  const [nx] = size;
  for (let row = 0; row < rowAt.length; row++)
    for (let i = rowLo[row]!; i < Math.min(rowHi[row]!, nx + 1); i++) {
      const n = rowAt[row]! + i;
      // rows of the box follow each other as they do here
      if (mask[n] !== 0) visit(n, i + (nx + 1) * row);
    }
}
