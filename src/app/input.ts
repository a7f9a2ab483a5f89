import type { Picked, Viewer } from '../view/viewer.ts';
import { lookOf } from './look.ts';
import type { Slot } from './protocol.ts';
import { type AppState, setView, store } from './state.ts';

/** Between pointer down and up, farther than this is a drag and no click, CSS pixels. */
const CLICK = 5;

/** A pointer that has rested so long is pointing at something, ms. */
const REST = 60;

/** What a resting pointer is on, and where, CSS pixels. */
export interface Pointed {
  readonly structure: string;
  readonly side: Picked['side'];
  /** Tissue pressure that a cut shows there, kPa. */
  readonly pressure?: number | undefined;
  readonly at: readonly [number, number];
}

/** A click picks, a resting pointer names; arrow keys turn, plus and minus go nearer and farther. @returns a function that ends it */
export function bindInput(
  canvas: HTMLCanvasElement,
  viewer: Viewer,
  slot: Slot,
  tell: (pointed: Pointed | undefined) => void,
): () => void {
  let resting: ReturnType<typeof setTimeout> | undefined;
  let told = false;
  const point = (pointed: Pointed | undefined): void => {
    clearTimeout(resting);
    if (pointed === undefined && !told) return;
    told = pointed !== undefined;
    tell(pointed);
    setView({ pointed: pointed && { structure: pointed.structure, side: pointed.side } });
  };
  const onMove = (event: PointerEvent): void => {
    // fingers have no place between two touches
    if (event.pointerType === 'touch' || event.buttons !== 0 || store.getState().mode === 'story') {
      point(undefined);
      return;
    }
    clearTimeout(resting);
    const box = canvas.getBoundingClientRect();
    const at = [event.clientX - box.left, event.clientY - box.top] as const;
    resting = setTimeout(() => {
      const found = viewer.pick(...at);
      point(found && { structure: found.structure, side: found.side, pressure: found.pressure, at });
    }, REST);
  };
  const onLeave = (): void => point(undefined);
  // what rests while something else comes on show points at what was there before
  let before = shownIn(store.getState(), slot);
  const forget = store.subscribe((state) => {
    const now = shownIn(state, slot);
    const same = now.every((what, n) => what === before[n]);
    before = now;
    if (!same) point(undefined);
  });
  let down: { x: number; y: number } | undefined;
  const onDown = (event: PointerEvent): void => {
    point(undefined);
    down = { x: event.clientX, y: event.clientY };
  };
  const onUp = (event: PointerEvent): void => {
    const still = down !== undefined && Math.hypot(event.clientX - down.x, event.clientY - down.y) < CLICK;
    down = undefined;
    if (!still || store.getState().mode === 'story') return;
    const box = canvas.getBoundingClientRect();
    const found = viewer.pick(event.clientX - box.left, event.clientY - box.top);
    setView({ picked: found && { structure: found.structure, side: found.side } });
  };
  const onKey = (event: KeyboardEvent): void => {
    const turn = { ArrowLeft: [-8, 0], ArrowRight: [8, 0], ArrowUp: [0, 8], ArrowDown: [0, -8] }[event.key];
    if (turn !== undefined) viewer.orbit(turn[0]!, turn[1]!);
    else if (event.key === '+' || event.key === '=') viewer.zoom(1.15);
    else if (event.key === '-') viewer.zoom(1 / 1.15);
    else if (event.key === 'Escape') setView({ picked: undefined, isolated: undefined });
    else return;
    event.preventDefault();
  };
  canvas.addEventListener('pointerdown', onDown);
  canvas.addEventListener('pointerup', onUp);
  canvas.addEventListener('keydown', onKey);
  canvas.addEventListener('pointermove', onMove);
  canvas.addEventListener('pointerleave', onLeave);
  canvas.addEventListener('wheel', onLeave, { passive: true });
  return () => {
    canvas.removeEventListener('pointerdown', onDown);
    canvas.removeEventListener('pointerup', onUp);
    canvas.removeEventListener('keydown', onKey);
    canvas.removeEventListener('pointermove', onMove);
    canvas.removeEventListener('pointerleave', onLeave);
    canvas.removeEventListener('wheel', onLeave);
    forget();
    point(undefined);
  };
}

/** All that decides what lies under a place of the picture, and what its number is; equal by identity while nothing of it changes. */
function shownIn(state: AppState, slot: Slot): readonly unknown[] {
  const { peel, load, xray, section, shows, isolated, faded } = lookOf(state, slot);
  const { body, drawn, states } = state[slot];
  return [state.mode, state.view.eye, body, drawn, states, peel, load, xray, section, shows, isolated, faded];
}
