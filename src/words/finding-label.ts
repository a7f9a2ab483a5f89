import { structureOf } from '../anatomy/structures.ts';
import type { Finding } from '../findings/finding.ts';
import { subjectOf } from '../findings/subject-of.ts';
import { say } from '../messages/say.ts';

/** A finding, or two that say the same of the left and the right side and are told as one. */
export interface Told extends Finding {
  readonly both?: true;
}

type Named = Pick<Told, 'structure' | 'side' | 'quantity' | 'both'>;

/** Everyday name of what a finding is about: 'left kidney tube (ureter)', 'psoas muscle, both sides'. */
export function findingLabel({ structure, side, quantity, both }: Named): string {
  if (quantity === 'peak-contact-pressure') return say('label.skin.peak');
  if (quantity === 'mean-contact-pressure') return say('label.skin.mean');
  const name = sidelessLabel(structure);
  return both === true ? say('name.both', { name }) : say('name.sided', { side, name });
}

/** The same without its side. */
export const sidelessLabel = (structure: string): string => labelOfSubject(structure) ?? structureOf(structure).label;

/** What findings call a structure where that is not the structure's own name; the iliopsoas of a scan keeps its own. */
function labelOfSubject(structure: string): string | undefined {
  const subject = subjectOf({ structure });
  return subject?.structure === structure ? subject.label : undefined;
}

/** 'left lateral femoral cutaneous nerve': the name in English Terminologia Anatomica. */
export function structureNameOf({ structure, side }: Pick<Finding, 'structure' | 'side'>): string {
  return say('name.sided', { side, name: structure.replaceAll('_', ' ') });
}
