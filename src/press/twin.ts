import { isLoose } from '../anatomy/structures.ts';
import { log } from '../base/elementary.ts';
import { InputError } from '../base/errors.ts';
import { cellCentre, cellCorners, type Grid, nodeCount, type Vec3 } from '../base/grid.ts';
import { tell } from '../base/told.ts';
import type { MechanicalProblem, StiffeningLaw } from '../mechanics/problem.ts';
import { PRESS_ERRORS } from '../messages/errors/press.data.ts';
import type { Part, VoxelModel } from '../voxel/model.ts';
import type { MaterialChoice } from './materials.ts';
import { mechanicalProblem, type PressProblem } from './mechanical-problem.ts';
import type { PlacedTool, Press } from './press.ts';
import { toolSurface } from './tool-surface.ts';

/**
 * A press as every finite-element program can hold it: whole cubes of a few dozen materials, nodes that are held, and a rigid surface of triangles that
 * is pushed straight in. It is not the press itself: docs/other-programs.md says what differs.
 *
 * Its frame, mm: x to the person's left, y to the head, z out of the body, against the push.
 */
export interface Twin {
  readonly grid: Grid;
  /** What each cell of the grid is: a number of `materials`, NOTHING, or HELD. */
  readonly cells: Int16Array;
  readonly materials: readonly TwinMaterial[];
  /** Fixed directions of each node, bits x = 1, y = 2, z = 4 (nodes): those of held cells, and the cut ends along y. */
  readonly fixed: Uint8Array;
  /** Height of the cut ends along the body, mm. */
  readonly ends: readonly number[];
  /** The tool before the push: n×3, mm, and triangles counter-clockwise from outside (m×3). */
  readonly tool: { readonly vertices: Float64Array; readonly triangles: Uint32Array };
  /** Height of the floor before the push, mm, where the body comes near it on the way. */
  readonly floor?: number;
  /** How much farther back than in the press the tool begins, mm, so that it is clear of the steps of the skin. */
  readonly lift: number;
  /** Travel of the tool from there at each step of the press, mm. */
  readonly travel: readonly number[];
  /** Cells that were left out because nothing but an edge, a corner or bone joins them to the rest. */
  readonly dropped: number;
}

export const NOTHING = -1;
export const HELD = -2;

/** A material of the product's law (docs/mechanics.md): shear modulus and bulk modulus, kPa, and the stiffening a. */
export interface TwinMaterial {
  /** The tissue where cells hold nothing else, or mixed_n. */
  readonly name: string;
  readonly mu: number;
  readonly stiffening: number;
  readonly bulk: number;
}

/** A cell is solid from this share on. */
const SOLID = 0.5;
/** Cells with less of anything else count as one tissue. */
const PURE = 0.999;
/** Mixed cells are one material as long as μ differs by less than a fifth, and μa and κ by less than a half: they get their means. */
const BIN = log(1.2);
const WIDE = log(1.5);
/** Edge of the tool's triangles, mm: the sag of a chord on a tip of 12 mm is 0.1 mm. */
const FACET = 3;
/** How far the skin beside the tool may come out, mm. */
const BULGE = 15;

/** @throws InputError where a push does not go straight into the front of the body, which is the only one that a twin is made for */
export function assertStraight({ direction }: Pick<PlacedTool, 'direction'>): void {
  if (!(direction[1] > 1 - 1e-9)) throw new InputError(tell(PRESS_ERRORS, 'error.press.twin-oblique'));
}

/** @throws InputError where surfaces slide on each other or muscle has fibres: whole cubes of an isotropic law hold neither */
function assertPlain({ interfaces, fibres }: MechanicalProblem): void {
  if (interfaces !== undefined || fibres !== undefined)
    throw new InputError(tell(PRESS_ERRORS, 'error.press.twin-slides'));
}

