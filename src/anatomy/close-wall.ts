import type { ContourStrip, Row, ShapedStructure } from './shape.ts';
import { pchip } from './splines.ts';

/** The flat muscles of the wall; towards the midline each goes on as its aponeurosis. */
const FLAT = new Set(['external_oblique', 'internal_oblique', 'transversus_abdominis']);

/** The sheath's edge overlaps the flat muscles' by this much, mm: samples between the two must not fall through. */
const OVERLAP = 2;

/**
 * The flat muscles of the wall with their aponeuroses, which reach the straight muscle's edge at every height and in every belly: the wall is
 * one sheet. Without this, a strip of other tissue is left between an angle on the one side and a distance from the midline on the
 * other, the wider the larger the belly. Below, it goes on to the pubic tubercle, as far to the side as the groin ligament.
 *
 * @param tall growth of the frame's heights
 */
export function closeWall(structures: readonly ShapedStructure[], tall: number): ShapedStructure[] {
  const edge = structures.find((s) => s.structure === 'rectus_abdominis')!.shapes[0] as ContourStrip;
  const far = pchip(
    edge.stations.map((row) => row[0]!),
    edge.stations.map((row) => [row[6]!]),
  );
  const at = new Float64Array(1);
  return structures.map((s) => {
    if (!FLAT.has(s.structure)) return s;
    return {
      ...s,
      shapes: s.shapes.map((shape) => {
        if (shape.kind !== 'contour-strip') return shape;
        return {
          ...shape,
          stations: toTubercle(shape.stations, tall).map(([z, , to, shallow, deep]): Row => {
            far.at(Math.min(Math.max(z!, far.first), far.last), at);
            return [z!, -1, to!, shallow!, deep!, at[0]! - OVERLAP, BEYOND];
          }),
        };
      }),
    };
  });
}

/** Farther from the midline than any body is wide, mm. */
const BEYOND = 999;

/** Height from the lowest station of the flat muscles down to the pubic tubercle, mm of the reference adults, and the angle of the groin ligament there. */
const DOWN = 22;
const AT_TUBERCLE = 30;

function toTubercle(stations: readonly Row[], tall: number): Row[] {
  const [z, , , shallow, deep] = stations[0] as [number, number, number, number, number];
  return [[z - DOWN * tall, -1, AT_TUBERCLE, shallow, deep], ...stations];
}
