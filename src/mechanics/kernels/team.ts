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
let most = 1;
const helpers: Helper[] = [];
let owner: (() => void) | undefined;

/** Registers how helpers are spawned here, and how many threads one engine should use. */
export function provideHelpers(spawnHelper: () => Helper, threads: number): void {
  spawn = spawnHelper;
  most = threads;
}

/** Threads that a press uses when it is not told. */
export const defaultThreads = (): number => (spawn === undefined ? 1 : most);

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

/** What the kernels' module offers to a member of a team. */
export interface MemberExports {
  setup(scratch: number, largestPlane: number, longestRow: number): void;
  join(control: number): void;
  execute(what: number, member: number, members: number): void;
}

/** Looks at a word before a thread sleeps: some ten microseconds. */
const SPINS = 2000;
/** A sleeper looks again after this long, ms. */
const PATIENCE = 5;
/** Control words: order = number × 16 + members, helpers that are ready, helpers that are done, barrier's count and number, task. */
const [ORDER, READY, DONE, COUNT, GENERATION, WHAT] = [0, 1, 2, 3, 4, 5];

/**
 * Orders and barriers over the control words of one engine. They are JavaScript's Atomics and not the module's: those lost orders under
 * Node 20 unless its baseline compiler was off.
 */
export class Teamwork {
  private readonly words: Int32Array;

  constructor(memory: WebAssembly.Memory, control: number) {
    this.words = new Int32Array(memory.buffer, control, 16);
  }

  /** Helpers that have come. */
  get ready(): number {
    return Atomics.load(this.words, READY);
  }

  /** To be called before any helper is sent. */
  open(): void {
    Atomics.store(this.words, ORDER, 1);
  }

  /** Sends the helpers home. */
  close(): void {
    const { words } = this;
    Atomics.store(words, ORDER, ((Atomics.load(words, ORDER) >>> 4) + 1) << 4);
    Atomics.notify(words, ORDER);
  }

  /** Waits until a word is no longer `value`. */
  private leave(word: number, value: number): number {
    const { words } = this;
    for (let i = 0; i < SPINS; i++) {
      const now = Atomics.load(words, word);
      if (now !== value) return now;
    }
    for (;;) {
      Atomics.wait(words, word, value, PATIENCE);
      const now = Atomics.load(words, word);
      if (now !== value) return now;
    }
  }

  readonly barrier = (members: number): void => {
    const { words } = this;
    const generation = Atomics.load(words, GENERATION);
    if (Atomics.add(words, COUNT, 1) === members - 1) {
      Atomics.store(words, COUNT, 0);
      Atomics.store(words, GENERATION, (generation + 1) | 0);
      Atomics.notify(words, GENERATION);
    } else this.leave(GENERATION, generation);
  };

  /** Runs a task with `members` threads, this one included; returns when all are done. */
  lead(kernels: MemberExports, what: number, members: number): void {
    if (members === 1) {
      kernels.execute(what, 0, 1);
      return;
    }
    const { words } = this;
    Atomics.store(words, DONE, 0);
    Atomics.store(words, WHAT, what);
    Atomics.store(words, ORDER, (((Atomics.load(words, ORDER) >>> 4) + 1) << 4) | members);
    Atomics.notify(words, ORDER);
    kernels.execute(what, 0, members);
    for (let done = Atomics.load(words, DONE); done < members - 1; ) done = this.leave(DONE, done);
  }

  /** A helper's life: does its part of every order that counts it in; returns when it is sent home. */
  serve(kernels: MemberExports): void {
    const { words } = this;
    let seen = Atomics.load(words, ORDER);
    if ((seen & 15) === 0) return;
    const me = Atomics.add(words, READY, 1) + 1;
    for (;;) {
      seen = this.leave(ORDER, seen);
      const members = seen & 15;
      if (members === 0) return;
      if (me >= members) continue;
      kernels.execute(Atomics.load(words, WHAT), me, members);
      Atomics.add(words, DONE, 1);
      Atomics.notify(words, DONE);
    }
  }
}

/** The module's imports for a member of a team. */
export const memberImports = (memory: WebAssembly.Memory, team: Teamwork): WebAssembly.Imports => ({
  env: {
    memory,
    barrier: team.barrier,
    abort: (): never => {
      throw new Error('kernel aborted');
    },
  },
});

/** A helper's side: works for the engine until it is sent home. */
export function help(task: HelperTask): void {
  const team = new Teamwork(task.memory, task.control);
  const instance = new WebAssembly.Instance(task.module, memberImports(task.memory, team));
  const kernels = instance.exports as unknown as MemberExports;
  kernels.setup(task.scratch, task.largestPlane, task.longestRow);
  kernels.join(task.control);
  team.serve(kernels);
}
