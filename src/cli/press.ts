import type { Command } from 'commander';
import { withWords } from '../words/result-text.ts';
import { computePress } from './compute-press.ts';
import { findingsTable } from './findings-table.ts';
import { jsonText, printableAll } from './printable.ts';
import { addScenarioFlags, type ScenarioFlags } from './scenario-flags.ts';
import { type Terminal, tableStyle } from './terminal.ts';
import { allowThreads, threadsFlag } from './threads.ts';

interface PressFlags extends ScenarioFlags {
  readonly json?: boolean;
  readonly output?: string;
  readonly quiet?: boolean;
  readonly threads?: string;
  readonly hands: boolean;
}

export function addPress(program: Command, terminal: Terminal): void {
  const { speaker } = terminal;
  const { say } = speaker;
  addScenarioFlags(program.command('press'), speaker)
    .description(say('help.press'))
    .option('--json', say('help.press.json'))
    .option('-o, --output <folder>', say('help.press.output'))
    .option('--no-hands', say('help.no-hands'))
    .option('--quiet', say('help.quiet'))
    .option(...threadsFlag(speaker))
    .action(async (path: string | undefined, options: PressFlags) => {
      allowThreads(options.threads);
      const computed = await computePress(path, options, options, terminal);
      if (computed === undefined) return;
      const { result, written } = computed;
      await terminal.out(
        options.json === true
          ? jsonText(withWords(speaker, result))
          : findingsTable(printableAll(result), { speaker, ...tableStyle() }),
      );
      if (options.output !== undefined && written === true)
        terminal.say(say('cli.written', { folder: options.output }));
    });
}
