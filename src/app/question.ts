import { canonicalJson } from '../base/hash.ts';
import { resolveBody } from '../body/body.ts';
import { parseScenario } from '../press/parse-scenario.ts';
import type { Scenario } from '../press/scenario.ts';
import { toolOf } from '../press/tool-of.ts';
import type { ScanNames } from './protocol.ts';
import type { Inputs } from './state.ts';

/**
 * What a form can show: the schema holds, and there is such a tool with such sizes and such a place.
 * @throws InputError
 */
export function drawable(inputs: Inputs, scan?: ScanNames): Scenario {
  const { ct, ctHash, labels, labelsHash, labelTable, labelTableHash } = scan ?? {};
  const scenario = parseScenario({
    ...inputs,
    ...(scan !== undefined && { scan: { ct, ctHash, labels, labelsHash, labelTable, labelTableHash } }),
  });
  toolOf(scenario);
  return scenario;
}

/**
 * The scenario that was entered, checked as far as it can be before a body is built.
 * @throws InputError
 */
export function scenarioOf(inputs: Inputs, scan?: ScanNames): Scenario {
  const scenario = drawable(inputs, scan);
  resolveBody(scenario.body);
  return scenario;
}

/** Equal for scenarios whose answers must be equal. Ranges tell more about the same answer; they make no other question. */
export const questionOf = (scenario: Scenario): string => canonicalJson({ ...scenario, uncertainty: 0 });
