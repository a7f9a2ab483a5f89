import { cos, hypot, sin } from '../base/elementary.ts';
import { CONTOUR_DEGREES, contourThrough } from './contour.ts';
import type { ContourStations } from './shape.ts';

/** Length of a closed contour at height z, mm; NaN above its top and below its bottom. */
export function girthAt(stations: ContourStations, z: number): number {
  const radii = new Float64Array(CONTOUR_DEGREES);
  if (!contourThrough(stations).radii(z, radii)) return Number.NaN;
  let half = 0;
  let [x0, y0] = [0, radii[0]!];
  for (let degree = 1; degree < CONTOUR_DEGREES; degree++) {
    const angle = (degree * Math.PI) / 180;
    const x1 = radii[degree]! * sin(angle);
    const y1 = radii[degree]! * cos(angle);
    half += hypot(x1 - x0, y1 - y0);
    [x0, y0] = [x1, y1];
  }
  return 2 * half;
}
