import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { evidence } from '../evidence/evidence.ts';
import { type Scenario, scenarioSchema } from '../press/scenario.ts';
import type { Assessment } from './assess.ts';
import { placeKey } from './circulation.ts';
import { type Ensemble, type EnsembleJob, latinHypercube, otherCells, planEnsemble } from './ensemble.ts';
import { type Finding, type FindingKey, keyOf, type Share, unranged } from './finding.ts';
import type { Headline } from './headline.ts';
import { physiologyInputs, physiologyOf } from './physiology.ts';
import { type PressedVessel, vesselChanges } from './pressed-vessel.ts';
import { withRanges } from './ranges.ts';
import { sampleOf } from './readings.ts';
import { carried, scaleOf } from './scale.ts';
import type { SampleValues } from './spread.ts';
import { VESSELS } from './vessels.ts';

const scenario = scenarioSchema.parse({});

const unknown = { value: null, low: null, high: null };
const HEADLINE: Headline = {
  psoasFrontPressure: unknown,
  psoasFrontForce: unknown,
  skinPressure: unknown,
  fingersPressure: unknown,
  supports: [],
  before: [],
};

/** Some findings and nothing else. */
const only = (findings: readonly Finding[], more: Partial<Assessment> = {}): Assessment => ({
  findings: [...findings],
  shares: [],
  headline: HEADLINE,
  line: [],
  vessels: [],
  ...more,
});

/** An ensemble whose presses were computed on no grid that tells of another: what is left are the presses. */
const withoutGrids = (n: number): Ensemble => ({ ...planEnsemble(scenario, n), cell_mm: 12 });

