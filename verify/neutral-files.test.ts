import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gridNeutral, parseNeutral } from '../src/mechanics/neutral.ts';
import { type NeutralSolution, solveNeutral } from '../src/mechanics/solve-neutral.ts';

// the whole vocabulary of a neutral problem file, each word with something it must do; coarse, because only its meaning is asked for

const BASE = {
  name: 'base',
  domain: { min: [-60, -60, 0], max: [60, 60, 60] },
  regions: [{ name: 'block', shape: { type: 'all' }, material: 'soft' }] as Record<string, unknown>[],
  materials: { soft: { E: 10, nu: 0.45 }, hard: { E: 60, nu: 0.45 }, bone: { rigid_clamped: true } },
  dirichlet: [{ where: { type: 'nodes_in_box', min: [-60, -60, 0], max: [60, 60, 0] }, fix: ['x', 'y', 'z'] }],
  tool: { type: 'sphere', radius: 30, axis_xy: [0, 0], centre_z: '60 + 30 - depth' } as unknown,
  depths: [8] as number[],
};
const solve = (change: Record<string, unknown> = {}, h = 10): Promise<NeutralSolution> =>
  solveNeutral(parseNeutral({ ...BASE, ...change }, 'file'), h);
const force = async (change: Record<string, unknown> = {}, h = 10): Promise<number> => {
  const s = await solve(change, h);
  expect(s.reason).toBeUndefined();
  return s.steps[s.steps.length - 1]!.force_N;
};
const SHEET = { direction: [1, 0, 0], k1: 100, k2: 5, thickness_mm: 1.5 };
const sheets = (list: unknown): { materials: Record<string, unknown> } => ({
  materials: { ...BASE.materials, soft: { E: 10, nu: 0.45, sheets: list } },
});
/** Solutions stop within 0.03 % of balance and a few thousandths of a millimetre of penetration. */
const SAME = 2e-3;
const same = (a: number, b: number): void => expect(Math.abs(a / b - 1)).toBeLessThan(SAME);

describe('shapes', () => {
  const soft = { name: 'block', shape: { type: 'all' }, material: 'soft' };
  const withRegion = (shape: Record<string, unknown>): Record<string, unknown> => ({
    regions: [soft, { name: 'part', shape, material: 'hard' }],
  });

  it('box, sphere and cylinders stiffen where they lie; a cylinder turned with its tool is the same problem', async () => {
    const bare = await force();
    const slab = await force(withRegion({ type: 'box', min: [-60, -60, 30], max: [60, 60, 60] }));
    const ball = await force(withRegion({ type: 'sphere', centre: [0, 0, 30], radius: 20 }));
    const alongX = await force(withRegion({ type: 'cylinder_x', axis_yz: [0, 30], radius: 16 }));
    const alongY = await force(withRegion({ type: 'cylinder_y', axis_xz: [0, 30], radius: 16 }));
    const upright = await force(withRegion({ type: 'cylinder_z', axis_xy: [0, 0], radius: 16 }));
    for (const f of [slab, ball, alongX, upright]) expect(f).toBeGreaterThan(1.03 * bare);
    same(alongX, alongY);
    expect(slab).toBeGreaterThan(ball);
  });

  it('the last region that holds a centre wins, and a centre on the border is inside', async () => {
    const slab = { name: 'slab', shape: { type: 'box', min: [-60, -60, 35], max: [60, 60, 60] }, material: 'hard' };
    const over = await force({ regions: [slab, soft] });
    same(over, await force());
    // z = 35 is the centre of the layer 30…40: the closed box takes it
    const upTo = { ...slab, shape: { type: 'box', min: [-60, -60, 30], max: [60, 60, 60] } };
    same(await force({ regions: [soft, slab] }), await force({ regions: [soft, upTo] }));
  });

  it('a rigid region is the same as its nodes held; rigid parts carry load', async () => {
    const ledge = { min: [-60, 0, 0], max: [60, 40, 30] };
    const rigid = await force({
      regions: [soft, { name: 'ledge', shape: { type: 'box', ...ledge }, material: 'bone' }],
    });
    const held = await force({
      dirichlet: [...BASE.dirichlet, { where: { type: 'nodes_in_box', ...ledge }, fix: ['x', 'y', 'z'] }],
    });
    same(rigid, held);
    expect(rigid).toBeGreaterThan(1.02 * (await force()));
  });

  it('cells are the box that they fill, also on finer cells than their own', async () => {
    // 6 × 6 × 3 cells of 20 mm: the upper layer
    const cells = { type: 'cells', origin: [-60, -60, 0], cell: 20, size: [6, 6, 3], runs: [72, 36] };
    const slab = { type: 'box', min: [-60, -60, 40], max: [60, 60, 60] };
    same(await force(withRegion(cells)), await force(withRegion(slab)));
    expect(await force(withRegion(cells))).toBeGreaterThan(1.03 * (await force()));
    const refused =
      (shape: Record<string, unknown>): unknown =>
      () =>
        parseNeutral({ ...BASE, ...withRegion(shape) }, 'file');
    expect(refused({ ...cells, runs: [72, 37] })).toThrow(/more cells than there are in size/);
    expect(refused({ ...cells, runs: [72, 0.5] })).toThrow(/whole number/);
  });

  it('labels can be asked for on a coarser grid', async () => {
    const shape = { type: 'sphere', centre: [0, 0, 30], radius: 14 };
    const coarse = await force({ ...withRegion(shape), grid: { label_h: 20 } }, 10);
    // no centre of a 20 mm cell (±10, ±10, 30) is within 14 mm except at the corners' distance 14.1: nothing is hard
    same(coarse, await force());
    expect(await force(withRegion(shape))).toBeGreaterThan(1.01 * coarse);
  });
});

