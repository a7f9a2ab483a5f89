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

/** Force–depth path of a result as CSV (RFC 4180: comma, CRLF, one header row; units in the names; full precision). */
export function pathCsv(result: Result): string {
  const rows = result.path.map((step) => COLUMNS.map((column) => String(step[column])));
  return [[...COLUMNS], ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

/** Quotes a field only where RFC 4180 asks for it. */
function field(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
