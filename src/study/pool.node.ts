import { readFileSync } from 'node:fs';
import { availableParallelism, freemem } from 'node:os';
import type { StudyEngine } from './engine.ts';
import { scheduleByGroup } from './schedule.ts';
import { CaseWorker, type CaseWorkerOptions, type SolverModule } from './worker-process.node.ts';

/** Memory that one worker needs, bytes: twice what a press at the default cell of 6 mm was seen to take. */
const WORKER_MEMORY = 1.2e9;

/** How many worker processes suit this machine: its processors, or fewer where memory or a container's limits say so. */
export function fittingJobs(): number {
  const memory = Math.min(freemem(), process.constrainedMemory?.() || Number.POSITIVE_INFINITY);
  const byMemory = Math.floor(memory / WORKER_MEMORY);
  return Math.max(1, Math.min(availableParallelism(), quotaOfContainer() ?? Number.POSITIVE_INFINITY, byMemory));
}

/** Whole processors that a Linux control group grants; undefined without a limit. */
function quotaOfContainer(): number | undefined {
  try {
    const [quota, period] = readFileSync('/sys/fs/cgroup/cpu.max', 'utf8').split(' ').map(Number);
    return Number.isFinite(quota) ? Math.max(1, Math.floor(quota! / period!)) : undefined;
  } catch {
    return undefined;
  }
}

/** Worker processes on this machine. */
export function poolEngine(solver: SolverModule, jobs: number, options: CaseWorkerOptions = {}): StudyEngine {
  return {
    where: { id: 'cli.study.here', values: { jobs } },
    async solve(all, keep, signal, hurry) {
      const schedule = scheduleByGroup(all);
      const workers = Array.from({ length: Math.min(jobs, all.length) }, () => new CaseWorker(solver, options));
      let stopped = false;
      const end = (now: boolean): void => {
        stopped = true;
        for (const worker of workers) worker.close(now);
      };
      const giveUp = (): void => end(true);
      hurry?.addEventListener('abort', giveUp, { once: true });
      if (hurry?.aborted) giveUp();
      try {
        await Promise.all(
          workers.map(async (worker) => {
            while (!signal.aborted && !stopped) {
              const job = schedule.next(worker.group);
              if (job === undefined) return;
              const record = await worker.solve(job);
              if (!stopped) keep(record);
            }
          }),
        );
      } finally {
        // one worker's error (a full disk, say) ends the others after the cases that they are at
        hurry?.removeEventListener('abort', giveUp);
        end(false);
      }
    },
  };
}
