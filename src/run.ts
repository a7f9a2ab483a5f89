import { buildAnatomy } from './anatomy/anatomy.ts';
import type { Progress } from './base/progress.ts';
import { newtonsOfKg } from './base/units.ts';
import { type Body, resolveBody } from './body/body.ts';
import { assess } from './findings/assess.ts';
import { makeResult } from './findings/make-result.ts';
import type { Result } from './findings/result.ts';
import { placeTool, presetOf } from './press/place.ts';
import type { PlacedTool, Press } from './press/press.ts';
import type { Scenario } from './press/scenario.ts';
import { type PressOptions, press } from './press/solve-press.ts';
import { importScan, type ScanFiles } from './scan/scan.ts';
import { buildTool } from './tool/build.ts';
import type { Tool } from './tool/tool.ts';
import type { VoxelModel } from './voxel/model.ts';
import { voxelize } from './voxel/voxelize.ts';

/** What a scenario only names, or what belongs to the place where it is computed. */
export interface RunInputs {
  /** Content of the scan's files; needed when the scenario has a scan. */
  readonly files?: ScanFiles | undefined;
  /** Sentences to add to the result's warnings. */
  readonly notes?: readonly string[];
  /** Version of this package and the machine it runs on, for the manifest. */
  readonly version: string;
  readonly platform: string;
  /** A model that an earlier run made of the same body or scan with the same cells: it is taken instead of making it again. */
  readonly model?: VoxelModel | undefined;
  /** Called as soon as the trunk is there and the tool lies on it, before anything is pressed. */
  readonly onModel?: ((model: VoxelModel, placed: PlacedTool) => void) | undefined;
  /** Called after every step that was solved; see PressOptions. */
  readonly onStep?: PressOptions['onStep'];
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
  const options = { targetForce: forceOf(scenario.load, body), tone: scenario.tone, timing, onStep: inputs.onStep };
  const pressed = await press(model, placed, options, stage(progress, 0.2, 0.97));
  const assessed = assess(pressed, { pose: scenario.pose, timing });
  progress.report?.({ phase: 'done', fraction: 1 });
  return {
    press: pressed,
    result: makeResult({ ...inputs, ...assessed, scenario: complete(scenario, body), body, press: pressed }),
  };
}

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

/** The scenario with the sizes of the body filled in, so that it means the same when the defaults change. */
function complete(scenario: Scenario, { height_cm, weight_kg }: Body): Scenario {
  const { waist_cm, ...rest } = scenario.body;
  // a weight that was read off the waist stays unwritten: it follows again, and as a wish it might be out of range
  const weight = waist_cm !== undefined && scenario.body.weight_kg === undefined ? {} : { weight_kg };
  return { ...scenario, body: { ...rest, height_cm, ...weight, ...(waist_cm !== undefined && { waist_cm }) } };
}

/** The tool with its own sizes, those of its place, and over both those that were asked for. */
export function toolOf(scenario: Scenario): Tool {
  const tool = buildTool(scenario.tool);
  const sizes = presetOf(tool, scenario.placement)?.parameters;
  return sizes === undefined
    ? tool
    : buildTool({ ...scenario.tool, parameters: { ...sizes, ...scenario.tool.parameters } });
}

/** The force that a load asks for, N. */
function forceOf(load: Scenario['load'], body: Body): number {
  if ('force_N' in load) return load.force_N;
  return newtonsOfKg('mass_kg' in load ? load.mass_kg : load.bodyWeightShare * body.weight_kg);
}

/** Progress of one stage, which counts its own 0…1, as a part of the whole. */
function stage(progress: Progress, from: number, to: number): Progress {
  return {
    ...progress,
    report: (event) => progress.report?.({ ...event, fraction: from + (to - from) * event.fraction }),
  };
}
