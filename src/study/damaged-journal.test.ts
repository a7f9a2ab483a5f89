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
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputError } from '../base/errors.ts';
import { designStudy } from './design.ts';
import type { StudyEngine } from './engine.ts';
import { mergeStudy } from './merge-study.node.ts';
import { parsePlan } from './parse-plan.ts';
import type { CaseRecord } from './record.ts';
import { runStudy } from './run-study.node.ts';

const root = mkdtempSync(join(tmpdir(), 'psoascope-damaged-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
const fresh = (): string => join(root, `${folders++}`);

const design = designStudy(parsePlan({ title: 'one', vary: { 'load.force_N': [1, 2, 3, 4, 5, 6, 7, 8] } }), '1');
// shares half of its cases with the first
const other = designStudy(parsePlan({ vary: { 'load.force_N': [5, 6, 7, 8, 9, 10, 11, 12] } }), '1');

let computed = 0;
const engine: StudyEngine = {
  where: { id: 'cli.study.here', values: { jobs: 1 } },
  async solve(jobs, keep) {
    for (const { id, scenario } of jobs) {
      computed++;
      const force = (scenario.load as { force_N: number }).force_N;
      const record: CaseRecord = {
        id,
        status: 'done',
        converged: true,
        reason: null,
        measures: [
          ['psoas_major', 'left', 'tissue-pressure', 'tissue', force / 3, null, null, 'kPa', 'below-published'],
        ],
        backend: 'here',
        cost: { seconds: 0, attempts: 1 },
      };
      keep(record);
    }
  },
};

const said: string[] = [];
const study = (folder: string, resume: boolean, what = design, shard?: { index: number; of: number }) => {
  said.length = 0;
  const { signal } = new AbortController();
  return runStudy({
    design: what,
    folder,
    engine,
    resume,
    csv: true,
    signal,
    shard,
    say: (line) => said.push(line.english),
  });
};
const FILES = [
  'results.parquet',
  'cases.parquet',
  'results.csv',
  'cases.csv',
  'summary.csv',
  'summary.sql',
  'report.html',
];
const tables = (folder: string): Buffer[] => FILES.map((name) => readFileSync(join(folder, name)));
/** Everything in a folder, to see that a refusal has changed nothing. */
const snapshot = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'latin1')]),
  );

const whole = fresh();
let journal: Buffer;
let right: Buffer[];
beforeAll(async () => {
  await study(whole, false);
  journal = readFileSync(join(whole, 'journal.log'));
  right = tables(whole);
});

/** A copy of the finished study whose journal holds these bytes; without its tables, so that old ones cannot pass for new. */
function withJournal(bytes: Uint8Array): string {
  const folder = fresh();
  mkdirSync(folder);
  cpSync(join(whole, 'plan.json'), join(folder, 'plan.json'));
  writeFileSync(join(folder, 'journal.log'), bytes);
  return folder;
}

/** What can become of a journal. */
const damage = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at: fc.nat(), bit: fc.nat(7) }),
  fc.record({ kind: fc.constant('flip in the first line' as const), at: fc.nat(), bit: fc.nat(7) }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat() }),
  fc.record({ kind: fc.constant('line lost' as const), at: fc.nat() }),
  fc.record({ kind: fc.constant('zeros' as const), at: fc.nat(), length: fc.integer({ min: 1, max: 600 }) }),
  fc.record({ kind: fc.constant('beginning lost' as const), at: fc.nat() }),
);
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

function damaged(bytes: Buffer, what: Damage): Buffer {
  const out = Buffer.from(bytes);
  if (out.length === 0) return out;
  const first = out.indexOf(10) + 1 || out.length;
  const at = what.at % (what.kind === 'flip in the first line' ? first : out.length);
  if (what.kind === 'cut') return out.subarray(0, at);
  if (what.kind === 'beginning lost') return out.subarray(at);
  if (what.kind === 'zeros') return out.fill(0, at, Math.min(out.length, at + what.length));
  if (what.kind === 'line lost') {
    const lines = out.toString('latin1').split(/(?<=\n)/);
    lines.splice(what.at % lines.length, 1);
    return Buffer.from(lines.join(''), 'latin1');
  }
  out[at] = out[at]! ^ (1 << what.bit);
  return out;
}

