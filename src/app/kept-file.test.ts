import { afterEach, expect, it, vi } from 'vitest';
import { fetchKept, PATIENCE } from './kept-file.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('the kept scene is given up after a while, and its fetch with it', async () => {
  vi.useFakeTimers();
  vi.stubGlobal('document', { querySelector: () => ({ content: 'kept' }) });
  let given: AbortSignal | undefined;
  vi.stubGlobal('fetch', (_: string, { signal }: { signal: AbortSignal }) => {
    given = signal;
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  });
  const kept = fetchKept();
  vi.advanceTimersByTime(PATIENCE - 1);
  expect(given?.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(given?.aborted).toBe(true);
  expect(await kept).toBe(undefined);
});
