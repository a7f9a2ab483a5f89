import { describe, expect, it } from 'vitest';
import { InputError } from '../base/errors.ts';
import { cellCount, nodeCount, type Vec3 } from '../base/grid.ts';
import { asSeenBy, drawnPressure } from '../press/as-seen-by.ts';
import type { ContentsFields, Press } from '../press/press.ts';
import { problemOf } from '../press/problem-of.ts';
import { assess } from './assess.ts';
import { deformedBody } from './deformed-body.ts';
import { MODELS, madeUpPress } from './made-up-press.test-data.ts';
import { pressureAt } from './pressure-at.ts';

const model = MODELS.get(10)!;
const { grid } = model;
/** The small bowel's room, y 30 to 70 mm, is the contents'; points where they meet lie before it and behind it. */
const isInside = (c: number): boolean => {
  const [i, j, k] = [c % 30, Math.floor(c / 30) % 14, Math.floor(c / 420)];
  return i >= 9 && i < 21 && j >= 3 && j < 7 && k >= 4 && k < 16;
};
const share = Float32Array.from({ length: cellCount(grid) }, (_, c) => (isInside(c) ? 1 : 0));

function sliding(slips: readonly number[], tied: readonly number[] = slips.map(() => 0)): Press {
  const press = madeUpPress({ pressure: () => 5, at: [0, 100] });
  const { fields } = press;
  const points = Float64Array.from(slips.flatMap((_, n) => [-40 + 2 * n, 30, 100]));
  const contents: ContentsFields = {
    ...fields,
    pressure: fields.pressure.map(() => 11),
    displacement: Float32Array.from({ length: 3 * nodeCount(grid) }, (_, n) => (n % 3 === 0 ? 12 : 0)),
    share,
    surface: {
      points,
      areas: new Float64Array(slips.length).fill(100),
      normals: Float64Array.from(slips.flatMap(() => [0, -1, 0])),
      tied: Uint8Array.from(tied),
      slip: Float32Array.from(slips),
    },
  };
  const labels = new Uint8Array(cellCount(grid)).map((_, c) => (isInside(c) ? 1 : 0));
  const none = { structure: '', side: 'midline', tissue: 'fat_visceral', colour: [0, 0, 0] } as const;
  const table = [none, { ...none, structure: 'small_intestine', tissue: 'bowel' } as const];
  return { ...press, model: { ...model, fine: { grid, labels, table } }, fields: { ...fields, contents } };
}

const valueIn = (press: Press, structure: string, quantity: string): number | null | undefined =>
  assess(press).findings.find((f) => f.structure === structure && f.quantity === quantity)?.value;

describe('findings of a press whose contents slide', () => {
  it('bowel is read from the contents, what holds it from the rest', () => {
    const press = sliding([4]);
    expect(valueIn(press, 'small_intestine', 'tissue-pressure')).toBeCloseTo(11, 5);
    for (const held of ['psoas_major', 'abdominal_aorta', 'abdominal_wall'])
      expect(valueIn(press, held, 'tissue-pressure')).toBeCloseTo(5, 5);
    // made from the same fields once
    const bowel = model.parts.filter(({ structure }) => structure === 'small_intestine');
    expect(asSeenBy(press, bowel)).toBe(asSeenBy(press, bowel));
    const plain = madeUpPress();
    expect(asSeenBy(plain, bowel)).toBe(plain);
  });

  it('a slide is what nearly all of the free surface near the tool stays below; nothing is said where nothing slides', () => {
    const press = sliding(Array.from({ length: 40 }, (_, n) => n / 4));
    const slide = assess(press).findings.find((f) => f.quantity === 'slide')!;
    expect(slide).toMatchObject({ structure: 'small_intestine', unit: 'mm', band: 'no-published-level', low: null });
    expect(slide.value).toBe(37 / 4);
    // what is tied counts for nothing
    expect(valueIn(sliding([3, 99], [0, 1]), 'small_intestine', 'slide')).toBe(3);
    expect(assess(sliding([3], [1])).findings.some((f) => f.quantity === 'slide')).toBe(false);
    expect(assess(madeUpPress()).findings.some((f) => f.quantity === 'slide')).toBe(false);
  });

  it('far from the tool it is not read', () => {
    const near = sliding(Array.from({ length: 40 }, () => 2));
    const { contents } = near.fields;
    const { surface } = contents!;
    const away = { ...surface, slip: surface.slip.map((_, n) => (n < 20 ? 30 : 2)), points: surface.points.slice() };
    for (let n = 0; n < 20; n++) away.points[3 * n + 2] = 50;
    const fields = { ...near.fields, contents: { ...contents!, surface: away } };
    // 50 mm below the touched skin and 30 behind it is within reach; another 10 is not
    expect(valueIn({ ...near, fields }, 'small_intestine', 'slide')).toBe(30);
    for (let n = 0; n < 20; n++) away.points[3 * n + 2] = 41;
    expect(valueIn({ ...near, fields }, 'small_intestine', 'slide')).toBe(2);
  });

  it('a place is that of the body which is there now', () => {
    const press = sliding([4]);
    const body = deformedBody(press);
    // bowel has gone 12 mm to the left, the rest has stayed
    expect(body.pressed([0, 50, 100])).toEqual([12, 50, 100]);
    expect(body.pressed([0, 100, 100])).toEqual([0, 100, 100]);
    const near = (place: Vec3, at: Vec3): void => {
      for (const [d, x] of body.atRest(place).entries()) expect(x).toBeCloseTo(at[d]!, 1);
    };
    near([12, 50, 100], [0, 50, 100]);
    near([0, 110, 100], [0, 110, 100]);
    // where they overlap it belongs to the bowel that has come there
    near([66, 50, 100], [54, 50, 100]);
    expect(pressureAt(press, [0, 50, 100])).toBeCloseTo(11, 5);
    expect(pressureAt(press, [0, 100, 100])).toBeCloseTo(5, 5);
    expect(drawnPressure(press.fields)[share.indexOf(1)]).toBe(11);
  });

  it('needs something that hangs in the belly', () => {
    const { placed } = madeUpPress();
    const bare = { ...model, fine: { ...model.fine, table: [] } };
    expect(() => problemOf(bare, placed, { slide: true })).toThrow(InputError);
    expect(() => problemOf(bare, placed, { slide: true })).toThrow(/labels of the bowel/);
  });
});
