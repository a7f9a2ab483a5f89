import { pow } from '../base/elementary.ts';
import { InputError } from '../base/errors.ts';
import { cellCentre, type Vec3 } from '../base/grid.ts';
import type { Note } from '../base/note.ts';
import { tell } from '../base/told.ts';
import { dot, minus } from '../base/vec.ts';
import { PRESS_ERRORS } from '../messages/errors/press.data.ts';
import { note } from '../messages/note.ts';
import type { Tissue, VoxelModel } from '../voxel/model.ts';
import type { PlacedTool } from './press.ts';

/** How far along the body bone is looked for to either side of the tool, mm: half a lumbar spine. */
const REACH = 75;
/** Least bone across the body, mm²: a quarter of the section of a vertebral body, of which every part of a trunk has one or more. */
const BONE_LEAST = 300;

/** Tissues that are held rigidly (materials.ts). */
const HELD: readonly Tissue[] = ['bone', 'disc', 'cartilage'];

/**
 * Bone alone holds the body against the push. A trunk has some in every section; a scan in which it was not found has not.
 * @throws InputError where there is too little of it beyond the skin that the tool is laid on
 */
export function assertHeld(model: VoxelModel, at: Vec3, direction: Vec3): void {
  const { origin, size, spacing: h } = model.grid;
  const nz = size[2];
  let volume = 0;
  for (const part of model.parts) {
    if (!HELD.includes(part.tissue)) continue;
    for (let n = 0; n < part.cells.length; n++) {
      const from = minus(cellCentre(model.grid, part.cells[n]!), at);
      if (Math.abs(from[2]) > REACH) continue;
      if (dot(from, direction) > 0) volume += part.fraction[n]! * pow(h, 3);
    }
  }
  const length = Math.min(at[2] + REACH, origin[2] + nz * h) - Math.max(at[2] - REACH, origin[2]);
  const area = volume / Math.max(length, h);
  if (area >= BONE_LEAST) return;
  throw new InputError(tell(PRESS_ERRORS, 'error.press.no-bone', { area: (area / 100).toFixed(1) }));
}

/**
 * Says of a depth whether the tool would be past the middle of the trunk, where a body that bone holds cannot let it.
 * @returns a sentence, or undefined where the tool is not so deep
 */
export function pastTheMiddle(model: VoxelModel, placed: PlacedTool): (depth: number) => Note | undefined {
  const { vertices } = model.skin;
  let known: { gap: number; thickest: number } | undefined;
  return (depth) => {
    if (depth < SHALLOW) return undefined;
    known ??= underTool();
    const { gap, thickest } = known;
    if (depth - gap <= thickest / 2) return undefined;
    return note('reason.past-middle', { depth: depth.toFixed(0), thick: thickest.toFixed(0) });
  };

  /** How far the tool is from the skin when the press begins, and how thick the body is under where it touches, mm. */
  function underTool(): { gap: number; thickest: number } {
    const distance = (v: number, depth: number): number =>
      placed.distance(vertices[v]!, vertices[v + 1]!, vertices[v + 2]!, depth);
    let gap = Number.POSITIVE_INFINITY;
    for (let v = 0; v < vertices.length; v += 3) gap = Math.min(gap, distance(v, 0));
    gap = Math.max(gap, 0);
    let thickest = 0;
    for (let v = 0; v < vertices.length; v += 3) {
      if (!(distance(v, gap + FOOTPRINT) < 0)) continue;
      const from: Vec3 = [vertices[v]!, vertices[v + 1]!, vertices[v + 2]!];
      thickest = Math.max(thickest, thicknessAlong(model, from, placed.direction));
    }
    return { gap, thickest };
  }
}

/** No trunk is thinner than twice this under a tool, mm. */
const SHALLOW = 30;
/** How deep the tool is when all that it presses on has come under it, mm. */
export const FOOTPRINT = 10;

/** How much body a line from a point of the skin goes through, mm. */
function thicknessAlong({ grid, fill }: VoxelModel, from: Vec3, direction: Vec3): number {
  const { origin, size, spacing: h } = grid;
  const step = h / 2;
  let inside = 0;
  for (let s = step / 2; s < 1000; s += step) {
    const [i, j, k] = [0, 1, 2].map((d) => Math.floor((from[d]! + s * direction[d]! - origin[d]!) / h)) as [
      number,
      number,
      number,
    ];
    if (i < 0 || j < 0 || k < 0 || i >= size[0] || j >= size[1] || k >= size[2]) break;
    inside += step * Math.min(fill[i + size[0] * (j + size[1] * k)]!, 1);
  }
  return inside;
}
