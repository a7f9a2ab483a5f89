import type { Command } from 'commander';
import { computePress } from './compute-press.ts';
import { findingsTable } from './findings-table.ts';
import { printableAll } from './printable.ts';
import { addScenarioFlags, type ScenarioFlags } from './scenario-flags.ts';
import { portOf, startServing } from './serve.ts';
import { type Terminal, tableStyle } from './terminal.ts';
import { allowThreads } from './threads.ts';

interface StartOptions extends ScenarioFlags {
  readonly output: string;
  readonly serve: boolean;
  readonly port: string;
  readonly quiet?: boolean;
  readonly hands: boolean;
}

/** The main job: one press with everything at its default, its table, its report, and the report in a browser. */
export function addStart(program: Command, terminal: Terminal): void {
  const { speaker } = terminal;
  const { say } = speaker;
  addScenarioFlags(program.command('start'), speaker)
    .description(say('help.start'))
    .option('-o, --output <folder>', say('help.start.output'), 'out')
    .option('--no-serve', say('help.start.no-serve'))
    .option('--port <number>', say('help.port'), '0')
    .option('--no-hands', say('help.no-hands'))
    .option('--quiet', say('help.start.quiet'))
    .action(async (path: string | undefined, options: StartOptions) => {
      const port = portOf(options.port);
      allowThreads(undefined);
      // nobody watches without a terminal, so nothing waits there
      const serves = options.serve && terminal.interactive;
      const serving = serves ? await startServing(options.output, port, terminal) : undefined;
      try {
        const computed = await computePress(path, options, { ...options, askFirst: options.quiet !== true }, terminal);
        if (computed !== undefined) {
          const { result, written } = computed;
          await terminal.out(findingsTable(printableAll(result), { speaker, ...tableStyle() }));
          const served = serving === undefined ? 'no' : `${serving.url}out/`;
          if (written === true) terminal.say(say('cli.written.start', { folder: options.output, served }));
        }
      } catch (error) {
        // an open server would keep the process, and the sentence about what went wrong would end nothing
        serving?.close();
        throw error;
      }
      if (serving !== undefined) await serving.untilStopped();
    });
}
