import { pow } from '../base/elementary.ts';
import { cofactor } from '../base/vec.ts';
import { principalStretches } from './principal-stretches.ts';
import type { MechanicalProblem } from './problem.ts';

/**
 * What the body is like at one state of a solver, by grid cell, box node and surface point. Reference grid and LPS axes of the problem;
 * cells and nodes run x fastest, then y, then z.
 */
export interface Solution {
  /** Displacement of every node (nodes×3), mm; 0 at nodes without an active cell. */
  readonly displacement: Float64Array;
  /**
   * Stress, stretch and work of every cell, worked out when first asked for.
   * @throws Error when the solver has gone on since the solution was taken, and they had not been asked for before
   */
  cells(): CellFields;
  /**
   * Contact pressure of the rigid body of that name at each surface point, as the nodes carry it, kPa per reference area (points).
   * All 0 where there is no such body.
   */
  contactPressure(body: string): Float64Array;
}

/** By grid cell (cells); stretches are 1 and the rest 0 where a cell is not active. */
export interface CellFields {
  /** Minus the mean of the Cauchy stress, kPa. It may alternate from cell to cell: see smooth-cells.ts. */
  readonly pressure: Float32Array;
  /** von Mises equivalent of the Cauchy stress, kPa. */
  readonly shear: Float32Array;
  /** Cauchy stress (cells×6: xx, yy, zz, xy, yz, xz), kPa. */
  readonly stress: Float32Array;
  /** Smallest and largest principal stretch, 1 = undeformed. */
  readonly stretchMin: Float32Array;
  readonly stretchMax: Float32Array;
  /** Stored work, N·mm. */
  readonly work: Float32Array;
  /**
   * The flow of the push: q = -Pᵀ d (cells×3), kPa per reference area, with the first Piola–Kirchhoff stress P and the direction d of
   * the push. The force along the push that passes through any reference surface with unit normal N is the integral of q·N; between
   * what pushes and what holds, q has no sources.
   */
  readonly flow: Float32Array;
}

/**
 * @param indexOf number of each grid cell among the active ones, or -1
 * @param cellState writes Cauchy stress (kPa) and deformation gradient of an active cell, row-major; returns its energy per reference volume, kPa
 */
export function cellFields(
  indexOf: Int32Array,
  { fill, grid, direction: d }: Pick<MechanicalProblem, 'fill' | 'grid' | 'direction'>,
  cellState: (e: number, sigma: Float64Array, F: Float64Array) => { readonly energy: number },
): CellFields {
  const count = indexOf.length;
  const plane = (): Float32Array => new Float32Array(count);
  const [pressure, shear, work] = [plane(), plane(), plane()];
  const [stretchMin, stretchMax] = [plane().fill(1), plane().fill(1)];
  const flow = new Float32Array(3 * count);
  const stress = new Float32Array(6 * count);
  const sigma = new Float64Array(9);
  const F = new Float64Array(9);
  const row = [0, 0, 0];
  const V = pow(grid.spacing, 3);
  for (let c = 0; c < count; c++) {
    const e = indexOf[c]!;
    if (e < 0) continue;
    const { energy } = cellState(e, sigma, F);
    const mean = (sigma[0]! + sigma[4]! + sigma[8]!) / 3;
    pressure[c] = -mean;
    const [a, b, e3] = [sigma[0]! - mean, sigma[4]! - mean, sigma[8]! - mean];
    const off = sigma[1]! * sigma[1]! + sigma[2]! * sigma[2]! + sigma[5]! * sigma[5]!;
    shear[c] = Math.sqrt(1.5 * (a * a + b * b + e3 * e3 + 2 * off));
    for (let k = 0; k < 6; k++) stress[6 * c + k] = sigma[SYMMETRIC[k]!]!;
    const [low, high] = principalStretches(F);
    stretchMin[c] = low;
    stretchMax[c] = high;
    // kPa·mm³ = 10⁻³ N·mm
    work[c] = Math.max(energy, 0) * V * fill[c]! * 1e-3;
    // P = σ cof F, and the row dᵀσ first
    for (let k = 0; k < 3; k++) row[k] = d[0] * sigma[k]! + d[1] * sigma[3 + k]! + d[2] * sigma[6 + k]!;
    for (let j = 0; j < 3; j++) {
      let q = 0;
      for (let k = 0; k < 3; k++) q -= row[k]! * cofactor(F, k, j);
      flow[3 * c + j] = q + 0;
    }
  }
  return { pressure, shear, stress, stretchMin, stretchMax, work, flow };
}

/** Where xx, yy, zz, xy, yz and xz stand in a 3×3 matrix, row-major. */
const SYMMETRIC = [0, 4, 8, 1, 5, 2] as const;
