import { CancelledError, InputError } from '../base/errors.ts';
import type { Note } from '../base/note.ts';
import { breathe, type Progress } from '../base/progress.ts';
import { tell } from '../base/told.ts';
import { LoadSearch, superseded, type Trial } from '../mechanics/load-search.ts';
import type { Solution } from '../mechanics/solution.ts';
import { type Equilibrium, Solver, type SolverOptions } from '../mechanics/solver.ts';
import { PRESS_ERRORS } from '../messages/errors/press.data.ts';
import { note } from '../messages/note.ts';
import type { VoxelModel } from '../voxel/model.ts';
import { boneForces } from './bone-forces.ts';
import { balancedBy } from './bracing.ts';
import { type ContactReading, contactPressure } from './contact-reading.ts';
import { readFields } from './fields.ts';
import { type MaterialChoice, materialsUsed } from './materials.ts';
import { FLOOR, TOOL } from './mechanical-problem.ts';
import type { PlacedTool, Press, PressFields, PressStep } from './press.ts';
import { IN_A_PRESS, PREVIEW_LOAD_TOLERANCE, type PreparedPress, type PreviewMemory, patience } from './preview.ts';
import { problemOf } from './problem-of.ts';
import { nodesApart } from './two-bodies.ts';
import { pastTheMiddle } from './what-holds.ts';

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

