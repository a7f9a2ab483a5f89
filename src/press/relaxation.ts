import { exp, expm1 } from '../base/elementary.ts';
import type { Tissue } from '../voxel/model.ts';

/** How the load comes on and how long it stays. */
export interface Timing {
  /** Time in which the load is built up evenly, s. */
  readonly rate: number;
  /** Time for which it is then held, s. */
  readonly hold: number;
}

/** How long a load of this timing lasts in all, s. */
export const lastsOf = ({ rate, hold }: Timing): number => rate + hold;

/**
 * The timing that the moduli of the evidence rows stand for: a slow press, built up in 5 s and held for 30 s (V-54). The rows
 * mix tests of seconds and minutes and no row says so itself: this is a choice. At this timing every factor below is 1.
 */
export const REFERENCE_TIMING: Timing = { rate: 5, hold: 30 };

/** G(t) / G(0) = 1 - loss + loss · exp(-t/τ): a one-term Prony series. */
export interface Prony {
  /** Share of the instantaneous modulus that is lost in the end, 0…1. */
  readonly loss: number;
  /** Relaxation time τ, s. */
  readonly time: number;
  readonly evidence: readonly string[];
}

/** Rat leg muscle under transverse compression (T-65); a second study finds about half as well (T-66). */
const MUSCLE: Prony = { loss: 0.549, time: 6.01, evidence: ['T-65', 'T-66'] };
/** Pig fat under indentation (T-17). */
const FAT: Prony = { loss: 0.39, time: 700, evidence: ['T-17'] };

/**
 * Tissues with a published relaxation. Skin has settled within a second (T-112), sooner than the fastest load time here; for
 * bowel, organs and vessels no row was found. Those keep their moduli at every timing, and the result says so.
 */
const PRONY: Partial<Record<Tissue, Prony>> = {
  fat_subcutaneous: FAT,
  fat_visceral: FAT,
  muscle_wall: MUSCLE,
  muscle_psoas: MUSCLE,
  muscle: MUSCLE,
  soft_tissue: MUSCLE,
};

/** The Prony term of a tissue; undefined where none was published. What muscle that is tensed pulls with does not relax: it is no part of its modulus. */
export const pronyOf = (tissue: Tissue): Prony | undefined => PRONY[tissue];

/**
 * Stress over that of an elastic solid with the instantaneous modulus, when the strain grows evenly for rate s and then stays
 * for hold s: the convolution of G with a ramp. Falls with both times; 1 for a sudden press, 1 - loss in the end.
 */
export function remaining({ loss, time }: Prony, { rate, hold }: Timing): number {
  const r = rate / time;
  const ramp = r < 1e-6 ? 1 : -expm1(-r) / r;
  return 1 - loss + loss * ramp * exp(-hold / time);
}

/** Factor on a tissue's shear modulus at a timing; 1 at the reference timing. */
export function timeFactor(tissue: Tissue, timing: Timing): number {
  const prony = pronyOf(tissue);
  return prony === undefined ? 1 : remaining(prony, timing) / remaining(prony, REFERENCE_TIMING);
}
