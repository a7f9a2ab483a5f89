import { describe, expect, it } from 'vitest';
import { amounts, carried } from './scale.ts';
import { spreadOf } from './spread.ts';

const signed = amounts(0.5);
const reading = { name: 'x', scale: signed, value: 4.4 } as never;
const member = (x: number) => ({ values: { x }, driven: new Map() });
/** Twenty presses of 10 mm around a central one there, beside the fine one of 6 mm, and other grids. */
const spread = (coarse: number, presses: readonly number[], grids: readonly (readonly [cell: number, x: number])[]) =>
  spreadOf(reading, {
    central: { x: coarse },
    drawn: presses.map(member),
    grids: grids.map(([cell, x]) => ({ ...member(x), cell })),
    fineCell: 6,
  } as never)!;
const evenly = (from: number, to: number) => Array.from({ length: 21 }, (_, n) => from + ((to - from) * n) / 20);

describe('a pressure that may be a pull', () => {
  it('is carried over by what presses differ where they lie on both sides of zero, by factors where they do not', () => {
    expect(carried(signed, 4.4, -2, 3)).toBeCloseTo(9.4, 12);
    expect(carried(signed, -2.3, 6, 9)).toBeCloseTo(0.7, 12);
    expect(carried(signed, 44, 20, 40)).toBeCloseTo(88, 0);
    expect(carried(amounts(0.5, 0), 44, 20, 40)).toBe(carried(signed, 44, 20, 40));
  });

  it('has a range of its own size where the grid or a press turns it round', () => {
    // 10 mm cells: −4 instead of 4.4, so without a grid by 12.6 to either side
    const turned = spread(4.4, evenly(4.4, 4.4), [[10, -4]]);
    expect([turned.low, turned.high]).toEqual([expect.closeTo(4.4 - 12.6, 9), expect.closeTo(4.4 + 12.6, 9)]);
    // both causes: 5 to 95 % of presses from −1 to 1 around −2 … and the grid
    const both = spread(-2, evenly(-7, 3), [[10, -4]]);
    expect(both.low).toBeCloseTo(4.4 - Math.hypot(4.5, 12.6), 9);
    expect(both.high).toBeCloseTo(4.4 + Math.hypot(4.5, 12.6), 9);
    expect(both.gridShare).toBeGreaterThan(0.5);
    expect(both.gridShare).toBeLessThanOrEqual(1);
  });

  it('keeps to factors where nothing turns it round', () => {
    const { low, high } = spread(3, evenly(3, 3), [[10, 2.2]]);
    expect(high).toBeCloseTo(4.4 * 2 ** 1.5, 0);
    expect(low).toBeGreaterThan(4.4 / 2 ** 1.5 - 0.2);
  });
});
