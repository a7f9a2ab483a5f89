import { describe, expect, it } from 'vitest';
import { buildTool } from '../tool/build.ts';
import type { Part, VoxelModel } from '../voxel/model.ts';
import { materialTable } from './materials.ts';
import { mechanicalProblem } from './mechanical-problem.ts';
import type { PlacedTool } from './press.ts';

const H = 10;
/** Shares of bone in a row of cells; the rest of each is muscle. */
const BONE = [0, 0.1, 0.5, 0.75, 1];

const part = (structure: string, tissue: Part['tissue'], share: (bone: number) => number): Part => {
  const cells = BONE.flatMap((bone, cell) => (share(bone) > 0 ? [cell] : []));
  const fraction = Float32Array.from(cells, (cell) => share(BONE[cell]!));
  return { structure, side: 'midline', tissue, cells: Uint32Array.from(cells), fraction, volume: H ** 3 };
};

const model = {
  grid: { origin: [0, 0, 0], spacing: H, size: [BONE.length, 1, 1] },
  fill: new Float32Array(BONE.length).fill(1),
  parts: [part('vertebra_l3', 'bone', (bone) => bone), part('quadratus_lumborum', 'muscle', (bone) => 1 - bone)],
  skin: { vertices: Float64Array.of(0, 0, 0, H, 0, 0, 0, H, 0), triangles: Uint32Array.of(0, 1, 2) },
} as unknown as VoxelModel;

const placed: PlacedTool = {
  tool: buildTool({ id: 'ball-lacrosse', parameters: {} }),
  at: [0, 0, 0],
  direction: [0, 1, 0],
  distance: () => 100,
};

describe('bone in a cell', () => {
  const { problem, rigid } = mechanicalProblem(model, placed, {});
  const { mu } = materialTable().muscle;

  it('leaves what shears in the cell to its soft part', () => {
    expect([...rigid]).toEqual(BONE.map((bone) => Math.fround(bone)));
    for (const cell of [0, 1, 2, 3]) expect(problem.mu[cell]! / mu).toBeCloseTo(1, 6);
  });

  it('holds it by springs as stiff as the tissue that is left, r/(1-r): a grazed cell gives way, a full one hardly', () => {
    const springs = Array.from(problem.foundation!, (k) => (k * H * H) / (2 * mu));
    expect(springs[0]).toBe(0);
    expect(springs[1]).toBeCloseTo(1 / 9, 6);
    expect(springs[2]).toBeCloseTo(1, 6);
    expect(springs[3]).toBeCloseTo(3, 6);
    // 500 kPa per cell edge and volume: 0.1 mm under 50 kPa
    expect(problem.foundation![4]).toBe(500 / H);
  });
});
