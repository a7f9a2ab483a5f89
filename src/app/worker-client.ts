import { say } from '../messages/say-app.ts';
import type { ScanFiles } from '../scan/scan.ts';
import type { Answer, FileKind, OnBody, Order, Slot } from './protocol.ts';

/** What an order can be told on the way. */
export type Listener = (answer: Answer) => void;

/** An order that is under way. */
export interface Job {
  readonly id: number;
  /** Resolves when the order is done, rejects with a JobError when it is not. */
  readonly done: Promise<void>;
  stop(): void;
}

/** An order that failed: its message is a sentence for people. */
export class JobError extends Error {
  override readonly name = 'JobError';
  readonly why: 'input' | 'memory' | 'stopped' | 'unforeseen';
  constructor(why: JobError['why'], sentence: string) {
    super(sentence);
    this.why = why;
  }
}

type NewOrder = Order extends infer O ? (O extends { id: number } ? Omit<O, 'id'> : never) : never;

/** The page's end of the worker. Starts one when it is first needed, and another one when that has died. */
export class WorkerClient {
  #worker: Worker | undefined;
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

  scan(name: string, files: ScanFiles): Job {
    return this.#send({ kind: 'scan', name, files }, () => undefined);
  }

  /** A file written from the last press of a slot. */
  async file(slot: Slot, file: FileKind): Promise<File> {
    let made: File | undefined;
    await this.#send({ kind: 'file', slot, file }, (answer) => {
      if (answer.kind === 'file') made = new File([answer.content], answer.name, { type: answer.type });
    }).done;
    if (made === undefined) throw new JobError('unforeseen', say('app.files.failed'));
    return made;
  }

  dispose(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  #send(order: NewOrder, listener: Listener): Job {
    const id = this.#next++;
    const worker = this.#running();
    const done = new Promise<void>((resolve, reject) => this.#open.set(id, { listener, resolve, reject }));
    worker.postMessage({ ...order, id });
    return { id, done, stop: () => worker.postMessage({ kind: 'stop', id }) };
  }

  #running(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(new URL('./solve.worker.ts', import.meta.url), { type: 'module', name: 'psoascope' });
    worker.onmessage = ({ data }: MessageEvent<Answer>) => this.#hear(data);
    // out of memory ends a worker without a word of its own
    worker.onerror = (event) => {
      event.preventDefault();
      this.#lose(say('app.trouble.broke-off'));
    };
    worker.onmessageerror = () => this.#lose(say('app.trouble.unread'));
    this.#worker = worker;
    return worker;
  }

  #hear(answer: Answer): void {
    const open = this.#open.get(answer.id);
    if (open === undefined) return;
    if (answer.kind === 'done') {
      this.#open.delete(answer.id);
      open.resolve();
    } else if (answer.kind === 'failed') {
      this.#open.delete(answer.id);
      open.reject(new JobError(answer.why, answer.sentence));
    } else open.listener(answer);
  }

  #lose(sentence: string): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    const lost = [...this.#open.values()];
    this.#open.clear();
    this.onRestart?.();
    for (const { reject } of lost) reject(new JobError('memory', sentence));
  }
}
