import type { Command } from 'commander';
import { STRUCTURES } from '../anatomy/structures.ts';
import { jsonText } from './printable.ts';
import { type Terminal, textWidth } from './terminal.ts';
import { textTable } from './text-table.ts';

export function addStructures(program: Command, terminal: Terminal): void {
  const { speaker } = terminal;
  const { say } = speaker;
  program
    .command('structures')
    .description(say('help.structures'))
    .option('--json', say('help.json'))
    .action(async (options: { json?: boolean }) => {
      if (options.json === true) return terminal.out(jsonText(STRUCTURES));
      const rows = STRUCTURES.map((structure) => [
        structure.id,
        structure.latin,
        speaker.name(`structure.${structure.id}`, structure.label),
      ]);
      const heads = [say('cli.head.structure'), say('cli.head.latin'), say('cli.head.everyday')];
      await terminal.out(textTable(heads, rows, textWidth()));
    });
}
