import { type ChildProcess, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { seed } from '../base/seed.test-data.ts';
import { NEEDED_NODE, nodeFits } from './needed-node.ts';
import { jsonText, oneLine, printable, printableAll, printableStyled } from './printable.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const MAIN = join(ROOT, 'dist/cli/main.js');
const COARSE = ['--tool', 'roller-smooth', '--load', '20N', '--cell', '15', '--uncertainty', '0', '--quiet'];
/** The press without trained hands beside it, which is a second solve (an export has none anyway). */
const PRESS = ['press', '--no-hands', ...COARSE];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'psoascope-endings-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

function begin(command: string, args: readonly string[], env = {}): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, CI: 'true', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ended = new Promise<Ended>((done) => child.on('close', (code, signal) => done({ code, signal, out, err })));
  return { child, ended };
}

const psoascope = (...args: string[]): Promise<Ended> => begin(process.execPath, [MAIN, ...args]).ended;

/** A line of bash in which $P stands for the program. */
const shell = (line: string): Promise<Ended> =>
  begin('bash', ['-c', line.replaceAll('$P', `'${process.execPath}' '${MAIN}'`)]).ended;

const left = (name: string): string[] =>
  existsSync(join(folder, name)) ? readdirSync(join(folder, name)).filter((each) => each.startsWith('.')) : [];
const lines = (text: string): string[] => text.trimEnd().split('\n');

describe('nobody reads on', () => {
  it('a closed standard error: the work goes on to its files', async () => {
    const { out } = await shell(
      `$P ${PRESS.slice(0, -1).join(' ')} -o quiet 2>&1 >/dev/null | head -1; echo "\${PIPESTATUS[0]}"`,
    );
    expect(lines(out).at(-1)).toBe('0');
    expect(existsSync(join(folder, 'quiet/result.json'))).toBe(true);
  });

  it('a closed standard output: the same, and a list that is read half is no error', async () => {
    const { out } = await shell(
      `$P ${PRESS.join(' ')} --json -o half | head -c 1 >/dev/null; echo "\${PIPESTATUS[0]}"; $P evidence | head -1 >/dev/null; echo "\${PIPESTATUS[0]}"`,
    );
    expect(lines(out)).toEqual(['0', '0']);
    expect(existsSync(join(folder, 'half/result.json'))).toBe(true);
  });

  it.runIf(existsSync('/dev/full'))(
    'a full disk under standard output: one sentence and a code of its own',
    async () => {
      for (const command of ['evidence', '--help', `${PRESS.join(' ')} --json`]) {
        const { code, err } = await shell(`exec $P ${command} > /dev/full`);
        expect([command, code, lines(err).length]).toEqual([command, 5, 1]);
        expect(err).toMatch(/^Standard output cannot be written to \(ENOSPC: the disk is full\)/);
      }
    },
  );
});

