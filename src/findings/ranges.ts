import { sixDigits } from '../base/rounded.ts';
import type { Assessment } from './assess.ts';
import { placeKey } from './circulation.ts';
import { type Ensemble, otherCells } from './ensemble.ts';
import { keyOf, type Ranged, shareKey } from './finding.ts';
import { GRID, type Importance, importanceOf } from './importance.ts';
import { type Physiology, physiologyOf } from './physiology.ts';
import { type Altered, isVesselQuantity, type PressedVessel, vesselChanges } from './pressed-vessel.ts';
import { CONTACT_AREA, DEPTH, headlineKey, lineKeys, type Reading, readingsOf } from './readings.ts';
import type { Result } from './result.ts';
import { carried } from './scale.ts';
import { areEnough, type Member, type Members, type SampleValues, type Spread, spreadOf } from './spread.ts';

type Uncertainty = NonNullable<Result['uncertainty']>;

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
  const readings = readingsOf(assessment);
  const members = membersOf(assessment, readings, ensemble, samples);
  const spreads = new Map(readings.map((r) => [r.name, spreadOf(r, members)]));
  const rows = members.drawn.map(({ row }) => row);
  const importance = importanceOf(assessment, ensemble.inputs, rows, spreads);
  return {
    ...rangesIn(assessment, spreads),
    uncertainty: {
      n: ensemble.draws.length,
      used: areEnough(rows.length) ? rows.length : 0,
      seed,
      cell_mm: ensemble.jobs[0]!.scenario.cell_mm,
      chance: importance.chance,
      inputs: inputsOf(ensemble, members, importance),
      tornado: importance.tornado,
    },
  };
}

/** A press of the ensemble, and what was drawn for it. */
interface Drawn extends Member {
  readonly row: Ensemble['draws'][number];
}

/** The presses that reached their load, with what their pressures do to vessels. */
function membersOf(
  assessment: Assessment,
  readings: readonly Reading[],
  { jobs, draws, cell_mm: fineCell }: Ensemble,
  samples: readonly SampleValues[],
): Members<Drawn> {
  const central = samples[0];
  const vessels = vesselsIn(assessment, jobs[0]!.scenario.pose, readings);
  const drawn = draws.flatMap((row, i) => {
    const values = samples[i + 1];
    if (values === undefined || central === undefined) return [];
    const driven = vessels(jobs[i + 1]!.person, ({ name, value, scale }) => {
      const coarse = central[name];
      return coarse === undefined ? undefined : carried(scale, value, coarse, values[name] ?? coarse);
    });
    return [{ values, row, driven }];
  });
  const others = otherCells(fineCell);
  const grids = jobs.flatMap(({ index, scenario: { cell_mm } }) => {
    const values = index === 0 || index > draws.length ? samples[index] : undefined;
    if (values === undefined || !others.includes(cell_mm)) return [];
    return [{ values, cell: cell_mm, driven: vessels({}, ({ name }) => values[name]) }];
  });
  return { central, drawn, grids, fineCell };
}

/** An assessment with the ranges that are known. */
function rangesIn(assessment: Assessment, spreads: ReadonlyMap<string, Spread | undefined>) {
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
  };
}

/** What was drawn, and the grid where others were tried, each with its weight. */
function inputsOf(
  { inputs }: Ensemble,
  { grids, fineCell }: Members,
  { weights, gridWeight }: Importance,
): Uncertainty['inputs'] {
  const drawn = inputs.map(({ id, low, high, unit, evidence }, k) => ({
    id,
    low: sixDigits(low),
    high: sixDigits(high),
    unit,
    evidence: [...evidence],
    weight: weights[k]!,
  }));
  if (grids.length === 0) return drawn;
  const cells = [fineCell, ...grids.map(({ cell }) => cell)];
  const grid = { low: Math.min(...cells), high: Math.max(...cells), unit: 'mm', evidence: [], weight: gridWeight };
  return [...drawn, { id: GRID, ...grid }];
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
