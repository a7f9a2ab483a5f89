import { EN } from './en.ts';
import { type Language, speakerOf, type WholeSpeaker } from './speaker.ts';

/** The language that everything is written in first, all of it. */
export const ENGLISH: Language = { tag: 'en-GB', direction: 'ltr', messages: EN };

export const inWholeEnglish: WholeSpeaker = speakerOf(ENGLISH);
