import { structureOf } from '../anatomy/structures.ts';
import { EN } from '../messages/en.ts';
import { say } from '../messages/say.ts';
import type { Side } from '../voxel/model.ts';
import { sidelessLabel } from './finding-label.ts';

/**
 * Everyday name of a structure or group with its side, as it reads after 'the': 'left psoas muscle'. What findings speak about
 * is called as they call it, so that pictures and table agree.
 */
export function everydayName(structure: string, side: Side = 'midline'): string {
  const name = isGroup(structure) ? shareName(structure) : sidelessLabel(structure);
  return structureOf(structure).namesSide === true ? name : say('name.sided', { side, name });
}

/** Everyday name of a group of structures that the work is shared among. */
export function shareName(group: string): string {
  const key = `group.${group}`;
  return key in EN ? say(key as 'group.skin') : structureOf(group).label;
}

/** Groups that shares are counted in and that are no structure. */
const isGroup = (id: string): boolean => ['vessels', 'other_muscle', 'other'].includes(id);
