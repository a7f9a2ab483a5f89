import { describe, expect, it } from 'vitest';
import type { ArgumentsOf } from '../base/arguments-of.ts';
import { argumentsOf, formatMessage, parseMessage } from '../base/format-message.ts';
import { EN } from './en.ts';
import { ENGLISH } from './english.ts';
import { inEnglish, type Language, type MessageKey, speakerOf } from './say.ts';

const entries = Object.entries(EN) as [MessageKey, string][];

describe('formatMessage', () => {
  it('fills arguments, plurals and choices, nested', () => {
    expect(
      formatMessage('The {name} is {way, select, less{smaller} other{larger}}.', { name: 'vein', way: 'less' }),
    ).toBe('The vein is smaller.');
    const layers = '{n, plural, =0{nothing} one{# layer} other{# layers{deep, select, yes{, deep} other{}}}}';
    expect([0, 1, 1200].map((n) => formatMessage(layers, { n, deep: 'yes' }))).toEqual([
      'nothing', '1 layer', '1,200 layers, deep',
    ]); // biome-ignore format: pairs read as lines
  });

  it('follows the plural rules and the numbers of the language', () => {
    const message = '{n, plural, one{# warstwa} few{# warstwy} many{# warstw} other{# warstwy}}';
    expect([1, 2, 5, 1200].map((n) => formatMessage(message, { n }, 'pl'))).toEqual([
      '1 warstwa', '2 warstwy', '5 warstw', '1200 warstw',
    ]); // biome-ignore format: pairs read as lines
  });

  it('quotes as ICU does', () => {
    expect(formatMessage("It''s '{'not'}' a 'quote' {x}", { x: 1 })).toBe("It's {not} a 'quote' 1");
    expect(formatMessage("{n, plural, other{'#'# of them}}", { n: 2 })).toBe('#2 of them');
  });

  it.each(['{', 'a}', '{n, plural, one{x}}', '{n, date}', '{a b}', '{n, select, other{x}'])('refuses %s', (message) => {
    expect(() => parseMessage(message)).toThrow(/in message/);
  });

  it('refuses to print a sentence with a hole', () => {
    expect(() => formatMessage('{a} and {b}', { a: 1 })).toThrow('{b}');
  });
});

/** What the type ArgumentsOf does, step by step, at run time. */
function argumentsByType(message: string): string[] {
  const match = /^([^{]*)\{([^}]*)\}(.*)$/s.exec(message);
  if (match === null) return [];
  const [before, inside, after] = [match[1]!, match[2]!, match[3]!];
  if (/[a-z0-3]$/.test(before)) return argumentsByType(`${inside}}${after}`);
  const comma = inside.indexOf(',');
  if (comma === -1) return [inside, ...argumentsByType(after)];
  return [inside.slice(0, comma), ...argumentsByType(`${inside.slice(comma + 1)}}${after}`)];
}

describe('the catalogue', () => {
  it.each(entries)('%s can be read, and its type asks for what it wants', (_, message) => {
    const wanted = [...argumentsOf(parseMessage(message))].sort();
    expect([...new Set(argumentsByType(message))].sort()).toEqual(wanted);
  });

  it('has typed arguments', () => {
    const name: ArgumentsOf<'{side, select, left{left {name}} other{{name}}} of {n, plural, one{# a b} other{#}}'> =
      'name';
    const side: ArgumentsOf<'{side, select, left{left {name}} other{{name}}}'> = 'side';
    // @ts-expect-error a branch is no argument
    const branch: ArgumentsOf<'{side, select, left{left {name}} other{{name}}}'> = 'left';
    expect([name, side, branch]).toEqual(['name', 'side', 'left']);
    // @ts-expect-error a value is missing
    expect(() => inEnglish.say('plain.tissue', { name: 'x', amount: 'y' })).toThrow('{way}');
  });

  it('never speaks of harmlessness, odds or verdicts, and writes neat sentences', () => {
    const FORBIDDEN =
      /\b(un)?safe(ly|ty|r)?\b|\brisk|probab|likelihood|\bodds\b|chance of|recommend|harmless|should be fine|dangerous/i;
    for (const [key, message] of entries) {
      // a kind of file
      expect(message.replace('probability map', ''), key).not.toMatch(FORBIDDEN);
      expect(message, key).not.toMatch(/ {2}|^ | $| [.,;:](?! |nii|hdr|mhd)/);
    }
  });

  it('can be spoken in another language, beside the first', () => {
    const shouted = Object.fromEntries(entries.map(([key, message]) => [key, `«${message}»`]));
    const german = speakerOf({ tag: 'de', direction: 'ltr', messages: shouted as Language['messages'] });
    expect(german.say('plain.within')).toBe(`«${EN['plain.within']}»`);
    expect(speakerOf(ENGLISH).say('plain.within')).toBe(EN['plain.within']);
  });

  it('writes numbers and lists as the language does', () => {
    const in_ = (tag: string) => speakerOf({ ...ENGLISH, tag });
    expect([in_('de').number('12.80'), in_('ar-EG').number('-3'), inEnglish.number('-1234.5')]).toEqual([
      '12,80', '\u061c-٣', '-1234.5',
    ]); // biome-ignore format: one row
    expect(in_('de').say('amount.millimetres', { mm: 0.5 })).toBe('0,5 mm');
    expect([inEnglish, in_('de'), in_('ja')].map((each) => each.list(['a', 'b', 'c']))).toEqual([
      'a, b and c', 'a, b und c', 'a、b、c',
    ]); // biome-ignore format: one row
    expect([inEnglish.list([]), inEnglish.list(['a'])]).toEqual(['', 'a']);
    // what is no plain number is left as it is
    expect(in_('de').number('1.2.3')).toBe('1.2.3');
  });
});
