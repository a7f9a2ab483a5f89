import { mkdirSync, rmdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those above it that are missing, one by one: Node's own recursive way never ends where a folder cannot be made
 * at all (under /proc).
 * @returns the folders that were made, outermost first
 * @throws the file system's error; what was made before it is gone again
 */
export function makeFolder(folder: string): string[] {
  const missing: string[] = [];
  for (let at = resolve(folder); !isFolder(at); at = dirname(at)) {
    missing.unshift(at);
    // the root of the file system is its own parent
    if (dirname(at) === at) break;
  }
  const made: string[] = [];
  try {
    for (const each of missing) {
      try {
        mkdirSync(each);
        made.push(each);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        // somebody else may have made it meanwhile; a file or a dead link of that name is in the way
        if (!isFolder(each)) throw Object.assign(new Error(`${each} is no folder`), { code: 'ENOTDIR' });
      }
    }
  } catch (error) {
    removeEmpty(made);
    throw error;
  }
  return made;
}

/** Removes folders as long as they are empty, innermost first. */
export function removeEmpty(made: readonly string[]): void {
  try {
    for (const each of made.toReversed()) rmdirSync(each);
  } catch {
    // somebody put something there: it stays
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
