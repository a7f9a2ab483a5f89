import { pow } from '../base/elementary.ts';
import { canonicalJson } from '../base/hash.ts';
import { type Distribution, quantile } from './distribution.ts';
import type { Factor } from './plan.ts';

/** What a case can take at one place of the scenario. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A factor as a column of the table: where it stands in the scenario and what kind of value it has. */
export interface FactorColumn {
  /** Dots between keys: load.force_N. */
  readonly path: string;
  readonly kind: 'number' | 'text';
}

/** Values that are crossed with those of every other list, with their names in the table. */
export interface Levels {
  readonly column: FactorColumn;
  readonly values: readonly Json[];
  readonly names: readonly (string | number)[];
}

/** A distribution that is sampled. */
export interface Sampled {
  readonly column: FactorColumn;
  at(u: number): { readonly value: Json; readonly name: string | number };
}

/** Lists and ranges become levels, distributions something to sample. */
export function factorOf(path: string, factor: Factor): { readonly levels: Levels } | { readonly sampled: Sampled } {
  if (Array.isArray(factor)) return { levels: levelsOf(path, factor as Json[]) };
  const spec = factor as Exclude<Factor, readonly unknown[]>;
  if ('list' in spec) return { levels: levelsOf(path, spec.list as Json[], spec.labels) };
  if ('from' in spec) return { levels: levelsOf(path, rangeValues(spec)) };
  const d: Distribution = spec;
  if (d.distribution !== 'categorical')
    return {
      sampled: {
        column: { path, kind: 'number' },
        at(u) {
          const drawn = roundedWithin(quantile(d, u), d.low, d.high);
          return { value: drawn, name: drawn };
        },
      },
    };
  const { column, values, names } = levelsOf(path, d.values as Json[], d.labels);
  return {
    sampled: {
      column,
      at(u) {
        const index = quantile(d, u);
        return { value: values[index]!, name: names[index]! };
      },
    },
  };
}

function levelsOf(path: string, values: readonly Json[], labels?: readonly string[]): Levels {
  const numbers = labels === undefined && values.every((value) => typeof value === 'number');
  return {
    column: { path, kind: numbers ? 'number' : 'text' },
    values,
    names: values.map((value, n) => (numbers ? (value as number) : (labels?.[n] ?? nameOf(value)))),
  };
}

/** A value's name where none was given: the text itself, the one thing that names a tool or a place, or the value as JSON. */
function nameOf(value: Json): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && 'id' in value && Object.keys(value).length === 1)
    return String((value as { id: unknown }).id);
  return canonicalJson(value);
}

function rangeValues({ from, to, count, spacing }: { from: number; to: number; count: number; spacing: string }) {
  return Array.from({ length: count }, (_, n) => {
    const share = n / (count - 1);
    const value = spacing === 'log' ? from * pow(to / from, share) : from + (to - from) * share;
    return n === 0 ? from : n === count - 1 ? to : Number(value.toPrecision(9));
  });
}

/** Six significant digits: no measure of a body or a tool has more, and the last bits may differ between machines. */
function roundedWithin(value: number, low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY): number {
  return Math.min(Math.max(Number(value.toPrecision(6)), low), high);
}
