import { buildAnatomy } from './anatomy/anatomy.ts';
import { CancelledError, InputError } from './base/errors.ts';
import { canonicalJson } from './base/hash.ts';
import type { Note } from './base/note.ts';
import { breathe, type Progress } from './base/progress.ts';
import { type Body, resolveBody } from './body/body.ts';
import { type Assessment, assess } from './findings/assess.ts';
import { type EnsembleJob, planEnsemble } from './findings/ensemble.ts';
import { makeResult } from './findings/make-result.ts';
import { type SampleValues, sampleOf, withRanges } from './findings/ranges.ts';
import type { Result } from './findings/result.ts';
import { note } from './messages/note.ts';
import { inEnglish } from './messages/say.ts';
import { forceOf } from './press/force-of.ts';
import { placeTool } from './press/place.ts';
import type { PlacedTool, Press } from './press/press.ts';
import type { Scenario } from './press/scenario.ts';
import { type PressOptions, press } from './press/solve-press.ts';
import { toolOf } from './press/tool-of.ts';
import { importScan, type ScanFiles } from './scan/scan.ts';
import { buildTool } from './tool/build.ts';
import type { Tool } from './tool/tool.ts';
import type { VoxelModel } from './voxel/model.ts';
import { voxelize } from './voxel/voxelize.ts';

