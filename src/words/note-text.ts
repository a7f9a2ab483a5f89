import { calledOf } from '../anatomy/structures.ts';
import type { Note } from '../base/note.ts';
import type { Told } from '../base/told.ts';
import type { MessageKey, Speaker } from '../messages/say.ts';

/** A note that is no sentence but the name of a structure. */
const STRUCTURE = 'structure.';

/** What a note says. One that this version does not know says its English, if it brings it along, or else its own name. */
export function noteText(speaker: Speaker, note: Note | Told): string {
  const { id, values = {} } = note;
  if (id.startsWith(STRUCTURE)) {
    const structure = id.slice(STRUCTURE.length);
    return speaker.name(id, calledOf(structure));
  }
  if (!speaker.knows(id)) return 'english' in note ? note.english : id;
  const said = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'object' ? noteText(speaker, value) : speaker.number(String(value)),
  ]);
  return speaker.say(id as MessageKey & 'note.text', Object.fromEntries(said));
}
