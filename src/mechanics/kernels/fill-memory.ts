import type { EngineSetup } from '../engine.ts';
import { slopeWeights } from '../fibre-levels.ts';
import { cellSlot, type Layout } from './layout.ts';
import { type MemoryPlan, POINT } from './memory-plan.ts';

/** Typed views of an engine's memory. */
export interface Views {
  readonly f32: Float32Array;
  readonly i32: Int32Array;
}

/** Writes the materials of all cells. @returns where each active cell lies: block × 4 + lane */
export function fillMaterial(setup: EngineSetup, plan: MemoryPlan, { f32 }: Views): Int32Array {
  const { layout } = plan.levels[0]!;
  const [nx, ny, nz] = layout.size;
  const slots = new Int32Array(setup.count);
  for (let k = 0, c = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++, c++) {
        const e = setup.indexOf[c]!;
        if (e < 0) continue;
        const slot = cellSlot(layout, i, j, k);
        slots[e] = slot;
        const m = (plan.material >> 2) + 16 * (slot >> 2) + (slot & 3);
        f32[m] = setup.mu[e]!;
        f32[m + 4] = setup.a[e]!;
        f32[m + 8] = setup.kVol[e]!;
        f32[m + 12] = setup.lumenPressure[e]!;
        const x = (plan.extra >> 2) + 16 * (slot >> 2) + (slot & 3);
        f32[x] = setup.fill[e]!;
        f32[x + 4] = setup.bulk[e]!;
        f32[x + 8] = setup.lumenPressure[e]!;
        f32[x + 12] = setup.kVol[e]!;
      }
  return slots;
}

/** Byte offsets of the four x-edges of a cell. */
export function edgesOf(layout: Layout, i: number, j: number, k: number): [number, number, number, number] {
  const ny = layout.size[1];
  const r = j + (ny + 1) * k;
  const at = (row: number): number => 4 * (layout.rowAt[row]! + i);
  return [at(r), at(r + 1), at(r + ny + 1), at(r + ny + 2)];
}

/** Trilinear weight of corner n (x fastest) at a place in a cell. */
export const corner = (x: number, y: number, z: number, n: number): number =>
  (n & 1 ? x : 1 - x) * (n & 2 ? y : 1 - y) * (n & 4 ? z : 1 - z);

/** Writes where each surface point lies: its cell's edges and the weights of its corners; and the fibres of all levels in the same way. */
export function fillPoints({ pointCell: C, pointPlace: f }: EngineSetup, plan: MemoryPlan, views: Views): void {
  const { layout } = plan.levels[0]!;
  for (let s = 0; 3 * s < C.length; s++)
    putPoint(
      views,
      plan.points + POINT * s,
      layout,
      C[3 * s]!,
      C[3 * s + 1]!,
      C[3 * s + 2]!,
      f[3 * s]!,
      f[3 * s + 1]!,
      f[3 * s + 2]!,
    );
  const weights = new Float64Array(8);
  for (const { layout, fibres, fibrePoints } of plan.levels)
    for (let s = 0; s < fibres.count; s++) {
      const { cell } = fibres;
      slopeWeights(fibres, s, weights);
      putWeights(views, fibrePoints + POINT * s, layout, cell[3 * s]!, cell[3 * s + 1]!, cell[3 * s + 2]!, weights);
    }
}

/** Writes one point at an address: of the cell i j k, at the place x y z in it. */
export function putPoint(
  views: Views,
  address: number,
  layout: Layout,
  i: number,
  j: number,
  k: number,
  x: number,
  y: number,
  z: number,
): void {
  for (let n = 0; n < 8; n++) WEIGHTS[n] = corner(x, y, z, n);
  putWeights(views, address, layout, i, j, k, WEIGHTS);
}

/** Of the point in hand. */
const WEIGHTS = new Float64Array(8);

/** The same with the weights of the cell's corners. */
function putWeights(
  { f32, i32 }: Views,
  address: number,
  { rowAt, size }: Layout,
  i: number,
  j: number,
  k: number,
  weights: Float64Array,
): void {
  const p = address >> 2;
  const row = j + (size[1] + 1) * k;
  i32[p] = 4 * (rowAt[row]! + i);
  i32[p + 1] = 4 * (rowAt[row + 1]! + i);
  i32[p + 2] = 4 * (rowAt[row + size[1] + 1]! + i);
  i32[p + 3] = 4 * (rowAt[row + size[1] + 2]! + i);
  for (let n = 0; n < 8; n++) f32[p + 4 + n] = weights[n]!;
}

/** Writes the springs to the ground on all levels, by full weighting. */
export function fillGround(setup: EngineSetup, { levels }: MemoryPlan, { f32 }: Views): void {
  let box = setup.ground;
  levels.forEach(({ layout, ground }, l) => {
    const [nx, ny, nz] = layout.size;
    if (l > 0) box = restrictBox(box, levels[l - 1]!.layout.size, layout.size);
    for (let k = 0, b = 0; k <= nz; k++)
      for (let j = 0; j <= ny; j++)
        for (let i = 0; i <= nx; i++, b++) {
          if (box[b] === 0) continue;
          const row = j + (ny + 1) * k;
          if (i >= layout.rowLo[row]! && i < layout.rowHi[row]!) f32[(ground >> 2) + layout.rowAt[row]! + i] = box[b]!;
        }
  });
}

/** Full weighting of nodal values from a box to the next coarser one. */
function restrictBox(
  from: Float64Array,
  fine: readonly [number, number, number],
  coarse: readonly [number, number, number],
): Float64Array<ArrayBuffer> {
  const out = new Float64Array((coarse[0] + 1) * (coarse[1] + 1) * (coarse[2] + 1));
  const near = (i: number, d: 0 | 1 | 2): readonly [number, number] =>
    coarse[d] === fine[d] ? [i, i] : [i >> 1, (i + 1) >> 1];
  for (let k = 0, b = 0; k <= fine[2]; k++)
    for (let j = 0; j <= fine[1]; j++)
      for (let i = 0; i <= fine[0]; i++, b++) {
        const v = 0.125 * from[b]!;
        if (v === 0) continue;
        for (const z of near(k, 2))
          for (const y of near(j, 1))
            for (const x of near(i, 0)) {
              const at = x + (coarse[0] + 1) * (y + (coarse[1] + 1) * z);
              out[at] = out[at]! + v;
            }
      }
  return out;
}
