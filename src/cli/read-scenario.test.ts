import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashOf } from '../base/hash.ts';
import { readScenario, withFlags } from './scenario-flags.ts';

let folder: string;
let before: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'psoascope #1 100% ü-'));
  before = process.cwd();
});
afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}
const hashed = (path: string, flags = {}): string | undefined => readScenario(path, flags).scenario.scan?.ctHash;
const stand = (name: string): void => {
  mkdirSync(join(folder, name), { recursive: true });
  process.chdir(join(folder, name));
};

describe('the scan that a scenario means', () => {
  it('is the one beside it, from wherever the program is run', () => {
    const anna = file('anna/scenario.json', { scan: { ct: 'ct.nii' } });
    file('anna/ct.nii', 'anna');
    file('bert/ct.nii', 'bert');
    for (const place of ['.', 'anna', 'bert']) {
      stand(place);
      expect([place, hashed(anna)]).toEqual([place, hashOf('anna')]);
    }
    // one of the same name where one happens to stand is another person
    rmSync(join(folder, 'anna/ct.nii'));
    expect(() => hashed(anna)).toThrow(/CT file .*anna\/ct\.nii .*cannot be read \(ENOENT\)|anna\/ct\.nii/);
  });

  it('named by a flag is meant from where one stands, and what the file says of another one is gone', () => {
    const path = file('anna/scenario.json', { scan: { ct: 'ct.nii', ctHash: '0'.repeat(64) } });
    file('anna/ct.nii', 'anna');
    file('bert/ct.nii', 'bert');
    stand('bert');
    expect(hashed(path, { ct: 'ct.nii' })).toBe(hashOf('bert'));
  });

  it('with a label table that a flag names, goes on with the file beside the scenario and the table where one stands', () => {
    const path = file('anna/scenario.json', { scan: { labels: 'masks.nii', labelsHash: hashOf('masks') } });
    file('anna/masks.nii', 'masks');
    file('anna/table.txt', '1 liver');
    file('bert/table.txt', '1 spleen');
    const tableHash = (labelTable: string) => readScenario(path, { labelTable }).scenario.scan?.labelTableHash;
    for (const [place, table] of [
      ['bert', '1 spleen'],
      ['anna', '1 liver'],
    ] as const) {
      stand(place);
      expect(tableHash('table.txt')).toBe(hashOf(table));
      expect(tableHash(join(folder, 'bert/table.txt'))).toBe(hashOf('1 spleen'));
    }
    expect(readScenario(path, { labelTable: 'total' }).scenario.scan).toMatchObject({ labelTable: 'total' });
  });

  it('is known by its content: found near a result that lies elsewhere, and nothing else is taken for it', () => {
    const scan = { ct: 'sub/ct.nii', ctHash: hashOf('anna') };
    const result = file('out/result.json', { manifest: {}, scenario: { scan } });
    const saved = file('downloads/from-app.json', { manifest: {}, scenario: { scan: { ...scan, ct: 'ct.nii' } } });
    file('sub/ct.nii', 'anna');
    stand('out');
    expect(hashed('result.json')).toBe(scan.ctHash);
    expect(hashed(result)).toBe(scan.ctHash);
    // a bare name with its content somewhere else: the folder where one stands is looked into
    stand('sub');
    expect(hashed(saved)).toBe(scan.ctHash);
    stand('downloads');
    expect(() => hashed(saved)).toThrow(
      new RegExp(
        `^The CT file ct\\.nii is missing: this scenario was computed with the one whose SHA-256 is ${scan.ctHash};`,
      ),
    );
    file('downloads/ct.nii', 'bert');
    expect(() => hashed(saved)).toThrow(
      new RegExp(`is a different one: .*${scan.ctHash}, and this one's is ${hashOf('bert')}; `),
    );
    // the other one lies nearer, the right one is still found
    file('downloads/sub/ct.nii', 'bert');
    const near = file('downloads/near.json', { scan });
    expect(hashed(near)).toBe(scan.ctHash);
  });
});

describe('yes and no', () => {
  const pregnant = (word: string): unknown =>
    (withFlags({}, { body: `pregnant=${word}` }).body as { pregnant: unknown }).pregnant;

  it('are understood in every spelling and refused in any other', () => {
    for (const word of ['yes', 'Yes', 'YES', 'true', 'True', 'TRUE', '1', 'y', 'Y', 'on'])
      expect([word, pregnant(word)]).toEqual([word, true]);
    for (const word of ['no', 'No', 'NO', 'false', 'False', '0', 'n', 'off'])
      expect([word, pregnant(word)]).toEqual([word, false]);
    for (const word of ['ja', 'maybe', '2', 'x', 'yess', 'toString', 'null', '-1', '01', 'NaN'])
      expect(() => pregnant(word)).toThrow(`--body pregnant must be yes or no (or true or false), not ${word}.`);
  });
});
