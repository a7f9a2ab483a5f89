import { describe, expect, it } from 'vitest';
import { InputError } from '../base/errors.ts';
import { kPaOfMmHg } from '../base/units.ts';
import { ALL_EVIDENCE, CONFIDENCE_MEANING, cite, EVIDENCE_GROUPS, evidence, standingOf } from './evidence.ts';
import { LEVELS, type Level, levelFor, type StructureGroup, timesApart } from './levels.ts';

/** Numbers first … last of a group, written as ids. */
function ids(letter: string, first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, i) => `${letter}-${String(first + i).padStart(2, '0')}`);
}

// every id that was ever given out, group by group
const KNOWN = [
  ...[
    ...ids('T', 1, 86),
    'T-32a',
    'T-32b',
    'T-32c',
    'T-32d',
    ...ids('T', 90, 115),
    'T-120',
    'T-121',
    'T-122',
    'T-123',
    'T-124',
    'T-125',
  ],
  ...[...ids('V', 1, 62), ...ids('V', 70, 74), ...ids('V', 80, 82)],
  ...[...ids('H', 1, 15), ...ids('H', 20, 35), ...ids('H', 40, 46), ...ids('H', 50, 66)],
  ...ids('H', 70, 87),
  ...[...ids('E', 1, 22), ...ids('E', 30, 36), ...ids('E', 40, 53)],
  ...ids('A', 1, 47),
  ...ids('P', 1, 20),
  ...ids('L', 0, 8),
  ...[...ids('B', 1, 61), ...ids('B', 70, 71), ...ids('B', 80, 82)],
];

