import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LockLost, lockFile } from './folder-lock.node.ts';

const LOCK = resolve(import.meta.dirname, '../../dist/study/folder-lock.node.js');
let folder: string;
let path: string;
const folders: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'psoascope-lock-'));
  folders.push(folder);
  path = join(folder, 'journal.log.lock');
});
const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
});
afterAll(() => {
  for (const each of folders) rmSync(each, { recursive: true, force: true });
});

const gone = spawnSync(process.execPath, ['-e', '']).pid;
const quick = { beat_ms: 20, stale_ms: 400 };

describe('the lock of a study', () => {
  it('is there whole, holds one process off, and goes away', async () => {
    const lock = await lockFile(path);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid, host: hostname() });
    await expect(lockFile(path)).rejects.toThrow(
      new RegExp(`^Process ${process.pid} is working on this study; wait for it, stop it, or, .*delete ${path}\\.$`),
    );
    lock.check();
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['of a process that has ended', { pid: gone, host: hostname(), started: '1' }],
    ['of an older process of the same number', { pid: process.pid, host: hostname(), started: '1' }],
  ])('%s is taken over at once', async (_, holder) => {
    writeFileSync(path, JSON.stringify(holder));
    const lock = await lockFile(path);
    expect(JSON.parse(readFileSync(path, 'utf8')).pid).toBe(process.pid);
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each(['', 'null', '{"pid":1}', '{"pid":"x","host":"y"}', '[]', '\u0000\u0000', 'garbage'])(
    'that says %j is nobody’s to take until it is old',
    async (text) => {
      writeFileSync(path, text);
      await expect(lockFile(path)).rejects.toThrow(/is damaged or was not written by this program; .* delete it/);
      expect(readFileSync(path, 'utf8')).toBe(text);
      utimesSync(path, 1, 1);
      (await lockFile(path)).release();
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  it('is never looked for through a folder or a link', async () => {
    mkdirSync(path);
    await expect(lockFile(path)).rejects.toThrow(/journal\.log\.lock is a folder, and the study keeps its lock there/);
    rmSync(path, { recursive: true });
    symlinkSync(join(folder, 'nowhere'), path);
    await expect(lockFile(path)).rejects.toThrow(/journal\.log\.lock is a link/);
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });

  it('of another machine is waited for and taken when nothing shows that its holder lives', async () => {
    const holder = JSON.stringify({ pid: 4242, host: 'node-17', started: '9', nonce: 'n' });
    writeFileSync(path, holder);
    const said: string[] = [];
    const lock = await lockFile(path, { ...quick, say: (line) => said.push(line.english) });
    expect(said).toEqual([
      'journal.log.lock is held by process 4242 on node-17; if there is no sign of life from it for 1 s, this process takes over.',
    ]);
    lock.release();
    // the same number in another table of processes (another container, a restart) means nothing here
    writeFileSync(path, JSON.stringify({ pid: process.pid, host: hostname(), table: 'another', nonce: 'n' }));
    (await lockFile(path, quick)).release();
    // old by the file system's clock: nothing to wait for
    writeFileSync(path, holder);
    utimesSync(path, 1, 1);
    (await lockFile(path)).release();
  });

  it('of another machine is left alone when its holder shows that it lives', async () => {
    writeFileSync(path, JSON.stringify({ pid: 4242, host: 'node-17', started: '9', nonce: 'n' }));
    const beating = setInterval(() => utimesSync(path, new Date(), new Date()), 20);
    const refused = await lockFile(path, quick).catch((error: Error) => error.message);
    clearInterval(beating);
    expect(refused).toMatch(/^Process 4242 on node-17 is working on this study and has just shown a sign of life/);
  });

  it('is renewed while it is held', async () => {
    const lock = await lockFile(path, { beat_ms: 1e9 });
    utimesSync(path, 1, 1);
    lock.beat();
    const renewed = await lockFile(path, { ...quick, stale_ms: 60_000 }).catch((error: Error) => error.message);
    expect(renewed).toMatch(/is working on this study/);
    utimesSync(path, 1, 1);
    lock.release();
    const beating = await lockFile(path, quick);
    utimesSync(path, 1, 1);
    const { statSync } = await import('node:fs');
    await vi.waitFor(() => expect(statSync(path).mtimeMs).toBeGreaterThan(1e12), 60_000);
    beating.release();
  });

  it('that was taken over is noticed by the one that had it, and stays with the other', async () => {
    const lock = await lockFile(path, { beat_ms: 1e9 });
    lock.check();
    writeFileSync(join(folder, 'other'), 'the other one');
    renameSync(join(folder, 'other'), path);
    expect(() => lock.check()).toThrow(LockLost);
    lock.beat();
    lock.release();
    expect(readFileSync(path, 'utf8')).toBe('the other one');
  });

  it('is held by one process at a time, whatever the schedule and whoever is killed', async () => {
    // every call of the file system takes its own time, so that the steps of the processes fall between each other
    const program = join(folder, 'contender.mjs');
    writeFileSync(
      program,
      `import fs from 'node:fs';
       import { syncBuiltinESMExports } from 'node:module';
       const nap = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
       for (const name of ['linkSync', 'rmSync', 'renameSync', 'openSync', 'lstatSync', 'readFileSync', 'writeSync', 'unlinkSync']) {
         const real = fs[name];
         fs[name] = (...args) => { if (Math.random() < 0.3) nap(Math.random() * 4); const out = real(...args); if (Math.random() < 0.3) nap(Math.random() * 4); return out; };
       }
       const { existsSync, readFileSync, writeFileSync, appendFileSync, renameSync } = { ...fs };
       syncBuiltinESMExports();
       const { lockFile } = await import(${JSON.stringify(`file://${LOCK}`)});
       const inside = ${JSON.stringify(join(folder, 'inside'))}, log = ${JSON.stringify(join(folder, 'log'))};
       const alive = (pid) => { try { process.kill(pid, 0); return true; } catch { return false; } };
       for (let round = 0; round < 40;) {
         let lock;
         try { lock = await lockFile(${JSON.stringify(path)}); } catch (error) {
           if (!/is working on this study/.test(error.message)) { appendFileSync(log, 'error ' + error.message + '\\n'); process.exit(1); }
           await new Promise((done) => setTimeout(done, Math.random() * 3));
           continue;
         }
         round++;
         const other = existsSync(inside) ? Number(readFileSync(inside, 'utf8')) : 0;
         if (other && other !== process.pid && alive(other)) appendFileSync(log, 'two\\n');
         writeFileSync(inside, String(process.pid));
         nap(Math.random() * 6);
         if (readFileSync(inside, 'utf8') !== String(process.pid)) appendFileSync(log, 'two\\n');
         appendFileSync(log, 'one\\n');
         if (Math.random() < 0.01) process.kill(process.pid, 'SIGKILL');
         writeFileSync(inside, '0');
         // as if this one had been killed: what it leaves is the lock of a process that is gone, and all others see it at once
         const left = Math.random() < 0.7;
         if (left) { writeFileSync(inside + process.pid, JSON.stringify({ pid: ${gone}, host: ${JSON.stringify(hostname())}, started: '1', nonce: String(Math.random()) })); renameSync(inside + process.pid, ${JSON.stringify(path)}); }
         lock.release();
       }`,
    );
    const contend = (): Promise<void> =>
      new Promise((done) => {
        const child = spawn(process.execPath, [program], { stdio: 'inherit' });
        children.add(child);
        child.on('exit', () => {
          children.delete(child);
          done();
        });
      });
    await Promise.all([contend(), contend(), contend(), contend()]);
    const log = readFileSync(join(folder, 'log'), 'utf8').split('\n');
    expect(log.filter((line) => line !== 'one' && line !== '')).toEqual([]);
    // the last one killed may have left its lock, but nothing is ever in anybody's way
    expect(log.length).toBeGreaterThan(40);
    (await lockFile(path)).release();
    expect(existsSync(path)).toBe(false);
  });
});
