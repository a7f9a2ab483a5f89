import type { Finding } from '../findings/finding.ts';
import { SUBJECTS } from '../findings/subjects.data.ts';
import { amountText, levelOf, levelSentence, rangeText, sentencesOf, twoDigits } from '../findings/words.ts';
import { say } from '../messages/say.ts';
import { axisNumbers, placeOnAxis, tracksGrid } from './axis.ts';
import { escapeHtml, listInWords } from './html.ts';
import type { Entry, Ledger } from './ledger.ts';
import { bandName, feltName, quantityName, quantityShort } from './quantity-name.ts';
import { evidenceLinks } from './sources.ts';

/** Less than this is hardly anything beside what a cough does (14 kPa, evidence H-15), kPa; and for shape, %. */
const HARDLY_KPA = 1;
const HARDLY_PERCENT = 5;

/** Findings by what a reader wants first; each list keeps the order from the skin down. */
export interface SortedFindings {
  /** What reaches a published range, and everything about the muscles aimed at. */
  readonly reached: Finding[];
  /** What stays below, or has no level to be compared with. */
  readonly below: Finding[];
  /** What is close to nothing. */
  readonly hardly: Finding[];
  /** Names of what the model does not hold. */
  readonly missing: string[];
}

export function sortFindings(findings: readonly Finding[]): SortedFindings {
  const kindOf = (f: Finding): Exclude<keyof SortedFindings, 'missing'> => {
    if (f.band === 'within-published' || f.band === 'above-published') return 'reached';
    if (/psoas|iliacus/.test(f.structure)) return 'reached';
    const size = Math.abs(f.value!);
    const hardly = f.unit === 'kPa' ? size < HARDLY_KPA : f.unit === '%' && size < HARDLY_PERCENT;
    return hardly ? 'hardly' : 'below';
  };
  const present = findings.filter((f) => f.value !== null);
  const of = (kind: ReturnType<typeof kindOf>): Finding[] => present.filter((f) => kindOf(f) === kind);
  const missing = [...new Set(findings.filter((f) => f.value === null).map((f) => f.label))];
  return { reached: of('reached'), below: of('below'), hardly: of('hardly'), missing };
}

/** Sides are told as one when their values, and the ends of their ranges, differ by less than this share. */
const ALIKE = 0.1;
const ALIKE_RANGE = 0.3;

/** Joins left and right of the same structure where they say the same, so that a press in the middle is not told twice. */
export function joinSides(findings: readonly Finding[]): Finding[] {
  const joined = new Set<Finding>();
  return findings.flatMap((f) => {
    if (joined.has(f)) return [];
    const other = findings.find((g) => g !== f && isOtherSide(f, g));
    if (other === undefined) return [f];
    joined.add(other);
    const larger = Math.abs(f.value!) >= Math.abs(other.value!) ? f : other;
    const both: Finding = {
      ...larger,
      label: say('name.both', { name: sideless(f.label) }),
      low: f.low === null || other.low === null ? null : Math.min(f.low, other.low),
      high: f.high === null || other.high === null ? null : Math.max(f.high, other.high),
    };
    const words = sentencesOf(both);
    return {
      ...both,
      sentence: `${words.sentence} ${say('found.other-side')}`,
      professional: `${words.professional} ${say('found.other-side')}`,
    };
  });
}

const sideless = (label: string): string => label.replace(/^(left|right) /, '');

function isOtherSide(f: Finding, g: Finding): boolean {
  const alike = (['structure', 'quantity', 'where', 'unit', 'band', 'felt'] as const).every((key) => f[key] === g[key]);
  if (!alike || sideless(f.label) !== sideless(g.label)) return false;
  if (f.side === g.side || f.side === 'midline' || g.side === 'midline') return false;
  if (f.value === null || g.value === null || (f.low === null) !== (g.low === null)) return false;
  const size = Math.max(Math.abs(f.value), Math.abs(g.value));
  const near = (a: number | null, b: number | null, share: number): boolean =>
    a === null || b === null || Math.abs(a - b) < share * Math.max(size, Math.abs(a), Math.abs(b));
  return near(f.value, g.value, ALIKE) && near(f.low, g.low, ALIKE_RANGE) && near(f.high, g.high, ALIKE_RANGE);
}

