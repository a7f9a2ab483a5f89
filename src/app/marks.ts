import type { Vec3 } from '../base/grid.ts';
import type { Gauge } from '../view/viewer.ts';
import { CM_PER_INCH, type Units } from './units.ts';

/** Sides of a body, as they are written beside its picture. */
export type BodySide = 'left' | 'right' | 'head' | 'feet' | 'front' | 'back';

/** What is written at the edges of a picture: what lies there, how long something is, and how the body is turned. */
export interface Marks {
  /** What of the person is to the left and to the right in the picture; undefined where one looks along it. */
  readonly sides: readonly [BodySide, BodySide] | undefined;
  /** A round length in the units that are shown, and how long it is in the picture, CSS pixels. */
  readonly scale: { readonly length: number; readonly pixels: number };
  /** The little figure's lines, in a box of ±1, y down: the person's left arm and leg apart from the rest. */
  readonly figure: { readonly head: readonly [number, number]; readonly rest: string; readonly left: string };
}

const SIDES: readonly (readonly [BodySide, BodySide])[] = [
  ['left', 'right'],
  ['back', 'front'],
  ['head', 'feet'],
];

/** Round lengths: 1, 2 or 5 times a power of ten, of cm or of inches. */
const ROUND = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];

/** The bar is as long as fits in so many letters' sizes. */
const LONGEST = 6;

/** Least share of the picture's width that a direction must have to be named at its edges (cosine). */
const PLAIN = 0.72;

/** Marks of a picture that is seen so. @param letter size of the page's letters, CSS pixels */
export function marksOf({ right, up, pixelsPerMm }: Gauge, units: Units, letter = 16): Marks {
  const axis = [0, 1, 2].reduce((best, d) => (Math.abs(right[d]!) > Math.abs(right[best]!) ? d : best), 0);
  const [more, less] = SIDES[axis]!;
  const sides: Marks['sides'] =
    Math.abs(right[axis]!) < PLAIN ? undefined : right[axis]! > 0 ? [less, more] : [more, less];
  const pixelsPerUnit = pixelsPerMm * 10 * (units === 'imperial' ? CM_PER_INCH : 1);
  const length = ROUND.filter((each) => each * pixelsPerUnit <= LONGEST * letter).at(-1) ?? ROUND[0]!;
  return { sides, scale: { length, pixels: length * pixelsPerUnit }, figure: figureOf(right, up) };
}

/** Joints of somebody who stands, in heights of 2; x to the left, y to the back, z to the head. */
const JOINTS = {
  neck: [0, 0, 0.56],
  hips: [0, 0, -0.02],
  head: [0, -0.03, 0.76],
  nose: [0, -0.3, 0.74],
  arm: [
    [0.22, 0, 0.5],
    [0.36, 0, 0.22],
    [0.46, -0.06, -0.04],
  ],
  leg: [
    [0.1, 0, -0.04],
    [0.17, 0, -0.48],
    [0.2, 0, -0.92],
    [0.22, -0.16, -0.96],
  ],
} as const;

function figureOf(right: Vec3, up: Vec3): Marks['figure'] {
  const place = ([x, y, z]: readonly number[]): readonly [number, number] => [
    round(x! * right[0] + y! * right[1] + z! * right[2]),
    round(-(x! * up[0] + y! * up[1] + z! * up[2])),
  ];
  const line = (points: readonly (readonly number[])[]): string =>
    points.map((p, n) => `${n === 0 ? 'M' : 'L'}${place(p).join(' ')}`).join('');
  const limb = (points: readonly (readonly number[])[], side: 1 | -1): string =>
    line(points.map(([x, y, z]) => [side * x!, y!, z!]));
  const { neck, hips, head, nose, arm, leg } = JOINTS;
  return {
    head: place(head),
    rest: [
      line([head, nose]),
      line([neck, hips]),
      line([
        [-0.22, 0, 0.5],
        [0.22, 0, 0.5],
      ]),
      line([
        [-0.1, 0, -0.04],
        [0.1, 0, -0.04],
      ]),
      limb(arm, -1),
      limb(leg, -1),
    ].join(''),
    left: limb(arm, 1) + limb(leg, 1),
  };
}

const round = (value: number): number => Math.round(100 * value) / 100 + 0;
