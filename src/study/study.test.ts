import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { seed } from '../base/seed.test-data.ts';
import { writeNifti } from '../scan/write-nifti.test-data.ts';
import type { StudyEngine } from './engine.ts';
import { failedRecord } from './record.ts';

// processes by the dozen: on a machine that is busy with other things each takes seconds to start
vi.setConfig({ testTimeout: 400_000 });

const ROOT = resolve(import.meta.dirname, '../..');
// the built program, as it ships: npm test builds it first
const MAIN = join(ROOT, 'dist/cli/main.js');
const folder = mkdtempSync(join(tmpdir(), 'psoascope-study-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly err: string;
}

type Begun = { child: ChildProcess; ended: Promise<Ended>; said(text: RegExp): Promise<void> };
function begin(...given: [{ cwd: string }, ...string[]] | string[]): Begun {
  const [{ cwd }, args] = typeof given[0] === 'object' ? [given[0], given.slice(1)] : [{ cwd: folder }, given];
  const env = { ...process.env, CI: 'true' };
  const line = [MAIN, ...(args as string[])];
  const child = spawn(process.execPath, line, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let err = '';
  const waiting: (() => void)[] = [];
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    err += text;
    for (const check of waiting) check();
  });
  const ended = new Promise<Ended>((done) => child.on('close', (code) => done({ code, err })));
  const said = (text: RegExp): Promise<void> =>
    new Promise((done) => {
      const check = (): void => {
        if (text.test(err)) done();
      };
      waiting.push(check);
      check();
    });
  return { child, ended, said };
}

const study = (...args: string[]): Promise<Ended> => begin('study', ...args).ended;

function plan(name: string, content: unknown): string {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const read = async (file: string): Promise<Record<string, unknown>[]> => {
  const bytes = readFileSync(join(folder, file));
  return parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) });
};

writeFileSync(join(folder, 'deep.json'), `{"vary":{"load.force_N":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`);
writeFileSync(join(folder, 'utf16.json'), Buffer.from('\ufeff{"vary":{"load.force_N":[1,2]}}', 'utf16le'));
const [DEEP, UTF16] = ['deep.json', 'utf16.json'];

/** 120 cases on 12 bodies. */
const GRID = plan('grid', {
  vary: { 'load.force_N': { from: 50, to: 250, count: 10 }, 'body.age': { from: 20, to: 70, count: 12 } },
});

/** Every case of GRID once, in order, each with its two numbers. */
async function expectWhole(out: string): Promise<void> {
  const cases = await read(`${out}/cases.parquet`);
  expect(cases.map((row) => row.run)).toEqual(Array.from({ length: 120 }, (_, run) => run));
  expect(new Set(cases.map((row) => row.case)).size).toBe(120);
  expect(cases.every((row) => row.converged === true && row.backend === 'stand-in')).toBe(true);
  const rows = await read(`${out}/results.parquet`);
  expect(rows.map((row) => row.run)).toEqual(cases.flatMap((row) => [row.run, row.run]));
}

const tables = (out: string): Buffer[] =>
  ['results.parquet', 'cases.parquet', 'results.csv', 'cases.csv', 'summary.csv'].map((name) =>
    readFileSync(join(folder, out, name)),
  );

