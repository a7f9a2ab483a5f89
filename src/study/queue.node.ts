import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { ConnectionOptions, Queue, Job as QueueJob } from 'bullmq';
import { InputError } from '../base/errors.ts';
import { type Told, tell } from '../base/told.ts';
import { STUDY_ERRORS } from '../messages/errors/study.data.ts';
import type { Job, StudyEngine } from './engine.ts';
import { checkQueueAddress, nameOfQueue } from './queue-address.ts';
import { type CaseRecord, failedRecord } from './record.ts';
import { type RedisTrouble, redisTrouble } from './redis-trouble.ts';
import { CaseWorker, type CaseWorkerOptions, type SolverModule } from './worker-process.node.ts';

/** Cases that wait or run in the queue at one time: enough to feed some hundred workers, few enough for a small Redis. */
const WINDOW = 400;

/** Finished jobs stay this long, s, so that a study that was interrupted finds them; at most this many. */
const KEEP_FINISHED = { age: 24 * 3600, count: 5000 } as const;

/** The queue that workers of one version of the program listen to. A queue's name may hold no colon. */
const QUEUE = 'psoascope-';
const queueName = (program: string): string => `${QUEUE}${program.replaceAll(':', '-')}`;

/** How a job fails whose worker cannot read what the plan names: another one may. The worker's own name and the reason follow. */
const REFUSED = 'refused: ';

/** Who refused and why; the reason alone of whatever else went wrong. */
function refusalOf(failedReason: string): { worker: string; reason: string } {
  const [, worker, reason] = /^refused: (\S+) (.*)$/s.exec(failedReason) ?? [];
  return { worker: worker ?? '', reason: reason ?? failedReason };
}

/** A case that was refused so often, and by each worker that is listening, while none has finished one, becomes a row with their reason. */
const MOST_REFUSALS = 3;

/** A worker that refuses a case waits this long, ms, before it takes another, so that those that can compute it are first. */
const AFTER_REFUSAL = 2000;

/** A case's job: the same id for the same case, so that adding it twice adds it once. */
const jobId = (job: Job): string => `case-${job.id}`;

type Bull = typeof import('bullmq');

/** @throws InputError when the optional packages are not installed */
async function loadBull(): Promise<Bull> {
  try {
    await import('ioredis');
    return await import('bullmq');
  } catch {
    throw new InputError(tell(STUDY_ERRORS, 'error.queue.packages'));
  }
}

function connectionOf(url: string): ConnectionOptions {
  checkQueueAddress(url);
  // commands wait for as long as it takes the server to come back
  return { url, maxRetriesPerRequest: null };
}

/**
 * Makes sure that the queue's server can be reached, can be written to and will not throw jobs away.
 * @throws InputError when that will never be so; what may pass is only said
 */
async function greet(
  { url, program, say }: QueueOptions,
  look?: (client: import('ioredis').Redis) => Promise<void>,
): Promise<void> {
  const { Redis } = await import('ioredis');
  const server = nameOfQueue(url);
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 5000,
    maxRetriesPerRequest: 0,
    // a server that is still loading its data answers that, instead of keeping everybody waiting without a word
    enableReadyCheck: false,
    retryStrategy: () => null,
  });
  // what the connection broke on is told here; the command that waited only hears that it is closed
  let broken: Error | undefined;
  client.on('error', (error: Error) => {
    broken = error;
  });
  try {
    await client.connect();
    const info = await client.info().catch((error: Error) => {
      if (/^NOPERM/.test(error.message)) return '';
      throw error;
    });
    const told = (key: string): string | undefined => new RegExp(`^${key}:(.*?)\\r?$`, 'm').exec(info)?.[1];
    if (told('cluster_enabled') === '1') throw new Error('CLUSTERDOWN');
    if (told('role') === 'slave') throw new Error('READONLY');
    await client.set(`bull:${queueName(program)}:probe`, '1', 'PX', 1000);
    // a database that is not there is told by an event only, and what follows would go to the first one
    if (broken !== undefined) throw broken;
    const policy = ((await client.config('GET', 'maxmemory-policy').catch(() => [])) as string[])[1];
    if (policy !== undefined && policy !== 'noeviction')
      say(tell(STUDY_ERRORS, 'study.says.eviction', { server, policy }));
    await look?.(client);
  } catch (error) {
    const trouble = redisTrouble(broken ?? error, server) ?? redisTrouble(error, server);
    if (trouble?.passing === true) say(waits(trouble));
    else
      throw new InputError(
        trouble?.said ??
          tell(STUDY_ERRORS, server.startsWith('rediss:') ? 'error.queue.silent-tls' : 'error.queue.silent', {
            server,
            why: reasonOf(broken ?? error),
          }),
      );
  } finally {
    client.disconnect();
  }
}

