import type { Note } from '../base/note.ts';
import { capitalised } from '../base/text.ts';
import { noteText } from '../words/note-text.ts';
import { useSpeaker } from './use-speaker.ts';

/** A note as a sentence, for parts of the page that come before all sentences do. */
export function Said({ note }: { readonly note: Note }) {
  return <>{capitalised(noteText(useSpeaker(), note))}</>;
}
