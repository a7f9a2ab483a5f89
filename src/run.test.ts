import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CancelledError } from './base/errors.ts';
import { resolveBody } from './body/body.ts';
import { assess } from './findings/assess.ts';
import { madeUpPress } from './findings/made-up-press.test-data.ts';
import { pressOnce } from './findings/press-once.ts';
import { sampleOf } from './findings/readings.ts';
import { prepare } from './press/prepare.ts';
import { scenarioSchema } from './press/scenario.ts';
import { type Run, run } from './run.ts';

// nothing is pressed here: what is looked at is what is told of a press, and when
vi.mock('./findings/press-once.ts', () => ({ pressOnce: vi.fn() }));
vi.mock('./press/prepare.ts', () => ({ prepare: vi.fn() }));

const press = madeUpPress();
const assessment = assess(press);
const scenario = scenarioSchema.parse({});
const without = { ...scenario, uncertainty: 0 };

beforeEach(() => {
  const { model, placed } = press;
  vi.mocked(prepare).mockImplementation(
    async (of) => ({ scenario: of, body: resolveBody(scenario.body), model, placed }) as never,
  );
  vi.mocked(pressOnce).mockResolvedValue({ press, ...assessment });
});

describe('a run', () => {
  it('computes ranges unless they are left out', async () => {
    const asked: number[] = [];
    const ensemble = vi.fn(async (jobs: readonly unknown[]) => {
      asked.push(jobs.length);
      return jobs.map(() => sampleOf(assessment));
    });
    const { result } = await run(scenario, { ensemble });
    // sixteen, the central one, and the central one on other cells
    expect(asked).toEqual([18]);
    expect(result.uncertainty).toMatchObject({ n: 16, used: 16 });
    for (const f of result.findings)
      expect([f.low !== null, f.high !== null]).toEqual([f.value !== null, f.value !== null]);
    expect(result.reached!.depth_mm.low).not.toBeNull();
    expect(result.line!.every(({ thickness_mm }) => thickness_mm.low !== null)).toBe(true);
    const none = (await run(without, { ensemble })).result;
    expect(asked).toHaveLength(1);
    expect(none.uncertainty).toBeUndefined();
    expect(none.findings.every(({ low, high }) => low === null && high === null)).toBe(true);
  });

  it('tells the answer before its ranges, as the run without ranges tells it, to the last bit', async () => {
    const order: string[] = [];
    let central: Run | undefined;
    const { result } = await run(scenario, {
      onCentral: (done) => {
        order.push('central');
        central = done;
      },
      ensemble: async (jobs) => {
        order.push('ranges');
        return jobs.map(() => sampleOf(assessment));
      },
    });
    expect(order).toEqual(['central', 'ranges']);
    const alone = (await run(without)).result;
    expect(central!.result.manifest.resultHash).toBe(alone.manifest.resultHash);
    expect(central!.result.scenario).toEqual(alone.scenario);
    expect(result.manifest.resultHash).not.toBe(alone.manifest.resultHash);
    expect(result.findings.map(({ value }) => value)).toEqual(alone.findings.map(({ value }) => value));
    // where there is nothing to wait for nothing is told ahead
    const onCentral = vi.fn();
    await run(without, { onCentral });
    vi.mocked(pressOnce).mockResolvedValue({ press: { ...press, converged: false }, ...assessment });
    await run(scenario, { onCentral });
    expect(onCentral).not.toHaveBeenCalled();
  });

  it('that is stopped among its ranges is the one without them, and says so', async () => {
    const { result } = await run(scenario, { ensemble: () => Promise.reject(new CancelledError('stopped')) });
    const alone = (await run(without)).result;
    expect(result.manifest.resultHash).toBe(alone.manifest.resultHash);
    expect(result.scenario.uncertainty).toBe(0);
    expect(result.notes).toContainEqual({ id: 'note.ranges.stopped' });
  });
});
