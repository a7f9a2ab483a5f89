import { InputError } from '../base/errors.ts';
import { between, type Html, html, together } from '../base/html.ts';
import { ALL_EVIDENCE, CONFIDENCE_MEANING, type Evidence, evidence } from '../evidence/evidence.ts';

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
export function evidenceLinks(ids: readonly string[]): Html {
  const links = ids.map((id) => {
    const row = rowOf(id);
    return row === undefined ? id : html`<a href="#source-${row.id}">${row.id}</a>`;
  });
  return between(links, ', ');
}

/** The list of sources that evidenceLinks points to: each row once, in the order of the evidence table. */
export function sourcesList(ids: readonly string[]): Html {
  const wanted = new Set(ids.map((id) => rowOf(id)?.id));
  const rows = ALL_EVIDENCE.filter((row) => wanted.has(row.id));
  return html`<ul class="sources">${rows.map(source)}</ul>`;
}

function source(row: Evidence): Html {
  const figure = [
    row.text,
    row.range === '' || row.range === '-' ? '' : `(${row.range})`,
    row.unit === '-' ? '' : row.unit,
  ]
    .filter((part) => part !== '')
    .join(' ');
  const doi = row.doi === undefined ? '' : html` <a href="https://doi.org/${encodeURI(row.doi)}">doi:${row.doi}</a>`;
  const parts = [figure, row.condition].filter((part) => part !== '' && part !== '-');
  return together(
    html`<li id="source-${row.id}"><b>${row.id}</b> ${row.quantity}${parts.length > 0 ? `: ${parts.join('; ')}` : ''}. `,
    html`<cite>${row.citation}</cite>${doi} <span class="quiet">(${CONFIDENCE_MEANING[row.confidence]})</span></li>`,
  );
}
