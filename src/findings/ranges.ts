import { correlationOfRanks, quantiles, ranks } from '../base/statistics.ts';
import type { Assessment } from './assess.ts';
import { placeKey } from './circulation.ts';
import { type Ensemble, otherCells } from './ensemble.ts';
import { type Finding, keyOf, type Ranged, shareKey } from './finding.ts';
import { type Physiology, physiologyOf } from './physiology.ts';
import { type Altered, isVesselQuantity, type PressedVessel, vesselChanges } from './pressed-vessel.ts';
import { psoasShareOf } from './psoas-share.ts';
import { CONTACT_AREA, DEPTH, headlineKey, lineKeys, type Reading, readingsOf } from './readings.ts';
import type { Result } from './result.ts';
import { carried } from './scale.ts';
import { subjectOf } from './subject-of.ts';

/** What one press of an ensemble found: value by name (readings.ts); undefined when it did not reach its load. */
export type SampleValues = Readonly<Record<string, number>> | undefined;

/** Fewer presses than this give no range. */
const FEWEST = 8;
/** Bars that a tornado keeps per finding. */
const MOST_BARS = 5;

/** The size of the cells, among the inputs that ranges hang on. */
export const GRID = 'grid';

type Uncertainty = NonNullable<Result['uncertainty']>;

/** A range, and what made it: on the reading's scale, how far the presses reach and how far the grid does. */
interface Spread {
  readonly low: number;
  readonly high: number;
  /** What the grid alone could make of the value. */
  readonly onGrids: readonly [low: number, high: number];
  /** Share of the range's reach that the grid has by itself, 0…1: it counts beside rank correlations. */
  readonly gridShare: number;
  /** The value in each press that has it, brought over to the fine grid. */
  readonly values: readonly number[];
}

/**
 * An assessment with its ranges, from an ensemble of coarser presses and from the same press on other grids.
 *
 * A coarse grid gets values wrong by a factor, but how they change from press to press far less so: each value of the ensemble is
 * carried over to the fine grid as a step on its scale (scale.ts). The presses reach from the 5 % to the 95 % quantile of those, widened
 * to hold the central value. The grid reaches as far as the value without a grid may lie: the central press is solved again on cells of
 * two other sizes, a straight line from each through the fine value is followed to cells of no size (Richardson's extrapolation of a
 * first-order method; Roache 1994, doi 10.1115/1.2910291), and the farther end counts, on either side. Both reaches are independent
 * and are added like the sides of a right angle, on the scale.
 *
 * @param samples of every job of the ensemble, in their order
 */
