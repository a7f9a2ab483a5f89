/** The public door for browsers, workers and Node alike: no files, no page. */
export { CancelledError, InputError, OutputError } from './base/errors.ts';
export type { Note } from './base/note.ts';
export type { Progress, ProgressEvent } from './base/progress.ts';
export { ALL_EVIDENCE, type Evidence, evidence } from './evidence/evidence.ts';
export type { Finding, Share } from './findings/finding.ts';
export { type Result, resultSchema } from './findings/result.ts';
export { pathCsv } from './io/csv.ts';
export { type GlbScene, glb } from './io/glb.ts';
export { stl } from './io/stl.ts';
export { vti, vtu } from './io/vtk.ts';
export { askFirst, debate, type Group, type Line, ladder, limits, stopSigns } from './messages/general.ts';
export {
  type Catalogue,
  ENGLISH,
  inEnglish,
  type Language,
  type MessageKey,
  type Speaker,
  speakerOf,
} from './messages/say.ts';
export { parseScenario } from './press/parse-scenario.ts';
export type { Press, PressFields, PressStep } from './press/press.ts';
export { PreviewMemory } from './press/preview.ts';
export { type Scenario, type ScenarioInput, scenarioSchema } from './press/scenario.ts';
export { type ToolSurface, toolSurface } from './press/tool-surface.ts';
export { writeReport } from './report/report.ts';
export { type Run, type RunInputs, run } from './run.ts';
export { designStudy, type StudyCase, type StudyDesign } from './study/design.ts';
export { parsePlan } from './study/parse-plan.ts';
export { type Plan, planSchema } from './study/plan.ts';
export type { CaseRecord, Measure } from './study/record.ts';
export { TOOL_FAMILIES } from './tool/catalogue.ts';
export type { Tool, ToolFamily } from './tool/tool.ts';
export type { VoxelModel } from './voxel/model.ts';
export { buildSurfaces, type Surface } from './voxel/surfaces.ts';
export { noteText } from './words/note-text.ts';
