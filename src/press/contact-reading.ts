import { hypot } from '../base/elementary.ts';
import { cornerOffsets } from '../base/grid.ts';
import { sampleNodes } from '../base/sample-nodes.ts';
import type { Solver } from '../mechanics/solver.ts';
import type { VoxelModel } from '../voxel/model.ts';
import { type PressProblem, TOOL } from './mechanical-problem.ts';

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
 * Contact pressures per deformed area. The solver enforces contact at many points of each face, more than its displacements can
 * tell apart: single points take the load of their neighbours, the more so the tighter it converges. What the body feels is the
 * force on its nodes, so that is what is read: nodal force by nodal area, interpolated back to the skin. The sum stays the force.
 */
export function contactPressure(solver: Solver, press: PressProblem, model: VoxelModel): ContactReading {
  const { contact } = solver;
  const { vertices: v, triangles: t } = model.skin;
  const count = t.length / 3;
  const load = new Float64Array(count);
  const felt = nodalPressure(solver);
  for (let s = 0; s < contact.at.count; s++) {
    const k = press.triangleOf[s]!;
    load[k] = load[k]! + felt[s]! * contact.at.areas[s]!;
  }
  // vertices move with the grid
  const { grid } = model;
  const places = new Map<number, Float64Array>();
  const moved = (vertex: number): Float64Array => {
    let p = places.get(vertex);
    if (p === undefined) {
      p = new Float64Array(3);
      const q = new Float64Array(1);
      for (let d = 0; d < 3; d++) {
        const plane = solver.u.subarray(d * solver.nodes, (d + 1) * solver.nodes);
        sampleNodes(grid, plane, 1, v[3 * vertex]!, v[3 * vertex + 1]!, v[3 * vertex + 2]!, q);
        p[d] = v[3 * vertex + d]! + q[0]!;
      }
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
    const e1 = [b[0]! - a[0]!, b[1]! - a[1]!, b[2]! - a[2]!];
    const e2 = [c[0]! - a[0]!, c[1]! - a[1]!, c[2]! - a[2]!];
    area[k] =
      0.5 *
      hypot(e1[1]! * e2[2]! - e1[2]! * e2[1]!, e1[2]! * e2[0]! - e1[0]! * e2[2]!, e1[0]! * e2[1]! - e1[1]! * e2[0]!);
    pressure[k] = load[k]! / area[k]!;
    list.push(k);
    for (let d = 0; d < 3; d++) centre.push((a[d]! + b[d]! + c[d]!) / 3);
  }
  const peak = patchPeak(list, centre, pressure, area);
  const total = list.reduce((sum, k) => sum + (pressure[k]! >= TOUCHED * peak ? area[k]! : 0), 0);
  return { pressure, total, peak };
}

/** Contact pressure of the tool at every contact point (reference area, kPa), as the nodes carry it: force by area, trilinear. */
function nodalPressure(solver: Solver): Float64Array {
  const { contact, nodes } = solver;
  const tool = solver.bodyIndex(TOOL);
  const { size, pointCell, pointPlace } = solver.setup;
  const [nx, ny] = [size[0] + 1, size[1] + 1];
  const { count, areas } = contact.at;
  const force = new Float64Array(nodes);
  const area = new Float64Array(nodes);
  const corners = cornerOffsets(nx, nx * ny);
  const base = (s: number): number => pointCell[3 * s]! + nx * (pointCell[3 * s + 1]! + ny * pointCell[3 * s + 2]!);
  const weight = new Float64Array(8);
  const weigh = (s: number): void => {
    // a point just outside its cell counts as on its face: no share is negative
    const [x, y, z] = [0, 1, 2].map((d) => Math.min(Math.max(pointPlace[3 * s + d]!, 0), 1)) as [
      number,
      number,
      number,
    ];
    for (let k = 0; k < 8; k++) weight[k] = (k & 1 ? x : 1 - x) * ((k >> 1) & 1 ? y : 1 - y) * (k >> 2 ? z : 1 - z);
  };
  for (let s = 0; s < count; s++) {
    const load = contact.shareOf(s, tool) * contact.pressure[s]! * areas[s]!;
    if (load === 0) continue;
    weigh(s);
    const b = base(s);
    for (let k = 0; k < 8; k++) force[b + corners[k]!] = force[b + corners[k]!]! + weight[k]! * load;
  }
  const touches = (s: number): boolean => {
    const b = base(s);
    for (let k = 0; k < 8; k++) if (force[b + corners[k]!]! > 0) return true;
    return false;
  };
  const touched: number[] = [];
  for (let s = 0; s < count; s++) if (touches(s)) touched.push(s);
  for (const s of touched) {
    weigh(s);
    const b = base(s);
    for (let k = 0; k < 8; k++) area[b + corners[k]!] = area[b + corners[k]!]! + weight[k]! * areas[s]!;
  }
  const pressure = new Float64Array(count);
  for (const s of touched) {
    weigh(s);
    const b = base(s);
    for (let k = 0; k < 8; k++) {
      const f = force[b + corners[k]!]!;
      if (f > 0) pressure[s] = pressure[s]! + (weight[k]! * f) / area[b + corners[k]!]!;
    }
  }
  return pressure;
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
