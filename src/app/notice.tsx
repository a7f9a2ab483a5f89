import { useStory } from './speaks.tsx';
import { store } from './state.ts';
import { Told } from './told.tsx';
import { useApp } from './use-store.ts';

/** What the page has to say about the address that it was given. */
export function Notice() {
  const say = useStory();
  const notice = useApp((s) => s.notice);
  return notice === undefined ? null : (
    <p className="problem notice" role="alert">
      <Told note={notice} />{' '}
      <button type="button" className="link" onClick={() => store.setState({ notice: undefined })}>
        {say('app.notice.close')}
      </button>
    </p>
  );
}
