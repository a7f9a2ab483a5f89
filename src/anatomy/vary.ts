import { cbrt, cos, pow, sin } from '../base/elementary.ts';
import type { Vec3 } from '../base/grid.ts';
import { hump, smoothstep } from '../base/smoothstep.ts';
import { LFCN_TYPES, type Variant } from '../body/variant.ts';
import type { Course, ReferenceSubject, Row, Shape, ShapedStructure, Tube } from './shape.ts';

/** Gap between the spine's front and a vessel on it, mm. */
const GAP = 1.5;

/** Published SDs of the ureter's distance to the great vessels, mm (B-23, B-24). */
const URETER_SD = { left: 8.4, right: 5.5 } as const;

/** Own estimates: how far caecum and transverse colon lie from the usual, mm per standard score. */
const CAECUM_DOWN = 10;
const TRANSVERSE_DOWN = 20;
const TRANSVERSE_UP = 8;

/** Points [x, y, z] of a sigmoid that rises in a loop out of the pelvis to the disc L4/5; ends are those of the usual one. */
const REDUNDANT_SIGMOID: readonly Row[] = [
  [80, 16, 32],
  [56, 6, 50],
  [22, 1, 58],
  [-14, 3, 44],
  [-24, 20, 16],
  [-10, 52, -6],
  [-14, 88, -14],
];

/** The reference adult as another person of the same size: mm of the reference adult still. */
export function vary(reference: ReferenceSubject, variant: Variant): ReferenceSubject {
  const { structures, landmarks, levels } = reference;
  const level = levels.l3! - levels.l4!;
  const front = (x: number, z: number): number => columnFront(structures, x, z);
  const artery = tubeOf(structures, 'abdominal_aorta').points.at(-1)!;
  const vein = tubeOf(structures, 'inferior_vena_cava').points.at(-1)!;
  const arteries = branching(artery, variant.bifurcation * level, variant.aortaDiameter, 1, front);
  const veins = branching(vein, variant.confluence * level, variant.cavaDiameter, 0.7, front);

  const change = (s: ShapedStructure): ShapedStructure => {
    switch (s.structure) {
      case 'abdominal_aorta':
        return mapTubes(s, arteries.trunk);
      case 'common_iliac_artery':
        return mapTubes(s, arteries.branch);
      case 'external_iliac_artery':
      case 'internal_iliac_artery':
      case 'femoral_artery':
        return mapTubes(s, (points) => points.map((p) => thicker(p, pow(variant.aortaDiameter, 0.7))));
      case 'inferior_vena_cava':
        return mapTubes(s, veins.trunk);
      case 'common_iliac_vein':
        return mapTubes(s, veins.branch);
      case 'kidney':
        return mapShapes(s, (shape) => resize(shape, pow(variant.kidneyLength, 0.7), variant.kidneyLength));
      case 'urinary_bladder': {
        const size = cbrt(variant.bladderVolume);
        return mapShapes(s, (shape) => lift(resize(shape, size, size), 22 * (size - 1)));
      }
      case 'sigmoid_colon':
        return variant.sigmoid === 'redundant' ? mapTubes(s, redundant) : s;
      case 'caecum':
        return mapTubes(s, (points) =>
          points.map(([x, y, z, r], n) => [x!, y!, z! - CAECUM_DOWN * variant.caecum * (1 - n / points.length), r!]),
        );
      case 'transverse_colon':
        return mapTubes(s, (points) => sag(points, variant.transverseColon));
      default:
        return s;
    }
  };
  return {
    ...reference,
    structures: structures.map(change),
    courses: reference.courses.map((course) => varyCourse(course, variant, landmarks)),
    landmarks: {
      ...landmarks,
      aortic_bifurcation: arteries.at(landmarks.aortic_bifurcation!),
      iliocaval_confluence: veins.at(landmarks.iliocaval_confluence!),
    },
  };
}

interface Branching {
  trunk(points: readonly Row[]): Row[];
  branch(points: readonly Row[]): Row[];
  at(landmark: Vec3): Vec3;
}

/** Moves the place where a great vessel divides up or down along the spine; the far ends of the branches stay. */
function branching(
  old: Row,
  up: number,
  diameter: number,
  flat: number,
  front: (x: number, z: number) => number,
): Branching {
  const [x, y0, z0, r] = old as [number, number, number, number];
  const depth = (points: Row): number => points[3]! * diameter * flat;
  const z = z0 + up;
  // as far in front of the column as it was before
  const gap = front(x, z0) - y0 - r * flat;
  const y = front(x, z) - r * diameter * flat - Math.max(gap, GAP);
  const onSpine = (p: Row): Row => {
    const [px, py, pz, pr] = p as [number, number, number, number];
    return [px, Math.min(py, front(px, pz) - depth(p) - GAP), pz, pr * diameter];
  };
  return {
    trunk(points) {
      const kept = points.filter((p) => p[2]! > Math.max(z + 14, z0 + 6)).map(onSpine);
      for (let at = z0 - 12; at > z + 14; at -= 18)
        kept.push(onSpine([x, front(x, at) - r * flat - Math.max(gap, GAP), at, r]));
      return [...kept, [x, y, z, r * diameter]];
    },
    branch(points) {
      const end = points.at(-1)!;
      const first = points[0]!;
      return points.map((p, n): Row => {
        if (n === points.length - 1) return thicker(p, pow(diameter, 0.7));
        const rest = (end[2]! - p[2]!) / (end[2]! - first[2]!);
        const moved: Row = [p[0]!, p[1]! + rest * (y - y0), p[2]! + rest * up, p[3]!];
        return n === 0 ? [x, y, z, p[3]! * diameter] : onSpine(moved);
      });
    },
    at: ([lx, ly, lz]) => [lx, ly + y - y0, lz + up],
  };
}

