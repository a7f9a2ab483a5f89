import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError } from '../base/errors.ts';
import { levelWith } from '../evidence/levels.ts';
import { inEnglish } from '../messages/say.ts';
import { parseScenario } from '../press/parse-scenario.ts';
import { scenarioMeaning } from '../press/scenario.ts';
import { wordsOf } from '../words/result-text.ts';
import { bandOf, comparedValue } from './assess.ts';
import { type Finding, keyOf } from './finding.ts';
import { resultHash } from './make-result.ts';
import { isWhole, readResult } from './read-result.ts';
import { resultSchema } from './result.ts';

const FOLDER = resolve(import.meta.dirname, 'v1');

/** Results as the last version that wrote format 1 printed them; cells of 15 mm. */
const CORPUS = readdirSync(FOLDER).map((file) => {
  // biome-ignore lint/suspicious/noExplicitAny: a file of another format
  const old: any = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
  return { file, old };
});

/** Names that have changed since format 1; every other name is still the one that was written. */
const RENAMED: Readonly<Record<string, string>> = {
  'skin, most pressed cm²': 'skin, highest over one cm²',
  'main artery (aorta)': 'aorta (main artery)',
  'main vein (lower vena cava)': 'vena cava (main vein)',
  'outer iliac artery (to the leg)': 'external iliac artery (to the leg)',
  'outer iliac vein (from the leg)': 'external iliac vein (from the leg)',
  'kidney tube (ureter)': 'ureter',
  'thigh nerve (femoral nerve)': 'femoral nerve',
  'skin nerve of the outer thigh': 'outer thigh nerve (LFCN)',
};
const nameNow = (label: string): string =>
  label.replace(/^((?:left |right )?)(.*)$/, (_, side, name) => `${side}${RENAMED[name] ?? name}`);

/** A finding of format 1 with its counterpart: by structure, side and quantity, and on the skin by what the path says. */
// biome-ignore lint/suspicious/noExplicitAny: a file of another format
const counterpart = (f: any, now: readonly Finding[]): Finding => {
  const quantity =
    f.label === 'skin, most pressed cm²'
      ? 'peak-contact-pressure'
      : f.label === 'skin, average'
        ? 'mean-contact-pressure'
        : f.quantity === 'stretch' && f.structure !== 'abdominal_wall'
          ? 'elongation-stuck'
          : f.quantity;
  const found = now.filter((g) => g.structure === f.structure && g.side === f.side && g.quantity === quantity);
  expect(found, `${f.structure} ${f.side} ${quantity}`).toHaveLength(1);
  return found[0]!;
};

/** Pressure multiplied by time was given up, and a force in the belly wall that counted the squeeze through it. */
const GONE = /^(\w+ pressure-time|abdominal_wall membrane-force)$/;
// biome-ignore lint/suspicious/noExplicitAny: a file of another format
const kept = ({ findings }: { findings: any[] }) => findings.filter((f) => !GONE.test(`${f.structure} ${f.quantity}`));

/** How a value stands to the level that it is compared with today. */
const bandNow = ({ quantity, value, level: id }: Finding): string => {
  const level = id === undefined ? undefined : levelWith(id);
  return value === null ? 'no-published-level' : bandOf(comparedValue(quantity, value), level);
};

