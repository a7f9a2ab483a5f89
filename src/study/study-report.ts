import { escapeHtml } from '../report/html.ts';
import { REPORT_STYLE } from '../report/report-style.ts';
import { formatNumber, listInWords } from '../words/amounts.ts';
import { NOTICE } from '../words/notice.ts';
import { PANEL_STYLE } from './panel.ts';
import { paretoPictures } from './pareto.ts';
import { smallMultiples } from './small-multiples.ts';
import type { StudyData } from './study-data.ts';
import { capital, measureWords } from './study-words.ts';
import type { SummaryRow } from './summary.ts';
import { tornadoes } from './tornado.ts';
import { aimView, costViews, factorViews, measureViews } from './views.ts';

/** Cells this coarse blur what is thin, mm: nerves, vessels and bowel are thinner than two of them. */
const COARSE = 8;

/** The whole study as one page: no script, no other files; tables and words say what the pictures show. */
export function studyReport(data: StudyData, summary: readonly SummaryRow[]): string {
  const { design } = data;
  const title = design.plan.title ?? 'Study';
  const aim = aimView(data);
  const factors = factorViews(data);
  const views = measureViews(data);
  const standIn = design.program.endsWith('+stand-in');
  const pictures =
    aim === undefined || standIn
      ? ''
      : [
          section(
            'What each choice does',
            '<p>The larger of both sides, at the load of the run. Runs that did not reach their load are left out.</p>' +
              smallMultiples(views, factors, aim),
          ),
          section(
            'What matters most',
            '<p>How strongly each factor goes with each number, as rank correlation: +1, more of one always means more of the other; −1, always less; 0, no such order. A dashed bar on both sides is a factor without an order: it says how much of the spread the factor accounts for, to no side. This is what varies in this study, over the ranges of this study, and no more.</p>' +
              tornadoes([aim, ...costViews(data)], factors),
          ),
          section(
            'Much in one place, little in another',
            `<p>Every mark is a run: the higher, the more ${escapeHtml(aim.short)}; the farther left, the less elsewhere. Runs on the line are those that no other run of this study beats: none has more ${escapeHtml(aim.short)} with as little elsewhere. That says nothing about whether such a press is right for anybody.</p>${paretoPictures(aim, costViews(data), factors)}`,
          ),
        ].join('');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title><style>${REPORT_STYLE}${PANEL_STYLE}</style></head><body><main><header><p class="kicker">Psoascope, study</p><h1>${escapeHtml(title)}</h1>${lead(data, standIn)}${facts(data)}</header>${pictures}${failures(data)}${section('All numbers', summaryTable(summary))}${section('How to compute it again', replay(data))}</main><footer><p>${escapeHtml(NOTICE)}</p></footer></body></html>\n`;
}

const section = (title: string, content: string): string =>
  content === '' ? '' : `<section><h2>${title}</h2>${content}</section>`;

function lead({ design }: StudyData, standIn: boolean): string {
  const about = design.plan.about === undefined ? '' : `<p class="lead">${escapeHtml(design.plan.about)}</p>`;
  return standIn
    ? `${about}<div class="note"><p>These are no presses: a stand-in answered with made-up numbers to measure the study engine.</p></div>`
    : about;
}

function facts(data: StudyData): string {
  const { design, states } = data;
  const count = (state: string): number => states.filter((each) => each === state).length;
  const names = factorViews(data).map((factor) => factor.words.name);
  const cells = cellSizes(data);
  const open = count('open');
  const without = count('failed') + count('not-converged');
  const items: readonly (readonly [string, string, string])[] = [
    ['Runs', `${design.count}`, open === 0 ? 'all computed' : `${open} still to be computed`],
    ['Reached their load', `${count('converged')}`, without === 0 ? 'every one' : `${without} did not; see below`],
    ['What varies', `${names.length} factor${names.length === 1 ? '' : 's'}`, listInWords(names)],
    ['Cells', cells.length === 0 ? '–' : `${cells.map(formatNumber).join(', ')} mm`, cellWords(cells)],
  ];
  const list = `<dl class="facts">${items.map(([term, value, more]) => `<div><dt>${term}</dt><dd>${escapeHtml(value)}<span>${escapeHtml(more)}</span></dd></div>`).join('')}</dl>`;
  const notes: string[] = [];
  if (design.plan.population !== undefined)
    notes.push(
      `The bodies are drawn from the stature, weight and waist of US soldiers (ANSUR II; evidence B-70, B-71, B-37, B-38): slimmer and more alike than people at large. ${design.redrawn} draw${design.redrawn === 1 ? '' : 's'} that the body model does not reach ${design.redrawn === 1 ? 'was' : 'were'} replaced.`,
    );
  if (cells.some((cell) => cell >= COARSE))
    notes.push(
      'The cells are coarse, so that many presses could be computed. Compare runs with each other; a single number, above all of something thin such as a nerve, a vessel or a bowel wall, moves with the cell size and wants a finer press of its own.',
    );
  return list + notes.map((note) => `<p class="quiet">${escapeHtml(note)}</p>`).join('');
}

const cellWords = (cells: readonly number[]): string =>
  cells.some((cell) => cell >= COARSE) ? 'coarse: good for comparing runs' : 'as fine as a single press';

function cellSizes({ design }: StudyData): number[] {
  const sizes = new Set<number>();
  for (let run = 0; run < design.count; run += Math.max(1, Math.floor(design.count / 200)))
    sizes.add(design.at(run).scenario?.cell_mm ?? Number.NaN);
  return [...sizes].filter((size) => Number.isFinite(size)).sort((a, b) => a - b);
}

function failures({ reasons }: StudyData): string {
  if (reasons.size === 0) return '';
  const rows = [...reasons]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 50)
    .map(([reason, times]) => `<li>${times === 1 ? 'One run' : `${times} runs`}: ${escapeHtml(reason)}</li>`);
  const more =
    reasons.size > 50 ? `<li>and ${reasons.size - 50} other reasons; the table of cases has them all</li>` : '';
  return section(
    'Runs without a full result',
    `<p>They stand in the tables with their reason. A press that stopped early keeps the numbers of its last step there, marked as not converged.</p><ul>${rows.join('')}${more}</ul>`,
  );
}

function summaryTable(rows: readonly SummaryRow[]): string {
  const head = ['', 'Side', 'Unit', 'Runs', '5 %', 'Median', '95 %', 'Least', 'Most'];
  const body = rows.map((r) => {
    const name = capital(measureWords(r.structure, r.quantity));
    const numbers = [r.p05, r.median, r.p95, r.min, r.max].map((value) => `<td>${formatNumber(value)}</td>`);
    return `<tr><th scope="row">${escapeHtml(name)}</th><td>${r.side === 'midline' ? '' : r.side}</td><td>${escapeHtml(r.unit === '1' ? '' : r.unit)}</td><td>${r.n}</td>${numbers.join('')}</tr>`;
  });
  return `<details><summary>How every quantity is spread over the runs that reached their load</summary><div class="scroll" tabindex="0" role="region" aria-label="Summary of all quantities"><table><thead><tr>${head.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead><tbody>${body.join('')}</tbody></table></div></details><p class="quiet">The same stands in summary.csv; results.parquet has every number of every run, cases.parquet every run with its scenario, and summary.sql shows how to ask them with DuckDB.</p>`;
}

function replay({ design }: StudyData): string {
  const { plan, planHash, program, columns } = design;
  return `<p>Save the plan below as plan.json and run <code>psoascope study plan.json -o out</code> with version ${escapeHtml(program)}: the same plan gives the same tables, whatever computes it. Plan ${planHash.slice(0, 16)}, factors ${escapeHtml(listInWords(columns.map((column) => column.path)))}.</p><details><summary>The plan</summary><pre>${escapeHtml(JSON.stringify(plan, null, 2))}</pre></details>`;
}
