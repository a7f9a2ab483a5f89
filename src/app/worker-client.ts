import type { Note } from '../base/note.ts';
import type { Language } from '../messages/speaker.ts';
import type { ScanFiles } from '../scan/scan.ts';
import { appNote, Refused } from './app-note.ts';
import type { Answer, Failure, FileKind, OnBody, OpenScan, Order, Slot } from './protocol.ts';
import { type Watch, watchWorker } from './worker-watch.ts';

/** What an order can be told on the way. */
export type Listener = (answer: Answer) => void;

/** An order that is under way. */
export interface Job {
  readonly id: number;
  /** Resolves when the order is done, rejects with a JobError when it is not. */
  readonly done: Promise<void>;
  stop(): void;
}

/** An order that failed, and what is said of it. */
export class JobError extends Refused {
  readonly why: Failure;
  constructor(why: Failure, note: Note) {
    super(note);
    this.why = why;
  }
}

/** How long a worker may go on with what it was asked to stop before it is ended, ms: it looks up many times a second. */
const DEAF = 20_000;

type NewOrder = Order extends infer O ? (O extends { id: number } ? Omit<O, 'id'> : never) : never;

/** The page's end of the worker. Starts one when it is first needed, and another one when that has died. */
export class WorkerClient {
  #worker: Worker | undefined;
  #watch: Watch | undefined;
  #next = 1;
  readonly #open = new Map<number, { listener: Listener; resolve: () => void; reject: (error: JobError) => void }>();
  /** Called when a new worker takes over: it knows none of the scans that the old one was given. */
  onRestart: (() => void) | undefined;

  show(on: OnBody, listener: Listener): Job {
    return this.#send({ kind: 'show', ...on }, listener);
  }

  press(on: OnBody, slot: Slot, listener: Listener): Job {
    return this.#send({ kind: 'press', slot, ...on }, listener);
  }

  /** Hands a scan over. @param keep ids of the scans that are still in use */
  async scan(files: ScanFiles, keep: readonly string[]): Promise<OpenScan> {
    let opened: OpenScan | undefined;
    await this.#send({ kind: 'scan', files, keep }, (answer) => {
      if (answer.kind === 'scanned') opened = answer.scan;
    }).done;
    if (opened === undefined) throw new JobError('unforeseen', appNote('app.trouble.unread'));
    return opened;
  }

  /**
   * A file written from the last full press of a slot.
   * @param of hash of the result that it must be
   * @param language English when absent
   * @throws JobError 'gone' where the worker does not hold that press (any more)
   */
  async file(slot: Slot, file: FileKind, of: string, language?: Language): Promise<File> {
    let made: File | undefined;
    await this.#send({ kind: 'file', slot, file, of, ...(language !== undefined && { language }) }, (answer) => {
      if (answer.kind === 'file') made = new File([answer.content], answer.name, { type: answer.type });
    }).done;
    if (made === undefined) throw new JobError('unforeseen', appNote('app.files.failed'));
    return made;
  }

  dispose(): void {
    this.#end();
  }

  #send(order: NewOrder, listener: Listener): Job {
    const id = this.#next++;
    const worker = this.#running();
    const done = new Promise<void>((resolve, reject) => this.#open.set(id, { listener, resolve, reject }));
    this.#watch?.waiting(true);
    worker.postMessage({ ...order, id });
    return { id, done, stop: () => this.#stop(id) };
  }

  /** Asks the worker to stop; one that does not within a while is ended, so that the next order need not wait behind it. */
  #stop(id: number): void {
    this.#worker?.postMessage({ kind: 'stop', id });
    setTimeout(() => {
      if (this.#open.has(id)) this.#lose('stopped', appNote('app.trouble.stopped'));
    }, DEAF);
  }

  #running(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const name = `psoascope-${Math.random().toString(36).slice(2)}`;
    const worker = new Worker(new URL('./solve.worker.ts', import.meta.url), { type: 'module', name });
    worker.onmessage = ({ data }: MessageEvent<Answer>) => this.#hear(data);
    // out of memory may end a worker with an error, or without a word of its own
    worker.onerror = (event) => {
      event.preventDefault();
      this.#lose('memory', appNote('app.trouble.broke-off'));
    };
    worker.onmessageerror = () => this.#lose('memory', appNote('app.trouble.unread'));
    this.#worker = worker;
    this.#watch = watchWorker(name, () => this.#lose('memory', appNote('app.trouble.broke-off')));
    return worker;
  }

  #hear(answer: Answer): void {
    if (answer.kind === 'alive') {
      this.#watch?.locked();
      return;
    }
    this.#watch?.heard();
    const open = this.#open.get(answer.id);
    if (open === undefined) return;
    if (answer.kind === 'done') {
      this.#close(answer.id);
      open.resolve();
    } else if (answer.kind === 'failed') {
      this.#close(answer.id);
      open.reject(new JobError(answer.why, answer.note));
    } else open.listener(answer);
  }

  #close(id: number): void {
    this.#open.delete(id);
    if (this.#open.size === 0) this.#watch?.waiting(false);
  }

  #end(): void {
    this.#watch?.end();
    this.#watch = undefined;
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  #lose(why: Failure, note: Note): void {
    this.#end();
    const lost = [...this.#open.values()];
    this.#open.clear();
    this.onRestart?.();
    for (const { reject } of lost) reject(new JobError(why, note));
  }
}
