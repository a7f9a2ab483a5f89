import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../findings/result.ts';
import { resultSchema } from '../findings/result.ts';
import { inEnglish } from '../messages/say.ts';
import { openOutputFolder } from '../node/output-folder.ts';
import { readScan } from '../node/read-scan.ts';
import { parseScenario } from '../press/parse-scenario.ts';
import { TOTAL_V2 } from '../scan/totalsegmentator.data.ts';
import { BOX, shapeAt, storeReversed, trunkHounsfield } from '../scan/trunk.test-data.ts';
import { withFlags } from './scenario-flags.ts';
import { jsonSchemaText } from './schema.ts';
import { progressBar } from './terminal.ts';
import { textTable } from './text-table.ts';

const ROOT = resolve(import.meta.dirname, '../..');
// the built program, as it ships: npm test builds it first
const MAIN = join(ROOT, 'dist/cli/main.js');
/** A wide roller, little load, the coarsest cell: the whole path in seconds. */
const COARSE = ['--tool', 'roller-smooth', '--load', '20N', '--cell', '15', '--uncertainty', '0'];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'psoascope-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function begin(args: readonly string[]): { child: ChildProcess; ended: Promise<Ended> } {
  const env = { ...process.env, CI: 'true' };
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ended = new Promise<Ended>((done) => child.on('close', (code) => done({ code, out, err })));
  return { child, ended };
}

