import { isTarget } from '../anatomy/structures.ts';
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

/** What muscle pulls with along its fibres, kPa of its section, with its range. */
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

/** Muscles that pull. */
export interface Contraction {
  /** Their fibres, in the model's grid. */
  readonly fibres: Fibres;
  /** What they add to the modulus that each cell's penalty on volume is taken from, kPa (cells). */
  readonly penalty: Float64Array;
}

/**
 * Fibres of psoas and iliacus on both sides (or of the iliopsoas of a scan), which pull with a stress at any length, each from bone to bone.
 * @param pull kPa of the section, where it is widest; more where it narrows towards the tendon
 * @throws InputError where the body holds no such muscle with bone at both ends
 */
export function contracted({ grid, fill, fine }: VoxelModel, pull: number): Contraction {
  const points = new SheetPoints(grid, (cell) => fill[cell]! > 0);
  points.begin({ k1: 0, k2: 0, tension: pull });
  const penalty = new Float64Array(fill.length);
  const cell = grid.spacing * grid.spacing * grid.spacing;
  for (const { structure, side } of fine.table.filter((row, n) => n > 0 && isTarget(row.structure))) {
    const { places, flow, volume } = muscleFlow(fine, structure, side) ?? { places: [], flow: [], volume: 0 };
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
  const fibres = points.fibres();
  if (fibres.volumes.length === 0) throw new InputError(tell(PRESS_ERRORS, 'error.press.no-muscle'));
  return { fibres, penalty };
}
