import { cos, hypot, log, norm, sin } from '../base/elementary.ts';
import type { Grid, Vec3 } from '../base/grid.ts';
import { sampleNodes } from '../base/sample-nodes.ts';
import { cross, minus, unit } from '../base/vec.ts';
import type { Corridor, VoxelModel } from '../voxel/model.ts';

/** Length of course that a nerve's or ureter's value is a mean over, mm. */
const CORRIDOR_LENGTH = 10;

/** The course is read every so many mm. */
const STEP = 1;

/** Length of course over which something that is stuck has to bear what its bed does, mm: published ones are of centimetres of nerve (H-32). */
const STUCK_LENGTH = 30;

/** Rings of courses around the mean one, each standing for the same share of people, and courses on a ring. */
const RINGS = 6;
const ON_RING = 8;

/** Value over the courses that people have: half of them lie below the median, nine of ten between p5 and p95. */
export interface OverCourses {
  readonly p5: number;
  readonly median: number;
  readonly p95: number;
}

/**
 * Pressure along a nerve or ureter, which is thinner than a cell and whose place differs from person to person.
 *
 * The courses are the mean one and 48 that are moved sideways, normally distributed with the corridor's published spread as
 * standard deviation in both directions. Of each the highest mean over 10 mm is taken. The result says where the thing may lie,
 * not how sure the mechanics is: it is no range of the model.
 *
 * @param pressure pressure of each cell, kPa
 * @param soft soft share (inside the body and not bone) of each cell, 0…1: only soft tissue is read
 * @returns kPa; undefined when no stretch of any course runs through soft tissue of the model
 */
export function corridorPeak(
  grid: Grid,
  corridor: Corridor,
  pressure: ArrayLike<number>,
  soft: ArrayLike<number>,
): OverCourses | undefined {
  const course = resample(corridor.points);
  if (course.length === 0) return undefined;
  return distribution(
    courses(course, corridor.spread).map((shift) => highestMean(course, shift, grid, pressure, soft)),
  );
}

/** How much longer a nerve or ureter gets, %, between two bounds. */
export interface Elongation {
  /** If it slides freely in its bed: over its whole course, which evens everything out. */
  readonly sliding: OverCourses;
  /** If it is stuck to its bed: over the 30 mm that lengthen most. */
  readonly stuck: OverCourses;
}

/**
 * Elongation of the tissue along a nerve or ureter. Nerves slide by centimetres in their beds (a sciatic nerve by 10 to 12 mm when the knee
 * is straightened) and by how much here nobody knows: the truth lies between the two.
 * @param displacement displacement of each node, flattened nodes×3, mm
 * @returns undefined where the course is shorter than the 30 mm
 */
export function corridorElongation(grid: Grid, corridor: Corridor, displacement: Float32Array): Elongation | undefined {
  const course = resample(corridor.points);
  if (course.length <= Math.round(STUCK_LENGTH / STEP)) return undefined;
  const found = courses(course, corridor.spread).map((shift) => elongation(course, shift, grid, displacement));
  return {
    sliding: distribution(found.map(({ sliding }) => sliding))!,
    stuck: distribution(found.map(({ stuck }) => stuck))!,
  };
}

/** Of the course moved by shift, %. */
function elongation(course: readonly Vec3[], shift: Vec3, grid: Grid, displacement: Float32Array) {
  const span = Math.round(STUCK_LENGTH / STEP);
  const u = new Float64Array(3);
  const moved = course.map(([x, y, z]): Vec3 => {
    const [px, py, pz] = [x + shift[0], y + shift[1], z + shift[2]];
    sampleNodes(grid, displacement, 3, px, py, pz, u);
    return [px + u[0]!, py + u[1]!, pz + u[2]!];
  });
  const lengths = (points: readonly Vec3[]): number[] =>
    points.slice(1).map((b, n) => hypot(b[0] - points[n]![0], b[1] - points[n]![1], b[2] - points[n]![2]));
  const [before, after] = [lengths(course), lengths(moved)];
  const sum = (values: readonly number[], from: number, to: number): number => {
    let total = 0;
    for (let n = from; n < to; n++) total += values[n]!;
    return total;
  };
  const over = (from: number, to: number): number => 100 * (sum(after, from, to) / sum(before, from, to) - 1);
  let stuck = Number.NEGATIVE_INFINITY;
  for (let n = 0; n + span <= before.length; n++) stuck = Math.max(stuck, over(n, n + span));
  return { sliding: over(0, before.length), stuck };
}

function distribution(found: readonly (number | undefined)[]): OverCourses | undefined {
  const sorted = found.filter((v) => v !== undefined).sort((a, b) => a - b);
  if (sorted.length === 0) return undefined;
  const at = (q: number): number => sorted[Math.round(q * (sorted.length - 1))]!;
  return { p5: at(0.05), median: at(0.5), p95: at(0.95) };
}

