import { cellCorners, type Grid } from '../base/grid.ts';

/** Deformation gradient F in the middle of a cell, row-major (row = component of the pressed place), from the displacement of its corners (nodes×3, mm). */
export function deformationGradient(grid: Grid, displacement: ArrayLike<number>, cell: number): Float64Array {
  const F = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  const corners = cellCorners(grid, cell);
  for (let c = 0; c < 8; c++)
    for (let axis = 0; axis < 3; axis++) {
      const sign = ((c >> axis) & 1) === 1 ? 1 : -1;
      for (let row = 0; row < 3; row++)
        F[3 * row + axis] = F[3 * row + axis]! + (sign * displacement[3 * corners[c]! + row]!) / (4 * grid.spacing);
    }
  return F;
}
