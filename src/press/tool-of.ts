import { buildTool } from '../tool/build.ts';
import type { Tool } from '../tool/tool.ts';
import { presetOf } from './place.ts';
import type { Scenario } from './scenario.ts';

/**
 * The tool with its own sizes, those of its place, and over both those that were asked for.
 * @throws InputError for a tool, a size or a place that there is not
 */
export function toolOf(scenario: Pick<Scenario, 'tool' | 'placement'>): Tool {
  const tool = buildTool(scenario.tool);
  const sizes = presetOf(tool, scenario.placement)?.parameters;
  return sizes === undefined
    ? tool
    : buildTool({ ...scenario.tool, parameters: { ...sizes, ...scenario.tool.parameters } });
}