/** A part of the body with what is worth telling first about it, and the rest. */
export interface PartRow {
  readonly first: Finding;
  readonly also: readonly Finding[];
}

/** Findings by part, in the order given: first what reaches furthest into a published range, pressures before shapes. */
export function partRows(findings: readonly Finding[]): PartRow[] {
  const parts = new Map<string, Finding[]>();
  for (const f of findings) {
    const key = `${f.structure}/${f.label.replace(/,.*/, '')}/${f.label.endsWith(say('name.both', { name: '' }))}`;
    parts.set(key, [...(parts.get(key) ?? []), f]);
  }
  return [...parts.values()].map((members) => {
    const first = members.reduce((best, f) => (rank(f) > rank(best) ? f : best));
    return { first, also: members.filter((f) => f !== first) };
  });
}

const rank = (f: Finding): number =>
  2 * ['no-published-level', 'below-published', 'within-published', 'above-published'].indexOf(f.band) +
  (f.unit === 'kPa' ? 1 : 0);

/** Rows that a sheet of paper has room for; of more, those that reach least far are for the screen alone. */
const PAPER_ROWS = 14;

function onPaper(rows: readonly PartRow[]): Set<PartRow> {
  const weight = ({ first }: PartRow): number =>
    rank(first) + (/psoas/.test(first.structure) ? 100 : 0) + (first.felt === 'silent' ? 0.5 : 0);
  return new Set([...rows].sort((a, b) => weight(b) - weight(a)).slice(0, PAPER_ROWS));
}

/** Id of a finding in the list of numbers. */
export const findingId = (f: Finding): string => `${f.structure}-${f.side}-${f.quantity}-${f.label}`;

/** Where a finding's number comes from. */
export function findingEntry(f: Finding): Entry {
  return {
    what: `${f.label}: ${quantityName(f.quantity)}`,
    value: f.value === null ? '–' : amountText(f.value, f.unit),
    ...(f.low === null || f.high === null
      ? {}
      : { range: say('report.range', { range: rangeText(f.low, f.high, f.unit) }) }),
    how: f.professional,
    evidence: f.evidence,
  };
}

/** One line per part, from the skin down, with its place on the axis and what was published. */
export function partsTable(rows: readonly PartRow[], ledger: Ledger): string {
  if (rows.length === 0) return '';
  const heads = [
    say('found.part'),
    say('found.how-much'),
    say('found.axis'),
    say('found.said'),
    say('found.felt'),
    say('found.sources'),
  ];
  const paper = onPaper(rows);
  const body = rows.map((row) => {
    const { first, also } = row;
    const told = (f: Finding): string =>
      ledger.linkNumbers(findingId(f), amountText(f.value!, f.unit), findingEntry(f));
    const more = also.map((f) => `${quantityShort(f.quantity)} ${told(f)}`);
    const said = `${ledger.linkNumbers(findingId(first), levelSentence(first), findingEntry(first))}`;
    return (
      `<tr${paper.has(row) ? '' : ' class="more"'}><th scope="row">${escapeHtml(capital(first.label))} <span class="what">${quantityShort(first.quantity)}</span></th>` +
      `<td class="amount">${amountCell(first, ledger)}</td>` +
      `<td class="plot">${plot(first)}</td>` +
      `<td class="said">${said}${paperMarks(first)}${more.length === 0 ? '' : ` <span class="also">${say('found.also', { list: more.join(', ') })}</span>`}</td>` +
      `<td class="felt-${first.felt}">${feltName(first.felt)}</td><td class="marks">${evidenceLinks(first.evidence)}</td></tr>`
    );
  });
  const axis = `<svg class="track" width="100%" height="26" aria-hidden="true">${axisNumbers()}</svg>`;
  return (
    `<table class="parts"><caption>${say('found.caption')}</caption><thead><tr>${heads.map((h) => `<th scope="col">${h}</th>`).join('')}</tr></thead>` +
    `<tbody>${body.join('')}</tbody><tfoot aria-hidden="true"><tr><td colspan="2"></td><td class="plot">${axis}</td><td colspan="3"></td></tr></tfoot></table>`
  );
}

