import { type Command, Option } from 'commander';
import { InputError } from '../base/errors.ts';
import type { Note } from '../base/note.ts';
import { tell } from '../base/told.ts';
import { VERSION } from '../base/version.ts';
import { CLI_ERRORS } from '../messages/errors/cli.data.ts';
import type { WholeSpeaker } from '../messages/say.ts';
import { readScan } from '../node/read-scan.ts';
import { parseScenario } from '../press/parse-scenario.ts';
import { readNifti } from '../scan/nifti.ts';
import { toldNote } from '../scan/told-note.ts';
import { checkDesign, nobodysWeight } from '../study/check-design.ts';
import { designStudy, withHashes } from '../study/design.ts';
import type { StudyEngine } from '../study/engine.ts';
import { mergeStudy } from '../study/merge-study.node.ts';
import type { Plan } from '../study/plan.ts';
import { readPlanFile } from '../study/plan-file.node.ts';
import { fittingJobs, poolEngine } from '../study/pool.node.ts';
import { queueEngine } from '../study/queue.node.ts';
import { runStudy, type StudyOutcome, type StudyProgress } from '../study/run-study.node.ts';
import type { CaseWorkerOptions, SolverModule } from '../study/worker-process.node.ts';
import { noteText } from '../words/note-text.ts';
import { EXIT } from './exit-codes.ts';
import { wholeNumber } from './scenario-flags.ts';
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
  const { speaker } = terminal;
  const { say } = speaker;
  const study = program
    .command('study')
    .description(say('help.study'))
    .argument('<plan>', say('help.study.plan'))
    .option('-o, --output <folder>', say('help.study.output'))
    .option('-j, --jobs <number>', say('help.study.jobs'))
    .option('--resume', say('help.study.resume'))
    .option('--retry-failed', say('help.study.retry-failed'))
    .option('--csv', say('help.csv'))
    .option('--shard <i/n>', say('help.study.shard'))
    .option('--case-timeout <seconds>', say('help.case-timeout'))
    .option('--queue <url>', say('help.study.queue'))
    .option('--dry-run', say('help.study.dry-run'))
    .option('--quiet', say('help.quiet'))
    .addOption(standInOption(speaker))
    .action(async (path: string, options: StudyOptions) => {
      process.exitCode = await study_(path, options, terminal);
    });
  study
    .command('merge')
    .description(say('help.merge'))
    .argument('<folders...>', say('help.merge.folders'))
    .option('-o, --output <folder>', say('help.merge.output'))
    .option('--csv', say('help.csv'))
    .action((folders: string[], _options: unknown, command: Command) => {
      // the command above knows -o and --csv too and takes them when they come first
      const options = command.optsWithGlobals<{ output?: string; csv?: boolean }>();
      const output = options.output ?? folders[0]!;
      const data = mergeStudy(folders, output, options.csv === true, VERSION);
      const open = data.states.filter((state) => state === 'open').length;
      const cases = data.states.length;
      terminal.say(
        open === 0
          ? say('cli.study.done', { cases, folder: output, but: '' })
          : say('cli.study.missing', { open, cases, folder: output }),
      );
      if (open > 0) process.exitCode = EXIT.failed;
    });
}

/** After SIGTERM or a hangup cases may end within this time, ms; a second later the process ends whatever goes on. */
const NEARLY_DONE = 400;

/** Not in the help: for measuring the engine and for its tests. */
export const standInOption = ({ say }: WholeSpeaker): Option =>
  new Option('--stand-in <ms>', say('help.stand-in')).hideHelp();

