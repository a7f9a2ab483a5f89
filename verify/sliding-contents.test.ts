import { beforeAll, describe, expect, it } from 'vitest';
import { cellCorners, nodeCount } from '../src/base/grid.ts';
import { type Pressed, pressOnce } from '../src/findings/press-once.ts';
import { type Equilibrium, Solver, type SolverOptions } from '../src/mechanics/solver.ts';
import { boneForces } from '../src/press/bone-forces.ts';
import { readFields } from '../src/press/fields.ts';
import type { PressProblem } from '../src/press/mechanical-problem.ts';
import { mechanicalProblem } from '../src/press/mechanical-problem.ts';
import { parseScenario } from '../src/press/parse-scenario.ts';
import { type Prepared, prepare } from '../src/press/prepare.ts';
import { IN_A_PRESS } from '../src/press/preview.ts';
import type { Scenario } from '../src/press/scenario.ts';
import { slidingPress } from '../src/press/sliding-contents.ts';

/** The default press on coarse cells, to a depth at which it carries some 30 N. */
const DEPTHS = [8, 16];
let prepared: Prepared<Scenario>;
beforeAll(async () => {
  prepared = await prepare(parseScenario({ cell_mm: 14, uncertainty: 0 }));
});

function pressed(
  problem: PressProblem['problem'],
  options: Partial<SolverOptions> = {},
): Equilibrium & { solver: Solver; iterationsOfAll: number } {
  const solver = new Solver(problem, { ...IN_A_PRESS, threads: 1, ...options });
  let last: Equilibrium | undefined;
  let iterationsOfAll = 0;
  for (const depth of DEPTHS) {
    const steps = solver.step(depth);
    for (;;) {
      const next = steps.next();
      if (!next.done) continue;
      expect(next.value.reason).toBeUndefined();
      last = next.value;
      iterationsOfAll += last.iterations;
      break;
    }
  }
  return { ...last!, solver, iterationsOfAll };
}

