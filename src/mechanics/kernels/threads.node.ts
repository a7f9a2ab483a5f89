import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type HelperTask, provideHelpers } from './team.ts';

/**
 * Lets presses in this process use worker threads, which never keep it alive. Works from the built package, not from TypeScript sources.
 * @param threads at most so many for one press; without it as the machine has cores, at most 4
 */
export function allowNodeThreads(threads = Math.min(availableParallelism(), 4)): void {
  if (import.meta.url.endsWith('.ts')) return;
  provideHelpers(() => {
    const worker = new Worker(new URL('./helper.node.js', import.meta.url));
    worker.unref();
    return {
      post: (task: HelperTask): void => worker.postMessage(task),
    };
  }, threads);
}
