import { log, pow } from '../base/elementary.ts';
import { CancelledError, InputError } from '../base/errors.ts';
import { breathe, type Progress } from '../base/progress.ts';
import type { Aim } from '../mechanics/search.ts';
import { type Equilibrium, Solver, type SolverOptions } from '../mechanics/solver.ts';
import type { VoxelModel } from '../voxel/model.ts';
import { contactPressure } from './contact-reading.ts';
import { readFields } from './fields.ts';
import { type MaterialChoice, materialsUsed } from './materials.ts';
import { mechanicalProblem, type PressProblem } from './mechanical-problem.ts';
import type { PlacedTool, Press, PressFields, PressStep } from './press.ts';
import { type Bench, IN_A_PRESS, PREVIEW_LOAD_TOLERANCE, type PreviewMemory } from './preview.ts';

export interface PressOptions extends MaterialChoice {
  /** Push to reach, N: what the tool carries, and the floor beside it where the body sinks down to it. */
  readonly targetForce: number;
  /** Loose tolerances, for one press of many whose spread is wanted: forces within 2 % instead of 0.5 %. */
  readonly quick?: boolean;
  /** A quick look while a tool is dragged, from where the last one ended: forces within a few per cent, and a warning that says so. */
  readonly preview?: PreviewMemory | undefined;
  /**
   * Called after every equilibrium that was accepted, each deeper than the one before. The second argument reads the fields of
   * that moment, which costs a little time.
   */
  readonly onStep?: ((step: PressStep, fields: () => PressFields) => void) | undefined;
}

/** First travel of the tool, and the longest one between two equilibria, mm; a quick look is after the end of the path only. */
const STRIDES = { first: 5, longest: 8 };
const QUICK_LOOK_STRIDES = { first: 8, longest: 16 };
/** The load counts as reached within this share of it. */
const LOAD_TOLERANCE = 0.005;
/** The same, and what the solver asks for, where many presses are compared with each other. */
const QUICK_LOAD_TOLERANCE = 0.015;
const QUICK: Partial<SolverOptions> = { accuracy: 2e-4, balance: 0.015, volumeError: 5e-4 };
/** Depths that differ by less than this share are one depth: it moves the force by less than the load's tolerance. */
const SAME_DEPTH = 0.001;
/** Below this share there is nothing more to be gained by searching between them. */
const ONE_DEPTH = 2e-4;
/** At one depth, how many load tolerances beyond the load still count as the load. */
const SCATTER = 3;
/** Steps are halved this often in a row, and this often in all, before the press is given up. */
const HALVINGS_IN_A_ROW = 5;
const MOST_HALVINGS = 8;
const MOST_STEPS = 60;
/** Iterations of all steps together after which the press is given up: five times what the hardest of 443 random presses that converged took. */
const MOST_ITERATIONS = 4000;

/**
 * Follows the load path: pushes the tool deeper step by step until it carries the wanted force.
 * @returns what was reached; `converged` is false with a reason when the load could not be reached or the user stopped
 * @throws CancelledError when stopped before the first step had converged
 */
