import type { Vec3 } from '../base/grid.ts';
import { cross, dot } from '../base/vec.ts';
import { bearingOf, type CameraPose, poseAt } from '../view/camera.ts';
import type { BodyScene } from './protocol.ts';
import type { View } from './state.ts';

/** What a camera has to know of a body: how it lies, and where the tool is. */
type Lying = Pick<BodyScene, 'up' | 'tool' | 'bodyOrigin'>;

const ORIGIN: Vec3 = [0, 0, 0];
const FEET: Vec3 = [0, 0, -1];
const FRONT: Vec3 = [0, -1, 0];

/** On which side of the lying person the eye stands, 1 or -1: where the tool is, or whither they look. */
function sideOf({ up, tool, bodyOrigin }: Lying): 1 | -1 {
  const quarter = cross(up, FEET);
  const left = Math.sign(Math.round(tool.at[0] - bodyOrigin[0]));
  const toward = Math.abs(dot(FRONT, quarter)) > 0.5 ? dot(FRONT, quarter) : left * quarter[0];
  return toward < 0 ? -1 : 1;
}

/** From the side and a little above: who lies there, and on what. */
export const lyingView = (body: Lying): CameraPose =>
  poseAt(ORIGIN, { azimuth: 72 * sideOf(body), elevation: 13, distance: 1000 }, body.up);

/** Straight onto a cut, with the person lying as they do; the half that goes is the smaller one. */
export function facingCut(section: Exclude<View['section'], 'off'>, body: Lying): CameraPose {
  const { up, tool, bodyOrigin } = body;
  if (section === 'axial') return poseAt(ORIGIN, { azimuth: 0, elevation: 12, distance: 1000 }, up);
  const outer = Math.sign(Math.round(tool.apex[0] - bodyOrigin[0])) || 1;
  // the cut along the push holds the push and the long axis of the body
  const normal = section === 'sagittal' ? ([1, 0, 0] as const) : cross(FEET, tool.direction);
  const way = normal[0] * outer < 0 ? -1 : 1;
  const position: Vec3 = [1000 * way * normal[0], 1000 * way * normal[1], 1000 * way * normal[2]];
  const bearing = bearingOf({ target: ORIGIN, position, up });
  return poseAt(ORIGIN, bearing, up);
}
