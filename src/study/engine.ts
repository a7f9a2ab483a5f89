import type { Note } from '../base/note.ts';
import type { Scenario } from '../press/scenario.ts';
import type { CaseRecord } from './record.ts';

/** A case to be computed. */
export interface Job {
  readonly id: string;
  readonly scenario: Scenario;
  /** Equal for cases that share a body. */
  readonly group: string;
}

/** Something that computes cases: worker processes here, or a queue with workers on many machines. */
export interface StudyEngine {
  /** For people: 'on 2 worker processes'. */
  readonly where: Note;
  /**
   * Computes every job and hands each record over, in any order, once each.
   * When the signal aborts it begins nothing more and resolves as soon as what was begun has been handed over; when `hurry` aborts
   * it gives up what was begun and resolves at once.
   */
  solve(
    jobs: readonly Job[],
    keep: (record: CaseRecord) => void,
    signal: AbortSignal,
    hurry?: AbortSignal,
  ): Promise<void>;
}
