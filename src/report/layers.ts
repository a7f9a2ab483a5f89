import { cellAt, type Vec3 } from '../base/grid.ts';
import type { Press } from '../press/press.ts';
import type { Side } from '../voxel/model.ts';
import type { DeformedBody } from './deformed-body.ts';

/** A stretch of one structure on the line of the push. */
export interface Layer {
  readonly structure: string;
  readonly side: Side;
  /** Thickness along the line in the pressed body, mm. */
  readonly thickness: number;
}

/** How far the line is followed, mm: beyond the front of the spine in large people (skin to aorta 79 mm, evidence V-38, and its width). */
const REACH = 160;
const STEP = 0.5;

/**
 * What the push meets, in order, on the line from the deepest contact along the push, in the pressed body: until the far
 * end of the psoas, or bone, or 160 mm.
 */
export function layersUnderTool(press: Press, body: DeformedBody, from: Vec3): Layer[] {
  const { fine } = press.model;
  const { direction } = press.placed;
  const layers: { structure: string; side: Side; thickness: number }[] = [];
  let near: Vec3 | undefined;
  for (let s = STEP / 2; s < REACH; s += STEP) {
    const place: Vec3 = [from[0] + s * direction[0], from[1] + s * direction[1], from[2] + s * direction[2]];
    near = body.atRest(place, near);
    const cell = cellAt(fine.grid, near[0], near[1], near[2]);
    const label = cell === -1 ? 0 : fine.labels[cell]!;
    if (label === 0) {
      if (layers.length > 0) break;
      continue;
    }
    const { structure, side, tissue } = fine.table[label]!;
    const last = layers.at(-1);
    if (last?.structure === structure && last.side === side) last.thickness += STEP;
    else if (last?.structure === 'psoas_major') break;
    else layers.push({ structure, side, thickness: STEP });
    if (tissue === 'bone') break;
  }
  return layers;
}

/** Structures of the layers that are at least `least` mm thick in all, each once, in the order in which they come. */
export function namedLayers(layers: readonly Layer[], least: number): Layer[] {
  const merged: { structure: string; side: Side; thickness: number }[] = [];
  for (const layer of layers) {
    const known = merged.find((m) => m.structure === layer.structure && m.side === layer.side);
    if (known === undefined) merged.push({ ...layer });
    else known.thickness += layer.thickness;
  }
  return merged.filter((layer) => layer.thickness >= least);
}
