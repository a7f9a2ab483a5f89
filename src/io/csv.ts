import type { Result } from '../findings/result.ts';

const COLUMNS = [
  'depth_mm',
  'force_N',
  'floorForce_N',
  'supportForce_N',
  'forceBalance',
  'contactArea_cm2',
  'meanSkinPressure_kPa',
  'peakSkinPressure_kPa',
] as const satisfies readonly (keyof Result['path'][number])[];

export type CsvCell = string | number | boolean | null;

/** Force–depth path of a result as CSV (comma, CRLF, one header row; units in the names; full precision). */
export function pathCsv(result: Result): string {
  return [[...COLUMNS], ...result.path.map((step) => COLUMNS.map((column) => step[column]))].map(csvLine).join('');
}

/** A row as a line of CSV (RFC 4180); what is missing stays empty. */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(field).join(',')}\r\n`;
}

/** What a spreadsheet takes for the beginning of a formula, also as a wide letter; a lone number is none. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function field(cell: CsvCell): string {
  if (cell === null) return '';
  const written = String(cell);
  // an apostrophe makes it a text for every spreadsheet: what somebody wrote into a file is nothing to be carried out
  const text = typeof cell === 'string' && FORMULA.test(written) && !NUMBER.test(written) ? `'${written}` : written;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
