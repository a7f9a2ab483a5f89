import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { lacks } from '../base/lacks.test-data.ts';
import { writeNifti } from '../scan/write-nifti.test-data.ts';

const MAIN = join(resolve(import.meta.dirname, '../..'), 'dist/cli/main.js');
const folder = mkdtempSync(join(tmpdir(), 'psoascope-queue-'));
const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A process, what it has said so far, and its end. */
function begin(command: string, ...args: string[]) {
  return beginIn(folder, command, ...args);
}

function beginIn(cwd: string, command: string, ...args: string[]) {
  const env = { ...process.env, CI: 'true' };
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
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
async function redis(port: number, ...more: string[]) {
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
    ...more,
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
    expect(second.heard.text).toMatch(/cases that have begun are finished first\.\n\d+ cases computed\./);
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

  it('what a Redis cannot be used for is said in one sentence, and none of it is unforeseen', async () => {
    const plan = join(folder, 'two.json');
    writeFileSync(plan, JSON.stringify({ vary: { cell_mm: [8, 9] } }));
    const http = createServer((socket) => socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
    const [cluster, primary, replica, secret, other] = [
      await freePort(), await freePort(), await freePort(), await freePort(), await freePort(),
    ]; // biome-ignore format: ports in a row
    const servers = await Promise.all([
      redis(cluster, '--cluster-enabled', 'yes'),
      redis(primary),
      redis(replica, '--replicaof', '127.0.0.1', `${primary}`),
      redis(secret, '--requirepass', 's3cret'),
      redis(other),
    ]);
    const client = new Redis(other);
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
      version: string;
    };
    await client.set(`bull:psoascope-${version}+stand-in:meta`, 'mine');
    client.disconnect();
    const web = await new Promise<number>((done) =>
      http.listen(0, '127.0.0.1', () => done((http.address() as { port: number }).port)),
    );
    const refusals = await Promise.all(
      [
        [`127.0.0.1:${cluster}`, /is part of a Redis Cluster; a queue needs a single Redis/],
        [`127.0.0.1:${replica}`, /is a read-only replica; give the address of its primary/],
        [`127.0.0.1:${secret}`, /asks for a password/],
        [`127.0.0.1:${other}/99`, /has no database of this number/],
        [`:wr0ng@127.0.0.1:${secret}`, /does not accept this user name and password/],
        [`127.0.0.1:${other}`, /holds other data under the names of the queue/],
        [`127.0.0.1:${web}`, /does not speak the protocol of Redis/],
        [`:wr0ng/#@127.0.0.1:${secret}`, /holds characters that have a meaning in an address/],
      ].map(async ([address, sentence], n) => {
        const { heard, ended } = psoascope(
          'study',
          plan,
          '-o',
          `no-${n}`,
          '--queue',
          `redis://${address}`,
          '--stand-in',
          '0',
          '--quiet',
        );
        return { code: await ended, text: heard.text, sentence: sentence as RegExp };
      }),
    );
    for (const { code, text, sentence } of refusals) {
      expect(text.trimEnd()).toMatch(/^[^\n]+$/);
      expect(text).toMatch(sentence);
      expect(text).not.toMatch(/wr0ng|s3cret|unforeseen/);
      expect(code).toBe(2);
    }
    http.close();
    for (const server of servers) server.child.kill('SIGKILL');
  });

  it('a full Redis and one that cannot save are waited for, and Ctrl-C ends the waiting', async () => {
    const port = await freePort();
    const server = await redis(port, '--maxmemory-policy', 'noeviction');
    const url = `redis://127.0.0.1:${port}`;
    const client = new Redis(url);
    const plan = join(folder, 'full.json');
    writeFileSync(plan, JSON.stringify({ vary: { 'load.force_N': { from: 50, to: 150, count: 60 } } }));
    const run = (out: string, ...more: string[]) =>
      psoascope('study', plan, '-o', out, '--queue', url, '--stand-in', '0', ...more);
    await client.config('SET', 'maxmemory', '1');
    const stopped = run('full');
    await stopped.said(/The Redis at redis:\/\/127\.0\.0\.1:\d+ is full .* Trying again until it works\./);
    await stopped.said(/0 of 60/);
    stopped.child.kill('SIGINT');
    expect(await stopped.ended, stopped.heard.text).toBe(130);
    const worker = psoascope('worker', '--queue', url, '--stand-in', '5', '-j', '2');
    await worker.said(/is full .* Trying again until it works\./);
    const full = run('full', '--resume', '--csv');
    await full.said(/0 of 60/);
    await client.config('SET', 'maxmemory', '0');
    await full.said(/12 of 60/);
    await client.config('SET', 'maxmemory', '1');
    await new Promise((done) => setTimeout(done, 500));
    await client.config('SET', 'maxmemory', '0');
    expect(await full.ended, full.heard.text).toBe(0);

    // a snapshot that cannot be written: its folder is gone
    rmSync(join(folder, `redis-${port}`), { recursive: true });
    await client.config('SET', 'save', '1 1');
    await client.set('x', '1');
    await vi.waitFor(
      async () => expect(await client.info('persistence')).toMatch(/rdb_last_bgsave_status:err/),
      600_000,
    );
    const disk = run('disk');
    await disk.said(/cannot save its data to its disk and accepts nothing until it can; free some space there/);
    await client.config('SET', 'save', '');
    await client.config('SET', 'stop-writes-on-bgsave-error', 'no');
    expect(await disk.ended, disk.heard.text).toBe(0);
    expect(disk.heard.text + full.heard.text + worker.heard.text).not.toMatch(/unforeseen/);
    client.disconnect();
    worker.child.kill('SIGTERM');
    expect(await worker.ended).toBe(0);
    server.child.kill('SIGKILL');
  });

  it('a worker without the plan’s files leaves cases to those that have them', async () => {
    const port = await freePort();
    const server = await redis(port);
    const url = `redis://127.0.0.1:${port}`;
    const { designStudy, parsePlan, queueEngine, runStudy, serveQueue } = (await import(
      join(import.meta.dirname, '../../dist/node.js')
    )) as typeof import('../node.ts');
    // one that refuses at once, as when its scan has another SHA-256, and one that takes its time
    const solver = (name: string, answer: string) => {
      writeFileSync(
        join(folder, `${name}.mjs`),
        `let times = 0; export const openSolver = () => async ({ id }) => { const record = { id, status: 'done', converged: true, reason: null, measures: [], backend: '${name}', cost: { seconds: 0, attempts: 1 } }; ${answer} };`,
      );
      return { url: `file://${folder}/${name}.mjs`, setup: {} };
    };
    const bad = solver(
      'bad',
      `return { ...record, status: 'failed', converged: false, reason: 'the CT is another one', cost: { seconds: 0, attempts: 1, unread: true } };`,
    );
    const good = solver(
      'good',
      'await new Promise((done) => setTimeout(done, times++ === 0 ? 9000 : 100)); return record;',
    );
    const said: string[] = [];
    const stop = new AbortController();
    const work = (which: typeof bad, jobs = 2) =>
      serveQueue({
        url,
        program: 'v',
        solver: which,
        jobs,
        caseWorker: {},
        signal: stop.signal,
        say: (line) => said.push(line.english),
      });
    const wrong = work(bad);
    const design = designStudy(parsePlan({ vary: { 'body.age': { from: 20, to: 22, count: 3 } } }), 'v');
    const study = (out: string, retryFailed: boolean) =>
      queueEngine({ url, program: 'v', say: (line) => said.push(line.english) }).then((engine) =>
        runStudy({
          design,
          folder: join(folder, out),
          engine,
          resume: retryFailed,
          retryFailed,
          signal: new AbortController().signal,
        }),
      );
    const small = designStudy(parsePlan({ vary: { 'body.age': [60, 61] } }), 'v');
    const engine = await queueEngine({ url, program: 'v', say: (line) => said.push(line.english) });
    const alone = await runStudy({
      design: small,
      folder: join(folder, 'alone'),
      engine,
      signal: new AbortController().signal,
    });
    expect(alone).toMatchObject({ failed: 2, open: 0 });
    expect([...alone.data!.reasons.keys()]).toEqual([
      expect.stringMatching(/^no worker finished this case \(.*: the CT is another one\)$/),
    ]);
    expect(said.filter((line) => /^A worker refuses cases: .*: the CT is another one$/.test(line))).toHaveLength(1);
    expect(
      said.filter((line) => /^This worker cannot compute such cases and leaves them to others: the CT/.test(line)),
    ).toHaveLength(1);
    // its first case takes so long that the others are refused more often than a case may be where nobody else listens
    const right = work(good, 1);
    const mixed = await study('mixed', false);
    expect([...mixed.data!.reasons.keys()]).toEqual([]);
    expect(mixed).toMatchObject({ failed: 0, converged: 3, open: 0 });
    stop.abort();
    expect(await wrong).toBe(0);
    expect(await right).toBe(3);
    server.child.kill('SIGKILL');
  });

  it('a worker whose scan is another person’s computes none of it', async () => {
    const port = await freePort();
    const server = await redis(port);
    const url = `redis://127.0.0.1:${port}`;
    const [here, there] = [join(folder, 'here-scan'), join(folder, 'there-scan')];
    for (const [n, place] of [here, there].entries()) {
      mkdirSync(place);
      const spec = { size: [4, 4, 4], sform: [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]] }; // biome-ignore format: a small matrix
      writeFileSync(join(place, 'ct.nii'), writeNifti({ ...spec, value: (i) => i + n }));
    }
    const vary = { 'load.force_N': [20, 30] };
    writeFileSync(join(here, 'plan.json'), JSON.stringify({ base: { scan: { ct: 'ct.nii' }, cell_mm: 15 }, vary }));
    const worker = beginIn(there, process.execPath, MAIN, 'worker', '--queue', url, '-j', '1');
    const study = beginIn(here, process.execPath, MAIN, 'study', 'plan.json', '-o', 'out', '--queue', url, '--csv');
    expect(await study.ended, study.heard.text).toBe(0);
    expect(study.heard.text).toMatch(/A worker refuses cases: .*ct\.nii .*SHA-256/);
    expect(study.heard.text).toMatch(/All 2 cases are in out \(2 gave no result/);
    const rows = readFileSync(join(here, 'out/cases.csv'), 'utf8');
    expect(rows.match(/no worker finished this case \([^)]*ct\.nii [^)]*SHA-256/g)).toHaveLength(2);
    expect(rows).not.toMatch(/converged,true|,done,/);
    worker.child.kill('SIGTERM');
    expect(await worker.ended).toBe(0);
    expect(worker.heard.text).toMatch(/This worker cannot compute such cases and leaves them to others: .*SHA-256/);
    // the right file in its place: what was refused is tried again when that is asked for (too small a scan to press on, but read)
    writeFileSync(join(there, 'ct.nii'), readFileSync(join(here, 'ct.nii')));
    const right = beginIn(there, process.execPath, MAIN, 'worker', '--queue', url, '-j', '1');
    const again = beginIn(
      here,
      process.execPath,
      MAIN,
      'study',
      'plan.json',
      '-o',
      'out',
      '--queue',
      url,
      '--csv',
      '--resume',
      '--retry-failed',
    );
    expect(await again.ended, again.heard.text).toBe(0);
    expect(readFileSync(join(here, 'out/cases.csv'), 'utf8')).not.toMatch(/SHA-256/);
    right.child.kill('SIGTERM');
    expect(await right.ended).toBe(0);
    server.child.kill('SIGKILL');
  });

  it('says of which version the workers are when none is of the study’s', async () => {
    const port = await freePort();
    const server = await redis(port);
    const url = `redis://127.0.0.1:${port}`;
    const worker = psoascope('worker', '--queue', url, '--stand-in', '0', '-j', '1');
    await worker.said(/Waiting for cases/);
    const plan = join(folder, 'version.json');
    writeFileSync(plan, JSON.stringify({ vary: { cell_mm: [8, 9] } }));
    const study = psoascope('study', plan, '-o', 'version', '--queue', url);
    await study.said(
      /No worker of this version \(\d[\w.-]*\) is listening; those that are listening are of version \d[\w.-]*\+stand-in, whose numbers may differ/,
    );
    const late = psoascope('worker', '--queue', url, '--stand-in', '0', '-j', '1');
    await late.said(
      /Cases of version \d[\w.-]* are waiting there; this worker is version \d[\w.-]*\+stand-in and leaves them/,
    );
    late.child.kill('SIGTERM');
    expect(await late.ended).toBe(0);
    // SIGTERM: at once, and what was put into the queue stays there
    study.child.kill('SIGTERM');
    expect(await study.ended).toBe(130);
    worker.child.kill('SIGTERM');
    expect(await worker.ended).toBe(0);
    server.child.kill('SIGKILL');
  });
});
