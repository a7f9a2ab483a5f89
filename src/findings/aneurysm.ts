import { evidence } from '../evidence/evidence.ts';
import type { VoxelModel } from '../voxel/model.ts';
import type { Physiology } from './physiology.ts';
import type { CellSet } from './window-peak.ts';

/** Rows that a wall tension of an aneurysm stands on. */
export const ANEURYSM_ROWS: readonly string[] = ['H-06', 'T-113', 'V-56', 'V-57', 'V-43'];

/** From this diameter on an aorta is called an aneurysm (H-06), mm. */
export const ANEURYSM_FROM = evidence('H-06').value!;

/**
 * Largest diameter of an upright vessel, mm: that of a circle with the area of its section, as the mean over two layers of cells,
 * so that it does not hang on where the layers lie.
 */
export function widestDiameter({ grid }: Pick<VoxelModel, 'grid'>, { cells, fraction }: CellSet): number {
  const [nx, ny, nz] = grid.size;
  const area = new Float64Array(nz + 1);
  for (let n = 0; n < cells.length; n++)
    area[Math.floor(cells[n]! / (nx * ny))]! += fraction[n]! * grid.spacing * grid.spacing;
  let most = 0;
  for (let k = 0; k < nz; k++) most = Math.max(most, (area[k]! + area[k + 1]!) / 2);
  return 2 * Math.sqrt(most / Math.PI);
}

/**
 * Force per width that the blood alone puts on the wall of an aneurysm, N/mm: Laplace for a tube, pressure across the wall at the
 * top of a beat times the radius. A press takes away from the pressure across the wall where it presses and bends the wall there;
 * neither is in this figure.
 * @returns undefined where the vessel is no aneurysm
 */
export function wallTension(diameter: number, person: Physiology): number | undefined {
  if (diameter < ANEURYSM_FROM) return undefined;
  const systolic = person.arterialMean + (2 * person.pulse) / 3;
  // kPa·mm = 10⁻³ N/mm
  return (systolic - person.belly) * (diameter / 2) * 1e-3;
}
