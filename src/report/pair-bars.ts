import { type Html, type HtmlPart, html, NOTHING, together } from '../base/html.ts';
import type { Finding } from '../findings/finding.ts';
import type { Speaker } from '../messages/say.ts';
import { amountText, rangeOf, twoDigits } from '../words/amounts.ts';
import type { Pair } from '../words/compare-results.ts';
import { findingLabel } from '../words/finding-label.ts';
import { quantityName, quantityShort } from '../words/quantity-name.ts';
import { type About, sentencesOf } from '../words/sentences.ts';
import { axisRow, placeOnAxis, tracksGrid } from './axis.ts';
import type { Ledger } from './ledger.ts';

/** Rows with two marks on one axis: filled for the first press, hollow for the second. */
export function pairBars(
  speaker: Speaker,
  pairs: readonly Pair[],
  names: readonly [string, string],
  about: readonly [About, About],
  ledger: Ledger,
  id: string,
): Html {
  const pressures = pairs.filter((p) => p.unit === 'kPa');
  if (pressures.length === 0) return NOTHING;
  const rows = pressures.map((p, n) => {
    const mark = (side: Finding | null, which: 'a' | 'b'): Html => {
      if (side === null) return NOTHING;
      const range =
        side.low === null || side.high === null
          ? ''
          : html`<rect x="${placeOnAxis(side.low)}%" width="${(Number(placeOnAxis(side.high)) - Number(placeOnAxis(side.low))).toFixed(2)}%" y="${which === 'a' ? 5 : 17}" height="4" class="range"/>`;
      return html`${range}<circle cx="${placeOnAxis(side.value!)}%" cy="13" r="5" class="mark ${which}"/>`;
    };
    const value = (side: Finding | null, which: 'a' | 'b'): HtmlPart =>
      side === null
        ? '–'
        : ledger.link(
            `${id}-${which}-${n}`,
            twoDigits(speaker, side.value!),
            entryOf(speaker, p, side, names[which === 'a' ? 0 : 1], about[which === 'a' ? 0 : 1]),
          );
    return together(
      html`<li><span class="name">${findingLabel(speaker, p)}<span class="what">${quantityShort(speaker, p.quantity)}</span></span>`,
      html`<span class="value">${value(p.a, 'a')} <span>:</span> ${value(p.b, 'b')} <span>kPa</span></span>`,
      html`<svg class="track" width="100%" height="26" aria-hidden="true">${tracksGrid(26)}${mark(p.b, 'b')}${mark(p.a, 'a')}</svg></li>`,
    );
  });
  const named = (n: 0 | 1): Html =>
    ledger.linkNumbers(`${id}-name-${n}`, names[n], {
      what: names[n],
      value: names[n],
      how: speaker.say('how.force'),
      evidence: [],
    });
  const legend = together(
    html`<ul class="legend"><li><svg class="track" width="14" height="14" aria-hidden="true"><circle cx="7" cy="7" r="5" class="mark a"/></svg>${named(0)}</li>`,
    html`<li><svg class="track" width="14" height="14" aria-hidden="true"><circle cx="7" cy="7" r="5" class="mark b"/></svg>${named(1)}</li></ul>`,
  );
  return html`${legend}<ul class="bars pairs">${rows}${axisRow(speaker)}</ul>`;
}

const entryOf = (speaker: Speaker, p: Pair, side: Finding, who: string, about: About) => {
  const range = rangeOf(speaker, side, p.unit);
  return {
    what: `${who}: ${findingLabel(speaker, p)}, ${quantityName(speaker, p.quantity)}`,
    value: amountText(speaker, side.value!, p.unit),
    ...(range !== undefined && { range }),
    how: sentencesOf(speaker, side, about).sentence,
    evidence: [],
  };
};
