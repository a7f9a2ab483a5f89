import { sin } from '../base/elementary.ts';
import type { Vec3 } from '../base/grid.ts';
import type { Insert } from '../body/spec.ts';
import { densePath } from './dense-points.ts';
import type { ReferenceSubject, Row, Shape, ShapedStructure, SweptEllipse, Tube } from './shape.ts';
import { pchip } from './splines.ts';
import type { Side } from './tissue.ts';

/** Usual sizes, mm: in the range in which such things are commonly seen; own choices for teaching. */
const USUAL = {
  aneurysm: 45,
  'umbilical-hernia': 30,
  'inguinal-hernia': 35,
  'psoas-cyst': 40,
  'psoas-mass': 40,
  'mesenteric-cyst': 50,
  'mesenteric-mass': 50,
  'distended-colon': 55,
  'full-colon': 48,
} as const satisfies Record<Insert['kind'], number>;

const COLON = ['caecum', 'ascending_colon', 'transverse_colon', 'descending_colon', 'sigmoid_colon'];

/** What gives way to something that grows in the belly. */
const SOFT = ['visceral_fat', 'greater_omentum', 'small_intestine', 'duodenum', ...COLON];

/** Skin and a little fat over a hernia that bulges, mm. */
const COVER = 4;

/** Puts the inserts into a grown person; mm of the person. */
export function withInserts(person: ReferenceSubject, inserts: readonly Insert[]): ReferenceSubject {
  let structures = person.structures;
  for (const insert of inserts) structures = insertInto({ ...person, structures }, insert);
  return { ...person, structures };
}

function insertInto(person: ReferenceSubject, insert: Insert): readonly ShapedStructure[] {
  const { structures, landmarks, levels } = person;
  const size = insert.size_mm ?? USUAL[insert.kind];
  const radius = size / 2;
  switch (insert.kind) {
    case 'aneurysm':
      return [...structures, plain('abdominal_aorta', 'midline', aneurysm(person, radius))];
    case 'umbilical-hernia': {
      const [, y, z] = landmarks.umbilicus!;
      // the sac lies in the fat behind the navel and lifts the skin by what does not fit there
      const centre: Vec3 = [0, y + COVER + 0.85 * radius, z];
      const neck: Shape = {
        kind: 'tube',
        points: [at(centre, 0.35 * radius), [0, centre[1] + radius + 22, z, 0.35 * radius]],
      };
      return [...bulgingSkin(structures, centre, radius), plain('hernia_sac', 'midline', ball(centre, radius), neck)];
    }
    case 'inguinal-hernia': {
      const side = insert.side ?? 'right';
      const sign = side === 'left' ? 1 : -1;
      const ring = landmarks.deep_inguinal_ring_left!;
      const tubercle = landmarks.pubic_tubercle_left!;
      const end: Vec3 = [sign * (tubercle[0] + 4), tubercle[1] - 12 - 0.5 * radius, tubercle[2] + 4];
      const sac: Shape = {
        kind: 'tube',
        points: [
          [sign * ring[0], ring[1] + 12, ring[2] + 6, 0.4 * radius],
          [sign * 0.5 * (ring[0] + tubercle[0]), 0.5 * (ring[1] + end[1]), 0.5 * (ring[2] + end[2]), 0.6 * radius],
          at(end, radius),
        ],
      };
      return [...bulgingSkin(structures, end, radius), plain('hernia_sac', side, sac)];
    }
    case 'psoas-cyst':
    case 'psoas-mass': {
      const side = insert.side ?? 'left';
      const z = levels.l4!;
      const [x, y] = psoasAt(structures, z);
      const centre: Vec3 = [side === 'left' ? x : -x, y, z];
      const shell = { ...plain('psoas_major', side, oval(centre, radius + 5, 1.3)), onlyIn: [...SOFT, 'psoas_major'] };
      const id = insert.kind === 'psoas-cyst' ? 'cyst' : 'mass';
      return [
        ...structures,
        shell,
        { ...plain(id, side, oval(centre, radius, 1.3)), onlyIn: [...SOFT, 'psoas_major', 'iliacus'] },
      ];
    }
    case 'mesenteric-cyst':
    case 'mesenteric-mass': {
      const [, front, z] = landmarks.umbilicus!;
      const spine = landmarks.vertebra_l4_body!;
      // on the root of the mesentery: nearer to the spine than to the navel, a little to the right
      const centre: Vec3 = [-8, front + 0.62 * (spine[1] - front), 0.5 * (z + spine[2])];
      const id = insert.kind === 'mesenteric-cyst' ? 'cyst' : 'mass';
      return [...structures, { ...plain(id, 'midline', oval(centre, radius, 1)), onlyIn: SOFT }];
    }
    case 'distended-colon':
    case 'full-colon': {
      const wide = structures.map((s) => (COLON.includes(s.structure) ? widen(s, radius) : s));
      if (insert.kind === 'full-colon') return wide;
      // gas in a wall of 3 mm
      const gas = wide
        .filter((s) => COLON.includes(s.structure))
        .map(
          (s): ShapedStructure => ({
            ...widen(s, radius, 3),
            structure: 'gas',
            side: 'midline',
            onlyIn: [s.structure],
          }),
        );
      return [...wide, ...gas];
    }
  }
}

