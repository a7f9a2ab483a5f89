import { useStory } from './speaks.tsx';
import { type Mode, store } from './state.ts';
import { useApp } from './use-store.ts';

const MODES: readonly Mode[] = ['story', 'yours', 'compare'];

const SCHEMES = { system: 'light', light: 'dark', dark: 'system' } as const;

export function Header() {
  const say = useStory();
  const mode = useApp((s) => s.mode);
  const scheme = useApp((s) => s.scheme);
  return (
    <header className="head">
      <p className="wordmark">{say('app.name')}</p>
      <nav aria-label={say('app.head.parts')}>
        {MODES.map((to) => (
          <button key={to} type="button" aria-current={mode === to ? 'page' : undefined} onClick={() => void goTo(to)}>
            {say('app.head.mode', { mode: to })}
          </button>
        ))}
        <button
          type="button"
          className="scheme"
          aria-label={say('app.head.scheme.change', { scheme })}
          title={say('app.head.scheme', { scheme })}
          onClick={() => store.setState({ scheme: SCHEMES[scheme] })}
        >
          <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
            <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" strokeWidth="1.6" />
            <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor" />
          </svg>
        </button>
      </nav>
    </header>
  );
}

/** Goes to a part of the page; the scene and everything that was entered stay as they are. */
export async function goTo(mode: Mode): Promise<void> {
  const session = await import('./session.ts');
  session.enter(mode);
}
