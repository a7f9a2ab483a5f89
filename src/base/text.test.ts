import { describe, expect, it } from 'vitest';
import { capitalised, inTwoLines } from './text.ts';

describe('text', () => {
  it('begins with a capital, and the rest stays as it is', () => {
    expect(['body of L4', 'éponge', 'Already', ''].map(capitalised)).toEqual(['Body of L4', 'Éponge', 'Already', '']);
  });

  it('that is too wide is broken at the space that leaves the narrowest lines', () => {
    expect(inTwoLines('lateral femoral cutaneous nerve', 24)).toEqual(['lateral femoral', 'cutaneous nerve']);
    expect(inTwoLines('right hip joint cartilage', 24)).toEqual(['right hip joint', 'cartilage']);
    expect(inTwoLines('vena cava', 9)).toEqual(['vena cava']);
    expect(inTwoLines('sternocleidomastoid', 5)).toEqual(['sternocleidomastoid']);
    // m is five times as wide as i
    const wide = (text: string): number => [...text].reduce((sum, c) => sum + (c === 'm' ? 5 : 1), 0);
    expect(inTwoLines('mmm ii ii ii', 20, wide)).toEqual(['mmm', 'ii ii ii']);
  });
});
