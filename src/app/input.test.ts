import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Viewer } from '../view/viewer.ts';
import { bindInput, type Pointed } from './input.ts';
import { FIRST_VIEW, pointAt, setSlot, setView, store } from './state.ts';

const PSOAS = { structure: 'psoas_major', side: 'left', kind: 'section', point: [0, 0, 0], rest: [0, 0, 0] } as const;

/** A canvas and a viewer that has the psoas everywhere; what has been told last, and a pointer that comes to rest. */
function scene() {
  const canvas = Object.assign(new EventTarget(), { getBoundingClientRect: () => ({ left: 0, top: 0 }) });
  const viewer = { pick: () => ({ ...PSOAS, pressure: 12 }) };
  const told: (Pointed | undefined)[] = [];
  const move = (): void => {
    canvas.dispatchEvent(Object.assign(new Event('pointermove'), { clientX: 3, clientY: 4, buttons: 0 }));
  };
  return {
    told,
    move,
    rest: () => {
      move();
      vi.advanceTimersByTime(1000);
    },
    end: bindInput(canvas as unknown as HTMLCanvasElement, viewer as unknown as Viewer, 'a', (what) => told.push(what)),
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  store.setState({ ...store.getInitialState(), mode: 'yours' });
});
afterEach(() => {
  vi.useRealTimers();
});

const AT_PSOAS = { structure: 'psoas_major', side: 'left' };
const CHANGES = {
  'another state of the press': () => setSlot('a', { states: [] }),
  'another body': () => setSlot('a', { body: {} as never }),
  'another load': () => setView({ load: 0.5 }),
  'another cut': () => setView({ section: 'sagittal' }),
  'another content of the cut': () => setView({ sectionShows: 'structures' }),
  'another depth': () => setView({ peel: 0.9 }),
  'another eye': () => setView({ eye: { azimuth: 1, elevation: 1, distance: 1, target: [0, 0, 0], lying: true } }),
  'the story': () => store.setState({ mode: 'story' }),
};

describe('a resting pointer', () => {
  it.each(Object.entries(CHANGES))('is told nothing any more of what was there before %s', (_, change) => {
    const { told, rest, end } = scene();
    rest();
    expect(told).toEqual([{ ...AT_PSOAS, pressure: 12, at: [3, 4] }]);
    expect(store.getState().view.pointed).toEqual(AT_PSOAS);
    change();
    expect(told).toHaveLength(2);
    expect(told[1]).toBeUndefined();
    expect(store.getState().view.pointed).toBeUndefined();
    end();
  });

  it('keeps its word while nothing changes that it can see', () => {
    const { told, rest, end } = scene();
    rest();
    store.setState({ units: 'imperial' });
    setView({ picked: AT_PSOAS });
    setSlot('b', { states: [] });
    expect(told).toHaveLength(1);
    end();
    expect(told.at(-1)).toBeUndefined();
    expect(store.getState().view.pointed).toBeUndefined();
  });

  it('does not speak in a story that began before it had rested', () => {
    const { told, move, end } = scene();
    move();
    store.setState({ mode: 'story' });
    vi.advanceTimersByTime(1000);
    expect(told).toEqual([]);
    end();
  });
});

describe('a line that is pointed at', () => {
  it('takes back what it has said, and nothing that was said since', () => {
    store.setState({ view: FIRST_VIEW });
    const leave = pointAt(AT_PSOAS);
    expect(store.getState().view.pointed).toBe(AT_PSOAS);
    leave();
    expect(store.getState().view.pointed).toBeUndefined();
    const other = { structure: 'iliacus', side: 'right' };
    pointAt(AT_PSOAS);
    pointAt(other);
    leave();
    expect(store.getState().view.pointed).toBe(other);
  });
});
