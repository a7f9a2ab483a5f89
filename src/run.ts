import type { Note } from './base/note.ts';
import type { Progress } from './base/progress.ts';
import { clearances } from './findings/clearance.ts';
import { type Assessed, type ComputeEnsemble, computeRanges, inTurn } from './findings/compute-ranges.ts';
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
  /**
   * Called with the answer without its ranges, as soon as it is there and before they are computed. It is the run of the same scenario
   * with uncertainty 0, hash and all; not called where no ranges are wanted or none can be had.
   */
  readonly onCentral?: ((run: Run) => void | Promise<void>) | undefined;
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
  const prepared = await prepare(scenario, inputs, stage(progress, 0, wanted ? 0.05 : 0.2));
  inputs.onModel?.(prepared.model, prepared.placed);
  const watch = { onStep: inputs.onStep, preview: inputs.preview };
  const { press, ...assessment } = await pressOnce(
    prepared,
    watch,
    wanted ? stage(progress, 0.05, ALONE) : stage(progress, 0.2, 0.97),
  );
  const { body, placed } = prepared;
  // not while a tool is dragged: nobody reads a list then
  const near = inputs.preview === undefined ? { near: clearances(press) } : {};
  const told = (of: Scenario, assessed: Assessed): Run => {
    const notes = [inputs.notes, weightNotes(scenario, body), placed.notes, assessed.notes].flatMap(
      (some) => some ?? [],
    );
    const about = { scenario: completeScenario(of, body), body: personOf(scenario, body) };
    return { press, result: makeResult({ ...inputs, ...assessed, ...about, ...near, notes, press }) };
  };
  const { vessels: _, ...central } = assessment;
  if (!wanted || !press.converged) {
    progress.report?.({ phase: 'phase.done', fraction: 1 });
    return told(scenario, wanted ? { ...central, notes: [note('note.ranges.not-reached')] } : central);
  }
  await inputs.onCentral?.(told({ ...scenario, uncertainty: 0 }, central));
  const ensemble = inputs.ensemble ?? inTurn(inputs.files);
  const ranged = await computeRanges(scenario, assessment, ensemble, stage(progress, ALONE, 0.98));
  progress.report?.({ phase: 'phase.done', fraction: 1 });
  // stopped meanwhile: what is there is the press without ranges, and is the same when that is asked for
  return told(ranged.uncertainty === undefined ? { ...scenario, uncertainty: 0 } : scenario, ranged);
}

/** The part of the way that the press alone takes where ranges follow it. */
const ALONE = 0.15;

/** Progress of one stage, which counts its own 0…1, as a part of the whole. */
function stage(progress: Progress, from: number, to: number): Progress {
  const report: Progress['report'] = (event) =>
    progress.report?.({ ...event, fraction: from + (to - from) * event.fraction });
  return { ...progress, report };
}
