import { buildAnatomy } from '../anatomy/anatomy.ts';
import type { Progress } from '../base/progress.ts';
import { type Body, resolveBody } from '../body/body.ts';
import { importScan, type ScanFiles } from '../scan/scan.ts';
import { buildTool } from '../tool/build.ts';
import type { Tool } from '../tool/tool.ts';
import type { VoxelModel } from '../voxel/model.ts';
import { voxelize } from '../voxel/voxelize.ts';
import { modelKey, type OnBody } from './model-key.ts';
import { placeTool } from './place.ts';
import type { PlacedTool } from './press.ts';
import type { Scenario } from './scenario.ts';
import { toolOf } from './tool-of.ts';

/** And on what. */
export type OnTool = OnBody & Pick<Scenario, 'tool' | 'placement'>;

/** A tool laid on a body, ready to be pressed. */
export interface Prepared<S extends OnTool = OnTool> {
  readonly scenario: S;
  readonly body: Body;
  readonly model: VoxelModel;
  readonly placed: PlacedTool;
}

/** What a preparation is given beside the scenario. */
export interface PrepareInputs {
  /** Content of the scan's files; needed when the scenario has a scan. */
  readonly files?: ScanFiles | undefined;
  /** A model that was made of the same body or scan with the same cells: it is taken instead of making it again. */
  readonly model?: VoxelModel | undefined;
  /** Factor on the lengths of the tool, and mm to the left and to the head by which it is laid beside its place. */
  readonly toolSize?: number;
  readonly shift?: readonly [number, number];
}

/**
 * Who lies there, on what: the body or scan as voxels, the tool laid on them.
 * @throws InputError when the body, the tool, its place or the scan is not what can be computed
 */
export async function prepare<S extends OnTool>(
  scenario: S,
  inputs: PrepareInputs = {},
  progress: Progress = {},
): Promise<Prepared<S>> {
  const body = resolveBody(scenario.body);
  const tool = resized(toolOf(scenario), inputs.toolSize ?? 1);
  const model = inputs.model ?? (await modelOf(scenario, inputs.files, progress));
  return { scenario, body, model, placed: placeTool(model, tool, scenario.placement, scenario.pose, inputs.shift) };
}

/** The trunk that is pressed on: made from the body's sizes, or from a scan. */
function modelOf(scenario: OnBody, files: ScanFiles | undefined, progress: Progress): Promise<VoxelModel> {
  return scenario.scan === undefined
    ? voxelize(buildAnatomy(resolveBody(scenario.body), scenario.pose), scenario.cell_mm, progress)
    : importScan(files ?? {}, scenario.cell_mm, progress);
}

/** Keeps the models of the last few bodies and scans. */
export class KeptModels {
  readonly #most: number;
  readonly #models = new Map<string, VoxelModel>();

  constructor(most: number) {
    this.#most = most;
  }

  /** The model of a scenario, made once; the one that was used longest ago is forgotten. @param scan as in modelKey */
  async of(scenario: OnBody, files?: ScanFiles, scan?: string, progress: Progress = {}): Promise<VoxelModel> {
    const key = modelKey(scenario, scan);
    const model = this.#models.get(key) ?? (await modelOf(scenario, files, progress));
    // the one used last goes to the end of the line
    this.#models.delete(key);
    this.#models.set(key, model);
    for (const oldest of this.#models.keys()) if (this.#models.size > this.#most) this.#models.delete(oldest);
    return model;
  }
}

/** A tool with its lengths scaled, within what its family allows. */
function resized(tool: Tool, factor: number): Tool {
  const parameters = Object.entries(tool.family.parameters).map(([name, { unit, low, high }]) => {
    const value = tool.parameters[name]!;
    return [name, unit === 'mm' ? Math.min(Math.max(value * factor, low), high) : value];
  });
  return factor === 1 ? tool : buildTool({ id: tool.family.id, parameters: Object.fromEntries(parameters) });
}
