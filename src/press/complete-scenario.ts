import type { Note } from '../base/note.ts';
import type { Body } from '../body/body.ts';
import { note } from '../messages/note.ts';
import { forceOf } from './force-of.ts';
import type { Scenario } from './scenario.ts';

/**
 * The scenario with the sizes of the body filled in, so that it means the same when the defaults change. The person in a scan keeps
 * only what was given: sex and age are left out where they are the defaults, which change nothing there.
 */
export function completeScenario(scenario: Scenario, { height_cm, weight_kg }: Body): Scenario {
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

/** A share of nobody's weight: whose was taken instead. */
export function weightNotes(scenario: Scenario, body: Body): Note[] {
  const { scan, load } = scenario;
  if (scan === undefined || !('bodyWeightShare' in load) || scenario.body.weight_kg !== undefined) return [];
  const [share, newtons] = [100 * load.bodyWeightShare, forceOf(load, body)].map((n) => Number(n.toPrecision(3)));
  return [note('note.scan.weight', { share: share!, kg: body.weight_kg, newtons: newtons! })];
}
