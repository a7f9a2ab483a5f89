import type { Vec3 } from '../src/base/grid.ts';
import type { MechanicalProblem, RigidBody } from '../src/mechanics/problem.ts';
import { type Equilibrium, Solver, type SolverOptions } from '../src/mechanics/solver.ts';

/** One material in a box that starts at the origin, with rules for its nodes and cells: what the closed-form cases are made of. */
export interface BlockSpec {
  readonly cells: readonly [number, number, number];
  readonly h: number;
  readonly mu: number | ((x: number, y: number, z: number) => number);
  readonly law: { readonly a: number; readonly bulk: number } | { readonly lambda: number };
  /** Share of a cell (by its centre) that is material; 1 everywhere when absent. */
  readonly fill?: (x: number, y: number, z: number) => number;
  /** Fixed directions of a node as bits x = 1, y = 2, z = 4. */
  readonly fixed: (x: number, y: number, z: number) => number;
  /** Displacement of a node's fixed directions at depth 1. */
  readonly driven?: (x: number, y: number, z: number) => Vec3;
  readonly lumen?: { readonly share: (x: number, y: number, z: number) => number; readonly pressure: number };
  readonly foundation?: (x: number, y: number, z: number) => number;
  readonly bodies?: readonly RigidBody[];
  readonly surface?: MechanicalProblem['surface'];
  readonly direction?: Vec3;
  readonly fibres?: MechanicalProblem['fibres'];
}

export function blockProblem(spec: BlockSpec): MechanicalProblem {
  const { cells, h } = spec;
  const [nx, ny, nz] = cells;
  const perCell = (value: (x: number, y: number, z: number) => number): Float64Array => {
    const out = new Float64Array(nx * ny * nz);
    for (let k = 0, c = 0; k < nz; k++)
      for (let j = 0; j < ny; j++)
        for (let i = 0; i < nx; i++, c++) out[c] = value((i + 0.5) * h, (j + 0.5) * h, (k + 0.5) * h);
    return out;
  };
  const nodes = (nx + 1) * (ny + 1) * (nz + 1);
  const fixed = new Uint8Array(nodes);
  const driven = new Float64Array(3 * nodes);
  for (let k = 0, n = 0; k <= nz; k++)
    for (let j = 0; j <= ny; j++)
      for (let i = 0; i <= nx; i++, n++) {
        fixed[n] = spec.fixed(i * h, j * h, k * h);
        const d = spec.driven?.(i * h, j * h, k * h) ?? [0, 0, 0];
        for (let c = 0; c < 3; c++) driven[n + c * nodes] = d[c]!;
      }
  const { law, mu } = spec;
  return {
    grid: { origin: [0, 0, 0], spacing: h, size: [nx, ny, nz] },
    fill: perCell(spec.fill ?? (() => 1)),
    mu: perCell(typeof mu === 'number' ? () => mu : mu),
    law:
      'lambda' in law
        ? { kind: 'neo-hookean', lambda: perCell(() => law.lambda) }
        : { kind: 'stiffening', stiffening: perCell(() => law.a), bulk: perCell(() => law.bulk) },
    fixed,
    ...(spec.driven === undefined ? {} : { driven }),
    ...(spec.foundation === undefined ? {} : { foundation: perCell(spec.foundation) }),
    ...(spec.lumen === undefined
      ? {}
      : { lumen: { share: perCell(spec.lumen.share), pressure: perCell(() => spec.lumen!.pressure) } }),
    ...(spec.fibres === undefined ? {} : { fibres: spec.fibres }),
    surface: spec.surface ?? { points: new Float64Array(0), areas: new Float64Array(0) },
    bodies: spec.bodies ?? [],
    direction: spec.direction ?? [0, 0, -1],
  };
}

/** n×n points on every face of the plane z = height, for contact. */
export function planePoints(
  cells: readonly [number, number, number],
  h: number,
  height: number,
  n = 3,
): MechanicalProblem['surface'] {
  const points: number[] = [];
  const areas: number[] = [];
  for (let j = 0; j < cells[1] * n; j++)
    for (let i = 0; i < cells[0] * n; i++) {
      points.push(((i + 0.5) * h) / n, ((j + 0.5) * h) / n, height);
      areas.push((h * h) / (n * n));
    }
  return { points: Float64Array.from(points), areas: Float64Array.from(areas) };
}

/** A sphere above (x, y) that touches the plane z = top at depth 0. */
export const sphereOver = (x: number, y: number, top: number, radius: number): RigidBody => ({
  name: 'sphere',
  distance: (px, py, pz, depth) => Math.hypot(px - x, py - y, pz - (top + radius - depth)) - radius,
});

/** Options that leave the discretisation as the only error of a closed-form comparison. */
export const EXACT: Partial<SolverOptions> = {
  balance: 1e-4,
  penetration: 0.002,
  penetrationShare: 5e-4,
  volumeError: 1e-5,
  decrementTolerance: 1e-7,
  leastWork: 1e-9,
  maxIterations: 2000,
};

/** Follows the depths and returns the equilibria; throws with the reason where one is not found. */
export function follow(
  problem: MechanicalProblem,
  depths: readonly number[],
  options = EXACT,
): { solver: Solver; path: Equilibrium[] } {
  const solver = new Solver(problem, options);
  const path = depths.map((depth) => {
    const steps = solver.step(depth);
    for (;;) {
      const next = steps.next();
      if (!next.done) continue;
      if (!next.value.converged) throw new Error(`at ${depth} mm ${next.value.reason?.id}`);
      return next.value;
    }
  });
  return { solver, path };
}
