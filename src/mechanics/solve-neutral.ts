import { InputError } from '../base/errors.ts';
import { cellCentre, type Grid, type Vec3 } from '../base/grid.ts';
import type { Note } from '../base/note.ts';
import { breathe, type Progress } from '../base/progress.ts';
import { sampleNodes } from '../base/sample-nodes.ts';
import { tell } from '../base/told.ts';
import { MECHANICS_ERRORS } from '../messages/errors/mechanics.data.ts';
import { LoadSearch } from './load-search.ts';
import { bodyOf, gridNeutral, holds, type NeutralProblem, type NeutralSetup, type RegionOutput } from './neutral.ts';
import type { Block } from './problem.ts';
import { type Equilibrium, Solver } from './solver.ts';

/** What `psoascope solve --json` prints. */
export interface NeutralSolution {
  readonly problem: string;
  readonly cell_mm: number;
  readonly cells: number;
  readonly dof: number;
  readonly converged: boolean;
  readonly reason?: Note;
  readonly backend: string;
  readonly iterations: number;
  readonly seconds: number;
  readonly steps: readonly NeutralStep[];
}

export interface NeutralStep {
  /** What the file asked for here: a depth or a force. */
  readonly wanted: { readonly depth_mm: number } | { readonly force_N: number };
  readonly depth_mm: number;
  readonly force_N: number;
  readonly forceBalance: number;
  readonly penetration_mm: number;
  /** Force of each tool of a list, N, in its order. */
  readonly toolForces_N: readonly number[];
  readonly probes: Readonly<Record<string, readonly [number, number, number]>>;
  readonly outputs: Readonly<Record<string, number>>;
  /** How the bodies of each of the file's interfaces have moved against each other; absent where the file has none. */
  readonly interfaces?: readonly NeutralSlide[];
}

/**
 * Of the difference of both bodies' displacements of places that touched at rest: the longest part along the interface as it was at rest, and the
 * largest across it, 0 where they have not parted; and the force that passes through it along the push.
 */
export interface NeutralSlide {
  readonly maxSlip_mm: number;
  readonly maxOpening_mm: number;
  readonly force_N: number;
}

/**
 * A neutral problem asks for exact numbers: the same problem cut by symmetry, or solved by another way of stepping, agrees within 0.1 %.
 * Half a hundredth of a millimetre of penetration moves the force on a 5 mm indent by about that much; at a gain of 3·10⁻⁶ it is 0.08 %.
 */
const TIGHT = {
  balance: 3e-4,
  penetration: 0.002,
  penetrationShare: 2.5e-4,
  leastWork: 1e-6,
  volumeError: 2e-4,
  decrementTolerance: 1e-6,
  maxIterations: 1000,
};
/** Contact penalty in units of μ/h of the stiffest cell at the surface: a softer one takes many rounds, a stiffer one makes more of what penetration is left. */
const PENALTY = 200;
/** Longest travel between two equilibria, in units of the smallest distance that contact should not jump, mm. */
const LONGEST_STEP = 10;
const FORCE_TOLERANCE = 3e-4;

