import { describe, expect, it } from 'vitest';
import type { Finding } from '../findings/finding.ts';
import type { Result } from '../findings/result.ts';
import { changedSince } from './first-look.ts';

const finding = (structure: string, value: number | null, more: Partial<Finding> = {}): Finding =>
  ({
    structure,
    side: 'left',
    quantity: 'tissue-pressure',
    where: 'tissue',
    value,
    unit: 'kPa',
    ...more,
  }) as Finding;
const result = (psoas: number, findings: Finding[]): Result =>
  ({ headline: { psoasFrontPressure_kPa: { value: psoas, low: null, high: null } }, findings }) as unknown as Result;

describe('a first look', () => {
  it('is told where the fine answer left it by more than a factor of two, the most first', () => {
    const first = result(17, [
      finding('colon', 3.9),
      finding('aorta', 4),
      finding('vein', 9),
      finding('nerve', 0.1),
      finding('ureter', null),
    ]);
    const fine = result(13, [
      finding('colon', 8.2),
      finding('aorta', 7.9),
      finding('vein', 2),
      finding('nerve', 0.9),
      finding('ureter', 5),
    ]);
    expect(changedSince(first, fine)).toMatchObject({
      psoas: 17,
      parts: [
        { finding: { structure: 'vein' }, from: 9, to: 2 },
        { finding: { structure: 'colon' }, from: 3.9, to: 8.2 },
      ],
    });
    expect(changedSince(first, first).parts).toEqual([]);
  });

  it('compares the same side with the same side', () => {
    const first = result(17, [finding('vein', 9), finding('vein', 2, { side: 'right' })]);
    const fine = result(17, [finding('vein', 2, { side: 'right' }), finding('vein', 9)]);
    expect(changedSince(first, fine).parts).toEqual([]);
  });
});
