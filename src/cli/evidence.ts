import type { Command } from 'commander';
import { ALL_EVIDENCE, CONFIDENCE_MEANING, type Evidence, evidence } from '../evidence/evidence.ts';
import type { WholeSpeaker } from '../messages/say.ts';
import { jsonText } from './printable.ts';
import { type Terminal, textWidth } from './terminal.ts';
import { textTable, wrap } from './text-table.ts';

export function addEvidence(program: Command, terminal: Terminal): void {
  const { speaker } = terminal;
  const { say } = speaker;
  program
    .command('evidence')
    .description(say('help.evidence'))
    .argument('[id]', say('help.evidence.id'))
    .option('--json', say('help.json'))
    .action(async (id: string | undefined, options: { json?: boolean }) => {
      const found = id === undefined ? ALL_EVIDENCE : evidence(id);
      if (options.json === true) return terminal.out(jsonText(found));
      if (id !== undefined) return terminal.out(explain(speaker, evidence(id)));
      const rows = ALL_EVIDENCE.map((row) => [row.id, row.quantity]);
      await terminal.out(textTable([say('cli.head.id'), say('cli.head.figure')], rows, textWidth()));
    });
}

function explain({ say }: WholeSpeaker, row: Evidence): string {
  const lines: [string, string][] = [
    [say('cli.evidence.figure'), row.quantity],
    [say('cli.evidence.value'), [row.text, row.unit].filter((part) => part !== '').join(' ')],
    [say('cli.evidence.range'), row.range],
    [say('cli.evidence.holds'), row.condition],
    [say('cli.evidence.source'), row.citation],
    ['DOI', row.doi === undefined ? '' : `https://doi.org/${row.doi}`],
    [say('cli.evidence.standing'), CONFIDENCE_MEANING[row.confidence]],
    [say('cli.evidence.note'), row.note ?? ''],
  ];
  const column = Math.max(...lines.map(([name]) => name.length)) + 2;
  const body = lines
    .filter(([, text]) => text !== '')
    .map(([name, text]) => name.padEnd(column) + wrap(text, textWidth() - column).join(`\n${' '.repeat(column)}`));
  return `${[row.id, ...body].join('\n')}\n`;
}
