import type { Job } from './engine.ts';
import type { CaseWorkerMessage, SolveCase, SolverModule } from './worker-process.node.ts';

// the program of a worker process: solves the cases that its parent sends, one at a time

// a parent that is gone while we speak is no error: the disconnect below ends this process
const say = (message: CaseWorkerMessage): void => void process.send?.(message, () => undefined);

// Ctrl-C and a scheduler's SIGTERM reach every process of the group; the parent decides what they mean and drains
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
// the parent is done, or gone: nobody would hear a result
process.on('disconnect', () => process.exit(0));

const solver = JSON.parse(process.env.PSOASCOPE_SOLVER ?? '{}') as SolverModule;
const { openSolver } = (await import(solver.url)) as { openSolver: (setup: unknown) => SolveCase };
const solve = openSolver(solver.setup);
process.on('message', (job: Job) => {
  solve(job).then(
    (record) => say({ kind: 'record', record }),
    (error: unknown) => say({ kind: 'error', message: error instanceof Error ? error.message : String(error) }),
  );
});
say({ kind: 'ready' });
