import { isLoose } from '../anatomy/structures.ts';
import { pow } from '../base/elementary.ts';
import { cellCount } from '../base/grid.ts';
import { breathe } from '../base/progress.ts';
import type { MechanicalProblem } from '../mechanics/problem.ts';
import { Solver, type SolverOptions } from '../mechanics/solver.ts';
import { mechanicalProblem } from '../press/mechanical-problem.ts';
import type { Prepared } from '../press/prepare.ts';
import { IN_A_PRESS } from '../press/preview.ts';
import type { Scenario } from '../press/scenario.ts';

/**
 * Pressures that no tool makes: cells of the solver are a fluid at a pressure (a lumen), which pushes evenly and straight on what bounds
 * it, however that moves.
 */

/** Share of their shear modulus that contents keep which are to be a fluid: enough that their cells keep a shape. */
const FLUID_SHEAR = 0.05;

/**
 * Volume that the loose contents of a belly gain when they are a fluid at a pressure, L: gas that is let into the belly presses on its
 * wall as they do then.
 * @param pressure kPa above that at rest
 */
export async function volumeGained({ model, placed }: Prepared<Scenario>, pressure: number): Promise<number> {
  const { problem } = mechanicalProblem(model, placed, { contents: FLUID_SHEAR });
  const loose = new Float64Array(cellCount(model.grid));
  for (const part of model.parts)
    if (isLoose(part.structure))
      for (let n = 0; n < part.cells.length; n++) loose[part.cells[n]!] = loose[part.cells[n]!]! + part.fraction[n]!;
  // what else is in a cell keeps its volume, and would hold the fluid's with it: a cell is one or the other
  const share = loose.map((f, c) => (f > problem.fill[c]! / 2 ? problem.fill[c]! : 0));
  const lumen = { share, pressure: share.map(() => pressure) };
  // of a litre, about what is gained
  const solver = await underPressure({ ...problem, bodies: [], lumen }, pressure * 1e6, {
    decrementTolerance: 1e-3,
    volumeError: 1e-3,
  });
  let gained = 0;
  for (let c = 0; c < share.length; c++) {
    const e = solver.indexOf[c]!;
    if (e >= 0 && share[c]! > 0)
      gained += share[c]! * (solver.cellState(e, new Float64Array(9), new Float64Array(9)).J - 1);
  }
  return (gained * pow(model.grid.spacing, 3)) / 1e6;
}

/**
 * A problem that only pressures load, in equilibrium.
 * @param work that the pressures do, about, kPa·mm³
 */
export async function underPressure(
  problem: MechanicalProblem,
  work: number,
  { decrementTolerance, volumeError }: Pick<SolverOptions, 'decrementTolerance' | 'volumeError'>,
): Promise<Solver> {
  const options = { leastWork: work, decrementTolerance, balance: 0.01, volumeError, maxIterations: 1000 };
  const solver = new Solver(problem, { ...IN_A_PRESS, ...options });
  const step = solver.step(0);
  for (;;) {
    const next = step.next();
    if (next.done) {
      if (!next.value.converged) throw new Error('the pressures of this check found no equilibrium');
      return solver;
    }
    await breathe({});
  }
}
