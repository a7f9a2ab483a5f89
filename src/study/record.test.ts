import { describe, expect, it } from 'vitest';
import { aFinding } from '../findings/a-finding.test-data.ts';
import type { Result } from '../findings/result.ts';
import { syntheticPress, syntheticResult } from '../report/synthetic-press.test-data.ts';
import { recordOf } from './record.ts';

const result = syntheticResult(syntheticPress());
const rows = (of: Result) => recordOf('x', of).measures;

describe('what a study keeps of a press', () => {
  it('is what the front of the psoas gets, with its ranges', () => {
    const { psoasFrontPressure_kPa: pressure, psoasFrontForce_N: force } = result.headline!;
    expect(pressure.low).not.toBeNull();
    expect(rows(result).filter(([, , quantity]) => quantity.startsWith('front-'))).toEqual([
      [
        'psoas_major',
        'midline',
        'front-pressure',
        'tissue',
        pressure.value,
        pressure.low,
        pressure.high,
        'kPa',
        'no-published-level',
      ],
      [
        'psoas_major',
        'midline',
        'front-force',
        'tissue',
        force.value,
        force.low,
        force.high,
        'N',
        'no-published-level',
      ],
    ]);
  });

  it('of a scan it is called after the one muscle that the scan has', () => {
    const scan = { ...result, findings: [aFinding({ structure: 'iliopsoas' })] };
    expect(rows(scan).find(([, , quantity]) => quantity === 'front-pressure')?.[0]).toBe('iliopsoas');
  });

  it('of a result without it, the rest', () => {
    const { headline: _, ...before } = result;
    expect(rows(before).map(([, , quantity]) => quantity)).toEqual(
      rows(result)
        .map(([, , quantity]) => quantity)
        .filter((quantity) => !quantity.startsWith('front-')),
    );
  });
});
