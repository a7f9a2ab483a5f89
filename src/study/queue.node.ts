import type { ConnectionOptions, Queue, Job as QueueJob } from 'bullmq';
import { InputError } from '../base/errors.ts';
import type { Engine, Job } from './engine.ts';
import { Lane, type LaneOptions, type SolverModule } from './lane.node.ts';
import { type CaseRecord, failedRecord } from './record.ts';

/** Cases that wait or run in the queue at one time: enough to feed some hundred workers, few enough for a small Redis. */
const WINDOW = 400;

/** Finished jobs stay this long, s, so that a study that was interrupted finds them; at most this many. */
const KEEP_FINISHED = { age: 24 * 3600, count: 5000 } as const;

/** The queue that workers of one version of the program listen to. A queue's name may hold no colon. */
const queueName = (program: string): string => `psoascope-${program.replaceAll(':', '-')}`;

/** A case's job: the same id for the same case, so that adding it twice adds it once. */
const jobId = (job: Job): string => `case-${job.id}`;

type Bull = typeof import('bullmq');

/** @throws InputError when the optional packages are not installed */
async function loadBull(): Promise<Bull> {
  try {
    await import('ioredis');
    return await import('bullmq');
  } catch {
    throw new InputError(
      'A queue needs two packages that do not come with psoascope: npm install bullmq ioredis (beside psoascope), then start again.',
    );
  }
}

function connectionOf(url: string): ConnectionOptions {
  if (!URL.canParse(url) || !/^rediss?:$/.test(new URL(url).protocol))
    throw new InputError(`--queue takes the address of a Redis, for example redis://localhost:6379, not ${url}.`);
  // commands wait for as long as it takes the server to come back
  return { url, maxRetriesPerRequest: null };
}

/** Without a password. */
const nameOf = (url: string): string => {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
};

/**
 * Makes sure that the queue's server can be reached and will not throw jobs away.
 * @throws InputError when it cannot be reached
 */
async function greet(url: string, say: (line: string) => void): Promise<void> {
  const { Redis } = await import('ioredis');
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 5000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // what the connection broke on is told here; the command that waited only hears that it is closed
  let broken: Error | undefined;
  client.on('error', (error: Error) => {
    broken = error;
  });
  try {
    await client.connect();
    const policy = ((await client.config('GET', 'maxmemory-policy').catch(() => [])) as string[])[1];
    if (policy !== undefined && policy !== 'noeviction')
      say(
        `The Redis at ${nameOf(url)} may throw jobs away when it is full (maxmemory-policy ${policy}); set it to noeviction.`,
      );
  } catch (error) {
    throw new InputError(
      `No Redis answers at ${nameOf(url)} (${reasonOf(broken ?? error)}); start one, or check the address.`,
    );
  } finally {
    client.disconnect();
  }
}

/** A connection that was tried on several addresses has its reason in the code only. */
function reasonOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return message || code || String(error);
}

export interface QueueOptions {
  readonly url: string;
  readonly program: string;
  say(line: string): void;
}

/** Workers on other machines, by way of a BullMQ queue on Redis. @throws InputError when the queue cannot be used */
export async function queueEngine({ url, program, say }: QueueOptions): Promise<Engine> {
  const connection = connectionOf(url);
  const bull = await loadBull();
  await greet(url, say);
  return {
    where: `by the workers at ${nameOf(url)}`,
    async solve(all, keep, signal) {
      const queue = new bull.Queue(queueName(program), { connection });
      const link = watchLink(queue, url, say);
      try {
        await feed(queue, all, keep, signal, say, `psoascope worker --queue ${nameOf(url)}`);
      } finally {
        link.close();
        await queue.close();
      }
    },
  };
}

