import { correlationOfRanks, quantiles, ranks } from '../base/statistics.ts';
import { placeKey } from './circulation.ts';
import type { Ensemble } from './ensemble.ts';
import { type Finding, keyOf, type Quantity, type Share, shareKey } from './finding.ts';
import { physiologyOf } from './physiology.ts';
import { type Altered, isVesselQuantity, type PressedVessel, vesselChanges } from './pressed-vessel.ts';
import { psoasShareOf } from './psoas-share.ts';
import type { Result } from './result.ts';
import { subjectOf } from './subject-of.ts';

/** What one press of an ensemble found: value by key; undefined when it did not reach its load. */
export type SampleValues = Readonly<Record<string, number>> | undefined;

/** All that one press of an ensemble found, by name. */
export function sampleOf(findings: readonly Finding[], shares: readonly Share[]): Readonly<Record<string, number>> {
  return Object.fromEntries([
    ...findings.flatMap((f) => (f.value === null ? [] : [[keyOf(f), f.value] as const])),
    ...shares.map((s) => [shareKey(s), s.share] as const),
  ]);
}

/** Fewer presses than this give no range. */
const FEWEST = 8;
/** Bars that a tornado keeps per finding. */
const MOST_BARS = 5;

type Uncertainty = NonNullable<Result['uncertainty']>;

/**
 * Findings with their ranges, from an ensemble of coarse presses.
 *
 * The coarse grid gets values wrong by a factor, but how they change from press to press far less so; each coarse value is
 * therefore taken over as its ratio to the coarse central press (anchored()). The range is the 5 % and 95 % quantile of those,
 * widened to hold the fine central value where it lies outside.
 *
 * @param samples of every job of the ensemble, the central one first
 * @param shares of the work; they get ranges too, and that of the psoas a tornado
 * @param vessels as the press on the fine grid leaves them: their changes are reckoned again from the pressure along them
 */
export function withRanges(
  findings: readonly Finding[],
  ensemble: Ensemble,
  samples: readonly SampleValues[],
  seed: number,
  vessels: readonly PressedVessel[] = [],
  shares: readonly Share[] = [],
): { findings: Finding[]; shares: Share[]; uncertainty: Uncertainty } {
  const { jobs, inputs } = ensemble;
  const { pose } = jobs[0]!.scenario;
  const central = samples[0];
  const good = samples
    .slice(1)
    .flatMap((values, i) =>
      values === undefined ? [] : [{ values, row: ensemble.draws[i]!, person: jobs[i + 1]!.person }],
    );
  const enough = central !== undefined && good.length >= FEWEST;
  // |rank correlation| that chance alone exceeds once in twenty times
  const chance = Math.min(1, 1.96 / Math.sqrt(Math.max(1, good.length - 1)));
  const drawn = inputs.map((_, k) => ranks(good.map(({ row }) => row[k]!)));
  const weights = new Float64Array(inputs.length);
  const weighed = new Float64Array(inputs.length);
  const tornado: Uncertainty['tornado'][number][] = [];
  /** With each input; 0 where the value cannot depend on it, whatever chance makes of so few presses. */
  const correlations = (values: readonly number[], vessel: boolean): number[] => {
    const own = ranks(values);
    // an input or a value that does not vary is correlated with nothing
    return drawn.map((r, k) => (inputs[k]!.vesselsOnly && !vessel ? 0 : correlationOfRanks(r, own) || 0));
  };
  /** Adds the tornado of one value: the inputs whose correlation chance would seldom reach. */
  const fell = (finding: string, values: readonly number[], rho: readonly number[]): void => {
    const bars = rho
      .map((each, k) => ({ k, rho: each }))
      .filter((bar) => Math.abs(bar.rho) > chance)
      .sort((a, b) => Math.abs(b.rho) - Math.abs(a.rho) || a.k - b.k)
      .slice(0, MOST_BARS)
      .map((bar) => ({ input: inputs[bar.k]!.id, rho: threeDigits(bar.rho), ...ends(values, drawn[bar.k]!) }));
    if (bars.length > 0) tornado.push({ finding, bars });
  };
  const psoas = psoasShareOf(shares);
  const coarseShare = psoas && central?.[shareKey(psoas)];
  if (enough && psoas !== undefined && coarseShare !== undefined) {
    const values = good.map((m) => odds(psoas.share, coarseShare, m.values[shareKey(psoas)] ?? 0));
    fell(shareKey(psoas), values, correlations(values, false));
  }
  // a vessel's change follows from the pressure at it: that is carried over, and the laws are asked again, of all vessels at once
  const changesOf = onceFor((m: (typeof good)[number]) => {
    const altered = ({ driver }: PressedVessel): Altered => {
      const key = keyOf(driver);
      const fine = findings.find((each) => keyOf(each) === key)?.value ?? 0;
      const coarse = central?.[key] ?? 0;
      const carried = anchored(driver.quantity, fine, coarse, m.values[key] ?? coarse);
      return fine > SMALL_DRIVER ? { times: carried / fine, plus: 0 } : { times: 1, plus: carried - fine };
    };
    return vesselChanges(vessels, physiologyOf(pose, m.person), altered);
  });
  const ranged = findings.map((f): Finding => {
    const key = keyOf(f);
    const coarse = central?.[key];
    if (!enough || f.value === null || coarse === undefined) return f;
    const fine = f.value;
    const members = good.filter(({ values }) => values[key] !== undefined);
    if (members.length < FEWEST) return f;
    const { quantity } = f;
    const values = members.map((m) => {
      const vessel = isVesselQuantity(quantity) ? changesOf(m).get(placeKey(f)) : undefined;
      if (vessel === undefined) return anchored(quantity, fine, coarse, m.values[key]!);
      return quantity === 'area-change' ? vessel.area : vessel.flow;
    });
    const [p5, p95] = quantiles(values, [0.05, 0.95]) as [number, number];
    const low = Math.min(fine, p5);
    const high = Math.max(fine, p95);
    if (members.length === good.length) {
      const rho = correlations(values, ofVessel(f));
      for (const [k, each] of rho.entries()) {
        if (inputs[k]!.vesselsOnly && !ofVessel(f)) continue;
        weights[k]! += each * each;
        weighed[k]!++;
      }
      fell(key, values, rho);
    }
    return { ...f, low, high };
  });
  return {
    findings: ranged,
    shares: sharesWithRanges(shares, samples),
    uncertainty: {
      n: jobs.length - 1,
      used: enough ? good.length : 0,
      seed,
      cell_mm: jobs[0]!.scenario.cell_mm,
      chance: threeDigits(chance),
      inputs: inputs.map((input, k) => ({
        id: input.id,
        low: sixDigits(input.low),
        high: sixDigits(input.high),
        unit: input.unit,
        evidence: [...input.evidence],
        weight: weighed[k]! > 0 ? threeDigits(Math.sqrt(weights[k]! / weighed[k]!)) : 0,
      })),
      tornado,
    },
  };
}

