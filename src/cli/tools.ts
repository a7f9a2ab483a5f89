import type { Command } from 'commander';
import { TOOL_FAMILIES } from '../tool/catalogue.ts';
import { jsonText } from './printable.ts';
import { type Terminal, textWidth } from './terminal.ts';
import { textTable } from './text-table.ts';

export function addTools(program: Command, terminal: Terminal): void {
  program
    .command('tools')
    .description('list the tools that can be pressed with, and their sizes')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      if (options.json === true) return terminal.out(jsonText(TOOL_FAMILIES));
      const rows = TOOL_FAMILIES.map((family) => [
        family.id,
        family.label,
        `${sizes(family.parameters)}; places: ${Object.keys(family.presets).join(', ')}`,
      ]);
      await terminal.out(
        textTable(
          ['Tool', 'What it is', 'Sizes (smallest–largest) for --tool, and places for --at'],
          rows,
          textWidth(),
        ),
      );
    });
}

function sizes(parameters: (typeof TOOL_FAMILIES)[number]['parameters']): string {
  return Object.entries(parameters)
    .map(([name, { value, low, high, unit }]) => `${name}=${value}${unit === '' ? '' : ` ${unit}`} (${low}–${high})`)
    .join(', ');
}
