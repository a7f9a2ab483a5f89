import { STORY } from './story.data.ts';

/** Names of the pictures in addresses; after them that of the answer. */
const NAMES = [...STORY.map(({ id }) => id), 'went'];
const PREFIX = '#story-';

/** The fragment of an address that opens a picture of the story, with '#'; empty for the first, which the bare address opens. */
export const storyFragment = (step: number): string => (step === 0 ? '' : `${PREFIX}${NAMES[step]}`);

/** The picture that a fragment names; undefined for one that is not the story's. */
export function storyStep(fragment: string): number | undefined {
  if (fragment === '' || fragment === '#') return 0;
  const step = fragment.startsWith(PREFIX) ? NAMES.indexOf(fragment.slice(PREFIX.length)) : -1;
  return step > 0 ? step : undefined;
}
