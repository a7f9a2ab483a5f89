import type { z } from 'zod';
import { exp, log } from '../base/elementary.ts';
import { normalCdf, normalQuantile } from '../base/normal-distribution.ts';
import type { distributionSchemas } from './plan.ts';

export type Distribution = { [K in keyof typeof distributionSchemas]: z.output<(typeof distributionSchemas)[K]> }[
  | 'uniform'
  | 'normal'
  | 'log-normal'
  | 'categorical'];

/**
 * The value below which a share u of the distribution lies, 0 < u < 1. For categories: their index.
 * A distribution that is cut off at low or high is rescaled: u counts the share of what is left.
 */
export function quantile(d: Distribution, u: number): number {
  switch (d.distribution) {
    case 'uniform':
      return d.low + u * (d.high - d.low);
    case 'normal':
      return truncatedNormalQuantile(d.mean, d.sd, d.low, d.high, u);
    case 'log-normal': {
      const bound = (x: number | undefined): number | undefined =>
        x === undefined ? undefined : x <= 0 ? Number.NEGATIVE_INFINITY : log(x);
      const x = exp(truncatedNormalQuantile(log(d.median), log(d.gsd), bound(d.low), bound(d.high), u));
      return Math.min(Math.max(x, d.low ?? 0), d.high ?? Number.POSITIVE_INFINITY);
    }
    case 'categorical': {
      const weights = d.weights ?? d.values.map(() => 1);
      let rest = u * weights.reduce((sum, w) => sum + w, 0);
      for (const [index, w] of weights.entries()) {
        if (rest < w) return index;
        rest -= w;
      }
      return weights.findLastIndex((w) => w > 0);
    }
  }
}

function truncatedNormalQuantile(
  mean: number,
  sd: number,
  low = Number.NEGATIVE_INFINITY,
  high = Number.POSITIVE_INFINITY,
  u = 0.5,
) {
  const from = normalCdf((low - mean) / sd);
  const to = normalCdf((high - mean) / sd);
  const x = mean + sd * normalQuantile(from + u * (to - from));
  // far out in a tail the two shares may agree to the last bit
  return Math.min(Math.max(x, low), high);
}
