import { WebIO } from '@gltf-transform/core';
import { validateBytes } from 'gltf-validator';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildAnatomy } from '../anatomy/anatomy.ts';
import { nodeCount } from '../base/grid.ts';
import { resolveBody } from '../body/body.ts';
import { bodySpecSchema } from '../body/spec.ts';
import { inEnglish } from '../messages/say.ts';
import { placeTool } from '../press/place.ts';
import { type ToolSurface, toolSurface } from '../press/tool-surface.ts';
import { buildTool } from '../tool/build.ts';
import type { VoxelModel } from '../voxel/model.ts';
import { buildSurfaces, type Surface } from '../voxel/surfaces.ts';
import { voxelize } from '../voxel/voxelize.ts';
import { glb } from './glb.ts';
import { stl } from './stl.ts';

describe('glTF', () => {
  let model: VoxelModel;
  let surfaces: Surface[];
  let tool: ToolSurface;
  let bytes: Uint8Array;
  beforeAll(async () => {
    const anatomy = buildAnatomy(resolveBody(bodySpecSchema.parse({})));
    model = await voxelize(anatomy, 10, {});
    surfaces = await buildSurfaces({ model }, { detail: 'low' });
    tool = toolSurface(
      placeTool(model, buildTool({ id: 'two-peak', parameters: {} }), { preset: 'as-sold' }, 'prone'),
      6,
    );
    // everything moves 4 mm to the back above the middle of the grid, nothing below
    const { grid, fill } = model;
    const displacement = new Float32Array(3 * nodeCount(grid));
    const layer = 3 * (grid.size[0] + 1) * (grid.size[1] + 1);
    for (let n = layer * 20; n < displacement.length; n += 3) displacement[n + 1] = 4;
    bytes = await glb({ surfaces, tool, press: { grid, fill, displacement, depth: 30 } });
  });

  it('has nothing to object to for the validator of the Khronos group', async () => {
    const report = await validateBytes(bytes, { maxIssues: 20 });
    expect(report.issues.messages).toEqual([]);
    expect(report.issues.numErrors + report.issues.numWarnings).toBe(0);
    expect(report.info.totalTriangleCount).toBe(
      surfaces.reduce((sum, s) => sum + s.triangles.length / 3, tool.triangles.length / 3),
    );
  });

  it('stands upright in metres with names, colours and the press as a morph', async () => {
    const root = (await new WebIO().readBinary(bytes)).getRoot();
    const nodes = new Map(root.listNodes().map((node) => [node.getName(), node]));
    expect(nodes.size).toBe(surfaces.length + 1);
    const skin = surfaces[0]!;
    const primitive = nodes.get('skin/midline')!.getMesh()!.listPrimitives()[0]!;
    const position = primitive.getAttribute('POSITION')!;
    const at = position.getElement(5, []);
    const lps = [0, 1, 2].map((d) => skin.vertices[15 + d]!);
    // left, head, front
    for (const [d, v] of [lps[0]!, lps[2]!, -lps[1]!].entries()) expect(at[d]! * 1000).toBeCloseTo(v, 3);
    const pressed = primitive.listTargets()[0]!;
    expect(nodes.get('skin/midline')!.getMesh()!.getExtras()).toEqual({ targetNames: ['pressed'] });
    let highest = 0;
    for (let n = 0; n < position.getCount(); n++)
      if (position.getElement(n, [])[1]! > position.getElement(highest, [])[1]!) highest = n;
    const move = pressed.getAttribute('POSITION')!.getElement(highest, []);
    expect(move[2]! * 1000).toBeCloseTo(-4, 3);

    // bones far below the moved half have no morph; the aorta is red; names carry their codes
    expect(nodes.get('femur/left')!.getMesh()!.listPrimitives()[0]!.listTargets()).toEqual([]);
    const aorta = nodes.get('abdominal_aorta/midline')!;
    const [r, g, b] = aorta.getMesh()!.listPrimitives()[0]!.getMaterial()!.getBaseColorFactor();
    expect(r!).toBeGreaterThan(4 * Math.max(g!, b!));
    expect(aorta.getExtras()).toMatchObject({ structure: 'abdominal_aorta', snomed: '15825003' });

    // the tool travels along the push: 30 mm to the back
    const animation = root.listAnimations()[0]!;
    const travel = animation.listChannels().find((c) => c.getTargetNode() === nodes.get('tool'))!;
    expect(
      Array.from(travel.getSampler()!.getOutput()!.getArray()!, Number).map((v) => Math.round(1000 * v) + 0),
    ).toEqual([0, 0, 0, 0, 0, -30]);
  });

  it('a body at rest has neither morph nor animation', async () => {
    const speaker = { ...inEnglish, say: ((id) => `said: ${id}`) as typeof inEnglish.say };
    const rest = await glb({ surfaces: surfaces.slice(0, 3), speaker });
    const root = (await new WebIO().readBinary(rest)).getRoot();
    expect(root.listScenes()[0]!.getExtras()).toMatchObject({ notice: 'said: notice' });
    expect(root.listAnimations()).toEqual([]);
    expect((await validateBytes(rest)).issues.messages).toEqual([]);
  });
});

describe('STL', () => {
  it('has the layout of the binary kind and the normal of the corners', () => {
    const bytes = stl([0, 0, 0, 2, 0, 0, 0, 3, 0], Uint32Array.of(0, 1, 2), 'a triangle');
    const view = new DataView(bytes.buffer);
    expect(bytes.length).toBe(134);
    expect(view.getUint32(80, true)).toBe(1);
    expect([84, 88, 92].map((at) => view.getFloat32(at, true))).toEqual([0, 0, 1]);
    expect([108, 112, 116].map((at) => view.getFloat32(at, true))).toEqual([2, 0, 0]);
    expect(new TextDecoder().decode(bytes.subarray(0, 5))).not.toBe('solid');
  });
});
