import { describe, expect, it } from 'vitest';
import { parseNeutral } from '../src/mechanics/neutral.ts';
import type { MechanicalProblem } from '../src/mechanics/problem.ts';
import { type NeutralSolution, solveNeutral } from '../src/mechanics/solve-neutral.ts';
import { type Equilibrium, Solver, type SolverOptions } from '../src/mechanics/solver.ts';
import { EXACT, sphereOver } from './block-problem.ts';
import { twoBodies } from './two-bodies.ts';

/** Of neutral problems: the discretisation is the larger error. */
const TIGHT: Partial<SolverOptions> = {
  ...EXACT,
  volumeError: 2e-4,
  decrementTolerance: 1e-6,
  balance: 3e-4,
  threads: 1,
};

function step(solver: Solver, depth: number): Equilibrium {
  const steps = solver.step(depth);
  for (;;) {
    const next = steps.next();
    if (!next.done) continue;
    expect(next.value.reason).toBeUndefined();
    return next.value;
  }
}

/** Quarter of two blocks of 60 × 60 mm under a sphere, the lower one bonded to its base. */
const BLOCKS = {
  name: 'two blocks',
  domain: { min: [0, 0, 0], max: [60, 60, 60] },
  regions: [
    { name: 'low', body: 'lower', shape: { type: 'all' }, material: 'soft' },
    { name: 'up', body: 'upper', shape: { type: 'box', min: [0, 0, 30], max: [60, 60, 60] }, material: 'soft' },
  ] as Record<string, unknown>[],
  interfaces: [{ bodies: ['upper', 'lower'], friction: 0, separation: true }] as Record<string, unknown>[],
  materials: { soft: { E: 10, nu: 0.45 }, bone: { rigid_clamped: true } },
  dirichlet: [
    { where: { type: 'nodes_in_box', min: [0, 0, 0], max: [60, 60, 0] }, fix: ['x', 'y', 'z'] },
    { where: { type: 'nodes_in_box', min: [0, 0, 0], max: [0, 60, 60] }, fix: ['x'] },
    { where: { type: 'nodes_in_box', min: [0, 0, 0], max: [60, 0, 60] }, fix: ['y'] },
  ],
  tool: { type: 'sphere', radius: 30, axis_xy: [0, 0], centre_z: '60 + 30 - depth' },
  depths: [5],
};
const solve = async (change: Record<string, unknown> = {}, h = 5): Promise<NeutralSolution> => {
  const solution = await solveNeutral(parseNeutral({ ...BLOCKS, ...change }, 'file'), h);
  expect(solution.reason).toBeUndefined();
  return solution;
};
const one = { regions: [{ name: 'block', shape: { type: 'all' }, material: 'soft' }], interfaces: [] };
/** Solutions stop within 0.03 % of balance and a few thousandths of a millimetre of penetration. */
const SAME = 2e-3;
const same = (a: number, b: number, within = SAME): void => expect(Math.abs(a / b - 1)).toBeLessThan(within);

