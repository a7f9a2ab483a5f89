import { CancelledError, InputError } from '../base/errors.ts';
import { breathe, type Progress } from '../base/progress.ts';
import { type Equilibrium, Solver, type SolverOptions } from '../mechanics/solver.ts';
import type { VoxelModel } from '../voxel/model.ts';
import { contactPressure, readFields } from './fields.ts';
import { type MaterialChoice, materialsUsed } from './materials.ts';
import { mechanicalProblem, type PressProblem } from './mechanical-problem.ts';
import type { PlacedTool, Press, PressFields, PressStep } from './press.ts';

export interface PressOptions extends MaterialChoice {
  /** Push to reach, N: what the tool carries, and the floor beside it where the body sinks down to it. */
  readonly targetForce: number;
  /** Loose tolerances, for one press of many whose spread is wanted: forces within 2 % instead of 0.5 %. */
  readonly quick?: boolean;
  /**
   * Called after every equilibrium that was accepted, in the order in which they were found: usually ever deeper, but a step that
   * overshot the load is followed by shallower ones. The second argument reads the fields of that moment, which costs a little time.
   */
  readonly onStep?: ((step: PressStep, fields: () => PressFields) => void) | undefined;
}

/** First travel of the tool, and the longest one between two equilibria, mm. */
const FIRST_STEP = 5;
const LONGEST_STEP = 12;
/** The load counts as reached within this share of it. */
const LOAD_TOLERANCE = 0.005;
/** The same, and what the solver asks for, where many presses are compared with each other. */
const QUICK_LOAD_TOLERANCE = 0.015;
const QUICK: Partial<SolverOptions> = { accuracy: 2e-4, balance: 0.015, volumeError: 0.002 };
/** Depths that differ by less than this share are one depth: it moves the force by less than the load's tolerance. */
const SAME_DEPTH = 0.001;
/** Steps are halved this often before the press is given up. */
const MOST_HALVINGS = 3;
const MOST_STEPS = 40;

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
  const setup = mechanicalProblem(model, placed, options);
  const solver = new Solver(setup.problem, options.quick ? QUICK : {});
  const loadTolerance = options.quick ? QUICK_LOAD_TOLERANCE : LOAD_TOLERANCE;
  const warnings: string[] = [];
  const states: { step: PressStep; depth: number; force: number }[] = [];
  let iterations = 0;
  let reason: string | undefined;
  let stride = FIRST_STEP;
  let depth = FIRST_STEP;
  let halvings = 0;
  // depth of the equilibrium that the solver holds, which is not always the deepest one
  let held = 0;

  while (states.length < MOST_STEPS) {
    const restore = solver.snapshot();
    let result: Equilibrium;
    try {
      result = await solveStep(solver, depth, targetForce, progress);
    } catch (error) {
      if (!(error instanceof CancelledError) || states.length === 0) throw error;
      reason = 'stopped by the user';
      restore();
      break;
    }
    iterations += result.iterations;
    const shallower = states.filter((s) => s.depth < depth);
    const last = shallower[shallower.length - 1];
    const dropped = last !== undefined && result.force < 0.99 * last.force;
    if (!result.converged || dropped) {
      restore();
      if (halvings === MOST_HALVINGS) {
        reason = dropped
          ? `the force fell from ${last.force.toFixed(1)} to ${result.force.toFixed(1)} N although the tool went deeper: the tissue slips from under it, or the cells are too coarse for this load`
          : `at ${depth.toFixed(1)} mm ${result.reason}`;
        break;
      }
      halvings++;
      const from = last?.depth ?? 0;
      stride = (depth - from) / 2;
      depth = from + stride;
      continue;
    }
    const step = readStep(solver, setup, model, result);
    // a second solve at nearly the same depth knows better: keeping both could bracket the load between two answers to one question
    const twin = states.findIndex((s) => Math.abs(s.depth - depth) < SAME_DEPTH * depth);
    if (twin >= 0) states.splice(twin, 1);
    states.push({ step, depth, force: result.force });
    options.onStep?.(step, () => readFields(solver, setup, model));
    states.sort((a, b) => a.depth - b.depth);
    held = depth;
    if (Math.abs(result.force / targetForce - 1) <= loadTolerance) break;

    const next = nextDepth(states, targetForce, stride);
    stride = Math.min(Math.abs(next - depth) * 1.6, LONGEST_STEP);
    depth = next;
  }
  const heldForce = states.find((s) => s.depth === held)?.force ?? 0;
  if (states.length === MOST_STEPS && Math.abs(heldForce / targetForce - 1) > loadTolerance)
    reason = `the load was not reached in ${MOST_STEPS} steps`;

  // the fields belong to the equilibrium that the solver holds: deeper steps are no part of the path
  const path = states.filter((s) => s.depth <= held).map((s) => s.step);
  const floorForce = path[path.length - 1]?.floorForce ?? 0;
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

/** One equilibrium, letting the event loop run now and then. */
async function solveStep(solver: Solver, depth: number, target: number, progress: Progress): Promise<Equilibrium> {
  const steps = solver.step(depth);
  let rested = performance.now();
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
    if (performance.now() - rested > 100) {
      const force = Math.max(next.value.force, 0);
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

/** Aims at the target: a power law through the last two equilibria while below it, the secant once it is bracketed. */
function nextDepth(states: readonly { depth: number; force: number }[], target: number, stride: number): number {
  const below = states.filter((s) => s.force < target);
  const above = states.find((s) => s.force >= target);
  const a = below[below.length - 1];
  if (above !== undefined) {
    const low = a ?? { depth: 0, force: 0 };
    // force grows faster than linearly: interpolate in the square root, which is nearly straight
    const r = (Math.sqrt(target) - Math.sqrt(low.force)) / (Math.sqrt(above.force) - Math.sqrt(low.force));
    return low.depth + r * (above.depth - low.depth);
  }
  const longest = Math.max(stride, 1);
  const b = below[below.length - 2];
  if (a === undefined || b === undefined || a.force <= 0 || b.force <= 0) return (a?.depth ?? 0) + longest;
  const power = Math.min(Math.max(Math.log(a.force / b.force) / Math.log(a.depth / b.depth), 1), 6);
  const aim = a.depth * (target / a.force) ** (1 / power);
  return Math.min(aim, a.depth + longest);
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
