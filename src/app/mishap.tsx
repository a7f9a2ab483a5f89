import { Component, type ContextType, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { word } from './newer.ts';
import { Speaks, storyOf, useStory } from './speaks.tsx';

interface Holds {
  readonly children: ReactNode;
  /** Shows nothing in its place, where the part is no part of its own. */
  readonly quiet?: boolean;
}

/** Holds back what fails inside, so that the rest of the page stays; the address keeps what was entered. */
export class Mishap extends Component<Holds, { readonly failed: boolean }> {
  static override contextType = Speaks;
  declare context: ContextType<typeof Speaks>;
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    if (this.props.quiet) return null;
    const say = storyOf(this.context);
    return (
      <section className="mishap" role="alert">
        <h2>{say('app.mishap')}</h2>
        <p>{say('app.mishap.kept')}</p>
        <p className="ways">
          <button type="button" className="main" onClick={() => location.reload()}>
            {say('app.reload')}
          </button>
          <a className="quiet" href="./">
            {say('app.mishap.example')}
          </a>
        </p>
      </section>
    );
  }
}

/**
 * The word about a newer version or a part that did not come, over the foot of the page until it is put away. It can be used beside an open
 * list too, which makes everything else inert.
 */
export function Word() {
  const now = useStore(word, (s) => s.about);
  const say = useStory();
  if (now === undefined) return null;
  return (
    <aside className="word" role="status" data-react-aria-top-layer="true">
      <p>{say('app.word', { word: now })}</p>
      <p className="ways">
        <button type="button" className="main" onClick={() => location.reload()}>
          {say('app.reload')}
        </button>
        <button type="button" className="quiet" onClick={() => word.setState({ about: undefined })}>
          {say('app.word.later')}
        </button>
      </p>
    </aside>
  );
}
