import type { LabelVolume } from './model.ts';

/** Between bones, and hardly thicker than a voxel: with the bones that each joins. */
const JOINTS: Readonly<Record<string, readonly string[]>> = {
  pubic_symphysis: ['hip_bone'],
  hip_joint_cartilage: ['hip_bone', 'femur'],
};

/** How far a joint is drawn on into its bones, mm: as far as rounding takes their surfaces back. Own setting. */
const REACH = 4;

/**
 * The cells to draw a joint from: its own, and those within its bones that are near it. Bones and joint are rounded each by itself, which
 * leaves gaps between them and holes in what is a voxel thick; what is added lies under the surfaces of the bones, or is a cell of
 * something else that lies between the symphysis and its bone.
 *
 * @param label of the joint
 * @param low first, and `high` last cell that it has
 * @returns labels and how many cells were added, or undefined for what is no joint
 */
export function jointCells(
  { labels, table, grid }: LabelVolume,
  label: number,
  low: readonly number[],
  high: readonly number[],
): { readonly labels: Uint8Array; readonly added: number; readonly reach: number } | undefined {
  const bones = JOINTS[table[label]!.structure];
  if (bones === undefined) return undefined;
  const { structure, side } = table[label]!;
  const ofJoint = table.map((row, n) => n > 0 && row.structure === structure && row.side === side);
  const ofBone = table.map((row, n) => n > 0 && bones.includes(row.structure));
  const [nx, ny] = grid.size;
  const reach = Math.max(1, Math.round(REACH / grid.spacing));
  const from = low.map((v) => Math.max(1, v - reach));
  const to = high.map((v, d) => Math.min(grid.size[d]! - 2, v + reach));
  const around: number[] = [];
  for (let k = -1; k <= 1; k++)
    for (let j = -1; j <= 1; j++) for (let i = -1; i <= 1; i++) around.push(i + nx * (j + ny * k));
  const rim = side === 'midline' ? [nx, -nx, nx * ny, -nx * ny] : around;
  const deep: number[] = [];
  for (let k = from[2]!; k <= to[2]!; k++)
    for (let j = from[1]!; j <= to[1]!; j++)
      for (let i = from[0]!; i <= to[0]!; i++) {
        const cell = i + nx * (j + ny * k);
        const is = (which: readonly boolean[], by: number): boolean => which[labels[cell + by]!]!;
        // left and right of the symphysis a cell of something else may lie before the bone; a rim of bone stays bone, or the joint would show
        const between = (is(ofJoint, -1) && is(ofBone, 1)) || (is(ofBone, -1) && is(ofJoint, 1));
        const within = is(ofBone, 0) && rim.every((by) => is(ofBone, by) || is(ofJoint, by));
        if (within || (side === 'midline' && between && !is(ofJoint, 0))) deep.push(cell);
      }
  const grown = labels.slice();
  const beside = [1, nx, nx * ny].flatMap((by) => [by, -by]);
  let added = 0;
  for (let step = 0; step < reach; step++) {
    const next = deep.filter((cell) => grown[cell] !== label && beside.some((by) => ofJoint[grown[cell + by]!]));
    for (const cell of next) grown[cell] = label;
    added += next.length;
  }
  return { labels: grown, added, reach };
}
