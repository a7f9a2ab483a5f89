/** The public door with files: what the command line adds to the computation. */
export { openOutputFolder } from './cli/output-folder.ts';
export { pressFiles } from './cli/press-files.ts';
export { readScan } from './cli/read-scan.ts';
export { serveFolder } from './cli/serve-folder.ts';
export { programVersion } from './cli/version.ts';
export * from './index.ts';
export type { Engine, Job } from './study/engine.ts';
export type { LaneOptions, SolveCase, SolverModule } from './study/lane.node.ts';
export { mergeStudy } from './study/merge-study.node.ts';
export { fittingJobs, poolEngine } from './study/pool.node.ts';
export { queueEngine, serveQueue } from './study/queue.node.ts';
export { runStudy, type StudyOptions, type StudyOutcome } from './study/run-study.node.ts';
