import {
  closeSync,
  constants,
  copyFileSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { InputError } from '../base/errors.ts';
import { tell } from '../base/told.ts';
import { STUDY_ERRORS } from '../messages/errors/study.data.ts';
import { kindOf } from './kind-of.node.ts';
import type { CaseRecord } from './record.ts';

/** What a journal is about: its first line. */
export interface JournalHeader {
  readonly psoascope: 'study-journal';
  readonly version: 1;
  /** Version of the program whose results these are. */
  readonly program: string;
  readonly planHash: string;
  readonly cases: number;
}

/** Where in which journal a record lies. */
interface Place {
  readonly file: string;
  readonly offset: number;
  readonly length: number;
  readonly status: CaseRecord['status'];
  readonly died: boolean;
}

/** What the journals of a folder hold. */
export interface JournalIndex {
  readonly header: JournalHeader | undefined;
  /** By case id; of several records of one case the last one counts. */
  readonly places: Map<string, Place>;
  /** Lines that were cut short or damaged and are passed over: their cases are open again. */
  readonly damaged: number;
  readonly files: ReadonlyMap<string, JournalState>;
}

/** What one journal file is like. */
export interface JournalState {
  /** Number of bytes up to the end of the last whole line. */
  readonly sound: number;
  /** Whole lines that are damaged. */
  readonly damaged: number;
  /** Holds something, but no sound header: whose it is has to be found out from its records. */
  readonly headless: boolean;
  /** What such a file begins with. */
  readonly start: Uint8Array;
  readonly size: number;
}

const NAME = /^journal(-\d+-of-\d+)?\.log$/;

/** Name of the journal of a study, or of one of its shards. */
export const journalName = (shard?: { index: number; of: number }): string =>
  shard === undefined ? 'journal.log' : `journal-${shard.index}-of-${shard.of}.log`;

/** The journals in a folder, in code-unit order of their names. */
export function journalsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => NAME.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/**
 * One line of a journal: eight hex digits of CRC-32 (ISO 3309), a space, JSON. A line that a crash or a full disk cut short
 * has no line end or another checksum and counts as not written.
 */
export function journalLine(content: CaseRecord | JournalHeader): string {
  const json = JSON.stringify(content);
  return `${checksum(json)} ${json}\n`;
}

const NOTHING = new Uint8Array(0);

const checksum = (text: string | Uint8Array): string => crc32(text).toString(16).padStart(8, '0');

/**
 * Reads journals.
 * @throws InputError when they belong to different studies or to another version of the program's files, or are no files
 */
export function readJournals(files: readonly string[]): JournalIndex {
  let header: JournalHeader | undefined;
  let damaged = 0;
  const places = new Map<string, Place>();
  const states = new Map<string, JournalState>();
  for (const file of files) {
    const { size } = fileAt(file, statSync);
    let headed = false;
    let bad = 0;
    const end = eachLine(file, (line, offset) => {
      const record = contentOf(line);
      if (record === undefined) {
        bad++;
        return;
      }
      if ('psoascope' in record) {
        if (header !== undefined && header.planHash !== record.planHash)
          throw new InputError(tell(STUDY_ERRORS, 'error.journal.studies', { first: files[0]!, second: file }));
        if (header !== undefined && header.program !== record.program)
          throw new InputError(
            tell(STUDY_ERRORS, 'error.journal.versions', {
              first: files[0]!,
              second: file,
              one: header.program,
              other: record.program,
            }),
          );
        header ??= record;
        headed = true;
        return;
      }
      places.set(record.id, {
        file,
        offset,
        length: line.length,
        status: record.status,
        died: mayBeTried(record),
      });
    });
    const headless = size > 0 && !headed;
    states.set(file, { sound: end.sound, damaged: bad, headless, start: headless ? end.start : NOTHING, size });
    damaged += bad + end.cut;
  }
  return { header, places, damaged, files: states };
}

/**
 * Makes sure that journals without a sound header belong to this study: all their records are of its cases, whose ids are
 * hashes of what is computed, or a power cut has left nothing of them (zeros, the beginning of this very header).
 * @param knows whether the study has a case with this id
 * @throws InputError about the first file of which that cannot be said
 */
export function adoptHeadless(index: JournalIndex, header: JournalHeader, knows: (id: string) => boolean): void {
  for (const [file, { headless, start, size }] of index.files) {
    if (!headless) continue;
    const ids = [...index.places].filter(([, place]) => place.file === file).map(([id]) => id);
    if (ids.some((id) => !knows(id))) throw new InputError(tell(STUDY_ERRORS, 'error.journal.headless', { file }));
    const line = Buffer.from(journalLine(header));
    const nothing = start.every((byte) => byte === 0) && size <= start.length;
    if (ids.length === 0 && !nothing && !(size < line.length && line.subarray(0, size).equals(start)))
      throw new InputError(tell(STUDY_ERRORS, 'error.journal.nothing', { file }));
  }
}

/**
 * Writes a journal anew when a line in its middle, or its first one, is damaged; the journal as it was stays beside it.
 * @returns where it stays
 */
export function mendJournal(file: string, header: JournalHeader, index: JournalIndex): string | undefined {
  const state = index.files.get(file);
  if (state === undefined || (state.damaged === 0 && !state.headless)) return undefined;
  const beside = `${file}.mended.part`;
  rmSync(beside, { force: true });
  const mine = [...index.places.values()].filter((place) => place.file === file);
  const from = openSync(file, 'r');
  const to = openSync(beside, 'wx');
  try {
    write(to, Buffer.from(journalLine(header)));
    for (const place of mine.sort((a, b) => a.offset - b.offset))
      write(to, Buffer.from(journalLine(recordAt(place, from))));
    fsyncSync(to);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  } finally {
    closeSync(from);
    closeSync(to);
  }
  const kept = mine.length === 0 && state.sound === 0 ? undefined : keepAside(file);
  renameSync(beside, file);
  return kept;
}

/** A second name for a file as it is now; returns that name. */
function keepAside(file: string): string {
  for (let n = 1; ; n++) {
    const name = `${file}.damaged${n === 1 ? '' : `-${n}`}`;
    try {
      linkSync(file, name);
      return name;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') continue;
      if (!/^(EPERM|ENOSYS|ENOTSUP|EOPNOTSUPP|EMLINK)$/.test(code ?? '')) throw error;
      // a file system without hard links
      copyFileSync(file, name, constants.COPYFILE_EXCL);
      return name;
    }
  }
}

function write(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
}

/** @throws InputError when a journal is no file that can be read */
function fileAt(file: string, stat: typeof statSync): { readonly size: number } {
  let found: ReturnType<typeof statSync>;
  try {
    found = stat(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError(
      code === 'ENOENT'
        ? tell(STUDY_ERRORS, 'error.journal.dead-link', { file })
        : tell(STUDY_ERRORS, 'error.journal.unread', { file, code: `${code}` }),
    );
  }
  if (!found!.isFile()) throw new InputError(tell(STUDY_ERRORS, 'error.journal.kind', { file, what: kindOf(found!) }));
  return found!;
}

/**
 * Makes sure that what is written to a journal gets into this very file.
 * @returns whether there is one
 * @throws InputError when something else is in its place, a link for example
 */
export function journalThere(file: string): boolean {
  try {
    lstatSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
  }
  fileAt(file, lstatSync as typeof statSync);
  return true;
}

/** A record where the index says it lies. */
export function recordAt(place: Place, fd: number): CaseRecord {
  const bytes = Buffer.allocUnsafe(place.length);
  readSync(fd, bytes, 0, place.length, place.offset);
  const record = contentOf(bytes);
  if (record === undefined || 'psoascope' in record)
    throw new InputError(tell(STUDY_ERRORS, 'error.journal.changed', { file: place.file }));
  return record;
}

/** Whether a case may end otherwise when it is tried again: its process died, or a file of it could not be read. */
const mayBeTried = ({ cost }: CaseRecord): boolean => cost.died === true || cost.unread === true;

function contentOf(line: Uint8Array): CaseRecord | JournalHeader | undefined {
  const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength);
  if (text.length < 11 || text[8] !== 0x20 || checksum(text.subarray(9)) !== text.toString('latin1', 0, 8))
    return undefined;
  return asContent(text.toString('utf8', 9));
}

function asContent(json: string): CaseRecord | JournalHeader | undefined {
  let content: (CaseRecord & JournalHeader) | null;
  try {
    content = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (content === null || typeof content !== 'object') return undefined;
  if ('psoascope' in content) {
    if (content.psoascope !== 'study-journal') return undefined;
    if (content.version > 1) throw new InputError(tell(STUDY_ERRORS, 'error.journal.newer'));
    return typeof content.planHash === 'string' && typeof content.program === 'string' ? content : undefined;
  }
  const { id, status, measures, cost } = content;
  const isRecord = typeof id === 'string' && typeof status === 'string' && Array.isArray(measures) && Boolean(cost);
  return isRecord ? content : undefined;
}

/** Calls back for every whole line of a file, without its end; returns where the last one ends and whether a piece is left. */
function eachLine(
  file: string,
  found: (line: Uint8Array, offset: number) => void,
): { sound: number; cut: number; start: Uint8Array } {
  let fd: number;
  try {
    fd = openSync(file, 'r');
  } catch (error) {
    throw new InputError(tell(STUDY_ERRORS, 'error.journal.unread', { file, code: codeOf(error) }));
  }
  try {
    let start = Buffer.alloc(0);
    let rest = Buffer.alloc(0);
    let offset = 0;
    const chunk = Buffer.allocUnsafe(1 << 20);
    for (;;) {
      const read = readSync(fd, chunk, 0, chunk.length, null);
      if (read === 0) break;
      if (offset === 0 && rest.length === 0) start = Buffer.from(chunk.subarray(0, read));
      const block = rest.length === 0 ? chunk.subarray(0, read) : Buffer.concat([rest, chunk.subarray(0, read)]);
      let from = 0;
      for (let end = block.indexOf(10); end !== -1; end = block.indexOf(10, from)) {
        found(block.subarray(from, end), offset + from);
        from = end + 1;
      }
      rest = Buffer.from(block.subarray(from));
      offset += from;
    }
    return { sound: offset, cut: rest.length > 0 ? 1 : 0, start };
  } finally {
    closeSync(fd);
  }
}

/** The journal could not be written: nothing that it holds is lost, but the study has to stop. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** How a journal writes: real files, or a test's disk that fills up. */
export interface JournalDisk {
  write(fd: number, bytes: Uint8Array, offset: number): number;
  sync(fd: number): void;
}

const DISK: JournalDisk = {
  write: (fd, bytes, offset) => writeSync(fd, bytes, 0, bytes.length, offset),
  sync: fdatasyncSync,
};

/** Longest time that a record may wait to be forced onto the disk, ms. A crash of the machine costs the records of that time. */
const SYNC_AFTER = 500;

/** An append-only journal of one process. Every record survives the death of this process as soon as append returns. */
export class Journal {
  readonly file: string;
  readonly #fd: number;
  readonly #disk: JournalDisk;
  #end: number;
  #syncedAt = 0;
  #dirty = false;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /**
   * @param sound where the last whole line ends, from readJournals; what lies behind is a torn record and is cut off
   */
  constructor(file: string, header: JournalHeader, sound = 0, disk: JournalDisk = DISK) {
    this.file = file;
    this.#disk = disk;
    try {
      // what is there is known to be this study's, see adoptHeadless; nothing is followed that is a link
      this.#fd = openSync(
        file,
        constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0) | (sound === 0 ? constants.O_TRUNC : 0),
        0o666,
      );
      if (fstatSync(this.#fd).size > sound) ftruncateSync(this.#fd, sound);
    } catch (error) {
      throw new JournalError(codeOf(error));
    }
    this.#end = sound;
    if (sound === 0) this.#write(journalLine(header));
  }

  /**
   * Adds a record.
   * @returns where it lies
   * @throws JournalError when the disk does not take it; the journal then ends with the record before
   */
  append(record: CaseRecord): Place {
    const offset = this.#end;
    const length = this.#write(journalLine(record)) - 1;
    // forcing every record onto the disk by itself would cost more than a quick case: those within half a second go together
    if (performance.now() - this.#syncedAt > SYNC_AFTER) this.#sync();
    else if (this.#timer === undefined) this.#timer = setTimeout(() => this.#sync(), SYNC_AFTER).unref();
    return { file: this.file, offset, length, status: record.status, died: mayBeTried(record) };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#timer);
    try {
      if (this.#dirty) this.#disk.sync(this.#fd);
    } finally {
      closeSync(this.#fd);
    }
  }

  #write(line: string): number {
    const bytes = Buffer.from(line);
    try {
      for (let done = 0; done < bytes.length; )
        done += this.#disk.write(this.#fd, bytes.subarray(done), this.#end + done);
    } catch (error) {
      // what got onto the disk of this line is no record: cut it off, so that the next one starts on a line of its own
      ftruncateSync(this.#fd, this.#end);
      throw new JournalError(codeOf(error));
    }
    this.#end += bytes.length;
    this.#dirty = true;
    return bytes.length;
  }

  #sync(): void {
    this.#timer = undefined;
    if (this.#closed) return;
    try {
      this.#disk.sync(this.#fd);
      this.#dirty = false;
    } catch {
      // some file systems refuse; the record is written all the same, only a crash of the machine could take it
    }
    this.#syncedAt = performance.now();
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);
