import { pow } from '../base/elementary.ts';
import type { Body } from '../body/body.ts';

/** What a figure is drawn to, mm. Only the picture rests on these: no result does. */
export interface FigureSizes {
  /** Standing height. */
  readonly height: number;
  /** From the hip's centre: up to the shoulder's, and to the crown. */
  readonly shoulderUp: number;
  readonly crownUp: number;
  readonly upperArm: number;
  readonly forearm: number;
  readonly hand: number;
  readonly thigh: number;
  readonly shank: number;
  readonly foot: number;
  /** From the mid-line to the shoulder's centre. */
  readonly shoulderAside: number;
  /** Half width and half depth of the chest below the arms. */
  readonly chest: readonly [half: number, deep: number];
  readonly head: { readonly breadth: number; readonly length: number };
  /** Radii of round sections with the published girths. */
  readonly neck: number;
  readonly biceps: number;
  readonly elbow: number;
  readonly wrist: number;
  readonly lowerThigh: number;
  readonly knee: number;
  readonly calf: number;
  readonly ankle: number;
  readonly handBreadth: number;
  readonly footBreadth: number;
}

/** Lengths as shares of the standing height (B-80). */
const SHARES = {
  hip: 0.53,
  shoulder: 0.818,
  upperArm: 0.186,
  forearm: 0.146,
  hand: 0.108,
  thigh: 0.245,
  shank: 0.246,
  foot: 0.152,
} as const;

/** Breadths and girths of an average woman and man, mm (B-81). */
const AVERAGE = {
  female: {
    height: 1628,
    index: 25.6,
    biacromial: 365,
    chestBreadth: 268,
    chestDepth: 247,
    headBreadth: 148,
    headLength: 188,
    neck: 330,
    biceps: 306,
    forearm: 265,
    wrist: 155,
    lowerThigh: 405,
    calf: 373,
    ankle: 216,
    hand: 79,
    foot: 92,
  },
  male: {
    height: 1756,
    index: 27.7,
    biacromial: 416,
    chestBreadth: 289,
    chestDepth: 254,
    headBreadth: 154,
    headLength: 199,
    neck: 398,
    biceps: 358,
    forearm: 310,
    wrist: 177,
    lowerThigh: 416,
    calf: 392,
    ankle: 229,
    hand: 88,
    foot: 102,
  },
} as const;

/** Powers of the body mass index with which parts grow: those with much muscle and fat most, joints little (B-82). */
const FLESH = { much: 0.5, some: 0.35, little: 0.2 } as const;

/** Sizes of head and limbs from sex, height and weight. */
export function figureSizes({ sex, height_cm, weight_kg }: Pick<Body, 'sex' | 'height_cm' | 'weight_kg'>): FigureSizes {
  const height = 10 * height_cm;
  const average = AVERAGE[sex];
  const tall = height / average.height;
  const index = weight_kg / (height_cm / 100) ** 2 / average.index;
  const round = (girth: number, flesh: keyof typeof FLESH): number =>
    (girth * tall * pow(index, FLESH[flesh])) / (2 * Math.PI);
  const broad = (breadth: number, flesh: keyof typeof FLESH): number => (breadth / 2) * tall * pow(index, FLESH[flesh]);
  return {
    height,
    shoulderUp: (SHARES.shoulder - SHARES.hip) * height,
    crownUp: (1 - SHARES.hip) * height,
    upperArm: SHARES.upperArm * height,
    forearm: SHARES.forearm * height,
    hand: SHARES.hand * height,
    thigh: SHARES.thigh * height,
    shank: SHARES.shank * height,
    foot: SHARES.foot * height,
    // the joint's centre lies about 30 mm inside the tip of the shoulder
    shoulderAside: (average.biacromial / 2) * tall - 30 * tall,
    chest: [broad(average.chestBreadth, 'some'), broad(average.chestDepth, 'much')],
    head: { breadth: average.headBreadth, length: average.headLength },
    neck: round(average.neck, 'some'),
    biceps: round(average.biceps, 'much'),
    elbow: round(average.forearm, 'some'),
    wrist: round(average.wrist, 'little'),
    lowerThigh: round(average.lowerThigh, 'much'),
    knee: round(0.93 * average.calf, 'some'),
    calf: round(average.calf, 'much'),
    ankle: round(average.ankle, 'little'),
    handBreadth: average.hand * tall,
    footBreadth: average.foot * tall,
  };
}
