import type { Vec3 } from '../base/grid.ts';
import type { Speaker } from '../messages/speaker.ts';
import type { Viewer } from '../view/viewer.ts';
import { type Box, type Callout, layNames } from './lay-names.ts';
import { lookOf } from './look.ts';
import type { Slot } from './protocol.ts';
import { stacked } from './stacked.ts';
import { store } from './state.ts';
import { type LabelId, type StoryStep, stepOf } from './story.data.ts';

/** The names beside the picture that is on show: those of a picture of the story, or of what a cut has opened. */
export function calloutsOf(speaker: Speaker, viewer: Viewer, slot: Slot, box: Box): Callout[] {
  const state = store.getState();
  if (state.mode === 'story')
    return callouts(speaker, viewer, stepOf(state.step).names, box, lookOf(state, slot).section !== 'off');
  const cut = state.view.section !== 'off' && state.view.isolated === undefined;
  return cut
    ? callouts(speaker, viewer, cutNames(viewer, box.width < NARROW ? 2 : box.width < WIDE ? 5 : 8), box, true)
    : [];
}

/** A picture that has room for two names of a cut only, CSS pixels. */
const NARROW = 480;
/** One that has room for all of them. */
const WIDE = 620;

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
  // rings on the cut: the usual courses of what is thinner than the picture
  [['ureter/right', 'ureter/left'], 'ureter'],
  [['lateral_femoral_cutaneous_nerve/right', 'lateral_femoral_cutaneous_nerve/left'], 'skin-nerve'],
];

function cutNames(viewer: Viewer, most: number): StoryStep['names'] {
  const names: [string, LabelId][] = [];
  for (const [ids, label] of ON_CUT) {
    const id = ids.find((one) => anchorOf(viewer, one) !== undefined);
    if (id !== undefined && names.length < most) names.push([id, label]);
  }
  return names;
}

function callouts({ say }: Speaker, viewer: Viewer, names: StoryStep['names'], box: Box, cut: boolean): Callout[] {
  const state = store.getState();
  const story = state.mode === 'story';
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
    // beside each other the marks of two presses stand above
    top: (story ? 20 : state.mode === 'compare' ? 66 : 40) * size,
    // in one's own press the marks stand there
    bottom: (story ? (beside ? 12 : 48) : 46) * size,
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

/** A name's point on the body: looked for anew only when the camera or the load has changed by much. */
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
