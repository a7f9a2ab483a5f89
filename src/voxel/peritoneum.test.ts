import { describe, expect, it } from 'vitest';
import { buildAnatomy } from '../anatomy/anatomy.ts';
import type { Vec3 } from '../base/grid.ts';
import { resolveBody } from '../body/body.ts';
import { halvesOf } from './halves.ts';
import type { LabelRow, LabelVolume, VoxelModel } from './model.ts';
import { peritoneumOf } from './peritoneum.ts';
import { voxelize } from './voxelize.ts';

const row = (structure: string, tissue: LabelRow['tissue']): LabelRow => ({
  structure,
  side: 'midline',
  tissue,
  colour: [0, 0, 0],
});
const TABLE = [
  row('', 'skin'),
  row('small_intestine', 'bowel'),
  row('visceral_fat', 'fat_visceral'),
  row('psoas_major', 'muscle_psoas'),
  row('transversus_abdominis', 'muscle_wall'),
];
const [, BOWEL, FAT, PSOAS, WALL] = [0, 1, 2, 3, 4];

/** A block of 160 mm of voxels of 2.5 mm, labelled by their middles. */
function volume(label: (x: number, y: number, z: number) => number, origin: Vec3 = [0, 0, 0]): LabelVolume {
  const n = 64;
  const labels = new Uint8Array(n ** 3);
  for (let c = 0; c < labels.length; c++)
    labels[c] = label(
      origin[0] + 2.5 * ((c % n) + 0.5),
      origin[1] + 2.5 * ((Math.floor(c / n) % n) + 0.5),
      origin[2] + 2.5 * (Math.floor(c / (n * n)) + 0.5),
    );
  return { grid: { origin, spacing: 2.5, size: [n, n, n] }, labels, table: TABLE };
}
const away = (x: number, y: number, z: number): number => Math.hypot(x - 80, y - 80, z - 80);
const ball = (x: number, y: number, z: number): number => (away(x, y, z) < 45 ? BOWEL! : WALL!);

describe('the peritoneum', () => {
  it('is where bowel ends: a signed distance, wherever the voxels lie', () => {
    for (const origin of [
      [0, 0, 0],
      [-1.3, 2.9, 0.7],
    ] as const) {
      const { distance } = peritoneumOf(volume(ball, origin))!;
      for (const [x, y, z] of [
        [80, 80, 40],
        [105, 105, 105],
        [60, 120, 80],
        [80, 35, 80],
        [125, 80, 80],
      ] as const)
        expect(Math.abs(distance(x, y, z) - (away(x, y, z) - 45))).toBeLessThan(1.5);
    }
  });

  it('has the gradient that it says, and no kinks', () => {
    const { distance } = peritoneumOf(volume(ball))!;
    const slope = new Float64Array(3);
    for (const [x, y, z] of [
      [80, 37, 80],
      [82.5, 120, 97.5],
      [50, 61, 70],
    ] as const) {
      distance(x, y, z, slope);
      const e = 1e-5;
      const differences = [
        distance(x + e, y, z) - distance(x - e, y, z),
        distance(x, y + e, z) - distance(x, y - e, z),
        distance(x, y, z + e) - distance(x, y, z - e),
      ];
      for (let c = 0; c < 3; c++) expect(slope[c]).toBeCloseTo(differences[c]! / (2 * e), 5);
      expect(Math.hypot(...slope)).toBeGreaterThan(0.8);
    }
  });

  it('leaves fat to what is nearer, bowel or back; the wall before it takes none', () => {
    const layers = (y: number): number => (y < 20 ? WALL! : y < 40 ? FAT! : y < 80 ? BOWEL! : y < 120 ? FAT! : PSOAS!);
    const { distance } = peritoneumOf(volume((x, y) => (x < 15 ? WALL! : layers(y))))!;
    expect(Math.abs(distance(80, 100, 80))).toBeLessThan(2.5);
    expect(Math.abs(distance(80, 20, 80))).toBeLessThan(2.5);
    expect(distance(80, 30, 80)).toBeLessThan(-5);
  });

  it('is one bag: a crumb of bowel elsewhere is not in it, and a crumb of muscle within is', () => {
    const { distance } = peritoneumOf(
      volume((x, y, z) => {
        if (Math.hypot(x - 15, y - 15, z - 15) < 12) return BOWEL!;
        return Math.hypot(x - 80, y - 80, z - 80) < 12 ? PSOAS! : ball(x, y, z);
      }),
    )!;
    expect(distance(15, 15, 15)).toBeGreaterThan(0);
    expect(distance(80, 80, 80)).toBeLessThan(-20);
  });

  it('is not there where nothing hangs in the belly', () => {
    expect(peritoneumOf(volume(() => WALL!))).toBeUndefined();
  });
});

