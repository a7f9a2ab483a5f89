import { newtonsOfKg } from '../base/units.ts';
import type { Scenario } from './scenario.ts';

/** The force that a load asks for on a body of that weight, N. */
export function forceOf(load: Scenario['load'], body: { readonly weight_kg: number }): number {
  if ('force_N' in load) return load.force_N;
  return newtonsOfKg('mass_kg' in load ? load.mass_kg : load.bodyWeightShare * body.weight_kg);
}
