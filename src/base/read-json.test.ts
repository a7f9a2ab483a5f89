import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readJsonFile } from './read-json.node.ts';

const folder = mkdtempSync(join(tmpdir(), 'psoascope-json-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(content: string | Uint8Array): string {
  const path = join(folder, 'a#1 100% ü.json');
  writeFileSync(path, content);
  return path;
}
const read = (content: string | Uint8Array): unknown => readJsonFile(file(content), 'plan');

describe('readJsonFile', () => {
  it('gives back what was written, with a byte order mark before it or not', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(read(text)).toEqual(JSON.parse(text));
        expect(read(`\ufeff${text}`)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('names UTF-16 and UTF-32, with their marks and without, and what is no text at all', () => {
    const wide = (text: string): Buffer => Buffer.from(text, 'utf16le');
    for (const bytes of [wide('\ufeff{"a":1}'), wide('{"a":1}'), wide('\ufeff{"a":1}').swap16(), wide('[1]').swap16()])
      expect(() => read(bytes)).toThrow(/^The plan file .* is written in UTF-16; save it as UTF-8/);
    for (const bytes of [Buffer.from('7b0000007d000000', 'hex'), Buffer.from('0000007b0000007d', 'hex')])
      expect(() => read(bytes)).toThrow(/is written in UTF-32;/);
    expect(() => read(Buffer.from('{"a":"\xfc"}', 'latin1'))).toThrow(/is not UTF-8 text/);
  });

  it('says in one sentence what else is no JSON file', () => {
    expect(() => read('')).toThrow(/is not JSON: it is empty\.$/);
    expect(() => read('{"a":1,}')).toThrow(/is not JSON/);
    expect(() => readJsonFile(folder, 'plan')).toThrow(/is a folder; name a file in it\.$/);
    expect(() => readJsonFile(join(folder, 'none'), 'plan')).toThrow(/cannot be read \(ENOENT\)\.$/);
    expect(() => readJsonFile('/dev/zero', 'plan')).toThrow(/is a device, not a file\.$/);
  });

  it('takes brackets however deep', () => {
    expect(read(`${'['.repeat(20_000)}${']'.repeat(20_000)}`)).toBeInstanceOf(Array);
  });
});