describe('results of format 1', () => {
  it('are five, and of every kind: with ranges, of a man, tense, with an aneurysm, by fingertips', () => {
    expect(CORPUS.map(({ file }) => file)).toEqual([
      'default.json', 'fingertips.json', 'guarded-male.json', 'ranges.json', 'vessel-rich.json',
    ]); // biome-ignore format: one list
    for (const { old } of CORPUS) expect(old.schemaVersion).toBe(1);
  });

  it.each(CORPUS)('$file is read: every number has its counterpart', ({ old }) => {
    const now = readResult(old);
    expect(resultSchema.parse(JSON.parse(JSON.stringify(now)))).toEqual(now);
    expect(now.path).toEqual(old.path);
    expect(now.shares).toEqual(old.shares);
    expect(now.findings).toHaveLength(kept(old).length);
    expect(new Set(now.findings.map(keyOf)).size).toBe(now.findings.length);
    for (const f of kept(old)) {
      const { structure, side, where, value, low, high, unit, felt, evidence, distribution } = f;
      const g = counterpart(f, now.findings);
      const same = { structure, side, where, value, low, high, unit, felt, evidence };
      expect(g).toEqual({
        ...same,
        quantity: g.quantity,
        ...(distribution && { distribution }),
        // compared with the levels of today, each told by its id
        band: bandNow(g),
        ...(g.band !== 'no-published-level' && { level: expect.any(String) }),
      });
    }
    // words are made again: the same ones, as long as the catalogue is
    const said = new Map(wordsOf(inEnglish, now).findings.map((words) => [words.finding, words]));
    for (const f of kept(old)) expect(said.get(keyOf(counterpart(f, now.findings)))!.label).toBe(nameNow(f.label));
    expect(now.assumptions.map(({ value, low, high }) => [value, low, high])).toEqual(
      old.assumptions.map((a: { value: number; low: number; high: number }) => [a.value, a.low, a.high]),
    );
  });

  it.each(CORPUS)(
    '$file keeps what was said in words: names as ids, warnings and one sentence about the format',
    ({ old }) => {
      const now = readResult(old);
      expect(now.assumptions.map(({ id }) => id)).toEqual(old.assumptions.map(({ name }: { name: string }) => name));
      expect(now.uncertainty?.inputs.map(({ id }) => id)).toEqual(
        old.uncertainty?.inputs.map(({ name }: { name: string }) => name),
      );
      const text = (each: string) => ({ id: 'note.text', values: { text: each } });
      expect(now.notes).toEqual([
        ...old.warnings.map(text),
        ...['note.format-1', 'note.contents-stuck', 'note.findings-gone'].map((id) => ({ id })),
      ]);
      expect(now.scenario.contents).toBe('stuck');
      expect(now.solver.stopped).toBeUndefined();
      // a sentence that stands within another one now
      const stopped = readResult({
        ...old,
        solver: { ...old.solver, converged: false, reason: 'the force fell by 4.2 N.' },
      });
      expect(stopped.solver).toMatchObject({ converged: false, stopped: text('the force fell by 4.2 N') });
      expect(readResult({ ...old, warnings: ['No floor.'] }).notes[0]).toEqual(text('No floor.'));
    },
  );

  it('keep their tornadoes: each is of a finding that is there, or of a share', () => {
    const now = readResult(CORPUS.find(({ file }) => file === 'ranges.json')!.old);
    const keys = new Set([...now.findings.map(keyOf), ...now.shares.map((s) => `share/${s.structure}`)]);
    const { tornado, inputs } = now.uncertainty!;
    expect(tornado.length).toBeGreaterThan(10);
    for (const { finding, bars } of tornado) {
      expect(keys).toContain(finding);
      for (const bar of bars) expect(inputs.map(({ id }) => id)).toContain(bar.input);
    }
  });

  it('tell peak and mean on the skin apart whatever their labels and their order', () => {
    const { old } = CORPUS[0]!;
    const [peak, mean, ...rest] = old.findings;
    expect([peak.quantity, mean.quantity]).toEqual(['contact-pressure', 'contact-pressure']);
    const turned = { ...old, findings: [{ ...mean, label: 'x' }, { ...peak, label: 'y' }, ...rest] };
    expect(
      readResult(turned)
        .findings.slice(0, 2)
        .map((f) => [f.quantity, f.value]),
    ).toEqual([
      ['mean-contact-pressure', mean.value],
      ['peak-contact-pressure', peak.value],
    ]);
    const last = { ...old.path.at(-1), meanSkinPressure_kPa: peak.value, peakSkinPressure_kPa: peak.value };
    const alike = { ...old, path: [last], findings: [peak, { ...mean, value: peak.value }, ...rest] };
    expect(
      readResult(alike)
        .findings.slice(0, 2)
        .map((f) => f.quantity),
    ).toEqual(['peak-contact-pressure', 'mean-contact-pressure']);
  });
});

