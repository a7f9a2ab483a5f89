import { type Html, html, NOTHING } from '../base/html.ts';
import { capitalised } from '../base/text.ts';
import type { WholeSpeaker } from '../messages/say.ts';
import { levelWords, withUnit } from './study-words.ts';
import { type FactorView, type Influence, influences, type View } from './views.ts';

/** So many factors at most: the others hardly matter. */
const MOST = 8;

/**
 * Which factor moves each measure, strongest on top. Where a crossed factor without an order has few levels (the tool), the other
 * factors are ranked within each level, so that what tells the levels apart does not drown them.
 */
export function tornadoes(speaker: WholeSpeaker, views: readonly View[], factors: readonly FactorView[]): Html {
  const strata = factors.find((f) => !f.numeric && f.levels.length > 1 && f.levels.length <= 3);
  const inner = factors.filter((factor) => factor !== strata);
  const sampled = factors.some((factor) => factor.levels.length === 0);
  const blocks = views.flatMap((view) => {
    if (strata === undefined || !sampled) return [{ title: capitalised(view.title), bars: influences(factors, view) }];
    return strata.levels.map((level) => ({
      title: `${capitalised(view.title)}; ${levelWords(speaker, strata.path, level)}`,
      bars: influences(inner, view, (run) => strata.values[run] === level),
    }));
  });
  const drawn = blocks
    .filter(({ bars }) => bars.length > 0)
    .map(({ title, bars }) => block(title, bars.slice(0, MOST)));
  return drawn.length === 0 ? NOTHING : html`<div class="panels top">${drawn}</div>`;
}

function block(title: string, bars: readonly Influence[]): Html {
  const rows = bars.map(({ factor, strength, directed }) => {
    const half = 50 * Math.min(1, Math.abs(strength));
    const from = directed && strength < 0 ? 50 - half : 50;
    const kind = !directed ? 'either' : strength < 0 ? 'down' : 'up';
    // a factor without order moves the measure, but to no side: its bar lies on both
    const rect = directed
      ? html`<rect class="${kind}" x="${from.toFixed(2)}%" width="${half.toFixed(2)}%" y="3" height="12"/>`
      : html`<rect class="either" x="${(50 - half).toFixed(2)}%" width="${(2 * half).toFixed(2)}%" y="4" height="10"/>`;
    const number = `${directed && strength > 0 ? '+' : ''}${strength.toFixed(2)}`.replace('-', '−');
    return html`<li><span>${capitalised(withUnit(factor.words))}</span><svg aria-hidden="true">${rect}<line class="zero" x1="50%" x2="50%" y1="0" y2="18"/></svg><b>${directed ? number : `±${strength.toFixed(2)}`}</b></li>`;
  });
  return html`<figure class="panel"><figcaption>${title}</figcaption><ul class="tornado">${rows}<li class="scale" aria-hidden="true"><span></span><span class="ends"><span>−1</span><span>0</span><span>+1</span></span><span></span></li></ul></figure>`;
}
