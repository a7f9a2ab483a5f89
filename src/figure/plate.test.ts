import { describe, expect, it } from 'vitest';
import { type PlatePart, plate } from './plate.ts';

/** A square that faces somebody who looks along +y, 100 mm wide, its middle at x, so far away. */
const square = (x: number, y: number, colour: PlatePart['colour'], as: PlatePart['as'] = 'solid'): PlatePart => ({
  vertices: Float32Array.from([x - 50, y, -50, x + 50, y, -50, x + 50, y, 50, x - 50, y, 50]),
  normals: Float32Array.from([0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0]),
  triangles: Uint32Array.from([0, 1, 2, 0, 2, 3]),
  colour,
  as,
});
// at a metre it sees 400 mm from top to bottom
const eye = { position: [0, -1000, 0], target: [0, 0, 0], up: [0, 0, 1], lens: 22.62 } as const;

/** Fill and box of every path, as shares of the picture from its upper left. */
function pathsOf(svg: string) {
  return [...svg.matchAll(/<path fill="(#\w+)"[^>]* d="([^"]*)"/g)].map(([, fill, d]) => {
    let [x, y] = [0, 0];
    const at: [number, number][] = [];
    for (const [, start, curve] of d!.matchAll(/M([\d ]+)q([^zM]*)z/g)) {
      [x, y] = start!.split(' ').map(Number) as [number, number];
      const steps = [...curve!.matchAll(/-?\d+/g)].map(Number);
      expect(steps.length % 4).toBe(0);
      for (let n = 0; n < steps.length; n += 4) {
        at.push([x + steps[n]!, y + steps[n + 1]!]);
        [x, y] = [x + steps[n + 2]!, y + steps[n + 3]!];
      }
      // closed where it began
      expect([x, y]).toEqual(start!.split(' ').map(Number));
    }
    const side = (d: 0 | 1, pick: (...all: number[]) => number): number => pick(...at.map((p) => p[d])) / 1800;
    return { fill, box: [side(0, Math.min), side(1, Math.min), side(0, Math.max), side(1, Math.max)] };
  });
}

describe('a drawing', () => {
  it('shows a part where the eye sees it, in its own colour', () => {
    const [base] = pathsOf(plate([square(50, 0, [200, 40, 40])], eye));
    // 0 to 100 mm to the right of the middle, of 200
    for (const [n, share] of [0.5, 0.375, 0.75, 0.625].entries()) expect(base!.box[n]).toBeCloseTo(share, 2);
    const [r, g] = [base!.fill!.slice(1, 3), base!.fill!.slice(3, 5)].map((hex) => Number.parseInt(hex, 16));
    expect(r!).toBeGreaterThan(3 * g!);
  });

  it('hides what lies behind something solid, and nothing behind glass', () => {
    const behind = square(0, 100, [40, 40, 200]);
    const front = square(0, 0, [200, 40, 40]);
    const blue = (svg: string): number => pathsOf(svg).filter(({ fill }) => /^#[0-4].[0-4].[5-f]/.test(fill!)).length;
    expect(blue(plate([behind], eye))).toBeGreaterThan(0);
    expect(blue(plate([front, behind], eye))).toBe(0);
    expect(blue(plate([behind, front], eye))).toBe(0);
    expect(blue(plate([{ ...front, as: 'glass' }, behind], eye))).toBeGreaterThan(0);
  });

  it('does not show what turns its back, or is behind the eye', () => {
    const away = { ...square(0, 0, [200, 40, 40]), triangles: Uint32Array.from([0, 2, 1, 0, 3, 2]) };
    expect(pathsOf(plate([away], eye))).toEqual([]);
    expect(pathsOf(plate([square(0, -1200, [200, 40, 40])], eye))).toEqual([]);
  });

  // the second is farther, and so a little nearer to the middle
  it('draws a ghost as one outline around all of them', () => {
    const paths = pathsOf(plate([square(-20, 0, [1, 1, 1], 'ghost'), square(20, 50, [9, 9, 9], 'ghost')], eye));
    expect(paths).toHaveLength(1);
    for (const [n, share] of [0.325, 0.375, 0.667, 0.625].entries()) expect(paths[0]!.box[n]).toBeCloseTo(share, 2);
  });

  it('is the same drawing each time, and has no letter of text in it', () => {
    const drawn = (): string => plate([square(0, 0, [200, 40, 40]), square(30, 40, [10, 90, 40])], eye);
    expect(drawn()).toBe(drawn());
    expect(drawn()).not.toMatch(/<text|<style|style=/);
  });
});
