import type { StudyCase, StudyDesign } from './design.ts';
import type { CaseRecord } from './record.ts';

/** One column of numbers: a quantity of a structure in every run. */
export interface MeasureColumn {
  readonly structure: string;
  readonly side: string;
  readonly quantity: string;
  readonly where: string;
  readonly unit: string;
  /** By run; NaN where there is none. */
  readonly values: Float64Array;
  /** How many runs fell into which band. */
  readonly bands: Map<string, number>;
}

/** How a run ended, as far as it has. */
export type RunState = 'open' | 'failed' | 'not-converged' | 'converged';

/** A study's numbers in memory, as columns: what the summary and the pictures are made of. */
export interface StudyData {
  readonly design: StudyDesign;
  readonly states: readonly RunState[];
  /** By factor column, then by run. */
  readonly factors: readonly (readonly (string | number)[])[];
  readonly measures: ReadonlyMap<string, MeasureColumn>;
  /** Reasons of failed and not converged runs, with how often each came up. */
  readonly reasons: ReadonlyMap<string, number>;
}

const measureKey = (structure: string, side: string, quantity: string): string => `${structure} ${side} ${quantity}`;

/** Gathers a study's numbers case by case. */
export function collectStudy(design: StudyDesign): { add(each: StudyCase, record: CaseRecord): void; data: StudyData } {
  const states: RunState[] = Array.from({ length: design.count }, () => 'open');
  const factors: (string | number)[][] = design.columns.map(() => new Array<string | number>(design.count));
  const measures = new Map<string, MeasureColumn>();
  const reasons = new Map<string, number>();
  return {
    data: { design, states, factors, measures, reasons },
    add(each, record) {
      const { run } = each;
      states[run] = record.status === 'failed' ? 'failed' : record.converged ? 'converged' : 'not-converged';
      for (const [c, column] of factors.entries()) column[run] = each.values[c]!;
      if (record.reason !== null) reasons.set(record.reason, (reasons.get(record.reason) ?? 0) + 1);
      for (const [structure, side, quantity, where, value, , , unit, band] of record.measures) {
        const key = measureKey(structure, side, quantity);
        let column = measures.get(key);
        if (column === undefined) {
          const values = new Float64Array(design.count).fill(Number.NaN);
          column = { structure, side, quantity, where, unit, values, bands: new Map() };
          measures.set(key, column);
        }
        if (value === null) continue;
        column.values[run] = value;
        column.bands.set(band, (column.bands.get(band) ?? 0) + 1);
      }
    },
  };
}

/**
 * The larger of both sides of a structure's quantity in every run, over several structures if wanted; NaN where none is known.
 * Runs that did not converge are left out: their load was not reached.
 */
export function largest(data: StudyData, structures: readonly string[], quantity: string): Float64Array | undefined {
  const columns = [...data.measures.values()].filter(
    (m) => structures.includes(m.structure) && m.quantity === quantity,
  );
  if (columns.length === 0) return undefined;
  return Float64Array.from(data.states, (state, run) => {
    if (state !== 'converged') return Number.NaN;
    let most = Number.NaN;
    for (const { values } of columns) {
      const value = values[run]!;
      if (!Number.isNaN(value) && !(value <= most)) most = value;
    }
    return most;
  });
}
