import type { ArgumentsOf } from '../base/arguments-of.ts';
import type { Note } from '../base/note.ts';
import type { EN } from './en.ts';

/** Names of the sentences that notes are made of. */
type NoteKey = Extract<keyof typeof EN, `note.${string}` | `reason.${string}` | `check.${string}` | `scan.${string}`>;
type Wanted<K extends NoteKey> = ArgumentsOf<(typeof EN)[K]>;

/** A note whose sentence is in the catalogue: the type asks for exactly the values that it wants. */
export const note = <K extends NoteKey>(
  id: K,
  ...values: [Wanted<K>] extends [never] ? [] : [values: Readonly<Record<Wanted<K>, string | number | Note>>]
): Note => (values[0] === undefined ? { id } : { id, values: values[0] });
