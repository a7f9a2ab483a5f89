import { cos, sin } from '../base/elementary.ts';
import { InputError } from '../base/errors.ts';
import type { Vec3 } from '../base/grid.ts';
import type { Note } from '../base/note.ts';
import { tell } from '../base/told.ts';
import { along, unit } from '../base/vec.ts';
import { PRESS_ERRORS } from '../messages/errors/press.data.ts';
import { note } from '../messages/note.ts';
import type { Tool, ToolPreset } from '../tool/tool.ts';
import type { SkinSurface, VoxelModel } from '../voxel/model.ts';
import type { PlacedTool, ToolFrame } from './press.ts';
import type { Scenario } from './scenario.ts';
import { assertHeld, FOOTPRINT } from './what-holds.ts';

/** In side-lying the body has half rolled onto the tool: the push goes halfway between straight back and the midline. */
const SIDE_ANGLE_DEG = 45;

/** The named preset of a scenario's placement, or undefined when millimetres are given. */
export function presetOf(tool: Pick<Tool, 'family'>, placement: Scenario['placement']): ToolPreset | undefined {
  if (!('preset' in placement)) return undefined;
  const { presets, id } = tool.family;
  const preset = Object.hasOwn(presets, placement.preset) ? presets[placement.preset] : undefined;
  if (preset === undefined)
    throw new InputError(
      tell(PRESS_ERRORS, 'error.press.no-place', {
        tool: id,
        place: placement.preset,
        known: Object.keys(presets).join(', '),
      }),
    );
  return preset;
}

/**
 * Lays a tool on the skin so that it just touches, or its floor does where the body reaches that first.
 * @param placement preset of the tool's family, or mm on the skin in the body frame (x left, y to the head)
 * @param shift mm by which it is laid beside that place, to the left and to the head
 * @throws InputError when there is no skin in front of that point, saying where the body is, or hardly any bone behind it
 */
export function placeTool(
  model: VoxelModel,
  tool: Tool,
  placement: Scenario['placement'],
  pose: Scenario['pose'],
  shift: readonly [number, number] = [0, 0],
): PlacedTool {
  const preset = presetOf(tool, placement);
  const size = preset ? pelvisFactor(model) : 1;
  const [x, y] = preset
    ? [preset.x_mm * size, preset.y_mm * size]
    : 'x_mm' in placement
      ? [placement.x_mm, placement.y_mm]
      : [0, 0];
  const at = skinPoint(model, x + shift[0], y + shift[1]);

  // tool axes in LPS: left, head, into the body; a side-lying push comes from the side that the tool is on
  const turn = pose === 'side' ? (-Math.sign(x || 1) * SIDE_ANGLE_DEG * Math.PI) / 180 : 0;
  const left: Vec3 = [cos(turn), -sin(turn), 0];
  const head: Vec3 = [0, 0, 1];
  const inward: Vec3 = [sin(turn), cos(turn), 0];
  const p = preset?.direction ?? [0, 0, 1];
  const direction = unit([
    p[0] * left[0] + p[1] * head[0] + p[2] * inward[0],
    p[0] * left[1] + p[1] * head[1] + p[2] * inward[1],
    p[0] * left[2] + p[1] * head[2] + p[2] * inward[2],
  ]);
  assertSkin(model, at);
  assertHeld(model, at, direction);
  const mirror = tool.family.handed && x < 0 ? -1 : 1;
  const [aimX, aimY] = tool.family.aim;
  const height = tool.height;

  // tool height above the skin point, moved back until nothing touches and then forward to first contact
  const local = (qx: number, qy: number, qz: number, depth: number): [number, number, number] => {
    const rx = qx - at[0] - direction[0] * depth;
    const ry = qy - at[1] - direction[1] * depth;
    const rz = qz - at[2] - direction[2] * depth;
    return [
      mirror * (rx * left[0] + ry * left[1] + rz * left[2]) + aimX,
      rx * head[0] + ry * head[1] + rz * head[2] + aimY,
      rx * inward[0] + ry * inward[1] + rz * inward[2] + height,
    ];
  };
  const distanceAt = (qx: number, qy: number, qz: number, depth: number): number => {
    const q = local(qx, qy, qz, depth);
    return tool.distance(q[0], q[1], q[2]);
  };
  const touch = firstTouch(model.skin, distanceAt);
  const placed = { tool, at, direction };
  const across: Vec3 = [mirror * left[0], mirror * left[1], mirror * left[2]];
  /** The tool's coordinates when it has gone so far from the skin's point. */
  const frameAt = (depth: number): ToolFrame => ({
    origin: along(along(along(along(at, depth, direction), -aimX, across), -aimY, head), -height, inward),
    x: across,
    y: head,
    z: inward,
  });
  if (!tool.family.onFloor) {
    const distance: DistanceAt = (qx, qy, qz, depth) => distanceAt(qx, qy, qz, depth + touch);
    return { ...placed, distance, frame: frameAt(touch), notes: cutUnder(model, distance) };
  }

  // a body that rounds out beyond a low tool lies on the floor first
  const floorAt = (qx: number, qy: number, qz: number, depth: number): number => local(qx, qy, qz, depth)[2];
  const under = Math.min(nearest(model.skin, floorAt, touch), 0);
  // height above the floor is lost at this rate along a push that does not go straight down to it
  const start = touch + under / (direction[0] * inward[0] + direction[1] * inward[1]);
  const gap = under < -FLOOR_FIRST ? nearest(model.skin, distanceAt, start) : 0;
  const distance: DistanceAt = (qx, qy, qz, depth) => distanceAt(qx, qy, qz, depth + start);
  const floor: DistanceAt = (qx, qy, qz, depth) => floorAt(qx, qy, qz, depth + start);
  // what the tool is still away from is not under it
  const cut = cutUnder(model, (qx, qy, qz, depth) => distance(qx, qy, qz, depth + Math.max(gap, 0)));
  return {
    ...placed,
    distance,
    floor,
    frame: frameAt(start),
    notes: [
      ...(gap > 0 ? [note('note.floor.first', { gap: gap < 9.5 ? gap.toFixed(1) : gap.toFixed(0) })] : []),
      ...cut,
    ],
  };
}

