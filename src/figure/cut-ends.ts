import { atan2 } from '../base/elementary.ts';
import type { Vec3 } from '../base/grid.ts';
import type { SkinSurface } from '../voxel/model.ts';
import { type Section, SPOKES } from './tube.ts';

/** How far the figure reaches over the trunk's ends, mm. */
export const COVER = 8;

/** Where the skin of a trunk ends: heights, and the outlines from which the figure goes on. Spokes run from the left to the back. */
export interface CutEnds {
  readonly top: number;
  readonly bottom: number;
  readonly chest: Section;
  /** Left and right. */
  readonly thighs: readonly [Section, Section];
}

/** How far outside it the figure goes on, mm: its end covers the trunk's rim, so that no seam shows. */
const OVER = 0.8;

/** How far inside the end the outline is read, mm: the very end is closed flat, with a rounded rim. */
const INSIDE = 7;

/** The sections in which a trunk has been cut off above and below. */
export function cutEnds({ vertices, triangles }: SkinSurface): CutEnds {
  let [bottom, top] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let n = 2; n < vertices.length; n += 3) {
    bottom = Math.min(bottom, vertices[n]!);
    top = Math.max(top, vertices[n]!);
  }
  const above = crossings(vertices, triangles, top - INSIDE);
  const below = crossings(vertices, triangles, bottom + INSIDE);
  const thigh = (side: 1 | -1): Section =>
    outline(
      below.filter(([x]) => side * x >= 0),
      bottom,
    );
  return { top, bottom, chest: outline(above, top), thighs: [thigh(1), thigh(-1)] };
}

/** Points in which the edges of a surface cross a height. */
function crossings(v: ArrayLike<number>, triangles: Uint32Array, z: number): [number, number][] {
  const out: [number, number][] = [];
  for (let n = 0; n < triangles.length; n += 3)
    for (let e = 0; e < 3; e++) {
      const [a, b] = [3 * triangles[n + e]!, 3 * triangles[n + ((e + 1) % 3)]!];
      const [za, zb] = [v[a + 2]! - z, v[b + 2]! - z];
      // each edge belongs to two triangles, which run along it in different directions
      if (!(za < 0 && zb >= 0)) continue;
      const t = za / (za - zb);
      out.push([v[a]! + t * (v[b]! - v[a]!), v[a + 1]! + t * (v[b + 1]! - v[a + 1]!)]);
    }
  return out;
}

/** How far points reach around their middle, filled up between them and made a little smoother. */
function outline(points: readonly [number, number][], z: number): Section {
  const reach = (d: 0 | 1): readonly [number, number] => [
    Math.min(...points.map((p) => p[d])),
    Math.max(...points.map((p) => p[d])),
  ];
  const [xs, ys] = [reach(0), reach(1)];
  const at: Vec3 = [(xs[0] + xs[1]) / 2, (ys[0] + ys[1]) / 2, z];
  const around = points
    .map(([x, y]) => [atan2(y - at[1], x - at[0]), Math.hypot(x - at[0], y - at[1])] as const)
    .sort((a, b) => a[0] - b[0]);
  const turn = 2 * Math.PI;
  const radii = Float64Array.from({ length: SPOKES }, (_, n) => {
    const angle = (((turn * n) / SPOKES + Math.PI) % turn) - Math.PI;
    const after = around.findIndex(([other]) => other >= angle);
    const [b, second] = after === -1 ? around[0]! : around[after]!;
    const [a, first] = around.at((after === -1 ? 0 : after) - 1)!;
    const span = (b - a + turn) % turn || 1;
    const t = ((angle - a + turn) % turn) / span;
    return first + t * (second - first) + OVER;
  });
  return { at, radii };
}
