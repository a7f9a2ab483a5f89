import type { ScenarioInput } from '../src/press/scenario.ts';
import type { ToolFamily } from '../src/tool/tool.ts';

export function randomScenario(
  seed: number,
  number: number,
  families: readonly ToolFamily[],
  seededRandom: (seed: number) => () => number,
): ScenarioInput;
