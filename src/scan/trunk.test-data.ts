/** A labelled trunk of simple shapes for the tests of this room, in LPS millimetres around its middle: nothing of it is the same on both sides. */
import type { Vec3 } from '../base/grid.ts';
import { writeNifti } from './write-nifti.test-data.ts';

interface Shape {
  readonly name: string;
  readonly hounsfield: number;
  readonly holds: (x: number, y: number, z: number) => boolean;
}

const ball =
  (cx: number, cy: number, cz: number, rx: number, ry: number, rz: number): Shape['holds'] =>
  (x, y, z) =>
    ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 + ((z - cz) / rz) ** 2 <= 1;
const tube =
  (cx: number, cy: number, rx: number, ry: number, z0: number, z1: number): Shape['holds'] =>
  (x, y, z) =>
    z >= z0 && z <= z1 && ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1;

/** Half the trunk, mm: x, y and z. */
export const HALF: Vec3 = [165, 110, 150];

/** What is in it, later shapes over earlier ones. Bone has a dense rim that the voxels average. */
export const SHAPES: readonly Shape[] = [
  { name: 'liver', hounsfield: 60, holds: ball(-75, -15, 95, 55, 60, 45) },
  { name: 'spleen', hounsfield: 50, holds: ball(95, 30, 100, 28, 35, 34) },
  { name: 'stomach', hounsfield: 35, holds: ball(55, -30, 85, 35, 30, 30) },
  { name: 'colon', hounsfield: -20, holds: tube(0, -60, 70, 18, -60, 40) },
  { name: 'kidney_right', hounsfield: 35, holds: ball(-68, 45, 30, 24, 22, 42) },
  { name: 'kidney_left', hounsfield: 35, holds: ball(68, 45, 45, 24, 22, 42) },
  ...[-52, -22, 8, 38, 68, 98].map((z, n) => ({
    name: ['vertebrae_L5', 'vertebrae_L4', 'vertebrae_L3', 'vertebrae_L2', 'vertebrae_L1', 'vertebrae_T12'][n]!,
    hounsfield: 260,
    holds: tube(0, 52, 24, 24, z - 14, z + 14),
  })),
  { name: 'sacrum', hounsfield: 240, holds: tube(0, 60, 40, 22, -145, -68) },
  { name: 'aorta', hounsfield: 45, holds: tube(12, 16, 10, 10, -35, 150) },
  { name: 'inferior_vena_cava', hounsfield: 40, holds: tube(-16, 14, 11, 11, -35, 150) },
  { name: 'autochthon_left', hounsfield: 45, holds: tube(38, 84, 22, 14, -100, 150) },
  { name: 'autochthon_right', hounsfield: 45, holds: tube(-38, 84, 22, 14, -100, 150) },
  { name: 'iliopsoas_left', hounsfield: 55, holds: tube(46, 38, 17, 18, -130, 80) },
  { name: 'iliopsoas_right', hounsfield: 55, holds: tube(-48, 38, 22, 20, -130, 60) },
  { name: 'hip_left', hounsfield: 320, holds: tube(100, 20, 16, 55, -145, -40) },
  { name: 'hip_right', hounsfield: 320, holds: tube(-100, 20, 16, 55, -145, -40) },
  { name: 'urinary_bladder', hounsfield: 8, holds: ball(0, -30, -115, 30, 25, 22) },
];

export const shapeAt = (x: number, y: number, z: number): Shape | undefined =>
  SHAPES.findLast((shape) => shape.holds(x, y, z));

/** Hounsfield units at a place. */
export function trunkHounsfield(x: number, y: number, z: number): number {
  const r = Math.sqrt((x / HALF[0]) ** 2 + (y / HALF[1]) ** 2);
  if (r > 1) return -1000;
  return shapeAt(x, y, z)?.hounsfield ?? (r > 0.87 ? -100 : 40);
}

/** A grid in the world: how many voxels of which size around which middle, mm LPS. */
export interface Box {
  readonly n: Vec3;
  readonly spacing: Vec3;
  readonly middle?: Vec3;
}

/** The grid that the trunk is stored on: 360 × 240 × 300 mm. */
export const BOX: Box = { n: [60, 40, 50], spacing: [6, 6, 6] };

/** origin of a box: the centre of its first voxel, mm LPS. */
export const originOf = ({ n, spacing, middle = [0, 0, 0] }: Box): Vec3 =>
  n.map((count, a) => middle[a]! - ((count - 1) * spacing[a]!) / 2) as unknown as Vec3;

/** A volume whose voxels are read back to front along axes x, y, z under an unchanged header. */
export function storeReversed(
  box: Box,
  reversed: readonly [boolean, boolean, boolean],
  value: (x: number, y: number, z: number) => number,
  datatype: 2 | 4 = 4,
): Uint8Array {
  const origin = originOf(box);
  const sform = [0, 1, 2].map((r) => [
    ...[0, 1, 2].map((c) => (c === r ? (r < 2 ? -1 : 1) * box.spacing[r]! : 0)),
    (r < 2 ? -1 : 1) * origin[r]!,
  ]);
  return writeNifti({
    size: box.n,
    sform,
    datatype,
    value: (...at) => {
      const [x, y, z] = at.map((v, a) => origin[a]! + (reversed[a] ? box.n[a]! - 1 - v : v) * box.spacing[a]!) as [
        number,
        number,
        number,
      ];
      return value(x, y, z);
    },
  });
}
