import { Worker } from 'node:worker_threads';
import { removeUnfinished, type Unfinished } from '../base/write-whole.node.ts';
import { EXIT } from './exit-codes.ts';
import { explain, runProgram } from './program.ts';
import { guardStreams, processTerminal } from './terminal.ts';

/**
 * Commands that compute: they run in a thread of their own, because a computation may keep its thread busy for seconds and signals
 * are heard in this one only.
 */
const COMPUTING = new Set(['start', 'press', 'compare', 'solve', 'study', 'worker', 'export', 'bodies', 'validate']);

/** From a signal until the end whatever goes on, ms: who sends it waits for two seconds or so, and then kills. */
const LAST_MOMENT = 1500;

/** Commands that have something to keep when somebody presses Ctrl-C, and another Ctrl-C for who does not want to wait for it. */
const KEEPING = new Set(['start', 'press', 'export', 'study', 'worker']);

/** What the thread is told at its start. */
export interface ThreadData {
  readonly args: readonly string[];
  /** What its streams do not know themselves. */
  readonly stdout: { readonly isTTY: boolean; readonly columns: number | undefined };
  readonly stderr: { readonly isTTY: boolean; readonly columns: number | undefined };
}

/** What the thread tells: where something unfinished lies, and that it lies there no more. */
export interface ThreadMessage {
  readonly unfinished: Unfinished;
  readonly there: boolean;
}

const args = process.argv.slice(2);
const stop = new AbortController();
const terminal = processTerminal(stop.signal);
guardStreams();
listenToSignals();
if (COMPUTING.has(args[0] ?? '')) runInThread();
else process.exitCode = (await runProgram(args, terminal)) ?? process.exitCode;

function runInThread(): void {
  const { stdout, stderr } = process;
  const workerData: ThreadData = {
    args,
    stdout: { isTTY: stdout.isTTY === true, columns: stdout.columns },
    stderr: { isTTY: stderr.isTTY === true, columns: stderr.columns },
  };
  const thread = new Worker(new URL('./program-thread.js', import.meta.url), { workerData });
  const unfinished = new Map<string, Unfinished>();
  thread.on('message', ({ unfinished: each, there }: ThreadMessage) => {
    if (there) unfinished.set(each.path, each);
    else unfinished.delete(each.path);
  });
  thread.on('error', (error) => {
    process.exitCode = explain(error, terminal);
  });
  thread.on('exit', (code) => {
    process.exitCode ??= code;
  });
  stop.signal.addEventListener('abort', () => thread.postMessage(stop.signal.reason));
  // a thread that is ended from here has no last word
  process.on('exit', () => {
    for (const each of unfinished.values()) removeUnfinished(each);
  });
}

/**
 * Stops at the first Ctrl-C, SIGTERM or hangup, so that finished work is saved. A second Ctrl-C ends the process at once. After SIGTERM
 * and after a hangup, when nobody is there for a second Ctrl-C, it has ended in two seconds; where there is nothing to keep, after a
 * Ctrl-C too.
 */
function listenToSignals(): void {
  let firstAt = 0;
  const command = args[0] ?? '';
  const onSignal = (name: NodeJS.Signals): void => {
    // a queue's worker is given the time of a case: docs/studies.md
    if (command !== 'worker' && (name !== 'SIGINT' || !KEEPING.has(command))) setTimeout(endNow, LAST_MOMENT).unref();
    if (!stop.signal.aborted) {
      firstAt = performance.now();
      stop.abort(name);
      return;
    }
    // npm passes a Ctrl-C on that the terminal has already sent to us: two within a moment are one
    if (performance.now() - firstAt > 500) process.exit(EXIT.interrupted);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  // Node takes back the ignoring of hangups that nohup had set up; who started us with it wants us to go on
  process.on('SIGHUP', underNohup() ? () => undefined : onSignal);
}

/** Ends what does not end by itself. */
function endNow(): void {
  terminal.say(terminal.speaker.say('cli.stopped'));
  process.exit(EXIT.interrupted);
}

/** True when the shell says that nohup has started us. */
function underNohup(): boolean {
  return /(^|\/)nohup$/.test(process.env._ ?? '');
}
