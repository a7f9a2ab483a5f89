import { beforeAll, describe, expect, it } from 'vitest';
import { buildAnatomy } from '../anatomy/anatomy.ts';
import type { Vec3 } from '../base/grid.ts';
import { dot, minus } from '../base/vec.ts';
import { type Body, resolveBody } from '../body/body.ts';
import { bodySpecSchema } from '../body/spec.ts';
import { placeTool } from '../press/place.ts';
import { type ToolSurface, toolSurface } from '../press/tool-surface.ts';
import { buildTool } from '../tool/build.ts';
import type { VoxelModel } from '../voxel/model.ts';
import { voxelize } from '../voxel/voxelize.ts';
import { COVER, cutEnds } from './cut-ends.ts';
import { type Figure, lyingFigure, upOf } from './figure.ts';
import { handOf } from './hand.ts';
import { figureSizes } from './sizes.ts';

/** Cells as coarse as a press may have, mm. */
const CELL = 15;

interface Laid {
  readonly body: Body;
  readonly model: VoxelModel;
  readonly tool: ToolSurface;
  readonly figure: Figure;
}

async function lay(spec: object, id: string, pose: 'prone' | 'supine' | 'side'): Promise<Laid> {
  const body = resolveBody(bodySpecSchema.parse(spec));
  const model = await voxelize(buildAnatomy(body), CELL, {});
  const tool = toolSurface(placeTool(model, buildTool({ id, parameters: {} }), { preset: 'as-sold' }, pose));
  return { body, model, tool, figure: lyingFigure(model, body, pose, tool)! };
}

const pointsOf = (v: Float32Array): Vec3[] =>
  Array.from({ length: v.length / 3 }, (_, n) => [v[3 * n]!, v[3 * n + 1]!, v[3 * n + 2]!]);

type Flat = readonly [number, number];

/** The outline of a surface at a height, as the pieces in which its triangles cross it. */
function outlineAt({ vertices: v, triangles: t }: VoxelModel['skin'], z: number): [Flat, Flat][] {
  const out: [Flat, Flat][] = [];
  for (let n = 0; n < t.length; n += 3) {
    const cuts: Flat[] = [];
    for (let c = 0; c < 3; c++) {
      const [a, b] = [3 * t[n + c]!, 3 * t[n + ((c + 1) % 3)]!];
      const [za, zb] = [v[a + 2]! - z, v[b + 2]! - z];
      if (za < 0 === zb < 0) continue;
      const s = za / (za - zb);
      cuts.push([v[a]! + s * (v[b]! - v[a]!), v[a + 1]! + s * (v[b + 1]! - v[a + 1]!)]);
    }
    if (cuts.length === 2) out.push([cuts[0]!, cuts[1]!]);
  }
  return out;
}

