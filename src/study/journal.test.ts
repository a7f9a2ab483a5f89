import {
  appendFileSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { Journal, JournalError, type JournalHeader, journalLine, readJournals, recordAt } from './journal.node.ts';
import { failedRecord } from './record.ts';

const folder = mkdtempSync(join(tmpdir(), 'psoascope-journal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const header: JournalHeader = { psoascope: 'study-journal', version: 1, program: '1', planHash: 'p', cases: 100 };
const record = (n: number) => failedRecord(`id${n}`, `because of ${n} – ünïcode\n"quoted"`);
let files = 0;
const freshFile = () => join(folder, `${files++}.log`);

function written(count: number): string {
  const file = freshFile();
  const journal = new Journal(file, header);
  for (let n = 0; n < count; n++) journal.append(record(n));
  journal.close();
  return file;
}

describe('a journal', () => {
  it('gives back what was written', () => {
    const file = written(5);
    const index = readJournals([file]);
    expect(index.header).toEqual(header);
    expect([...index.places.keys()]).toEqual(['id0', 'id1', 'id2', 'id3', 'id4']);
    const fd = openSync(file, 'r');
    expect(recordAt(index.places.get('id3')!, fd)).toEqual(record(3));
  });

  it('cut anywhere keeps every whole record, and goes on after it', () => {
    const whole = readFileSync(written(6));
    const ends = [...whole.entries()].filter(([, byte]) => byte === 10).map(([at]) => at + 1);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length }), (length) => {
        const file = freshFile();
        writeFileSync(file, whole.subarray(0, length));
        const index = readJournals([file]);
        const kept = Math.max(0, ends.filter((end) => end <= length).length - 1);
        expect(index.places.size).toBe(kept);
        expect(index.damaged).toBe(ends.includes(length) || length === 0 ? 0 : 1);
        const journal = new Journal(file, header, index.files.get(file)!.sound);
        journal.append(record(77));
        journal.close();
        const again = readJournals([file]);
        expect(again.places.size).toBe(kept + 1);
        expect(again.damaged).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('passes over a damaged record and keeps the others', () => {
    const whole = readFileSync(written(6));
    const first = whole.indexOf(10) + 1;
    fc.assert(
      fc.property(fc.integer({ min: first, max: whole.length - 2 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const file = freshFile();
        const bytes = Buffer.from(whole);
        bytes[at] = bytes[at]! ^ flip;
        writeFileSync(file, bytes);
        const { places } = readJournals([file]);
        // a flipped line end joins two lines, a new one splits one
        expect(places.size).toBeGreaterThanOrEqual(4);
        const fd = openSync(file, 'r');
        for (const [id, place] of places) expect(recordAt(place, fd)).toEqual(record(Number(id.slice(2))));
      }),
      { numRuns: 80 },
    );
  });

  it('of several records of one case the last one counts', () => {
    const file = written(2);
    appendFileSync(file, journalLine({ ...record(1), reason: 'again' }));
    const { places } = readJournals([file]);
    expect(places.size).toBe(2);
    expect(recordAt(places.get('id1')!, openSync(file, 'r')).reason).toBe('again');
  });

  it('on a full disk ends with the record before, and takes more once there is room', () => {
    const file = freshFile();
    let room = 1200;
    const disk = {
      write(fd: number, bytes: Uint8Array, offset: number): number {
        // a disk that is nearly full writes a part first
        if (room <= 0) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
        const part = bytes.subarray(0, room);
        room -= part.length;
        return writeSync(fd, part, 0, part.length, offset);
      },
      sync: () => undefined,
    };
    const journal = new Journal(file, header, 0, disk);
    let fitted = 0;
    expect(() => {
      for (; fitted < 100; fitted++) journal.append(record(fitted));
    }).toThrow(JournalError);
    expect(fitted).toBeGreaterThan(3);
    expect(readJournals([file])).toMatchObject({ damaged: 0 });
    expect(readJournals([file]).places.size).toBe(fitted);
    expect(statSync(file).size).toBeLessThan(1200);
    room = 1e9;
    journal.append(record(99));
    expect(readJournals([file]).places.size).toBe(fitted + 1);
  });

  it('an empty file and a header cut short are an empty journal', () => {
    const file = written(0);
    truncateSync(file, 10);
    expect(readJournals([file])).toMatchObject({ header: undefined, damaged: 1 });
    writeFileSync(file, '');
    expect(readJournals([file]).places.size).toBe(0);
  });

  it('refuses journals of different studies', () => {
    const other = freshFile();
    new Journal(other, { ...header, planHash: 'q' }).close();
    expect(() => readJournals([written(1), other])).toThrow(/belong to different studies/);
    const newer = freshFile();
    new Journal(newer, { ...header, program: '2' }).close();
    expect(() => readJournals([written(1), newer])).toThrow(/versions 1 and 2/);
  });
});
