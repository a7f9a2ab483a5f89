import { asIs, between, type Html, type HtmlPart, html, NOTHING, together } from '../base/html.ts';
import type { Finding } from '../findings/finding.ts';
import type { Result } from '../findings/result.ts';
import { inEnglish, type Speaker } from '../messages/say.ts';
import { amountText, rangeOf } from '../words/amounts.ts';
import { type Comparison, compareResults, strongerSides } from '../words/compare-results.ts';
import { comparedName, comparisonLines } from '../words/comparison-lines.ts';
import { findingLabel } from '../words/finding-label.ts';
import { quantityName } from '../words/quantity-name.ts';
import { aboutOf } from '../words/sentences.ts';
import { ledger } from './ledger.ts';
import { pairBars } from './pair-bars.ts';
import { pressureKey } from './pressure-bands.ts';
import { REPORT_STYLE } from './report-style.ts';
import type { Section } from './sections.ts';
import { shareStrip } from './share-strip.ts';
import { sourcesList } from './sources.ts';

/** A press with its pictures. */
export interface Compared {
  readonly result: Result;
  readonly sections: readonly Section[];
}

/** Two presses side by side as one self-contained HTML file: one axis, one scale of size, one scale of colour. */
export function comparisonPage(a: Compared, b: Compared, speaker: Speaker = inEnglish): string {
  const numbers = ledger(speaker);
  const comparison = compareResults(a.result, b.result);
  const names = [`a: ${comparedName(speaker, a.result)}`, `b: ${comparedName(speaker, b.result)}`] as const;
  const title = speaker.say('compare.title');
  const most = Math.max(...[a, b].map((each) => pressurePanel(each)?.width ?? 1));
  const parts = [
    block(
      'pressures',
      speaker.say('compare.pressures'),
      html`<p class="intro">${speaker.say('compare.intro')}</p>${pairBars(speaker, strongerSides(comparison.pairs), names, [aboutOf(a.result), aboutOf(b.result)], numbers, 'pair')}`,
    ),
    block(
      'shares',
      speaker.say('muscle.title'),
      [a, b].map(
        ({ result }, n) => html`<h3>${names[n]!}</h3>${shareStrip(speaker, result.shares, numbers, `${'ab'[n]}-`)}`,
      ),
    ),
    block(
      'cuts',
      speaker.say('compare.cuts'),
      html`<div class="scaled">${cut(a, names[0], most)}${cut(b, names[1], most)}</div>${pressureKey(speaker)}`,
    ),
    block('all', speaker.say('compare.all'), table(speaker, comparison)),
    block('numbers', speaker.say('appendix.title'), html`<p>${speaker.say('appendix.intro')}</p>${numbers.html()}`),
    block(
      'sources',
      speaker.say('sources.title'),
      sourcesList([
        ...numbers.evidence(),
        ...a.result.findings.flatMap((f) => f.evidence),
        ...b.result.findings.flatMap((f) => f.evidence),
      ]),
    ),
  ];
  const lines = comparisonLines(speaker, a.result, b.result);
  return together(
    html`<!doctype html>\n<html lang="${speaker.tag}" dir="${speaker.direction}"><head><meta charset="utf-8">`,
    html`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">`,
    html`<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} – Psoascope</title>`,
    html`<style>${asIs(REPORT_STYLE)}${asIs(STYLE)}</style></head><body><main><header><p class="kicker">Psoascope</p><h1>${title}</h1>`,
    html`<p class="lead">${between(names, html`<br>`)}</p>${lines.map((line) => html`<p>${line}</p>`)}</header>`,
    html`${parts}</main><footer><p>${speaker.say('notice')}</p></footer></body></html>\n`,
  ).markup;
}

const STYLE =
  '.scaled{display:grid;grid-template-columns:1fr 1fr;gap:1.5rem;align-items:end}.scaled .cut{max-width:none!important;width:calc(100% * var(--mm) / var(--most))}@media screen and (max-width:44rem){.scaled{grid-template-columns:1fr}}';

/** The pressure across the body; both pictures have as many millimetres to a pixel, the smaller body is drawn smaller. */
const pressurePanel = ({ sections }: Compared) => sections[0]?.panels.find((p) => p.kind === 'pressure');

function cut(compared: Compared, name: string, most: number): Html {
  const panel = pressurePanel(compared);
  if (panel === undefined) return NOTHING;
  return html`<figure><div class="card" style="--mm:${panel.width};--most:${most}">${asIs(panel.svg)}</div><figcaption>${name}</figcaption></figure>`;
}

function table(speaker: Speaker, { pairs }: Comparison): Html {
  const cell = (side: Finding | null, unit: (typeof pairs)[number]['unit']): Html => {
    if (side === null) return html`<td>–</td>`;
    const range = rangeOf(speaker, side, unit) ?? speaker.say('report.range-none');
    return html`<td>${amountText(speaker, side.value!, unit)}<span class="what">${range}</span></td>`;
  };
  const rows = pairs.map(
    (p) =>
      html`<tr><th scope="row">${findingLabel(speaker, p)}<span class="what">${quantityName(speaker, p.quantity)}</span></th>${cell(p.a, p.unit)}${cell(p.b, p.unit)}</tr>`,
  );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${speaker.say('compare.pressures')}, ${speaker.say('compare.all')}"><table><thead><tr><th scope="col">${speaker.say('compare.part')}</th><th scope="col">a</th><th scope="col">b</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

const block = (id: string, title: string, body: HtmlPart): Html =>
  html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${body}</section>`;
