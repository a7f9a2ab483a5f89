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

/** Each name stands out to its own side of the picture, none on another and none beyond the box, as long as there is room for all. */
export function layNames(
  points: readonly {
    readonly words: string;
    readonly at: { readonly x: number; readonly y: number };
    readonly side: 'left' | 'right' | undefined;
  }[],
  box: Box,
  room: Room,
): Callout[] {
  const inner = box.width - room.left - room.right - 2 * GAP;
  const found = points.map(({ words, at, side }) => ({
    lines: inTwoLines(words, Math.min(0.3 * box.width, inner), room.wide),
    at,
    side: side ?? (at.x < box.width / 2 ? ('left' as const) : ('right' as const)),
  }));
  return (['left', 'right'] as const).flatMap((side) => {
    const mine = found.filter((f) => f.side === side).sort((a, b) => a.at.y - b.at.y);
    const heights = mine.map(({ lines }) => room.line * (lines.length + APART));
    // the y of a name is the middle of its first line; the space below the last one may stand out
    const first = room.line / 2;
    const middles = spread(
      mine.map(({ at }, n) => at.y - 1.25 * room.line - first + heights[n]! / 2),
      heights,
      room.top - first,
      box.height - room.bottom + APART * room.line,
    );
    return mine.map(({ lines, at }, n): Callout => {
      const wide = Math.max(...lines.map(room.wide)) + GAP;
      const x =
        side === 'left'
          ? Math.max(at.x - room.reach, room.left + wide)
          : Math.min(at.x + room.reach, box.width - room.right - wide);
      return { lines, from: [x, middles[n]! - heights[n]! / 2 + first], to: [at.x, at.y], side };
    });
  });
}