describe('the halves of a trunk', () => {
  it('are its parts: cut cells give each what lies on its side, and nothing is lost', () => {
    // cells of 10 mm of one voxel's fat and bowel, and a plane through the fourth layer of cells
    const fine = volume((_x, y) => (y < 36 ? WALL! : BOWEL!));
    const size = [16, 16, 16] as const;
    const cells = Uint32Array.from({ length: 16 ** 3 }, (_, c) => c);
    const layer = Float32Array.from(cells, (c) =>
      Math.min(Math.max((10 * (Math.floor(c / 16) % 16) + 10 - 35) / 10, 0), 1),
    );
    const part = (structure: string, tissue: LabelRow['tissue'], fraction: Float32Array) => ({
      structure,
      side: 'midline' as const,
      tissue,
      cells,
      fraction,
      volume: 0,
    });
    const model = {
      grid: { origin: [0, 0, 0], spacing: 10, size },
      fill: new Float32Array(16 ** 3).fill(1),
      fine,
      parts: [
        part('small_intestine', 'bowel', layer),
        part(
          'transversus_abdominis',
          'muscle_wall',
          layer.map((f) => 1 - f),
        ),
      ],
    } as unknown as VoxelModel;
    const { inside, parts } = halvesOf(model, { distance: (_x, y) => 37.4 - y });
    const at = (j: number): number => 16 * j + 256 * 8 + 8;
    // voxels of 2.5 mm: those from 37.5 on are the contents'
    expect(inside[1][at(2)]).toBe(0);
    expect(inside[1][at(3)]).toBeCloseTo(0.25, 6);
    expect(inside[0][at(3)]).toBeCloseTo(0.75, 6);
    expect([inside[0][at(4)], inside[1][at(4)]]).toEqual([0, 1]);
    const held = (b: 0 | 1, structure: string, cell: number): number => {
      const piece = parts[b].find((p) => p.structure === structure);
      const n = piece?.cells.indexOf(cell) ?? -1;
      return n < 0 ? 0 : piece!.fraction[n]!;
    };
    // bowel on the wall's side of the peritoneum is the container's
    expect(held(0, 'small_intestine', at(3))).toBeCloseTo(0.25, 6);
    expect(held(1, 'small_intestine', at(3))).toBeCloseTo(0.25, 6);
    expect(held(1, 'transversus_abdominis', at(3))).toBe(0);
    expect(held(0, 'transversus_abdominis', at(3))).toBeCloseTo(0.5, 6);
  });

  it('of a reference adult: bowel that hangs is in the bag, what lies behind it is not', async () => {
    const model = await voxelize(buildAnatomy(resolveBody({ sex: 'female', age: 40 })), 14);
    const { inside, parts } = halvesOf(model, peritoneumOf(model.fine)!);
    const share = (structure: string): number => {
      const [out, own] = parts.map((list) =>
        list
          .filter((p) => p.structure === structure)
          .reduce((sum, p) => sum + p.fraction.reduce((a, b) => a + b, 0), 0),
      );
      return own! / (out! + own!);
    };
    for (const id of ['small_intestine', 'transverse_colon', 'sigmoid_colon', 'stomach', 'greater_omentum', 'liver'])
      expect(share(id), id).toBeGreaterThan(0.85);
    for (const id of [
      'psoas_major',
      'kidney',
      'abdominal_aorta',
      'ascending_colon',
      'rectum',
      'rectus_abdominis',
      'skin',
    ])
      expect(share(id), id).toBeLessThan(0.1);
    for (let c = 0; c < model.fill.length; c++)
      expect(Math.abs(inside[0][c]! + inside[1][c]! - model.fill[c]!)).toBeLessThan(1e-6);
    for (const { structure, side, tissue, fraction } of model.parts) {
      const own = parts.flat().filter((p) => p.structure === structure && p.side === side && p.tissue === tissue);
      const sum = own.reduce((all, p) => all + p.fraction.reduce((a, b) => a + b, 0), 0);
      expect(Math.abs(sum / fraction.reduce((a, b) => a + b, 0) - 1)).toBeLessThan(1e-3);
    }
  });
});
