import { hypot } from '../base/elementary.ts';
import { cellAt, cellCentre, type Vec3 } from '../base/grid.ts';
import type { Press } from '../press/press.ts';
import { touchedSkin } from './baseline.ts';
import type { BoneName } from './finding.ts';
import { weightedQuantile } from './weighted-quantile.ts';
import { type CellSet, WINDOW_RADIUS, windowPeak } from './window-peak.ts';

const NAMES: readonly (readonly [RegExp, BoneName])[] = [
  [/^vertebra/, 'spine'],
  [/^(sacrum|coccyx)$/, 'sacrum'],
  [/^hip_bone$/, 'hip-bone'],
  [/^(rib|sternum)$/, 'rib'],
];

export const boneName = (structure: string): BoneName =>
  NAMES.find(([pattern]) => pattern.test(structure))?.[1] ?? 'other';

/** A bowel's cells between tool and bone, and which bone. */
export interface Caught {
  readonly bone: BoneName;
  readonly cells: CellSet;
}

/**
 * The cells of a bowel that the push may crush against a bone (H-57), by bone: those on its way, which are the ones that a line back along the
 * push leads to touched skin, with a bone behind them that the tool's travel would reach. A bone beside the way holds nothing against the tool.
 */
export function beforeBone(press: Press, set: CellSet): Caught[] {
  const { grid, parts } = press.model;
  const travel = press.steps.at(-1)?.depth ?? 0;
  const bones = new Map<number, { fraction: number; name: BoneName }>();
  for (const part of parts)
    if (part.tissue === 'bone')
      for (let n = 0; n < part.cells.length; n++) {
        const known = bones.get(part.cells[n]!);
        const fraction = part.fraction[n]! + (known?.fraction ?? 0);
        // a cell that two bones share is the larger one's
        const name = known !== undefined && known.fraction > part.fraction[n]! ? known.name : boneName(part.structure);
        bones.set(part.cells[n]!, { fraction, name });
      }
  const touched = touchedSkin(press);
  const [dx, dy, dz] = press.placed.direction;
  const step = grid.spacing / 2;
  const chosen = new Map<BoneName, number[]>();
  for (let n = 0; n < set.cells.length; n++) {
    const [x, y, z] = cellCentre(grid, set.cells[n]!);
    if (!touched.some((at) => besideLine(at, [x, y, z], press.placed.direction) <= WINDOW_RADIUS)) continue;
    for (let t = step; t <= travel; t += step) {
      const cell = cellAt(grid, x + t * dx, y + t * dy, z + t * dz);
      if (cell < 0) break;
      const bone = bones.get(cell);
      if (bone === undefined || bone.fraction < 0.5) continue;
      const list = chosen.get(bone.name);
      if (list === undefined) chosen.set(bone.name, [n]);
      else list.push(n);
      break;
    }
  }
  return [...chosen].map(([bone, list]) => ({
    bone,
    cells: {
      cells: Uint32Array.from(list, (n) => set.cells[n]!),
      fraction: Float32Array.from(list, (n) => set.fraction[n]!),
    },
  }));
}

/** How far a point lies beside the line through another one along the push, mm. */
function besideLine(p: Vec3, q: Vec3, direction: Vec3): number {
  const v: Vec3 = [p[0] - q[0], p[1] - q[1], p[2] - q[2]];
  const along = v[0] * direction[0] + v[1] * direction[1] + v[2] * direction[2];
  return hypot(v[0] - along * direction[0], v[1] - along * direction[1], v[2] - along * direction[2]);
}

/**
 * What the contents of a bowel could press outwards with at most, kPa: the highest tissue pressure on it less the median one. Contents that are
 * shut in have at least the pressure that presses on them; what they can do to the wall is that less what presses on it from outside, which
 * is most where nothing presses back. A bound, and no pressure inside.
 */
export function shutInPressure(press: Press, set: CellSet): number | undefined {
  const peak = windowPeak(press.model.grid, set, press.fields.pressure);
  if (peak === undefined) return undefined;
  const samples = Array.from(set.cells, (cell, n) => ({
    value: press.fields.pressure[cell]!,
    weight: set.fraction[n]!,
  }));
  return Math.max(0, peak - weightedQuantile(samples, 0.5));
}
