import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError, OutputError } from '../base/errors.ts';
import { hashOf } from '../base/hash.ts';
import { makeFolder, removeEmpty } from '../base/make-folder.node.ts';
import { type Told, tell } from '../base/told.ts';
import { VERSION } from '../base/version.ts';
import { clearLeftBehind, writeWhole } from '../base/write-whole.node.ts';
import { CLI_ERRORS } from '../messages/errors/cli.data.ts';
import { whyNot } from '../node/why-not.ts';
import type { Checked } from '../validation/anchor.ts';
import { codeHash } from './code-hash.ts';

/** Checks that were computed earlier, a file each, so that a run that was stopped goes on where it was. */
export interface KeptChecks {
  known(id: string): Checked | undefined;
  /** @throws OutputError when it cannot be written */
  keep(checked: Checked): void;
}

/** What a file holds: other code and other grids have other figures. */
interface Kept {
  readonly version: string;
  /** Hash of the program that has computed it. */
  readonly code: string;
  readonly quick?: number;
  /** Of the check, as it is written here: a damaged or mended file is no answer. */
  readonly hash: string;
  readonly checked: Checked;
}

/**
 * Opens a folder of kept checks; it is made with the first of them. What cannot be read there is computed anew.
 * @throws InputError, before anything is computed, when the folder cannot be made or written to
 */
export function keptChecks(folder: string, quick: number | undefined, code = codeHash()): KeptChecks {
  const file = (id: string): string => join(folder, `${id}.json`);
  const unkept = (error: unknown): Told => tell(CLI_ERRORS, 'error.cli.keep', { folder, why: whyNot(error) });
  try {
    const made = makeFolder(folder);
    accessSync(folder, constants.W_OK);
    clearLeftBehind(folder);
    removeEmpty(made);
  } catch (error) {
    throw new InputError(unkept(error));
  }
  return {
    known(id) {
      if (!existsSync(file(id))) return undefined;
      try {
        const kept = JSON.parse(readFileSync(file(id), 'utf8')) as Kept;
        const { checked } = kept;
        const whole = kept.hash === hashOf(JSON.stringify(checked)) && checked.id === id;
        const same = kept.version === VERSION && kept.code === code && kept.quick === quick;
        return whole && same ? checked : undefined;
      } catch {
        return undefined;
      }
    },
    keep(checked) {
      const hash = hashOf(JSON.stringify(checked));
      const kept: Kept = { version: VERSION, code, ...(quick !== undefined && { quick }), hash, checked };
      try {
        makeFolder(folder);
        writeWhole(file(checked.id), `${JSON.stringify(kept)}\n`);
      } catch (error) {
        throw new OutputError(unkept(error));
      }
    },
  };
}
