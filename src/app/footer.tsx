import { VERSION } from '../base/version.ts';
import { modelCard } from '../messages/model-card.ts';
import { useStory } from './speaks.tsx';

/** What this is and what it is not; on every page. */
export function Footer() {
  const say = useStory();
  return (
    <footer className="foot">
      <p>{say('app.foot.what')}</p>
      <details className="model-card">
        <summary>{say('card.title')}</summary>
        <dl>
          {modelCard(say).map(({ id, name, text }) => (
            <div key={id}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </details>
      <p>
        {say('app.foot.private')} <span className="version">{say('app.foot.version', { version: VERSION })}</span>{' '}
        <a href="third-party-notices.txt">{say('app.foot.notices')}</a>
      </p>
    </footer>
  );
}
