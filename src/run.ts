import type { Note } from './base/note.ts';
import type { Progress } from './base/progress.ts';
import { type ComputeEnsemble, computeRanges, inTurn } from './findings/compute-ranges.ts';
import { makeResult } from './findings/make-result.ts';
import { pressOnce, type Variation } from './findings/press-once.ts';
import type { Result } from './findings/result.ts';
import { note } from './messages/note.ts';
import { completeScenario, weightNotes } from './press/complete-scenario.ts';
import { type PrepareInputs, prepare } from './press/prepare.ts';
import type { PlacedTool, Press } from './press/press.ts';
import type { Scenario } from './press/scenario.ts';
import type { VoxelModel } from './voxel/model.ts';
import { personOf } from './words/person-of.ts';

/** What a scenario only names, or what belongs to the place where it is computed. */
export interface RunInputs extends Pick<PrepareInputs, 'files' | 'model'> {
  /** To add to the result's notes. */
  readonly notes?: readonly Note[];
  /** For the manifest: the program and the place it runs on; this package's own version and what is known of the place when absent. */
  readonly version?: string | undefined;
  readonly platform?: string | undefined;
  /** A quick look with loose tolerances instead of a full press; see PressOptions. Pass `model` too, or every look builds the trunk anew. */
  readonly preview?: Variation['preview'];
  /** Called as soon as the trunk is there and the tool lies on it, before anything is pressed. */
  readonly onModel?: ((model: VoxelModel, placed: PlacedTool) => void) | undefined;
  /** Called after every step that was solved; see PressOptions. */
  readonly onStep?: Variation['onStep'];
  /** Computes the presses of an ensemble; one after the other in this thread when absent. */
  readonly ensemble?: ComputeEnsemble | undefined;
}

export interface Run {
  readonly press: Press;
  readonly result: Result;
}

/**
 * The whole product: who lies there, on what, how hard, and what that does.
 * @throws InputError when the body, the tool, its place or the scan is not what can be computed; CancelledError when it was stopped
 * before the first step of the press had converged (later, a press that says so is returned).
 */
export async function run(scenario: Scenario, inputs: RunInputs = {}, progress: Progress = {}): Promise<Run> {
  const wanted = scenario.uncertainty > 0;
  const prepared = await prepare(scenario, inputs, stage(progress, 0, 0.2));
  inputs.onModel?.(prepared.model, prepared.placed);
  const watch = { onStep: inputs.onStep, preview: inputs.preview };
  const { press, ...assessment } = await pressOnce(prepared, watch, stage(progress, 0.2, wanted ? 0.5 : 0.97));
  const ensemble = inputs.ensemble ?? inTurn(inputs.files);
  const assessed =
    wanted && press.converged
      ? await computeRanges(scenario, assessment, ensemble, stage(progress, 0.5, 0.98))
      : { ...assessment, notes: wanted ? [note('note.ranges.not-reached')] : [] };
  progress.report?.({ phase: 'done', fraction: 1 });
  const { body, placed } = prepared;
  const notes = [inputs.notes, weightNotes(scenario, body), placed.notes, assessed.notes].flatMap((some) => some ?? []);
  const about = { scenario: completeScenario(scenario, body), body: personOf(scenario, body) };
  return { press, result: makeResult({ ...inputs, ...assessed, ...about, notes, press }) };
}

/** Progress of one stage, which counts its own 0…1, as a part of the whole. */
function stage(progress: Progress, from: number, to: number): Progress {
  const report: Progress['report'] = (event) =>
    progress.report?.({ ...event, fraction: from + (to - from) * event.fraction });
  return { ...progress, report };
}
