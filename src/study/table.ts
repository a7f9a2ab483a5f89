import type { CsvCell } from '../io/csv.ts';
import type { StudyCase, StudyDesign } from './design.ts';
import type { FactorColumn } from './factor.ts';
import type { CaseRecord } from './record.ts';

/** A column of a table, in the order of the file. */
export interface Column {
  readonly name: string;
  readonly type: 'INT32' | 'DOUBLE' | 'STRING' | 'BOOLEAN';
}

export type Cell = CsvCell;
export { csvLine } from '../io/csv.ts';

const factorColumns = (columns: readonly FactorColumn[]): Column[] =>
  columns.map(({ path, kind }) => ({ name: path, type: kind === 'number' ? 'DOUBLE' : 'STRING' }));

/** Columns of the long table: one row per case and number, one row without number for a case that gave none. */
export function measureColumns(design: StudyDesign): Column[] {
  return [
    { name: 'run', type: 'INT32' },
    { name: 'case', type: 'STRING' },
    ...factorColumns(design.columns),
    { name: 'structure', type: 'STRING' },
    { name: 'side', type: 'STRING' },
    { name: 'quantity', type: 'STRING' },
    { name: 'where', type: 'STRING' },
    { name: 'value', type: 'DOUBLE' },
    { name: 'low', type: 'DOUBLE' },
    { name: 'high', type: 'DOUBLE' },
    { name: 'unit', type: 'STRING' },
    { name: 'band', type: 'STRING' },
    { name: 'converged', type: 'BOOLEAN' },
    { name: 'reason', type: 'STRING' },
  ];
}

/** Rows of one case in the long table, cells in the order of measureColumns. */
export function measureRows(each: StudyCase, record: CaseRecord): Cell[][] {
  const head: Cell[] = [each.run, each.id, ...each.values];
  const tail: Cell[] = [record.converged, record.reason];
  if (record.measures.length === 0) return [[...head, ...NOTHING, ...tail]];
  return record.measures.map((measure) => [...head, ...measure, ...tail]);
}

/** Structure to band of a case that gave nothing. */
const NOTHING: readonly null[] = Array.from({ length: 9 }, () => null);

/** Columns of the table of cases: one row each. */
export function caseColumns(design: StudyDesign): Column[] {
  return [
    { name: 'run', type: 'INT32' },
    { name: 'case', type: 'STRING' },
    ...factorColumns(design.columns),
    { name: 'status', type: 'STRING' },
    { name: 'converged', type: 'BOOLEAN' },
    { name: 'reason', type: 'STRING' },
    { name: 'backend', type: 'STRING' },
    { name: 'scenario', type: 'STRING' },
  ];
}

export function caseRow(each: StudyCase, record: CaseRecord): Cell[] {
  return [
    each.run,
    each.id,
    ...each.values,
    record.status,
    record.converged,
    record.reason,
    record.backend === '' ? null : record.backend,
    each.scenario === undefined ? null : JSON.stringify(each.scenario),
  ];
}
