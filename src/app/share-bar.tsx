import { isPsoas } from '../anatomy/structures.ts';
import type { Share } from '../findings/finding.ts';
import { formatPercent } from '../words/amounts.ts';
import { everydayName } from '../words/everyday-name.ts';
import { ShareRange } from './share-range.tsx';
import { useSpeaker } from './use-speaker.ts';

/** Named below the bar, beside the psoas. */
const NAMED = 4;

/** Where the push went in one line of 100 %: largest part first, the psoas at its end. The list below says the same in words. */
export function ShareBar({ shares }: { readonly shares: readonly Share[] }) {
  const speaker = useSpeaker();
  const aimed = shares.filter((s) => isPsoas(s.structure));
  const rest = shares.filter((s) => !isPsoas(s.structure)).sort((a, b) => b.share - a.share);
  return (
    <div className="share-bar">
      <ShareRange shares={shares} />
      <div className="bar" aria-hidden="true">
        {[...rest, ...aimed].map(({ structure, share }) => (
          <span key={structure} className={isPsoas(structure) ? 'aimed' : undefined} style={{ flexGrow: share }} />
        ))}
      </div>
      <ul>
        {[...rest.slice(0, NAMED), ...aimed].map(({ structure, share }) => (
          <li key={structure} className={isPsoas(structure) ? 'aimed' : undefined}>
            <b>{formatPercent(speaker, share)}</b> {everydayName(speaker, structure)}
          </li>
        ))}
      </ul>
    </div>
  );
}