/** Solves a neutral problem on cells of edge h at its depths and forces. */
export async function solveNeutral(file: NeutralProblem, h: number, progress: Progress = {}): Promise<NeutralSolution> {
  if (!(h > 0)) throw new InputError(tell(MECHANICS_ERRORS, 'error.problem.cell', { cell: h }));
  const started = performance.now();
  const setup = gridNeutral(file, h);
  checkOutputs(file, setup);
  const solver = new Solver(setup.problem, { ...TIGHT, epsilon: (PENALTY * setup.stiffest) / h });
  const steps: NeutralStep[] = [];
  let iterations = 0;
  let reached = 0;
  let highest: Depth = { depth: 0, force: 0 };
  let reason: Note | undefined;

  /** Goes to a depth, in several steps when it is far, halving them when one fails. */
  const goTo = async (depth: number): Promise<Equilibrium | undefined> => {
    let stride = LONGEST_STEP;
    for (let halvings = 0; ; ) {
      const way = depth - reached;
      const next = Math.abs(way) <= stride ? depth : reached + Math.sign(way) * stride;
      const restore = solver.snapshot();
      const e = await run(solver, next, progress);
      iterations += e.iterations;
      const failed = e.converged
        ? fallen(highest, e)
        : { id: 'reason.at', values: { depth: next.toFixed(2), reason: e.reason! } };
      if (failed !== undefined) {
        restore();
        if (++halvings > 4) {
          reason = failed;
          return undefined;
        }
        stride = Math.abs(next - reached) / 2;
        continue;
      }
      reached = next;
      if (e.force >= highest.force) highest = e;
      if (next === depth) return e;
    }
  };

  for (const depth of [...file.depths].sort((a, b) => a - b)) {
    const e = await goTo(depth);
    if (e === undefined) break;
    steps.push(readStep(file, setup, solver, e, { depth_mm: depth }));
  }
  for (const force of [...file.forces].sort((a, b) => a - b)) {
    if (reason !== undefined) break;
    const e = await findForce(force, goTo, steps);
    if (e === undefined) {
      reason ??= { id: 'reason.force-not-reached', values: { force } };
      break;
    }
    steps.push(readStep(file, setup, solver, e, { force_N: force }));
  }
  return {
    problem: file.name,
    cell_mm: h,
    cells: solver.cells,
    dof: solver.engine.dof,
    converged: reason === undefined,
    ...(reason === undefined ? {} : { reason }),
    backend: solver.engine.backend,
    iterations,
    seconds: (performance.now() - started) / 1000,
    steps,
  };
}

/** Says so where the force has fallen with depth: an equilibrium may be found beyond a collapse, but it answers another question. */
function fallen(from: Depth, to: Depth): Note | undefined {
  if (to.depth <= from.depth || to.force >= 0.99 * from.force - 1e-6) return undefined;
  return {
    id: 'reason.force-fell-at',
    values: { from: from.force.toFixed(3), fromDepth: mm(from), to: to.force.toFixed(3), toDepth: mm(to) },
  };
}

type Depth = Pick<Equilibrium, 'depth' | 'force'>;
const mm = ({ depth }: Depth): number => Number(depth.toFixed(2));

async function run(solver: Solver, depth: number, progress: Progress): Promise<Equilibrium> {
  const steps = solver.step(depth);
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
    if (next.value.iterations % 4 === 0) {
      progress.report?.({
        phase: 'phase.solve',
        fraction: 0,
        detail: { id: 'note.doing.solve', values: { depth: depth.toFixed(1), force: next.value.force.toFixed(2) } },
      });
      await breathe(progress);
    }
  }
}

/** How a wanted force is looked for: without friction the way there does not matter, so a fall is the path's own alarm. */
const FORCE_RULES = {
  tolerance: FORCE_TOLERANCE,
  scatter: 1,
  fall: 0.01,
  first: 2,
  longest: LONGEST_STEP,
  halvingsInARow: 0,
  halvings: 0,
  trials: 25,
  iterations: Number.POSITIVE_INFINITY,
};

/** The equilibrium with a force; nothing where it cannot be reached. */
async function findForce(
  force: number,
  goTo: (depth: number) => Promise<Equilibrium | undefined>,
  known: readonly NeutralStep[],
): Promise<Equilibrium | undefined> {
  const points = known.map((s) => ({ depth: s.depth_mm, force: s.force_N })).sort((a, b) => a.depth - b.depth);
  const low = points.findLast((p) => p.force <= force);
  const high = points.find((p) => p.force > force);
  const search = new LoadSearch(force, FORCE_RULES, { ...(low && { low }), ...(high && { high }) });
  while (search.open) {
    const e = await goTo(search.next().depth);
    if (e === undefined || search.accept(e) === 'reached') return e;
  }
  return undefined;
}

