import { say } from '../messages/say-story.ts';
import { store } from './state.ts';
import { useApp } from './use-store.ts';

/** What the page has to say about the address that it was given. */
export function Notice() {
  const notice = useApp((s) => s.notice);
  return notice === undefined ? null : (
    <p className="problem notice" role="alert">
      {notice}{' '}
      <button type="button" className="link" onClick={() => store.setState({ notice: undefined })}>
        {say('app.notice.close')}
      </button>
    </p>
  );
}
