import { beforeAll, describe, expect, it } from 'vitest';
import { buildAnatomy } from '../anatomy/anatomy.ts';
import { structureOf } from '../anatomy/structures.ts';
import { CancelledError, InputError } from '../base/errors.ts';
import { cellAt } from '../base/grid.ts';
import { resolveBody } from '../body/body.ts';
import type { BodySpec } from '../body/spec.ts';
import type { VoxelModel } from './model.ts';
import { voxelize } from './voxelize.ts';

const build = (spec: Partial<BodySpec>, cell = 10): Promise<VoxelModel> =>
  voxelize(buildAnatomy(resolveBody({ sex: 'female', age: 40, ...spec })), cell, {});

const millilitres = (model: VoxelModel, ...ids: string[]): number =>
  model.parts.filter((p) => ids.includes(p.structure)).reduce((sum, p) => sum + p.volume, 0) / 1000;

type Volume = readonly [structures: readonly string[], low: number, high: number, why: string];

/** Ranges that the painted volumes must lie in, mL, with where they come from; both sides together unless it says one. */
const VOLUMES: Record<'female' | 'male', Volume[]> = {
  female: [
    [['psoas_major'], 250, 400, '0.6 to 0.7 of men'],
    [['iliacus'], 150, 280, '0.7 of men'],
    [['kidney'], 2 * 105, 2 * 170, 'length 105 mm'],
    [['ascending_colon', 'caecum'], 100, 290, '203 ± 75 mL, Pritchard 2014'],
    [['transverse_colon'], 100, 280, '198 ± 79 mL, Pritchard 2014'],
    [['descending_colon'], 70, 250, '160 ± 86 mL, Pritchard 2014'],
    [['small_intestine'], 250, 800, 'wall and content, textbook'],
    [['urinary_bladder'], 60, 220, 'moderately filled'],
    [['uterus'], 45, 95, '50 to 90 mL'],
    [['hip_bone'], 2 * 170, 2 * 310, '0.8 of men'],
  ],
  male: [
    [['psoas_major'], 430, 620, 'about 275 mL a side in young adults, Handsfield 2014'],
    [['iliacus'], 230, 400, 'about 177 mL a side, Handsfield 2014'],
    [['kidney'], 2 * 130, 2 * 200, 'length 111 mm, Glodny 2009'],
    [['ascending_colon', 'caecum'], 130, 290, '203 ± 75 mL, Pritchard 2014'],
    [['transverse_colon'], 120, 280, '198 ± 79 mL, Pritchard 2014'],
    [['descending_colon'], 75, 250, '160 ± 86 mL, Pritchard 2014'],
    [['small_intestine'], 350, 900, 'wall and content, textbook'],
    [['urinary_bladder'], 80, 250, 'moderately filled'],
    [['hip_bone'], 2 * 230, 2 * 360, 'CT of one man'],
  ],
};

