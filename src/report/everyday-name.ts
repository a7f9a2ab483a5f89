import { structureOf } from '../anatomy/structures.ts';
import { SUBJECTS } from '../findings/subjects.data.ts';
import { shareName } from '../findings/words.ts';
import type { Side } from '../voxel/model.ts';

/**
 * Everyday name of a structure or group with its side, as it reads after 'the': 'left psoas muscle'. What findings speak about
 * is called as they call it, so that pictures and table agree.
 */
export function everydayName(structure: string, side: Side = 'midline'): string {
  const name =
    SUBJECTS.find((subject) => subject.structure === structure)?.label ??
    (isGroup(structure) ? shareName(structure) : structureOf(structure).label);

  // 'large bowel, left side' says its side itself
  return side === 'midline' || / (left|right) side$/.test(name) ? name : `${side} ${name}`;
}

/** Groups that shares are counted in and that are no structure. */
const isGroup = (id: string): boolean => ['vessels', 'other_muscle', 'other'].includes(id);
