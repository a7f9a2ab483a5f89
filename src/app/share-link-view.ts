import { decimalOf } from '../base/decimal.ts';
import type { Vec3 } from '../base/grid.ts';
import { bearingOf, type CameraPose, isUpright, poseAt } from '../view/camera.ts';
import { FIRST_VIEW, type View } from './state.ts';

/** Where somebody has moved the eye to, as a link can say it: degrees and mm, rounded, so that it comes back to the same numbers. */
export interface Eye {
  readonly target: Vec3;
  readonly azimuth: number;
  readonly elevation: number;
  readonly distance: number;
  /** Whether the person lies in the picture, as they do, or stands. */
  readonly lying: boolean;
}

/** What of a view a link tells: how far it is peeled, the cut, and the eye. */
export type SharedView = Pick<View, 'peel' | 'section' | 'sectionShows' | 'eye'>;

/** The eye of a camera's pose; of one that has gone farther than a link can say, the farthest, so that every link can be read. */
export function eyeOf(pose: CameraPose): Eye {
  const { azimuth, elevation, distance } = bearingOf(pose);
  const [x, y, z] = pose.target;
  return {
    target: [
      tidy(clamped(x, -BESIDE, BESIDE), 0),
      tidy(clamped(y, -BESIDE, BESIDE), 0),
      tidy(clamped(z, -BESIDE, BESIDE), 0),
    ],
    azimuth: tidy(azimuth, 1),
    elevation: tidy(elevation, 1),
    distance: tidy(clamped(distance, NEAR, FAR), 0),
    lying: !isUpright(pose),
  };
}

/** @param up unit vector up from what the person lies on */
export const poseOfEye = ({ target, azimuth, elevation, distance, lying }: Eye, up: Vec3): CameraPose =>
  poseAt(target, { azimuth, elevation, distance }, lying ? up : undefined);

const clamped = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** No minus zero, which would be written as another zero. */
const tidy = (value: number, decimals: number): number => Number(value.toFixed(decimals)) + 0;

/** Parts of a link that say what is different from the first view; none where nothing is. */
export function viewFields({ peel, section, sectionShows, eye }: SharedView): string[] {
  const out: string[] = [];
  if (peel !== FIRST_VIEW.peel) out.push(`peel=${tidy(peel, 2)}`);
  if (section !== FIRST_VIEW.section) out.push(`cut=${section}`);
  const told =
    eye === undefined
      ? []
      : [`eye=${[eye.lying ? 'l' : 's', eye.azimuth, eye.elevation, eye.distance, ...eye.target].join(',')}`];
  // the first view that says so alone differs by what it shows; all others leave out what links have always left out
  const alone = out.length + told.length === 0;
  if (sectionShows !== (alone ? FIRST_VIEW.sectionShows : UNSAID)) out.push(`show=${sectionShows}`);
  return [...out, ...told];
}

const SECTIONS: readonly View['section'][] = ['axial', 'sagittal', 'along-push', 'off'];
const SHOWN: readonly View['sectionShows'][] = ['both', 'pressure', 'structures'];

/** What a cut shows in a view that does not say: what it showed before it could show both. */
const UNSAID: View['sectionShows'] = 'pressure';

/** Nearest and farthest eye, and how far from the origin it may look, mm: beyond there is nothing to see. */
const NEAR = 100;
const FAR = 9000;
const BESIDE = 2000;

/** @throws Error where they cannot be read */
export function readViewFields(parts: readonly string[]): SharedView {
  const { peel, section } = FIRST_VIEW;
  let view: SharedView = { peel, section, sectionShows: UNSAID, eye: undefined };
  const known = new Set<string>();
  for (const part of parts) {
    const [key = '', value = '', ...more] = part.split('=');
    if (more.length > 0 || known.has(key)) throw new Error('said twice');
    known.add(key);
    if (key === 'peel') view = { ...view, peel: within(value, 0, 1) };
    else if (key === 'cut') view = { ...view, section: oneOf(value, SECTIONS) };
    else if (key === 'show') view = { ...view, sectionShows: oneOf(value, SHOWN) };
    else if (key === 'eye') view = { ...view, eye: readEye(value) };
    else throw new Error('not ours');
  }
  return view;
}

function readEye(value: string): Eye {
  const [stance, azimuth, elevation, distance, x, y, z, ...more] = value.split(',');
  if (more.length > 0 || (stance !== 'l' && stance !== 's')) throw new Error('no eye');
  return {
    target: [within(x, -BESIDE, BESIDE), within(y, -BESIDE, BESIDE), within(z, -BESIDE, BESIDE)],
    azimuth: within(azimuth, -180, 180),
    elevation: within(elevation, -90, 90),
    distance: within(distance, NEAR, FAR),
    lying: stance === 'l',
  };
}

function within(text: string | undefined, low: number, high: number): number {
  const value = decimalOf(text ?? '');
  if (value === undefined || value < low || value > high) throw new Error('not there');
  return value + 0;
}

function oneOf<Name extends string>(value: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === value);
  if (found === undefined) throw new Error('no such name');
  return found;
}
