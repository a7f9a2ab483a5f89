import { describe, expect, it } from 'vitest';
import { randomScenario } from '../bench/random-scenario.mjs';
import { buildAnatomy } from '../src/anatomy/anatomy.ts';
import { newtonsOfKg } from '../src/base/units.ts';
import { resolveBody } from '../src/body/body.ts';
import { parseNeutral } from '../src/mechanics/neutral.ts';
import { solveNeutral } from '../src/mechanics/solve-neutral.ts';
import { placeTool, presetOf } from '../src/press/place.ts';
import { press } from '../src/press/solve-press.ts';
import { buildTool } from '../src/tool/build.ts';
import { TOOL_FAMILIES } from '../src/tool/catalogue.ts';
import { voxelize } from '../src/voxel/voxelize.ts';

// a few of the hundreds that bench/robustness.mjs runs; docs/verification.md has its table

describe('random presses', () => {
  it.each([12, 62])('number %i of seed 1 ends with a result or a reason, never with nonsense', async (number) => {
    const s = await randomScenario(1, number, TOOL_FAMILIES, () => import('../src/base/random.ts'));
    const body = resolveBody({ ...s.body });
    const bare = buildTool(s.tool);
    const tool = buildTool({
      ...s.tool,
      parameters: { ...presetOf(bare, s.placement)?.parameters, ...s.tool.parameters },
    });
    const model = await voxelize(buildAnatomy(body), 16, {});
    const target = newtonsOfKg(s.share * body.weight_kg);
    const p = await press(model, placeTool(model, tool, s.placement, s.pose), { targetForce: target, tone: s.tone });
    for (const field of Object.values(p.fields)) expect(field.every(Number.isFinite)).toBe(true);
    let before = 0;
    for (const step of p.steps) {
      expect(step.forceBalance).toBeLessThanOrEqual(0.005);
      const force = step.force + step.floorForce;
      expect(force).toBeGreaterThan(before);
      before = force;
    }
    if (p.converged) expect(Math.abs(before / target - 1)).toBeLessThanOrEqual(0.005);
    else expect(p.reason).toMatch(/\w+/);
    // these two are no hard cases: should one stop converging, something has got worse
    expect(p.converged).toBe(true);
  });
});

describe('hard layers and edges', () => {
  /** A quarter of a belly: stiff skin, a wall of any stiffness, soft bowel, a rigid spine. */
  const belly = (wall: number, tool: unknown, depths: readonly number[], sides = false): unknown => ({
    name: 'belly',
    domain: { min: [0, 0, 0], max: [120, 120, 110] },
    regions: [
      { name: 'bowel', shape: { type: 'all' }, material: 'bowel' },
      { name: 'wall', shape: { type: 'box', min: [0, 0, 80], max: [120, 120, 100] }, material: 'wall' },
      { name: 'skin', shape: { type: 'box', min: [0, 0, 100], max: [120, 120, 110] }, material: 'skin' },
      { name: 'spine', shape: { type: 'cylinder_y', axis_xz: [0, 0], radius: 30 }, material: 'bone' },
    ],
    materials: {
      bowel: { mu: 0.6, stiffening: 1, bulk: 5000 },
      wall: { mu: wall, stiffening: 1, bulk: 5000 },
      skin: { mu: 5, stiffening: 1, bulk: 5000 },
      bone: { rigid_clamped: true },
    },
    dirichlet: [
      { where: { type: 'nodes_in_box', min: [0, 0, 0], max: [120, 120, 0] }, fix: ['x', 'y', 'z'] },
      { where: { type: 'nodes_in_box', min: [0, 0, 0], max: [0, 120, 110] }, fix: ['x'] },
      { where: { type: 'nodes_in_box', min: [0, 0, 0], max: [120, 0, 110] }, fix: ['y'] },
      ...(sides
        ? [
            { where: { type: 'nodes_in_box', min: [120, 0, 0], max: [120, 120, 110] }, fix: ['x', 'y', 'z'] },
            { where: { type: 'nodes_in_box', min: [0, 120, 0], max: [120, 120, 110] }, fix: ['x', 'y', 'z'] },
          ]
        : []),
    ],
    tool,
    depths,
  });
  const ball = { type: 'sphere', radius: 40, axis_xy: [0, 0], centre_z: '150 - depth' };

  it('a tensed wall over soft bowel (83 times as stiff) converges to 40 mm, ever harder', async () => {
    const { steps, reason } = await solveNeutral(parseNeutral(belly(50, ball, [10, 20, 30, 40]), 'belly'), 10);
    expect(reason).toBeUndefined();
    for (let i = 1; i < 4; i++) expect(steps[i]!.force_N).toBeGreaterThan(1.5 * steps[i - 1]!.force_N);
  });

  it('a force that falls with depth is an alarm: the path ends before it, and says so', async () => {
    // with its sides held, deeper than 44 mm, the soft layer between wall and spine collapses: the force would halve
    const { steps, reason, converged } = await solveNeutral(
      parseNeutral(belly(50, ball, [20, 40, 50], true), 'belly'),
      10,
    );
    expect(converged).toBe(false);
    expect(reason).toMatch(/fell from .* N at 40 mm to .* N at 50 mm/);
    expect(steps.map((s) => s.depth_mm)).toEqual([20, 40]);
  });

  it('a sharp edge, and two tips of which one is off the symmetry, converge to 25 mm', async () => {
    const sharp = { type: 'box', half: [30, 25, 20], edge_radius: 1, centre_xy: [20, 10], bottom_z: '110 - depth' };
    const tips = [
      { type: 'sphere', radius: 15, axis_xy: [30, 20], centre_z: '125 - depth' },
      { type: 'capsule', radius: 12, from_xy: [80, 60], to_xy: [95, 40], axis_z: '124 - depth' },
    ];
    for (const tool of [sharp, tips]) {
      const { steps, reason } = await solveNeutral(parseNeutral(belly(12, tool, [12, 25]), 'belly'), 10);
      expect(reason).toBeUndefined();
      expect(steps[1]!.force_N).toBeGreaterThan(2 * steps[0]!.force_N);
    }
  });
});
