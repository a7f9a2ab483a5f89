import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resolveBody } from '../body/body.ts';
import { checkDesign, nobodysWeight } from './check-design.ts';
import { designStudy, put, type StudyCase } from './design.ts';
import type { Json } from './factor.ts';
import { parsePlan } from './parse-plan.ts';

const design = (raw: unknown) => designStudy(parsePlan(raw), '1.0.0');
const all = (raw: unknown): StudyCase[] => {
  const study = design(raw);
  return Array.from({ length: study.count }, (_, run) => study.at(run));
};

describe('a plan that is refused', () => {
  const sampling = { count: 5 };
  const cases: readonly (readonly [string, unknown, RegExp])[] = [
    ['no object', [], /^p\.json: a plan must be one JSON object\.$/],
    [
      'a result',
      { schemaVersion: 2, manifest: {}, scenario: {} },
      /^p\.json: this is not a plan, it is the result of a press; psoascope press, .* take it; /,
    ],
    [
      'a scenario',
      { schemaVersion: 2, tool: { id: 'ball-tennis' } },
      /^p\.json: this is not a plan, it is a scenario; psoascope press, .* take it; /,
    ],
    ['from the future', { schemaVersion: 9, wings: 1 }, /newer version of the program \(schemaVersion 9/],
    [
      'unknown key',
      { varry: {} },
      /unknown key "varry" in the plan; the known ones are \$schema, schemaVersion, title/,
    ],
    ['nothing varies', { base: {} }, /nothing varies/],
    ['single value', { vary: { 'load.force_N': 5 } }, /vary "load\.force_N": give a list .* belongs in base/],
    ['empty list', { vary: { tone: [] } }, /vary "tone": the list is empty/],
    ['no place', { vary: { 'a..b': [1] } }, /not a place in a scenario/],
    ['prototype', { vary: { '__proto__.x': [1] } }, /not a place in a scenario/],
    ['range of one', { vary: { cell_mm: { from: 8, to: 12, count: 1 } } }, /vary "cell_mm": count must be at least 2/],
    ['range of nothing', { vary: { cell_mm: { from: 8, to: 8, count: 3 } } }, /from and to are the same/],
    ['log of 0', { vary: { 'load.force_N': { from: 0, to: 8, count: 3, spacing: 'log' } } }, /above 0/],
    [
      'unknown distribution',
      { vary: { cell_mm: { distribution: 'gamma' } } },
      /must be uniform, normal, log-normal or categorical, not "gamma"/,
    ],
    [
      'negative sd',
      { vary: { cell_mm: { distribution: 'normal', mean: 8, sd: -1 } }, sampling },
      /sd must be more than 0/,
    ],
    [
      'ends swapped',
      { vary: { cell_mm: { distribution: 'uniform', low: 9, high: 5 } }, sampling },
      /low \(9\) must be below high \(5\)/,
    ],
    [
      'nothing left',
      { vary: { cell_mm: { distribution: 'normal', mean: 8, sd: 1, low: 90 } }, sampling },
      /no part of the distribution/,
    ],
    [
      'weights short',
      { vary: { tone: { distribution: 'categorical', values: ['relaxed', 'guarded'], weights: [1] } }, sampling },
      /there must be as many weights as values, 2, not 1/,
    ],
    [
      'no sampling',
      { vary: { cell_mm: { distribution: 'uniform', low: 5, high: 9 } } },
      /"sampling": \{"count": 100\}/,
    ],
    ['idle sampling', { vary: { cell_mm: [5, 9] }, sampling }, /nothing to sample/],
    [
      'unknown method',
      { population: {}, sampling: { method: 'halton', count: 3 } },
      /sampling: method must be latin-hypercube, sobol, random/,
    ],
    ['part of a whole', { vary: { body: [{}], 'body.age': [30] } }, /both body and body\.age/],
    ['two persons', { population: {}, sampling, vary: { 'body.height_cm': [160] } }, /both say who is lying there/],
    ['children', { population: { age: [10, 20] }, sampling }, /from 17 to 58 years/],
    ['a scan of many', { base: { scan: { ct: 'a.nii' } }, population: {}, sampling }, /a scan is one person/],
  ];
  it.each(cases)('%s: one sentence', (_, raw, sentence) => {
    expect(() => parsePlan(raw, 'p.json')).toThrow(sentence);
  });

  it('too many cases, too many dimensions', () => {
    const count = 2000;
    const big = { 'load.force_N': { from: 1, to: 2, count }, 'body.age': { from: 20, to: 50, count } };
    expect(() => design({ vary: big })).toThrow(/4000000 cases; at most 1000000/);
    const many = Object.fromEntries(
      Array.from({ length: 33 }, (_, n) => [`tool.parameters.p${n}`, { distribution: 'uniform', low: 0, high: 1 }]),
    );
    expect(() => design({ vary: many, sampling: { method: 'sobol', count: 4 } })).toThrow(/32 dimensions .* has 33/);
  });

  it('values that never work, before anything is computed', () => {
    const check =
      (vary: unknown, base: unknown = {}) =>
      () =>
        checkDesign(design({ base, vary }));
    expect(check({ 'tool.id': ['two-peak', 'hammer'] })).toThrow(
      /^vary "tool\.id": no case with hammer can be computed: .*hammer/,
    );
    expect(check({ 'tool.parameters.sharpness': [1, 2] })).toThrow(/^No case of the plan can be computed: .*sharpness/);
    expect(check({ 'laod.force_N': [100] })).toThrow(/No case .* unknown key "laod"/);
    expect(check({ 'body.weight_kg': [60, 300] })).toThrow(/no case with 300 .*weight 300 kg/);
    // a place that only one of two tools knows is a row with its reason, no refusal
    const mixed = checkDesign(
      design({ vary: { 'tool.id': ['two-peak', 'ramp'], 'placement.preset': ['as-sold', 'one-peak'] } }),
    );
    expect(mixed).toMatchObject({ looked: 4, refused: 1 });
  });
});

describe('a design', () => {
  const grid = {
    base: { tool: { id: 'two-peak' }, load: { bodyWeightShare: 0.3 } },
    vary: {
      body: { list: [{ height_cm: 155 }, { height_cm: 170 }], labels: ['small', 'tall'] },
      'load.force_N': [50, 100],
      'tool.parameters.tipAcross': { from: 12, to: 26, count: 3 },
    },
  };

  it('crosses lists and ranges, the last one fastest', () => {
    const cases = all(grid);
    expect(cases.map((each) => each.values)).toEqual(
      ['small', 'tall'].flatMap((body) => [50, 100].flatMap((load) => [12, 19, 26].map((tip) => [body, load, tip]))),
    );
    expect(cases[7]!.scenario).toMatchObject({
      body: { height_cm: 170 },
      load: { force_N: 50 },
      tool: { id: 'two-peak', parameters: { tipAcross: 19 } },
    });
    // the base's other kind of load gives way
    expect(cases[0]!.scenario!.load).toEqual({ force_N: 50 });
    expect(new Set(cases.map((each) => each.id)).size).toBe(12);
    expect(new Set(cases.map((each) => each.group)).size).toBe(2);
  });

  it('a plan in other words has the same cases', () => {
    const again = all({ ...grid, title: 'x', vary: { ...grid.vary, 'load.force_N': { list: [50, 100] } } });
    expect(again.map((each) => each.id)).toEqual(all(grid).map((each) => each.id));
    expect(designStudy(parsePlan(grid), '1.0.1').at(0).id).not.toBe(all(grid)[0]!.id);
  });

  it('samples distributions beside lists, reproducibly', () => {
    const plan = {
      vary: {
        'body.height_cm': { distribution: 'normal', mean: 163, sd: 6, low: 150, high: 180 },
        'tool.id': ['two-peak', 'ramp'],
      },
      sampling: { count: 40 },
      seed: 4,
    };
    const cases = all(plan);
    expect(cases).toHaveLength(80);
    // both tools press the same forty bodies
    expect(cases[0]!.values[0]).toBe(cases[1]!.values[0]);
    expect(new Set(cases.map((each) => each.group)).size).toBe(40);
    expect(all(plan)).toEqual(cases);
    expect(all({ ...plan, seed: 5 })).not.toEqual(cases);
    // six digits, so that another machine's last bit does not make another case
    for (const each of cases) expect(String(each.values[0]).replace('.', '').length).toBeLessThanOrEqual(6);
  });

  it('a scenario laid over the base, and a case that the schema refuses', () => {
    const cases = all({
      base: { cell_mm: 12 },
      vary: {
        scenario: { list: [{ tool: { id: 'ramp' }, load: { mass_kg: 20 } }, { cell_mm: 99 }], labels: ['a', 'b'] },
      },
    });
    expect(cases[0]!.scenario).toMatchObject({
      tool: { id: 'ramp' },
      load: { mass_kg: 20 },
      cell_mm: 12,
      pose: 'prone',
    });
    expect(cases[1]).toMatchObject({
      scenario: undefined,
      refused: { english: expect.stringMatching(/cell_mm must be between/) },
    });
  });

  it('lays parts into arrays and objects', () => {
    const target: { [key: string]: Json } = { body: { inserts: [{ kind: 'a' }] } };
    put(target, 'body.inserts.0.size', 3);
    put(target, 'placement.x_mm', 4);
    expect(target).toEqual({ body: { inserts: [{ kind: 'a', size: 3 }] }, placement: { x_mm: 4 } });
  });
});

describe('the examples', () => {
  it.each([
    ['tip-load-body', 27],
    ['tool-against-fingertips', 400],
  ])('%s has %i cases, all of which can be computed', (name, count) => {
    const path = new URL(`../../examples/${name}.json`, import.meta.url);
    const example = design(JSON.parse(readFileSync(path, 'utf8')));
    expect(example.count).toBe(count);
    expect(checkDesign(example)).toMatchObject({ looked: count, refused: 0 });
  });
});

describe('a population', () => {
  const plan = { population: {}, sampling: { count: 400 }, seed: 2 };
  const cases = all(plan);

  it('is one that the body model covers, half women and half men', () => {
    for (const each of cases) expect(() => resolveBody(each.scenario!.body)).not.toThrow();
    expect(cases.filter((each) => each.values[0] === 'female')).toHaveLength(200);
    expect(design(plan).redrawn).toBeGreaterThan(0);
  });

  it('has the stature of the survey', () => {
    const women = cases.filter((each) => each.values[0] === 'female').map((each) => Number(each.values[1]));
    const mean = women.reduce((sum, h) => sum + h, 0) / women.length;
    const sd = Math.sqrt(women.reduce((sum, h) => sum + (h - mean) ** 2, 0) / women.length);
    // 200 women: the mean's standard error is 0.45 cm; bodies that the model does not cover pull it by less than 1 cm
    expect(Math.abs(mean - 162.8)).toBeLessThan(2);
    expect(Math.abs(sd - 6.4)).toBeLessThan(1.2);
  });

  it('has waists that grow with weight', () => {
    const [light, heavy] = [55, 75].map((kg) => {
      const near = cases.filter((each) => each.values[0] === 'female' && Math.abs(Number(each.values[2]) - kg) < 6);
      return near.reduce((sum, each) => sum + Number(each.values[3]), 0) / near.length;
    });
    // 8.8 mm per kg by B-38: 17 cm for 20 kg, a few cm less where the widest bodies are not covered
    expect(heavy! - light!).toBeGreaterThan(9);
  });
});

describe('a share of nobody’s weight', () => {
  const told = (base: object, vary: object = { 'tool.id': ['ball-tennis', 'ball-orb'] }) =>
    nobodysWeight(designStudy(parsePlan({ base, vary }), 'test'))?.values;
  it('is said of a scan whose weight is not given, and of nothing else', () => {
    const scan = { ct: 'ct.nii' };
    expect(told({ scan })).toEqual({ share: 33, kg: 62, newtons: 201 });
    expect(told({ scan }, { 'load.bodyWeightShare': [0.1, 0.2] })).toMatchObject({ share: 10 });
    expect(told({ scan, load: { force_N: 50 } })).toBe(undefined);
    expect(told({ scan, body: { weight_kg: 70 } })).toBe(undefined);
    expect(told({})).toBe(undefined);
  });

  it('a scan of somebody pregnant is refused before anything is computed', () => {
    const plan = parsePlan({
      base: { scan: { ct: 'ct.nii' }, body: { pregnant: true } },
      vary: { 'load.force_N': [5, 6] },
    });
    expect(() => checkDesign(designStudy(plan, 'test'))).toThrow(/pregnant/);
  });
});
