import type { Speaker } from '../messages/speaker.ts';

/** What a structure is and why pressing it matters: two plain sentences and their sources. What the model says is added when it is known. */
export interface Card {
  readonly is: string;
  readonly matters: string;
  readonly evidence: readonly string[];
}

/** Sources behind the sentences of each card, which stand in the catalogue (messages/en-app.data.ts). */
const EVIDENCE = {
  psoas_major: ['B-01', 'B-12', 'V-42'],
  iliacus: ['B-05', 'B-11'],
  skin: ['V-51', 'H-75'],
  subcutaneous_fat: ['B-31', 'V-40'],
  abdominal_wall: ['V-01', 'V-05'],
  small_intestine: ['E-01', 'V-30'],
  large_intestine: ['B-35', 'E-01'],
  caecum: ['B-35', 'E-01'],
  ascending_colon: ['B-35', 'E-01'],
  transverse_colon: ['B-35', 'E-01'],
  descending_colon: ['B-35', 'E-01'],
  sigmoid_colon: ['B-35', 'E-01'],
  abdominal_aorta: ['V-23', 'H-04', 'E-03'],
  inferior_vena_cava: ['H-10', 'H-11'],
  common_iliac_artery: ['B-19', 'H-04'],
  external_iliac_artery: ['P-03', 'H-04'],
  common_iliac_vein: ['V-37', 'H-10'],
  external_iliac_vein: ['B-22', 'H-10'],
  lateral_femoral_cutaneous_nerve: ['B-26', 'B-28', 'H-33'],
  genitofemoral_nerve: ['B-29', 'H-20'],
  femoral_nerve: ['B-30', 'E-15'],
  ureter: ['B-25', 'H-87'],
  kidney: ['E-04'],
  urinary_bladder: [],
  hip_bone: ['B-13'],
  visceral_fat: ['B-32'],
  greater_omentum: ['B-32'],
  vertebra: ['B-06'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

type Known = keyof typeof EVIDENCE;

/** Parts of the large bowel: what a press means for them is the same for all. */
const COLON = ['large_intestine', 'caecum', 'ascending_colon', 'transverse_colon', 'descending_colon', 'sigmoid_colon'] as const;
type Colon = (typeof COLON)[number];
const isColon = (id: Known): id is Colon => (COLON as readonly string[]).includes(id);

/** The card of a structure; a vertebra's for any bone of the spine. */
export function cardOf({ say }: Speaker, structure: string): Card | undefined {
  const id = structure === 'sacrum' || structure.startsWith('vertebra') ? 'vertebra' : structure;
  if (!Object.hasOwn(EVIDENCE, id)) return undefined;
  const known = id as Known;
  return {
    is: say(`app.part.${known}.is`),
    matters: say(isColon(known) ? 'app.part.colon.matters' : `app.part.${known}.matters`),
    evidence: EVIDENCE[known],
  };
}
