import type { Command } from 'commander';
import { inEnglish } from '../messages/say.ts';
import { withWords } from '../words/result-text.ts';
import { computePress } from './compute-press.ts';
import { findingsTable } from './findings-table.ts';
import { jsonText, printableAll } from './printable.ts';
import { addScenarioFlags, type ScenarioFlags } from './scenario-flags.ts';
import { type Terminal, tableStyle } from './terminal.ts';
import { allowThreads, THREADS_FLAG } from './threads.ts';

interface PressOptions extends ScenarioFlags {
  readonly json?: boolean;
  readonly output?: string;
  readonly quiet?: boolean;
  readonly threads?: string;
  readonly hands: boolean;
}

export function addPress(program: Command, terminal: Terminal): void {
  addScenarioFlags(program.command('press'))
    .description('press a tool on a body and say what it presses on')
    .option('--json', 'print the whole result as JSON')
    .option(
      '-o, --output <folder>',
      'write result.json, report.html, the force-depth curve, the fields and the pictures there',
    )
    .option('--no-hands', 'leave out trained fingertips on the same body, which the press is compared with')
    .option('--quiet', 'no progress')
    .option(...THREADS_FLAG)
    .action(async (path: string | undefined, options: PressOptions) => {
      allowThreads(options.threads);
      const computed = await computePress(path, options, options, terminal);
      if (computed === undefined) return;
      const { result, written } = computed;
      await terminal.out(
        options.json === true
          ? jsonText(withWords(inEnglish, result))
          : findingsTable(printableAll(result), tableStyle()),
      );
      if (options.output !== undefined && written === true)
        terminal.say(inEnglish.say('cli.written', { folder: options.output }));
    });
}
