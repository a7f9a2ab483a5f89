import { parentPort, workerData } from 'node:worker_threads';
import { sampler } from '../findings/compute-ranges.ts';
import type { EnsembleJob } from '../findings/ensemble.ts';
import type { RunInputs } from '../run.ts';
import type { PoolAnswer } from './ensemble-pool.ts';

// one thread of an ensemble: computes the presses that it is asked for, one at a time
const sample = sampler((workerData as Pick<RunInputs, 'files'>).files);
parentPort!.on('message', (job: EnsembleJob) => {
  void sample(job).then((values) => parentPort!.postMessage({ index: job.index, values } satisfies PoolAnswer));
});
