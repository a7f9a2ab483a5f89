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

/** What a narrowing takes of the pressure: linear·q + turbulent·q², kPa for a flow q in mm³/s. */
export interface Drop {
  readonly linear: number;
  readonly turbulent: number;
}

/** Blood: viscosity in kPa·s; density so that ρ v² is in kPa with v in mm/s, kg/m³ times 10⁻⁹. */
export interface Blood {
  readonly viscosity: number;
  readonly density: number;
}

/**
 * Pressure drop over a stretch that is narrowed, viscous and turbulent (T-108), beyond what the open vessel loses: that is part of
 * the resistance of what it leads to.
 * @param share its area over that at rest, 0…1
 * @param length of the narrowing, mm
 * @param diameter inner one at rest, mm
 */
export function dropOver(share: number, length: number, diameter: number, { viscosity, density }: Blood): Drop {
  const section = (Math.PI / 4) * diameter * diameter;
  // the second term goes with the diameter of the narrowing, that of a circle of its area
  const viscous = (part: number): number => (32 * (0.83 * (length / diameter) + 1.64 * Math.sqrt(part))) / part ** 2;
  return {
    linear: ((viscous(share) - viscous(1)) * viscosity) / (section * diameter),
    turbulent: (0.5 * 1.52 * density * (1 / share - 1) ** 2) / (section * section),
  };
}

/**
 * Flow past a drop into a resistance, mm³/s; one of the two must be more than nothing.
 * @param drive pressure over both, kPa
 * @param resistance kPa·s/mm³
 */
export function flowPast({ linear, turbulent }: Drop, drive: number, resistance: number): number {
  if (drive <= 0) return 0;
  const total = resistance + linear;
  // drive = total q + turbulent q²; written so that it holds without a turbulent part
  return (2 * drive) / (total + Math.sqrt(total * total + 4 * turbulent * drive));
}

/**
 * What drives blood past a vein that is pressed flat: it backs up until its pressure is that outside, which lifts the vein open
 * again, and what is left from there up to the arteries drives the flow. So it falls straight with the outside pressure and stops
 * where that reaches the pressure that can back up (V-70; measured behind cuffs: V-71, H-79).
 *
 * @param stop pressure that backs up behind a vein that lets nothing through, kPa
 * @param inside pressure in the vein at rest, kPa
 * @param outside pressure outside it at rest plus what a press adds, kPa
 * @returns flow over that at rest, 0…1
 */
export function veinFlow(stop: number, inside: number, outside: number): number {
  if (outside <= inside) return 1;
  return outside >= stop ? 0 : (stop - outside) / (stop - inside);
}
