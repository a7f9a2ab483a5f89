import { placeOf } from '../anatomy/structures.ts';
import type { Finding } from './finding.ts';
import { SUBJECTS, type Subject } from './subjects.data.ts';

/** What a finding is about; undefined for a structure that no subject lists. The iliopsoas of a scan has the psoas's. */
export const subjectOf = ({ structure }: Pick<Finding, 'structure'>): Subject | undefined =>
  SUBJECTS.find((subject) => subject.structure === placeOf(structure));
