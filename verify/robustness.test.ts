import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomScenario } from '../bench/random-scenario.mjs';
import { seededRandom } from '../src/base/random.ts';
import { pressOnce } from '../src/findings/press-once.ts';
import { parseNeutral } from '../src/mechanics/neutral.ts';
import { solveNeutral } from '../src/mechanics/solve-neutral.ts';
import { inEnglish } from '../src/messages/say.ts';
import { parseScenario } from '../src/press/parse-scenario.ts';
import { prepare } from '../src/press/prepare.ts';
import type { Press } from '../src/press/press.ts';
import type { ScenarioInput } from '../src/press/scenario.ts';
import { TOOL_FAMILIES } from '../src/tool/catalogue.ts';
import { noteText } from '../src/words/note-text.ts';

// a few of the hundreds that bench/robustness.mjs runs; docs/verification.md has its table

const randomPress = async (seed: number, number: number, cell_mm: number): Promise<Press> => {
  const scenario = { ...randomScenario(seed, number, TOOL_FAMILIES, seededRandom), cell_mm };
  return (await pressOnce(await prepare(parseScenario(scenario)))).press;
};

describe('random presses', () => {
  it.each([12, 40, 62])('number %i of seed 1 ends with a result or a reason, never with nonsense', async (number) => {
    const p = await randomPress(1, number, 15);
    for (const field of Object.values(p.fields)) expect(field.every(Number.isFinite)).toBe(true);
    let before = 0;
    for (const step of p.steps) {
      expect(step.forceBalance).toBeLessThanOrEqual(0.005);
      const force = step.force + step.floorForce;
      expect(force).toBeGreaterThan(before);
      before = force;
    }
    if (p.converged) expect(Math.abs(before / p.targetForce - 1)).toBeLessThanOrEqual(0.005);
    else expect(noteText(inEnglish, p.reason!)).toMatch(/\w+/);
    // these are no hard cases (at 40 contact once never settled): should one stop converging, something has got worse
    expect(p.converged).toBe(true);
  });
});

describe('a tip that is narrower than a cell', () => {
  it('stays in front of the skin: the end of a broomstick carries a third of a man, and hardly sinks in', async () => {
    // 12 mm of radius, cells of 14: with a penalty that does not grow the skin sinks into the stick until the stick breaks through, at 180 N
    const p = await randomPress(1, 19, 14);
    expect(p.placed.tool.family.id).toBe('broomstick-end');
    expect(p.converged).toBe(true);
    expect(p.steps.at(-1)!.force).toBeGreaterThan(315);
    for (const step of p.steps) expect(step.penetration).toBeLessThan(2);
  });
});

describe('a press whose tip slips through the skin', () => {
  it('ends with its last good step and says that the force fell, whatever it carries deeper in', async () => {
    const p = await randomPress(1, 76, 14);
    expect(p.placed.tool.family.id).toBe('lever-hook');
    expect(p.converged).toBe(false);
    expect(noteText(inEnglish, p.reason!)).toMatch(
      /^the force fell from [\d.]+ to [\d.]+ N although the tool went deeper/,
    );
    const forces = p.steps.map((step) => step.force + step.floorForce);
    for (let i = 1; i < forces.length; i++) expect(forces[i]).toBeGreaterThan(forces[i - 1]!);
    expect(forces.at(-1)).toBeLessThan(0.9 * p.targetForce);
  });
});

