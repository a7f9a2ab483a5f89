import { lazy, Suspense, useEffect, useRef } from 'react';
import { goTo } from './header.tsx';
import { Icon } from './icons.tsx';
import { Sources } from './sources.tsx';
import { useStory } from './speaks.tsx';
import { stacked } from './stacked.ts';
import { currentResult, EXAMPLE, store } from './state.ts';
import { STORY } from './story.data.ts';
import { storyStep } from './story-address.ts';
import { useApp } from './use-store.ts';

const PsoasHeadline = lazy(() => import('./psoas-headline.tsx').then((part) => ({ default: part.PsoasHeadline })));
const PushEnds = lazy(() => import('./psoas-headline.tsx').then((part) => ({ default: part.PushEnds })));

const reduced = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** The argument in nine pictures: plain text that scrolls, with the scene following it. */
export function Story() {
  const say = useStory();
  const step = useApp((s) => s.step);
  const result = useApp((s) => currentResult(s.a));
  // whoever has been at their own press and comes back finds that one here
  const whose = useApp((s) => (s.a.scan !== undefined ? 'scan' : s.a.inputs === EXAMPLE ? 'example' : 'yours'));
  const sections = useRef<(HTMLElement | null)[]>([]);

  useEffect(() => {
    // the step whose words cross the line that the scene leaves free
    const seen = new Map<Element, number>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const e of entries) seen.set(e.target, e.isIntersecting ? e.intersectionRatio : 0);
        const best = [...seen].sort((x, y) => y[1] - x[1])[0];
        if (best === undefined || best[1] === 0) return;
        store.setState({ step: sections.current.indexOf(best[0] as HTMLElement) });
      },
      {
        threshold: [0, 0.25, 0.5, 0.75, 1],
        rootMargin: stacked() ? '-58% 0px -5% 0px' : '-30% 0px -15% 0px',
      },
    );
    for (const section of sections.current) if (section) observer.observe(section);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    // the address says which picture it is, and the way back and forth walks them
    history.scrollRestoration = 'manual';
    const there = (): void => {
      const wanted = storyStep(location.hash);
      if (wanted !== undefined) sections.current[wanted]?.scrollIntoView({ behavior: 'instant', block: 'start' });
    };
    there();
    window.addEventListener('hashchange', there);
    return () => window.removeEventListener('hashchange', there);
  }, []);

  const go = async (to: number): Promise<void> => {
    const wanted = Math.min(Math.max(to, 0), STORY.length);
    // the address first: it is the one before that would be told of the scroll
    (await import('./session.ts')).enterPicture(wanted);
    const section = sections.current[wanted];
    section?.scrollIntoView({ behavior: reduced() ? 'auto' : 'smooth', block: 'start' });
    section?.querySelector<HTMLElement>('h1, h2')?.focus({ preventScroll: true });
  };

  return (
    <div className="story">
      {STORY.map(({ id, letter, evidence }, n) => {
        const Title = n === 0 ? 'h1' : 'h2';
        return (
          <section
            key={id}
            ref={(node) => {
              sections.current[n] = node;
            }}
            className={n === step ? 'step here' : 'step'}
            aria-label={letter === '' ? undefined : say('app.story.picture', { letter })}
          >
            {letter !== '' && (
              <p className="letter" aria-hidden="true">
                {letter}
              </p>
            )}
            <Title tabIndex={-1}>{say(`app.story.${id}.title`)}</Title>
            <p className="text">
              {say(`app.story.${id}.text`)} <Sources ids={evidence} />
            </p>
            {n === 0 ? (
              <p className="ways">
                <button type="button" className="main" onClick={() => void go(1)}>
                  {say('app.story.look-in')} <Icon name="down" />
                </button>
                <button type="button" className="quiet" onClick={() => void goTo('yours')}>
                  {say('app.story.skip')}
                </button>
              </p>
            ) : (
              <p className="ways">
                <button type="button" className="quiet" onClick={() => void go(n + 1)}>
                  {say(n === STORY.length - 1 ? 'app.story.and-then' : 'app.story.next')} <Icon name="down" />
                </button>
              </p>
            )}
          </section>
        );
      })}
      <section
        ref={(node) => {
          sections.current[STORY.length] = node;
        }}
        className={step === STORY.length ? 'step here' : 'step'}
      >
        <h2 tabIndex={-1}>{say('app.story.went')}</h2>
        {result === undefined ? (
          <p className="text">{say('app.story.waiting')}</p>
        ) : (
          <>
            <p className="text">{say('app.story.whose', { whose })}</p>
            <Suspense fallback={null}>
              <PsoasHeadline result={result} />
              <PushEnds result={result} />
            </Suspense>
            <p className="text">{say('app.story.debate')}</p>
          </>
        )}
        <p className="ways">
          <button type="button" className="main" onClick={() => void goTo('yours')}>
            {say('app.story.yours')}
          </button>
          <button type="button" className="quiet" onClick={() => void goTo('compare')}>
            {say('app.story.hands')}
          </button>
        </p>
      </section>
      <nav className="rail" aria-label={say('app.story.pictures')}>
        {STORY.map(({ id, letter }, n) =>
          letter === '' ? null : (
            <button
              key={letter}
              type="button"
              aria-label={say('app.story.picture.title', { letter, title: say(`app.story.${id}.title`) })}
              aria-current={n === step ? 'step' : undefined}
              onClick={() => void go(n)}
            >
              {letter}
            </button>
          ),
        )}
      </nav>
    </div>
  );
}
