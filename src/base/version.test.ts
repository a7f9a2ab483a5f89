import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { platformName } from './platform-name.ts';
import { VERSION, VERSION_DATE } from './version.ts';

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

describe('the version', () => {
  it('is the same in the package, its lock, the citation, and at the top of the released changelog', () => {
    expect(VERSION).toMatch(/^\d+\.\d+\.\d+$/);
    expect(JSON.parse(read('package.json')).version).toBe(VERSION);
    const lock = JSON.parse(read('package-lock.json'));
    expect([lock.version, lock.packages[''].version]).toEqual([VERSION, VERSION]);
    expect(read('CHANGELOG.md').match(/^## \[(\d.*?)\]/m)?.[1]).toBe(VERSION);
    expect(read('CITATION.cff').match(/^version: (.*)$/m)?.[1]).toBe(VERSION);
    expect(read('CITATION.cff').match(/^date-released: (.*)$/m)?.[1]).toBe(VERSION_DATE);
    expect(read('CHANGELOG.md').match(/^## \[\d.*?\] – (\S+)$/m)?.[1]).toBe(VERSION_DATE);
  });
});

describe('the name of the platform', () => {
  it('names Node with its version and system', () => {
    expect(platformName()).toBe(`node ${process.version} ${process.platform}-${process.arch}`);
  });

  it('names a browser without what would single out its user', () => {
    const chrome =
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.7390.54 Safari/537.36';
    expect(platformName({ navigator: { userAgent: chrome } })).toBe('browser Chrome/141');
    const safari =
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15';
    expect(platformName({ navigator: { userAgent: safari } })).toBe('browser Version/18');
    expect(platformName({ navigator: { userAgent: 'something else' } })).toBe('browser');
    expect(platformName({})).toBe('unknown');
  });
});
