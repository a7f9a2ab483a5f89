import type { Command } from 'commander';
import { STRUCTURES, structureOf } from '../anatomy/structures.ts';
import { InputError } from '../base/errors.ts';
import { capitalised } from '../base/text.ts';
import { tell } from '../base/told.ts';
import { ASKABLE, partsOf, provenanceOf } from '../findings/provenance.ts';
import { CLI_ERRORS } from '../messages/errors/cli.data.ts';
import type { WholeSpeaker } from '../messages/say.ts';
import { sidelessLabel } from '../words/finding-label.ts';
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
        return terminal.out(jsonText(one === undefined ? ASKABLE.map(entry) : entry(one)));
      }
      if (one !== undefined) return terminal.out(explain(speaker, one));
      const rows = ASKABLE.map((id) => [id, structureOf(id).latin, nameOf(speaker, id)]);
      const heads = [say('cli.head.structure'), say('cli.head.latin'), say('cli.head.everyday')];
      await terminal.out(textTable(heads, rows, textWidth()));
    });
}

/** Everyday name: the structure's own, or for an organ that is none what findings call it. */
const nameOf = (speaker: WholeSpeaker, id: string): string =>
  isOrgan(id) ? sidelessLabel(speaker, id) : speaker.name(`structure.${id}`, structureOf(id).label);

/** Whether findings speak of several structures by this name and none is called so: the belly wall. */
const isOrgan = (id: string): boolean =>
  !partsOf(id).includes(id) && !STRUCTURES.some((structure) => structure.id === id);

/** As --json has it. An organ has its name, its parts and where they come from; colour and tissue are those of its parts. */
function entry(id: string): object {
  const provenance = provenanceOf(id, false);
  return isOrgan(id) ? { id, latin: '', parts: partsOf(id), provenance } : { ...structureOf(id), provenance };
}

/** @throws InputError for an id that is none */
function known(asked: string): string {
  const id = asked.trim().toLowerCase();
  if (!ASKABLE.includes(id)) throw new InputError(tell(CLI_ERRORS, 'error.cli.structure', { id: asked }));
  return id;
}

/** Where a structure of the reference adults comes from, line by line, each with the rows behind it. */
function explain(speaker: WholeSpeaker, id: string): string {
  const { latin } = structureOf(id);
  const called = capitalised(nameOf(speaker, id));
  const lines = provenanceLines(speaker, id, false);
  if (isOrgan(id)) {
    const parts = partsOf(id).map((part) => nameOf(speaker, part));
    lines.unshift({ id: 'shape', name: speaker.say('cli.structure.parts'), text: parts.join(', '), evidence: [] });
  }
  const column = Math.max(...lines.map(({ name }) => name.length)) + 2;
  const body = lines.map(({ name, text, evidence }) => {
    const told = evidence.length === 0 ? text : `${text} [${evidence.join(' ')}]`;
    return name.padEnd(column) + wrap(told, textWidth() - column).join(`\n${' '.repeat(column)}`);
  });
  return `${[latin === '' ? called : `${called} (${latin})`, ...body].join('\n')}\n`;
}
