import { CancelledError, InputError } from '../base/errors.ts';
import { breathe, type Progress } from '../base/progress.ts';
import { note } from '../messages/note.ts';
import { KeptModels, prepare } from '../press/prepare.ts';
import type { Scenario } from '../press/scenario.ts';
import type { ScanFiles } from '../scan/scan.ts';
import type { Assessment } from './assess.ts';
import { type EnsembleJob, planEnsemble } from './ensemble.ts';
import type { ResultParts } from './make-result.ts';
import { pressOnce } from './press-once.ts';
import { withRanges } from './ranges.ts';
import { sampleOf } from './readings.ts';
import type { SampleValues } from './spread.ts';

/** Computes the presses of an ensemble, in the order of the jobs. */
export type ComputeEnsemble = (
  jobs: readonly EnsembleJob[],
  scenario: Scenario,
  progress: Progress,
) => Promise<SampleValues[]>;

/** An assessment with its ranges, and what is to be told of how they were computed. */
export type Assessed = Omit<Assessment, 'vessels'> & Pick<ResultParts, 'uncertainty' | 'notes'>;

/** Fills in the ranges from an ensemble of coarse presses; without them where the user stops meanwhile. */
export async function computeRanges(
  scenario: Scenario,
  assessment: Assessment,
  compute: ComputeEnsemble,
  progress: Progress,
): Promise<Assessed> {
  const ensemble = planEnsemble(scenario, scenario.uncertainty);
  try {
    const samples = await compute(ensemble.jobs, scenario, progress);
    const done = withRanges(assessment, ensemble, samples, scenario.seed);
    const { n, used } = done.uncertainty;
    const notes =
      used === 0
        ? [note('note.ranges.too-few', { n })]
        : used < n
          ? [note('note.ranges.left-out', { left: n - used, n })]
          : [];
    return { ...done, notes };
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    const { vessels: _, ...plain } = assessment;
    return { ...plain, notes: [note('note.ranges.stopped')] };
  }
}

/** Computes the presses of an ensemble one after the other, in this thread. */
export const inTurn =
  (files: ScanFiles | undefined): ComputeEnsemble =>
  async (jobs, _, progress) => {
    const sample = sampler(files);
    const samples: SampleValues[] = [];
    for (const job of jobs) {
      progress.report?.({
        phase: 'phase.ranges',
        fraction: job.index / jobs.length,
        detail: note('note.doing.ranges', { done: job.index, all: jobs.length - 1 }),
      });
      await breathe(progress);
      samples.push(await sample(job, quiet(progress)));
    }
    return samples;
  };

/** Computes single presses of an ensemble; keeps the last model, since a scan's is the same for all. */
export function sampler(files: ScanFiles | undefined) {
  const models = new KeptModels(1);
  return async ({ scenario, ...job }: EnsembleJob, progress: Progress = {}): Promise<SampleValues> => {
    try {
      const model = await models.of(scenario, files, undefined, quiet(progress));
      const prepared = await prepare(scenario, { model, toolSize: job.toolSize, shift: job.shift });
      const { scale, contents, pull, friction, person } = job;
      const variation = {
        scale,
        person,
        quick: true,
        ...(contents !== undefined && { contents }),
        ...(pull !== undefined && { pull }),
        ...(friction !== undefined && { friction }),
      };
      const { press, ...assessment } = await pressOnce(prepared, variation, quiet(progress));
      return press.converged ? sampleOf(assessment) : undefined;
    } catch (error) {
      // a drawn body or place that cannot be is left out; what else goes wrong is told
      if (error instanceof InputError) return undefined;
      throw error;
    }
  };
}

/** Only the wish to stop, without the news. */
const quiet = ({ signal }: Progress): Progress => (signal === undefined ? {} : { signal });