describe('a study', () => {
  it('has the same tables, byte for byte, for any number of workers and in shards', async () => {
    const one = await study(GRID, '-o', 'one', '--stand-in', '0', '-j', '1', '--csv');
    expect(one).toMatchObject({ code: 0, err: expect.stringMatching(/All 120 cases are in one; open report\.html/) });
    await expectWhole('one');
    await Promise.all([
      study(GRID, '-o', 'three', '--stand-in', '2', '-j', '3', '--csv'),
      ...['1/3', '2/3', '3/3'].map((shard) =>
        study(GRID, '-o', 'shards', '--stand-in', '0', '-j', '1', '--shard', shard),
      ),
    ]);
    expect(tables('three')).toEqual(tables('one'));
    expect(existsSync(join(folder, 'shards/results.parquet'))).toBe(false);
    expect(await study('merge', 'shards', '--csv')).toMatchObject({ code: 0, err: expect.stringMatching(/All 120/) });
    expect(tables('shards')).toEqual(tables('one'));
    expect(readdirSync(join(folder, 'one')).sort()).toEqual(
      'cases.csv cases.parquet journal.log plan.json report.html results.csv results.parquet ro-crate-metadata.json summary.csv summary.sql'.split(
        ' ',
      ),
    );
  });

  it('has a column for every factor, readable types, and the scenario to press again', async () => {
    const path = plan('columns', {
      vary: {
        'tool.id': ['two-peak', 'fingertips'],
        'load.force_N': [25, 50],
        'placement.preset': ['as-sold', 'one-peak'],
      },
    });
    const { code, err } = await study(path, '-o', 'columns', '--stand-in', '0', '-j', '1', '--csv');
    expect(code).toBe(0);
    expect(err).toMatch(
      /2 of the 8 cases that were looked at cannot be computed; .* fingertips has no place called "one-peak"/,
    );
    const [first, second] = await read('columns/results.parquet');
    expect(first).toMatchObject({
      run: 0,
      'tool.id': 'two-peak',
      'load.force_N': 25,
      'placement.preset': 'as-sold',
      structure: 'psoas_major',
      side: 'midline',
      quantity: 'tissue-pressure',
      where: 'tissue',
      value: expect.any(Number),
      low: null,
      unit: 'kPa',
      band: 'no-published-level',
      converged: true,
      reason: null,
    });
    expect(second).toMatchObject({ run: 0, structure: 'large_intestine' });
    const cases = await read('columns/cases.parquet');
    expect(JSON.parse(cases[7]!.scenario as string)).toMatchObject({
      tool: { id: 'fingertips' },
      load: { force_N: 50 },
    });
    expect(readFileSync(join(folder, 'columns/results.csv'), 'utf8').split('\r\n')[0]).toBe(
      'run,case,tool.id,load.force_N,placement.preset,structure,side,quantity,where,value,low,high,unit,band,converged,reason',
    );
  });

  it('a text of the plan that a spreadsheet would carry out stands as a text in every CSV', async () => {
    const texts = ["=cmd|'/c calc'!A1", '+1+1', '@SUM(A1)', '\t=1', '-1-1'];
    const list = [50, 60, 70, 80, 90];
    const path = plan('formulas', { vary: { 'load.force_N': { list, labels: texts } } });
    expect(await study(path, '-o', 'formulas', '--stand-in', '0', '-j', '1', '--csv')).toMatchObject({ code: 0 });
    for (const name of ['results.csv', 'cases.csv', 'summary.csv'])
      for (const line of readFileSync(join(folder, 'formulas', name), 'utf8').split('\r\n'))
        for (const cell of line.split(','))
          expect([name, cell]).toEqual([name, expect.not.stringMatching(/^"?([=@\t]|[+-](?![\d.]+(e[+-]\d+)?$))/)]);
    expect(readFileSync(join(folder, 'formulas/cases.csv'), 'utf8')).toContain(",'=cmd|'/c calc'!A1,");
    const rows = await read('formulas/cases.parquet');
    expect(rows.map((row) => row['load.force_N'])).toEqual(texts);
  });

  it('goes on only when it is asked to, and only with the same plan', async () => {
    const again = await study(GRID, '-o', 'one', '--stand-in', '0');
    expect(again).toMatchObject({
      code: 2,
      err: expect.stringMatching(/already holds 120 of the 120 cases .* --resume/),
    });
    const other = await study(plan('other', { vary: { cell_mm: [8, 9] } }), '-o', 'one', '--stand-in', '0', '--resume');
    expect(other).toMatchObject({ code: 2, err: expect.stringMatching(/holds another study/) });
    const before = tables('one');
    expect(await study(GRID, '-o', 'one', '--stand-in', '0', '--resume', '--csv')).toMatchObject({ code: 0 });
    expect(tables('one')).toEqual(before);
  });

  const refusals: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['no folder', [GRID], /^A study needs a folder/],
    ['no plan', ['none.json', '-o', 'x'], /^The plan file none\.json cannot be read \(ENOENT\)/],
    ['bad shard', [GRID, '-o', 'x', '--shard', '4/3'], /^--shard takes i\/n/],
    ['bad jobs', [GRID, '-o', 'x', '--jobs', '0'], /^--jobs must be a whole number/],
    ['no queue', [GRID, '-o', 'x', '--queue', 'redis://127.0.0.1:1'], /^No Redis answers at redis:\/\/127\.0\.0\.1:1 /],
    ['bad queue', [GRID, '-o', 'x', '--queue', 'localhost'], /^--queue takes the address of a Redis/],
    ['nothing to merge', ['merge', 'nowhere'], /^nowhere holds no journal/],
    ['merge into a file', ['merge', 'one', '-o', 'grid.json'], /^The output folder .*grid\.json cannot be written to/],
    ['empty folder', [GRID, '-o', ''], /^--output is empty/],
    ['deep plan', [DEEP, '-o', 'x'], /^deep\.json: the plan has objects or lists inside each other more than 64 deep/],
    ['UTF-16', [UTF16, '-o', 'x'], /^The plan file utf16\.json is written in UTF-16; save it as UTF-8/],
    [
      'folder that is a file',
      [GRID, '-o', 'grid.json'],
      /^The output folder .*grid\.json cannot be written to \(ENOTDIR\)/,
    ],
  ];
  it.each(refusals)('%s: one sentence, exit 2', async (_, args, sentence) => {
    const { code, err } = await study(...args);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(err).toMatch(sentence);
    expect(code).toBe(2);
    expect(existsSync(join(folder, 'x'))).toBe(false);
  });
});

describe('a plan with scans', () => {
  const ct = (seed: number): Uint8Array =>
    writeNifti({ size: [4, 4, 4], value: (i, j, k) => i + 2 * j + 3 * k + seed, sform: [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]] }); // biome-ignore format: a small matrix
  const [anna, bert] = ['anna', 'bert'].map((name) => join(folder, name)) as [string, string];
  const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  const from = (cwd: string, ...args: string[]): Promise<Ended> => begin({ cwd }, 'study', ...args).ended;

  it('means the files beside it, wherever it is started, and knows them by their content', async () => {
    for (const [n, who] of [anna, bert].entries()) {
      mkdirSync(who);
      writeFileSync(join(who, 'ct.nii'), ct(n));
      writeFileSync(join(who, 'other.nii'), ct(7));
    }
    const vary = { 'load.force_N': [20, 30] };
    writeFileSync(join(anna, 'plan.json'), JSON.stringify({ base: { scan: { ct: 'ct.nii' } }, vary }));
    expect(await from(bert, '../anna/plan.json', '-o', 'out', '--stand-in', '0')).toMatchObject({ code: 0 });
    const kept = JSON.parse(readFileSync(join(bert, 'out/plan.json'), 'utf8')) as { scans: unknown };
    expect(kept.scans).toEqual({ 'ct.nii': hash(ct(0)) });
    const [row] = await read('bert/out/cases.parquet');
    expect(JSON.parse(row!.scenario as string).scan).toEqual({ ct: 'ct.nii', ctHash: hash(ct(0)) });
    // the plan as the study keeps it names the very file: another one of that name is refused
    writeFileSync(join(bert, 'out/ct.nii'), ct(1));
    const other = await from(bert, 'out/plan.json', '-o', 'again', '--stand-in', '0');
    expect(other).toMatchObject({ code: 2, err: expect.stringMatching(/ct\.nii .* SHA-256/) });
    // and the same plan with another file is another study
    writeFileSync(join(anna, 'ct.nii'), ct(2));
    const changed = await from(bert, '../anna/plan.json', '-o', 'out', '--stand-in', '0', '--resume');
    expect(changed).toMatchObject({ code: 2, err: expect.stringMatching(/holds another study/) });
  });

  it('knows every scan that it varies', async () => {
    const vary = { 'scan.ct': ['ct.nii', 'other.nii'] };
    writeFileSync(join(anna, 'both.json'), JSON.stringify({ base: { scan: { ct: 'ct.nii' } }, vary }));
    expect(await from(anna, 'both.json', '-o', 'both', '--stand-in', '0')).toMatchObject({ code: 0 });
    const rows = await read('anna/both/cases.parquet');
    expect(rows.map((row) => JSON.parse(row.scenario as string).scan.ctHash)).toEqual([hash(ct(2)), hash(ct(7))]);
    expect(await from(anna, 'merge', 'both')).toMatchObject({ code: 0 });
  });

  it('knows a label table by its content too: with another one it is another study', async () => {
    mkdirSync(anna, { recursive: true });
    writeFileSync(join(anna, 'masks.nii'), ct(0));
    writeFileSync(join(anna, 'table.txt'), '1 liver');
    const base = { scan: { labels: 'masks.nii', labelsHash: hash(ct(0)), labelTable: 'table.txt' } };
    writeFileSync(join(anna, 'table.json'), JSON.stringify({ base, vary: { 'load.force_N': [20, 30] } }));
    expect(await from(anna, 'table.json', '-o', 'table', '--stand-in', '0')).toMatchObject({ code: 0 });
    const [row] = await read('anna/table/cases.parquet');
    expect(JSON.parse(row!.scenario as string).scan.labelTableHash).toBe(hash(Buffer.from('1 liver')));
    writeFileSync(join(anna, 'table.txt'), '1 spleen');
    const changed = await from(anna, 'table.json', '-o', 'table', '--stand-in', '0', '--resume');
    expect(changed).toMatchObject({ code: 2, err: expect.stringMatching(/holds another study/) });
    const kept = await from(anna, 'table/plan.json', '-o', 'kept', '--stand-in', '0');
    expect(kept).toMatchObject({
      code: 2,
      err: expect.stringMatching(/label table .*table\.txt .*SHA-256.*--label-table/),
    });
  });

  it('says before anything is computed, and in a dry run, that a file is no scan', async () => {
    mkdirSync(anna, { recursive: true });
    writeFileSync(join(anna, 'text.nii'), 'root:x:0:0:root:/root:/bin/bash\n'.repeat(20));
    const vary = { 'load.force_N': [20, 30] };
    writeFileSync(join(anna, 'ct.nii'), ct(0));
    for (const scan of [{ ct: 'text.nii' }, { ct: 'ct.nii', labels: 'text.nii' }]) {
      writeFileSync(join(anna, 'no.json'), JSON.stringify({ base: { scan }, vary }));
      const { code, err } = await from(anna, 'no.json', '--dry-run');
      expect(err).toMatch(/^text\.nii [^\n]*NIfTI[^\n]*\n$/);
      expect(code).toBe(2);
    }
  });
});

describe('nothing is lost', () => {
  it('kill -9 again and again, anywhere: every case ends exactly once', async () => {
    const random = seededRandom(seed);
    let kills = 0;
    for (let run = 0; run < 8; run++) {
      const args = [GRID, '-o', 'killed', '--stand-in', '15', '-j', '2', '--csv', ...(run === 0 ? [] : ['--resume'])];
      const { child, ended, said } = begin('study', ...args);
      const over = ended.then(() => true);
      // one in four while it begins: it makes the folder, takes the lock, mends the journal
      if (random() > 0.25) await Promise.race([said(/\d+ of 120/), over]);
      // from here a run takes about a second: killed somewhere in it, while cases end or while tables are written
      const wait = new Promise<false>((done) => setTimeout(() => done(false), 60 + 300 * random()));
      if (await Promise.race([wait, over])) break;
      child.kill('SIGKILL');
      await ended;
      kills++;
    }
    expect(kills).toBeGreaterThan(1);
    expect(await study(GRID, '-o', 'killed', '--stand-in', '0', '--csv', '--resume')).toMatchObject({ code: 0 });
    await expectWhole('killed');
    expect(tables('killed')).toEqual(tables('one'));
  });

  it.each(['SIGINT', 'SIGHUP'] as const)('%s finishes what was begun, saves it and exits 130', async (signal) => {
    const out = `stopped-${signal}`;
    const { child, ended, said } = begin('study', GRID, '-o', out, '--stand-in', '25', '-j', '2');
    await said(/12 of 120/);
    child.kill(signal);
    const { code, err } = await ended;
    expect(code).toBe(130);
    const kept = Number(
      /Stopped: (\d+) of 120 cases are kept in stopped-SIG\w+; --resume continues the study/.exec(err)?.[1],
    );
    expect(kept).toBeGreaterThan(11);
    expect(kept).toBeLessThan(120);
    expect(await read(`${out}/cases.parquet`)).toHaveLength(kept);
    expect(await study(GRID, '-o', out, '--stand-in', '0', '--resume')).toMatchObject({ code: 0 });
    await expectWhole(out);
  });

  it('SIGTERM ends at once with what is there, although cases would take an hour', async () => {
    const path = plan('slow', { vary: { 'body.age': [30, 40, 50] } });
    const { child, ended, said } = begin('study', path, '-o', 'slow', '--stand-in', '3600000', '-j', '2');
    await said(/0 of 3/);
    child.kill('SIGTERM');
    const { code, err } = await ended;
    expect(err).toMatch(/Stopped: 0 of 3 cases are kept in slow; --resume continues the study/);
    expect(code).toBe(130);
    expect(await read('slow/cases.parquet')).toHaveLength(0);
    expect(readdirSync(join(folder, 'slow')).filter((name) => /lock|part|^\.psoascope/.test(name))).toEqual([]);
    expect(await study(path, '-o', 'slow', '--stand-in', '0', '--resume')).toMatchObject({ code: 0 });
  });

  it('a worker that dies costs a retry, one that always dies a row', async () => {
    // a solver that takes its process down: on every try for one case, on the first try for another
    writeFileSync(
      join(folder, 'deadly.mjs'),
      `import { existsSync, writeFileSync } from 'node:fs';
       export const openSolver = ({ flag }) => async ({ id, scenario }) => {
         if (scenario.load.force_N === 2) process.kill(process.pid, 'SIGKILL');
         if (scenario.load.force_N === 3 && !existsSync(flag)) { writeFileSync(flag, ''); process.exit(7); }
         if (scenario.load.force_N === 4) await new Promise(() => setInterval(() => 0, 1000));
         if (scenario.load.force_N === 5) throw new Error('broken by design');
         const converged = scenario.load.force_N !== 6;
         return { id, status: 'done', converged, reason: converged ? null : 'it stopped early', measures: [], backend: 'deadly', cost: { seconds: 0, attempts: 1 } };
       };`,
    );
    const { designStudy, parsePlan, poolEngine, runStudy } = (await import(
      join(ROOT, 'dist/node.js')
    )) as typeof import('../node.ts');
    const design = designStudy(parsePlan({ vary: { 'load.force_N': [1, 2, 3, 4, 5, 6, 7, 8] } }), 'test');
    const solver = { url: `file://${folder}/deadly.mjs`, setup: { flag: join(folder, 'flag') } };
    const engine = poolEngine(solver, 2, { caseTimeout_s: 2 });
    const outcome = await runStudy({
      design,
      folder: join(folder, 'deadly'),
      engine,
      signal: new AbortController().signal,
    });
    expect(outcome).toMatchObject({ converged: 4, notConverged: 1, failed: 3, open: 0 });
    const rows = await read('deadly/results.parquet');
    expect(rows.map((row) => row.reason)).toEqual([
      null,
      'the worker process ended 3 times on this case (SIGKILL, perhaps out of memory)',
      null,
      'the worker process ended 3 times on this case (longer than the 2 s allowed)',
      'broken by design',
      'it stopped early',
      null,
      null,
    ]);
    const lines = readFileSync(join(folder, 'deadly/journal.log'), 'utf8').split('\n');
    expect(
      lines
        .map((line) => /"attempts":(\d)/.exec(line)?.[1])
        .filter(Boolean)
        .sort(),
    ).toEqual([...'11111233']);
    // what died may be tried again; what failed by itself would only fail again
    const again = {
      design,
      folder: join(folder, 'deadly'),
      engine,
      resume: true,
      retryFailed: true,
      signal: new AbortController().signal,
    };
    expect(await runStudy(again)).toMatchObject({ computed: 2, failed: 3 });
  });

  it('a long study leaves tables on the way', async () => {
    const { designStudy, parsePlan, runStudy } = (await import(
      join(ROOT, 'dist/node.js')
    )) as typeof import('../node.ts');
    const design = designStudy(parsePlan({ vary: { 'body.age': [30, 40, 50, 60] } }), 'test');
    const seen: number[] = [];
    const engine: StudyEngine = {
      where: { id: 'cli.study.here', values: { jobs: 1 } },
      async solve(jobs, keep) {
        for (const { id } of jobs) {
          await new Promise((done) => setTimeout(done, 20));
          keep({ ...failedRecord(id, 'no reason'), status: 'done', converged: true, reason: null });
          seen.push((await read('long/cases.parquet')).length);
          // writing tables may take a twentieth of the time; here it takes more, so later ones are left out
        }
      },
    };
    await runStudy({
      design,
      folder: join(folder, 'long'),
      engine,
      checkpoint_ms: 1,
      signal: new AbortController().signal,
    });
    expect(seen[0]).toBe(1);
    expect(await read('long/cases.parquet')).toHaveLength(4);
  });

  it('two processes do not work on one study at a time', async () => {
    const first = begin('study', GRID, '-o', 'twice', '--stand-in', '40', '-j', '1');
    await first.said(/0 of 120/);
    const second = await study(GRID, '-o', 'twice', '--stand-in', '0', '--resume');
    expect(second).toMatchObject({ code: 2, err: expect.stringMatching(/Process \d+ is working on this study/) });
    first.child.kill('SIGKILL');
    await first.ended;
    expect(await study(GRID, '-o', 'twice', '--stand-in', '0', '--resume')).toMatchObject({ code: 0 });
  });

  it('a full disk: one sentence, the journal whole, and the study goes on once there is room', async ({ skip }) => {
    const small = join(folder, 'small');
    mkdirSync(small);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=32k', 'tmpfs', small], { stdio: 'ignore' });
    } catch {
      skip('a small disk cannot be mounted here (that needs root); journal.test.ts fills an imagined one');
    }
    try {
      const full = await study(GRID, '-o', 'small/out', '--stand-in', '0', '-j', '2');
      expect(full, full.err).toMatchObject({ code: 5 });
      const kept =
        /The disk under .*small\/out is full \(ENOSPC\): (\d+) of 120 cases are kept; free some space and run the same command with --resume\.\n$/.exec(
          full.err,
        )?.[1];
      expect(Number(kept), full.err).toBeGreaterThan(10);
      expect(Number(kept)).toBeLessThan(120);
      execFileSync('mount', ['-o', 'remount,size=4m', small]);
      const on = await study(GRID, '-o', 'small/out', '--stand-in', '0', '--resume', '--csv');
      expect(on).toMatchObject({ code: 0 });
      expect(on.err).not.toMatch(/cut short/);
      await expectWhole('small/out');
      expect(tables('small/out')).toEqual(tables('one'));
      // the disk fills up while the tables are written again: none of the older ones is replaced before all of the new are there
      const files = ['results.parquet', 'cases.parquet', 'results.csv', 'cases.csv', 'summary.csv', 'report.html'];
      const inodes = () => files.map((name) => statSync(join(small, 'out', name)).ino);
      const before = inodes();
      const filled: string[] = [];
      for (let n = 0; ; n++)
        try {
          const file = join(small, `fill-${n}`);
          writeFileSync(file, Buffer.alloc(4096));
          filled.push(file);
        } catch {
          break;
        }
      for (const room of [0, 1, 6]) {
        for (const file of filled.splice(-room, room)) rmSync(file);
        const again = await study(GRID, '-o', 'small/out', '--stand-in', '0', '--resume', '--csv', '--quiet');
        const sentence = /^[^\n]* is full \(ENOSPC\)[^\n]*\n$/;
        expect(again, again.err).toMatchObject({ code: 5, err: expect.stringMatching(sentence) });
        expect(inodes()).toEqual(before);
        expect(tables('small/out')).toEqual(tables('one'));
        expect(readdirSync(join(small, 'out')).filter((name) => /lock|^\.psoascope/.test(name))).toEqual([]);
      }
    } finally {
      execFileSync('umount', [small]);
    }
  });
});