/** On paper the sources of the level stand behind its sentence; on a screen they have a column of their own. */
function paperMarks(f: Finding): string {
  const level = levelOf(f);
  return level === undefined ? '' : ` <span class="paper-marks">[${level.evidence.join(', ')}]</span>`;
}

function amountCell(f: Finding, ledger: Ledger): string {
  const range =
    f.low === null || f.high === null
      ? say('report.range-none')
      : say('report.range', {
          range: `${say('amount.from-to', { from: twoDigits(f.low), to: twoDigits(f.high) })} ${f.unit}`,
        });
  const value = ledger.linkNumbers(findingId(f), amountText(f.value!, f.unit), findingEntry(f));
  return `<b>${value}</b><span class="what">${range}</span>`;
}

/** Value, range and published level on the axis of pressures, or on 0 to 100 %. */
function plot(f: Finding): string {
  const level = levelOf(f);
  const place = (value: number): string =>
    f.unit === 'kPa' ? placeOnAxis(value) : Math.min(Math.max(Math.abs(value), 0), 100).toFixed(2);
  if (f.unit !== 'kPa' && f.unit !== '%') return '';
  const bar = (from: number, to: number, y: number, height: number, name: string): string => {
    const [x0, x1] = [Number(place(from)), Number(place(to))].sort((a, b) => a - b) as [number, number];
    return `<rect x="${x0}%" width="${Math.max(0.6, x1 - x0).toFixed(2)}%" y="${y}" height="${height}" class="${name}"/>`;
  };
  const published = level === undefined || level.unit !== f.unit ? '' : bar(level.from, level.to, 3, 18, 'published');
  const range = f.low === null || f.high === null ? '' : bar(f.low, f.high, 9, 6, 'range');
  const grid = f.unit === 'kPa' ? tracksGrid(24) : '<line x1="0" x2="100%" y1="12" y2="12" class="grid"/>';
  return `<svg class="track" width="100%" height="24" aria-hidden="true">${grid}${published}${range}<circle cx="${place(f.value!)}%" cy="12" r="4.6" class="mark"/></svg>`;
}

/** Every finding in full, in plain words and for professionals, under the headings that they belong to. */
export function allFindings(findings: readonly Finding[], ledger: Ledger): string {
  if (findings.length === 0) return '';
  const groups = new Map<string, Finding[]>();
  for (const f of findings) {
    const section = SUBJECTS.find((subject) => subject.structure === f.structure)?.section ?? 'Other structures';
    groups.set(section, [...(groups.get(section) ?? []), f]);
  }
  return [...groups]
    .map(
      ([section, members]) =>
        `<h3>${escapeHtml(section)}</h3><ul class="full">${members
          .map(
            (f) =>
              `<li><b>${escapeHtml(capital(f.label))}</b>, ${quantityName(f.quantity)} – ${bandName(f.band)}. ${ledger.linkNumbers(findingId(f), f.sentence, findingEntry(f))} ` +
              `<span class="pro">${escapeHtml(f.professional)}</span> <span class="cite">[${evidenceLinks(f.evidence)}]</span></li>`,
          )
          .join('')}</ul>`,
    )
    .join('');
}

/** One sentence about what the model does not hold; '' when it holds everything. */
export function missingLine(missing: readonly string[]): string {
  return missing.length === 0 ? '' : `<p>${escapeHtml(say('found.missing', { list: listInWords(missing) }))}</p>`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
