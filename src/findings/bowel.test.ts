import { describe, expect, it } from 'vitest';
import { cellCentre } from '../base/grid.ts';
import type { Press } from '../press/press.ts';
import { assess } from './assess.ts';
import { beforeBone, boneName, shutInPressure } from './bowel.ts';
import { MODELS, madeUpPress } from './made-up-press.test-data.ts';

// bowel at y 30…70 and |x| < 60, a vertebra at y 100…140 and |x| < 20 behind it; a tool 40 mm wide goes in along y by 40 mm
const bowelOf = (press: Press) => press.model.parts.find((p) => p.structure === 'small_intestine')!;
const caughtBy = (press: Press) => beforeBone(press, bowelOf(press));

describe('bowel between tool and bone', () => {
  it('is what lies under the tool and before a bone within its travel, and no more', () => {
    const press = madeUpPress({ at: [0, 100] });
    const caught = caughtBy(press);
    expect(caught.map(({ bone }) => bone)).toEqual(['spine']);
    const centres = Array.from(caught[0]!.cells.cells, (cell) => cellCentre(press.model.grid, cell));
    // the bone's front is 30 to 70 mm behind; the tool touches 20 mm around (0, 100), and the window of a reading reaches 12 mm more
    for (const [x, y, z] of centres) {
      expect(Math.abs(x)).toBeLessThan(20);
      expect(100 - y).toBeLessThanOrEqual(40);
      expect(Math.hypot(x, z - 100)).toBeLessThan(20 + 12 + 10);
    }
    expect(centres.length).toBeGreaterThanOrEqual(4 * 4);
  });

  it('is not what lies beside the way of the push, though the bone is as near', () => {
    expect(caughtBy(madeUpPress({ at: [60, 100] }))).toEqual([]);
    const { findings } = assess(madeUpPress({ at: [60, 100] }));
    expect(findings.filter((f) => f.quantity === 'crush')).toEqual([]);
  });

  it('is nothing where the tool does not come that far', () => {
    const press = madeUpPress({ at: [0, 100] });
    const steps = press.steps.map((step) => ({ ...step, depth: 20 }));
    expect(caughtBy({ ...press, steps })).toEqual([]);
  });

  it('follows the way of the push, not the axis of the body', () => {
    // 45 degrees to the left: what is on the way goes past the spine
    const s = Math.SQRT1_2;
    const press = madeUpPress({ at: [0, 100] });
    const placed = { ...press.placed, direction: [s, s, 0] as const };
    for (const { cells } of caughtBy({ ...press, placed }))
      for (const cell of cells.cells) expect(cellCentre(press.model.grid, cell)[0]).toBeLessThan(0);
  });

  it('is told with the bone against which it is crushed most, by what is crushed there', () => {
    const model = MODELS.get(10)!;
    const half = (structure: string, keep: (x: number) => boolean) => {
      const part = model.parts.find((p) => p.structure === 'vertebra_l4')!;
      const at = [...part.cells.keys()].filter((n) => keep(cellCentre(model.grid, part.cells[n]!)[0]));
      const cells = Uint32Array.from(at, (n) => part.cells[n]!);
      return { ...part, structure, cells, fraction: Float32Array.from(at, (n) => part.fraction[n]!) };
    };
    const rest = model.parts.filter((p) => p.structure !== 'vertebra_l4');
    const two = { ...model, parts: [...rest, half('sacrum', (x) => x < 0), half('hip_bone', (x) => x > 0)] };
    // thinnest outside the way; on it more to the left
    const thin = (x: number): number => (Math.abs(x) > 30 ? 0.1 : x > 0 ? 0.6 : 0.8);
    const { findings } = assess(madeUpPress({ at: [0, 100], stretchMin: thin }, two));
    const of = (quantity: string) => findings.find((f) => f.structure === 'small_intestine' && f.quantity === quantity);
    expect(of('crush')).toMatchObject({ bone: 'hip-bone', evidence: expect.arrayContaining(['H-57']) });
    expect(of('crush')!.value).toBeGreaterThan(30);
    expect(of('crush')!.value).toBeLessThan(40.1);
    expect(of('compression')!.value).toBeGreaterThan(80);
  });

  it('names bones as people do', () => {
    expect(['vertebra_t12', 'vertebra_l5', 'sacrum', 'coccyx', 'hip_bone', 'rib', 'sternum', 'femur', 'bone'].map(boneName)).toEqual([
      'spine', 'spine', 'sacrum', 'sacrum', 'hip-bone', 'rib', 'rib', 'other', 'other',
    ]); // biome-ignore format: one list
  });
});

describe('what the contents of a bowel could press outwards with', () => {
  it('is the highest pressure on it less the median, and none where it is even', () => {
    const even = madeUpPress({ pressure: () => 7 });
    expect(shutInPressure(even, bowelOf(even))).toBeCloseTo(0, 9);
    const step = madeUpPress({ pressure: (x) => (x > 20 ? 9 : 2) });
    // one third of it is under 9 kPa, more than a window is wide
    expect(shutInPressure(step, bowelOf(step))).toBeCloseTo(7, 6);
  });

  it('is a bound: compared with no level, whatever it is', () => {
    const { findings } = assess(madeUpPress({ pressure: (x) => (x > 20 ? 60 : 2) }));
    const bounds = findings.filter((f) => f.quantity === 'transmural-pressure');
    expect(bounds.map((f) => [f.structure, f.band, f.level])).toEqual([
      ['small_intestine', 'no-published-level', undefined],
      ['large_intestine', 'no-published-level', undefined],
    ]);
    expect(Math.max(...bounds.map((f) => f.value!))).toBeGreaterThan(30);
  });
});