describe('the contents of a trunk as a body of their own', () => {
  it('tied everywhere are the trunk in one piece; sliding they carry less, go aside and stay on what holds them', () => {
    const { model, placed } = prepared;
    const choice = { contents: 1 } as const;
    const stuck = pressed(mechanicalProblem(model, placed, choice).problem);
    const tied = pressed(slidingPress(model, placed, choice, () => true)!.problem);
    // cut cells are two, each with its own strain: a little softer
    expect(Math.abs(tied.force / stuck.force - 1)).toBeLessThan(0.02);
    expect(tied.solver.interfaces!.jump(tied.solver.engine, 0).slip).toBeLessThan(1.5);

    // a psoas that contracts does so in what holds the contents
    const pull = { ...choice, pull: 67 };
    const pulling = pressed(mechanicalProblem(model, placed, pull).problem, { maxIterations: 2000 });
    expect(pulling.force).toBeGreaterThan(1.1 * stuck.force);
    const held = pressed(slidingPress(model, placed, pull, () => true)!.problem, { maxIterations: 2000 });
    // ties are springs: by what they give (1.2 mm here) the contraction lifts the tool less (62 N instead of 66)
    expect(Math.abs(held.force / pulling.force - 1)).toBeLessThan(0.06);

    const slide = slidingPress(model, placed, choice)!;
    const slid = pressed(slide.problem);
    expect(slid.force).toBeLessThan(0.98 * stuck.force);
    expect(slid.force).toBeGreaterThan(0.8 * stuck.force);
    expect(slid.forceBalance).toBeLessThan(0.005);
    expect(slid.minJ).toBeGreaterThan(0.8);
    const { slip } = slid.solver.interfaces!.jump(slid.solver.engine, 0);
    expect(slip).toBeGreaterThan(3);
    expect(slid.penetration).toBeLessThan(0.15);
    // loads on loose slivers take twice as many
    expect(slid.iterationsOfAll).toBeLessThan(2.2 * stuck.iterationsOfAll);
    // the same bits on any number of threads
    expect(pressed(slide.problem, { threads: 2 }).force).toBe(slid.force);
  });

  it('tied everywhere every place is read as in the trunk in one piece: displacement, pressure, bones', () => {
    const { model, placed } = prepared;
    const choice = { tone: 'relaxed', contents: 1 } as const;
    const read = (setup: PressProblem) => {
      const { solver } = pressed(setup.problem);
      const fields = readFields(solver.solution(), new Float32Array(0), setup);
      const bones = boneForces(setup.held, placed.direction, fields.displacement, model);
      return { fields, bones: new Map(bones.map(({ structure, force }) => [structure, force])) };
    };
    const one = read(mechanicalProblem(model, placed, choice));
    const two = read(slidingPress(model, placed, choice, () => true)!);
    const { share } = two.fields.contents!;
    const bone = mechanicalProblem(model, placed, choice).rigid;
    const scatter = (a: Float32Array, b: Float32Array, kept: (n: number) => boolean): number => {
      const [sum, all] = a.reduce(([s, t], x, n) => (kept(n) ? [s + (x - b[n]!) ** 2, t + x * x] : [s, t]), [0, 0]);
      return Math.sqrt(sum / all);
    };
    // ties give way by up to 1.5 mm of 16, and pressures in the contents are tenths of a kPa at this load
    for (const [fields, mine, most] of [
      [two.fields, (c: number) => share[c]! < 0.5, 0.1],
      [two.fields.contents!, (c: number) => share[c]! >= 0.5, 0.3],
    ] as const) {
      const own = new Uint8Array(nodeCount(model.grid));
      for (let c = 0; c < share.length; c++)
        if (model.fill[c]! > 0.5 && mine(c)) for (const node of cellCorners(model.grid, c)) own[node] = 1;
      expect(
        scatter(one.fields.pressure, fields.pressure, (c) => model.fill[c]! > 0.5 && !(bone[c]! > 0.2) && mine(c)),
      ).toBeLessThan(most);
      expect(scatter(one.fields.displacement, fields.displacement, (n) => own[Math.floor(n / 3)] === 1)).toBeLessThan(
        0.15,
      );
    }
    const work = (fields: { readonly work: Float32Array }): number => fields.work.reduce((sum, w) => sum + w, 0);
    expect(Math.abs(work(two.fields) / work(one.fields) - 1)).toBeLessThan(0.03);
    for (const bone of ['hip_bone', 'sacrum'])
      expect(Math.abs(two.bones.get(bone)! / one.bones.get(bone)! - 1)).toBeLessThan(0.05);
  });

  it('a scenario asks for it: bowel goes aside, the push arrives', async () => {
    const asked = parseScenario({ cell_mm: 14, uncertainty: 0, contents: 'slide' });
    const press = await pressOnce({ ...prepared, scenario: asked });
    expect(press.press.converged).toBe(true);
    const last = press.press.steps.at(-1)!;
    expect(last.forceBalance).toBeLessThan(0.01);
    // what the bones and the rest give back is the push, and the front of the psoas gets as much of it as in the trunk in one piece
    const back = press.headline.supports.reduce((sum, { force }) => sum + force, 0);
    expect(Math.abs(back / last.supportForce - 1)).toBeLessThan(0.01);
    const stuck = await pressOnce({ ...prepared, scenario: { ...asked, contents: 'stuck' } });
    const frontOf = (p: Pressed): number => p.headline.psoasFrontForce.value!;
    expect(Math.abs(frontOf(press) / frontOf(stuck) - 1)).toBeLessThan(0.1);
    const of = ({ findings }: Pressed, structure: string, quantity: string): number =>
      findings.find((f) => f.structure === structure && f.quantity === quantity)!.value!;
    for (const bowel of ['small_intestine', 'large_intestine']) {
      expect(of(press, bowel, 'slide')).toBeGreaterThan(1.5);
      expect(of(press, bowel, 'tissue-pressure')).toBeLessThan(0.95 * of(stuck, bowel, 'tissue-pressure'));
    }
    expect(stuck.findings.some(({ quantity }) => quantity === 'slide')).toBe(false);
    expect(last.depth).toBeGreaterThan(stuck.press.steps.at(-1)!.depth);
  });
});
