import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InputError } from '../base/errors.ts';
import { tell } from '../base/told.ts';
import { STUDY_ERRORS } from '../messages/errors/study.data.ts';
import { designStudy, type StudyDesign } from './design.ts';
import { adoptHeadless, type JournalIndex, journalsIn, readJournals } from './journal.node.ts';
import { keepPlan, planIn } from './plan-file.node.ts';
import { diskTrouble, idsOf, prepareFolder, writeTables } from './run-study.node.ts';
import type { StudyData } from './study-data.ts';

/**
 * Makes the tables, the summary and the report of a study out of the journals of its shards, from one folder or several.
 * @param output where to write; the first folder by default
 * @throws InputError when a folder holds no study, or two folders hold different ones; OutputError when the disk is full
 */
export function mergeStudy(folders: readonly string[], output: string, csv: boolean, program: string): StudyData {
  const files = [
    ...new Set(
      folders.flatMap((folder) => {
        const found = isFolder(folder) ? journalsIn(folder) : [];
        if (found.length === 0) throw new InputError(tell(STUDY_ERRORS, 'error.merge.none', { folder }));
        return found.map((file) => resolve(file));
      }),
    ),
  ];
  const index = readJournals(files);
  const design = designOf(folders, index, program);
  const folder = resolve(output);
  prepareFolder(folder);
  try {
    // another study's tables are not written over
    const there = readJournals(isFolder(folder) ? journalsIn(folder) : []);
    if (there.header !== undefined && there.header.planHash !== design.planHash)
      throw new InputError(tell(STUDY_ERRORS, 'error.study.other', { folder: output }));
    keepPlan(folder, design, there.header, true);
    return writeTables({ design, csv }, folder, index, false);
  } catch (error) {
    throw diskTrouble(error, folder, { again: 'merge' });
  }
}

/** @throws InputError when the plan is missing or is not the one of these journals */
function designOf(folders: readonly string[], index: JournalIndex, program: string): StudyDesign {
  const folder = folders.find((each) => existsSync(join(each, 'plan.json')));
  const plan = folder === undefined ? undefined : planIn(folder);
  if (plan === undefined)
    throw new InputError(tell(STUDY_ERRORS, 'error.merge.no-plan', { folders: folders.join(', '), n: folders.length }));
  const headless = [...index.files].filter(([, state]) => state.headless);
  // the engine's own measurements are marked and may be merged like the rest
  const versions = [program, `${program}+stand-in`];
  if (index.header === undefined) {
    if (headless.length === 0)
      throw new InputError(tell(STUDY_ERRORS, 'error.merge.empty', { folders: folders.join(', ') }));
    // no journal says which version wrote it, but the ids of its records do
    for (const version of versions) {
      const design = designStudy(plan, version);
      const ids = idsOf(design);
      if ([...index.places.keys()].some((id) => ids.has(id))) return checked(design);
    }
    return checked(designStudy(plan, program));
  }
  if (!versions.includes(index.header.program))
    throw new InputError(tell(STUDY_ERRORS, 'error.merge.version', { theirs: index.header.program, ours: program }));
  const design = designStudy(plan, index.header.program);
  if (design.planHash !== index.header.planHash)
    throw new InputError(tell(STUDY_ERRORS, 'error.merge.other-plan', { plan: join(folder!, 'plan.json') }));
  return checked(design);

  function checked(design: StudyDesign): StudyDesign {
    if (headless.length === 0) return design;
    const ids = idsOf(design);
    const { planHash, count: cases } = design;
    const header = { psoascope: 'study-journal', version: 1, program: design.program, planHash, cases } as const;
    adoptHeadless(index, header, (id) => ids.has(id));
    return design;
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
