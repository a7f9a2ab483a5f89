import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { InputError, OutputError } from '../base/errors.ts';
import { hashOf } from '../base/hash.ts';
import { type Told, tell } from '../base/told.ts';
import { clearLeftBehind, unfinishedName } from '../base/write-whole.node.ts';
import { STUDY_ERRORS } from '../messages/errors/study.data.ts';
import { kindOf } from './kind-of.node.ts';

/** A living holder shows every so often that it lives, ms. */
const BEAT = 5000;

/** A lock whose holder cannot be seen from here and has shown no sign of life for this time, ms, is taken over. */
const STALE = 30_000;

export interface LockTimes {
  readonly beat_ms?: number;
  readonly stale_ms?: number;
}

export interface LockOptions extends LockTimes {
  /** Ends waiting for a sign of life. */
  readonly signal?: AbortSignal;
  /** Talk: one line for people. */
  say?(line: Told): void;
}

interface Taking extends LockOptions {
  /** The lock that people are told of, when another one is taken on the way to it. */
  readonly shown?: string;
}

/** A lock that this process holds. */
export interface Lock {
  /** Shows that this process lives; also done by a timer, but a timer does not fire in the middle of a long computation. */
  beat(): void;
  /** @throws LockLost when another process has taken the lock over (this one was suspended, say) */
  check(): void;
  release(): void;
}

/** Another process has taken the lock over. */
export class LockLost extends Error {
  override readonly name = 'LockLost';
}

/**
 * Keeps two processes from writing one journal. The lock of a process that is gone is taken over: at once when it ran on this
 * machine and its process has ended, after half a minute without a sign of life when it ran where this process cannot see it.
 *
 * Nothing here is ever half there: a lock is written beside and linked into place, a stale one is replaced by a rename, and only
 * by the one process that holds the right to replace this very lock (a lock of its own, named after the stale one's content).
 * @throws InputError when a living process holds it, or something that is no lock is in its place
 */
export async function lockFile(path: string, options: LockOptions = {}): Promise<Lock> {
  const text = await take(path, options);
  sweep(path);
  return held(path, text, options.beat_ms ?? BEAT);
}

/** Brings a lock of this process into place and returns what is written in it. */
async function take(path: string, options: Taking): Promise<string> {
  const mine = JSON.stringify({ ...HERE, nonce: randomBytes(8).toString('hex') } satisfies Holder);
  for (;;) {
    if (place(path, mine)) return mine;
    const seen = look(path);
    if (seen === undefined) continue;
    await untilStale(path, seen, options);
    // of all that want to replace this very lock only one may: whoever comes later finds another one in its place
    const right = `${path}.${hashOf(seen.text + seen.inode).slice(0, 12)}`;
    const rightText = await take(right, { shown: path, ...options });
    try {
      if (look(path)?.text !== seen.text) continue;
      const beside = write(path, mine);
      renameSync(beside, path);
      return mine;
    } catch (error) {
      throw unwritable(path, error);
    } finally {
      if (look(right)?.text === rightText) rmSync(right, { force: true });
    }
  }
}

/** Removes rights to replace earlier locks that processes which were killed in the middle of it have left. */
function sweep(path: string): void {
  try {
    clearLeftBehind(dirname(path));
    for (const name of readdirSync(dirname(path))) {
      const rest = name.startsWith(`${basename(path)}.`) ? name.slice(basename(path).length) : '';
      if (!/^(\.[0-9a-f]{12})+$/.test(rest)) continue;
      const old = join(dirname(path), name);
      if (nowOf(path) - statSync(old).mtimeMs > STALE) rmSync(old, { force: true });
    }
  } catch {
    // only tidying: whatever stays harms nobody
  }
}

/** Links a whole lock into place; false when there is one. */
function place(path: string, text: string): boolean {
  let beside: string | undefined;
  try {
    beside = write(path, text);
    linkSync(beside, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (beside !== undefined && code === 'EEXIST') return false;
    // a file system without hard links (FAT, some network drives): not in one step, but a lock that cannot be read is not taken either
    if (beside !== undefined && /^(EPERM|ENOSYS|ENOTSUP|EOPNOTSUPP|EMLINK)$/.test(code ?? ''))
      return placeWithoutLinks(path, text);
    throw unwritable(path, error);
  } finally {
    if (beside !== undefined) rmSync(beside, { force: true });
  }
}

function placeWithoutLinks(path: string, text: string): boolean {
  let fd: number;
  try {
    fd = openSync(path, 'wx');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw unwritable(path, error);
  }
  try {
    writeSync(fd, text);
    return true;
  } catch (error) {
    rmSync(path, { force: true });
    throw unwritable(path, error);
  } finally {
    closeSync(fd);
  }
}

function write(path: string, text: string): string {
  const beside = join(dirname(path), unfinishedName());
  const fd = openSync(beside, 'wx');
  try {
    writeSync(fd, text);
    fsyncSync(fd);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  } finally {
    closeSync(fd);
  }
  return beside;
}

const unwritable = (path: string, error: unknown): unknown => {
  if (error instanceof InputError || error instanceof OutputError) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? new OutputError(tell(STUDY_ERRORS, 'error.study.disk-full', { folder: dirname(path), code }))
    : new InputError(tell(STUDY_ERRORS, 'error.study.unwritable', { code, path }));
};

/** Who holds a lock, as it is written there. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Start of the process in the kernel's clock ticks, so that a younger process of the same number is told apart. */
  readonly started?: string | undefined;
  /** The table of processes that the number is from: another container or another start of the machine has another one. */
  readonly table?: string | undefined;
  readonly nonce: string;
}

