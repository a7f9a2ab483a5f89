import { localNumber as inLocale } from '../base/format-message.ts';
import type { EN, EN_BESIDES } from './en.ts';
import type { EN_SHOWN } from './en-shown.ts';
import { type Say, sayFrom } from './say-from.ts';

/** Names of all sentences. */
export type MessageKey = keyof typeof EN;

/** The sentences of a language: the same keys as English, with the same arguments (a test compares them). */
export type Catalogue = Readonly<Record<MessageKey, string>>;

/** The part of them that results, reports and the app are said with. */
export type ShownCatalogue = Readonly<Record<keyof typeof EN_SHOWN, string>>;

/** One language. */
export interface Language<Messages extends ShownCatalogue = Catalogue> {
  /** BCP 47; plurals, numbers and lists are written as there. */
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
  readonly messages: Messages;
  /** Names of the things in tables (structures, tools, sizes), by 'structure.ID', 'tool.ID' and so on; English where there is none. */
  readonly names?: Readonly<Record<string, string>>;
}

/**
 * What says the sentences of results in one language. It is handed down from where somebody asks: nothing remembers a language.
 */
export interface Speaker {
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
  readonly say: Say<typeof EN_SHOWN>;
  /** Whether it says what commands, checks, studies and errors say too: functions that say more do not tell two speakers apart by type. */
  readonly whole: boolean;
  /** Whether there is a sentence of that name here. */
  readonly knows: (id: string) => boolean;
  /** A number that is written out already ('12.80'), as the language writes it. */
  readonly number: (text: string) => string;
  /** 'a, b and c'. */
  readonly list: (items: readonly string[]) => string;
  /** The name of a thing in a table, of which English is known. */
  readonly name: (id: string, english: string) => string;
}

/** What says every sentence of the program. */
export interface WholeSpeaker extends Speaker {
  readonly whole: true;
  readonly say: Say<typeof EN_SHOWN> & Say<typeof EN_BESIDES>;
}

/** What says everything in a language. */
export function speakerOf(language: Language): WholeSpeaker;
export function speakerOf(language: Language<ShownCatalogue>): Speaker;
export function speakerOf({ tag, direction, messages, names = {} }: Language<ShownCatalogue>): Speaker {
  const lists = new Intl.ListFormat(tag, { style: 'long', type: 'conjunction' });
  return {
    tag,
    direction,
    say: sayFrom<typeof EN_SHOWN>(messages as typeof EN_SHOWN, tag),
    whole: 'cli.usage' in messages,
    knows: (id) => Object.hasOwn(messages, id),
    number: (text) => inLocale(text, tag),
    list: (items) => lists.format(items),
    name: (id, english) => names[id] ?? english,
  };
}
