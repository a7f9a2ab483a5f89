/**
 * Tells when a worker has ended without a word. A worker holds a lock as long as it lives, and whoever asks for the same lock gets it
 * when the worker is gone, however it went. Where there are no locks (storage that is blocked takes them along), long silence counts
 * as the end.
 */

/** Longer than anything that is computed without a word in between, on a slow phone too, ms. */
const SILENCE = 120_000;

/** In the worker: takes the lock of its own name and keeps it. */
export function holdLock(name: string, held: () => void): void {
  locks()
    ?.request(name, () => {
      held();
      return new Promise<never>(() => undefined);
    })
    .catch(() => undefined);
}

export interface Watch {
  /** The worker holds its lock: from now on the lock tells. */
  locked(): void;
  /** The worker has said something. */
  heard(): void;
  /** Something is asked of the worker, or no longer: silence counts only while it is. */
  waiting(yes: boolean): void;
  end(): void;
}

/** In the page. @param gone called once, when the worker is gone */
export function watchWorker(name: string, gone: () => void, silence = SILENCE): Watch {
  let over = false;
  let byLock = false;
  let asked = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ended = new AbortController();
  const end = (): void => {
    over = true;
    clearTimeout(timer);
    ended.abort();
  };
  const lost = (): void => {
    if (over) return;
    end();
    gone();
  };
  const wind = (): void => {
    clearTimeout(timer);
    if (asked && !byLock && !over) timer = setTimeout(lost, silence);
  };
  return {
    locked: () => {
      const found = locks();
      if (found === undefined || byLock) return;
      byLock = true;
      wind();
      found.request(name, { signal: ended.signal }, lost).catch(() => undefined);
    },
    heard: wind,
    waiting: (yes) => {
      if (asked === yes) return;
      asked = yes;
      wind();
    },
    end,
  };
}

/** The browser's locks, where it has them and lets this page have them. */
function locks(): LockManager | undefined {
  try {
    return navigator.locks;
  } catch {
    return undefined;
  }
}
