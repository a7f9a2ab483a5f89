import { cos, sin } from '../base/elementary.ts';
import type { Vec3 } from '../base/grid.ts';
import { smoothstep } from '../base/smoothstep.ts';
import {
  type Course,
  type Ellipsoid,
  ellipsoidAxes,
  type ReferenceSubject,
  type Row,
  type ShapedStructure,
  type SweptEllipse,
} from './shape.ts';
import { pchip, type RowCurve } from './splines.ts';

/** Points on a kidney's surface at which it is held against the psoas: rings from pole to pole, and on each ring. */
const RINGS = 24;
const ON_RING = 24;

/**
 * How far a kidney would have to move aside, away from the mid-plane, to lie beside the psoas everywhere, mm; negative when there is
 * room between them.
 */
export function crowding(kidney: Ellipsoid, psoas: SweptEllipse): number {
  const sections = sectionsOf(psoas);
  const axes = ellipsoidAxes(kidney.rotation);
  const at = new Float64Array(4);
  let most = Number.NEGATIVE_INFINITY;
  for (let ring = 1; ring < RINGS; ring++) {
    const polar = (Math.PI * ring) / RINGS;
    for (let k = 0; k < ON_RING; k++) {
      const turn = (2 * Math.PI * k) / ON_RING;
      const unit = [sin(polar) * cos(turn), sin(polar) * sin(turn), cos(polar)];
      const [x, y, z] = [0, 1, 2].map(
        (d) => kidney.centre[d]! + unit.reduce((sum, u, n) => sum + u * kidney.halfAxes[n]! * axes[n]![d]!, 0),
      ) as [number, number, number];
      if (z < sections.first || z > sections.last) continue;
      sections.at(z, at);
      const [cx, cy, a, b] = at as unknown as [number, number, number, number];
      const over = 1 - ((y - cy) / b) ** 2;
      if (over > 0) most = Math.max(most, Math.abs(cx) + a * Math.sqrt(over) - Math.abs(x));
    }
  }
  return most;
}

/**
 * The person with its kidneys beside the psoas and ureter and genitofemoral nerve on its front: where the muscle (or the kidney) has
 * grown more than the frame, kidneys give way to the side, as they do in people with a big psoas, and what hangs on them goes along.
 *
 * @param adult the reference adult that the person was grown from; its kidneys touch the psoas no more than they may
 * @param varied that adult with the person's variant, as it was before growing
 * @param wide growth of the frame's widths
 */
export function besidePsoas(
  person: ReferenceSubject,
  adult: ReferenceSubject,
  varied: ReferenceSubject,
  wide: number,
): ReferenceSubject {
  const psoas = psoasOf(person);
  const before = psoasOf(varied);
  const aside = { left: 0, right: 0 };
  for (const side of ['left', 'right'] as const) {
    const allowed = wide * crowding(kidneyOf(adult, side), psoasOf(adult));
    aside[side] = Math.max(crowding(kidneyOf(person, side), psoas) - allowed, 0) * (side === 'left' ? 1 : -1);
  }
  const hung = (s: ShapedStructure): ShapedStructure => {
    if (s.side === 'midline') return s;
    const by = aside[s.side];
    if (by === 0) return s;
    if (s.structure === 'kidney')
      return {
        ...s,
        shapes: s.shapes.map((shape) =>
          shape.kind === 'ellipsoid'
            ? { ...shape, centre: [shape.centre[0] + by, shape.centre[1], shape.centre[2]] as Vec3 }
            : shape,
        ),
      };
    if (!STALKS.has(s.structure)) return s;
    return {
      ...s,
      shapes: s.shapes.map((shape) => {
        if (shape.kind !== 'tube') return shape;
        const last = shape.points.length - 1;
        return { ...shape, points: shape.points.map((p, n) => [p[0]! + (by * n) / last, ...p.slice(1)]) };
      }),
    };
  };
  const fronts = [sectionsOf(before), sectionsOf(psoas)] as const;
  const course = (c: Course, n: number): Course => {
    if (!ON_PSOAS.has(c.structure)) return c;
    const start = c.points[0]!;
    const by = c.structure === 'ureter' && c.side !== 'midline' ? aside[c.side] : 0;
    return {
      ...c,
      points: c.points.map((p, k): Row => {
        const [x, y, z] = p as [number, number, number];
        const old = varied.courses[n]!.points[k]!;
        const moved = frontAt(fronts[1], x, z) - wide * frontAt(fronts[0], old[0]!, old[2]!);
        return [x + by * smoothstep(1 - (start[2]! - z) / LEAVES_KIDNEY), y + moved * smoothstep(z / OVER_BRIM), z];
      }),
    };
  };
  const { renal_hilum_left: left, renal_hilum_right: right } = person.landmarks;
  return {
    ...person,
    structures: person.structures.map(hung),
    courses: person.courses.map(course),
    landmarks: {
      ...person.landmarks,
      renal_hilum_left: [left![0] + aside.left, left![1], left![2]],
      renal_hilum_right: [right![0] + aside.right, right![1], right![2]],
    },
  };
}

/** Vessels from the mid-plane to the kidney; their last point lies at it. */
const STALKS = new Set(['renal_artery', 'renal_vein']);

/** Courses on the front of the psoas, or leaving through it. */
const ON_PSOAS = new Set(['ureter', 'genitofemoral_nerve']);

/** Height over which the ureter comes from the kidney to its usual course, and above the ASIS over which it comes to lie on the muscle, mm. */
const LEAVES_KIDNEY = 70;
const OVER_BRIM = 45;

const shapeOf = (subject: ReferenceSubject, id: string, side: string) =>
  subject.structures.find((s) => s.structure === id && s.side === side)!.shapes[0]!;
const psoasOf = (subject: ReferenceSubject): SweptEllipse => shapeOf(subject, 'psoas_major', 'left') as SweptEllipse;
const kidneyOf = (subject: ReferenceSubject, side: string): Ellipsoid => shapeOf(subject, 'kidney', side) as Ellipsoid;

/** Centre and half axes of the left psoas over the height. */
function sectionsOf(psoas: SweptEllipse): RowCurve {
  return pchip(
    psoas.stations.map((row) => row[0]!),
    psoas.stations.map((row) => row.slice(1, 5)),
  );
}

/** y of the muscle's front at x and z; beside the muscle that of its edge. */
function frontAt(sections: RowCurve, x: number, z: number): number {
  const at = new Float64Array(4);
  sections.at(Math.min(Math.max(z, sections.first), sections.last), at);
  const [cx, cy, a, b] = at as unknown as [number, number, number, number];
  const across = Math.min(Math.abs(Math.abs(x) - cx) / a, 0.9);
  return cy - b * Math.sqrt(1 - across * across);
}
