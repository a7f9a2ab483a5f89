import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kPaOfMmHg } from '../base/units.ts';
import { evidence } from '../evidence/evidence.ts';
import { inEnglish } from '../messages/say.ts';
import { sentencesOf } from '../words/sentences.ts';
import { aFinding } from './a-finding.test-data.ts';
import { flowShares } from './circulation.ts';
import type { Finding } from './finding.ts';
import { physiologyInputs, physiologyOf } from './physiology.ts';
import { areaFromRest, areaRatio, wallPressure } from './tube-law.ts';
import { alongVessel, narrowingOf, tubeOf, VESSELS } from './vessels.ts';

const person = physiologyOf('supine');
const aorta = VESSELS.abdominal_aorta!;
const cava = VESSELS.inferior_vena_cava!;

describe('the tube law', () => {
  it('is inverted to rounding, over the whole range from closed to wide open', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.005, max: 5, noNaN: true }),
        fc.double({ min: 1, max: 20, noNaN: true }),
        fc.double({ min: -60, max: 60, noNaN: true }),
        (ring, exponent, pressure) => {
          const alpha = areaRatio({ ring, exponent }, pressure);
          expect(alpha).toBeGreaterThan(0);
          // bisection to 1e-12 of α; p is steep in α on the open branch of a stiff tube
          const back = wallPressure({ ring, exponent }, alpha);
          expect(Math.abs(back - pressure)).toBeLessThan(1e-8 * (1 + Math.abs(pressure) + ring));
        },
      ),
      { seed: 1 },
    );
  });

  it('has area 1 at no pressure across the wall', () => {
    expect(areaRatio({ ring: 0.02, exponent: 10 }, 0)).toBeCloseTo(1, 11);
  });

  it('narrows more the more is pressed, and is at rest when nothing is', () => {
    for (const [structure, vessel] of Object.entries(VESSELS)) {
      let before = { area: 0, flow: 1 };
      for (const pressure of [0, 0.5, 1, 2, 4, 8, 12, 16, 24]) {
        const { area, length } = narrowingOf(vessel, person, [pressure], 10);
        const side = structure.includes('iliac') ? 'left' : 'midline';
        const flow = flowShares([{ structure, side, pressure, length }], person).get(`${structure}/${side}`)!;
        expect(area).toBeLessThanOrEqual(before.area + 1e-12);
        expect(flow).toBeLessThanOrEqual(before.flow + 1e-9);
        expect(flow).toBeGreaterThanOrEqual(0);
        if (pressure === 0) expect([area, flow]).toEqual([0, 1]);
        before = { area, flow };
      }
      expect(before.flow).toBe(0);
    }
  });

  it('widens a vessel when pressure is taken away', () => {
    expect(narrowingOf(cava, person, [-0.3], 10).area).toBeGreaterThan(0);
  });

  it('shuts a lying vein where leg veins were seen to shut, and not before (V-32)', () => {
    // cuffs shut veins at 20-25 mmHg over an inside pressure of 8-12: 8 to 17 mmHg across the wall
    const at = (excess: number) => narrowingOf(cava, person, [kPaOfMmHg(excess)], 10).area;
    expect(at(1)).toBeGreaterThan(-25);
    expect(at(8 + 2)).toBeLessThan(-80);
    expect(at(17 + 2)).toBeLessThan(-90);
  });

  it('folds a vena cava flat when a little more pushes from outside than from inside, as in dogs (V-61), and says so', () => {
    const at = (excess: number) => narrowingOf(cava, person, [kPaOfMmHg(excess)], 10).area;
    // 2 mmHg across the wall at rest: 'slightly above' is taken as 3 mmHg more outside than inside
    expect(at(2 + 3)).toBeLessThan(-80);
    expect(at(2 - 1)).toBeGreaterThan(-25);
    const FULL = { source: 'reference', solved: true, seconds: 35 } as const;
    const vein = { structure: 'inferior_vena_cava', quantity: 'area-change', where: 'lumen', unit: '%' } as const;
    const finding = (value: number): Finding => aFinding({ ...vein, value, felt: 'silent' });
    expect(sentencesOf(inEnglish, finding(-90), FULL).sentence).toMatch(/folds flat: .* push it open again/);
    expect(sentencesOf(inEnglish, finding(-90), FULL).professional).toContain('V-61');
    expect(sentencesOf(inEnglish, finding(-20), FULL).sentence).not.toContain('folds');
    expect(sentencesOf(inEnglish, { ...finding(-90), structure: 'abdominal_aorta' }, FULL).sentence).not.toContain(
      'folds',
    );
  });

  it('a vein that is narrow at rest changes from its own rest', () => {
    const tube = tubeOf(cava, person);
    expect(areaFromRest(tube, 0.27, 0, 0.3)).toBe(1);
    const wide = areaFromRest(tube, 0.27, 0.5, 1);
    const narrow = areaFromRest(tube, 0.27, 0.5, 0.3);
    // what is flat already has less to lose at the same pressure
    expect(narrow).toBeGreaterThan(wide);
    expect(narrow).toBeLessThan(1);
  });

  it('keeps an artery nearly open below diastolic pressure and shut above systolic', () => {
    const at = (mmHg: number) => {
      const pressure = kPaOfMmHg(mmHg);
      const [area, flow] = [
        narrowingOf(aorta, person, [pressure], 10).area,
        flowShares([{ structure: 'abdominal_aorta', side: 'midline', pressure, length: 60 }], person),
      ];
      return { area, flow: flow.get('abdominal_aorta/midline')! };
    };
    expect(at(20).flow).toBeGreaterThan(0.98);
    expect(at(130).flow).toBe(0);
    expect(at(60).area).toBeGreaterThan(-60);
    expect(at(110).area).toBeLessThan(-75);
  });

  it('is narrowed by its own tube and its own rest, over the length that gives way', () => {
    // by hand from the parts: what each person and each profile hands to them
    const p = { ...person, arterialMean: 12, pulse: 6, belly: 0.7, veinAcross: 0.3, arteryEp: 50 };
    const [stiff, soft] = [
      { ...p, arteryModulus: 300 },
      { ...p, veinModulus: 120 },
    ];
    const artery = VESSELS.common_iliac_artery!;
    expect(tubeOf(artery, stiff)).toEqual({
      ring: expect.closeTo((300 * (1.5 / 9) ** 3) / 9, 12),
      exponent: expect.closeTo(50 / (2 * (12 - 0.7)), 12),
    });
    const profile = [0, 2, 9, 8.8, 1];
    const narrowing = narrowingOf(artery, stiff, profile, 15);
    const areas = profile.map((added) => areaFromRest(tubeOf(artery, stiff), 12 - 0.7, added));
    expect(narrowing.area).toBeCloseTo(100 * (Math.min(...areas) - 1), 9);
    expect(narrowing.pressure).toBe(9);
    // two of the five give way by half or more of the most
    expect(areas.filter((a) => 1 - a >= (1 - Math.min(...areas)) / 2)).toHaveLength(2);
    expect(narrowing.length).toBe(30);
    expect(tubeOf(cava, soft)).toEqual({ ring: expect.closeTo((120 * (1 / 10.2) ** 3) / 9, 12), exponent: 10 });
    const vein = narrowingOf(cava, soft, [0.1, 1.5], 15, 0.5);
    expect(vein.area).toBeCloseTo(100 * (areaFromRest(tubeOf(cava, soft), 0.3, 1.5, 0.5) - 1), 9);
    // one place is the shortest stretch
    expect(narrowingOf(cava, soft, [0], 15)).toMatchObject({ length: 15, area: 0 });
  });

  it('reads the pressure along a slanting vessel from end to end', () => {
    const grid = { origin: [0, 0, 0], spacing: 5, size: [20, 10, 40] } as const;
    const cells: number[] = [];
    const field = new Float32Array(20 * 10 * 40);
    for (let k = 0; k < 40; k++) {
      const cell = Math.floor(k / 3) + 20 * (4 + 10 * k);
      cells.push(cell);
      field[cell] = k;
    }
    const set = { cells: Uint32Array.from(cells), fraction: new Float32Array(40).fill(1) };
    const { values, step } = alongVessel(grid, set, field)!;
    expect(step).toBe(2.5);
    expect(values[0]).toBeLessThan(3);
    expect(values.at(-1)).toBeGreaterThan(36);
    for (let n = 1; n < values.length; n++) expect(values[n]!).toBeGreaterThanOrEqual(values[n - 1]!);
    expect(alongVessel(grid, { cells: new Uint32Array(), fraction: new Float32Array() }, field)).toBeUndefined();
  });

  it('every input and every vessel names rows that exist, values inside ranges', () => {
    for (const pose of ['prone', 'supine', 'side'] as const)
      for (const { value, low, high, evidence: ids } of Object.values(physiologyInputs(pose))) {
        expect(value).toBeGreaterThanOrEqual(low);
        expect(value).toBeLessThanOrEqual(high);
        for (const id of ids) expect(evidence(id).id).toBe(id);
      }
    for (const { evidence: ids } of Object.values(VESSELS)) for (const id of ids) expect(evidence(id).id).toBe(id);
  });
});
