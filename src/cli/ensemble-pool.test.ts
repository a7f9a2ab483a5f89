import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { planEnsemble } from '../findings/ensemble.ts';
import { parseScenario } from '../press/parse-scenario.ts';

// threads need the built program
const POOL = pathToFileURL(join(resolve(import.meta.dirname, '../..'), 'dist/cli/ensemble-pool.js')).href;
type Pool = typeof import('./ensemble-pool.ts');

describe('an ensemble on threads', () => {
  const scenario = parseScenario({ tool: { id: 'roller-smooth' }, load: { force_N: 20 }, cell_mm: 15 });
  // the central press and one that is drawn
  const jobs = planEnsemble(scenario, 1).jobs.slice(0, 2);

  it('gives the same bits on one thread and on two, and tells its progress', async () => {
    const { ensemblePool } = (await import(POOL)) as Pool;
    const fractions: number[] = [];
    const on = { report: (e: { fraction: number }) => void fractions.push(e.fraction) };
    const two = await ensemblePool(undefined, 2)!(jobs, scenario, on);
    const one = await ensemblePool(undefined, 1)!(jobs, scenario, {});
    expect(two).toEqual(one);
    expect(two.every((values) => values !== undefined && Object.keys(values).length > 30)).toBe(true);
    expect(two[1]).not.toEqual(two[0]);
    expect(fractions).toEqual([1 / 2, 1]);
    // four presses of a few seconds each; a busy machine may take minutes
  });

  it('stops when asked', async () => {
    const { ensemblePool } = (await import(POOL)) as Pool;
    const stop = new AbortController();
    const work = ensemblePool(undefined, 2)!(jobs, scenario, { signal: stop.signal });
    stop.abort();
    await expect(work).rejects.toThrow(/stopped/);
  });
});
