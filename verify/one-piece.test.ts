import { describe, expect, it } from 'vitest';
import { buildAnatomy } from '../src/anatomy/anatomy.ts';
import { cellAt, cellCentre, cellPlace } from '../src/base/grid.ts';
import { pointAt } from '../src/base/vec.ts';
import { resolveBody } from '../src/body/body.ts';
import { parseScenario } from '../src/press/parse-scenario.ts';
import type { LabelRow, LabelVolume, VoxelModel } from '../src/voxel/model.ts';
import { voxelize } from '../src/voxel/voxelize.ts';

/** Both reference adults, and people of other sizes with branchings, colons and muscles of their own. */
const PEOPLE = [
  { sex: 'female' },
  { sex: 'male' },
  { sex: 'female', height_cm: 155, weight_kg: 50, variant: 3 },
  { sex: 'female', height_cm: 175, weight_kg: 95, variant: 11 },
  { sex: 'female', height_cm: 165, weight_kg: 70, variant: 1234 },
  { sex: 'male', height_cm: 168, weight_kg: 60, variant: 5 },
  { sex: 'male', height_cm: 190, weight_kg: 110, variant: 77 },
  { sex: 'male', height_cm: 180, weight_kg: 82, variant: 999 },
] as const;

/** Cells of each piece of what is wanted, largest first; cells that share a corner are joined. */
function pieces({ grid, labels, table }: LabelVolume, wanted: (row: LabelRow) => boolean): number[] {
  const [nx, ny] = grid.size;
  const is = table.map((row, label) => label > 0 && wanted(row));
  const seen = new Uint8Array(labels.length);
  const found: number[] = [];
  for (let first = 0; first < labels.length; first++) {
    if (seen[first] === 1 || !is[labels[first]!]) continue;
    const open = [first];
    seen[first] = 1;
    let count = 0;
    for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
      count++;
      const [i, j, k] = cellPlace(grid, cell);
      for (let n = 0; n < 27; n++) {
        const at = [i + (n % 3) - 1, j + (Math.floor(n / 3) % 3) - 1, k + Math.floor(n / 9) - 1] as const;
        if (at.some((v, d) => v < 0 || v >= grid.size[d]!)) continue;
        const near = at[0] + nx * (at[1] + ny * at[2]);
        if (seen[near] === 1 || !is[labels[near]!]) continue;
        seen[near] = 1;
        open.push(near);
      }
    }
    found.push(count);
  }
  return found.sort((a, b) => b - a);
}

/** Where a later part covers the border of an earlier one a few voxels may be left beyond it: less than can be seen, or matters, mL. */
const CRUMBS = 0.15;

/** Whether what is wanted is one piece, but for crumbs. */
function isWhole(fine: LabelVolume, wanted: (row: LabelRow) => boolean): boolean {
  const [, ...rest] = pieces(fine, wanted);
  return (rest.reduce((sum, count) => sum + count, 0) * fine.grid.spacing ** 3) / 1000 < CRUMBS;
}

/** Middles of the cells of what is wanted within a distance of a place. */
function cellsNear(
  { grid, labels, table }: LabelVolume,
  wanted: (row: LabelRow) => boolean,
  at: readonly number[],
  within: number,
): (readonly number[])[] {
  const is = table.map((row, label) => label > 0 && wanted(row));
  const found: (readonly number[])[] = [];
  for (let c = 0; c < labels.length; c++) {
    if (!is[labels[c]!]) continue;
    const middle = cellCentre(grid, c);
    if (Math.hypot(...middle.map((v, d) => v - at[d]!)) <= within) found.push(middle);
  }
  return found;
}

const VESSELS = [
  'abdominal_aorta', 'common_iliac_artery', 'external_iliac_artery', 'internal_iliac_artery', 'femoral_artery', 'renal_artery',
  'inferior_vena_cava', 'common_iliac_vein', 'external_iliac_vein', 'internal_iliac_vein', 'femoral_vein', 'renal_vein',
]; // biome-ignore format: one list

