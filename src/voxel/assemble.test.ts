import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../base/grid.ts';
import { cellAt } from '../base/grid.ts';
import { assembleModel, type ModelInput } from './assemble.ts';
import type { LabelRow, LabelVolume, SkinSurface, VoxelModel } from './model.ts';

const TABLE: LabelRow[] = [
  { structure: 'outside', side: 'midline', tissue: 'gas', colour: [0, 0, 0] },
  { structure: 'skin', side: 'midline', tissue: 'skin', colour: [1, 1, 1] },
  { structure: 'kidney', side: 'left', tissue: 'kidney', colour: [2, 2, 2] },
  { structure: 'kidney', side: 'left', tissue: 'kidney', colour: [3, 3, 3] },
];

/** A volume of 2.5 mm voxels in which `at` tells the label of each centre. */
function volume(size: Vec3, origin: Vec3, at: (x: number, y: number, z: number) => number, spacing = 2.5): LabelVolume {
  const labels = new Uint8Array(size[0] * size[1] * size[2]);
  for (let k = 0, n = 0; k < size[2]; k++)
    for (let j = 0; j < size[1]; j++)
      for (let i = 0; i < size[0]; i++, n++)
        labels[n] = at(
          origin[0] + (i + 0.5) * spacing,
          origin[1] + (j + 0.5) * spacing,
          origin[2] + (k + 0.5) * spacing,
        );
  return { grid: { origin, spacing, size }, labels, table: TABLE };
}

const assemble = (fine: LabelVolume, cell = 5, more: Partial<ModelInput> = {}): VoxelModel =>
  assembleModel({
    fine,
    cell,
    corridors: [],
    bodyOrigin: [0, 0, 0],
    bodyOriginFrom: 'asis',
    landmarks: {},
    source: 'reference',
    notes: [],
    ...more,
  });

const ball =
  (radius: number, x0 = 0, y0 = 0, z0 = 0) =>
  (x: number, y: number, z: number): number =>
    Math.hypot(x - x0, y - y0, z - z0) > radius ? 0 : x > x0 ? 1 : z > z0 ? 2 : 3;

/** Area and enclosed volume (flux of the field (x, 0, 0), to which cuts across z add nothing). */
function measure({ vertices: v, triangles: t }: SkinSurface): { area: number; volume: number } {
  let [area, enclosed] = [0, 0];
  for (let n = 0; n < t.length; n += 3) {
    const [p, q, r] = [3 * t[n]!, 3 * t[n + 1]!, 3 * t[n + 2]!];
    const a = [v[q]! - v[p]!, v[q + 1]! - v[p + 1]!, v[q + 2]! - v[p + 2]!] as const;
    const b = [v[r]! - v[p]!, v[r + 1]! - v[p + 1]!, v[r + 2]! - v[p + 2]!] as const;
    const normal = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]] as const;
    area += Math.hypot(...normal) / 2;
    enclosed += (normal[0] / 2) * ((v[p]! + v[q]! + v[r]!) / 3);
  }
  return { area, volume: enclosed };
}

/** Directed edges that have no twin in the other direction, as pairs of vertices. */
function openEdges({ triangles: t }: SkinSurface): [number, number][] {
  const count = new Map<string, number>();
  const bump = (key: string, by: number): void => void count.set(key, (count.get(key) ?? 0) + by);
  for (let n = 0; n < t.length; n += 3) {
    for (let c = 0; c < 3; c++) {
      const [a, b] = [t[n + c]!, t[n + ((c + 1) % 3)]!];
      bump(a < b ? `${a} ${b}` : `${b} ${a}`, a < b ? 1 : -1);
    }
  }
  return [...count].filter(([, sum]) => sum !== 0).map(([key]) => key.split(' ').map(Number) as [number, number]);
}

