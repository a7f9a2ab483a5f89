import { densePath } from '../anatomy/dense-points.ts';
import type { Shape, ShapedStructure, Tube } from '../anatomy/shape.ts';
import type { Side, Tissue } from '../anatomy/tissue.ts';
import { norm } from '../base/elementary.ts';
import type { Vec3 } from '../base/grid.ts';
import { dot } from '../base/vec.ts';

/** What is drawn along its course: a pipe two or three voxels wide is beads when it is drawn from its voxels. */
const PIPES: readonly Tissue[] = ['artery', 'vein'];

const isPipe = (shape: Shape): shape is Tube => shape.kind === 'tube' && shape.clip === undefined;

/** The tubes of a vessel, where it is made of nothing else. */
export function tubesOf(
  structures: readonly ShapedStructure[],
  row: { readonly structure: string; readonly side: Side; readonly tissue: Tissue },
): readonly Tube[] | undefined {
  if (!PIPES.includes(row.tissue)) return undefined;
  const shapes = structures
    .filter((s) => s.structure === row.structure && s.side === row.side)
    .flatMap((s) => s.shapes);
  return shapes.length > 0 && shapes.every(isPipe) ? shapes : undefined;
}

/** Smallest radius of tubes, across the way in which they are flattened, mm. */
export const thinnest = (tubes: readonly Tube[]): number =>
  Math.min(...tubes.flatMap(({ points, flatten }) => points.map((point) => point[3]! * (flatten?.ratio ?? 1))));

/**
 * Where tubes are, as a share that falls from 1 to 0 over two blocks across their wall: one half on it. So a surface at one half lies where the wall is, to
 * a fraction of a block.
 * @param size of a lattice of points, `first` the place of its first one, mm, `block` their distance
 */
export function tubeShares(tubes: readonly Tube[], size: Vec3, first: Vec3, block: number): Float32Array {
  const shares = new Float32Array(size[0] * size[1] * size[2]);
  for (const { points, flatten } of tubes) {
    // the metric of voxel/rasterise.ts: a flattened tube is thinner along its axis
    const [ax, ay, az] = flatten?.axis ?? [0, 0, 0];
    const length = norm([ax, ay, az]) || 1;
    const axis: Vec3 = [ax / length, ay / length, az / length];
    const gain = flatten ? 1 / flatten.ratio - 1 : 0;
    const metric = (v: Vec3): Vec3 => {
      const along = gain * dot(v, axis);
      return [v[0] + along * axis[0], v[1] + along * axis[1], v[2] + along * axis[2]];
    };
    const path = densePath(points);
    for (let s = 0; s + 7 < path.length; s += 4) {
      const p: Vec3 = [path[s]!, path[s + 1]!, path[s + 2]!];
      const q: Vec3 = [path[s + 4]!, path[s + 5]!, path[s + 6]!];
      const [r, dr] = [path[s + 3]!, path[s + 7]! - path[s + 3]!];
      const e = metric([q[0] - p[0], q[1] - p[1], q[2] - p[2]]);
      const squared = dot(e, e);
      const reach = Math.max(r, r + dr) + 2 * block;
      const low = [0, 1, 2].map((d) => Math.max(0, Math.ceil((Math.min(p[d]!, q[d]!) - reach - first[d]!) / block)));
      const high = [0, 1, 2].map((d) =>
        Math.min(size[d]! - 1, Math.floor((Math.max(p[d]!, q[d]!) + reach - first[d]!) / block)),
      );
      for (let k = low[2]!; k <= high[2]!; k++)
        for (let j = low[1]!; j <= high[1]!; j++)
          for (let i = low[0]!; i <= high[0]!; i++) {
            const v: Vec3 = [first[0] + i * block - p[0], first[1] + j * block - p[1], first[2] + k * block - p[2]];
            const m = metric(v);
            const t = squared > 0 ? Math.min(1, Math.max(0, dot(m, e) / squared)) : 0;
            const off: Vec3 = [m[0] - t * e[0], m[1] - t * e[1], m[2] - t * e[2]];
            // beside a flattened tube the metric's distance is the longer one where the tube is thin
            const away = Math.sqrt(dot(off, off)) - (r + t * dr);
            const share = Math.min(1, Math.max(0, 0.5 - away / (2 * block)));
            const n = i + size[0] * (j + size[1] * k);
            if (share > shares[n]!) shares[n] = share;
          }
    }
  }
  return shares;
}