/** Keeps a window of jobs in the queue and takes results out until all have ended. */
async function feed(
  queue: Queue,
  all: readonly Job[],
  keep: (record: CaseRecord) => void,
  signal: AbortSignal,
  say: (line: string) => void,
  hint: string,
): Promise<void> {
  const out = new Map<string, Job>();
  let next = 0;
  let drained = false;
  let idleSince = performance.now();
  let warned = false;
  while (next < all.length || out.size > 0) {
    if (signal.aborted) {
      next = all.length;
      if (!drained) await withdraw(queue, out);
      drained = true;
    }
    const fresh = all.slice(next, next + WINDOW - out.size);
    next += fresh.length;
    if (fresh.length > 0) await enqueue(queue, fresh, out);

    // results are asked for, not waited for: an event may get lost when a server restarts, a finished job does not
    const began = performance.now();
    const ended = await collect(queue, out, keep);
    const took = performance.now() - began;
    if (ended > 0) idleSince = performance.now();
    else if (!warned && performance.now() - idleSince > 5000) {
      idleSince = performance.now();
      if ((await queue.getWorkersCount()) === 0) {
        warned = true;
        say(`No worker of this version is listening; start some with: ${hint}`);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, ended > 0 ? Math.max(20, 2 * took) : Math.max(200, 4 * took)));
  }
}

async function enqueue(queue: Queue, jobs: readonly Job[], out: Map<string, Job>): Promise<void> {
  for (const job of jobs) out.set(jobId(job), job);
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
async function collect(queue: Queue, out: Map<string, Job>, keep: (record: CaseRecord) => void): Promise<number> {
  let ended = 0;
  const lost: Job[] = [];
  const found: [string, QueueJob | undefined][] = await Promise.all(
    [...out.keys()].map(async (id): Promise<[string, QueueJob | undefined]> => [id, await queue.getJob(id)]),
  );
  for (const [id, job] of found) {
    const mine = out.get(id)!;
    if (job === undefined) {
      lost.push(mine);
      continue;
    }
    if (!job.finishedOn) continue;
    const record = job.returnvalue as CaseRecord | null;
    out.delete(id);
    ended++;
    if (record !== null && record?.id === mine.id) keep(record);
    else
      keep(
        failedRecord(mine.id, `no worker finished this case (${job.failedReason ?? 'no reason given'})`, {
          seconds: 0,
          attempts: job.attemptsMade,
          died: true,
        }),
      );
  }
  if (lost.length > 0) await enqueue(queue, lost, out);
  return ended;
}

/** Takes jobs back that nobody has begun. */
async function withdraw(queue: Queue, out: Map<string, Job>): Promise<void> {
  await Promise.all(
    [...out.keys()].map(async (id) => {
      const job = await queue.getJob(id);
      if (job === undefined || (await job.isWaiting())) {
        await job?.remove().catch(() => undefined);
        // somebody may have begun it at this very moment: then it stays and is waited for
        if ((await queue.getJob(id)) === undefined) out.delete(id);
      }
    }),
  );
}

export interface WorkerOptions extends QueueOptions {
  readonly solver: SolverModule;
  readonly jobs: number;
  readonly lane: LaneOptions;
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
  const { url, program, solver, jobs, lane, lock_s = 30, signal, say } = options;
  const connection = connectionOf(url);
  const bull = await loadBull();
  await greet(url, say);
  // a case that takes its process down is tried again by whoever is free, not only here
  const lanes = Array.from({ length: jobs }, () => new Lane(solver, { ...lane, attempts: 1 }));
  const free = [...lanes];
  let computed = 0;
  const worker = new bull.Worker(
    queueName(program),
    async (queued: QueueJob) => {
      const job = queued.data as Job;
      const same = free.findIndex((each) => each.group === job.group);
      const [mine] = free.splice(Math.max(same, 0), 1);
      try {
        const record = await mine!.solve(job);
        if (record.cost.died === true) throw new Error(record.reason ?? 'the worker process ended');
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
  for (const each of lanes) each.close();
  return computed;
}

/** Says once when the server is gone and once when it is back; both ends go on by themselves. */
function watchLink(
  end: { on(event: 'error', handler: (error: Error) => void): unknown; client?: unknown },
  url: string,
  say: (line: string) => void,
): { close(): void } {
  let closed = false;
  let saidAt = Number.NEGATIVE_INFINITY;
  end.on('error', (error) => {
    if (closed || performance.now() - saidAt < 60_000) return;
    saidAt = performance.now();
    say(`The queue at ${nameOf(url)} does not answer (${reasonOf(error)}); trying again until it does.`);
  });
  return {
    close() {
      closed = true;
    },
  };
}
