import { z } from 'zod';
import { InputError } from '../base/errors.ts';
import type { Grid } from '../base/grid.ts';
import type { MechanicalProblem, RigidBody } from './problem.ts';

/**
 * Neutral problem files: a press described completely for any program (grid, regions by rule, materials, supports,
 * rigid tool along -z, probes, outputs). mm, kPa, N. Format: docs/mechanics.md.
 */

const point = z.tuple([z.number(), z.number(), z.number()]);
const pair = z.tuple([z.number(), z.number()]);
const shapeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('all') }),
  z.object({ type: z.literal('box'), min: point, max: point }),
  z.object({ type: z.literal('sphere'), centre: point, radius: z.number().positive() }),
  z.object({ type: z.literal('cylinder_x'), axis_yz: pair, radius: z.number().positive() }),
  z.object({ type: z.literal('cylinder_y'), axis_xz: pair, radius: z.number().positive() }),
  z.object({ type: z.literal('cylinder_z'), axis_xy: pair, radius: z.number().positive() }),
]);
/** A height that may depend on the depth: a number or a sum such as "100 + 30 - depth". */
const height = z.union([z.number(), z.string()]);
const toolSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('sphere'), radius: z.number().positive(), axis_xy: pair, centre_z: height }),
  z.object({ type: z.literal('capsule'), radius: z.number().positive(), from_xy: pair, to_xy: pair, axis_z: height }),
  z.object({
    type: z.literal('box'),
    half: z.union([pair, point]),
    edge_radius: z.number().nonnegative(),
    centre_xy: pair,
    bottom_z: height,
  }),
]);
const materialSchema = z.union([
  z.object({ rigid_clamped: z.literal(true) }),
  z.object({ E: z.number().positive(), nu: z.number().min(0).lt(0.5) }),
  z.object({ mu: z.number().positive(), stiffening: z.number().nonnegative(), bulk: z.number().positive() }),
]);
const outputSchema = z.object({
  name: z.string(),
  kind: z.enum(['mean_pressure', 'max_pressure', 'area_ratio']),
  region: z.string(),
  window: z.object({ axis: z.enum(['x', 'y', 'z']), centre_within: z.number() }).optional(),
  plane: z.object({ axis: z.enum(['x', 'y', 'z']), at: z.number() }).optional(),
});
const problemSchema = z.object({
  name: z.string(),
  domain: z.object({ min: point, max: point }),
  grids_h: z.array(z.number().positive()).optional(),
  regions: z.array(z.object({ name: z.string(), shape: shapeSchema, material: z.string() })).min(1),
  materials: z.record(z.string(), materialSchema),
  dirichlet: z.array(
    z.object({
      where: z.object({ type: z.literal('nodes_in_box'), min: point, max: point }),
      fix: z.array(z.enum(['x', 'y', 'z'])),
    }),
  ),
  tool: z.union([toolSchema, z.array(toolSchema).min(1)]),
  depths: z.array(z.number().positive()).default([]),
  forces: z.array(z.number().positive()).default([]),
  probes: z.record(z.string(), point).default({}),
  region_outputs: z.array(outputSchema).default([]),
});
export type NeutralProblem = z.output<typeof problemSchema>;
export type RegionOutput = z.output<typeof outputSchema>;

/** A neutral problem on a grid: the mechanics, and which region each cell belongs to. */
export interface NeutralSetup {
  readonly problem: MechanicalProblem;
  readonly grid: Grid;
  /** Index into file.regions of each cell. */
  readonly regionOf: Int32Array;
}

/** Checks a problem file. @throws InputError with one sentence about the first thing that is wrong. */
export function parseNeutral(raw: unknown, source: string): NeutralProblem {
  const parsed = problemSchema.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new InputError(`${source}: ${issue.path.map(String).join('.') || 'the problem'}: ${issue.message}.`);
  }
  const p = parsed.data;
  for (const r of p.regions)
    if (!Object.hasOwn(p.materials, r.material))
      throw new InputError(`${source}: region ${r.name} names the material ${r.material}, which is not in materials.`);
  for (const o of p.region_outputs)
    if (!p.regions.some((r) => r.name === o.region))
      throw new InputError(`${source}: output ${o.name} names the region ${o.region}, which is not in regions.`);
  const soft = Object.values(p.materials).filter((m) => !('rigid_clamped' in m));
  if (soft.some((m) => 'mu' in m) && soft.some((m) => 'E' in m))
    throw new InputError(`${source}: materials must all be {E, nu} or all be {mu, stiffening, bulk}, not a mixture.`);
  return p;
}

