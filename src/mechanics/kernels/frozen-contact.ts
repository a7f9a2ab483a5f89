import type { EngineSetup, FrozenContact } from '../engine.ts';
import { corner, edgesOf, type Views } from './fill-memory.ts';
import { FROZEN_POINT, type MemoryPlan, POINT } from './memory-plan.ts';

/** Writes the frozen contact: points by cell layer for the finest level, nodal blocks (with the springs) for the others. */
export function fillContact(
  setup: EngineSetup,
  plan: MemoryPlan,
  { f32, i32 }: Views,
  { points, normals, stiffness }: FrozenContact,
): void {
  const layers = plan.levels[0]!.layout.size[2];
  const layerOf = (p: number): number => setup.pointCell[3 * points[p]! + 2]!;
  const order = Array.from(points.keys()).sort((a, b) => layerOf(a) - layerOf(b) || a - b);
  let layer = 0;
  order.forEach((p, at) => {
    while (layer <= layerOf(p)) i32[(plan.frozenLayers >> 2) + layer++] = at;
    const s = points[p]!;
    const to = (plan.frozen + FROZEN_POINT * at) >> 2;
    const from = (plan.points + POINT * s) >> 2;
    i32.copyWithin(to, from, from + 12);
    for (let c = 0; c < 3; c++) f32[to + 12 + c] = normals[3 * p + c]!;
    f32[to + 15] = stiffness[p]!;
  });
  while (layer <= layers) i32[(plan.frozenLayers >> 2) + layer++] = order.length;

  for (let l = 1; l < plan.levels.length; l++) {
    const { layout, blocks, ground } = plan.levels[l]!;
    const n = layout.nodes;
    const K = blocks >> 2;
    for (let c = 0; c < 3; c++) f32.copyWithin(K + c * n, ground >> 2, (ground >> 2) + n);
    f32.fill(0, K + 3 * n, K + 6 * n);
  }
  const cell = [0, 0, 0];
  const place = [0, 0, 0];
  order.forEach((p) => {
    const s = points[p]!;
    for (let d = 0; d < 3; d++) {
      cell[d] = setup.pointCell[3 * s + d]!;
      place[d] = setup.pointPlace[3 * s + d]!;
    }
    const [x, y, z] = [normals[3 * p]!, normals[3 * p + 1]!, normals[3 * p + 2]!];
    for (let l = 1; l < plan.levels.length; l++) {
      const { kept } = plan.levels[l - 1]!.grid;
      for (let d = 0; d < 3; d++) {
        if ((kept >> d) & 1) continue;
        place[d] = (place[d]! + (cell[d]! & 1)) / 2;
        cell[d] = cell[d]! >> 1;
      }
      const { layout, blocks } = plan.levels[l]!;
      const n = layout.nodes;
      const edges = edgesOf(layout, cell[0]!, cell[1]!, cell[2]!);
      for (let i = 0; i < 8; i++) {
        const w = stiffness[p]! * corner(place[0]!, place[1]!, place[2]!, i);
        const at = (blocks >> 2) + (edges[i >> 1]! >> 2) + (i & 1);
        f32[at] = f32[at]! + w * x * x;
        f32[at + n] = f32[at + n]! + w * y * y;
        f32[at + 2 * n] = f32[at + 2 * n]! + w * z * z;
        f32[at + 3 * n] = f32[at + 3 * n]! + w * x * y;
        f32[at + 4 * n] = f32[at + 4 * n]! + w * x * z;
        f32[at + 5 * n] = f32[at + 5 * n]! + w * y * z;
      }
    }
  });
}
