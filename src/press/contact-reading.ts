import { norm } from '../base/elementary.ts';
import type { Vec3 } from '../base/grid.ts';
import { sampleNodes } from '../base/sample-nodes.ts';
import { cross, minus, pointAt } from '../base/vec.ts';
import type { Solution } from '../mechanics/solution.ts';
import type { VoxelModel } from '../voxel/model.ts';
import { TOOL } from './mechanical-problem.ts';

export interface ContactReading {
  /** Pressure at each skin triangle, deformed area, kPa. */
  readonly pressure: Float32Array;
  /** Deformed area of the skin on which the tool (not the floor) presses with at least a tenth of `peak`, mm². */
  readonly total: number;
  /** Largest mean over at least 1 cm² of touched skin, kPa. */
  readonly peak: number;
}

/** Skin counts as touched where it carries at least this share of the pressure on the most pressed cm²: the last percent fade out over a cell. */
const TOUCHED = 0.1;

/**
 * Contact pressures of the tool per deformed area. What the body feels is the force on its nodes, so that is what is read (see
 * mechanics/nodal-pressure.ts), and brought to the skin as it lies now. The sum stays the force.
 */
export function contactPressure(
  solution: Pick<Solution, 'contactPressure'> & { readonly displacement: ArrayLike<number> },
  { triangleOf, areas }: { readonly triangleOf: ArrayLike<number>; readonly areas: Float64Array },
  { grid, skin }: Pick<VoxelModel, 'grid' | 'skin'>,
): ContactReading {
  const { vertices: v, triangles: t } = skin;
  const count = t.length / 3;
  const load = new Float64Array(count);
  const felt = solution.contactPressure(TOOL);
  for (let s = 0; s < areas.length; s++) {
    const k = triangleOf[s]!;
    load[k] = load[k]! + felt[s]! * areas[s]!;
  }
  // vertices move with the grid
  const places = new Map<number, Vec3>();
  const by = new Float64Array(3);
  const moved = (vertex: number): Vec3 => {
    let p = places.get(vertex);
    if (p === undefined) {
      const [x, y, z] = pointAt(v, 3 * vertex);
      sampleNodes(grid, solution.displacement, 3, x, y, z, by);
      p = [x + by[0]!, y + by[1]!, z + by[2]!];
      places.set(vertex, p);
    }
    return p;
  };
  const pressure = new Float32Array(count);
  const area = new Float32Array(count);
  const centre: number[] = [];
  const list: number[] = [];
  for (let k = 0; k < count; k++) {
    if (load[k] === 0) continue;
    const [a, b, c] = [moved(t[3 * k]!), moved(t[3 * k + 1]!), moved(t[3 * k + 2]!)];
    area[k] = 0.5 * norm(cross(minus(b, a), minus(c, a)));
    pressure[k] = load[k]! / area[k]!;
    list.push(k);
    for (let d = 0; d < 3; d++) centre.push((a[d]! + b[d]! + c[d]!) / 3);
  }
  const peak = patchPeak(list, centre, pressure, area);
  const total = list.reduce((sum, k) => sum + (pressure[k]! >= TOUCHED * peak ? area[k]! : 0), 0);
  return { pressure, total, peak };
}

/** Highest mean pressure over a patch that grows from a touched triangle until it holds 1 cm². */
function patchPeak(
  list: readonly number[],
  centre: readonly number[],
  pressure: Float32Array,
  area: Float32Array,
): number {
  const PATCH = 100;
  // the highest patch surrounds one of the highest triangles: try the top 60
  const order = list.map((_, i) => i).sort((a, b) => pressure[list[b]!]! - pressure[list[a]!]! || a - b);
  let peak = 0;
  for (const o of order.slice(0, 60)) {
    const [x, y, z] = [centre[3 * o]!, centre[3 * o + 1]!, centre[3 * o + 2]!];
    const near = list
      .map((k, i) => ({
        k,
        d: (centre[3 * i]! - x) ** 2 + (centre[3 * i + 1]! - y) ** 2 + (centre[3 * i + 2]! - z) ** 2,
      }))
      .filter((n) => n.d < 900)
      .sort((a, b) => a.d - b.d || a.k - b.k);
    let load = 0;
    let sum = 0;
    for (const { k } of near) {
      load += pressure[k]! * area[k]!;
      sum += area[k]!;
      if (sum >= PATCH) break;
    }
    peak = Math.max(peak, load / Math.max(sum, PATCH));
  }
  return peak;
}
