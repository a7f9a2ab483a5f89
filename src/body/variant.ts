import { cos, exp, log } from '../base/elementary.ts';
import { seededRandom } from '../base/random.ts';

/** How one person differs from the average of the same size: standard scores and kinds, the anatomy turns them into millimetres. */
export interface Variant {
  /** Height of the aortic bifurcation and of the venous confluence against the usual, heights of a vertebra with its disc. */
  readonly bifurcation: number;
  readonly confluence: number;
  /** Factors on lengths or areas. */
  readonly aortaDiameter: number;
  readonly cavaDiameter: number;
  readonly psoasArea: number;
  readonly otherMuscleArea: number;
  readonly kidneyLength: number;
  readonly bladderVolume: number;
  /** Subcutaneous against visceral fat at the same waist. */
  readonly subcutaneousFat: number;
  /** Sideways shift of the ureters, standard scores. */
  readonly ureter: number;
  /** Where the skin nerve of the outer thigh crosses the groin ligament. */
  readonly lfcn: LfcnType;
  readonly sigmoid: 'usual' | 'redundant';
  /** Standard scores of how low caecum and transverse colon lie. */
  readonly caecum: number;
  readonly transverseColon: number;
  /** Seed of the layout of the bowel loops. */
  readonly loops: number;
}

export type LfcnType = 'over-crest' | 'at-asis' | 'medial' | 'far-medial' | 'femoral';

/**
 * The five types of the outer thigh nerve with the share of people who have each (Aszmann 1997: 4, 27, 23, 26, 20 %) and the share
 * of the way from the ASIS to the pubic tubercle where it crosses, set so that mean and SD are about the published 0.22 and 0.16
 * (Uzel 2011).
 */
export const LFCN_TYPES: readonly { readonly type: LfcnType; readonly share: number; readonly along: number }[] = [
  { type: 'over-crest', share: 0.04, along: -0.1 },
  { type: 'at-asis', share: 0.27, along: 0.06 },
  { type: 'medial', share: 0.23, along: 0.17 },
  { type: 'far-medial', share: 0.26, along: 0.29 },
  { type: 'femoral', share: 0.2, along: 0.42 },
];

/** Share of people with a redundant sigmoid: 24 and 25 % in two of three groups (B-58). */
const REDUNDANT_SIGMOID = 0.25;

/** Standard scores are cut off here: beyond, shapes would leave what they were made for. */
const CUT = 2;

/**
 * Draws a plausible other person of the same size.
 *
 * SDs: bifurcation 0.55 vertebrae, so that about 67 % stay at L4 (B-20); confluence follows it (correlation 0.7, own estimate) at the
 * same spread; aorta 12.5 % (B-18); cava 14 % (B-53); psoas area 20 % and other muscles 12 % at the same size (B-01 has 29 % over both sexes and all
 * sizes; own estimate within one size); kidney length 11 % (B-46); bladder 40 % and fat distribution 15 % (own estimates).
 */
export function drawVariant(seed: number): Variant {
  const uniform = seededRandom(seed);
  const normal = (): number => {
    // Box and Muller; two draws each, so that the sequence does not depend on what is cut off
    const radius = Math.sqrt(-2 * log(1 - uniform()));
    const score = radius * cos(2 * Math.PI * uniform());
    return Math.min(Math.max(score, -CUT), CUT);
  };
  const around = (sd: number): number => exp(sd * normal());
  const bifurcation = normal();
  return {
    bifurcation: 0.55 * bifurcation,
    confluence: 0.55 * (0.7 * bifurcation + 0.71 * normal()),
    aortaDiameter: around(0.125),
    cavaDiameter: around(0.14),
    psoasArea: around(0.2),
    otherMuscleArea: around(0.12),
    kidneyLength: around(0.11),
    bladderVolume: around(0.4),
    subcutaneousFat: around(0.15),
    ureter: normal(),
    lfcn: pick(uniform()),
    sigmoid: uniform() < REDUNDANT_SIGMOID ? 'redundant' : 'usual',
    caecum: normal(),
    transverseColon: normal(),
    loops: Math.floor(uniform() * 2 ** 31),
  };
}

function pick(share: number): LfcnType {
  let sum = 0;
  for (const { type, share: part } of LFCN_TYPES) {
    sum += part;
    if (share < sum) return type;
  }
  return 'femoral';
}
