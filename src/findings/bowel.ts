import { cellAt, cellCentre } from '../base/grid.ts';
import type { Press } from '../press/press.ts';
import { type CellSet, windowPeak } from './window-peak.ts';

/** How far behind bowel a bone may lie for the bowel to be caught between it and the tool, mm. */
const BONE_BEHIND = 40;

/** The cells of a bowel from which the push meets bone within BONE_BEHIND; their crush is what H-57 means. */
export function beforeBone(press: Press, set: CellSet): CellSet | undefined {
  const { grid, parts } = press.model;
  const bone = new Float32Array(press.model.fill.length);
  for (const part of parts)
    if (part.tissue === 'bone') for (let n = 0; n < part.cells.length; n++) bone[part.cells[n]!] = part.fraction[n]!;
  const [dx, dy, dz] = press.placed.direction;
  const step = grid.spacing / 2;
  const chosen: number[] = [];
  for (let n = 0; n < set.cells.length; n++) {
    const [x, y, z] = cellCentre(grid, set.cells[n]!);
    for (let t = step; t <= BONE_BEHIND; t += step) {
      const cell = cellAt(grid, x + t * dx, y + t * dy, z + t * dz);
      if (cell < 0) break;
      if (bone[cell]! < 0.5) continue;
      chosen.push(n);
      break;
    }
  }
  if (chosen.length === 0) return undefined;
  return {
    cells: Uint32Array.from(chosen, (n) => set.cells[n]!),
    fraction: Float32Array.from(chosen, (n) => set.fraction[n]!),
  };
}

/**
 * Pressure that the contents of a squeezed loop could put on a loop beside it, kPa: the highest tissue pressure on the bowel less
 * the median one. It is an upper bound, as if the contents were shut in and could only press outwards where nothing presses back.
 */
export function shutInPressure(press: Press, set: CellSet): number | undefined {
  const peak = windowPeak(press.model.grid, set, press.fields.pressure);
  if (peak === undefined) return undefined;
  const sorted = Array.from(set.cells, (cell, n) => ({ p: press.fields.pressure[cell]!, w: set.fraction[n]! })).sort(
    (a, b) => a.p - b.p,
  );
  const half = sorted.reduce((sum, s) => sum + s.w, 0) / 2;
  let run = 0;
  for (const { p, w } of sorted) {
    run += w;
    if (run >= half) return Math.max(0, peak - p);
  }
  return peak;
}