async function study_(path: string, options: StudyOptions, terminal: Terminal): Promise<number> {
  const plan = withScansPinned(readPlanFile(path), path);
  const design = designStudy(plan, VERSION + (options.standIn === undefined ? '' : '+stand-in'));
  const jobs = options.jobs === undefined ? fittingJobs() : wholeNumber('--jobs', options.jobs, 1, 1024);
  const shard = options.shard === undefined ? undefined : shardOf(options.shard);
  const caseWorker = caseWorkerOptions(options);
  const solver = solverModule(options.standIn, path);
  const check = checkDesign(design);
  const { speaker } = terminal;
  const { say } = speaker;
  const cases = say('cli.study.cases', { count: design.count });
  if (check.refused > 0)
    terminal.say(
      say('cli.study.refused', {
        refused: check.refused,
        looked: check.looked,
        example: check.example === undefined ? '' : noteText(speaker, check.example),
      }),
    );
  const weight = nobodysWeight(design);
  if (weight !== undefined) terminal.say(noteText(speaker, weight));
  if (design.redrawn > 0) terminal.say(say('cli.study.redrawn', { count: design.redrawn }));
  if (options.dryRun === true) {
    const factors = design.columns.map((column) => column.path).join(', ');
    terminal.say(say('cli.study.plan-has', { cases, factors }));
    return EXIT.fine;
  }
  if (options.output === undefined || options.output === '')
    throw new InputError(tell(CLI_ERRORS, 'error.cli.no-output'));
  const engine: StudyEngine =
    options.queue === undefined
      ? poolEngine(solver, jobs, caseWorker)
      : await queueEngine({
          url: options.queue,
          program: design.program,
          say: (line) => terminal.say(noteText(speaker, line)),
        });

  const bar = progressBar(process.stderr, options.quiet === true, speaker);
  const onStop = (): void => {
    bar.end();
    if (terminal.signal.reason !== 'SIGINT') setTimeout(() => hurry.abort(), NEARLY_DONE);
    else terminal.say(say('cli.study.stopping'));
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
        terminal.say(noteText(speaker, line));
      },
      report(progress) {
        if (!begun) terminal.say(say('cli.study.begins', { cases, where: noteText(speaker, engine.where) }));
        begun = true;
        const fraction = progress.ended / Math.max(1, progress.of);
        bar.report({ phase: 'phase.study', fraction, detail: rate(progress) });
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
  const { say, list } = terminal.speaker;
  const folder = options.output!;
  const also = [
    ...(failed > 0 ? [say('cli.study.no-result', { count: failed })] : []),
    ...(notConverged > 0 ? [say('cli.study.no-load', { count: notConverged })] : []),
  ];
  const but = also.length === 0 ? '' : ` ${say('cli.study.but', { but: list(also) })}`;
  if (interrupted) {
    terminal.say(say('cli.study.stopped', { kept: cases - open, cases, folder }));
    return EXIT.interrupted;
  }
  if (options.shard !== undefined) terminal.say(say('cli.study.shard-done', { cases, but, folder }));
  else terminal.say(say('cli.study.done', { cases, folder, but }));
  return EXIT.fine;
}

/** Rate and time left, from the last minutes: cases differ, and a machine may get busy. */
function rateOf(): (progress: StudyProgress) => Note {
  const marks: { at: number; here: number }[] = [];
  return ({ ended, of, failed, here, seconds }) => {
    marks.push({ at: seconds, here });
    while (marks.length > 2 && (seconds - marks[0]!.at > 300 || marks.length > 400)) marks.shift();
    const first = marks[0]!;
    const perSecond = seconds > first.at ? (here - first.here) / (seconds - first.at) : 0;
    const pace = perSecond > 0 ? Math.round(3600 * perSecond) : 'none';
    const left = perSecond > 0 ? duration((of - ended) / perSecond) : '';
    return { id: 'cli.study.progress', values: { ended, of, failed, pace, left } };
  };
}

function duration(seconds: number): Note {
  if (seconds < 90) return { id: 'cli.duration.seconds', values: { seconds: Math.round(seconds) } };
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return { id: 'cli.duration.minutes', values: { minutes } };
  return { id: 'cli.duration.hours', values: { hours: Math.floor(minutes / 60), minutes: minutes % 60 } };
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
    if (notes.length > 0) throw new InputError(tell(CLI_ERRORS, 'error.cli.in', { path, what: toldNote(notes[0]!) }));
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

export function caseWorkerOptions({ caseTimeout }: { readonly caseTimeout?: string }): CaseWorkerOptions {
  return caseTimeout === undefined ? {} : { caseTimeout_s: wholeNumber('--case-timeout', caseTimeout, 1, 1_000_000) };
}

function shardOf(text: string): { index: number; of: number } {
  const match = /^(\d+)\/(\d+)$/.exec(text.trim());
  const index = Number(match?.[1]);
  const of = Number(match?.[2]);
  if (!(index >= 1 && index <= of && of <= 100_000))
    throw new InputError(tell(CLI_ERRORS, 'error.flag.shard', { got: text }));
  return { index, of };
}
