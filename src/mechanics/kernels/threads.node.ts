import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type HelperTask, provideHelpers } from './team.ts';

// The helper's code as text: the same from the built package, from sources under a test runner and from a bundle. It repeats help() of team.ts.
const CODE = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', (task) => {
  const env = { memory: task.memory, abort() { throw new Error('kernel aborted'); } };
  const k = new WebAssembly.Instance(task.module, { env }).exports;
  k.setup(task.scratch, task.largestPlane, task.longestRow);
  k.serve(task.control);
});`;

/** Lets presses in this process use worker threads; they never keep the process alive. */
export function useNodeThreads(): void {
  provideHelpers(() => {
    const worker = new Worker(CODE, { eval: true });
    worker.unref();
    return {
      post: (task: HelperTask): void => worker.postMessage(task),
    };
  }, availableParallelism());
}
