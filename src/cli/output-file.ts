import { existsSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { InputError, OutputError } from '../base/errors.ts';
import { tell } from '../base/told.ts';
import { clearLeftBehind, openBeside } from '../base/write-whole.node.ts';
import { CLI_ERRORS } from '../messages/errors/cli.data.ts';
import { keptElsewhere } from '../node/output-folder.ts';
import { whyNot } from '../node/why-not.ts';

/** A file that a run will write: the older one stays until the new one is whole. */
export interface OutputFile {
  /** @throws OutputError when that fails: what stood there stays, and the content is kept elsewhere if there is any room */
  write(content: Uint8Array | string): void;
  /** Removes what was prepared and not used. */
  discard(): void;
}

/**
 * Makes sure, before anything is computed, that a file can be written.
 * @throws InputError when it cannot
 */
export function openOutputFile(path: string): OutputFile {
  const folder = dirname(path);
  const there = existsSync(path) ? statSync(path) : undefined;
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new InputError(tell(CLI_ERRORS, 'error.cli.no-folder', { folder }));
  if (there?.isDirectory()) throw new InputError(tell(CLI_ERRORS, 'error.cli.is-folder', { path }));
  // a pipe or a device (/dev/stdout) is written to as it is: nothing may take its place
  if (there !== undefined && !there.isFile())
    return { write: (content) => attempt(path, content, () => writeFileSync(path, content)), discard: () => undefined };
  try {
    clearLeftBehind(folder);
    const file = openBeside(path);
    return {
      write: (content) =>
        attempt(path, content, () => {
          try {
            file.write(typeof content === 'string' ? Buffer.from(content) : content);
            file.finish();
          } finally {
            file.discard();
          }
        }),
      discard: file.discard,
    };
  } catch (error) {
    throw new InputError(tell(CLI_ERRORS, 'error.cli.unwritable', { path, why: whyNot(error) }));
  }
}

function attempt(path: string, content: Uint8Array | string, write: () => void): void {
  try {
    write();
  } catch (error) {
    const what = keptElsewhere(new Map([[basename(path), content]]));
    throw new OutputError(tell(CLI_ERRORS, 'error.cli.lost', { path, why: whyNot(error), what }));
  }
}
