import { norm, pow } from '../base/elementary.ts';
import { cellCentre, type Grid, type Vec3 } from '../base/grid.ts';
import { dot } from '../base/vec.ts';
import type { Physiology } from './physiology.ts';
import { areaFromRest, type Tube } from './tube-law.ts';
import type { CellSet } from './window-peak.ts';

/** Sizes of a vessel that its tube law needs. */
export interface VesselKind {
  readonly kind: 'artery' | 'vein';
  /** Diameter at rest, mm. */
  readonly diameter: number;
  /** Wall thickness over radius. */
  readonly wall: number;
  /** Flow at rest, mL/min; arteries only. */
  readonly flow: number;
  readonly evidence: readonly string[];
}

const ARTERY_ROWS = ['T-106', 'T-47', 'T-99', 'T-59', 'T-108', 'T-109', 'T-110', 'V-56', 'V-57'];
const VEIN_ROWS = [
  'T-106',
  'T-107',
  'T-100',
  'T-58',
  'V-58',
  'V-61',
  'V-32',
  'V-70',
  'V-71',
  'V-72',
  'V-73',
  'H-79',
  'V-34',
  'V-56',
  'T-110',
];

/**
 * Diameters T-51, T-57, T-115, T-53 (the vena cava is an oval at rest: that of the circle with its girth); walls T-52 and T-54 (iliac
 * vessels: 1/6 and 1/9 of the radius, as the aorta and a vein 18 mm wide).
 */
export const VESSELS: Readonly<Record<string, VesselKind>> = {
  abdominal_aorta: {
    kind: 'artery',
    diameter: 18,
    wall: 1.5 / 9,
    flow: 1100,
    evidence: [...ARTERY_ROWS, 'T-51', 'T-52'],
  },
  common_iliac_artery: { kind: 'artery', diameter: 9, wall: 1.5 / 9, flow: 550, evidence: [...ARTERY_ROWS, 'T-57'] },
  external_iliac_artery: {
    kind: 'artery',
    diameter: 7.5,
    wall: 1.5 / 9,
    flow: 350,
    evidence: [...ARTERY_ROWS, 'T-115', 'T-56'],
  },
  inferior_vena_cava: {
    kind: 'vein',
    diameter: 20.4,
    wall: 1 / 10.2,
    flow: 0,
    evidence: [...VEIN_ROWS, 'T-53', 'T-54'],
  },
  common_iliac_vein: { kind: 'vein', diameter: 13, wall: 1 / 9, flow: 0, evidence: [...VEIN_ROWS, 'T-57', 'T-54'] },
  external_iliac_vein: { kind: 'vein', diameter: 11, wall: 1 / 9, flow: 0, evidence: [...VEIN_ROWS, 'T-54'] },
};

/** The tube of a vessel in a given person. */
export function tubeOf(vessel: VesselKind, person: Physiology): Tube {
  const modulus = vessel.kind === 'artery' ? person.arteryModulus : person.veinModulus;
  // ν = 0.5: 12 (1-ν²) = 9
  const ring = (modulus * pow(vessel.wall, 3)) / 9;
  // a large artery widens by dD/D = dp/Ep at its working pressure: n = Ep / 2p; an open vein hardly widens (T-107)
  const exponent =
    vessel.kind === 'artery' ? Math.max(1, person.arteryEp / (2 * (person.arterialMean - person.belly))) : 10;
  return { ring, exponent };
}

/** A vessel where it is narrowed. */
export interface Narrowing {
  /** Change of the lumen's area where it is narrowed most, %; negative = narrower than at rest. */
  readonly area: number;
  /** Length over which at least half of the largest narrowing is reached, mm. */
  readonly length: number;
  /** Pressure that the press adds outside, where it is highest, kPa. */
  readonly pressure: number;
}

/**
 * How a press narrows a vessel, as change from rest.
 * @param profile pressure that the press adds outside along the vessel, kPa; for veins less what the rest of the belly gets
 * @param step distance between two values of it, mm
 * @param squeezed share of its free area that the vessel has at rest
 */
