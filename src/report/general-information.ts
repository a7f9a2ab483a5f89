import { askFirst, debate, type Group, type Line, ladder, limits, stopSigns } from '../messages/general.ts';
import { say } from '../messages/say.ts';
import { escapeHtml } from './html.ts';
import { evidenceLinks } from './sources.ts';

/** The fixed lists of the catalogue (messages/general.ts) as HTML. */

const cite = (ids: readonly string[]): string =>
  ids.length === 0 ? '' : ` <span class="cite">[${evidenceLinks(ids)}]</span>`;
const item = ({ text, evidence }: Line): string => `<li>${escapeHtml(text)}${cite(evidence)}</li>`;
const list = (lines: readonly Line[]): string => `<ul>${lines.map(item).join('')}</ul>`;
const group = ({ title, items }: Group): string => `<div><h3>${escapeHtml(title)}</h3>${list(items)}</div>`;

/** Who should ask a clinician before anything presses here. General information, not an answer to a person. */
export function askFirstHtml(): string {
  const none = `<div><h3>${say('ask.none')}</h3><p>${say('ask.none-then')}</p></div>`;
  return `<p>${say('ask.intro')}</p><div class="columns">${askFirst().map(group).join('')}${none}</div>`;
}

/** Signs to stop. */
export const stopHtml = (): string => `${list(stopSigns())}<p>${say('stop.help')} ${say('ask.review')}</p>`;

/** What else can be done for a tight hip. */
export function ladderHtml(): string {
  const rungs = ladder().map(
    ({ title, text, evidence }) => `<li><b>${escapeHtml(title)}.</b> ${escapeHtml(text)}${cite(evidence)}</li>`,
  );
  return `<ol class="ladder">${rungs.join('')}</ol><p>${say('ladder.no-trial')}${cite(['E-47'])}</p>`;
}

/** Both sides of the professional debate, with equal room. */
export const debateHtml = (): string => `<div class="two">${debate().map(group).join('')}</div>`;

/** What the model cannot know. */
export const limitsHtml = (source: 'reference' | 'scan', rangesComputed: boolean): string =>
  list(limits(source, rangesComputed));