function readStep(
  file: NeutralProblem,
  setup: NeutralSetup,
  solver: Solver,
  e: Equilibrium,
  wanted: NeutralStep['wanted'],
): NeutralStep {
  const probes: Record<string, [number, number, number]> = {};
  const value = new Float64Array(1);
  for (const [name, p] of Object.entries(file.probes)) {
    const u: [number, number, number] = [0, 0, 0];
    const [x, y, z] = inGrid(file, setup, p);
    for (let d = 0; d < 3; d++) {
      const plane = solver.u.subarray(d * solver.nodes, (d + 1) * solver.nodes);
      sampleNodes(setup.grid, plane, 1, x, y, z, value);
      u[d] = value[0]!;
    }
    probes[name] = u;
  }
  const outputs: Record<string, number> = {};
  for (const o of file.region_outputs) outputs[o.name] = regionOutput(file, setup, solver, o);
  return {
    wanted,
    depth_mm: e.depth,
    force_N: e.force,
    forceBalance: e.forceBalance,
    penetration_mm: e.penetration,
    toolForces_N: e.bodyForce,
    probes,
    outputs,
    ...(solver.interfaces && { interfaces: readInterfaces(solver) }),
  };
}

/** Where a place lies in the grid: among the cells of the body of the last region that holds it. */
function inGrid(file: NeutralProblem, { blocks }: NeutralSetup, p: Vec3): Vec3 {
  if (blocks.length === 1) return p;
  const r = file.regions.findLastIndex(({ shape }) => holds(shape, p));
  const { shift } = blocks[r < 0 ? 0 : bodyOf(file, r)]!;
  return [p[0] + shift[0], p[1] + shift[1], p[2] + shift[2]];
}

function readInterfaces({ interfaces, engine, problem }: Solver): NeutralSlide[] {
  return problem.interfaces!.map((_, i) => {
    const { slip, opening } = interfaces!.jump(engine, i);
    const f = interfaces!.force(i);
    const along = f.reduce((sum, v, c) => sum + v * problem.direction[c]!, 0);
    return { maxSlip_mm: slip, maxOpening_mm: opening, force_N: Math.abs(along) };
  });
}

/** Cells of an output's region (and window) that carry a pressure. */
function outputCells(
  file: NeutralProblem,
  { grid, regionOf, blocks, problem }: NeutralSetup,
  o: RegionOutput,
): number[] {
  const names = file.regions.map((r) => r.name === o.region);
  const axis = o.window === undefined ? 0 : 'xyz'.indexOf(o.window.axis);
  const cells: number[] = [];
  for (let c = 0; c < regionOf.length; c++) {
    if (regionOf[c]! < 0 || names[regionOf[c]!] !== true || !(problem.fill[c]! > 0)) continue;
    if (isRigid(file, regionOf[c]!)) continue;
    if (
      o.window === undefined ||
      Math.abs(cellCentre(grid, c)[axis]! - shiftOf(blocks, grid, c)[axis]!) < o.window.centre_within
    )
      cells.push(c);
  }
  return cells;
}

/** From where a cell is to where it lies in the grid, mm. */
function shiftOf(blocks: readonly Block[], { size }: Grid, c: number): Vec3 {
  const k = Math.floor(c / (size[0] * size[1]));
  return (blocks.find(({ layers }) => k >= layers[0] && k < layers[1]) ?? blocks[0]!).shift;
}

const isRigid = (file: NeutralProblem, region: number): boolean =>
  'rigid_clamped' in file.materials[file.regions[region]!.material]!;

