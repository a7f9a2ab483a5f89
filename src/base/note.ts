/**
 * Something that a computation has to tell people: the name of a sentence of the catalogue, and what is put into it. Words are made
 * of it at the end, in some language.
 */
export interface Note {
  readonly id: string;
  /** Numbers, or texts that are no language (names of files, digits that are written out); or another note. */
  readonly values?: Readonly<Record<string, string | number | Note>>;
}