/** Share of each cell that is soft tissue: fill less bone. */
export function softShare(model: VoxelModel): Float32Array {
  const soft = Float32Array.from(model.fill);
  for (const part of model.parts)
    if (part.tissue === 'bone')
      for (let n = 0; n < part.cells.length; n++)
        soft[part.cells[n]!] = Math.max(0, soft[part.cells[n]!]! - part.fraction[n]!);
  return soft;
}

/** The course as points STEP mm apart. */
function resample(points: Float64Array): Vec3[] {
  const out: Vec3[] = [];
  let due = 0;
  let run = 0;
  for (let n = 0; n + 5 < points.length; n += 3) {
    const [ax, ay, az] = [points[n]!, points[n + 1]!, points[n + 2]!];
    const [bx, by, bz] = [points[n + 3]!, points[n + 4]!, points[n + 5]!];
    const length = hypot(bx - ax, by - ay, bz - az);
    for (; due <= run + length && length > 0; due += STEP) {
      const t = (due - run) / length;
      out.push([ax + t * (bx - ax), ay + t * (by - ay), az + t * (bz - az)]);
    }
    run += length;
  }
  if (out.length === 0 && points.length >= 3) out.push([points[0]!, points[1]!, points[2]!]);
  return out;
}

/** Highest mean over CORRIDOR_LENGTH of the course moved by shift; at least half of the stretch must be in soft tissue. */
function highestMean(
  course: readonly Vec3[],
  shift: Vec3,
  grid: Grid,
  pressure: ArrayLike<number>,
  soft: ArrayLike<number>,
): number | undefined {
  const samples = course.map(([x, y, z]) =>
    interpolate(grid, x + shift[0], y + shift[1], z + shift[2], pressure, soft),
  );
  const span = Math.min(Math.round(CORRIDOR_LENGTH / STEP) + 1, samples.length);
  let best: number | undefined;
  for (let start = 0; start + span <= samples.length; start++) {
    let sum = 0;
    let count = 0;
    for (let n = start; n < start + span; n++) {
      const sample = samples[n];
      if (sample === undefined) continue;
      sum += sample;
      count++;
    }
    if (2 * count < span) continue;
    if (best === undefined || sum / count > best) best = sum / count;
  }
  return best;
}

/** Trilinear value between the eight nearest cell centres, counting soft tissue only; undefined where there is none. */
function interpolate(
  grid: Grid,
  x: number,
  y: number,
  z: number,
  values: ArrayLike<number>,
  soft: ArrayLike<number>,
): number | undefined {
  const h = grid.spacing;
  const [nx, ny, nz] = grid.size;
  const fx = (x - grid.origin[0]) / h - 0.5;
  const fy = (y - grid.origin[1]) / h - 0.5;
  const fz = (z - grid.origin[2]) / h - 0.5;
  const [i0, j0, k0] = [Math.floor(fx), Math.floor(fy), Math.floor(fz)];
  let sum = 0;
  let weight = 0;
  for (let c = 0; c < 8; c++) {
    const [di, dj, dk] = [c & 1, (c >> 1) & 1, c >> 2];
    const [i, j, k] = [i0 + di, j0 + dj, k0 + dk];
    if (i < 0 || j < 0 || k < 0 || i >= nx || j >= ny || k >= nz) continue;
    const cell = i + nx * (j + ny * k);
    const w =
      (di ? fx - i0 : 1 - (fx - i0)) * (dj ? fy - j0 : 1 - (fy - j0)) * (dk ? fz - k0 : 1 - (fz - k0)) * soft[cell]!;
    sum += w * values[cell]!;
    weight += w;
  }
  return weight > 1e-6 ? sum / weight : undefined;
}

/** No shift, and shifts at right angles to the line from the course's start to its end on rings of equal probability. */
function courses(course: readonly Vec3[], spread: number): Vec3[] {
  const [a, b] = [course[0]!, course[course.length - 1]!];
  const along = unitOr(minus(b, a), [0, 0, 1]);
  // mirror-symmetric start direction: left and right corridors of a symmetric body get the same lines
  const e1 = unitOr(cross(along, [0, 1, 0]), [1, 0, 0]);
  const e2 = cross(along, e1);
  const out: Vec3[] = [[0, 0, 0]];
  for (let ring = 0; ring < RINGS; ring++) {
    // radius below which (ring + ½) / RINGS of a two-dimensional normal distribution lie
    const radius = spread * Math.sqrt(-2 * log(1 - (ring + 0.5) / RINGS));
    for (let n = 0; n < ON_RING; n++) {
      const c = radius * cos((2 * Math.PI * n) / ON_RING);
      const s = radius * sin((2 * Math.PI * n) / ON_RING);
      out.push([c * e1[0] + s * e2[0], c * e1[1] + s * e2[1], c * e1[2] + s * e2[2]]);
    }
  }
  return out;
}

const unitOr = (v: Vec3, fallback: Vec3): Vec3 => (norm(v) > 1e-9 ? unit(v) : fallback);
