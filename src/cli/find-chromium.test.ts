import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { lacks } from '../base/lacks.test-data.ts';
import { findChromium } from './find-chromium.ts';

const folder = mkdtempSync(join(tmpdir(), 'psoascope-chromium-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A program that says this. */
function program(name: string, says: string, mode = 0o755): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho "${says}"\n`);
  chmodSync(path, mode);
  return path;
}
const real = program('late/google-chrome', 'Google Chrome 130.0.6723.58 ');
const search = ['early', 'late'].map((name) => join(folder, name)).join(':');

describe.skipIf(process.platform === 'win32')('the one rule that finds the browser', () => {
  it('takes the first on the search path that is one, and passes over what only has the name', () => {
    program('early/chromium', 'this command was moved elsewhere');
    program('early/chromium-browser', 'Chromium 130.0.6723.58', 0o644);
    expect(findChromium({ PATH: search })).toBe(real);
    const better = program('late/chromium', 'Chromium 130.0.6723.58 built on Debian');
    expect(findChromium({ PATH: search })).toBe(better);
    expect(findChromium({ PATH: search, CHROMIUM_PATH: '' })).toBe(better);
    expect(findChromium({ PATH: join(folder, 'early') })).toBeUndefined();
    expect(findChromium({})).toBeUndefined();
  });

  it('takes CHROMIUM_PATH before all others, and never another one in its place', () => {
    const own = program('own/anything', 'Chromium 131.0.6778.0');
    expect(findChromium({ PATH: search, CHROMIUM_PATH: own })).toBe(own);
    for (const wrong of [
      '/bin/true',
      join(folder, 'gone'),
      folder,
      program('own/text', 'Chromium 131.0.6778.0', 0o644),
    ])
      expect(() => findChromium({ PATH: search, CHROMIUM_PATH: wrong }), wrong).toThrow(
        `CHROMIUM_PATH is "${wrong}", but no Chromium starts from there`,
      );
  });
});

describe('a test that lacks something', () => {
  const inCi = (ci: string | undefined, ask: () => boolean): boolean => {
    const before = process.env.CI;
    if (ci === undefined) delete process.env.CI;
    else process.env.CI = ci;
    try {
      return ask();
    } finally {
      if (before === undefined) delete process.env.CI;
      else process.env.CI = before;
    }
  };
  it('is left out at home and is an error with its reason in CI', () => {
    expect(inCi(undefined, () => lacks('no oven'))).toBe(true);
    expect(inCi('false', () => lacks('no oven'))).toBe(true);
    for (const ci of ['true', '1']) {
      expect(() => inCi(ci, () => lacks('no oven'))).toThrow('no oven');
      expect(inCi(ci, () => lacks(undefined))).toBe(false);
    }
  });
});
