import { Command, CommanderError } from 'commander';
import { CancelledError, InputError, OutputError } from '../base/errors.ts';
import { capitalised } from '../base/text.ts';
import { VERSION } from '../base/version.ts';
import { inEnglish } from '../messages/say.ts';
import { EXIT } from './exit-codes.ts';
import { oneLine } from './printable.ts';
import { type Terminal, textWidth } from './terminal.ts';
import { wrap } from './text-table.ts';

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
  const program = new Command('psoascope')
    .description('Computes which tissues a self-massage tool loads on its way to the psoas, and around it.')
    .version(VERSION)
    .exitOverride()
    // commander's own messages become one sentence below
    .configureOutput({ outputError: () => undefined });
  try {
    const wanted = args[0] ?? '';
    if (Object.hasOwn(COMMANDS, wanted)) (await COMMANDS[wanted]!())(program, terminal);
    else {
      program.addHelpText(
        'after',
        `\nExit codes: ${EXIT.fine} fine, ${EXIT.badInput} bad input, ${EXIT.notConverged} not converged, ${EXIT.notWritten} not written (a full disk, for example), ${EXIT.interrupted} interrupted.\n\n${wrap(inEnglish.say('notice'), textWidth()).join('\n')}\n`,
      );
      for (const load of Object.values(COMMANDS)) (await load())(program, terminal);
    }
    refuseTwiceAndEmpty(program);
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync(args, { from: 'user' });
    return undefined;
  } catch (error) {
    return explain(error, terminal);
  }
}

/**
 * An option that is given twice would lose what was said first: that somebody is pregnant, for example. Those that may be repeated
 * collect. An empty one is an unset variable of a shell script, and would mean something else than what is left out.
 */
function refuseTwiceAndEmpty(command: Command): void {
  for (const option of command.options) {
    if (option.parseArg !== undefined || !(option.required || option.optional)) continue;
    let given = false;
    option.argParser((value: string) => {
      if (given)
        throw new InputError(`${option.long} is given twice; say all of it in one, or keep the one that is meant.`);
      given = true;
      if (value.trim() === '') throw new InputError(`${option.long} is empty; give it a value, or leave it out.`);
      return value;
    });
  }
  for (const each of command.commands) refuseTwiceAndEmpty(each);
}

/** Says what went wrong and returns the exit code. */
export function explain(error: unknown, terminal: Pick<Terminal, 'say'>): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.fine;
    const sentence = oneLine(error.message.replace(/^error: /, '').replaceAll('\n', ' '));
    terminal.say(`${capitalised(sentence)}; see psoascope --help for what there is.`);
    return EXIT.badInput;
  }
  if (error instanceof InputError || error instanceof OutputError) {
    terminal.say(oneLine(error.message));
    return error instanceof InputError ? EXIT.badInput : EXIT.notWritten;
  }
  if (error instanceof CancelledError) {
    terminal.say(inEnglish.say('cli.stopped'));
    return EXIT.interrupted;
  }
  // what nobody foresaw keeps its trace for a bug report, but only on request
  const message = oneLine(error instanceof Error ? error.message : String(error));
  terminal.say(
    `Something unforeseen went wrong: ${message}. Please report it; PSOASCOPE_DEBUG=1 prints where it happened.`,
  );
  if (process.env.PSOASCOPE_DEBUG) console.error(error);
  return EXIT.failed;
}
