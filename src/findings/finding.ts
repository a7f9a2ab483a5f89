import type { Side } from '../voxel/model.ts';

export type Quantity =
  | 'contact-pressure'
  | 'tissue-pressure'
  | 'excess-pressure'
  | 'compression'
  | 'stretch'
  | 'displacement'
  /** vessels: lumen area against rest, negative = narrower */
  | 'area-change'
  /** vessels: flow against rest, negative = less */
  | 'flow-change'
  /** bowel: inside minus outside */
  | 'transmural-pressure'
  /** bowel: thinner between tool and spine */
  | 'crush'
  /** nerves: pressure × time */
  | 'pressure-time'
  /** belly wall: force per width of the sheet */
  | 'membrane-force';

/** Which of the three pressures (or none): on the skin, in the tissue, inside a hollow organ or vessel. */
export type Where = 'skin' | 'tissue' | 'lumen';

export type Band =
  /** below the levels at which effects were published */
  | 'below-published'
  /** in the range where an effect was published (species, tissue, minutes) */
  | 'within-published'
  /** above that range */
  | 'above-published'
  /** no published level to compare with */
  | 'no-published-level';

/** What the model predicts for one structure and one quantity. */
export interface Finding {
  readonly structure: string;
  readonly side: Side;
  /** Everyday name: 'large bowel', 'left kidney tube (ureter)'. */
  readonly label: string;
  readonly quantity: Quantity;
  readonly where: Where;
  /** Central estimate; null when the structure is not in the model. */
  readonly value: number | null;
  /** 5–95 % range; null when it was not computed (the sentence says so). */
  readonly low: number | null;
  readonly high: number | null;
  readonly unit: 'kPa' | '%' | 'mm' | 'N' | 'N/mm' | 'kPa·s';
  readonly band: Band;
  readonly felt: 'felt' | 'silent' | 'unknown';
  /** Ids of evidence rows: levels compared with, and constants that matter. */
  readonly evidence: readonly string[];
  /** Nerves and ureters: values across the strip in which people have them; not the 5–95 % range of the model. */
  readonly distribution?: { readonly p5: number; readonly median: number; readonly p95: number };
  /** One or two plain sentences; says which pressure, in which tissue, and that the range was not computed when it was not. */
  readonly sentence: string;
  /** The same for clinicians and engineers: named quantity, exact level, evidence ids. */
  readonly professional: string;
}

/** Share of the tool's work that is stored in one structure; all shares add up to 1. */
export interface Share {
  readonly structure: string;
  readonly share: number;
  /** 5–95 % range; null when it was not computed. Ends of ranges do not add up to 1. */
  readonly low: number | null;
  readonly high: number | null;
}
