import type { ArgumentsOf } from './arguments-of.ts';
import { formatMessage } from './format-message.ts';
import type { Note } from './note.ts';

/** A note that brings its English along, for those who meet it where nobody speaks: a program that catches an error, a log. */
export interface Told extends Note {
  readonly values?: Readonly<Record<string, string | number | Told>>;
  readonly english: string;
}

/** Sentences of a language under their names, in ICU's message format. */
type Sentences = Readonly<Record<string, string>>;
/** What a sentence wants beside its name: nothing, or its values. */
export type With<T extends Sentences, K extends keyof T> = [ArgumentsOf<T[K]>] extends [never]
  ? []
  : [values: Readonly<Record<ArgumentsOf<T[K]>, string | number | Told>>];

/**
 * A sentence of a table of English, with what is put into it: the type asks for exactly the values that the sentence wants. A speaker
 * that knows the sentence in another language says it from the same values.
 */
export function tell<T extends Sentences, K extends keyof T & string>(table: T, id: K, ...[values]: With<T, K>): Told {
  return toldFrom(id, table[id]!, values);
}

/** The same of a message whose values no type knows. */
export function toldFrom(id: string, message: string, values: NonNullable<Told['values']> = {}): Told {
  const plain = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'object' ? value.english : value,
  ]);
  return { id, values, english: formatMessage(message, Object.fromEntries(plain)) };
}
