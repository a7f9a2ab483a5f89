import type { ProgressEvent } from '../base/progress.ts';
import { inWholeEnglish } from '../messages/english.ts';
import type { WholeSpeaker } from '../messages/say.ts';
import { whyNot } from '../node/why-not.ts';
import { noteText } from '../words/note-text.ts';
import { EXIT } from './exit-codes.ts';
import { printable, printableStyled } from './printable.ts';

/** The language of the command line. */
const SPEAKER = inWholeEnglish;

/** Where a command talks to: data on out, talk on err. */
export interface Terminal {
  /** Writes data and resolves when it has left the process, or when nobody takes it any more. */
  out(text: string): Promise<void>;
  /** Writes one line of talk, unless the user asked for quiet. */
  say(line: string): void;
  /** True when a person can be expected to watch and press Ctrl-C. */
  readonly interactive: boolean;
  /** What says everything that people read here: the one place where the command line's language is chosen. */
  readonly speaker: WholeSpeaker;
  /** Aborts at Ctrl-C, SIGTERM or a hangup; the reason is the name of the signal. */
  readonly signal: AbortSignal;
}

/** A terminal on the process's own streams; guardStreams hears of it when one of them takes nothing more. */
export function processTerminal(signal: AbortSignal): Terminal {
  return {
    out: (text) => new Promise((resolve) => void process.stdout.write(printableStyled(text), () => resolve())),
    say: (line) => void process.stderr.write(`${printable(line)}\n`),
    interactive: Boolean(process.stdout.isTTY) && !isSet(process.env.CI),
    speaker: SPEAKER,
    signal,
  };
}

/**
 * Nobody reading on is no reason to stop: a closed pipe (2>&1 | head -1) or a terminal that has gone is passed over in silence, and
 * the work goes on to its files. A standard output that is there and takes nothing, on a full disk, is told once.
 */
export function guardStreams(): void {
  process.stderr.on('error', () => undefined);
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === undefined || !DISK_TROUBLE.has(error.code) || outFailed) return;
    outFailed = true;
    const why = whyNot(error);
    const reason = typeof why === 'string' ? why : noteText(SPEAKER, why);
    process.stderr.write(`${SPEAKER.say('cli.out-failed', { reason })}\n`);
  });
  process.on('exit', () => {
    if (outFailed) process.exitCode = EXIT.notWritten;
  });
}
let outFailed = false;
const DISK_TROUBLE = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EBADF']);

/** An environment switch counts as set unless it is empty, 0 or false. */
const isSet = (value: string | undefined): boolean =>
  value !== undefined && value !== '' && value !== '0' && value.toLowerCase() !== 'false';

export interface ProgressBar {
  /** @param job stands before what it is doing, or in its place where it is the job's own name */
  report(event: ProgressEvent, job?: { readonly before: string } | { readonly name: string }): void;
  /** Removes the bar, so that the next line starts on a clean one. */
  end(): void;
}

const BAR_WIDTH = 24;

/** A bar that redraws itself on a terminal, or a line per tenth of the way where the talk goes into a file. */
export function progressBar(stream: NodeJS.WriteStream, quiet: boolean, speaker: WholeSpeaker = SPEAKER): ProgressBar {
  let tenth = -1;
  let drawnAt = 0;
  let highest = 0;
  const line = ({ phase, detail }: ProgressEvent, job: Parameters<ProgressBar['report']>[1]): string => {
    const percent = `${Math.floor(highest * 100)}`.padStart(3);
    const doing = job !== undefined && 'name' in job ? job.name : `${job?.before ?? ''}${speaker.say(phase)}`;
    return printable(`${percent} %  ${doing}${detail === undefined ? '' : `: ${noteText(speaker, detail)}`}`);
  };
  return {
    report(event, job) {
      if (quiet) return;
      // a bar that runs backwards helps nobody: stages report their own fractions, the bar keeps the highest
      highest = Math.max(highest, Math.min(1, Number.isFinite(event.fraction) ? event.fraction : 0));
      if (!stream.isTTY) {
        if (Math.floor(highest * 10) === tenth) return;
        tenth = Math.floor(highest * 10);
        stream.write(`${line(event, job)}\n`);
        return;
      }
      const now = performance.now();
      if (now - drawnAt < 50) return;
      drawnAt = now;
      const full = Math.round(highest * BAR_WIDTH);
      const bar = '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full);
      stream.write(`\r\x1b[2K${`${bar} ${line(event, job)}`.slice(0, (stream.columns || 80) - 1)}`);
    },
    end() {
      if (!quiet && stream.isTTY) stream.write('\r\x1b[2K');
    },
  };
}

/** Characters per line for tables: the terminal's width, at most what reads well. */
export const textWidth = (): number => Math.min(140, Math.max(60, process.stdout.columns || 110));

/** How tables for people look: bold on a terminal that wants it (https://no-color.org), plain text everywhere else. */
export const tableStyle = (): { width: number; colour: boolean } => ({
  width: textWidth(),
  colour: process.stdout.isTTY && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
});
