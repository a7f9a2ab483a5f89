import { structureOf } from '../anatomy/structures.ts';
import type { Finding } from '../findings/finding.ts';
import { subjectOf } from '../findings/subject-of.ts';
import type { Speaker } from '../messages/say.ts';

/** A finding, or two that say the same of the left and the right side and are told as one. */
export interface Told extends Finding {
  readonly both?: true;
  /** The upper bound of what this is the lower one of: how much longer a nerve gets if it is stuck. */
  readonly upTo?: Told;
}

type Named = Pick<Told, 'structure' | 'side' | 'quantity' | 'both'>;

/** Everyday name of what a finding is about: 'left ureter', 'left and right psoas muscle'. */
export function findingLabel(speaker: Speaker, { structure, side, quantity, both }: Named): string {
  if (quantity === 'peak-contact-pressure') return speaker.say('label.skin.peak');
  if (quantity === 'mean-contact-pressure') return speaker.say('label.skin.mean');
  const name = sidelessLabel(speaker, structure);
  return both === true ? speaker.say('name.both', { name }) : speaker.say('name.sided', { side, name });
}

/** The same without its side. */
export const sidelessLabel = (speaker: Speaker, structure: string): string =>
  speaker.name(`structure.${structure}`, subjectOf({ structure })?.label ?? structureOf(structure).label);

/** 'left lateral femoral cutaneous nerve': the name in English Terminologia Anatomica. */
export function structureNameOf(speaker: Speaker, { structure, side }: Pick<Finding, 'structure' | 'side'>): string {
  return speaker.say('name.sided', { side, name: speaker.name(`term.${structure}`, structure.replaceAll('_', ' ')) });
}
