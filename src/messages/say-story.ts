import { EN_STORY } from './en-story.data.ts';
import { sayFrom } from './say-from.ts';

/** say() for the frame of the app and its story: all that the first sight of the page needs. */
export const say = sayFrom(EN_STORY);