describe('the plan of an ensemble', () => {
  it('hits every part of every input once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 12 }), fc.nat(), (n, d, seed) => {
        const rows = latinHypercube(n, d, seededRandom(seed));
        for (let k = 0; k < d; k++) {
          const parts = rows.map((row) => Math.floor(row[k]! * n)).sort((a, b) => a - b);
          expect(parts).toEqual(Array.from({ length: n }, (_, i) => i));
        }
      }),
      { seed: 3 },
    );
  });

  it('is the same for the same seed and another for another', () => {
    const plan = (seed: number) => JSON.stringify(planEnsemble({ ...scenario, seed }, 12));
    expect(plan(1)).toBe(plan(1));
    expect(plan(1)).not.toBe(plan(2));
  });

  it('stays in the ranges of its inputs, half of the draws on each side, and names rows that exist', () => {
    const { inputs, draws, jobs } = planEnsemble(scenario, 40);
    expect(jobs).toHaveLength(42);
    expect(inputs.length).toBeGreaterThan(20);
    expect(new Set(inputs.map((i) => i.id)).size).toBe(inputs.length);
    for (const [k, input] of inputs.entries()) {
      for (const id of input.evidence) expect(evidence(id).id).toBe(id);
      const column = draws.map((row) => row[k]!);
      expect(column.filter((v) => v < input.value).length, input.id).toBe(20);
      // of what cannot be more than it is taken to be, the other half stays there
      expect(column.filter((v) => v > input.value).length, input.id).toBe(input.value === input.high ? 0 : 20);
      // places and sizes are normally distributed with their range as SD, all others end at their range
      if (input.evidence.some((id) => id === 'L-06' || id === 'P-20')) continue;
      expect(Math.min(...column), input.id).toBeGreaterThanOrEqual(input.low - 1e-12);
      expect(Math.max(...column), input.id).toBeLessThanOrEqual(input.high + 1e-12);
    }
  });

  it('turns each knob for its own part of the job, by what was drawn', () => {
    const drawn = planEnsemble(scenario, 12);
    const turned: Readonly<Record<string, (job: EnsembleJob) => unknown>> = {
      ...Object.fromEntries(
        ['skin', 'fat_subcutaneous', 'fat_visceral', 'muscle_wall', 'bowel', 'muscle_psoas', 'muscle'].map((tissue) => [
          `shear-modulus/${tissue}`,
          (job: EnsembleJob) => job.scale[tissue as 'skin']?.mu,
        ]),
      ),
      'stiffening/muscle_wall': (job) => job.scale.aponeurosis?.stiffening,
      'stiffening/bowel': (job) => job.scale.bowel?.stiffening,
      'weight-share': (job) => 'bodyWeightShare' in job.scenario.load && job.scenario.load.bodyWeightShare,
      'place-left': (job) => job.shift[0],
      'place-head': (job) => job.shift[1],
      'tool-size': (job) => job.toolSize,
      contents: (job) => job.contents,
      friction: (job) => job.friction,
      ...Object.fromEntries(
        Object.entries(physiologyInputs('prone')).map(([name, { id }]) => [
          id,
          (job: EnsembleJob) => job.person[name as 'belly'],
        ]),
      ),
    };
    expect(drawn.inputs.map(({ id }) => id).sort()).toEqual(Object.keys(turned).sort());
    for (const [k, { id, value }] of drawn.inputs.entries())
      for (const [i, row] of drawn.draws.entries()) {
        const factor = id.includes('/') ? 1 / value : 1;
        expect(turned[id]!(drawn.jobs[i + 1]!), id).toBeCloseTo(row[k]! * factor, 12);
      }
    const central = drawn.jobs[0]!;
    expect([central.scale, central.person, central.shift, central.toolSize, central.friction, central.contents]).toEqual([
      {}, {}, [0, 0], 1, undefined, undefined,
    ]); // biome-ignore format: one row
  });

  it('lets contents give way from stuck to free, and where somebody has said how they are, on that side of the middle', () => {
    const { value: middle, low, high } = evidence('T-120') as { value: number; low: number; high: number };
    const drawn = (contents?: Scenario['contents']): number[] =>
      planEnsemble(scenarioSchema.parse({ contents, placement: { x_mm: 0, y_mm: 40 } }), 40)
        .jobs.slice(1, 41)
        .map((job) => job.contents!);
    const both = drawn();
    expect(both).toEqual(drawn('between'));
    // evenly in the logarithm: as many draws in each tenth of the way as in any other
    const ways = both.map((share) => Math.log(share / low) / Math.log(high / low)).sort((a, b) => a - b);
    for (const [i, way] of ways.entries()) expect(Math.abs(way - (i + 0.5) / 40)).toBeLessThan(0.025);
    for (const [contents, end] of [
      ['stuck', high],
      ['free', low],
    ] as const) {
      // biome-ignore format: pairs
      const shares = drawn(contents);
      expect(shares.filter((share) => share === end)).toHaveLength(20);
      for (const share of shares) expect((share - middle) * (end - middle)).toBeGreaterThanOrEqual(0);
      expect(
        Math.abs(Math.log(shares.reduce((a, b) => (contents === 'stuck' ? Math.min(a, b) : Math.max(a, b))) / middle)),
      ).toBeLessThan(0.1);
    }
  });

  it('varies the load only where nobody measured it, and the body only where nobody chose it', () => {
    const loads = (load: object) => planEnsemble(scenarioSchema.parse({ load }), 8).jobs.map((j) => j.scenario.load);
    expect(new Set(loads({ force_N: 100 }).map((l) => JSON.stringify(l))).size).toBe(1);
    expect(new Set(loads({ bodyWeightShare: 0.33 }).map((l) => JSON.stringify(l))).size).toBe(9);
    const chosen = planEnsemble(scenarioSchema.parse({ body: { variant: 7 } }), 8);
    expect(new Set(chosen.jobs.map((j) => j.scenario.body.variant))).toEqual(new Set([7]));
    const bodies = planEnsemble(scenario, 8).jobs.map((j) => j.scenario.body.variant);
    expect(new Set(bodies).size).toBe(9);
    expect(bodies[0]).toBeUndefined();
  });
});

