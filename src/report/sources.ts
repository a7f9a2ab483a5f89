import { InputError } from '../base/errors.ts';
import { ALL_EVIDENCE, CONFIDENCE_MEANING, type Evidence, evidence } from '../evidence/evidence.ts';
import { escapeHtml } from './html.ts';

/** The row of an id, or undefined: a report does not fall over a source that the table has lost. */
function rowOf(id: string): Evidence | undefined {
  try {
    return evidence(id);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** Ids as links to the list of sources. */
export function evidenceLinks(ids: readonly string[]): string {
  return ids
    .map((id) => {
      const row = rowOf(id);
      return row === undefined ? escapeHtml(id) : `<a href="#source-${row.id}">${row.id}</a>`;
    })
    .join(', ');
}

/** The list of sources that evidenceLinks points to: each row once, in the order of the evidence table. */
export function sourcesList(ids: readonly string[]): string {
  const wanted = new Set(ids.map((id) => rowOf(id)?.id));
  const rows = ALL_EVIDENCE.filter((row) => wanted.has(row.id));
  return `<ul class="sources">${rows.map(source).join('')}</ul>`;
}

function source(row: Evidence): string {
  const figure = [
    row.text,
    row.range === '' || row.range === '-' ? '' : `(${row.range})`,
    row.unit === '-' ? '' : row.unit,
  ]
    .filter((part) => part !== '')
    .join(' ');
  const doi =
    row.doi === undefined ? '' : ` <a href="https://doi.org/${encodeURI(row.doi)}">doi:${escapeHtml(row.doi)}</a>`;
  const parts = [figure, row.condition].filter((part) => part !== '' && part !== '-').map(escapeHtml);
  return (
    `<li id="source-${row.id}"><b>${row.id}</b> ${escapeHtml(row.quantity)}${parts.length > 0 ? `: ${parts.join('; ')}` : ''}. ` +
    `<cite>${escapeHtml(row.citation)}</cite>${doi} <span class="quiet">(${CONFIDENCE_MEANING[row.confidence]})</span></li>`
  );
}