/** Tells a worker of cases that wait for another version: it will never be asked for those. */
async function sayOtherVersions(client: import('ioredis').Redis, { program, say }: QueueOptions): Promise<void> {
  const waiting = new Set<string>();
  let cursor = '0';
  for (let rounds = 0; rounds < 100; rounds++) {
    const [next, keys] = await client.scan(cursor, 'MATCH', `bull:${QUEUE}*:wait`, 'COUNT', 1000);
    for (const key of keys) waiting.add(key.slice(`bull:${QUEUE}`.length, -':wait'.length).replace(/[^ -~]/g, '?'));
    cursor = next;
    if (cursor === '0') break;
  }
  waiting.delete(queueName(program).slice(QUEUE.length));
  if (waiting.size > 0)
    say(tell(STUDY_ERRORS, 'study.says.other-versions', { versions: [...waiting].sort().join(', '), ours: program }));
}

/** Trouble that may pass by itself. */
const waits = ({ said }: RedisTrouble): Told => tell(STUDY_ERRORS, 'study.says.waits', { trouble: said });

/** A connection that was tried on several addresses has its reason in the code only. */
function reasonOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return message || code || String(error);
}

export interface QueueOptions {
  readonly url: string;
  readonly program: string;
  say(line: Told): void;
}

/** Workers on other machines, by way of a BullMQ queue on Redis. @throws InputError when the queue cannot be used */
export async function queueEngine(options: QueueOptions): Promise<StudyEngine> {
  const { url, program, say } = options;
  const connection = connectionOf(url);
  const bull = await loadBull();
  await greet(options);
  return {
    where: { id: 'cli.study.queue', values: { queue: nameOfQueue(url) } },
    async solve(all, keep, signal, hurry) {
      const queue = new bull.Queue(queueName(program), { connection });
      const link = watchLink(queue, url, say);
      const hint = `psoascope worker --queue ${nameOfQueue(url)}`;
      const fed = new Feed(queue, link, keep, say, program, hint).run(all, signal);
      // whoever is in a hurry, or stops while the server is away, does not wait for it: what was begun stays in the queue
      const left = leftAlone(signal, hurry, link);
      try {
        await Promise.race([fed, left.resolves]);
      } finally {
        left.cancel();
        link.close();
        // a command that still waits for the server only hears that nobody wants it any more
        fed.catch(() => undefined);
        await Promise.race([queue.close(), new Promise((resolve) => setTimeout(resolve, 1000))]);
        if (!link.up()) await queue.disconnect().catch(() => undefined);
      }
    },
  };
}

/** Resolves when there is no waiting for the queue any more: in a hurry at once, after a stop when its server is away. */
function leftAlone(signal: AbortSignal, hurry: AbortSignal | undefined, link: Link) {
  let timer: NodeJS.Timeout | undefined;
  const resolves = new Promise<void>((resolve) => {
    timer = setInterval(() => {
      if (hurry?.aborted || (signal.aborted && !link.up())) resolve();
    }, 100);
  });
  return { resolves, cancel: () => clearInterval(timer) };
}

/** Keeps a window of jobs in the queue and takes results out until all have ended. */
class Feed {
  readonly #queue: Queue;
  readonly #link: Link;
  readonly #keep: (record: CaseRecord) => void;
  readonly #say: (line: Told) => void;
  readonly #program: string;
  readonly #hint: string;
  readonly #out = new Map<string, Job>();
  /** Who has refused each case since the last one that any worker has finished, each time by the worker's own name. */
  readonly #refusals = new Map<string, string[]>();
  readonly #saidRefusals = new Set<string>();

  constructor(
    queue: Queue,
    link: Link,
    keep: (record: CaseRecord) => void,
    say: (line: Told) => void,
    program: string,
    hint: string,
  ) {
    this.#queue = queue;
    this.#link = link;
    this.#keep = keep;
    this.#say = say;
    this.#program = program;
    this.#hint = hint;
  }