/**
 * Shares of the work with their ranges, from the same ensemble: each carried over from the coarse grid by its odds, so that none
 * leaves 0…1. The central shares stay as they are and add up to 1; the ends of ranges do not. A group that a press has no work in
 * counts as 0 there.
 */
export function sharesWithRanges(shares: readonly Share[], samples: readonly SampleValues[]): Share[] {
  const [central, ...rest] = samples;
  const good = rest.filter((values) => values !== undefined);
  if (central === undefined || good.length < FEWEST) return [...shares];
  return shares.map((s) => {
    const key = shareKey(s);
    const coarse = central[key];
    if (coarse === undefined) return s;
    const [p5, p95] = quantiles(
      good.map((values) => odds(s.share, coarse, values[key] ?? 0)),
      [0.05, 0.95],
    ) as [number, number];
    return {
      ...s,
      low: Math.max(0, Math.min(s.share, p5)),
      high: Math.max(s.share, p95),
    };
  });
}

/** Computes something once for each thing it is asked for. */
function onceFor<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const value = known.get(key) ?? compute(key);
    known.set(key, value);
    return value;
  };
}

/** Values that pressures and stiffnesses of a resting person enter: what a vessel does, and the pull in an aneurysm's wall. */
const ofVessel = (f: Finding): boolean =>
  isVesselQuantity(f.quantity) || (f.quantity === 'membrane-force' && subjectOf(f)?.group === 'artery');

/** Values this small on either grid are compared by difference: their ratio would be noise. */
const SMALL: Partial<Record<Quantity, number>> = {
  'peak-contact-pressure': 1,
  'mean-contact-pressure': 1,
  'tissue-pressure': 0.1,
  'excess-pressure': 0.1,
  'transmural-pressure': 0.1,
  'membrane-tension-longitudinal': 0.02,
  'membrane-tension-transverse': 0.02,
  'membrane-force': 0.02,
};

/** Up to here the pressure at a vessel is carried over by its difference, kPa: as anchored() does it. */
const SMALL_DRIVER = SMALL['tissue-pressure']!;

/**
 * A coarse value brought over to the fine grid: fine × sample / coarse. Percentages that cannot pass 100 are brought over by the
 * odds (lost to left), so that 95 % never becomes 105 %. Where a value is small or changes its sign, the difference is added.
 */
export function anchored(quantity: Quantity, fine: number, coarse: number, sample: number): number {
  if (quantity === 'area-change' || quantity === 'flow-change') {
    const [f, c, s] = [fine, coarse, sample].map((v) => -v / 100) as [number, number, number];
    return -100 * Math.min(1, odds(f, c, s));
  }
  if (quantity === 'compression' || quantity === 'crush') return 100 * odds(fine / 100, coarse / 100, sample / 100);
  const least = SMALL[quantity] ?? 0.5;
  return Math.min(fine, coarse, sample) < least ? fine + (sample - coarse) : fine * (sample / coarse);
}

function odds(fine: number, coarse: number, sample: number): number {
  if (Math.min(fine, coarse, sample) < 0.005) return Math.min(1, fine + (sample - coarse));
  const of = (share: number): number => {
    const kept = Math.min(share, 1 - 1e-6);
    return kept / (1 - kept);
  };
  const o = (of(fine) * of(sample)) / of(coarse);
  return o / (1 + o);
}

/** Mean value in the third of the presses with the lowest and with the highest draws of an input. */
function ends(values: readonly number[], rank: Float64Array): { low: number; high: number } {
  const n = values.length;
  const mean = (chosen: (r: number) => boolean): number => {
    const some = values.filter((_, i) => chosen(rank[i]! - 1));
    return some.reduce((a, b) => a + b, 0) / Math.max(1, some.length);
  };
  return { low: sixDigits(mean((r) => r < n / 3)), high: sixDigits(mean((r) => r >= (2 * n) / 3)) };
}

const sixDigits = (value: number): number => Number(value.toPrecision(6)) + 0;
const threeDigits = (value: number): number => Number(value.toFixed(3)) + 0;
