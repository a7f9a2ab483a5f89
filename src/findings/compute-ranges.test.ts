import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CancelledError, InputError } from '../base/errors.ts';
import type { Note } from '../base/note.ts';
import type { ProgressEvent } from '../base/progress.ts';
import { note } from '../messages/note.ts';
import { prepare } from '../press/prepare.ts';
import { scenarioSchema } from '../press/scenario.ts';
import { computeRanges, inTurn, sampler } from './compute-ranges.ts';
import { type EnsembleJob, planEnsemble } from './ensemble.ts';
import { type Finding, keyOf } from './finding.ts';
import { headlineOf } from './headline.ts';
import { madeUpPress } from './made-up-press.test-data.ts';
import { pressOnce } from './press-once.ts';
import { sampleOf } from './readings.ts';

// what a job hands to the main path is looked at here; that the main path makes of it what it should, in every-knob.test.ts
vi.mock('../press/prepare.ts', { spy: true });
vi.mock('./press-once.ts', { spy: true });

const skin: Finding = {
  structure: 'skin',
  side: 'midline',
  quantity: 'peak-contact-pressure',
  where: 'skin',
  value: 40,
  low: null,
  high: null,
  unit: 'kPa',
  band: 'within-published',
  felt: 'felt',
  evidence: [],
};
const scenario = scenarioSchema.parse({ uncertainty: 12 });
const pressed = (converged: boolean) =>
  ({
    press: { converged },
    findings: [skin],
    shares: [],
    headline: HEADLINE,
    line: [],
    vessels: [],
  }) as unknown as Awaited<ReturnType<typeof pressOnce>>;
const files = { label: new Uint8Array() } as never;

beforeEach(() => {
  vi.mocked(pressOnce).mockReset().mockResolvedValue(pressed(true));
  vi.mocked(prepare)
    .mockReset()
    .mockImplementation(async (of) => ({ scenario: of }) as never);
});

/** What one job asks of the two steps of the main path. */
async function asked(job: EnsembleJob) {
  // a body that is made once is enough for all of them
  await sampler(files)(job);
  const [of, { model: _, ...laid } = {}] = vi.mocked(prepare).mock.lastCall!;
  const [, variation] = vi.mocked(pressOnce).mock.lastCall!;
  return { scenario: of, ...laid, ...variation };
}

vi.mock('../voxel/voxelize.ts', () => ({ voxelize: async () => ({}) }));

const HEADLINE = headlineOf(madeUpPress());
const assessment = { findings: [skin], shares: [], headline: HEADLINE, line: [], vessels: [] };

describe('a press of an ensemble', () => {
  const [central] = planEnsemble(scenario, 1).jobs as [EnsembleJob];

  it('is quick and central where nothing is turned', async () => {
    expect(await asked(central)).toEqual({
      scenario: central.scenario,
      toolSize: 1,
      shift: [0, 0],
      scale: {},
      person: {},
      quick: true,
    });
  });

  it.each([
    ['scale', { bowel: { mu: 2 } }],
    ['contents', 0.05],
    ['friction', 0.9],
    ['person', { belly: 1 }],
    ['shift', [4, -3]],
    ['toolSize', 1.04],
    ['scenario', { ...central.scenario, load: { bodyWeightShare: 0.2 } }],
  ] as const)('hands on %s and nothing else', async (knob, value) => {
    const before = await asked(central);
    expect(await asked({ ...central, [knob]: value })).toEqual({ ...before, [knob]: value });
  });

  it('tells its values when it reached its load; a body or a place that cannot be tells none, any other trouble is thrown', async () => {
    const sample = sampler(files);
    expect(await sample(central)).toEqual(sampleOf(assessment));
    expect(sampleOf(assessment)[keyOf(skin)]).toBe(40);
    vi.mocked(pressOnce).mockResolvedValue(pressed(false));
    expect(await sample(central)).toBeUndefined();
    vi.mocked(prepare).mockRejectedValueOnce(new InputError({ id: 'error.press.cut-off', english: 'no skin there' }));
    expect(await sample(central)).toBeUndefined();
    vi.mocked(prepare).mockRejectedValueOnce(new TypeError('a fault'));
    await expect(sample(central)).rejects.toThrow(TypeError);
    vi.mocked(pressOnce).mockRejectedValueOnce(new CancelledError('stopped'));
    await expect(sample(central)).rejects.toThrow(CancelledError);
  });

  it('comes in the order of the jobs, and tells how far they are', async () => {
    const { jobs } = planEnsemble(scenario, 3);
    const told: [number, Note | undefined][] = [];
    let n = 0;
    vi.mocked(pressOnce).mockImplementation(async () => {
      const findings = [{ ...skin, value: n++ }];
      return { ...pressed(true), findings };
    });
    const report = ({ fraction, detail }: ProgressEvent) => void told.push([fraction, detail]);
    const samples = await inTurn(files)(jobs, scenario, { report });
    expect(samples.map((s) => s?.[keyOf(skin)])).toEqual([0, 1, 2, 3, 4]);
    expect(told).toEqual([0, 1, 2, 3, 4].map((k) => [k / 5, note('note.doing.ranges', { done: k, all: 4 })]));
    await expect(inTurn(files)(jobs, scenario, { signal: AbortSignal.abort() })).rejects.toThrow(CancelledError);
  });
});

describe('ranges', () => {
  /** Ranges from as many presses as reached their load. */
  const from = (reached: number) =>
    computeRanges(
      scenario,
      assessment,
      async (jobs) => jobs.map(({ index }) => (index <= reached ? { [keyOf(skin)]: 40 + index } : undefined)),
      {},
    );

  it.each([
    [12, []],
    [9, [{ id: 'note.ranges.left-out', values: { left: 3, n: 12 } }]],
    [7, [{ id: 'note.ranges.too-few', values: { n: 12 } }]],
  ])('from %d of 12 presses say how many are missing', async (reached, notes) => {
    const done = await from(reached);
    expect(done.notes).toEqual(notes);
    expect(done.findings[0]!.high !== null).toBe(reached > 7);
  });

  it('are planned by the scenario: as many presses, by its seed', async () => {
    const plans: string[] = [];
    for (const change of [{}, { seed: 1 }, { uncertainty: 9 }])
      await computeRanges(
        { ...scenario, ...change },
        assessment,
        async (jobs) => {
          plans.push(JSON.stringify(jobs));
          // the central press, the drawn ones, and the central one on other cells
          expect(jobs).toEqual(planEnsemble({ ...scenario, ...change }, jobs.length - 2).jobs);
          return jobs.map(() => undefined);
        },
        {},
      );
    expect(plans.map((plan) => JSON.parse(plan).length)).toEqual([14, 14, 11]);
    expect(new Set(plans).size).toBe(3);
  });

  it('that are stopped leave the findings as they are and say so; what else goes wrong is thrown', async () => {
    const stopped = await computeRanges(scenario, assessment, () => Promise.reject(new CancelledError('stopped')), {});
    expect(stopped).toEqual({
      findings: [skin],
      shares: [],
      headline: HEADLINE,
      line: [],
      notes: [{ id: 'note.ranges.stopped' }],
    });
    await expect(computeRanges(scenario, assessment, () => Promise.reject(new Error('x')), {})).rejects.toThrow('x');
  });
});
