import type { ArgumentsOf } from '../base/arguments-of.ts';
import { InputError } from '../base/errors.ts';
import type { Note } from '../base/note.ts';
import type { EN } from '../messages/en.ts';

type AppKey = Extract<keyof typeof EN, `app.${string}`>;
type Wanted<K extends AppKey> = ArgumentsOf<(typeof EN)[K]>;

/** A note whose sentence is one of the app's: it is said where it is shown, in the page's language. */
export const appNote = <K extends AppKey>(
  id: K,
  ...values: [Wanted<K>] extends [never] ? [] : [values: Readonly<Record<Wanted<K>, string | number | Note>>]
): Note => (values[0] === undefined ? { id } : { id, values: values[0] });

/** Something that was asked for cannot be done; what the page says of it. */
export class Refused extends Error {
  readonly note: Note;
  constructor(why: Note) {
    super(why.id);
    this.note = why;
  }
}

/** What the page says of an error: checks of the library bring their own sentence. */
export function noteOf(error: unknown): Note {
  if (error instanceof Refused) return error.note;
  return error instanceof InputError ? error.note : appNote('app.trouble.unforeseen');
}
