import type { Finding } from '../findings/finding.ts';
import type { Result } from '../findings/result.ts';
import { say } from '../messages/say.ts';
import { amountText, rangeText } from '../words/amounts.ts';
import { type Comparison, compareResults, strongerSides } from '../words/compare-results.ts';
import { comparedName, comparisonLines } from '../words/comparison-lines.ts';
import { findingLabel } from '../words/finding-label.ts';
import { NOTICE } from '../words/notice.ts';
import { quantityName } from '../words/quantity-name.ts';
import { escapeHtml } from './html.ts';
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
export function comparisonPage(a: Compared, b: Compared): string {
  const numbers = ledger();
  const comparison = compareResults(a.result, b.result);
  const names = [`a: ${comparedName(a.result)}`, `b: ${comparedName(b.result)}`] as const;
  const title = say('compare.title');
  const most = Math.max(...[a, b].map((each) => pressurePanel(each)?.width ?? 1));
  const parts = [
    block(
      'pressures',
      say('compare.pressures'),
      `<p class="intro">${say('compare.intro')}</p>${pairBars(strongerSides(comparison.pairs), names, numbers, 'pair')}`,
    ),
    block(
      'shares',
      say('muscle.title'),
      [a, b]
        .map(({ result }, n) => `<h3>${escapeHtml(names[n]!)}</h3>${shareStrip(result.shares, numbers, `${'ab'[n]}-`)}`)
        .join(''),
    ),
    block(
      'cuts',
      say('compare.cuts'),
      `<div class="scaled">${cut(a, names[0], most)}${cut(b, names[1], most)}</div>${pressureKey()}`,
    ),
    block('all', say('compare.all'), table(comparison)),
    block('numbers', say('appendix.title'), `<p>${say('appendix.intro')}</p>${numbers.html()}`),
    block(
      'sources',
      say('sources.title'),
      sourcesList([
        ...numbers.evidence(),
        ...a.result.findings.flatMap((f) => f.evidence),
        ...b.result.findings.flatMap((f) => f.evidence),
      ]),
    ),
  ];
  const lines = comparisonLines(a.result, b.result);
  return (
    `<!doctype html>\n<html lang="en"><head><meta charset="utf-8">` +
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">` +
    `<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} – Psoascope</title>` +
    `<style>${REPORT_STYLE}${STYLE}</style></head><body><main><header><p class="kicker">Psoascope</p><h1>${title}</h1>` +
    `<p class="lead">${names.map(escapeHtml).join('<br>')}</p>${lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('')}</header>` +
    `${parts.join('')}</main><footer><p>${escapeHtml(NOTICE)}</p></footer></body></html>\n`
  );
}

const STYLE =
  '.scaled{display:grid;grid-template-columns:1fr 1fr;gap:1.5rem;align-items:end}.scaled .cut{max-width:none!important;width:calc(100% * var(--mm) / var(--most))}@media screen and (max-width:44rem){.scaled{grid-template-columns:1fr}}';

/** The pressure across the body; both pictures have as many millimetres to a pixel, the smaller body is drawn smaller. */
const pressurePanel = ({ sections }: Compared) => sections[0]?.panels.find((p) => p.kind === 'pressure');

function cut(compared: Compared, name: string, most: number): string {
  const panel = pressurePanel(compared);
  if (panel === undefined) return '';
  return `<figure><div class="card" style="--mm:${panel.width};--most:${most}">${panel.svg}</div><figcaption>${escapeHtml(name)}</figcaption></figure>`;
}

function table({ pairs }: Comparison): string {
  const cell = (side: Finding | null, unit: (typeof pairs)[number]['unit']): string => {
    if (side === null) return '<td>–</td>';
    const range =
      side.low === null || side.high === null
        ? say('report.range-none')
        : say('report.range', { range: rangeText(side.low, side.high, unit) });
    return `<td>${amountText(side.value!, unit)}<span class="what">${range}</span></td>`;
  };
  const rows = pairs.map(
    (p) =>
      `<tr><th scope="row">${escapeHtml(findingLabel(p))}<span class="what">${quantityName(p.quantity)}</span></th>${cell(p.a, p.unit)}${cell(p.b, p.unit)}</tr>`,
  );
  return `<div class="scroll" tabindex="0" role="region" aria-label="${say('compare.pressures')}, ${say('compare.all')}"><table><thead><tr><th scope="col">${say('compare.part')}</th><th scope="col">a</th><th scope="col">b</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

const block = (id: string, title: string, html: string): string =>
  `<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${html}</section>`;