describe('sheets', () => {
  /** What becomes of one sheet in a region, on cells of 10 mm: its volume, the mean of its places, and points with their directions. */
  function laid(
    shape: Record<string, unknown>,
    sheet: Record<string, unknown> = {},
    later: Record<string, unknown>[] = [],
  ): { volume: number; mean: number[]; at: [number[], number[], number][] } {
    const { problem } = gridNeutral(
      parseNeutral(
        {
          ...BASE,
          materials: { ...BASE.materials, held: { E: 10, nu: 0.45, sheets: [{ ...SHEET, ...sheet }] } },
          regions: [...BASE.regions, { name: 'part', shape, material: 'held' }, ...later],
        },
        'file',
      ),
      10,
    );
    const { points, directions, volumes } = problem.fibres!;
    const at = Array.from(volumes, (v, s): [number[], number[], number] => [
      [...points.subarray(3 * s, 3 * s + 3)],
      [...directions.subarray(3 * s, 3 * s + 3)],
      v,
    ]);
    const volume = at.reduce((sum, [, , v]) => sum + v, 0);
    return { volume, mean: [0, 1, 2].map((d) => at.reduce((sum, [x, , v]) => sum + v * x[d]!, 0) / volume), at };
  }

  it('of a box lie in its middle, across its shortest edge that the fibres are square to', () => {
    const plate = { type: 'box', min: [-60, -60, 22], max: [60, 60, 52] };
    const across = laid(plate);
    expect(across.volume).toBeCloseTo(120 * 120 * 1.5, 6);
    for (const [x] of across.at) expect(x[2]).toBeCloseTo(37, 9);
    // a layer around a face between cells hangs on both
    const between = laid({ ...plate, min: [-60, -60, 28] });
    expect(between.at).toHaveLength(2 * 144);
    expect(between.mean[2]).toBeCloseTo(40, 9);
    // fibres along z stand: across y, since x and y are equal
    const standing = laid(plate, { direction: [0, 0, -3] });
    expect(standing.volume).toBeCloseTo(120 * 30 * 1.5, 6);
    expect(standing.mean[1]).toBeCloseTo(0, 9);
    expect(standing.at[0]![1]).toEqual([0, 0, -1]);
    // thinner than cells are
    const thin = laid({ type: 'box', min: [-60, -60, 41], max: [60, 60, 42.5] });
    expect(thin.volume).toBeCloseTo(120 * 120 * 1.5, 6);
    expect(thin.mean[2]).toBeCloseTo(41.75, 9);
    // askew to all edges, and as thick as the region
    const whole = laid(plate, { direction: [1, 2, 2], thickness_mm: 30 });
    expect(whole.volume).toBeCloseTo(120 * 120 * 30, 6);
    expect(whole.at[0]![1]!.map((x) => Math.round(9 * x))).toEqual([3, 6, 6]);
  });

  it('of cylinders and balls are their outermost layer, along the surface', () => {
    const R = 25;
    const ring = Math.PI * (R * R - (R - 1.5) ** 2);
    const hoop = laid({ type: 'cylinder_x', axis_yz: [0, 30], radius: R }, { direction: [0, 0, 1] });
    expect(hoop.volume / (120 * ring)).toBeCloseTo(1, 4);
    for (const [[, y, z], [a, b, c]] of hoop.at) {
      expect(a).toBeCloseTo(0, 9);
      // within the quarter of the angle that a cell takes up
      expect(Math.abs(b! * y! + c! * (z! - 30)) / R).toBeLessThan(0.1);
    }
    const along = laid({ type: 'cylinder_y', axis_xz: [0, 30], radius: R }, { direction: [0, -1, 0] });
    for (const [, a] of along.at) expect(Math.abs(a[1]!)).toBeCloseTo(1, 9);
    expect(along.mean[2]).toBeCloseTo(30, 6);
    const ball = laid({ type: 'sphere', centre: [0, 0, 30], radius: R }, { direction: [0, 0, 1], thickness_mm: 3 });
    expect(ball.volume / ((4 / 3) * Math.PI * (R ** 3 - (R - 3) ** 3))).toBeCloseTo(1, 3);
    ball.mean.forEach((x, d) => {
      expect(x).toBeCloseTo([0, 0, 30][d]!, 6);
    });
  });

  it('lie along a direction however long or short it is written', () => {
    const plate = { type: 'box', min: [-60, -60, 22], max: [60, 60, 52] };
    const usual = laid(plate, { direction: [3, 4, 0] });
    for (const size of [1e-200, 1e200])
      expect(laid(plate, { direction: [3 * size, 4 * size, 0] }).at).toEqual(usual.at);
  });

  it('end where another region begins', () => {
    const plate = { type: 'box', min: [-60, -60, 20], max: [60, 60, 40] };
    const half = { name: 'over', shape: { type: 'box', min: [0, -60, 0], max: [60, 60, 60] }, material: 'hard' };
    const cut = laid(plate, {}, [half]);
    expect(cut.volume).toBeCloseTo(60 * 120 * 1.5, 6);
    expect(Math.max(...cut.at.map(([x]) => x[0]!))).toBeLessThan(0);
  });

  it('hold what their material alone would let go, more the thicker they are; those of one body lie in its own cells', async () => {
    const bare = await force();
    const thin = await force(sheets([SHEET, { ...SHEET, direction: [0, 1, 0] }]));
    const thick = await force(
      sheets([SHEET, { ...SHEET, direction: [0, 1, 0] }].map((s) => ({ ...s, thickness_mm: 6 }))),
    );
    expect(thin).toBeGreaterThan(1.03 * bare);
    expect(thick).toBeGreaterThan(1.03 * thin);
    // under tension it holds more
    const tense = await force(
      sheets([
        { ...SHEET, tension_N_per_mm: 0.2 },
        { ...SHEET, direction: [0, 1, 0] },
      ]),
    );
    expect(tense).toBeGreaterThan(1.01 * thin);
    const two = (held: string): Record<string, unknown> => ({
      regions: [
        { name: 'low', body: 'lower', shape: { type: 'all' }, material: 'core' },
        { name: 'up', body: 'upper', shape: { type: 'box', min: [-60, -60, 30], max: [60, 60, 60] }, material: held },
      ],
      interfaces: [{ bodies: ['upper', 'lower'] }],
      materials: { core: { E: 10, nu: 0.45 }, ...sheets([SHEET]).materials },
    });
    const { problem, blocks } = gridNeutral(parseNeutral({ ...BASE, ...two('soft') }, 'file'), 10);
    for (const [s, z] of problem.fibres!.points.entries())
      if (s % 3 === 2) expect(z - blocks[1]!.shift[2]).toBeCloseTo(45, 9);
    expect(await force(two('soft'))).toBeGreaterThan(1.01 * (await force(two('core'))));
  });
});

