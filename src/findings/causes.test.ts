import { describe, expect, it } from 'vitest';
import { aFinding } from './a-finding.test-data.ts';
import { causesOf, heldByGrid } from './causes.ts';
import { type Finding, keyOf } from './finding.ts';
import type { Result } from './result.ts';

const input = (id: string, weight: number) => ({ id, low: 0, high: 1, unit: '', evidence: [], weight });
const uncertainty = (
  inputs: readonly ReturnType<typeof input>[],
  tornado: NonNullable<Result['uncertainty']>['tornado'] = [],
): NonNullable<Result['uncertainty']> => ({
  n: 16,
  used: 16,
  seed: 0,
  cell_mm: 10,
  chance: 0.506,
  inputs,
  tornado,
});

describe('what ranges hang on', () => {
  it('is what lies above chance, the heaviest first, and the grid, which is no matter of chance', () => {
    const some = [input('belly', 0.506), input('friction', 0.507), input('grid', 0.2), input('weight-share', 0.8)];
    expect(causesOf(uncertainty(some)).map(({ id }) => id)).toEqual(['weight-share', 'friction', 'grid']);
    expect(causesOf(uncertainty([input('belly', 0.5), input('grid', 0)]))).toEqual([]);
  });

  it('is the grid more than all else where it makes more than half of the square of a range', () => {
    const finding = (structure: string): Finding => aFinding({ structure, side: 'left', low: 0, high: 2 });
    const [nerve, muscle, vein] = ['femoral_nerve', 'iliacus', 'inferior_vena_cava'].map(finding) as [
      Finding,
      Finding,
      Finding,
    ];
    const bar = (f: Finding, id: string, rho: number) => ({
      finding: keyOf(f),
      bars: [{ input: id, rho, low: 0, high: 2 }],
    });
    const tornado = [bar(nerve, 'grid', 0.72), bar(muscle, 'grid', 0.7), bar(vein, 'friction', 0.9)];
    expect(heldByGrid({ findings: [nerve, muscle, vein], uncertainty: uncertainty([], tornado) })).toEqual([nerve]);
    expect(heldByGrid({ findings: [nerve] })).toEqual([]);
  });
});
