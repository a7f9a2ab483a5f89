import { beforeAll, describe, expect, it } from 'vitest';
import { buildAnatomy } from '../anatomy/anatomy.ts';
import { resolveBody } from '../body/body.ts';
import type { BodySpec } from '../body/spec.ts';
import { buildTool } from '../tool/build.ts';
import type { VoxelModel } from '../voxel/model.ts';
import { voxelize } from '../voxel/voxelize.ts';
import { placeTool } from './place.ts';
import type { PlacedTool } from './press.ts';
import { press } from './solve-press.ts';

const modelOf = (spec: BodySpec): Promise<VoxelModel> => voxelize(buildAnatomy(resolveBody(spec), 'side'), 14, {});
let woman: VoxelModel;
let heavyMan: VoxelModel;
beforeAll(async () => {
  woman = await modelOf({ sex: 'female', age: 40 });
  heavyMan = await modelOf({ sex: 'male', age: 90, height_cm: 195, weight_kg: 144.5 });
});

/** The least value of a distance over the points of the skin when the press begins. */
function least({ skin: { vertices: v } }: VoxelModel, distance: NonNullable<PlacedTool['floor']>): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let n = 0; n < v.length; n += 3) nearest = Math.min(nearest, distance(v[n]!, v[n + 1]!, v[n + 2]!, 0));
  return nearest;
}

describe('a tool on the floor', () => {
  const ball = buildTool({ id: 'ball-tennis', parameters: {} });
  it.each([
    ['side', -4, -9],
    ['side', 60, 40],
    ['prone', 90, 0],
    ['prone', -120, 20],
  ] as const)(
    '%s at %d, %d: neither it nor the floor begins inside the body, and one of them touches',
    (pose, x_mm, y_mm) => {
      for (const model of [woman, heavyMan]) {
        const placed = placeTool(model, ball, { x_mm, y_mm }, pose);
        const [tool, floor] = [least(model, placed.distance), least(model, placed.floor!)];
        expect(Math.min(tool, floor)).toBeGreaterThan(-1e-6);
        expect(Math.min(tool, floor)).toBeLessThan(0.02);
        expect(placed.notes?.length).toBe(tool > 0.05 ? 1 : 0);
      }
    },
  );

  it('is reached after the floor by a heavy man on his side, who is told so and can be pressed', {
    timeout: 600_000,
  }, async () => {
    const placed = placeTool(heavyMan, ball, { x_mm: -4, y_mm: -9 }, 'side');
    expect(placed.notes).toEqual([
      'The body lies on the floor before it reaches the tool, which is then still 24 mm away; depth is counted from there.',
    ]);
    const p = await press(heavyMan, placed, { targetForce: 8, tone: 'guarded' });
    expect(p.reason).toBeUndefined();
    expect(p.steps.at(-1)!.force).toBe(0);
    expect(p.steps.at(-1)!.floorForce).toBeCloseTo(8, 0);
  });
});

describe('a preset', () => {
  it('lies at the same place against the bones of a wider pelvis', () => {
    const tool = buildTool({ id: 'two-peak', parameters: {} });
    for (const [name, preset] of Object.entries(tool.family.presets)) {
      const place = (model: VoxelModel): readonly number[] => {
        const { at } = placeTool(model, tool, { preset: name }, 'prone');
        const { asis_left: left, asis_right: right } = model.landmarks;
        const half = (left![0] - right![0]) / 2;
        return [(at[0] - model.bodyOrigin[0]) / half, (at[2] - model.bodyOrigin[2]) / half];
      };
      // 114.66 mm is half the reference woman's distance between the ASIS, on whom the presets' millimetres are given
      for (const model of [woman, heavyMan]) {
        expect(place(model)[0], name).toBeCloseTo(preset.x_mm / 114.66, 3);
        expect(place(model)[1], name).toBeCloseTo(preset.y_mm / 114.66, 3);
      }
    }
    expect(heavyMan.landmarks.asis_left![0]).toBeGreaterThan(1.08 * woman.landmarks.asis_left![0]);
    expect(Object.values(tool.family.presets).some((p) => Math.abs(p.x_mm) > 30 || Math.abs(p.y_mm) > 30)).toBe(true);
  });
});
