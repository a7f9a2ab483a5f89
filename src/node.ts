/** The public door with files: what the command line adds to the computation. */

export * from './index.ts';
export { openOutputFolder } from './node/output-folder.ts';
export { pressFiles } from './node/press-files.ts';
export { readScan } from './node/read-scan.ts';
export { serveFolder } from './node/serve-folder.ts';
export type { Job, StudyEngine } from './study/engine.ts';
export { mergeStudy } from './study/merge-study.node.ts';
export { fittingJobs, poolEngine } from './study/pool.node.ts';
export { queueEngine, serveQueue } from './study/queue.node.ts';
export { runStudy, type StudyOptions, type StudyOutcome } from './study/run-study.node.ts';
export type { CaseWorkerOptions, SolveCase, SolverModule } from './study/worker-process.node.ts';
