import { cbrt, pow } from '../base/elementary.ts';
import { cellIndex, cellPlace, cornerOffsets, type Grid, nodeIndex, type Vec3 } from '../base/grid.ts';
import type { Cells } from './element.ts';
import type { EngineSetup } from './engine.ts';
import { type FibreCells, NO_FIBRES } from './fibre-levels.ts';
import type { MechanicalProblem } from './problem.ts';

/** A problem made ready for an engine. */
export interface BuiltSetup {
  readonly setup: EngineSetup;
  /** The active cells on the box's nodes. */
  readonly cells: Cells;
  /** A force that the pressures of lumens and the tensions of fibres are worth, N: stress × (volume)^⅔. */
  readonly innerForce: number;
}

/**
 * What an engine is built from.
 * @param volumePenalty penalty on volume changes in units of the cell's shear modulus, or of what the problem names for it
 * @param memory pairs of L-BFGS
 * @param threads most threads to use
 */
export function buildSetup(
  problem: MechanicalProblem,
  volumePenalty: number,
  memory: number,
  threads: number,
): BuiltSetup {
  const { grid, fill, law } = problem;
  const [nx, ny, nz] = grid.size;
  const h = grid.spacing;
  const sy = nx + 1;
  const sz = sy * (ny + 1);
  const nodes = sz * (nz + 1);
  const boxCells = nx * ny * nz;
  const active = new Uint8Array(boxCells);
  const indexOf = new Int32Array(boxCells).fill(-1);
  let count = 0;
  for (let c = 0; c < boxCells; c++)
    if (fill[c]! > 0) {
      active[c] = 1;
      indexOf[c] = count++;
    }

  // material scaled by fill: the immersed boundary keeps the kernel unchanged
  const plane = (): Float64Array => new Float64Array(count);
  const m = { mu: plane(), a: plane(), kVol: plane(), bulk: plane(), lumenPressure: plane(), fill: plane() };
  const base = new Int32Array(count);
  for (let c = 0; c < boxCells; c++) {
    const e = indexOf[c]!;
    if (e < 0) continue;
    base[e] = nodeIndex(grid, ...cellPlace(grid, c));
    const f = fill[c]!;
    const mu = problem.mu[c]!;
    m.fill[e] = f;
    const modulus = law.kind === 'stiffening' ? law.bulk[c]! : law.lambda[c]!;
    const lumen = Math.min(problem.lumen?.share[c] ?? 0, f);
    m.bulk[e] = (f - lumen) * modulus;
    m.lumenPressure[e] = lumen > 0 ? -lumen * problem.lumen!.pressure[c]! : 0;
    m.mu[e] = f * mu;
    m.a[e] = law.kind === 'stiffening' ? law.stiffening[c]! : 0;
    // the operator sees a soft penalty at most; multipliers carry the rest of the modulus
    m.kVol[e] = (f - lumen) * Math.min(volumePenalty * (problem.penaltyMu?.[c] ?? mu), modulus);
  }
  let innerWork = sumOf(m.lumenPressure.map(Math.abs)) * pow(h, 3);
  let innerVolume = problem.lumen === undefined ? 0 : sumOf(problem.lumen.share) * pow(h, 3);
  const { volumes, family, families } = problem.fibres ?? { volumes: [], family: [], families: [] };
  for (let s = 0; s < volumes.length; s++) {
    const { tension } = families[family[s]!]!;
    if (tension === 0) continue;
    innerWork += volumes[s]! * tension;
    innerVolume += volumes[s]!;
  }

  // springs of rigid inclusions, lumped to nodes
  const ground = new Float64Array(nodes);
  if (problem.foundation !== undefined)
    for (let c = 0; c < boxCells; c++) {
      const s = problem.foundation[c]!;
      if (s === 0 || indexOf[c]! < 0) continue;
      const b = base[indexOf[c]!]!;
      for (const o of cornerOffsets(sy, sz)) ground[b + o] = ground[b + o]! + (s * h * h * h) / 8;
    }
  return {
    setup: {
      size: grid.size,
      h,
      active,
      indexOf,
      count,
      fixed: problem.fixed,
      driven: problem.driven,
      ground,
      kind: law.kind,
      ...m,
      ...embedAll(problem, indexOf),
      fibres: fibreCells(problem, indexOf),
      springs: (problem.interfaces ?? []).reduce((n, { areas }) => n + areas.length, 0),
      memory,
      threads,
    },
    cells: { count, padded: count, base, nodes, sy, sz, h },
    innerForce: innerVolume > 0 ? (1e-3 * innerWork) / cbrt(innerVolume) : 0,
  };
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}

