import { canonicalJson } from '../base/hash.ts';
import { depthFor, LoadSearch } from '../mechanics/load-search.ts';
import { type Equilibrium, Solver, type SolverOptions } from '../mechanics/solver.ts';
import type { VoxelModel } from '../voxel/model.ts';
import type { MaterialChoice } from './materials.ts';
import { type PressProblem, rigidBodies } from './mechanical-problem.ts';
import type { PlacedTool } from './press.ts';
import { problemOf } from './problem-of.ts';

/**
 * Points of a cell share their multiplier, and the penalty is constant and stiff enough that a multiplier, which is a dead load, cannot
 * buckle soft skin: from 160 to 320 and from there to 640 kPa/mm the depth of the default press grows by 0.6 and 0.3 %. Volumes are held to 0.02 %:
 * at 0.05 % a light load is 1 % off, below 0.02 % the depth moves by 0.15 %. Of a thousand steps of presses that reached
 * their load none took more than 180 iterations: what takes much longer has slipped away.
 */
export const IN_A_PRESS: Partial<SolverOptions> = {
  contactGroups: 'cell',
  epsilon: 320,
  volumeError: 2e-4,
  maxIterations: 250,
};

/** With muscles that pull, all of what they do to the body is in the first step, which takes hundreds of iterations where others take 60. */
export const patience = ({ pull }: MaterialChoice): Partial<SolverOptions> =>
  pull === undefined ? {} : { maxIterations: 2000 };

/** What a preview asks of the solver: forces within a few per cent, for a number on the screen while a tool is dragged. */
const LOOSE: Partial<SolverOptions> = { decrementTolerance: 5e-4, balance: 0.02, volumeError: 0.002, penetration: 0.4 };
/** A preview's load counts as reached within this share of it. */
export const PREVIEW_LOAD_TOLERANCE = 0.03;
/** How the load is looked for around the last press before a preview starts from rest; force grows about like the depth's square around a body's weight. */
const AROUND = {
  tolerance: PREVIEW_LOAD_TOLERANCE,
  scatter: 1,
  fall: 2 * PREVIEW_LOAD_TOLERANCE,
  longest: Number.POSITIVE_INFINITY,
  usualPower: 2,
  halvingsInARow: 0,
  halvings: 0,
  trials: 4,
  iterations: Number.POSITIVE_INFINITY,
};

/** What a press needs to begin with. */
export interface PreparedPress {
  readonly setup: PressProblem;
  readonly solver: Solver;
}

/**
 * Keeps the solver of one trunk from one quick look to the next. The tool may be another one or lie elsewhere: its new equilibrium is
 * sought from the last one, which is near while a tool is dragged. Not for results that are kept: tolerances are loose, and
 * where tissue slips the answer depends on the way there.
 */
export class PreviewMemory {
  private kept:
    | {
        readonly model: VoxelModel;
        readonly key: string;
        readonly prepared: PreparedPress;
        readonly atRest: () => void;
        readonly placed: PlacedTool;
      }
    | undefined;
  private last: { readonly depth: number; readonly force: number } | undefined;

  /** The solver of a trunk with the tool laid on it: the one at hand where trunk and materials are the same. */
  acquire(model: VoxelModel, placed: PlacedTool, choice: MaterialChoice): PreparedPress {
    const key = canonicalJson([
      choice.timing ?? null,
      choice.scale ?? null,
      choice.contents ?? null,
      choice.slide ?? false,
      choice.friction ?? null,
      choice.pull ?? null,
      choice.brace ?? null,
    ]);
    const { kept } = this;
    if (kept === undefined || kept.model !== model || kept.key !== key) {
      const setup = problemOf(model, placed, choice);
      const solver = new Solver(setup.problem, { ...IN_A_PRESS, ...patience(choice), ...LOOSE });
      this.kept = { model, key, prepared: { setup, solver }, atRest: solver.snapshot(), placed };
      this.last = undefined;
      return this.kept.prepared;
    }
    const { setup, solver } = kept.prepared;
    if (this.last === undefined) kept.atRest();
    const problem = { ...setup.problem, bodies: rigidBodies(placed), direction: placed.direction };
    const before = kept.placed;
    const moved = (d: 0 | 1 | 2): number => placed.at[d] - before.at[d];
    const same = sameTool(placed, before);
    solver.replaceBodies(problem, same ? [moved(0), moved(1), moved(2)] : undefined);
    const prepared = { setup: { ...setup, problem }, solver };
    this.kept = { ...kept, prepared, placed };
    return prepared;
  }

  /** Where the next preview begins to look. */
  remember(depth: number, force: number): void {
    this.last = { depth, force };
  }

  /**
   * Looks for the load around where the last preview found its own.
   * @returns iterations it took, and the equilibrium with the load; without one the solver is back at rest
   */
  async around(
    target: number,
    solve: (depth: number) => Promise<Equilibrium>,
  ): Promise<{ readonly iterations: number; readonly result?: Equilibrium }> {
    const { kept, last } = this;
    this.last = undefined;
    let iterations = 0;
    if (kept === undefined || last === undefined) return { iterations };
    const { solver, setup } = kept.prepared;
    const search = new LoadSearch(target, { ...AROUND, first: depthFor(target, last, AROUND.usualPower) });
    for (let tries = 0; search.open; tries++) {
      const result = await solve(search.next().depth);
      iterations += result.iterations;
      if (!result.converged || !(result.force > 0)) break;
      if (search.accept(result) === 'reached') return { iterations, result };
      // the way from the last tool's place is no load path to extrapolate along
      if (tries === 0) solver.replaceBodies(setup.problem, [0, 0, 0]);
    }
    kept.atRest();
    return { iterations };
  }
}

/** Whether two placed tools differ by where they lie only. */
const sameTool = (a: PlacedTool, b: PlacedTool): boolean =>
  a.tool.family.id === b.tool.family.id &&
  canonicalJson(a.tool.parameters) === canonicalJson(b.tool.parameters) &&
  a.direction.every((d, i) => d === b.direction[i]);