describe('the evidence rows', () => {
  it('have exactly the ids that were given out, each once', () => {
    expect([...ALL_EVIDENCE.map((row) => row.id)].sort()).toEqual([...KNOWN].sort());
  });

  it('count 122, 70, 73, 43, 47, 20, 9 and 66 per group', () => {
    const count = (letter: string) => ALL_EVIDENCE.filter((row) => row.id.startsWith(`${letter}-`)).length;
    expect(Object.keys(EVIDENCE_GROUPS).map(count)).toEqual([122, 70, 73, 43, 47, 20, 9, 66]);
  });

  it('are complete', () => {
    for (const row of ALL_EVIDENCE) {
      expect(row.id, row.id).toMatch(/^[TVHEAPLB]-\d{2,3}[a-d]?$/);
      expect(row.quantity, row.id).not.toBe('');
      expect(row.citation, row.id).not.toBe('');
      // a citation stands on its own, it does not point elsewhere by 'as' or 'see'
      expect(row.citation, row.id).not.toMatch(/^(as|see) |^@/);
      expect(CONFIDENCE_MEANING[row.confidence], row.id).toBeTruthy();
      // short enough for one row of a table; rule lists are the exception
      expect(row.quantity.length, row.id).toBeLessThan(100);
      expect(row.condition.length, row.id).toBeLessThan(151);
    }
  });

  it('have low <= value <= high', () => {
    for (const row of ALL_EVIDENCE) {
      for (const n of [row.value, row.low, row.high]) expect(n === null || Number.isFinite(n), row.id).toBe(true);
      expect(row.low === null, row.id).toBe(row.high === null);
      if (row.low !== null && row.high !== null) {
        expect(row.low, row.id).toBeLessThanOrEqual(row.high);
        if (row.value !== null) {
          expect(row.low, row.id).toBeLessThanOrEqual(row.value);
          expect(row.value, row.id).toBeLessThanOrEqual(row.high);
        }
      }
      // a number never stands without the text it was read from
      if (row.value !== null || row.low !== null) expect(`${row.text}${row.range}`, row.id).toMatch(/\d/);
    }
  });

  it('keep the DOI in its own field and out of the citation', () => {
    const withDoi = ALL_EVIDENCE.filter((row) => row.doi !== undefined);
    expect(withDoi.length).toBeGreaterThan(80);
    for (const row of withDoi) {
      expect(row.doi, row.id).toMatch(/^10\.\d{4,5}\/[^\s,;"]*[A-Za-z0-9]$/);
      expect(row.citation, row.id).not.toContain(row.doi);
    }
    for (const row of ALL_EVIDENCE) expect(row.citation, row.id).not.toMatch(/(?<!doi:)\b10\.\d{4,5}\//);
  });

  it('point only to rows that exist', () => {
    const known = new Set(KNOWN);
    for (const row of ALL_EVIDENCE) {
      const text = [row.quantity, row.range, row.condition, row.citation, row.note ?? ''].join(' ');
      for (const [id] of text.matchAll(/\b[TVHEAPLB]-\d{2,3}[a-d]?\b(?!\.)/g))
        expect(known, `${row.id}: ${id}`).toContain(id);
    }
  });

  it('call an estimate one, with what was looked for where somebody else may have measured it', () => {
    // the eight that were the last: what was not found printed is told as ours, with what was looked for
    for (const id of ['H-40', 'H-72', 'H-73', 'B-81']) {
      expect(evidence(id), id).toMatchObject({ confidence: 'estimate', citation: expect.stringMatching(/^own /) });
      expect(evidence(id).note, id).toMatch(/not found printed|was found/);
    }
    for (const id of ['H-46', 'E-16', 'E-22']) expect(evidence(id).confidence, id).toBe('confirmed');
    expect(evidence('T-106').confidence).toBe('derived');
  });

  it('of the elastic constants say how far apart the published ones lie, and how the value was chosen', () => {
    for (const id of ids('T', 90, 103)) expect(evidence(id).note, id).toMatch(/spread.*Chosen/is);
  });

  it('give no verdict', () => {
    expect(JSON.stringify(ALL_EVIDENCE)).not.toMatch(/\b(un)?safe(ty|ly)?\b/i);
  });
});

describe('figures read again by hand from their source list', () => {
  it.each([
    ['H-32', 15.7, 15, 15.7, '%', '10.1016/0266-7681(86)90003-3'],
    ['H-70', 19.4, 14.6, 37.7, 'mmHg', '10.1042/cs0740507'],
    ['H-80', 482, 26, 482, 'kPa', '10.1053/eujp.2001.0245'],
    ['T-53', 20.4, 14.8, 26, 'mm', undefined],
    ['T-115', 7.5, null, null, 'mm', '10.1371/journal.pone.0197559'],
    ['H-20', null, 20, 30, 'mmHg', '10.1016/s0363-5023(81)80003-2'],
    ['V-25', 180, 150, 230, 'mmHg', '10.1097/TA.0b013e3182606219'],
    ['T-97', 2, 0.8, 12, 'kPa', undefined],
    ['T-91', 0.75, 0.3, 3.1, 'kPa', undefined],
    ['T-99', 400, 90, 1500, 'kPa', undefined],
    ['T-100', 150, 30, 1000, 'kPa', undefined],
    ['H-04', null, 70, 160, 'mmHg', undefined],
    ['H-71', null, 9, 32, 'kPa', '10.1016/j.jbiomech.2005.08.010'],
    ['V-23', null, 356, 623, 'N', undefined],
    ['V-17', 1.8, -1.3, 13, 'mmHg', '10.1016/j.jss.2005.06.015'],
    ['V-74', 7, 0.7, 13.2, 'mmHg', '10.1111/j.1445-2197.2006.03849.x'],
    ['T-60', 1.23, 0.8, 1.6, 'kPa', undefined],
    ['V-09', 13, 10, 16, 'mm', undefined],
    ['T-14', 0.752, 0.5, 1.5, 'kPa', undefined],
    ['L-04', null, 32, 34, '% of body weight', '10.3390/sports7010027'],
    ['P-06', 63.7, 62.7, 64.7, 'mm', undefined],
    ['B-26', 29.5, 9.4, 49.6, 'mm', '10.1007/s11999-011-1858-2'],
  ])('%s', (id, value, low, high, unit, doi) => {
    expect(evidence(id)).toMatchObject({ value, low, high, unit });
    expect(evidence(id).doi).toBe(doi);
  });

  it('T-90 … T-103 give the solver a number in kPa, except the membrane T-94', () => {
    for (const id of ids('T', 90, 103)) {
      const row = evidence(id);
      if (id === 'T-94') expect(row.value).toBeNull();
      else {
        expect(row.unit, id).toBe('kPa');
        expect(row.value, id).toBeGreaterThan(0);
        expect(row.low, id).toBeGreaterThan(0);
        expect(row.quantity, id).toMatch(/shear modulus|Young's modulus/);
      }
    }
  });

  it('T-14 and T-15 agree: the law at rest gives the modulus at rest', () => {
    // 0.5 %: the law is printed with four digits
    const law = Number(/748\.5/.exec(evidence('T-15').text)?.[0]) / 1000;
    expect(Math.abs(law / evidence('T-14').value! - 1)).toBeLessThan(0.005);
  });
});

describe('evidence(id)', () => {
  it('forgives case, spaces and missing zeros', () => {
    expect(evidence(' h20').id).toBe('H-20');
    expect(evidence('t-2').id).toBe('T-02');
    expect(evidence('T-32A').id).toBe('T-32a');
    expect(evidence('t-100').id).toBe('T-100');
  });

  it('names the nearest rows when the number is wrong', () => {
    expect(() => evidence('H-99')).toThrow(InputError);
    expect(() => evidence('H-99')).toThrow(/'H-99'; did you mean H-87 \(.*H-86 /);
    expect(() => evidence('T-88')).toThrow(/T-86 .*T-90/);
  });

  it('names the letters when the letter is wrong', () => {
    for (const id of ['X-01', 'psoas', '']) expect(() => evidence(id)).toThrow(/such as H-20.*H \(levels/);
  });
});

describe('cite(id)', () => {
  it('is one line with source, DOI and standing', () => {
    expect(cite('H-24')).toBe(
      'H-24: Lundborg G., Gelberman R.H. et al., J Hand Surg Am 1982;7:252-259 doi:10.1016/s0363-5023(82)80175-5 (confirmed)',
    );
    expect(cite('T-97')).toBe('T-97: own starting value from T-60..T-69 (estimate)');
  });
});

describe('how well figures stand', () => {
  it('is that of the weakest row', () => {
    expect(standingOf(['H-71'])).toBe('read');
    expect(standingOf(['H-04', 'H-71'])).toBe('computed');
    expect(standingOf(['H-45', 'H-40', 'H-71'])).toBe('estimate');
    expect(standingOf([])).toBe('read');
  });

  it('is told of every level; those that are estimates are these', () => {
    const levels = Object.values(LEVELS).flat();
    const of = (standing: string) => [
      ...new Set(levels.filter((l) => standingOf(l.evidence) === standing).map((l) => l.id)),
    ];
    expect(of('estimate').sort()).toEqual(['muscle-squeeze', 'skin-sitting', 'ureter-wave']);
  });
});

describe('the levels', () => {
  const all = Object.entries(LEVELS) as [StructureGroup, readonly Level[]][];

  it('stand on rows that exist, run upward, and name effect and exposure', () => {
    for (const [group, levels] of all) {
      expect(levels.length, group).toBeGreaterThan(0);
      for (const level of levels) {
        expect(level.from, group).toBeGreaterThan(0);
        expect(level.from, group).toBeLessThanOrEqual(level.to);
        expect(level.evidence.length, group).toBeGreaterThan(0);
        for (const id of level.evidence) expect(evidence(id).id).toBe(id);
        // effect, then in whom and how long
        expect(level.effect, group).toMatch(/^[a-z].* \(.{10,}\)$/);
      }
    }
  });

  it('of the same thing do not overlap, but for those of an effect that was seen after several times', () => {
    for (const [group, levels] of all) {
      for (const compare of new Set(levels.map((level) => level.compare))) {
        const chain = levels.filter((level) => level.compare === compare);
        for (let i = 1; i < chain.length; i++)
          if (chain[i]!.byTime === undefined)
            expect(chain[i]!.from, `${group} ${compare}`).toBeGreaterThanOrEqual(chain[i - 1]!.to);
      }
    }
  });

  it('carry the times of their sources, shortest first, and effects by time have one', () => {
    const timed = all.flatMap(([, levels]) => levels).filter((level) => level.duration_s !== undefined);
    for (const { id, duration_s } of timed) {
      expect(duration_s![0], id).toBeGreaterThan(0);
      expect(duration_s![1], id).toBeGreaterThanOrEqual(duration_s![0]);
    }
    for (const [, levels] of all)
      for (const { id, byTime, duration_s } of levels) if (byTime !== undefined) expect(duration_s, id).toBeDefined();
    // whoever names a time in words gives it as a number
    for (const { id, effect, duration_s } of all.flatMap(([, levels]) => levels))
      expect(duration_s !== undefined, id).toBe(/\d+ (minutes|hours?)/.test(effect));
  });

  it('of dying muscle and of nerves that did not recover are those of the nearest time', () => {
    const muscle = (seconds: number) => levelFor('muscle', 'tissue-pressure', 20, seconds);
    // 9 kPa belong to more than two hours, 32 to less than one: a press lasts 3.5 minutes at most
    for (const seconds of [0.5, 35, 210, 3600]) expect(muscle(seconds)?.from, `${seconds} s`).toBe(32);
    for (const seconds of [7200, 20_000]) expect(muscle(seconds)?.from, `${seconds} s`).toBe(9);
    const nerve = (mmHg: number, seconds: number) => levelFor('nerve', 'tissue-pressure', kPaOfMmHg(mmHg), seconds)?.id;
    expect([nerve(100, 35), nerve(400, 35)]).toEqual(['nerve-stop', 'nerve-recovery-minutes']);
    expect([nerve(100, 7200), nerve(400, 7200)]).toEqual(['nerve-recovery-hours', 'nerve-recovery-hours']);
  });

  it('say how far their times are from those of a press', () => {
    expect(timesApart({ duration_s: [900, 3600] }, 30)).toBe(30);
    expect(timesApart({ duration_s: [900, 3600] }, 7200)).toBe(2);
    expect(timesApart({ duration_s: [900, 3600] }, 1000)).toBe(1);
    expect(timesApart({}, 1000)).toBe(1);
  });

  it('carry the numbers of the rows they cite', () => {
    const ends = (group: StructureGroup, i: number) => [LEVELS[group][i]!.from, LEVELS[group][i]!.to];
    const range = (id: string) => [kPaOfMmHg(evidence(id).low!), kPaOfMmHg(evidence(id).high!)];
    expect(ends('artery', 0)).toEqual(range('H-04'));
    expect(ends('nerve', 0)).toEqual(range('H-20'));
    expect(ends('nerve', 1)).toEqual([kPaOfMmHg(evidence('H-24').value!), kPaOfMmHg(evidence('H-25').low!)]);
    expect(ends('nerve', 2)[1]).toBe(range('H-22')[1]);
    expect(ends('vein', 1)[1]).toBe(range('V-32')[1]);
    expect(ends('bowel', 0)[0]).toBe(kPaOfMmHg(evidence('H-50').value!));
    expect(ends('bowel', 1)).toEqual(range('H-51'));
    expect(ends('bowel', 2)).toEqual([evidence('H-55').low, evidence('H-55').high]);
    expect(ends('artery', 2)).toEqual([evidence('H-66').low, evidence('H-66').high]);
    expect([...ends('muscle', 0), ...ends('muscle', 1)]).toEqual([9, 9, 32, 32]);
    expect([evidence('H-71').low, evidence('H-71').high]).toEqual([9, 32]);
    expect(ends('skin', 0)[0]).toBe(kPaOfMmHg(evidence('H-73').value!));
    expect(ends('skin', 1)).toEqual([evidence('H-83').low, evidence('H-80').value]);
  });

  it('give the level that a value reaches last, or the lowest one', () => {
    const at = (mmHg: number) => levelFor('nerve', 'tissue-pressure', kPaOfMmHg(mmHg), 35);
    expect(at(5)).toBe(LEVELS.nerve[0]);
    expect(at(20)).toBe(LEVELS.nerve[0]);
    expect(at(30)).toBe(LEVELS.nerve[1]);
    expect(at(45)).toBe(LEVELS.nerve[1]);
    expect(at(399)).toBe(LEVELS.nerve[2]);
    expect(at(401)).toBe(LEVELS.nerve[4]);
    expect(levelFor('artery', 'peak-contact-pressure', 5, 35)).toBeUndefined();
    expect(levelFor('muscle', 'compression', 55, 35)?.evidence).toEqual(['H-72']);
  });
});
