import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { lacks } from '../base/lacks.test-data.ts';

const MAIN = join(resolve(import.meta.dirname, '../..'), 'dist/cli/main.js');
const folder = mkdtempSync(join(tmpdir(), 'psoascope-queue-'));
const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A process, what it has said so far, and its end. */
function begin(command: string, ...args: string[]) {
  const env = { ...process.env, CI: 'true' };
  const child = spawn(command, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  const heard = { text: '' };
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      heard.text += text;
      for (const check of waiting) check();
    });
  const ended = new Promise<number | null>((done) =>
    child.on('close', (code) => {
      children.delete(child);
      done(code);
    }),
  );
  const said = (text: RegExp): Promise<void> =>
    new Promise((done) => {
      const check = (): void => {
        if (text.test(heard.text)) done();
      };
      waiting.add(check);
      check();
    });
  return { child, heard, ended, said };
}

const psoascope = (...args: string[]) => begin(process.execPath, MAIN, ...args);

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });

/** A real Redis with its append-only file in the folder. */
async function redis(port: number) {
  const data = join(folder, `redis-${port}`);
  mkdirSync(data, { recursive: true });
  const server = begin(
    'redis-server',
    '--port',
    `${port}`,
    '--bind',
    '127.0.0.1',
    '--dir',
    data,
    '--appendonly',
    'yes',
    '--save',
    '',
  );
  await server.said(/Ready to accept connections/);
  return server;
}

const installed = spawnSync('redis-server', ['--version']).status === 0;
const noRedis = lacks(installed ? undefined : 'redis-server is not installed; on Debian: apt-get install redis-server');

describe.skipIf(noRedis)('a study over a queue', () => {
  it('a worker killed, the server restarted: every case ends exactly once', async () => {
    const port = await freePort();
    const url = `redis://127.0.0.1:${port}`;
    let server = await redis(port);
    const plan = join(folder, 'plan.json');
    const vary = { 'load.force_N': { from: 50, to: 250, count: 20 }, 'body.age': { from: 20, to: 70, count: 15 } };
    writeFileSync(plan, JSON.stringify({ vary }));
    // the same plan on this machine alone: what has to come out
    const here = psoascope('study', plan, '-o', 'here', '--stand-in', '0', '-j', '1', '--csv');

    const work = ['worker', '--queue', url, '--stand-in', '30', '-j', '2', '--lock', '2'];
    const first = psoascope(...work);
    const study = psoascope('study', plan, '-o', 'out', '--queue', url, '--stand-in', '30', '--csv');
    await study.said(/ 30 of 300/);
    const second = psoascope(...work);
    // the first is in the middle of two cases: both have to go to the second when its lock has run out
    first.child.kill('SIGKILL');
    await study.said(/ 120 of 300/);
    server.child.kill('SIGTERM');
    await server.ended;
    server = await redis(port);

    expect(await study.ended, study.heard.text).toBe(0);
    expect(await here.ended).toBe(0);
    for (const name of ['cases.parquet', 'results.parquet', 'cases.csv', 'results.csv'])
      expect(readFileSync(join(folder, 'out', name))).toEqual(readFileSync(join(folder, 'here', name)));
    // one record each, also in the journal
    const journal = readFileSync(join(folder, 'out/journal.log'), 'utf8');
    const ids = [...journal.matchAll(/"id":"(\w+)"/g)].map((match) => match[1]);
    expect(ids).toHaveLength(300);
    expect(new Set(ids).size).toBe(300);

    // SIGTERM, as Kubernetes sends it: begun cases are finished, nothing is left behind
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
    expect(second.heard.text).toMatch(/cases that were begun are finished first\.\n\d+ cases computed\./);
    server.child.kill('SIGTERM');
    await server.ended;
  });

  it('says what is missing: a worker, and nothing is lost by stopping meanwhile', async () => {
    const port = await freePort();
    const url = `redis://127.0.0.1:${port}`;
    const server = await redis(port);
    const plan = join(folder, 'small.json');
    writeFileSync(plan, JSON.stringify({ vary: { cell_mm: [8, 9, 10, 11, 12] } }));
    const lonely = psoascope('study', plan, '-o', 'small', '--queue', url, '--stand-in', '0');
    await lonely.said(
      /No worker of this version is listening; start some with: psoascope worker --queue redis:\/\/127/,
    );
    lonely.child.kill('SIGINT');
    expect(await lonely.ended).toBe(130);
    const worker = psoascope('worker', '--queue', url, '--stand-in', '20', '-j', '1');
    const again = psoascope('study', plan, '-o', 'small', '--queue', url, '--stand-in', '0', '--resume');
    expect(await again.ended, again.heard.text).toBe(0);
    expect(again.heard.text).toMatch(/All 5 cases are in small/);

    // a server that forgets everything in the middle: the study puts its cases in again
    writeFileSync(plan, JSON.stringify({ vary: { 'body.age': { from: 20, to: 69, count: 50 } } }));
    const forgotten = psoascope('study', plan, '-o', 'forgotten', '--queue', url, '--stand-in', '0');
    await forgotten.said(/0 of 50/);
    const client = new Redis(url);
    await client.flushall();
    client.disconnect();
    expect(await forgotten.ended, forgotten.heard.text).toBe(0);
    expect(forgotten.heard.text).toMatch(/All 50 cases are in forgotten/);
    worker.child.kill('SIGTERM');
    expect(await worker.ended).toBe(0);
    server.child.kill('SIGTERM');
    await server.ended;
  });
});
