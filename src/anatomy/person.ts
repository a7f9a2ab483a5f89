import { atan2, cbrt, hypot } from '../base/elementary.ts';
import type { Vec3 } from '../base/grid.ts';
import { smoothstep } from '../base/smoothstep.ts';
import type { Body } from '../body/body.ts';
import { besidePsoas } from './beside-psoas.ts';
import { closeWall } from './close-wall.ts';
import { coilsIn } from './coils.ts';
import { CONTOUR_DEGREES, contourThrough } from './contour.ts';
import { type Lie, type Outline, outlineOf } from './fat.ts';
import { type Grow, growShape } from './grow-shape.ts';
import { withInserts } from './insert-shapes.ts';
import type { Course, ReferenceSubject, Row, Shape, ShapedStructure, SweptEllipse } from './shape.ts';
import { vary } from './vary.ts';

/** Organs that hang or lie free in the belly: they move with its front. */
const FREE = new Set([
  'small_intestine',
  'caecum',
  'ascending_colon',
  'transverse_colon',
  'descending_colon',
  'sigmoid_colon',
  'stomach',
  'liver',
  'gallbladder',
  'spleen',
]);

/** What lies in or on the wall and keeps its place in it. */
const IN_WALL = new Set(['rib', 'costal_cartilage', 'iliohypogastric_nerve', 'ilioinguinal_nerve']);

/** Muscles, which grow with the body's muscle; the share of the growth that moves them outwards or backwards, away from the spine. */
const MUSCLES: Readonly<Record<string, { aside: number; backward: number }>> = {
  psoas_major: { aside: 0.85, backward: 0 },
  iliacus: { aside: 0, backward: 0 },
  quadratus_lumborum: { aside: 0.6, backward: 0 },
  erector_spinae: { aside: 0.8, backward: 0.9 },
  multifidus: { aside: 0.8, backward: 0.9 },
  ...Object.fromEntries(
    [
      'external_oblique',
      'internal_oblique',
      'transversus_abdominis',
      'rectus_abdominis',
      'rectus_sheath',
      'linea_alba',
      'gluteus_maximus',
      'gluteus_medius_and_minimus',
      'piriformis',
      'obturator_internus',
      'obturator_externus',
      'sartorius',
      'tensor_fasciae_latae',
      'rectus_femoris',
      'pectineus',
      'adductor_muscles',
      'hamstring_muscles',
      'vastus_muscles',
    ].map((id) => [id, { aside: 0, backward: 0 }]),
  ),
};

/** The reference adult of one sex, grown to a person; mm of the person. */
export function personOf(adult: ReferenceSubject, body: Body, lie: Lie): ReferenceSubject {
  const reference = body.variant ? vary(adult, body.variant) : adult;
  const outline = outlineOf(reference, body, lie);
  const point = pointMap(reference, body, outline);
  const { tall, wide } = body.growth;
  const grow = (id: string): Grow => ({
    tall,
    wide,
    point: (x, y, z) => point(id, x, y, z),
    section: sectionOf(id, body),
    length: 1,
    aside: MUSCLES[id]?.aside ?? 0,
    backward: MUSCLES[id]?.backward ?? 0,
  });
  const structures = reference.structures.map((s): ShapedStructure => {
    const shapes = s.shapes.map((shape) => growShape(shape, grow(s.structure)));
    if (s.structure === 'small_intestine') return { ...s, shapes: shapes.map((shape) => coiled(shape, body, outline)) };
    if (OUTER.has(s.structure)) return { ...s, shapes: withThighs(s, reference, body, outline.hipFat, shapes) };
    return { ...s, shapes };
  });
  const person: ReferenceSubject = {
    contours: outline.contours,
    landmarks: Object.fromEntries(
      Object.entries(reference.landmarks).map(([name, [x, y, z]]) => [
        name,
        name === 'umbilicus' ? navel(outline, z * tall) : point('', x, y, z),
      ]),
    ),
    levels: Object.fromEntries(Object.entries(reference.levels).map(([name, z]) => [name, z * tall])),
    structures: closeWall(structures, tall),
    courses: reference.courses.map(
      (course): Course => ({
        ...course,
        points: course.points.map(([x, y, z]): Row => point(course.structure, x!, y!, z!)),
      }),
    ),
  };
  return withInserts(besidePsoas(person, adult, reference, wide), body.inserts);
}