const plain = (structure: string, side: Side, ...shapes: readonly Shape[]): ShapedStructure => ({
  structure,
  side,
  shapes,
});
const at = (p: Vec3, radius: number): Row => [...p, radius];
const ball = (centre: Vec3, radius: number): Shape => ({
  kind: 'ellipsoid',
  centre,
  halfAxes: [radius, radius, radius],
});
const oval = (centre: Vec3, radius: number, long: number): Shape => ({
  kind: 'ellipsoid',
  centre,
  halfAxes: [radius, radius, radius * long],
});

/** The skin with a dome over a sac, painted before everything that lies under the skin. */
function bulgingSkin(structures: readonly ShapedStructure[], centre: Vec3, radius: number): ShapedStructure[] {
  const dome: ShapedStructure = { ...plain('skin', 'midline', ball(centre, radius + COVER)), outline: true };
  const first = structures.findIndex((s) => s.structure === 'skin');
  return [...structures.slice(0, first + 1), dome, ...structures.slice(first + 1)];
}

/** A spindle below the renal arteries, resting on the spine like the aorta itself. */
function aneurysm({ structures, levels, landmarks }: ReferenceSubject, radius: number): Shape {
  const aorta = structures.find((s) => s.structure === 'abdominal_aorta')!.shapes[0] as Tube;
  const path = densePath(aorta.points);
  const low = landmarks.aortic_bifurcation![2] + 6;
  const high = Math.max(low + 60, levels.l2! + 4);
  const points: Row[] = [];
  for (let n = 0; n < path.length; n += 4) {
    const [x, y, z, r] = path.subarray(n, n + 4) as unknown as [number, number, number, number];
    if (z < low || z > high || (n / 4) % 3 !== 0) continue;
    const grown = r + Math.max(radius - r, 0) * sin((Math.PI * (z - low)) / (high - low)) ** 2;
    points.push([x, y - (grown - r), z, grown]);
  }
  return { kind: 'tube', points };
}

/** Centre of the left psoas at a height. */
function psoasAt(structures: readonly ShapedStructure[], z: number): readonly [number, number] {
  const psoas = structures.find((s) => s.structure === 'psoas_major')!.shapes[0] as SweptEllipse;
  const over = pchip(
    psoas.stations.map((row) => row[0]!),
    psoas.stations.map((row) => row.slice(1, 3)),
  );
  const centre = new Float64Array(2);
  over.at(z, centre);
  return [centre[0]!, centre[1]!];
}

/** Large bowel of at least a given radius (the sigmoid and the descending part four fifths of it), less a wall. */
function widen(s: ShapedStructure, radius: number, wall = 0): ShapedStructure {
  const share = s.structure === 'descending_colon' || s.structure === 'sigmoid_colon' ? 0.8 : 1;
  return {
    ...s,
    shapes: s.shapes.map((shape) =>
      shape.kind === 'tube'
        ? {
            ...shape,
            points: shape.points.map(([x, y, z, r]) => [x!, y!, z!, Math.max(r!, share * radius) - wall]),
          }
        : shape,
    ),
  };
}
