import { type PerspectiveCamera, Vector3 } from 'three';
import type { Vec3 } from '../base/grid.ts';
import { along, cross, dot, minus, unit, vec3 } from '../base/vec.ts';

/** Where the eye is and what it looks at, mm, LPS. */
export interface CameraPose {
  readonly target: Vec3;
  readonly position: Vec3;
  /** Unit vector that is up in the picture; toward the head where it is left out. Bearings are taken around it. */
  readonly up?: Vec3;
}

/** Vertical opening of the lens, degrees: a long lens, as plates are drawn. */
export const LENS = 24;

const HEAD: Vec3 = [0, 0, 1];

/** Whether the person stands upright in the picture; else they lie, as what is up says. */
export const isUpright = ({ up = HEAD }: CameraPose): boolean => up[2] > 0.999;

/**
 * Where azimuth 0 and azimuth 90 look from: for a person who stands the front and the left, for one who lies the feet and the side that
 * is to the right of somebody who stands there.
 */
function aroundOf(up: Vec3): readonly [zero: Vec3, quarter: Vec3] {
  const zero: Vec3 = up[2] > 0.999 ? [0, -1, 0] : unit(along([0, 0, -1], up[2], up));
  return [zero, cross(up, zero)];
}

/** Named directions from which the body is looked at. */
export type ViewName = 'front' | 'back' | 'left' | 'right' | 'oblique' | 'feet' | 'head';

/** Azimuth from the front toward the person's left, and elevation, degrees. */
const VIEWS: Readonly<Record<ViewName, readonly [azimuth: number, elevation: number]>> = {
  front: [0, 4],
  back: [180, 4],
  left: [90, 4],
  right: [-90, 4],
  oblique: [35, 22],
  feet: [0, -75],
  head: [0, 75],
};

export const isViewName = (name: unknown): name is ViewName => typeof name === 'string' && Object.hasOwn(VIEWS, name);

/** Highest elevation, degrees: straight above, left and right would flip. */
const STEEPEST = 88;

/** Azimuth and elevation in degrees, distance in mm. */
export interface Bearing {
  azimuth: number;
  elevation: number;
  distance: number;
}

export function bearingOf({ target, position, up = HEAD }: CameraPose): Bearing {
  const way = minus(position, target);
  const [zero, quarter] = aroundOf(up);
  const distance = Math.hypot(...way) || 1;
  return {
    azimuth: (Math.atan2(dot(way, quarter), dot(way, zero)) * 180) / Math.PI,
    elevation: (Math.asin(Math.min(1, Math.max(-1, dot(way, up) / distance))) * 180) / Math.PI,
    distance,
  };
}

export function poseAt(target: Vec3, { azimuth, elevation, distance }: Bearing, up?: Vec3): CameraPose {
  const a = (azimuth * Math.PI) / 180;
  const e = (Math.min(STEEPEST, Math.max(-STEEPEST, elevation)) * Math.PI) / 180;
  const [zero, quarter] = aroundOf(up ?? HEAD);
  const flat = distance * Math.cos(e);
  const across = along(along(target, flat * Math.cos(a), zero), flat * Math.sin(a), quarter);
  return {
    target,
    position: along(across, distance * Math.sin(e), up ?? HEAD),
    ...(up !== undefined && { up }),
  };
}

/**
 * The pose from a side that shows a box (its corners, mm) whole, as near as can be.
 * @param margin 1 touches the picture's edge
 */
export function poseFraming(
  view: ViewName | CameraPose,
  low: Vec3,
  high: Vec3,
  camera: Pick<PerspectiveCamera, 'fov' | 'aspect'>,
  margin: number,
): CameraPose {
  const middle: Vec3 = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2];
  const [azimuth, elevation] =
    typeof view === 'string' ? VIEWS[view] : [bearingOf(view).azimuth, bearingOf(view).elevation];
  const above = typeof view === 'string' ? undefined : view.up;
  const toward = vectorOf(poseAt([0, 0, 0], { azimuth, elevation, distance: 1 }, above).position);
  const right = vectorOf(above ?? HEAD)
    .cross(toward)
    .normalize();
  const up = toward.clone().cross(right);
  const half = Math.tan((camera.fov * Math.PI) / 360) / margin;
  let distance = 0;
  for (let c = 0; c < 8; c++) {
    const corner = new Vector3(
      (c & 1 ? high : low)[0] - middle[0],
      (c & 2 ? high : low)[1] - middle[1],
      (c & 4 ? high : low)[2] - middle[2],
    );
    const across = Math.max(Math.abs(corner.dot(right)) / camera.aspect, Math.abs(corner.dot(up)));
    distance = Math.max(distance, across / half + corner.dot(toward));
  }
  return poseAt(middle, { azimuth, elevation, distance }, above);
}

/** How somebody lies: unit vector up from what is under them, and the middle of their trunk, mm, LPS. */
export interface Lie {
  readonly up: Vec3;
  readonly middle: Vec3;
}

/**
 * The pose that shows somebody who lies in another way as the first one shows the other: from the same side of what is up, each with
 * their own floor below. Who stands is seen from the same place.
 */
export function poseLying(pose: CameraPose, from: Lie, to: Lie): CameraPose {
  if (isUpright(pose)) return pose;
  const axesOf = (up: Vec3): readonly Vec3[] => [...aroundOf(up), up];
  const [old, own] = [axesOf(from.up), axesOf(to.up)];
  const turned = (v: Vec3, start: Vec3): Vec3 =>
    own.reduce<Vec3>((sum, axis, n) => along(sum, dot(v, old[n]!), axis), start);
  const carried = (p: Vec3): Vec3 => turned(minus(p, from.middle), to.middle);
  return {
    target: carried(pose.target),
    position: carried(pose.position),
    up: turned(pose.up ?? HEAD, [0, 0, 0]),
  };
}

/** The box around points (n×3, mm); undefined where there are none. */
export function boxAround(clouds: readonly Float32Array[]): { readonly low: Vec3; readonly high: Vec3 } | undefined {
  const low: [number, number, number] = [Infinity, Infinity, Infinity];
  const high: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (const points of clouds)
    for (let n = 0; n < points.length; n++) {
      low[n % 3] = Math.min(low[n % 3]!, points[n]!);
      high[n % 3] = Math.max(high[n % 3]!, points[n]!);
    }
  return high[0] >= low[0] ? { low, high } : undefined;
}

/** A pose between two that have one up, going round the body and not through it. */
export function poseBetween(from: CameraPose, to: CameraPose, share: number): CameraPose {
  const [a, b] = [bearingOf(from), bearingOf(to)];
  const turn = ((b.azimuth - a.azimuth + 540) % 360) - 180;
  const mix = (p: number, q: number): number => p + share * (q - p);
  return poseAt(
    vec3((d) => mix(from.target[d], to.target[d])),
    {
      azimuth: a.azimuth + share * turn,
      elevation: mix(a.elevation, b.elevation),
      distance: a.distance * (b.distance / a.distance) ** share,
    },
    to.up,
  );
}

export const vectorOf = (v: Vec3): Vector3 => new Vector3(v[0], v[1], v[2]);
export const tupleOf = (v: Vector3): Vec3 => [v.x, v.y, v.z];
