import type { Surface } from '../voxel/surfaces.ts';

/** What a viewer needs to know about a surface to peel it. */
type Layered = Pick<Surface, 'structure' | 'tissue' | 'kind'>;

/** Fraction of the peeling at which a layer begins to fade and at which it is gone. */
type Fade = readonly [from: number, to: number];

const NEVER: Fade = [2, 3];

/** Structures that the peeling takes away, in groups from the skin inward. What is in none stays to the end. */
const PEEL: readonly (readonly [fade: Fade, structures: readonly string[]])[] = [
  [[0.02, 0.12], ['skin']],
  [[0.12, 0.24], ['subcutaneous_fat']],
  [
    [0.26, 0.36],
    ['external_oblique', 'rectus_abdominis', 'linea_alba', 'other_muscle', 'rectus_sheath', 'soft_tissue', 'fat'],
  ],
  [
    [0.26, 0.36],
    [
      'sartorius',
      'rectus_femoris',
      'tensor_fasciae_latae',
      'gluteus_maximus',
      'vastus_muscles',
      'hamstring_muscles',
      'adductor_muscles',
    ],
  ],
  [[0.34, 0.42], ['internal_oblique']],
  [[0.4, 0.48], ['transversus_abdominis']],
  [
    [0.48, 0.58],
    ['greater_omentum', 'visceral_fat', 'mesentery', 'hernia_sac'],
  ],
  [
    [0.6, 0.7],
    ['transverse_colon', 'small_intestine', 'gas'],
  ],
  [
    [0.7, 0.8],
    ['large_intestine', 'caecum', 'ascending_colon', 'descending_colon', 'sigmoid_colon', 'stomach'],
  ],
  [
    [0.8, 0.88],
    ['duodenum', 'pancreas', 'liver', 'gallbladder', 'spleen', 'lung', 'heart', 'oesophagus', 'portal_vein'],
  ],
  [
    [0.88, 0.96],
    ['urinary_bladder', 'uterus', 'ovary', 'prostate', 'rectum', 'superior_mesenteric_artery'],
  ],
];

const fades = new Map(PEEL.flatMap(([fade, names]) => names.map((name) => [name, fade] as const)));

/** Opacity of a surface when the body is peeled by t (0 skin … 1 psoas and what lies beside it). */
export function peeledOpacity(surface: Layered, t: number): number {
  const [from, to] = fades.get(surface.structure) ?? NEVER;
  const left = 1 - Math.min(1, Math.max(0, (t - from) / (to - from)));
  // a film through which the muscle shows
  return surface.structure === 'rectus_sheath' ? 0.45 * left : left;
}

/** How far out a surface lies: translucent ones are drawn from the inside to the outside. */
export function nestOf(surface: Layered): number {
  if (surface.kind === 'spread') return 0.5;
  if (surface.structure === 'skin') return 9;
  if (surface.structure === 'subcutaneous_fat') return 8;
  if (surface.structure === 'rectus_sheath') return 7.5;
  const fade = fades.get(surface.structure);
  return fade === undefined ? 0 : 7 * (1 - fade[0]);
}

/** Opacity in x-ray: bones, vessels, nerves and the psoas carry the picture, the rest is glass. */
export function xrayOpacity(surface: Layered): number {
  if (surface.kind !== 'solid') return surface.kind === 'envelope' ? (surface.structure === 'skin' ? 0.1 : 0) : 1;
  switch (surface.tissue) {
    case 'bone':
      return 0.42;
    case 'disc':
    case 'cartilage':
      return 0.3;
    case 'artery':
    case 'vein':
    case 'neural':
    case 'muscle_psoas':
      return 1;
    case 'fat_visceral':
    case 'muscle':
      return 0;
    case 'muscle_wall':
    case 'aponeurosis':
      return 0.06;
    default:
      return 0.14;
  }
}