/** Less of the body under the floor than this, mm, counts as both being touched at once. */
const FLOOR_FIRST = 0.05;

/** Half the distance between the ASIS that the presets' millimetres are given on, mm: the reference woman's, within B-14's 225 SD 20 for both halves. */
const PRESET_PELVIS = 114.66;

/** How much wider than that the person's pelvis is; 1 where the ASIS are not known. Presets keep their place against the bones. */
function pelvisFactor({ landmarks: { asis_left: left, asis_right: right } }: VoxelModel): number {
  return left && right ? (left[0] - right[0]) / 2 / PRESET_PELVIS : 1;
}

type DistanceAt = (x: number, y: number, z: number, depth: number) => number;

/** The least distance of any point of the skin, mm, at a travel along the push. */
function nearest({ vertices }: SkinSurface, distance: DistanceAt, depth: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let v = 0; v < vertices.length; v += 3)
    least = Math.min(least, distance(vertices[v]!, vertices[v + 1]!, vertices[v + 2]!, depth));
  return least;
}

/** Where the tool stands, as travel along the push, when the first point of the skin touches it. */
export function firstTouch(skin: SkinSurface, distance: DistanceAt): number {
  // distances never change faster than the travel, so stepping by the distance cannot pass the skin
  let depth = -400;
  for (let i = 0; i < 200; i++) {
    const gap = nearest(skin, distance, depth);
    if (gap < 0.01) break;
    depth += gap;
  }
  return depth;
}

/** @throws InputError where a scan shows no skin at a place of the surface: it cuts the body off there */
function assertSkin(model: VoxelModel, at: Vec3): void {
  if (skinTeller(model)?.(...at) === false) refuseCutOff();
}

function refuseCutOff(): never {
  throw new InputError(tell(PRESS_ERRORS, 'error.press.cut-off'));
}

/** A smaller share of what lies under the tool is the ragged edge of the skin. */
const CUT_SHARE = 0.05;

/**
 * Whether what a scan shows under the whole of the tool, or of the floor, is skin or where it cuts the body off.
 * @param distance of a point of the skin from the tool or the floor, mm, at a travel from the first touch
 * @returns a sentence where some of it is a cut
 * @throws InputError where most of it is
 */