/** Distance of a point from a piece of an outline, seen along the body. */
function awayFrom(p: Vec3, a: Flat, b: Flat): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const s = Math.min(1, Math.max(0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(p[0] - a[0] - s * dx, p[1] - a[1] - s * dy);
}

const heightsOf = ({ vertices, floor, up }: Figure): number[] =>
  pointsOf(vertices).map((p) => dot(minus(p, floor), up));

describe.each([
  ['a woman face down on a tall tool', { sex: 'female' }, 'two-peak', 'prone'],
  ['a heavy man face down on a ball', { sex: 'male', height_cm: 185, weight_kg: 110 }, 'ball-lacrosse', 'prone'],
  ['a man on the back under hands', { sex: 'male' }, 'fingertips', 'supine'],
  ['a woman half rolled onto a hook', { sex: 'female', height_cm: 150, weight_kg: 48 }, 'lever-hook', 'side'],
] as const)('%s', (_, spec, tool, pose) => {
  let laid: Laid;
  beforeAll(async () => {
    laid = await lay(spec, tool, pose);
  });

  it('leaves the trunk where it ends, without a step', () => {
    const { figure, model } = laid;
    const [bottom, top] = figure.ends;
    const points = pointsOf(figure.vertices);
    for (const z of [top, bottom]) {
      // where the thighs touch each other there is no outside
      const rim = points.filter(
        (p, n) =>
          Math.abs(p[2] - (z === top ? top - COVER : bottom + COVER)) < 1e-3 &&
          figure.away[n]! < 1e-6 &&
          (z === top || Math.abs(p[0]) > 30),
      );
      expect(rim.length).toBeGreaterThan(40);
      const outline = outlineAt(model.skin, z === top ? top - COVER : bottom + COVER);
      const away = rim.map((p) => Math.min(...outline.map(([a, b]) => awayFrom(p, a, b)))).sort((a, b) => a - b);
      // it covers the trunk's rim by a little less than a millimetre, and lattice points lie on it to one or two
      expect(away[Math.floor(0.5 * away.length)]).toBeLessThan(2);
      expect(away[Math.floor(0.9 * away.length)]).toBeLessThan(5);
    }
  });

  it('lies on the floor, with feet and head or hands, and goes no deeper than a mat gives', () => {
    const { figure } = laid;
    const heights = heightsOf(figure);
    expect(Math.min(...heights)).toBeGreaterThan(-16);
    const { top } = cutEnds(laid.model.skin);
    const points = pointsOf(figure.vertices);
    const lowest = (there: (p: Vec3) => boolean): number => Math.min(...heights.filter((_, n) => there(points[n]!)));
    const feet = Math.min(...points.map((p) => p[2])) + 150;
    expect(lowest((p) => p[2] < feet)).toBeLessThan(25);
    expect(lowest((p) => p[2] > top + 150)).toBeLessThan(45);
  });

  it('is as long as the person', () => {
    const { figure, body } = laid;
    const z = pointsOf(figure.vertices).map((p) => p[2]);
    const length = Math.max(...z) - Math.min(...z);
    // bent knees shorten, pointed feet and hands beyond the head lengthen
    expect(length).toBeGreaterThan(8.2 * body.height_cm);
    expect(length).toBeLessThan(12 * body.height_cm);
  });

  it('is light, and has no holes but where it leaves the trunk', () => {
    const { figure, model } = laid;
    expect(figure.triangles.length / 3).toBeLessThan(32_000);
    const { top, bottom } = cutEnds(model.skin);
    const edges = new Map<string, number>();
    for (let n = 0; n < figure.triangles.length; n += 3)
      for (let c = 0; c < 3; c++) {
        const [a, b] = [figure.triangles[n + c]!, figure.triangles[n + ((c + 1) % 3)]!];
        const key = a < b ? `${a} ${b}` : `${b} ${a}`;
        edges.set(key, (edges.get(key) ?? 0) + 1);
      }
    const z = (corner: string): number => figure.vertices[3 * Number(corner) + 2]!;
    const open = [...edges].filter(([, count]) => count !== 2).map(([key]) => key.split(' ').map(z));
    expect(open.length).toBeGreaterThan(0);
    for (const ends of open)
      for (const end of ends)
        expect(Math.min(Math.abs(end - top + COVER), Math.abs(end - bottom - COVER))).toBeLessThan(1e-3);
  });
});

describe('a figure', () => {
  it('has limbs by height, and girths by height and weight', () => {
    const woman = figureSizes({ sex: 'female', height_cm: 162.8, weight_kg: 67.8 });
    expect(woman.upperArm).toBeCloseTo(0.186 * 1628, 6);
    expect(woman.thigh + woman.shank).toBeCloseTo((0.245 + 0.246) * 1628, 6);
    // the average woman of the survey has its girths
    expect(2 * Math.PI * woman.calf).toBeGreaterThan(370);
    expect(2 * Math.PI * woman.calf).toBeLessThan(376);
    const heavy = figureSizes({ sex: 'female', height_cm: 162.8, weight_kg: 4 * 67.8 });
    expect(heavy.calf / woman.calf).toBeCloseTo(2, 6);
    expect(heavy.upperArm).toBe(woman.upperArm);
  });

  it('is up from what it lies on', () => {
    const on = (x: number): Pick<ToolSurface, 'at'> => ({ at: [x, 0, 0] });
    expect(upOf('prone', { ...on(0), floor: { point: [0, -90, 0], normal: [0, 1, 0] } })).toEqual([0, 1, 0]);
    expect(upOf('supine', on(60))).toEqual([0, -1, 0]);
    // the side that is pressed is up
    expect(upOf('side', on(60))).toEqual([1, 0, 0]);
    expect(upOf('side', on(-60))).toEqual([-1, 0, 0]);
  });

  it('is not made up for a scan', async () => {
    const { model, body, tool } = await lay({}, 'two-peak', 'prone');
    expect(lyingFigure({ ...model, source: 'scan' }, body, 'prone', tool)).toBeUndefined();
  });
});

describe('a hand', () => {
  it.each(['as-sold', 'as-sold-right'])('has its finger pads where the tool has them (%s)', async (preset) => {
    const body = resolveBody(bodySpecSchema.parse({}));
    const model = await voxelize(buildAnatomy(body), CELL, {});
    const placed = placeTool(model, buildTool({ id: 'fingertips', parameters: {} }), { preset }, 'supine');
    const hand = handOf(placed)!;
    const { apex, direction } = toolSurface(placed);
    const foremost = Math.max(...pointsOf(hand.vertices).map((p) => dot(p, direction)));
    // a lattice of 5 mm rounds a pad by less than that
    expect(Math.abs(foremost - dot(apex, direction))).toBeLessThan(1.5);
    // all four pads are drawn on the tool's own surface
    const onTool = pointsOf(hand.vertices).filter((p) => Math.abs(placed.distance(p[0], p[1], p[2], 0)) < 1);
    const alongBody = onTool.map((p) => p[2]);
    expect(Math.max(...alongBody) - Math.min(...alongBody)).toBeGreaterThan(3 * 18);
    // the forearm comes from above somebody who lies on the back, and fades out
    const gone = pointsOf(hand.vertices).filter((_, n) => hand.faded[n]! === 1);
    expect(gone.length).toBeGreaterThan(20);
    for (const p of gone) expect(p[1]).toBeLessThan(apex[1] - 150);
  });

  it('turns outward on both sides', async () => {
    const body = resolveBody(bodySpecSchema.parse({}));
    const model = await voxelize(buildAnatomy(body), CELL, {});
    for (const preset of ['as-sold', 'as-sold-right']) {
      const { vertices: v, triangles: t } = handOf(
        placeTool(model, buildTool({ id: 'fingertips', parameters: {} }), { preset }, 'supine'),
      )!;
      let volume = 0;
      for (let n = 0; n < t.length; n += 3) {
        const [a, b, c] = [0, 1, 2].map((k) => pointsOf(v.subarray(3 * t[n + k]!, 3 * t[n + k]! + 3))[0]!) as [
          Vec3,
          Vec3,
          Vec3,
        ];
        volume +=
          (a[0] * (b[1] * c[2] - b[2] * c[1]) +
            a[1] * (b[2] * c[0] - b[0] * c[2]) +
            a[2] * (b[0] * c[1] - b[1] * c[0])) /
          6;
      }
      expect(volume).toBeGreaterThan(200_000);
    }
  });
});
