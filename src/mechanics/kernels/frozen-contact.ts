import type { EngineSetup, LinearisedContact } from '../engine.ts';
import { corner, edgesOf, type Views } from './fill-memory.ts';
import { FROZEN_POINT, type MemoryPlan, POINT } from './memory-plan.ts';

/** Writes the frozen contact: points by cell layer for the finest level, nodal blocks (with the springs) for the others. */
export function fillContact(
  setup: EngineSetup,
  plan: MemoryPlan,
  { f32, i32 }: Views,
  { points, stiffness }: LinearisedContact,
): void {
  const { pointCell, pointPlace } = setup;
  const layers = plan.levels[0]!.layout.size[2];
  // where each layer's points begin
  const first = i32.subarray(plan.frozenLayers >> 2, (plan.frozenLayers >> 2) + layers + 1);
  first.fill(0);
  for (const s of points) first[pointCell[3 * s + 2]! + 1]!++;
  for (let k = 0; k < layers; k++) first[k + 1] = first[k + 1]! + first[k]!;
  const next = first.slice();
  points.forEach((s, p) => {
    const to = (plan.frozen + FROZEN_POINT * next[pointCell[3 * s + 2]!]!++) >> 2;
    i32[to] = plan.points + POINT * s;
    for (let c = 0; c < 6; c++) f32[to + 1 + c] = stiffness[6 * p + c]!;
  });

  for (let l = 1; l < plan.levels.length; l++) {
    const { layout, blocks, ground } = plan.levels[l]!;
    const n = layout.nodes;
    const K = blocks >> 2;
    for (let c = 0; c < 3; c++) f32.copyWithin(K + c * n, ground >> 2, (ground >> 2) + n);
    f32.fill(0, K + 3 * n, K + 6 * n);
  }
  const cell = [0, 0, 0];
  const place = [0, 0, 0];
  points.forEach((s, p) => {
    for (let d = 0; d < 3; d++) {
      cell[d] = pointCell[3 * s + d]!;
      place[d] = pointPlace[3 * s + d]!;
    }
    for (let l = 1; l < plan.levels.length; l++) {
      const { kept } = plan.levels[l - 1]!.grid;
      for (let d = 0; d < 3; d++) {
        if ((kept >> d) & 1) continue;
        place[d] = (place[d]! + (cell[d]! & 1)) / 2;
        cell[d] = cell[d]! >> 1;
      }
      const { layout, blocks } = plan.levels[l]!;
      const edges = edgesOf(layout, cell[0]!, cell[1]!, cell[2]!);
      for (let i = 0; i < 8; i++) {
        const w = corner(place[0]!, place[1]!, place[2]!, i);
        let at = (blocks >> 2) + (edges[i >> 1]! >> 2) + (i & 1);
        for (let c = 6 * p; c < 6 * p + 6; c++, at += layout.nodes) f32[at] = f32[at]! + w * stiffness[c]!;
      }
    }
  });
}
