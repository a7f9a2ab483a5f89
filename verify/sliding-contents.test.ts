import { beforeAll, describe, expect, it } from 'vitest';
import { type Equilibrium, Solver, type SolverOptions } from '../src/mechanics/solver.ts';
import { mechanicalProblem } from '../src/press/mechanical-problem.ts';
import { parseScenario } from '../src/press/parse-scenario.ts';
import { type Prepared, prepare } from '../src/press/prepare.ts';
import { IN_A_PRESS } from '../src/press/preview.ts';
import { type SlidingPress, slidingPress } from '../src/press/sliding-contents.ts';

/** The default press on coarse cells, to a depth at which it carries some 30 N. */
const DEPTHS = [8, 16];
let prepared: Prepared;
beforeAll(async () => {
  prepared = await prepare(parseScenario({ cell_mm: 14, uncertainty: 0 }));
});

function pressed(
  problem: SlidingPress['problem'],
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
    const choice = { tone: 'relaxed', contents: 1 } as const;
    const stuck = pressed(mechanicalProblem(model, placed, choice).problem);
    const tied = pressed(slidingPress(model, placed, choice, () => true)!.problem);
    // cut cells are two, each with its own strain: a little softer
    expect(Math.abs(tied.force / stuck.force - 1)).toBeLessThan(0.02);
    expect(tied.solver.interfaces!.jump(tied.solver.engine, 0).slip).toBeLessThan(1.5);

    // a psoas that contracts does so in what holds the contents
    const pull = { ...choice, pull: 67 };
    const pulling = pressed(mechanicalProblem(model, placed, pull).problem, { maxIterations: 1000 });
    expect(pulling.force).toBeGreaterThan(1.1 * stuck.force);
    const held = pressed(slidingPress(model, placed, pull, () => true)!.problem, { maxIterations: 1000 });
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
});
