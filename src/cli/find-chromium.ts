import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { InputError } from '../base/errors.ts';
import { tell } from '../base/told.ts';
import { CLI_ERRORS } from '../messages/errors/cli.data.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * The Chromium that doctor, the browser tests and `.ci/run` use: `CHROMIUM_PATH` where it is set, else the first on the
 * search path that starts and says its version.
 * @returns undefined where there is none
 * @throws InputError where `CHROMIUM_PATH` is set and names no Chromium: another one in its place would hide the slip
 */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const wanted = env.CHROMIUM_PATH ?? '';
  if (wanted !== '') {
    if (isChromium(wanted)) return wanted;
    throw new InputError(tell(CLI_ERRORS, 'error.cli.chromium', { path: wanted, names: NAMES.slice(0, 3).join(', ') }));
  }
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isChromium);
}

/** Whether a program says a version as Chromium and its kin do, with four numbers: a stand-in that only exits well is none. */
function isChromium(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
  } catch {
    return false;
  }
  const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return /\b\d+\.\d+\.\d+\.\d+\b/.test(stdout ?? '');
}
