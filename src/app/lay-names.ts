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
    lines: broken(words, Math.min(0.3 * box.width, inner), room.wide),
    at,
    side: side ?? (at.x < box.width / 2 ? ('left' as const) : ('right' as const)),
  }));
  return (['left', 'right'] as const).flatMap((side) => {
    const mine = found.filter((f) => f.side === side).sort((a, b) => a.at.y - b.at.y);
    const heights = mine.map(({ lines }) => room.line * (lines.length + APART));
    const ys = spread(
      mine.map(({ at }) => at.y - 1.25 * room.line),
      heights,
      room.top,
      // the y of a name is the middle of its first line
      box.height - room.bottom + (APART + 0.5) * room.line,
    );
    return mine.map(({ lines, at }, n): Callout => {
      const wide = Math.max(...lines.map(room.wide)) + GAP;
      const x =
        side === 'left'
          ? Math.max(at.x - room.reach, room.left + wide)
          : Math.min(at.x + room.reach, box.width - room.right - wide);
      return { lines, from: [x, ys[n]!], to: [at.x, at.y], side };
    });
  });
}

/** Where things of these heights begin, in their order, near where they want to, between top and end. */
function spread(wanted: readonly number[], heights: readonly number[], top: number, end: number): number[] {
  const out: number[] = [];
  let free = top;
  for (const [n, want] of wanted.entries()) {
    out.push(Math.max(want, free));
    free = out[n]! + heights[n]!;
  }
  let last = end;
  for (let n = out.length - 1; n >= 0; n--) {
    out[n] = Math.max(top, Math.min(out[n]!, last - heights[n]!));
    last = out[n]!;
  }
  return out;
}

/** A name that is too wide in two lines of about the same width. */
function broken(words: string, most: number, wide: (words: string) => number): string[] {
  if (wide(words) <= most) return [words];
  const halves = [...words.matchAll(/ /g)].map(({ index }) => [words.slice(0, index), words.slice(index + 1)]);
  const width = (lines: readonly string[]): number => Math.max(...lines.map(wide));
  return halves.sort((a, b) => width(a) - width(b))[0] ?? [words];
}