  /** @throws InputError when the server will never take the jobs */
  async run(all: readonly Job[], signal: AbortSignal): Promise<void> {
    const out = this.#out;
    let next = 0;
    let drained = false;
    let idleSince = performance.now();
    let warned = false;
    while (next < all.length || out.size > 0) {
      const began = performance.now();
      let ended = 0;
      try {
        if (signal.aborted) {
          next = all.length;
          if (!drained) await this.#withdraw();
          drained = true;
        }
        const fresh = all.slice(next, next + WINDOW - out.size);
        next += fresh.length;
        // what does not get in is found missing below and put in again
        for (const job of fresh) out.set(jobId(job), job);
        if (fresh.length > 0) await this.#enqueue(fresh);
        // results are asked for, not waited for: an event may get lost when a server restarts, a finished job does not
        ended = await this.#collect();
        this.#link.answered();
        if (ended > 0) idleSince = performance.now();
        else if (!warned && performance.now() - idleSince > 5000) {
          idleSince = performance.now();
          warned = await this.#missWorkers();
        }
      } catch (error) {
        if (!this.#link.trouble(error)) throw error;
        if (signal.aborted) return;
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
      const took = performance.now() - began;
      await new Promise((resolve) => setTimeout(resolve, ended > 0 ? Math.max(20, 2 * took) : Math.max(200, 4 * took)));
    }
  }

  /** Says once when nobody works on this queue, and who works on another version's. */
  async #missWorkers(): Promise<boolean> {
    if ((await this.#queue.getWorkersCount()) > 0) return false;
    const others = (await versionsAtWork(this.#queue)).filter((version) => version !== this.#program);
    this.#say(
      others.length === 0
        ? tell(STUDY_ERRORS, 'study.says.no-worker', { command: this.#hint })
        : tell(STUDY_ERRORS, 'study.says.other-workers', {
            ours: this.#program,
            versions: others.join(', '),
            command: this.#hint,
          }),
    );
    return true;
  }

  async #enqueue(jobs: readonly Job[]): Promise<void> {
    const queue = this.#queue;
    // what failed in an earlier run would count as ended: it gets another chance
    const known = await Promise.all(jobs.map((job) => queue.getJob(jobId(job))));
    await Promise.all(
      known.filter((job) => job?.failedReason !== undefined && job.finishedOn).map((job) => job!.remove()),
    );
    await queue.addBulk(
      jobs.map((job) => ({
        name: 'case',
        data: job,
        opts: {
          jobId: jobId(job),
          attempts: 3,
          backoff: { type: 'exponential', delay: 500 },
          removeOnComplete: KEEP_FINISHED,
          removeOnFail: KEEP_FINISHED,
        },
      })),
    );
  }

  /** Hands over what has ended; puts back what the server has lost. Returns how many have ended. */
  async #collect(): Promise<number> {
    let ended = 0;
    const again: Job[] = [];
    const found: [string, QueueJob | undefined][] = await Promise.all(
      [...this.#out.keys()].map(
        async (id): Promise<[string, QueueJob | undefined]> => [id, await this.#queue.getJob(id)],
      ),
    );
    for (const [id, job] of found) {
      const mine = this.#out.get(id)!;
      if (job === undefined) {
        again.push(mine);
        continue;
      }
      if (!job.finishedOn) continue;
      const record = job.returnvalue as CaseRecord | null;
      if (job.failedReason?.startsWith(REFUSED) && (await this.#refused(mine, job.failedReason))) {
        again.push(mine);
        continue;
      }
      this.#out.delete(id);
      ended++;
      if (record !== null && record?.id === mine.id) {
        this.#refusals.clear();
        this.#keep(record);
      } else {
        const reason = refusalOf(job.failedReason ?? tell(STUDY_ERRORS, 'study.case.no-reason').english).reason;
        this.#keep(
          failedRecord(mine.id, tell(STUDY_ERRORS, 'study.case.unfinished', { why: reason }).english, {
            seconds: 0,
            attempts: job.attemptsMade,
            died: true,
          }),
        );
      }
    }
    if (again.length > 0) await this.#enqueue(again);
    return ended;
  }

  /** Says once what a worker refuses; returns whether the case goes to another one. */
  async #refused(job: Job, failedReason: string): Promise<boolean> {
    const { worker, reason } = refusalOf(failedReason);
    if (!this.#saidRefusals.has(reason)) {
      this.#saidRefusals.add(reason);
      this.#say(tell(STUDY_ERRORS, 'study.says.refuses', { why: reason }));
    }
    const by = [...(this.#refusals.get(job.id) ?? []), worker];
    this.#refusals.set(job.id, by);
    // chance may hand one case to the same worker again and again while one that can compute it stands beside it; a server that does
    // not tell who listens answers 0
    return by.length < MOST_REFUSALS || new Set(by).size < (await this.#queue.getWorkersCount());
  }

  /** Takes jobs back that nobody has begun. */
  async #withdraw(): Promise<void> {
    await Promise.all(
      [...this.#out.keys()].map(async (id) => {
        const job = await this.#queue.getJob(id);
        if (job === undefined || (await job.isWaiting())) {
          await job?.remove().catch(() => undefined);
          // somebody may have begun it at this very moment: then it stays and is waited for
          if ((await this.#queue.getJob(id)) === undefined) this.#out.delete(id);
        }
      }),
    );
  }
}

/** Versions of the program whose workers are connected to a server, as their queues are named. */
async function versionsAtWork(queue: Queue): Promise<string[]> {
  const list = (await queue.backend.getClientList().catch(() => [])).join('\n');
  const versions = new Set<string>();
  for (const [, name] of list.matchAll(/ name=bull:([\w+/=-]+)/g)) {
    const queueOf = Buffer.from(name!, 'base64').toString('utf8');
    if (queueOf.startsWith(QUEUE)) versions.add(queueOf.slice(QUEUE.length).replace(/[^ -~]/g, '?'));
  }
  return [...versions].sort();
}

export interface WorkerOptions extends QueueOptions {
  readonly solver: SolverModule;
  readonly jobs: number;
  readonly caseWorker: CaseWorkerOptions;
  /** After so many seconds without a sign of life a worker's cases go to another one; 30 by default. */
  readonly lock_s?: number;
  readonly signal: AbortSignal;
  /** Called when it has begun to wait for cases. */
  ready?(): void;
}

/**
 * Computes cases of a queue until the signal aborts; then finishes those that were begun. Each case is solved in a process of
 * its own, so that this one stays free to tell the queue that the case is being worked on.
 * @returns how many cases were computed
 * @throws InputError when the queue cannot be used
 */
export async function serveQueue(options: WorkerOptions): Promise<number> {
  const { url, program, solver, jobs, caseWorker, lock_s = 30, signal, say } = options;
  const connection = connectionOf(url);
  const bull = await loadBull();
  await greet(options, (client) => sayOtherVersions(client, options));
  // a case that takes its process down is tried again by whoever is free, not only here
  const processes = Array.from({ length: jobs }, () => new CaseWorker(solver, { ...caseWorker, attempts: 1 }));
  const free = [...processes];
  let computed = 0;
  const refusals = new Set<string>();
  const myself = randomUUID();
  const worker = new bull.Worker(
    queueName(program),
    async (queued: QueueJob) => {
      const job = queued.data as Job;
      const same = free.findIndex((each) => each.group === job.group);
      const [mine] = free.splice(Math.max(same, 0), 1);
      try {
        const record = await mine!.solve(job);
        if (record.cost.died === true) throw new Error(record.reason ?? 'the worker process ended');
        if (record.cost.unread === true) {
          const reason = `${hostname()}: ${record.reason}`;
          if (!refusals.has(reason)) say(tell(STUDY_ERRORS, 'study.says.leaves', { why: `${record.reason}` }));
          refusals.add(reason);
          await new Promise((resolve) => setTimeout(resolve, AFTER_REFUSAL));
          throw new bull.UnrecoverableError(`${REFUSED}${myself} ${reason}`);
        }
        computed++;
        return record;
      } finally {
        free.push(mine!);
      }
    },
    {
      connection,
      concurrency: jobs,
      lockDuration: lock_s * 1000,
      stalledInterval: lock_s * 500,
      maxStalledCount: 3,
    },
  );
  const link = watchLink(worker, url, say);
  options.ready?.();
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  // waits for the cases that were begun and tells the queue that no more are wanted
  await worker.close();
  link.close();
  for (const each of processes) each.close();
  return computed;
}

/** What is known of the way to a queue's server. */
interface Link {
  /** False after the connection broke until the server answers again. */
  up(): boolean;
  answered(): void;
  /**
   * Says once what the server answers, if it may pass.
   * @returns whether it is worth trying again
   * @throws InputError when it will never pass
   */
  trouble(error: unknown): boolean;
  close(): void;
}

/** Says once when the server is gone or in trouble; both ends go on by themselves. */
function watchLink(
  end: { on(event: 'error', handler: (error: Error) => void): unknown },
  url: string,
  say: (line: Told) => void,
): Link {
  const server = nameOfQueue(url);
  let closed = false;
  let up = true;
  let saidAt = Number.NEGATIVE_INFINITY;
  let said = '';
  const once = (line: Told): void => {
    if (closed || (line.english === said && performance.now() - saidAt < 60_000)) return;
    saidAt = performance.now();
    said = line.english;
    say(line);
  };
  end.on('error', (error) => {
    const trouble = redisTrouble(error, server);
    // reasons of a broken connection come in many words within a moment: one of them is enough
    if (trouble !== undefined) once(waits(trouble));
    else up = false;
    if (trouble === undefined && performance.now() - saidAt > 60_000)
      once(tell(STUDY_ERRORS, 'study.says.unanswered', { server, why: reasonOf(error) }));
  });
  return {
    up: () => up,
    answered() {
      up = true;
    },
    trouble(error) {
      const trouble = redisTrouble(error, server);
      if (trouble === undefined) return false;
      if (!trouble.passing) throw new InputError(trouble.said);
      once(waits(trouble));
      return true;
    },
    close() {
      closed = true;
    },
  };
}
