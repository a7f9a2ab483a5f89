import { describe, expect, it } from 'vitest';
import { pace } from './pace.ts';

/** Shares at pictures that are so many milliseconds apart, up to the end. */
function shown(gap: number, seconds = 2.6): number[] {
  const further = pace(seconds);
  const out: number[] = [];
  for (let now = 5000; out.at(-1) !== 1; now += gap) out.push(further(now));
  return out;
}

describe('the pace of a movement', () => {
  it('is that of the clock where drawing keeps up', () => {
    const shares = shown(16);
    expect(shares[0]).toBe(0);
    expect(shares[50]).toBeCloseTo((50 * 16) / 2600, 12);
    expect(shares.length).toBe(Math.ceil(2600 / 16) + 1);
  });

  it('is by small steps where a picture takes seconds: none of the way is skipped', () => {
    const shares = shown(3000);
    expect(shares.length).toBe(17);
    expect(Math.max(...shares.map((s, n) => s - (shares[n - 1] ?? 0)))).toBeCloseTo(1 / 16, 12);
  });
});
