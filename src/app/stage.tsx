import { lazy, Suspense, useCallback, useState } from 'react';
import type { Slot } from './protocol.ts';
import { useApp } from './use-store.ts';

const Pictures = lazy(() => import('./pictures.tsx').then(({ Pictures }) => ({ default: Pictures })));
const SceneView = lazy(() => import('./scene-view.tsx').then(({ SceneView }) => ({ default: SceneView })));
const SceneTools = lazy(() => import('./scene-tools.tsx').then(({ SceneTools }) => ({ default: SceneTools })));

/** The scene: it stays where it is while the words beside it change. */
export function Stage() {
  const mode = useApp((s) => s.mode);
  return (
    <section className={`stage at-${mode}`} aria-label="The model">
      <Sight slot="a" />
      {mode === 'compare' && <Sight slot="b" />}
      {mode !== 'story' && (
        <Suspense fallback={null}>
          <SceneTools />
        </Suspense>
      )}
      {mode === 'story' && <Working />}
    </section>
  );
}

/** One body: in 3-D, or as a drawing where there is no 3-D. */
function Sight({ slot }: { readonly slot: Slot }) {
  const flat = useApp((s) => s.flat);
  const [ready, setReady] = useState(false);
  const onReady = useCallback(() => setReady(true), []);
  return (
    <div className="sight">
      {flat === undefined ? (
        <>
          {slot === 'a' && <img className={ready ? 'poster gone' : 'poster'} src="./poster.webp" alt="" />}
          <Suspense fallback={null}>
            <SceneView slot={slot} onReady={onReady} />
          </Suspense>
        </>
      ) : (
        <Suspense fallback={null}>
          <p className="problem" role="status">
            {flat}
          </p>
          <Pictures slot={slot} />
        </Suspense>
      )}
    </div>
  );
}

/** What is being computed, while the story is read. */
function Working() {
  const job = useApp((s) => s.a.job);
  if (job === undefined) return null;
  return (
    <p className="working">
      <progress value={job.fraction} max={1} aria-label="The example is being computed" />
      <span>{job.detail ?? job.phase}</span>
    </p>
  );
}
