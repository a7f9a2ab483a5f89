import { calledOf } from '../anatomy/structures.ts';
import type { Note } from '../base/note.ts';
import { inEnglish, type MessageKey } from '../messages/say.ts';

/** What a note of labels says inside an error, which is English like all of them. */
export function inError({ id, values = {} }: Note): string {
  if (id.startsWith('structure.')) return calledOf(id.slice('structure.'.length));
  const said = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'object' ? inError(value) : value,
  ]);
  return inEnglish.say(id as MessageKey & 'note.text', Object.fromEntries(said));
}