/** The points that rigid bodies may touch; then those of all interfaces on the first body, and the places they touch on the second. */
function embedAll(
  { grid, surface, fill, interfaces = [] }: MechanicalProblem,
  indexOf: Int32Array,
): { pointCell: Int32Array; pointPlace: Float64Array } {
  const moved = (points: Float64Array, shift: Vec3): Float64Array => points.map((x, i) => x + shift[i % 3]!);
  const touchable = embed(grid, indexOf, surface.inGrid ?? surface.points);
  if (interfaces.length === 0) return touchable;
  const first = interfaces.map(({ points, smooth, first: { shift } }) =>
    embed(grid, indexOf, moved(points, shift), smooth ? (c) => fill[c]! >= FIRM : undefined),
  );
  // the places on the second body are the contact's to choose, before anything is asked of them
  const all = [touchable, ...first, ...first];
  const length = all.reduce((n, { pointCell }) => n + pointCell.length, 0);
  const pointCell = new Int32Array(length);
  const pointPlace = new Float64Array(length);
  let at = 0;
  for (const list of all) {
    pointCell.set(list.pointCell, at);
    pointPlace.set(list.pointPlace, at);
    at += list.pointCell.length;
  }
  return { pointCell, pointPlace };
}

function fibreCells({ grid, fibres }: MechanicalProblem, indexOf: Int32Array): FibreCells {
  if (fibres === undefined) return NO_FIBRES;
  const { pointCell, pointPlace } = embed(grid, indexOf, fibres.points);
  const { directions: along, volumes: volume, family } = fibres;
  for (let s = 0; s < volume.length; s++) {
    const [a, b, c] = [along[3 * s]!, along[3 * s + 1]!, along[3 * s + 2]!];
    // numbers that are none would end in a press without an equilibrium, and nobody would know why
    if (!(Math.abs(a * a + b * b + c * c - 1) < 1e-6 && volume[s]! > 0))
      throw new Error(`fibre ${s} has no unit vector as its direction, or no volume`);
  }
  return { count: volume.length, cell: pointCell, place: pointPlace, along, volume, family };
}

/** A cell with less of a body in it gives way so easily that nothing is hung on it where another one is near: see docs/mechanics.md. */
export const FIRM = 0.4;

/**
 * The cell that holds each surface point, and the place in it. A point in an empty cell hangs on the nearest one that exists, a little outside
 * of it: to let the empty one exist instead, with next to nothing in it, makes nodes that nothing holds.
 */
function embed(
  grid: Grid,
  indexOf: Int32Array,
  points: Float64Array,
  isFirm: (cell: number) => boolean = () => true,
): { pointCell: Int32Array; pointPlace: Float64Array } {
  const count = points.length / 3;
  const pointCell = new Int32Array(3 * count);
  const pointPlace = new Float64Array(3 * count);
  const isActive = (c: number): boolean => indexOf[c]! >= 0;
  for (let s = 0; s < count; s++) {
    const at = [points[3 * s]!, points[3 * s + 1]!, points[3 * s + 2]!] as const;
    const cell = cellBeside(grid, (c) => isActive(c) && isFirm(c), at) ?? cellBeside(grid, isActive, at);
    if (cell === undefined) throw new Error(`surface point ${s} lies in no active cell, nor beside one`);
    pointCell.set(cell, 3 * s);
    for (let d = 0; d < 3; d++) pointPlace[3 * s + d] = (at[d]! - grid.origin[d]!) / grid.spacing - cell[d]!;
  }
  return { pointCell, pointPlace };
}

/** The cell that holds a place, where it is one of those wanted, or else the nearest of its neighbours that is; none beyond a cell's edge. */
export function cellBeside(grid: Grid, isWanted: (cell: number) => boolean, at: Vec3): readonly number[] | undefined {
  const wanted = (c: readonly number[]): boolean =>
    c.every((i, d) => i >= 0 && i < grid.size[d]!) && isWanted(cellIndex(grid, c[0]!, c[1]!, c[2]!));
  const x = at.map((v, d) => (v - grid.origin[d]!) / grid.spacing);
  const home = x.map((v, d) => Math.min(Math.max(Math.floor(v), 0), grid.size[d]! - 1));
  if (wanted(home)) return home;
  let cell: readonly number[] | undefined;
  // farther out than a cell there is nothing to hang on
  let least = 1;
  for (let n = 0; n < 27; n++) {
    const c = home.map((i, d) => i + ((Math.floor(n / [1, 3, 9][d]!) % 3) - 1));
    const away = c.reduce((sum, i, d) => sum + Math.max(i - x[d]!, x[d]! - i - 1, 0) ** 2, 0);
    if (away >= least || !wanted(c)) continue;
    least = away;
    cell = c;
  }
  return cell;
}

/** Which contact points share a multiplier: none, or those of one cell, numbered in order of first appearance. */
export function groupPoints(
  by: 'point' | 'cell',
  pointCell: Int32Array,
  [nx, ny]: readonly number[],
): { group: Int32Array; groups: number } {
  const count = pointCell.length / 3;
  if (by === 'point') return { group: Int32Array.from({ length: count }, (_, s) => s), groups: count };
  const numbers = new Map<number, number>();
  const group = new Int32Array(count);
  for (let s = 0; s < count; s++) {
    const cell = pointCell[3 * s]! + nx! * (pointCell[3 * s + 1]! + ny! * pointCell[3 * s + 2]!);
    const known = numbers.get(cell);
    group[s] = known ?? numbers.size;
    if (known === undefined) numbers.set(cell, numbers.size);
  }
  return { group, groups: numbers.size };
}