describe('a full disk', () => {
  it('under -o: what stood there stays, the result is still printed, exit 5', async () => {
    mkdirSync(join(folder, 'full'));
    writeFileSync(join(folder, 'full/result.json'), 'old');
    // files of at most 8 kB: the probe fits, the results do not
    const { code, out, err } = await shell(`ulimit -f 8; exec $P ${PRESS.join(' ')} --json -o full`);
    expect(code).toBe(5);
    expect(lines(err)).toHaveLength(1);
    expect(err).toMatch(
      /^The results could not be written to full \(EFBIG.*\): free some space or choose another place/,
    );
    expect(JSON.parse(out)).toMatchObject({
      solver: { converged: true },
      headline: { fingersPressure_kPa: { value: null } },
    });
    expect([readdirSync(join(folder, 'full')), readFileSync(join(folder, 'full/result.json'), 'utf8')]).toEqual([
      ['result.json'],
      'old',
    ]);
  });

  it('where only that place is full the results are kept elsewhere', async () => {
    mkdirSync(join(folder, 'blocked/result.json'), { recursive: true });
    mkdirSync(join(folder, 'tmp'));
    const { ended } = begin(process.execPath, [MAIN, ...PRESS, '-o', 'blocked'], {
      TMPDIR: join(folder, 'tmp'),
    });
    const { code, err } = await ended;
    expect(code).toBe(5);
    const kept = /: they are in (\S+) instead\.\n$/.exec(err)![1]!;
    expect(JSON.parse(readFileSync(join(kept, 'result.json'), 'utf8')).solver.converged).toBe(true);
  });

  it('under an export: the older file stays', async () => {
    writeFileSync(join(folder, 'old.glb'), 'old');
    const { code, err } = await shell(
      `ulimit -f 8; exec $P export ${COARSE.join(' ')} --rest --detail low --format glb -o old.glb`,
    );
    expect([code, lines(err).length, readFileSync(join(folder, 'old.glb'), 'utf8')]).toEqual([5, 1, 'old']);
    expect(left('.')).toEqual([]);
  });

  it('an export replaces a link, and writes into a pipe', async () => {
    writeFileSync(join(folder, 'theirs'), 'theirs');
    symlinkSync(join(folder, 'theirs'), join(folder, 'link.csv'));
    expect((await psoascope('export', ...COARSE, '--format', 'csv', '-o', 'link.csv')).code).toBe(0);
    expect(readFileSync(join(folder, 'theirs'), 'utf8')).toBe('theirs');
    const { out } = await shell(`$P export ${COARSE.join(' ')} --format csv -o /dev/stdout | head -1`);
    expect(out).toMatch(/^depth_mm,/);
    expect(readFileSync(join(folder, 'link.csv'), 'utf8')).toMatch(/^depth_mm,/);
  });
});