/** Factor on a structure's widths beyond that of the bones. */
function sectionOf(id: string, { growth, variant }: Body): number {
  if (!(id in MUSCLES)) return 1;
  const own = variant && PSOAS.has(id) ? Math.sqrt(variant.psoasArea / variant.otherMuscleArea) : 1;
  return growth.muscle * own;
}

const PSOAS = new Set(['psoas_major', 'iliacus']);

/** The point of the skin in front at a height. */
function navel({ contours: { skin } }: Outline, z: number): Vec3 {
  const radii = new Float64Array(CONTOUR_DEGREES);
  contourThrough(skin).radii(z, radii);
  return [0, skin.centreY - radii[0]!, z];
}

/** Free organs follow the front of the belly, the more so the nearer they are to it; what is in the wall goes with it whole. */
function pointMap(
  reference: ReferenceSubject,
  body: Body,
  outline: Outline,
): (id: string, x: number, y: number, z: number) => Vec3 {
  const { tall, wide } = body.growth;
  const cavity = contourThrough(reference.contours.cavity);
  const centreY = cavity.centreY;
  const radii = new Float64Array(CONTOUR_DEGREES);
  return (id, x, y, z) => {
    const at: Vec3 = [x * wide, y * wide, z * tall];
    const wall = IN_WALL.has(id);
    if (!(wall || FREE.has(id)) || !cavity.radii(Math.min(Math.max(z, cavity.bottom), cavity.top), radii)) return at;
    const front = centreY - y;
    const degrees = (atan2(Math.abs(x), front) * 180) / Math.PI;
    const radius = hypot(x, front);
    if (radius < 1) return at;
    const out = radius / radii[Math.round(degrees)]!;
    const share = wall ? smoothstep((out - 0.75) / 0.2) : smoothstep((out - 0.3) / 0.6);
    const moved = (share * outline.bulge(degrees, z * tall)) / (radius * wide);
    return [at[0] * (1 + moved), centreY * wide + (at[1] - centreY * wide) * (1 + moved), at[2]];
  };
}

/** Coils in the grown space; fatter people have more mesentery between them, not more bowel. */
function coiled(space: Shape, body: Body, outline: Outline): Shape {
  if (space.kind !== 'polygon-loft') return space;
  const { tall, wide } = body.growth;
  // the space is about 45 mm deep from front to back
  const deeper = Math.max(1 + outline.bulge(0, 80 * tall) / (45 * wide), 0.8);
  const coils = coilsIn(space, cbrt(wide * wide * tall), deeper, body.variant?.loops ?? 1);
  return { ...coils, clip: { contour: 'cavity', inset: 3 * wide } };
}

const OUTER = new Set(['skin', 'subcutaneous_fat', 'other_muscle']);

/** Thighs: the muscle grows with the body's muscle, the fat between it and the skin with the fat over the hips. */
function withThighs(
  s: ShapedStructure,
  reference: ReferenceSubject,
  body: Body,
  hipFat: number,
  shapes: readonly Shape[],
): Shape[] {
  const { tall, wide, muscle } = body.growth;
  // the thigh's thinner layer has to reach as far out as the hip's
  const thighFat = Math.min(hipFat < 1 ? hipFat : 1 + 1.35 * (hipFat - 1), 3.2);
  const ellipsesOf = (id: string): readonly Shape[] =>
    reference.structures.find((other) => other.structure === id && other.shapes.length > 1)!.shapes;
  const inner = ellipsesOf('other_muscle');
  const grown = 1 + 0.8 * (muscle - 1);
  return shapes.map((shape, n): Shape => {
    if (shape.kind !== 'swept-ellipse') {
      // the fat starts under the skin, which is as thick in everybody
      return shape.kind === 'contour-strip' && s.structure === 'subcutaneous_fat'
        ? { ...shape, stations: shape.stations.map(([z, a, b, , d]) => [z!, a!, b!, 2, d!]) }
        : shape;
    }
    const from = s.shapes[n] as SweptEllipse;
    const under = inner[n] as SweptEllipse;
    return {
      ...shape,
      stations: from.stations.map(([z, cx, cy, a, b, turn], k) => {
        const [, , , ma, mb] = under.stations[k]!;
        const skin = s.structure === 'skin' ? 2 : 0;
        const fat = (whole: number, muscleHalf: number): number =>
          s.structure === 'other_muscle' ? 0 : Math.max((whole - skin - muscleHalf) * thighFat, 2) + skin;
        return [
          z! * tall,
          cx! * wide,
          cy! * wide,
          ma! * wide * grown + fat(a!, ma!),
          mb! * wide * grown + fat(b!, mb!),
          turn!,
        ];
      }),
    };
  });
}
