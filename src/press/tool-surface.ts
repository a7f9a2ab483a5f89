import { norm } from '../base/elementary.ts';
import type { Vec3 } from '../base/grid.ts';
import { dot, vec3 } from '../base/vec.ts';
import { trianglesOf } from '../voxel/mesh.ts';
import { surfaceNet } from '../voxel/surface-net.ts';
import type { PlacedTool } from './press.ts';

/** A laid tool as triangles at first touch. Plain data. At depth d it has moved by d·direction. */
export interface ToolSurface {
  /** n×3, mm, LPS. */
  readonly vertices: Float32Array;
  /** Unit normals, n×3, outward. */
  readonly normals: Float32Array;
  /** m×3, counter-clockwise from outside. */
  readonly triangles: Uint32Array;
  /** Unit vector of the push. */
  readonly direction: Vec3;
  /** The aimed point on the skin. */
  readonly at: Vec3;
  /** The tool's foremost point along the push: cuts through the tool go through it. */
  readonly apex: Vec3;
  /** The floor under the tool at first touch: a point on it and its normal toward the body; absent for a hand-held tool. */
  readonly floor?: { readonly point: Vec3; readonly normal: Vec3 };
}

/** Lattice spacings, mm: to find the tool, and to draw it. */
const COARSE = 8;
const FINE = 3.5;

/** Meshes a laid tool from its signed distance; edges rounded by less than a millimetre. */
export function toolSurface(placed: PlacedTool, spacing = FINE): ToolSurface {
  const { at, direction, tool } = placed;
  const distance = (p: Vec3): number => placed.distance(p[0], p[1], p[2], 0);
  const reach = norm([0, 1, 2].map((d) => tool.bounds.max[d]! - tool.bounds.min[d]!)) + 60;
  const { low, high } = boxAround(at, reach, distance);
  const size = low.map((l, d) => Math.ceil((high[d]! - l) / spacing) + 3) as [number, number, number];
  const origin = low.map((l) => l - spacing) as [number, number, number];
  const values = new Float32Array(size[0] * size[1] * size[2]);
  for (let k = 0, n = 0; k < size[2]; k++)
    for (let j = 0; j < size[1]; j++)
      for (let i = 0; i < size[0]; i++, n++) {
        const rim = i === 0 || j === 0 || k === 0 || i === size[0] - 1 || j === size[1] - 1 || k === size[2] - 1;
        const away = distance([origin[0] + i * spacing, origin[1] + j * spacing, origin[2] + k * spacing]);
        values[n] = rim ? -spacing : -away;
      }
  const net = surfaceNet(values, size, 0);
  const vertices = net.vertices;
  const normals = new Float32Array(vertices.length);
  let apex: Vec3 = at;
  let foremost = Number.NEGATIVE_INFINITY;
  for (let n = 0; n < vertices.length; n += 3) {
    let p = vec3((d) => origin[d] + vertices[n + d]! * spacing);
    let g = gradient(p, distance);
    for (let pass = 0; pass < 2; pass++) {
      const away = distance(p);
      p = [p[0] - away * g[0], p[1] - away * g[1], p[2] - away * g[2]];
      g = gradient(p, distance);
    }
    vertices.set(p, n);
    normals.set(g, n);
    const far = dot(p, direction);
    if (far > foremost + 0.05) {
      foremost = far;
      apex = p;
    }
  }
  const surface: ToolSurface = { vertices, normals, triangles: trianglesOf(net.quads, vertices), direction, at, apex };
  if (placed.floor === undefined) return surface;
  const floor = placed.floor;
  const height = (p: Vec3): number => floor(p[0], p[1], p[2], 0);
  const normal = gradient(at, height);
  const up = height(at);
  return {
    ...surface,
    floor: { point: [at[0] - up * normal[0], at[1] - up * normal[1], at[2] - up * normal[2]], normal },
  };
}

/** A box around everything within a coarse step of the tool. */
function boxAround(at: Vec3, reach: number, distance: (p: Vec3) => number): { low: number[]; high: number[] } {
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let z = -reach; z <= reach; z += COARSE)
    for (let y = -reach; y <= reach; y += COARSE)
      for (let x = -reach; x <= reach; ) {
        const p: Vec3 = [at[0] + x, at[1] + y, at[2] + z];
        const away = distance(p);
        // half the diagonal of a coarse cell: nothing of the tool is missed
        if (away < 0.87 * COARSE)
          for (let d = 0; d < 3; d++) {
            low[d] = Math.min(low[d]!, p[d]! - COARSE);
            high[d] = Math.max(high[d]!, p[d]! + COARSE);
          }
        // distances never change faster than the point moves
        x += COARSE * Math.max(1, Math.floor((away - 0.87 * COARSE) / COARSE));
      }
  return { low, high };
}

function gradient(p: Vec3, f: (p: Vec3) => number): Vec3 {
  const e = 0.2;
  const g = [0, 1, 2].map((d) => {
    const q: [number, number, number] = [p[0], p[1], p[2]];
    q[d]! += e;
    const up = f(q);
    q[d]! -= 2 * e;
    return up - f(q);
  }) as [number, number, number];
  const n = norm(g) || 1;
  return [g[0] / n, g[1] / n, g[2] / n];
}
