import { expect, it } from 'vitest';
import { cellCentre, cellCount, type Grid } from '../base/grid.ts';
import { pressureAt } from './pressure-at.ts';

const grid: Grid = { origin: [-20, 5, 30], spacing: 10, size: [4, 5, 6] };
const linear = (x: number, y: number, z: number): number => 50 + 0.3 * x + 0.7 * y - 0.2 * z;
const press = (fillOf: (cell: number) => number) =>
  ({
    model: { grid, fill: Float32Array.from({ length: cellCount(grid) }, (_, cell) => fillOf(cell)) },
    fields: {
      pressure: Float32Array.from({ length: cellCount(grid) }, (_, cell) => linear(...cellCentre(grid, cell))),
    },
  }) as never;

it('reads the pressure between the middles of cells', () => {
  for (const [x, y, z] of [
    [-3, 21, 47],
    [0, 30, 60],
    [4.4, 37, 71],
  ] as const)
    expect(
      pressureAt(
        press(() => 1),
        [x, y, z],
      ),
    ).toBeCloseTo(linear(x, y, z), 4);
});

it('leaves out what is outside the body, and is nothing where there is no body', () => {
  const lower = (cell: number): number => (cellCentre(grid, cell)[1] < 30 ? 1 : 0);
  // between the last cells of the body and the first ones outside it the last ones count alone
  expect(pressureAt(press(lower), [-5, 28, 55])).toBeCloseTo(linear(-5, 20, 55), 4);
  expect(pressureAt(press(lower), [-5, 50, 55])).toBe(0);
});
