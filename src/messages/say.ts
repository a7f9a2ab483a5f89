import { EN_SHOWN } from './en-shown.ts';
import { type Speaker, speakerOf } from './speaker.ts';

export {
  type Catalogue,
  type Language,
  type MessageKey,
  type Speaker,
  speakerOf,
  type WholeSpeaker,
} from './speaker.ts';

/** What says results in the language that everything is written in first. */
export const inEnglish: Speaker = speakerOf({ tag: 'en-GB', direction: 'ltr', messages: EN_SHOWN });
