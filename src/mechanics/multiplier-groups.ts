import { cellIndex, type Grid } from '../base/grid.ts';
import { at3, type InterfaceParts, sideOf } from './interface-parts.ts';

/** Cells along an edge of what shares a multiplier, and the least area that has one of its own, as a share of a face of that. */
const GROUP = 2;
const LEAST_AREA = 0.3;
/** Groups that join others may still be small together, so often; they look the same way at this cosine. */
const MERGES = 4;
const ALIKE = 0.3;

/**
 * Which points share a multiplier: those of one interface in 2×2×2 cells that look the same way; where they have less area than it takes, they join the
 * nearest others of their interface.
 * @param cells the cell of each point (n×3)
 * @returns a number for each point, and how many numbers there are
 */
export function multiplierGroups(
  { count, begins, points, areas, normals, tied }: InterfaceParts,
  cells: ArrayLike<number>,
  grid: Grid,
): { group: Int32Array; groups: number } {
  const group = new Int32Array(count);
  const numbers = new Map<number, number>();
  const partOf: number[] = [];
  for (let p = 0; p + 1 < begins.length; p++)
    for (let s = begins[p]!; s < begins[p + 1]!; s++) {
      const [i, j, k] = at3(cells, s).map((c) => Math.floor(c / GROUP));
      // one multiplier cannot serve two sides of an edge
      const key = 6 * (256 * cellIndex(grid, i!, j!, k!) + p) + sideOf(normals, s);
      const known = numbers.get(key);
      group[s] = known ?? numbers.size;
      if (known !== undefined) continue;
      numbers.set(key, numbers.size);
      partOf.push(p);
    }
  const groups = numbers.size;
  const least = LEAST_AREA * (GROUP * grid.spacing) ** 2;
  for (let round = 0; round < MERGES; round++) {
    const area = new Float64Array(groups);
    const middle = new Float64Array(3 * groups);
    const facing = new Float64Array(3 * groups);
    for (let s = 0; s < count; s++) {
      if (tied[s] === 1) continue;
      const g = group[s]!;
      area[g] = area[g]! + areas[s]!;
      for (let c = 0; c < 3; c++) {
        middle[3 * g + c] = middle[3 * g + c]! + areas[s]! * points[3 * s + c]!;
        facing[3 * g + c] = facing[3 * g + c]! + areas[s]! * normals[3 * s + c]!;
      }
    }
    const to = Int32Array.from({ length: groups }, (_, g) => g);
    for (let g = 0; g < groups; g++) {
      if (area[g] === 0 || area[g]! >= least) continue;
      let nearest = Number.POSITIVE_INFINITY;
      for (let m = 0; m < groups; m++) {
        if (m === g || partOf[m] !== partOf[g] || area[m] === 0 || (area[m]! < least && m > g)) continue;
        let [along, away] = [0, 0];
        for (let c = 0; c < 3; c++) {
          along += (facing[3 * g + c]! * facing[3 * m + c]!) / (area[g]! * area[m]!);
          away += (middle[3 * g + c]! / area[g]! - middle[3 * m + c]! / area[m]!) ** 2;
        }
        if (along < ALIKE || away >= nearest) continue;
        nearest = away;
        to[g] = m;
      }
    }
    for (let s = 0; s < count; s++) if (tied[s] === 0) group[s] = to[group[s]!]!;
  }
  return { group, groups };
}