describe('parts', () => {
  const model = assemble(volume([48, 48, 48], [-60, -60, -60], ball(41, 0.3, -0.4, 0.2)));

  it('add up to the fill of each cell', () => {
    const sum = new Float64Array(model.fill.length);
    for (const part of model.parts) {
      part.cells.forEach((cell, n) => {
        sum[cell]! += part.fraction[n]!;
        expect(n === 0 || part.cells[n - 1]! < cell).toBe(true);
      });
    }
    for (const [cell, s] of sum.entries()) expect(s).toBeCloseTo(model.fill[cell]!, 6); // thin fills are rounded to single precision
    expect(Math.max(...model.fill)).toBe(1);
  });

  it('join labels of one structure and side, and count their volume', () => {
    expect(model.parts.map((p) => `${p.structure} ${p.side}`)).toEqual(['skin midline', 'kidney left']);
    const half = ((2 / 3) * Math.PI * 41 ** 3) as number;
    for (const part of model.parts) expect(Math.abs(part.volume / half - 1)).toBeLessThan(0.02); // the halving plane is off by 0.3 mm of 41
  });

  it('leave the outside empty', () => {
    expect(model.fill[0]).toBe(0);
    expect(model.grid).toEqual({ origin: [-60, -60, -60], spacing: 5, size: [24, 24, 24] });
  });

  it('fill a half cell by half', () => {
    const slab = assemble(volume([8, 8, 8], [0, 0, 0], (x) => (x > 5 && x < 12.5 ? 1 : 0)));
    expect(Array.from(slab.fill.subarray(0, 4))).toEqual([0, 1, 0.5, 0]);
  });
});

describe('the skin', () => {
  it.each([
    [5, 2.5, 41],
    [10, 2.5, 55],
    [4, 2, 38],
    [6, 1, 30],
  ])(
    'of a ball, cells of %d mm with voxels of %f mm: closed, outward, the right size, on the ball',
    (cell, spacing, radius) => {
      const count = cell * Math.ceil(160 / spacing / cell);
      const lo = (-count * spacing) / 2;
      const { skin } = assemble(
        volume([count, count, count], [lo, lo, lo], ball(radius, 0.7, -0.4, 0.9), spacing),
        cell,
      );
      expect(openEdges(skin)).toEqual([]);
      const { area, volume: enclosed } = measure(skin);
      // blurring a ball of 30 mm by 2.9 mm takes 0.3 mm off its radius; real trunks curve far less
      expect(Math.abs(enclosed / ((4 / 3) * Math.PI * radius ** 3) - 1)).toBeLessThan(0.03);
      expect(Math.abs(area / (4 * Math.PI * radius ** 2) - 1)).toBeLessThan(0.03);
      for (let n = 0; n < skin.vertices.length; n += 3) {
        const r = Math.hypot(skin.vertices[n]! - 0.7, skin.vertices[n + 1]! + 0.4, skin.vertices[n + 2]! - 0.9);
        // half a voxel at most, and what the blur takes: its variance over the radius
        expect(Math.abs(r - radius)).toBeLessThan(0.4 * spacing + 8.3 / radius);
      }
    },
  );

  it('of a slanting trunk is open at the cuts, closed else, and holds the volume to a hundredth', () => {
    const trunk = (x: number, y: number, z: number): number => (((x - z / 9) / 70) ** 2 + (y / 45) ** 2 <= 1 ? 1 : 0);
    const { skin, grid } = assemble(volume([80, 64, 48], [-100, -80, -60], trunk));
    const ends = [grid.origin[2] + 2.5, grid.origin[2] + grid.size[2] * 5 - 2.5];
    const open = openEdges(skin);
    expect(open.length).toBeGreaterThan(100);
    const heights = new Set(open.flat().map((n) => skin.vertices[3 * n + 2]!));
    expect([...heights].sort((a, b) => a - b)).toEqual(ends);
    const { volume: enclosed, area } = measure(skin);
    expect(Math.abs(enclosed / (Math.PI * 70 * 45 * 115) - 1)).toBeLessThan(0.01);
    // Ramanujan's girth of the ellipse, times the height; slanting adds under 1 %
    const h = (25 / 115) ** 2;
    const girth = Math.PI * 115 * (1 + (3 * h) / (10 + Math.sqrt(4 - 3 * h)));
    expect(area / (girth * 115)).toBeGreaterThan(0.99);
    expect(area / (girth * 115)).toBeLessThan(1.02);
  });

  it('has no terraces where the trunk runs along the grid', () => {
    // a roof that falls 1 mm in 10: voxels make steps of 2.5 mm every 25 mm of it
    const roof = (x: number, y: number): number => (y > x / 10 - 20 && y < 50 && Math.abs(x) < 90 ? 1 : 0);
    const { skin } = assemble(volume([80, 64, 32], [-100, -80, 0], roof));
    let worst = 0;
    for (let n = 0; n < skin.vertices.length; n += 3) {
      const [x, y] = [skin.vertices[n]!, skin.vertices[n + 1]!];
      if (Math.abs(x) < 60 && y < 0) worst = Math.max(worst, Math.abs(y - (x / 10 - 20)));
    }
    // the steps alone stand up to 1.25 mm off the slope
    expect(worst).toBeLessThan(0.5);
  });

  it('every triangle lies in a cell with fill, down to a thin one', () => {
    // flush with the cells' faces: smoothing pushes some of the skin over
    const flush = (x: number, y: number, z: number): number =>
      ball(40)(x, y, z) || (Math.abs(x) < 20 && Math.abs(y) < 50) ? 1 : 0;
    const model = assemble(volume([48, 48, 48], [-60, -60, -60], flush));
    const { vertices: v, triangles: t } = model.skin;
    for (let n = 0; n < t.length; n += 3) {
      const middle = [0, 1, 2].map((d) => (v[3 * t[n]! + d]! + v[3 * t[n + 1]! + d]! + v[3 * t[n + 2]! + d]!) / 3);
      expect(model.fill[cellAt(model.grid, middle[0]!, middle[1]!, middle[2]!)]).toBeGreaterThan(0);
    }
    expect(model.fill.some((f) => f > 0 && f < 0.05)).toBe(true);
  });

  it('makes no wall where the volume itself ends beside the body', () => {
    const { skin } = assemble(volume([32, 48, 32], [-40, -60, -40], (_x, y) => (Math.abs(y) < 30 ? 1 : 0)));
    // two plates, front and back, and nothing at x = ±40
    for (let n = 1; n < skin.vertices.length; n += 3)
      expect(Math.abs(Math.abs(skin.vertices[n]!) - 30)).toBeLessThan(1);
  });
});

