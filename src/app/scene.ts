import { InputError } from '../base/errors.ts';
import type { Vec3 } from '../base/grid.ts';
import { say } from '../messages/say-app.ts';
import type { ToolSurface } from '../press/tool-surface.ts';
import { poseAt } from '../view/camera.ts';
import { linkCameras } from '../view/link-cameras.ts';
import { Viewer } from '../view/viewer.ts';
import { type Box, type Callout, layNames } from './lay-names.ts';
import { pace } from './pace.ts';
import type { Slot } from './protocol.ts';
import { stacked } from './stacked.ts';
import { type AppState, setView, store } from './state.ts';
import { type LabelId, STORY, type StoryStep } from './story.data.ts';

/** What the scene tells the page. */
export interface SceneEvents {
  callouts(list: readonly Callout[]): void;
  /** Where the tool can be taken hold of, CSS pixels; undefined while it cannot. */
  handle(at: readonly [number, number] | undefined): void;
  ready(): void;
}

/** What is on show, whoever decided it: the story or the person. */
interface Look {
  readonly peel: number;
  readonly load: number;
  readonly xray: boolean;
  readonly section: AppState['view']['section'];
  readonly shows: 'pressure' | 'structures';
  readonly isolated: readonly string[] | undefined;
  readonly lit: string | undefined;
  readonly faded: readonly string[];
  readonly tool: ToolSurface | undefined;
}

/** The eye below the feet and a little behind: the back is up, the tool below. */
export const LYING = poseAt([0, 0, 0], { azimuth: 180, elevation: -66, distance: 1000 });

const open = new Map<Slot, Viewer>();
let unlink: (() => void) | undefined;

/** The viewer of a slot, for pictures and buttons; undefined where there is no 3-D. */
export const viewerOf = (slot: Slot): Viewer | undefined => open.get(slot);

/**
 * Keeps a canvas in step with the app's state until it is disposed.
 * @throws InputError where the browser has no WebGL 2
 */
