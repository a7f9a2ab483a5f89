import { describe, expect, it } from 'vitest';
import { ENGLISH } from '../messages/english.ts';
import { inEnglish, type Speaker, speakerOf } from '../messages/say.ts';
import { pressureText, rangeText } from '../words/amounts.ts';
import { ledger } from './ledger.ts';

const ENTRY = { what: 'w', value: 'v', how: 'h', evidence: [] };

/** What of a text is a link. */
const linked = (speaker: Speaker, text: string): string[] =>
  [...String(ledger(speaker).linkNumbers('x', text, ENTRY)).matchAll(/<a[^>]*>(.*?)<\/a>/g)].map(
    ([, figure]) => figure!,
  );

describe('figures in sentences are links, units included', () => {
  it.each([
    [
      'gets about 13 kPa (100 mmHg), range 9.1 to 19 kPa (68 to 140 mmHg): 11 % of',
      ['13 kPa (100 mmHg)', '9.1 to 19 kPa (68 to 140 mmHg)', '11 %'],
    ],
    ['The push of 209 N is held by the spine (22 N), 0.41 N/mm', ['209 N', '22 N', '0.41 N/mm']],
    ['from 4.2 → −3.1 kPa, 1.7 to 28 %, about 21 kg, 38 mm', ['4.2 → −3.1 kPa', '1.7 to 28 %', '21 kg', '38 mm']],
    ['3 of them, 2 minutes', []],
  ])('%s', (text, figures) => {
    expect(linked(inEnglish, text)).toEqual(figures);
  });

  it('as another language writes numbers, ranges and units', () => {
    const german = speakerOf({
      ...ENGLISH,
      tag: 'de',
      messages: { ...ENGLISH.messages, 'amount.from-to': '{from} bis {to}', 'amount.millimetres': '{mm} Millimeter' },
    });
    expect(
      linked(german, `etwa ${pressureText(german, 8.1)}, ${rangeText(german, 1.2, 2, 'kPa')}, 1234,5 N, 12 Millimeter`),
    ).toEqual(['8,1 kPa (61 mmHg)', '1,2 bis 2,0 kPa (9,0 bis 15 mmHg)', '1234,5 N', '12 Millimeter']);
    const arabic = speakerOf({ ...ENGLISH, tag: 'ar-EG' });
    expect(linked(arabic, pressureText(arabic, 8.1))).toEqual([pressureText(arabic, 8.1)]);
  });
});
