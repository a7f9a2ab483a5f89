import { beforeAll, describe, expect, it } from 'vitest';
import { buildAnatomy } from '../anatomy/anatomy.ts';
import { resolveBody } from '../body/body.ts';
import type { VoxelModel } from '../voxel/model.ts';
import { voxelize } from '../voxel/voxelize.ts';
import { type Tied, tiesOf } from './ties.ts';

let model: VoxelModel;
let tied: Tied;
beforeAll(async () => {
  model = await voxelize(buildAnatomy(resolveBody({ sex: 'female', age: 40 })), 14);
  tied = tiesOf(model.fine);
});

/** The middle of all voxels of a structure, or of its uppermost or lowest 8 mm. */
function middleOf(structure: string, end?: 'top' | 'bottom'): readonly [number, number, number] {
  const { grid, labels, table } = model.fine;
  const [nx, ny] = grid.size;
  const places: [number, number, number][] = [];
  for (let c = 0; c < labels.length; c++)
    if (labels[c] !== 0 && table[labels[c]!]!.structure === structure)
      places.push(
        [c % nx, Math.floor(c / nx) % ny, Math.floor(c / (nx * ny))].map(
          (n, d) => grid.origin[d]! + grid.spacing * (n + 0.5),
        ) as [number, number, number],
      );
  const sign = end === 'top' ? 1 : -1;
  const last = places.reduce((most, [, , z]) => Math.max(most, sign * z), Number.NEGATIVE_INFINITY);
  const some = end === undefined ? places : places.filter(([, , z]) => sign * z > last - 8);
  return [0, 1, 2].map((d) => some.reduce((sum, p) => sum + p[d]!, 0) / some.length) as [number, number, number];
}

describe('where contents are grown to the back', () => {
  it('large bowel goes on: at both flexures and both ends, and not in between', () => {
    for (const [x, y, z] of [
      middleOf('ascending_colon', 'top'),
      middleOf('ascending_colon', 'bottom'),
      middleOf('descending_colon', 'top'),
      middleOf('descending_colon', 'bottom'),
      middleOf('rectum', 'top'),
    ]) {
      const around = [-1, 0, 1].flatMap((i) => [-1, 0, 1].flatMap((j) => [-1, 0, 1].map((k) => [i, j, k] as const)));
      expect(around.some(([i, j, k]) => tied(x + 8 * i, y + 8 * j, z + 8 * k, 0))).toBe(true);
    }
    const [x, y, z] = middleOf('transverse_colon');
    expect(tied(x, y, z, -1)).toBe(false);
  });

  it('small bowel hangs from a line between duodenum and caecum, behind and not in front', () => {
    const [x, , z] = middleOf('caecum');
    const half = [0.5 * (x + 38), 0.5 * (z + 145)] as const;
    expect(tied(half[0], 40, half[1], 0.9)).toBe(true);
    expect(tied(half[0], -20, half[1], -0.9)).toBe(false);
    // a hand's breadth beside it nothing holds
    expect(tied(half[0] + 60, 40, half[1] - 60, 0.9)).toBe(false);
  });

  it('labels without such landmarks tie nothing', () => {
    const { grid, labels, table } = model.fine;
    const bowel = table.map((row) => (row.structure === '' ? row : { ...row, structure: 'small_intestine' }));
    const none = tiesOf({ grid, labels, table: bowel });
    expect(none(0, 40, 70, 0.9)).toBe(false);
  });
});
