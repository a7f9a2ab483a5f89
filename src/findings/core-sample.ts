import { isPsoas } from '../anatomy/structures.ts';
import { cellAt, type Vec3 } from '../base/grid.ts';
import { along, dot } from '../base/vec.ts';
import type { Press } from '../press/press.ts';
import type { Side } from '../voxel/model.ts';
import { type DeformedBody, deformedBody } from './deformed-body.ts';
import { type OnLine, unranged } from './finding.ts';
import { organOf } from './organ-of.ts';
import { pressureAt } from './pressure-at.ts';

/** A stretch of one organ on the line of the push; from and to in mm along the push, 0 where the skin lay before the press. */
export interface CoreLayer {
  readonly structure: string;
  readonly side: Side;
  readonly colour: readonly [number, number, number];
  readonly from: number;
  readonly to: number;
  /** Mean tissue pressure over the stretch, kPa; 0 at rest. */
  readonly pressure: number;
}

/** What a drill along the push would bring up: before the press, and pressed. */
export interface CoreSample {
  readonly atRest: readonly CoreLayer[];
  readonly pressed: readonly CoreLayer[];
  /** Tissue pressure down the pressed line, kPa. */
  readonly curve: readonly { readonly at: number; readonly kPa: number }[];
  /** Edge of the cells that the pressures come from, mm. */
  readonly cell: number;
  /** Whether the line ends on bone. */
  readonly onBone: boolean;
}

/** How far the line is followed, mm: beyond the front of the spine in large people (skin to aorta 79 mm, evidence V-38, and its width). */
const REACH = 160;
const STEP = 0.5;

/** A run of one organ thinner than this between others is told with the one before it, mm: thinner than the cells it comes from. */
const THINNEST = 2.5;

/** Thickness of the skin before the press where it is thinner than a cell and not in the labels, mm (evidence T-11). */
const SKIN = 2;

/** The place on the pressed skin where the tool is deepest, mm, LPS of the pressed body, and the same point at rest. */
export function deepestContact(press: Press, body: DeformedBody): { place: Vec3; atRest: Vec3 } {
  const { skin } = press.model;
  const { direction, at } = press.placed;
  let best = { place: body.pressed(at), atRest: at };
  let deepest = Number.NEGATIVE_INFINITY;
  for (let t = 0; t < press.fields.contact.length; t++) {
    if (!(press.fields.contact[t]! > 0)) continue;
    const middle = [0, 1, 2].map((d) => {
      const corner = (c: number): number => skin.vertices[3 * skin.triangles[3 * t + c]! + d]!;
      return (corner(0) + corner(1) + corner(2)) / 3;
    });
    const atRest: Vec3 = [middle[0]!, middle[1]!, middle[2]!];
    const place = body.pressed(atRest);

    // how far the skin has been pushed in here, not where it lies: the belly is curved
    const pushed = [0, 1, 2].reduce((sum, d) => sum + (place[d]! - atRest[d]!) * direction[d]!, 0);
    if (pushed > deepest) {
      deepest = pushed;
      best = { place, atRest };
    }
  }
  return best;
}

/** The line from the deepest contact along the push, until the far end of the psoas, or bone, or 160 mm. */
export function coreSample(press: Press): CoreSample {
  const body = deformedBody(press);
  const { place, atRest } = deepestContact(press, body);
  const { direction } = press.placed;
  const zero = dot(atRest, direction);
  const still: DeformedBody = { pressed: (at) => at, atRest: (p) => p };
  const before = walk(press, still, atRest, 0);
  const after = walk(press, body, place, dot(place, direction) - zero);
  return {
    atRest: before.layers,
    pressed: after.layers,
    curve: after.curve,
    cell: press.model.grid.spacing,
    onBone: after.onBone,
  };
}

/** What lies on the pressed line, from the skin inwards, each organ once. */
export function organsOnLine({ atRest, pressed }: Pick<CoreSample, 'atRest' | 'pressed'>): OnLine[] {
  const mm = (layers: readonly CoreLayer[]): number => layers.reduce((sum, { from, to }) => sum + to - from, 0);
  return [...new Set(pressed.map(({ structure }) => structure))].map((structure) => {
    const [before, now] = [atRest, pressed].map((layers) => layers.filter((l) => l.structure === structure));
    const thickness = mm(now!);
    const load = now!.reduce((sum, { from, to, pressure }) => sum + pressure * (to - from), 0);
    return {
      structure,
      atRest: mm(before!),
      thickness: unranged(thickness),
      pressure: unranged(load / thickness),
    };
  });
}

interface Open {
  structure: string;
  side: Side;
  colour: readonly [number, number, number];
  from: number;
  to: number;
  sum: number;
}

function walk(press: Press, body: DeformedBody, start: Vec3, offset: number) {
  const { fine } = press.model;
  const { direction } = press.placed;
  const layers: Open[] = [];
  const curve: { at: number; kPa: number }[] = [];
  let near: Vec3 | undefined;
  let onBone = false;
  for (let s = STEP / 2; s < REACH; s += STEP) {
    const place = along(start, s, direction);
    near = body.atRest(place, near);
    const cell = cellAt(fine.grid, near[0], near[1], near[2]);
    const label = cell === -1 ? 0 : fine.labels[cell]!;
    if (label === 0) {
      if (layers.length > 0) break;
      continue;
    }
    const row = fine.table[label]!;
    if (row.tissue === 'bone') {
      onBone = true;
      break;
    }
    const structure = organOf(row.structure);
    const side = structure === row.structure ? row.side : 'midline';
    const last = layers.at(-1);
    if (last !== undefined && isPsoas(last.structure) && !isPsoas(structure)) break;
    const kPa = pressureAt(press, near);
    curve.push({ at: offset + s, kPa });
    if (last?.structure === structure && last.side === side) {
      last.to = offset + s + STEP / 2;
      last.sum += kPa;
    } else {
      const from = last?.to ?? offset;
      layers.push({ structure, side, colour: row.colour, from, to: offset + s + STEP / 2, sum: kPa });
    }
  }
  return { layers: merged(withSkin(layers, press)).map(closed), curve, onBone };
}

const closed = ({ sum, ...layer }: Open): CoreLayer => ({
  ...layer,
  pressure: (sum * STEP) / (layer.to - layer.from),
});

/** Skin is always met first; where the labels are too coarse to hold it, it takes its share of what comes first. */
function withSkin(layers: readonly Open[], press: Press): Open[] {
  const first = layers[0];
  const row = press.model.fine.table.find((r) => r.tissue === 'skin');
  if (first === undefined || row === undefined || first.structure === 'skin') return [...layers];
  const thickness = Math.min(SKIN, (first.to - first.from) / 2);
  const share = thickness / (first.to - first.from);
  const to = first.from + thickness;
  const skin: Open = { ...first, structure: 'skin', side: 'midline', colour: row.colour, to, sum: first.sum * share };
  return [skin, { ...first, from: to, sum: first.sum * (1 - share) }, ...layers.slice(1)];
}

/** Thin runs told with the one before them; then neighbours of one organ joined. */
function merged(layers: readonly Open[]): Open[] {
  const out: Open[] = [];
  for (const layer of layers) {
    const last = out.at(-1);
    const thin = layer.to - layer.from < THINNEST && layer.structure !== 'skin' && !isPsoas(layer.structure);
    if (
      last !== undefined &&
      last.structure !== 'skin' &&
      (thin || (last.structure === layer.structure && last.side === layer.side))
    ) {
      last.to = layer.to;
      last.sum += layer.sum;
    } else out.push({ ...layer });
  }
  return out;
}
