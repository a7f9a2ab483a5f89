import { mmHgOf } from '../base/units.ts';
import type { Finding, Quantity } from '../findings/finding.ts';
import { SUBJECTS } from '../findings/subjects.data.ts';
import { twoDigits } from '../findings/words.ts';
import { escapeHtml, listInWords } from './html.ts';
import { evidenceLinks } from './sources.ts';

const QUANTITY: Readonly<Record<Quantity, string>> = {
  'contact-pressure': 'pressure on the skin',
  'tissue-pressure': 'pressure in the tissue',
  'excess-pressure': 'pressure in the tissue above the rest of the belly',
  compression: 'squeezed thinner by',
  stretch: 'stretched longer by',
  displacement: 'moved by',
  'area-change': 'room inside, against rest',
  'flow-change': 'flow, against rest',
  'transmural-pressure': 'pressure inside',
  crush: 'squeezed between tool and spine by',
  'pressure-time': 'pressure in the tissue times seconds',
  'membrane-force': 'pull in the sheet',
};

const BAND: Readonly<Record<Finding['band'], string>> = {
  'below-published': 'below the levels at which effects were published',
  'within-published': 'in the range where an effect was published',
  'above-published': 'above the range where an effect was published',
  'no-published-level': 'no published level',
};

const FELT: Readonly<Record<Finding['felt'], string>> = {
  felt: 'usually felt',
  silent: 'silent: may not be felt',
  unknown: 'not known',
};

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
    const hardly = f.unit === 'kPa' ? f.value! < HARDLY_KPA : f.unit === '%' && f.value! < HARDLY_PERCENT;
    return hardly ? 'hardly' : 'below';
  };
  const present = findings.filter((f) => f.value !== null);
  const of = (kind: ReturnType<typeof kindOf>): Finding[] => present.filter((f) => kindOf(f) === kind);
  const missing = [...new Set(findings.filter((f) => f.value === null).map((f) => f.label))];
  return { reached: of('reached'), below: of('below'), hardly: of('hardly'), missing };
}

/** Sides are told as one when their values differ by less than this share. */
const ALIKE = 0.1;

/** Joins left and right of the same structure where they say the same, so that a press in the middle is not told twice. */
export function joinSides(findings: readonly Finding[]): Finding[] {
  const joined = new Set<Finding>();
  return findings.flatMap((f) => {
    if (joined.has(f)) return [];
    const other = findings.find((g) => g !== f && isOtherSide(f, g));
    if (other === undefined) return [f];
    joined.add(other);
    const larger = f.value! >= other.value! ? f : other;
    return {
      ...larger,
      label: `${f.label.replace(/^(left|right) /, '')}, both sides`,
      sentence: `${larger.sentence} The other side differs by less than a tenth.`,
    };
  });
}

function isOtherSide(f: Finding, g: Finding): boolean {
  const name = (finding: Finding): string => finding.label.replace(/^(left|right) /, '');
  const alike = (['structure', 'quantity', 'where', 'unit', 'band', 'felt'] as const).every((key) => f[key] === g[key]);
  if (!alike || name(f) !== name(g) || f.side === g.side || f.side === 'midline' || g.side === 'midline') return false;
  if (f.value === null || g.value === null || f.low !== null || g.low !== null) return false;
  return Math.abs(f.value - g.value) < ALIKE * Math.max(Math.abs(f.value), Math.abs(g.value));
}

/** Findings as a table, in the order given, under the headings that they belong to. */
export function findingsHtml(findings: readonly Finding[], caption: string): string {
  if (findings.length === 0) return '';
  const columns = ['Structure', 'How much', '5–95 % range', 'Beside what was published', 'Felt?', 'Sources'];
  const groups = new Map<string, Finding[]>();
  for (const f of findings) {
    const section = SUBJECTS.find((subject) => subject.structure === f.structure)?.section ?? 'Other structures';
    groups.set(section, [...(groups.get(section) ?? []), f]);
  }
  const bodies = [...groups].map(
    ([section, members]) =>
      `<tbody><tr class="section"><th scope="rowgroup" colspan="${columns.length}">${escapeHtml(section)}</th></tr>${members.map(row).join('')}</tbody>`,
  );
  return (
    `<table class="findings"><caption>${escapeHtml(caption)}</caption>` +
    `<thead><tr>${columns.map((c) => `<th scope="col">${c}</th>`).join('')}</tr></thead>${bodies.join('')}</table>`
  );
}

function row(f: Finding): string {
  const cell = (title: string, html: string): string => `<td><span class="small">${title}: </span>${html}</td>`;
  return (
    `<tr><th scope="row">${escapeHtml(capital(f.label))}<span class="what">${QUANTITY[f.quantity]}${f.where === 'lumen' ? ', inside it' : ''}</span></th>` +
    `${cell('How much', amount(f.value, f.unit))}` +
    `${cell('Range', f.low === null || f.high === null ? '<span class="quiet">range not computed</span>' : rangeText(f.low, f.high, f.unit))}` +
    `${cell('Beside what was published', `<strong>${BAND[f.band]}</strong><span class="what sentence">${escapeHtml(f.sentence)}</span>`)}` +
    `${cell('Felt', FELT[f.felt])}${cell('Sources', evidenceLinks(f.evidence) || '<span class="quiet">none</span>')}</tr>`
  );
}

function amount(value: number | null, unit: Finding['unit']): string {
  if (value === null || !Number.isFinite(value)) return 'not in the model';
  const main = `<span class="amount">${twoDigits(value)} ${unit}</span>`;
  return unit === 'kPa' ? `${main} <span class="second">${twoDigits(mmHgOf(value))} mmHg</span>` : main;
}

function rangeText(low: number, high: number, unit: Finding['unit']): string {
  const main = `<span class="amount">${twoDigits(low)} to ${twoDigits(high)} ${unit}</span>`;
  if (unit !== 'kPa') return main;
  return `${main} <span class="second">${twoDigits(mmHgOf(low))} to ${twoDigits(mmHgOf(high))} mmHg</span>`;
}

/** One sentence about what the model does not hold; '' when it holds everything. */
export function missingLine(missing: readonly string[]): string {
  return missing.length === 0
    ? ''
    : `<p>Not in this model, so nothing can be said: ${escapeHtml(listInWords(missing))}.</p>`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