describe.each(['female', 'male'] as const)('the reference %s', (sex) => {
  let model: VoxelModel;
  beforeAll(async () => {
    model = await build({ sex });
  });

  it.each(VOLUMES[sex])('%j holds %d to %d mL (%s)', (ids, low, high) => {
    expect(millilitres(model, ...ids)).toBeGreaterThanOrEqual(low);
    expect(millilitres(model, ...ids)).toBeLessThanOrEqual(high);
  });

  it('has the published aorta between L4 and L2', () => {
    const { fine, landmarks } = model;
    const label = fine.table.findIndex((row) => row.structure === 'abdominal_aorta');
    const { spacing, origin, size } = fine.grid;
    const [low, high] = [landmarks.vertebra_l4_body![2], landmarks.vertebra_l2_body![2]];
    let [count, slices] = [0, 0];
    for (let k = 0; k < size[2]; k++) {
      const z = origin[2] + (k + 0.5) * spacing;
      if (z < low || z > high) continue;
      slices++;
      for (const l of fine.labels.subarray(k * size[0] * size[1], (k + 1) * size[0] * size[1]))
        if (l === label) count++;
    }
    const diameter = Math.sqrt(((count / slices) * spacing ** 2 * 4) / Math.PI);
    // inner diameter below the kidneys: men 16.5 (SD 2.1), women 14.5 (SD 1.7) mm, doi 10.1016/j.avsg.2019.05.030
    const [mean, sd] = sex === 'male' ? [16.5, 2.1] : [14.5, 1.7];
    expect(Math.abs(diameter - mean)).toBeLessThan(sd);
  });

  it('fractions add up to the fill, and nothing is NaN', () => {
    const sum = new Float64Array(model.fill.length);
    for (const part of model.parts) part.cells.forEach((cell, n) => void (sum[cell]! += part.fraction[n]!));
    let worst = 0;
    for (let n = 0; n < sum.length; n++) worst = Math.max(worst, Math.abs(sum[n]! - model.fill[n]!));
    expect(worst).toBeLessThan(1e-6);
    for (const part of model.parts) {
      expect(Number.isFinite(part.volume) && part.volume > 0).toBe(true);
      expect(part.fraction.every((f) => f > 0 && f <= 1)).toBe(true);
      expect(part.tissue).toBe(structureOf(part.structure).tissue);
    }
    expect(model.skin.vertices.every(Number.isFinite)).toBe(true);
    for (const corridor of model.corridors) expect(corridor.points.every(Number.isFinite)).toBe(true);
  });

  it('paired structures that are drawn as mirror images come out as mirror images', () => {
    const { labels, table, grid } = model.fine;
    const [nx, ny, nz] = grid.size;
    expect(grid.origin[0]).toBe((-nx * grid.spacing) / 2);
    const pairs = [
      'psoas_major',
      'iliacus',
      'hip_bone',
      'femur',
      'erector_spinae',
      'external_iliac_vein',
      'gluteus_maximus',
    ];
    for (const id of pairs) {
      const [left, right] = ['left', 'right'].map((side) =>
        table.findIndex((r) => r.structure === id && r.side === side),
      );
      let [alone, all] = [0, 0];
      for (let row = 0; row < ny * nz; row++) {
        for (let i = 0; i < nx; i++) {
          if (labels[row * nx + i] !== left) continue;
          all++;
          if (labels[row * nx + nx - 1 - i] !== right) alone++;
        }
      }
      // later structures of one side only (bowel, great vessels) may cover a little
      expect(all).toBeGreaterThan(100);
      expect(alone / all).toBeLessThan(0.02);
    }
  });

  it('has 2 mm of skin everywhere', () => {
    const { vertices: v, triangles: t } = model.skin;
    let area = 0;
    for (let n = 0; n < t.length; n += 3) {
      const [p, q, r] = [3 * t[n]!, 3 * t[n + 1]!, 3 * t[n + 2]!];
      const a = [v[q]! - v[p]!, v[q + 1]! - v[p + 1]!, v[q + 2]! - v[p + 2]!] as const;
      const b = [v[r]! - v[p]!, v[r + 1]! - v[p + 1]!, v[r + 2]! - v[p + 2]!] as const;
      area += Math.hypot(a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]) / 2;
    }
    // 5 %: thickness is measured within the slice, which counts less skin where the body narrows (groin, crotch)
    expect(Math.abs((1000 * millilitres(model, 'skin')) / area / 2 - 1)).toBeLessThan(0.05);
  });

  it('has a skin that is closed but for the cuts, in cells with fill', () => {
    const { vertices: v, triangles: t } = model.skin;
    const edges = new Map<number, number>();
    const count = v.length / 3;
    let [empty, cells] = [0, 0];
    for (let n = 0; n < t.length; n += 3) {
      for (let c = 0; c < 3; c++) {
        const [a, b] = [t[n + c]!, t[n + ((c + 1) % 3)]!];
        const key = a < b ? a * count + b : b * count + a;
        edges.set(key, (edges.get(key) ?? 0) + (a < b ? 1 : -1));
      }
      const middle = [0, 1, 2].map((d) => (v[3 * t[n]! + d]! + v[3 * t[n + 1]! + d]! + v[3 * t[n + 2]! + d]!) / 3);
      cells++;
      if (!(model.fill[cellAt(model.grid, middle[0]!, middle[1]!, middle[2]!)]! > 0)) empty++;
    }
    expect(cells).toBeGreaterThan(20000);
    expect(empty).toBe(0);
    const { origin, size, spacing } = model.grid;
    const ends = [origin[2], origin[2] + size[2] * spacing];
    for (const [key, sum] of edges) {
      if (sum === 0) continue;
      for (const n of [Math.floor(key / count), key % count])
        expect(Math.min(...ends.map((end) => Math.abs(v[3 * n + 2]! - end)))).toBeLessThanOrEqual(2.5);
    }
  });

  it('stands free in its grid: empty cells beside, before and behind, multiples of four, cut above and below', () => {
    const { fill, grid } = model;
    const [nx, ny, nz] = grid.size;
    expect(grid.size.every((n) => n % 4 === 0)).toBe(true);
    let [rim, below, above] = [0, 0, 0];
    for (let n = 0; n < fill.length; n++) {
      const [i, j, k] = [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))];
      if (i === 0 || j === 0 || i === nx - 1 || j === ny - 1) rim = Math.max(rim, fill[n]!);
      if (k === 0) below += fill[n]!;
      if (k === nz - 1) above += fill[n]!;
    }
    expect(rim).toBe(0);
    expect(below).toBeGreaterThan(100);
    expect(above).toBeGreaterThan(100);
  });

  it('keeps nerves and ureters as corridors only', () => {
    const thin = model.parts.filter((p) => /nerve|ureter/.test(p.structure));
    expect(thin).toEqual([]);
    expect(model.corridors).toHaveLength(16);
  });
});

