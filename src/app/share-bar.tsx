import type { Share } from '../findings/finding.ts';
import { everydayName } from '../report/everyday-name.ts';
import { formatPercent } from '../report/html.ts';
import { ShareRange } from './share-range.tsx';

const AIMED: readonly string[] = ['psoas_major', 'iliopsoas'];

/** Named below the bar, beside the psoas. */
const NAMED = 4;

/** Where the push went in one line of 100 %: largest part first, the psoas at its end. The list below says the same in words. */
export function ShareBar({ shares }: { readonly shares: readonly Share[] }) {
  const aimed = shares.filter((s) => AIMED.includes(s.structure));
  const rest = shares.filter((s) => !AIMED.includes(s.structure)).sort((a, b) => b.share - a.share);
  return (
    <div className="share-bar">
      <ShareRange shares={shares} />
      <div className="bar" aria-hidden="true">
        {[...rest, ...aimed].map(({ structure, share }) => (
          <span
            key={structure}
            className={AIMED.includes(structure) ? 'aimed' : undefined}
            style={{ flexGrow: share }}
          />
        ))}
      </div>
      <ul>
        {[...rest.slice(0, NAMED), ...aimed].map(({ structure, share }) => (
          <li key={structure} className={AIMED.includes(structure) ? 'aimed' : undefined}>
            <b>{formatPercent(share)}</b> {everydayName(structure)}
          </li>
        ))}
      </ul>
    </div>
  );
}
