import { z } from 'zod';
import { hypot } from '../base/elementary.ts';
import { InputError } from '../base/errors.ts';
import type { Grid } from '../base/grid.ts';
import { cellAt, cellIndex, cornerOffsets } from '../base/grid.ts';
import { inputError, inSchema, parseBy } from '../base/schema-error.ts';
import { tell, type With } from '../base/told.ts';
import { MECHANICS_ERRORS } from '../messages/errors/mechanics.data.ts';
import { meshDistance } from './mesh-distance.ts';
import { gridBodies } from './neutral-bodies.ts';
import { layFibres } from './neutral-sheets.ts';
import type { Block, MechanicalProblem, RigidBody } from './problem.ts';

/**
 * Neutral problem files: a press described completely for any program (grid, regions by rule, materials, supports,
 * rigid tool along -z, probes, outputs). mm, kPa, N. Format: docs/mechanics.md.
 */

type Table = typeof MECHANICS_ERRORS;

/** What is wrong with a key, for a schema. */
const must = <K extends keyof Table>(id: K, ...values: With<Table, K>): string =>
  inSchema(tell(MECHANICS_ERRORS, id, ...values));

/**
 * An object of these keys and no others: what is not understood would be missing from the answer without a word. Remarks are taken out
 * before, see withoutRemarks.
 */
const object = <Shape extends z.ZodRawShape>(shape: Shape, error?: string) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? must('error.problem.unknown', { keys: issue.keys.join(', '), known: Object.keys(shape).join(', ') })
        : error,
  });
const text = z.string({ error: must('error.problem.text') });
const number = z.number({ error: must('error.problem.number') });
const positive = number.positive({ error: must('error.problem.above-0') });
const point = z.tuple([number, number, number], { error: must('error.problem.point') });
const pair = z.tuple([number, number], { error: must('error.problem.pair') });
const SHAPES = must('error.problem.one-of', { known: 'all, box, sphere, cylinder_x, cylinder_y, cylinder_z, cells' });
const count = z.int({ error: must('error.problem.whole') }).nonnegative({ error: must('error.problem.not-below-0') });
const shapeSchema = z.discriminatedUnion(
  'type',
  [
    object({ type: z.literal('all') }),
    object({ type: z.literal('box'), min: point, max: point }),
    object({ type: z.literal('sphere'), centre: point, radius: positive }),
    object({ type: z.literal('cylinder_x'), axis_yz: pair, radius: positive }),
    object({ type: z.literal('cylinder_y'), axis_xz: pair, radius: positive }),
    object({ type: z.literal('cylinder_z'), axis_xy: pair, radius: positive }),
    /** Cells of a grid, x fastest: how many are left out, how many belong to it, and so on. */
    object({
      type: z.literal('cells'),
      origin: point,
      cell: positive,
      size: z.tuple([count, count, count], { error: must('error.problem.point') }),
      runs: z.array(count, { error: must('error.problem.runs') }),
    }).refine((s) => s.runs.reduce((sum, n) => sum + n, 0) <= s.size[0] * s.size[1] * s.size[2], {
      error: must('error.problem.runs-length'),
    }),
  ],
  { error: SHAPES },
);
/** A height that may depend on the depth: a number or a sum such as "100 + 30 - depth". */
const height = z.union([number, z.string()], { error: must('error.problem.height') });
/** How the tool touches, in words; it is without friction, whatever they say. */
const contact = object({
  kind: text.regex(/frictionless|without friction/i, { error: must('error.problem.frictionless') }).optional(),
  friction: z.literal(0, { error: must('error.problem.friction') }).optional(),
  gap: text.optional(),
  slave: text.optional(),
  enforcement: text.optional(),
}).optional();
const toolSchema = z.discriminatedUnion(
  'type',
  [
    object({ type: z.literal('sphere'), radius: positive, axis_xy: pair, centre_z: height, contact }),
    object({ type: z.literal('capsule'), radius: positive, from_xy: pair, to_xy: pair, axis_z: height, contact }),
    object({
      type: z.literal('box'),
      half: z.union([pair, point], { error: must('error.problem.half') }),
      edge_radius: number.nonnegative({ error: must('error.problem.not-below-0') }),
      centre_xy: pair,
      bottom_z: height,
      contact,
    }),
    /** A closed surface of triangles, counter-clockwise from outside, where it is at depth 0. */
    object({
      type: z.literal('mesh'),
      vertices: z.array(point, { error: must('error.problem.list', { items: '[x, y, z]' }) }),
      triangles: z.array(z.tuple([count, count, count], { error: must('error.problem.point') }), {
        error: must('error.problem.list', { items: '[a, b, c]' }),
      }),
      contact,
    }).refine((t) => t.triangles.length > 0 && isClosed(t.vertices.length, t.triangles), {
      error: must('error.problem.mesh'),
    }),
  ],
  { error: must('error.problem.one-of', { known: 'sphere, capsule, box, mesh' }) },
);

