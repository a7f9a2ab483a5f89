import { describe, expect, it } from 'vitest';
import { spread } from './spread.ts';

describe('things one below the other', () => {
  it('keep their order, gaps and limits, and stay where they are if they do not overlap', () => {
    expect(spread([10, 50, 90], [10, 10, 10], 0, 100)).toEqual([10, 50, 90]);
    expect(spread([50, 50, 50], [10, 20, 10], 0, 100)).toEqual([35, 50, 65]);
    expect(spread([2, 3], [10, 10], 0, 100)).toEqual([5, 15]);
    expect(spread([99], [10], 0, 100)).toEqual([95]);
  });
});
