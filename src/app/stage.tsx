import { lazy, Suspense } from 'react';
import { useApp } from './use-store.ts';

const Pictures = lazy(() => import('./pictures.tsx').then(({ Pictures }) => ({ default: Pictures })));
const SceneTools = lazy(() => import('./scene-tools.tsx').then(({ SceneTools }) => ({ default: SceneTools })));

/** The scene: it stays where it is while the words beside it change. */
export function Stage() {
  const mode = useApp((s) => s.mode);
  return (
    <div className={`stage ${mode}`}>
      <Suspense fallback={null}>
        <Pictures slot="a" />
        {mode === 'compare' && <Pictures slot="b" />}
      </Suspense>
      {mode !== 'story' && (
        <Suspense fallback={null}>
          <SceneTools />
        </Suspense>
      )}
      {mode === 'story' && <Working />}
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