describe('voxelize', () => {
  it('gives the same body at 10 and 5 mm', async () => {
    const [coarse, fine] = [await build({}), await build({}, 5)];
    expect(fine.fine.grid.spacing).toBe(2.5);
    // the cuts lie 5 mm apart: only what reaches neither cut can be compared
    for (const id of ['psoas_major', 'kidney', 'small_intestine', 'hip_bone', 'common_iliac_vein'])
      expect(Math.abs(millilitres(fine, id) / millilitres(coarse, id) - 1)).toBeLessThan(0.01);
  });

  it('grows bones with the height, fat with the weight', async () => {
    const [plain, tall, heavy] = [
      await build({}),
      await build({ height_cm: 178, weight_kg: 74 }),
      await build({ weight_kg: 80 }),
    ];
    // 2 %: thin sheets of bone keep about a voxel of thickness
    const grown = (178 / 163) ** 2.4;
    for (const id of ['kidney', 'hip_bone', 'femur'])
      expect(Math.abs(millilitres(tall, id) / millilitres(plain, id) / grown - 1)).toBeLessThan(0.03);
    for (const id of ['kidney', 'hip_bone'])
      expect(Math.abs(millilitres(heavy, id) / millilitres(plain, id) - 1)).toBeLessThan(0.01);
    expect(millilitres(heavy, 'subcutaneous_fat') / millilitres(plain, 'subcutaneous_fat')).toBeGreaterThan(1.4);
  });

  it.each([
    { height_cm: 145, weight_kg: 38 },
    { height_cm: 200, weight_kg: 70 },
    { height_cm: 200, weight_kg: 150, sex: 'male' as const },
  ])('keeps %j within its grid', async (spec) => {
    const { fill, grid } = await build(spec, 15);
    const [nx, ny, nz] = grid.size;
    const sums = [0, 0];
    for (let n = 0; n < nx * ny; n++) {
      sums[0]! += fill[n]!;
      sums[1]! += fill[n + nx * ny * (nz - 1)]!;
    }
    // cut through the body at both ends, not past it
    for (const sum of sums) expect(sum * 225).toBeGreaterThan(20000);
    for (let n = 0; n < fill.length; n++) {
      const [i, j] = [n % nx, Math.floor(n / nx) % ny];
      if (i === 0 || j === 0 || i === nx - 1 || j === ny - 1) expect(fill[n]).toBe(0);
    }
  });

  it('refuses cells that it cannot count in', async () => {
    for (const cell of [Number.NaN, 0, 2, 50]) await expect(build({}, cell)).rejects.toThrow(InputError);
  });

  it('stops when asked', async () => {
    const control = new AbortController();
    control.abort();
    const anatomy = buildAnatomy(resolveBody({ sex: 'female', age: 40 }));
    await expect(voxelize(anatomy, 10, { signal: control.signal })).rejects.toThrow(CancelledError);
  });
});