describe('stopped from outside', () => {
  it.each(['SIGHUP', 'SIGTERM', 'SIGINT'] as const)('%s in a press leaves nothing half done', async (signal) => {
    const { child, ended } = begin(process.execPath, [MAIN, 'press', '--cell', '4', '-o', `${signal}/deep`]);
    // as soon as it says that it works
    child.stderr!.once('data', () => child.kill(signal));
    expect(await ended).toMatchObject({ code: 130, signal: null });
    expect(existsSync(join(folder, signal))).toBe(false);
  });

  it.each([
    ['bodies', '--seed', '5', '--count', '100000'],
    ['bodies', '--check'],
    ['validate'],
    ['solve', join(ROOT, 'scenes/sphere-on-block.json'), '--cell', '1.25'],
    ['compare', 'long-a.json', 'long-b.json', '-o', 'compared'],
    ['export', '--format', 'vtu', '--cell', '4', '-o', 'long.vtu'],
  ])('%s ends at a signal, with a sentence and nothing written', async (...args) => {
    writeFileSync(join(folder, 'long-a.json'), '{"cell_mm":4}');
    writeFileSync(join(folder, 'long-b.json'), '{"cell_mm":4,"pose":"supine"}');
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      const { child, ended } = begin(process.execPath, [MAIN, ...args]);
      // long enough that the command is there, far less than it takes
      setTimeout(() => child.kill(signal), 800);
      const { code, err, ...told } = await ended;
      // a machine so busy that the command was not yet there
      if (told.signal === signal) expect(err).toBe('');
      else expect([signal, code, lines(err).at(-1)]).toEqual([signal, 130, expect.stringMatching(/^Stopped\b.*\.$/)]);
      expect(left('.').concat(['compared', 'long.vtu'].filter((name) => existsSync(join(folder, name))))).toEqual([]);
    }
  });

  it.each(['SIGTERM', 'SIGHUP'] as const)(
    '%s waits for no case of a study; what is in its journal stays',
    async (signal) => {
      writeFileSync(join(folder, 'plan.json'), '{"base":{"cell_mm":15},"vary":{"load.force_N":[50,60,70]}}');
      const { child, ended } = begin(process.execPath, [
        ...[MAIN, 'study', 'plan.json', '-o', signal, '--stand-in', '120000', '--jobs', '1'],
      ]);
      child.stderr!.once('data', () => child.kill(signal));
      expect((await ended).code).toBe(130);
      // the case that was begun is not waited for: the journal holds its header alone
      expect(lines(readFileSync(join(folder, signal, 'journal.log'), 'utf8'))).toHaveLength(1);
    },
  );

  it('under nohup a hangup is no reason to stop', async () => {
    const { child, ended } = begin(process.execPath, [MAIN, ...PRESS.slice(0, -1), '-o', 'nohup'], {
      _: '/usr/bin/nohup',
    });
    child.stderr!.once('data', () => child.kill('SIGHUP'));
    expect((await ended).code).toBe(0);
    expect(existsSync(join(folder, 'nohup/result.json'))).toBe(true);
  });

  it('killed at random moments: every file is the old or the new one, and the next run clears what is left', async () => {
    const press = (load: string, name: string) =>
      begin(process.execPath, [
        // with trained hands, so that moments within their solve are among those drawn
        ...[MAIN, 'press', '--tool', 'roller-smooth', '--load', load, '--cell', '15', '--uncertainty', '0', '-o', name],
      ]);
    const fixed = (name: string): Map<string, string> =>
      new Map(
        // the others hold the time at which they were made
        readdirSync(join(folder, name))
          .filter((each) => /\.(csv|vti|vtu|svg)$/.test(each))
          .map((each) => [each, readFileSync(join(folder, name, each), 'latin1')]),
      );
    const began = performance.now();
    await press('20N', 'old').ended;
    const takes = performance.now() - began;
    await press('10N', 'new').ended;
    const [older, newer] = [fixed('old'), fixed('new')];
    const draw = seededRandom(seed);
    for (let round = 0; round < 3; round++) {
      cpSync(join(folder, 'old'), join(folder, 'target'), { recursive: true });
      // a kill leaves something behind until a later command has opened the folder
      const before = left('target');
      const signal = (['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP'] as const)[Math.floor(4 * draw())]!;
      const after = draw() * takes * 1.1;
      const { child, ended } = press('10N', 'target');
      setTimeout(() => child.kill(signal), after);
      const { code } = await ended;
      const at = `${signal} after ${Math.round(after)} ms`;
      expect([at, [0, 130, 143, 129, null].includes(code)]).toEqual([at, true]);
      const result = JSON.parse(readFileSync(join(folder, 'target/result.json'), 'utf8'));
      expect([10, 20]).toContain(result.scenario.load.force_N);
      const now = fixed('target');
      if (code === 130 && !result.solver.converged) {
        // stopped between its steps: those before are kept, whole
        const path = now.get('path.csv')!;
        expect([at, newer.get('path.csv')!.startsWith(path), lines(path).length]).toEqual([
          at,
          true,
          1 + result.path.length,
        ]);
        expect([at, [...now.keys()]]).toEqual([at, [...newer.keys()]]);
      } else
        for (const [name, content] of now)
          expect([at, name, content === older.get(name) || content === newer.get(name)]).toEqual([at, name, true]);
      if (signal !== 'SIGKILL') expect([at, left('target').filter((each) => !before.includes(each))]).toEqual([at, []]);
    }
    await press('10N', 'target').ended;
    expect([left('target'), fixed('target')]).toEqual([[], newer]);
  });
});

describe('an export that is killed', () => {
  it('leaves the older file or the new one, and the next one clears what is left', async () => {
    const write = (name: string) =>
      begin(process.execPath, [
        MAIN,
        'export',
        '--rest',
        '--format',
        'stl',
        '--cell',
        '15',
        '--detail',
        'low',
        '-o',
        name,
      ]);
    mkdirSync(join(folder, 'stl'));
    const began = performance.now();
    await write('stl/new').ended;
    const takes = performance.now() - began;
    const newer = readFileSync(join(folder, 'stl/new'));
    const draw = seededRandom(seed);
    for (let round = 0; round < 2; round++) {
      writeFileSync(join(folder, 'stl/target'), 'old');
      const signal = (['SIGKILL', 'SIGTERM'] as const)[Math.floor(2 * draw())]!;
      const after = draw() * takes * 1.1;
      const { child, ended } = write('stl/target');
      setTimeout(() => child.kill(signal), after);
      await ended;
      const now = readFileSync(join(folder, 'stl/target'));
      const at = `${signal} after ${Math.round(after)} ms`;
      expect([at, now.equals(newer) || now.toString() === 'old']).toEqual([at, true]);
    }
    await write('stl/target').ended;
    expect([left('stl'), readFileSync(join(folder, 'stl/target')).equals(newer)]).toEqual([[], true]);
  });
});

