import { isPsoas } from '../anatomy/structures.ts';
import { type Html, html, NOTHING, together } from '../base/html.ts';
import { causesOf } from '../findings/causes.ts';
import { keyOf } from '../findings/finding.ts';
import type { Result } from '../findings/result.ts';
import { subjectOf } from '../findings/subject-of.ts';
import type { Speaker } from '../messages/say.ts';
import { percentText, twoDigits } from '../words/amounts.ts';
import { findingLabel } from '../words/finding-label.ts';
import { inputName } from '../words/input-name.ts';
import { quantityName } from '../words/quantity-name.ts';
import { rangesText } from '../words/ranges-text.ts';
import { evidenceLinks } from './sources.ts';

type Uncertainty = NonNullable<Result['uncertainty']>;

/** Inputs that are listed, and tornadoes that are drawn: beyond that nobody reads. */
const MOST_INPUTS = 8;
const MOST_TORNADOES = 4;

/**
 * What the ranges hang on: the unknowns by how much of all values they move, and for a few values what each does to it.
 * Nothing where no ranges were computed.
 */
export function whatItHangsOn(speaker: Speaker, result: Result): Html {
  const { uncertainty } = result;
  if (uncertainty === undefined || uncertainty.used === 0) return NOTHING;
  const { n, used, cell_mm, chance } = uncertainty;
  const most = causesOf(uncertainty).slice(0, MOST_INPUTS);
  const rows = most.map((input) => {
    const ends = `${twoDigits(speaker, input.low)} ${speaker.say('hangs.to')} ${twoDigits(speaker, input.high)} ${input.unit}`;
    const bar = html`<svg width="120" height="12" aria-hidden="true"><rect width="${(120 * input.weight).toFixed(1)}" height="12" class="weight"/></svg>`;
    return html`<tr><th scope="row">${inputName(speaker, input.id)}</th><td>${ends}</td><td>${bar} ${twoDigits(speaker, input.weight)}</td><td>${evidenceLinks(input.evidence)}</td></tr>`;
  });
  const columns = [
    speaker.say('inputs.what'),
    speaker.say('inputs.range'),
    speaker.say('hangs.weight'),
    speaker.say('sources.title'),
  ];
  return together(
    html`<p class="intro">${speaker.say('hangs.intro', { n, used, mm: cell_mm, chance: twoDigits(speaker, chance) })}</p>`,
    rangesText(speaker, result)
      .slice(1)
      .map((text) => html`<p>${text}</p>`),
    html`<div class="scroll" tabindex="0" role="region" aria-label="${speaker.say('hangs.caption')}"><table><caption>${speaker.say('hangs.caption')}</caption><thead><tr>${columns.map((c) => html`<th scope="col">${c}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`,
    html`<div class="tornadoes">${tornadoFigures(speaker, result, uncertainty)}</div>`,
  );
}

/** The psoas's share first, then what is most pressed of each kind: one nerve, one thing that may not be felt, the muscle. */
function tornadoFigures(speaker: Speaker, result: Result, { tornado }: Uncertainty): Html[] {
  const rank = ['no-published-level', 'below-published', 'within-published', 'above-published'];
  const tornadoByKey = new Map(tornado.map((t) => [t.finding, t]));
  const chosen = [...tornadoByKey.keys()]
    .filter((key) => key.startsWith('share/'))
    .map((key) => tornadoHtml(speaker, key, result, tornadoByKey));
  const kinds = new Set<string>();
  const sorted = result.findings
    .filter((f) => f.value !== null && f.unit === 'kPa' && tornadoByKey.has(keyOf(f)))
    .sort((a, b) => rank.indexOf(b.band) - rank.indexOf(a.band) || b.value! - a.value!);
  for (const f of sorted) {
    const kind = isPsoas(f.structure) ? 'psoas' : subjectOf(f)?.group === 'nerve' ? 'nerve' : f.felt;
    if (chosen.length >= MOST_TORNADOES || kinds.has(kind) || !['psoas', 'nerve', 'silent'].includes(kind)) continue;
    kinds.add(kind);
    chosen.push(tornadoHtml(speaker, keyOf(f), result, tornadoByKey));
  }
  return chosen;
}

/** One value: a bar from what it is at low draws of an input to what it is at high ones, the central value as a line. */
function tornadoHtml(
  speaker: Speaker,
  key: string,
  result: Result,
  tornadoByKey: ReadonlyMap<string, Uncertainty['tornado'][number]>,
): Html {
  const share = result.shares.find((s) => `share/${s.structure}` === key);
  const finding = result.findings.find((f) => keyOf(f) === key);
  const title =
    finding === undefined
      ? speaker.say('hands.share')
      : `${findingLabel(speaker, finding)}: ${quantityName(speaker, finding.quantity)}`;
  const centre = share?.share ?? finding?.value ?? 0;
  const text = (value: number): string =>
    finding === undefined ? percentText(speaker, 100 * value) : `${twoDigits(speaker, value)} ${finding.unit}`;
  const { bars } = tornadoByKey.get(key)!;
  const all = [centre, ...bars.flatMap((bar) => [bar.low, bar.high])];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const at = (value: number): string => `${(100 * ((value - least) / (most - least || 1))).toFixed(1)}%`;
  const rows = bars.map((bar) => {
    const [from, to] = [Math.min(bar.low, bar.high), Math.max(bar.low, bar.high)];
    const width = `${((100 * (to - from)) / (most - least || 1)).toFixed(1)}%`;
    const words = speaker.say('hangs.bar', {
      input: inputName(speaker, bar.input),
      low: text(bar.low),
      high: text(bar.high),
    });
    return html`<li><span>${words}</span><svg width="100%" height="14" aria-hidden="true"><rect x="${at(from)}" y="2" width="${width}" height="10" class="weight"/><line x1="${at(centre)}" x2="${at(centre)}" y1="0" y2="14" class="axis"/></svg></li>`;
  });
  return html`<figure class="tornado"><figcaption><strong>${title}</strong> ${text(centre)}</figcaption><ul>${rows}</ul></figure>`;
}
