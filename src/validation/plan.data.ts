import type { AnchorKind, EvidenceCategory } from './anchor.ts';

/** What is known of a check before anything is computed. Its figure, its accepted range and its source stand in its row (evidence/). */
export interface Planned {
  /** Row of the evidence. */
  readonly id: string;
  readonly kind: AnchorKind;
  readonly category: EvidenceCategory;
  /** What of the source was read. */
  readonly read: 'formula' | 'abstract' | 'caption' | 'review' | 'rows';
  /** A constant was chosen with the figure in view (the sentence says which), so the check is calibration. */
  readonly tuned?: true;
  /** The model asserts itself what is asked. */
  readonly circular?: true;
  /** Edges of the cells that it is computed on, mm: the first decides, the second stands beside it. Absent where there are no cells. */
  readonly cells?: readonly [number, number];
}

/** The product's own cells, and finer ones: what passes on the first and fails on the second is not settled. */
export const OWN = [6, 5] as const;

/** Every check, in the order of the page. Those from A-18 on were written down here, with their ranges, before any of them was computed. */
export const PLAN: readonly Planned[] = [
  { id: 'A-01', kind: 'code', category: 'code', read: 'formula' },
  { id: 'A-02', kind: 'code', category: 'code', read: 'formula' },
  { id: 'A-03', kind: 'code', category: 'code', read: 'formula', circular: true },
  { id: 'A-04', kind: 'soft', category: 'bench', read: 'abstract' },
  { id: 'A-05', kind: 'hard', category: 'calibration', read: 'abstract', tuned: true },
  { id: 'A-06', kind: 'hard', category: 'in-vivo', read: 'abstract', cells: OWN },
  { id: 'A-07', kind: 'hard', category: 'in-vivo', read: 'abstract', cells: OWN },
  { id: 'A-08', kind: 'hard', category: 'in-vivo', read: 'review', cells: OWN },
  { id: 'A-09', kind: 'hard', category: 'in-vivo', read: 'abstract', cells: OWN },
  // eight presses with 300 N: on finer cells they alone would take as long as all the rest
  { id: 'A-10', kind: 'soft', category: 'population', read: 'abstract', cells: [6, 8] },
  { id: 'A-11', kind: 'hard', category: 'in-vivo', read: 'abstract' },
  { id: 'A-12', kind: 'hard', category: 'in-vivo', read: 'abstract', tuned: true },
  { id: 'A-13', kind: 'hard', category: 'plausibility', read: 'abstract' },
  { id: 'A-14', kind: 'soft', category: 'population', read: 'abstract', cells: OWN },
  { id: 'A-15', kind: 'soft', category: 'calibration', read: 'abstract', tuned: true, cells: OWN },
  { id: 'A-16', kind: 'soft', category: 'in-vivo', read: 'abstract', cells: OWN },
  { id: 'A-17', kind: 'code', category: 'code', read: 'formula' },
  { id: 'A-18', kind: 'hard', category: 'calibration', read: 'abstract', tuned: true },
  { id: 'A-19', kind: 'hard', category: 'in-vivo', read: 'caption' },
  { id: 'A-20', kind: 'hard', category: 'in-vivo', read: 'abstract' },
  { id: 'A-21', kind: 'hard', category: 'calibration', read: 'abstract', tuned: true },
  { id: 'A-22', kind: 'hard', category: 'calibration', read: 'abstract', tuned: true },
  { id: 'A-23', kind: 'soft', category: 'in-vivo', read: 'abstract', cells: OWN },
  { id: 'A-24', kind: 'hard', category: 'in-vivo', read: 'abstract' },
  { id: 'A-25', kind: 'hard', category: 'in-vivo', read: 'abstract' },
  { id: 'A-26', kind: 'hard', category: 'in-vivo', read: 'abstract' },
  { id: 'A-27', kind: 'hard', category: 'plausibility', read: 'abstract' },
  { id: 'A-28', kind: 'hard', category: 'in-vivo', read: 'abstract' },
  { id: 'A-29', kind: 'hard', category: 'plausibility', read: 'abstract' },
  { id: 'A-30', kind: 'soft', category: 'bench', read: 'abstract', cells: OWN },
  { id: 'A-31', kind: 'hard', category: 'in-vivo', read: 'abstract', cells: OWN },
  { id: 'A-32', kind: 'soft', category: 'bench', read: 'abstract' },
  { id: 'A-33', kind: 'hard', category: 'calibration', read: 'abstract', tuned: true, cells: OWN },
  { id: 'A-34', kind: 'hard', category: 'in-vivo', read: 'abstract' },
  { id: 'A-35', kind: 'hard', category: 'in-vivo', read: 'abstract' },
  { id: 'A-36', kind: 'hard', category: 'in-vivo', read: 'abstract' },
  { id: 'A-37', kind: 'soft', category: 'in-vivo', read: 'abstract', cells: OWN },
  { id: 'A-38', kind: 'soft', category: 'population', read: 'rows', tuned: true },
  { id: 'A-39', kind: 'soft', category: 'population', read: 'abstract', tuned: true },
  { id: 'A-40', kind: 'soft', category: 'emergent', read: 'abstract', cells: OWN },
  { id: 'A-41', kind: 'soft', category: 'emergent', read: 'abstract', cells: OWN },
  // half of a cuff of 50 mm has five cells on 6 mm and on 5
  { id: 'A-42', kind: 'hard', category: 'in-vivo', read: 'abstract', cells: [6, 4] },
  { id: 'A-43', kind: 'hard', category: 'in-vivo', read: 'abstract', cells: OWN },
  { id: 'A-44', kind: 'hard', category: 'in-vivo', read: 'abstract' },
  { id: 'A-45', kind: 'soft', category: 'in-vivo', read: 'abstract' },
  { id: 'A-46', kind: 'hard', category: 'in-vivo', read: 'abstract', tuned: true },
  { id: 'A-47', kind: 'soft', category: 'in-vivo', read: 'abstract', cells: [6, 4] },
];
