import type { Share } from '../findings/finding.ts';
import { psoasShareOf } from '../findings/psoas-share.ts';
import { shareRangeText } from '../words/amounts.ts';
import { useSpeaker } from './use-speaker.ts';

/** How far the share that reaches the psoas could be off, where the result knows. */
export function ShareRange({ shares }: { readonly shares: readonly Share[] }) {
  const speaker = useSpeaker();
  const share = psoasShareOf(shares);
  return share === undefined || share.low === null || share.high === null ? null : (
    <p className="share-range" data-testid="psoas-range">
      {shareRangeText(speaker, share)}
    </p>
  );
}
