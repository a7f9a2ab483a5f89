import { STRUCTURE_ROWS } from './structures.data.ts';
import type { Tissue } from './tissue.ts';

/** What is known about a named structure, whatever body or scan it is in. */
export interface Structure {
  /** snake_case, English Terminologia Anatomica. */
  readonly id: string;
  /** Everyday name, without side. */
  readonly label: string;
  /** Latin name (Terminologia Anatomica); '' where a thing of the model has none. */
  readonly latin: string;
  readonly tissue: Tissue;
  /** sRGB 0…255, for pictures. */
  readonly colour: readonly [number, number, number];
  /** The structure that findings count it under: abdominal_wall or large_intestine. */
  readonly group?: string;
  /** Classes of TotalSegmentator v2, task 'total', that are this structure. */
  readonly totalSegmentator?: readonly string[];
  /** Number in Terminologia Anatomica, first edition (1998). */
  readonly ta98?: string;
  readonly fma?: string;
  readonly uberon?: string;
  readonly snomed?: string;
  /** 'reference': in the reference adults (and perhaps in scans); 'insert': only where asked for; 'scan': only ever in a scan. */
  readonly source: 'reference' | 'insert' | 'scan';
  /** Its everyday name says the side it lies on: 'descending colon (large bowel)'. */
  readonly namesSide?: true;
  /**
   * Hangs in the belly by a mesentery, or lies among what does, and slides on its neighbours. Bowel that is grown to the back of the
   * belly (duodenum, ascending and descending colon, rectum) is not; fat around the organs is all taken for it, since what lies behind
   * the peritoneum is not told apart, and neither is the large bowel of a scan.
   */
  readonly loose?: true;
  /** A muscle that the push is aimed at. */
  readonly role?: 'target';
  /** Where a scan labels this whole, it takes the place of the part that it cannot tell apart. */
  readonly standsFor?: string;
}

export const STRUCTURES: readonly Structure[] = STRUCTURE_ROWS;

const byId: ReadonlyMap<string, Structure> = new Map(STRUCTURES.map((row) => [row.id, row]));

/** Whether the push is aimed at a structure: psoas and iliacus, or the one iliopsoas of a scan. */
export const isTarget = (id: string): boolean => byId.get(id)?.role === 'target';

/** The structure in whose place this one is spoken of: psoas_major for the iliopsoas of a scan, itself for all others. */
export const placeOf = (id: string): string => byId.get(id)?.standsFor ?? id;

/** The psoas itself, or what stands in its place; the iliacus beside it is a target, but not the psoas. */
export const isPsoas = (id: string): boolean => placeOf(id) === 'psoas_major';

/** Whether a structure slides on its neighbours in the belly. */
export const isLoose = (id: string): boolean => byId.get(id)?.loose === true;

/** Where a structure lies to the peritoneum: inside it, behind or below it, in the wall before and beside it, or fat on either side. */
export type Layer = 'contents' | 'back' | 'wall' | 'fat';

export function layerOf(id: string, tissue: Tissue): Layer {
  if (CONTENTS.has(id)) return 'contents';
  if (id === 'visceral_fat' || id === 'cyst' || id === 'mass') return 'fat';
  return WALL.has(id) || WALL_TISSUES.has(tissue) ? 'wall' : 'back';
}

/**
 * Bowel with a mesentery, what hangs on it, and the organs that peritoneum covers nearly all round. Duodenum, ascending and descending colon and
 * rectum are grown to the back, and so are of it; the colon of a scan is not told apart and counts as hanging.
 */
const CONTENTS: ReadonlySet<string> = new Set([
  'small_intestine',
  'large_intestine',
  'caecum',
  'transverse_colon',
  'sigmoid_colon',
  'stomach',
  'greater_omentum',
  'liver',
  'gallbladder',
  'spleen',
  'superior_mesenteric_artery',
]);
const WALL: ReadonlySet<string> = new Set(['other_muscle', 'rib', 'inguinal_ligament']);
const WALL_TISSUES: ReadonlySet<Tissue> = new Set([
  'skin',
  'fat_subcutaneous',
  'muscle_wall',
  'aponeurosis',
  'cartilage',
  'lung',
]);

/**
 * The row of a structure. Scans may hold structures far from the trunk that are not in the table: those get a row whose label is
 * the id in words.
 */
export function structureOf(id: string): Structure {
  return (
    byId.get(id) ?? {
      id,
      label: id.replaceAll('_', ' '),
      latin: '',
      tissue: 'soft_tissue',
      colour: [160, 160, 160],
      source: 'scan',
    }
  );
}

/** What people call a structure; vertebrae by their level in a capital. */
export const calledOf = (structure: string): string =>
  structureOf(structure).label.replace(/^vertebra ([ct]\d)/, (text) => `vertebra ${text.slice(9).toUpperCase()}`);
