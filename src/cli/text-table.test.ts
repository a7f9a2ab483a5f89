import { describe, expect, it } from 'vitest';
import { textTable, wrap } from './text-table.ts';

describe('lines of text', () => {
  it('break at spaces, but not between a number and its unit', () => {
    expect(wrap('the skin gets 84 kPa there', 18)).toEqual(['the skin gets', '84 kPa there']);
    expect(wrap('a force of 30 N on it', 12)).toEqual(['a force of', '30 N on it']);
  });

  it('keep a longer word whole, unless columns stand beside each other', () => {
    expect(wrap('see https://doi.org/10.1007 there', 10)).toEqual(['see', 'https://doi.org/10.1007', 'there']);
    expect(wrap('see https://doi.org/10.1007 there', 10, 'cut')).toEqual([
      'see',
      'https://do',
      'i.org/10.1',
      '007 there',
    ]);
  });

  it('stand under each other in a table, the last column wrapped to what is left', () => {
    const table = textTable(['id', 'meaning'], [['T-97', 'shear modulus of the psoas at rest']], 30);
    expect(table).toBe(
      'id    meaning\n────  ────────────────────────\nT-97  shear modulus of the\n      psoas at rest\n',
    );
  });
});
