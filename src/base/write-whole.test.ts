import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from './make-folder.node.ts';
import { hasEnded, processMark } from './process-mark.node.ts';
import { clearLeftBehind, openBeside, unfinishedName, writeWhole } from './write-whole.node.ts';

const BASE = resolve(import.meta.dirname, '../../dist/base');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'psoascope-base-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const names = (): string[] => readdirSync(folder).sort();
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** Runs a line of a program with the built unit, with files of at most 1024 bytes when asked: a disk that is soon full. */
function inProcess(code: string, small = false): { code: number | null; out: string } {
  const line = `import('file://${BASE}/write-whole.node.js').then(async (w) => { ${code} })`;
  const { status, stdout } = spawnSync(
    'bash',
    ['-c', `${small ? 'ulimit -f 1; ' : ''}exec "$0" -e "$1"`, process.execPath, line],
    { cwd: folder, encoding: 'utf8' },
  );
  return { code: status, out: stdout };
}

describe('writeWhole', () => {
  it('replaces a file, and a link without following it', () => {
    writeFileSync(join(folder, 'target'), 'mine');
    symlinkSync(join(folder, 'target'), join(folder, 'a'));
    writeWhole(join(folder, 'a'), 'new');
    expect([read('a'), read('target'), lstatSync(join(folder, 'a')).isSymbolicLink()]).toEqual(['new', 'mine', false]);
    writeWhole(join(folder, 'a'), Buffer.from('newer'));
    expect([read('a'), names()]).toEqual(['newer', ['a', 'target']]);
  });

  it('keeps the older file and leaves nothing else where the disk is full', () => {
    writeFileSync(join(folder, 'a'), 'old');
    const { out } = inProcess(`try { w.writeWhole('a', 'x'.repeat(5000)) } catch (e) { console.log(e.code) }`, true);
    expect([out, read('a'), names()]).toEqual(['EFBIG\n', 'old', ['a']]);
  });

  it('leaves nothing of a file that its process did not finish, on any exit but a kill', () => {
    expect(inProcess(`w.openBeside('a').write(Buffer.from('half')); process.exit(3)`).code).toBe(3);
    expect(names()).toEqual([]);
  });

  it('what a killed process left is cleared by the next one; what a living one writes stays', () => {
    const mine = openBeside(join(folder, 'a'));
    const [alive] = names();
    inProcess(`w.openBeside('b').write(Buffer.from('half')); process.kill(process.pid, 'SIGKILL'); await 0`);
    expect(names()).toHaveLength(2);
    // of another machine, and of a version whose names tell nothing: only when nobody has touched it for long
    mkdirSync(join(folder, '.psoascope-00000000-1-1-abcdef01'));
    mkdirSync(join(folder, '.psoascope-AbCdEf'));
    mkdirSync(join(folder, '.psoascope-GhIjKl'));
    utimesSync(join(folder, '.psoascope-GhIjKl'), 0, 0);
    clearLeftBehind(folder);
    expect(names()).toEqual(['.psoascope-00000000-1-1-abcdef01', '.psoascope-AbCdEf', alive].sort());
    mine.discard();
    expect(names()).not.toContain(alive);
  });
});

describe('processMark', () => {
  it('tells a living process from one that has ended and from a younger one of the same number', () => {
    const [host, pid, started] = processMark().split('-');
    expect(unfinishedName()).toContain(`${host}-${pid}-${started}-`);
    expect(hasEnded(processMark())).toBe(false);
    if (started !== 'x') expect(hasEnded(`${host}-${pid}-${Number(started) - 1}`)).toBe(true);
    expect(hasEnded(`${host}-${spawnSync(process.execPath, ['-e', '']).pid}-1`)).toBe(true);
    expect(hasEnded(`00000000-${spawnSync(process.execPath, ['-e', '']).pid}-1`)).toBe(false);
    expect(host).not.toContain(hostname());
  });
});

describe('makeFolder', () => {
  it('makes what is missing and says what that was', () => {
    const [a, b] = [join(folder, 'a'), join(folder, 'a/b')];
    expect(makeFolder(b)).toEqual([a, b]);
    expect(makeFolder(b)).toEqual([]);
  });

  it('ends with an error where no folder can be made, and takes away what it made', () => {
    writeFileSync(join(folder, 'file'), '');
    symlinkSync(join(folder, 'gone'), join(folder, 'dead'));
    expect(() => makeFolder(join(folder, 'file'))).toThrow(/no folder/);
    expect(() => makeFolder(join(folder, 'file/x/y'))).toThrow(/no folder/);
    expect(() => makeFolder(join(folder, 'dead/x'))).toThrow(/no folder/);
    expect(() => makeFolder(join(folder, 'new', 'x'.repeat(300)))).toThrow(/ENAMETOOLONG/);
    expect(existsSync(join(folder, 'new'))).toBe(false);
  });

  it.runIf(existsSync('/proc/self'))('does not loop under /proc', () => {
    for (const path of ['/proc/nowhere', '/proc/nowhere/deep', '/proc/self/nowhere'])
      expect(() => makeFolder(path)).toThrow(/ENOENT|EACCES|EPERM|EROFS/);
  });
});
