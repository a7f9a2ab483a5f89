import { describe, expect, it } from 'vitest';
import { parseScenario } from './parse-scenario.ts';
import { type Scenario, scenarioMeaning } from './scenario.ts';

type Scan = NonNullable<Scenario['scan']>;
const meaning = (scan: Scan) => JSON.stringify(scenarioMeaning(parseScenario({ scan, load: { force_N: 30 } })));

describe('what a scenario means', () => {
  const scan = { labels: 'a/labels.nii', labelsHash: 'abc' };

  it('does not depend on where a scan lies, only on what it holds', () => {
    expect(meaning({ ...scan, labels: 'elsewhere.nii' })).toBe(meaning(scan));
    expect(meaning({ ...scan, labelsHash: 'abd' })).not.toBe(meaning(scan));
    expect(meaning({ ...scan, ct: 'ct.nii', ctHash: 'abc' })).not.toBe(meaning(scan));
  });

  it('depends on what the numbers of a label volume are called', () => {
    const total = meaning({ ...scan, labelTable: 'total' });
    expect(total).not.toBe(meaning(scan));
    expect(meaning({ ...scan, labelTable: 'total_v1' })).not.toBe(total);
    const file = { ...scan, labelTable: 'mine.csv', labelTableHash: 'one' };
    expect(meaning({ ...file, labelTableHash: 'two' })).not.toBe(meaning(file));
    expect(meaning({ ...file, labelTable: 'moved/mine.csv' })).toBe(meaning(file));
  });

  it('knows one zero', () => {
    const at = (x_mm: number) => parseScenario({ placement: { x_mm, y_mm: 0 }, body: { tissue: { muscularity: 1 } } });
    expect(at(-0)).toEqual(at(0));
  });
});
