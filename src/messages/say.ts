import { EN } from './en.ts';
import { type Language, type Speaker, speakerOf } from './speaker.ts';

export { type Catalogue, type Language, type MessageKey, type Speaker, speakerOf } from './speaker.ts';

/** The language that everything is written in first. */
export const ENGLISH: Language = { tag: 'en-GB', direction: 'ltr', messages: EN };

export const inEnglish: Speaker = speakerOf(ENGLISH);
