import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { removeEmpty } from './make-folder.node.ts';
import { hasEnded, processMark } from './process-mark.node.ts';

/** What everything begins with that is being written and has no place of its own yet. */
const PREFIX = '.psoascope-';

/** After this time nobody works on what another machine, or an older version of the program, has left, ms. */
const LEFT_BEHIND = 7 * 24 * 3600 * 1000;

/** A name for something that is being written: no other process takes it, and whether its process still lives can be told from it. */
export const unfinishedName = (): string => `${PREFIX}${processMark()}-${randomBytes(4).toString('hex')}`;

/** Something that is to be gone when its process ends in the middle of its work. */
export interface Unfinished {
  readonly path: string;
  /** Folders that were made for it, outermost first; they go too, if they are empty. */
  readonly made: readonly string[];
}

const unfinished = new Map<string, Unfinished>();
let listener: (unfinished: Unfinished, there: boolean) => void = () => undefined;
process.on('exit', () => {
  for (const each of unfinished.values()) removeUnfinished(each);
});

/** Has what is unfinished in this thread told to another one, which may have to end this one without a word to it. */
export function tellUnfinished(tell: typeof listener): void {
  listener = tell;
}

/** Has something removed on an exit in the middle (a second Ctrl-C, a crash); call what comes back when it is no longer to be. */
export function removedOnExit(path: string, made: readonly string[] = []): () => void {
  const mine = { path, made };
  unfinished.set(path, mine);
  listener(mine, true);
  return () => {
    if (unfinished.delete(path)) listener(mine, false);
  };
}

export function removeUnfinished({ path, made }: Unfinished): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // the next run clears it away
  }
  removeEmpty(made);
}

/** A file that grows beside its place and stands there only when it is whole. */
export interface FileBeside {
  write(bytes: Uint8Array): void;
  /** Forces it onto the disk, whole, but leaves what stands in its place: of several files all can be whole before the first moves. */
  complete(): void;
  /** Forces it onto the disk and puts it in its place; a link that stood there is replaced, not followed. */
  finish(): void;
  /** Removes what was written so far; nothing to do after finish. */
  discard(): void;
}

/** Begins a file. @throws the file system's error */
export function openBeside(path: string): FileBeside {
  const temporary = join(dirname(path), unfinishedName());
  const ended = removedOnExit(temporary);
  let fd: number | undefined;
  let left = true;
  const discard = (): void => {
    if (fd !== undefined) closeSync(fd);
    fd = undefined;
    if (left) rmSync(temporary, { force: true });
    left = false;
    ended();
  };
  try {
    // x: neither a file nor a link of that name is there
    fd = openSync(temporary, 'wx');
  } catch (error) {
    ended();
    throw error;
  }
  const complete = (): void => {
    if (fd === undefined) return;
    fsyncSync(fd);
    closeSync(fd);
    fd = undefined;
  };
  return {
    write(bytes) {
      for (let done = 0; done < bytes.length; ) done += writeSync(fd!, bytes, done);
    },
    complete,
    finish() {
      complete();
      renameSync(temporary, path);
      left = false;
      discard();
    },
    discard,
  };
}

/** Writes a file in one go, whole or not at all: where that fails, what stood there before stays. @throws the file system's error */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const file = openBeside(path);
  try {
    file.write(typeof content === 'string' ? Buffer.from(content) : content);
    file.finish();
  } finally {
    file.discard();
  }
}

/** Removes what processes that were killed have left unfinished in a folder. What a living one is writing stays. */
export function clearLeftBehind(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(PREFIX)) continue;
    const mark = /^\.psoascope-([0-9a-f]{8}-\d+-(?:\d+|x))-/.exec(name)?.[1];
    const path = join(folder, name);
    try {
      if ((mark !== undefined && hasEnded(mark)) || lastTouched(path) < Date.now() - LEFT_BEHIND)
        rmSync(path, { recursive: true, force: true });
    } catch {
      // another process has just removed it, or it belongs to another user: not worth a word
    }
  }
}

/** When something in it was last written, ms. */
function lastTouched(path: string): number {
  const own = lstatSync(path);
  if (!own.isDirectory()) return own.mtimeMs;
  return Math.max(own.mtimeMs, ...readdirSync(path).map((name) => statSync(join(path, name)).mtimeMs));
}