/** Whether every corner is there, and every edge of a triangle is another's the other way round. */
function isClosed(corners: number, triangles: readonly (readonly [number, number, number])[]): boolean {
  const open = new Set<number>();
  for (const t of triangles)
    for (let c = 0; c < 3; c++) {
      const [a, b] = [t[c]!, t[(c + 1) % 3]!];
      if (a >= corners || a === b) return false;
      if (!open.delete(b * corners + a)) open.add(a * corners + b);
    }
  return open.size === 0;
}
const POISSON = must('error.problem.poisson');
const SHEET = '{direction, k1, k2, thickness_mm}';
/** The two kinds of soft materials, by their keys. */
const LAWS = { elastic: '{E, nu}', stiffening: '{mu, stiffening, bulk}' } as const;
const material = ({ input }: { readonly input?: unknown }): string => {
  const unknown = Object.keys(Object(input)).filter(
    (key) => !/^(E|nu|mu|stiffening|bulk|rigid_clamped|sheets)$/.test(key),
  );
  const kinds = { ...LAWS, rigid: '{rigid_clamped: true}' };
  if (unknown.length === 0) return must('error.problem.material', kinds);
  return must('error.problem.material-key', {
    keys: unknown.join(', '),
    must: tell(MECHANICS_ERRORS, 'error.problem.material', kinds),
  });
};
const notNegative = number.nonnegative({ error: must('error.problem.not-below-0') });
/** Fibres of one family in a layer of a region, see docs/mechanics.md. */
const sheetSchema = object({
  direction: point.refine((a) => a.some((x) => x !== 0), { error: must('error.problem.direction') }),
  k1: notNegative,
  k2: notNegative,
  thickness_mm: positive,
  /** What they pull with at any length, N per mm of breadth at rest. */
  tension_N_per_mm: notNegative.default(0),
});
export type NeutralSheet = z.output<typeof sheetSchema>;
const sheetsSchema = z.array(sheetSchema, { error: must('error.problem.list', { items: SHEET }) });
const sheets = z.unknown().optional();
const materialSchema = z
  .union(
    [
      z.strictObject({ rigid_clamped: z.literal(true) }, { error: material }),
      z.strictObject(
        { E: positive, nu: number.gt(-1, { error: POISSON }).lt(0.5, { error: POISSON }), sheets },
        { error: material },
      ),
      z.strictObject({ mu: positive, stiffening: number.nonnegative(), bulk: positive, sheets }, { error: material }),
    ],
    { error: material },
  )
  .transform((m, context) => {
    if ('rigid_clamped' in m) return m;
    // within the union their faults would all be the material's
    const parsed = sheetsSchema.safeParse(m.sheets === undefined ? [] : m.sheets);
    for (const { message, path } of parsed.error?.issues ?? [])
      context.issues.push({ code: 'custom', message, path: ['sheets', ...path], input: m.sheets });
    return { ...m, sheets: parsed.data ?? [] };
  });
