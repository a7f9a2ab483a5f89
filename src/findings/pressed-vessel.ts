import type { Press } from '../press/press.ts';
import { flowShares, placeKey } from './circulation.ts';
import type { FindingKey, Quantity } from './finding.ts';
import type { Physiology } from './physiology.ts';
import { alongVessel, narrowingOf, VESSELS, type VesselKind } from './vessels.ts';
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
  /** What the rest of the belly gets and was taken off, kPa: the legs are outside the belly, their veins feel it too; 0 at arteries. */
  readonly shared: number;
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
  const shared = vessel.kind === 'vein' ? baseline : 0;
  const narrow = driver.structure === 'common_iliac_vein' && driver.side === 'left';
  return {
    driver,
    vessel,
    profile: along.values.map((p) => p - shared),
    shared,
    step: along.step,
    narrow,
    evidence: narrow ? [...vessel.evidence, 'V-60', 'V-37'] : vessel.evidence,
  };
}

/** Quantities that the tube law makes of the pressure along a vessel. */
export type VesselQuantity = Extract<Quantity, 'area-change' | 'flow-change'>;

export const isVesselQuantity = (quantity: Quantity): quantity is VesselQuantity =>
  quantity === 'area-change' || quantity === 'flow-change';

/** What becomes of a vessel, as change from rest, %. */
export interface VesselChange {
  readonly area: number;
  readonly flow: number;
}

/** Another press of the same vessel: its pressures times one number and plus another, kPa. */
export interface Altered {
  readonly times: number;
  readonly plus: number;
}

/**
 * What becomes of vessels in a person at rest, by placeKey: all of them at once, since the flow through one is that through the
 * others in series with it.
 * @param altered how the pressure at a vessel differs from what was read; not at all when absent
 */
export function vesselChanges(
  vessels: readonly PressedVessel[],
  person: Physiology,
  altered: (vessel: PressedVessel) => Altered = () => ({ times: 1, plus: 0 }),
): ReadonlyMap<string, VesselChange> {
  const narrowed = vessels.map((each) => {
    const { driver, vessel, profile, step, narrow, shared } = each;
    const { times, plus } = altered(each);
    const added = profile.map((p) => p * times + plus);
    const narrowing = narrowingOf(vessel, person, added, step, narrow ? person.leftIliacVein : 1);
    return { ...driver, ...narrowing, pressure: narrowing.pressure + shared * times };
  });
  const flows = flowShares(narrowed, person);
  return new Map(
    narrowed.map((each) => [placeKey(each), { area: each.area, flow: 100 * (flows.get(placeKey(each))! - 1) }]),
  );
}