export function withRanges(
  assessment: Assessment,
  ensemble: Ensemble,
  samples: readonly SampleValues[],
  seed: number,
): Omit<Assessment, 'vessels'> & { uncertainty: Uncertainty } {
  const { jobs, inputs, draws, cell_mm: fineCell } = ensemble;
  const n = draws.length;
  const central = samples[0];
  const readings = readingsOf(assessment);
  const vessels = vesselsIn(assessment, jobs[0]!.scenario.pose, readings);
  const good = draws.flatMap((row, i) => {
    const values = samples[i + 1];
    if (values === undefined || central === undefined) return [];
    const driven = vessels(jobs[i + 1]!.person, ({ name, value, scale }) => {
      const coarse = central[name];
      return coarse === undefined ? undefined : carried(scale, value, coarse, values[name] ?? coarse);
    });
    return [{ values, row, driven }];
  });
  const enough = good.length >= FEWEST;
  const others = otherCells(fineCell);
  const grids = jobs.flatMap(({ index, scenario: { cell_mm } }) => {
    const values = index === 0 || index > n ? samples[index] : undefined;
    if (values === undefined || !others.includes(cell_mm)) return [];
    return [{ values, cell: cell_mm, driven: vessels({}, ({ name }) => values[name]) }];
  });
  // |rank correlation| that chance alone exceeds once in twenty times
  const chance = Math.min(1, 1.96 / Math.sqrt(Math.max(1, good.length - 1)));
  const drawn = inputs.map((_, k) => ranks(good.map(({ row }) => row[k]!)));

  /** What the press of a sample makes of a reading on the fine grid; undefined where nothing is known of it there. */
  const broughtOver = (r: Reading, { values, driven }: (typeof good)[number]): number | undefined => {
    const [coarse, sample] = [central?.[r.name] ?? r.otherwise, values[r.name] ?? r.otherwise];
    if (coarse === undefined || sample === undefined) return undefined;
    return driven.get(r.name) ?? carried(r.scale, r.value, coarse, sample);
  };

  /** How far a reading may be off for its cells, on its scale. */
  const offByGrid = (r: Reading): number =>
    Math.max(
      0,
      ...grids.map(({ values, cell, driven }) => {
        const there = driven.get(r.name) ?? values[r.name] ?? r.otherwise;
        if (there === undefined) return 0;
        return Math.abs(((r.scale.on(there) - r.scale.on(r.value)) * fineCell) / (cell - fineCell));
      }),
    );

  const spreadOf = (r: Reading): Spread | undefined => {
    if (!enough) return undefined;
    const values = good.map((member) => broughtOver(r, member)).filter((value) => value !== undefined);
    if (values.length < FEWEST) return undefined;
    const [p5, p95] = quantiles(values, [0.05, 0.95]) as [number, number];
    const { scale, value } = r;
    const at = scale.on(value);
    const [below, above] = [Math.max(0, at - scale.on(p5)), Math.max(0, scale.on(p95) - at)];
    const off = offByGrid(r);
    // there and back on the scale may cost the last bit, and a flow that has stopped is nearly stopped on it
    const down = (by: number, ...held: number[]): number => (by === 0 ? value : Math.min(scale.off(at - by), ...held));
    const up = (by: number, ...held: number[]): number => (by === 0 ? value : Math.max(scale.off(at + by), ...held));
    const low = down(bothOf(below, off), value, p5);
    const high = up(bothOf(above, off), value, p95);
    const reach = (below + above) / 2;
    return {
      low,
      high,
      values,
      onGrids: [down(off, value), up(off, value)],
      gridShare: off === 0 ? 0 : off / bothOf(reach, off),
    };
  };
  const spreads = new Map(readings.map((r) => [r.name, spreadOf(r)]));

  const weights = new Float64Array(inputs.length);
  const weighed = new Float64Array(inputs.length);
  let gridWeight = 0;
  let onGrid = 0;
  const tornado: Uncertainty['tornado'][number][] = [];
  /** With each input; 0 where the value cannot depend on it, whatever chance makes of so few presses. */
  const correlations = (values: readonly number[], vessel: boolean): number[] => {
    const own = ranks(values);
    // an input or a value that does not vary is correlated with nothing
    return drawn.map((r, k) => (inputs[k]!.vesselsOnly && !vessel ? 0 : correlationOfRanks(r, own) || 0));
  };
  /** Adds the tornado of one value: the inputs whose correlation chance would seldom reach. */
  const addTornado = (finding: string, { values, gridShare, onGrids }: Spread, rho: readonly number[]): void => {
    const bars = [
      ...rho.map((each, k) => ({ input: inputs[k]!.id, rho: threeDigits(each), ...ends(values, drawn[k]!) })),
      { input: GRID, rho: threeDigits(gridShare), low: sixDigits(onGrids[0]), high: sixDigits(onGrids[1]) },
    ]
      .filter((bar) => Math.abs(bar.rho) > chance)
      // of equal ones the first comes first: the sort keeps their order
      .sort((a, b) => Math.abs(b.rho) - Math.abs(a.rho))
      .slice(0, MOST_BARS);
    if (bars.length > 0) tornado.push({ finding, bars });
  };
  /** Only a value that all presses have can be ranked beside what was drawn for them. */
  const ranked = (spread: Spread | undefined): spread is Spread =>
    spread !== undefined && spread.values.length === good.length;

  const psoas = psoasShareOf(assessment.shares);
  const share = psoas && spreads.get(shareKey(psoas));
  if (psoas !== undefined && ranked(share)) addTornado(shareKey(psoas), share, correlations(share.values, false));
  for (const f of assessment.findings) {
    const spread = spreads.get(keyOf(f));
    if (!ranked(spread)) continue;
    const rho = correlations(spread.values, ofVessel(f));
    for (const [k, each] of rho.entries()) {
      if (inputs[k]!.vesselsOnly && !ofVessel(f)) continue;
      weights[k]! += each * each;
      weighed[k]!++;
    }
    gridWeight += spread.gridShare ** 2;
    onGrid++;
    addTornado(keyOf(f), spread, rho);
  }
  const rms = (sum: number, count: number): number => (count > 0 ? threeDigits(Math.sqrt(sum / count)) : 0);

  const range = (name: string): Pick<Ranged, 'low' | 'high'> => {
    const spread = spreads.get(name);
    return spread === undefined ? { low: null, high: null } : { low: spread.low, high: spread.high };
  };
  const { reached, headline } = assessment;
  const headed = (of: Parameters<typeof headlineKey>[0]) => ({ ...headline[of], ...range(headlineKey(of)) });
  return {
    findings: assessment.findings.map((f) => ({ ...f, ...range(keyOf(f)) })),
    shares: assessment.shares.map((s) => ({ ...s, ...range(shareKey(s)) })),
    headline: {
      ...headline,
      psoasFrontPressure: headed('psoasFrontPressure'),
      psoasFrontForce: headed('psoasFrontForce'),
      skinPressure: headed('skinPressure'),
    },
    ...(reached && {
      reached: {
        depth: { ...reached.depth, ...range(DEPTH) },
        contactArea: { ...reached.contactArea, ...range(CONTACT_AREA) },
      },
    }),
    line: assessment.line.map((organ) => {
      const keys = lineKeys(organ.structure);
      return {
        ...organ,
        thickness: { ...organ.thickness, ...range(keys.thickness) },
        pressure: { ...organ.pressure, ...range(keys.pressure) },
      };
    }),
    uncertainty: {
      n,
      used: enough ? good.length : 0,
      seed,
      cell_mm: jobs[0]!.scenario.cell_mm,
      chance: threeDigits(chance),
      inputs: [
        ...inputs.map((input, k) => ({
          id: input.id,
          low: sixDigits(input.low),
          high: sixDigits(input.high),
          unit: input.unit,
          evidence: [...input.evidence],
          weight: rms(weights[k]!, weighed[k]!),
        })),
        ...(grids.length === 0
          ? []
          : [
              {
                id: GRID,
                low: Math.min(fineCell, ...grids.map(({ cell }) => cell)),
                high: Math.max(fineCell, ...grids.map(({ cell }) => cell)),
                unit: 'mm',
                evidence: [],
                weight: rms(gridWeight, onGrid),
              },
            ]),
      ],
      tornado,
    },
  };
}

