import { closeSync, openSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { InputError, OutputError } from '../base/errors.ts';
import { makeFolder } from '../base/make-folder.node.ts';
import { type Told, tell } from '../base/told.ts';
import { openBeside } from '../base/write-whole.node.ts';
import { STUDY_ERRORS } from '../messages/errors/study.data.ts';
import type { StudyCase, StudyDesign } from './design.ts';
import type { Job, StudyEngine } from './engine.ts';
import { type Lock, LockLost, type LockTimes, lockFile } from './folder-lock.node.ts';
import {
  adoptHeadless,
  Journal,
  JournalError,
  type JournalHeader,
  type JournalIndex,
  journalName,
  journalsIn,
  journalThere,
  mendJournal,
  readJournals,
  recordAt,
} from './journal.node.ts';
import { keepPlan } from './plan-file.node.ts';
import { type CaseRecord, failedRecord } from './record.ts';
import { roCrate } from './ro-crate.ts';
import { collectStudy, type StudyData } from './study-data.ts';
import { studyReport } from './study-report.ts';
import { summarise, summaryCsv, summarySql } from './summary.ts';
import { caseColumns, caseRow, measureColumns, measureRows } from './table.ts';
import { csvFile, parquetFile, type TableFile, wholeFile } from './table-files.node.ts';

export interface StudyProgress {
  /** Cases of this process (all, or its shard's) that have ended, those before it began included. */
  readonly ended: number;
  readonly of: number;
  readonly failed: number;
  /** Ended since this process began, and how long that took, s. */
  readonly here: number;
  readonly seconds: number;
}

export interface StudyOptions {
  readonly design: StudyDesign;
  readonly folder: string;
  readonly engine: StudyEngine;
  /** Go on with what the folder's journals hold. */
  readonly resume?: boolean;
  /** With resume: cases that failed because their process died are tried again. */
  readonly retryFailed?: boolean;
  /** Write the tables as CSV too. */
  readonly csv?: boolean;
  /** Compute the n-th of so many parts only (n from 1), and write no tables. */
  readonly shard?: { readonly index: number; readonly of: number } | undefined;
  /** The tables are written in between when this much time has gone by, ms; five minutes by default. */
  readonly checkpoint_ms?: number;
  readonly lock?: LockTimes;
  /** Begins nothing more, finishes what was begun. */
  readonly signal: AbortSignal;
  /** Gives up what was begun too; aborts after `signal` or with it. */
  readonly hurry?: AbortSignal | undefined;
  report?(progress: StudyProgress): void;
  /** Talk: one line for people. */
  say?(line: Told): void;
}

export interface StudyOutcome {
  /** Of this process's cases (all, or its shard's). */
  readonly cases: number;
  readonly converged: number;
  readonly notConverged: number;
  readonly failed: number;
  readonly open: number;
  /** Computed by this process. */
  readonly computed: number;
  readonly interrupted: boolean;
  /** The tables, unless this was a shard. */
  readonly data?: StudyData;
}

/** A checkpoint of the tables is written when this much time has gone by, ms, and at most a twentieth of the time goes into them. */
const CHECKPOINT_AFTER = 300_000;

/**
 * Computes every case of a design that the folder does not hold yet and writes the tables, the summary and the report.
 *
 * @throws InputError when the folder holds another study, or this one and `resume` was not asked for; OutputError when the
 * disk is full
 */
export async function runStudy(options: StudyOptions): Promise<StudyOutcome> {
  const { design, shard } = options;
  const folder = resolve(options.folder);
  prepareFolder(folder);
  const file = join(folder, journalName(shard));
  const { signal, say } = options;
  const lock = await lockFile(`${file}.lock`, { ...options.lock, signal, ...(say && { say: (line) => say(line) }) });
  try {
    const header: JournalHeader = {
      psoascope: 'study-journal',
      version: 1,
      program: design.program,
      planHash: design.planHash,
      cases: design.count,
    };
    // a shard looks at its own journal only: the others are being written at this moment
    const own = journalThere(file);
    const files = shard === undefined ? journalsIn(folder) : own ? [file] : [];
    let index = readJournals(files);
    refuseOther(index, header, options, () => idsOf(design));
    guarded(folder, () => keepPlan(folder, design, index.header, shard === undefined));
    if (index.damaged > 0) say?.(tell(STUDY_ERRORS, 'study.says.cut-short', { n: index.damaged }));
    const aside = guarded(folder, () => mendJournal(file, header, index));
    if (aside !== undefined) say?.(tell(STUDY_ERRORS, 'study.says.aside', { file: basename(aside) }));
    if (own) index = readJournals(files);
    return await compute(options, folder, header, index, file, lock);
  } finally {
    lock.release();
  }
}

/** Ids of all cases. */
export function idsOf(design: StudyDesign): ReadonlySet<string> {
  const ids = new Set<string>();
  for (let run = 0; run < design.count; run++) ids.add(design.at(run).id);
  return ids;
}

async function compute(
  options: StudyOptions,
  folder: string,
  header: JournalHeader,
  index: JournalIndex,
  file: string,
  lock: Lock,
): Promise<StudyOutcome> {
  const { design, engine, signal } = options;
  const { runs, jobs, refused } = openCases(options, index);
  const journal = guarded(folder, () => new Journal(file, header, index.files.get(file)?.sound ?? 0));
  const { places } = index;
  const began = performance.now();
  let failed = 0;
  for (const place of places.values()) if (place.status === 'failed') failed++;
  let computed = 0;
  let lastTables = began;
  let tablesCost = 0;
  const unique = runs.size;
  const pending = jobs.length + refused.length;
  const ended = (): number => unique - pending + computed;
  const keep = (record: CaseRecord): void => {
    lock.check();
    const before = places.get(record.id);
    places.set(record.id, journal.append(record));
    computed++;
    failed += Number(record.status === 'failed') - Number(before?.status === 'failed');
    const now = performance.now();
    options.report?.({ ended: ended(), of: unique, failed, here: computed, seconds: (now - began) / 1000 });
    if (
      options.shard === undefined &&
      now - lastTables > Math.max(options.checkpoint_ms ?? CHECKPOINT_AFTER, 20 * tablesCost)
    ) {
      writeTables(options, folder, index, true, lock);
      lastTables = performance.now();
      tablesCost = lastTables - now;
    }
  };
  try {
    for (const record of refused) keep(record);
    options.report?.({ ended: ended(), of: unique, failed, here: 0, seconds: 0 });
    if (jobs.length > 0 && !signal.aborted) await engine.solve(jobs, keep, signal, options.hurry);
    journal.close();
    const states = { converged: 0, notConverged: 0, failed: 0 };
    let data: StudyData | undefined;
    if (options.shard === undefined) {
      data = writeTables(options, folder, index, false, lock);
      for (const state of data.states)
        if (state === 'converged') states.converged++;
        else if (state === 'not-converged') states.notConverged++;
        else if (state === 'failed') states.failed++;
    } else states.failed = failed;
    const left = pending - computed;
    return {
      cases: options.shard === undefined ? design.count : unique,
      ...states,
      open: options.shard === undefined ? data!.states.filter((state) => state === 'open').length : left,
      computed,
      interrupted: signal.aborted && left > 0,
      ...(data !== undefined && { data }),
    };
  } catch (error) {
    throw diskTrouble(error, folder, { kept: ended(), of: unique });
  } finally {
    closeQuietly(journal);
  }
}

/** The cases of this process that have no record yet: those to compute, and those that cannot be. */
function openCases(
  { design, shard, retryFailed }: StudyOptions,
  { places }: JournalIndex,
): { runs: Set<string>; jobs: Job[]; refused: CaseRecord[] } {
  // equal cases are computed once; groups keep together, so that shards share as little work as possible
  const groups = new Map<string, StudyCase[]>();
  const ids = new Set<string>();
  for (let run = 0; run < design.count; run++) {
    const each = design.at(run);
    if (ids.has(each.id)) continue;
    ids.add(each.id);
    const group = groups.get(each.group);
    if (group === undefined) groups.set(each.group, [each]);
    else group.push(each);
  }
  let at = 0;
  const from = shard === undefined ? 0 : Math.floor(((shard.index - 1) * ids.size) / shard.of);
  const to = shard === undefined ? ids.size : Math.floor((shard.index * ids.size) / shard.of);
  const runs = new Set<string>();
  const jobs: Job[] = [];
  const refused: CaseRecord[] = [];
  for (const group of groups.values())
    for (const { id, scenario, refused: reason, group: key } of group) {
      const mine = at >= from && at < to;
      at++;
      if (!mine) continue;
      runs.add(id);
      const place = places.get(id);
      if (place !== undefined && !(retryFailed === true && place.died)) continue;
      if (scenario === undefined)
        refused.push(failedRecord(id, (reason ?? tell(STUDY_ERRORS, 'study.case.impossible')).english));
      else jobs.push({ id, scenario, group: key });
    }
  return { runs, jobs, refused };
}

/** Writes every table, the summary and the report of what is there; returns the numbers. */
export function writeTables(
  { design, csv }: Pick<StudyOptions, 'design' | 'csv'>,
  folder: string,
  index: JournalIndex,
  checkpoint: boolean,
  lock?: Lock,
): StudyData {
  const about = { program: `psoascope ${design.program}`, plan: design.planHash };
  const columns = { measures: measureColumns(design), cases: caseColumns(design) };
  const files: Pick<TableFile, 'complete' | 'place' | 'discard'>[] = [];
  const opened = (file: TableFile): TableFile => {
    files.push(file);
    return file;
  };
  const fds = new Map<string, number>();
  const { add, data } = collectStudy(design);
  try {
    const measures = [opened(parquetFile(join(folder, 'results.parquet'), columns.measures, about))];
    const cases = [opened(parquetFile(join(folder, 'cases.parquet'), columns.cases, about))];
    if (csv === true && !checkpoint) {
      measures.push(opened(csvFile(join(folder, 'results.csv'), columns.measures)));
      cases.push(opened(csvFile(join(folder, 'cases.csv'), columns.cases)));
    }
    for (let run = 0; run < design.count; run++) {
      const each = design.at(run);
      const place = index.places.get(each.id);
      if (place === undefined) continue;
      let fd = fds.get(place.file);
      if (fd === undefined) {
        fd = openSync(place.file, 'r');
        fds.set(place.file, fd);
      }
      const record = recordAt(place, fd);
      if (run % 1000 === 999) lock?.beat();
      for (const row of measureRows(each, record)) for (const table of measures) table.add(row);
      const row = caseRow(each, record);
      for (const table of cases) table.add(row);
      add(each, record);
    }
    if (!checkpoint) {
      const summary = summarise(data);
      files.push(
        wholeFile(join(folder, 'summary.csv'), summaryCsv(summary)),
        wholeFile(join(folder, 'summary.sql'), summarySql(columns.measures)),
        wholeFile(join(folder, 'report.html'), studyReport(data, summary)),
        wholeFile(join(folder, 'ro-crate-metadata.json'), roCrate(design, filesOf(csv === true), today())),
      );
    }
    // all of them lie whole on the disk before the first takes its place: a disk that fills up keeps the older set
    for (const file of files) file.complete();
    for (const file of files) file.place();
    return data;
  } finally {
    for (const fd of fds.values()) closeSync(fd);
    // those that were finished have moved to their place and have nothing left to remove
    for (const file of files) file.discard();
  }
}

/** What lies in the folder of a study that is finished. */
const filesOf = (csv: boolean) =>
  [
    ...(['plan.json', 'journal.log', 'results.parquet', 'cases.parquet'] as const),
    ...(csv ? (['results.csv', 'cases.csv'] as const) : []),
    ...(['summary.csv', 'summary.sql', 'report.html'] as const),
  ] as const;
const today = (): string => new Date().toISOString().slice(0, 10);

/** Makes a folder and tries whether it can be written to. @throws InputError when it cannot */
export function prepareFolder(folder: string): void {
  try {
    makeFolder(folder);
    openBeside(join(folder, 'probe')).discard();
  } catch (error) {
    throw new InputError(
      tell(STUDY_ERRORS, 'error.study.folder', { folder, code: `${(error as NodeJS.ErrnoException).code}` }),
    );
  }
}

function refuseOther(
  index: JournalIndex,
  mine: JournalHeader,
  { folder, resume }: StudyOptions,
  ids: () => ReadonlySet<string>,
): void {
  const header = index.header ?? ([...index.files.values()].some((file) => file.size > 0) ? mine : undefined);
  if (header === undefined) return;
  if (header.planHash !== mine.planHash)
    throw new InputError(
      tell(STUDY_ERRORS, 'error.study.other-or-changed', { folder, plan: join(folder, 'plan.json') }),
    );
  if (header.program !== mine.program)
    throw new InputError(
      tell(STUDY_ERRORS, 'error.study.version', { folder, theirs: header.program, ours: mine.program }),
    );
  if ([...index.files.values()].some((file) => file.headless)) {
    const known = ids();
    adoptHeadless(index, mine, (id) => known.has(id));
  }
  const { places } = index;
  if (resume !== true)
    throw new InputError(tell(STUDY_ERRORS, 'error.study.there', { folder, done: places.size, of: mine.cases }));
}

function guarded<T>(folder: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw diskTrouble(error, folder);
  }
}

