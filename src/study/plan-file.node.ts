import { copyFileSync, lstatSync, readFileSync, type Stats } from 'node:fs';
import { basename, join } from 'node:path';
import { InputError } from '../base/errors.ts';
import { readJsonFile } from '../base/read-json.node.ts';
import { tell } from '../base/told.ts';
import { writeWhole } from '../base/write-whole.node.ts';
import { STUDY_ERRORS } from '../messages/errors/study.data.ts';
import { designStudy, type StudyDesign } from './design.ts';
import type { JournalHeader } from './journal.node.ts';
import { kindOf } from './kind-of.node.ts';
import { parsePlan } from './parse-plan.ts';
import type { Plan } from './plan.ts';

/** @throws InputError when there is no plan in the file */
export const readPlanFile = (path: string): Plan => parsePlan(readJsonFile(path, 'plan'), path);

/**
 * Writes the plan into its study's folder.
 * @param header of the journals that lie there, if any
 * @param rewrite whether a plan of the same cases is written again (its title may have changed)
 * @throws InputError when another plan is there, or something that this program did not write
 */
export function keepPlan(
  folder: string,
  design: StudyDesign,
  header: JournalHeader | undefined,
  rewrite: boolean,
): void {
  const path = join(folder, 'plan.json');
  const text = `${JSON.stringify(design.plan, null, 2)}\n`;
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there !== undefined) {
    if (!there.isFile()) throw inTheWay(path, there);
    const old = readFileSync(path, 'utf8');
    if (old === text) return;
    let hash: string | undefined;
    try {
      hash = planHashOf(path, design.program);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      if (header === undefined) throw new InputError(tell(STUDY_ERRORS, 'error.study.not-plan', { path }));
      // damaged: the journal beside it says that this study is the one that belongs here
      copyFileSync(path, `${path}.damaged`);
    }
    if (hash !== undefined && hash !== design.planHash && hash !== unpinnedHash(design))
      throw new InputError(tell(STUDY_ERRORS, 'error.study.other-or-changed', { folder, plan: path }));
    if (!rewrite && hash !== undefined) return;
  }
  writeWhole(path, text);
}

const inTheWay = (path: string, there: Stats): InputError =>
  new InputError(tell(STUDY_ERRORS, 'error.study.plan-kind', { path, what: kindOf(there) }));

const planHashOf = (path: string, program: string): string => designStudy(readPlanFile(path), program).planHash;

/** Of the plan as it was before the scans that it names were read: so it stands in the file that the user wrote. */
const unpinnedHash = ({ plan, program }: StudyDesign): string =>
  designStudy({ ...plan, scans: undefined }, program).planHash;

/**
 * The plan of a study's folder.
 * @returns undefined when the folder has none
 * @throws InputError when it cannot be read
 */
export function planIn(folder: string): Plan | undefined {
  const path = join(folder, 'plan.json');
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there === undefined) return undefined;
  if (!there.isFile() && !there.isSymbolicLink()) throw inTheWay(path, there);
  try {
    return readPlanFile(path);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(tell(STUDY_ERRORS, 'error.study.plan-damaged', { file: basename(path), why: error.note }));
  }
}
