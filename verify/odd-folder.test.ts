import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const parent = mkdtempSync(join(tmpdir(), 'psoascope-odd-'));
afterAll(() => rmSync(parent, { recursive: true, force: true }));

describe('a checkout in a folder whose name means something in an address', () => {
  it('builds the app as anywhere else', () => {
    const checkout = join(parent, 'Größe 100% #1 a%20b');
    mkdirSync(checkout);
    for (const name of ['src', 'scripts', 'package.json', 'package-lock.json', 'vite.config.ts'])
      cpSync(join(ROOT, name), join(checkout, name), { recursive: true });
    for (const name of readdirSync(ROOT).filter((each) => /^tsconfig.*\.json$/.test(each)))
      cpSync(join(ROOT, name), join(checkout, name));
    symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'), 'junction');
    // what the compiler has made, which draws the example's body
    cpSync(join(ROOT, 'dist'), join(checkout, 'dist'), {
      recursive: true,
      filter: (file) => !file.startsWith(join(ROOT, 'dist', 'web')),
    });
    const links = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('psoascope-build-'));
    const before = links();
    execFileSync(process.execPath, ['scripts/build-web.mjs'], { cwd: checkout, stdio: 'pipe' });
    expect(existsSync(join(checkout, 'dist/web/index.html'))).toBe(true);
    const assets = readdirSync(join(checkout, 'dist/web/assets'));
    expect(assets.filter((name) => /worker.*\.js$/.test(name)).length).toBeGreaterThan(0);
    expect(links()).toEqual(before);
    // what the link led to is still there
    expect(existsSync(join(checkout, 'src/app/main.tsx'))).toBe(true);
  });
});
