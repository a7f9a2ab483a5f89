import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellCount, type Grid } from '../base/grid.ts';
import { type CellSet, mergeCells, WINDOW_RADIUS, windowPeak } from './window-peak.ts';

/** The same by going through every ball and every one of the 6 × 6 × 6 points of every cell. */
function slowPeak({ size, spacing: h }: Grid, { cells, fraction }: CellSet, field: readonly number[]): number {
  const [nx, ny] = size;
  const radius = Math.max(WINDOW_RADIUS, 0.9 * h) / h;
  const place = [...cells].map((c) => [c % nx, Math.floor(c / nx) % ny, Math.floor(c / (nx * ny))]);
  const centres = place.flatMap(([i, j, k]) => [
    [i! + 0.5, j! + 0.5, k! + 0.5],
    ...[0, 1, 2, 3, 4, 5, 6, 7].map((c) => [i! + (c & 1), j! + ((c >> 1) & 1), k! + (c >> 2)]),
  ]);
  let best = Number.NEGATIVE_INFINITY;
  for (const centre of centres) {
    const weights = place.map((cell, n) => {
      let inside = 0;
      for (let p = 0; p < 216; p++) {
        const at = [p % 6, Math.floor(p / 6) % 6, Math.floor(p / 36)].map(
          (s, d) => cell[d]! + (s + 0.5) / 6 - centre[d]!,
        );
        if (at[0]! ** 2 + at[1]! ** 2 + at[2]! ** 2 <= radius ** 2) inside++;
      }
      return (inside / 216) * fraction[n]!;
    });
    const sum = (f: (w: number, n: number) => number): number => weights.reduce((s, w, n) => s + f(w, n), 0);
    const whole = sum((w) => w);
    // 0.3 cm³ at least, and spread over two cells at least
    if (whole * h ** 3 < 300 || whole ** 2 < 2 * sum((w) => w * w)) continue;
    best = Math.max(best, sum((w, n) => w * field[cells[n]!]!) / whole);
  }
  const total = fraction.reduce((a, b) => a + b, 0);
  return best > Number.NEGATIVE_INFINITY
    ? best
    : [...cells].reduce((s, c, n) => s + fraction[n]! * field[c]!, 0) / total;
}

describe('a peak over a window', () => {
  it.each([4, 6, 10, 15])('is the highest mean over a ball of 12 mm that holds enough of the structure: %d mm', (h) => {
    const grid: Grid = { origin: [0, 0, 0], spacing: h, size: [5, 4, 6] };
    const count = cellCount(grid);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(count - 1), { minLength: 1, maxLength: 30 }),
        fc.array(fc.double({ min: 0.02, max: 1, noNaN: true }), { minLength: count, maxLength: count }),
        fc.array(fc.double({ min: -5, max: 40, noNaN: true }), { minLength: count, maxLength: count }),
        (some, shares, field) => {
          const cells = Uint32Array.from(some).sort();
          const set = { cells, fraction: Float32Array.from(cells, (c) => shares[c]!) };
          expect(windowPeak(grid, set, field)).toBeCloseTo(slowPeak(grid, set, field), 9);
          expect(windowPeak(grid, set, (c) => field[c]!)).toBe(windowPeak(grid, set, field));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is over as wide a ball as asked for, whatever was asked for before', () => {
    // one cell of 8 among cells of 0: the wider the ball, the more it is thinned out
    const grid: Grid = { origin: [0, 0, 0], spacing: 4, size: [15, 15, 15] };
    const cells = Uint32Array.from({ length: cellCount(grid) }, (_, c) => c);
    const set = { cells, fraction: new Float32Array(cells.length).fill(1) };
    const field = (c: number): number => (c === 7 + 15 * (7 + 15 * 7) ? 8 : 0);
    const peaks = [12, 14, 9].map((radius) => windowPeak(grid, set, field, { radius, least: 0 })!);
    for (const [n, radius] of [12, 14, 9].entries())
      expect(peaks[n]! / ((8 * 4 ** 3) / ((4 / 3) * Math.PI * radius ** 3)), `${radius} mm`).toBeCloseTo(1, 1);
  });

  it('of parts that share cells is that of both together, which fill a cell once at most', () => {
    const part = (cells: number[], fraction: number[]): CellSet => ({
      cells: Uint32Array.from(cells),
      fraction: Float32Array.from(fraction),
    });
    const merged = mergeCells([part([2, 7], [0.5, 0.75]), part([1, 7], [0.25, 0.75])]);
    expect([[...merged.cells], [...merged.fraction]]).toEqual([
      [1, 2, 7],
      [0.25, 0.5, 1],
    ]);
    const one = part([3], [1]);
    expect(mergeCells([one])).toBe(one);
  });
});
