import type { Viewer } from '../view/viewer.ts';
import { setView, store } from './state.ts';

/** Between pointer down and up, farther than this is a drag and no click, CSS pixels. */
const CLICK = 5;

/** A click picks; arrow keys turn, plus and minus go nearer and farther. @returns a function that ends it */
export function bindInput(canvas: HTMLCanvasElement, viewer: Viewer): () => void {
  let down: { x: number; y: number } | undefined;
  const onDown = (event: PointerEvent): void => {
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
  return () => {
    canvas.removeEventListener('pointerdown', onDown);
    canvas.removeEventListener('pointerup', onUp);
    canvas.removeEventListener('keydown', onKey);
  };
}
