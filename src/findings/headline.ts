import { isPsoas, isTarget } from '../anatomy/structures.ts';
import { pow } from '../base/elementary.ts';
import { cellAt, cellCentre, cellPlace, type Vec3 } from '../base/grid.ts';
import { cofactor } from '../base/vec.ts';
import { asSeenBy } from '../press/as-seen-by.ts';
import { deformationGradient } from '../press/deformation-gradient.ts';
import type { Press } from '../press/press.ts';
import type { Part, Side } from '../voxel/model.ts';
import type { Ranged } from './finding.ts';
import { organOf } from './organ-of.ts';
import { type CellSet, mergeCells, windowPeak } from './window-peak.ts';

/** A number with its range; null when it is not known. */
type Known = Ranged<number | null>;

/** What people mean when they ask what a press does to the psoas. */
export interface Headline {
  /** Force along the push per area on the front of the psoas, over its most pressed window, kPa. */
  readonly psoasFrontPressure: Known;
  /** Force of the push that passes through the fronts of both psoas muscles, N. */
  readonly psoasFrontForce: Known;
  /** On the skin, over the most pressed 1 cm², kPa. */
  readonly skinPressure: Known;
  /** What trained fingertips at their own load give the front of the psoas on the same body, kPa. */
  readonly fingersPressure: Known;
  /** What each bone, and the rest of the body beyond the model, gives back of the push, N, largest first. */
  readonly supports: readonly { readonly bone: string; readonly force: number }[];
  /** What lies on the way to the pressed front of the psoas and is pressed more than it, kPa, from the skin inwards. */
  readonly before: readonly { readonly structure: string; readonly side: Side; readonly pressure: number }[];
}

/**
 * Radius of the window on the front of the psoas, mm: 12 cm², about what the tip of a tool covers. A front is a surface, and
 * smaller windows hold too few cells of it. Default press on cells of 10, 8, 6, 5 and 4 mm: 14.7, 13.0, 12.7, 11.8 and 12.6 kPa; fingertips 2.2, 2.4,
 * 2.4, 2.4 and 2.6. A window counts where it is at least half full.
 */
const FRONT_WINDOW = 20;

/** Parts of the push that no bone gives back are told from this share of it on. */
const LEAST_REST = 0.01;

/** A structure counts as on the way where at least so much of it is, mm³: what a window's mean needs (window-peak.ts). */
const LEAST_ON_THE_WAY = 300;

/** Reads the headline off a press; the ranges and the fingertips come later. */
export function headlineOf(press: Press): Headline {
  const last = press.steps.at(-1);
  const front = last && psoasFront(press);
  return {
    psoasFrontPressure: central(front?.pressure),
    psoasFrontForce: central(front?.force),
    skinPressure: central(last?.peakSkinPressure),
    fingersPressure: central(undefined),
    supports: last === undefined ? [] : supportsOf(press, last.supportForce),
    before: front === undefined ? [] : pressedBefore(press, front),
  };
}

/** What holds the body: its bones, and what the cut ends give back to a push that goes towards them. */
function supportsOf({ bones }: Press, supportForce: number): Headline['supports'] {
  const rest = supportForce - bones.reduce((sum, { force }) => sum + force, 0);
  const all = bones.map(({ structure, force }) => ({ bone: structure, force }));
  if (Math.abs(rest) >= LEAST_REST * supportForce) all.push({ bone: 'rest_of_body', force: rest });
  return all.sort((a, b) => b.force - a.force || (a.bone < b.bone ? -1 : 1));
}

const central = (value: number | undefined): Known => ({ value: value ?? null, low: null, high: null });

/** The front of the psoas: where the push enters it. */
interface Front {
  /** Cells of it, by share of the front's area in each: area against the push, deformed, as a fraction of h². */
  readonly set: CellSet;
  /** Force along the push per deformed area against it, kPa, by cell of the grid; NaN where there is no front. */
  readonly traction: Float64Array;
  /** Over the most pressed window, kPa. */
  readonly pressure: number;
  /** Through all of it, N. */
  readonly force: number;
}

/**
 * The force of the push through the front of the psoas, and where it is densest.
 *
 * With χ the share of the psoas in each cell, ∇χ is large across its surface and points into it. The area that the surface turns against
 * the push when it is pressed is ∫ d·(cof F ∇χ) dV; where that is positive the push enters, and the flow q of the push
 * (mechanics/solution.ts) lets the force ∫ q·∇χ dV through. Both are sums over the same cells, so pressure times area is force.
 */