export function attachScene(canvas: HTMLCanvasElement, slot: Slot, events: SceneEvents): () => void {
  const viewer = new Viewer(canvas, { background: 'transparent', pixelRatio: pixelRatio() });
  open.set(slot, viewer);
  if (open.size > 1) unlink = linkCameras([...open.values()]);

  const offs = [
    viewer.on('frame', () => annotate(viewer, canvas, slot, events)),
    viewer.on('lost', () => store.setState({ lost: true })),
    viewer.on('restored', () => store.setState({ lost: false })),
  ];
  let before: AppState | undefined;
  let framed = false;
  let story: StoryStep | undefined;
  const follow = (now: AppState): void => {
    const [mine, was] = [now[slot], before?.[slot]];
    const look = lookOf(now, slot);
    const past = before === undefined ? undefined : lookOf(before, slot);
    if (mine.drawn !== was?.drawn && mine.drawn !== undefined) {
      viewer.setSurfaces(mine.drawn.surfaces);
      if (!framed) {
        framed = true;
        events.ready();
      }
    }
    if (mine.body !== was?.body) viewer.setBody(mine.body);
    if (mine.body !== was?.body || mine.states !== was?.states) viewer.setStates(mine.states);
    if (look.tool !== past?.tool) viewer.setTool(look.tool);
    if (look.load !== past?.load || mine.states !== was?.states) glide(viewer, look.load, now.mode === 'story');
    if (look.peel !== past?.peel) viewer.setPeel(look.peel);
    if (look.xray !== past?.xray) viewer.setStyle({ mode: look.xray ? 'xray' : 'plain' });
    if (look.section !== past?.section || look.shows !== past.shows)
      viewer.setSection(look.section === 'off' ? undefined : { kind: look.section, show: look.shows });
    // the width of a nerve's usual course is told on the whole body; beside a cut it would hide the cut
    if (look.section !== past?.section) viewer.setStyle({ spread: look.section === 'off' });
    if (now.scheme !== before?.scheme) viewer.setGround(isDark(now) ? 'dark' : 'light');
    if (look.isolated !== past?.isolated) viewer.isolate(look.isolated);
    if (look.lit !== past?.lit) viewer.highlight(look.lit === undefined ? [] : [look.lit]);
    if (look.faded !== past?.faded) {
      for (const id of past?.faded ?? []) viewer.setOpacity(id, undefined);
      for (const id of look.faded) viewer.setOpacity(id, 0.12);
    }
    const step = now.mode === 'story' ? STORY[Math.min(now.step, STORY.length - 1)] : undefined;
    if (framed && step !== undefined && (step !== story || mine.drawn !== was?.drawn)) {
      const [azimuth, elevation] = step.camera;
      void viewer.look(poseAt([0, 0, 0], { azimuth, elevation, distance: 1000 }), {
        seconds: story === undefined ? 0 : 1.3,
        focus: step.focus.length > 0 ? step.focus : ['skin'],
        margin: step.margin,
      });
    }
    // from the feet, somebody lying face down on the tool; another body does not take a chosen view away
    if (framed && now.mode !== 'story' && (before === undefined || before.mode === 'story' || was?.drawn === undefined))
      void viewer.look(LYING, { seconds: before?.mode === 'story' ? 0.9 : 0, focus: ['skin'], margin: 0.8 });
    story = step;
    before = now;
  };
  follow(store.getState());
  const unsubscribe = store.subscribe(follow);
  const night = matchMedia('(prefers-color-scheme: dark)');
  const onNight = (): void => viewer.setGround(isDark(store.getState()) ? 'dark' : 'light');
  night.addEventListener('change', onNight);
  const parted = hear(canvas, viewer, slot);
  return () => {
    unsubscribe();
    night.removeEventListener('change', onNight);
    parted();
    for (const off of offs) off();
    unlink?.();
    unlink = undefined;
    open.delete(slot);
    viewer.dispose();
  };
}

const isDark = ({ scheme }: AppState): boolean =>
  scheme === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : scheme === 'dark';

/** Sharp where the graphics card has power to spare; machines with two cores often draw in software. */
const pixelRatio = (): number => Math.min(devicePixelRatio, (navigator.hardwareConcurrency ?? 4) <= 2 ? 1 : 2);

const ISOLATED = new Map<string, readonly string[]>();
/** The same list for the same id, so that equal looks are the same object. */
const alone = (id: string): readonly string[] => {
  const known = ISOLATED.get(id) ?? [id];
  ISOLATED.set(id, known);
  return known;
};

const NONE: readonly string[] = [];

function lookOf(state: AppState, slot: Slot): Look {
  const { view, mode } = state;
  const { body } = state[slot];
  if (mode === 'story') {
    const step = STORY[Math.min(state.step, STORY.length - 1)]!;
    return {
      peel: step.peel,
      load: step.load,
      xray: step.xray,
      section: step.section ? 'axial' : 'off',
      shows: 'pressure',
      isolated: step.shown.length > 0 ? step.shown : undefined,
      lit: undefined,
      faded: NONE,
      tool: step.tool === 'none' ? undefined : step.tool === 'lever-hook' ? state.hook : body?.tool,
    };
  }
  return {
    peel: view.peel,
    load: view.load,
    xray: view.xray,
    section: view.section,
    shows: view.sectionShows,
    isolated: view.isolated === undefined ? undefined : alone(view.isolated),
    lit: view.picked === undefined ? undefined : view.picked.structure,
    faded: view.faded,
    tool: body?.tool,
  };
}

const gliding = new WeakMap<Viewer, number>();

