import { evidence } from '../evidence/evidence.ts';
import type { Contents } from './scenario.ts';

/** Share of their shear modulus that contents keep, 0…1, with what remains possible where somebody has said how they are. */
export interface KeptShear {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly evidence: readonly string[];
}

/**
 * The share of the shear modulus that loose contents keep (T-120). 'between' is what is taken where nobody knows, so the whole range
 * remains; 'stuck' and 'free' are its ends, and each leaves its half of the range up to the middle: from outside one can at most
 * tell on which side of it somebody is. Contents that slide as one body need not carry less shear to give way; whether their loops slide on
 * each other too is left open up to the middle.
 */
export function keptShear(contents: Contents): KeptShear {
  const { value: middle, low, high } = evidence('T-120');
  const range = { low: low!, high: high!, evidence: ['T-120'] };
  if (contents === 'stuck' || contents === 'slide') return { ...range, value: high!, low: middle! };
  return contents === 'free' ? { ...range, value: low!, high: middle! } : { ...range, value: middle! };
}