describe('a real press', () => {
  it('killed at random and gone on with has the tables of one that was left alone', async () => {
    const path = plan('real-killed', {
      base: { tool: { id: 'roller-smooth' }, cell_mm: 15 },
      vary: { 'load.force_N': [4, 5, 6, 7, 8] },
    });
    const alone = begin('study', path, '-o', 'left-alone', '-j', '1', '--csv').ended;
    const random = seededRandom(seed);
    expect(await alone).toMatchObject({ code: 0 });
    for (let run = 0; run < 4; run++) {
      const more = run === 0 ? [] : ['--resume'];
      const { child, ended, said } = begin('study', path, '-o', 'real-killed', '-j', '1', '--csv', ...more);
      const over = ended.then(() => true);
      // the first line of progress comes before the first case is computed
      await Promise.race([said(/\d of 5/), over]);
      const wait = new Promise<false>((done) => setTimeout(() => done(false), 3000 * random()));
      if (await Promise.race([wait, over])) break;
      child.kill('SIGKILL');
      await ended;
    }
    expect(await study(path, '-o', 'real-killed', '-j', '1', '--csv', '--resume')).toMatchObject({ code: 0 });
    expect(tables('real-killed')).toEqual(tables('left-alone'));
    const ids = readFileSync(join(folder, 'real-killed/journal.log'), 'utf8').match(/"id":"\w+"/g);
    expect(new Set(ids).size).toBe(5);
    expect(ids).toHaveLength(5);
  });

  it('is the same whether its body was built for it or kept from the one before', async () => {
    // a wide roller, little load, the coarsest cell: seconds
    const base = { tool: { id: 'roller-smooth' }, cell_mm: 15 };
    const both = plan('both', { base, vary: { 'load.force_N': [5, 10] } });
    expect(await study(both, '-o', 'real', '-j', '1')).toMatchObject({ code: 0 });
    const alone = plan('alone', { base, vary: { 'load.force_N': [10] } });
    expect(await study(alone, '-o', 'alone', '-j', '1')).toMatchObject({ code: 0 });
    const values = async (out: string, force: number) =>
      (await read(`${out}/results.parquet`))
        .filter((row) => row['load.force_N'] === force && row.structure !== null)
        .map(({ structure, side, quantity, value }) => [structure, side, quantity, value]);
    const kept = await values('real', 10);
    expect(kept.length).toBeGreaterThan(30);
    expect(kept).toEqual(await values('alone', 10));
    expect(kept).not.toEqual(await values('real', 5));
  });
});
