import { structureOf } from '../anatomy/structures.ts';
import type { Speaker } from '../messages/say.ts';
import type { Side } from '../voxel/model.ts';
import { sidelessLabel } from './finding-label.ts';

/**
 * Everyday name of a structure or group with its side, as it reads after 'the': 'left psoas muscle'. What findings speak about
 * is called as they call it, so that pictures and table agree.
 */
export function everydayName(speaker: Speaker, structure: string, side: Side = 'midline'): string {
  const name = isGroup(structure) ? shareName(speaker, structure) : sidelessLabel(speaker, structure);
  return structureOf(structure).namesSide === true ? name : speaker.say('name.sided', { side, name });
}

/** Everyday name of a group of structures that the work is shared among. */
export function shareName(speaker: Speaker, group: string): string {
  const key = `group.${group}`;
  return speaker.knows(key) ? speaker.say(key as 'group.skin') : sidelessLabel(speaker, group);
}

/** Groups that shares are counted in and that are no structure. */
const isGroup = (id: string): boolean => ['vessels', 'other_muscle', 'other'].includes(id);
