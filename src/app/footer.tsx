import { VERSION } from '../base/version.ts';
import { say } from '../messages/say-story.ts';

/** What this is and what it is not; on every page. */
export function Footer() {
  return (
    <footer className="foot">
      <p>{say('app.foot.what')}</p>
      <p>
        {say('app.foot.private')} <span className="version">{say('app.foot.version', { version: VERSION })}</span>
      </p>
    </footer>
  );
}
