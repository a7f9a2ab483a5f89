import { type Html, html, NOTHING } from '../base/html.ts';
import { askFirst, debate, type Group, type Line, ladder, limits, stopSigns } from '../messages/general.ts';
import type { Speaker } from '../messages/say.ts';
import { evidenceLinks } from './sources.ts';

/** The fixed lists of the catalogue (messages/general.ts) as HTML. */

const cite = (ids: readonly string[]): Html =>
  ids.length === 0 ? NOTHING : html` <span class="cite">[${evidenceLinks(ids)}]</span>`;
const item = ({ text, evidence }: Line): Html => html`<li>${text}${cite(evidence)}</li>`;
const list = (lines: readonly Line[]): Html => html`<ul>${lines.map(item)}</ul>`;
const group = ({ title, items }: Group): Html => html`<div><h3>${title}</h3>${list(items)}</div>`;

/** Who should ask a clinician before anything presses here. General information, not an answer to a person. */
export function askFirstHtml(speaker: Speaker): Html {
  const none = html`<div><h3>${speaker.say('ask.none')}</h3><p>${speaker.say('ask.none-then')}</p></div>`;
  return html`<p>${speaker.say('ask.intro')}</p><div class="columns">${askFirst(speaker).map(group)}${none}</div>`;
}

/** Signs to stop. */
export const stopHtml = (speaker: Speaker): Html =>
  html`${list(stopSigns(speaker))}<p>${speaker.say('stop.help')} ${speaker.say('ask.review')}</p>`;

/** What else can be done for a tight hip. */
export function ladderHtml(speaker: Speaker): Html {
  const rungs = ladder(speaker).map(
    ({ title, text, evidence }) => html`<li><b>${title}.</b> ${text}${cite(evidence)}</li>`,
  );
  return html`<ol class="ladder">${rungs}</ol><p>${speaker.say('ladder.no-trial')}${cite(['E-47'])}</p>`;
}

/** Both sides of the professional debate, with equal room. */
export const debateHtml = (speaker: Speaker): Html => html`<div class="two">${debate(speaker).map(group)}</div>`;

/** What the model cannot know. */
export const limitsHtml = (speaker: Speaker, source: 'reference' | 'scan', rangesComputed: boolean): Html =>
  list(limits(speaker, source, rangesComputed));
