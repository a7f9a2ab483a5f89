import type { Random } from './random.ts';

/**
 * One dimension of a Latin hypercube: each of `count` equal parts of 0…1 holds exactly one number, at a random place in it, in random order
 * (McKay, Beckman and Conover, Technometrics 1979;21:239–245, doi:10.1080/00401706.1979.10489755).
 */
export function stratified(count: number, random: Random): Float64Array {
  const out = Float64Array.from({ length: count }, (_, i) => i);
  // Fisher and Yates
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  for (let i = 0; i < count; i++) out[i] = (out[i]! + random()) / count;
  return out;
}
