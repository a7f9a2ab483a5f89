import { buildAnatomy } from '../anatomy/anatomy.ts';
import { VERSION } from '../base/version.ts';
import { resolveBody } from '../body/body.ts';
import { drawnKey } from '../press/model-key.ts';
import { parseScenario } from '../press/parse-scenario.ts';
import { prepare } from '../press/prepare.ts';
import { type ToolSurface, toolSurface } from '../press/tool-surface.ts';
import { buildSurfaces } from '../voxel/surfaces.ts';
import { liesAs, lyingFigure } from './figure.ts';
import type { KeptScene } from './kept-scene.ts';

/** Edge of a cell of the app's first look, which a first visit's worker would draw its person from, mm. */
const CELL = 12;

/** What is drawn of a press before it is computed, as its worker would draw it for a small screen. @param asked a scenario without a scan */
export async function drawScene(asked: object): Promise<KeptScene> {
  const scenario = parseScenario({ ...asked, cell_mm: CELL });
  const body = resolveBody(scenario.body);
  const { model, placed } = await prepare(scenario);
  const tool = toolSurface(placed);
  return {
    version: VERSION,
    key: drawnKey('low', scenario),
    lies: liesAs(scenario.body, scenario.pose, tool),
    surfaces: await buildSurfaces({ model, anatomy: buildAnatomy(body, scenario.pose) }, { detail: 'low' }),
    figure: lyingFigure(model, body, scenario.pose, tool),
  };
}

/** A tool as it is laid on a body, at first touch. */
export const drawTool = async (asked: object): Promise<ToolSurface> =>
  toolSurface((await prepare(parseScenario({ ...asked, cell_mm: CELL }))).placed);
