import { pow } from '../base/elementary.ts';
import { cellCorners, type Vec3 } from '../base/grid.ts';
import type { VoxelModel } from '../voxel/model.ts';

/** What one bone gives back along the push, N; both sides of a pair together. */
export interface BoneForce {
  readonly structure: string;
  readonly force: number;
}

/**
 * Where the push ends: the force along the push that each bone's springs give back, largest first. A cell that several bones share is
 * divided by their volumes in it.
 * @param held springs of bone in each cell, kPa/mm²
 * @param direction of the push, unit vector
 * @param displacement of every node (nodes×3), mm
 */
export function boneForces(
  held: Float64Array,
  direction: Vec3,
  displacement: ArrayLike<number>,
  { grid, parts }: VoxelModel,
): BoneForce[] {
  const [dx, dy, dz] = direction;
  const bones = parts.filter((part) => part.tissue === 'bone');
  const share = new Float64Array(grid.size[0] * grid.size[1] * grid.size[2]);
  for (const { cells, fraction } of bones)
    for (let n = 0; n < cells.length; n++) share[cells[n]!] = share[cells[n]!]! + fraction[n]!;
  const sums = new Map<string, number>();
  for (const { structure, cells, fraction } of bones) {
    let force = 0;
    for (let n = 0; n < cells.length; n++) {
      const cell = cells[n]!;
      const spring = held[cell]!;
      if (!(spring > 0)) continue;
      let moved = 0;
      for (const node of cellCorners(grid, cell))
        moved += dx * displacement[3 * node]! + dy * displacement[3 * node + 1]! + dz * displacement[3 * node + 2]!;
      // kPa/mm² · mm³ · mm = 10⁻³ N
      force += ((spring * pow(grid.spacing, 3) * moved) / 8) * (fraction[n]! / share[cell]!) * 1e-3;
    }
    sums.set(structure, (sums.get(structure) ?? 0) + force);
  }
  return [...sums]
    .map(([structure, force]) => ({ structure, force }))
    .sort((a, b) => b.force - a.force || (a.structure < b.structure ? -1 : 1));
}
