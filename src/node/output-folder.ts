import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { InputError, OutputError } from '../base/errors.ts';
import { makeFolder, removeEmpty } from '../base/make-folder.node.ts';
import { type Told, tell } from '../base/told.ts';
import { clearLeftBehind, removedOnExit, unfinishedName, writeWhole } from '../base/write-whole.node.ts';
import { NODE_ERRORS } from '../messages/errors/node.data.ts';
import { whyNot } from './why-not.ts';

/** A folder that either receives all of a run's files or is left as it was found. */
export interface OutputFolder {
  readonly path: string;
  /**
   * Writes every file beside its place first and moves all of them in at the end. The last one marks a complete set.
   * @throws OutputError when that fails: what stood there stays, and the files are kept elsewhere if there is any room
   */
  write(files: ReadonlyMap<string, Uint8Array | string>): void;
  /** Removes what was prepared and not used. */
  discard(): void;
}

/**
 * Makes sure, before anything is computed, that a folder can be written to.
 * Other people's files in it stay untouched; files of ours are replaced, and what killed runs have left is cleared away.
 * @throws InputError when the folder cannot be made or written to.
 */
export function openOutputFolder(folder: string): OutputFolder {
  const path = resolve(folder);
  let made: readonly string[] = [];
  let work: string | undefined;
  let ended = (): void => undefined;
  try {
    made = makeFolder(path);
    clearLeftBehind(path);
    work = join(path, unfinishedName());
    ended = removedOnExit(work, made);
    mkdirSync(work);
    writeFileSync(join(work, 'probe'), 'x');
    rmSync(join(work, 'probe'));
  } catch (error) {
    clear();
    throw new InputError(tell(NODE_ERRORS, 'error.output.folder', { folder, why: whyNot(error) }));
  }
  return { path, write, discard: clear };

  function write(files: ReadonlyMap<string, Uint8Array | string>): void {
    if (work === undefined) throw new Error('this output folder is closed');
    try {
      for (const [name, content] of files) writeWhole(join(work, name), content);
      for (const name of files.keys()) renameSync(join(work, name), join(path, name));
    } catch (error) {
      clear();
      throw new OutputError(
        tell(NODE_ERRORS, 'error.output.lost', { folder, why: whyNot(error), what: keptElsewhere(files) }),
      );
    }
    made = [];
    clear();
  }

  function clear(): void {
    if (work !== undefined) rmSync(work, { recursive: true, force: true });
    work = undefined;
    removeEmpty(made);
    made = [];
    ended();
  }
}

/** Keeps what could not be put where it was wanted; says where it is now. */
export function keptElsewhere(files: ReadonlyMap<string, Uint8Array | string>): Told {
  let folder: string | undefined;
  try {
    folder = mkdtempSync(join(tmpdir(), 'psoascope-'));
    for (const [name, content] of files) writeWhole(join(folder, name), content);
    return tell(NODE_ERRORS, 'error.output.kept', { n: files.size, folder });
  } catch {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    return tell(NODE_ERRORS, 'error.output.not-kept');
  }
}
