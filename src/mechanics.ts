/**
 * The solver alone, for any press: soft cells on a regular grid, rigid shapes pushed into their surface, supports. It knows no anatomy
 * and no tool by name. mm, N, kPa; method, limits and file format: docs/mechanics.md.
 */
export { CancelledError, InputError } from './base/errors.ts';
export type { Grid, Vec3 } from './base/grid.ts';
export type { Note } from './base/note.ts';
export type { Progress, ProgressEvent } from './base/progress.ts';

// a problem in arrays, solved step by step

export type {
  Block,
  FibreFamily,
  Fibres,
  Interface,
  MechanicalProblem,
  NeoHookeanLaw,
  RigidBody,
  StiffeningLaw,
} from './mechanics/problem.ts';
export type { ForceTarget } from './mechanics/search.ts';
export type { CellFields, Solution } from './mechanics/solution.ts';
export {
  DEFAULT_OPTIONS,
  type Equilibrium,
  type IterationInfo,
  Solver,
  type SolverOptions,
} from './mechanics/solver.ts';

// several bodies that slide on each other: shapes to cells and surface points, laid in one grid

export { type Distance, fillOf, surfacePoints } from './mechanics/interface-points.ts';
export { type Stack, stackBodies, stackCells, stackNodes } from './mechanics/stack.ts';

// sheets of fibres, thinner than cells

export { SheetPoints } from './mechanics/sheet-points.ts';

// a problem in a file, solved at its depths and forces

export { gridNeutral, type NeutralProblem, type NeutralSetup, parseNeutral } from './mechanics/neutral.ts';
export {
  type NeutralSlide,
  type NeutralSolution,
  type NeutralStep,
  solveNeutral,
} from './mechanics/solve-neutral.ts';
