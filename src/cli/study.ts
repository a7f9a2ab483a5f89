import { type Command, Option } from 'commander';
import { InputError } from '../base/errors.ts';
import { VERSION } from '../base/version.ts';
import { inEnglish } from '../messages/say.ts';
import { readScan } from '../node/read-scan.ts';
import { parseScenario } from '../press/parse-scenario.ts';
import { readNifti } from '../scan/nifti.ts';
import { checkDesign, nobodysWeight } from '../study/check-design.ts';
import { designStudy, withHashes } from '../study/design.ts';
import type { Engine } from '../study/engine.ts';
import type { LaneOptions, SolverModule } from '../study/lane.node.ts';
import { mergeStudy } from '../study/merge-study.node.ts';
import type { Plan } from '../study/plan.ts';
import { readPlanFile } from '../study/plan-file.node.ts';
import { fittingJobs, poolEngine } from '../study/pool.node.ts';
import { queueEngine } from '../study/queue.node.ts';
import { runStudy, type StudyOutcome, type StudyProgress } from '../study/run-study.node.ts';
import { noteText } from '../words/note-text.ts';
import { EXIT } from './exit-codes.ts';
import { progressBar, type Terminal } from './terminal.ts';

interface StudyOptions {
  readonly output?: string;
  readonly jobs?: string;
  readonly resume?: boolean;
  readonly retryFailed?: boolean;
  readonly csv?: boolean;
  readonly shard?: string;
  readonly caseTimeout?: string;
  readonly queue?: string;
  readonly dryRun?: boolean;
  readonly quiet?: boolean;
  readonly standIn?: string;
}

export function addStudy(program: Command, terminal: Terminal): void {
  const study = program
    .command('study')
    .description('compute many presses: a plan says what varies; results go into one table and one report')
    .argument('<plan>', 'a plan file (see psoascope schema plan, and docs/studies.md)')
    .option('-o, --output <folder>', 'folder for the journal, the tables and the report')
    .option('-j, --jobs <number>', 'worker processes; as many as the machine bears by default')
    .option('--resume', 'go on with a study that was stopped or killed')
    .option('--retry-failed', 'with --resume: try cases again whose worker process died')
    .option('--csv', 'write the tables as CSV too')
    .option('--shard <i/n>', 'compute only the i-th of n parts; psoascope study merge puts them together')
    .option('--case-timeout <seconds>', 'give a case up after this time')
    .option('--queue <url>', 'let the workers of a queue compute, for example redis://localhost:6379')
    .option('--dry-run', 'only say how many cases there are and whether they can be computed')
    .option('--quiet', 'no progress')
    .addOption(standInOption())
    .action(async (path: string, options: StudyOptions) => {
      process.exitCode = await study_(path, options, terminal);
    });
  study
    .command('merge')
    .description('put the shards of a study together: tables, summary and report out of their journals')
    .argument('<folders...>', 'folders that psoascope study --shard wrote')
    .option('-o, --output <folder>', 'where to write; the first folder by default')
    .option('--csv', 'write the tables as CSV too')
    .action((folders: string[], _options: unknown, command: Command) => {
      // the command above knows -o and --csv too and takes them when they come first
      const options = command.optsWithGlobals<{ output?: string; csv?: boolean }>();
      const output = options.output ?? folders[0]!;
      const data = mergeStudy(folders, output, options.csv === true, VERSION);
      const open = data.states.filter((state) => state === 'open').length;
      terminal.say(
        open === 0
          ? `All ${data.states.length} cases are in ${output}; open report.html there.`
          : `${open} of ${data.states.length} cases are missing in ${output}: run their shards with --resume and merge again.`,
      );
      if (open > 0) process.exitCode = EXIT.failed;
    });
}

/** After SIGTERM or a hangup cases may end within this time, ms; a second later the process ends whatever goes on. */
const NEARLY_DONE = 400;