const axisName = z.enum(['x', 'y', 'z'], { error: must('error.problem.axis') });
const outputSchema = object({
  name: z.string({ error: must('error.problem.name') }),
  kind: z.enum(['mean_pressure', 'max_pressure', 'area_ratio'], {
    error: must('error.problem.one-of', { known: 'mean_pressure, max_pressure, area_ratio' }),
  }),
  region: z.string({ error: must('error.problem.of-regions') }),
  window: object({ axis: axisName, centre_within: positive }).optional(),
  plane: object({ axis: axisName, at: number }).optional(),
}).refine((o) => o.kind !== 'area_ratio' || o.plane !== undefined, {
  error: must('error.problem.plane', { keys: '{axis, at}' }),
});
const wanted = z.array(positive, { error: must('error.problem.numbers') }).default([]);
/** Formulas that a file may write out: here the law follows from the materials. */
const FORMULAS = ['energy', 'energy_kPa', 'cauchy', 'stress', 'mu', 'lambda', 'kappa', 'bulk'] as const;
const problemSchema = object({
  name: z.string({ error: must('error.problem.name') }),
  units: object({ length: text.optional(), stress: text.optional(), force: text.optional() }).optional(),
  grid: object({
    kind: text.optional(),
    label_h: positive.optional(),
    origin: z.union([point, text]).optional(),
    numbering: text.optional(),
    label_rule: text.optional(),
  }).optional(),
  domain: object({ min: point, max: point }, must('error.problem.domain', { keys: '{min, max}' })),
  regions: z
    .array(
      object({
        name: z.string({ error: must('error.problem.name') }),
        shape: shapeSchema,
        material: z.string({ error: must('error.problem.name') }),
        /** The body it belongs to: bodies slide on each other. */
        body: z.string({ error: must('error.problem.name') }).optional(),
      }),
      {
        error: must('error.problem.list', { items: '{name, shape, material}' }),
      },
    )
    .min(1, { error: must('error.problem.least-one', { what: 'region' }) }),
  interfaces: z
    .array(
      object({
        bodies: z.tuple([z.string(), z.string()], { error: must('error.problem.bodies') }),
        friction: z.literal(0, { error: must('error.problem.friction') }).default(0),
        separation: z.boolean({ error: must('error.problem.yes-no') }).default(true),
        /** Where they are glued to each other nevertheless. */
        tied: shapeSchema.optional(),
      }),
      { error: must('error.problem.list', { items: '{bodies, friction, separation}' }) },
    )
    .default([]),
  materials: z.record(z.string(), materialSchema, { error: must('error.problem.materials') }),
  constitutive: object({
    model: text.optional(),
    // formulas, for other programs
    ...Object.fromEntries(FORMULAS.map((name) => [name, text.optional()])),
  }).optional(),
  dirichlet: z
    .array(
      object({
        where: object({
          type: z.literal('nodes_in_box', { error: must('error.problem.nodes') }),
          min: point,
          max: point,
        }),
        fix: z.array(axisName, { error: must('error.problem.list', { items: 'x, y, z' }) }),
      }),
      { error: must('error.problem.list', { items: '{where, fix}' }) },
    )
    .default([]),
  tool: z.preprocess(
    (tool) => (Array.isArray(tool) ? tool : [tool]),
    z.array(toolSchema).min(1, { error: must('error.problem.least-one', { what: 'tool' }) }),
  ),
  depths: wanted,
  forces: wanted,
  probes: z.record(z.string(), point, { error: must('error.problem.points') }).default({}),
  region_outputs: z.array(outputSchema, { error: must('error.problem.outputs') }).default([]),
  // what a file says about itself, and what other programs are to write
  cells: z.unknown().optional(),
  grids_h: z.unknown().optional(),
  outputs: z.unknown().optional(),
  symmetry: text.optional(),
  free_faces: z.array(text).optional(),
});
export type NeutralProblem = z.output<typeof problemSchema>;
export type RegionOutput = z.output<typeof outputSchema>;

/** The body of a region that names none. */
const THE_BODY = 'body';
/** Names of the bodies, in the order in which regions name them. */
export const bodiesOf = (file: NeutralProblem): string[] => [
  ...new Set(file.regions.map(({ body = THE_BODY }) => body)),
];
/** Number of a region's body among them. */
export const bodyOf = (file: NeutralProblem, region: number): number =>
  bodiesOf(file).indexOf(file.regions[region]!.body ?? THE_BODY);

/** A grid beyond this would not fit into memory. */
const MOST_CELLS = 6e6;

/** A neutral problem on a grid: the mechanics, and which region each cell belongs to. */
export interface NeutralSetup {
  readonly problem: MechanicalProblem;
  readonly grid: Grid;
  /** Index into file.regions of each cell. */
  readonly regionOf: Int32Array;
  /** Where the cells of each body lie in the grid: in their place where there is one body. */
  readonly blocks: readonly Block[];
  /** Largest shear modulus of a cell that the tool can touch, kPa. */
  readonly stiffest: number;
}

