import { InputError } from '../base/errors.ts';
import { type Told, tell } from '../base/told.ts';
import { EVIDENCE_ERRORS } from '../messages/errors/evidence.data.ts';
import { ROWS } from './rows.data.ts';

/**
 * How well a row is founded:
 * - `confirmed`: the figure itself was read in an abstract, table or guideline excerpt (seldom in the full paper);
 * - `derived`: arithmetic on other rows or a closed formula; not a measurement;
 * - `estimate`: the project's own choice, to be replaced by a measurement;
 * - `measured`: read by the project off public data (a CT, an anthropometric survey).
 * A row with several figures carries the mark of the figure in `value`; `note` tells about the others.
 */
export type Confidence = 'confirmed' | 'derived' | 'estimate' | 'measured';

/** One figure with its range and its source. */
export interface Evidence {
  /** Stable name: T tissue, V validation, H threshold, E event, A anchor check, P tool, L load, B body, then a number. */
  readonly id: string;
  /** What is stated, in a short phrase. */
  readonly quantity: string;
  /** The one central number, in `unit`; null when the row has none or several. */
  readonly value: number | null;
  /** Ends of the one range, in `unit`; null when there is none. */
  readonly low: number | null;
  readonly high: number | null;
  /** Value and range as printed in the source list, also where they do not fit into numbers; '' when there is none. */
  readonly text: string;
  readonly range: string;
  /** Unit as printed: 'kPa', 'mmHg', '%'; '' when the row is not a quantity. Not converted to house units. */
  readonly unit: string;
  /** Species, tissue, method, duration: what the figure holds for. */
  readonly condition: string;
  readonly citation: string;
  /** The first DOI of the citation, without 'https://doi.org/'. */
  readonly doi?: string;
  readonly confidence: Confidence;
  readonly note?: string;
}

/** Meaning of the letter that an id begins with. */
export const EVIDENCE_GROUPS: Readonly<Record<string, string>> = {
  T: 'tissue properties',
  V: 'validation data',
  H: 'levels at which effects were published',
  E: 'events, contraindications, alternatives',
  A: 'anchor checks',
  P: 'tools',
  L: 'loads',
  B: 'body and anatomy',
};

/** What each confidence mark means, for people. */
export const CONFIDENCE_MEANING: Readonly<Record<Confidence, string>> = {
  confirmed: 'read in an abstract, table or guideline',
  derived: 'computed from other figures',
  estimate: 'our own choice until somebody measures it',
  measured: 'measured by this project on public data',
};

/**
 * What stands behind a figure, for whoever is told it:
 * - `read`: it was read in its source, or measured on public data;
 * - `computed`: worked out from other figures;
 * - `estimate`: our own choice.
 */
export type Standing = 'read' | 'computed' | 'estimate';

const STANDING: Readonly<Record<Confidence, Standing>> = {
  confirmed: 'read',
  measured: 'read',
  derived: 'computed',
  estimate: 'estimate',
};

const WEAKER: readonly Standing[] = ['read', 'computed', 'estimate'];

/** How well rows stand together: as the weakest of them. @throws InputError for an id that does not exist */
export const standingOf = (ids: readonly string[]): Standing =>
  ids
    .map((id) => STANDING[evidence(id).confidence])
    .reduce((a, b) => (WEAKER.indexOf(b) > WEAKER.indexOf(a) ? b : a), 'read');

/** Every row, in the order T, V, H, E, A, P, L, B. */
export const ALL_EVIDENCE: readonly Evidence[] = ROWS;

const byId: ReadonlyMap<string, Evidence> = new Map(ROWS.map((row) => [row.id, row]));

/**
 * The row with an id such as 'H-20' (case and a missing leading zero do not matter).
 * @throws InputError naming the nearest ids, or the groups, when there is no such row.
 */
export function evidence(id: string): Evidence {
  const row = byId.get(id) ?? byId.get(normalise(id));
  if (row === undefined) throw new InputError(unknown(id));
  return row;
}

/** Source of a row in one line for reports: 'H-20: Rydevik B., … J Hand Surg Am 1981;6:3-12 doi:10.1016/… (confirmed)'. */
export function cite(id: string): string {
  const row = evidence(id);
  const doi = row.doi === undefined ? '' : ` doi:${row.doi}`;
  return `${row.id}: ${row.citation}${doi} (${row.confidence})`;
}

/** 't2' → 'T-02'; what does not look like an id comes back trimmed and in capitals. */
function normalise(id: string): string {
  const match = /^([a-z])\s*-?\s*0*(\d+)([a-z]?)$/i.exec(id.trim());
  if (match === null) return id.trim().toUpperCase();
  return `${match[1]!.toUpperCase()}-${match[2]!.padStart(2, '0')}${match[3]!.toLowerCase()}`;
}

function unknown(asked: string): Told {
  const id = normalise(asked);
  const match = /^([A-Z])-(\d+)/.exec(id);
  const group = match === null ? [] : ROWS.filter((row) => row.id.startsWith(`${match[1]}-`));
  if (match === null || group.length === 0) {
    const groups = Object.entries(EVIDENCE_GROUPS).map(([letter, meaning]) => `${letter} (${meaning})`);
    return tell(EVIDENCE_ERRORS, 'error.evidence.form', { id: asked, groups: groups.join(', ') });
  }

  // the rows whose number is nearest
  const wanted = Number(match[2]);
  const distance = (row: Evidence): number => Math.abs(Number.parseInt(row.id.slice(2), 10) - wanted);
  const near = [...group].sort((a, b) => distance(a) - distance(b) || (a.id < b.id ? -1 : 1)).slice(0, 3);
  const rows = near.map((row) => `${row.id} (${row.quantity})`);
  return tell(EVIDENCE_ERRORS, 'error.evidence.near', { id: asked, near: rows.join(', ') });
}
