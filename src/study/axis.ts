import type { Speaker } from '../messages/say.ts';
import { formatNumber } from '../words/amounts.ts';

/** Numbers along an axis, from data to drawing units. */
export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
  /** Place of a value, from 0 at `from` to 1 at `to`. */
  at(value: number): number;
}

/** An axis over all values with round ticks; it begins at 0 when the values come near it. */
export function axisOf(values: Iterable<number>): Axis {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!(low <= high)) [low, high] = [0, 1];
  if (low > 0 && low < 0.4 * high) low = 0;
  if (low === high) [low, high] = [low - Math.max(1, Math.abs(low)) / 10, high + Math.max(1, Math.abs(high)) / 10];
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= 0.999 * rough) ?? 10 * power;
  const from = Math.floor(low / step + 1e-9) * step;
  const to = Math.ceil(high / step - 1e-9) * step;
  const count = Math.round((to - from) / step);
  return {
    from,
    to,
    ticks: Array.from({ length: count + 1 }, (_, n) => Number((from + n * step).toPrecision(12))),
    at: (value) => (value - from) / (to - from),
  };
}

/** A tick's number, without digits that the step does not have. */
export const tickText = (speaker: Speaker, value: number): string =>
  Number.isInteger(value) ? String(value).replace('-', '−') : formatNumber(speaker, value);