describe('what presses are bound to', () => {
  const pressed = async (scenario: ScenarioInput): Promise<Press> =>
    (await pressOnce(await prepare(parseScenario({ uncertainty: 0, cell_mm: 15, ...scenario })))).press;

  // the draws are the same in every run: at sharp tips on coarse cells the readings of pressure may fall by some per cent
  it('a share of the weight is more newtons on a heavier body, reached deeper; on the way pressures under the tool rise with the load', async () => {
    const case_ = fc.record({
      id: fc.constantFrom('roller-smooth', 'ball-orb', 'ball-lacrosse', 'fingertips'),
      weight_kg: fc.integer({ min: 55, max: 65 }),
      share: fc.double({ min: 0.1, max: 0.4, noNaN: true }),
    });
    const holds = async ({ id, weight_kg, share }: { id: string; weight_kg: number; share: number }) => {
      const on = (weight: number) =>
        pressed({
          body: { sex: 'female', height_cm: 165, weight_kg: weight },
          tool: { id },
          load: { bodyWeightShare: share },
        });
      const [light, heavy] = [await on(weight_kg), await on(1.3 * weight_kg)];
      expect(heavy.targetForce / light.targetForce).toBeCloseTo(1.3, 9);
      for (const p of [light, heavy]) {
        expect(p.converged).toBe(true);
        const last = p.steps.at(-1)!;
        expect(Math.abs((last.force + last.floorForce) / p.targetForce - 1)).toBeLessThanOrEqual(0.0151);
        for (const [n, step] of p.steps.entries()) {
          const before = p.steps[n - 1];
          if (before === undefined) continue;
          // a reading is a patch of triangles, which goes in steps
          expect(step.peakSkinPressure).toBeGreaterThan(0.97 * before.peakSkinPressure);
          expect(step.meanSkinPressure).toBeGreaterThan(0.97 * before.meanSkinPressure);
        }
      }
      expect(heavy.steps.at(-1)!.depth).toBeGreaterThan(1.02 * light.steps.at(-1)!.depth);
    };
    await fc.assert(fc.asyncProperty(case_, holds), { numRuns: 4, seed: 16 });
  });

  it('a load that is out of reach is no result: what was reached, and why not more', async () => {
    const p = await pressed({ tool: { id: 'broomstick-end' }, load: { force_N: 2000 } });
    expect(p.converged).toBe(false);
    expect(noteText(inEnglish, p.reason!)).toMatch(/\w+/);
    expect(p.steps.at(-1)!.force).toBeLessThan(1900);
    for (const field of Object.values(p.fields)) expect(field.every(Number.isFinite)).toBe(true);
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

  it('a soft layer shut in between a stiff wall and bone stays a layer: no cell folds, the force grows', async () => {
    // the law sees mean gradients only: without the barrier against folding both lose half their force on the way
    const held = await solveNeutral(parseNeutral(belly(50, ball, [20, 40, 50], true), 'belly'), 10);
    expect(held.reason).toBeUndefined();
    expect(held.steps[2]!.force_N).toBeGreaterThan(1.2 * held.steps[1]!.force_N);
    const fatUnderTips = {
      name: 'fat over a wall',
      domain: { min: [0, 0, 0], max: [160, 160, 120] },
      regions: [
        { name: 'bowel', shape: { type: 'all' }, material: 'bowel' },
        { name: 'wall', shape: { type: 'box', min: [0, 0, 90], max: [160, 160, 100] }, material: 'wall' },
        { name: 'fat', shape: { type: 'box', min: [0, 0, 100], max: [160, 160, 120] }, material: 'fat' },
        { name: 'spine', shape: { type: 'cylinder_y', axis_xz: [80, 20], radius: 22 }, material: 'bone' },
      ],
      materials: {
        bowel: { E: 5, nu: 0.45 },
        wall: { E: 400, nu: 0.45 },
        fat: { E: 3, nu: 0.45 },
        bone: { rigid_clamped: true },
      },
      dirichlet: [{ where: { type: 'nodes_in_box', min: [0, 0, 0], max: [160, 160, 0] }, fix: ['x', 'y', 'z'] }],
      tool: [50, 110].map((x) => ({ type: 'sphere', radius: 18, axis_xy: [x, 80], centre_z: '138 - depth' })),
      depths: [10, 20, 30, 40],
    };
    const { steps, reason } = await solveNeutral(parseNeutral(fatUnderTips, 'fat'), 10);
    expect(reason).toBeUndefined();
    for (let i = 1; i < 4; i++) expect(steps[i]!.force_N).toBeGreaterThan(1.4 * steps[i - 1]!.force_N);
  });

  it('a force that falls with depth is an alarm: the path ends before it, and says so', async () => {
    // a ball presses the free end of a plank down until it slips off that end
    const plank = {
      name: 'plank',
      domain: { min: [0, 0, 0], max: [110, 40, 60] },
      regions: [{ name: 'plank', shape: { type: 'box', min: [0, 0, 40], max: [100, 40, 60] }, material: 'rubber' }],
      materials: { rubber: { mu: 20, stiffening: 0, bulk: 100 } },
      dirichlet: [{ where: { type: 'nodes_in_box', min: [0, 0, 0], max: [0, 40, 60] }, fix: ['x', 'y', 'z'] }],
      tool: { type: 'sphere', radius: 12, axis_xy: [99, 20], centre_z: '72 - depth' },
      depths: [30, 50, 60],
    };
    const { steps, reason: why, converged } = await solveNeutral(parseNeutral(plank, 'plank'), 10);
    const reason = noteText(inEnglish, why!);
    expect(converged).toBe(false);
    const [high, before, low, after] = [...reason.matchAll(/([\d.]+) (?:N|mm)/g)].map((m) => Number(m[1]));
    expect(reason).toBe(
      `the force fell from ${high!.toFixed(3)} N at ${before} mm to ${low!.toFixed(3)} N at ${after} mm although the tool went deeper`,
    );
    // between two wanted depths, no farther apart than the steps on the way, and by 1 % at least
    expect(before).toBeGreaterThanOrEqual(50);
    expect(after).toBeGreaterThan(before!);
    expect(after).toBeLessThanOrEqual(60);
    expect(low).toBeLessThan(0.99 * high! + 1e-3);
    expect(steps.map((s) => s.depth_mm)).toEqual([30, 50]);
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
