import { hypot, pow } from '../base/elementary.ts';
import type { MechanicalProblem, RigidBody } from '../mechanics/problem.ts';
import { type Equilibrium, Solver } from '../mechanics/solver.ts';

/** Young's modulus of the blocks, kPa; nearly incompressible. */
const E = 10;

/** Force of a rigid ball of radius 20 mm, 10 mm deep in a block (four times that of its quarter), N. */
export async function sphereOnBlock(): Promise<number> {
  const R = 20;
  const block = quarterBlock(160, 32, {
    name: 'ball',
    distance: (x, y, z, depth) => hypot(x, y, z - (160 + R - depth)) - R,
  });
  return 4 * solved(block, [2.5, 5, 7.5, 10]).result.force;
}

/** Stress along the axis 60 mm under a flat rigid disc of radius 25 mm, over the disc's mean pressure, %. */
export async function discOnBlock(): Promise<number> {
  const [side, cells, radius] = [200, 24, 25];
  const { solver, result } = solved(
    quarterBlock(side, cells, {
      name: 'disc',
      distance: (x, y, z, depth) => {
        const out = hypot(x, y) - radius;
        const up = side - depth - z;
        return Math.max(out, up) <= 0 ? Math.max(out, up) : hypot(Math.max(out, 0), Math.max(up, 0));
      },
    }),
    [0.5, 1],
  );
  const pressure = (4 * result.force * 1e3) / (Math.PI * radius * radius);
  const sigma = new Float64Array(9);
  // mean over the column of cells beside the axis around 60 mm depth: the two cells that enclose it
  const h = side / cells;
  const column = [...Array(cells).keys()].map((k) => {
    solver.cellState(solver.indexOf[cells * cells * k]!, sigma, new Float64Array(9));
    return { depth: side - (k + 0.5) * h, stress: -sigma[8]! };
  });
  const below = column.filter((c) => c.depth >= 60).at(-1)!;
  const above = column.find((c) => c.depth < 60)!;
  const t = (60 - above.depth) / (below.depth - above.depth);
  return (100 * (above.stress + t * (below.stress - above.stress))) / pressure;
}

function solved(problem: MechanicalProblem, depths: readonly number[]): { solver: Solver; result: Equilibrium } {
  const solver = new Solver(problem, { balance: 1e-3, decrementTolerance: 1e-5, penetration: 0.02, leastWork: 1e-6 });
  let result: Equilibrium | undefined;
  for (const depth of depths) {
    const step = solver.step(depth);
    let next = step.next();
    while (!next.done) next = step.next();
    result = next.value;
  }
  if (result === undefined || !result.converged) throw new Error('the block of this check did not converge');
  return { solver, result };
}

/** A quarter of a cube by symmetry (x, y ≥ 0), clamped at the bottom, pressed along -z on its top. */
function quarterBlock(side: number, cells: number, body: RigidBody): MechanicalProblem {
  const h = side / cells;
  const n = cells + 1;
  const fixed = new Uint8Array(n * n * n);
  for (let k = 0; k < n; k++)
    for (let j = 0; j < n; j++)
      for (let i = 0; i < n; i++) fixed[i + n * (j + n * k)] = k === 0 ? 7 : (i === 0 ? 1 : 0) | (j === 0 ? 2 : 0);
  // nine points on the top of every cell
  const points: number[] = [];
  const per = 3;
  for (let j = 0; j < cells * per; j++)
    for (let i = 0; i < cells * per; i++) points.push(((i + 0.5) * h) / per, ((j + 0.5) * h) / per, side);
  const count = pow(cells, 3);
  return {
    grid: { origin: [0, 0, 0], spacing: h, size: [cells, cells, cells] },
    fill: new Float64Array(count).fill(1),
    mu: new Float64Array(count).fill(E / 3),
    law: { kind: 'stiffening', stiffening: new Float64Array(count), bulk: new Float64Array(count).fill(1000) },
    fixed,
    surface: {
      points: Float64Array.from(points),
      areas: new Float64Array(points.length / 3).fill((h / per) ** 2),
    },
    bodies: [body],
    direction: [0, 0, -1],
  };
}
