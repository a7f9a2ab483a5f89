import type { EngineSetup, LinearisedContact } from '../engine.ts';
import { coarsenStiffness } from '../fibre-levels.ts';
import { coarsenSprings, NO_SPRINGS, type Springs } from '../springs.ts';
import { corner, edgesOf, putPoint, type Views } from './fill-memory.ts';
import { FROZEN_POINT, type Level, type MemoryPlan, POINT } from './memory-plan.ts';

/**
 * Writes the frozen contact: points and springs by cell layer for the finest level; for the others nodal blocks (with the springs to the
 * ground) in the points' stead, and springs of their own. Fibres are points of their own on every level.
 */
export function fillContact(
  setup: EngineSetup,
  plan: MemoryPlan,
  views: Views,
  { points, stiffness, springs = NO_SPRINGS, fibres = NONE }: LinearisedContact,
): void {
  const { pointCell, pointPlace } = setup;
  const { f32 } = views;
  let onLevel = springs;
  let along = fibres;
  plan.levels.forEach((level, l) => {
    const fine = plan.levels[l - 1];
    if (fine === undefined) {
      const layerOf = (s: number): number => pointCell[3 * s + 2]!;
      fillLayers(level, views, onLevel, along, points, layerOf, plan.points, stiffness);
    } else if (level.frozen > 0) {
      onLevel = coarsenSprings(onLevel, fine.grid.kept, fine.grid.size);
      if (along.length > 0) along = coarsenStiffness(fine.fibres, along, level.fibres);
      fillLayers(level, views, onLevel, along, new Int32Array(0), () => 0, 0, stiffness);
    }
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

const NONE = new Float64Array(0);

/** Sorts what touches on a level by its cell layers: first the points, then both ends of every spring, then the fibres. */
function fillLayers(
  { layout, frozen, frozenLayers, ends, fibres, fibrePoints }: Level,
  views: Views,
  springs: Springs,
  along: Float64Array,
  points: Int32Array,
  layerOf: (point: number) => number,
  pointsAt: number,
  stiffness: Float64Array,
): void {
  const { f32, i32 } = views;
  const layers = layout.size[2];
  // where each layer's points begin
  const first = i32.subarray(frozenLayers >> 2, (frozenLayers >> 2) + layers + 1);
  first.fill(0);
  const { count, cell, place, stiffness: K } = springs;
  for (const s of points) first[layerOf(s) + 1]!++;
  for (let e = 0; e < 2 * count; e++) first[cell[3 * e + 2]! + 1]!++;
  // a slack fibre is none
  const bears = (s: number): boolean => along[6 * s]! > 0 || along[6 * s + 1]! > 0 || along[6 * s + 2]! > 0;
  for (let s = 0; 6 * s < along.length; s++) if (bears(s)) first[fibres.cell[3 * s + 2]! + 1]!++;
  for (let k = 0; k < layers; k++) first[k + 1] = first[k + 1]! + first[k]!;
  const next = first.slice();
  const put = (layer: number, at: number, values: Float64Array, from: number, other: number): void => {
    const to = (frozen + FROZEN_POINT * next[layer]!++) >> 2;
    i32[to] = at;
    for (let c = 0; c < 6; c++) f32[to + 1 + c] = values[from + c]!;
    i32[to + 7] = other;
  };
  points.forEach((s, p) => {
    put(layerOf(s), pointsAt + POINT * s, stiffness, 6 * p, 0);
  });
  for (let e = 0; e < 2 * count; e++) {
    const at = ends + POINT * e;
    const [i, j, k] = [cell[3 * e]!, cell[3 * e + 1]!, cell[3 * e + 2]!];
    putPoint(views, at, layout, i, j, k, place[3 * e]!, place[3 * e + 1]!, place[3 * e + 2]!);
    put(k, at, K, 6 * (e >> 1), ends + POINT * (e ^ 1));
  }
  for (let s = 0; 6 * s < along.length; s++)
    if (bears(s)) put(fibres.cell[3 * s + 2]!, fibrePoints + POINT * s, along, 6 * s, 0);
}
