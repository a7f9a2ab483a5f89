import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputError, OutputError } from '../base/errors.ts';
import type { Checked } from '../validation/anchor.ts';
import { validate } from '../validation/validate.ts';
import { keptChecks } from './kept-checks.ts';

let folder: string;
let checked: Checked;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'psoascope-kept-'));
  [checked] = (await validate({}, { only: ['A-12'] })) as [Checked];
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('checks that are kept', () => {
  it('come back as they were, to the same code and the same grids only', () => {
    const into = join(folder, 'new', 'folder');
    expect(keptChecks(into, undefined).known('A-12')).toBeUndefined();
    keptChecks(into, undefined).keep(checked);
    expect(keptChecks(into, undefined).known('A-12')).toEqual(checked);
    expect(keptChecks(into, undefined).known('A-11')).toBeUndefined();
    expect(keptChecks(into, 12).known('A-12')).toBeUndefined();
    expect(keptChecks(into, undefined, 'other code').known('A-12')).toBeUndefined();
    const file = join(into, 'A-12.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"version":"[^"]*"/, '"version":"0.0.1"'));
    expect(keptChecks(into, undefined).known('A-12')).toBeUndefined();
    writeFileSync(file, '{"version"');
    expect(keptChecks(into, undefined).known('A-12')).toBeUndefined();
  });

  it('are computed anew where a file was changed, emptied, or is another check’s', () => {
    const into = join(folder, 'damaged');
    const file = join(into, 'A-12.json');
    keptChecks(into, undefined).keep(checked);
    const whole = readFileSync(file, 'utf8');
    const { version, code, hash } = JSON.parse(whole) as { version: string; code: string; hash: string };
    for (const text of [
      whole.replace(/"value":[\d.]+/, '"value":999'),
      whole.replace('"verdict":"reproduced"', '"verdict":"not reproduced"'),
      JSON.stringify({ version, code, hash, checked: {} }),
      JSON.stringify({ version, code, hash, checked: null }),
      JSON.stringify({ version, hash, checked }),
      JSON.stringify({ version, code, checked }),
      'null',
    ]) {
      expect(text).not.toBe(whole);
      writeFileSync(file, text);
      expect(keptChecks(into, undefined).known('A-12'), text).toBeUndefined();
    }
    writeFileSync(join(into, 'A-11.json'), whole);
    expect(keptChecks(into, undefined).known('A-11')).toBeUndefined();
  });

  it('are refused a place that is none before anything is computed, and one that is in the way in one sentence', () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, 'x');
    const refused = /^Checks cannot be kept in .*; choose another folder with --keep\.$/;
    expect(() => keptChecks(file, undefined)).toThrow(InputError);
    expect(() => keptChecks(join(file, 'below'), undefined)).toThrow(refused);
    const empty = join(folder, 'unmade', 'folder');
    keptChecks(empty, undefined);
    expect(existsSync(join(folder, 'unmade'))).toBe(false);
    mkdirSync(join(folder, 'taken', 'A-12.json'), { recursive: true });
    const taken = keptChecks(join(folder, 'taken'), undefined);
    expect(taken.known('A-12')).toBeUndefined();
    expect(() => taken.keep(checked)).toThrow(OutputError);
    expect(() => taken.keep(checked)).toThrow(refused);
  });
});
