import { beforeAll, describe, expect, it } from 'vitest';
import { type Pressed, pressOnce } from '../src/findings/press-once.ts';
import { inEnglish } from '../src/messages/say.ts';
import { contracted, pullOf } from '../src/press/contraction.ts';
import { parseScenario } from '../src/press/parse-scenario.ts';
import { prepare } from '../src/press/prepare.ts';
import type { Scenario } from '../src/press/scenario.ts';
import { noteText } from '../src/words/note-text.ts';

// what therapists feel: the psoas hardens under the fingers when the knee is lifted

const scenario = parseScenario({ cell_mm: 10, contract: 'psoas' });
const relaxed: Scenario = parseScenario({ cell_mm: 10 });
let [still, lifting]: [Pressed?, Pressed?] = [];
let reach = 0;
beforeAll(async () => {
  const prepared = await prepare(scenario);
  still = await pressOnce({ ...prepared, scenario: relaxed });
  lifting = await pressOnce(prepared);
  // what the fibres add up to across the left psoas at L4/5, where it is widest: the pull over its section
  const { fibres } = contracted(prepared.model, 1);
  const { points, directions, volumes } = fibres;
  for (let s = 0; s < volumes.length; s++)
    if (
      points[3 * s]! > 20 &&
      points[3 * s]! < 70 &&
      points[3 * s + 1]! > 30 &&
      points[3 * s + 2]! > 40 &&
      points[3 * s + 2]! < 80
    )
      reach += (volumes[s]! * Math.abs(directions[3 * s + 2]!)) / 40;
});

describe('a psoas that contracts', () => {
  it('pulls with its section', () => {
    // 11 cm² of the left psoas, more where the iliacus begins beside it
    expect(reach).toBeGreaterThan(950);
    expect(reach).toBeLessThan(1500);
  });

  it('lets the tool in less deep, with more pressure on its front', () => {
    const depth = ({ press }: Pressed): number => press.steps.at(-1)!.depth;
    for (const { press } of [still!, lifting!]) expect(press.converged).toBe(true);
    expect(depth(lifting!)).toBeLessThan(0.9 * depth(still!));
    const front = ({ headline }: Pressed): number => headline.psoasFrontPressure.value!;
    expect(front(lifting!)).toBeGreaterThan(1.15 * front(still!));
    expect(lifting!.headline.psoasFrontForce.value!).toBeGreaterThan(1.15 * still!.headline.psoasFrontForce.value!);
  });

  it('says so where it pushes the tool with more than the load by itself, and finds a load that is more', async () => {
    const light = (force_N: number) =>
      prepare(parseScenario({ cell_mm: 14, contract: 'psoas', load: { force_N } })).then((prepared) =>
        pressOnce(prepared),
      );
    const { press } = await light(2);
    expect(press.converged).toBe(false);
    expect(press.steps).toEqual([]);
    const { force } = press.reason!.values as { force: number };
    expect(press.reason!.id).toBe('reason.muscle-pushes');
    expect(force).toBeGreaterThan(3);
    expect(force).toBeLessThan(9);
    expect(noteText(inEnglish, press.reason!)).toBe(
      `the contracting muscle already pushes the tool with about ${force} N where it only touches: a load must be more than that`,
    );
    // two equilibria, and not every depth down to none
    expect(press.solver.iterations).toBeLessThan(600);
    // between the muscle's own push and about twice that the softer psoas folds, and the search may end without an answer
    const more = await light(3 * force);
    expect(more.press.converged).toBe(true);
  });

  it('is told of, and pulls with a quarter of what human muscle can', () => {
    expect(pullOf(scenario)!.value).toBeCloseTo(67, 9);
    expect(pullOf(relaxed)).toBeUndefined();
    expect(lifting!.press.warnings).toContainEqual({ id: 'note.pull', values: { pull: 67, muscles: 'both' } });
    expect(still!.press.warnings.some(({ id }) => id === 'note.pull')).toBe(false);
  });
});
