import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Callout, GAP, layNames } from './lay-names.ts';

const LABELS = [
  'psoas',
  'small bowel',
  'large bowel',
  'genitofemoral nerve',
  'spine',
  'iliacus',
  'its beginning',
  'vena cava',
];

/** Where the words of a name stand. */
const frameOf = ({ lines, from, side }: Callout, room: { wide: (t: string) => number; line: number }) => {
  const width = Math.max(...lines.map(room.wide));
  const left = side === 'left' ? from[0] - GAP - width : from[0] + GAP;
  const top = from[1] - room.line / 2;
  return { left, right: left + width, top, bottom: top + room.line * lines.length };
};

/** Places on the line to a name, from the name on. */
const lineOf = ({ from, to }: Callout): [number, number][] =>
  Array.from({ length: 201 }, (_, n) => [
    from[0] + (n / 200) * (to[0] - from[0]),
    from[1] + (n / 200) * (to[1] - from[1]),
  ]);

/** Whether two lines cross between their ends: by solving for the shares of their ways. */
function crossing({ from: a, to: b }: Callout, { from: c, to: d }: Callout): boolean {
  const [ux, uy, vx, vy] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]];
  const det = ux * vy - uy * vx;
  if (Math.abs(det) < 1e-9) return false;
  const s = ((c[0] - a[0]) * vy - (c[1] - a[1]) * vx) / det;
  const t = ((c[0] - a[0]) * uy - (c[1] - a[1]) * ux) / det;
  return s > 1e-6 && s < 1 - 1e-6 && t > 1e-6 && t < 1 - 1e-6;
}

/** Whether the line to a name runs through where another stands. */
const runsOver = (name: Callout, { left, right, top, bottom }: ReturnType<typeof frameOf>): boolean =>
  lineOf(name).some(([x, y]) => x > left + 1 && x < right - 1 && y > top + 1 && y < bottom - 1);

describe('names beside a picture', () => {
  it('stand inside the box and on no other, at any width from a phone to a wall', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 160, max: 3840, noNaN: true }),
        fc.double({ min: 180, max: 2160, noNaN: true }),
        fc.double({ min: 6, max: 14, noNaN: true }),
        fc.boolean(),
        fc.uniqueArray(fc.constantFrom(...LABELS), { maxLength: 5 }),
        fc.array(
          fc.tuple(fc.double({ min: -0.2, max: 1.2, noNaN: true }), fc.double({ min: -0.2, max: 1.2, noNaN: true })),
          {
            minLength: 5,
            maxLength: 5,
          },
        ),
        (width, height, letter, beside, words, places) => {
          const points = words.map((text, n) => ({
            words: text,
            at: { x: places[n]![0] * width, y: places[n]![1] * height },
            side: undefined,
          }));
          const wide = (text: string): number => letter * text.length;
          const line = 1.4 * letter;
          const room = {
            reach: 0.2 * width,
            wide,
            line,
            left: beside ? 28 : 4,
            right: beside ? 52 : 4,
            top: 40,
            bottom: 12,
          };
          const names = layNames(points, { width, height }, room);
          const boxes = names.map((name) => frameOf(name, room));
          for (const [n, b] of boxes.entries()) {
            expect(b.left).toBeGreaterThanOrEqual(room.left - 1);
            expect(b.right).toBeLessThanOrEqual(width - room.right + 1);
            expect(b.top).toBeGreaterThanOrEqual(room.top - line / 2 - 1);
            expect(b.bottom).toBeLessThanOrEqual(height - room.bottom + line / 2 + 1);
            for (let k = 0; k < n; k++) {
              const c = boxes[k]!;
              const apart = Math.max(b.left - c.right, c.left - b.right, b.top - c.bottom, c.top - b.bottom);
              expect(apart).toBeGreaterThan(-1);
              expect(crossing(names[n]!, names[k]!)).toBe(false);
              expect(runsOver(names[n]!, c) || runsOver(names[k]!, b)).toBe(false);
            }
          }
          // what is left out is less important than something that is in its way
          const shown = points.map(({ words }) => names.some(({ lines }) => lines.join(' ') === words));
          if (points.length > 0 && points.every(({ words }) => wide(words) < 0.4 * (width - 90)))
            expect(shown[0]).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('change their order or side so that no line crosses another, as long as all can be shown', () => {
    const room = { reach: 1000, wide: (t: string) => 8 * t.length, line: 20, left: 4, right: 4, top: 40, bottom: 12 };
    // names begin below these two, and by height alone the line to the farther one would cross that to the nearer
    const points = [
      { words: 'iliacus', at: { x: 300, y: 10 }, side: 'left' as const },
      { words: 'psoas', at: { x: 120, y: 12 }, side: 'left' as const },
      { words: 'spine', at: { x: 310, y: 280 }, side: undefined },
    ];
    const names = layNames(points, { width: 640, height: 600 }, room);
    expect(names.length).toBe(3);
    for (const [n, name] of names.entries())
      for (const other of names.slice(n + 1)) expect(crossing(name, other)).toBe(false);
  });

  it('that cannot all be shown are left out from the least important on', () => {
    const room = { reach: 1000, wide: (t: string) => 8 * t.length, line: 20, left: 4, right: 4, top: 40, bottom: 12 };
    const points = ['psoas', 'iliacus', 'spine', 'aorta', 'caecum', 'vena cava'].map((words) => ({
      words,
      at: { x: 100, y: 60 },
      side: 'left' as const,
    }));
    const names = layNames(points, { width: 400, height: 110 }, room).map(({ lines }) => lines.join(' '));
    expect(names.length).toBeGreaterThan(0);
    expect(names.length).toBeLessThan(6);
    expect(names).toContain('psoas');
    expect(names).not.toContain('vena cava');
  });

  it('keep to what they name where there is room, and break only when too wide', () => {
    const room = { reach: 100, wide: (t: string) => 8 * t.length, line: 20, left: 4, right: 4, top: 20, bottom: 12 };
    const at = { x: 600, y: 400 };
    const [name] = layNames([{ words: 'vena cava', at, side: undefined }], { width: 1000, height: 800 }, room);
    expect(name).toEqual({ lines: ['vena cava'], from: [700, 375], to: [600, 400], side: 'right' });
    const [long] = layNames(
      [{ words: 'genitofemoral nerve', at: { x: 100, y: 400 }, side: 'left' }],
      { width: 300, height: 800 },
      room,
    );
    expect(long!.lines).toEqual(['genitofemoral', 'nerve']);
    expect(long!.from[0]).toBe(4 + GAP + 8 * 13);
  });
});
