import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { evidence } from '../evidence/evidence.ts';
import { scenarioSchema } from '../press/scenario.ts';
import { type Ensemble, latinHypercube, planEnsemble } from './ensemble.ts';
import type { Finding, Share } from './finding.ts';
import {
  anchored,
  correlation,
  findingKey,
  ranksOf,
  type SampleValues,
  sharesWithRanges,
  withRanges,
} from './ranges.ts';

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
    expect(new Set(inputs.map((i) => i.name)).size).toBe(inputs.length);
    for (const [k, input] of inputs.entries()) {
      for (const id of input.evidence) expect(evidence(id).id).toBe(id);
      const column = draws.map((row) => row[k]!);
      expect(column.filter((v) => v > input.value).length, input.name).toBe(20);
      // places and sizes are normally distributed with their range as SD, all others end at their range
      if (input.evidence.some((id) => id === 'L-06' || id === 'P-20')) continue;
      expect(Math.min(...column), input.name).toBeGreaterThanOrEqual(input.low - 1e-12);
      expect(Math.max(...column), input.name).toBeLessThanOrEqual(input.high + 1e-12);
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
    label: 'small bowel',
    quantity,
    where: 'tissue',
    value,
    low: null,
    high: null,
    unit: 'kPa',
    band: 'below-published',
    felt: 'silent',
    evidence: [],
    sentence: '',
    professional: '',
  });
  const f = finding('tissue-pressure', 6);
  const key = findingKey(f);
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
    expect(findings[0]!.sentence).not.toMatch(/not computed/);
    expect(uncertainty.used).toBe(60);
    // the one input that matters leads the tornado with a rank correlation of 1
    expect(uncertainty.tornado[0]!.bars[0]).toMatchObject({ input: input.name, rho: 1 });
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

  it('carry the pressure of a vessel over and ask the tube law again', () => {
    const driver: Finding = { ...finding('excess-pressure', 2), structure: 'common_iliac_vein', side: 'left' };
    const flow: Finding = { ...driver, quantity: 'flow-change', value: -40 };
    const [p, q] = [findingKey(driver), findingKey(flow)];
    // the coarse grid sees the vein shut in the central press: nothing could be read off its flow
    const samples: SampleValues[] = [
      { [p]: 4, [q]: -100 },
      ...ensemble.draws.map((_, i) => ({ [p]: 2 + i / 10, [q]: -100 })),
    ];
    const again = (_: Finding, factor: number): number => -20 * 2 * factor;
    const { findings } = withRanges([driver, flow], ensemble, samples, 0, again);
    // fine pressure 2 · (2 … 7.9) / 4, and 20 % of the flow per kPa
    expect(findings[0]!.low!).toBeCloseTo(1 + 0.05 * 59 * 0.05, 9);
    expect(findings[1]!.high!).toBeCloseTo(-20 * findings[0]!.low!, 9);
    expect(findings[1]!.low!).toBeCloseTo(-20 * findings[0]!.high!, 9);
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
      { [key]: 6, [findingKey(vein)]: -40, 'share/psoas_major': 0.1 },
      ...ensemble.draws.map((row) => ({
        [key]: mixed(row),
        [findingKey(vein)]: -40 - row[rest]! / 100,
        'share/psoas_major': 0.1 + row[rest]! / 1000,
      })),
    ];
    const shares: Share[] = [{ structure: 'psoas_major', share: 0.1, low: null, high: null }];
    const { uncertainty } = withRanges([f, vein], ensemble, samples, 0, undefined, shares);
    const bars = (finding: string) => uncertainty.tornado.find((each) => each.finding === finding)?.bars ?? [];
    const name = ensemble.inputs[rest]!.name;
    expect(bars(findingKey(vein))[0]).toMatchObject({ input: name, rho: -1 });
    expect(bars(key).map((bar) => bar.input)).not.toContain(name);
    expect(bars('share/psoas_major').map((bar) => bar.input)).not.toContain(name);
    expect(uncertainty.inputs[rest]!.weight).toBe(1);
  });

  it('give the psoas’s share a tornado of its own', () => {
    const k = 7;
    const value = (row: Float64Array): number => 0.1 * (row[k]! / ensemble.inputs[k]!.value);
    const samples = [0.1, ...ensemble.draws.map(value)].map((share): SampleValues => ({ 'share/psoas_major': share }));
    const { shares, uncertainty } = withRanges([], ensemble, samples, 0, undefined, [
      { structure: 'psoas_major', share: 0.2, low: null, high: null },
    ]);
    expect(uncertainty.tornado).toHaveLength(1);
    expect(uncertainty.tornado[0]).toMatchObject({ finding: 'share/psoas_major' });
    expect(uncertainty.tornado[0]!.bars[0]).toMatchObject({ input: ensemble.inputs[k]!.name, rho: 1 });
    expect(shares[0]!.low).toBeLessThan(0.2);
    expect(shares[0]!.high).toBeGreaterThan(0.2);
  });

  it('rank and correlate as by hand', () => {
    expect([...ranksOf([3, 1, 1, 9])]).toEqual([2, 0.5, 0.5, 3]);
    expect(correlation([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
    expect(correlation([1, 1, 1], [3, 2, 1])).toBe(0);
  });
});
