import { isPsoas } from '../anatomy/structures.ts';
import { between, type Html, html, NOTHING, sentenceAround, together } from '../base/html.ts';
import { capitalised } from '../base/text.ts';
import { keyOf } from '../findings/finding.ts';
import { subjectOf } from '../findings/subject-of.ts';
import type { Speaker } from '../messages/say.ts';
import { listInWords, rangeOf } from '../words/amounts.ts';
import { endsOf, findingAmount, findingRange } from '../words/finding-amount.ts';
import { findingLabel, type Told } from '../words/finding-label.ts';
import { type PartRow, rank } from '../words/part-rows.ts';
import { bandName, feltName, quantityName, quantityShort } from '../words/quantity-name.ts';
import { type About, levelOf, levelSentence, sentencesOf } from '../words/sentences.ts';
import { HARDLY_ROWS, hardlyPressed } from '../words/sort-findings.ts';
import { axisNumbers, placeOnAxis, tracksGrid } from './axis.ts';
import type { Entry, Ledger } from './ledger.ts';
import { evidenceLinks } from './sources.ts';

/** Rows that a sheet of paper has room for; of more, those that reach least far are for the screen alone. */
const PAPER_ROWS = 14;

function onPaper(rows: readonly PartRow[]): Set<PartRow> {
  const weight = ({ first }: PartRow): number =>
    rank(first) + (isPsoas(first.structure) ? 100 : 0) + (first.felt === 'silent' ? 0.5 : 0);
  return new Set([...rows].sort((a, b) => weight(b) - weight(a)).slice(0, PAPER_ROWS));
}

/** Id of a finding in the list of numbers. */
const findingId = (f: Told): string => (f.both === true ? `${keyOf(f)}/both` : keyOf(f));

/** Where a finding's number comes from. */
function findingEntry(speaker: Speaker, f: Told, about: About): Entry {
  const [low, high] = endsOf(f);
  const range = rangeOf(speaker, { low, high }, f.unit);
  return {
    what: `${findingLabel(speaker, f)}: ${quantityName(speaker, f.quantity)}`,
    value: findingAmount(speaker, f),
    ...(range !== undefined && { range }),
    how: sentencesOf(speaker, f, about).professional,
    evidence: f.evidence,
  };
}

/** One line per part, from the skin down, with its place on the axis and what was published. */
export function partsTable(speaker: Speaker, rows: readonly PartRow[], about: About, ledger: Ledger): Html {
  if (rows.length === 0) return NOTHING;
  const heads = [
    speaker.say('found.part'),
    speaker.say('found.how-much'),
    speaker.say('found.axis'),
    speaker.say('found.said'),
    speaker.say('found.felt'),
    speaker.say('found.sources'),
  ];
  const paper = onPaper(rows);
  const body = rows.map((row) => {
    const { first, also } = row;
    const told = (f: Told): Html =>
      ledger.linkNumbers(findingId(f), findingAmount(speaker, f), findingEntry(speaker, f, about));
    const more = also.map((f) => html`${quantityShort(speaker, f.quantity)} ${told(f)}`);
    const said = ledger.linkNumbers(
      findingId(first),
      levelSentence(speaker, first, about),
      findingEntry(speaker, first, about),
    );
    return together(
      html`<tr${paper.has(row) ? '' : html` class="more"`}><th scope="row">${capitalised(findingLabel(speaker, first))} <span class="what">${quantityShort(speaker, first.quantity)}</span></th>`,
      html`<td class="amount">${amountCell(speaker, first, about, ledger)}</td>`,
      html`<td class="plot">${plot(first)}</td>`,
      html`<td class="said">${said}${paperMarks(first)}${more.length === 0 ? '' : html` <span class="also">${sentenceAround((list) => speaker.say('found.also', { list }), between(more, ', '))}</span>`}</td>`,
      html`<td class="felt-${first.felt}">${feltName(speaker, first.felt)}</td><td class="marks">${evidenceLinks(first.evidence)}</td></tr>`,
    );
  });
  const axis = html`<svg class="track" width="100%" height="26" aria-hidden="true">${axisNumbers(speaker)}</svg>`;
  return together(
    html`<table class="parts"><caption>${speaker.say('found.caption')}</caption><thead><tr>${heads.map((h) => html`<th scope="col">${h}</th>`)}</tr></thead>`,
    html`<tbody>${body}</tbody><tfoot aria-hidden="true"><tr><td colspan="2"></td><td class="plot">${axis}</td><td colspan="3"></td></tr></tfoot></table>`,
  );
}

