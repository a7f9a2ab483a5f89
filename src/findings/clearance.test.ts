import { describe, expect, it } from 'vitest';
import { cellCentre, cellCount, nodeCount } from '../base/grid.ts';
import type { Press } from '../press/press.ts';
import type { LabelRow } from '../voxel/model.ts';
import { clearances } from './clearance.ts';
import { MODELS, madeUpPress } from './made-up-press.test-data.ts';

const row = (structure: string, tissue: LabelRow['tissue']): LabelRow => ({
  structure,
  side: 'midline',
  tissue,
  colour: [0, 0, 0],
});
const TABLE = [
  row('outside', 'skin'),
  row('subcutaneous_fat', 'fat_subcutaneous'),
  row('small_intestine', 'bowel'),
  row('abdominal_aorta', 'artery'),
  row('vertebra_l4', 'bone'),
];
/** From the skin at y = 0: 30 mm of fat, then bowel; an aorta of 20 mm around x = 0 from y = 80, the spine behind it. */
const labelAt = (x: number, y: number): number => {
  if (y < 30) return 1;
  if (Math.abs(x) < 10 && y > 80 && y < 100) return 3;
  return Math.abs(x) < 20 && y > 100 ? 4 : 2;
};

/** A ball of radius 15 over the middle of the body, at first touch and pushed in straight by 40 mm. */
function pressed(move: readonly [number, number, number] = [0, 0, 0]): Press {
  const model = MODELS.get(5)!;
  const { grid } = model;
  const labels = Uint8Array.from({ length: cellCount(grid) }, (_, cell) => {
    const [x, y] = cellCentre(grid, cell);
    return labelAt(x, y);
  });
  const press = madeUpPress({}, { ...model, fine: { grid, labels, table: TABLE } });
  const distance = (x: number, y: number, z: number, depth: number): number =>
    Math.hypot(x, y + 15 - depth, z - 100) - 15;
  const displacement = Float32Array.from({ length: 3 * nodeCount(grid) }, (_, n) => move[n % 3]!);
  return { ...press, placed: { ...press.placed, distance }, fields: { ...press.fields, displacement } };
}

const of = (press: Press, structure: string, side = 'midline') =>
  clearances(press).find((each) => each.structure === structure && each.side === side)!;

describe('what is left between the tool and what is not to be met', () => {
  it('is the way from the tool at first touch, and from where it has gone', () => {
    const aorta = of(pressed(), 'abdominal_aorta');
    // as near as the labels are fine: 5 mm here
    expect(Math.abs(aorta.atRest - 80)).toBeLessThan(2.5);
    expect(Math.abs(aorta.pressed - 40)).toBeLessThan(2.5);
    const spine = of(pressed(), 'vertebra_l4');
    expect(Math.abs(spine.pressed - aorta.pressed - 20)).toBeLessThan(2.5);
  });

  it('is shorter where the part gives way to the tool less than it comes', () => {
    const [still, moved] = [of(pressed(), 'abdominal_aorta'), of(pressed([0, 12, 0]), 'abdominal_aorta')];
    expect(moved.pressed - still.pressed).toBeCloseTo(12, 1);
    expect(moved.atRest).toBe(still.atRest);
  });

  it('of a nerve is to the middle of its course, on each side', () => {
    const press = pressed();
    for (const side of ['left', 'right'])
      expect(of(press, 'ureter', side).pressed).toBeCloseTo(Math.hypot(25, 85 - 25) - 15, 3);
  });

  it('tells what lies between, from the tool inwards, and nothing of the part itself', () => {
    const { between, pressed: left } = of(pressed([0, 5, 0]), 'abdominal_aorta');
    // the fat lies at 5 to 35 mm now, all of it before the front of the ball; bowel from there to the aorta
    expect(between.map(({ structure }) => structure)).toEqual(['small_intestine']);
    expect(Math.abs(between[0]!.thickness - left)).toBeLessThan(3);
    const far = of(pressed([0, 18, 0]), 'abdominal_aorta').between;
    expect(far.map(({ structure }) => structure)).toEqual(['subcutaneous_fat', 'small_intestine']);
    expect(Math.abs(far[0]!.thickness - 8)).toBeLessThan(1.5);
  });

  it('is sorted by what is nearest, and empty before the first step', () => {
    const all = clearances(pressed()).map((each) => each.pressed);
    expect(all).toEqual([...all].sort((a, b) => a - b));
    expect(all.length).toBeGreaterThan(8);
    expect(clearances({ ...pressed(), steps: [] })).toEqual([]);
  });

  it('is none where the tool is against it', () => {
    const against = of(pressed([0, -40, 0]), 'abdominal_aorta');
    expect(against.pressed).toBeLessThan(0.5);
    expect(against.between).toEqual([]);
  });
});