/** Checks a problem file. @throws InputError with one sentence about the first thing that is wrong. */
export function parseNeutral(raw: unknown, source: string): NeutralProblem {
  const p = parseBy(problemSchema, raw, { whole: 'problem', source, fill: withoutRemarks });
  const refuse = <K extends keyof Table>(id: K, ...values: With<Table, K>): never => {
    throw inputError(tell(MECHANICS_ERRORS, id, ...values), source);
  };
  const { length = 'mm', stress = 'kPa', force = 'N' } = p.units ?? {};
  if (length !== 'mm' || stress !== 'kPa' || force !== 'N') refuse('error.problem.units', { length, stress, force });
  if (p.grid?.kind !== undefined && !/regular/i.test(p.grid.kind)) refuse('error.problem.grid', { kind: p.grid.kind });
  if (p.grid?.origin !== undefined && `${p.grid.origin}` !== 'domain.min' && `${p.grid.origin}` !== `${p.domain.min}`)
    refuse('error.problem.origin', { origin: `${p.grid.origin}` });
  if (p.constitutive?.model !== undefined && !/neo-?hooke|stiffening/i.test(p.constitutive.model))
    refuse('error.problem.model', { model: p.constitutive.model });
  for (const d of [0, 1, 2])
    if (!(p.domain.max[d]! > p.domain.min[d]!))
      refuse('error.problem.domain-order', { axis: 'xyz'[d]!, max: p.domain.max[d]!, min: p.domain.min[d]! });
  for (const r of p.regions)
    if (!Object.hasOwn(p.materials, r.material))
      refuse('error.problem.no-material', { region: r.name, material: r.material });
  const bodies = bodiesOf(p);
  p.interfaces.forEach(({ bodies: [first, second] }, i) => {
    for (const body of [first, second])
      if (!bodies.includes(body)) refuse('error.problem.no-body', { body, known: bodies.join(', ') });
    if (first === second) refuse('error.problem.one-body', { body: first });
    const same = p.interfaces.slice(0, i).some(({ bodies: b }) => b.includes(first) && b.includes(second));
    if (same) refuse('error.problem.interface-twice', { first, second });
  });
  for (const o of p.region_outputs) {
    const regions = p.regions.filter((r) => r.name === o.region);
    if (regions.length === 0) refuse('error.problem.no-region', { output: o.name, region: o.region });
    if (o.kind !== 'area_ratio' && regions.every((r) => 'rigid_clamped' in p.materials[r.material]!))
      refuse('error.problem.rigid', { output: o.name, region: o.region });
  }
  for (const t of p.tool) {
    if (t.type === 'box' && t.edge_radius > Math.min(...t.half))
      refuse('error.problem.edge', { radius: t.edge_radius, half: Math.min(...t.half) });
    const text = t.type === 'mesh' ? 0 : heightIn(t);
    if (typeof text === 'string' && !SUM.test(compact(text))) refuse('error.problem.sum', { text });
  }
  for (const [name, x] of Object.entries(p.probes))
    if (x.some((v, d) => v < p.domain.min[d]! - 1e-6 || v > p.domain.max[d]! + 1e-6))
      refuse('error.problem.probe', { name, place: x.join(', ') });
  if (p.depths.length + p.forces.length === 0) refuse('error.problem.no-push');
  const soft = Object.values(p.materials).filter((m) => !('rigid_clamped' in m));
  if (soft.some((m) => 'mu' in m) && soft.some((m) => 'E' in m)) refuse('error.problem.mixture', LAWS);
  return p;
}

/** Keys that only describe, wherever they stand. */
const REMARK =
  /^(?:[_$#].*|\/\/.*|titles?|descriptions?|summary|about|notes?|comments?|remarks?|label|colou?r|sources?|citations?|doi|url|authors?|licen[cs]e|date|version|id|tags|keywords|(?:references?|expected|published)(?:_\w+)?|values|results|\w+_(?:notes?|comments?|remarks?|description))$/i;

/** A problem file without its remarks. Materials and probes have names of the file's own, which are no remarks. */
function withoutRemarks(value: unknown, named = false): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutRemarks(each));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => named || !REMARK.test(key));
  return Object.fromEntries(
    kept.map(([key, each]) => [key, withoutRemarks(each, key === 'materials' || key === 'probes')]),
  );
}

