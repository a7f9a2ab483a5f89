import type { Command } from 'commander';
import { TOOL_FAMILIES } from '../tool/catalogue.ts';
import { toolName } from '../words/tool-name.ts';
import { jsonText } from './printable.ts';
import { type Terminal, textWidth } from './terminal.ts';
import { textTable } from './text-table.ts';

export function addTools(program: Command, terminal: Terminal): void {
  const { speaker } = terminal;
  const { say } = speaker;
  program
    .command('tools')
    .description(say('help.tools'))
    .option('--json', say('help.json'))
    .action(async (options: { json?: boolean }) => {
      if (options.json === true) return terminal.out(jsonText(TOOL_FAMILIES));
      const rows = TOOL_FAMILIES.map((family) => [
        family.id,
        toolName(speaker, family.id, family.label),
        say('cli.tools.sizes', { sizes: sizes(family.parameters), places: Object.keys(family.presets).join(', ') }),
      ]);
      await terminal.out(
        textTable([say('cli.head.tool'), say('cli.head.what'), say('cli.head.sizes')], rows, textWidth()),
      );
    });
}

function sizes(parameters: (typeof TOOL_FAMILIES)[number]['parameters']): string {
  return Object.entries(parameters)
    .map(([name, { value, low, high, unit }]) => `${name}=${value}${unit === '' ? '' : ` ${unit}`} (${low}–${high})`)
    .join(', ');
}
