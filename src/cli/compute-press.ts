import { CancelledError } from '../base/errors.ts';
import type { Result } from '../findings/result.ts';
import { parseScenario } from '../press/parse-scenario.ts';
import { run } from '../run.ts';
import { ensemblePool } from './ensemble-pool.ts';
import { EXIT } from './exit-codes.ts';
import { openOutputFolder } from './output-folder.ts';
import { pressFiles } from './press-files.ts';
import { readScan } from './read-scan.ts';
import { readScenarioFile, type ScenarioFlags, withFlags } from './scenario-flags.ts';
import { progressBar, type Terminal } from './terminal.ts';
import { programVersion } from './version.ts';

export interface ComputeOptions {
  /** Folder for the result files; none are written without it. */
  readonly output?: string | undefined;
  readonly quiet?: boolean | undefined;
}

/**
 * Computes the press that a scenario file and flags describe, with progress on the terminal, and writes its files.
 * Sets the process's exit code when the press did not converge or was stopped.
 * @returns undefined when it was stopped before the first step had converged: then nothing is written.
 */
export async function computePress(
  path: string | undefined,
  flags: ScenarioFlags,
  options: ComputeOptions,
  terminal: Terminal,
): Promise<Result | undefined> {
  // everything that can be wrong with the input is asked for before anything is computed or written
  const raw = withFlags(path === undefined ? {} : readScenarioFile(path), flags);
  const { scenario, files, notes } = readScan(parseScenario(raw, path), path);
  const folder = options.output === undefined ? undefined : openOutputFolder(options.output);
  const bar = progressBar(process.stderr, options.quiet === true);
  const onStop = (): void => {
    bar.end();
    terminal.say('Stopping and keeping what is finished; Ctrl-C again ends at once.');
  };
  terminal.signal.addEventListener('abort', onStop);
  try {
    const { press, result } = await run(
      scenario,
      {
        files,
        notes,
        ensemble: ensemblePool(files),
        version: programVersion(),
        platform: `node ${process.version} ${process.platform}-${process.arch}`,
      },
      { report: (event) => bar.report(event), signal: terminal.signal },
    );
    bar.end();
    folder?.write(pressFiles(press, result));
    if (!result.solver.converged) process.exitCode = terminal.signal.aborted ? EXIT.interrupted : EXIT.notConverged;
    return result;
  } catch (error) {
    bar.end();
    if (!(error instanceof CancelledError)) throw error;
    terminal.say('Stopped before the first step of the press was finished: there is nothing to keep.');
    process.exitCode = EXIT.interrupted;
    return undefined;
  } finally {
    terminal.signal.removeEventListener('abort', onStop);
    folder?.discard();
  }
}