const psoascope = (...args: string[]): Promise<Ended> => begin(args).ended;

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('bad input', () => {
  const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['unknown command', ['prees'], /unknown command/i],
    ['unknown option', ['press', '--speed', '5s'], /unknown option '--speed'/i],
    ['load time too short', ['press', '--rate', '0s'], /rate_s must be between 0\.5 and 30/],
    ['hold that is no time', ['press', '--hold', 'long'], /--hold must be a number/],
    ['hold too long', ['press', '--hold', '4min'], /hold_s must be between 0 and 180/],
    ['too many presses for ranges', ['press', '--uncertainty', '501'], /uncertainty must be between 0 and 500/],
    ['option without its value', ['serve', '--port'], /argument missing/i],
    ['one argument too many', ['press', 'a.json', 'b.json'], /too many arguments/i],
    ['unknown tool', ['press', '--tool', 'hammer'], /hammer/],
    ['unknown tool size', ['press', '--tool', 'two-peak,sharpness=3'], /sharpness/],
    ['tool size out of range', ['press', '--tool', 'two-peak,spacing=9000'], /spacing/],
    ['tool size that is no number', ['press', '--tool', 'two-peak,spacing=wide'], /must be a number, not wide/],
    ['unknown pose', ['press', '--pose', 'standing'], /pose must be/],
    ['unknown tone', ['press', '--tone', 'stiff'], /tone must be/],
    ['unknown muscle', ['press', '--contract', 'biceps'], /contract must be psoas/],
    ['unknown contents', ['press', '--contents', 'loose'], /contents must be stuck, between, free or slide/],
    ['unknown body key', ['press', '--body', 'hight=163'], /does not take hight; it takes sex, height/],
    ['unknown sex', ['press', '--body', 'sex=x'], /sex must be/],
    ['weight 0', ['press', '--body', 'weight=0'], /weight/],
    ['weight 1000 kg', ['press', '--body', 'weight=1000'], /weight/],
    ['weight NaN', ['press', '--body', 'weight=NaN'], /weight must be a number, not NaN/],
    ['weight empty', ['press', '--body', 'weight='], /key=value/],
    ['body empty', ['press', '--body', ' '], /^--body is empty; give it a value/],
    ['height twice', ['press', '--body', 'height=160,height=170'], /height twice/],
    ['a child', ['press', '--body', 'height=100'], /height/],
    ['age out of range', ['press', '--body', 'age=5'], /age/],
    ['load 0', ['press', '--load', '0N'], /load/],
    ['load negative', ['press', '--load', '-5kg'], /load/],
    ['load without unit', ['press', '--load', '25'], /unit/],
    ['load too big', ['press', '--load', '9000N'], /load/],
    ['share above 1', ['press', '--load', '34bw'], /load/],
    ['cell 0', ['press', '--cell', '0'], /cell_mm must be between/],
    ['cell that is no number', ['press', '--cell', 'fine'], /--cell must be a number/],
    ['seed that is no whole number', ['press', '--seed', '1.5'], /seed must be a whole number/],
    ['tool off the body', ['press', '--cell', '15', '--at', '900,0'], /body|skin/],
    ['unknown place', ['press', '--cell', '15', '--at', 'elbow'], /elbow/],
    ['half a place', ['press', '--at', '10,'], /--at Y must be a number/],
    ['missing scenario file', ['press', 'none.json'], /none\.json cannot be read \(ENOENT\)/],
    ['missing CT', ['press', '--ct', 'none.nii.gz'], /none\.nii\.gz cannot be read/],
    ['CT that is no NIfTI', ['press', '--ct', MAIN], /NIfTI/],
    ['bad port', ['start', '--port', '99999'], /--port/],
    ['a giant', ['press', '--body', 'height=1e308'], /^height 1e\+308 cm is outside what the body model covers/],
    ['pregnant that is neither yes nor no', ['press', '--body', 'pregnant=maybe'], /must be yes or no .*, not maybe/],
    ['pregnant as people write it', ['press', '--body', 'pregnant=Yes'], /does not cover pregnancy/],
    ['a weight with a comma', ['press', '--body', 'weight=63,5'], /not 5, and decimals with a point\.$/],
    [
      'a load with a comma',
      ['press', '--load', '0,33bw'],
      /--load must be a number, not 0,33: write 0\.33 with a point/,
    ],
    ['digits of another script', ['press', '--load', '２５kg'], /--load must be a number, not ２５\./],
    ['a body said twice', ['press', '--body', 'pregnant=yes', '--body', 'height=160'], /^--body is given twice/],
    ['no output folder', ['press', '-o', ''], /^--output is empty; give it a value, or leave it out\.$/],
    ['no file to export to', ['export', '--format', 'csv', '-o', ' '], /^--output is empty/],
    ['a file to serve', ['serve', MAIN], /^There is no folder .*main\.js to serve/],
    ['a load said twice', ['start', '--load', '25kg', '--load', '30kg'], /^--load is given twice/],
    ['body key of every object', ['press', '--body', 'constructor=5'], /does not take constructor; it takes sex/],
    ['size of every object', ['press', '--tool', 'two-peak,__proto__=5'], /no size called __proto__/],
    ['folder under proc', ['press', '-o', '/proc/nowhere/deep'], /cannot be written to \(ENOENT\)/],
    ['unknown evidence', ['evidence', 'Z-99'], /Z-99/],
    ['unknown schema', ['schema', 'tool'], /no schema called tool; the schemas are scenario, plan and result\.$/],
    ['schema without a name', ['schema', ''], /^<name> is empty; give it a value, or leave it out\.$/],
    ['threads without a number', ['press', '--threads', ''], /^--threads is empty; give it a value/],
    ['output without a name', ['press', '-o', ''], /^--output is empty/],
    ['file without a name', ['solve', ' '], /^<problem\.json> is empty/],
    ['nothing to serve', ['serve', 'nothing-here'], /nothing-here/],
  ];
  it.concurrent.each(cases)('%s: one sentence, exit 2, nothing written', async (title, args, sentence) => {
    const target = join(folder, title.replaceAll(' ', '-'), 'deep');
    const withFolder = ['press', 'start'].includes(args[0]!) && !args.includes('-o') ? [...args, '-o', target] : args;
    const { code, out, err } = await psoascope(...withFolder);
    // progress may have begun when the body had to be built to see what is wrong; the sentence is the last line
    const lines = err
      .trimEnd()
      .split('\n')
      .filter((line) => !/^ *\d+ %/.test(line));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(sentence);
    expect(lines[0]).not.toMatch(/NaN \(|undefined|\[object/);
    expect(out).toBe('');
    expect(code).toBe(2);
    expect(existsSync(join(folder, title.replaceAll(' ', '-')))).toBe(false);
  });

  const files: readonly (readonly [string, unknown, RegExp])[] = [
    ['unknown key', { bodi: {} }, /unknown key "bodi" in the scenario; the known ones are schemaVersion, body, /],
    ['unknown key inside', { body: { weight: 62 } }, /unknown key "weight" in body; the known ones are sex, height_cm/],
    ['future version', { schemaVersion: 99, wings: 2 }, /newer version of the program \(schemaVersion 99/],
    ['old version', { schemaVersion: 0 }, /schemaVersion must be 1 to 3/],
    ['text for a number', { body: { weight_kg: 'sixty' } }, /body\.weight_kg: weight must be a number/],
    ['infinite', '{"body": {"weight_kg": 1e999}}', /weight must be a number/],
    ['two loads', { load: { force_N: 10, mass_kg: 3 } }, /load must be one of/],
    ['no object', [1], /must be one JSON object/],
    ['null section', { tool: null }, /tool must be an object/],
    ['no JSON', '{', /is not JSON/],
    [
      'pregnant and not',
      '{"body": {"pregnant": true, "pregnant": false}}',
      /has the key "pregnant" twice in one object/,
    ],
    ['pregnant in words', { body: { pregnant: 'Yes' } }, /pregnant must be true or false/],
    ['prototype', '{"tool": {"parameters": {"__proto__": 5}}}', /unknown key "__proto__" in tool\.parameters/],
    [
      'other load',
      { load: { force_N: 5, push: 1 } },
      /unknown key "push" in load; the known ones are force_N, mass_kg,/,
    ],
    [
      'key of another insert',
      { body: { inserts: [{ kind: 'aneurysm', side: 'left' }] } },
      /unknown key "side" in body\.inserts\.0; the known ones are kind, size_mm\./,
    ],
    ['tool without a name', { tool: { id: '' } }, /tool\.id must not be empty\./],
    ['seed below 0', { seed: -1 }, /seed must be between 0 and 4294967295\./],
    ['no list of inserts', { body: { inserts: {} } }, /body\.inserts must be a list\./],
    ['brackets without end', `{"body": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`, /more than 64 deep/],
    ['empty scan', { scan: {} }, /a scan needs/],
    ['plan', { base: {}, vary: {} }, /is not a scenario file, it is the plan of a study; psoascope study takes it\./],
    ['problem', { domain: {}, tool: {} }, /it is a neutral problem file; psoascope solve takes it\./],
  ];
  it.concurrent.each(files)('scenario file with %s: one sentence, exit 2', async (title, content, sentence) => {
    const { code, out, err } = await psoascope('press', file(`bad-${title}.json`, content));
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(err).toMatch(sentence);
    expect([code, out]).toEqual([2, '']);
  });

  it('an output folder that cannot be written to is refused before anything is computed', async () => {
    const { code, out, err } = await psoascope('press', '-o', '/dev/null/x');
    expect(err).toMatch(/^The output folder \/dev\/null\/x cannot be written to \(ENOTDIR\)[^\n]*\n$/);
    expect([code, out]).toEqual([2, '']);
  });
});

describe('a press', () => {
  let first: Ended;
  let result: Result;
  beforeAll(async () => {
    first = await psoascope('press', ...COARSE, '--json', '-o', 'one');
    result = JSON.parse(first.out) as Result;
  });

  it('prints the result contract and nothing else on stdout', () => {
    expect(first.code, first.err).toBe(0);
    // parse drops what the schema does not know: equality means that every key is in the contract
    expect(resultSchema.parse(result)).toEqual(result);
    expect(result.solver.converged).toBe(true);
    expect(result.findings.length).toBeGreaterThan(10);
    expect(result.shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
  });

  it('tells its progress by lines on stderr where no terminal listens', () => {
    expect(first.err).toMatch(/^ *\d+ % {2}\w/);
    expect([...first.err].filter((char) => char < ' ' && char !== '\n')).toEqual([]);
    expect(first.err.split('\n').length).toBeLessThan(16);
  });

  it('writes the same result and its companions', () => {
    const names = readdirSync(join(folder, 'one'));
    expect(names).toEqual(expect.arrayContaining(['path.csv', 'press.vti', 'press.vtu', 'report.html', 'result.json']));
    expect(names.filter((name) => /^section-.*\.(png|svg)$/.test(name)).length).toBeGreaterThan(0);
    expect(names.filter((name) => name.startsWith('.'))).toEqual([]);
    expect(JSON.parse(readFileSync(join(folder, 'one/result.json'), 'utf8'))).toEqual(result);
    expect(readFileSync(join(folder, 'one/path.csv'), 'utf8').trimEnd().split('\n')).toHaveLength(
      result.path.length + 1,
    );
  });

  it('stands beside trained fingertips of its own solve, in the result and in the report', () => {
    expect(result.headline!.fingersPressure_kPa.value).toBeGreaterThan(0);
    const report = readFileSync(join(folder, 'one/report.html'), 'utf8');
    expect(['n-hands-load', 'n-headline-fingers'].filter((id) => !report.includes(`id="${id}"`))).toEqual([]);
  });

  it('holds a complete scenario that gives the same bits again', async () => {
    expect(result.scenario.body).toMatchObject({ height_cm: expect.any(Number), weight_kg: expect.any(Number) });
    const again = JSON.parse((await psoascope('press', file('again.json', result.scenario), '--json')).out) as Result;
    expect(again.scenario).toEqual(result.scenario);
    expect(again.manifest.scenarioHash).toBe(result.manifest.scenarioHash);
    expect(again.manifest.resultHash).toBe(result.manifest.resultHash);
    expect(again.path).toEqual(result.path);
  });

  it('leaves files of other people in the folder alone', async () => {
    mkdirSync(join(folder, 'shared'));
    file('shared/notes.txt', 'mine');
    file('shared/result.json', 'old');
    const { code } = await psoascope('press', join(folder, 'one/result.json'), '-o', 'shared', '--quiet', '--json');
    expect(code).toBe(0);
    expect(readFileSync(join(folder, 'shared/notes.txt'), 'utf8')).toBe('mine');
    const written = JSON.parse(readFileSync(join(folder, 'shared/result.json'), 'utf8')) as Result;
    expect(written.manifest.resultHash).toBe(result.manifest.resultHash);
  });

  it('start prints a table, writes the report and ends without a terminal', async () => {
    const { code, out } = await psoascope('start', ...COARSE);
    expect(code).toBe(0);
    expect(out).toMatch(/how much +range +published +felt\?/);
    expect(out).toContain(inEnglish.say('notice').slice(0, 30));
    expect(existsSync(join(folder, 'out/report.html'))).toBe(true);
  });

  // before anything has converged there is nothing to keep: endings.test.ts
  it('Ctrl-C after the first step ends with 130 and a partial result that says so', async () => {
    const { child, ended } = begin(['press', '--cell', '6', '--load', '400N', '--json', '-o', 'stopped']);
    let told = '';
    child.stderr!.on('data', (text: string) => {
      told += text;
      // the first equilibrium is sought 5 mm deep: who looks deeper has found it; a second Ctrl-C would not wait for what is kept
      if (!child.killed && [...told.matchAll(/(\d+) mm deep/g)].some(([, depth]) => Number(depth) > 5))
        child.kill('SIGINT');
    });
    const { code, out } = await ended;
    expect(code).toBe(130);
    const partial = resultSchema.parse(JSON.parse(out));
    expect(partial.solver.converged).toBe(false);
    expect(partial.solver).toMatchObject({ stopped: { id: 'reason.stopped' }, reason: 'stopped by the user' });
    expect(partial.path.length).toBeGreaterThan(0);
    expect(partial.path.at(-1)!.force_N).toBeLessThan(400);
    expect(JSON.parse(readFileSync(join(folder, 'stopped/result.json'), 'utf8'))).toEqual(JSON.parse(out));
  });
});

describe('lists', () => {
  it('solve runs a neutral problem file, and says in one sentence what is wrong with a bad one', async () => {
    const scene = join(ROOT, 'scenes/sphere-on-block.json');
    const good = await psoascope('solve', scene, '--cell', '20', '--json');
    expect(good.code).toBe(0);
    const solution = JSON.parse(good.out);
    expect(solution.steps.map((s: { depth_mm: number }) => s.depth_mm)).toEqual([5, 10, 20]);
    expect(solution.cpuSeconds).toBeGreaterThan(0);
    for (const args of [
      ['solve', scene, '--cell', '7'],
      ['solve', file('problem.json', { name: 'empty' })],
      ['solve', 'nowhere.json'],
      ['solve', file('result.json', { manifest: {}, scenario: {} })],
    ]) {
      const bad = await psoascope(...args);
      expect(bad.code).toBe(2);
      expect(bad.out).toBe('');
      expect(bad.err.trim().split('\n')).toHaveLength(1);
    }
  });

  it.each(['tools', 'structures', 'evidence', 'bodies'])('%s prints JSON and a table', async (name) => {
    const [json, text] = await Promise.all([psoascope(name, '--json'), psoascope(name)]);
    expect([json.code, text.code, json.err, text.err]).toEqual([0, 0, '', '']);
    const rows = JSON.parse(json.out) as unknown[];
    expect(rows.length).toBeGreaterThan(1);
    expect(text.out.split('\n').length).toBeGreaterThan(rows.length);
  });

  it('structures says where one of them comes from, and in one sentence that there is none of a name', async () => {
    const one = await psoascope('structures', 'psoas_major');
    expect([one.code, one.err]).toEqual([0, '']);
    expect(one.out).toMatch(/^Psoas muscle \(musculus psoas major\)\nShape +Drawn by this project/);
    expect(one.out).toContain('B-01');
    const json = JSON.parse((await psoascope('structures', 'psoas_major', '--json')).out);
    expect(json).toMatchObject({ id: 'psoas_major', provenance: { shape: { from: 'sized' } } });
    // findings speak of the wall; it is made of its sheets
    const wall = await psoascope('structures', 'abdominal_wall');
    expect([wall.code, wall.err]).toEqual([0, '']);
    expect(wall.out).toMatch(/^Belly wall\nMade of +rectus abdominis[^,]*, rectus sheath, external oblique/);
    expect(wall.out.replace(/\s+/g, ' ')).toContain('[T-92 T-28 T-31');
    const bad = await psoascope('structures', 'psoas_maior');
    expect([bad.code, bad.out]).toEqual([2, '']);
    expect(bad.err).toContain('no structure called "psoas_maior"');
  });

  it('export writes the pressed body for other programs, and says in one sentence what it cannot', async () => {
    const path = join(folder, 'body.glb');
    const good = await psoascope('export', ...COARSE, '--format', 'glb', '--detail', 'low', '-o', path);
    expect([good.code, good.out]).toEqual([0, '']);
    const bytes = readFileSync(path);
    expect(bytes.subarray(0, 4).toString()).toBe('glTF');
    const scene = JSON.parse(bytes.subarray(20, 20 + bytes.readUInt32LE(12)).toString());
    expect(scene.nodes.map((node: { name: string }) => node.name)).toContain('psoas_major/left');
    expect(scene.meshes[0].extras).toEqual({ targetNames: ['pressed'] });
    for (const args of [
      ['--format', 'docx'],
      ['--format', 'vtu', '--rest'],
      ['--format', 'glb', '-o', join(folder, 'nowhere', 'x.glb')],
    ]) {
      const bad = await psoascope('export', ...args);
      expect([bad.code, bad.out]).toEqual([2, '']);
      expect(bad.err.trim().split('\n')).toHaveLength(1);
    }
  });

  it('export writes a press for FEBio, CalculiX and solve, which reads it', async () => {
    const press = await psoascope('press', '--load', '20N', '--cell', '15', '--uncertainty', '0', '--json');
    const result = file('press-for-others.json', press.out);
    const written = await Promise.all(
      ['feb', 'inp', 'twin'].map((format) => psoascope('export', result, '--format', format)),
    );
    expect(written.map(({ code, out }) => [code, out])).toEqual(Array(3).fill([0, '']));
    expect(readFileSync(join(folder, 'psoascope.feb'), 'utf8')).toContain('<febio_spec version="4.0">');
    expect(readFileSync(join(folder, 'psoascope.inp'), 'utf8')).toContain('*HYPERELASTIC, YEOH');
    const solved = await psoascope('solve', 'psoascope.twin.json', '--cell', '15', '--json');
    expect(solved.code).toBe(0);
    const { steps } = JSON.parse(solved.out) as { steps: { force_N: number }[] };
    const { path } = JSON.parse(press.out) as Result;
    // cubes of 15 mm are a coarse body: they carry a load of the same size
    expect(steps).toHaveLength(path.length);
    expect(steps.at(-1)!.force_N).toBeGreaterThan(15);
    expect(steps.at(-1)!.force_N).toBeLessThan(45);
    const aside = await psoascope('export', ...COARSE, '--pose', 'side', '--at', '100,0', '--format', 'feb');
    expect([aside.code, aside.err]).toEqual([2, expect.stringContaining('at an angle')]);
    // before minutes go by
    expect(aside.err).not.toMatch(/^ *[3-9]\d %/m);
  });

  it('doctor and --version say what is there', async () => {
    const { code, out } = await psoascope('doctor', '--json');
    const report = JSON.parse(out);
    expect([code, report.node.version]).toEqual([0, process.versions.node]);
    expect((await psoascope('--version')).out.trim()).toBe(report.version);
  });

  it('--help ends well and goes to stdout', async () => {
    const { code, out, err } = await psoascope('press', '--help');
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('--load');
  });
});

describe('published schemas', () => {
  it.each(['scenario', 'plan', 'result'] as const)('schema/%s.schema.json is current', (name) => {
    // when it is not: npm run build && node dist/cli/main.js schema -o schema
    expect(readFileSync(join(ROOT, `schema/${name}.schema.json`), 'utf8')).toBe(jsonSchemaText(name));
  });
});

describe('flags and files', () => {
  it('flags say the same as a file, and win over it', () => {
    const flags = { body: 'weight=70', tool: 'fingertips', at: '-40,20', load: '0.1bw', cell: '8', ct: 'a.nii' };
    const fromFlags = parseScenario(withFlags({}, flags));
    expect(fromFlags).toMatchObject({
      body: { sex: 'female', weight_kg: 70 },
      tool: { id: 'fingertips', parameters: {} },
      placement: { x_mm: -40, y_mm: 20 },
      load: { bodyWeightShare: 0.1 },
      cell_mm: 8,
      scan: { ct: 'a.nii' },
    });
    expect(parseScenario(JSON.parse(JSON.stringify(fromFlags)))).toEqual(fromFlags);
    const file = {
      body: { height_cm: 170, weight_kg: 60 },
      tool: { id: 'ramp' },
      tone: 'guarded',
      scan: { ct: 'b.nii', ctHash: '0' },
    };
    expect(withFlags(file, flags)).toMatchObject({
      body: { height_cm: 170, weight_kg: 70 },
      tone: 'guarded',
      scan: { ct: 'a.nii' },
    });
    expect(withFlags(file, flags).scan).not.toHaveProperty('ctHash');
  });

  it('pose and load follow the tool where nobody says', () => {
    expect(parseScenario({ tool: { id: 'fingertips' } })).toMatchObject({ pose: 'supine', load: { force_N: 25 } });
    expect(parseScenario({ tool: { id: 'fingertips' }, pose: 'side' })).toMatchObject({
      pose: 'side',
      load: { force_N: 25 },
    });
    expect(parseScenario({})).toMatchObject({ pose: 'prone', load: { bodyWeightShare: 0.33 } });
  });

  it('readScan pins what it read and says when it is not what it was', () => {
    mkdirSync(join(folder, 'masks'));
    file('masks/b.nii', 'b');
    file('masks/a.nii.gz', 'a');
    file('masks/notes.txt', 'not read');
    const scenario = parseScenario({ scan: { labels: 'masks' } });
    // found beside the scenario file, from wherever it is run
    const read = readScan(scenario, join(folder, 'scenario.json'));
    expect(read.files?.labels).toMatchObject({
      name: 'masks',
      files: new Map([
        ['a.nii.gz', Buffer.from('a')],
        ['b.nii', Buffer.from('b')],
      ]),
    });
    expect(read.notes).toEqual([]);
    expect(readScan(read.scenario, join(folder, 'scenario.json'))).toEqual(read);
    // another content under the same name is another person's
    file('masks/b.nii', 'changed');
    expect(() => readScan(read.scenario, join(folder, 'scenario.json'))).toThrow(
      /^The label file or folder .*masks is a different one: .*SHA-256 is [0-9a-f]{64}, and this one's is [0-9a-f]{64};/,
    );
    expect(readScan(scenario, join(folder, 'scenario.json')).scenario.scan!.labelsHash).not.toBe(
      read.scenario.scan!.labelsHash,
    );
  });
});

describe('small parts', () => {
  it('openOutputFolder leaves nothing behind when it is discarded or cannot write', () => {
    const path = join(folder, 'made/for/this');
    openOutputFolder(path).discard();
    expect(existsSync(join(folder, 'made'))).toBe(false);

    const blocked = openOutputFolder(path);
    mkdirSync(join(path, 'a.txt'));
    expect(() => blocked.write(new Map([['a.txt', 'text']]))).toThrow(/could not be written/);
    expect(readdirSync(path)).toEqual(['a.txt']);
  });

  it('textTable keeps its columns and wraps the last one', () => {
    const table = textTable(['A', 'Words'], [['aaaa', 'one two three four five six seven']], 30);
    expect(table).toBe('A     Words\n────  ────────────────────────\naaaa  one two three four five\n      six seven\n');
  });

  it('progressBar never runs backwards and keeps quiet when told', () => {
    const lines: string[] = [];
    const stream = { isTTY: false, write: (text: string) => lines.push(text) } as unknown as NodeJS.WriteStream;
    const bar = progressBar(stream, false);
    for (const fraction of [0, 0.01, 0.5, 0.2, 0.51, Number.NaN, 2]) bar.report({ phase: 'phase.press', fraction });
    progressBar(stream, true).report({ phase: 'phase.press', fraction: 0.1 });
    expect(lines).toEqual(['  0 %  pressing\n', ' 50 %  pressing\n', '100 %  pressing\n']);
  });
});

describe('compare', () => {
  it('presses both with the smaller load, prints pairs from the skin down, and takes results as they are', async () => {
    const heavy = file('heavy.json', { tool: { id: 'roller-smooth' }, load: { force_N: 30 }, cell_mm: 15 });
    const light = file('light.json', {
      tool: { id: 'roller-smooth' },
      body: { sex: 'male' },
      load: { force_N: 12 },
      cell_mm: 15,
    });
    const { code, out, err } = await psoascope('compare', heavy, light, '--json', '--quiet', '-o', 'pair');
    expect(code, err).toBe(0);
    const { a, b, pairs } = JSON.parse(out);
    // each press ends within half a per cent of its load
    for (const force of [a.force_N, b.force_N]) expect(Math.abs(force / 12 - 1)).toBeLessThan(0.006);
    expect(pairs[0]).toMatchObject({ structure: 'skin', a: { low: null }, b: { low: null } });
    const page = readFileSync(join(folder, 'pair/compare.html'), 'utf8');
    expect(page.match(/class="cut"/g)).toHaveLength(2);
    const again = await psoascope('compare', 'pair/a.result.json', 'pair/b.result.json', '--json');
    expect(JSON.parse(again.out).pairs).toEqual(pairs);
    expect(again.err).toBe('');
    // a load that is nearly the results' own is another load
    const other = await psoascope(
      'compare',
      'pair/a.result.json',
      'pair/b.result.json',
      '--json',
      '--quiet',
      '--load',
      '12.1N',
    );
    for (const side of Object.values(JSON.parse(other.out)).slice(1, 3) as (typeof a)[])
      expect(side.scenario.load).toEqual({ force_N: 12.1 });
  });

  it('says of a load that is a share of nobody’s weight that it is', async () => {
    writeFileSync(join(folder, 'trunk.nii'), storeReversed(BOX, [false, false, false], trunkHounsfield));
    const numberAt = (...at: [number, number, number]): number => TOTAL_V2.indexOf(shapeAt(...at)?.name ?? '') + 1;
    writeFileSync(join(folder, 'trunk-labels.nii'), storeReversed(BOX, [false, false, false], numberAt));
    const scan = { ct: 'trunk.nii', labels: 'trunk-labels.nii' };
    const [a, b] = [
      file('share.json', { scan, tool: { id: 'ball-orb' }, load: { bodyWeightShare: 0.02 }, cell_mm: 15 }),
      file('newtons.json', { tool: { id: 'ball-orb' }, load: { force_N: 100 }, cell_mm: 15 }),
    ];
    const { code, out, err } = await psoascope('compare', a, b, '--quiet');
    expect(code, err).toBe(0);
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(
      /Of a: The weight of the person in this scan was not given, so the load is 2 % of/,
    );
    const { out: json } = await psoascope('compare', a, b, '--quiet', '--json');
    expect(JSON.parse(json).a.warnings.join()).toMatch(/The weight of the person in this scan was not given/);
  });

  it('presses the scenarios of results of format 1 again: another version has other numbers', async () => {
    const old = (name: string) => join(ROOT, `src/findings/v1/${name}.json`);
    const { code, out, err } = await psoascope('compare', old('default'), old('ranges'), '--json', '--quiet');
    expect([code, err]).toEqual([0, '']);
    const { schemaVersion, a, pairs } = JSON.parse(out);
    expect([schemaVersion, a.scenario.schemaVersion]).toEqual([3, 3]);
    expect(pairs.slice(0, 2).map((p: { quantity: string }) => p.quantity)).toEqual([
      'peak-contact-pressure', 'mean-contact-pressure',
    ]); // biome-ignore format: one row
    for (const { a: first, b: second } of pairs) expect(first.value).toBe(second.value);
    expect(pairs[0].b.low).not.toBeNull();
    const again = await psoascope('press', old('fingertips'), '--json', '--quiet');
    expect(again.code, again.err).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject({ schemaVersion: 3, tool: { id: 'fingertips' } });
  });

  it('says in one sentence what is wrong', async () => {
    const { code, out, err } = await psoascope('compare', 'none.json', 'none.json');
    expect([code, out, err.trimEnd().split('\n').length]).toEqual([2, '', 1]);
  });
});
