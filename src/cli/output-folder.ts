import { mkdirSync, mkdtempSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '../base/errors.ts';

/** A folder that either receives all of a run's files or is left as it was found. */
export interface OutputFolder {
  readonly path: string;
  /** Writes every file beside its place first and moves all of them in at the end. The last one marks a complete set. */
  write(files: ReadonlyMap<string, Uint8Array | string>): void;
  /** Removes what was prepared and not used. */
  discard(): void;
}

/**
 * Makes sure, before anything is computed, that a folder can be written to.
 * Other people's files in it stay untouched; files of ours are replaced.
 * @throws InputError when the folder cannot be made or written to.
 */
export function openOutputFolder(folder: string): OutputFolder {
  const path = resolve(folder);
  let firstMade: string | undefined;
  let work: string | undefined;
  try {
    firstMade = mkdirSync(path, { recursive: true });
    work = mkdtempSync(join(path, '.psoascope-'));
    writeFileSync(join(work, 'probe'), 'x');
    rmSync(join(work, 'probe'));
  } catch (error) {
    clear();
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new InputError(`The output folder ${folder} cannot be written to (${code}); choose another one with -o.`);
  }

  // also on an exit in the middle of the work (second Ctrl-C, a crash): nothing half-written stays behind
  process.once('exit', clear);
  return { path, write, discard: clear };

  function write(files: ReadonlyMap<string, Uint8Array | string>): void {
    if (work === undefined) throw new Error('this output folder is closed');
    try {
      for (const [name, content] of files) writeFileSync(join(work, name), content);
      for (const name of files.keys()) renameSync(join(work, name), join(path, name));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
      clear();
      throw new InputError(`The results could not be written to ${folder} (${code}); choose another folder with -o.`);
    }
    rmSync(work, { recursive: true, force: true });
    work = undefined;
    firstMade = undefined;
    process.removeListener('exit', clear);
  }

  function clear(): void {
    if (work !== undefined) rmSync(work, { recursive: true, force: true });
    work = undefined;
    if (firstMade === undefined) return;
    // folders that we made and that are still empty, innermost first
    const stop = dirname(firstMade);
    try {
      for (let at = path; at !== stop; at = dirname(at)) rmdirSync(at);
    } catch {
      // somebody else put something there meanwhile: it stays
    }
    firstMade = undefined;
  }
}
