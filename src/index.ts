/**
 * The public door for browsers, workers and Node alike: no files, no page. mm, N, kPa and s; coordinates LPS.
 *
 * The whole is `run`: a scenario in, a press and its result out. Each of its steps can be taken alone, in this order: `resolveBody`,
 * `buildAnatomy`, `voxelize` (or `importScan`), `buildTool`, `placeTool`, `press`, `assess`, `makeResult`, and `wordsOf` for people.
 * `psoascope/node` adds files, `psoascope/mechanics` is the solver alone. Programs that use each: examples/.
 */

// errors, progress, version

export { CancelledError, InputError, OutputError } from './base/errors.ts';
export type { Grid, Vec3 } from './base/grid.ts';
export type { Note } from './base/note.ts';
export type { Progress, ProgressEvent } from './base/progress.ts';
export { VERSION } from './base/version.ts';

// the whole: a scenario is checked, pressed, and comes back as a result

export { type Result, resultSchema } from './findings/result.ts';
export { parseScenario } from './press/parse-scenario.ts';
export { type Scenario, type ScenarioInput, scenarioSchema } from './press/scenario.ts';
export { type Run, type RunInputs, run } from './run.ts';

// who lies there: sizes, anatomy, cells

export { type Anatomy, buildAnatomy, type Pose } from './anatomy/anatomy.ts';
export { STRUCTURES, type Structure, structureOf } from './anatomy/structures.ts';
export { type Body, resolveBody } from './body/body.ts';
export { type BodySpec, bodySpecSchema } from './body/spec.ts';
export { importScan, type ScanFiles } from './scan/scan.ts';
export type { VoxelModel } from './voxel/model.ts';
export { voxelize } from './voxel/voxelize.ts';

// on what: tools, and where they lie

export { placeTool } from './press/place.ts';
export { toolOf } from './press/tool-of.ts';
export { type ToolSurface, toolSurface } from './press/tool-surface.ts';
export { buildTool } from './tool/build.ts';
export { TOOL_FAMILIES } from './tool/catalogue.ts';
export { type ToolSpec, toolSpecSchema } from './tool/spec.ts';
export type { Tool, ToolFamily } from './tool/tool.ts';

// the press

export { forceOf } from './press/force-of.ts';
export type { OnBody } from './press/model-key.ts';
export { type OnTool, type Prepared, type PrepareInputs, prepare } from './press/prepare.ts';
export type { PlacedTool, Press, PressFields, PressStep } from './press/press.ts';
export { PreviewMemory } from './press/preview.ts';
export { type PressOptions, press } from './press/solve-press.ts';

// what it does to each structure, as keys and numbers

export { ALL_EVIDENCE, type Evidence, evidence } from './evidence/evidence.ts';
export { type Assessment, assess, type Context } from './findings/assess.ts';
export { type Finding, type FindingKey, keyOf, type Quantity, type Share, type Unit } from './findings/finding.ts';
export { makeResult, type ResultParts } from './findings/make-result.ts';
export { type Pressed, pressOnce, type Variation } from './findings/press-once.ts';
export { readResult } from './findings/read-result.ts';

// the same for people, in a language that is an argument; two presses side by side

export { ENGLISH, inWholeEnglish as inEnglish } from './messages/english.ts';
export { askFirst, debate, type Group, type Line, ladder, limits, stopSigns } from './messages/general.ts';
export {
  type Catalogue,
  type Language,
  type MessageKey,
  type Speaker,
  speakerOf,
  type WholeSpeaker,
} from './messages/say.ts';
export { writeReport } from './report/report.ts';
export { type Comparison, compareResults, type Pair } from './words/compare-results.ts';
export { comparisonLines } from './words/comparison-lines.ts';
export { findingLabel } from './words/finding-label.ts';
export { noteText } from './words/note-text.ts';
export { personOf } from './words/person-of.ts';
export { withWords, wordsOf } from './words/result-text.ts';
export { type About, aboutOf, type Sentences, sentencesOf } from './words/sentences.ts';

// files for other programs, and surfaces to look at

export { pathCsv } from './io/csv.ts';
export { type GlbScene, glb } from './io/glb.ts';
export { stl } from './io/stl.ts';
export { skinVtu, vti, vtu } from './io/vtk.ts';
export { buildSurfaces, type Surface } from './voxel/surfaces.ts';

// many presses: plans and their designs

export { designStudy, type StudyCase, type StudyDesign } from './study/design.ts';
export { parsePlan } from './study/parse-plan.ts';
export { type Plan, planSchema } from './study/plan.ts';
export type { CaseRecord, Measure } from './study/record.ts';
