import type { Command } from 'commander';
import { VERSION } from '../base/version.ts';
import { fittingJobs } from '../study/pool.node.ts';
import { serveQueue } from '../study/queue.node.ts';
import { noteText } from '../words/note-text.ts';
import { wholeNumber } from './scenario-flags.ts';
import { caseWorkerOptions, solverModule, standInOption } from './study.ts';
import type { Terminal } from './terminal.ts';

interface WorkerOptions {
  readonly queue: string;
  readonly jobs?: string;
  readonly caseTimeout?: string;
  readonly lock?: string;
  readonly standIn?: string;
}

export function addWorker(program: Command, terminal: Terminal): void {
  const { say } = terminal.speaker;
  program
    .command('worker')
    .description(say('help.worker'))
    .requiredOption('--queue <url>', say('help.worker.queue'))
    .option('-j, --jobs <number>', say('help.worker.jobs'))
    .option('--case-timeout <seconds>', say('help.case-timeout'))
    .option('--lock <seconds>', say('help.worker.lock'), '30')
    .addOption(standInOption(terminal.speaker))
    .action(async (options: WorkerOptions) => {
      const jobs = options.jobs === undefined ? fittingJobs() : wholeNumber('--jobs', options.jobs, 1, 1024);
      const lock_s = wholeNumber('--lock', options.lock ?? '30', 2, 3600);
      const version = VERSION + (options.standIn === undefined ? '' : '+stand-in');
      const onStop = (): void => terminal.say(say('cli.worker.stopping'));
      terminal.signal.addEventListener('abort', onStop);
      const computed = await serveQueue({
        url: options.queue,
        program: version,
        solver: solverModule(options.standIn),
        jobs,
        caseWorker: caseWorkerOptions(options),
        lock_s,
        signal: terminal.signal,
        say: (line) => terminal.say(noteText(terminal.speaker, line)),
        ready: () => terminal.say(say('cli.worker.ready', { version, jobs })),
      });
      terminal.say(say('cli.worker.done', { count: computed }));
    });
}
