import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react';
import { Mishap } from './mishap.tsx';
import { plateOf } from './plate-file.ts';
import type { Slot } from './protocol.ts';
import { useStory } from './speaks.tsx';
import { isExample, showsPrevious, store } from './state.ts';
import { STORY, stepOf } from './story.data.ts';
import { Told } from './told.tsx';
import { useApp } from './use-store.ts';

const Pictures = lazy(() => import('./pictures.tsx').then(({ Pictures }) => ({ default: Pictures })));
const SceneView = lazy(() => import('./scene-view.tsx').then(({ SceneView }) => ({ default: SceneView })));
const PressureKey = lazy(() => import('./pressure-key.tsx').then(({ PressureKey }) => ({ default: PressureKey })));
const SceneTools = lazy(() => import('./scene-tools.tsx').then(({ SceneTools }) => ({ default: SceneTools })));

/** The scene: it stays where it is while the words beside it change. */
export function Stage() {
  const say = useStory();
  const mode = useApp((s) => s.mode);
  return (
    <section className={`stage at-${mode}`} aria-label={say('app.stage')}>
      <Sight slot="a" />
      {mode === 'compare' && <Sight slot="b" />}
      {mode !== 'story' && (
        <Mishap quiet>
          <Suspense fallback={null}>
            <SceneTools />
          </Suspense>
        </Mishap>
      )}
      {mode === 'story' && <StoryKey />}
      {mode === 'story' && <Working />}
    </section>
  );
}

/** The step of the story from which on the cut is shown. */
const LAST_PICTURES = STORY.findIndex(({ section }) => section);

/** One body: in 3-D, or as a drawing where there is no 3-D. */
function Sight({ slot }: { readonly slot: Slot }) {
  const say = useStory();
  const flat = useApp((s) => s.flat);
  const lost = useApp((s) => s.lost);
  const previous = useApp((s) => showsPrevious(s[slot]));
  const [ready, setReady] = useState(false);
  const [canvas, newCanvas] = useState(0);
  const onReady = useCallback(() => setReady(true), []);
  return (
    <div className={previous ? 'sight previous' : 'sight'}>
      {previous && <p className="whose">{say('app.stage.previous')}</p>}
      {flat === undefined ? (
        <>
          {slot === 'a' && <Plate gone={ready} />}
          <Mishap>
            <Suspense fallback={null}>
              <SceneView key={canvas} slot={slot} onReady={onReady} />
            </Suspense>
          </Mishap>
          {lost && (
            <p className="lost" role="status">
              {say('app.stage.lost')}{' '}
              <button
                type="button"
                className="link"
                onClick={() => {
                  store.setState({ lost: false });
                  newCanvas(canvas + 1);
                }}
              >
                {say('app.stage.redraw')}
              </button>
            </p>
          )}
        </>
      ) : (
        <Flat slot={slot} why={<Told note={flat} />} />
      )}
    </div>
  );
}

/**
 * The drawing that the build has made of the picture on show: what stands there until the scene does, or in its place. There are such of the
 * example alone; in place of any other body stands nothing.
 */
function Plate({ gone = false }: { readonly gone?: boolean }) {
  const say = useStory();
  const id = useApp((s) => (s.mode === 'story' && isExample(s.a) ? stepOf(s.step).id : undefined));
  return (
    <img
      className={gone ? 'poster gone' : 'poster'}
      src={id && plateOf(id)}
      // before the parts that only draw it anew
      fetchPriority="high"
      alt={gone || id === undefined || id === 'start' ? '' : say(`app.story.${id}.title`)}
    />
  );
}

/** Where there is no 3-D: drawings of the cut; in the story of the example, until it comes to its cut, those of its pictures. */
function Flat({ slot, why }: { readonly slot: Slot; readonly why: ReactNode }) {
  // said once: the drawings of the other pictures need no excuse
  const first = useApp((s) => s.step === 0);
  const poster = useApp(
    (s) => s.mode === 'story' && isExample(s[slot]) && (s.step < LAST_PICTURES || s[slot].pictures === undefined),
  );
  return poster ? (
    <>
      <Plate />
      {first && (
        <p className="lost" role="status">
          {why}
        </p>
      )}
    </>
  ) : (
    <Mishap quiet>
      <Suspense fallback={null}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with keys */}
        <div className="drawings" tabIndex={0}>
          <p className="problem" role="status">
            {why}
          </p>
          <Pictures slot={slot} />
        </div>
      </Suspense>
    </Mishap>
  );
}

/** The colours of the cut, where the story shows one. */
function StoryKey() {
  const cut = useApp((s) => s.step >= LAST_PICTURES && s.a.states.length > 0 && s.flat === undefined);
  return cut ? (
    <Suspense fallback={null}>
      <PressureKey />
    </Suspense>
  ) : null;
}

/** What is being computed, while the story is read. */
function Working() {
  const say = useStory();
  const job = useApp((s) => s.a.job);
  if (job === undefined) return null;
  return (
    <p className="working">
      <progress value={job.fraction} max={1} aria-label={say('app.stage.computing')} />
      <span>
        <Told note={job.detail ?? { id: job.phase }} />
      </span>
    </p>
  );
}
