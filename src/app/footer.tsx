import { VERSION } from '../base/version.ts';
import { useStory } from './speaks.tsx';

/** What this is and what it is not; on every page. */
export function Footer() {
  const say = useStory();
  return (
    <footer className="foot">
      <p>{say('app.foot.what')}</p>
      <p>
        {say('app.foot.private')} <span className="version">{say('app.foot.version', { version: VERSION })}</span>
      </p>
    </footer>
  );
}