/** Where the tool stands along z, as a function of the depth. @throws InputError for a height that is no sum. */
const heightIn = (t: Exclude<z.output<typeof toolSchema>, { type: 'mesh' }>): number | string =>
  t.type === 'sphere' ? t.centre_z : t.type === 'capsule' ? t.axis_z : t.bottom_z;
const SUM = /^[+-]?(\d+(\.\d+)?|depth)([+-](\d+(\.\d+)?|depth))*$/;
const compact = (text: string): string => text.replace(/\s+/g, '');

/** Puts a problem on cells of edge h, mm. @throws InputError when h does not divide the domain. */
export function gridNeutral(file: NeutralProblem, h: number): NeutralSetup {
  const size = [0, 1, 2].map((d) => {
    const n = (file.domain.max[d]! - file.domain.min[d]!) / h;
    if (!(Math.abs(n - Math.round(n)) < 1e-6) || Math.round(n) < 1)
      throw new InputError(
        tell(MECHANICS_ERRORS, 'error.problem.undivided', {
          cell: h,
          length: file.domain.max[d]! - file.domain.min[d]!,
          axis: 'xyz'[d]!,
        }),
      );
    return Math.round(n);
  }) as [number, number, number];
  const origin = file.domain.min;
  const grid: Grid = { origin, spacing: h, size };
  const [nx, ny, nz] = size;
  const cells = nx * ny * nz;
  if (cells > MOST_CELLS)
    throw new InputError(
      tell(MECHANICS_ERRORS, 'error.problem.too-many', {
        cell: h,
        millions: (cells / 1e6).toFixed(0),
        most: MOST_CELLS / 1e6,
      }),
    );
  // labels may be asked for on a coarser grid: then each cell takes the label of the label cell that holds its centre
  const H = file.grid?.label_h ?? h;
  const snap = (x: number, d: 0 | 1 | 2): number =>
    H === h ? x : origin[d] + (Math.floor((x - origin[d]) / H + 1e-9) + 0.5) * H;
  const regionOf = new Int32Array(cells).fill(-1);
  const fill = new Float64Array(cells);
  const fields = materialFields(cells);
  const { mu } = fields;
  const sy = nx + 1;
  const sz = sy * (ny + 1);
  const fixed = fixedNodes(file, grid);

  for (let k = 0, c = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++, c++) {
        const centre = [
          snap(origin[0] + (i + 0.5) * h, 0),
          snap(origin[1] + (j + 0.5) * h, 1),
          snap(origin[2] + (k + 0.5) * h, 2),
        ] as const;
        for (let r = 0; r < file.regions.length; r++) if (holds(file.regions[r]!.shape, centre)) regionOf[c] = r;
        if (regionOf[c]! < 0) continue;
        const m = file.materials[file.regions[regionOf[c]!]!.material]!;
        if ('rigid_clamped' in m) {
          const b = i + sy * j + sz * k;
          for (const o of cornerOffsets(sy, sz)) fixed[b + o] = 7;
          continue;
        }
        fill[c] = 1;
        putMaterial(fields, c, m);
      }
  if (!fill.some((f) => f > 0)) throw new InputError(tell(MECHANICS_ERRORS, 'error.problem.nothing-soft'));
  if (!heldAlongZ(grid, fill, fixed)) throw new InputError(tell(MECHANICS_ERRORS, 'error.problem.nothing-holds'));
  const { surface, stiffest } = topFace(grid, fill, mu, regionOf);
  const tools = { bodies: file.tool.map((t, i) => rigidBody(t, `tool ${i + 1}`)), direction: [0, 0, -1] } as const;
  if (bodiesOf(file).length > 1) {
    const { problem, ...where } = gridBodies(file, grid, regionOf, surface, snap);
    const fibres = layFibres(file, grid, { ...where, problem });
    return { stiffest, ...where, problem: { ...problem, ...tools, ...(fibres && { fibres }) } };
  }
  const blocks: readonly Block[] = [{ shift: [0, 0, 0], layers: [0, nz] }];
  const fibres = layFibres(file, grid, { grid, blocks, problem: { fill } });
  return {
    grid,
    regionOf,
    blocks,
    stiffest,
    problem: { grid, fill, mu, law: lawOf(file, fields), fixed, surface, ...tools, ...(fibres && { fibres }) },
  };
}

