import { describe, expect, it } from 'vitest';
import { inEnglish } from '../messages/say.ts';
import type { Press } from '../press/press.ts';
import { PRESSURE_COLOURS } from '../words/pressure-scale.ts';
import { skinMap } from './skin-map.ts';
import { syntheticPress } from './synthetic-press.test-data.ts';

const press = syntheticPress();
const map = skinMap(inEnglish, press).markup;

/** Points of all pieces of one band, mm. */
function pointsOf(svg: string, band: number): number[][] {
  const colour = `rgb(${PRESSURE_COLOURS[band]!.join(',')})`;
  const path = new RegExp(`<path d="([^"]*)" fill="${colour.replace(/[()]/g, '\\$&')}"`).exec(svg)?.[1] ?? '';
  return [...path.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
}

describe('the map of pressure on the skin', () => {
  it('has each band where its pressure is: the made-up press falls from 90 kPa in the middle to 0 at 30 mm', () => {
    const { at } = press.placed;
    const middle = [at[0], -at[2]];
    const far = (band: number): number[] =>
      pointsOf(map, band).map(([x, y]) => Math.hypot(x! - middle[0]!, y! - middle[1]!));
    // 64 to 90 kPa within 16 mm, 16 to 32 kPa between 24 and 27 mm; triangles of the skin are some millimetres wide
    expect(Math.max(...far(7))).toBeLessThan(16 + 6);
    expect(Math.max(...far(7))).toBeGreaterThan(10);
    expect(Math.min(...far(5))).toBeGreaterThan(10);
    expect(Math.max(...far(5))).toBeLessThan(29 + 6);
    expect(far(8)).toEqual([]);
  });

  it('shows the person’s left on the right, the head up, a scale, and says what it shows', () => {
    const at = (words: string): number => Number(new RegExp(`<text x="(-?[\\d.]+)"[^>]*>${words}<`).exec(map)![1]);
    expect(at('right side')).toBeLessThan(at('left side'));
    expect(map).toMatch(/h20"/);
    expect(map).toMatch(/aria-label="Map of the pressure on the skin.*gets \d+ kPa; the tool touches [\d.]+ cm²\."/);
    const pushed = { ...press, placed: { ...press.placed, direction: [-1, 0, 0] as const } } satisfies Press;
    // pushed from the left, somebody looks at the left side: the front is to the left of the picture
    const side = skinMap(inEnglish, pushed).markup;
    expect(side).toMatch(/towards the (front|back)/);
    expect(side).not.toMatch(/left side/);
  });

  it('is nothing where nothing touches', () => {
    const contact = new Float32Array(press.fields.contact.length);
    expect(skinMap(inEnglish, { ...press, fields: { ...press.fields, contact } }).markup).toBe('');
  });
});
