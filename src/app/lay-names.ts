import { spread } from '../base/spread.ts';
import { inTwoLines } from '../base/text.ts';

/** A name with a line to what it names, CSS pixels. */
export interface Callout {
  /** One or two lines. */
  readonly lines: readonly string[];
  /** Where the line to it begins: beside the middle of its first line of words. */
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly side: 'left' | 'right';
}

export interface Box {
  readonly width: number;
  readonly height: number;
}

export interface Room {
  /** How far a name may stand from what it names. */
  readonly reach: number;
  /** Width of words. */
  readonly wide: (words: string) => number;
  /** Height of a line of words. */
  readonly line: number;
  /** What is kept free at the edges of the box. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Between a name and the line to it. */
export const GAP = 6;
/** Between two names, in lines. */
const APART = 0.45;

/** What is to be named, the most important first. */
interface Point {
  readonly words: string;
  readonly at: { readonly x: number; readonly y: number };
  /** Where its name has to stand; undefined where that does not matter. */
  readonly side: 'left' | 'right' | undefined;
}

/** A name on a side of the picture. */
interface Placed {
  readonly point: Point;
  readonly side: 'left' | 'right';
}

/**
 * Each name stands out to its own side of the picture, none on another, none beyond the box, and no line crosses another or runs over a
 * name. Names change their order and their sides for that; what cannot be shown so is left out, the least important first.
 */
export function layNames(points: readonly Point[], box: Box, room: Room): Callout[] {
  let shown = [...points];
  for (;;) {
    const { names, laid, conflicts } = arranged(shown, box, room);
    const worst = Math.max(...conflicts.flat().map((n) => shown.indexOf(laid[n]!.point)));
    if (conflicts.length === 0) return names;
    shown = shown.filter((_, n) => n !== worst);
  }
}

interface Laid {
  readonly laid: readonly Placed[];
  readonly names: readonly Callout[];
  /** Names that are in each other's way, as pairs of places; a pair of one is out of the box. */
  readonly conflicts: readonly (readonly [number, number])[];
}

/** The best order and sides that swapping finds. */
function arranged(points: readonly Point[], box: Box, room: Room): Laid & { readonly names: Callout[] } {
  const first = points
    .map((point): Placed => ({ point, side: point.side ?? (point.at.x < box.width / 2 ? 'left' : 'right') }))
    .sort((a, b) => a.point.at.y - b.point.at.y);
  let best = lay(first, box, room);
  for (let better = true; better && best.conflicts.length > 0; ) {
    better = false;
    for (const [a, b] of best.conflicts) {
      const tried = [swapped(best.laid, a, b), turned(best.laid, a), turned(best.laid, b)]
        .filter((laid) => laid !== undefined)
        .map((laid) => lay(laid, box, room));
      const next = tried.find(({ conflicts }) => conflicts.length < best.conflicts.length);
      if (next === undefined) continue;
      best = next;
      better = true;
      break;
    }
  }
  return { ...best, names: [...best.names] };
}

function swapped(laid: readonly Placed[], a: number, b: number): Placed[] | undefined {
  if (a === b || laid[a]!.side !== laid[b]!.side) return undefined;
  const out = [...laid];
  [out[a], out[b]] = [laid[b]!, laid[a]!];
  return out;
}

const turned = (laid: readonly Placed[], n: number): Placed[] | undefined =>
  laid[n]!.point.side !== undefined
    ? undefined
    : laid.map((one, k) => (k === n ? { ...one, side: one.side === 'left' ? 'right' : 'left' } : one));

/** Names in a given order, each as near to what it names as the others on its side let it be. */
function lay(laid: readonly Placed[], box: Box, room: Room): Laid {
  const inner = box.width - room.left - room.right - 2 * GAP;
  const names: Callout[] = [];
  for (const side of ['left', 'right'] as const) {
    const mine = laid.flatMap((one, n) => (one.side === side ? [{ ...one.point, n }] : []));
    const lines = mine.map(({ words }) => inTwoLines(words, Math.min(0.3 * box.width, inner), room.wide));
    const heights = lines.map((words) => room.line * (words.length + APART));
    // the y of a name is the middle of its first line; the space below the last one may stand out
    const first = room.line / 2;
    // spread wants an order from above: a name that has changed its place is wanted where its neighbours let it be
    let lowest = Number.NEGATIVE_INFINITY;
    const wanted = mine.map(({ at }, n) => {
      lowest = Math.max(lowest, at.y - 1.25 * room.line - first + heights[n]! / 2);
      return lowest;
    });
    const middles = spread(wanted, heights, room.top - first, box.height - room.bottom + APART * room.line);
    for (const [k, { at, n }] of mine.entries()) {
      const wide = Math.max(...lines[k]!.map(room.wide)) + GAP;
      const x =
        side === 'left'
          ? Math.max(at.x - room.reach, room.left + wide)
          : Math.min(at.x + room.reach, box.width - room.right - wide);
      names[n] = { lines: lines[k]!, from: [x, middles[k]! - heights[k]! / 2 + first], to: [at.x, at.y], side };
    }
  }
  return { laid, names, conflicts: conflictsOf(names, box, room) };
}

interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where the words of a name stand. */
function frameOf({ lines, from, side }: Callout, { wide, line }: Pick<Room, 'wide' | 'line'>): Frame {
  const width = Math.max(...lines.map(wide));
  const left = side === 'left' ? from[0] - GAP - width : from[0] + GAP;
  const top = from[1] - line / 2;
  return { left, right: left + width, top, bottom: top + line * lines.length };
}

/** Less than this is no overlap, CSS pixels. */
const TOUCH = 0.5;

function conflictsOf(names: readonly Callout[], box: Box, room: Room): [number, number][] {
  const frames = names.map((name) => frameOf(name, room));
  const out: [number, number][] = [];
  for (const [a, f] of frames.entries()) {
    const { left, right, top, bottom } = room;
    const beyond =
      f.left < left - TOUCH ||
      f.right > box.width - right + TOUCH ||
      f.top < top - room.line / 2 - TOUCH ||
      f.bottom > box.height - bottom + room.line / 2 + TOUCH;
    if (beyond) out.push([a, a]);
    for (let b = a + 1; b < names.length; b++)
      if (
        overlap(f, frames[b]!) ||
        crossing(names[a]!, names[b]!) ||
        runsOver(names[a]!, frames[b]!) ||
        runsOver(names[b]!, f)
      )
        out.push([a, b]);
  }
  return out;
}

const overlap = (a: Frame, b: Frame): boolean =>
  a.left < b.right - TOUCH && b.left < a.right - TOUCH && a.top < b.bottom - TOUCH && b.top < a.bottom - TOUCH;

type Spot = readonly [number, number];

/** Twice the area of a triangle: which side of a line a place is on. */
const turn = (a: Spot, b: Spot, c: Spot): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

const meet = (a: Spot, b: Spot, c: Spot, d: Spot): boolean =>
  turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;

/** Whether the lines to two names cross. */
const crossing = (a: Pick<Callout, 'from' | 'to'>, b: Pick<Callout, 'from' | 'to'>): boolean =>
  meet(a.from, a.to, b.from, b.to);

/** Whether the line to a name runs over where another one stands. */
function runsOver({ from, to }: Pick<Callout, 'from' | 'to'>, { left, right, top, bottom }: Frame): boolean {
  const inside = to[0] > left && to[0] < right && to[1] > top && to[1] < bottom;
  return inside || meet(from, to, [left, top], [right, bottom]) || meet(from, to, [left, bottom], [right, top]);
}
