/**
 * Helper threads that run kernels beside the thread that owns an engine. They are spawned once and go from engine to engine; the
 * engine that asked last has them, an earlier one goes on alone with the same bits. How a helper is spawned differs between Node and
 * browsers: threads.node.ts and threads.web.ts register themselves here.
 */
export interface Helper {
  post(task: HelperTask): void;
}

/** What a helper needs to join an engine. */
export interface HelperTask {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Address of the control words, of the helper's scratch, and the sizes that scratch was made for. */
  readonly control: number;
  readonly scratch: number;
  readonly largestPlane: number;
  readonly longestRow: number;
}

/** More threads than this gain nothing: the smallest grids are worked on by one. */
export const MOST_THREADS = 8;

let spawn: (() => Helper) | undefined;
let cores = 1;
const helpers: Helper[] = [];
let owner: (() => void) | undefined;

/** Registers how helpers are spawned here, and how many threads the machine can run at once. */
export function provideHelpers(spawnHelper: () => Helper, available: number): void {
  spawn = spawnHelper;
  cores = available;
}

/** Threads that a press uses when it is not told. */
export const defaultThreads = (): number => (spawn === undefined ? 1 : Math.max(1, Math.min(cores, 4)));

/**
 * Sends helpers to an engine; an engine that had them is told first to let go. Helpers arrive when they are ready.
 * @returns how many were sent
 */
export function engage(tasks: readonly HelperTask[], letGo: () => void): number {
  owner?.();
  owner = undefined;
  if (spawn === undefined || tasks.length === 0) return 0;
  try {
    while (helpers.length < tasks.length) helpers.push(spawn());
    tasks.forEach((task, i) => {
      helpers[i]!.post(task);
    });
  } catch {
    // no workers here, or memory that must not be shared: the engine works alone
    spawn = undefined;
    return 0;
  }
  owner = letGo;
  return tasks.length;
}

interface HelperExports {
  setup(scratch: number, largestPlane: number, longestRow: number): void;
  serve(control: number): void;
}

/** A helper's side: works for the engine until it is let go. */
export function help(task: HelperTask): void {
  const abort = (): never => {
    throw new Error('kernel aborted');
  };
  const instance = new WebAssembly.Instance(task.module, { env: { memory: task.memory, abort } });
  const k = instance.exports as unknown as HelperExports;
  k.setup(task.scratch, task.largestPlane, task.longestRow);
  k.serve(task.control);
}
