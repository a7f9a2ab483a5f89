import { EN } from './en.ts';
import { formatMessage, type Values } from './format.ts';

/** Names of all sentences. */
export type MessageKey = keyof typeof EN;

/** A language: the same keys as English, with the same arguments (a test compares them). */
export type Catalogue = Readonly<Record<MessageKey, string>>;

/** One language and its tag, for plurals and numbers. */
export interface Language {
  readonly tag: string;
  readonly messages: Catalogue;
}

/** The language that everything is written in first. */
export const ENGLISH: Language = { tag: 'en', messages: EN };

let language: Language = ENGLISH;

/** From here on the program speaks another language. */
export function speak(other: Language): void {
  language = other;
}

// A branch of a plural or select is written 'one{…}', its brace right behind a letter or digit; an argument never is.
type Letter =
  // biome-ignore format: one row
  | 'a'
  | 'b'
  | 'c'
  | 'd'
  | 'e'
  | 'f'
  | 'g'
  | 'h'
  | 'i'
  | 'j'
  | 'k'
  | 'l'
  | 'm'
  | 'n'
  | 'o'
  | 'p'
  | 'q'
  | 'r'
  | 's'
  | 't'
  | 'u'
  | 'v'
  | 'w'
  | 'x'
  | 'y'
  | 'z'
  | '0'
  | '1'
  | '2'
  | '3';

/** Names of the arguments of a message, read from its type. */
export type ArgumentsOf<M extends string> = M extends `${infer Before}{${infer Inside}}${infer After}`
  ? Before extends `${string}${Letter}`
    ? ArgumentsOf<`${Inside}}${After}`>
    : Inside extends `${infer Name},${infer Rest}`
      ? Name | ArgumentsOf<`${Rest}}${After}`>
      : Inside | ArgumentsOf<After>
  : never;

type Wanted<K extends MessageKey> = ArgumentsOf<(typeof EN)[K]>;

/** The sentence of a name, with its values: the type asks for exactly the values that the English sentence wants. */
export function say<K extends MessageKey>(
  key: K,
  ...values: [Wanted<K>] extends [never] ? [] : [values: Readonly<Record<Wanted<K>, string | number>>]
): string {
  return formatMessage(language.messages[key], (values[0] ?? {}) as Values, language.tag);
}
