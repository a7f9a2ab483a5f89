import type { Command } from 'commander';
import { STRUCTURES } from '../anatomy/structures.ts';
import { jsonText } from './printable.ts';
import { type Terminal, textWidth } from './terminal.ts';
import { textTable } from './text-table.ts';

export function addStructures(program: Command, terminal: Terminal): void {
  program
    .command('structures')
    .description('list the structures of the body model with their names and codes')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      if (options.json === true) return terminal.out(jsonText(STRUCTURES));
      const rows = STRUCTURES.map((structure) => [structure.id, structure.latin, structure.label]);
      await terminal.out(textTable(['Structure', 'Latin', 'Everyday name'], rows, textWidth()));
    });
}
