import { afterEach, describe, expect, it, vi } from 'vitest';
import { holdLock, watchWorker } from './worker-watch.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Locks as the browser keeps them: the next one gets it when the first one's holder is gone. */
function fakeLocks() {
  const waiting: (() => void)[] = [];
  let held = false;
  return {
    locks: {
      request: (_: string, ...more: unknown[]) => {
        const take = more.at(-1) as () => unknown;
        if (held) waiting.push(take as () => void);
        else {
          held = true;
          take();
        }
        return new Promise(() => undefined);
      },
    },
    holderDies: () => waiting.shift()?.(),
  };
}

describe('the watch on a worker', () => {
  it('tells at once when the worker has gone and its lock is free', () => {
    const { locks, holderDies } = fakeLocks();
    vi.stubGlobal('navigator', { locks });
    const gone = vi.fn();
    const watch = watchWorker('w', gone);
    holdLock('w', watch.locked);
    watch.waiting(true);
    expect(gone).not.toHaveBeenCalled();
    holderDies();
    holderDies();
    expect(gone).toHaveBeenCalledTimes(1);
  });

  it('with a lock, silence means nothing', () => {
    vi.useFakeTimers();
    const { locks } = fakeLocks();
    vi.stubGlobal('navigator', { locks });
    const gone = vi.fn();
    const watch = watchWorker('w', gone, 1000);
    watch.waiting(true);
    holdLock('w', watch.locked);
    vi.advanceTimersByTime(1e6);
    expect(gone).not.toHaveBeenCalled();
  });

  it('without locks, long silence counts, but only while something is asked and since the last word', () => {
    vi.useFakeTimers();
    for (const navigator of [
      {},
      Object.defineProperty({}, 'locks', {
        get: () => {
          throw new Error('denied');
        },
      }),
    ]) {
      vi.stubGlobal('navigator', navigator);
      const gone = vi.fn();
      const watch = watchWorker('w', gone, 1000);
      holdLock('w', watch.locked);
      vi.advanceTimersByTime(5000);
      watch.waiting(true);
      for (let n = 0; n < 5; n++) {
        vi.advanceTimersByTime(900);
        watch.heard();
      }
      expect(gone).not.toHaveBeenCalled();
      vi.advanceTimersByTime(1100);
      expect(gone).toHaveBeenCalledTimes(1);
      vi.advanceTimersByTime(5000);
      expect(gone).toHaveBeenCalledTimes(1);
    }
  });

  it('ends with its worker', () => {
    const { locks, holderDies } = fakeLocks();
    vi.stubGlobal('navigator', { locks });
    const gone = vi.fn();
    const watch = watchWorker('w', gone);
    holdLock('w', watch.locked);
    watch.end();
    holderDies();
    expect(gone).not.toHaveBeenCalled();
  });
});