describe.each(PEOPLE)('the parts of a body are whole: $sex, $height_cm cm, variant $variant', (who) => {
  let model: VoxelModel;
  const made = async (): Promise<VoxelModel> => {
    const body = resolveBody(parseScenario({ body: who }).body);
    model ??= await voxelize(buildAnatomy(body, 'prone'), 12);
    return model;
  };

  it('arteries are one tree, veins another; no vessel lies in pieces', async () => {
    const { fine } = await made();
    expect(pieces(fine, ({ tissue }) => tissue === 'artery')).toHaveLength(1);
    expect(pieces(fine, ({ tissue }) => tissue === 'vein')).toHaveLength(1);
    for (const vessel of VESSELS)
      for (const side of /aorta|cava/.test(vessel) ? ['midline'] : ['left', 'right']) {
        const wanted = (row: LabelRow): boolean => row.structure === vessel && row.side === side;
        expect([vessel, side, fine.table.some(wanted), isWhole(fine, wanted)]).toEqual([vessel, side, true, true]);
      }
  });

  it('psoas and iliacus are whole and reach the lesser trochanter', async () => {
    const { fine, landmarks } = await made();
    for (const side of ['left', 'right'] as const) {
      for (const muscle of ['psoas_major', 'iliacus']) {
        const wanted = (row: LabelRow): boolean => row.structure === muscle && row.side === side;
        expect([muscle, side, isWhole(fine, wanted)]).toEqual([muscle, side, true]);
      }
      const flexor = (row: LabelRow): boolean =>
        (row.structure === 'psoas_major' || row.structure === 'iliacus') && row.side === side;
      // the landmark is the tip of the bone, a voxel or two inside its labels
      const tip = landmarks[`lesser_trochanter_${side}`]!;
      const bone = cellsNear(fine, (row) => row.structure === 'femur' && row.side === side, tip, 15);
      expect(bone.length).toBeGreaterThan(50);
      const muscle = cellsNear(fine, flexor, tip, 25);
      const gaps = bone.flatMap((p) => muscle.map((q) => Math.hypot(...p.map((v, d) => v - q[d]!))));
      expect(gaps.reduce((least, gap) => Math.min(least, gap), Number.POSITIVE_INFINITY)).toBeLessThan(5);
    }
  });

  it('the caecum is whole, as large as one, and goes on as the ascending colon', async () => {
    const { fine } = await made();
    const found = pieces(fine, ({ structure }) => structure === 'caecum');
    expect(isWhole(fine, ({ structure }) => structure === 'caecum')).toBe(true);
    const volume = (found[0]! * fine.grid.spacing ** 3) / 1000;
    expect(volume).toBeGreaterThan(25);
    expect(volume).toBeLessThan(120);
    expect(isWhole(fine, ({ structure }) => structure === 'caecum' || structure === 'ascending_colon')).toBe(true);
  });

  it('both ureters cross in front of the iliac arteries', async () => {
    const { fine, corridors } = await made();
    const iliac = fine.table.map(({ structure }) => /^(common|external)_iliac_artery$/.test(structure));
    const ureters = corridors.filter((c) => c.structure === 'ureter');
    expect(ureters.map(({ side }) => side).sort()).toEqual(['left', 'right']);
    for (const { structure, points } of ureters) {
      /** Points of its course with an artery less than 25 mm in front of them (−1), or behind. */
      const beside = (way: 1 | -1) =>
        Array.from({ length: points.length / 3 }, (_, n) => pointAt(points, 3 * n)).filter(([x, y, z]) =>
          Array.from({ length: 25 }, (_, by) => cellAt(fine.grid, x, y + way * by, z)).some(
            (cell) => cell >= 0 && iliac[fine.labels[cell]!],
          ),
        );
      expect(beside(1).length).toBeGreaterThan(0);
      const behind = beside(-1);
      expect([structure, behind.length]).toEqual([structure, 0]);
    }
  });
});
