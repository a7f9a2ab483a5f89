import type { Command } from 'commander';
import { z } from 'zod';
import { InputError } from '../base/errors.ts';
import { tell } from '../base/told.ts';
import { resultSchema } from '../findings/result.ts';
import { CLI_ERRORS } from '../messages/errors/cli.data.ts';
import { openOutputFolder } from '../node/output-folder.ts';
import { scenarioSchema } from '../press/scenario.ts';
import { planSchema } from '../study/plan.ts';
import type { Terminal } from './terminal.ts';

const SCHEMAS = {
  scenario: {
    schema: scenarioSchema,
    title: 'Psoascope scenario',
    about: 'One press, complete: what psoascope press takes.',
  },
  plan: { schema: planSchema, title: 'Psoascope study plan', about: 'Many presses: what psoascope study takes.' },
  result: { schema: resultSchema, title: 'Psoascope result', about: 'What psoascope press --json prints.' },
} as const;
type Name = keyof typeof SCHEMAS;

export function addSchema(program: Command, terminal: Terminal): void {
  const { say } = terminal.speaker;
  program
    .command('schema')
    .description(say('help.schema'))
    .argument('[name]', say('help.schema.name'), 'scenario')
    .option('-o, --output <folder>', say('help.schema.output'))
    .action(async (name: string, options: { output?: string }) => {
      if (!isName(name)) throw new InputError(tell(CLI_ERRORS, 'error.cli.no-schema', { name }));
      if (options.output === undefined) return terminal.out(jsonSchemaText(name));
      const names = Object.keys(SCHEMAS) as Name[];
      openOutputFolder(options.output).write(
        new Map(names.map((each) => [`${each}.schema.json`, jsonSchemaText(each)])),
      );
    });
}

const isName = (name: string): name is Name => Object.hasOwn(SCHEMAS, name);

/** The text of a published schema file. */
export function jsonSchemaText(name: Name): string {
  const { schema, title, about } = SCHEMAS[name];
  // io: input leaves what has a default optional, and lets readers of results pass over keys that come later
  const json = z.toJSONSchema(schema, { io: 'input' });
  return `${JSON.stringify({ ...json, title, description: about }, null, 2)}\n`;
}
