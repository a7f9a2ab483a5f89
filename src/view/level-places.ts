/** Values on a lattice, row by row from the first row; not a number where there is none. */
export interface Lattice {
  readonly columns: number;
  readonly rows: number;
  readonly values: Float32Array;
}

/** A level and a place where the values pass it, in steps of the lattice from its first place. */
export interface LevelPlace {
  readonly level: number;
  readonly column: number;
  readonly row: number;
}

/** How far from the largest value a place may be for one step of the lattice more room. */
const FAR = 16;

/** A number needs this share of its height between its line and the next. */
const LEAST_ROOM = 0.45;

/** Width of a number, in its heights. */
const WIDE = 2.2;

/**
 * Where levels that double can be written on their lines: each where it has room, rather near the largest value, and none on another. A level
 * whose line has no room anywhere is left out.
 * @param levels ascending, each twice the one before
 * @param height of a number, in steps of the lattice
 * @returns the highest first
 */
export function levelPlaces(lattice: Lattice, levels: readonly number[], height: number): LevelPlace[] {
  const { columns, values } = lattice;
  let top = -1;
  for (const [n, value] of values.entries()) if (!Number.isNaN(value) && (top < 0 || value > values[top]!)) top = n;
  if (top < 0) return [];
  const peak = { column: top % columns, row: Math.floor(top / columns) };
  const out: LevelPlace[] = [];
  for (const level of levels.toReversed()) {
    let best: LevelPlace | undefined;
    let most = Number.NEGATIVE_INFINITY;
    const consider = (n: number, step: 1 | 0): void => {
      const next = n + (step === 1 ? 1 : columns);
      const [a, b] = [values[n]!, values[next]!];
      // also false where one of them is not a number
      if (!(a >= level !== b >= level) || Number.isNaN(a + b)) return;
      const share = (level - a) / (b - a);
      const [column, row] = [(n % columns) + step * share, Math.floor(n / columns) + (1 - step) * share];
      const room = roomAt(lattice, share < 0.5 ? n : next);
      if (!(room >= LEAST_ROOM * height)) return;
      const away = Math.hypot(column - peak.column, row - peak.row);
      const score = Math.min(room, height) - away / FAR;
      const taken = (p: LevelPlace): boolean =>
        Math.abs(p.row - row) < height && Math.abs(p.column - column) < WIDE * height;
      if (score > most && !out.some(taken)) [best, most] = [{ level, column, row }, score];
    };
    for (let n = 0; n < values.length; n++) {
      if (n % columns < columns - 1) consider(n, 1);
      if (n < values.length - columns) consider(n, 0);
    }
    if (best !== undefined) out.push(best);
  }
  return out;
}

/** Steps of the lattice over which the values double or halve around a place; 0 at the rim of what has values. */
function roomAt({ columns, rows, values }: Lattice, n: number): number {
  const [column, row] = [n % columns, Math.floor(n / columns)];
  if (column === 0 || row === 0 || column === columns - 1 || row === rows - 1) return 0;
  const slope = Math.hypot(values[n + 1]! - values[n - 1]!, values[n + columns]! - values[n - columns]!) / 2;
  // of a number that doubles every so many steps, the slope is ln 2 of it per so many
  return Number.isNaN(slope) ? 0 : (Math.LN2 * values[n]!) / slope;
}
