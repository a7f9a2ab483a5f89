import { norm } from '../base/elementary.ts';
import { cellAt, cellCentre, cellCount, cellPlace, type Vec3 } from '../base/grid.ts';
import { along, minus, pointAt, unit } from '../base/vec.ts';
import type { Press } from '../press/press.ts';
import type { Side, Tissue } from '../voxel/model.ts';
import { deformedBody } from './deformed-body.ts';
import { organOf } from './organ-of.ts';

/** How near the tool comes to something that is not to be met. */
export interface Clearance {
  readonly structure: string;
  readonly side: Side;
  /** From the tool at first touch, through the body at rest, mm. */
  readonly atRest: number;
  /** From the tool where the push ends, through the pressed body, mm. */
  readonly pressed: number;
  /** What lies between them when pressed, from the tool inwards; what is missing to `pressed` is air, where the tool does not touch. */
  readonly between: readonly { readonly structure: string; readonly thickness: number }[];
}

/** What is asked about: vessels and bones as they are drawn, nerves and ureters by their usual course. */
const ASKED: readonly Tissue[] = ['artery', 'vein', 'bone'];

/** How near something must be for what lies between to be told, mm. */
const TOLD = 60;

/** Steps along the way between, mm, and the layer that is too thin to be told. */
const STEP = 0.5;
const THINNEST = 0.75;

/**
 * What is left between the tool and each vessel, bone, nerve and ureter, nearest first.
 *
 * Vessels and bones are the surface of their labels, so a figure is as fine as those (about 2 mm); nerves and ureters are the middle of the
 * strip in which people have them. Distances are the tool's own signed distance.
 */
export function clearances(press: Press): Clearance[] {
  const last = press.steps.at(-1);
  if (last === undefined) return [];
  const { distance } = press.placed;
  const body = deformedBody(press);
  const reach = last.depth + furthestMove(press);
  const found = [...surfacePoints(press), ...courses(press)].map(({ structure, side, points, inner }) => {
    let [atRest, pressed] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    let nearest: Vec3 = [0, 0, 0];
    let [known, from]: [number, Vec3] = [Number.NEGATIVE_INFINITY, nearest];
    for (const point of points) {
      // no point is nearer than its distance from one whose distance is known leaves it
      const least = known - norm(minus(point, from));
      if (least >= atRest && least - reach >= pressed) continue;
      const before = distance(...point, 0);
      [known, from] = [before, point];
      atRest = Math.min(atRest, before);
      // the tool has come nearer by no more than the push and the point by no more than it has moved
      if (before - reach >= pressed) continue;
      const place = body.pressed(point);
      const d = distance(...place, last.depth);
      if (d >= pressed) continue;
      pressed = d;
      nearest = place;
    }
    return {
      structure,
      side,
      atRest: Math.max(0, atRest - inner),
      pressed: Math.max(0, pressed - inner),
      between: pressed - inner <= TOLD ? between(press, nearest, last.depth, structure) : [],
    };
  });
  return found
    .filter(({ pressed }) => Number.isFinite(pressed))
    .sort((a, b) => a.pressed - b.pressed || (a.structure < b.structure ? -1 : 1));
}

/** The longest displacement of any point, mm. */
function furthestMove({ fields }: Press): number {
  let most = 0;
  for (const { displacement } of [fields, ...(fields.contents === undefined ? [] : [fields.contents])])
    for (let n = 0; n < displacement.length; n += 3) {
      const [x, y, z] = pointAt(displacement, n);
      most = Math.max(most, x * x + y * y + z * z);
    }
  return Math.sqrt(most);
}

interface Cloud {
  readonly structure: string;
  readonly side: Side;
  readonly points: readonly Vec3[];
  /** How far the points lie inside the structure's surface, mm. */
  readonly inner: number;
}

/** Middles of the labelled cells on the surfaces of vessels and bones. */
function surfacePoints({ model: { fine } }: Press): Cloud[] {
  const { grid, labels, table } = fine;
  const [nx, ny, nz] = grid.size;
  const asked = table.map((row, label) => label > 0 && ASKED.includes(row.tissue));
  const clouds = table.map((row): Cloud & { points: Vec3[] } => ({ ...row, points: [], inner: grid.spacing / 2 }));
  for (let cell = 0; cell < cellCount(grid); cell++) {
    const label = labels[cell]!;
    if (asked[label] !== true) continue;
    const [i, j, k] = cellPlace(grid, cell);
    const inside =
      i > 0 &&
      labels[cell - 1] === label &&
      i < nx - 1 &&
      labels[cell + 1] === label &&
      j > 0 &&
      labels[cell - nx] === label &&
      j < ny - 1 &&
      labels[cell + nx] === label &&
      k > 0 &&
      labels[cell - nx * ny] === label &&
      k < nz - 1 &&
      labels[cell + nx * ny] === label;
    if (!inside) clouds[label]!.points.push(cellCentre(grid, cell));
  }
  return clouds.filter((cloud) => cloud.points.length > 0);
}

function courses({ model: { corridors } }: Press): Cloud[] {
  return corridors.map(({ structure, side, points }) => ({
    structure,
    side,
    points: Array.from({ length: points.length / 3 }, (_, n) => pointAt(points, 3 * n)),
    inner: 0,
  }));
}

/** The tissues on the shortest way from the tool to a place in the pressed body, from the tool inwards. */
function between(press: Press, from: Vec3, depth: number, itself: string): { structure: string; thickness: number }[] {
  const { placed, model } = press;
  const { grid, labels, table } = model.fine;
  const body = deformedBody(press);
  const at = (p: Vec3): number => placed.distance(...p, depth);
  const slope = (axis: 0 | 1 | 2): number => {
    const step: [number, number, number] = [0, 0, 0];
    step[axis] = STEP;
    return at(along(from, 1, step)) - at(along(from, -1, step));
  };
  const towards = unit([-slope(0), -slope(1), -slope(2)]);
  const layers = new Map<string, number>();
  let near = from;
  for (let s = STEP / 2, end = at(from); s < end; s += STEP) {
    const place = along(from, s, towards);
    if (at(place) <= 0) break;
    near = body.atRest(place, s === STEP / 2 ? undefined : near);
    const cell = cellAt(grid, ...near);
    const label = cell < 0 ? 0 : labels[cell]!;
    if (label === 0) continue;
    const structure = organOf(table[label]!.structure);
    if (structure !== organOf(itself)) layers.set(structure, (layers.get(structure) ?? 0) + STEP);
  }
  return [...layers]
    .filter(([, thickness]) => thickness >= THINNEST)
    .map(([structure, thickness]) => ({ structure, thickness }))
    .reverse();
}