/** Not in the help: for measuring the engine and for its tests. */
export const standInOption = (): Option =>
  new Option(
    '--stand-in <ms>',
    'solve nothing, answer after so many ms: shows what the engine itself costs',
  ).hideHelp();

async function study_(path: string, options: StudyOptions, terminal: Terminal): Promise<number> {
  const plan = withScansPinned(readPlanFile(path), path);
  const design = designStudy(plan, VERSION + (options.standIn === undefined ? '' : '+stand-in'));
  const jobs = options.jobs === undefined ? fittingJobs() : wholeNumber('--jobs', options.jobs, 1, 1024);
  const shard = options.shard === undefined ? undefined : shardOf(options.shard);
  const lane = laneOptions(options);
  const solver = solverModule(options.standIn, path);
  const check = checkDesign(design);
  const cases = `${design.count} case${design.count === 1 ? '' : 's'}`;
  if (check.refused > 0)
    terminal.say(
      `${check.refused} of ${check.looked} cases looked at cannot be computed and will be rows with their reason, for example: ${check.example}`,
    );
  const weight = nobodysWeight(design);
  if (weight !== undefined) terminal.say(noteText(inEnglish, weight));
  if (design.redrawn > 0)
    terminal.say(
      `${design.redrawn} bodies were drawn again because the body model does not reach that far: the population is the survey's as far as it does.`,
    );
  if (options.dryRun === true) {
    terminal.say(`The plan has ${cases}; factors: ${design.columns.map((column) => column.path).join(', ')}.`);
    return EXIT.fine;
  }
  if (options.output === undefined || options.output === '')
    throw new InputError('A study needs a folder for its results: name one with -o, for example -o out/.');
  const engine: Engine =
    options.queue === undefined
      ? poolEngine(solver, jobs, lane)
      : await queueEngine({ url: options.queue, program: design.program, say: (line) => terminal.say(line) });

  const bar = progressBar(process.stderr, options.quiet === true);
  const onStop = (): void => {
    bar.end();
    if (terminal.signal.reason !== 'SIGINT') setTimeout(() => hurry.abort(), NEARLY_DONE);
    else terminal.say('Stopping: cases that were begun are finished and kept; Ctrl-C again ends at once.');
  };
  terminal.signal.addEventListener('abort', onStop);
  // a scheduler's SIGTERM or a terminal that has gone means that there is little time: a moment for what is nearly done, then the tables
  const hurry = new AbortController();
  let begun = options.quiet === true;
  const rate = rateOf();
  try {
    const outcome = await runStudy({
      design,
      folder: options.output,
      engine,
      shard,
      resume: options.resume === true,
      retryFailed: options.retryFailed === true,
      csv: options.csv === true,
      signal: terminal.signal,
      hurry: hurry.signal,
      say: (line) => {
        bar.end();
        terminal.say(line);
      },
      report(progress) {
        if (!begun) terminal.say(`${cases} ${engine.where}.`);
        begun = true;
        bar.report({ phase: 'study', fraction: progress.ended / Math.max(1, progress.of), detail: rate(progress) });
      },
    });
    bar.end();
    return finish(outcome, options, terminal);
  } finally {
    bar.end();
    terminal.signal.removeEventListener('abort', onStop);
  }
}

function finish(outcome: StudyOutcome, options: StudyOptions, terminal: Terminal): number {
  const { cases, failed, notConverged, open, interrupted } = outcome;
  const also = [
    ...(failed > 0 ? [`${failed} gave no result`] : []),
    ...(notConverged > 0 ? [`${notConverged} did not reach their load`] : []),
  ];
  const but = also.length === 0 ? '' : ` (${also.join(', ')}; the table says why)`;
  if (interrupted) {
    terminal.say(`Stopped: ${cases - open} of ${cases} cases are kept in ${options.output}; --resume goes on.`);
    return EXIT.interrupted;
  }
  if (options.shard !== undefined)
    terminal.say(`This shard's ${cases} cases are done${but}; when all are: psoascope study merge ${options.output}`);
  else terminal.say(`All ${cases} cases are in ${options.output}${but}; open report.html there.`);
  return EXIT.fine;
}

