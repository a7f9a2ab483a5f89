/** The public door with files: what the command line adds to the computation. */
export { openOutputFolder } from './cli/output-folder.ts';
export { pressFiles } from './cli/press-files.ts';
export { readScan } from './cli/read-scan.ts';
export { serveFolder } from './cli/serve-folder.ts';
export { programVersion } from './cli/version.ts';
export * from './index.ts';
