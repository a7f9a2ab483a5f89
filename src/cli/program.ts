import { Command, CommanderError, type Help } from 'commander';
import { CancelledError, InputError, OutputError } from '../base/errors.ts';
import { capitalised } from '../base/text.ts';
import { tell } from '../base/told.ts';
import { VERSION } from '../base/version.ts';
import { CLI_ERRORS } from '../messages/errors/cli.data.ts';
import type { WholeSpeaker } from '../messages/say.ts';
import { noteText } from '../words/note-text.ts';
import { EXIT } from './exit-codes.ts';
import { oneLine } from './printable.ts';
import { type Terminal, textWidth } from './terminal.ts';
import { wrap } from './text-table.ts';
import { usageError } from './usage-error.ts';

type Add = (program: Command, terminal: Terminal) => void;

/** Each command in a module of its own, loaded when it is asked for: reading all of them takes longer than a short command runs. */
const COMMANDS: Readonly<Record<string, () => Promise<Add>>> = {
  start: async () => (await import('./start.ts')).addStart,
  press: async () => (await import('./press.ts')).addPress,
  compare: async () => (await import('./compare.ts')).addCompare,
  solve: async () => (await import('./solve.ts')).addSolve,
  study: async () => (await import('./study.ts')).addStudy,
  worker: async () => (await import('./worker.ts')).addWorker,
  export: async () => (await import('./export.ts')).addExport,
  tools: async () => (await import('./tools.ts')).addTools,
  structures: async () => (await import('./structures.ts')).addStructures,
  evidence: async () => (await import('./evidence.ts')).addEvidence,
  bodies: async () => (await import('./bodies.ts')).addBodies,
  schema: async () => (await import('./schema.ts')).addSchema,
  serve: async () => (await import('./serve.ts')).addServe,
  validate: async () => (await import('./validate.ts')).addValidate,
  doctor: async () => (await import('./doctor.ts')).addDoctor,
};

/**
 * The command line: reads the arguments and runs the command that they name.
 * @param args without node and the program's own name
 * @returns the exit code, unless a command has set the process's own
 */
export async function runProgram(args: readonly string[], terminal: Terminal): Promise<number | undefined> {
  const { speaker } = terminal;
  const program = new Command('psoascope')
    .description(speaker.say('help.program'))
    .version(VERSION, '-V, --version', speaker.say('help.version'))
    .helpOption('-h, --help', speaker.say('help.help'))
    .helpCommand('help [command]', speaker.say('help.help'))
    .configureHelp(helpIn(speaker))
    .exitOverride()
    // commander's own messages become one sentence below
    .configureOutput({ outputError: () => undefined });
  try {
    const wanted = args[0] ?? '';
    if (Object.hasOwn(COMMANDS, wanted)) (await COMMANDS[wanted]!())(program, terminal);
    else {
      const after = [speaker.say('help.exit-codes', EXIT), speaker.say('notice')];
      program.addHelpText('after', after.map((text) => `\n${wrap(text, textWidth()).join('\n')}`).join('\n'));
      for (const load of Object.values(COMMANDS)) (await load())(program, terminal);
    }
    guard(program);
    program.hook('preAction', (_, { registeredArguments, args: given }) => {
      for (const [n, text] of given.entries())
        refuseEmpty(`<${(registeredArguments[n] ?? registeredArguments.at(-1))!.name()}>`, text);
    });
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync(args, { from: 'user' });
    return undefined;
  } catch (error) {
    return explain(error, terminal);
  }
}

/**
 * An option that is given twice would lose what was said first: that somebody is pregnant, for example. Those that may be repeated collect.
 * An unset variable of a shell script leaves a value or an argument empty, and nothing may be made of that either.
 */
function guard(command: Command): void {
  for (const option of command.options) {
    const flag = option.long ?? option.flags;
    let given = false;
    command.on(`option:${option.name()}`, (value: unknown) => {
      if (typeof value !== 'string') return;
      if (given && option.parseArg === undefined) throw new InputError(tell(CLI_ERRORS, 'error.flag.twice', { flag }));
      given = true;
      refuseEmpty(flag, value);
    });
  }
  for (const each of command.commands) guard(each);
}

function refuseEmpty(name: string, text: string): void {
  if (text.trim() === '') throw new InputError(tell(CLI_ERRORS, 'error.flag.empty', { flag: name }));
}

/** Commander's own words around what commands say of themselves. */
const helpIn = (speaker: WholeSpeaker): Partial<Help> => ({
  styleTitle: (title) => (Object.hasOwn(TITLES, title) ? speaker.say(TITLES[title]!) : title),
  // what stands in a usage for all of them; the names of options and values are everybody's
  styleOptionText: (text) => (text === '[options]' ? `[${speaker.say('help.options')}]` : text),
  styleSubcommandText: (text) => (text === '[command]' ? `[${speaker.say('help.command')}]` : text),
  optionDescription: ({ description, defaultValue, negate }) =>
    described(speaker, description, negate ? undefined : defaultValue),
  argumentDescription: ({ description, defaultValue }) => described(speaker, description, defaultValue),
});

const TITLES: Readonly<Record<string, `help.title.${'usage' | 'arguments' | 'options' | 'commands'}`>> = {
  'Usage:': 'help.title.usage',
  'Arguments:': 'help.title.arguments',
  'Options:': 'help.title.options',
  'Commands:': 'help.title.commands',
};

const described = (speaker: WholeSpeaker, description: string, value: unknown): string =>
  value === undefined || typeof value === 'boolean'
    ? description
    : `${description} (${speaker.say('help.default', { value: JSON.stringify(value) })})`;

/** Says what went wrong and returns the exit code. */
export function explain(error: unknown, terminal: Pick<Terminal, 'say' | 'speaker'>): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.fine;
    const sentence = oneLine(capitalised(noteText(terminal.speaker, usageError(error))));
    terminal.say(terminal.speaker.say('cli.usage', { sentence }));
    return EXIT.badInput;
  }
  if (error instanceof InputError || error instanceof OutputError) {
    terminal.say(oneLine(noteText(terminal.speaker, error.note)));
    return error instanceof InputError ? EXIT.badInput : EXIT.notWritten;
  }
  if (error instanceof CancelledError) {
    terminal.say(terminal.speaker.say('cli.stopped'));
    return EXIT.interrupted;
  }
  // what nobody foresaw keeps its trace for a bug report, but only on request
  const message = oneLine(error instanceof Error ? error.message : String(error));
  terminal.say(terminal.speaker.say('cli.unforeseen', { reason: message }));
  if (process.env.PSOASCOPE_DEBUG) console.error(error);
  return EXIT.failed;
}
