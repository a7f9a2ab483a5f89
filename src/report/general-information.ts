import { askFirst, debate, type Group, type Line, ladder, limits, stopSigns } from '../messages/general.ts';
import type { Speaker } from '../messages/say.ts';
import { escapeHtml } from './html.ts';
import { evidenceLinks } from './sources.ts';

/** The fixed lists of the catalogue (messages/general.ts) as HTML. */

const cite = (ids: readonly string[]): string =>
  ids.length === 0 ? '' : ` <span class="cite">[${evidenceLinks(ids)}]</span>`;
const item = ({ text, evidence }: Line): string => `<li>${escapeHtml(text)}${cite(evidence)}</li>`;
const list = (lines: readonly Line[]): string => `<ul>${lines.map(item).join('')}</ul>`;
const group = ({ title, items }: Group): string => `<div><h3>${escapeHtml(title)}</h3>${list(items)}</div>`;

/** Who should ask a clinician before anything presses here. General information, not an answer to a person. */
export function askFirstHtml(speaker: Speaker): string {
  const none = `<div><h3>${speaker.say('ask.none')}</h3><p>${speaker.say('ask.none-then')}</p></div>`;
  return `<p>${speaker.say('ask.intro')}</p><div class="columns">${askFirst(speaker).map(group).join('')}${none}</div>`;
}

/** Signs to stop. */
export const stopHtml = (speaker: Speaker): string =>
  `${list(stopSigns(speaker))}<p>${speaker.say('stop.help')} ${speaker.say('ask.review')}</p>`;

/** What else can be done for a tight hip. */
export function ladderHtml(speaker: Speaker): string {
  const rungs = ladder(speaker).map(
    ({ title, text, evidence }) => `<li><b>${escapeHtml(title)}.</b> ${escapeHtml(text)}${cite(evidence)}</li>`,
  );
  return `<ol class="ladder">${rungs.join('')}</ol><p>${speaker.say('ladder.no-trial')}${cite(['E-47'])}</p>`;
}

/** Both sides of the professional debate, with equal room. */
export const debateHtml = (speaker: Speaker): string => `<div class="two">${debate(speaker).map(group).join('')}</div>`;

/** What the model cannot know. */
export const limitsHtml = (speaker: Speaker, source: 'reference' | 'scan', rangesComputed: boolean): string =>
  list(limits(speaker, source, rangesComputed));