describe('tools', () => {
  it('a box of triangles is the box, and an open one is refused', async () => {
    const corners = Array.from({ length: 8 }, (_, n) => [n & 1 ? 20 : -20, n & 2 ? 15 : -15, n & 4 ? 100 : 60]);
    const quads = [
      [0, 2, 3, 1],
      [4, 5, 7, 6],
      [0, 1, 5, 4],
      [2, 6, 7, 3],
      [0, 4, 6, 2],
      [1, 3, 7, 5],
    ];
    const triangles = quads.flatMap(([a, b, c, d]) => [
      [a, b, c],
      [a, c, d],
    ]);
    same(
      await force({ tool: { type: 'mesh', vertices: corners, triangles } }),
      await force({ tool: { type: 'box', half: [20, 15], edge_radius: 0, centre_xy: [0, 0], bottom_z: 60 } }),
    );
    const open = { type: 'mesh', vertices: corners, triangles: triangles.slice(1) };
    expect(() => parseNeutral({ ...BASE, tool: open }, 'file')).toThrow(/closed surface/);
  });

  it('a capsule without length and a box that is all edge are the sphere', async () => {
    const sphere = await force();
    same(
      await force({ tool: { type: 'capsule', radius: 30, from_xy: [0, 0], to_xy: [0, 0], axis_z: '60 + 30 - depth' } }),
      sphere,
    );
    same(
      await force({
        tool: { type: 'box', half: [30, 30, 30], edge_radius: 30, centre_xy: [0, 0], bottom_z: '60 - depth' },
      }),
      sphere,
    );
    // a plain number is where the tool stands at depth 0
    same(await force({ tool: { type: 'sphere', radius: 30, axis_xy: [0, 0], centre_z: 90 } }), sphere);
  });

  it('a capsule presses the same along x and y, and harder the longer it is', async () => {
    const along = (to: [number, number]): Promise<number> =>
      force({ tool: { type: 'capsule', radius: 20, from_xy: [-to[0], -to[1]], to_xy: to, axis_z: '80 - depth' } });
    const x = await along([25, 0]);
    same(x, await along([0, 25]));
    expect(x).toBeGreaterThan(1.2 * (await along([10, 0])));
  });

  it('a list moves together: two equal balls far apart carry the same and together their sum; off-centre and sharp ones converge', async () => {
    const ball = (x: number): Record<string, unknown> => ({
      type: 'sphere',
      radius: 15,
      axis_xy: [x, 0],
      centre_z: '60 + 15 - depth',
    });
    const two = await solve({ tool: [ball(-35), ball(35)] });
    expect(two.converged).toBe(true);
    const [a, b] = two.steps[0]!.toolForces_N as [number, number];
    same(a, b);
    expect(a + b).toBeCloseTo(two.steps[0]!.force_N, 9);
    const one = await force({ tool: ball(-35) });
    expect(two.steps[0]!.force_N).toBeGreaterThan(1.8 * one);
    expect(two.steps[0]!.force_N).toBeLessThan(2.2 * one);
    // one ball of the list 20 mm higher never touches
    same(await force({ tool: [ball(-35), { ...ball(35), centre_z: '95 - depth' }] }), one);
    const sharp = { type: 'box', half: [20, 30, 15], edge_radius: 0, centre_xy: [12, -7], bottom_z: '60 - depth' };
    expect(await force({ tool: sharp, depths: [6, 12] })).toBeGreaterThan(await force());
  });
});