/** What a scenario only names, or what belongs to the place where it is computed. */
export interface RunInputs {
  /** Content of the scan's files; needed when the scenario has a scan. */
  readonly files?: ScanFiles | undefined;
  /** To add to the result's warnings. */
  readonly notes?: readonly Note[];
  /** Version of this package and the machine it runs on, for the manifest. */
  readonly version: string;
  readonly platform: string;
  /** A model that an earlier run made of the same body or scan with the same cells: it is taken instead of making it again. */
  readonly model?: VoxelModel | undefined;
  /** A quick look with loose tolerances instead of a full press; see PressOptions. Pass `model` too, or every look builds the trunk anew. */
  readonly preview?: PressOptions['preview'];
  /** Called as soon as the trunk is there and the tool lies on it, before anything is pressed. */
  readonly onModel?: ((model: VoxelModel, placed: PlacedTool) => void) | undefined;
  /** Called after every step that was solved; see PressOptions. */
  readonly onStep?: PressOptions['onStep'];
  /** Computes the presses of an ensemble, in the order of the jobs; one after the other in this thread when absent. */
  readonly ensemble?:
    | ((jobs: readonly EnsembleJob[], scenario: Scenario, progress: Progress) => Promise<SampleValues[]>)
    | undefined;
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
export async function run(scenario: Scenario, inputs: RunInputs, progress: Progress = {}): Promise<Run> {
  const body = resolveBody(scenario.body);
  const tool = toolOf(scenario);
  const model = inputs.model ?? (await modelOf(scenario, body, inputs, stage(progress, 0, 0.2)));
  const placed = placeTool(model, tool, scenario.placement, scenario.pose);
  inputs.onModel?.(model, placed);
  const timing = { rate: scenario.rate_s, hold: scenario.hold_s };
  const options = {
    targetForce: forceOf(scenario.load, body),
    tone: scenario.tone,
    timing,
    onStep: inputs.onStep,
    preview: inputs.preview,
  };
  const ranges = scenario.uncertainty > 0;
  const pressed = await press(model, placed, options, stage(progress, 0.2, ranges ? 0.5 : 0.97));
  const assessment = assess(pressed, { pose: scenario.pose, timing });
  const assessed =
    ranges && pressed.converged
      ? await ranged(scenario, assessment, inputs, stage(progress, 0.5, 0.98))
      : { ...assessment, notes: ranges ? [note('note.ranges.not-reached')] : [] };
  progress.report?.({ phase: 'done', fraction: 1 });
  return {
    press: pressed,
    result: makeResult({
      ...inputs,
      ...assessed,
      notes: [...(inputs.notes ?? []), ...weightNotes(scenario, body), ...(placed.notes ?? []), ...assessed.notes],
      scenario: complete(scenario, body),
      body: scenario.scan === undefined ? body : scanned(scenario),
      press: pressed,
    }),
  };
}

/** Fills in the ranges from an ensemble of coarse presses; without them where the user stops meanwhile. */
async function ranged(
  scenario: Scenario,
  { findings, shares, vessels }: Assessment,
  inputs: RunInputs,
  progress: Progress,
) {
  const ensemble = planEnsemble(scenario, scenario.uncertainty);
  const compute = inputs.ensemble ?? ((jobs, _, on) => inTurn(jobs, sampler(inputs), on));
  try {
    const samples = await compute(ensemble.jobs, scenario, progress);
    const done = withRanges(findings, ensemble, samples, scenario.seed, vessels, shares);
    const { n, used } = done.uncertainty;
    const notes =
      used === 0
        ? [note('note.ranges.too-few', { n })]
        : used < n
          ? [note('note.ranges.left-out', { left: n - used, n })]
          : [];
    return { ...done, notes };
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    return { findings, shares, notes: [note('note.ranges.stopped')] };
  }
}

/** The presses of an ensemble one after the other. */
async function inTurn(
  jobs: readonly EnsembleJob[],
  sample: (job: EnsembleJob, progress: Progress) => Promise<SampleValues>,
  progress: Progress,
): Promise<SampleValues[]> {
  const samples: SampleValues[] = [];
  for (const job of jobs) {
    progress.report?.({
      phase: RANGES_PHASE,
      fraction: job.index / jobs.length,
      detail: `press ${job.index} of ${jobs.length - 1}`,
    });
    await breathe(progress);
    samples.push(await sample(job, quiet(progress)));
  }
  return samples;
}

export const RANGES_PHASE = 'computing the ranges';

/** Computes single presses of an ensemble; keeps the last model, since a scan's is the same for all. */
export function sampler(inputs: Pick<RunInputs, 'files'>) {
  let kept: { key: string; model: VoxelModel } | undefined;
  return async (job: EnsembleJob, progress: Progress = {}): Promise<SampleValues> => {
    const { scenario } = job;
    try {
      const body = resolveBody(scenario.body);
      const key = scenario.scan === undefined ? canonicalJson([scenario.body, scenario.pose]) : 'scan';
      if (kept?.key !== key) kept = { key, model: await modelOf(scenario, body, inputs, quiet(progress)) };
      const placed = placeTool(
        kept.model,
        resized(toolOf(scenario), job.toolSize),
        scenario.placement,
        scenario.pose,
        job.shift,
      );
      const timing = { rate: scenario.rate_s, hold: scenario.hold_s };
      const options = {
        targetForce: forceOf(scenario.load, body),
        tone: scenario.tone,
        timing,
        scale: job.scale,
        ...(job.friction !== undefined && { friction: job.friction }),
        quick: true,
      };
      const pressed = await press(kept.model, placed, options, quiet(progress));
      if (!pressed.converged) return undefined;
      const { findings, shares } = assess(pressed, { pose: scenario.pose, timing, person: job.person });
      return sampleOf(findings, shares);
    } catch (error) {
      // a drawn body or place that cannot be is left out; what else goes wrong is told
      if (error instanceof InputError) return undefined;
      throw error;
    }
  };
}

/** A tool with its lengths scaled, within what its family allows. */
function resized(tool: Tool, factor: number): Tool {
  const parameters = Object.entries(tool.family.parameters).map(([name, { unit, low, high }]) => {
    const value = tool.parameters[name]!;
    return [name, unit === 'mm' ? Math.min(Math.max(value * factor, low), high) : value];
  });
  return factor === 1 ? tool : buildTool({ id: tool.family.id, parameters: Object.fromEntries(parameters) });
}

/** Only the wish to stop, without the news. */
const quiet = ({ signal }: Progress): Progress => (signal === undefined ? {} : { signal });

/** The trunk that is pressed on: made from the body's sizes, or from a scan. */
export function modelOf(
  scenario: Scenario,
  body: Body,
  inputs: Pick<RunInputs, 'files'>,
  progress: Progress,
): Promise<VoxelModel> {
  return scenario.scan === undefined
    ? voxelize(buildAnatomy(body, scenario.pose), scenario.cell_mm, progress)
    : importScan(inputs.files ?? {}, scenario.cell_mm, progress);
}

/** What is known about the person in a scan: what was given. */
function scanned({ body: { height_cm, weight_kg } }: Scenario): { label: string; weight_kg: number | null } {
  const sizes = { height: height_cm ?? 0, weight: weight_kg ?? 0 };
  return { label: inEnglish.say('body.scan', sizes), weight_kg: weight_kg ?? null };
}

/** A share of nobody's weight: whose was taken instead. */
function weightNotes(scenario: Scenario, body: Body): Note[] {
  const { scan, load } = scenario;
  if (scan === undefined || !('bodyWeightShare' in load) || scenario.body.weight_kg !== undefined) return [];
  const [share, newtons] = [100 * load.bodyWeightShare, forceOf(load, body)].map((n) => Number(n.toPrecision(3)));
  return [note('note.scan.weight', { share: share!, kg: body.weight_kg, newtons: newtons! })];
}

/**
 * The scenario with the sizes of the body filled in, so that it means the same when the defaults change. The person in a scan keeps
 * only what was given: sex and age are left out where they are the defaults, which change nothing there.
 */
function complete(scenario: Scenario, { height_cm, weight_kg }: Body): Scenario {
  if (scenario.scan !== undefined) {
    const { sex, age, ...given } = scenario.body;
    const known = { ...(sex !== 'female' && { sex }), ...(age !== 40 && { age }), ...given };
    return { ...scenario, body: known as Scenario['body'] };
  }
  const { waist_cm, ...rest } = scenario.body;
  // a weight that was read off the waist stays unwritten: it follows again, and as a wish it might be out of range
  const weight = waist_cm !== undefined && scenario.body.weight_kg === undefined ? {} : { weight_kg };
  return { ...scenario, body: { ...rest, height_cm, ...weight, ...(waist_cm !== undefined && { waist_cm }) } };
}

/** Progress of one stage, which counts its own 0…1, as a part of the whole. */
function stage(progress: Progress, from: number, to: number): Progress {
  return {
    ...progress,
    report: (event) => progress.report?.({ ...event, fraction: from + (to - from) * event.fraction }),
  };
}
