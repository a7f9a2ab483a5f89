import { readFileSync } from 'node:fs';
import { availableParallelism, freemem } from 'node:os';
import type { Engine } from './engine.ts';
import { Lane, type LaneOptions, type SolverModule } from './lane.node.ts';
import { scheduleByGroup } from './schedule.ts';

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
export function poolEngine(solver: SolverModule, jobs: number, options: LaneOptions = {}): Engine {
  return {
    where: { id: 'cli.study.here', values: { jobs } },
    async solve(all, keep, signal, hurry) {
      const schedule = scheduleByGroup(all);
      const lanes = Array.from({ length: Math.min(jobs, all.length) }, () => new Lane(solver, options));
      let stopped = false;
      const end = (now: boolean): void => {
        stopped = true;
        for (const lane of lanes) lane.close(now);
      };
      const giveUp = (): void => end(true);
      hurry?.addEventListener('abort', giveUp, { once: true });
      if (hurry?.aborted) giveUp();
      try {
        await Promise.all(
          lanes.map(async (lane) => {
            while (!signal.aborted && !stopped) {
              const job = schedule.next(lane.group);
              if (job === undefined) return;
              const record = await lane.solve(job);
              if (!stopped) keep(record);
            }
          }),
        );
      } finally {
        // one lane's error (a full disk, say) ends the others after the cases that they are at
        hurry?.removeEventListener('abort', giveUp);
        end(false);
      }
    },
  };
}
