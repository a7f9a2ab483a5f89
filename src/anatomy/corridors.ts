import { densePath } from './dense-points.ts';
import type { Course, Row } from './shape.ts';
import type { Side } from './tissue.ts';

/** A thin structure carried as a curve with a published spread: nerves and ureters. */
export interface Corridor {
  readonly structure: string;
  readonly side: Side;
  /** Points of the mean course, about 2 mm apart, flattened n×3, mm, LPS. */
  readonly points: Float64Array;
  /** Half-width of the corridor around the mean course, mm (about one published SD). */
  readonly spread: number;
  /** Evidence ids behind course and spread. */
  readonly evidence: readonly string[];
}

/** How far people's courses lie from the mean one, mm, and the evidence for course and spread. */
interface Spread {
  readonly left: number;
  readonly right: number;
  readonly evidence: readonly string[];
}

/**
 * Spreads are taken over unscaled: the published SDs are in mm over people of all sizes.
 *
 * ureter: distance to aorta or IVC at L2/3, L3/4, L4/5 has SD 9.5, 8.0, 8.4 on the left and 6.1, 5.7, 4.4 mm on the right (Huang
 *   2023, J Korean Neurosurg Soc 66(2), CT, n = 108); root mean squares.
 * lateral_femoral_cutaneous_nerve: crosses the inguinal ligament 29.5 (SD 20.1) mm from the ASIS (Uzel 2011, doi
 *   10.1007/s11999-011-1858-2, 25 cadavers).
 * iliohypogastric_nerve, ilioinguinal_nerve: enter the wall 28 (13) medial and 14 (12) below, and 28 (11) medial and 40 (12) mm
 *   below the ASIS (Klaassen 2011, 200 sides).
 * genitofemoral_nerve (with its branch to the groin), its branch to the thigh, femoral_nerve, obturator_nerve: course from cadaver and MRI studies (Moro 2003, doi
 *   10.1097/01.BRS.0000049226.87064.3B; BMC Musculoskelet Disord 2011;12:76; Iwanaga 2020, doi 10.1016/j.wneu.2020.01.008), none of
 *   which gives an SD in mm; 10 mm is our estimate, between the SDs of the medial and lateral psoas border at L5 (6.4 and
 *   16.1 mm, Can J Anaesth 1994;41:480).
 */
const SPREADS: Readonly<Record<string, Spread>> = {
  ureter: { left: 8.7, right: 5.5, evidence: ['B-23', 'B-24'] },
  lateral_femoral_cutaneous_nerve: { left: 20.1, right: 20.1, evidence: ['B-26', 'B-27', 'B-28'] },
  genitofemoral_nerve: { left: 10, right: 10, evidence: ['B-29', 'B-07'] },
  genitofemoral_nerve_femoral_branch: { left: 10, right: 10, evidence: ['B-29', 'B-07'] },
  femoral_nerve: { left: 10, right: 10, evidence: ['B-30', 'B-12', 'B-07'] },
  obturator_nerve: { left: 10, right: 10, evidence: ['B-12', 'B-07'] },
  iliohypogastric_nerve: { left: 13, right: 13, evidence: ['B-60'] },
  ilioinguinal_nerve: { left: 12, right: 12, evidence: ['B-60'] },
};

/** Evidence ids behind the course and the spread of a nerve or ureter; undefined for all else. */
export const courseEvidence = (structure: string): readonly string[] | undefined => SPREADS[structure]?.evidence;

/** The corridors along courses; left before right. */
export function corridorsOf(courses: readonly Course[]): Corridor[] {
  return courses.flatMap((course) => {
    const corridor = (side: Side, points: readonly Row[]): Corridor => {
      const spread = SPREADS[course.structure]!;
      return {
        structure: course.structure,
        side,
        points: densePath(points),
        spread: side === 'right' ? spread.right : spread.left,
        evidence: spread.evidence,
      };
    };
    if (!course.mirrored) return [corridor(course.side, course.points)];
    const twin = course.points.map((p) => [-p[0]!, p[1]!, p[2]!]);
    return [corridor('left', course.points), corridor('right', twin)];
  });
}
