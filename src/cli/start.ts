import type { Command } from 'commander';
import { findingsTable } from '../findings/table.ts';
import { computePress } from './compute-press.ts';
import { addScenarioFlags, type ScenarioFlags } from './scenario-flags.ts';
import { portOf, serveUntilStopped } from './serve.ts';
import { type Terminal, tableStyle } from './terminal.ts';

interface StartOptions extends ScenarioFlags {
  readonly output: string;
  readonly serve: boolean;
  readonly port: string;
  readonly quiet?: boolean;
}

/** The main job: one press with everything at its default, its table, its report, and the report in a browser. */
export function addStart(program: Command, terminal: Terminal): void {
  addScenarioFlags(program.command('start'))
    .description('compute the default press, print the findings, write the report and show it')
    .option('-o, --output <folder>', 'folder for the report', 'out')
    .option('--no-serve', 'end after writing')
    .option('--port <number>', 'port for showing the report; 0 takes a free one', '0')
    .option('--quiet', 'no progress')
    .action(async (path: string | undefined, options: StartOptions) => {
      const port = portOf(options.port);
      const result = await computePress(path, options, options, terminal);
      if (result === undefined) return;
      await terminal.out(findingsTable(result, tableStyle()));
      terminal.say(`Written to ${options.output}; the report is ${options.output}/report.html.`);
      // nobody watches without a terminal, so nothing waits there
      if (options.serve && terminal.interactive && !terminal.signal.aborted)
        await serveUntilStopped(options.output, port, terminal);
    });
}