/** Puts a problem on cells of edge h, mm. @throws InputError when h does not divide the domain. */
export function gridNeutral(file: NeutralProblem, h: number): NeutralSetup {
  const size = [0, 1, 2].map((d) => {
    const n = (file.domain.max[d]! - file.domain.min[d]!) / h;
    if (!(Math.abs(n - Math.round(n)) < 1e-6) || Math.round(n) < 1)
      throw new InputError(
        `a cell of ${h} mm does not divide the domain, which is ${file.domain.max[d]! - file.domain.min[d]!} mm along ${'xyz'[d]}.`,
      );
    return Math.round(n);
  }) as [number, number, number];
  const origin = file.domain.min;
  const grid: Grid = { origin, spacing: h, size };
  const [nx, ny, nz] = size;
  const cells = nx * ny * nz;
  const regionOf = new Int32Array(cells).fill(-1);
  const fill = new Float64Array(cells);
  const mu = new Float64Array(cells);
  const lambda = new Float64Array(cells);
  const stiffening = new Float64Array(cells);
  const bulk = new Float64Array(cells).fill(1);
  const sy = nx + 1;
  const sz = sy * (ny + 1);
  const fixed = new Uint8Array(sz * (nz + 1));
  const product = Object.values(file.materials).some((m) => 'mu' in m);

  for (let k = 0, c = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++, c++) {
        const centre = [origin[0] + (i + 0.5) * h, origin[1] + (j + 0.5) * h, origin[2] + (k + 0.5) * h] as const;
        for (let r = 0; r < file.regions.length; r++) if (holds(file.regions[r]!.shape, centre)) regionOf[c] = r;
        if (regionOf[c]! < 0) continue;
        const m = file.materials[file.regions[regionOf[c]!]!.material]!;
        if ('rigid_clamped' in m) {
          const b = i + sy * j + sz * k;
          for (const o of [0, 1, sy, sy + 1, sz, sz + 1, sz + sy, sz + sy + 1]) fixed[b + o] = 7;
          continue;
        }
        fill[c] = 1;
        if ('E' in m) {
          mu[c] = m.E / (2 * (1 + m.nu));
          lambda[c] = (m.E * m.nu) / ((1 + m.nu) * (1 - 2 * m.nu));
        } else {
          mu[c] = m.mu;
          stiffening[c] = m.stiffening;
          bulk[c] = m.bulk;
        }
      }
  const BIT = { x: 1, y: 2, z: 4 } as const;
  const eps = 1e-6;
  for (const d of file.dirichlet) {
    const bits = d.fix.reduce((b, axis) => b | BIT[axis], 0);
    for (let k = 0, n = 0; k <= nz; k++)
      for (let j = 0; j <= ny; j++)
        for (let i = 0; i <= nx; i++, n++) {
          const X = [origin[0] + i * h, origin[1] + j * h, origin[2] + k * h];
          if (X.every((x, a) => x >= d.where.min[a]! - eps && x <= d.where.max[a]! + eps)) fixed[n] = fixed[n]! | bits;
        }
  }
  const tools = Array.isArray(file.tool) ? file.tool : [file.tool];
  return {
    grid,
    regionOf,
    problem: {
      grid,
      fill,
      mu,
      law: product ? { kind: 'stiffening', stiffening, bulk } : { kind: 'neo-hookean', lambda },
      fixed,
      surface: topFace(grid, fill),
      bodies: tools.map((t, i) => rigidBody(t, `tool ${i + 1}`)),
      direction: [0, 0, -1],
    },
  };
}

