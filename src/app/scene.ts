import { InputError } from '../base/errors.ts';
import type { Note } from '../base/note.ts';
import type { Speaker } from '../messages/speaker.ts';
import { linkCameras } from '../view/link-cameras.ts';
import { Viewer } from '../view/viewer.ts';
import { appNote } from './app-note.ts';
import { bindInput, type Pointed } from './input.ts';
import { calloutsOf } from './labels.ts';
import type { Callout } from './lay-names.ts';
import { type LevelMark, levelMarks } from './level-marks.ts';
import { type Marks, marksOf } from './marks.ts';
import type { Slot } from './protocol.ts';
import { eyeOf } from './share-link-view.ts';
import { setView, store } from './state.ts';
import { syncWithStore } from './sync.ts';
import { handleAt } from './tool-drag.ts';

/** What the scene tells the page. */
export interface SceneEvents {
  callouts(list: readonly Callout[]): void;
  /** Pressures written on the lines between bands. */
  levels(list: readonly LevelMark[]): void;
  /** Where the tool can be taken hold of, CSS pixels; undefined while it cannot. */
  handle(at: readonly [number, number] | undefined): void;
  /** What is written at its edges; undefined where nothing is. */
  marks(marks: Marks | undefined): void;
  /** What a resting pointer is on; undefined once it has gone. */
  pointed(what: Pointed | undefined): void;
  ready(): void;
}

const open = new Map<Slot, Viewer>();
let unlink: (() => void) | undefined;

/** The viewer of a slot, for pictures and buttons; undefined where there is no 3-D. */
export const viewerOf = (slot: Slot): Viewer | undefined => open.get(slot);

/**
 * A viewer on a canvas that shows what the app's state says, until it is disposed. All open ones share one camera.
 * @throws InputError where the browser has no WebGL 2
 */
export function attachScene(canvas: HTMLCanvasElement, slot: Slot, events: SceneEvents, speaker: Speaker): () => void {
  const viewer = new Viewer(canvas, { background: 'transparent', pixelRatio: pixelRatio() });
  viewer.setLetter(letterSize());
  open.set(slot, viewer);
  if (open.size > 1) unlink = linkCameras([...open.values()]);
  const offs = [
    viewer.on('frame', () => {
      const state = store.getState();
      events.callouts(calloutsOf(speaker, viewer, slot, { width: canvas.clientWidth, height: canvas.clientHeight }));
      events.levels(levelMarks(speaker, viewer, letterSize()));
      events.marks(state.mode === 'story' ? undefined : marksOf(viewer.gauge, state.units, letterSize()));
      events.handle(state.mode === 'story' ? undefined : handleAt(viewer, state[slot].body));
    }),
    // two scenes have one camera: the first one tells where it is
    viewer.on('steered', () => setView({ eye: eyeOf(viewer.camera) })),
    viewer.on('lost', () => store.setState({ lost: true })),
    viewer.on('restored', () => store.setState({ lost: false })),
    syncWithStore(viewer, slot, events.ready),
    bindInput(canvas, viewer, slot, events.pointed),
  ];
  return () => {
    for (const off of offs) off();
    unlink?.();
    unlink = undefined;
    open.delete(slot);
    viewer.dispose();
  };
}

/** The page's letters grow with very wide screens, CSS pixels. */
const letterSize = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;

/** Sharp where the graphics card has power to spare; machines with two cores often draw in software. */
const pixelRatio = (): number => Math.min(devicePixelRatio, (navigator.hardwareConcurrency ?? 4) <= 2 ? 1 : 2);

export const noScene = (error: unknown): Note =>
  error instanceof InputError ? appNote('app.scene.none.because', { reason: error.note }) : appNote('app.scene.none');
