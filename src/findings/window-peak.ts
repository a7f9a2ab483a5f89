import { pow } from '../base/elementary.ts';
import { cellCount, type Grid, nodeCount, nodeIndex } from '../base/grid.ts';

/** A structure as cells with fractions: one part, or several parts of one organ added up. */
export interface CellSet {
  /** Cell indices in the model's grid, ascending. */
  readonly cells: Uint32Array;
  /** Share of each cell that the structure fills, 0…1, same length. */
  readonly fraction: Float32Array;
}

/**
 * Radius of the window that every peak is a mean over, mm. A press is local (a tool's head is 30–60 mm wide) and a structure
 * is long (aorta 150 mm, colon 1 m), so a percentile of the whole would dilute it, while one cell is not a measurement:
 * elements with one pressure each alternate from cell to cell. A full ball of 12 mm holds 7 cm³; a vessel 10 mm wide
 * has 1.5–2 cm³ in it.
 */
export const WINDOW_RADIUS = 12;

/** A window counts only if it holds at least this much of the structure, mm³ (0.3 cm³: 20 mm of a 4–5 mm tube). */
const MIN_VOLUME = 300;

/** … and only if its weight is spread over at least this many cells (participation ratio), so that none speaks alone. */
const MIN_CELLS = 2;

/** Points along each edge of a cell by which its share in the ball is counted. */
const SUBSAMPLES = 6;

/**
 * Highest mean of a field over a ball-shaped window of one structure.
 *
 * A ball of WINDOW_RADIUS is laid around the middle and around each corner of every cell of the structure; the mean of the field
 * over the structure's cells in it is taken, each cell weighted by the share of it that is this structure times the share of it
 * that lies in the ball. The largest of these means is returned. A structure too small for such a window (less than
 * 0.3 cm³, or one cell) gets the mean over all of it.
 *
 * Against the exact mean of a bell-shaped peak of SD 25 mm the answer is up to 1 % low on 5 mm cells, 3 % on 10 mm and 8 % on
 * 15 mm cells, depending on where the peak lies between the cells; of SD 15 mm, twice as much.
 *
 * @param grid the model's grid
 * @param set cells of the structure and the fraction of each
 * @param field value of each cell; a number per cell of the grid, or a function of the cell's index
 * @param window its radius, mm, and the least of the structure that it must hold, mm³
 * @returns the value in the field's unit; undefined when the structure has no volume
 */
export function windowPeak(
  grid: Grid,
  set: CellSet,
  field: ArrayLike<number> | ((cell: number) => number),
  { radius = WINDOW_RADIUS, least = MIN_VOLUME }: { readonly radius?: number; readonly least?: number } = {},
): number | undefined {
  const { cells, fraction } = set;
  const valueAt = typeof field === 'function' ? field : (cell: number) => field[cell] ?? 0;
  const cellVolume = pow(grid.spacing, 3);

  // position of each cell of the grid in the lists, 0 for cells without any of the structure
  const listed = new Int32Array(cellCount(grid));
  const values = new Float64Array(cells.length);
  let total = 0;
  let sum = 0;
  for (let n = 0; n < cells.length; n++) {
    const f = fraction[n]!;
    if (!(f > 0)) continue;
    listed[cells[n]!] = n + 1;
    values[n] = valueAt(cells[n]!);
    total += f;
    sum += f * values[n]!;
  }
  if (total <= 0) return undefined;

  const [nx, ny, nz] = grid.size;
  let best = Number.NEGATIVE_INFINITY;
  const tryBall = ({ steps, inside }: Ball, i: number, j: number, k: number): void => {
    let w1 = 0;
    let w2 = 0;
    let mean = 0;
    for (let s = 0; s < inside.length; s++) {
      const x = i + steps[3 * s]!;
      const y = j + steps[3 * s + 1]!;
      const z = k + steps[3 * s + 2]!;
      if (x < 0 || y < 0 || z < 0 || x >= nx || y >= ny || z >= nz) continue;
      const n = listed[x + nx * (y + ny * z)]! - 1;
      if (n < 0) continue;
      const w = inside[s]! * fraction[n]!;
      w1 += w;
      w2 += w * w;
      mean += w * values[n]!;
    }
    if (w1 * cellVolume >= least && w1 * w1 >= MIN_CELLS * w2) best = Math.max(best, mean / w1);
  };

  const aroundMiddle = ballCoverage(grid.spacing, radius, 0);
  const aroundCorner = ballCoverage(grid.spacing, radius, 0.5);
  const triedCorner = new Uint8Array(nodeCount(grid));
  for (const cell of cells) {
    if (listed[cell] === 0) continue;
    const i = cell % nx;
    const j = Math.floor(cell / nx) % ny;
    const k = Math.floor(cell / (nx * ny));
    tryBall(aroundMiddle, i, j, k);
    for (let c = 0; c < 8; c++) {
      const [ci, cj, ck] = [i + (c & 1), j + ((c >> 1) & 1), k + (c >> 2)];
      const node = nodeIndex(grid, ci, cj, ck);
      if (triedCorner[node] === 1) continue;
      triedCorner[node] = 1;
      tryBall(aroundCorner, ci, cj, ck);
    }
  }
  return best > Number.NEGATIVE_INFINITY ? best : sum / total;
}

/** Cells that a ball covers, as steps (n × 3) from the cell or lower corner it belongs to, and the share of each inside it. */
interface Ball {
  readonly steps: Int8Array;
  readonly inside: Float64Array;
}

// all structures of a press share two balls
const balls = new Map<string, Ball>();

function ballCoverage(h: number, least: number, corner: 0 | 0.5): Ball {
  const key = `${h} ${least} ${corner}`;
  const ball = balls.get(key) ?? countedCoverage(h, least, corner);
  balls.set(key, ball);
  return ball;
}

/** The ball around a cell's middle (corner = 0) or around its lower corner (corner = 0.5). */
function countedCoverage(h: number, least: number, corner: 0 | 0.5): Ball {
  // very coarse cells still reach their neighbours: the ball is never smaller than 0.9 cells
  const radius = Math.max(least, 0.9 * h) / h;
  const reach = Math.ceil(radius + 0.5);
  const points = Array.from({ length: SUBSAMPLES }, (_, n) => (n + 0.5) / SUBSAMPLES - 0.5 + corner);
  const steps: number[] = [];
  const inside: number[] = [];
  for (let k = -reach; k <= reach; k++)
    for (let j = -reach; j <= reach; j++)
      for (let i = -reach; i <= reach; i++) {
        let count = 0;
        for (const z of points)
          for (const y of points)
            for (const x of points) if ((i + x) ** 2 + (j + y) ** 2 + (k + z) ** 2 <= radius * radius) count++;
        if (count === 0) continue;
        steps.push(i, j, k);
        inside.push(count / pow(SUBSAMPLES, 3));
      }
  return { steps: Int8Array.from(steps), inside: Float64Array.from(inside) };
}

/** Adds up several cell sets into one; fractions of the same cell add, at most to 1. */
export function mergeCells(sets: readonly CellSet[]): CellSet {
  if (sets.length === 1) return sets[0]!;
  const sum = new Map<number, number>();
  for (const { cells, fraction } of sets)
    for (let n = 0; n < cells.length; n++) sum.set(cells[n]!, (sum.get(cells[n]!) ?? 0) + fraction[n]!);
  const cells = Uint32Array.from([...sum.keys()].sort((a, b) => a - b));
  return { cells, fraction: Float32Array.from(cells, (cell) => Math.min(1, sum.get(cell)!)) };
}
