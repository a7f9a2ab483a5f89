import type { Command } from 'commander';
import { CancelledError } from '../base/errors.ts';
import { openOutputFolder } from '../node/output-folder.ts';
import { checkedText, verdictText } from '../validation/checked-text.ts';
import { stripChart } from '../validation/strip-chart.ts';
import { validate } from '../validation/validate.ts';
import { validationPage } from '../validation/validation-page.ts';
import { noteText } from '../words/note-text.ts';
import { EXIT } from './exit-codes.ts';
import { keptChecks } from './kept-checks.ts';
import { jsonText } from './printable.ts';
import { progressBar, type Terminal, textWidth } from './terminal.ts';
import { textTable } from './text-table.ts';

interface ValidateOptions {
  readonly only?: string;
  readonly quick?: boolean;
  readonly keep?: string;
  readonly json?: boolean;
  readonly output?: string;
  readonly quiet?: boolean;
}

/** Cells of a quick look, mm: every check in a few minutes, and no verdict on the product. */
const QUICK_CELL = 12;

export function addValidate(program: Command, terminal: Terminal): void {
  const { speaker } = terminal;
  const { say } = speaker;
  program
    .command('validate')
    .description(say('help.validate'))
    .option('--only <ids>', say('help.validate.only'))
    .option('--quick', say('help.validate.quick'))
    .option('--keep <folder>', say('help.validate.keep'))
    .option('--json', say('help.json'))
    .option('-o, --output <folder>', say('help.validate.output'))
    .option('--quiet', say('help.quiet'))
    .action(async (options: ValidateOptions) => {
      const folder = options.output === undefined ? undefined : openOutputFolder(options.output);
      const bar = progressBar(process.stderr, options.quiet === true, speaker);
      try {
        const only = options.only?.split(',').map((id) => id.trim().toUpperCase());
        const quick = options.quick === true ? QUICK_CELL : undefined;
        const kept = options.keep === undefined ? undefined : keptChecks(options.keep, quick);
        const checked = await validate(
          { report: (e) => bar.report(e), signal: terminal.signal },
          { only, quick, known: kept?.known, onChecked: kept?.keep },
        );
        bar.end();
        folder?.write(
          new Map([
            ['validation.svg', stripChart(speaker, checked)],
            ['validation.md', validationPage(speaker, checked, 'validation.svg')],
          ]),
        );
        if (options.json === true)
          return await terminal.out(jsonText(checked.map((each) => checkedText(speaker, each))));
        const rows = checked.map((c) => [
          c.id,
          verdictText(speaker, c.verdict) + (c.independent || c.verdict === 'not tested' ? '' : ' *'),
          c.outcome.figures.map((f) => `${short(f.value)} (${short(f.low)}–${short(f.high)}) ${f.unit}`).join('; '),
          c.other?.outcome.figures.map((f) => short(f.value)).join('; ') ?? '',
          noteText(speaker, c.title),
        ]);
        const heads = [
          say('cli.head.id'),
          say('cli.head.verdict'),
          say('cli.head.model'),
          say('cli.head.other-grid'),
          say('cli.head.check'),
        ];
        await terminal.out(textTable(heads, rows, textWidth()));
        terminal.say(say('cli.validate.star'));
      } catch (error) {
        bar.end();
        if (!(error instanceof CancelledError)) throw error;
        terminal.say(say('cli.stopped-checks'));
        process.exitCode = EXIT.interrupted;
      } finally {
        folder?.discard();
      }
    });
}

const short = (value: number): number => Number(value.toPrecision(3));
