import type { Vec3 } from '../base/grid.ts';
import type { Press } from '../press/press.ts';

/** A flat cut through the pressed body, looked at so that the floor (if there is one) is at the bottom of the picture. */
export interface SectionPlane {
  readonly name: 'axial' | 'sagittal' | 'coronal';
  /** Axis that the plane is perpendicular to (0 x, 1 y, 2 z) and its place on it, mm, LPS. */
  readonly axis: 0 | 1 | 2;
  readonly place: number;
  /** Axis and sign of LPS that go to the right and upward in the picture. */
  readonly right: Direction;
  readonly up: Direction;
  /** What is at the picture's four edges. */
  readonly edges: Readonly<Record<'left' | 'right' | 'top' | 'bottom', Edge>>;
}

/** What lies towards an edge of a picture: the person's own sides, from front to back, from foot to head. */
export type Edge = (typeof ENDS)[number][number];

interface Direction {
  readonly axis: 0 | 1 | 2;
  readonly sign: 1 | -1;
}

/** The two ends of each LPS axis: [toward minus, toward plus]. The person's own left and right. */
const ENDS = [
  ['right-side', 'left-side'],
  ['belly', 'back'],
  ['feet', 'head'],
] as const;

/** The cut across the body and the cut along it that hold the push, both through the deepest contact. */
export function sectionPlanes(press: Press, contact: Vec3): [SectionPlane, SectionPlane] {
  const { direction, floor } = press.placed;

  // the axis of the push in each cut; up is the way of the push above a floor and against it under a hand
  const pushAxis: 0 | 1 = Math.abs(direction[1]) >= Math.abs(direction[0]) ? 1 : 0;
  const way = direction[pushAxis] >= 0 ? 1 : -1;
  const up: Direction = { axis: pushAxis, sign: (floor === undefined ? -way : way) as 1 | -1 };
  const across: 0 | 1 = pushAxis === 1 ? 0 : 1;
  return [
    plane('axial', 2, contact[2], up, seenFromFeet(up)),
    plane(pushAxis === 1 ? 'sagittal' : 'coronal', across, contact[across], up, seenFromSide(up)),
  ];
}

/** Rightward direction of an axial cut looked at from the feet, as radiologists do: the viewer looks along +z. */
function seenFromFeet(up: Direction): Direction {
  // out of the picture is -z; right = up × out
  return up.axis === 1 ? { axis: 0, sign: (up.sign * -1) as 1 | -1 } : { axis: 1, sign: up.sign };
}

/** Rightward direction of a cut along the body, looked at from the person's left (sagittal) or front (coronal). */
function seenFromSide(up: Direction): Direction {
  // out of the picture is +x for a sagittal cut and -y for a coronal one; right = up × out is -z or +z either way
  return { axis: 2, sign: (up.sign * -1) as 1 | -1 };
}

function plane(
  name: SectionPlane['name'],
  axis: 0 | 1 | 2,
  place: number,
  up: Direction,
  right: Direction,
): SectionPlane {
  const end = (d: Direction, sign: 1 | -1): Edge => ENDS[d.axis][d.sign * sign > 0 ? 1 : 0];
  const edges = { left: end(right, -1), right: end(right, 1), top: end(up, 1), bottom: end(up, -1) };
  return { name, axis, place, right, up, edges };
}
