import { EN } from './en.ts';
import { type Spoken, sayFrom } from './say-from.ts';

export { speak } from './say-from.ts';

/** Names of all sentences. */
export type MessageKey = keyof typeof EN;

/** The sentences of a language: the same keys as English, with the same arguments (a test compares them). */
export type Catalogue = Readonly<Record<MessageKey, string>>;

/** One language and its tag. */
export interface Language extends Spoken {
  readonly messages: Catalogue;
}

/** The language that everything is written in first. */
export const ENGLISH: Language = { tag: 'en', messages: EN };

/** The sentence of a name, with its values. */
export const say = sayFrom(EN);
