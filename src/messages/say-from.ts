import type { ArgumentsOf } from './arguments-of.ts';
import { formatMessage, type Values } from './format.ts';

/** A language: its tag, for plurals and numbers, and a message for every key. */
export interface Spoken {
  readonly tag: string;
  readonly messages: Readonly<Record<string, string>>;
}

let spoken: Spoken | undefined;

/** From here on everything that is said is said in another language; undefined: in the English of each table. */
export function speak(language: Spoken | undefined): void {
  spoken = language;
}

type Wanted<T, K extends keyof T> = ArgumentsOf<T[K] & string>;

/** What says the sentences of a table: the type asks for exactly the values that the English sentence wants. */
export type Say<T> = <K extends keyof T & string>(
  key: K,
  ...values: [Wanted<T, K>] extends [never] ? [] : [values: Readonly<Record<Wanted<T, K>, string | number>>]
) => string;

/**
 * Makes the function that says the sentences of one table. A page that should begin quickly says its first words from a small
 * table of its own and does not wait for the others; all tables together are the catalogue (en.ts).
 */
export function sayFrom<T extends Readonly<Record<string, string>>>(table: T): Say<T> {
  return (key, ...values) =>
    formatMessage(spoken?.messages[key] ?? table[key]!, (values[0] ?? {}) as Values, spoken?.tag ?? 'en');
}
