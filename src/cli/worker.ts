import type { Command } from 'commander';
import { VERSION } from '../base/version.ts';
import { fittingJobs } from '../study/pool.node.ts';
import { serveQueue } from '../study/queue.node.ts';
import { laneOptions, solverModule, standInOption, wholeNumber } from './study.ts';
import type { Terminal } from './terminal.ts';

interface WorkerOptions {
  readonly queue: string;
  readonly jobs?: string;
  readonly caseTimeout?: string;
  readonly lock?: string;
  readonly standIn?: string;
}

export function addWorker(program: Command, terminal: Terminal): void {
  program
    .command('worker')
    .description('compute the cases of studies that other machines put into a queue (see psoascope study --queue)')
    .requiredOption('--queue <url>', 'the queue, for example redis://localhost:6379')
    .option('-j, --jobs <number>', 'cases at a time; as many as the machine bears by default')
    .option('--case-timeout <seconds>', 'give a case up after this time')
    .option('--lock <seconds>', 'without a sign of life for this time, its cases go to another worker', '30')
    .addOption(standInOption())
    .action(async (options: WorkerOptions) => {
      const jobs = options.jobs === undefined ? fittingJobs() : wholeNumber('--jobs', options.jobs, 1, 1024);
      const lock_s = wholeNumber('--lock', options.lock ?? '30', 2, 3600);
      const version = VERSION + (options.standIn === undefined ? '' : '+stand-in');
      const onStop = (): void => terminal.say('Stopping: cases that were begun are finished first.');
      terminal.signal.addEventListener('abort', onStop);
      const computed = await serveQueue({
        url: options.queue,
        program: version,
        solver: solverModule(options.standIn),
        jobs,
        lane: laneOptions(options),
        lock_s,
        signal: terminal.signal,
        say: (line) => terminal.say(line),
        ready: () =>
          terminal.say(`Waiting for cases of version ${version}, ${jobs} at a time; Ctrl-C or SIGTERM ends it.`),
      });
      terminal.say(`${computed} case${computed === 1 ? '' : 's'} computed.`);
    });
}
