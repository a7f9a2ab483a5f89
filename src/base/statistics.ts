/** Numbers below which given shares of the values lie, by linear interpolation between order statistics (type 7 of Hyndman and Fan). */
export function quantiles(values: ArrayLike<number>, shares: readonly number[]): number[] {
  const sorted = Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort();
  return shares.map((share) => {
    if (sorted.length === 0) return Number.NaN;
    const at = share * (sorted.length - 1);
    const low = Math.floor(at);
    const high = Math.min(low + 1, sorted.length - 1);
    return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
  });
}

/** Mean and standard deviation (n - 1) of the values that are numbers. */
export function meanAndSd(values: ArrayLike<number>): { n: number; mean: number; sd: number } {
  let n = 0;
  let mean = 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    // Welford's update: no cancellation between large sums
    n++;
    const off = value - mean;
    mean += off / n;
    sum += off * (value - mean);
  }
  return { n, mean: n === 0 ? Number.NaN : mean, sd: n < 2 ? Number.NaN : Math.sqrt(sum / (n - 1)) };
}

/** Ranks from 1, equal values sharing the mean of their ranks. */
export function ranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
  const out = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1]!] === values[order[from]!]) to++;
    for (let i = from; i <= to; i++) out[order[i]!] = 1 + (from + to) / 2;
    from = to + 1;
  }
  return out;
}

/** Spearman's rank correlation, -1 … 1; NaN when one of the two does not vary or there are fewer than three pairs of numbers. */
export function rankCorrelation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const both = Array.from({ length: x.length }, (_, i) => i).filter(
    (i) => !Number.isNaN(x[i]!) && !Number.isNaN(y[i]!),
  );
  if (both.length < 3) return Number.NaN;
  return correlationOfRanks(ranks(both.map((i) => x[i]!)), ranks(both.map((i) => y[i]!)));
}

/** Pearson's correlation of ranks that run from 1; NaN when one of the two does not vary. */
export function correlationOfRanks(x: Float64Array, y: Float64Array): number {
  const mean = (x.length + 1) / 2;
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < x.length; i++) {
    xy += (x[i]! - mean) * (y[i]! - mean);
    xx += (x[i]! - mean) ** 2;
    yy += (y[i]! - mean) ** 2;
  }
  return xx === 0 || yy === 0 ? Number.NaN : xy / Math.sqrt(xx * yy);
}

/**
 * Share of the variance of the ranks of y that lies between the groups (the correlation ratio squared), 0 … 1: what a factor
 * without an order, such as the tool, explains by itself.
 */
export function varianceShare(groups: readonly string[], y: ArrayLike<number>): number {
  const both = groups.map((_, i) => i).filter((i) => !Number.isNaN(y[i]!));
  if (both.length < 3) return Number.NaN;
  const r = ranks(both.map((i) => y[i]!));
  const mean = (both.length + 1) / 2;
  const sums = new Map<string, { n: number; sum: number }>();
  let total = 0;
  for (const [k, i] of both.entries()) {
    const each = sums.get(groups[i]!) ?? { n: 0, sum: 0 };
    each.n++;
    each.sum += r[k]!;
    sums.set(groups[i]!, each);
    total += (r[k]! - mean) ** 2;
  }
  let between = 0;
  for (const { n, sum } of sums.values()) between += n * (sum / n - mean) ** 2;
  return total === 0 || sums.size < 2 ? Number.NaN : between / total;
}