describe('laws', () => {
  it('the near-incompressible law with κ as large as needed and no stiffening approaches ν → 0.5', async () => {
    const [E, nu] = [10, 0.495];
    const mu = E / (2 * (1 + nu));
    const neo = await force({ materials: { soft: { E, nu } } });
    const product = await force({
      materials: { soft: { mu, stiffening: 0, bulk: (2 * mu * (1 + nu)) / (3 * (1 - 2 * nu)) } },
    });
    // the laws differ in second order of the strain only
    expect(Math.abs(product / neo - 1)).toBeLessThan(0.03);
    expect(await force({ materials: { soft: { mu, stiffening: 2, bulk: 300 } } })).toBeGreaterThan(1.02 * product);
  });

  it('nearly incompressible neo-Hookean files converge: ν = 0.499', async () => {
    const f = await force({ materials: { soft: { E: 10, nu: 0.499 } } });
    expect(f).toBeGreaterThan(await force({ materials: { soft: { E: 10, nu: 0.45 } } }));
  });
});

describe('what is read off', () => {
  // a flat plate wider than the block, no friction at the sides: a homogeneous state with everything in closed form
  const confined = {
    domain: { min: [0, 0, 0], max: [40, 40, 40] },
    regions: [
      { name: 'block', shape: { type: 'all' }, material: 'soft' },
      { name: 'core', shape: { type: 'cylinder_x', axis_yz: [20, 20], radius: 10 }, material: 'soft' },
    ],
    dirichlet: [
      { where: { type: 'nodes_in_box', min: [0, 0, 0], max: [40, 40, 0] }, fix: ['z'] },
      { where: { type: 'nodes_in_box', min: [0, 0, 0], max: [0, 40, 40] }, fix: ['x'] },
      { where: { type: 'nodes_in_box', min: [40, 0, 0], max: [40, 40, 40] }, fix: ['x'] },
      { where: { type: 'nodes_in_box', min: [0, 0, 0], max: [40, 0, 40] }, fix: ['y'] },
      { where: { type: 'nodes_in_box', min: [0, 40, 0], max: [40, 40, 40] }, fix: ['y'] },
    ],
    tool: { type: 'box', half: [80, 80], edge_radius: 5, centre_xy: [20, 20], bottom_z: '40 - depth' },
    probes: { top: [20, 20, 40], off: [13, 27, 33] },
    region_outputs: [
      { name: 'mean', kind: 'mean_pressure', region: 'core', window: { axis: 'x', centre_within: 25 } },
      { name: 'max', kind: 'max_pressure', region: 'block' },
      { name: 'side', kind: 'area_ratio', region: 'core', plane: { axis: 'x', at: 20 } },
      { name: 'top', kind: 'area_ratio', region: 'block', plane: { axis: 'z', at: 40 } },
    ],
  };

  it('force, probes, pressures and area ratios of a confined block are those of the energy that the file writes', async () => {
    const { steps } = await solve({ ...confined, depths: [2, 4] });
    const mu = 10 / 2.9;
    const lambda = 4.5 / (1.45 * 0.1);
    const s = 0.9;
    const nominal = mu * (s - 1 / s) + (lambda * Math.log(s)) / s;
    const end = steps[1]!;
    // contact stops at a few thousandths of a millimetre of 4
    expect(Math.abs(end.force_N / (-nominal * 1.6) - 1)).toBeLessThan(SAME);
    expect(end.probes.top![2]).toBeCloseTo(-4, 2);
    expect(end.probes.off![2]).toBeCloseTo(-3.3, 2);
    // Cauchy: σ = μ/J (b - 1) + λ lnJ / J, b = diag(1, 1, s²), J = s
    const pressure = -((mu / s) * (s * s - 1) + (3 * lambda * Math.log(s)) / s) / 3;
    expect(Math.abs(end.outputs.mean! / pressure - 1)).toBeLessThan(SAME);
    expect(Math.abs(end.outputs.max! / pressure - 1)).toBeLessThan(SAME);
    expect(end.outputs.side).toBeCloseTo(0.9, 3);
    expect(end.outputs.top).toBeCloseTo(1, 6);
  });

  it('forces are found after depths, deeper or shallower, each marked with what was asked', async () => {
    const { steps, converged } = await solve({ depths: [6, 3], forces: [1.2, 0.3] });
    expect(converged).toBe(true);
    expect(steps.map((s) => s.wanted)).toEqual([{ depth_mm: 3 }, { depth_mm: 6 }, { force_N: 0.3 }, { force_N: 1.2 }]);
    for (const s of steps)
      if ('force_N' in s.wanted) expect(Math.abs(s.force_N / s.wanted.force_N - 1)).toBeLessThan(1e-3);
    const byDepth = [...steps].sort((a, b) => a.depth_mm - b.depth_mm).map((s) => s.force_N);
    expect(byDepth).toEqual([...byDepth].sort((a, b) => a - b));
  });

  it('a depth at which nothing touches yet gives no force', async () => {
    const { steps, converged } = await solve({
      tool: { type: 'sphere', radius: 30, axis_xy: [0, 0], centre_z: '95 - depth' },
      depths: [3, 9],
    });
    expect(converged).toBe(true);
    expect(steps[0]!.force_N).toBe(0);
    expect(steps[1]!.force_N).toBeGreaterThan(0.1);
  });

  it('a block that can slide on its base finds its place', async () => {
    const slides = {
      dirichlet: [{ where: { type: 'nodes_in_box', min: [-60, -60, 0], max: [60, 60, 0] }, fix: ['z'] }],
    };
    const f = await force(slides);
    expect(f).toBeGreaterThan(0.5 * (await force()));
    expect(f).toBeLessThan(await force());
  });
});

