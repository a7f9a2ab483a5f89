import { describe, expect, it } from 'vitest';
import { nodeCount } from '../base/grid.ts';
import type { Press } from '../press/press.ts';
import { headlineOf } from './headline.ts';
import { madeUpPress } from './made-up-press.test-data.ts';

/** Fronts of both muscles in the made-up block: 30 mm wide and 180 mm high, at y = 90. */
const FRONT = 2 * 30 * 180;

/** Each point of a press moved to where `to` puts it. */
function moved(press: Press, to: (x: number, y: number, z: number) => readonly number[]): Press {
  const { grid } = press.model;
  const [nx, ny] = grid.size;
  const displacement = Float32Array.from({ length: 3 * nodeCount(grid) }, (_, n) => {
    const node = Math.floor(n / 3);
    const place = [node % (nx + 1), Math.floor(node / (nx + 1)) % (ny + 1), Math.floor(node / ((nx + 1) * (ny + 1)))];
    const at = place.map((i, axis) => grid.origin[axis]! + i * grid.spacing) as [number, number, number];
    return to(...at)[n % 3]! - at[n % 3]!;
  });
  return { ...press, fields: { ...press.fields, displacement } };
}

describe('the front of the psoas', () => {
  it('lets the force of an even push through, as pressure times its area', () => {
    const { psoasFrontPressure, psoasFrontForce } = headlineOf(madeUpPress({ flow: () => [0, 5, 0] }));
    expect(psoasFrontPressure).toEqual({ value: expect.closeTo(5, 5), low: null, high: null });
    expect(psoasFrontForce.value).toBeCloseTo(5e-3 * FRONT, 3);
  });

  it('counts what goes along the push only, where the push enters only', () => {
    // what presses it from the side is no push towards it, and what goes out at the back went in before
    const side = headlineOf(madeUpPress({ flow: () => [5, 0, 3] }));
    expect(side.psoasFrontForce.value).toBeCloseTo(0, 6);
    const back = headlineOf(madeUpPress({ flow: (_x, y) => [0, y > 110 ? 100 : 2, 0] }));
    expect(back.psoasFrontForce.value).toBeCloseTo(2e-3 * FRONT, 3);
  });

  it('is pressed where the push is densest, over a window of 20 mm, not over all of it', () => {
    const peak = headlineOf(madeUpPress({ flow: (x, _y, z) => [0, x > 0 && Math.abs(z - 100) < 35 ? 12 : 1, 0] }));
    expect(peak.psoasFrontPressure.value).toBeCloseTo(12, 4);
    expect(peak.psoasFrontForce.value).toBeCloseTo(1e-3 * (FRONT + 11 * 30 * 60), 3);
  });

  it('has the area that it has when it is pressed', () => {
    const press = madeUpPress({ flow: () => [0, 5, 0] });
    const wider = headlineOf(moved(press, (x, y, z) => [1.2 * x, 0.7 * y, 1.1 * z]));
    expect(wider.psoasFrontPressure.value).toBeCloseTo(5 / (1.2 * 1.1), 4);
    expect(wider.psoasFrontForce.value).toBeCloseTo(5e-3 * FRONT, 3);
    // turned about the axis to the head and pressed from all sides: a fluid's pressure is the same whatever faces it
    const [cos, sin] = [Math.cos(0.5), Math.sin(0.5)];
    const turned = headlineOf(
      moved(madeUpPress({ flow: () => [5 * sin, 5 * cos, 0] }), (x, y, z) => [cos * x - sin * y, sin * x + cos * y, z]),
    );
    expect(turned.psoasFrontPressure.value).toBeCloseTo(5, 4);
    // front and one side face the push now
    const turnedForce = 5e-3 * (cos * FRONT + sin * 2 * 40 * 180);
    expect(Math.abs(turned.psoasFrontForce.value! / turnedForce - 1)).toBeLessThan(0.12);
  });

  it('is unknown without a psoas, and without a step', () => {
    const press = madeUpPress();
    const parts = press.model.parts.filter(({ structure }) => structure !== 'psoas_major');
    const nothing = { value: null, low: null, high: null };
    const without = headlineOf({ ...press, model: { ...press.model, parts } });
    expect([without.psoasFrontPressure, without.psoasFrontForce, without.before]).toEqual([nothing, nothing, []]);
    expect(without.skinPressure.value).toBe(61.5);
    const before = headlineOf({ ...press, steps: [] });
    expect([before.skinPressure, before.psoasFrontPressure, before.supports]).toEqual([nothing, nothing, []]);
  });
});

describe('where the push ends', () => {
  const at = (supportForce: number): Press => {
    const press = madeUpPress();
    return { ...press, steps: press.steps.map((step) => ({ ...step, supportForce })) };
  };

  it('is in the bones, and in the rest of the body where they do not hold it all', () => {
    const bones = [
      { bone: 'vertebra_l3', force: 150 },
      { bone: 'hip_bone', force: 50 },
    ];
    expect(headlineOf(at(200.5)).supports).toEqual(bones);
    expect(headlineOf(at(280)).supports).toEqual([bones[0], { bone: 'rest_of_body', force: 80 }, bones[1]]);
  });
});

describe('what is pressed before it', () => {
  const sheet = (y: number): number => (y < 20 ? 3 : y < 30 ? 25 : y < 70 ? 8 : 4);

  it('is what lies on the way and gets more than the psoas, from the skin inwards', () => {
    const { before } = headlineOf(madeUpPress({ flow: () => [0, 5, 0], pressure: (_x, y) => sheet(y) }));
    expect(before.map(({ structure }) => structure)).toEqual([
      'abdominal_wall',
      'abdominal_wall',
      'small_intestine',
      'visceral_fat',
    ]);
    expect(before[2]!.pressure).toBeCloseTo(8, 1);
    // nothing there that gets less than the psoas, and nothing that is not on the way
    const harder = headlineOf(madeUpPress({ flow: () => [0, 9, 0], pressure: (_x, y) => sheet(y) }));
    expect(harder.before.map(({ structure }) => structure)).toEqual(['abdominal_wall', 'abdominal_wall']);
    const beside = headlineOf(madeUpPress({ flow: () => [0, 5, 0], pressure: (x, y) => (x < -65 ? 50 : sheet(y)) }));
    expect(beside.before).toEqual(before);
  });

  it('belongs to the pressed side', () => {
    const left = headlineOf(madeUpPress({ flow: (x) => [0, x > 0 ? 5 : 1, 0], pressure: (_x, y) => sheet(y) }));
    expect(left.before.map(({ structure, side }) => `${structure} ${side}`)).toEqual([
      'abdominal_wall left',
      'small_intestine midline',
      'visceral_fat midline',
    ]);
  });
});