describe('two blocks, one on the other, under a sphere', () => {
  it('tied they are one block, to the displacements', async () => {
    const probes = { under: [10, 0, 40], beside: [40, 10, 20] };
    const tied = (await solve({ interfaces: [{ ...BLOCKS.interfaces[0], tied: { type: 'all' } }], probes })).steps[0]!;
    const block = (await solve({ ...one, probes })).steps[0]!;
    same(tied.force_N, block.force_N);
    for (const name of ['under', 'beside'])
      for (let d = 0; d < 3; d++) expect(Math.abs(tied.probes[name]![d]! - block.probes[name]![d]!)).toBeLessThan(2e-3);
    expect(tied.interfaces![0]!.maxSlip_mm).toBeLessThan(0.004);
    expect(tied.interfaces![0]!.maxOpening_mm).toBeLessThan(0.004);
    expect(block.interfaces).toBeUndefined();
  });

  it('sliding, they carry less, slip, part at the edge and pass on the whole force; finer cells say the same', async () => {
    const [block, coarse, fine] = await Promise.all([solve(one), solve(), solve({}, 2.5)]);
    const [c, f] = [coarse.steps[0]!, fine.steps[0]!];
    expect(c.force_N).toBeLessThan(0.95 * block.steps[0]!.force_N);
    expect(c.force_N).toBeGreaterThan(0.5 * block.steps[0]!.force_N);
    for (const { force_N, interfaces } of [c, f]) same(interfaces![0]!.force_N, force_N);
    // the grid's own error of the force on a sphere is 2 % at these cells and depth
    same(c.force_N, f.force_N, 0.03);
    same(c.interfaces![0]!.maxSlip_mm, f.interfaces![0]!.maxSlip_mm, 0.03);
    same(c.interfaces![0]!.maxOpening_mm, f.interfaces![0]!.maxOpening_mm, 0.05);
    // CalculiX 2.20 on the same cells (bench/two-blocks.mjs); the force on a sphere falls with finer cells in both
    same(c.force_N, 0.2983, 0.04);
    same(c.interfaces![0]!.maxSlip_mm, 0.6217, 0.02);
    // as many iterations as one block takes, or little more
    expect(coarse.iterations).toBeLessThan(1.6 * block.iterations);
  });

  it('either may be named first, and a quarter is a quarter, of an upper block that nothing holds', async () => {
    const there = (await solve({}, 10)).steps[0]!;
    const back = (await solve({ interfaces: [{ bodies: ['lower', 'upper'] }] }, 10)).steps[0]!;
    same(back.force_N, there.force_N);
    same(back.interfaces![0]!.maxSlip_mm, there.interfaces![0]!.maxSlip_mm, 0.01);
    const whole = {
      domain: { min: [-60, -60, 0], max: [60, 60, 60] },
      regions: [
        BLOCKS.regions[0],
        { ...BLOCKS.regions[1], shape: { type: 'box', min: [-60, -60, 30], max: [60, 60, 60] } },
      ],
      dirichlet: [{ where: { type: 'nodes_in_box', min: [-60, -60, 0], max: [60, 60, 0] }, fix: ['x', 'y', 'z'] }],
    };
    same((await solve(whole, 10)).steps[0]!.force_N / 4, there.force_N);
  });

  it('bodies that may not part stay together and carry a little more', async () => {
    const [parts, stays] = [
      await solve(),
      await solve({ interfaces: [{ bodies: ['upper', 'lower'], separation: false }] }),
    ];
    const [a, b] = [parts.steps[0]!, stays.steps[0]!];
    expect(a.interfaces![0]!.maxOpening_mm).toBeGreaterThan(0.5);
    // what is left is the slip along an interface that has bent
    expect(b.interfaces![0]!.maxOpening_mm).toBeLessThan(0.1);
    expect(b.force_N).toBeGreaterThan(a.force_N);
    expect(b.force_N).toBeLessThan((await solve(one)).steps[0]!.force_N);
    expect(b.interfaces![0]!.maxSlip_mm).toBeGreaterThan(0.2);
  });

  it('a block on a rigid one without friction is a block on rollers, where it may not part', async () => {
    const onBone = await solve({
      regions: [{ ...BLOCKS.regions[0], material: 'bone' }, BLOCKS.regions[1]],
      interfaces: [{ bodies: ['upper', 'lower'], separation: false }],
    });
    const onRollers = await solve({
      ...one,
      domain: { min: [0, 0, 30], max: [60, 60, 60] },
      dirichlet: BLOCKS.dirichlet.map(({ where, fix }) =>
        where.max[2] === 0
          ? { where: { ...where, min: [0, 0, 30], max: [60, 60, 30] }, fix: ['z'] }
          : { where: { ...where }, fix },
      ),
    });
    same(onBone.steps[0]!.force_N, onRollers.steps[0]!.force_N);
  });

  it('both engines give the same press, the same twice', async () => {
    const problem = twoBodies({
      cells: [6, 6, 6],
      h: 10,
      lambda: 9,
      first: { shape: (_x, _y, z) => 30 - z, mu: 3.45, fixed: (x, y) => (x === 0 ? 1 : 0) | (y === 0 ? 2 : 0) },
      second: {
        shape: (_x, _y, z) => z - 30,
        mu: 1,
        fixed: (x, y, z) => (z === 0 ? 7 : 0) | (x === 0 ? 1 : 0) | (y === 0 ? 2 : 0),
      },
      bodies: [sphereOver(0, 0, 60, 30)],
      top: 60,
    });
    const [a, b, again] = (['wasm', 'typescript', 'wasm'] as const).map((backend) => {
      const solver = new Solver(problem, { ...TIGHT, backend });
      return [step(solver, 3).force, step(solver, 6).force];
    });
    expect(again).toEqual(a);
    for (const i of [0, 1]) same(a![i]!, b![i]!);
  });
});