/** Coefficients of cells: shear modulus, and what one or the other law needs besides, kPa. */
export interface MaterialFields {
  readonly mu: Float64Array;
  readonly lambda: Float64Array;
  readonly stiffening: Float64Array;
  readonly bulk: Float64Array;
}

export const materialFields = (cells: number): MaterialFields => ({
  mu: new Float64Array(cells),
  lambda: new Float64Array(cells),
  stiffening: new Float64Array(cells),
  bulk: new Float64Array(cells).fill(1),
});

/** Makes a cell of a soft material. */
export function putMaterial(
  { mu, lambda, stiffening, bulk }: MaterialFields,
  c: number,
  m: Exclude<NeutralProblem['materials'][string], { rigid_clamped: true }>,
): void {
  if ('E' in m) {
    mu[c] = m.E / (2 * (1 + m.nu));
    lambda[c] = (m.E * m.nu) / ((1 + m.nu) * (1 - 2 * m.nu));
  } else {
    mu[c] = m.mu;
    stiffening[c] = m.stiffening;
    bulk[c] = m.bulk;
  }
}

export const lawOf = (
  file: NeutralProblem,
  { lambda, stiffening, bulk }: Omit<MaterialFields, 'mu'>,
): MechanicalProblem['law'] =>
  Object.values(file.materials).some((m) => 'mu' in m)
    ? { kind: 'stiffening', stiffening, bulk }
    : { kind: 'neo-hookean', lambda };

/** Directions in which the file fixes nodes, as bits x = 1, y = 2, z = 4 (nodes). */
export function fixedNodes(file: NeutralProblem, { origin, spacing: h, size: [nx, ny, nz] }: Grid): Uint8Array {
  const fixed = new Uint8Array((nx + 1) * (ny + 1) * (nz + 1));
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
  return fixed;
}

export type NeutralShape = z.output<typeof shapeSchema>;

export function holds(shape: NeutralShape, p: readonly [number, number, number]): boolean {
  // closed sets: a centre on the boundary belongs to the shape
  const eps = 1e-9;
  switch (shape.type) {
    case 'all':
      return true;
    case 'box':
      return p.every((x, d) => x >= shape.min[d]! - eps && x <= shape.max[d]! + eps);
    case 'sphere':
      return hypot(p[0] - shape.centre[0], p[1] - shape.centre[1], p[2] - shape.centre[2]) <= shape.radius + eps;
    case 'cylinder_x':
      return hypot(p[1] - shape.axis_yz[0], p[2] - shape.axis_yz[1]) <= shape.radius + eps;
    case 'cylinder_y':
      return hypot(p[0] - shape.axis_xz[0], p[2] - shape.axis_xz[1]) <= shape.radius + eps;
    case 'cylinder_z':
      return hypot(p[0] - shape.axis_xy[0], p[1] - shape.axis_xy[1]) <= shape.radius + eps;
    case 'cells': {
      const c = cellAt({ origin: shape.origin, spacing: shape.cell, size: shape.size }, ...p);
      return c >= 0 && cellsOf(shape)[c] === 1;
    }
  }
}

const spelledOut = new WeakMap<object, Uint8Array>();

/** 1 for the cells of a shape that is given by them. */
function cellsOf(shape: Extract<NeutralShape, { type: 'cells' }>): Uint8Array {
  const known = spelledOut.get(shape);
  if (known !== undefined) return known;
  const cells = new Uint8Array(shape.size[0] * shape.size[1] * shape.size[2]);
  let at = 0;
  shape.runs.forEach((n, i) => {
    if (i % 2 === 1) cells.fill(1, at, at + n);
    at += n;
  });
  spelledOut.set(shape, cells);
  return cells;
}

/** Whether some node of the material is fixed along z. */
function heldAlongZ(grid: Grid, fill: Float64Array, fixed: Uint8Array): boolean {
  const [nx, ny, nz] = grid.size;
  const sy = nx + 1;
  const sz = sy * (ny + 1);
  for (let k = 0, c = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++, c++) {
        if (!(fill[c]! > 0)) continue;
        const b = i + sy * j + sz * k;
        for (const o of cornerOffsets(sy, sz)) if ((fixed[b + o]! & 4) !== 0) return true;
      }
  return false;
}