export function narrowingOf(
  vessel: VesselKind,
  person: Physiology,
  profile: readonly number[],
  step: number,
  squeezed = 1,
): Narrowing {
  const tube = tubeOf(vessel, person);
  const rest = vessel.kind === 'artery' ? person.arterialMean - person.belly : person.veinAcross;
  const areas = profile.map((added) => areaFromRest(tube, rest, added, squeezed));
  const least = Math.min(...areas);
  const length = step * Math.max(1, areas.filter((a) => 1 - a >= 0.5 * (1 - least)).length);
  return { area: 100 * (least - 1), length, pressure: Math.max(...profile) };
}

/** Length of vessel that a pressure is a mean over, mm: about one to two diameters. */
const WINDOW = 20;

/**
 * Mean of a field over stretches of a vessel, from one end to the other.
 *
 * The vessel is laid out along the main axis of its cells (iliac vessels bend little); stretches are 20 mm long, or two cells,
 * and follow each other by half a cell. Stretches with less than a tenth of the usual volume are left out.
 * @returns the means and their distance, mm; undefined when the vessel has no volume
 */
export function alongVessel(
  grid: Grid,
  { cells, fraction }: CellSet,
  field: ArrayLike<number>,
): { values: number[]; step: number } | undefined {
  const centres: Vec3[] = [];
  let total = 0;
  const mean = [0, 0, 0];
  for (let n = 0; n < cells.length; n++) {
    const c = cellCentre(grid, cells[n]!);
    centres.push(c);
    total += fraction[n]!;
    for (let d = 0; d < 3; d++) mean[d]! += fraction[n]! * c[d]!;
  }
  if (!(total > 0)) return undefined;
  const axis = mainAxis(centres, fraction, mean.map((m) => m / total) as [number, number, number]);
  const at = centres.map((c) => dot(axis, c));
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const t of at) {
    low = Math.min(low, t);
    high = Math.max(high, t);
  }
  const window = Math.min(Math.max(WINDOW, 2 * grid.spacing), high - low + grid.spacing);
  const step = grid.spacing / 2;
  const stretches: { sum: number; weight: number }[] = [];
  for (let t = low - grid.spacing / 2 + window / 2; t <= high + grid.spacing / 2 - window / 2 + 1e-9; t += step) {
    let sum = 0;
    let weight = 0;
    for (let n = 0; n < at.length; n++) {
      if (Math.abs(at[n]! - t) > window / 2) continue;
      sum += fraction[n]! * field[cells[n]!]!;
      weight += fraction[n]!;
    }
    stretches.push({ sum, weight });
  }
  const usual = stretches.reduce((a, s) => a + s.weight, 0) / Math.max(1, stretches.length);
  const values = stretches.filter((s) => s.weight > 0.1 * usual).map((s) => s.sum / s.weight);
  return values.length > 0 ? { values, step } : undefined;
}

/** Direction in which a weighted cloud of points is longest: power iteration on its second moments. */
function mainAxis(points: readonly Vec3[], weight: ArrayLike<number>, mean: Vec3): Vec3 {
  const m = new Float64Array(9);
  for (let n = 0; n < points.length; n++)
    for (let r = 0; r < 3; r++)
      for (let c = 0; c < 3; c++)
        m[3 * r + c]! += weight[n]! * (points[n]![r]! - mean[r]!) * (points[n]![c]! - mean[c]!);
  // vessels of the trunk run mostly up and down; a start that is in no symmetry plane finds any axis
  let axis: [number, number, number] = [0.1, 0.2, 0.97];
  for (let i = 0; i < 50; i++) {
    const next = [0, 1, 2].map((r) => m[3 * r]! * axis[0] + m[3 * r + 1]! * axis[1] + m[3 * r + 2]! * axis[2]);
    const length = norm(next);
    if (length < 1e-12) break;
    axis = next.map((v) => v / length) as [number, number, number];
  }
  return axis;
}
