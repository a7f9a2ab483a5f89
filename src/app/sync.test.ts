import { expect, it, vi } from 'vitest';
import type { Viewer } from '../view/viewer.ts';
import { setSlot } from './state.ts';
import { syncWithStore } from './sync.ts';

it('a body that is taken away is seen no more, and the next one is ready anew', () => {
  vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: vi.fn(), removeEventListener: vi.fn() }));
  vi.stubGlobal('cancelAnimationFrame', vi.fn());
  const shown: unknown[] = [];
  const viewer = new Proxy({ load: { share: 1 } } as unknown as Viewer, {
    get: (known, name) =>
      name === 'setSurfaces'
        ? (surfaces: unknown) => shown.push(surfaces)
        : (Reflect.get(known, name) ?? (() => undefined)),
  });
  const ready = vi.fn();
  const end = syncWithStore(viewer, 'a', ready);
  const surfaces = [] as const;
  expect(shown).toEqual([]);
  setSlot('a', { drawn: { key: 'one', surfaces } });
  expect([shown.at(-1) === surfaces, ready.mock.calls.length]).toEqual([true, 1]);
  setSlot('a', { drawn: undefined });
  expect([shown.length, shown.at(-1) === surfaces, ready.mock.calls.length]).toEqual([2, false, 1]);
  setSlot('a', { drawn: { key: 'two', surfaces } });
  expect([shown.length, ready.mock.calls.length]).toEqual([3, 2]);
  end();
  vi.unstubAllGlobals();
});
