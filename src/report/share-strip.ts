import { isPsoas, structureOf } from '../anatomy/structures.ts';
import { type Html, html } from '../base/html.ts';
import type { Share } from '../findings/finding.ts';
import type { Speaker } from '../messages/say.ts';
import { formatPercent, shareRangeText } from '../words/amounts.ts';
import { shareName } from '../words/everyday-name.ts';
import type { Ledger } from './ledger.ts';

/** Groups from the skin inwards, as they are met; what is not listed comes last. */
const ORDER = [
  'skin',
  'subcutaneous_fat',
  'abdominal_wall',
  'visceral_fat',
  'small_intestine',
  'large_intestine',
  'vessels',
  'kidney',
  'other',
  'other_muscle',
  'iliacus',
  'psoas_major',
  'iliopsoas',
];

/** Colours of groups that are no structure. */
const GROUP_COLOURS: Readonly<Record<string, string>> = {
  abdominal_wall: 'rgb(165,62,62)',
  vessels: 'rgb(190,60,90)',
  other_muscle: 'rgb(160,110,100)',
  other: 'rgb(170,170,170)',
};

/** Where the work of the push ended: one strip of 100 %, from the skin inwards, and the figures below it in the same order. */
export function shareStrip(speaker: Speaker, shares: readonly Share[], ledger: Ledger, id = ''): Html {
  if (shares.length === 0) return html`<p>${speaker.say('muscle.none')}</p>`;
  const rank = ({ structure }: Share): number => (ORDER.indexOf(structure) + ORDER.length + 1) % (ORDER.length + 1);
  const sorted = [...shares].sort((a, b) => rank(a) - rank(b));
  let from = 0;
  const segments = sorted.map(({ structure, share }) => {
    const x = from;
    from += 100 * share;
    const aimed = isPsoas(structure) ? ' aimed' : '';
    return html`<rect x="${x.toFixed(2)}%" y="0" width="${(100 * share).toFixed(2)}%" height="30" fill="${colourOf(structure)}" class="segment${aimed}"/>`;
  });
  const shown = sorted.filter(({ share }) => share >= 0.005);
  const rows = shown.map(({ structure, share, low, high }) => {
    const name = shareName(speaker, structure);
    const link = ledger.link(`${id}share-${structure}`, formatPercent(speaker, share), {
      what: name,
      value: formatPercent(speaker, share),
      range: shareRangeText(speaker, { low, high }),
      how: speaker.say('how.share'),
      evidence: [],
    });
    return html`<li${isPsoas(structure) ? html` class="aimed"` : ''}><svg width="12" height="12" aria-hidden="true"><rect width="12" height="12" fill="${colourOf(structure)}"/></svg>${name} ${link}</li>`;
  });
  const alt = speaker.say('muscle.alt', {
    list: shown
      .map(({ structure, share }) => `${shareName(speaker, structure)} ${formatPercent(speaker, share)}`)
      .join(', '),
  });
  return html`<svg class="strip" role="img" aria-label="${alt}" width="100%" height="30">${segments}</svg><ul class="strip-key">${rows}</ul>`;
}

function colourOf(structure: string): string {
  return GROUP_COLOURS[structure] ?? `rgb(${structureOf(structure).colour.join(',')})`;
}