/** What the solver asks for where many presses are compared with each other. */
const QUICK: Partial<SolverOptions> = { decrementTolerance: 2e-4, balance: 0.015, volumeError: 5e-4 };
/** The load counts as reached within this share of it, and the same of quick presses. */
const LOAD_TOLERANCE = 0.005;
const QUICK_LOAD_TOLERANCE = 0.015;
const LOAD_RULES = {
  scatter: 3,
  first: 5,
  longest: 8,
  halvingsInARow: 5,
  halvings: 8,
  trials: 60,
  // five times what the hardest of 443 random presses that converged took
  iterations: 4000,
};
/** Muscles that pull come forward by themselves: what the tool carries there is what they push with, mm. */
const TOUCH = 0.2;
/** A quick look is after the end of the path only. */
const QUICK_LOOK_RULES = { ...LOAD_RULES, first: 8, longest: 16 };

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
  if (!(targetForce > 0)) throw new InputError(tell(PRESS_ERRORS, 'error.press.no-load', { got: targetForce }));
  const started = performance.now();
  const { preview } = options;
  const { setup, solver } = preview?.acquire(model, placed, options) ?? preparedPress(model, placed, options);
  const tolerance = preview ? PREVIEW_LOAD_TOLERANCE : options.quick ? QUICK_LOAD_TOLERANCE : LOAD_TOLERANCE;
  const touch = options.pull === undefined && options.brace === undefined ? 0 : TOUCH;
  const rules = { ...(preview ? QUICK_LOOK_RULES : LOAD_RULES), tolerance, fall: 2 * tolerance, touch };
  const warnings: Note[] = preview ? [note('note.preview')] : [];
  if (solver.engine.backend === 'typescript-f64') warnings.push(note('note.engine'));
  if (options.pull !== undefined && setup.pulling !== undefined)
    warnings.push(note('note.pull', { pull: Number(options.pull.toPrecision(2)), muscles: setup.pulling.muscles }));
  if (options.brace !== undefined && setup.bracing !== undefined)
    warnings.push(
      note('note.brace', {
        brace: Number(options.brace.toPrecision(2)),
        pressure: Number(balancedBy(options.brace).toPrecision(2)),
        whole: setup.bracing.whole ? 'whole' : 'part',
      }),
    );
  const path: PressStep[] = [];
  const search = new LoadSearch(targetForce, rules);
  let reason: Note | undefined;
  const points = { triangleOf: setup.triangleOf, areas: setup.problem.surface.areas };
  let skin: { solution: Solution; displacement: ArrayLike<number>; reading: ContactReading } | undefined;
  let back = solver.snapshot();

  const tooDeep = pastTheMiddle(model, placed);
  const near = await preview?.around(targetForce, (at) => solveStep(solver, { depth: at }, 0, targetForce, progress));
  let iterations = near?.iterations ?? 0;
  if (near?.result !== undefined) keep(near.result);
  while (near?.result === undefined && search.open) {
    let result: Equilibrium;
    try {
      result = await solveStep(solver, search.next(), search.reached, targetForce, progress);
    } catch (error) {
      if (!(error instanceof CancelledError) || path.length === 0) throw error;
      reason = note('reason.stopped');
      break;
    }
    iterations += result.iterations;
    reason = result.converged ? tooDeep(result.depth) : undefined;
    if (reason !== undefined) break;
    const verdict = result.converged ? search.accept(result) : search.reject(result);
    if (verdict === 'reached' || verdict === 'below') {
      keep(result);
      if (verdict === 'below') back = solver.snapshot();
    } else back();
    if (verdict === 'beyond' && path.length === 0 && result.depth <= touch) {
      reason = note('reason.muscle-pushes', {
        force: Number(result.force.toPrecision(2)),
        what: options.pull === undefined ? 'wall' : 'muscle',
      });
      break;
    }
  }
  reason ??= search.reason;
  const last = path[path.length - 1];
  // an unfinished press ends with its last good step
  if (reason !== undefined) back();
  else if (last !== undefined) preview?.remember(last.depth, last.force + last.floorForce);

  function keep(result: Equilibrium): void {
    const step = readStep(solver, onSkin().reading, result);
    const forces = path.map((s) => s.force + s.floorForce);
    path.length -= superseded(forces, step.force + step.floorForce);
    path.push(step);
    options.onStep?.(step, fields);
  }

  /** Displacement of what has the skin and the bones, on the model's grid, and contact on the skin, as the solver stands: worked out once for each of its states. */
  function onSkin(): NonNullable<typeof skin> {
    const solution = solver.solution();
    if (skin?.solution !== solution) {
      const displacement =
        setup.apart === undefined ? solution.displacement : nodesApart(setup.apart, solution.displacement)[0];
      const felt = { displacement, contactPressure: (name: string) => solution.contactPressure(name) };
      skin = { solution, displacement, reading: contactPressure(felt, points, model) };
    }
    return skin;
  }

  function fields(): PressFields {
    return readFields(solver.solution(), onSkin().reading.pressure, setup);
  }

  const floorForce = last?.floorForce ?? 0;
  if (floorForce > 0.02 * targetForce)
    warnings.push(
      note('note.floor.carries', {
        height: placed.tool.height.toFixed(0),
        floor: floorForce.toFixed(0),
        target: targetForce.toFixed(0),
      }),
    );
  const base: Press = {
    model,
    placed,
    targetForce,
    steps: path,
    fields: fields(),
    bones: boneForces(setup.held, placed.direction, onSkin().displacement, model),
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

function preparedPress(model: VoxelModel, placed: PlacedTool, options: PressOptions): PreparedPress {
  const setup = problemOf(model, placed, options);
  return {
    setup,
    solver: new Solver(setup.problem, { ...IN_A_PRESS, ...patience(options), ...(options.quick ? QUICK : {}) }),
  };
}

/** One equilibrium, letting the event loop run now and then. `reached` is the force of the last one, N. */
async function solveStep(
  solver: Solver,
  { depth, aim }: Trial,
  reached: number,
  target: number,
  progress: Progress,
): Promise<Equilibrium> {
  const steps = solver.step(depth, aim);
  let rested = performance.now();
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
    if (performance.now() - rested > 100) {
      // before contact has been updated once the penalty answers, not the body
      const force = next.value.augmentations > 0 ? Math.max(next.value.force, 0) : reached;
      progress.report?.({
        phase: 'phase.press',
        fraction: Math.min(force / target, 1),
        detail: note('note.doing.press', {
          depth: depth.toFixed(depth < 1 ? 2 : 0),
          force: force.toFixed(0),
          target: target.toFixed(0),
        }),
      });
      await breathe(progress);
      rested = performance.now();
    }
  }
}

function readStep(solver: Solver, skin: ContactReading, e: Equilibrium): PressStep {
  const force = e.bodyForce[solver.bodyIndex(TOOL)]!;
  return {
    depth: e.depth,
    force,
    floorForce: e.bodyForce[solver.bodyIndex(FLOOR)] ?? 0,
    supportForce: e.supportForce,
    forceBalance: e.forceBalance,
    contactArea: skin.total,
    peakSkinPressure: skin.peak,
    meanSkinPressure: skin.total > 0 ? (force * 1e3) / skin.total : 0,
    penetration: solver.contact.sunk,
    iterations: e.iterations,
  };
}
