import type { Side } from '../voxel/model.ts';

export type Quantity =
  /** on the skin: over the most pressed 1 cm² */
  | 'peak-contact-pressure'
  /** on the skin: over the whole touching area */
  | 'mean-contact-pressure'
  | 'tissue-pressure'
  | 'excess-pressure'
  | 'compression'
  | 'stretch'
  /** nerves and ureters: longer over the whole course, if they slide freely in their bed */
  | 'elongation-sliding'
  /** … and over 30 mm, if they are stuck to it */
  | 'elongation-stuck'
  /** vessels: lumen area against rest, negative = narrower */
  | 'area-change'
  /** vessels: flow against rest, negative = less */
  | 'flow-change'
  /** bowel: what its contents could press outwards with, at most */
  | 'transmural-pressure'
  /** bowel, where contents slide: how far it has slipped along what holds it, near the tool */
  | 'slide'
  /** bowel: thinner between tool and a bone */
  | 'crush'
  /** belly wall: pull in its plane per width of the sheet, up and down the body */
  | 'membrane-tension-longitudinal'
  /** … and across it */
  | 'membrane-tension-transverse'
  /** an artery that is widened to an aneurysm: force per width of its wall */
  | 'membrane-force';

/** Which of the three pressures (or none): on the skin, in the tissue, inside a hollow organ or vessel. */
export type Where = 'skin' | 'tissue' | 'lumen';

export type Unit = 'kPa' | '%' | 'mm' | 'N/mm';

export type Band =
  /** below the levels at which effects were published */
  | 'below-published'
  /** in the range where an effect was published (species, tissue, minutes) */
  | 'within-published'
  /** above that range */
  | 'above-published'
  /** no published level to compare with */
  | 'no-published-level';

/** Bone as one would name what something is pressed against. */
export type BoneName = 'spine' | 'sacrum' | 'hip-bone' | 'rib' | 'other';

/** What a number is a number of. A result holds each key once. */
export interface FindingKey {
  readonly structure: string;
  readonly side: Side;
  readonly quantity: Quantity;
  readonly where: Where;
}

/** A finding's key as one text: 'psoas_major/left/tissue-pressure/tissue'. */
export const keyOf = ({ structure, side, quantity, where }: FindingKey): string =>
  `${structure}/${side}/${quantity}/${where}`;

/** What the model predicts for one structure and one quantity: a key and numbers. Its words are made from it at the end (words/). */
export interface Finding extends FindingKey {
  /** Central estimate; null when the structure is not in the model. */
  readonly value: number | null;
  /** 5–95 % range; null when it was not computed. */
  readonly low: number | null;
  readonly high: number | null;
  readonly unit: Unit;
  readonly band: Band;
  /** Id of the published level that the band is about (evidence/levels.ts); absent where there is none. */
  readonly level?: string;
  /** Felt by most, may be silent, or no data: by the structure and how hard it is pressed (felt.data.ts). */
  readonly felt: 'felt' | 'silent' | 'unknown';
  /** Ids of evidence rows: levels compared with, constants that matter, and what `felt` rests on. */
  readonly evidence: readonly string[];
  /** A crush: the bone against which it is largest. */
  readonly bone?: BoneName;
  /** Nerves and ureters: values across the strip in which people have them; not the 5–95 % range of the model. */
  readonly distribution?: { readonly p5: number; readonly median: number; readonly p95: number };
}

/** Share of the tool's work that is stored in one structure; all shares add up to 1. */
export interface Share {
  readonly structure: string;
  readonly share: number;
  /** 5–95 % range; null when it was not computed. Ends of ranges do not add up to 1. */
  readonly low: number | null;
  readonly high: number | null;
}

/** A number with its 5–95 % range; null where that was not computed. */
export interface Ranged<V = number> {
  readonly value: V;
  readonly low: number | null;
  readonly high: number | null;
}

/** Where the path ends. */
export interface Reached {
  /** How far the tool has gone in from first touch, mm. */
  readonly depth: Ranged;
  /** Skin that touches the tool, cm². */
  readonly contactArea: Ranged;
}

/** An organ on the line of the push (core-sample.ts), both sides as one: where it meets the organ more than once, all of it together. */
export interface OnLine {
  readonly structure: string;
  /** Thickness along the line before the press, mm; 0 where the line did not meet it. */
  readonly atRest: number;
  /** The same pressed, mm. */
  readonly thickness: Ranged;
  /** Mean tissue pressure over it, kPa. */
  readonly pressure: Ranged;
}

/** A number whose range is not computed (yet). */
export const unranged = (value: number): Ranged => ({ value, low: null, high: null });

/** A share's name among the values of a press: 'share/psoas_major'. */
export const shareKey = ({ structure }: Pick<Share, 'structure'>): string => `share/${structure}`;
