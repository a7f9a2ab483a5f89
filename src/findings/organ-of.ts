import { structureOf } from '../anatomy/structures.ts';

/**
 * Which organ of the findings a structure of the model is counted under: the pieces of the large bowel are one organ, the
 * sheets of the belly wall are one wall, and the duodenum is the first part of the small bowel.
 */
export function organOf(structure: string): string {
  return structure === 'duodenum' ? 'small_intestine' : (structureOf(structure).group ?? structure);
}
