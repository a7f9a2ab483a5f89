import { asIs, type Html, html, NOTHING, together } from '../base/html.ts';
import { capitalised } from '../base/text.ts';
import { inWholeEnglish } from '../messages/english.ts';
import type { WholeSpeaker } from '../messages/say.ts';
import { REPORT_STYLE } from '../report/report-style.ts';
import { formatNumber, listInWords } from '../words/amounts.ts';
import { noteText } from '../words/note-text.ts';
import { nobodysWeight } from './check-design.ts';
import { PANEL_STYLE } from './panel.ts';
import { paretoPictures } from './pareto.ts';
import { smallMultiples } from './small-multiples.ts';
import type { StudyData } from './study-data.ts';
import { measureWords, nameOfStructure, unitName } from './study-words.ts';
import type { SummaryRow } from './summary.ts';
import { tornadoes } from './tornado.ts';
import { aimView, costViews, factorViews, measureViews } from './views.ts';

/** Cells this coarse blur what is thin, mm: nerves, vessels and bowel are thinner than two of them. */
const COARSE = 8;

/** The whole study as one page: no script, no other files; tables and words say what the pictures show. */
export function studyReport(
  data: StudyData,
  summary: readonly SummaryRow[],
  speaker: WholeSpeaker = inWholeEnglish,
): string {
  const { design } = data;
  const title = design.plan.title ?? speaker.say('study.title');
  const aim = aimView(speaker, data);
  const factors = factorViews(speaker, data);
  const views = measureViews(speaker, data);
  const standIn = design.program.endsWith('+stand-in');
  const pictures =
    aim === undefined || standIn
      ? ''
      : together(
          section(
            speaker.say('study.choices'),
            html`<p>${speaker.say('study.choices.text')}</p>${smallMultiples(speaker, views, factors, aim)}`,
          ),
          section(
            speaker.say('study.matters'),
            together(
              html`<p>${speaker.say('study.matters.text')}</p>`,
              tornadoes(speaker, [aim, ...costViews(speaker, data)], factors),
            ),
          ),
          section(
            speaker.say('study.front'),
            html`<p>${speaker.say('study.front.text', { aim: aim.short })}</p>${paretoPictures(speaker, aim, costViews(speaker, data), factors)}`,
          ),
        );
  return html`<!doctype html><html lang="${speaker.tag}" dir="${speaker.direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${asIs(REPORT_STYLE)}${asIs(PANEL_STYLE)}</style></head><body><main><header><p class="kicker">${speaker.say('study.kicker')}</p><h1>${title}</h1>${lead(speaker, data, standIn)}${facts(speaker, data)}</header>${pictures}${failures(speaker, data)}${section(speaker.say('study.numbers'), summaryTable(speaker, summary))}${section(speaker.say('study.again'), replay(speaker, data))}</main><footer><p>${speaker.say('notice')}</p></footer></body></html>\n`
    .markup;
}

const section = (title: string, content: Html): Html =>
  content.markup === '' ? NOTHING : html`<section><h2>${title}</h2>${content}</section>`;

function lead(speaker: WholeSpeaker, { design }: StudyData, standIn: boolean): Html {
  const about = design.plan.about === undefined ? NOTHING : html`<p class="lead">${design.plan.about}</p>`;
  return standIn ? html`${about}<div class="note"><p>${speaker.say('study.stand-in')}</p></div>` : about;
}

