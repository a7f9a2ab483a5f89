import { isLoose } from '../anatomy/structures.ts';
import { cellCount, type Grid } from '../base/grid.ts';
import type { Part } from '../voxel/model.ts';
import type { MaterialTable } from './materials.ts';

/** Cut cells keep at least this fill, so that a sliver of tissue cannot make the grid floppy (finite-cell practice). */
const LEAST_FILL = 0.1;

/** Bulk modulus of such slivers in shear moduli: the solver's own penalty on volume changes, so that they need no multiplier. */
const SLIVER_BULK = 50;

/** Shear modulus of cells that hold nothing but bone, kPa: their springs hold them, this only has to be no softer than its surroundings. */
const RIGID_MU = 20;

/** The material of each cell of one body (cells). */
export interface Mixture {
  readonly fill: Float64Array;
  readonly mu: Float64Array;
  readonly penaltyMu: Float64Array;
  readonly stiffening: Float64Array;
  readonly bulk: Float64Array;
  readonly foundation: Float64Array;
  /** Share of rigid tissue in each cell. */
  readonly rigid: Float32Array;
}

/**
 * Mixes what is in each cell by volume: moduli add up (thin stiff layers keep their stretch stiffness), compressibilities add up.
 * @param inside share of each cell that is inside the body
 * @param kept share of their shear modulus that loose contents keep
 */
export function mixCells(
  grid: Grid,
  parts: readonly Pick<Part, 'structure' | 'tissue' | 'cells' | 'fraction'>[],
  inside: ArrayLike<number>,
  table: MaterialTable,
  kept: number,
): Mixture {
  const cells = cellCount(grid);
  const fallback = table.fat_subcutaneous;
  const mu = new Float64Array(cells);
  const penaltyMu = new Float64Array(cells);
  const stiffness = new Float64Array(cells);
  const compliance = new Float64Array(cells);
  const rigid = new Float32Array(cells);
  const soft = new Float64Array(cells);
  const sum = new Float64Array(cells);

  for (const part of parts) {
    const m = table[part.tissue];
    const share = isLoose(part.structure) ? kept : 1;
    for (let i = 0; i < part.cells.length; i++) {
      const c = part.cells[i]!;
      const f = part.fraction[i]!;
      sum[c] = sum[c]! + f;
      compliance[c] = compliance[c]! + f / m.bulk;
      if (m.rigid) {
        rigid[c] = rigid[c]! + f;
        continue;
      }
      soft[c] = soft[c]! + f;
      mu[c] = mu[c]! + f * m.mu * share;
      stiffness[c] = stiffness[c]! + f * m.mu * share * m.stiffening.value;
      // contents that carry little shear keep their volume all the same: with a penalty that falls with their modulus the default
      // press takes three times the iterations at 10 mm and never ends at 6 (decisions/0014)
      penaltyMu[c] = penaltyMu[c]! + f * m.mu;
    }
  }
  const fill = new Float64Array(cells);
  const a = new Float64Array(cells);
  const bulk = new Float64Array(cells).fill(fallback.bulk);
  const foundation = new Float64Array(cells);
  // 500 kPa per cell edge: a bone surface under 50 kPa gives way by 0.1 mm, whatever the cell size
  const held = 500 / grid.spacing;
  for (let c = 0; c < cells; c++) {
    if (!(sum[c]! > 0)) continue;
    fill[c] = Math.max(inside[c]!, LEAST_FILL);
    // bone acts through its springs; what shears in a cell is its soft part
    if (soft[c]! > 0) {
      a[c] = stiffness[c]! / mu[c]!;
      mu[c] = mu[c]! / soft[c]!;
      penaltyMu[c] = penaltyMu[c]! / soft[c]!;
    } else mu[c] = penaltyMu[c] = RIGID_MU;
    bulk[c] = sum[c]! / compliance[c]!;
    // what a sliver's multiplier gathers from step to step weighs nothing in the whole, but throws its loose nodes about
    if (inside[c]! < LEAST_FILL) bulk[c] = Math.min(bulk[c]!, SLIVER_BULK * mu[c]!);
    // a bone that fills the share r of a cell leaves (1-r) h of tissue between its surface and the far nodes, which is stiffer than
    // the whole cell's h by r/(1-r): that difference is the spring (2 μ/h² per volume puts it on the cell's four far nodes).
    // Springs in proportion to r alone would hold a cell that bone only grazes as firmly as one that it fills
    const r = Math.min(rigid[c]! / sum[c]!, 1);
    foundation[c] = r > 0 ? Math.min(held, ((2 * mu[c]!) / grid.spacing ** 2) * (r / Math.max(1 - r, 1e-9))) : 0;
  }
  return { fill, mu, penaltyMu, stiffening: a, bulk, foundation, rigid };
}
