import { beforeAll, describe, expect, it } from 'vitest';
import { type Anatomy, buildAnatomy } from '../anatomy/anatomy.ts';
import { CancelledError } from '../base/errors.ts';
import { cellCentre } from '../base/grid.ts';
import { seededRandom } from '../base/random.ts';
import { resolveBody } from '../body/body.ts';
import { bodySpecSchema } from '../body/spec.ts';
import { volumeOf } from './mesh.ts';
import type { LabelVolume, VoxelModel } from './model.ts';
import { surfaceNet } from './surface-net.ts';
import { buildSurfaces, type Surface } from './surfaces.ts';
import { tubeShares, tubesOf } from './tube-field.ts';
import { voxelize } from './voxelize.ts';

/** Directed edges that have no single opposite one. */
function looseEdges(triangles: Uint32Array, vertices: number): number {
  const seen = new Map<number, number>();
  for (let n = 0; n < triangles.length; n += 3)
    for (let c = 0; c < 3; c++) {
      const key = triangles[n + c]! * vertices + triangles[n + ((c + 1) % 3)]!;
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
  let loose = 0;
  for (const [key, count] of seen) {
    const opposite = (key % vertices) * vertices + Math.floor(key / vertices);
    if (count !== 1 || seen.get(opposite) !== 1) loose++;
  }
  return loose;
}

/** Pieces that edges do not join. */
function pieceCount({ triangles, vertices }: Surface): number {
  const root = Int32Array.from({ length: vertices.length / 3 }, (_, n) => n);
  const find = (n: number): number => {
    let at = n;
    while (root[at] !== at) at = root[at] = root[root[at]!]!;
    return at;
  };
  for (let n = 0; n < triangles.length; n += 3)
    for (const c of [1, 2]) root[find(triangles[n]!)] = find(triangles[n + c]!);
  return new Set(triangles.map(find)).size;
}

const nameOf = (s: Surface): string => `${s.structure}/${s.side} ${s.kind}`;

describe('display surfaces of a reference adult', () => {
  let model: VoxelModel;
  let anatomy: Anatomy;
  let surfaces: Surface[];
  beforeAll(async () => {
    anatomy = buildAnatomy(resolveBody(bodySpecSchema.parse({})));
    model = await voxelize(anatomy, 10, {});
    surfaces = await buildSurfaces({ model, anatomy }, { detail: 'medium' });
  });

  it('the pubic bones meet at their joint, and the hip joint is no sieve', () => {
    const of = (structure: string, side: string): Surface =>
      surfaces.find((s) => s.structure === structure && s.side === side)!;
    const leftward = (s: Surface): number[] => Array.from(s.vertices.filter((_, n) => n % 3 === 0));
    const symphysis = leftward(of('pubic_symphysis', 'midline'));
    const most = (values: number[]): number => values.reduce((a, b) => Math.max(a, b));
    const least = (values: number[]): number => values.reduce((a, b) => Math.min(a, b));
    // the joint goes on under the surfaces of both bones
    expect(most(symphysis)).toBeGreaterThan(least(leftward(of('hip_bone', 'left'))) + 1);
    expect(least(symphysis)).toBeLessThan(most(leftward(of('hip_bone', 'right'))) - 1);
    for (const side of ['left', 'right']) {
      const { vertices, triangles } = of('hip_joint_cartilage', side);
      // a closed surface with n holes through it has vertices − triangles/2 = 2 − 2n
      expect(1 - (vertices.length / 3 - triangles.length / 6) / 2).toBeLessThan(10);
    }
  });

  it('every structure of the cells has one', () => {
    const drawn = new Set(surfaces.map((s) => `${s.structure}/${s.side}`));
    // a slice of a vertebra thinner than a millimetre may go
    const missing = model.parts.filter((p) => p.volume > 500).map((p) => `${p.structure}/${p.side}`);
    expect(missing.filter((name) => !drawn.has(name))).toEqual([]);
    expect(surfaces.filter((s) => s.kind === 'course').length).toBe(model.corridors.length);
    expect(surfaces.filter((s) => s.kind === 'spread').length).toBe(model.corridors.length);
  });

  it('is closed, and every edge has two triangles that run along it in opposite ways', () => {
    expect(surfaces.filter((s) => looseEdges(s.triangles, s.vertices.length / 3) > 0).map(nameOf)).toEqual([]);
  });

  it('faces outward and has the volume of its voxels', async () => {
    // from the cells' own labels, so that both count the same voxels
    const plain = await buildSurfaces({ model }, { detail: 'medium' });
    const ratios = plain
      // a joint is drawn on into its bones
      .filter((s) => s.kind === 'solid' && !['pubic_symphysis', 'hip_joint_cartilage'].includes(s.structure))
      .map((s) => ({ s, part: model.parts.find((p) => p.structure === s.structure && p.side === s.side)! }))
      .filter(({ part }) => part.volume > 3e3)
      .map(({ s, part }) => ({ name: nameOf(s), ratio: volumeOf(s) / part.volume }));
    expect(ratios.length).toBeGreaterThan(60);
    // 5 %: crumbs are left out, and a surface moves by at most half an edge to reach its volume
    expect(ratios.filter(({ ratio }) => !(Math.abs(ratio - 1) < 0.05))).toEqual([]);
    expect(ratios.filter(({ ratio }) => Math.abs(ratio - 1) < 0.01).length).toBeGreaterThan(0.8 * ratios.length);
    expect([...plain, ...surfaces].filter((s) => !(volumeOf(s) > 0)).map(nameOf)).toEqual([]);
  });

  it('lies where the voxels are: no vertex of the psoas is farther than a voxel and a half from one', () => {
    const psoas = surfaces.find((s) => s.structure === 'psoas_major' && s.side === 'left')!;
    const { grid, labels, table } = model.fine;
    const label = table.findIndex((row) => row.structure === 'psoas_major' && row.side === 'left');
    const reach = Math.ceil(1.5);
    let far = 0;
    for (let n = 0; n < psoas.vertices.length; n += 3) {
      const at = [0, 1, 2].map((d) => Math.floor((psoas.vertices[n + d]! - grid.origin[d]!) / grid.spacing));
      let near = false;
      for (let c = -reach; c <= reach && !near; c++)
        for (let b = -reach; b <= reach && !near; b++)
          for (let a = -reach; a <= reach && !near; a++) {
            const [i, j, k] = [at[0]! + a, at[1]! + b, at[2]! + c];
            near = k >= 0 && k < grid.size[2] && labels[i + grid.size[0] * (j + grid.size[1] * k)] === label;
          }
      if (!near) far++;
    }
    expect(far).toBe(0);
  });

  it('vessels are drawn as the tubes that the voxels were painted from: whole, to a millimetre, one going on as the next', () => {
    const vessels = surfaces.filter((s) => s.tissue === 'artery' || s.tissue === 'vein');
    expect(vessels.length).toBeGreaterThan(15);
    const { grid, labels, table } = model.fine;
    for (const vessel of vessels) {
      const [low, high] = [grid.origin[2] + 0.5, grid.origin[2] + grid.size[2] * grid.spacing - 0.5];
      const tubes = tubesOf(anatomy.structures, vessel)!;
      // the share is one half on the wall and falls by 1/2 in a block of 1 mm beyond
      let worst = 0;
      for (let n = 0; n < vessel.vertices.length; n += 15) {
        const at = [vessel.vertices[n]!, vessel.vertices[n + 1]!, vessel.vertices[n + 2]!] as const;
        if (at[2] < low || at[2] > high) continue;
        worst = Math.max(worst, 2 * Math.abs(tubeShares(tubes, [1, 1, 1], at, 1)[0]! - 0.5));
      }
      expect([nameOf(vessel), worst < 1]).toEqual([nameOf(vessel), true]);
      expect([nameOf(vessel), pieceCount(vessel)]).toEqual([nameOf(vessel), 1]);
      // what has been painted of it lies in what is drawn; what is drawn beyond lies under other vessels, bone or the muscle it runs into
      const label = table.findIndex((row) => row.structure === vessel.structure && row.side === vessel.side);
      let [outside, asked] = [0, 0];
      labels.forEach((l, cell) => {
        if (l !== label || cell % 7 !== 0) return;
        const [x, y, z] = cellCentre(grid, cell);
        asked++;
        if (tubeShares(tubes, [1, 1, 1], [x, y, z], 1)[0]! < 0.49) outside++;
      });
      expect(asked).toBeGreaterThan(4);
      expect([nameOf(vessel), outside]).toEqual([nameOf(vessel), 0]);
      const painted = labels.reduce((sum, l) => sum + (l === label ? 1 : 0), 0) * grid.spacing ** 3;
      const ratio = volumeOf(vessel) / painted;
      expect([nameOf(vessel), ratio > 0.7 && ratio < 1.6]).toEqual([nameOf(vessel), true]);
      // these lie under nothing
      if (/^(inferior_vena_cava|abdominal_aorta|external_iliac_artery)$/.test(vessel.structure))
        expect([nameOf(vessel), Math.abs(ratio - 1) < 0.1]).toEqual([nameOf(vessel), true]);
    }
    // a tube begins in the one that it comes from
    for (const [from, to] of [
      ['abdominal_aorta', 'common_iliac_artery'],
      ['common_iliac_artery', 'external_iliac_artery'],
      ['common_iliac_artery', 'internal_iliac_artery'],
      ['external_iliac_artery', 'femoral_artery'],
      ['abdominal_aorta', 'renal_artery'],
      ['inferior_vena_cava', 'common_iliac_vein'],
      ['common_iliac_vein', 'external_iliac_vein'],
      ['common_iliac_vein', 'internal_iliac_vein'],
      ['external_iliac_vein', 'femoral_vein'],
      ['inferior_vena_cava', 'renal_vein'],
    ])
      for (const child of vessels.filter((s) => s.structure === to)) {
        const parents = anatomy.structures.filter(
          (s) => s.structure === from && (s.side === 'midline' || s.side === child.side),
        );
        const inside = parents.some((parent) => {
          const tubes = tubesOf(anatomy.structures, { ...parent, tissue: 'artery' })!;
          const { vertices } = child;
          for (let n = 0; n < vertices.length; n += 3)
            if (tubeShares(tubes, [1, 1, 1], [vertices[n]!, vertices[n + 1]!, vertices[n + 2]!], 1)[0]! > 0.5)
              return true;
          return false;
        });
        expect([from, nameOf(child), inside]).toEqual([from, nameOf(child), true]);
      }
  });

  it('stays light, has unit normals and no broken number', () => {
    expect(surfaces.reduce((sum, s) => sum + s.triangles.length / 3, 0)).toBeLessThan(400_000);
    for (const s of surfaces) {
      expect(s.vertices.every(Number.isFinite), nameOf(s)).toBe(true);
      let worst = 0;
      for (let n = 0; n < s.normals.length; n += 3)
        worst = Math.max(worst, Math.abs(Math.hypot(s.normals[n]!, s.normals[n + 1]!, s.normals[n + 2]!) - 1));
      expect(worst).toBeLessThan(1e-4);
      expect(s.triangles.every((v) => v < s.vertices.length / 3)).toBe(true);
    }
  });

  it('is half as heavy for phones, closed all the same, and skin and psoas stay where they are', async () => {
    const light = await buildSurfaces({ model, anatomy }, { detail: 'low' });
    expect(light.reduce((sum, s) => sum + s.triangles.length / 3, 0)).toBeLessThan(160_000);
    expect(light.filter((s) => looseEdges(s.triangles, s.vertices.length / 3) > 0).map(nameOf)).toEqual([]);
    for (const name of ['skin/midline envelope', 'psoas_major/left solid']) {
      const [less, more] = [light, surfaces].map((all) => volumeOf(all.find((s) => nameOf(s) === name)!));
      expect(Math.abs(less! / more! - 1)).toBeLessThan(0.01);
    }
  });

  it('can be stopped', async () => {
    const signal = AbortSignal.abort();
    await expect(buildSurfaces({ model }, { detail: 'low' }, { signal })).rejects.toThrow(CancelledError);
  });
});

describe('surfaces of labels alone', () => {
  /** A ball of 20 mm and a block cut by the volume's upper end, 2 mm voxels. */
  function volume(): LabelVolume {
    const size = [40, 40, 40] as const;
    const labels = new Uint8Array(64_000);
    for (let k = 0, n = 0; k < 40; k++)
      for (let j = 0; j < 40; j++)
        for (let i = 0; i < 40; i++, n++) {
          if (Math.hypot(i - 19.5, j - 19.5, k - 12.5) < 10) labels[n] = 1;
          else if (k >= 30 && i > 10 && i < 30 && j > 10 && j < 30) labels[n] = 2;
        }
    const row = (structure: string) => ({ structure, side: 'midline', tissue: 'organ', colour: [1, 2, 3] }) as const;
    return {
      grid: { origin: [-40, -40, 0], spacing: 2, size },
      labels,
      table: [row('outside'), row('liver'), row('spleen')],
    };
  }

  it('a ball is round to a third of a voxel, a cut end is flat', async () => {
    const fine = volume();
    const model = { fine, corridors: [] } as unknown as VoxelModel;
    const [ball, block] = await buildSurfaces({ model }, { detail: 'high' });
    const radii: number[] = [];
    for (let n = 0; n < ball!.vertices.length; n += 3)
      radii.push(Math.hypot(ball!.vertices[n]!, ball!.vertices[n + 1]!, ball!.vertices[n + 2]! - 26));
    const mean = radii.reduce((a, b) => a + b, 0) / radii.length;
    expect(Math.abs(mean - 20)).toBeLessThan(0.3);
    expect(Math.max(...radii) - Math.min(...radii)).toBeLessThan(2 * 0.67);
    const top = Math.max(...Array.from({ length: block!.vertices.length / 3 }, (_, n) => block!.vertices[3 * n + 2]!));
    expect(top).toBeCloseTo(80, 4);
    expect(looseEdges(block!.triangles, block!.vertices.length / 3)).toBe(0);
  });

  it.each([0, 1, 2])('a sheet a voxel thick across axis %d is one piece without holes', async (axis) => {
    const { grid } = volume();
    const row = (structure: string) =>
      ({ structure, side: 'midline', tissue: 'muscle_wall', colour: [1, 2, 3] }) as const;
    const labels = new Uint8Array(64_000);
    for (let n = 0; n < labels.length; n++) {
      const at = [n % 40, Math.floor(n / 40) % 40, Math.floor(n / 1600)];
      if (at.every((i, d) => (d === axis ? i === 19 : i > 4 && i < 35))) labels[n] = 1;
    }
    const fine = { grid, labels, table: [row('outside'), row('external_oblique')] };
    for (const detail of ['medium', 'high'] as const) {
      const sheets = await buildSurfaces({ model: { fine, corridors: [] } as unknown as VoxelModel }, { detail });
      expect(sheets).toHaveLength(1);
      const { triangles } = sheets[0]!;
      // Euler: a closed surface in one piece without holes has 2 more corners and faces than edges
      const corners = new Set(triangles).size;
      expect(corners - triangles.length / 3 / 2, detail).toBe(2);
      expect(looseEdges(triangles, sheets[0]!.vertices.length / 3)).toBe(0);
    }
  });

  it('nets of noise, the worst there is, are closed too', () => {
    const next = seededRandom(7);
    for (let round = 0; round < 20; round++) {
      const size = [9, 8, 7] as const;
      const values = new Float32Array(9 * 8 * 7);
      for (let k = 1; k < 6; k++)
        for (let j = 1; j < 7; j++) for (let i = 1; i < 8; i++) values[i + 9 * (j + 8 * k)] = next();
      const { quads } = surfaceNet(values, size, 0.5);
      const seen = new Map<string, number>();
      for (let n = 0; n < quads.length; n++) {
        const edge = `${quads[n]} ${quads[n % 4 === 3 ? n - 3 : n + 1]}`;
        seen.set(edge, (seen.get(edge) ?? 0) + 1);
      }
      const loose = [...seen].filter(
        ([edge, count]) => count !== 1 || seen.get(edge.split(' ').reverse().join(' ')) !== 1,
      );
      expect(loose).toEqual([]);
    }
  });
});
