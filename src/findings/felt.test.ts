import { describe, expect, it } from 'vitest';
import { kPaOfMmHg } from '../base/units.ts';
import { evidence } from '../evidence/evidence.ts';
import { LEVELS } from '../evidence/levels.ts';
import { FELT_ROWS } from './felt.data.ts';
import { feltOf, feltUnder, tellFelt } from './felt.ts';
import type { Finding, Quantity } from './finding.ts';
import { SUBJECTS } from './subjects.data.ts';

const felt = (structure: string, quantity: Quantity, value: number | null) => feltOf(structure, quantity, value).felt;

describe('whether people notice', () => {
  it.each<[string, Quantity, number | null, Finding['felt']]>([
    // what is pressed on the skin is felt, however lightly
    ['skin', 'peak-contact-pressure', 0, 'felt'],
    ['abdominal_wall', 'tissue-pressure', 3, 'felt'],
    // the psoas from what hands give it (H-84)
    ['psoas_major', 'tissue-pressure', 2.29, 'unknown'],
    ['psoas_major', 'tissue-pressure', 2.3, 'felt'],
    ['iliacus', 'tissue-pressure', 30, 'felt'],
    ['iliopsoas', 'tissue-pressure', 7, 'felt'],
    // bowel does not mind being pressed
    ['large_intestine', 'tissue-pressure', 40, 'silent'],
    // what the contents could press outwards with at most is a bound, and no feeling
    ['large_intestine', 'transmural-pressure', kPaOfMmHg(40.1), 'unknown'],
    // shutting the aorta hurts (V-25, V-28), by its pressure or by the flow that is lost; a leg's artery shuts before a cuff hurts
    ['abdominal_aorta', 'tissue-pressure', kPaOfMmHg(69.9), 'silent'],
    ['abdominal_aorta', 'tissue-pressure', kPaOfMmHg(70.1), 'felt'],
    ['abdominal_aorta', 'flow-change', -90, 'felt'],
    ['abdominal_aorta', 'flow-change', -89, 'unknown'],
    ['abdominal_aorta', 'flow-change', 95, 'unknown'],
    ['external_iliac_artery', 'tissue-pressure', 20, 'silent'],
    ['common_iliac_vein', 'excess-pressure', 5, 'silent'],
    ['ureter', 'excess-pressure', 8, 'silent'],
    // tingling after half an hour is no news of a minute; feeling goes fast at 60 mmHg
    ['femoral_nerve', 'tissue-pressure', kPaOfMmHg(59.9), 'unknown'],
    ['femoral_nerve', 'tissue-pressure', kPaOfMmHg(60.1), 'felt'],
    ['kidney', 'tissue-pressure', 5, 'unknown'],
    ['urinary_bladder', 'tissue-pressure', 5, 'unknown'],
    // women's foreheads (H-83)
    ['hip_bone', 'peak-contact-pressure', 157, 'unknown'],
    ['hip_bone', 'peak-contact-pressure', 158, 'felt'],
    // less than in the rest of the belly is none
    ['common_iliac_vein', 'excess-pressure', -1, 'silent'],
    ['psoas_major', 'tissue-pressure', null, 'unknown'],
    ['psoas_major', 'compression', 50, 'unknown'],
    ['somewhere_else', 'tissue-pressure', 50, 'unknown'],
  ])('%s, %s of %d: %s', (structure, quantity, value, expected) => {
    expect(felt(structure, quantity, value)).toBe(expected);
  });

  it('stands on rows that exist, ascends, and says no data only where it says so', () => {
    for (const row of FELT_ROWS) {
      for (const id of row.evidence) expect(evidence(id).id).toBe(id);
      if (row.felt !== 'no-data') expect(row.evidence.length, row.structures[0]).toBeGreaterThan(0);
      expect(row.from).toBeGreaterThanOrEqual(0);
      const later = FELT_ROWS.slice(FELT_ROWS.indexOf(row) + 1);
      for (const other of later)
        if (other.quantity === row.quantity && other.structures.some((s) => row.structures.includes(s)))
          expect(other.from, row.structures[0]).toBeGreaterThan(row.from);
    }
  });

  it('is known, or known not to be, of the pressure on everything that is spoken of', () => {
    for (const { structure, quantities } of SUBJECTS) {
      const pressure = quantities.find((q) =>
        ['peak-contact-pressure', 'tissue-pressure', 'excess-pressure'].includes(q),
      )!;
      expect(
        FELT_ROWS.some((r) => r.quantity === pressure && r.from === 0 && r.structures.includes(structure)),
        structure,
      ).toBe(true);
    }
  });

  it('a level that is a feeling is never silent, from its first value on', () => {
    const feelings = Object.entries(LEVELS).flatMap(([group, levels]) =>
      levels.filter((l) => l.noticed || /pain|tingling|numb/.test(l.effect)).map((level) => ({ group, level })),
    );
    expect(feelings.map(({ level }) => level.id)).toEqual(expect.arrayContaining(['nerve-tingling', 'skin-pain']));
    for (const { group, level } of feelings)
      for (const subject of SUBJECTS.filter(
        (s) => s.group === group && (s.quantities as string[]).includes(level.compare),
      ))
        for (const value of [level.from, (level.from + level.to) / 2, level.to, 10 * level.to])
          expect(felt(subject.structure, level.compare, value), `${subject.structure} ${value}`).not.toBe('silent');
  });

  it('under whichever pressure is told of a layer', () => {
    expect(feltUnder('common_iliac_vein', 1).felt).toBe('silent');
    expect(feltUnder('small_intestine', 1).felt).toBe('silent');
    expect(feltUnder('psoas_major', 5).felt).toBe('felt');
    expect(feltUnder('subcutaneous_fat', 5)).toEqual({ felt: 'unknown', evidence: [] });
  });
});

describe('told of findings', () => {
  const at = (structure: string, side: Finding['side'], quantity: Quantity, value: number | null): Finding => ({
    structure, side, quantity, value, where: 'tissue', low: null, high: null, unit: 'kPa', band: 'no-published-level', felt: 'unknown', evidence: ['T-63'],
  }); // biome-ignore format: one finding

  it('each by its own quantity, else by the pressure on the same structure and side, with its rows', () => {
    const [left, squeezed, right, flow] = tellFelt([
      at('psoas_major', 'left', 'tissue-pressure', 6),
      at('psoas_major', 'left', 'compression', 40),
      at('psoas_major', 'right', 'tissue-pressure', 1),
      at('psoas_major', 'right', 'compression', 40),
    ]);
    expect([left, squeezed, right, flow].map((f) => f!.felt)).toEqual(['felt', 'felt', 'unknown', 'unknown']);
    expect(squeezed!.evidence).toEqual(['T-63', 'H-84']);
    const [pressure, area, loss] = tellFelt([
      at('abdominal_aorta', 'midline', 'tissue-pressure', 8),
      at('abdominal_aorta', 'midline', 'area-change', -40),
      at('abdominal_aorta', 'midline', 'flow-change', -95),
    ]);
    expect([pressure, area, loss].map((f) => f!.felt)).toEqual(['silent', 'silent', 'felt']);
  });

  it('not of what was not computed', () => {
    const without = [
      at('psoas_major', 'left', 'tissue-pressure', null),
      at('psoas_major', 'left', 'compression', null),
    ];
    expect(tellFelt(without)).toEqual(without);
  });
});
