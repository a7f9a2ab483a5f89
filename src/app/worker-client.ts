import type { Note } from '../base/note.ts';
import type { Language } from '../messages/speaker.ts';
import type { ScanFiles } from '../scan/scan.ts';
import { appNote, Refused } from './app-note.ts';
import type { FailureCode, FileKind, OnBody, OpenScan, Slot, WorkerRequest, WorkerResponse } from './protocol.ts';
import { type Watch, watchWorker } from './worker-watch.ts';

/** What a request can be told on the way. */
export type Listener = (response: WorkerResponse) => void;

/** A request that is under way. */
export interface PendingRequest {
  readonly id: number;
  /** Resolves when the request is done, rejects with a RequestError when it is not. */
  readonly done: Promise<void>;
  stop(): void;
}

/** A request that failed, and what is said of it. */
export class RequestError extends Refused {
  readonly code: FailureCode;
  constructor(code: FailureCode, note: Note) {
    super(note);
    this.code = code;
  }
}

/** How long a worker may go on with what it was asked to stop before it is ended, ms: it looks up many times a second. */
const DEAF = 20_000;

type NewRequest = WorkerRequest extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never;

/** The page's end of the worker. Starts one when it is first needed, and another one when that has died. */
export class WorkerClient {
  #worker: Worker | undefined;
  #watch: Watch | undefined;
  #next = 1;
  readonly #open = new Map<
    number,
    { listener: Listener; resolve: () => void; reject: (error: RequestError) => void }
  >();
  /** Called when a new worker takes over: it knows none of the scans that the old one was given. */
  onRestart: (() => void) | undefined;

  show(on: OnBody, listener: Listener): PendingRequest {
    return this.#send({ kind: 'show', ...on }, listener);
  }

  press(on: OnBody, slot: Slot, listener: Listener): PendingRequest {
    return this.#send({ kind: 'press', slot, ...on }, listener);
  }

  /** Hands a scan over. @param keep ids of the scans that are still in use */
  async scan(files: ScanFiles, keep: readonly string[]): Promise<OpenScan> {
    let opened: OpenScan | undefined;
    await this.#send({ kind: 'scan', files, keep }, (response) => {
      if (response.kind === 'scanned') opened = response.scan;
    }).done;
    if (opened === undefined) throw new RequestError('unforeseen', appNote('app.trouble.unread'));
    return opened;
  }

  /**
   * A file written from the last full press of a slot.
   * @param of hash of the result that it must be
   * @param language English when absent
   * @throws RequestError 'gone' where the worker does not hold that press (any more)
   */
  async file(slot: Slot, file: FileKind, of: string, language?: Language): Promise<File> {
    let made: File | undefined;
    await this.#send({ kind: 'file', slot, file, of, ...(language !== undefined && { language }) }, (response) => {
      if (response.kind === 'file') made = new File([response.content], response.name, { type: response.type });
    }).done;
    if (made === undefined) throw new RequestError('unforeseen', appNote('app.files.failed'));
    return made;
  }

  dispose(): void {
    this.#end();
  }

  #send(request: NewRequest, listener: Listener): PendingRequest {
    const id = this.#next++;
    const worker = this.#running();
    const done = new Promise<void>((resolve, reject) => this.#open.set(id, { listener, resolve, reject }));
    this.#watch?.waiting(true);
    worker.postMessage({ ...request, id });
    return { id, done, stop: () => this.#stop(id) };
  }

  /** Asks the worker to stop; one that does not within a while is ended, so that the next request need not wait behind it. */
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
    worker.onmessage = ({ data }: MessageEvent<WorkerResponse>) => this.#receive(data);
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

  #receive(response: WorkerResponse): void {
    if (response.kind === 'alive') {
      this.#watch?.locked();
      return;
    }
    this.#watch?.heard();
    const open = this.#open.get(response.id);
    if (open === undefined) return;
    if (response.kind === 'done') {
      this.#close(response.id);
      open.resolve();
    } else if (response.kind === 'failed') {
      this.#close(response.id);
      open.reject(new RequestError(response.code, response.note));
    } else open.listener(response);
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

  #lose(code: FailureCode, note: Note): void {
    this.#end();
    const lost = [...this.#open.values()];
    this.#open.clear();
    this.onRestart?.();
    for (const { reject } of lost) reject(new RequestError(code, note));
  }
}
