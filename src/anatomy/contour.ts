import type { ContourStations } from './shape.ts';
import { cubicSpline, pchip } from './splines.ts';

/** Degrees of a contour table: 0 (front) … 180 (back), in whole degrees. */
export const CONTOUR_DEGREES = 181;

/** A closed outline per height, symmetric left and right. */
export interface Contour {
  /** The axis x = 0, y = centreY about which radii are measured, mm. */
  readonly centreY: number;
  readonly bottom: number;
  readonly top: number;
  /** Writes the radii at 0°, 1°, … 180° from the front at height z; false above the top or below the bottom. */
  radii(z: number, out: Float64Array): boolean;
}

const STEP = 15;
const ANGLES = Array.from({ length: 180 / STEP + 1 }, (_, i) => i * STEP);

/** Joins a contour's stations: PCHIP in z, then a periodic cubic in the angle. */
export function contourThrough(spec: ContourStations): Contour {
  const overZ = pchip(
    spec.stations.map((row) => row[0]!),
    spec.stations.map((row) => row.slice(1)),
  );
  const stations = new Float64Array(ANGLES.length);
  const radius = new Float64Array(1);
  return {
    centreY: spec.centreY,
    bottom: overZ.first,
    top: overZ.last,
    radii(z, out) {
      if (!(z >= overZ.first && z <= overZ.last)) return false;
      overZ.at(z, stations);
      const overAngle = cubicSpline(
        ANGLES,
        Array.from(stations, (r) => [r]),
        'flat',
      );
      for (let degree = 0; degree < CONTOUR_DEGREES; degree++) {
        overAngle.at(degree, radius);
        out[degree] = radius[0]!;
      }
      return true;
    },
  };
}
