import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aFinding } from '../findings/a-finding.test-data.ts';
import type { Finding } from '../findings/finding.ts';
import { inEnglish } from '../messages/say.ts';
import { rangeText, shortRange } from './amounts.ts';
import { findingAmount, findingRange } from './finding-amount.ts';
import { sentencesOf } from './sentences.ts';

const finding = (rest: Partial<Finding>): Finding =>
  aFinding({
    structure: 'inferior_vena_cava',
    quantity: 'flow-change',
    where: 'lumen',
    value: -26,
    unit: '%',
    ...rest,
  });
const told = (rest: Partial<Finding>) =>
  sentencesOf(inEnglish, finding(rest), { source: 'reference', solved: true, seconds: 30 });
const plain = (rest: Partial<Finding>): string => told(rest).sentence;

describe('changes from rest, as they are told', () => {
  it.each([
    [-26, -60, -10, 'is down by about 26 % from rest. The range is from 10 to 60 % less.'],
    [-0.2, -7.2, -0.00086, 'hardly changes: by less than 0.5 %. The range is from hardly any change to 7.2 % less.'],
    [-0.2, -0.4, 0.3, 'hardly changes: by less than 0.5 %. Over the range, too, it is less than 0.5 %.'],
    [-99.7, -100, -98, 'stops. The range is from 98 to 100 % less.'],
    [-100, -100, -99.8, 'stops. All of the range is at 100 % less.'],
    [-3, -9, 4, 'is down by about 3.0 % from rest. The range is from 9.0 % less to 4.0 % more.'],
    [6, 2, 8, 'is up by about 6.0 % from rest. The range is from 2.0 to 8.0 % more.'],
  ])('a flow: %d, %d to %d', (value, low, high, words) => {
    expect(plain({ value, low, high })).toContain(`The flow through the vena cava (main vein) ${words}`);
  });

  it.each([
    [-26, -60, -10, 'is about 26 % smaller than at rest. The range is from 10 to 60 % smaller.'],
    [
      -0.2,
      -7.2,
      -0.001,
      'about as large as at rest: the change is less than 0.5 %. The range is from hardly any change to 7.2 % smaller.',
    ],
    [3, -1, 4, 'is about 3.0 % larger than at rest. The range is from 1.0 % smaller to 4.0 % larger.'],
  ])('a lumen: %d, %d to %d', (value, low, high, words) => {
    expect(plain({ structure: 'abdominal_aorta', quantity: 'area-change', value, low, high })).toContain(words);
  });

  it('a vein that folds has no number, in words and in tables; where the range holds another answer, that is told', () => {
    const flat = { quantity: 'area-change', value: -94, low: -98, high: -90 } as const;
    expect(plain(flat)).toMatch(/^Where it is pressed most, the vena cava \(main vein\) folds flat: /);
    expect(plain(flat)).not.toMatch(/\d/);
    expect(findingAmount(inEnglish, finding(flat))).toBe('folds flat');
    expect(findingRange(inEnglish, finding(flat))).toBeUndefined();
    const perhaps = { ...flat, high: -60 };
    expect(plain(perhaps)).toContain('The range is from 60 to 98 % smaller.');
    expect(findingRange(inEnglish, finding(perhaps))).toBe('−98 to −60 %');
    // an artery that is shut, and a vein that is not quite
    for (const other of [
      { ...flat, structure: 'abdominal_aorta' },
      { ...flat, value: -79 },
    ])
      expect(plain(other)).not.toContain('folds');
    // the number stays for those who want it
    expect(told(flat).professional).toContain('−94 %');
  });

  it('carry no sign where they are written as less than something', () => {
    const pro = (quantity: Finding['quantity'], unit: Finding['unit'], value: number): string =>
      told({ structure: 'psoas_major', side: 'left', quantity, unit, value }).professional;
    expect(pro('compression', '%', 0.2)).toContain(': less than 0.5 %;');
    expect(pro('compression', '%', 20)).toContain(': −20 %;');
    expect(pro('stretch', '%', 0.2)).toContain(': less than 0.5 %;');
    expect(pro('tissue-pressure', 'kPa', -0.02)).toContain(': less than 0.1 kPa (1 mmHg) over rest;');
    expect(pro('tissue-pressure', 'kPa', -2)).toContain(': −2.0 kPa (15 mmHg) over rest;');
  });

  it('read right over all values', () => {
    const end = fc.oneof(
      fc.double({ min: -100, max: 30, noNaN: true }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.constantFrom(-100, 0, -0.5, 0.5, -99.5, -80, 1e-9),
    );
    const what = fc.constantFrom('area-change', 'flow-change') as fc.Arbitrary<Finding['quantity']>;
    const where = fc.constantFrom('abdominal_aorta', 'inferior_vena_cava');
    fc.assert(
      fc.property(end, end, end, what, where, (a, b, c, quantity, structure) => {
        const [low, value, high] = [a, b, c].sort((x, y) => x - y) as [number, number, number];
        const { sentence, professional } = told({ structure, quantity, value, low, high });
        for (const text of [sentence, professional]) {
          expect(text).not.toMatch(
            /(?<![A-Z])-\d|−less|−0 |less than [\d.]+ % (less|more|smaller|larger)|less than[^.]* less than|\de-?\d/,
          );
          // no more than two digits that mean something
          for (const [number] of text.matchAll(/\d+(\.\d+)?(?= %)/g))
            expect(number.replace(/^0\.0*|\./g, '').replace(/^(\d\d)0+$/, '$1').length, text).toBeLessThanOrEqual(3);
        }
        const [, from, to] = /range is from ([\d.]+) to ([\d.]+) %/.exec(sentence) ?? [];
        if (from !== undefined) expect(Number(from)).toBeLessThan(Number(to));
        // what is less is never called more
        const more = /\b(more|larger|up by)\b/.test(sentence.replace('larger or smaller', ''));
        if (high <= 0) expect(more, sentence).toBe(false);
        if (low >= 0.5) expect(/\b(less|smaller|down by)\b/.test(sentence), sentence).toBe(false);
      }),
      { seed: 15, numRuns: 2000 },
    );
  });
});

describe('ranges', () => {
  it('end in nothing where there is nothing, and are one number where both ends are', () => {
    expect(rangeText(inEnglish, -0.00086, 7.2, '%')).toBe('0 to 7.2 %');
    expect(rangeText(inEnglish, 0.0003, 1.2, 'kPa')).toBe('0 to 1.2 kPa (0 to 9.0 mmHg)');
    expect(rangeText(inEnglish, -0.5, 1.2, 'kPa')).toBe('−0.50 to 1.2 kPa (−3.8 to 9.0 mmHg)');
    expect(rangeText(inEnglish, 99.6, 100, '%')).toBe('100 %');
    expect(shortRange(inEnglish, 4, 8, 'kPa')).toBe('4.0 to 8.0 kPa');
    expect(shortRange(inEnglish, 0.0402, 0.0404, 'N/mm')).toBe('0.040 N/mm');
  });
});
