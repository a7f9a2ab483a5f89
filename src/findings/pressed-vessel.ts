import type { Press } from '../press/press.ts';
import type { FindingKey, Quantity } from './finding.ts';
import type { Physiology } from './physiology.ts';
import { alongVessel, VESSELS, type VesselKind, vesselChange } from './vessels.ts';
import type { CellSet } from './window-peak.ts';

/**
 * A vessel as the push leaves it: all that its change is reckoned from. Flow jumps from all to nothing over a few kPa and cannot be
 * carried from grid to grid as such; an ensemble carries the pressure over and asks the tube law again, with no field at hand.
 */
export interface PressedVessel {
  /** The pressure that changes it, of this vessel and this side: what is added along it rises and falls with that finding. */
  readonly driver: FindingKey;
  readonly vessel: VesselKind;
  /** Pressure that the press adds outside along the vessel, kPa; for veins less what the rest of the belly gets. */
  readonly profile: readonly number[];
  /** Distance between two values of it, mm. */
  readonly step: number;
  /** Behind the right common iliac artery most people's left vein is narrow at rest. */
  readonly narrow: boolean;
  readonly evidence: readonly string[];
}

/**
 * Reads the pressure along a vessel off a press.
 * @param set the vessel's cells
 * @param baseline pressure in the rest of the belly, kPa: inside veins it rises with it, inside arteries it does not
 * @returns undefined for what is no vessel or has no volume
 */
export function pressVessel(
  press: Press,
  set: CellSet,
  driver: FindingKey,
  baseline: number,
): PressedVessel | undefined {
  const vessel = VESSELS[driver.structure];
  const along = vessel && alongVessel(press.model.grid, set, press.fields.pressure);
  if (vessel === undefined || along === undefined) return undefined;
  const narrow = driver.structure === 'common_iliac_vein' && driver.side === 'left';
  return {
    driver,
    vessel,
    profile: vessel.kind === 'vein' ? along.values.map((p) => p - baseline) : along.values,
    step: along.step,
    narrow,
    evidence: narrow ? [...vessel.evidence, 'V-60', 'V-37'] : vessel.evidence,
  };
}

/** Quantities that the tube law makes of the pressure along a vessel. */
export type VesselQuantity = Extract<Quantity, 'area-change' | 'flow-change'>;

export const isVesselQuantity = (quantity: Quantity): quantity is VesselQuantity =>
  quantity === 'area-change' || quantity === 'flow-change';

/** What the tube law makes of the pressure along a vessel in a person at rest, times a factor; %. */
export function vesselAgain(
  { vessel, profile, step, narrow }: PressedVessel,
  quantity: VesselQuantity,
  person: Physiology,
  factor = 1,
): number {
  const added = profile.map((p) => p * factor);
  const change = vesselChange(vessel, person, added, step, narrow ? person.leftIliacVein : 1);
  return quantity === 'area-change' ? change.area : change.flow;
}
