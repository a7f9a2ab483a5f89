import type { Note } from '../base/note.ts';
import type { EN } from '../messages/en.ts';
import type { Planned } from './plan.data.ts';

/** How an anchor's expectation is founded: published human numbers, published but indirect, or a closed formula. */
export type AnchorKind = 'hard' | 'soft' | 'code';

/**
 * The eight categories of credibility evidence of the FDA's guidance "Assessing the Credibility of Computational Modeling and Simulation in
 * Medical Device Submissions" (November 2023), in its order: code verification, model calibration, bench test validation, in vivo
 * validation, population-based validation, emergent model behavior, model plausibility, calculation verification and uncertainty
 * quantification in simulations of the context of use.
 */
export const CATEGORIES = [
  'code',
  'calibration',
  'bench',
  'in-vivo',
  'population',
  'emergent',
  'plausibility',
  'calculation',
] as const;
export type EvidenceCategory = (typeof CATEGORIES)[number];

export type Verdict =
  /** the model's figure lies in the accepted range */
  | 'reproduced'
  /** so far as it could be asked: a part of it could not */
  | 'reproduced in part'
  /** it does not */
  | 'not reproduced'
  /** the model has nothing that could be compared */
  | 'not tested';

/** One figure of an anchor with what would be accepted. */
export interface Figure {
  /** Its sentence in the catalogue. */
  readonly name: Extract<keyof typeof EN, `check.figure.${string}`>;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly unit: string;
}

/** What a check found. */
export interface Outcome {
  readonly figures: readonly Figure[];
  /** Where something cannot be compared, why. */
  readonly untested?: Note;
  /** What the reader should know about the figures. */
  readonly note?: Note;
}

/** What a check is computed with. */
export interface Ask {
  /** Edge of the cells, mm; meaningless where a check has none. */
  readonly cell: number;
  readonly say: (detail: string) => Promise<void>;
}

export type Compute = (ask: Ask) => Promise<Outcome>;

/** One check: what a right simulator would show, and how this one is asked. */
export interface Anchor extends Omit<Planned, 'tuned'> {
  readonly title: Note;
  /** Figures that were used to choose a constant count as calibration, not as validation; says which constant. */
  readonly tuned?: Note;
  /** What the model is asked. */
  readonly method: Note;
  readonly compute: Compute;
}

/** What was found on one grid. */
export interface OnGrid {
  /** Edge of the cells, mm; absent where there are none. */
  readonly cell?: number;
  readonly outcome: Outcome;
  readonly verdict: Verdict;
}

/** A check with what was found: on the grid that decides, and on the other. */
export interface Checked extends Omit<Anchor, 'compute' | 'cells'>, OnGrid {
  readonly other?: OnGrid;
  /** False where a constant was chosen to meet it, or where the model asserts what is asked. */
  readonly independent: boolean;
}

/** Whether a figure lies in its accepted range. */
export const holds = ({ value, low, high }: Pick<Figure, 'value' | 'low' | 'high'>): boolean =>
  value >= low && value <= high;

/** The verdict on an outcome: every figure must hold. What could not be asked is told beside it. */
export function verdictOf({ figures, untested }: Outcome): Verdict {
  if (figures.length === 0) return 'not tested';
  if (!figures.every(holds)) return 'not reproduced';
  return untested === undefined ? 'reproduced' : 'reproduced in part';
}
