import { CancelledError } from './errors.ts';

/** What a long computation tells while it runs. */
export interface ProgressEvent {
  /** A short phrase for people: 'building the body', 'pressing'. */
  readonly phase: string;
  /** 0…1 of the whole job. */
  readonly fraction: number;
  /** Details, for example '12 mm deep, 85 N'. */
  readonly detail?: string;
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