/** Takes the load there: at once for a person's own slider, as somebody lowers themselves in the story. */
function glide(viewer: Viewer, to: number, slowly: boolean): void {
  cancelAnimationFrame(gliding.get(viewer) ?? 0);
  const from = viewer.load.share;
  if (!slowly || from === to || matchMedia('(prefers-reduced-motion: reduce)').matches) {
    viewer.setLoad(to);
    return;
  }
  const further = pace(to > from ? 2.8 : 0.5);
  const next = (now: number): void => {
    const t = further(now);
    viewer.setLoad(from + (to - from) * t * t * (3 - 2 * t));
    if (t < 1) gliding.set(viewer, requestAnimationFrame(next));
  };
  gliding.set(viewer, requestAnimationFrame(next));
}

/** Names beside the picture and the handle on the tool, after every frame. */
function annotate(viewer: Viewer, canvas: HTMLCanvasElement, slot: Slot, events: SceneEvents): void {
  const state = store.getState();
  const box = { width: canvas.clientWidth, height: canvas.clientHeight };
  if (state.mode === 'story') {
    const { names } = STORY[Math.min(state.step, STORY.length - 1)]!;
    events.callouts(callouts(viewer, names, box, lookOf(state, slot).section !== 'off'));
    events.handle(undefined);
    return;
  }
  const cut = state.view.section !== 'off' && state.view.isolated === undefined;
  events.callouts(cut ? callouts(viewer, cutNames(viewer, box.width < 480 ? 2 : 5), box, true) : []);
  const body = state[slot].body;
  if (body === undefined) {
    events.handle(undefined);
    return;
  }
  const { depth } = viewer.load;
  const { at, direction } = body.tool;
  // it can be dragged over the skin only where one looks at the skin
  const { position, target } = viewer.camera;
  const gaze = [0, 1, 2].map((d) => target[d]! - position[d]!);
  const facing = gaze.reduce((sum, g, d) => sum + g * direction[d]!, 0) / Math.hypot(...gaze);
  const p = viewer.project([0, 1, 2].map((d) => at[d]! + depth * direction[d]!) as unknown as Vec3);
  events.handle(p.inFront && facing > 0.5 ? [p.x, p.y] : undefined);
}

/** What is named on a cut, in order of worth; of parts that there are twice, one side is enough. */
const ON_CUT: readonly (readonly [ids: readonly string[], label: LabelId])[] = [
  [['psoas_major/left', 'psoas_major/right'], 'psoas'],
  [['iliopsoas/left', 'iliopsoas/right'], 'iliopsoas'],
  [['small_intestine'], 'small-bowel'],
  [['iliacus/right', 'iliacus/left'], 'iliacus'],
  [['abdominal_aorta'], 'aorta'],
  [['inferior_vena_cava'], 'vena-cava'],
  [['ascending_colon', 'caecum', 'sigmoid_colon', 'descending_colon'], 'large-bowel'],
  [['sacrum', 'vertebra_l5', 'vertebra_l4', 'vertebra_l3'], 'spine'],
];

function cutNames(viewer: Viewer, most: number): StoryStep['names'] {
  const names: [string, LabelId][] = [];
  for (const [ids, label] of ON_CUT) {
    const id = ids.find((one) => anchorOf(viewer, one) !== undefined);
    if (id !== undefined && names.length < most) names.push([id, label]);
  }
  return names;
}

/** Names with what they point at, laid out beside the picture. */
function callouts(viewer: Viewer, names: StoryStep['names'], box: Box, cut: boolean): Callout[] {
  const story = store.getState().mode === 'story';
  const beside = story && !stacked();
  const points = names.flatMap(([id, label, side]) => {
    const point = anchorOf(viewer, id);
    if (point === undefined) return [];
    const at = viewer.project(point);
    return at.inFront ? [{ words: say(`app.label.${label}`), at, side }] : [];
  });
  const { size, wide } = letters();
  return layNames(points, box, {
    // names of a cut stand at the edges, where they cover none of it
    reach: cut ? box.width : Math.min(0.2 * box.width, 130 * size),
    wide,
    line: 19 * size,
    // the letters of the story stand at the right edge, or along the lower one; the buttons of the views along the upper one
    left: (beside ? 28 : 4) * size,
    right: (beside ? 52 : 4) * size,
    top: (story ? 20 : 40) * size,
    bottom: (story && !beside ? 48 : 12) * size,
  });
}