function psoasFront(press: Press): Front | undefined {
  const { grid, parts } = press.model;
  const psoas = parts.filter(({ structure }) => isPsoas(structure));
  if (psoas.length === 0) return undefined;
  const h = grid.spacing;
  const [nx, ny, nz] = grid.size;
  const count = nx * ny * nz;
  const share = new Float64Array(count);
  for (const { cells, fraction } of psoas)
    for (let n = 0; n < cells.length; n++) share[cells[n]!] = share[cells[n]!]! + fraction[n]!;
  const d = press.placed.direction;
  const { flow, displacement } = press.fields;
  const traction = new Float64Array(count).fill(Number.NaN);
  const cells: number[] = [];
  const fraction: number[] = [];
  let force = 0;
  const strides = [1, nx, nx * ny];
  for (const cell of near(psoas, grid.size)) {
    const place = cellPlace(grid, cell);
    const into = [0, 1, 2].map((axis) => {
      const [low, high] = [place[axis]! > 0, place[axis]! < grid.size[axis]! - 1];
      const before = low ? share[cell - strides[axis]!]! : 0;
      const after = high ? share[cell + strides[axis]!]! : 0;
      return (after - before) / (2 * h);
    });
    if (into[0] === 0 && into[1] === 0 && into[2] === 0) continue;
    const area = againstPush(deformationGradient(grid, displacement, cell), into, d);
    if (!(area > 0)) continue;
    const through = flow[3 * cell]! * into[0]! + flow[3 * cell + 1]! * into[1]! + flow[3 * cell + 2]! * into[2]!;
    force += through * pow(h, 3) * 1e-3;
    traction[cell] = through / area;
    cells.push(cell);
    fraction.push(area * h);
  }
  const set = { cells: Uint32Array.from(cells), fraction: Float32Array.from(fraction) };
  const pressure = windowPeak(grid, set, traction, {
    radius: FRONT_WINDOW,
    least: (Math.PI / 2) * FRONT_WINDOW * FRONT_WINDOW * h,
  });
  return pressure === undefined ? undefined : { set, traction, pressure, force };
}

/** Cells that hold some of the parts, and their neighbours, ascending. */
function near(parts: readonly CellSet[], size: Vec3): number[] {
  const [nx, ny, nz] = size;
  const found = new Set<number>();
  for (const { cells } of parts)
    for (const cell of cells) {
      const [i, j, k] = cellPlace({ size }, cell);
      found.add(cell);
      if (i > 0) found.add(cell - 1);
      if (i < nx - 1) found.add(cell + 1);
      if (j > 0) found.add(cell - nx);
      if (j < ny - 1) found.add(cell + nx);
      if (k > 0) found.add(cell - nx * ny);
      if (k < nz - 1) found.add(cell + nx * ny);
    }
  return [...found].sort((a, b) => a - b);
}

/** Area against the push of a reference surface density, when it is pressed: d·(cof F n). */
function againstPush(F: Float64Array, n: readonly number[], d: readonly number[]): number {
  let area = 0;
  for (let r = 0; r < 3; r++) for (let c = 0; c < 3; c++) area += d[r]! * cofactor(F, r, c) * n[c]!;
  return area;
}

/**
 * What lies between the tool and the pressed front of the psoas and is pressed more than it: the ways go back against the push from
 * every place of the front that gets at least half of its peak, until they leave the body.
 */
function pressedBefore(press: Press, { set, traction, pressure }: Front): Headline['before'] {
  const { grid, parts, fill } = press.model;
  const [dx, dy, dz] = press.placed.direction;
  const step = grid.spacing / 2;
  /** How far before the front each cell on the way lies, mm; 0 where none. */
  const way = new Float64Array(fill.length);
  for (const cell of set.cells) {
    if (!(traction[cell]! >= pressure / 2)) continue;
    const [x, y, z] = cellCentre(grid, cell);
    for (let t = step; ; t += step) {
      const at = cellAt(grid, x - t * dx, y - t * dy, z - t * dz);
      if (at < 0 || !(fill[at]! > 0)) break;
      way[at] = Math.max(way[at]!, t);
    }
  }
  const organs = new Map<string, { structure: string; side: Side; sets: Part[] }>();
  for (const part of parts) {
    if (['bone', 'disc', 'skin'].includes(part.tissue) || isTarget(part.structure)) continue;
    const structure = organOf(part.structure);
    const organ = organs.get(`${structure}/${part.side}`) ?? { structure, side: part.side, sets: [] };
    organ.sets.push(part);
    organs.set(`${structure}/${part.side}`, organ);
  }
  const found = [...organs.values()].flatMap(({ structure, side, sets }) => {
    const on = onTheWay(mergeCells(sets), way);
    const held = on.fraction.reduce((sum, f) => sum + f, 0);
    if (held * pow(grid.spacing, 3) < LEAST_ON_THE_WAY) return [];
    const peak = windowPeak(grid, on, asSeenBy(press, sets).fields.pressure);
    if (peak === undefined || peak <= pressure) return [];
    const depth = on.cells.reduce((sum, cell, n) => sum + way[cell]! * on.fraction[n]!, 0);
    return [{ structure, side, pressure: peak, depth: depth / held }];
  });
  return found
    .sort((a, b) => b.depth - a.depth || (a.structure < b.structure ? -1 : 1))
    .map(({ structure, side, pressure: peak }) => ({ structure, side, pressure: peak }));
}

function onTheWay({ cells, fraction }: CellSet, way: Float64Array): CellSet {
  const kept = [...cells.keys()].filter((n) => way[cells[n]!]! > 0);
  return { cells: Uint32Array.from(kept, (n) => cells[n]!), fraction: Float32Array.from(kept, (n) => fraction[n]!) };
}
