import { describe, expect, it } from 'vitest';
import { aFinding } from '../findings/a-finding.test-data.ts';
import { type Finding, keyOf } from '../findings/finding.ts';
import type { Result } from '../findings/result.ts';
import { inEnglish } from '../messages/say.ts';
import { rangeOf } from './amounts.ts';
import { rangesText } from './ranges-text.ts';

const finding = (structure: string): Finding => aFinding({ structure, value: 8, low: 4, high: 16 });

/** A result in which the cells make the ranges of some parts, and inputs have some weights. */
function told(parts: readonly string[], weights: Readonly<Record<string, number>>, used = 16): string[] {
  const findings = parts.map(finding);
  const inputs = Object.entries(weights).map(([id, weight]) => ({
    id,
    low: 0,
    high: 1,
    unit: '',
    evidence: [],
    weight,
  }));
  const tornado = findings.map((f) => ({ finding: keyOf(f), bars: [{ input: 'grid', rho: 0.9, low: 5, high: 12 }] }));
  const uncertainty = { n: 16, used, seed: 0, cell_mm: 10, chance: 0.506, inputs, tornado };
  return rangesText(inEnglish, { findings, uncertainty } as unknown as Result);
}

describe('what is said of ranges', () => {
  it('names what they depend on, the heaviest first, and the parts whose range the cells make', () => {
    const [causes, grid] = told(['small_intestine'], { belly: 0.4, grid: 0.3, 'weight-share': 0.62 });
    expect(causes).toMatch(
      /share of the body weight on the tool \(0\.62\), size of the cells of the computation \(0\.30\)\./,
    );
    expect(causes).not.toContain('resting belly pressure');
    expect(grid).toContain('make the range of small bowel: finer cells');
  });

  it('names four parts and the rest as others; nothing where there is nothing to name', () => {
    const many = [
      'small_intestine',
      'large_intestine',
      'abdominal_wall',
      'kidney',
      'urinary_bladder',
      'abdominal_aorta',
    ];
    expect(told(many, { grid: 0.6 })[1]).toMatch(
      /small bowel, large bowel, belly wall,? .* and other parts: finer cells/,
    );
    expect(told([], { belly: 0.4 })).toEqual([expect.stringMatching(/^Nothing that was varied/)]);
    expect(told(['kidney'], { grid: 0.6 }, 0)).toEqual([]);
    expect(rangeOf(inEnglish, { low: null, high: null }, 'mm')).toBeUndefined();
    expect(rangeOf(inEnglish, { low: 28, high: 50 }, 'mm')).toBe('range 28 to 50 mm');
  });
});