/** @throws InputError where the push goes in at an angle, where anything slides, contracts or has fibres, or where no step of it has converged */
export function twinOf(press: Press, choice: MaterialChoice): Twin {
  const { model, placed, steps } = press;
  assertStraight(placed);
  if (steps.length === 0) throw new InputError(tell(PRESS_ERRORS, 'error.press.twin-nowhere'));
  const turned = turnGrid(model.grid);
  if (choice.slide === true) throw new InputError(tell(PRESS_ERRORS, 'error.press.twin-slides'));
  if (choice.pull !== undefined || choice.brace !== undefined)
    throw new InputError(tell(PRESS_ERRORS, 'error.press.twin-contracts'));
  const made = mechanicalProblem(model, placed, choice);
  assertPlain({ ...made.problem, ...(choice.fibres !== undefined && { fibres: choice.fibres }) });
  const { cells, materials, dropped } = sortCells(model, made, turned);
  const { fixed, ends } = heldNodes(made, turned, cells);
  const { grid } = turned;
  const top = topPoints(grid, cells);

  // whole cubes stand out from the skin by half a cell at most: back until none of them is inside
  let lift = 0;
  const gap = (): number => {
    let least = Number.POSITIVE_INFINITY;
    for (const [x, y, z] of top) {
      least = Math.min(least, placed.distance(x, -z, y, -lift));
      if (placed.floor !== undefined) least = Math.min(least, placed.floor(x, -z, y, -lift));
    }
    return least;
  };
  for (let g = gap(); g < 0; g = gap()) lift += Math.max(-g, 0.05);
  // a tenth to spare: the tool's facets lie within that of it
  lift = lift > 0 ? Math.ceil(10 * lift + 1) / 10 : 0;

  // only what can come near the body: at the deepest, a little in front of where the skin is now
  // one by one: there may be more points than a call takes arguments
  const highest = top.reduce((most, [, , z]) => Math.max(most, z), Number.NEGATIVE_INFINITY);
  const behind = highest + lift + BULGE + Math.max(0, ...steps.map(({ depth }) => depth));
  const surface = toolSurface(
    { ...placed, distance: (x, y, z, depth) => Math.max(placed.distance(x, y, z, depth), depth - y - behind) },
    FACET,
  );
  const vertices = new Float64Array(surface.vertices.length);
  for (let n = 0; n < vertices.length; n += 3) {
    vertices[n] = rounded(surface.vertices[n]!);
    vertices[n + 1] = rounded(surface.vertices[n + 2]!);
    vertices[n + 2] = rounded(lift - surface.vertices[n + 1]!);
  }
  const height = placed.floor === undefined ? undefined : lift - placed.at[1] + placed.floor(...placed.at, 0);
  const deepest = Math.max(0, ...steps.map(({ depth }) => depth));
  const reached =
    height !== undefined && top.some(([x, y, z]) => placed.floor!(x, -z, y, deepest) < grid.spacing)
      ? height
      : undefined;
  return {
    grid,
    cells,
    materials,
    fixed,
    ends,
    tool: { vertices, triangles: surface.triangles },
    ...(reached !== undefined && { floor: rounded(reached) }),
    lift,
    travel: steps.map(({ depth }) => rounded(depth + lift)),
    dropped,
  };
}

/** To a ten-thousandth of a millimetre, as files have it. */
const rounded = (mm: number): number => Math.round(1e4 * mm) / 1e4;

interface Turned {
  readonly grid: Grid;
  /** The model's cell, or node, at a place of the turned grid. */
  readonly cellAt: (i: number, j: number, k: number) => number;
  readonly nodeAt: (i: number, j: number, k: number) => number;
}

/** The model's grid seen from the tool: x stays, y is LPS z, z is minus LPS y. */
function turnGrid({ origin: [ox, oy, oz], spacing, size: [nx, ny, nz] }: Grid): Turned {
  return {
    grid: { origin: [ox, oz, -(oy + ny * spacing)], spacing, size: [nx, nz, ny] },
    cellAt: (i, j, k) => i + nx * (ny - 1 - k + ny * j),
    nodeAt: (i, j, k) => i + (nx + 1) * (ny - k + (ny + 1) * j),
  };
}

/** Material of each cell, in the turned grid. */
function sortCells(
  model: VoxelModel,
  { problem, rigid }: PressProblem,
  { grid, cellAt }: Turned,
): Pick<Twin, 'cells' | 'materials' | 'dropped'> {
  const whole = wholeTissue(model.parts, model.fill.length);
  const { stiffening, bulk: bulkOf } = problem.law as StiffeningLaw;
  const cells = new Int16Array(model.fill.length).fill(NOTHING);
  const [nx, ny, nz] = grid.size;
  const bins = new Map<string, { name: string; count: number; mu: number; stiff: number; compliance: number }>();
  const order: string[] = [];
  let mixed = 0;
  const keys: (string | undefined)[] = Array.from({ length: cells.length });
  for (let k = 0, n = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++, n++) {
        const c = cellAt(i, j, k);
        if (!(model.fill[c]! >= SOLID)) continue;
        if (rigid[c]! >= 0.5 * model.fill[c]!) {
          cells[n] = HELD;
          continue;
        }
        const [mu, stiff, bulk] = [problem.mu[c]!, problem.mu[c]! * stiffening[c]!, bulkOf[c]!];
        const step = (v: number, width: number): number => Math.round(log(Math.max(v, 1e-3)) / width);
        const name = whole[c];
        const key = name ?? `${step(mu, BIN)} ${step(stiff, WIDE)} ${step(bulk, WIDE)}`;
        keys[n] = key;
        let bin = bins.get(key);
        if (bin === undefined) {
          bin = { name: name ?? `mixed_${++mixed}`, count: 0, mu: 0, stiff: 0, compliance: 0 };
          bins.set(key, bin);
          order.push(key);
        }
        bin.count++;
        bin.mu += mu;
        bin.stiff += stiff;
        bin.compliance += 1 / bulk;
      }
  const dropped = keepLargest(grid, keys);
  const used = order.filter((key) => keys.includes(key));
  const numbers = new Map(used.map((key, m) => [key, m]));
  keys.forEach((key, n) => {
    if (key !== undefined) cells[n] = numbers.get(key)!;
  });
  const materials = used.map((key): TwinMaterial => {
    const { name, count, mu, stiff, compliance } = bins.get(key)!;
    return { name, mu: mu / count, stiffening: stiff / mu, bulk: count / compliance };
  });
  return { cells, materials, dropped };
}