describe('one sentence for every mistake', () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    [
      'a shape that is none',
      { regions: [{ name: 'a', shape: { type: 'torus' }, material: 'soft' }] },
      /regions\.0\.shape.*cylinder_z/,
    ],
    [
      'a radius of 0',
      { regions: [{ name: 'a', shape: { type: 'sphere', centre: [0, 0, 0], radius: 0 }, material: 'soft' }] },
      /radius must be more than 0/,
    ],
    ['a tool that is none', { tool: { type: 'cone' } }, /tool\.0.*sphere, capsule, box/],
    ['no tool', { tool: undefined }, /tool/],
    ['an empty list of tools', { tool: [] }, /at least one tool/],
    [
      'a height that is no sum',
      { tool: { type: 'sphere', radius: 30, axis_xy: [0, 0], centre_z: 'high' } },
      /"high" must be a sum/,
    ],
    [
      'an edge rounder than the box',
      { tool: { type: 'box', half: [10, 10], edge_radius: 12, centre_xy: [0, 0], bottom_z: 60 } },
      /edge_radius of 12/,
    ],
    ['ν of 0.5', { materials: { soft: { E: 10, nu: 0.5 } } }, /materials\.soft\.nu must lie between -1 and 0.5/],
    ['no sheets', sheets({}), /materials\.soft\.sheets must be a list of \{direction, k1, k2, thickness_mm\}/],
    ['a sheet without a direction', sheets([{ k1: 1, k2: 1, thickness_mm: 1 }]), /sheets\.0\.direction must be three/],
    ['sheets of null', sheets(null), /materials\.soft\.sheets must be a list of/],
    ['a direction of 0', sheets([{ ...SHEET, direction: [0, 0, 0] }]), /sheets\.0\.direction must not be 0, 0, 0/],
    ['fibres that push', sheets([{ ...SHEET, k1: -1 }]), /sheets\.0\.k1 must be 0 or more/],
    ['a sheet of no thickness', sheets([{ ...SHEET, thickness_mm: 0 }]), /thickness_mm must be more than 0/],
    [
      'sheets in rigid parts',
      { materials: { soft: { rigid_clamped: true, sheets: [SHEET] } } },
      /materials\.soft must be/,
    ],
    ['two laws', { materials: { soft: { E: 10, nu: 0.3 }, b: { mu: 1, stiffening: 0, bulk: 10 } } }, /not a mixture/],
    ['an unknown material', { regions: [{ name: 'a', shape: { type: 'all' }, material: 'jelly' }] }, /jelly/],
    ['nothing asked', { depths: [] }, /depths or forces/],
    ['a negative force', { forces: [-3] }, /forces\.0 must be more than 0/],
    ['a probe outside', { probes: { far: [0, 0, 61] } }, /probe far.*outside/],
    ['an output of no region', { region_outputs: [{ name: 'o', kind: 'max_pressure', region: 'nowhere' }] }, /nowhere/],
    [
      'an area without a plane',
      { region_outputs: [{ name: 'o', kind: 'area_ratio', region: 'block' }] },
      /needs a plane/,
    ],
    [
      'an unknown output',
      { region_outputs: [{ name: 'o', kind: 'volume', region: 'block' }] },
      /mean_pressure, max_pressure, area_ratio/,
    ],
    ['a domain inside out', { domain: { min: [0, 0, 0], max: [10, 0, 10] } }, /domain.max must lie beyond/],
    ['inches', { units: { length: 'in' } }, /mm, kPa and N/],
    ['another law', { constitutive: { model: 'Mooney-Rivlin' } }, /neo-Hookean/],
    ['no object', null as unknown as Record<string, unknown>, /the problem must be an object/],
  ])('%s', (_name, change, message) => {
    const raw = change === null ? null : { ...BASE, ...change };
    expect(() => parseNeutral(raw, 'file')).toThrow(message);
    try {
      parseNeutral(raw, 'file');
    } catch (error) {
      expect((error as Error).name).toBe('InputError');
      expect((error as Error).message).toMatch(/^file: [^\n]*[^.]\.$/);
    }
  });

  it.each<[string, Record<string, unknown>, RegExp, number]>([
    ['no support', { dirichlet: [] }, /nothing holds the material/, 10],
    [
      'only rigid cells',
      { regions: [{ name: 'a', shape: { type: 'all' }, material: 'bone' }] },
      /nothing to press/,
      10,
    ],
    [
      'a plane between cell faces',
      { region_outputs: [{ name: 'o', kind: 'area_ratio', region: 'block', plane: { axis: 'x', at: 3 } }] },
      /not a plane of cell faces/,
      10,
    ],
    [
      'a region too small for the cells',
      {
        regions: [
          ...BASE.regions,
          { name: 'dot', shape: { type: 'sphere', centre: [0, 0, 0], radius: 1 }, material: 'soft' },
        ],
        region_outputs: [{ name: 'o', kind: 'max_pressure', region: 'dot' }],
      },
      /nothing soft/,
      10,
    ],
    [
      'a sheet thicker than its region',
      sheets([{ ...SHEET, thickness_mm: 61 }]),
      /61 mm is thicker than the region block/,
      10,
    ],
    [
      'a sheet that another region hides',
      {
        regions: [...BASE.regions, { name: 'over', shape: { type: 'all' }, material: 'hard' }],
        materials: { ...BASE.materials, ...sheets([SHEET]).materials },
      },
      /no soft part of the domain holds the sheet of the region block/,
      10,
    ],
    ...[
      { type: 'sphere', centre: [0, 0, 60 - 1e6], radius: 1e6 },
      { type: 'cylinder_x', axis_yz: [0, 60 - 1e9], radius: 1e9 },
    ].map((shape): [string, Record<string, unknown>, RegExp, number] => [
      `a sheet around a ${shape.type} without end`,
      { regions: [{ name: 'round', shape, material: 'soft' }], ...sheets([SHEET]) },
      /the region round is so large that its sheet of fibres cannot be laid on cells of 10 mm/,
      10,
    ]),
    ['cells without number', {}, /million/, 0.25],
    ['cells that do not divide', {}, /does not divide/, 7],
  ])('%s', async (_name, change, message, h) => {
    await expect(solve(change, h)).rejects.toThrow(message);
  });
});

