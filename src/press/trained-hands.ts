import { parseScenario } from './parse-scenario.ts';
import type { Scenario } from './scenario.ts';

/**
 * What a press is compared with: trained fingertips on the same body, laid and loaded as their family says, on cells of the same size and
 * without ranges, and with the same muscles at work.
 * @returns undefined where they are what presses, and on a scan, whose pose is not theirs
 */
export function trainedHands({ scan, tool, body, contents, contract, seed, cell_mm }: Scenario): Scenario | undefined {
  if (scan !== undefined || tool.id === 'fingertips') return undefined;
  return parseScenario({ body, contents, contract, seed, cell_mm, tool: { id: 'fingertips' }, uncertainty: 0 });
}
