import { describe, expect, it } from 'vitest';
import { levelPlaces } from './level-places.ts';

const COLUMNS = 81;
const ROWS = 61;
/** A lattice of values that are given at (column, row). */
const lattice = (value: (x: number, y: number) => number) => ({
  columns: COLUMNS,
  rows: ROWS,
  values: Float32Array.from({ length: COLUMNS * ROWS }, (_, n) => value(n % COLUMNS, Math.floor(n / COLUMNS))),
});

/** Falls by half every eight steps from a summit of 20 at (40, 30). */
const cone = (x: number, y: number): number => 20 * 2 ** (-Math.hypot(x - 40, y - 30) / 8);

describe('places where levels are written', () => {
  it('lie on their lines, the highest first', () => {
    const found = levelPlaces(lattice(cone), [1, 2, 4, 8, 16, 32], 3);
    expect(found.map(({ level }) => level)).toEqual([16, 8, 4, 2, 1]);
    for (const { level, column, row } of found) {
      // 8·log2(20 / level) from the summit, but for a straight line between places of the lattice
      const far = Math.hypot(column - 40, row - 30);
      expect(Math.abs(far - 8 * Math.log2(20 / level))).toBeLessThan(0.15);
    }
  });

  it('keep off one another by a number’s height or its width, though all would rather be beside the summit', () => {
    // halves every 12 steps: three lines in a row would be nearer than numbers 7 high and 15.4 wide can stand
    const gentle = (x: number, y: number): number => 15 * 2 ** (-x / 12 - y / 1000);
    const found = levelPlaces(lattice(gentle), [2, 4, 8], 7);
    expect(found).toHaveLength(3);
    for (const [n, a] of found.entries())
      for (const b of found.slice(n + 1))
        expect(Math.abs(a.row - b.row) >= 7 || Math.abs(a.column - b.column) >= 15.4).toBe(true);
  });

  it('are where there is room: on the gentle side and not on the steep one', () => {
    // halves with every step to the left of the summit and every 12 to the right, and hardly changes with the row
    const ridge = (x: number, y: number): number => 15 * 2 ** (-(x < 20 ? 20 - x : (x - 20) / 12) - y / 1000);
    const found = levelPlaces(lattice(ridge), [2, 4, 8], 3);
    expect(found.map(({ level }) => level)).toEqual([8, 4, 2]);
    for (const { column } of found) expect(column).toBeGreaterThan(20);
  });

  it('are none where levels are too close for a number, where nothing reaches one, and beside what has no value', () => {
    expect(levelPlaces(lattice(cone), [1, 2, 4, 8, 16], 40)).toEqual([]);
    expect(levelPlaces(lattice(cone), [32, 64], 3)).toEqual([]);
    expect(
      levelPlaces(
        lattice(() => Number.NaN),
        [1],
        3,
      ),
    ).toEqual([]);
    // the right half is bone
    const half = levelPlaces(
      lattice((x, y) => (x > 38 ? Number.NaN : cone(x, y))),
      [1, 2, 4, 8],
      3,
    );
    expect(half.map(({ level }) => level)).toEqual([8, 4, 2, 1]);
    for (const { column } of half) expect(column).toBeLessThan(38);
  });
});