/** Cell faces on an output's plane that belong to its region: position in the plane and the nodes' layer. */
function outputFaces(
  file: NeutralProblem,
  { grid, regionOf, blocks }: NeutralSetup,
  o: RegionOutput,
): { layer: number; faces: [number, number][] } {
  const axis = 'xyz'.indexOf(o.plane!.axis);
  const body = bodyOf(
    file,
    file.regions.findIndex(({ name }) => name === o.region),
  );
  const exact = (o.plane!.at + blocks[body]!.shift[axis]! - grid.origin[axis]!) / grid.spacing;
  const layer = Math.round(exact);
  if (Math.abs(exact - layer) > 1e-6 || layer < 0 || layer > grid.size[axis]!)
    throw new InputError(
      tell(MECHANICS_ERRORS, 'error.problem.no-plane', {
        output: o.name,
        axis: o.plane!.axis,
        at: o.plane!.at,
        cell: grid.spacing,
      }),
    );
  const [p, q] = [(axis + 1) % 3, (axis + 2) % 3];
  const faces: [number, number][] = [];
  const ijk = [0, 0, 0];
  const belongs = (at: number): boolean => {
    if (at < 0 || at >= grid.size[axis]!) return false;
    ijk[axis] = at;
    const r = regionOf[ijk[0]! + grid.size[0] * (ijk[1]! + grid.size[1] * ijk[2]!)]!;
    return r >= 0 && file.regions[r]!.name === o.region;
  };
  for (let b = 0; b < grid.size[q]!; b++)
    for (let a = 0; a < grid.size[p]!; a++) {
      ijk[p] = a;
      ijk[q] = b;
      // a face lies between two cells: either of them may be the region's
      if (belongs(layer - 1) || belongs(layer)) faces.push([a, b]);
    }
  return { layer, faces };
}

/** @throws InputError for an output that has nothing to measure on this grid */
function checkOutputs(file: NeutralProblem, setup: NeutralSetup): void {
  for (const o of file.region_outputs) {
    const count =
      o.kind === 'area_ratio' ? outputFaces(file, setup, o).faces.length : outputCells(file, setup, o).length;
    if (count === 0)
      throw new InputError(
        tell(MECHANICS_ERRORS, 'error.problem.nothing-there', {
          output: o.name,
          cell: setup.grid.spacing,
          region: o.region,
          what: o.kind === 'area_ratio' ? 'plane' : 'window',
        }),
      );
  }
}

function regionOutput(file: NeutralProblem, setup: NeutralSetup, solver: Solver, o: RegionOutput): number {
  if (o.kind === 'area_ratio') return areaRatio(file, setup, solver, o);
  const sigma = new Float64Array(9);
  const F = new Float64Array(9);
  let sum = 0;
  let max = Number.NEGATIVE_INFINITY;
  const cells = outputCells(file, setup, o);
  for (const c of cells) {
    solver.cellState(solver.indexOf[c]!, sigma, F);
    const p = -(sigma[0]! + sigma[4]! + sigma[8]!) / 3;
    sum += p;
    max = Math.max(max, p);
  }
  return o.kind === 'mean_pressure' ? sum / cells.length : max;
}

/** Deformed over undeformed area of the region's cell faces on a plane, both projected on it. */
function areaRatio(file: NeutralProblem, setup: NeutralSetup, solver: Solver, o: RegionOutput): number {
  const { grid } = setup;
  const { layer, faces } = outputFaces(file, setup, o);
  const axis = 'xyz'.indexOf(o.plane!.axis);
  const [p, q] = [(axis + 1) % 3, (axis + 2) % 3];
  const strides = [1, grid.size[0] + 1, (grid.size[0] + 1) * (grid.size[1] + 1)];
  let area = 0;
  for (const [a, b] of faces) {
    const base = layer * strides[axis]! + a * strides[p]! + b * strides[q]!;
    const corners = [base, base + strides[p]!, base + strides[p]! + strides[q]!, base + strides[q]!].map((n, i) => {
      const dp = i === 1 || i === 2 ? 1 : 0;
      const dq = i >= 2 ? 1 : 0;
      return [
        (a + dp) * grid.spacing + solver.u[n + p * solver.nodes]!,
        (b + dq) * grid.spacing + solver.u[n + q * solver.nodes]!,
      ] as const;
    });
    for (let i = 0; i < 4; i++) {
      const from = corners[i]!;
      const to = corners[(i + 1) % 4]!;
      area += 0.5 * (from[0] * to[1] - to[0] * from[1]);
    }
  }
  return Math.abs(area) / (faces.length * grid.spacing * grid.spacing);
}