function cutUnder(model: VoxelModel, distance: DistanceAt): Note[] {
  const isSkin = skinTeller(model);
  if (isSkin === undefined) return [];
  const { vertices } = model.skin;
  let [under, cut] = [0, 0];
  for (let v = 0; v < vertices.length; v += 3) {
    const [x, y, z] = [vertices[v]!, vertices[v + 1]!, vertices[v + 2]!];
    if (!(distance(x, y, z, FOOTPRINT) < 0)) continue;
    under++;
    if (!isSkin(x, y, z)) cut++;
  }
  if (2 * cut > under) refuseCutOff();
  return cut > CUT_SHARE * under ? [note('note.scan.cut-under', { percent: Math.round((100 * cut) / under) })] : [];
}

/** Tells skin from where a scan cuts the body off, at places of its surface; undefined for a body that is built, which is skin all around. */
function skinTeller({ source, fine: { grid, labels, table } }: VoxelModel): ((...at: Vec3) => boolean) | undefined {
  if (source !== 'scan') return undefined;
  const skin = table.findIndex((row) => row.structure === 'skin');
  return (...at) => {
    // the surface is smoother than the cells: a cell and a half to either side
    const [i, j, k] = [0, 1, 2].map((d) => (at[d]! - grid.origin[d]!) / grid.spacing) as [number, number, number];
    const around = (n: number, last: number): number[] =>
      [-1.5, -0.5, 0.5, 1.5].map((off) => Math.min(Math.max(Math.floor(n + off), 0), last - 1));
    for (const c of around(k, grid.size[2]))
      for (const b of around(j, grid.size[1]))
        for (const a of around(i, grid.size[0]))
          if (labels[a + grid.size[0] * (b + grid.size[1] * c)] === skin) return true;
    return false;
  };
}

/** The frontmost point of the skin at X, Y of the body frame, mm, LPS. */
function skinPoint(model: VoxelModel, x: number, y: number): Vec3 {
  const { vertices: v, triangles: t } = model.skin;
  const [ox, , oz] = model.bodyOrigin;
  const px = ox + x;
  const pz = oz + y;
  let front = Number.POSITIVE_INFINITY;
  const reach = {
    x: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    z: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  };
  for (let i = 0; i < t.length; i += 3) {
    const a = 3 * t[i]!;
    const b = 3 * t[i + 1]!;
    const c = 3 * t[i + 2]!;
    reach.x[0] = Math.min(reach.x[0]!, v[a]!);
    reach.x[1] = Math.max(reach.x[1]!, v[a]!);
    reach.z[0] = Math.min(reach.z[0]!, v[a + 2]!);
    reach.z[1] = Math.max(reach.z[1]!, v[a + 2]!);
    // barycentric coordinates of the triangle seen from the front
    const d = (v[b]! - v[a]!) * (v[c + 2]! - v[a + 2]!) - (v[c]! - v[a]!) * (v[b + 2]! - v[a + 2]!);
    if (d === 0) continue;
    const s = ((px - v[a]!) * (v[c + 2]! - v[a + 2]!) - (v[c]! - v[a]!) * (pz - v[a + 2]!)) / d;
    const r = ((v[b]! - v[a]!) * (pz - v[a + 2]!) - (px - v[a]!) * (v[b + 2]! - v[a + 2]!)) / d;
    if (s < 0 || r < 0 || s + r > 1) continue;
    front = Math.min(front, v[a + 1]! + s * (v[b + 1]! - v[a + 1]!) + r * (v[c + 1]! - v[a + 1]!));
  }
  if (!Number.isFinite(front)) {
    const mm = (value: number): string => value.toFixed(0);
    throw new InputError(
      tell(PRESS_ERRORS, 'error.press.no-skin', {
        x: mm(x),
        y: mm(y),
        left: mm(reach.x[0]! - ox),
        right: mm(reach.x[1]! - ox),
        low: mm(reach.z[0]! - oz),
        high: mm(reach.z[1]! - oz),
      }),
    );
  }
  return [px, front, pz];
}