function facts(speaker: WholeSpeaker, data: StudyData): Html {
  const { design, states } = data;
  const count = (state: string): number => states.filter((each) => each === state).length;
  const names = factorViews(speaker, data).map((factor) => factor.words.name);
  const cells = cellSizes(data);
  const open = count('open');
  const without = count('failed') + count('not-converged');
  const items: readonly (readonly [string, string, string])[] = [
    [speaker.say('study.runs'), `${design.count}`, speaker.say('study.runs.open', { open })],
    [speaker.say('study.reached'), `${count('converged')}`, speaker.say('study.reached.without', { without })],
    [
      speaker.say('study.varies'),
      speaker.say('study.varies.count', { count: names.length }),
      listInWords(speaker, names),
    ],
    [
      speaker.say('study.cells'),
      cells.length === 0 ? '–' : `${cells.map((each) => formatNumber(speaker, each)).join(', ')} mm`,
      cellWords(speaker, cells),
    ],
  ];
  const list = html`<dl class="facts">${items.map(([term, value, more]) => html`<div><dt>${term}</dt><dd>${value}<span>${more}</span></dd></div>`)}</dl>`;
  const notes: string[] = [];
  const weight = nobodysWeight(design);
  if (weight !== undefined) notes.push(noteText(speaker, weight));
  if (design.plan.population !== undefined) notes.push(speaker.say('study.population', { redrawn: design.redrawn }));
  if (cells.some((cell) => cell >= COARSE)) notes.push(speaker.say('study.coarse'));
  return html`${list}${notes.map((note) => html`<p class="quiet">${note}</p>`)}`;
}

const cellWords = (speaker: WholeSpeaker, cells: readonly number[]): string =>
  speaker.say('study.cells.are', { coarse: cells.some((cell) => cell >= COARSE) ? 'yes' : 'no' });

function cellSizes({ design }: StudyData): number[] {
  const sizes = new Set<number>();
  for (let run = 0; run < design.count; run += Math.max(1, Math.floor(design.count / 200)))
    sizes.add(design.at(run).scenario?.cell_mm ?? Number.NaN);
  return [...sizes].filter((size) => Number.isFinite(size)).sort((a, b) => a - b);
}

function failures(speaker: WholeSpeaker, { reasons }: StudyData): Html {
  if (reasons.size === 0) return NOTHING;
  const rows = [...reasons]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 50)
    .map(([reason, times]) => html`<li>${speaker.say('study.failed', { times, reason })}</li>`);
  const more = reasons.size > 50 ? html`<li>${speaker.say('study.failed.more', { more: reasons.size - 50 })}</li>` : '';
  return section(
    speaker.say('study.without'),
    html`<p>${speaker.say('study.without.text')}</p><ul>${rows}${more}</ul>`,
  );
}

function summaryTable(speaker: WholeSpeaker, rows: readonly SummaryRow[]): Html {
  const head = [
    '',
    speaker.say('study.side'),
    speaker.say('study.unit'),
    speaker.say('study.runs'),
    '5 %',
    speaker.say('study.median'),
    '95 %',
    speaker.say('study.least'),
    speaker.say('study.most'),
  ];
  const body = rows.map((r) => {
    const name = capitalised(measureWords(speaker, nameOfStructure(speaker, r.structure), r.quantity));
    const numbers = [r.p05, r.median, r.p95, r.min, r.max].map(
      (value) => html`<td>${formatNumber(speaker, value)}</td>`,
    );
    return html`<tr><th scope="row">${name}</th><td>${speaker.say('study.side.name', { side: r.side })}</td><td>${unitName(speaker, r.unit)}</td><td>${r.n}</td>${numbers}</tr>`;
  });
  return html`<details><summary>${speaker.say('study.spread')}</summary><div class="scroll" tabindex="0" role="region" aria-label="${speaker.say('study.summary')}"><table><thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${body}</tbody></table></div></details><p class="quiet">${speaker.say('study.files')}</p>`;
}

function replay(speaker: WholeSpeaker, { design }: StudyData): Html {
  const { plan, planHash, program, columns } = design;
  return html`<p>${speaker.say('study.replay', {
    command: 'psoascope study plan.json -o out',
    version: program,
    hash: planHash.slice(0, 16),
    factors: listInWords(
      speaker,
      columns.map((column) => column.path),
    ),
  })}</p><details><summary>${speaker.say('study.plan')}</summary><pre>${JSON.stringify(plan, null, 2)}</pre></details>`;
}
