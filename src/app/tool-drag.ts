import { along, dot, minus, unit } from '../base/vec.ts';
import type { Viewer } from '../view/viewer.ts';
import type { BodyScene } from './protocol.ts';

/** How squarely one must look at the skin to drag over it: cosine between the gaze and the push. */
const FACING = 0.5;

/** Where the tool can be taken hold of in the picture, CSS pixels; undefined where it cannot. */
export function handleAt(viewer: Viewer, body: BodyScene | undefined): readonly [number, number] | undefined {
  if (body === undefined) return undefined;
  const { depth } = viewer.load;
  const { at, direction } = body.tool;
  const { position, target } = viewer.camera;
  const facing = dot(unit(minus(target, position)), direction);
  const p = viewer.project(along(at, depth, direction));
  return p.inFront && facing > FACING ? [p.x, p.y] : undefined;
}

/**
 * Puts the tool elsewhere for the eye, before it is solved anew: along the skin, not pressed in.
 * @param x @param y the place in the picture, CSS pixels
 * @returns its place in the body frame, mm to the left and toward the head; undefined beside the skin
 */
export function previewTool(
  viewer: Viewer,
  { tool, bodyOrigin }: BodyScene,
  x: number,
  y: number,
): readonly [number, number] | undefined {
  const skin = viewer.pickSkin(x, y);
  if (skin === undefined) return undefined;
  const by = minus(skin, tool.at);
  const vertices = tool.vertices.map((v, n) => v + by[n % 3]!);
  viewer.setLoad(0);
  const { hand } = tool;
  const moved = hand && { ...hand, vertices: hand.vertices.map((v, n) => v + by[n % 3]!) };
  viewer.setTool({ ...tool, vertices, at: skin, apex: along(tool.apex, 1, by), ...(moved && { hand: moved }) });
  return [Math.round(skin[0] - bodyOrigin[0]), Math.round(skin[2] - bodyOrigin[2])];
}
