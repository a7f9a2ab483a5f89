import type { Press } from '../press/press.ts';
import type { CellSet } from './window-peak.ts';
import { WINDOW_RADIUS } from './window-peak.ts';

/** Half-width of the strip around the aimed point in which the wall lies across the push, mm: beyond it the flanks turn away. */
const FACING = 80;

/**
 * Force per width that the belly wall carries where it carries most, N/mm.
 *
 * The equivalent stress (von Mises, within 15 % of in-plane minus through-thickness stress of a stretched sheet) is added up
 * through the wall along y and averaged over a disc of 12 mm radius. Only the part of the wall that faces the tool is read,
 * since elsewhere a line along y runs through it at a slant.
 *
 * @returns undefined when the model has no wall there
 */
export function membraneForce(press: Press, { cells, fraction }: CellSet): number | undefined {
  const { grid } = press.model;
  const [nx, ny, nz] = grid.size;
  const h = grid.spacing;
  // kPa·mm = 10⁻³ N/mm
  const column = new Float64Array(nx * nz);
  const thick = new Float64Array(nx * nz);
  for (let n = 0; n < cells.length; n++) {
    const cell = cells[n]!;
    const at = (cell % nx) + nx * Math.floor(cell / (nx * ny));
    column[at]! += fraction[n]! * h * press.fields.shear[cell]! * 1e-3;
    thick[at]! += fraction[n]! * h;
  }
  const reach = Math.max(1, WINDOW_RADIUS / h);
  const r = Math.floor(reach);
  let best: number | undefined;
  for (let k = 0; k < nz; k++)
    for (let i = 0; i < nx; i++) {
      const x = grid.origin[0] + (i + 0.5) * h;
      const z = grid.origin[2] + (k + 0.5) * h;
      if (Math.abs(x - press.placed.at[0]) > FACING || Math.abs(z - press.placed.at[2]) > FACING) continue;
      let sum = 0;
      let count = 0;
      let all = 0;
      for (let dk = -r; dk <= r; dk++)
        for (let di = -r; di <= r; di++) {
          if (di * di + dk * dk > reach * reach) continue;
          const [ii, kk] = [i + di, k + dk];
          if (ii < 0 || kk < 0 || ii >= nx || kk >= nz) continue;
          all++;
          if (!(thick[ii + nx * kk]! > 0)) continue;
          sum += column[ii + nx * kk]!;
          count++;
        }
      if (2 * count > all && (best === undefined || sum / count > best)) best = sum / count;
    }
  return best;
}