/** Front of the vertebral bodies and discs at x and z, mm. */
function columnFront(structures: readonly ShapedStructure[], x: number, z: number): number {
  let front = Number.POSITIVE_INFINITY;
  for (const { shapes } of structures) {
    for (const shape of shapes) {
      if (shape.kind !== 'elliptic-cylinder') continue;
      const slope = (shape.tilt * Math.PI) / 180;
      const dz = z - shape.centre[2];
      const beside = 1 - pow(Math.min(Math.abs(x), 0.95 * shape.halfWidth) / shape.halfWidth, shape.exponent);
      const half = shape.halfDepth * pow(beside, 1 / shape.exponent);
      // the front face: v = -half with v = cos·dy + sin·dz
      const dy = (-half - sin(slope) * dz) / cos(slope);
      const along = cos(slope) * dz - sin(slope) * dy;
      if (Math.abs(along) <= 1.15 * shape.halfHeight) front = Math.min(front, shape.centre[1] + dy);
    }
  }
  return front;
}

/** The loop between the ends of the usual sigmoid. */
function redundant(points: readonly Row[]): Row[] {
  const radius = points[3]![3]!;
  return [points[0]!, ...REDUNDANT_SIGMOID.map((p) => [...p, radius]), points.at(-1)!];
}

function sag(points: readonly Row[], score: number): Row[] {
  const down = score > 0 ? TRANSVERSE_DOWN * score : TRANSVERSE_UP * score;
  const last = points.length - 1;
  return points.map(([x, y, z, r], n) => [x!, y!, z! - down * sin((Math.PI * n) / last) ** 2, r!]);
}

function varyCourse(course: Course, variant: Variant, landmarks: ReferenceSubject['landmarks']): Course {
  if (course.structure === 'ureter') {
    const side = course.side === 'right' ? 'right' : 'left';
    const aside = variant.ureter * URETER_SD[side] * 0.7 * (side === 'left' ? 1 : -1);
    return {
      ...course,
      // between the kidney and the brim; ends are held
      points: course.points.map(([x, y, z]) => [x! + aside * hump((z! - 90) / 70), y!, z!]),
    };
  }
  if (course.structure === 'lateral_femoral_cutaneous_nerve') {
    const asis = landmarks.asis_left!;
    const tubercle = landmarks.pubic_tubercle_left!;
    const ligament = [0, 1, 2].map((d) => tubercle[d]! - asis[d]!);
    const crossing = course.points.reduce((near, p) => (Math.abs(p[2]! + 22) < Math.abs(near[2]! + 22) ? p : near));
    const usual = (crossing[2]! - asis[2]) / ligament[2]!;
    const type = LFCN_TYPES.find((t) => t.type === variant.lfcn)!;
    const shift = type.along - usual;
    return {
      ...course,
      // from the iliac fossa on, fully at the ligament and below
      points: course.points.map((p) => {
        const share = 1 - smoothstep((p[2]! - crossing[2]! + 8) / 55);
        return [0, 1, 2].map((d) => p[d]! + share * shift * ligament[d]!);
      }),
    };
  }
  return course;
}

function tubeOf(structures: readonly ShapedStructure[], id: string): Tube {
  return structures.find((s) => s.structure === id)!.shapes[0] as Tube;
}

const mapShapes = (s: ShapedStructure, to: (shape: Shape) => Shape): ShapedStructure => ({
  ...s,
  shapes: s.shapes.map(to),
});

const mapTubes = (s: ShapedStructure, to: (points: readonly Row[]) => readonly Row[]): ShapedStructure =>
  mapShapes(s, (shape) => (shape.kind === 'tube' ? { ...shape, points: to(shape.points) } : shape));

const thicker = (p: Row, factor: number): Row => [p[0]!, p[1]!, p[2]!, p[3]! * factor];

function resize(shape: Shape, across: number, along: number): Shape {
  if (shape.kind !== 'ellipsoid') return shape;
  const [a, b, c] = shape.halfAxes;
  return { ...shape, halfAxes: [a * across, b * across, c * along] };
}

function lift(shape: Shape, up: number): Shape {
  if (shape.kind !== 'ellipsoid') return shape;
  const [x, y, z] = shape.centre;
  return { ...shape, centre: [x, y, z + up] };
}