/** 3×3 points on the upper face of every column's highest cell, which is z = max unless the top is cut away, and the stiffest of these cells. */
function topFace(
  grid: Grid,
  fill: Float64Array,
  mu: Float64Array,
  regionOf: Int32Array,
): { surface: MechanicalProblem['surface']; stiffest: number } {
  const [nx, ny, nz] = grid.size;
  const h = grid.spacing;
  const points: number[] = [];
  const areas: number[] = [];
  let stiffest = 0;
  for (let j = 0; j < ny; j++)
    for (let i = 0; i < nx; i++) {
      let k = nz - 1;
      while (k >= 0 && regionOf[cellIndex(grid, i, j, k)]! < 0) k--;
      // a rigid lid keeps the tool off what lies under it
      if (k < 0 || !(fill[cellIndex(grid, i, j, k)]! > 0)) continue;
      stiffest = Math.max(stiffest, mu[cellIndex(grid, i, j, k)]!);
      for (let b = 0; b < 3; b++)
        for (let a = 0; a < 3; a++) {
          points.push(
            grid.origin[0] + h * (i + (a + 0.5) / 3),
            grid.origin[1] + h * (j + (b + 0.5) / 3),
            grid.origin[2] + h * (k + 1),
          );
          areas.push((h * h) / 9);
        }
    }
  return { surface: { points: Float64Array.from(points), areas: Float64Array.from(areas) }, stiffest };
}

function rigidBody(tool: z.output<typeof toolSchema>, name: string): RigidBody {
  if (tool.type === 'mesh') {
    const distance = meshDistance(tool.vertices.flat(), tool.triangles.flat());
    return { name, distance: (x, y, zz, d) => distance(x, y, zz + d) };
  }
  const z0 = linearInDepth(heightIn(tool));
  const speed = Math.abs(z0(1) - z0(0));
  if (tool.type === 'sphere') {
    const [cx, cy] = tool.axis_xy;
    const R = tool.radius;
    return { name, speed, distance: (x, y, zz, d) => hypot(x - cx, y - cy, zz - z0(d)) - R };
  }
  if (tool.type === 'capsule') {
    const [ax, ay] = tool.from_xy;
    const [bx, by] = [tool.to_xy[0] - ax, tool.to_xy[1] - ay];
    const L2 = bx * bx + by * by;
    const R = tool.radius;
    return {
      name,
      speed,
      distance: (x, y, zz, d) => {
        const t = L2 > 0 ? Math.min(Math.max(((x - ax) * bx + (y - ay) * by) / L2, 0), 1) : 0;
        return hypot(x - ax - t * bx, y - ay - t * by, zz - z0(d)) - R;
      },
    };
  }
  const r = tool.edge_radius;
  const [hx, hy] = tool.half;
  // a box given by two half widths is as high as it is wide: only its lower end can touch
  const hz = tool.half[2] ?? Math.max(hx, hy);
  const [cx, cy] = tool.centre_xy;
  return {
    name,
    speed,
    distance: (x, y, zz, d) => {
      const qx = Math.abs(x - cx) - (hx - r);
      const qy = Math.abs(y - cy) - (hy - r);
      const qz = Math.abs(zz - (z0(d) + hz)) - (hz - r);
      const outside = hypot(Math.max(qx, 0), Math.max(qy, 0), Math.max(qz, 0));
      return outside + Math.min(Math.max(qx, qy, qz), 0) - r;
    },
  };
}

/** Reads a sum of numbers and ±depth, such as "100 + 30 - depth"; without "depth" the tool moves down by the depth. */
function linearInDepth(text: number | string): (depth: number) => number {
  if (typeof text === 'number') return (depth) => text - depth;
  if (!SUM.test(compact(text))) throw inputError(tell(MECHANICS_ERRORS, 'error.problem.sum', { text }));
  let constant = 0;
  let slope = 0;
  for (const term of compact(text).match(/[+-]?(\d+(\.\d+)?|depth)/g)!) {
    const sign = term.startsWith('-') ? -1 : 1;
    const body = term.replace(/^[+-]/, '');
    if (body === 'depth') slope += sign;
    else constant += sign * Number(body);
  }
  return (depth) => constant + slope * depth;
}