interface Seen {
  readonly text: string;
  readonly inode: string;
  /** When it was made or its holder last showed that it lives, ms, by the clock of the file system. */
  readonly at: number;
  readonly holder: Partial<Holder> | undefined;
}

/** A lock as it stands; undefined when there is none (any more). @throws InputError when something else is in its place */
function look(path: string): Seen | undefined {
  try {
    const what = lstatSync(path);
    if (!what.isFile()) {
      throw new InputError(tell(STUDY_ERRORS, 'error.study.lock-kind', { path, what: kindOf(what) }));
    }
    // opening first makes a network drive ask its server
    const fd = openSync(path, 'r');
    try {
      const text = readFileSync(fd, 'utf8');
      const { ino, mtimeMs } = fstatSync(fd);
      return { text, inode: `${ino}`, at: mtimeMs, holder: holderOf(text) };
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unwritable(path, error);
  }
}

function holderOf(text: string): Partial<Holder> | undefined {
  try {
    const raw = JSON.parse(text) as Partial<Holder> | null;
    return typeof raw === 'object' && raw !== null && Number.isInteger(raw.pid) && typeof raw.host === 'string'
      ? raw
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Resolves when a lock is stale.
 * @throws InputError when its holder lives, or nobody can say whose lock it is
 */
async function untilStale(path: string, seen: Seen, options: Taking): Promise<void> {
  const { holder } = seen;
  const { stale_ms = STALE, say, signal, shown = path } = options;
  const here = holder === undefined ? undefined : livesHere(holder);
  if (here === true)
    throw new InputError(tell(STUDY_ERRORS, 'error.study.held', { pid: `${holder!.pid}`, path: shown }));
  if (here === false) return;
  let silent = nowOf(path) - seen.at;
  if (silent > stale_ms) return;
  if (holder === undefined) throw new InputError(tell(STUDY_ERRORS, 'error.study.lock-damaged', { path }));
  const who = { pid: `${holder.pid}`, host: printable(holder.host!) };
  say?.(tell(STUDY_ERRORS, 'study.says.held', { ...who, file: basename(path), seconds: Math.ceil(stale_ms / 1000) }));
  while (silent <= stale_ms) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(1000, stale_ms / 10)));
    const now = look(path);
    if (now?.text !== seen.text || now.inode !== seen.inode) return;
    if (now.at !== seen.at) throw new InputError(tell(STUDY_ERRORS, 'error.study.alive', who));
    if (signal?.aborted) throw new InputError(tell(STUDY_ERRORS, 'error.study.stopped-waiting', { path }));
    silent = nowOf(path) - seen.at;
  }
}

/** The time by the clock of the file system that a path lies on, ms: a network drive's may differ from this machine's. */
function nowOf(path: string): number {
  try {
    const probe = write(path, '');
    try {
      return statSync(probe).mtimeMs;
    } finally {
      rmSync(probe, { force: true });
    }
  } catch (error) {
    throw unwritable(path, error);
  }
}

const printable = (text: string): string => text.replace(/[^ -~]/g, '?').slice(0, 80);

/** Whether a holder lives, as far as this process can see: undefined when it ran where its number means nothing here. */
function livesHere({ pid, host, started, table }: Partial<Holder>): boolean | undefined {
  if (host !== HERE.host || (table !== undefined && table !== HERE.table)) return undefined;
  try {
    process.kill(pid!, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return started === startOf(pid!);
}

/** When a process started, in the kernel's clock ticks since boot; undefined where that cannot be asked (not Linux). */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function processTable(): string | undefined {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return undefined;
  }
}

const HERE = { pid: process.pid, host: hostname(), started: startOf(process.pid), table: processTable() };

function held(path: string, text: string, beat_ms: number): Lock {
  const fd = openSync(path, 'r+');
  const { ino: inode, nlink } = fstatSync(fd);
  let released = false;
  const ours = (): boolean => {
    try {
      return statSync(path).ino === inode && readFileSync(path, 'utf8') === text;
    } catch {
      return false;
    }
  };
  const beat = (): void => {
    try {
      // the same bytes again: the file system stamps them with its own clock
      writeSync(fd, text, 0);
      fsyncSync(fd);
    } catch {
      // a network drive that is away for a moment; check() tells when the lock is lost
    }
  };
  const timer = setInterval(beat, beat_ms).unref();
  const release = (): void => {
    if (released) return;
    released = true;
    clearInterval(timer);
    process.removeListener('exit', release);
    if (ours()) rmSync(path, { force: true });
    closeSync(fd);
  };
  process.once('exit', release);
  return {
    beat,
    check() {
      // a file that was replaced has no name any more; some file systems do not count names
      if (!released && (nlink === 0 ? !ours() : fstatSync(fd).nlink === 0)) throw new LockLost(path);
    },
    release,
  };
}
