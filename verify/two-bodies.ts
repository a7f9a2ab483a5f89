import type { Vec3 } from '../src/base/grid.ts';
import { type Distance, fillOf, surfacePoints } from '../src/mechanics/interface-points.ts';
import type { MechanicalProblem, RigidBody } from '../src/mechanics/problem.ts';
import { stackBodies, stackCells, stackNodes } from '../src/mechanics/stack.ts';

/** One deformable body of several in a box. */
export interface BodySpec {
  /** Signed distance at rest; the whole box when absent. */
  readonly shape: Distance;
  readonly mu: number;
  /** Fixed directions of a node as bits x = 1, y = 2, z = 4. */
  readonly fixed: (x: number, y: number, z: number) => number;
  readonly driven?: (x: number, y: number, z: number) => Vec3;
}

/** Two bodies in a box that starts at `origin`; the first one's surface points touch the second. */
export interface TwoBodies {
  readonly origin?: Vec3;
  readonly cells: Vec3;
  readonly h: number;
  readonly first: BodySpec;
  readonly second: BodySpec;
  /** Lamé's λ of both, in units of μ; or the product's law without stiffening, with a bulk modulus. */
  readonly lambda?: number;
  readonly bulk?: number;
  readonly separation?: boolean;
  readonly tied?: boolean;
  /** Whether places on the second body are found in a field without kinks. */
  readonly smooth?: boolean;
  /** Contact penalty in units of μ/h of the softer body. */
  readonly penalty?: number;
  readonly bodies?: readonly RigidBody[];
  /** Height of the face of the first body (3×3 points each cell) that rigid bodies touch. */
  readonly top?: number;
}

export function twoBodies(spec: TwoBodies): MechanicalProblem {
  const { cells: size, h, first, second, origin = [0, 0, 0] } = spec;
  const grid = { origin, spacing: h, size };
  const both = [first, second];
  const fills = both.map(({ shape }) => fillOf(grid, shape));
  const stack = stackBodies(grid, fills);
  const fill = stackCells(stack, fills);
  const per = (value: (b: BodySpec) => number): Float64Array =>
    stackCells(
      stack,
      both.map((body, b) => fills[b]!.map(() => value(body))),
    );
  const nodes = (size[0] + 1) * (size[1] + 1) * (size[2] + 1);
  const eachNode = (visit: (n: number, x: number, y: number, z: number) => void): void => {
    for (let k = 0, n = 0; k <= size[2]; k++)
      for (let j = 0; j <= size[1]; j++)
        for (let i = 0; i <= size[0]; i++, n++) visit(n, origin[0] + i * h, origin[1] + j * h, origin[2] + k * h);
  };
  const fixed = both.map((body) => {
    const out = new Uint8Array(nodes);
    eachNode((n, x, y, z) => {
      out[n] = body.fixed(x, y, z);
    });
    return out;
  });
  const driven = both.map((body) => {
    const out = new Float64Array(3 * nodes);
    eachNode((n, x, y, z) => {
      const u = body.driven?.(x, y, z) ?? [0, 0, 0];
      for (let c = 0; c < 3; c++) out[n + c * nodes] = u[c]!;
    });
    return out;
  });
  const { points, areas, normals } = surfacePoints(
    grid,
    first.shape,
    (x, y, z) => Math.abs(second.shape(x, y, z)) < 3 * h,
  );
  const softer = Math.min(first.mu, second.mu);
  const face: number[] = [];
  if (spec.top !== undefined)
    for (let j = 0; j < 3 * size[1]; j++)
      for (let i = 0; i < 3 * size[0]; i++)
        face.push(origin[0] + ((i + 0.5) * h) / 3, origin[1] + ((j + 0.5) * h) / 3, spec.top);
  const lift = stack.blocks[0]!.shift;
  return {
    grid: stack.grid,
    fill,
    mu: per(({ mu }) => mu),
    law:
      spec.lambda === undefined
        ? { kind: 'stiffening', stiffening: per(() => 0), bulk: per(() => spec.bulk ?? 1000) }
        : { kind: 'neo-hookean', lambda: per(({ mu }) => spec.lambda! * mu) },
    fixed: stackNodes(stack, fixed, 1),
    ...(both.some(({ driven: moves }) => moves !== undefined) ? { driven: stackNodes(stack, driven, 3) } : {}),
    surface: {
      points: Float64Array.from(face),
      areas: new Float64Array(face.length / 3).fill((h * h) / 9),
      inGrid: Float64Array.from(face, (x, i) => x + lift[i % 3]!),
    },
    bodies: spec.bodies ?? [],
    direction: [0, 0, -1],
    interfaces: [
      {
        points,
        areas,
        normals,
        first: stack.blocks[0]!,
        second: stack.blocks[1]!,
        distance: second.shape,
        penalty: new Float64Array(areas.length).fill(((spec.penalty ?? 20) * softer) / h),
        separation: spec.separation ?? true,
        smooth: spec.smooth ?? false,
        ...(spec.tied ? { tied: new Uint8Array(areas.length).fill(1) } : {}),
      },
    ],
  };
}
