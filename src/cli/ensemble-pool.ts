import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { CancelledError } from '../base/errors.ts';
import type { Progress } from '../base/progress.ts';
import type { EnsembleJob } from '../findings/ensemble.ts';
import type { SampleValues } from '../findings/spread.ts';
import { note } from '../messages/note.ts';
import type { RunInputs } from '../run.ts';

/** What a worker is asked and what it answers. */
export interface PoolAnswer {
  readonly index: number;
  readonly values: SampleValues;
}

/**
 * Computes the presses of an ensemble on several threads. Every press depends on its job alone and the answers are put in the order
 * of the jobs, so the result is the same for any number of threads.
 *
 * @param files content of the scan's files; every thread gets a copy
 * @param threads as many as the machine has cores when absent
 * @returns undefined where threads cannot be started: from the TypeScript sources
 */
export function ensemblePool(files: RunInputs['files'], threads = availableParallelism()): RunInputs['ensemble'] {
  if (import.meta.url.endsWith('.ts')) return undefined;
  return (jobs, _scenario, progress) => computeOnThreads(jobs, files, threads, progress);
}

function computeOnThreads(
  jobs: readonly EnsembleJob[],
  files: RunInputs['files'],
  threads: number,
  progress: Progress,
): Promise<SampleValues[]> {
  const workers = Array.from(
    { length: Math.max(1, Math.min(threads, jobs.length)) },
    () => new Worker(new URL('./ensemble-worker.js', import.meta.url), { workerData: { files } }),
  );
  const onAbort = (): void => end(new CancelledError('stopped by the user'));
  let end: (error: Error) => void = () => undefined;
  return new Promise<SampleValues[]>((resolve, reject) => {
    end = reject;
    const samples: SampleValues[] = new Array<SampleValues>(jobs.length).fill(undefined);
    let next = 0;
    let done = 0;
    const ask = (worker: Worker): void => {
      if (next < jobs.length) worker.postMessage(jobs[next++]);
    };
    if (progress.signal?.aborted) onAbort();
    progress.signal?.addEventListener('abort', onAbort, { once: true });
    for (const worker of workers) {
      worker.on('message', ({ index, values }: PoolAnswer) => {
        samples[index] = values;
        done++;
        progress.report?.({
          phase: 'phase.ranges',
          fraction: done / jobs.length,
          detail: note('note.doing.ranges', { done, all: jobs.length }),
        });
        if (done === jobs.length) resolve(samples);
        else ask(worker);
      });
      worker.on('error', reject);
      ask(worker);
    }
  }).finally(async () => {
    progress.signal?.removeEventListener('abort', onAbort);
    await Promise.all(workers.map((worker) => worker.terminate()));
  });
}
