import { isPsoas, isTarget, placeOf } from '../anatomy/structures.ts';
import type { Side } from '../anatomy/tissue.ts';
import { InputError } from '../base/errors.ts';
import { cellAt } from '../base/grid.ts';
import { tell } from '../base/told.ts';
import { evidence } from '../evidence/evidence.ts';
import type { Fibres } from '../mechanics/problem.ts';
import { SheetPoints } from '../mechanics/sheet-points.ts';
import { PRESS_ERRORS } from '../messages/errors/press.data.ts';
import type { VoxelModel } from '../voxel/model.ts';
import { muscleFlow } from './muscle-flow.ts';
import type { Scenario } from './scenario.ts';

/** What muscle pulls with, with its range: kPa of the section of psoas and iliacus, N/mm across a tensed wall (bracing.ts). */
export interface Pull {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly evidence: readonly string[];
}

/** What psoas and iliacus pull with while a knee is lifted: a share (T-122) of what human muscle can do (T-121). Nothing where nobody lifts one. */
export function pullOf({ contract }: Pick<Scenario, 'contract'>): Pull | undefined {
  if (contract === undefined) return undefined;
  const [most, share] = [evidence('T-121'), evidence('T-122')];
  return {
    value: most.value! * share.value!,
    low: most.low! * share.low!,
    high: most.high! * share.high!,
    evidence: ['T-121', 'T-122'],
  };
}

/** Share of the pull in a cell that is added to the modulus which its penalty on volume is taken from: with none, pressures where fibres crowd do not settle. */
const PENALTY = 0.1;

const SIDES = ['left', 'right'] as const;

/** Muscles that pull. */
export interface Contraction {
  /** Their fibres, in the model's grid. */
  readonly fibres: Fibres;
  /** What they add to the modulus that each cell's penalty on volume is taken from, kPa (cells). */
  readonly penalty: Float64Array;
  /** Which pull beside the psoas of both sides: both iliacus muscles, one, none, or all of a scan's iliopsoas. */
  readonly muscles: 'both' | 'left' | 'right' | 'psoas' | 'iliopsoas';
}

/**
 * Fibres of psoas and iliacus on both sides (or of the iliopsoas of a scan), which pull with a stress at any length, each from bone to bone.
 * @param pull kPa of the section, where it is widest; more where it narrows towards the tendon
 * @throws InputError where the psoas of a side is missing, or has no bone at both ends (muscleFlow)
 */
export function contracted({ grid, fill, fine }: VoxelModel, pull: number): Contraction {
  const points = new SheetPoints(grid, (cell) => fill[cell]! > 0);
  points.begin({ k1: 0, k2: 0, tension: pull });
  const penalty = new Float64Array(fill.length);
  const pulling: { readonly structure: string; readonly side: Side }[] = [];
  const cell = grid.spacing * grid.spacing * grid.spacing;
  for (const { structure, side } of fine.table.filter((row, n) => n > 0 && isTarget(row.structure))) {
    const found = muscleFlow(fine, structure, side);
    if (found === undefined) continue;
    const { places, flow, volume } = found;
    pulling.push({ structure, side });
    for (let i = 0; i < places.length; i += 3) {
      const at = [places[i]!, places[i + 1]!, places[i + 2]!] as const;
      const [x, y, z] = [flow[i]!, flow[i + 1]!, flow[i + 2]!];
      const strength = Math.sqrt(x * x + y * y + z * z);
      if (!(strength > 0)) continue;
      points.add(at, strength * volume, [x / strength, y / strength, z / strength]);
      const c = cellAt(grid, ...at);
      if (c >= 0) penalty[c] = penalty[c]! + (PENALTY * pull * strength * volume) / cell;
    }
  }
  const pulls = (is: (structure: string) => boolean, on: Side): boolean =>
    pulling.some(({ structure, side }) => is(structure) && (side === on || side === 'midline'));
  const missing = SIDES.filter((side) => !pulls(isPsoas, side));
  if (missing.length > 0)
    throw new InputError(
      tell(PRESS_ERRORS, 'error.press.no-muscle', { side: missing.length > 1 ? 'both' : missing[0]! }),
    );
  const iliacus = SIDES.filter((side) => pulls((structure) => !isPsoas(structure), side));
  const whole = pulling.some(({ structure }) => placeOf(structure) !== structure);
  const muscles = whole ? 'iliopsoas' : iliacus.length === 2 ? 'both' : (iliacus[0] ?? 'psoas');
  return { fibres: points.fibres(), penalty, muscles };
}
