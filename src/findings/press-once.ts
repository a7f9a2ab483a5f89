import type { Progress } from '../base/progress.ts';
import { braceOf } from '../press/bracing.ts';
import { keptShear } from '../press/contents.ts';
import { pullOf } from '../press/contraction.ts';
import { forceOf } from '../press/force-of.ts';
import type { Prepared } from '../press/prepare.ts';
import type { Press } from '../press/press.ts';
import type { Timing } from '../press/relaxation.ts';
import type { Scenario } from '../press/scenario.ts';
import { type PressOptions, press } from '../press/solve-press.ts';
import { type Assessment, assess } from './assess.ts';
import type { Physiology } from './physiology.ts';

/** How a press differs from what its scenario says, and who wants to hear of it. */
export interface Variation
  extends Partial<
    Pick<PressOptions, 'scale' | 'contents' | 'pull' | 'brace' | 'friction' | 'fibres' | 'quick' | 'preview' | 'onStep'>
  > {
  /** Push to reach, N; the scenario's when absent. */
  readonly force?: number;
  readonly timing?: Timing;
  /** Pressures and stiffnesses at rest that differ from the central ones. */
  readonly person?: Partial<Physiology>;
}

/** A press and what it does to each structure. */
export interface Pressed extends Assessment {
  readonly press: Press;
}

/**
 * One press on a prepared body, and its findings.
 * @throws CancelledError when it was stopped before its first step had converged
 */
export async function pressOnce(
  { scenario, body, model, placed }: Prepared<Scenario>,
  { force, timing: other, person, ...options }: Variation = {},
  progress: Progress = {},
): Promise<Pressed> {
  const timing = other ?? { rate: scenario.rate_s, hold: scenario.hold_s };
  const targetForce = force ?? forceOf(scenario.load, body);
  const contents = options.contents ?? keptShear(scenario.contents).value;
  const pull = options.pull ?? pullOf(scenario)?.value;
  const slide = scenario.contents === 'slide';
  const brace = options.brace ?? braceOf(scenario)?.value;
  const choice = {
    ...options,
    contents,
    slide,
    ...(pull !== undefined && { pull }),
    ...(brace !== undefined && { brace }),
    timing,
  };
  const pressed = await press(model, placed, { ...choice, targetForce }, progress);
  const contracts = pull !== undefined;
  return { press: pressed, ...assess(pressed, { pose: scenario.pose, timing, contracts, ...(person && { person }) }) };
}
