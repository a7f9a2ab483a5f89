import { localNumber as inLocale } from '../base/format-message.ts';
import type { EN } from './en.ts';
import { type Say, sayFrom } from './say-from.ts';

/** Names of all sentences. */
export type MessageKey = keyof typeof EN;

/** The sentences of a language: the same keys as English, with the same arguments (a test compares them). */
export type Catalogue = Readonly<Record<MessageKey, string>>;

/** One language. */
export interface Language {
  /** BCP 47; plurals, numbers and lists are written as there. */
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
  readonly messages: Catalogue;
  /** Names of the things in tables (structures, tools, sizes), by 'structure.ID', 'tool.ID' and so on; English where there is none. */
  readonly names?: Readonly<Record<string, string>>;
}

/** What says sentences in one language. It is handed down from where somebody asks: nothing remembers a language. */
export interface Speaker {
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
  readonly say: Say<typeof EN>;
  /** A number that is written out already ('12.80'), as the language writes it. */
  readonly number: (text: string) => string;
  /** 'a, b and c'. */
  readonly list: (items: readonly string[]) => string;
  /** The name of a thing in a table, of which English is known. */
  readonly name: (id: string, english: string) => string;
}

/** What says everything in a language. */
export function speakerOf({ tag, direction, messages, names = {} }: Language): Speaker {
  const lists = new Intl.ListFormat(tag, { style: 'long', type: 'conjunction' });
  return {
    tag,
    direction,
    say: sayFrom<typeof EN>(messages as typeof EN, tag),
    number: (text) => inLocale(text, tag),
    list: (items) => lists.format(items),
    name: (id, english) => names[id] ?? english,
  };
}
