import { InputError } from '../base/errors.ts';
import { breathe, type Progress } from '../base/progress.ts';
import { gridNeutral, type NeutralProblem, type NeutralSetup, type RegionOutput } from './neutral.ts';
import { sampleNodes } from './sample.ts';
import { type Equilibrium, Solver } from './solver.ts';

/** What `psoascope solve --json` prints. */
export interface NeutralSolution {
  readonly problem: string;
  readonly cell_mm: number;
  readonly cells: number;
  readonly dof: number;
  readonly converged: boolean;
  readonly reason?: string;
  readonly backend: string;
  readonly iterations: number;
  readonly seconds: number;
  readonly steps: readonly NeutralStep[];
}

export interface NeutralStep {
  readonly depth_mm: number;
  readonly force_N: number;
  readonly forceBalance: number;
  readonly penetration_mm: number;
  readonly probes: Readonly<Record<string, readonly [number, number, number]>>;
  readonly outputs: Readonly<Record<string, number>>;
}

/** A neutral problem asks for one number: a tight balance and hardly any penetration. */
const TIGHT = {
  balance: 0.002,
  epsilon: 40,
  penetration: 0.04,
  volumeError: 0.002,
  accuracy: 2e-5,
  maxIterations: 400,
};
/** Longest travel between two equilibria, in units of the smallest distance that contact should not jump, mm. */
const LONGEST_STEP = 10;
const FORCE_TOLERANCE = 1e-3;

/** Solves a neutral problem on cells of edge h at its depths and forces. */
export async function solveNeutral(file: NeutralProblem, h: number, progress: Progress = {}): Promise<NeutralSolution> {
  if (!(h > 0)) throw new InputError(`the cell size must be more than 0 mm, not ${h}.`);
  const started = performance.now();
  const setup = gridNeutral(file, h);
  const solver = new Solver(setup.problem, TIGHT);
  const steps: NeutralStep[] = [];
  let iterations = 0;
  let reached = 0;
  let reason: string | undefined;

  /** Goes to a depth, in several steps when it is far, halving them when one fails. */
  const goTo = async (depth: number): Promise<Equilibrium | undefined> => {
    let stride = LONGEST_STEP;
    let last: Equilibrium | undefined;
    for (let halvings = 0; ; ) {
      const next = Math.abs(depth - reached) <= stride ? depth : reached + Math.sign(depth - reached) * stride;
      const restore = solver.snapshot();
      last = await run(solver, next, progress);
      iterations += last.iterations;
      if (!last.converged) {
        restore();
        if (++halvings > 4) {
          reason = `at ${next.toFixed(2)} mm ${last.reason}`;
          return undefined;
        }
        stride = Math.abs(next - reached) / 2;
        continue;
      }
      reached = next;
      if (next === depth) return last;
    }
  };

  for (const depth of [...file.depths].sort((a, b) => a - b)) {
    const e = await goTo(depth);
    if (e === undefined) break;
    steps.push(readStep(file, setup, solver, e));
  }
  for (const force of [...file.forces].sort((a, b) => a - b)) {
    if (reason !== undefined) break;
    const e = await findForce(force, goTo, steps);
    if (e === undefined) {
      reason ??= `the force of ${force} N was not reached`;
      break;
    }
    steps.push(readStep(file, setup, solver, e));
  }
  const level = solver.multigrid.levels[0]!;
  return {
    problem: file.name,
    cell_mm: h,
    cells: level.cells.count,
    dof: level.free.reduce((n, f) => n + f, 0),
    converged: reason === undefined,
    ...(reason === undefined ? {} : { reason }),
    backend: solver.kernels.backend,
    iterations,
    seconds: (performance.now() - started) / 1000,
    steps,
  };
}

async function run(solver: Solver, depth: number, progress: Progress): Promise<Equilibrium> {
  const steps = solver.step(depth);
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
    if (next.value.iterations % 4 === 0) {
      progress.report?.({
        phase: 'solving',
        fraction: 0,
        detail: `${depth.toFixed(1)} mm, ${next.value.force.toFixed(2)} N`,
      });
      await breathe(progress);
    }
  }
}

/** Root of force(depth) = force: bracketed by known depths, then regula falsi in the square root of the force. */
async function findForce(
  force: number,
  goTo: (depth: number) => Promise<Equilibrium | undefined>,
  known: readonly NeutralStep[],
): Promise<Equilibrium | undefined> {
  let low = { depth: 0, force: 0 };
  let high: { depth: number; force: number } | undefined;
  const learn = (depth: number, f: number): void => {
    if (f <= force && depth > low.depth) low = { depth, force: f };
    if (f > force && (high === undefined || depth < high.depth)) high = { depth, force: f };
  };
  for (const s of known) learn(s.depth_mm, s.force_N);
  for (let i = 0; i < 25; i++) {
    const depth: number =
      high === undefined
        ? Math.max(low.depth * 1.4, 2)
        : low.depth +
          ((high.depth - low.depth) * (Math.sqrt(force) - Math.sqrt(low.force))) /
            (Math.sqrt(high.force) - Math.sqrt(low.force));
    const e = await goTo(depth);
    if (e === undefined) return undefined;
    if (Math.abs(e.force / force - 1) <= FORCE_TOLERANCE) return e;
    learn(e.depth, e.force);
  }
  return undefined;
}