function holds(shape: z.output<typeof shapeSchema>, p: readonly [number, number, number]): boolean {
  // closed sets: a centre on the boundary belongs to the shape
  const eps = 1e-9;
  switch (shape.type) {
    case 'all':
      return true;
    case 'box':
      return p.every((x, d) => x >= shape.min[d]! - eps && x <= shape.max[d]! + eps);
    case 'sphere':
      return Math.hypot(p[0] - shape.centre[0], p[1] - shape.centre[1], p[2] - shape.centre[2]) <= shape.radius + eps;
    case 'cylinder_x':
      return Math.hypot(p[1] - shape.axis_yz[0], p[2] - shape.axis_yz[1]) <= shape.radius + eps;
    case 'cylinder_y':
      return Math.hypot(p[0] - shape.axis_xz[0], p[2] - shape.axis_xz[1]) <= shape.radius + eps;
    case 'cylinder_z':
      return Math.hypot(p[0] - shape.axis_xy[0], p[1] - shape.axis_xy[1]) <= shape.radius + eps;
  }
}

/** 3×3 points on every face of the top layer, weighted by area. */
function topFace(grid: Grid, fill: Float64Array): MechanicalProblem['surface'] {
  const [nx, ny, nz] = grid.size;
  const h = grid.spacing;
  const points: number[] = [];
  const areas: number[] = [];
  for (let j = 0; j < ny; j++)
    for (let i = 0; i < nx; i++) {
      if (!(fill[i + nx * (j + ny * (nz - 1))]! > 0)) continue;
      for (let b = 0; b < 3; b++)
        for (let a = 0; a < 3; a++) {
          points.push(
            grid.origin[0] + h * (i + (a + 0.5) / 3),
            grid.origin[1] + h * (j + (b + 0.5) / 3),
            grid.origin[2] + h * nz,
          );
          areas.push((h * h) / 9);
        }
    }
  return { points: Float64Array.from(points), areas: Float64Array.from(areas) };
}

function rigidBody(tool: z.output<typeof toolSchema>, name: string): RigidBody {
  if (tool.type === 'sphere') {
    const z0 = linearInDepth(tool.centre_z);
    const [cx, cy] = tool.axis_xy;
    const R = tool.radius;
    return { name, distance: (x, y, zz, d) => Math.hypot(x - cx, y - cy, zz - z0(d)) - R };
  }
  if (tool.type === 'capsule') {
    const z0 = linearInDepth(tool.axis_z);
    const [ax, ay] = tool.from_xy;
    const [bx, by] = [tool.to_xy[0] - ax, tool.to_xy[1] - ay];
    const L2 = bx * bx + by * by;
    const R = tool.radius;
    return {
      name,
      distance: (x, y, zz, d) => {
        const t = L2 > 0 ? Math.min(Math.max(((x - ax) * bx + (y - ay) * by) / L2, 0), 1) : 0;
        return Math.hypot(x - ax - t * bx, y - ay - t * by, zz - z0(d)) - R;
      },
    };
  }
  const z0 = linearInDepth(tool.bottom_z);
  const r = tool.edge_radius;
  const [hx, hy] = tool.half;
  // a box given by two half widths is as high as it is wide: only its lower end can touch
  const hz = tool.half[2] ?? Math.max(hx, hy);
  const [cx, cy] = tool.centre_xy;
  return {
    name,
    distance: (x, y, zz, d) => {
      const qx = Math.abs(x - cx) - (hx - r);
      const qy = Math.abs(y - cy) - (hy - r);
      const qz = Math.abs(zz - (z0(d) + hz)) - (hz - r);
      const outside = Math.hypot(Math.max(qx, 0), Math.max(qy, 0), Math.max(qz, 0));
      return outside + Math.min(Math.max(qx, qy, qz), 0) - r;
    },
  };
}

/** Reads a sum of numbers and ±depth, such as "100 + 30 - depth"; without "depth" the tool moves down by the depth. */
function linearInDepth(text: number | string): (depth: number) => number {
  if (typeof text === 'number') return (depth) => text - depth;
  const compact = text.replace(/\s+/g, '');
  if (!/^[+-]?(\d+(\.\d+)?|depth)([+-](\d+(\.\d+)?|depth))*$/.test(compact))
    throw new InputError(`"${text}" must be a sum of numbers and depth, such as "100 + 30 - depth".`);
  let constant = 0;
  let slope = 0;
  for (const term of compact.match(/[+-]?(\d+(\.\d+)?|depth)/g)!) {
    const sign = term.startsWith('-') ? -1 : 1;
    const body = term.replace(/^[+-]/, '');
    if (body === 'depth') slope += sign;
    else constant += sign * Number(body);
  }
  return (depth) => constant + slope * depth;
}
