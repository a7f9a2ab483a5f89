import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keyOf } from '../src/findings/finding.ts';
import { readResult } from '../src/findings/read-result.ts';
import { run } from '../src/run.ts';

const FOLDER = resolve(import.meta.dirname, '../src/findings/v1');
const FILES = readdirSync(FOLDER);

/**
 * What the scenarios of the old results (src/findings/v1) give today. The files stay as they are; where a change moves numbers on
 * purpose, `npx vitest run verify/replay-v1.test.ts -u` writes the new ones here and CHANGELOG says so under "Numbers".
 */
describe('old scenarios pressed again', () => {
  it.each(FILES)('%s gives the same keys, and the numbers known of it', async (file) => {
    const before = readResult(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')), file);
    const { result } = await run(before.scenario, { version: '0', platform: 'test' });
    expect(result.scenario).toEqual(before.scenario);
    const [now, then] = [result, before].map(({ findings }) => new Map(findings.map((f) => [keyOf(f), f])));
    // read off since; and bowel is only crushed against bone that lies on the way of the push
    const since = [...now!.keys()].filter((key) => !then!.has(key));
    for (const key of since) expect(key).toMatch(/\/(membrane-tension-(longitudinal|transverse)|elongation-sliding)\//);
    const kept = [...then!.keys()].filter((key) => now!.has(key) || !key.includes('/crush/'));
    expect([...now!.keys()].filter((key) => !since.includes(key))).toEqual(kept);
    expect(result.shares.map((s) => s.structure).sort()).toEqual(before.shares.map((s) => s.structure).sort());
    // how freely contents give way; here they are stuck, as they were. And what a tensed wall pulls with
    const tensed = before.scenario.tone === 'guarded' ? 1 : 0;
    expect(result.assumptions).toHaveLength(before.assumptions.length + 1 + tensed);
    for (const key of kept) expect(now!.get(key)!.low !== null, key).toBe(then!.get(key)!.low !== null);
    const last = result.path.at(-1)!;
    expect({
      depth_mm: last.depth_mm,
      force_N: last.force_N,
      values: result.findings.map((f) => `${keyOf(f)} ${[f.value, f.low, f.high].join(' ')}`),
      shares: result.shares.map((s) => `${s.structure} ${s.share}`),
    }).toMatchSnapshot();
  });
});