describe('assembleModel', () => {
  it('does not depend on where the grid lies', () => {
    const here = assemble(volume([48, 48, 48], [-60, -60, -60], ball(41, 0.3, -0.4, 0.2)));
    const there = assemble(volume([48, 48, 48], [940, -1060, 2440], ball(41, 1000.3, -1000.4, 2500.2)));
    expect(there.fill).toEqual(here.fill);
    expect(there.skin.triangles).toEqual(here.skin.triangles);
    const shift = [1000, -1000, 2500];
    for (const [n, c] of here.skin.vertices.entries())
      expect(there.skin.vertices[n]! - shift[n % 3]!).toBeCloseTo(c, 9);
  });

  it('comes out the same twice', () => {
    const fine = volume([48, 48, 48], [-60, -60, -60], ball(41));
    expect(assemble(fine)).toEqual(assemble(fine));
  });

  it('adds air so that whole cells fit', () => {
    const model = assemble(volume([43, 41, 45], [0, 0, 0], ball(30, 50, 50, 50)), 10);
    expect(model.grid.size).toEqual([11, 11, 12]);
    expect(model.fine.grid.size).toEqual([44, 44, 48]);
    const volumes = model.parts.reduce((sum, p) => sum + p.volume, 0);
    expect(Math.abs(volumes / ((4 / 3) * Math.PI * 27000) - 1)).toBeLessThan(0.01);
  });

  it('refuses cells that do not fit and volumes without a body', () => {
    const fine = volume([8, 8, 8], [0, 0, 0], () => 1);
    expect(() => assemble(fine, 6)).toThrow(/cells of 6 mm do not fit voxels of 2.5 mm/);
    expect(() => assemble(volume([8, 8, 8], [0, 0, 0], () => 0))).toThrow(/empty/);
  });
});
