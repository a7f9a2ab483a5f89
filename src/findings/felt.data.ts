import { STRUCTURES } from '../anatomy/structures.ts';
import { kPaOfMmHg } from '../base/units.ts';
import { evidence } from '../evidence/evidence.ts';
import type { Quantity } from './finding.ts';

/**
 * Whether people notice, by what is pressed and how hard. Skin and muscle hurt where they are pressed; bowel and hollow vessels do not
 * mind being pressed and hurt when they are stretched or starved, often only later: for them silence means nothing. `no-data` is
 * said where nobody has asked, or where what was asked lasted much longer than a press.
 */
export interface FeltRow {
  /** Structures, or the organs that they are merged into. */
  readonly structures: readonly string[];
  readonly quantity: Quantity;
  /** From this value on, in the unit of the quantity, up to the next row's; a narrowing or a loss of flow by its amount. */
  readonly from: number;
  readonly felt: 'felt-by-most' | 'may-be-silent' | 'no-data';
  /** Rows that it rests on; none only where there is nothing. */
  readonly evidence: readonly string[];
}

const of = (id: string, end: 'value' | 'low' | 'high'): number => evidence(id)[end]!;

const BONES = [
  'hip_bone', 'sacrum', 'rib', 'sternum', 'femur', 'bone', 'pubic_symphysis', 'coccyx',
  'vertebra_t10', 'vertebra_t11', 'vertebra_t12', 'vertebra_l1', 'vertebra_l2', 'vertebra_l3', 'vertebra_l4', 'vertebra_l5',
];
const TARGETS = STRUCTURES.filter(({ role }) => role === 'target').map(({ id }) => id);
const BOWEL = ['small_intestine', 'large_intestine'];
const NERVES = ['lateral_femoral_cutaneous_nerve', 'genitofemoral_nerve', 'femoral_nerve'];
const AORTA = ['abdominal_aorta'];
const ILIAC_ARTERIES = ['common_iliac_artery', 'external_iliac_artery'];
const VEINS = ['inferior_vena_cava', 'common_iliac_vein', 'external_iliac_vein'];

/** Of one structure and one quantity in ascending order. */
export const FELT_ROWS: readonly FeltRow[] = [
  // touch is felt long before a probe hurts
  { structures: ['skin'], quantity: 'peak-contact-pressure', from: 0, felt: 'felt-by-most', evidence: ['H-83', 'H-80'] },
  // through the skin; people bear more over muscle than over bone
  { structures: BONES, quantity: 'peak-contact-pressure', from: 0, felt: 'no-data', evidence: [] },
  { structures: BONES, quantity: 'peak-contact-pressure', from: 158, felt: 'felt-by-most', evidence: ['H-83'] },

  // what hurts under a cuff is the muscle and not the skin
  { structures: ['abdominal_wall'], quantity: 'tissue-pressure', from: 0, felt: 'felt-by-most', evidence: ['H-81'] },
  { structures: ['abdominal_wall'], quantity: 'tissue-pressure', from: of('H-80', 'low'), felt: 'felt-by-most', evidence: ['H-80', 'H-81'] },
  { structures: TARGETS, quantity: 'tissue-pressure', from: 0, felt: 'no-data', evidence: ['V-43'] },
  { structures: TARGETS, quantity: 'tissue-pressure', from: of('H-84', 'value'), felt: 'felt-by-most', evidence: ['H-84'] },
  { structures: TARGETS, quantity: 'tissue-pressure', from: of('H-80', 'low'), felt: 'felt-by-most', evidence: ['H-84', 'H-80', 'H-81'] },

  { structures: BOWEL, quantity: 'tissue-pressure', from: 0, felt: 'may-be-silent', evidence: ['H-85'] },

  // shutting the aorta by a wedge or a fist scored 5 to 7 of 10 and made many stop; a cuff that has shut the arteries of a leg hurts later
  { structures: AORTA, quantity: 'tissue-pressure', from: 0, felt: 'may-be-silent', evidence: ['H-80'] },
  { structures: AORTA, quantity: 'tissue-pressure', from: kPaOfMmHg(of('H-04', 'low')), felt: 'felt-by-most', evidence: ['V-25', 'V-28', 'V-62'] },
  { structures: AORTA, quantity: 'flow-change', from: 90, felt: 'felt-by-most', evidence: ['V-25', 'V-28', 'V-62'] },
  { structures: ILIAC_ARTERIES, quantity: 'tissue-pressure', from: 0, felt: 'may-be-silent', evidence: ['H-80'] },
  // a quarter of people without complaints have one that is half shut
  { structures: VEINS, quantity: 'excess-pressure', from: 0, felt: 'may-be-silent', evidence: ['V-37'] },

  // urography held both shut for minutes; what hurts is the urine that backs up, after hours
  { structures: ['ureter'], quantity: 'excess-pressure', from: 0, felt: 'may-be-silent', evidence: ['H-45', 'H-41'] },
  // tingling at 30 mmHg was told of after half an hour; at 60 feeling goes fast
  { structures: NERVES, quantity: 'tissue-pressure', from: 0, felt: 'no-data', evidence: ['H-24'] },
  { structures: NERVES, quantity: 'tissue-pressure', from: kPaOfMmHg(of('H-25', 'low')), felt: 'felt-by-most', evidence: ['H-25', 'H-34'] },

  { structures: ['urinary_bladder', 'kidney', 'hernia_sac', 'cyst', 'mass'], quantity: 'tissue-pressure', from: 0, felt: 'no-data', evidence: [] },
];
