import { CancelledError, InputError, OutputError } from '../base/errors.ts';
import { besideFingers } from '../findings/make-result.ts';
import type { Result } from '../findings/result.ts';
import { type OutputFolder, openOutputFolder } from '../node/output-folder.ts';
import { pressFiles } from '../node/press-files.ts';
import type { Scenario } from '../press/scenario.ts';
import { trainedHands } from '../press/trained-hands.ts';
import { run } from '../run.ts';
import { noteText } from '../words/note-text.ts';
import { askFirstText } from './ask-first.ts';
import { ensemblePool } from './ensemble-pool.ts';
import { EXIT } from './exit-codes.ts';
import { centralText } from './findings-table.ts';
import { printableAll } from './printable.ts';
import { readScenario, type ScenarioFlags } from './scenario-flags.ts';
import { type ProgressBar, progressBar, type Terminal, textWidth } from './terminal.ts';

export interface ComputeOptions {
  /** Folder for the result files; none are written without it. */
  readonly output?: string | undefined;
  readonly quiet?: boolean | undefined;
  /** Says who should ask first, as soon as the input is known to be good and before anything is computed. */
  readonly askFirst?: boolean | undefined;
  /** Trained fingertips on the same body too, to compare with. */
  readonly hands?: boolean | undefined;
}

export interface Computed {
  readonly result: Result;
  /** Whether the files that were asked for stand in their folder; undefined when none were. */
  readonly written: boolean | undefined;
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
): Promise<Computed | undefined> {
  // everything that can be wrong with the input is asked for before anything is computed or written
  const { scenario, files, notes } = readScenario(path, flags);
  const folder = options.output === undefined ? undefined : openOutputFolder(options.output);
  if (options.askFirst === true) terminal.say(`${askFirstText(terminal.speaker)}\n`);
  const bar = progressBar(process.stderr, options.quiet === true, terminal.speaker);
  const onStop = (): void => {
    bar.end();
    terminal.say(terminal.speaker.say('cli.stopping'));
  };
  terminal.signal.addEventListener('abort', onStop);
  try {
    const { press, result: alone } = await run(
      scenario,
      {
        files,
        notes,
        ensemble: ensemblePool(files),
        onCentral: options.quiet === true ? undefined : ({ result }) => tellCentral(result, bar, terminal),
      },
      { report: (event) => bar.report(event), signal: terminal.signal },
    );
    bar.end();
    const hands =
      options.hands === true && !terminal.signal.aborted
        ? await pressWithHands(scenario, options.quiet === true, terminal)
        : undefined;
    const result = hands === undefined ? alone : besideFingers(alone, hands);
    if (terminal.signal.aborted) process.exitCode = EXIT.interrupted;
    else if (!result.solver.converged) process.exitCode = EXIT.notConverged;
    // a full disk at the end takes nothing from who reads the result on the terminal
    const written =
      folder === undefined
        ? undefined
        : writtenTo(folder, pressFiles(press, result, hands, terminal.speaker), terminal);
    return { result, written };
  } catch (error) {
    bar.end();
    if (!(error instanceof CancelledError)) throw error;
    terminal.say(terminal.speaker.say('cli.stopped-early'));
    process.exitCode = EXIT.interrupted;
    return undefined;
  } finally {
    terminal.signal.removeEventListener('abort', onStop);
    folder?.discard();
  }
}

/** The answer in a few lines, while the presses that its ranges come from are computed. */
function tellCentral(result: Result, bar: ProgressBar, terminal: Terminal): void {
  bar.end();
  terminal.say(centralText(printableAll(result), textWidth(), terminal.speaker));
}

/** Writes the files and says so where they could not be written; the exit code says it too. */
function writtenTo(folder: OutputFolder, files: ReadonlyMap<string, Uint8Array | string>, terminal: Terminal): boolean {
  try {
    folder.write(files);
    return true;
  } catch (error) {
    if (!(error instanceof OutputError)) throw error;
    terminal.say(noteText(terminal.speaker, error.note));
    process.exitCode = EXIT.notWritten;
    return false;
  }
}

/** Trained fingertips on the same body, as their family places and loads them; undefined where that cannot be computed. */
async function pressWithHands(scenario: Scenario, quiet: boolean, terminal: Terminal): Promise<Result | undefined> {
  const hands = trainedHands(scenario);
  if (hands === undefined) return undefined;
  const bar = progressBar(process.stderr, quiet, terminal.speaker);
  try {
    const { result } = await run(
      hands,
      {},
      {
        report: (event) => bar.report(event, { name: terminal.speaker.say('cli.hands.phase') }),
        signal: terminal.signal,
      },
    );
    return result;
  } catch (error) {
    if (error instanceof CancelledError) return undefined;
    if (!(error instanceof InputError)) throw error;
    terminal.say(terminal.speaker.say('cli.hands.failed', { reason: noteText(terminal.speaker, error.note) }));
    return undefined;
  } finally {
    bar.end();
  }
}
