import type { StructureGroup } from '../evidence/levels.ts';
import type { Quantity } from './finding.ts';

/** Groups of parts, from the skin inwards. */
export type SectionId = 'skin-and-wall' | 'bowel' | 'vessels' | 'nerves' | 'kidneys' | 'targets' | 'inserts';

/** One thing that every result speaks about, whether the model holds it or not. */
export interface Subject {
  /** Structure id, or the organ that several structures are merged into (organ-of.ts). */
  readonly structure: string;
  /** Everyday name without side, as it reads after 'the'; absent: the structure's own (anatomy/structures.ts). */
  readonly label?: string;
  /** 'pair': left and right are reported separately. */
  readonly sides: 'pair' | 'one';
  /** Carried as cells, as a curve with a spread, or on the skin. */
  readonly kind: 'cells' | 'corridor' | 'skin';
  readonly quantities: readonly Quantity[];
  /** Group of published levels that it is compared with; absent: nothing was published. */
  readonly group?: StructureGroup;
  /** Only in bodies that were given one (inserts): nothing is said about it where it is not. */
  readonly onlyWhereHeld?: true;
  /** A muscle that contracts where the scenario says so, or a nerve in or on it: part of what it gets is then the muscle's own. */
  readonly contracts?: true;
  /** The group of parts that it is told with. */
  readonly section: SectionId;
}

const cells = { kind: 'cells' } as const;
const corridor = { kind: 'corridor', sides: 'pair' } as const;

/** From the skin inwards. */
export const SUBJECTS: readonly Subject[] = [
  { structure: 'skin', sides: 'one', kind: 'skin', quantities: ['peak-contact-pressure', 'mean-contact-pressure'], group: 'skin', section: 'skin-and-wall' },
  { structure: 'abdominal_wall', label: 'belly wall', sides: 'one', ...cells, quantities: ['tissue-pressure', 'stretch', 'membrane-tension-longitudinal', 'membrane-tension-transverse'], group: 'abdominal_wall', section: 'skin-and-wall' },

  { structure: 'small_intestine', sides: 'one', ...cells, quantities: ['tissue-pressure', 'compression', 'crush', 'transmural-pressure', 'slide'], group: 'bowel', section: 'bowel' },
  { structure: 'large_intestine', sides: 'one', ...cells, quantities: ['tissue-pressure', 'compression', 'crush', 'transmural-pressure', 'slide'], group: 'bowel', section: 'bowel' },

  { structure: 'abdominal_aorta', sides: 'one', ...cells, quantities: ['tissue-pressure', 'area-change', 'flow-change', 'membrane-force'], group: 'artery', section: 'vessels' },
  { structure: 'common_iliac_artery', sides: 'pair', ...cells, quantities: ['tissue-pressure', 'area-change', 'flow-change'], group: 'artery', section: 'vessels' },
  { structure: 'external_iliac_artery', sides: 'pair', ...cells, quantities: ['tissue-pressure', 'area-change', 'flow-change'], group: 'artery', section: 'vessels' },
  { structure: 'inferior_vena_cava', sides: 'one', ...cells, quantities: ['excess-pressure', 'area-change', 'flow-change'], group: 'vein', section: 'vessels' },
  { structure: 'common_iliac_vein', sides: 'pair', ...cells, quantities: ['excess-pressure', 'area-change', 'flow-change'], group: 'vein', section: 'vessels' },
  { structure: 'external_iliac_vein', sides: 'pair', ...cells, quantities: ['excess-pressure', 'area-change', 'flow-change'], group: 'vein', section: 'vessels' },

  { structure: 'ureter', ...corridor, quantities: ['excess-pressure', 'elongation-sliding', 'elongation-stuck'], group: 'ureter', section: 'nerves' },
  { structure: 'lateral_femoral_cutaneous_nerve', ...corridor, quantities: ['tissue-pressure', 'elongation-sliding', 'elongation-stuck'], group: 'nerve', contracts: true, section: 'nerves' },
  { structure: 'genitofemoral_nerve', ...corridor, quantities: ['tissue-pressure', 'elongation-sliding', 'elongation-stuck'], group: 'nerve', contracts: true, section: 'nerves' },
  { structure: 'femoral_nerve', ...corridor, quantities: ['tissue-pressure', 'elongation-sliding', 'elongation-stuck'], group: 'nerve', contracts: true, section: 'nerves' },

  { structure: 'urinary_bladder', sides: 'one', ...cells, quantities: ['tissue-pressure'], section: 'kidneys' },
  { structure: 'kidney', sides: 'pair', ...cells, quantities: ['tissue-pressure'], section: 'kidneys' },

  { structure: 'psoas_major', sides: 'pair', ...cells, quantities: ['tissue-pressure', 'compression'], group: 'muscle', contracts: true, section: 'targets' },
  { structure: 'iliacus', sides: 'pair', ...cells, quantities: ['tissue-pressure', 'compression'], group: 'muscle', contracts: true, section: 'targets' },

  // what a tense spot in the belly may be instead of a tight muscle
  { structure: 'hernia_sac', sides: 'one', ...cells, quantities: ['tissue-pressure', 'compression'], group: 'bowel', onlyWhereHeld: true, section: 'inserts' },
  { structure: 'cyst', sides: 'one', ...cells, quantities: ['tissue-pressure', 'compression'], onlyWhereHeld: true, section: 'inserts' },
  { structure: 'mass', sides: 'one', ...cells, quantities: ['tissue-pressure', 'compression'], onlyWhereHeld: true, section: 'inserts' },
];
