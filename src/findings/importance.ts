import { sixDigits, threeDecimals } from '../base/rounded.ts';
import { correlationOfRanks, ranks } from '../base/statistics.ts';
import type { Assessment } from './assess.ts';
import type { Ensemble } from './ensemble.ts';
import { type Finding, keyOf, shareKey } from './finding.ts';
import { isVesselQuantity } from './pressed-vessel.ts';
import { psoasShareOf } from './psoas-share.ts';
import type { Result } from './result.ts';
import type { Spread } from './spread.ts';
import { subjectOf } from './subject-of.ts';

/** Bars that a tornado keeps per finding. */
const MOST_BARS = 5;

/** The size of the cells, among the inputs that ranges hang on. */
export const GRID = 'grid';

type Tornado = NonNullable<Result['uncertainty']>['tornado'][number];

/** What the values follow. */
export interface Importance {
  /** |rank correlation| that chance alone exceeds once in twenty times. */
  readonly chance: number;
  /** Root mean square over the findings: of each input's rank correlations, and of the grid's shares. */
  readonly weights: readonly number[];
  readonly gridWeight: number;
  /** Per value the inputs whose correlation chance would seldom reach. */
  readonly tornado: readonly Tornado[];
}

/**
 * What the values of an assessment follow most.
 * @param rows what was drawn for each press that reached its load
 * @param spreads ranges by name
 */
export function importanceOf(
  { findings, shares }: Pick<Assessment, 'findings' | 'shares'>,
  inputs: Ensemble['inputs'],
  rows: readonly ArrayLike<number>[],
  spreads: ReadonlyMap<string, Spread | undefined>,
): Importance {
  const chance = Math.min(1, 1.96 / Math.sqrt(Math.max(1, rows.length - 1)));
  const drawn = inputs.map((_, k) => ranks(rows.map((row) => row[k]!)));
  const tornado: Tornado[] = [];
  /** With each input; 0 where the value cannot depend on it, whatever chance makes of so few presses. */
  const correlations = (values: readonly number[], vessel: boolean): number[] => {
    const own = ranks(values);
    // an input or a value that does not vary is correlated with nothing
    return drawn.map((r, k) => (inputs[k]!.vesselsOnly && !vessel ? 0 : correlationOfRanks(r, own) || 0));
  };
  const addTornado = (finding: string, { values, gridShare, onGrids }: Spread, rho: readonly number[]): void => {
    const bars = [
      ...rho.map((each, k) => ({ input: inputs[k]!.id, rho: threeDecimals(each), ...ends(values, drawn[k]!) })),
      { input: GRID, rho: threeDecimals(gridShare), low: sixDigits(onGrids[0]), high: sixDigits(onGrids[1]) },
    ]
      .filter((bar) => Math.abs(bar.rho) > chance)
      // of equal ones the first comes first: the sort keeps their order
      .sort((a, b) => Math.abs(b.rho) - Math.abs(a.rho))
      .slice(0, MOST_BARS);
    if (bars.length > 0) tornado.push({ finding, bars });
  };
  /** Only a value that all presses have can be ranked beside what was drawn for them. */
  const ranked = (spread: Spread | undefined): spread is Spread =>
    spread !== undefined && spread.values.length === rows.length;

  const psoas = psoasShareOf(shares);
  const share = psoas && spreads.get(shareKey(psoas));
  if (psoas !== undefined && ranked(share)) addTornado(shareKey(psoas), share, correlations(share.values, false));
  const squares = new Float64Array(inputs.length);
  const counts = new Float64Array(inputs.length);
  let gridSquares = 0;
  let onGrid = 0;
  for (const f of findings) {
    const spread = spreads.get(keyOf(f));
    if (!ranked(spread)) continue;
    const vessel = ofVessel(f);
    const rho = correlations(spread.values, vessel);
    for (const [k, each] of rho.entries()) {
      if (inputs[k]!.vesselsOnly && !vessel) continue;
      squares[k]! += each * each;
      counts[k]!++;
    }
    gridSquares += spread.gridShare ** 2;
    onGrid++;
    addTornado(keyOf(f), spread, rho);
  }
  const rms = (sum: number, count: number): number => (count > 0 ? threeDecimals(Math.sqrt(sum / count)) : 0);
  return {
    chance: threeDecimals(chance),
    weights: inputs.map((_, k) => rms(squares[k]!, counts[k]!)),
    gridWeight: rms(gridSquares, onGrid),
    tornado,
  };
}

/** Values that pressures and stiffnesses of a resting person enter: what a vessel does, and the pull in an aneurysm's wall. */
const ofVessel = (f: Finding): boolean =>
  isVesselQuantity(f.quantity) || (f.quantity === 'membrane-force' && subjectOf(f)?.group === 'artery');

/** Mean value in the third of the presses with the lowest and with the highest draws of an input. */
function ends(values: readonly number[], rank: Float64Array): { low: number; high: number } {
  const n = values.length;
  const mean = (chosen: (r: number) => boolean): number => {
    const some = values.filter((_, i) => chosen(rank[i]! - 1));
    return some.reduce((a, b) => a + b, 0) / Math.max(1, some.length);
  };
  return { low: sixDigits(mean((r) => r < n / 3)), high: sixDigits(mean((r) => r >= (2 * n) / 3)) };
}
