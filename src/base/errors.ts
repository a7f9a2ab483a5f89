import type { Told } from './told.ts';

/** An error with something to say to people. */
abstract class SaidError extends Error {
  /** What it says, for a speaker of any language; `message` is the same in English. */
  readonly note: Told;

  constructor(note: Told) {
    super(note.english);
    this.note = note;
  }
}

/** Bad input: one clear sentence that says what is wrong and what would be right. The command line exits with 2. */
export class InputError extends SaidError {
  override readonly name = 'InputError';
}

/** What was computed could not be written where it was wanted (a full disk). One sentence; the command line exits with 5. */
export class OutputError extends SaidError {
  override readonly name = 'OutputError';
}

/** The user stopped the work. The command line exits with 130 after saving what is consistent. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
}
