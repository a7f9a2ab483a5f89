import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { InputError } from '../base/errors.ts';
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
  /** Number of bytes of each journal up to the end of its last whole line. */
  readonly sound: ReadonlyMap<string, number>;
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

const checksum = (text: string | Uint8Array): string => crc32(text).toString(16).padStart(8, '0');

/**
 * Reads journals.
 * @throws InputError when they belong to different studies or to another version of the program's files
 */
export function readJournals(files: readonly string[]): JournalIndex {
  let header: JournalHeader | undefined;
  let damaged = 0;
  const places = new Map<string, Place>();
  const sound = new Map<string, number>();
  for (const file of files) {
    const end = eachLine(file, (line, offset) => {
      const record = contentOf(line);
      if (record === undefined) {
        damaged++;
        return;
      }
      if ('psoascope' in record) {
        if (header !== undefined && header.planHash !== record.planHash)
          throw new InputError(
            `The journals ${files[0]} and ${file} belong to different studies; merge only shards of one.`,
          );
        if (header !== undefined && header.program !== record.program)
          throw new InputError(
            `The journals ${files[0]} and ${file} were written by versions ${header.program} and ${record.program} of the program; compute a study with one.`,
          );
        header ??= record;
        return;
      }
      places.set(record.id, {
        file,
        offset,
        length: line.length,
        status: record.status,
        died: record.cost.died === true,
      });
    });
    sound.set(file, end.sound);
    damaged += end.cut;
  }
  return { header, places, damaged, sound };
}

/** A record where the index says it lies. */
export function recordAt(place: Place, fd: number): CaseRecord {
  const bytes = Buffer.allocUnsafe(place.length);
  readSync(fd, bytes, 0, place.length, place.offset);
  const record = contentOf(bytes);
  if (record === undefined || 'psoascope' in record)
    throw new InputError(`The journal ${place.file} has changed while it was read; run again with --resume.`);
  return record;
}

function contentOf(line: Uint8Array): CaseRecord | JournalHeader | undefined {
  const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength);
  if (text.length < 11 || text[8] !== 0x20 || checksum(text.subarray(9)) !== text.toString('latin1', 0, 8))
    return undefined;
  return JSON.parse(text.toString('utf8', 9)) as CaseRecord | JournalHeader;
}

/** Calls back for every whole line of a file, without its end; returns where the last one ends and whether a piece is left. */
function eachLine(file: string, found: (line: Uint8Array, offset: number) => void): { sound: number; cut: number } {
  const fd = openSync(file, 'r');
  try {
    let rest = Buffer.alloc(0);
    let offset = 0;
    const chunk = Buffer.allocUnsafe(1 << 20);
    for (;;) {
      const read = readSync(fd, chunk, 0, chunk.length, null);
      if (read === 0) break;
      const block = rest.length === 0 ? chunk.subarray(0, read) : Buffer.concat([rest, chunk.subarray(0, read)]);
      let from = 0;
      for (let end = block.indexOf(10); end !== -1; end = block.indexOf(10, from)) {
        found(block.subarray(from, end), offset + from);
        from = end + 1;
      }
      rest = Buffer.from(block.subarray(from));
      offset += from;
    }
    return { sound: offset, cut: rest.length > 0 ? 1 : 0 };
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
      this.#fd = openSync(file, sound === 0 ? 'w+' : 'r+');
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
    return { file: this.file, offset, length, status: record.status, died: record.cost.died === true };
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
