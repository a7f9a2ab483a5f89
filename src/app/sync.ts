import { smoothstep } from '../base/smoothstep.ts';
import { poseAt } from '../view/camera.ts';
import { PERSON, type Viewer } from '../view/viewer.ts';
import { facingCut, lyingView } from './cameras.ts';
import { lookOf } from './look.ts';
import { pace } from './pace.ts';
import type { BodyScene, Slot } from './protocol.ts';
import { type Eye, eyeOf, poseOfEye } from './share-link-view.ts';
import { type AppState, store, type View } from './state.ts';
import { type StoryStep, stepOf } from './story.data.ts';

/**
 * Keeps a viewer in step with the app's state.
 * @param onReady there is a body to see
 * @returns a function that ends it
 */
export function syncWithStore(viewer: Viewer, slot: Slot, onReady: () => void): () => void {
  let before: AppState | undefined;
  let framed = false;
  let faced = false;
  let story: StoryStep | undefined;
  const follow = (now: AppState): void => {
    const [mine, was] = [now[slot], before?.[slot]];
    const look = lookOf(now, slot);
    const past = before === undefined ? undefined : lookOf(before, slot);
    if (mine.drawn !== was?.drawn) {
      viewer.setSurfaces(mine.drawn?.surfaces ?? []);
      if (!framed) onReady();
      framed = mine.drawn !== undefined;
    }
    if (mine.body !== undefined) viewer.lying = mine.body.up;
    if (mine.body !== was?.body) viewer.setBody(mine.body);
    if (mine.body !== was?.body || mine.states !== was?.states) viewer.setStates(mine.states);
    if (look.tool !== past?.tool) viewer.setTool(look.tool);
    if (look.figure !== past?.figure) viewer.setFigure(look.figure);
    if (look.load !== past?.load || mine.states !== was?.states) glide(viewer, look.load, now.mode === 'story');
    if (look.peel !== past?.peel) viewer.setPeel(look.peel);
    if (look.xray !== past?.xray) viewer.setStyle({ mode: look.xray ? 'xray' : 'plain' });
    if (look.section !== past?.section || look.shows !== past.shows)
      viewer.setSection(look.section === 'off' ? undefined : { kind: look.section, show: look.shows });
    // the width of a nerve's usual course is told on the whole body; beside a cut it would hide the cut
    if (look.section !== past?.section) viewer.setStyle({ spread: look.section === 'off' });
    if (now.scheme !== before?.scheme) viewer.setGround(isDark(now) ? 'dark' : 'light');
    if (look.isolated !== past?.isolated) viewer.isolate(look.isolated);
    if (look.highlighted !== past?.highlighted || look.pointed !== past?.pointed)
      viewer.highlight(look.highlighted, look.pointed);
    if (look.faded !== past?.faded) {
      for (const id of past?.faded ?? []) viewer.setOpacity(id, undefined);
      for (const id of look.faded) viewer.setOpacity(id, FADED);
    }
    const step = now.mode === 'story' ? stepOf(now.step) : undefined;
    if (framed && step !== undefined && (step !== story || mine.drawn !== was?.drawn)) {
      const [azimuth, elevation] = step.camera;
      const from =
        step.section && mine.body !== undefined
          ? facingCut('axial', mine.body)
          : poseAt([0, 0, 0], { azimuth, elevation, distance: 1000 });
      void viewer.look(from, {
        seconds: story === undefined ? 0 : 1.3,
        focus: step.focus.length > 0 ? step.focus : ['skin'],
        margin: step.margin,
      });
    }
    // another body does not take a chosen view away; another cut is looked at from in front of it
    if (now.mode === 'story') faced = false;
    const turned = look.section !== past?.section && look.section !== 'off' && slot === 'a';
    const { eye } = now.view;
    const sent = eye !== undefined && eye !== before?.view.eye && !sameEye(eye, eyeOf(viewer.camera));
    if (framed && mine.body !== undefined && now.mode !== 'story' && (!faced || turned || sent)) {
      if (eye !== undefined && (sent || !faced)) viewer.setCamera(poseOfEye(eye, mine.body.up));
      else void faceCut(viewer, look.section, mine.body, faced || story !== undefined ? 0.9 : 0);
      faced = true;
    }
    story = step;
    before = now;
  };
  follow(store.getState());
  const unsubscribe = store.subscribe(follow);
  const night = matchMedia('(prefers-color-scheme: dark)');
  const onNight = (): void => viewer.setGround(isDark(store.getState()) ? 'dark' : 'light');
  night.addEventListener('change', onNight);
  return () => {
    unsubscribe();
    night.removeEventListener('change', onNight);
  };
}

/** Whether two eyes are one, but for what rounding does. */
const sameEye = (a: Eye, b: Eye): boolean =>
  a.lying === b.lying &&
  Math.abs(a.azimuth - b.azimuth) < 0.3 &&
  Math.abs(a.elevation - b.elevation) < 0.3 &&
  Math.abs(a.distance - b.distance) < 3 &&
  a.target.every((c, d) => Math.abs(c - b.target[d]!) < 3);

/** Turns the eye to a cut; without one, to the person who lies there. */
const faceCut = (viewer: Viewer, section: View['section'], body: BodyScene, seconds: number): Promise<void> =>
  section === 'off'
    ? viewer.look(lyingView(body), { seconds, focus: [PERSON], margin: 1.04 })
    : viewer.look(facingCut(section, body), { seconds, focus: ['skin'], margin: section === 'axial' ? 0.8 : 1 });

/** Opacity of a part that was faded. */
const FADED = 0.12;

const isDark = ({ scheme }: AppState): boolean =>
  scheme === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : scheme === 'dark';

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
    viewer.setLoad(from + (to - from) * smoothstep(t));
    if (t < 1) gliding.set(viewer, requestAnimationFrame(next));
  };
  gliding.set(viewer, requestAnimationFrame(next));
}
