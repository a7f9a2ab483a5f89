import { isPsoas, STRUCTURES } from '../anatomy/structures.ts';
import { meanAndSd, quantiles } from '../base/statistics.ts';
import type { StudyData } from './study-data.ts';
import { type Cell, type Column, csvLine } from './table.ts';

/** The psoas, and what stands in its place on a scan, as SQL writes texts. */
const PSOAS = STRUCTURES.filter(({ id }) => isPsoas(id))
  .map(({ id }) => `'${id}'`)
  .join(', ');

const COLUMNS = [
  'structure', 'side', 'quantity', 'where', 'unit', 'n', 'without', 'mean', 'sd', 'min', 'p05', 'median', 'p95', 'max',
  'below_published', 'within_published', 'above_published',
] as const; // biome-ignore format: one line of names

/** One row of the summary: how a quantity is spread over the converged runs. */
export interface SummaryRow {
  readonly structure: string;
  readonly side: string;
  readonly quantity: string;
  readonly where: string;
  readonly unit: string;
  /** Converged runs with this number, and without it. */
  readonly n: number;
  readonly without: number;
  readonly mean: number;
  readonly sd: number;
  readonly min: number;
  readonly p05: number;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
  /** All runs with a number, converged or not, by how it compares with published levels. */
  readonly bands: { readonly below: number; readonly within: number; readonly above: number };
}

/** How every quantity is spread over the converged runs. */
export function summarise(data: StudyData): SummaryRow[] {
  const converged = data.states.filter((state) => state === 'converged').length;
  return [...data.measures.values()].map((m) => {
    const values = m.values.filter((_, run) => data.states[run] === 'converged');
    const { n, mean, sd } = meanAndSd(values);
    const [min, p05, median, p95, max] = quantiles(values, [0, 0.05, 0.5, 0.95, 1]);
    const { structure, side, quantity, where, unit } = m;
    return {
      structure,
      side,
      quantity,
      where,
      unit,
      n,
      without: converged - n,
      mean,
      sd,
      min: min!,
      p05: p05!,
      median: median!,
      p95: p95!,
      max: max!,
      bands: {
        below: m.bands.get('below-published') ?? 0,
        within: m.bands.get('within-published') ?? 0,
        above: m.bands.get('above-published') ?? 0,
      },
    };
  });
}

export function summaryCsv(rows: readonly SummaryRow[]): string {
  const cell = (value: number): Cell => (Number.isFinite(value) ? Number(value.toPrecision(6)) : null);
  const lines = rows.map(
    (r) =>
    csvLine([
      r.structure, r.side, r.quantity, r.where, r.unit, r.n, r.without,
      cell(r.mean), cell(r.sd), cell(r.min), cell(r.p05), cell(r.median), cell(r.p95), cell(r.max),
      r.bands.below, r.bands.within, r.bands.above,
    ]), // biome-ignore format: one line of cells
  );
  return csvLine(COLUMNS) + lines.join('');
}

/** The same summary, and one by factor, as SQL for DuckDB to run beside the Parquet file. */
export function summarySql(columns: readonly Column[]): string {
  const factors = columns.slice(
    2,
    columns.findIndex((column) => column.name === 'structure'),
  );
  const named = factors.map(({ name }) => `"${name.replaceAll('"', '""')}"`);
  return `-- How every quantity is spread over the converged runs:  duckdb < summary.sql
SELECT structure, side, quantity, "where", unit,
       count(value)                       AS n,
       avg(value)                         AS mean,
       stddev_samp(value)                 AS sd,
       min(value)                         AS min,
       quantile_cont(value, 0.05)         AS p05,
       median(value)                      AS median,
       quantile_cont(value, 0.95)         AS p95,
       max(value)                         AS max
FROM 'results.parquet'
WHERE converged AND structure IS NOT NULL
GROUP BY ALL
ORDER BY structure, side, quantity;

-- Runs that gave no result or did not reach their load, with the reason:
SELECT run, "case", converged, reason FROM 'cases.parquet' WHERE NOT converged ORDER BY run;
${
  named.length === 0
    ? ''
    : `
-- Pressure on the front of the psoas by factor:
SELECT ${named.join(', ')}, count(value) AS n, median(value) AS median_kPa
FROM 'results.parquet'
WHERE converged AND structure IN (${PSOAS}) AND quantity = 'front-pressure'
GROUP BY ALL
ORDER BY ALL;
`
}`;
}
