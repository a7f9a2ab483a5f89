import { lazy, Suspense, useEffect } from 'react';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { Mishap } from './mishap.tsx';
import { Notice } from './notice.tsx';
import { useStory } from './speaks.tsx';
import { Stage } from './stage.tsx';
import { Story } from './story.tsx';
import { Told } from './told.tsx';
import { useApp } from './use-store.ts';

const Yours = lazy(() => import('./yours.tsx').then(({ Yours }) => ({ default: Yours })));
const Compare = lazy(() => import('./compare.tsx').then(({ Compare }) => ({ default: Compare })));
const AskFirst = lazy(() => import('./ask-first.tsx').then(({ AskFirst }) => ({ default: AskFirst })));

/** The page: one scene that stays, and beside it the story or the person's own press. */
export function App() {
  const say = useStory();
  const mode = useApp((s) => s.mode);
  const scheme = useApp((s) => s.scheme);
  const listSeen = useApp((s) => s.listSeen);
  const said = useApp((s) => s.said);
  useEffect(() => {
    document.documentElement.dataset.scheme = scheme;
  }, [scheme]);
  useEffect(() => {
    document.documentElement.dataset.mode = mode;
    if (mode !== 'story') window.scrollTo(0, 0);
  }, [mode]);
  return (
    <>
      {/* biome-ignore lint/a11y/useValidAnchor: a place in the page; the address is taken by the press or the picture on show */}
      <a
        className="skip"
        href="#words"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('words')?.focus();
        }}
      >
        {say('app.skip')}
      </a>
      <Header />
      <Notice />
      <Stage />
      <main id="words" tabIndex={-1} className={`mode-${mode}`}>
        {mode === 'story' ? (
          <Story />
        ) : (
          <Mishap key={mode}>
            <Suspense fallback={<p className="waiting">{say('app.laying-out')}</p>}>
              {mode === 'yours' ? <Yours /> : <Compare />}
              {!listSeen && <AskFirst />}
            </Suspense>
          </Mishap>
        )}
      </main>
      <Footer />
      <p className="spoken" role="status">
        {said !== undefined && <Told note={said} />}
      </p>
    </>
  );
}
