import type { Command } from 'commander';
import { ALL_EVIDENCE, CONFIDENCE_MEANING, type Evidence, evidence } from '../evidence/evidence.ts';
import { jsonText } from './printable.ts';
import { type Terminal, textWidth } from './terminal.ts';
import { textTable, wrap } from './text-table.ts';

export function addEvidence(program: Command, terminal: Terminal): void {
  program
    .command('evidence')
    .description('list every figure that goes in, or explain one of them')
    .argument('[id]', 'id of a figure, for example H-04')
    .option('--json', 'print JSON')
    .action(async (id: string | undefined, options: { json?: boolean }) => {
      const found = id === undefined ? ALL_EVIDENCE : evidence(id);
      if (options.json === true) return terminal.out(jsonText(found));
      if (id !== undefined) return terminal.out(explain(evidence(id)));
      const rows = ALL_EVIDENCE.map((row) => [row.id, row.quantity]);
      await terminal.out(textTable(['Id', 'Figure'], rows, textWidth()));
    });
}

function explain(row: Evidence): string {
  const lines: [string, string][] = [
    ['Figure', row.quantity],
    ['Value', [row.text, row.unit].filter((part) => part !== '').join(' ')],
    ['Range', row.range],
    ['Holds for', row.condition],
    ['Source', row.citation],
    ['DOI', row.doi === undefined ? '' : `https://doi.org/${row.doi}`],
    ['Standing', CONFIDENCE_MEANING[row.confidence]],
    ['Note', row.note ?? ''],
  ];
  const body = lines
    .filter(([, text]) => text !== '')
    .map(([name, text]) => name.padEnd(11) + wrap(text, textWidth() - 11).join(`\n${' '.repeat(11)}`));
  return `${[row.id, ...body].join('\n')}\n`;
}
