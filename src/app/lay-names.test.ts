import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GAP, layNames } from './lay-names.ts';

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
          expect(names.length).toBe(points.length);
          const boxes = names.map(({ lines, from, side }) => {
            const w = Math.max(...lines.map(wide));
            const x = side === 'left' ? from[0] - GAP - w : from[0] + GAP;
            return { side, x, w, y: from[1] - line / 2, h: line * lines.length };
          });
          for (const b of boxes) {
            // the widest half of the longest name fits on half of the smallest phone only in small letters
            if (b.w + 2 * GAP + room.left + room.right > width) continue;
            expect(b.x).toBeGreaterThanOrEqual(room.left - 1e-6);
            expect(b.x + b.w).toBeLessThanOrEqual(width - room.right + 1e-6);
            expect(b.y).toBeGreaterThanOrEqual(room.top - line / 2 - 1e-6);
          }
          for (const side of ['left', 'right']) {
            const mine = boxes.filter((b) => b.side === side);
            const needed = mine.reduce((sum, b) => sum + b.h + 0.45 * line, 0);
            if (needed > height - room.top - room.bottom) continue;
            for (const [n, b] of mine.entries()) {
              expect(b.y + b.h).toBeLessThanOrEqual(height - room.bottom + 1e-6);
              if (n > 0) expect(b.y).toBeGreaterThanOrEqual(mine[n - 1]!.y + mine[n - 1]!.h - 1e-6);
            }
          }
        },
      ),
      { numRuns: 2000 },
    );
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
