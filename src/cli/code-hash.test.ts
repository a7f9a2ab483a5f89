import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeHash } from './code-hash.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'psoascope-code-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string): string => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
  return codeHash(folder);
};

describe('the hash of the code', () => {
  it('is another where code, or the name of a file of it, is another', () => {
    const first = write('mechanics/law.js', 'export const k = 1;');
    expect(codeHash(folder)).toBe(first);
    const longer = write('mechanics/law.js', 'export const k = 2;');
    const more = write('press/law.js', '');
    expect(new Set([first, longer, more]).size).toBe(3);
    expect(write('press/more.js', 'export const k = 2;')).not.toBe(more);
    rmSync(join(folder, 'press'), { recursive: true });
    expect(codeHash(folder)).toBe(longer);
  });

  it('does not know the app, tests, types, or what is no code', () => {
    const hash = codeHash(folder);
    const others = [
      'web/assets/app.js',
      'app/state.ts',
      '.tests/a.js',
      'press/law.test.ts',
      'press/law.d.ts',
      'press/law.md',
    ];
    for (const name of others) expect(write(name, 'export {};'), name).toBe(hash);
  });

  it('is that of this program where nothing is said', () => {
    expect(codeHash()).toMatch(/^[0-9a-f]{64}$/);
    expect(codeHash()).toBe(codeHash(join(import.meta.dirname, '..')));
  });
});