describe('where and on what it runs', () => {
  it('a Node that is too old is told so in one sentence', async () => {
    const older = (version: string) =>
      begin(process.execPath, [
        '--import',
        `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'${version}'})`,
        MAIN,
        'tools',
      ]).ended;
    for (const version of ['18.20.8', '20.18.3', '21.7.3', '22.1.0']) {
      const { code, out, err } = await older(version);
      expect([code, out]).toEqual([1, '']);
      expect(err).toBe(
        `Psoascope needs Node ${NEEDED_NODE}, and this is Node ${version}: install a newer one from https://nodejs.org.\n`,
      );
    }
    for (const version of ['20.19.0', '22.2.0', '22.20.0', '24.0.0', '26.1.0']) expect(nodeFits(version)).toBe(true);
    const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(engines.node).toBe('^20.19 || >=22.2');
  });

  it('the first file and what it imports are plain enough for old ones to read', () => {
    for (const name of ['main.js', 'needed-node.js']) {
      const text = readFileSync(join(ROOT, 'dist/cli', name), 'utf8').replace(/^\s*(\/\/|\/?\*).*$/gm, '');
      expect(text).not.toMatch(/\?\?|\?\.|#\w|\bawait\b|\bwith \{/);
      expect([...text.matchAll(/from '([^']+)'/g)].map((match) => match[1])).toEqual(
        name === 'main.js' ? ['./needed-node.js'] : [],
      );
    }
  });

  it('a checkout and an output folder with odd names', async () => {
    const odd = join(folder, 'my #1 100% ü?x=&y');
    cpSync(join(ROOT, 'dist'), join(odd, 'dist'), {
      recursive: true,
      filter: (path) => !/dist\/(web|\.web|\.worker)$/.test(path),
    });
    cpSync(join(ROOT, 'package.json'), join(odd, 'package.json'));
    symlinkSync(join(ROOT, 'node_modules'), join(odd, 'node_modules'));
    const main = join(odd, 'dist/cli/main.js');
    const run = (...args: string[]) => begin(process.execPath, [main, ...args]).ended;
    // threads of the solver and of the ensemble, and processes of a study, are all found there
    expect(
      await run(
        ...['press', '--no-hands', ...COARSE.slice(0, 6), '--quiet'],
        ...['--uncertainty', '2', '--threads', '2', '-o', 'aus gabe#2%'],
      ),
    ).toMatchObject({
      code: 0,
      err: 'Written to aus gabe#2%; open report.html there.\n',
    });
    writeFileSync(join(folder, 'plän #1.json'), '{"base":{"cell_mm":15},"vary":{"load.force_N":[50,60]}}');
    const study = await run('study', 'plän #1.json', '-o', 'st%41 ü#', '--stand-in', '1', '--jobs', '1', '--quiet');
    expect([study.code, existsSync(join(folder, 'st%41 ü#/results.parquet'))]).toEqual([0, true]);
  });
});

describe('what reaches a terminal', () => {
  it('holds no codes from files', async () => {
    const id = '\u001b[31mred\u001b]0;pwned\u0007\u009b1m\u202e';
    writeFileSync(join(folder, 'codes.json'), JSON.stringify({ tool: { id } }));
    const { code, err } = await psoascope('press', 'codes.json');
    expect(code).toBe(2);
    expect(err).toMatch(/^There is no tool ␛\[31mred␛\]0;pwned␇\ufffd1m\ufffd; /);
    expect(lines(err)).toHaveLength(1);
    expect(printable('a\tb\nc')).toBe('a\tb\nc');
    expect(oneLine('a\n  b\r\nc')).toBe('a b c');
    expect(printableStyled('\u001b[1mbold\u001b[22m \u001b[31mred')).toBe('\u001b[1mbold\u001b[22m ␛[31mred');
    expect(printableAll({ a: ['\u001b[1mx'], n: 1 })).toEqual({ a: ['␛[1mx'], n: 1 });
    expect(jsonText({ id })).not.toMatch(/[\u009b\u202e]/);
    expect(JSON.parse(jsonText({ id }))).toEqual({ id });
  });
});
