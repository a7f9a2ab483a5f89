import { BASE_ERRORS } from '../messages/errors/base.data.ts';
import { type Told, tell } from './told.ts';
/** What a JSON file of this program holds. */
export type FileKind = 'result' | 'scenario' | 'plan' | 'problem';

/** Keys that only one kind has, the kinds that hold keys of others first. */
const MARKS: readonly (readonly [FileKind, readonly string[]])[] = [
  ['result', ['manifest']],
  ['plan', ['vary', 'base', 'population']],
  ['problem', ['domain', 'regions', 'dirichlet']],
  ['scenario', ['body', 'scan', 'tool', 'placement', 'load']],
];

/** What kind a file is of, as far as its keys tell. */
export function fileKind(raw: unknown): FileKind | undefined {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return undefined;
  return MARKS.find(([, keys]) => keys.some((key) => Object.hasOwn(raw, key)))?.[0];
}

/** What a file of another kind is and who takes it, to be put into a sentence. */
export const takenBy = (kind: FileKind): Told => tell(BASE_ERRORS, 'error.file.taken', { kind });