describe('the example files', () => {
  it.each(['sphere-on-block', 'sphere-on-quarter-block'])('%s is read without complaint', (name) => {
    const raw = JSON.parse(readFileSync(new URL(`../scenes/${name}.json`, import.meta.url), 'utf8'));
    expect(parseNeutral(raw, name).depths).toEqual([5, 10, 20]);
  });
});

describe('keys that a file holds beyond the vocabulary', () => {
  const refused = (change: Record<string, unknown>): string => {
    try {
      parseNeutral({ ...BASE, ...change }, 'file');
    } catch (error) {
      return (error as Error).message;
    }
    return 'taken';
  };
  const region = BASE.regions[0]!;
  const tool = BASE.tool as Record<string, unknown>;

  it.each([
    ['kind', { interfaces: [{ bodies: ['a', 'b'], kind: 'sliding' }] }, 'interfaces.0 has a key'],
    ['bond', { regions: [{ ...region, body: 'a', bond: 3 }] }, 'regions.0 has a key'],
    ['gravity', { gravity: [0, 0, -9.81] }, 'the problem has a key'],
    ['priority', { regions: [{ ...region, priority: 1 }] }, 'regions.0 has a key'],
    [
      'angle',
      { materials: { soft: { E: 10, nu: 0.45, sheets: [{ ...SHEET, angle: 30 }] } } },
      'materials.soft.sheets.0 has a key',
    ],
    ['sheet', { materials: { soft: { E: 10, nu: 0.45, sheet: [SHEET] } } }, 'materials.soft has a key'],
    ['density', { materials: { soft: { mu: 1, stiffening: 0, bulk: 100, density: 1 } } }, 'materials.soft has a key'],
    ['velocity', { tool: { ...tool, velocity: 3 } }, 'tool.0 has a key'],
    ['mu', { tool: { ...tool, contact: { kind: 'frictionless', mu: 0.4 } } }, 'tool.0.contact has a key'],
    ['value', { dirichlet: [{ ...BASE.dirichlet[0], value: [0, 0, 1] }] }, 'dirichlet.0 has a key'],
    ['angle', { regions: [{ ...region, shape: { type: 'all', angle: 3 } }] }, 'regions.0.shape has a key'],
    ['periodic', { grid: { kind: 'regular hexahedral', periodic: true } }, 'grid has a key'],
    ['fibres', { constitutive: { model: 'neo-Hookean', fibres: 'along x' } }, 'constitutive has a key'],
    [
      'side',
      { region_outputs: [{ name: 'p', kind: 'mean_pressure', region: 'block', side: 'left' }] },
      'region_outputs.0 has',
    ],
  ])('%s is refused, not passed over', (key, change, beginning) => {
    const sentence = refused(change);
    expect(sentence).toContain(`file: ${beginning}`);
    expect(sentence).toContain(`not understood, ${key}: `);
    expect(sentence).toMatch(/^[^\n]+\.$/);
  });

  it('a material of two laws, friction and another origin of the grid are refused', () => {
    expect(refused({ materials: { soft: { E: 10, nu: 0.45, stiffening: 3 } } })).toContain('materials.soft must be');
    expect(refused({ tool: { ...tool, contact: { friction: 0.3 } } })).toContain('no friction here');
    expect(refused({ tool: { ...tool, contact: { kind: 'bonded' } } })).toContain('must be frictionless');
    expect(refused({ grid: { origin: [0, 0, 0] } })).toContain('grid.origin must be domain.min');
  });

  it('bodies that the file does not name, touch twice, rub or touch without a word are refused', async () => {
    const two = {
      regions: [
        { ...region, body: 'lower' },
        { ...region, body: 'upper', shape: { type: 'box', min: [-60, -60, 30], max: [60, 60, 60] } },
      ],
    };
    const meet = (...interfaces: Record<string, unknown>[]): string => refused({ ...two, interfaces });
    expect(refused({ regions: [{ ...region, body: 2 }] })).toContain('regions.0.body must be a name');
    expect(meet({ bodies: ['upper', 'middle'] })).toContain(
      'the body middle, which is no body of regions: they are lower, upper',
    );
    expect(meet({ bodies: ['upper', 'upper'] })).toContain('two different bodies, not upper twice');
    expect(meet({ bodies: ['upper', 'lower'] }, { bodies: ['lower', 'upper'] })).toContain('say only once how');
    expect(meet({ bodies: ['upper'] })).toContain('interfaces.0.bodies must be the names of two bodies');
    expect(meet({ bodies: ['upper', 'lower'], friction: 0.2 })).toContain('must be 0: there is no friction here');
    expect(meet({ bodies: ['upper', 'lower'], separation: 'no' })).toContain('must be true or false');
    expect(meet({ bodies: ['upper', 'lower'], friction: 0, separation: false, tied: { type: 'all' } })).toBe('taken');
    await expect(solve(two)).rejects.toThrow('the bodies lower and upper touch, and interfaces does not say how');
    const apart = [
      { ...two.regions[0]!, shape: { type: 'box', min: [-60, -60, 0], max: [60, 60, 20] } },
      { ...two.regions[1]!, shape: { type: 'sphere', centre: [0, 0, 50], radius: 8 } },
    ];
    await expect(solve({ regions: apart, interfaces: [{ bodies: ['upper', 'lower'] }] })).rejects.toThrow(
      'do not touch anywhere',
    );
  });

  it('remarks, formulas and reference values describe, and change nothing', () => {
    const said = {
      ...BASE,
      $schema: 'x',
      title: 'a block',
      description: 'of rubber',
      comments: ['one', 'two'],
      reference_values: { F: [1.2] },
      expected: [3],
      probe_note: 'nodes',
      cells: { '10': [12, 12, 6] },
      grids_h: [10, 5],
      outputs: { F: 'force' },
      symmetry: 'none',
      free_faces: ['x=min'],
      units: { length: 'mm', stress: 'kPa', force: 'N', note: '1 kPa' },
      grid: { kind: 'regular hexahedral', origin: 'domain.min', numbering: 'x first', label_rule: 'the last one' },
      regions: [{ ...region, note: 'all of it', color: 'red' }],
      materials: { note: { E: 10, nu: 0.45, source: 'a book' }, ...BASE.materials },
      constitutive: { model: 'neo-Hookean', energy_kPa: 'W', mu: 'E/2/(1+nu)', lambda: 'l', cauchy: 's' },
      dirichlet: [{ ...BASE.dirichlet[0], comment: 'glued' }],
      tool: { ...tool, contact: { kind: 'frictionless unilateral', gap: 'g', slave: 'top', enforcement: 'free' } },
      probes: { note: [0, 0, 50], title: [0, 0, 30] },
    };
    const p = parseNeutral(said, 'file');
    expect(Object.keys(p.materials)).toContain('note');
    expect(Object.keys(p.probes)).toEqual(['note', 'title']);
    expect('description' in p).toBe(false);
  });
});
