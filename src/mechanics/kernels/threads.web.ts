import { type HelperTask, provideHelpers } from './team.ts';

/**
 * Lets presses in this web worker use further workers. Without cross-origin isolation memory cannot be shared: then nothing changes and
 * the kernels run on one thread. Call it in the worker that solves, not on the page.
 */
export function useWebThreads(): void {
  if (!globalThis.crossOriginIsolated || typeof Worker === 'undefined') return;
  provideHelpers(
    () => {
      const worker = new Worker(new URL('./kernel.worker.ts', import.meta.url), { type: 'module' });
      return {
        post: (task: HelperTask): void => worker.postMessage(task),
      };
    },
    Math.min(navigator.hardwareConcurrency, 4),
  );
}
