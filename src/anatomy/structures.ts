import { STRUCTURE_ROWS } from './structures.data.ts';
import type { Tissue } from './tissue.ts';

/** What is known about a named structure, whatever body or scan it is in. */
export interface Structure {
  /** snake_case, English Terminologia Anatomica. */
  readonly id: string;
  /** Everyday name, without side. */
  readonly label: string;
  /** Latin name (Terminologia Anatomica 2); '' where a thing of the model has none. */
  readonly latin: string;
  readonly tissue: Tissue;
  /** sRGB 0…255, for pictures. */
  readonly colour: readonly [number, number, number];
  /** The structure that findings count it under: abdominal_wall or large_intestine. */
  readonly group?: string;
  /** Classes of TotalSegmentator v2, task 'total', that are this structure. */
  readonly totalSegmentator?: readonly string[];
  readonly fma?: string;
  readonly uberon?: string;
  readonly snomed?: string;
  /** 'reference': in the reference adults (and perhaps in scans); 'insert': only where asked for; 'scan': only ever in a scan. */
  readonly source: 'reference' | 'insert' | 'scan';
}

export const STRUCTURES: readonly Structure[] = STRUCTURE_ROWS;

const byId: ReadonlyMap<string, Structure> = new Map(STRUCTURES.map((row) => [row.id, row]));

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