/** The tissue of cells that hold nothing else; loose contents of the belly, which keep a share of their shear only, under a name of their own. */
function wholeTissue(parts: readonly Part[], count: number): (string | undefined)[] {
  const shares = new Map<string, Float32Array>();
  const sum = new Float32Array(count);
  for (const { tissue, structure, cells, fraction } of parts) {
    const name = isLoose(structure) ? `${tissue}_loose` : tissue;
    const share = shares.get(name) ?? new Float32Array(count);
    shares.set(name, share);
    cells.forEach((c, n) => {
      share[c] = share[c]! + fraction[n]!;
      sum[c] = sum[c]! + fraction[n]!;
    });
  }
  const whole: (string | undefined)[] = Array.from({ length: count });
  for (const [name, share] of shares)
    share.forEach((f, c) => {
      if (f > 0 && f >= PURE * sum[c]!) whole[c] = name;
    });
  return whole;
}

/** Leaves the largest set of cells that are joined by faces, and forgets the others: such a crumb would hang on nothing. @returns how many */
function keepLargest({ size: [nx, ny, nz] }: Grid, keys: (string | undefined)[]): number {
  const group = new Int32Array(keys.length).fill(-1);
  const sizes: number[] = [];
  const steps = [1, nx, nx * ny];
  for (let first = 0; first < keys.length; first++) {
    if (keys[first] === undefined || group[first] !== -1) continue;
    const number = sizes.length;
    const open = [first];
    group[first] = number;
    let count = 0;
    for (let c = open.pop(); c !== undefined; c = open.pop()) {
      count++;
      const at = [c % nx, Math.floor(c / nx) % ny, Math.floor(c / (nx * ny))];
      for (let d = 0; d < 3; d++)
        for (const way of [-1, 1]) {
          const to = at[d]! + way;
          if (to < 0 || to >= [nx, ny, nz][d]!) continue;
          const other = c + way * steps[d]!;
          if (keys[other] === undefined || group[other] !== -1) continue;
          group[other] = number;
          open.push(other);
        }
    }
    sizes.push(count);
  }
  const largest = sizes.indexOf(Math.max(...sizes));
  let dropped = 0;
  keys.forEach((key, c) => {
    if (key === undefined || group[c] === largest) return;
    keys[c] = undefined;
    dropped++;
  });
  return dropped;
}

function heldNodes(
  { problem }: PressProblem,
  { grid, nodeAt }: Turned,
  cells: Int16Array,
): Pick<Twin, 'fixed' | 'ends'> {
  const fixed = new Uint8Array(nodeCount(grid));
  const [nx, ny, nz] = grid.size;
  const ends = new Set<number>();
  for (let k = 0, n = 0; k <= nz; k++)
    for (let j = 0; j <= ny; j++)
      for (let i = 0; i <= nx; i++, n++) {
        // what is held along LPS z is held along y here
        if (((problem.fixed?.[nodeAt(i, j, k)] ?? 0) & 4) === 0) continue;
        fixed[n] = 2;
        ends.add(grid.origin[1] + j * grid.spacing);
      }
  cells.forEach((m, c) => {
    if (m === HELD) for (const node of cellCorners(grid, c)) fixed[node] = 7;
  });
  return { fixed, ends: [...ends].sort((a, b) => a - b) };
}

/** The highest cell of each column of cells, where it is soft: what the tool can touch. */
export function topCells({ size: [nx, ny, nz] }: Grid, cells: Int16Array): number[] {
  const top: number[] = [];
  for (let j = 0; j < ny; j++)
    for (let i = 0; i < nx; i++) {
      let k = nz - 1;
      while (k >= 0 && cells[i + nx * (j + ny * k)] === NOTHING) k--;
      const c = i + nx * (j + ny * k);
      if (k >= 0 && cells[c]! >= 0) top.push(c);
    }
  return top;
}

/** Corners and middles of their upper faces. */
function topPoints(grid: Grid, cells: Int16Array): Vec3[] {
  const half = grid.spacing / 2;
  return topCells(grid, cells).flatMap((c) => {
    const [x, y, z] = cellCentre(grid, c);
    return [-1, 0, 1].flatMap((a) => [-1, 0, 1].map((b): Vec3 => [x + a * half, y + b * half, z + half]));
  });
}