export async function press(
  model: VoxelModel,
  placed: PlacedTool,
  options: PressOptions,
  progress: Progress = {},
): Promise<Press> {
  const { targetForce } = options;
  if (!(targetForce > 0)) throw new InputError(`the load must be more than 0 N, not ${targetForce}.`);
  const started = performance.now();
  const { preview } = options;
  const { setup, solver } = preview?.lay(model, placed, options) ?? newBench(model, placed, options);
  const loadTolerance = preview ? PREVIEW_LOAD_TOLERANCE : options.quick ? QUICK_LOAD_TOLERANCE : LOAD_TOLERANCE;
  const warnings: string[] = preview ? [PREVIEW_WARNING] : [];
  const path: PressStep[] = [];
  let iterations = 0;
  let reason: string | undefined;
  const strides = preview ? QUICK_LOOK_STRIDES : STRIDES;
  let stride = strides.first;
  let depth = strides.first;
  // where the load is in reach the solver moves the tool to it within a step
  let aim: Aim | undefined;
  let halvings = 0;
  let halvingsInARow = 0;
  // the deepest equilibrium below the load, to which the solver goes back from every failure and every overshoot: where
  // tissue can slip the answer depends on the way, and the way is always inwards
  let low = { depth: 0, force: 0, back: solver.snapshot() };
  let before: { depth: number; force: number } | undefined;
  let high: { depth: number; force: number } | undefined;
  let sameSide = 0;
  let solves = 0;

  const near = await preview?.around(targetForce, (at) => solveStep(solver, at, 0, targetForce, progress));
  iterations += near?.iterations ?? 0;
  const found = near?.result;
  if (found !== undefined) accept(found);

  while (found === undefined) {
    let result: Equilibrium;
    try {
      result = await solveStep(solver, depth, low.force, targetForce, progress, aim);
    } catch (error) {
      if (!(error instanceof CancelledError) || path.length === 0) throw error;
      reason = 'stopped by the user';
      break;
    }
    iterations += result.iterations;
    solves++;
    const dropped = result.force < (1 - 2 * loadTolerance) * low.force;
    if (!result.converged || dropped) {
      if (halvingsInARow === HALVINGS_IN_A_ROW || halvings === MOST_HALVINGS) {
        reason = dropped
          ? `the force fell from ${low.force.toFixed(1)} to ${result.force.toFixed(1)} N although the tool went deeper: the tissue slips from under it, or the cells are too coarse for this load`
          : `at ${result.depth.toFixed(1)} mm ${result.reason}`;
        break;
      }
      halvings++;
      halvingsInARow++;
      low.back();
      stride = (depth - low.depth) / 2;
      depth = low.depth + stride;
      aim = undefined;
    } else if (Math.abs(result.force / targetForce - 1) <= loadTolerance) {
      accept(result);
      break;
    } else if (result.force < targetForce) {
      halvingsInARow = 0;
      accept(result);
      before = low;
      low = { depth: result.depth, force: result.force, back: solver.snapshot() };
      sameSide = Math.max(1, sameSide + 1);
      // two answers to one question: the later one knows better
      if (high !== undefined && high.depth - low.depth < SAME_DEPTH * low.depth) high = undefined;
      const next = nextDepth(before, low, high, targetForce, stride, sameSide);
      stride = Math.min((next.depth - low.depth) * 1.6, strides.longest);
      ({ depth, aim } = withAim(next));
    } else if (result.depth - low.depth < ONE_DEPTH * result.depth) {
      // the depth is known, and two solutions of it differ by more than the load may: the later one knows better
      if (result.force / targetForce - 1 <= SCATTER * loadTolerance) accept(result);
      else
        reason = `at ${result.depth.toFixed(1)} mm the force jumps from ${low.force.toFixed(1)} to ${result.force.toFixed(1)} N, past the load`;
      break;
    } else {
      halvingsInARow = 0;
      high = { depth: result.depth, force: result.force };
      sameSide = Math.min(-1, sameSide - 1);
      low.back();
      ({ depth, aim } = withAim(nextDepth(before, low, high, targetForce, stride, sameSide)));
    }
    if (solves === MOST_STEPS) reason = `the load was not reached in ${MOST_STEPS} steps`;
    if (iterations > MOST_ITERATIONS) reason = `the load was not reached in ${MOST_ITERATIONS} iterations`;
    if (reason !== undefined) break;
  }
  const last = path[path.length - 1];
  // an unfinished press ends with its last good step
  if (reason !== undefined) low.back();
  else if (last !== undefined) preview?.remember(last.depth, last.force + last.floorForce);

  function withAim(next: { depth: number; inReach: boolean }): { depth: number; aim: Aim | undefined } {
    if (!next.inReach) return { depth: next.depth, aim: undefined };
    const furthest = high?.depth ?? low.depth + 1.5 * strides.longest;
    const between = [low.depth + ONE_DEPTH * low.depth, furthest] as const;
    return { depth: next.depth, aim: { force: targetForce, tolerance: loadTolerance, between } };
  }

  function accept(result: Equilibrium): void {
    const step = readStep(solver, setup, model, result);
    path.push(step);
    options.onStep?.(step, () => readFields(solver, setup, model));
  }

  const floorForce = last?.floorForce ?? 0;
  if (floorForce > 0.02 * targetForce)
    warnings.push(
      `The tool is only ${placed.tool.height.toFixed(0)} mm high: the body reaches the floor, which carries ${floorForce.toFixed(0)} of the ${targetForce.toFixed(0)} N.`,
    );
  const base: Press = {
    model,
    placed,
    targetForce,
    steps: path,
    fields: readFields(solver, setup, model),
    converged: reason === undefined,
    solver: {
      backend: solver.engine.backend,
      cell_mm: model.grid.spacing,
      cells: solver.cells,
      dof: solver.engine.dof,
      iterations,
      seconds: (performance.now() - started) / 1000,
    },
    materials: materialsUsed(setup.tissues, options),
    warnings,
  };
  return reason === undefined ? base : { ...base, reason };
}