let ruler: CanvasRenderingContext2D | null | undefined;
/** How wide words are in the letters of the names, CSS pixels, and how large those are beside the usual 16. */
function letters(): { size: number; wide: (words: string) => number } {
  const style = getComputedStyle(document.querySelector('.callouts') ?? document.documentElement);
  const root = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  ruler ??= document.createElement('canvas').getContext('2d');
  if (ruler !== null) ruler.font = ['italic', style.fontSize, style.fontFamily].join(' ');
  const pixels = Number.parseFloat(style.fontSize) || root;
  return { size: root / 16, wide: (words) => ruler?.measureText(words).width ?? 0.6 * pixels * words.length };
}

const anchors = new WeakMap<Viewer, { key: string; at: Map<string, Vec3 | undefined> }>();

const cutKey = (): string => {
  const { mode, step, view, a, b } = store.getState();
  return mode === 'story' ? `story-${step}` : `${view.section} ${a.states.length} ${b.states.length}`;
};

/** A name's point on the body: looked for anew only when the eye or the load has changed by much. */
function anchorOf(viewer: Viewer, id: string): Vec3 | undefined {
  const { position } = viewer.camera;
  const key = `${position.map((c) => Math.round(c / 60)).join(' ')} ${Math.round(10 * viewer.load.share)} ${viewer.load.depth > 0} ${cutKey()}`;
  let known = anchors.get(viewer);
  if (known === undefined || known.key !== key) {
    known = { key, at: new Map() };
    anchors.set(viewer, known);
  }
  if (!known.at.has(id)) known.at.set(id, viewer.anchor(id));
  return known.at.get(id);
}

/** A click picks; arrow keys turn, plus and minus go nearer and farther. */
function hear(canvas: HTMLCanvasElement, viewer: Viewer, slot: Slot): () => void {
  let down: { x: number; y: number } | undefined;
  const place = (event: PointerEvent): [number, number] => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const onDown = (event: PointerEvent): void => {
    down = { x: event.clientX, y: event.clientY };
  };
  const onUp = (event: PointerEvent): void => {
    const still = down !== undefined && Math.hypot(event.clientX - down.x, event.clientY - down.y) < 5;
    down = undefined;
    if (!still || store.getState().mode === 'story') return;
    const found = viewer.pick(...place(event));
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
  void slot;
  return () => {
    canvas.removeEventListener('pointerdown', onDown);
    canvas.removeEventListener('pointerup', onUp);
    canvas.removeEventListener('keydown', onKey);
  };
}

/** Lays the tool elsewhere for the eye, before it is solved anew: along the skin, not pressed in. */
export function previewTool(slot: Slot, x: number, y: number): readonly [number, number] | undefined {
  const viewer = open.get(slot);
  const body = store.getState()[slot].body;
  const skin = viewer?.pickSkin(x, y);
  if (viewer === undefined || body === undefined || skin === undefined) return undefined;
  const { tool, bodyOrigin } = body;
  const by = [0, 1, 2].map((d) => skin[d]! - tool.at[d]!);
  const vertices = tool.vertices.map((v, n) => v + by[n % 3]!);
  viewer.setLoad(0);
  viewer.setTool({ ...tool, vertices, at: skin, apex: tool.apex.map((v, d) => v + by[d]!) as unknown as Vec3 });
  return [Math.round(skin[0] - bodyOrigin[0]), Math.round(skin[2] - bodyOrigin[2])];
}

export const noScene = (error: unknown): string =>
  error instanceof InputError
    ? say('app.scene.none.because', { reason: error.message.charAt(0).toUpperCase() + error.message.slice(1) })
    : say('app.scene.none');