describe('results of earlier versions', () => {
  const { old } = CORPUS.find(({ file }) => file === 'ranges.json')!;

  it('give up what is no longer read off a press, with one note, and what hung on it', () => {
    expect(old.findings.length - kept(old).length).toBe(7);
    const second = { ...readResult(old), notes: [] };
    expect(readResult(second).notes).toEqual([]);
    // biome-ignore lint/suspicious/noExplicitAny: a file of another version
    const dose: any = {
      ...second.findings.find((f) => f.structure === 'femoral_nerve')!,
      quantity: 'pressure-time',
      unit: 'kPa·s',
    };
    const bars = [{ finding: 'femoral_nerve/left/pressure-time/tissue', bars: [] }];
    const uncertainty = { ...second.uncertainty!, tornado: [...second.uncertainty!.tornado, ...bars] };
    const read = readResult({ ...second, findings: [...second.findings, dose], uncertainty });
    expect(read.findings).toEqual(second.findings);
    expect(read.uncertainty).toEqual(second.uncertainty);
    expect(read.notes).toEqual([{ id: 'note.findings-gone' }]);
  });

  it('a nerve’s stretch is that of one that is stuck, and is compared with nothing', () => {
    const second = readResult(old);
    const at = second.findings.findIndex((f) => keyOf(f) === 'femoral_nerve/left/elongation-stuck/tissue');
    const now = second.findings[at]!;
    const before = { ...now, quantity: 'stretch', band: 'above-published', level: 'nerve-stretch' };
    const uncertainty = {
      ...second.uncertainty!,
      tornado: [{ finding: 'femoral_nerve/left/stretch/tissue', bars: [] }],
    };
    const read = readResult({ ...second, findings: second.findings.with(at, before as never), uncertainty });
    expect(read.findings[at]).toEqual({ ...now, band: 'no-published-level' });
    expect(read.uncertainty!.tornado.map((t) => t.finding)).toEqual([keyOf(now)]);
    expect(read.notes).toEqual(second.notes);
    // the wall's is its own
    expect(read.findings.find((f) => f.structure === 'abdominal_wall' && f.quantity === 'stretch')).toBeDefined();
  });

  it('are compared again where their level is not known any more or has moved, and only there', () => {
    const now = readResult(old);
    const at = now.findings.findIndex((f) => f.structure === 'psoas_major' && f.quantity === 'tissue-pressure');
    // as it stood for hours of pressing
    const before = {
      ...now.findings[at]!,
      value: 11,
      band: 'within-published',
      level: 'muscle-cells',
    } as const;
    const read = (f: object) => readResult({ ...now, findings: now.findings.with(at, f as Finding) }).findings[at];
    expect(read(before)).toEqual({ ...before, band: 'below-published', level: 'muscle-cells-minutes' });
    // known, but moved since: it was within, and is not any more
    const moved = { ...before, level: 'muscle-cells-minutes' };
    expect(read(moved)).toEqual({ ...moved, band: 'below-published' });
    const known = { ...before, value: 33, band: 'above-published', level: 'muscle-cells-minutes' };
    expect(read(known)).toEqual(known);
  });
});