/**
 * Errors of the disk become one sentence; others stay what they are.
 * @param kept how many cases of how many are not lost, where some could be
 * @param again how to go on
 */
export function diskTrouble(
  error: unknown,
  folder: string,
  { kept = 'none', of = 0, again = 'resume' }: { kept?: number | 'none'; of?: number; again?: 'resume' | 'merge' } = {},
): unknown {
  if (error instanceof LockLost) return new OutputError(tell(STUDY_ERRORS, 'error.study.taken-over', { folder }));
  const { code, syscall, dest } = error as NodeJS.ErrnoException & { dest?: string };
  const isDisk = error instanceof JournalError || (syscall !== undefined && DISK_CALLS.has(syscall));
  if (!isDisk || code === undefined) return error;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new OutputError(tell(STUDY_ERRORS, 'error.study.full', { folder, code, kept, of, again }));
  // of a file that is written beside its place only that place means something to people
  return new OutputError(
    tell(STUDY_ERRORS, 'error.study.trouble', {
      what: dest ?? tell(STUDY_ERRORS, 'error.study.disk', { folder }),
      code,
      kept,
      of,
      again,
    }),
  );
}

/** Calls of the file system; a connection that breaks has others. */
const DISK_CALLS: ReadonlySet<string> = new Set(
  'open close read write rename link unlink mkdir rmdir lstat stat fstat ftruncate fsync fdatasync copyfile scandir'.split(
    ' ',
  ),
);

function closeQuietly(journal: Journal): void {
  try {
    journal.close();
  } catch {
    // a disk that is full cannot force anything down; the records that were written are there
  }
}
