import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InputError } from '../base/errors.ts';
import { designStudy } from './design.ts';
import { journalsIn, readJournals } from './journal.node.ts';
import { parsePlan } from './parse-plan.ts';
import { writeTables } from './run-study.node.ts';
import type { StudyData } from './study-data.ts';
import { writeWhole } from './table-files.node.ts';

/**
 * Makes the tables, the summary and the report of a study out of the journals of its shards, from one folder or several.
 * @param output where to write; the first folder by default
 * @throws InputError when a folder holds no study, or two folders hold different ones
 */
export function mergeStudy(folders: readonly string[], output: string, csv: boolean, program: string): StudyData {
  const files = folders.flatMap((folder) => {
    const found = existsSync(folder) ? journalsIn(folder) : [];
    if (found.length === 0)
      throw new InputError(
        `${folder} holds no journal of a study; name the folders that psoascope study wrote with -o.`,
      );
    return found;
  });
  const index = readJournals(files);
  const planFile = folders.map((folder) => join(folder, 'plan.json')).find((path) => existsSync(path));
  if (index.header === undefined || planFile === undefined)
    throw new InputError(`${folders[0]} holds no plan.json of a study; it stands beside the journals.`);
  const design = designStudy(parsePlan(JSON.parse(readFileSync(planFile, 'utf8')), planFile), index.header.program);
  if (design.planHash !== index.header.planHash)
    throw new InputError(`${planFile} is not the plan that the journals beside it belong to.`);
  // the engine's own measurements are marked and may be merged like the rest
  if (design.program !== program && design.program !== `${program}+stand-in`)
    throw new InputError(
      `These results are of version ${design.program} of the program and this is ${program}; merge them with that version.`,
    );
  const folder = resolve(output);
  mkdirSync(folder, { recursive: true });
  writeWhole(join(folder, 'plan.json'), `${JSON.stringify(design.plan, null, 2)}\n`);
  return writeTables({ design, csv }, folder, index, false);
}
