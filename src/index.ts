/** The public door for browsers, workers and Node alike: no files, no page. */
export { CancelledError, InputError } from './base/errors.ts';
export type { Progress, ProgressEvent } from './base/progress.ts';
export { ALL_EVIDENCE, type Evidence, evidence } from './evidence/evidence.ts';
export type { Finding, Share } from './findings/finding.ts';
export type { Result } from './findings/result.ts';
export { resultSchema } from './findings/result-schema.ts';
export { pathCsv } from './io/csv.ts';
export { vti, vtu } from './io/vtk.ts';
export { parseScenario } from './press/parse-scenario.ts';
export type { Press, PressFields, PressStep } from './press/press.ts';
export { type Scenario, type ScenarioInput, scenarioSchema } from './press/scenario.ts';
export { writeReport } from './report/report.ts';
export { type Run, type RunInputs, run } from './run.ts';
export { TOOL_FAMILIES } from './tool/catalogue.ts';
export type { Tool, ToolFamily } from './tool/tool.ts';
export type { VoxelModel } from './voxel/model.ts';
