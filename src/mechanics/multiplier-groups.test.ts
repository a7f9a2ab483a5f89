import { expect, it } from 'vitest';
import type { Grid } from '../base/grid.ts';
import { inOneRow } from './interface-parts.ts';
import { multiplierGroups } from './multiplier-groups.ts';
import type { Interface } from './problem.ts';

const GRID: Grid = { origin: [0, 0, 0], spacing: 10, size: [8, 8, 8] };

/** Points of some area that look along an axis. */
const part = (at: readonly (readonly [number, number, number])[], area: number, axis = 2): Interface =>
  ({
    points: Float64Array.from(at.flat()),
    areas: new Float64Array(at.length).fill(area),
    normals: Float64Array.from(at.flatMap(() => [0, 1, 2].map((d) => (d === axis ? 1 : 0)))),
    penalty: new Float64Array(at.length).fill(1),
  }) as unknown as Interface;

const groupsOf = (...parts: Interface[]): number[] => {
  const row = inOneRow(parts);
  const cells = row.points.map((x) => Math.floor(x / GRID.spacing));
  return [...multiplierGroups(row, cells, GRID).group];
};

it('points of 2×2×2 cells that look the same way share a multiplier', () => {
  const [a, b, c] = groupsOf(
    part(
      [
        [5, 5, 5],
        [15, 15, 5],
        [25, 5, 5],
      ],
      200,
    ),
  );
  expect([a === b, a === c]).toEqual([true, false]);
});

it('few join the nearest others that look their way, of their own interface', () => {
  const many = part(
    [
      [5, 5, 5],
      [65, 5, 5],
    ],
    200,
  );
  const few = [[25, 5, 5]] as const;
  const [near, far, joins] = groupsOf(
    part(
      [
        [5, 5, 5],
        [65, 5, 5],
        [25, 5, 5],
      ],
      200,
    ),
  );
  expect(new Set([near, far, joins]).size).toBe(3);
  // the same place with little area, of the same interface, of another one, and looking elsewhere
  const one = { ...many, ...joined(many, part(few, 1)) } as Interface;
  const [here, there, small] = groupsOf(one);
  expect(small).toBe(here);
  expect(small).not.toBe(there);
  const [first, second, apart] = groupsOf(many, part(few, 1));
  expect([first, second]).not.toContain(apart);
  const [front, back, aside] = groupsOf({ ...many, ...joined(many, part(few, 1, 0)) } as Interface);
  expect([front, back]).not.toContain(aside);
});

function joined(a: Interface, b: Interface): Pick<Interface, 'points' | 'areas' | 'normals' | 'penalty'> {
  const both = (key: 'points' | 'areas' | 'normals' | 'penalty'): Float64Array =>
    Float64Array.from([...a[key], ...b[key]]);
  return { points: both('points'), areas: both('areas'), normals: both('normals'), penalty: both('penalty') };
}
