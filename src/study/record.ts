import { isPsoas } from '../anatomy/structures.ts';
import type { Ranged } from '../findings/finding.ts';
import type { Result } from '../findings/result.ts';
import { inEnglish } from '../messages/say.ts';
import { noteText } from '../words/note-text.ts';

/** One number of one case: what the long table has a row for. */
export type Measure = readonly [
  structure: string,
  side: string,
  quantity: string,
  where: string,
  value: number | null,
  low: number | null,
  high: number | null,
  unit: string,
  band: string,
];

/** How a case ended. Everything about the case itself is in the design; this is what computing it added. */
export interface CaseRecord {
  readonly id: string;
  /** done: there are measures, of the last converged step if it did not converge; failed: there are none. */
  readonly status: 'done' | 'failed';
  readonly converged: boolean;
  /** Why it failed or did not converge. */
  readonly reason: string | null;
  readonly measures: readonly Measure[];
  readonly backend: string;
  /** What differs from machine to machine and therefore stays out of the tables. */
  readonly cost: {
    readonly seconds: number;
    readonly attempts: number;
    readonly host?: string;
    /** True when trying again may end otherwise: the process died, not the computation. */
    readonly died?: boolean;
    /** True when the case was not begun: a file that it names is missing here, or is another one than the plan means. */
    readonly unread?: boolean;
  };
}

/** The part of a result that a study keeps: what the psoas gets, findings, shares of the push, and the end of the path. */
export function recordOf(id: string, result: Result): CaseRecord {
  const last = result.path.at(-1);
  const none = 'no-published-level';
  const of = (quantity: string, where: string, value: number, unit: string): Measure => [
    'tool',
    'midline',
    quantity,
    where,
    value,
    null,
    null,
    unit,
    none,
  ];
  const path: Measure[] =
    last === undefined
      ? []
      : [
          of('depth', 'skin', last.depth_mm, 'mm'),
          of('force', 'skin', last.force_N, 'N'),
          of('contact-area', 'skin', last.contactArea_cm2, 'cm2'),
        ];
  const { headline } = result;
  const psoas = result.findings.find((f) => isPsoas(f.structure))?.structure ?? 'psoas_major';
  const front = (quantity: string, { value, low, high }: Ranged<number | null>, unit: string): Measure => [
    psoas,
    'midline',
    quantity,
    'tissue',
    value,
    low,
    high,
    unit,
    none,
  ];
  const psoasFront: Measure[] =
    headline === undefined
      ? []
      : [
          front('front-pressure', headline.psoasFrontPressure_kPa, 'kPa'),
          front('front-force', headline.psoasFrontForce_N, 'N'),
        ];
  const findings = result.findings.map(
    (f): Measure => [f.structure, f.side, f.quantity, f.where, f.value, f.low, f.high, f.unit, f.band],
  );
  const shares = result.shares.map(
    (s): Measure => [s.structure, 'midline', 'share-of-work', 'tissue', s.share, null, null, '1', none],
  );
  return {
    id,
    status: 'done',
    converged: result.solver.converged,
    reason: result.solver.stopped === undefined ? null : noteText(inEnglish, result.solver.stopped),
    measures: [...path, ...psoasFront, ...findings, ...shares],
    backend: result.solver.backend,
    cost: { seconds: result.solver.seconds, attempts: 1 },
  };
}

/** A case that gave no result. */
export function failedRecord(
  id: string,
  reason: string,
  cost: CaseRecord['cost'] = { seconds: 0, attempts: 1 },
): CaseRecord {
  return { id, status: 'failed', converged: false, reason, measures: [], backend: '', cost };
}
