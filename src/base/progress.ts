import { CancelledError } from './errors.ts';
import type { Note } from './note.ts';

/** What a long computation may be doing; the catalogue has a phrase for people under each of these names. */
export type Phase =
  | 'phase.build-body'
  | 'phase.draw-body'
  | 'phase.read-scan'
  | 'phase.read-labels'
  | 'phase.find-body'
  | 'phase.class-tissues'
  | 'phase.press'
  | 'phase.solve'
  | 'phase.ranges'
  | 'phase.check'
  | 'phase.study'
  | 'phase.done';

/** What a long computation tells while it runs. */
export interface ProgressEvent {
  readonly phase: Phase;
  /** 0…1 of the whole job. */
  readonly fraction: number;
  /** How far it is, for people. */
  readonly detail?: Note;
}

/** Progress and cancellation for one job; both parts are optional. */
export interface Progress {
  report?(event: ProgressEvent): void;
  readonly signal?: AbortSignal;
}

/** Lets the event loop run (signals, timers, painting), then throws CancelledError if the job was cancelled. */
export async function breathe(progress: Progress): Promise<void> {
  await new Promise<void>((resolve) => setTimeout(resolve, 0));
  if (progress.signal?.aborted) throw new CancelledError('stopped by the user');
}
