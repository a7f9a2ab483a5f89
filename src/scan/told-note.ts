import { calledOf } from '../anatomy/structures.ts';
import type { Note } from '../base/note.ts';
import { type Told, toldFrom } from '../base/told.ts';
import { EN_SCAN } from '../messages/en-scan.data.ts';

/** What a note of labels says inside an error, with its English. */
export function toldNote({ id, values = {} }: Note): Told {
  if (id.startsWith('structure.')) return { id, english: calledOf(id.slice('structure.'.length)) };
  const told = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'object' ? toldNote(value) : value,
  ]);
  return toldFrom(id, EN_SCAN[id as keyof typeof EN_SCAN], Object.fromEntries(told));
}