describe('the ranges', () => {
  const finding = (quantity: Finding['quantity'], value: number): Finding => ({
    structure: 'small_intestine',
    side: 'midline',
    quantity,
    where: 'tissue',
    value,
    low: null,
    high: null,
    unit: 'kPa',
    band: 'below-published',
    felt: 'silent',
    evidence: [],
  });
  const f = finding('tissue-pressure', 6);
  const key = keyOf(f);
  const ensemble = withoutGrids(60);

  it('come back exactly where the coarse answer is known: a coarse grid wrong by a factor of 3', () => {
    // fine truth: 6 · the drawn modulus over its central value; the coarse grid says three times that
    const k = 0;
    const input = ensemble.inputs[k]!;
    const truth = ensemble.draws.map((row) => (6 * row[k]!) / input.value);
    const samples: SampleValues[] = [{ [key]: 18 }, ...truth.map((v) => ({ [key]: 3 * v }))];
    const { findings, uncertainty } = withRanges(only([f]), ensemble, samples, 5);
    const sorted = [...truth].sort((a, b) => a - b);
    // 5 % of 60 lies between the third and fourth
    expect(findings[0]!.low!).toBeGreaterThan(sorted[2]! - 1e-9);
    expect(findings[0]!.low!).toBeLessThan(sorted[3]! + 1e-9);
    expect(findings[0]!.high!).toBeGreaterThan(sorted[56]! - 1e-9);
    expect(uncertainty.used).toBe(60);
    // the one input that matters leads the tornado with a rank correlation of 1
    expect(uncertainty.tornado[0]!.bars[0]).toMatchObject({ input: input.id, rho: 1 });
    const [bar] = uncertainty.tornado[0]!.bars;
    expect(bar!.low).toBeLessThan(6);
    expect(bar!.high).toBeGreaterThan(6);
  });

  it('leave out presses that failed, and give none when too few are left', () => {
    const some: SampleValues[] = [
      { [key]: 18 },
      ...ensemble.draws.map((_, i) => (i % 2 ? { [key]: 18 + i } : undefined)),
    ];
    expect(withRanges(only([f]), ensemble, some, 0).uncertainty.used).toBe(30);
    const few: SampleValues[] = [{ [key]: 18 }, ...ensemble.draws.map((_, i) => (i < 5 ? { [key]: 18 } : undefined))];
    const none = withRanges(only([f]), ensemble, few, 0);
    expect(none.uncertainty.used).toBe(0);
    expect([none.findings[0]!.low, none.findings[0]!.high]).toEqual([null, null]);
    const noCentre: SampleValues[] = [undefined, ...ensemble.draws.map(() => ({ [key]: 18 }))];
    expect(withRanges(only([f]), ensemble, noCentre, 0).uncertainty.used).toBe(0);
  });

  it('always hold the central value', () => {
    const wide = withRanges(only([f]), ensemble, [{ [key]: 100 }, ...ensemble.draws.map(() => ({ [key]: 200 }))], 0);
    const [{ low, high }] = wide.findings as [Finding];
    expect(low).toBe(6);
    expect(high).toBeCloseTo(carried(scaleOf('tissue-pressure'), 6, 100, 200), 12);
  });

  it('say what they hang on: by ranks, what chance would seldom reach, five at most, with the means of both thirds', () => {
    // nine presses and seven inputs; the value rises with the first and falls with the second, others are in no order
    const orders = [
      [1, 2, 3, 4, 5, 6, 7, 8, 9],
      [9, 8, 7, 6, 5, 4, 3, 1, 2],
      [1, 2, 3, 4, 5, 6, 7, 9, 8],
      [2, 1, 3, 4, 5, 6, 7, 8, 9],
      [1, 3, 2, 4, 5, 6, 7, 8, 9],
      [1, 3, 2, 5, 4, 6, 7, 8, 9],
      [5, 1, 9, 2, 8, 3, 7, 4, 6],
    ];
    const nine = planEnsemble(scenario, 9);
    const small: Ensemble = {
      jobs: nine.jobs,
      cell_mm: 12,
      inputs: orders.map((_, k) => ({ ...ensemble.inputs[0]!, id: `input ${k}`, low: 1 / 3, high: 2 / 3 })),
      draws: orders[0]!.map((_, i) => Float64Array.from(orders, (order) => order[i]!)),
    };
    const values = [10, 11, 13, 16, 20, 25, 31, 38, 46];
    const g = { ...f, value: 20 };
    const samples = [{ [key]: 20 }, ...values.map((v) => ({ [key]: v }))];
    const { findings, uncertainty } = withRanges(only([g]), small, samples, 7);
    expect(findings[0]).toEqual({ ...g, low: expect.closeTo(10.4, 9), high: expect.closeTo(42.8, 9) });
    const spearman = (order: readonly number[]): number =>
      Number((1 - (6 * order.reduce((s, r, i) => s + (r - i - 1) ** 2, 0)) / (9 * 80)).toFixed(3));
    expect(uncertainty).toMatchObject({
      n: 9,
      used: 9,
      seed: 7,
      cell_mm: 10,
      chance: Number((1.96 / Math.sqrt(8)).toFixed(3)),
    });
    expect(uncertainty.inputs[0]).toMatchObject({ id: 'input 0', low: 0.333333, high: 0.666667 });
    expect(uncertainty.inputs.map(({ weight }) => weight)).toEqual(orders.map((order) => Math.abs(spearman(order))));
    const [{ finding: of, bars }] = uncertainty.tornado as [(typeof uncertainty.tornado)[number]];
    expect(of).toBe(key);
    // of equal ones the first comes first; the sixth that counts and the one that does not are left out
    expect(bars.map((bar) => [bar.input, bar.rho])).toEqual(
      [0, 1, 2, 3, 4].map((k) => [`input ${k}`, spearman(orders[k]!)]),
    );
    const mean = (...some: number[]): number => Number((some.reduce((a, b) => a + b, 0) / some.length).toPrecision(6));
    expect(bars[0]).toMatchObject({ low: mean(10, 11, 13), high: mean(31, 38, 46) });
    expect(bars[1]).toMatchObject({ low: mean(38, 46, 31), high: mean(10, 11, 13) });
    // a value that one of the presses does not have gets its range from the others and no tornado
    const gap = samples.map((s, i) => (i === 4 ? {} : s));
    const lacking = withRanges(only([g]), small, gap, 7);
    expect(lacking.findings[0]!.low).toBeLessThan(20);
    expect(lacking.uncertainty.tornado).toEqual([]);
    expect(lacking.uncertainty.inputs.map(({ weight }) => weight)).toEqual(orders.map(() => 0));
    expect(
      withRanges(
        only([g]),
        small,
        samples.map((s, i) => (i === 4 || i === 5 ? {} : s)),
        7,
      ).findings[0],
    ).toEqual(g);
    expect(withRanges(only([{ ...g, value: null }]), small, samples, 7).findings[0]!.low).toBeNull();
  });

  describe('of a vessel', () => {
    // fine: both sides alike; the coarse grid sees both shut in the central press, so nothing could be read off their flow
    const onSide = (side: 'left' | 'right') => {
      const driver: Finding = { ...finding('excess-pressure', 0.4), structure: 'external_iliac_vein', side };
      const flow: Finding = { ...driver, quantity: 'flow-change', where: 'lumen', value: 0, unit: '%' };
      const vessel: PressedVessel = {
        driver,
        vessel: VESSELS.external_iliac_vein!,
        profile: [0.1, 0.4, 0.2],
        shared: 0,
        step: 10,
        narrow: false,
        evidence: [],
      };
      return { driver, flow, vessel };
    };
    const [left, right] = [onSide('left'), onSide('right')];
    const flowAt = (side: typeof left, factor: number, i: number): number =>
      vesselChanges([side.vessel], physiologyOf('prone', ensemble.jobs[i + 1]!.person), () => ({
        times: factor,
        plus: 0,
      })).get(placeKey(side.driver))!.flow;
    const ranged = (turned: typeof left) => {
      const still = turned === left ? right : left;
      const rows: SampleValues[] = ensemble.draws.map((_, i) => ({
        [keyOf(turned.driver)]: 4 + i / 2,
        [keyOf(turned.flow)]: -100,
        [keyOf(still.driver)]: 4,
        [keyOf(still.flow)]: -100,
      }));
      const centre = { ...rows[0], [keyOf(turned.driver)]: 4 };
      const all = [left.driver, left.flow, right.driver, right.flow];
      const { findings } = withRanges(
        only(all, { vessels: [left.vessel, right.vessel] }),
        ensemble,
        [centre, ...rows],
        0,
      );
      const of = (f: Finding): Finding => findings.find((each) => keyOf(each) === keyOf(f))!;
      return { turned: of(turned.flow), still: of(still.flow) };
    };
    const ends = (values: number[]): [number, number] => {
      const sorted = [...values].sort((a, b) => a - b);
      const at = 0.05 * (sorted.length - 1);
      const i = Math.floor(at);
      const between = (from: number, to: number) => from + (at - i) * (to - from);
      return [between(sorted[i]!, sorted[i + 1]!), between(sorted.at(-1 - i)!, sorted.at(-2 - i)!)];
    };

    // mirrored: what is true of the left is true of the right, and neither hears of the other
    it.each([
      ['left', left],
      ['right', right],
    ] as const)('follow from the pressure on its own side, carried over, and the tube law again: %s', (_, side) => {
      const { turned, still } = ranged(side);
      const there = (i: number): number => carried(scaleOf('excess-pressure'), 0.4, 4, 4 + i / 2) / 0.4;
      const [low, high] = ends(ensemble.draws.map((_row, i) => flowAt(side, there(i), i)));
      expect(turned.low).toBeCloseTo(Math.min(0, low), 9);
      expect(turned.high).toBeCloseTo(Math.max(0, high), 9);
      // the other side's pressure never moves: only the people at rest differ there
      const [stillLow] = ends(ensemble.draws.map((_row, i) => flowAt(side, 1, i)));
      expect(still.low).toBeCloseTo(Math.min(0, stillLow), 9);
      expect(turned.low!).toBeLessThan(still.low! - 10);
    });
  });

  it('of the other side are the ranges of this one when everything is mirrored, to the last bit', () => {
    const SIDES = ['left', 'right'] as const;
    const other = { left: 'right', right: 'left', midline: 'midline' } as const;
    const mirrored = <K extends FindingKey>(f: K): K => ({ ...f, side: other[f.side] });
    const mirroredKey = (key: string): string =>
      key.replace(/(?<=\/)(left|right)(?=\/)/, (side) => other[side as 'left']);
    const drawn = fc.record({
      values: fc.array(fc.double({ min: 0.1, max: 40, noNaN: true }), { minLength: 12 }),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(drawn, ({ values, seed }) => {
        const random = seededRandom(seed);
        const some = SIDES.flatMap((side, s): Finding[] => {
          const value = (n: number): number => values[(6 * s + n) % values.length]!;
          const vein = { ...finding('excess-pressure', value(0) / 20), structure: 'external_iliac_vein', side };
          return [
            { ...finding('tissue-pressure', value(1)), structure: 'psoas_major', side },
            { ...finding('compression', value(2)), structure: 'psoas_major', side },
            vein,
            { ...vein, quantity: 'area-change', where: 'lumen', value: -value(3) },
            { ...vein, quantity: 'flow-change', where: 'lumen', value: -value(4) },
          ];
        });
        const vessels = some
          .filter((f) => f.quantity === 'excess-pressure')
          .map((driver): PressedVessel => {
            const profile = [driver.value! / 2, driver.value!];
            return {
              driver,
              vessel: VESSELS.external_iliac_vein!,
              profile,
              shared: 0,
              step: 10,
              narrow: false,
              evidence: [],
            };
          });
        const plan = planEnsemble(scenario, 12);
        const samples = plan.jobs.map(
          (): Record<string, number> => Object.fromEntries(some.map((f) => [keyOf(f), f.value! * (0.5 + random())])),
        );
        const here = withRanges(only(some, { vessels }), plan, samples, 0);
        const there = withRanges(
          only(some.map(mirrored), { vessels: vessels.map((v) => ({ ...v, driver: mirrored(v.driver) })) }),
          plan,
          samples.map((s) => Object.fromEntries(Object.entries(s).map(([key, v]) => [mirroredKey(key), v]))),
          0,
        );
        expect(there.findings).toEqual(here.findings.map(mirrored));
        expect(there.uncertainty).toEqual({
          ...here.uncertainty,
          tornado: here.uncertainty.tornado.map((t) => ({ ...t, finding: mirroredKey(t.finding) })),
        });
        expect(here.findings.every((f) => f.low !== null && f.low <= f.value! && f.value! <= f.high!)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('of the shares of the work come back where the coarse answer is known, and the shares still add up to 1', () => {
    const shares: Share[] = [
      { structure: 'skin', share: 0.7, low: null, high: null },
      { structure: 'psoas_major', share: 0.3, low: null, high: null },
    ];
    // the coarse grid halves the odds of the psoas: 3 : 7 comes out as 3 : 14; the sample has twice the central odds
    const values = (odds: number) => ({ 'share/skin': 1 / (1 + odds), 'share/psoas_major': odds / (1 + odds) });
    const samples: SampleValues[] = [values(3 / 14), ...Array.from({ length: 40 }, () => values(6 / 14)), undefined];
    const ranges = (some: readonly SampleValues[]): readonly Share[] =>
      withRanges(only([], { shares }), ensemble, some, 0).shares;
    const ranged = ranges(samples);
    expect(ranged[1]!.low).toBe(0.3);
    expect(ranged[1]!.high).toBeCloseTo(6 / 13, 4);
    expect(ranged[0]!.low).toBeCloseTo(7 / 13, 4);
    expect(ranged[0]!.high).toBe(0.7);
    expect(ranged.reduce((sum, s) => sum + s.share, 0)).toBe(1);
    // a group that a press puts no work into counts as nothing there, not as missing
    const without = [values(1), ...Array.from({ length: 40 }, () => ({ 'share/skin': 1 }))];
    expect(ranges(without)[1]!.low).toBeCloseTo(0, 4);
    expect(ranges(samples.slice(0, 6))).toEqual(shares);
  });

  it('of shares stay between 0 and 1 and hold the central one, whatever the presses say', () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(part, part, fc.array(part, { minLength: 8, maxLength: 30 }), (fine, coarse, drawn) => {
        const key = 'share/psoas_major';
        const shares: Share[] = [{ structure: 'psoas_major', share: fine, low: null, high: null }];
        const samples = [coarse, ...drawn].map((v) => ({ [key]: v }));
        const [s] = withRanges(only([], { shares }), ensemble, samples, 0).shares;
        expect(s!.low).toBeGreaterThanOrEqual(0);
        expect(s!.low).toBeLessThanOrEqual(fine);
        expect(s!.high).toBeGreaterThanOrEqual(fine);
        expect(s!.high).toBeLessThanOrEqual(1);
      }),
      { seed: 8 },
    );
  });

  describe('of the grid', () => {
    const plan = planEnsemble(scenario, 12);
    const at = (value: number) => scaleOf('tissue-pressure').on(value);
    const value = (place: number) => scaleOf('tissue-pressure').off(place);
    /** The central press on cells of 10 and 8 mm as steps from the fine value on its scale, and what the drawn presses add to the first. */
    const ranged = (on10: number, on8: number, drawn: readonly number[] = plan.draws.map(() => 0)) =>
      withRanges(
        only([f]),
        plan,
        [0, ...drawn].map((more) => ({ [key]: value(at(6) + on10 + more) })).concat({ [key]: value(at(6) + on8) }),
        0,
      );
    const steps = ({ findings: [g] }: ReturnType<typeof ranged>) => [at(6) - at(g!.low!), at(g!.high!) - at(6)];

    it('two more sizes of cells are asked: coarser by thirds, or finer where there are no coarser ones', () => {
      expect(otherCells(6)).toEqual([8, 10]);
      expect(otherCells(9)).toEqual([12, 15]);
      expect(otherCells(15)).toEqual([9, 11.25]);
      const cells = (cell_mm: number) =>
        planEnsemble({ ...scenario, cell_mm }, 2).jobs.map((job) => [job.index, job.scenario.cell_mm]);
      // the ensemble's own cells are one of the two sizes
      expect(cells(6)).toEqual([[0, 10], [1, 10], [2, 10], [3, 8]]); // biome-ignore format: one row
      expect(cells(12)).toEqual([[0, 12], [1, 12], [2, 12], [3, 7.2], [4, 9]]); // biome-ignore format: one row
      const [central, , , again] = planEnsemble(scenario, 2).jobs;
      expect(again).toEqual({ ...central, index: 3, scenario: { ...central!.scenario, cell_mm: 8 } });
    });

    it('reaches as far as a straight line through both sizes does at cells of no size, on both sides', () => {
      // 0.1 lower for every 2 mm: 0.3 more is what is missing at 6 mm
      for (const step of steps(ranged(-0.2, -0.1))) expect(step).toBeCloseTo(0.3, 9);
      for (const step of steps(ranged(0.2, 0.1))) expect(step).toBeCloseTo(0.3, 9);
      // where both disagree the farther one counts: 0.2 over 4 mm are 0.3, 0.2 over 2 mm are 0.6
      for (const step of steps(ranged(0.2, 0))) expect(step).toBeCloseTo(0.3, 9);
      for (const step of steps(ranged(0, 0.2))) expect(step).toBeCloseTo(0.6, 9);
      for (const step of steps(ranged(0, 0))) expect(step).toBeCloseTo(0, 9);
    });

    it('and the reach of the presses are the sides of a right angle', () => {
      const drawn = plan.draws.map((_, i) => (i % 2 === 0 ? -0.4 : 0.4));
      const [down, up] = steps(ranged(0, 0.1, drawn)) as [number, number];
      expect(down).toBeCloseTo(0.5, 9);
      expect(up).toBeCloseTo(0.5, 9);
    });

    it('stands among the inputs, by its part of the ranges, and in the tornado of what hangs on it', () => {
      const drawn = plan.draws.map((_, i) => (i % 2 === 0 ? -0.4 : 0.4));
      const { uncertainty } = ranged(0, 0.1, drawn);
      expect(uncertainty.inputs.at(-1)).toEqual({
        id: 'grid',
        low: 6,
        high: 10,
        unit: 'mm',
        evidence: [],
        weight: 0.6,
      });
      const bar = uncertainty.tornado.flatMap(({ bars }) => bars).find(({ input }) => input === 'grid');
      expect(bar?.rho).toBe(0.6);
      expect(at(bar!.low)).toBeCloseTo(at(6) - 0.3, 5);
      expect(at(bar!.high)).toBeCloseTo(at(6) + 0.3, 5);
      expect(
        ranged(0, 0.01, drawn).uncertainty.tornado.flatMap(({ bars }) => bars.map(({ input }) => input)),
      ).not.toContain('grid');
    });

    it('is the press’s own where the ensemble was computed on other cells', () => {
      // of a press on 4 mm cells those of 10 mm say nothing
      const fine = planEnsemble({ ...scenario, cell_mm: 4 }, 12);
      const samples = fine.jobs.map(({ scenario: { cell_mm } }) => ({ [key]: cell_mm === 10 ? 2 : 6 }));
      const { findings, uncertainty } = withRanges(only([f]), fine, samples, 0);
      expect(findings[0]!.low).toBeCloseTo(6, 9);
      expect(uncertainty.inputs.at(-1)).toMatchObject({ id: 'grid', low: 4, high: 6.667 });
    });

    it('lets a vessel’s change follow from the pressure at it, as it does from press to press', () => {
      const driver: Finding = { ...finding('excess-pressure', 4), structure: 'external_iliac_vein', side: 'left' };
      const flow: Finding = { ...driver, quantity: 'flow-change', where: 'lumen', value: -40, unit: '%' };
      const vessel: PressedVessel = {
        driver,
        vessel: VESSELS.external_iliac_vein!,
        profile: [1, 4, 2],
        shared: 0,
        step: 10,
        narrow: false,
        evidence: [],
      };
      // the flow of the grids' own presses is not looked at, only their pressure
      const samples = plan.jobs.map(({ index }) => ({
        [keyOf(driver)]: index === 13 ? 5 : 4,
        [keyOf(flow)]: index === 13 ? -99 : -40,
      }));
      const central = physiologyOf('prone', {});
      const flowAt = (times: number): number =>
        vesselChanges([vessel], central, () => ({ times, plus: 0 })).get(placeKey(driver))!.flow;
      const there = flowAt(5 / 4);
      const { on } = scaleOf('flow-change');
      const still = { ...plan, jobs: plan.jobs.map((job) => ({ ...job, person: {} })) };
      const { findings } = withRanges(
        only([driver, { ...flow, value: flowAt(1) }], { vessels: [vessel] }),
        still,
        samples,
        0,
      );
      const [, ranged] = findings as [Finding, Finding];
      expect(on(ranged.high!) - on(ranged.value!)).toBeCloseTo(3 * Math.abs(on(there) - on(ranged.value!)), 9);
    });
  });

  it('of the headline come with those of the findings; what fingertips give is another press’s', () => {
    const press = (kPa: number, newtons: number) =>
      only([], {
        headline: {
          ...HEADLINE,
          psoasFrontPressure: unranged(kPa),
          psoasFrontForce: unranged(newtons),
          fingersPressure: unranged(7),
        },
      });
    const members = ensemble.draws.map((_, i) => sampleOf(i % 2 === 0 ? press(500, 10) : press(2000, 90)));
    const { headline } = withRanges(press(1000, 30), ensemble, [sampleOf(press(1000, 30)), ...members], 0);
    expect(headline.psoasFrontPressure.low).toBeCloseTo(500, 9);
    expect(headline.psoasFrontPressure.high).toBeCloseTo(2000, 9);
    expect(headline.psoasFrontForce.low).toBeCloseTo(10, 9);
    expect(headline.psoasFrontForce.high).toBeCloseTo(90, 9);
    expect(headline.skinPressure).toEqual(unknown);
    expect(headline.fingersPressure).toEqual(unranged(7));
  });

  it('of depth, contact area and what lies on the line of the push come with those of the findings', () => {
    const press = (depth: number, area: number, psoas?: readonly [number, number]) => ({
      ...only([]),
      reached: { depth: unranged(depth), contactArea: unranged(area) },
      line:
        psoas === undefined
          ? []
          : [{ structure: 'psoas_major', atRest: 22, thickness: unranged(psoas[0]), pressure: unranged(psoas[1]) }],
    });
    const members = ensemble.draws.map((_, i) => sampleOf(i % 2 === 0 ? press(30, 20, [10, 4]) : press(50, 60)));
    const { reached, line } = withRanges(
      press(40, 40, [20, 8]),
      ensemble,
      [sampleOf(press(40, 40, [20, 8])), ...members],
      0,
    );
    expect(reached!.depth.low).toBeCloseTo(30, 9);
    expect(reached!.depth.high).toBeCloseTo(50, 9);
    expect(reached!.contactArea.low).toBeCloseTo(20, 9);
    expect(reached!.contactArea.high).toBeCloseTo(60, 9);
    // a line that misses the muscle leaves no thickness of it, and says nothing of the pressure in it
    expect(line[0]!.thickness.low).toBeCloseTo(0, 9);
    expect(line[0]!.thickness.high).toBe(20);
    expect(line[0]!.pressure.low).toBeCloseTo(4, 9);
    expect(line[0]!.pressure.high).toBe(8);
    expect(line[0]!.atRest).toBe(22);
  });

  it('blame nothing on what cannot matter: the resting person moves vessels alone', () => {
    const rest = ensemble.inputs.findIndex((input) => input.vesselsOnly);
    const mixed = (row: Float64Array): number => 6 + row[rest]!;
    const vein: Finding = { ...finding('area-change', -40), structure: 'inferior_vena_cava' };
    const samples: SampleValues[] = [
      { [key]: 6, [keyOf(vein)]: -40, 'share/psoas_major': 0.1 },
      ...ensemble.draws.map((row) => ({
        [key]: mixed(row),
        [keyOf(vein)]: -40 - row[rest]! / 100,
        'share/psoas_major': 0.1 + row[rest]! / 1000,
      })),
    ];
    const shares: Share[] = [{ structure: 'psoas_major', share: 0.1, low: null, high: null }];
    const { uncertainty } = withRanges(only([f, vein], { shares }), ensemble, samples, 0);
    const bars = (finding: string) => uncertainty.tornado.find((each) => each.finding === finding)?.bars ?? [];
    const name = ensemble.inputs[rest]!.id;
    expect(bars(keyOf(vein))[0]).toMatchObject({ input: name, rho: -1 });
    expect(bars(key).map((bar) => bar.input)).not.toContain(name);
    expect(bars('share/psoas_major').map((bar) => bar.input)).not.toContain(name);
    expect(uncertainty.inputs[rest]!.weight).toBe(1);
  });

  it('give the psoas’s share a tornado of its own', () => {
    const k = 7;
    const value = (row: Float64Array): number => 0.1 * (row[k]! / ensemble.inputs[k]!.value);
    const samples = [0.1, ...ensemble.draws.map(value)].map((share): SampleValues => ({ 'share/psoas_major': share }));
    const central: Share[] = [{ structure: 'psoas_major', share: 0.2, low: null, high: null }];
    const { shares, uncertainty } = withRanges(only([], { shares: central }), ensemble, samples, 0);
    expect(uncertainty.tornado).toHaveLength(1);
    expect(uncertainty.tornado[0]).toMatchObject({ finding: 'share/psoas_major' });
    expect(uncertainty.tornado[0]!.bars[0]).toMatchObject({ input: ensemble.inputs[k]!.id, rho: 1 });
    expect(shares[0]!.low).toBeLessThan(0.2);
    expect(shares[0]!.high).toBeGreaterThan(0.2);
  });
});