describe('contact of two bodies', () => {
  it.each([
    ['cell by cell', { smooth: false }],
    ['without kinks', { smooth: true }],
    ['tied', { smooth: true, tied: true }],
  ])('forces on both are the slope of the energy, also where the second is bent: %s', (_, how) => {
    const problem = twoBodies({
      ...how,
      cells: [6, 4, 6],
      h: 10,
      lambda: 4,
      first: { shape: (x, _y, z) => (70 - x - z) * Math.SQRT1_2, mu: 5, fixed: (x) => (x === 60 ? 7 : 0) },
      second: { shape: (x, _y, z) => (x + z - 70) * Math.SQRT1_2, mu: 2, fixed: (_x, _y, z) => (z === 0 ? 7 : 0) },
    });
    const { engine, interfaces, nodes } = new Solver(problem, { backend: 'typescript' });
    const { size } = problem.grid;
    const u = new Float64Array(3 * nodes);
    for (let n = 0; n < nodes; n++) {
      const i = n % (size[0] + 1);
      const k = Math.floor(n / ((size[0] + 1) * (size[1] + 1)));
      const upper = k <= problem.interfaces![0]!.first.layers[1];
      // the second is stretched along x and squeezed along z; the first comes down on it by a fifth of a cell
      u[n] = upper ? 0 : 1.5 * (i - 3) + 0.3 * Math.sin(k);
      u[n + 2 * nodes] = upper ? -3 : -0.8 * (k % 8);
    }
    engine.writeDisplacement(u);
    engine.energy();
    interfaces!.updateCandidates(engine);
    const energy = (step?: number): number => engine.energy(step) + interfaces!.evaluate(engine);
    energy();
    expect(interfaces!.acting).toBeGreaterThan(50);
    const none = { points: new Int32Array(0), stiffness: new Float64Array(0) };
    engine.updatePreconditioner({ ...none, springs: interfaces!.linearise() });
    const slope = engine.search();
    const step = 1e-5;
    expect((energy(step) - energy(-step)) / (2 * step) / slope).toBeCloseTo(1, 4);
  });
});

describe('a second body whose displacement is taken without kinks', () => {
  it('is so at all interfaces or none', () => {
    const problem = blocks(true, false, 10);
    const [one] = problem.interfaces!;
    const between = (...smooth: boolean[]) => ({
      ...problem,
      interfaces: smooth.map((of) => ({ ...one!, smooth: of })),
    });
    expect(() => new Solver(between(true, false), TIGHT)).toThrow(
      'smooth is for all interfaces or none, and here it is for 1 of 2',
    );
    for (const of of [true, false]) expect(() => new Solver(between(of, of), TIGHT)).not.toThrow();
  });

  const blocks = (smooth: boolean, tied: boolean, h: number): MechanicalProblem =>
    twoBodies({
      cells: [60 / h, 60 / h, 60 / h],
      h,
      lambda: 9,
      smooth,
      tied,
      first: { shape: (_x, _y, z) => 30 - z, mu: 3.45, fixed: (x, y) => (x === 0 ? 1 : 0) | (y === 0 ? 2 : 0) },
      second: {
        shape: (_x, _y, z) => z - 30,
        mu: 1,
        fixed: (x, y, z) => (z === 0 ? 7 : 0) | (x === 0 ? 1 : 0) | (y === 0 ? 2 : 0),
      },
      bodies: [sphereOver(0, 0, 60, 30)],
      top: 60,
    });

  const force = (smooth: boolean, tied: boolean, h: number, options: Partial<SolverOptions> = {}): number =>
    step(new Solver(blocks(smooth, tied, h), { ...TIGHT, ...options }), 5).force;

  it.each([false, true])('comes to what one with kinks carries as cells get finer (tied: %s)', (tied) => {
    const [coarse, fine] = [10, 5].map((h) => Math.abs(force(true, tied, h) / force(false, tied, h) - 1));
    expect(coarse!).toBeLessThan(0.02);
    expect(fine!).toBeLessThan(0.01);
  });

  it('is the same for both engines, and to the bit on any number of threads', () => {
    const there = force(true, false, 10);
    same(force(true, false, 10, { backend: 'typescript' }), there);
    expect(force(true, false, 10, { threads: 2 })).toBe(there);
    expect(there).toBeLessThan(0.99 * force(true, true, 10));
  });
});

