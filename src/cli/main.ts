#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { InputError, OutputError } from '../base/errors.ts';
import { EXIT } from './exit-codes.ts';
import { processTerminal, type Terminal, textWidth } from './terminal.ts';
import { wrap } from './text-table.ts';
import { programVersion } from './version.ts';

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

const program = new Command('psoascope')
  .description('What a self-massage tool presses on before and besides the psoas, computed.')
  .version(programVersion())
  .exitOverride()
  // commander's own messages become one sentence below
  .configureOutput({ outputError: () => undefined });
const terminal = processTerminal(stopSignal());
const wanted = process.argv[2] ?? '';
if (Object.hasOwn(COMMANDS, wanted)) (await COMMANDS[wanted]!())(program, terminal);
else {
  const { NOTICE } = await import('../findings/words.ts');
  program.addHelpText(
    'after',
    `\nExit codes: ${EXIT.fine} fine, ${EXIT.badInput} bad input, ${EXIT.notConverged} not converged, ${EXIT.notWritten} not written (a full disk, for example), ${EXIT.interrupted} interrupted.\n\n${wrap(NOTICE, textWidth()).join('\n')}\n`,
  );
  for (const load of Object.values(COMMANDS)) (await load())(program, terminal);
}

// a reader that has seen enough (psoascope evidence | head) is no error
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT.fine);
  throw error;
});

try {
  if (process.argv.length <= 2) program.outputHelp();
  else await program.parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}

/** Says what went wrong and returns the exit code. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.fine;
    const sentence = error.message.replace(/^error: /, '').replaceAll('\n', ' ');
    terminal.say(`${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}; see psoascope --help for what there is.`);
    return EXIT.badInput;
  }
  if (error instanceof InputError) {
    terminal.say(error.message);
    return EXIT.badInput;
  }
  if (error instanceof OutputError) {
    terminal.say(error.message);
    return EXIT.notWritten;
  }
  // what nobody foresaw keeps its trace for a bug report, but only on request
  const message = error instanceof Error ? error.message : String(error);
  terminal.say(
    `Something unforeseen went wrong: ${message}. Please report it; PSOASCOPE_DEBUG=1 prints where it happened.`,
  );
  if (process.env.PSOASCOPE_DEBUG) console.error(error);
  return EXIT.failed;
}

/** Aborts at the first Ctrl-C or SIGTERM, so that finished work is saved; a second Ctrl-C ends the process at once. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  let firstAt = 0;
  const onSignal = (): void => {
    if (!stop.signal.aborted) {
      firstAt = performance.now();
      stop.abort();
      return;
    }
    // npm passes a Ctrl-C on that the terminal has already sent to us: two within a moment are one
    if (performance.now() - firstAt > 500) process.exit(EXIT.interrupted);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return stop.signal;
}
