import { describe, expect, it } from 'vitest';
import { inEnglish } from '../messages/say.ts';
import {
  amountText,
  durationRange,
  durationText,
  kgText,
  levelText,
  rangeText,
  shareRangeText,
  shortAmount,
} from './amounts.ts';

const less = (amount: string): string => inEnglish.say('amount.less', { amount });

describe('numbers as they are written', () => {
  it.each([
    [8.123, 'kPa', '8.1 kPa (61 mmHg)', '8.1 kPa'],
    [-8.123, 'kPa', '−8.1 kPa (−61 mmHg)', '−8.1 kPa'],
    [0.1, 'kPa', '0.10 kPa (0.75 mmHg)', '0.10 kPa'],
    [0.0999, 'kPa', less('0.1 kPa (1 mmHg)'), less('0.1 kPa')],
    [31.4, '%', '31 %', '31 %'],
    [0.5, '%', '0.50 %', '0.50 %'],
    [-0.49, '%', less('0.5 %'), less('0.5 %')],
    [12.34, 'mm', '12 mm', '12 mm'],
    [123.4, 'N', '120 N', '120 N'],
    [0.0814, 'N/mm', '0.081 N/mm', '0.081 N/mm'],
  ] as const)('%d %s: %s', (value, unit, long, short) => {
    expect(amountText(inEnglish, value, unit)).toBe(long);
    expect(shortAmount(inEnglish, value, unit)).toBe(short);
  });

  it('have both ends and both units in a range', () => {
    expect(rangeText(inEnglish, 4, 8, 'kPa')).toBe('4.0 to 8.0 kPa (30 to 60 mmHg)');
    expect(rangeText(inEnglish, 4, 8, '%')).toBe('4.0 to 8.0 %');
    expect(rangeText(inEnglish, 0.04, 0.08, 'N/mm')).toBe('0.040 to 0.080 N/mm');
    expect(shareRangeText(inEnglish, { low: 0.04, high: 0.08 })).toContain('4.0 to 8.0 %');
    for (const none of [undefined, { low: null, high: 0.5 }, { low: 0.5, high: null }])
      expect(shareRangeText(inEnglish, none)).toBe(inEnglish.say('report.range-none'));
    expect(levelText(inEnglish, { unit: 'kPa' }, 4, 8)).toBe('4 to 8 kPa (30 to 60 mmHg)');
    expect(levelText(inEnglish, { unit: 'kPa' }, 4)).toBe('4 kPa (30 mmHg)');
    expect(levelText(inEnglish, { unit: '%' }, 15, 38)).toBe('15 to 38 %');
    expect(levelText(inEnglish, { unit: 'kPa' }, 32, 32)).toBe('32 kPa (240 mmHg)');
    expect(kgText(inEnglish, 98.0665)).toBe('10');
  });

  it('of time are in seconds, minutes or hours', () => {
    expect([0.5, 1, 35, 119, 120, 900, 3600, 5400, 7200].map((s) => durationText(inEnglish, s))).toEqual([
      '0.5 seconds',
      '1 second',
      '35 seconds',
      '120 seconds',
      '2 minutes',
      '15 minutes',
      '60 minutes',
      '90 minutes',
      '2 hours',
    ]);
    expect(durationRange(inEnglish, [900, 3600])).toBe('15 to 60 minutes');
    expect(durationRange(inEnglish, [600, 7200])).toBe('10 minutes to 2 hours');
    expect(durationRange(inEnglish, [7200, 7200])).toBe('2 hours');
    expect(durationRange(inEnglish, [7200, Number.POSITIVE_INFINITY])).toBe('2 hours or longer');
  });
});