describe('closed forms', () => {
  it('two wedges of different stiffness in a box that is squeezed: the same pressure in both, and the slip between them', () => {
    // A square of edge L whose diagonal is a frictionless interface; all its faces are rollers, two of which move in by e L / 2. Each wedge shrinks alike along both
    // axes, by λ₁ and λ₂ with λ₁ + λ₂ = 2 − e, so that their distance is kept; they press on each other with one Cauchy stress, and slip by
    // (λ₁ − λ₂) (x − z)/√2.
    const [L, e, mu1, mu2, lam] = [60, 1 / 60, 5, 2, 4];
    const stress = (mu: number, l: number): number => (mu * (l * l - 1) + lam * mu * Math.log(l * l)) / (l * l);
    let [low, high] = [0, e];
    for (let i = 0; i < 100; i++) {
      const mid = (low + high) / 2;
      if (stress(mu1, 1 - mid) < stress(mu2, 1 - e + mid)) high = mid;
      else low = mid;
    }
    const p = -stress(mu1, 1 - low);
    const slip = ((e - 2 * low) * L) / Math.SQRT2;
    const errors = [5, 2.5].map((h) => {
      const toLine = (x: number, _y: number, z: number): number => (x + z - L) * Math.SQRT1_2;
      const problem = twoBodies({
        cells: [L / h, 2, L / h],
        h,
        lambda: lam,
        first: {
          shape: (x, y, z) => -toLine(x, y, z),
          mu: mu1,
          fixed: (x, _y, z) => (x === L ? 1 : 0) | 2 | (z === L ? 4 : 0),
          driven: (x, _y, z) => [x === L ? (-e * L) / 2 : 0, 0, z === L ? (-e * L) / 2 : 0],
        },
        second: { shape: toLine, mu: mu2, fixed: (x, _y, z) => (x === 0 ? 1 : 0) | 2 | (z === 0 ? 4 : 0) },
      });
      const area = problem.interfaces![0]!.areas.reduce((a, b) => a + b, 0);
      same(area, L * Math.SQRT2 * 2 * h, 1e-9);
      const solver = new Solver(problem, { ...TIGHT, penetration: 1e-4 });
      const { force } = step(solver, 1);
      const [fx, fy, fz] = solver.interfaces!.force(0);
      // no shear along the interface, and what presses on one presses on the other: the tool's force is the interface's
      expect(Math.abs(fx - fz) / fx).toBeLessThan(1e-3);
      expect(Math.abs(fy) / fx).toBeLessThan(1e-3);
      same(force, fz, 5e-3);
      const found = solver.interfaces!.jump(solver.engine, 0).slip;
      return [(1e3 * Math.sqrt(fx * fx + fz * fz)) / area / p - 1, found / slip - 1].map(Math.abs);
    });
    // the sharp ends of the wedges are cut cells: an error that goes with their share
    expect(errors[0]![0]).toBeLessThan(0.035);
    expect(errors[1]![0]).toBeLessThan(0.025);
    // the largest slip lies at the very tips
    expect(errors[1]![1]).toBeLessThan(0.1);
  });

  it.each([false, true])(
    'a cylinder that is pressed into a sleeve too tight for it: Lamé (without kinks: %s)',
    (smooth) => {
      // plane strain: p = δ/a · E/(1+ν) / ((1−2ν) + ((1−2ν)a²+b²)/(b²−a²)), and the sleeve's outside moves by 2 p a² b (1−ν²)/(E (b²−a²))
      const [a, b, delta, mu, lam, h] = [30, 60, 0.3, 5, 4, 5];
      const nu = lam / (2 * (lam + 1));
      const E = 2 * mu * (1 + nu);
      const p = ((delta / a) * E) / (1 + nu) / (1 - 2 * nu + ((1 - 2 * nu) * a * a + b * b) / (b * b - a * a));
      const outside = (2 * p * a * a * b * (1 - nu * nu)) / (E * (b * b - a * a));
      const r = (x: number, y: number): number => Math.sqrt(x * x + y * y);
      const fixed = (x: number, y: number): number => 4 | (x === 0 ? 1 : 0) | (y === 0 ? 2 : 0);
      const problem = twoBodies({
        cells: [13, 13, 2],
        h,
        smooth,
        lambda: lam,
        first: { shape: (x, y) => r(x, y) - a - delta, mu, fixed },
        second: { shape: (x, y) => Math.max(a - r(x, y), r(x, y) - b), mu, fixed },
      });
      const solver = new Solver(problem, { ...EXACT, threads: 1, penetration: 2e-4, balance: 1e9, leastWork: 1 });
      step(solver, 1);
      const { first, second, areas } = problem.interfaces![0]!;
      expect(second.layers[0]).toBeGreaterThan(first.layers[1]);
      // ∫ p n over a quarter is p a times the height in x, and in y
      const [fx, fy] = solver.interfaces!.force(0);
      for (const f of [fx, fy]) same(-1e3 * f, p * a * 2 * h, 0.02);
      same(
        areas.reduce((s, v) => s + v, 0),
        (Math.PI / 2) * (a + delta) * 2 * h,
        1e-3,
      );
      const { grid } = problem;
      const at = Math.round(b / h) + (grid.size[0] + 1) * (grid.size[1] + 1) * second.layers[0];
      same(solver.u[at]!, outside, 0.015);
    },
  );

  it('slips of any size: a block pushed down and four cells along carries what one carries that was pushed down there', () => {
    const h = 5;
    const block = (from: number, way: number): Solver =>
      new Solver(
        twoBodies({
          cells: [90 / h, 20 / h, 60 / h],
          h,
          lambda: 4,
          first: {
            shape: (x, _y, z) => Math.max(30 - z, from - x, x - from - 30),
            mu: 5,
            fixed: (_x, _y, z) => (z === 60 ? 7 : 2),
            driven: (_x, _y, z) => (z === 60 ? [way, 0, -2] : [0, 0, 0]),
          },
          second: { shape: (_x, _y, z) => z - 30, mu: 3, fixed: (_x, _y, z) => (z === 0 ? 7 : 2) },
        }),
        { ...TIGHT, balance: 1e-3 },
      );
    const pushed = block(20, 20);
    for (const share of [0.25, 0.5, 0.75]) step(pushed, share);
    const { force } = step(pushed, 1);
    const there = block(40, 0);
    same(force, step(there, 1).force, 3e-3);
    const [fx, , fz] = pushed.interfaces!.force(0);
    // without friction nothing holds it back
    expect(Math.abs(fx / fz)).toBeLessThan(3e-3);
    expect(pushed.interfaces!.jump(pushed.engine, 0).slip).toBeGreaterThan(19.9);
  });

  it('the grid may lie as it likes: an interface through the middle of cells moves the force by little', () => {
    const force = (at: number, h: number): number => {
      const problem = twoBodies({
        cells: [60 / h, 60 / h, 60 / h],
        h,
        lambda: 9,
        first: { shape: (_x, _y, z) => at - z, mu: 3.45, fixed: (x, y) => (x === 0 ? 1 : 0) | (y === 0 ? 2 : 0) },
        second: {
          shape: (_x, _y, z) => z - at,
          mu: 1,
          fixed: (x, y, z) => (z === 0 ? 7 : 0) | (x === 0 ? 1 : 0) | (y === 0 ? 2 : 0),
        },
        bodies: [sphereOver(0, 0, 60, 30)],
        top: 60,
      });
      return step(new Solver(problem, { ...TIGHT, epsilon: (200 * 3.45) / h }), 5).force;
    };
    // cells of 5 mm make this press 3 % stiffer than cells of 2.5 do, with an interface on their faces; in the middle of cells it is the same
    const [faces, middle] = [30, 32.5].map((at) => force(at, 5) / force(at, 2.5));
    same(middle!, faces!, 0.01);
  });
});