/** On paper the sources of the level stand behind its sentence; on a screen they have a column of their own. */
function paperMarks(f: Told): Html {
  const level = levelOf(f);
  return level === undefined ? NOTHING : html` <span class="paper-marks">[${level.evidence.join(', ')}]</span>`;
}

function amountCell(speaker: Speaker, f: Told, about: About, ledger: Ledger): Html {
  const [low, high] = endsOf(f);
  const known = findingRange(speaker, f);
  const range =
    low === null || high === null
      ? speaker.say('report.range-none')
      : known === undefined
        ? ''
        : speaker.say('report.range', { range: known });
  const value = ledger.linkNumbers(findingId(f), findingAmount(speaker, f), findingEntry(speaker, f, about));
  return html`<b>${value}</b><span class="what">${range}</span>`;
}

/** Value, range and published level on the axis of pressures, or on 0 to 100 %. */
function plot(f: Told): Html {
  const level = levelOf(f);
  const place = (value: number): string =>
    f.unit === 'kPa' ? placeOnAxis(value) : Math.min(Math.max(Math.abs(value), 0), 100).toFixed(2);
  if (f.unit !== 'kPa' && f.unit !== '%') return NOTHING;
  const bar = (from: number, to: number, y: number, height: number, name: string): Html => {
    const [x0, x1] = [Number(place(from)), Number(place(to))].sort((a, b) => a - b) as [number, number];
    return html`<rect x="${x0}%" width="${Math.max(0.6, x1 - x0).toFixed(2)}%" y="${y}" height="${height}" class="${name}"/>`;
  };
  const published = level === undefined || level.unit !== f.unit ? '' : bar(level.from, level.to, 3, 18, 'published');
  const range = f.low === null || f.high === null ? '' : bar(f.low, f.high, 9, 6, 'range');
  const grid = f.unit === 'kPa' ? tracksGrid(24) : html`<line x1="0" x2="100%" y1="12" y2="12" class="grid"/>`;
  return html`<svg class="track" width="100%" height="24" aria-hidden="true">${grid}${published}${range}<circle cx="${place(f.value!)}%" cy="12" r="4.6" class="mark"/></svg>`;
}

/** Every finding in full, in plain words and for professionals, under the headings that they belong to. */
export function allFindings(speaker: Speaker, findings: readonly Told[], about: About, ledger: Ledger): Html {
  if (findings.length === 0) return NOTHING;
  const groups = new Map<string, Told[]>();
  for (const f of findings) {
    const section = speaker.say(`section.${subjectOf(f)?.section ?? 'other'}`);
    groups.set(section, [...(groups.get(section) ?? []), f]);
  }
  return together(
    [...groups].map(
      ([section, members]) =>
        html`<h3>${section}</h3><ul class="full">${members.map((f) => {
          const { sentence, professional } = sentencesOf(speaker, f, about);
          return together(
            html`<li><b>${capitalised(findingLabel(speaker, f))}</b>, ${quantityName(speaker, f.quantity)} – ${bandName(speaker, f.band)}. ${ledger.linkNumbers(findingId(f), sentence, findingEntry(speaker, f, about))} `,
            html`<span class="pro">${professional}</span> <span class="cite">[${evidenceLinks(f.evidence)}]</span></li>`,
          );
        })}</ul>`,
    ),
  );
}

/** One sentence about what is hardly pressed; '' where everything is pressed. */
export function hardlyLine(speaker: Speaker, hardly: readonly Told[]): Html {
  return hardly.length === 0
    ? NOTHING
    : html`<p class="hardly">${hardlyPressed(speaker, hardly)} <span class="cite">[${evidenceLinks(HARDLY_ROWS)}]</span></p>`;
}

/** One sentence about what the model does not hold; '' when it holds everything. */
export function missingLine(speaker: Speaker, missing: readonly string[]): Html {
  return missing.length === 0
    ? NOTHING
    : html`<p>${speaker.say('found.missing', { list: listInWords(speaker, missing) })}</p>`;
}
