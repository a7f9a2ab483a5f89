import { isPsoas } from '../anatomy/structures.ts';
import type { Share } from './finding.ts';

/**
 * The share of the tool's work that ends in the psoas, both sides together. A scan may hold psoas and iliacus as one muscle: then
 * it is that one's. The iliacus of a body is counted by itself.
 * @returns undefined when no work ended there
 */
export const psoasShareOf = (shares: readonly Share[]): Share | undefined =>
  shares.find(({ structure }) => isPsoas(structure));

/** The same as a number, 0 when no work ended there. */
export const psoasShare = (shares: readonly Share[]): number => psoasShareOf(shares)?.share ?? 0;
