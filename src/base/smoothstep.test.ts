import { describe, expect, it } from 'vitest';
import { hump, smoothstep } from './smoothstep.ts';

describe('steps without corners', () => {
  it('go from 0 to 1, level at both ends, and stay there', () => {
    expect([-3, 0, 0.25, 0.5, 1, 7].map(smoothstep)).toEqual([0, 0, 0.15625, 0.5, 1, 1]);
    for (const end of [0, 1]) expect(Math.abs(smoothstep(end + 1e-6) - smoothstep(end - 1e-6))).toBeLessThan(1e-11);
  });

  it('and up and down again, the same on both sides', () => {
    expect([-1, -0.5, 0, 0.5, 1, 2].map(hump)).toEqual([0, 0.5, 1, 0.5, 0, 0]);
  });
});
