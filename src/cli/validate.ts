import type { Command } from 'commander';
import { CancelledError } from '../base/errors.ts';
import { openOutputFolder } from '../node/output-folder.ts';
import { stripChart } from '../validation/strip-chart.ts';
import { validate } from '../validation/validate.ts';
import { validationPage } from '../validation/validation-page.ts';
import { EXIT } from './exit-codes.ts';
import { jsonText } from './printable.ts';
import { progressBar, type Terminal, textWidth } from './terminal.ts';
import { textTable } from './text-table.ts';

interface ValidateOptions {
  readonly only?: string;
  readonly json?: boolean;
  readonly output?: string;
  readonly quiet?: boolean;
}

export function addValidate(program: Command, terminal: Terminal): void {
  program
    .command('validate')
    .description('check the model against published figures, and say what it reproduces and what it does not')
    .option('--only <ids>', 'some checks only, for example A-11,A-12')
    .option('--json', 'print JSON')
    .option('-o, --output <folder>', 'write validation.md and its picture there')
    .option('--quiet', 'no progress')
    .action(async (options: ValidateOptions) => {
      const folder = options.output === undefined ? undefined : openOutputFolder(options.output);
      const bar = progressBar(process.stderr, options.quiet === true);
      try {
        const only = options.only?.split(',').map((id) => id.trim().toUpperCase());
        const checked = await validate({ report: (e) => bar.report(e), signal: terminal.signal }, only);
        bar.end();
        folder?.write(
          new Map([
            ['validation.svg', stripChart(checked)],
            ['validation.md', validationPage(checked, 'validation.svg')],
          ]),
        );
        if (options.json === true) return await terminal.out(jsonText(checked));
        const rows = checked.map((c) => [
          c.id,
          c.verdict + (c.independent || c.verdict === 'not tested' ? '' : ' *'),
          c.outcome.figures
            .map((f) => `${f.value} (${Number(f.low.toPrecision(3))}–${Number(f.high.toPrecision(3))}) ${f.unit}`)
            .join('; '),
          c.title,
        ]);
        await terminal.out(textTable(['Id', 'Verdict', 'Model (accepted)', 'Check'], rows, textWidth()));
        terminal.say(
          '* a constant was chosen with it in view, or a formula is checked against itself: no independent check.',
        );
      } catch (error) {
        bar.end();
        if (!(error instanceof CancelledError)) throw error;
        terminal.say('Stopped before all checks were computed: nothing is written.');
        process.exitCode = EXIT.interrupted;
      } finally {
        folder?.discard();
      }
    });
}