describe('scenarios', () => {
  it('of format 1 mean what they meant; of 0 and of the future they are refused', () => {
    const old = { schemaVersion: 1, pose: 'supine', tool: { id: 'fingertips' } };
    const now = parseScenario(old);
    // ranges came only where they were asked for
    expect(now).toEqual(parseScenario({ ...old, schemaVersion: 3, uncertainty: 0, contents: 'stuck' }));
    expect(parseScenario({ ...old, uncertainty: 9 }).uncertainty).toBe(9);
    expect(now.schemaVersion).toBe(3);
    expect(JSON.stringify(scenarioMeaning(now))).not.toMatch(/schemaVersion/);
    expect(parseScenario({}).schemaVersion).toBe(3);
    expect(() => parseScenario({ schemaVersion: 0 })).toThrow(/schemaVersion must be 1 to 3/);
    expect(() => parseScenario({ schemaVersion: 4 })).toThrow(/newer version of the program \(schemaVersion 4/);
  });

  it('of formats 1 and 2 are of a belly whose contents are stuck, today nobody knows', () => {
    const of = (scenario: object) => parseScenario(scenario).contents;
    expect([of({ schemaVersion: 1 }), of({ schemaVersion: 2 }), of({ schemaVersion: 3 }), of({})]).toEqual([
      'stuck', 'stuck', 'between', 'between',
    ]); // biome-ignore format: one row
    expect(of({ schemaVersion: 2, contents: 'free' })).toBe('free');
    // and ranges were there by default from 2 on
    expect(parseScenario({ schemaVersion: 2 }).uncertainty).toBe(parseScenario({}).uncertainty);
  });

  it('mean the same wherever the files of a scan lie, and something else with other files', () => {
    const of = (scan: object) => scenarioMeaning(parseScenario({ scan }));
    expect(of({ ct: 'a.nii', ctHash: '1' })).toEqual(of({ ct: 'b/c.nii', ctHash: '1' }));
    expect(of({ ct: 'a.nii', ctHash: '1' })).not.toEqual(of({ ct: 'a.nii', ctHash: '2' }));
    expect(of({ ct: 'a.nii' })).not.toEqual(of({ ct: 'b.nii' }));
    const named = (labelTable: string) => of({ labels: 'l.nii', labelsHash: '1', labelTable });
    expect(named('total')).not.toEqual(named('total_v1'));
    const pinned = { labels: 'l.nii', labelTableHash: '3' };
    expect(of({ ...pinned, labelTable: 'a.csv' })).toEqual(of({ ...pinned, labelTable: 'b.csv' }));
  });
});

describe('what is no result', () => {
  const { old } = CORPUS[0]!;
  it.each([
    ['nothing', null, /^a\.json: this is not a result of Psoascope/],
    ['a scenario', {}, /^a\.json: this is not a result of Psoascope/],
    ['from the future', { ...old, schemaVersion: 9 }, /^a\.json: this result is from a newer version of the program/],
    [
      'a value that is text',
      { ...old, findings: [{ ...old.findings[0], value: 'x' }] },
      /cannot be read: findings\.0\.value/,
    ],
    ['without a path', { ...old, path: undefined }, /cannot be read: path/],
    ['with a bad scenario', { ...old, scenario: { pose: 'up' } }, /^a\.json: pose must be/],
    ['no version', { ...old, schemaVersion: undefined }, /cannot be read: schemaVersion/],
  ])('%s: one sentence', (_, raw, sentence) => {
    expect(() => readResult(raw, 'a.json')).toThrow(InputError);
    expect(() => readResult(raw, 'a.json')).toThrow(sentence);
  });
});

describe('results of format 2', () => {
  const third = readResult(CORPUS[0]!.old);
  const { contents: _, ...scenario } = third.scenario;
  const notes = third.notes.filter(({ id }) => id !== 'note.contents-stuck');
  const hashed = { ...third, scenario: scenario as typeof third.scenario };
  const second = {
    ...hashed,
    schemaVersion: 2,
    scenario: { ...scenario, schemaVersion: 2 },
    notes,
    manifest: { ...third.manifest, resultHash: resultHash(hashed) },
  };

  it('are read as what they were, with one sentence about what could not give way', () => {
    const read = readResult(JSON.parse(JSON.stringify(second)));
    expect(read).toEqual({
      ...third,
      notes: [...notes, { id: 'note.contents-stuck' }],
      manifest: second.manifest,
    });
    expect(read.scenario.contents).toBe('stuck');
    expect(readResult(third).notes).toEqual(third.notes);
  });

  it('are whole as written, and not after an edit', () => {
    const whole = (raw: object): boolean => isWhole(raw, readResult(raw));
    expect(whole(second)).toBe(true);
    expect(whole({ ...second, scenario: { ...second.scenario, seed: 5 } })).toBe(false);
    expect(whole({ ...second, schemaVersion: 3 })).toBe(false);
  });
});

describe('the numbers of a result', () => {
  it.each(CORPUS)(
    '$file: are whole as written, in both formats, and not after an edit of the scenario or a number',
    ({ old }) => {
      const result = readResult(old);
      const now = { ...result, manifest: { ...result.manifest, resultHash: resultHash(result) } };
      const whole = (raw: object): boolean => isWhole(raw, readResult(raw));
      for (const written of [old, JSON.parse(JSON.stringify(now))]) {
        expect(whole(written)).toBe(true);
        expect(
          whole({
            ...written,
            scenario: { ...written.scenario, tone: written.scenario.tone === 'relaxed' ? 'guarded' : 'relaxed' },
          }),
        ).toBe(false);
      }
      const [first, ...rest] = now.findings;
      expect(whole({ ...now, findings: [{ ...first!, value: first!.value! * 1.5 }, ...rest] })).toBe(false);
    },
  );
});
