import { cornerOffsets } from '../base/grid.ts';

/** Where surface points lie among the cells: the cell of each (3 indices) and the place in it, 0…1 (3). */
export interface PointPlaces {
  /** Number of cells along x, y, z. */
  readonly size: readonly [number, number, number];
  readonly pointCell: ArrayLike<number>;
  readonly pointPlace: ArrayLike<number>;
}

/**
 * Contact pressure as the nodes carry it: nodal force by nodal area, interpolated back to the points, trilinear. Contact is enforced at many
 * points of each face, more than its displacements can tell apart, so single points take the load of their neighbours.
 * @param areas reference area of each point, mm²
 * @param loads what presses on each point, kPa·mm²
 * @returns pressure at each point per reference area, kPa
 */
export function nodalPressure(
  { size, pointCell, pointPlace }: PointPlaces,
  areas: ArrayLike<number>,
  loads: ArrayLike<number>,
): Float64Array {
  const [nx, ny] = [size[0] + 1, size[1] + 1];
  const nodes = nx * ny * (size[2] + 1);
  const count = areas.length;
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
    const load = loads[s]!;
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