describe('a damaged journal', () => {
  it('gives the same tables after --resume, or one sentence; nothing of it is lost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (all) => {
        const bytes = all.reduce(damaged, journal);
        const folder = withJournal(bytes);
        const before = snapshot(folder);
        try {
          await study(folder, true);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          expect(String((error as Error).message)).toMatch(/^[^\n]+\.$/);
          expect(snapshot(folder)).toEqual(before);
          return;
        }
        expect(tables(folder)).toEqual(right);
        // what it held stands in the journal or is kept beside it, but for a record that was cut short at the end
        const kept = ['journal.log', 'journal.log.damaged'].filter((name) => existsSync(join(folder, name)));
        const sound = bytes.subarray(0, bytes.lastIndexOf(10) + 1);
        expect(
          sound.length === 0 ||
            kept.some((name) => readFileSync(join(folder, name)).subarray(0, sound.length).equals(sound)),
        ).toBe(true);
        // mended once: nothing is said or computed again, and it can be merged
        computed = 0;
        await study(folder, true);
        expect([computed, said]).toEqual([0, []]);
        expect(mergeStudy([folder], folder, true, '1').states).not.toContain('open');
        expect(tables(folder)).toEqual(right);
      }),
      { numRuns: 30 },
    );
  });

  it('never lets another plan in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 2 }), fc.boolean(), async (all, resume) => {
        const folder = withJournal(all.reduce(damaged, journal));
        const before = snapshot(folder);
        await expect(study(folder, resume, other)).rejects.toThrow(InputError);
        await expect(study(folder, resume, other, { index: 1, of: 2 })).rejects.toThrow(/holds another study/);
        expect(snapshot(folder)).toEqual(before);
        // without the plan beside it the records themselves tell, unless there is none
        rmSync(join(folder, 'plan.json'));
        const left = await study(folder, resume, other).then(
          () => readFileSync(join(folder, 'journal.log'), 'utf8'),
          (error) => void expect(error).toBeInstanceOf(InputError),
        );
        if (left !== undefined) expect(left).toContain(other.planHash);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['my diary', /holds nothing that a study wrote, or is damaged beyond reading; move it out of the way/],
    ['my diary\nDear diary\n', /holds nothing that a study wrote/],
    [`00000000 {"psoascope":"study-journal"}\n`, /holds nothing that a study wrote/],
  ])('a foreign journal.log (%j) is refused and stays', async (text, sentence) => {
    const folder = fresh();
    mkdirSync(folder);
    writeFileSync(join(folder, 'journal.log'), text);
    for (const resume of [false, true]) await expect(study(folder, resume)).rejects.toThrow(sentence);
    expect(snapshot(folder)).toEqual({ 'journal.log': text });
  });

  it('what stands in the way is said in a sentence and stays: folders, links, plans of others', async () => {
    const there = fresh();
    mkdirSync(there);
    mkdirSync(join(there, 'journal.log'));
    await expect(study(there, true)).rejects.toThrow(/journal\.log is a folder, and a study keeps its journal there/);
    rmSync(join(there, 'journal.log'), { recursive: true });
    symlinkSync(join(there, 'nowhere'), join(there, 'journal.log'));
    await expect(study(there, true)).rejects.toThrow(/journal\.log is a link/);
    expect(() => mergeStudy([there], there, false, '1')).toThrow(/journal\.log is a link that leads nowhere/);
    rmSync(join(there, 'journal.log'));
    writeFileSync(join(there, 'precious'), 'precious');
    symlinkSync(join(there, 'precious'), join(there, 'plan.json'));
    await expect(study(there, true)).rejects.toThrow(/plan\.json is a link/);
    rmSync(join(there, 'plan.json'));
    writeFileSync(join(there, 'plan.json'), '{"my":"plan"}');
    await expect(study(there, true)).rejects.toThrow(/plan\.json already exists and is not a plan/);
    expect(readFileSync(join(there, 'plan.json'), 'utf8')).toBe('{"my":"plan"}');
    rmSync(join(there, 'plan.json'));
    // a folder where a table belongs is named, and nothing is lost by it
    mkdirSync(join(there, 'results.csv'));
    await expect(study(there, true)).rejects.toThrow(
      /results\.csv cannot be written to \(E\w+\): 8 of 8 cases are kept; see what prevents it and run the same command with --resume\.$/,
    );
    rmSync(join(there, 'results.csv'), { recursive: true });
    for (const name of readdirSync(there).filter((each) => each !== 'precious')) rmSync(join(there, name));
    // links among the tables are replaced, never followed
    for (const name of ['results.csv', 'results.csv.part', 'results.parquet.part', 'report.html'])
      symlinkSync(join(there, 'precious'), join(there, name));
    await study(there, true);
    expect(readFileSync(join(there, 'precious'), 'utf8')).toBe('precious');
    expect(tables(there)).toEqual(right);
  });

  it('a shard of another plan is refused in the same folder, and a merge in a folder of another study', async () => {
    const folder = fresh();
    await study(folder, false, design, { index: 1, of: 2 });
    await expect(study(folder, false, other, { index: 2, of: 2 })).rejects.toThrow(/holds another study/);
    const elsewhere = fresh();
    await study(elsewhere, false, other);
    const before = snapshot(elsewhere);
    expect(() => mergeStudy([folder], elsewhere, true, '1')).toThrow(
      /holds another study; choose another folder with -o/,
    );
    expect(() => mergeStudy([folder, elsewhere], fresh(), true, '1')).toThrow(/belong to different studies/);
    expect(snapshot(elsewhere)).toEqual(before);
  });

  it('a merge says what is really missing', async () => {
    const folder = fresh();
    await study(folder, false, design, { index: 1, of: 2 });
    await study(folder, false, design, { index: 2, of: 2 });
    // the first line of one shard lost: its records are known by their ids
    const file = join(folder, 'journal-2-of-2.log');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.slice(text.indexOf('\n') + 1));
    mergeStudy([folder], folder, true, '1');
    expect(tables(folder)).toEqual(right);
    writeFileSync(file, 'another shard');
    expect(() => mergeStudy([folder], folder, true, '1')).toThrow(
      /journal-2-of-2\.log holds nothing that a study wrote/,
    );
    rmSync(file);
    rmSync(join(folder, 'plan.json'));
    expect(() => mergeStudy([folder], folder, true, '1')).toThrow(
      /has the journals of a study but not its plan\.json; put it back/,
    );
    writeFileSync(join(folder, 'plan.json'), '{"vary"');
    expect(() => mergeStudy([folder], folder, true, '1')).toThrow(
      /^plan\.json of the study is damaged; run the study again with --resume .* \(.* is not JSON\.\)$/,
    );
    await study(folder, true);
    expect(tables(folder)).toEqual(right);
    expect(readFileSync(join(folder, 'plan.json.damaged'), 'utf8')).toBe('{"vary"');
  });

  it('a title that changed is no other study', async () => {
    const folder = fresh();
    await study(folder, false);
    const renamed = designStudy({ ...design.plan, title: 'two' }, '1');
    await study(folder, true, renamed);
    expect(readFileSync(join(folder, 'plan.json'), 'utf8')).toContain('"two"');
  });
});
