import { seededRandom } from '../base/random.ts';
import { stratified } from '../base/stratified.ts';
import type { SamplingMethod } from './plan.ts';
import { sobolPoints } from './sobol.ts';

/**
 * Points in the unit cube by one of the sampling methods; the same arguments give the same points.
 * - random: each number by itself;
 * - latin-hypercube: each of `count` equal strata of every dimension holds exactly one point, at a random place in it (McKay,
 *   Beckman and Conover, Technometrics 1979;21:239–245, doi:10.1080/00401706.1979.10489755);
 * - sobol: the Sobol' sequence, moved as a whole by the seed.
 *
 * @returns count × dimensions, row by row, strictly between 0 and 1
 */
export function samplePoints(method: SamplingMethod, count: number, dimensions: number, seed: number): Float64Array {
  // every dimension draws from its own stream, so that one more factor does not move the others
  const streams = Array.from({ length: dimensions }, (_, d) => seededRandom(mixed(seed, d)));
  const out = new Float64Array(count * dimensions);
  if (method === 'sobol') {
    const shift = streams.map((random) => Math.floor(random() * 2 ** 32));
    out.set(sobolPoints(count, dimensions, shift));
  } else {
    for (const [d, random] of streams.entries()) {
      const strata = method === 'latin-hypercube' ? stratified(count, random) : undefined;
      for (let i = 0; i < count; i++) out[i * dimensions + d] = strata?.[i] ?? random();
    }
  }
  // quantiles are wanted of these: 0 and 1 would be infinitely far out
  for (let i = 0; i < out.length; i++) out[i] = Math.min(Math.max(out[i]!, 2 ** -33), 1 - 2 ** -33);
  return out;
}

/** A seed made of two numbers that gives unrelated streams for neighbouring ones (finaliser of MurmurHash3, public domain). */
export function mixed(seed: number, stream: number): number {
  let h = (seed ^ Math.imul(stream + 1, 0x9e3779b9)) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
