import type { ArgumentsOf } from '../base/arguments-of.ts';
import { formatMessage, type Values } from '../base/format-message.ts';

type Wanted<T, K extends keyof T> = ArgumentsOf<T[K] & string>;

/** What says the sentences of a table: the type asks for exactly the values that the English sentence wants. */
export type Say<T> = <K extends keyof T & string>(
  key: K,
  ...values: [Wanted<T, K>] extends [never] ? [] : [values: Readonly<Record<Wanted<T, K>, string | number>>]
) => string;

/**
 * Makes the function that says the sentences of one table. A page that should begin quickly says its first words from a small
 * table of its own and does not wait for the others; all tables together are the catalogue (en.ts).
 * @param tag BCP 47 tag of the table's language
 */
export function sayFrom<T extends Readonly<Record<string, string>>>(table: T, tag = 'en-GB'): Say<T> {
  return (key, ...values) => formatMessage(table[key]!, (values[0] ?? {}) as Values, tag);
}
