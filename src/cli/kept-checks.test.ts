import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
  it('come back as they were, to the same version and the same grids only', () => {
    const into = join(folder, 'new', 'folder');
    expect(keptChecks(into, undefined).known('A-12')).toBeUndefined();
    keptChecks(into, undefined).keep(checked);
    expect(keptChecks(into, undefined).known('A-12')).toEqual(checked);
    expect(keptChecks(into, undefined).known('A-11')).toBeUndefined();
    expect(keptChecks(into, 12).known('A-12')).toBeUndefined();
    const file = join(into, 'A-12.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"version":"[^"]*"/, '"version":"0.0.1"'));
    expect(keptChecks(into, undefined).known('A-12')).toBeUndefined();
    writeFileSync(file, '{"version"');
    expect(keptChecks(into, undefined).known('A-12')).toBeUndefined();
  });
});
