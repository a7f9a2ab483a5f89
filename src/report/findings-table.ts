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

/** Findings split into those to show at once, those close to nothing, and names that the model does not hold. */
export function sortFindings(findings: readonly Finding[]): {
  shown: Finding[];
  hardly: Finding[];
  missing: string[];
} {
  const present = findings.filter((f) => f.value !== null);
  const shown = present.filter((f) => !isHardly(f));
  return {
    shown,
    hardly: present.filter(isHardly),
    missing: [...new Set(findings.filter((f) => f.value === null).map((f) => f.label))],
  };
}

function isHardly(f: Finding): boolean {
  if (f.band === 'within-published' || f.band === 'above-published' || f.value === null) return false;
  if (/psoas|iliacus/.test(f.structure)) return false;
  return f.unit === 'kPa' ? f.value < HARDLY_KPA : f.unit === '%' ? f.value < HARDLY_PERCENT : false;
}

/** Findings as a table, in the order given, under the headings that they belong to. */
export function findingsTable(findings: readonly Finding[], caption: string): string {
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
    `${cell('Beside what was published', `<strong>${BAND[f.band]}</strong><span class="what">${escapeHtml(f.sentence)}</span>`)}` +
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
