import { pow } from '../base/elementary.ts';

/**
 * What pressure from outside does to a vessel: a tube that collapses, and the flow that is left (T-106, T-108).
 * Pressures in kPa, lengths in mm, flows in mm³/s. Knows no anatomy.
 */

/** One stretch of vessel as a tube. */
export interface Tube {
  /** Stiffness against bending of the ring, Kp = E (h/r)³ / 12 (1-ν²), kPa. */
  readonly ring: number;
  /** How steeply an open tube resists widening: the exponent n of p = Kp (αⁿ - α^-1.5). */
  readonly exponent: number;
}

/** Exponent of the flattened tube: two opposite walls that come together (T-106). */
const FLAT = 1.5;

/** Pressure across the wall, inside minus outside, that holds the area at α times the one at zero pressure, kPa. */
export function wallPressure({ ring, exponent }: Tube, alpha: number): number {
  return ring * (pow(alpha, exponent) - pow(alpha, -FLAT));
}

/** Area over the area at zero pressure across the wall, for a pressure across the wall (kPa); grows with it, never 0. */
export function areaRatio(tube: Tube, pressure: number): number {
  // both ends bracket the root: the open branch alone from above, the flat branch alone from below
  const p = pressure / tube.ring;
  let low = p < 0 ? pow(1 - p, -1 / FLAT) : 1;
  let high = p < 0 ? 1 : pow(1 + p, 1 / tube.exponent);
  for (let i = 0; i < 60 && high - low > 1e-12 * high; i++) {
    const middle = 0.5 * (low + high);
    if (wallPressure(tube, middle) < pressure) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high);
}

/**
 * Area under an added outside pressure over the area at rest.
 * @param rest pressure across the wall at rest, kPa
 * @param added outside pressure that a press adds, kPa
 * @param squeezed area at rest over that of the same vessel lying free (1: free). A vein behind an artery is narrow at rest:
 *   it then already carries the outside pressure that makes it so.
 */
export function areaFromRest(tube: Tube, rest: number, added: number, squeezed = 1): number {
  if (added === 0) return 1;
  const atRest = areaRatio(tube, rest) * squeezed;
  return areaRatio(tube, wallPressure(tube, atRest) - added) / atRest;
}

/** A vessel's flow at rest and what drives it. */
export interface Supply {
  /** Mean, lowest and highest pressure in a beat, kPa. */
  readonly mean: number;
  readonly diastolic: number;
  readonly systolic: number;
  /** Pressure behind the organs, kPa. */
  readonly behind: number;
  /** mm³/s. */
  readonly flow: number;
  /** Inner diameter at rest, mm. */
  readonly diameter: number;
  /** Of blood, kPa·s. */
  readonly viscosity: number;
  /** Of blood, so that ρ v² is in kPa with v in mm/s: kg/m³ times 10⁻⁹. */
  readonly density: number;
}

/** Instants of a beat that flow is averaged over. */
const INSTANTS = 24;

/**
 * Flow through an artery that is pressed on over a length, as a share of the flow at rest, averaged over a beat.
 *
 * At each instant the artery has the area that the tube law gives for the pressure of that instant; the pressure drop over the
 * narrowing (viscous and turbulent, T-108) stands in series with the resistance of the leg. While the outside pressure exceeds
 * the pressure inside, nothing passes.
 *
 * @param rest pressure outside at rest, kPa
 * @param added outside pressure that a press adds, kPa
 * @param length length that is narrowed, mm
 */
export function arteryFlow(tube: Tube, supply: Supply, rest: number, added: number, length: number): number {
  const { mean, diastolic, systolic, behind, flow, diameter, viscosity, density } = supply;
  const restArea = areaRatio(tube, mean - rest);
  const resistance = (mean - behind) / flow;
  const section = (Math.PI / 4) * diameter * diameter;
  let sum = 0;
  let whole = 0;
  for (let i = 0; i < INSTANTS; i++) {
    // rises slowly and falls slowly: the square of a ramp has the usual mean, a third of the way up
    const pressure = diastolic + (systolic - diastolic) * ((i + 0.5) / INSTANTS) ** 2;
    const drive = pressure - behind;
    whole += drive / resistance;
    if (pressure - rest - added <= 0) continue;
    const alpha = Math.min(1, areaRatio(tube, pressure - rest - added) / restArea);
    const kv = 32 * (0.83 * (length / diameter) + 1.64) * (1 / alpha) ** 2;
    const viscous = (kv * viscosity) / (section * diameter);
    const turbulent = (0.5 * 1.52 * density * (1 / alpha - 1) ** 2) / (section * section);
    // drive = (resistance + viscous) q + turbulent q²; what the open vessel loses is part of its resistance
    const open = (32 * (0.83 * (length / diameter) + 1.64) * viscosity) / (section * diameter);
    const linear = resistance + viscous - Math.min(open, viscous);
    sum += turbulent > 0 ? (2 * drive) / (linear + Math.sqrt(linear * linear + 4 * turbulent * drive)) : drive / linear;
  }
  return Math.min(1, sum / whole);
}

/**
 * Flow through a vein that is pressed on, as a share of the flow at rest: the waterfall of a Starling resistor. Blood backs up
 * until it lifts the pressed stretch open, so what counts is the outside pressure against the pressure that the capillaries
 * can bring up.
 *
 * @param upstream pressure that the capillaries can bring up, kPa
 * @param inside pressure in the vein at rest, kPa
 * @param outside pressure outside it at rest plus what a press adds, kPa
 */
export function veinFlow(upstream: number, inside: number, outside: number): number {
  return Math.min(1, Math.max(0, (upstream - Math.max(inside, outside)) / (upstream - inside)));
}