/** Words on rate and time left, from the last minutes: cases differ, and a machine may get busy. */
function rateOf(): (progress: StudyProgress) => string {
  const marks: { at: number; here: number }[] = [];
  return ({ ended, of, failed, here, seconds }) => {
    marks.push({ at: seconds, here });
    while (marks.length > 2 && (seconds - marks[0]!.at > 300 || marks.length > 400)) marks.shift();
    const first = marks[0]!;
    const perSecond = seconds > first.at ? (here - first.here) / (seconds - first.at) : 0;
    const words = [`${ended} of ${of}`];
    if (failed > 0) words.push(`${failed} failed`);
    if (perSecond > 0) words.push(`${Math.round(3600 * perSecond)}/h`, `${duration((of - ended) / perSecond)} left`);
    return words.join(', ');
  };
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/**
 * A scan is known by its content: another file under the same name makes another study.
 * @throws InputError when a scan that the plan names cannot be read or is another one than the plan says
 */
function withScansPinned(plan: Plan, path: string): Plan {
  const varied = Object.keys(plan.vary).some((key) => /^(scan|scenario)(\.|$)/.test(key));
  if (plan.base.scan === undefined && !varied) return plan;
  const scans: Record<string, string> = {};
  const seen = new Set<string>();
  const design = designStudy(plan, '');
  for (let run = 0; run < (varied ? design.count : 1); run++) {
    const scan = varied
      ? design.at(run).scenario?.scan
      : parseScenario(withHashes({ scan: plan.base.scan }, plan.scans), `${path}: base`).scan;
    const key = JSON.stringify(scan);
    if (scan === undefined || seen.has(key)) continue;
    seen.add(key);
    const { scenario, files, notes } = readScan(parseScenario({ scan }, `${path}: base`), path);
    if (notes.length > 0) throw new InputError(`${path}: ${noteText(inEnglish, notes[0]!)}`);
    if (files?.ct !== undefined) readNifti(files.ct.bytes, files.ct.name);
    if (files?.labels !== undefined && 'bytes' in files.labels) readNifti(files.labels.bytes, files.labels.name);
    if (scan.ct !== undefined) scans[scan.ct] = scenario.scan!.ctHash!;
    if (scan.labels !== undefined) scans[scan.labels] = scenario.scan!.labelsHash!;
    // the name of a numbering has no content to pin
    if (scan.labelTable !== undefined && scenario.scan!.labelTableHash !== undefined)
      scans[scan.labelTable] = scenario.scan!.labelTableHash;
  }
  return { ...plan, scans };
}

/** The module that worker processes load. */
export function solverModule(standIn: string | undefined, planPath?: string): SolverModule {
  if (standIn === undefined) return { url: new URL('./study-solver.js', import.meta.url).href, setup: { planPath } };
  return {
    url: new URL('./stand-in-solver.js', import.meta.url).href,
    setup: { delay_ms: wholeNumber('--stand-in', standIn, 0, 3_600_000) },
  };
}

export function laneOptions({ caseTimeout }: { readonly caseTimeout?: string }): LaneOptions {
  return caseTimeout === undefined ? {} : { caseTimeout_s: wholeNumber('--case-timeout', caseTimeout, 1, 1_000_000) };
}

function shardOf(text: string): { index: number; of: number } {
  const match = /^(\d+)\/(\d+)$/.exec(text.trim());
  const index = Number(match?.[1]);
  const of = Number(match?.[2]);
  if (!(index >= 1 && index <= of && of <= 100_000))
    throw new InputError(`--shard takes i/n with i from 1 to n, for example 3/16, not ${text}.`);
  return { index, of };
}

export function wholeNumber(flag: string, text: string, from: number, to: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text.trim()) || value < from || value > to)
    throw new InputError(`${flag} must be a whole number from ${from} to ${to}, not ${text}.`);
  return value;
}