/** Up to here the pressure at a vessel is carried over by its difference, kPa: there is no factor between two that are next to nothing. */
const SMALL_DRIVER = 0.1;

/**
 * What vessels do in another press and another person, by the name of the finding. It follows from the pressure at them: that is carried
 * over, and the laws are asked again, of all vessels at once. Flow jumps from all to nothing over a few kPa and cannot be carried as such.
 */
function vesselsIn({ findings, vessels }: Assessment, pose: 'prone' | 'supine' | 'side', readings: readonly Reading[]) {
  const byName = new Map(readings.map((r) => [r.name, r]));
  const told = findings.filter(({ quantity }) => isVesselQuantity(quantity));
  /** @param pressureIn the pressure that a vessel is driven by in that press, if it is known there */
  return (person: Partial<Physiology>, pressureIn: (driver: Reading) => number | undefined) => {
    const altered = ({ driver }: PressedVessel): Altered => {
      const here = byName.get(keyOf(driver));
      const there = here && pressureIn(here);
      if (here === undefined || there === undefined) return { times: 1, plus: 0 };
      return here.value > SMALL_DRIVER
        ? { times: there / here.value, plus: 0 }
        : { times: 1, plus: there - here.value };
    };
    const changes = vesselChanges(vessels, physiologyOf(pose, person), altered);
    return new Map(
      told.flatMap((f) => {
        const change = changes.get(placeKey(f));
        return change === undefined ? [] : [[keyOf(f), f.quantity === 'area-change' ? change.area : change.flow]];
      }),
    );
  };
}

/** Values that pressures and stiffnesses of a resting person enter: what a vessel does, and the pull in an aneurysm's wall. */
const ofVessel = (f: Finding): boolean =>
  isVesselQuantity(f.quantity) || (f.quantity === 'membrane-force' && subjectOf(f)?.group === 'artery');

/** Two independent reaches together. */
const bothOf = (a: number, b: number): number => Math.sqrt(a * a + b * b);

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
