import type { Stats } from 'node:fs';
import { type Told, tell } from '../base/told.ts';
import { STUDY_ERRORS } from '../messages/errors/study.data.ts';

/** What stands where a file should be, to be put into a sentence. */
export const kindOf = (there: Stats): Told =>
  tell(STUDY_ERRORS, 'error.study.kind', {
    kind: there.isDirectory() ? 'folder' : there.isSymbolicLink() ? 'link' : 'other',
  });