function readStep(file: NeutralProblem, setup: NeutralSetup, solver: Solver, e: Equilibrium): NeutralStep {
  const probes: Record<string, [number, number, number]> = {};
  const value = new Float64Array(1);
  for (const [name, p] of Object.entries(file.probes)) {
    const u: [number, number, number] = [0, 0, 0];
    for (let d = 0; d < 3; d++) {
      const plane = solver.u.subarray(d * solver.nodes, (d + 1) * solver.nodes);
      sampleNodes(setup.grid, plane, 1, p[0], p[1], p[2], value);
      u[d] = value[0]!;
    }
    probes[name] = u;
  }
  const outputs: Record<string, number> = {};
  for (const o of file.region_outputs) outputs[o.name] = regionOutput(file, setup, solver, o);
  return {
    depth_mm: e.depth,
    force_N: e.force,
    forceBalance: e.forceBalance,
    penetration_mm: e.penetration,
    probes,
    outputs,
  };
}

function regionOutput(file: NeutralProblem, setup: NeutralSetup, solver: Solver, o: RegionOutput): number {
  const region = file.regions.findIndex((r) => r.name === o.region);
  const { grid, regionOf } = setup;
  if (o.kind === 'area_ratio') return areaRatio(setup, solver, region, o);
  const axis = o.window === undefined ? 0 : 'xyz'.indexOf(o.window.axis);
  const sigma = new Float64Array(9);
  const F = new Float64Array(9);
  let sum = 0;
  let count = 0;
  let max = Number.NEGATIVE_INFINITY;
  const [nx, ny] = grid.size;
  for (let c = 0; c < regionOf.length; c++) {
    const cell = solver.indexOf[c]!;
    if (regionOf[c] !== region || cell < 0) continue;
    const ijk = [c % nx, Math.floor(c / nx) % ny, Math.floor(c / (nx * ny))];
    const centre = grid.origin[axis]! + (ijk[axis]! + 0.5) * grid.spacing;
    if (o.window !== undefined && !(Math.abs(centre) < o.window.centre_within)) continue;
    solver.cellState(cell, sigma, F);
    const p = -(sigma[0]! + sigma[4]! + sigma[8]!) / 3;
    sum += p;
    count++;
    max = Math.max(max, p);
  }
  return o.kind === 'mean_pressure' ? sum / Math.max(count, 1) : max;
}

/** Deformed over undeformed area of the region's cell faces on a plane, both projected on it. */
function areaRatio(setup: NeutralSetup, solver: Solver, region: number, o: RegionOutput): number {
  const { grid, regionOf } = setup;
  const axis = 'xyz'.indexOf(o.plane?.axis ?? 'x');
  const at = o.plane?.at ?? 0;
  const layer = Math.round((at - grid.origin[axis]!) / grid.spacing);
  const [p, q] = [(axis + 1) % 3, (axis + 2) % 3];
  const strides = [1, grid.size[0] + 1, (grid.size[0] + 1) * (grid.size[1] + 1)];
  // faces between layer-1 and layer belong to the region when the cell before the plane does (or the one after, at the edge)
  const cellLayer = layer > 0 ? layer - 1 : 0;
  let area = 0;
  let reference = 0;
  const ijk = [0, 0, 0];
  ijk[axis] = cellLayer;
  for (ijk[q] = 0; ijk[q]! < grid.size[q]!; ijk[q] = ijk[q]! + 1)
    for (ijk[p] = 0; ijk[p]! < grid.size[p]!; ijk[p] = ijk[p]! + 1) {
      const c = ijk[0]! + grid.size[0] * (ijk[1]! + grid.size[1] * ijk[2]!);
      if (regionOf[c] !== region) continue;
      const base = layer * strides[axis]! + ijk[p]! * strides[p]! + ijk[q]! * strides[q]!;
      const corners = [base, base + strides[p]!, base + strides[p]! + strides[q]!, base + strides[q]!].map((n, i) => {
        const dp = i === 1 || i === 2 ? 1 : 0;
        const dq = i >= 2 ? 1 : 0;
        return [
          (ijk[p]! + dp) * grid.spacing + solver.u[n + p * solver.nodes]!,
          (ijk[q]! + dq) * grid.spacing + solver.u[n + q * solver.nodes]!,
        ] as const;
      });
      for (let i = 0; i < 4; i++) {
        const a = corners[i]!;
        const b = corners[(i + 1) % 4]!;
        area += 0.5 * (a[0] * b[1] - b[0] * a[1]);
      }
      reference += grid.spacing * grid.spacing;
    }
  return reference > 0 ? Math.abs(area) / reference : Number.NaN;
}
