import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { evidence } from '../evidence/evidence.ts';
import { scenarioSchema } from '../press/scenario.ts';
import { placeKey } from './circulation.ts';
import { type Ensemble, type EnsembleJob, latinHypercube, planEnsemble } from './ensemble.ts';
import { type Finding, type FindingKey, keyOf, type Share } from './finding.ts';
import { physiologyInputs, physiologyOf } from './physiology.ts';
import { type PressedVessel, vesselChanges } from './pressed-vessel.ts';
import { anchored, type SampleValues, sharesWithRanges, withRanges } from './ranges.ts';
import { VESSELS } from './vessels.ts';

const scenario = scenarioSchema.parse({});

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
    expect(jobs).toHaveLength(41);
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
    expect([central.scale, central.person, central.shift, central.toolSize, central.friction]).toEqual([
      {}, {}, [0, 0], 1, undefined,
    ]); // biome-ignore format: one row
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
  const ensemble = planEnsemble(scenario, 60) as Ensemble;

  it('come back exactly where the coarse answer is known: a coarse grid wrong by a factor of 3', () => {
    // fine truth: 6 · the drawn modulus over its central value; the coarse grid says three times that
    const k = 0;
    const input = ensemble.inputs[k]!;
    const truth = ensemble.draws.map((row) => (6 * row[k]!) / input.value);
    const samples: SampleValues[] = [{ [key]: 18 }, ...truth.map((v) => ({ [key]: 3 * v }))];
    const { findings, uncertainty } = withRanges([f], ensemble, samples, 5);
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
    expect(withRanges([f], ensemble, some, 0).uncertainty.used).toBe(30);
    const few: SampleValues[] = [{ [key]: 18 }, ...ensemble.draws.map((_, i) => (i < 5 ? { [key]: 18 } : undefined))];
    const none = withRanges([f], ensemble, few, 0);
    expect(none.uncertainty.used).toBe(0);
    expect([none.findings[0]!.low, none.findings[0]!.high]).toEqual([null, null]);
    const noCentre: SampleValues[] = [undefined, ...ensemble.draws.map(() => ({ [key]: 18 }))];
    expect(withRanges([f], ensemble, noCentre, 0).uncertainty.used).toBe(0);
  });

  it('always hold the central value and stay within what a percentage can be', () => {
    const share = fc.double({ min: -100, max: 5, noNaN: true });
    fc.assert(
      fc.property(share, share, share, (fine, coarse, sample) => {
        for (const quantity of ['area-change', 'flow-change'] as const) {
          const v = anchored(quantity, fine, coarse, sample);
          expect(Number.isFinite(v)).toBe(true);
          expect(v).toBeGreaterThanOrEqual(-100 - 1e-9);
        }
        const c = anchored('compression', Math.abs(fine), Math.abs(coarse), Math.abs(sample));
        expect(c).toBeLessThanOrEqual(100 + 1e-9);
      }),
      { seed: 4 },
    );
    expect(anchored('tissue-pressure', 6, 18, 36)).toBe(12);
    expect(anchored('area-change', -90, -80, -80)).toBeCloseTo(-90, 9);
    // a value that hardly is there is moved, not multiplied
    expect(anchored('excess-pressure', 0.02, 0.001, 0.5)).toBeCloseTo(0.519, 9);
    const wide = withRanges([f], ensemble, [{ [key]: 1 }, ...ensemble.draws.map(() => ({ [key]: 2 }))], 0).findings[0]!;
    expect([wide.low, wide.high]).toEqual([6, 12]);
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
      inputs: orders.map((_, k) => ({ ...ensemble.inputs[0]!, id: `input ${k}`, low: 1 / 3, high: 2 / 3 })),
      draws: orders[0]!.map((_, i) => Float64Array.from(orders, (order) => order[i]!)),
    };
    const values = [10, 11, 13, 16, 20, 25, 31, 38, 46];
    const g = { ...f, value: 20 };
    const samples = [{ [key]: 20 }, ...values.map((v) => ({ [key]: v }))];
    const { findings, uncertainty } = withRanges([g], small, samples, 7);
    expect(findings[0]).toEqual({ ...g, low: expect.closeTo(10.4, 9), high: expect.closeTo(42.8, 9) });
    const spearman = (order: readonly number[]): number =>
      Number((1 - (6 * order.reduce((s, r, i) => s + (r - i - 1) ** 2, 0)) / (9 * 80)).toFixed(3));
    expect(uncertainty).toMatchObject({
      n: 9,
      used: 9,
      seed: 7,
      cell_mm: 15,
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
    const lacking = withRanges([g], small, gap, 7);
    expect(lacking.findings[0]!.low).toBeLessThan(20);
    expect(lacking.uncertainty.tornado).toEqual([]);
    expect(lacking.uncertainty.inputs.map(({ weight }) => weight)).toEqual(orders.map(() => 0));
    expect(
      withRanges(
        [g],
        small,
        samples.map((s, i) => (i === 4 || i === 5 ? {} : s)),
        7,
      ).findings[0],
    ).toEqual(g);
    expect(withRanges([{ ...g, value: null }], small, samples, 7).findings[0]!.low).toBeNull();
  });

  it('are carried over by ratio from where a quantity is worth it, and by difference below', () => {
    const least = {
      'peak-contact-pressure': 1,
      'mean-contact-pressure': 1,
      'tissue-pressure': 0.1,
      'excess-pressure': 0.1,
      'transmural-pressure': 0.1,
      'membrane-tension-longitudinal': 0.02,
      'membrane-tension-transverse': 0.02,
      'membrane-force': 0.02,
      stretch: 0.5,
    } as const;
    for (const [quantity, edge] of Object.entries(least) as [Finding['quantity'], number][]) {
      const [above, below] = [1.01 * edge, 0.99 * edge];
      expect(anchored(quantity, above, 2 * above, 4 * above), quantity).toBeCloseTo(2 * above, 9);
      for (const [fine, coarse, sample] of [
        [below, 2 * above, 4 * above],
        [above, below, 4 * above],
        [above, 2 * above, below],
      ] as const)
        expect(anchored(quantity, fine, coarse, sample), quantity).toBeCloseTo(fine + sample - coarse, 9);
    }
    // by the odds where 100 % is the end: 20 % are 1 : 4, 50 % 1 : 1, 60 % 3 : 2
    for (const quantity of ['compression', 'crush'] as const)
      expect(anchored(quantity, 20, 50, 60)).toBeCloseTo(100 * (3 / 8 / (1 + 3 / 8)), 9);
    for (const quantity of ['area-change', 'flow-change'] as const) {
      expect(anchored(quantity, -20, -50, -60)).toBeCloseTo(-100 * (3 / 8 / (1 + 3 / 8)), 9);
      expect(anchored(quantity, -0.4, -50, -60)).toBeCloseTo(-10.4, 9);
      expect(anchored(quantity, -0.6, -50, -60)).toBeCloseTo(-100 * (0.009 / 0.994 / (1 + 0.009 / 0.994)), 9);
    }
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
      const { findings } = withRanges(all, ensemble, [centre, ...rows], 0, [left.vessel, right.vessel]);
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
      const [low, high] = ends(ensemble.draws.map((_row, i) => flowAt(side, (4 + i / 2) / 4, i)));
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
        const here = withRanges(some, plan, samples, 0, vessels);
        const there = withRanges(
          some.map(mirrored),
          plan,
          samples.map((s) => Object.fromEntries(Object.entries(s).map(([key, v]) => [mirroredKey(key), v]))),
          0,
          vessels.map((v) => ({ ...v, driver: mirrored(v.driver) })),
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
    const ranged = sharesWithRanges(shares, samples);
    expect(ranged[1]!.low).toBe(0.3);
    expect(ranged[1]!.high).toBeCloseTo(6 / 13, 9);
    expect(ranged[0]!.low).toBeCloseTo(7 / 13, 9);
    expect(ranged[0]!.high).toBe(0.7);
    expect(ranged.reduce((sum, s) => sum + s.share, 0)).toBe(1);
    // a group that a press puts no work into counts as nothing there, not as missing
    const without = [values(1), ...Array.from({ length: 40 }, () => ({ 'share/skin': 1 }))];
    expect(sharesWithRanges(shares, without)[1]!.low).toBe(0);
    expect(sharesWithRanges(shares, samples.slice(0, 6))).toEqual(shares);
  });

  it('of shares stay between 0 and 1 and hold the central one, whatever the presses say', () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(part, part, fc.array(part, { minLength: 8, maxLength: 30 }), (fine, coarse, drawn) => {
        const key = 'share/psoas_major';
        const [s] = sharesWithRanges([{ structure: 'psoas_major', share: fine, low: null, high: null }], [
          { [key]: coarse },
          ...drawn.map((v) => ({ [key]: v })),
        ]); // biome-ignore format: one call
        expect(s!.low).toBeGreaterThanOrEqual(0);
        expect(s!.low).toBeLessThanOrEqual(fine);
        expect(s!.high).toBeGreaterThanOrEqual(fine);
        expect(s!.high).toBeLessThanOrEqual(1);
      }),
      { seed: 8 },
    );
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
    const { uncertainty } = withRanges([f, vein], ensemble, samples, 0, [], shares);
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
    const { shares, uncertainty } = withRanges(
      [],
      ensemble,
      samples,
      0,
      [],
      [{ structure: 'psoas_major', share: 0.2, low: null, high: null }],
    );
    expect(uncertainty.tornado).toHaveLength(1);
    expect(uncertainty.tornado[0]).toMatchObject({ finding: 'share/psoas_major' });
    expect(uncertainty.tornado[0]!.bars[0]).toMatchObject({ input: ensemble.inputs[k]!.id, rho: 1 });
    expect(shares[0]!.low).toBeLessThan(0.2);
    expect(shares[0]!.high).toBeGreaterThan(0.2);
  });
});