const PREVIEW_WARNING =
  'A quick look with loose tolerances: forces are within a few per cent of what the same cells give when solved in full.';

function newBench(model: VoxelModel, placed: PlacedTool, options: PressOptions): Bench {
  const setup = mechanicalProblem(model, placed, options);
  return { setup, solver: new Solver(setup.problem, { ...IN_A_PRESS, ...(options.quick ? QUICK : {}) }) };
}

/** One equilibrium, letting the event loop run now and then. `reached` is the force of the last one, N. */
async function solveStep(
  solver: Solver,
  depth: number,
  reached: number,
  target: number,
  progress: Progress,
  aim?: Aim,
): Promise<Equilibrium> {
  const steps = solver.step(depth, aim);
  let rested = performance.now();
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
    if (performance.now() - rested > 100) {
      // before contact has been updated once the penalty answers, not the body
      const force = next.value.rounds > 0 ? Math.max(next.value.force, 0) : reached;
      progress.report?.({
        phase: 'pressing',
        fraction: Math.min(force / target, 1),
        detail: `${depth.toFixed(0)} mm deep, ${force.toFixed(0)} of ${target.toFixed(0)} N`,
      });
      await breathe(progress);
      rested = performance.now();
    }
  }
}

/**
 * Where to go next: to the target by a power law through the last two equilibria while below it, by interpolation once it is bracketed.
 * `inReach` says whether the target is expected there, and not only on the way.
 */
function nextDepth(
  before: { depth: number; force: number } | undefined,
  low: { depth: number; force: number },
  high: { depth: number; force: number } | undefined,
  target: number,
  stride: number,
  sameSide: number,
): { depth: number; inReach: boolean } {
  if (high !== undefined) {
    // halving where the interpolation keeps landing on one side, as it does where the floor begins to carry
    if (Math.abs(sameSide) > 2) return { depth: (low.depth + high.depth) / 2, inReach: false };
    // force grows faster than linearly: interpolate in the square root, which is nearly straight
    const r = (Math.sqrt(target) - Math.sqrt(low.force)) / (Math.sqrt(high.force) - Math.sqrt(low.force));
    return { depth: low.depth + Math.min(Math.max(r, 0.05), 0.95) * (high.depth - low.depth), inReach: true };
  }
  const longest = Math.max(stride, 0.3);
  if (before === undefined || before.force <= 0 || low.force <= 0)
    return { depth: low.depth + longest, inReach: false };
  const power = Math.min(Math.max(log(low.force / before.force) / log(low.depth / before.depth), 1), 6);
  const there = low.depth * pow(target / low.force, 1 / power);
  return { depth: Math.min(there, low.depth + longest), inReach: there <= low.depth + longest };
}

function readStep(solver: Solver, setup: PressProblem, model: VoxelModel, e: Equilibrium): PressStep {
  const skin = contactPressure(solver, setup, model);
  const force = e.bodyForce[0]!;
  return {
    depth: e.depth,
    force,
    floorForce: e.bodyForce[1] ?? 0,
    supportForce: e.supportForce,
    forceBalance: e.forceBalance,
    contactArea: skin.total,
    peakSkinPressure: skin.peak,
    meanSkinPressure: skin.total > 0 ? (force * 1e3) / skin.total : 0,
    penetration: e.penetration,
    iterations: e.iterations,
  };
}
