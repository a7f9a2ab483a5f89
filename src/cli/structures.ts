import type { Command } from 'commander';
import { STRUCTURES } from '../anatomy/structures.ts';
import { InputError } from '../base/errors.ts';
import { capitalised } from '../base/text.ts';
import { tell } from '../base/told.ts';
import { provenanceOf } from '../findings/provenance.ts';
import { CLI_ERRORS } from '../messages/errors/cli.data.ts';
import type { WholeSpeaker } from '../messages/say.ts';
import { provenanceLines } from '../words/provenance-lines.ts';
import { jsonText } from './printable.ts';
import { type Terminal, textWidth } from './terminal.ts';
import { textTable, wrap } from './text-table.ts';

export function addStructures(program: Command, terminal: Terminal): void {
  const { speaker } = terminal;
  const { say } = speaker;
  program
    .command('structures')
    .description(say('help.structures'))
    .argument('[id]', say('help.structures.id'))
    .option('--json', say('help.json'))
    .action(async (id: string | undefined, options: { json?: boolean }) => {
      const one = id === undefined ? undefined : known(id);
      if (options.json === true) {
        const whole = STRUCTURES.map((structure) => ({ ...structure, provenance: provenanceOf(structure.id, false) }));
        return terminal.out(jsonText(one === undefined ? whole : whole.find((structure) => structure.id === one)));
      }
      if (one !== undefined) return terminal.out(explain(speaker, one));
      const rows = STRUCTURES.map((structure) => [
        structure.id,
        structure.latin,
        speaker.name(`structure.${structure.id}`, structure.label),
      ]);
      const heads = [say('cli.head.structure'), say('cli.head.latin'), say('cli.head.everyday')];
      await terminal.out(textTable(heads, rows, textWidth()));
    });
}

/** @throws InputError for an id that is none */
function known(asked: string): string {
  const id = asked.trim().toLowerCase();
  if (!STRUCTURES.some((structure) => structure.id === id))
    throw new InputError(tell(CLI_ERRORS, 'error.cli.structure', { id: asked }));
  return id;
}

/** Where a structure of the reference adults comes from, line by line, each with the rows behind it. */
function explain(speaker: WholeSpeaker, id: string): string {
  const { label, latin } = STRUCTURES.find((structure) => structure.id === id)!;
  const called = capitalised(speaker.name(`structure.${id}`, label));
  const lines = provenanceLines(speaker, id, false);
  const column = Math.max(...lines.map(({ name }) => name.length)) + 2;
  const body = lines.map(({ name, text, evidence }) => {
    const told = evidence.length === 0 ? text : `${text} [${evidence.join(' ')}]`;
    return name.padEnd(column) + wrap(told, textWidth() - column).join(`\n${' '.repeat(column)}`);
  });
  return `${[latin === '' ? called : `${called} (${latin})`, ...body].join('\n')}\n`;
}
