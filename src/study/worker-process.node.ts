import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { tell } from '../base/told.ts';
import { STUDY_ERRORS } from '../messages/errors/study.data.ts';
import type { Job } from './engine.ts';
import { type CaseRecord, failedRecord } from './record.ts';

/** How cases are solved: a module that exports `openSolver(setup)`, and what to hand it. */
export interface SolverModule {
  readonly url: string;
  readonly setup: unknown;
}

/** What a solver module's `openSolver` gives. Throwing is for programming errors: bad input is a failed record. */
export type SolveCase = (job: Job) => Promise<CaseRecord>;

/** What a worker process says. */
export type CaseWorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'record'; readonly record: CaseRecord }
  | { readonly kind: 'error'; readonly message: string };

export interface CaseWorkerOptions {
  /** How often one case may take its process down before it counts as failed; 3 by default, the first and two retries. */
  readonly attempts?: number;
  /** Seconds after which a case's process is killed; no limit by default. */
  readonly caseTimeout_s?: number | undefined;
}

/**
 * One worker process that solves one case at a time. A process, not a thread: when the system kills it (out of memory) or it
 * crashes, only its case is lost, and that is tried again in a new process.
 */
export class CaseWorker {
  readonly #solver: SolverModule;
  readonly #attempts: number;
  readonly #timeout: number | undefined;
  #child: ChildProcess | undefined;
  #everReady = false;
  #closed = false;
  /** Group of the last case: the next one of the same body is best solved here. */
  group = '';

  constructor(solver: SolverModule, options: CaseWorkerOptions = {}) {
    this.#solver = solver;
    this.#attempts = options.attempts ?? 3;
    this.#timeout = options.caseTimeout_s;
  }

  /** Process id of the worker, while there is one. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Solves a case; a worker that dies on it costs a retry. @throws Error when no worker can be started at all */
  async solve(job: Job): Promise<CaseRecord> {
    this.group = job.group;
    let death = '';
    for (let attempt = 1; attempt <= this.#attempts; attempt++) {
      const outcome = await this.#try(job);
      if (this.#closed) break;
      if (outcome.record !== undefined) {
        const { cost } = outcome.record;
        return { ...outcome.record, cost: { ...cost, attempts: attempt } };
      }
      death = outcome.death;
      if (!this.#everReady && attempt === this.#attempts)
        throw new Error(`no worker process could be started (${death})`);
    }
    const ended = tell(STUDY_ERRORS, 'study.case.ended', { times: this.#attempts, why: death });
    return failedRecord(job.id, ended.english, {
      seconds: 0,
      attempts: this.#attempts,
      died: true,
    });
  }

  /** Ends the worker process; `now` in the middle of a case too. */
  close(now = false): void {
    this.#closed = true;
    const child = this.#child;
    this.#child = undefined;
    if (child?.connected && !now) child.disconnect();
    else child?.kill('SIGKILL');
  }

  #try(job: Job): Promise<{ record?: CaseRecord; death: string }> {
    const child = this.#child ?? this.#start();
    return new Promise((resolve) => {
      let tooLong = false;
      const timer =
        this.#timeout === undefined
          ? undefined
          : setTimeout(() => {
              tooLong = true;
              child.kill('SIGKILL');
            }, this.#timeout * 1000);
      const finish = (outcome: { record?: CaseRecord; death: string }): void => {
        clearTimeout(timer);
        child.off('message', onMessage);
        child.off('exit', onExit);
        child.off('error', onError);
        resolve(outcome);
      };
      const onMessage = (message: CaseWorkerMessage): void => {
        if (message.kind === 'ready') this.#everReady = true;
        if (message.kind === 'record') finish({ record: message.record, death: '' });
        // a solver that throws is broken for this case; the process is fine
        if (message.kind === 'error') finish({ record: failedRecord(job.id, message.message), death: '' });
      };
      const onExit = (code: number | null, signal: NodeJS.Signals | null): void => {
        if (this.#child === child) this.#child = undefined;
        if (tooLong) finish({ death: tell(STUDY_ERRORS, 'study.case.too-long', { seconds: this.#timeout! }).english });
        else
          finish({
            death:
              signal === null
                ? tell(STUDY_ERRORS, 'study.case.exit', { code: `${code}` }).english
                : signal === 'SIGKILL'
                  ? tell(STUDY_ERRORS, 'study.case.killed', { signal }).english
                  : signal,
          });
      };
      const onError = (error: Error): void => {
        // the channel broke while sending: the exit that follows tells why, unless the process never began
        if (child.pid === undefined) {
          if (this.#child === child) this.#child = undefined;
          finish({ death: error.message });
        }
      };
      child.on('message', onMessage);
      child.on('exit', onExit);
      child.on('error', onError);
      // when this fails the process has ended, and its exit tells why
      child.send(job, () => undefined);
    });
  }

  #start(): ChildProcess {
    const child = fork(fileURLToPath(new URL('./case-worker.node.js', import.meta.url)), [], {
      env: { ...process.env, PSOASCOPE_SOLVER: JSON.stringify(this.#solver) },
      // data belongs to the main process; what a worker says goes where the talk goes
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child = child;
    return child;
  }
}
