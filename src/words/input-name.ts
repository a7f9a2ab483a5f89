import type { MessageKey, Speaker } from '../messages/say.ts';

/**
 * What an assumption or an input of an ensemble is called, from its id: 'shear-modulus/bowel' is the 'shear modulus of bowel'.
 * An id that this version does not know is its own name.
 */
export function inputName(speaker: Speaker, id: string): string {
  const [property, tissue] = id.split('/');
  if (tissue !== undefined && (property === 'shear-modulus' || property === 'stiffening'))
    return speaker.say(property === 'stiffening' ? 'input.stiffening' : 'input.modulus', {
      tissue: tissueName(speaker, tissue),
    });
  const key = `input.${id}`;
  return speaker.knows(key) ? speaker.say(key as MessageKey & 'input.friction') : id;
}

function tissueName(speaker: Speaker, tissue: string): string {
  const key = `input.tissue.${tissue}`;
  return speaker.knows(key) ? speaker.say(key as MessageKey & 'input.tissue.skin') : tissue.replaceAll('_', ' ');
}
