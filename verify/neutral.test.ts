import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridNeutral, type NeutralProblem, parseNeutral } from '../src/mechanics/neutral.ts';
import { solveNeutral } from '../src/mechanics/solve-neutral.ts';
import { Solver } from '../src/mechanics/solver.ts';

const load = (name: string): NeutralProblem =>
  parseNeutral(JSON.parse(readFileSync(new URL(`../scenes/${name}.json`, import.meta.url), 'utf8')), name);

describe('sphere on a block, against the grid limit of independent programs', () => {
  // FEniCSx on graded and quadratic meshes, extrapolated: 1.116 ± 0.012, 3.222 ± 0.02, 9.15 ± 0.06 N at 5, 10, 20 mm
  const limit = new Map([
    [5, 1.116],
    [10, 3.222],
    [20, 9.15],
  ]);

  it('comes within 4 % at 5 mm cells, closer than at 10 mm', async () => {
    const error = async (h: number): Promise<number[]> => {
      const solution = await solveNeutral(load('sphere-on-block'), h);
      expect(solution.converged).toBe(true);
      return solution.steps.map((s) => {
        expect(s.forceBalance).toBeLessThan(0.005);
        return Math.abs(s.force_N / limit.get(s.depth_mm)! - 1);
      });
    };
    const coarse = await error(10);
    const fine = await error(5);
    for (let i = 0; i < 3; i++) {
      expect(fine[i]).toBeLessThan(0.04);
      expect(fine[i]).toBeLessThan(coarse[i]!);
    }
  });

  it('gives a quarter of the force on the quarter model, and the same displacements', async () => {
    const full = await solveNeutral(load('sphere-on-block'), 10);
    const quarter = await solveNeutral(load('sphere-on-quarter-block'), 10);
    for (let i = 0; i < 3; i++) {
      expect(Math.abs((4 * quarter.steps[i]!.force_N) / full.steps[i]!.force_N - 1)).toBeLessThan(1e-3);
      for (const name of ['top_r50', 'axis_z50', 'off_z50', 'top_corner']) {
        const a = full.steps[i]!.probes[name]!;
        const b = quarter.steps[i]!.probes[name]!;
        // a thousandth of the depth
        for (let d = 0; d < 3; d++) expect(Math.abs(a[d]! - b[d]!)).toBeLessThan(1e-3 * full.steps[i]!.depth_mm);
      }
    }
  });

  it('keeps the symmetry of the problem', async () => {
    const { steps } = await solveNeutral(
      { ...load('sphere-on-block'), depths: [10], probes: { a: [30, 0, 100], b: [0, 30, 100], c: [-30, 0, 100] } },
      10,
    );
    const { a, b, c } = steps[0]!.probes as Record<string, readonly [number, number, number]>;
    expect(a![2]).toBeCloseTo(b![2], 3);
    expect(a![2]).toBeCloseTo(c![2], 3);
    expect(a![0]).toBeCloseTo(-c![0], 3);
    expect(a![0]).toBeCloseTo(b![1], 3);
  });

  it('gives the same bits twice', async () => {
    const once = await solveNeutral({ ...load('sphere-on-quarter-block'), depths: [8] }, 10);
    const twice = await solveNeutral({ ...load('sphere-on-quarter-block'), depths: [8] }, 10);
    expect(twice.steps).toEqual(once.steps);
  });

  it('goes with the modulus, from the softest to the hardest, and with the size', async () => {
    const { domain, dirichlet, tool, ...rest } = JSON.parse(
      readFileSync(new URL('../scenes/sphere-on-quarter-block.json', import.meta.url), 'utf8'),
    ) as { domain: unknown; dirichlet: unknown; tool: Record<string, unknown> };
    const forces = async (E: number, size: number): Promise<number[]> => {
      const scaled = (_: string, v: unknown): unknown => (typeof v === 'number' ? v * size : v);
      const file = {
        ...rest,
        domain: JSON.parse(JSON.stringify(domain), scaled),
        dirichlet: JSON.parse(JSON.stringify(dirichlet), scaled),
        tool: { ...tool, radius: 30 * size, axis_xy: [0, 0], centre_z: `${100 * size} + ${30 * size} - depth` },
        materials: { soft: { E, nu: 0.45 } },
        depths: [5 * size, 12 * size],
        probes: {},
      };
      const { steps, reason } = await solveNeutral(parseNeutral(file, 'scaled'), 10 * size);
      expect(reason).toBeUndefined();
      return steps.map((s) => s.force_N);
    };
    const [shallow, deep] = await forces(10, 1);
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: -1, max: 3.5, noNaN: true }),
        fc.constantFrom(0.2, 1, 3),
        async (power, size) => {
          const E = 10 ** power;
          const found = await forces(E, size);
          for (const [i, f] of [shallow!, deep!].entries())
            expect(Math.abs(found[i]! / (f * (E / 10) * size ** 2) - 1)).toBeLessThan(2e-3);
        },
      ),
      {
        numRuns: 12,
        examples: [
          [3.5, 0.2],
          [-1, 3],
        ],
      },
    );
  });

  it('finds the depth of a wanted force', async () => {
    const { steps } = await solveNeutral({ ...load('sphere-on-quarter-block'), depths: [], forces: [0.5] }, 10);
    expect(Math.abs(steps[0]!.force_N / 0.5 - 1)).toBeLessThan(0.001);
    expect(steps[0]!.depth_mm).toBeGreaterThan(5);
    expect(steps[0]!.depth_mm).toBeLessThan(10);
  });
});

describe('anchors in closed form', () => {
  it('A-01: a sphere on a bonded incompressible block follows Hertz with the finite-depth correction', async () => {
    // F = 16/9 E √R d^1.5 (1 + 1.133χ + 1.283χ² + 0.769χ³ + 0.0975χ⁴), χ = √(Rd)/H, bonded and incompressible
    // (Dimitriadis et al. 2002, Biophys J 82:2798). Small-strain theory with a parabolic tip at d/R = 0.1…0.15, and a
    // contact radius of about 2.5 cells: 8 % is what that can hold.
    const block: NeutralProblem = parseNeutral(
      {
        name: 'hertz',
        domain: { min: [0, 0, 0], max: [120, 120, 120] },
        regions: [{ name: 'block', shape: { type: 'all' }, material: 'soft' }],
        materials: { soft: { mu: 10 / 3, stiffening: 0, bulk: 1000 } },
        dirichlet: [
          { where: { type: 'nodes_in_box', min: [0, 0, 0], max: [120, 120, 0] }, fix: ['x', 'y', 'z'] },
          { where: { type: 'nodes_in_box', min: [0, 0, 0], max: [0, 120, 120] }, fix: ['x'] },
          { where: { type: 'nodes_in_box', min: [0, 0, 0], max: [120, 0, 120] }, fix: ['y'] },
        ],
        tool: { type: 'sphere', radius: 40, axis_xy: [0, 0], centre_z: '120 + 40 - depth' },
        depths: [4, 6],
      },
      'hertz',
    );
    const { steps } = await solveNeutral(block, 5);
    for (const s of steps) {
      const chi = Math.sqrt(40 * s.depth_mm) / 120;
      const depth = 1 + 1.133 * chi + 1.283 * chi ** 2 + 0.769 * chi ** 3 + 0.0975 * chi ** 4;
      const theory = (16 / 9) * 10 * Math.sqrt(40) * s.depth_mm ** 1.5 * 1e-3 * depth;
      expect(Math.abs((4 * s.force_N) / theory - 1)).toBeLessThan(0.08);
    }
  });

  it('a bonded block squeezed by a broad flat tool keeps its volume', async () => {
    const squeezed: NeutralProblem = parseNeutral(
      {
        name: 'layer',
        domain: { min: [0, 0, 0], max: [60, 60, 30] },
        regions: [{ name: 'layer', shape: { type: 'all' }, material: 'soft' }],
        materials: { soft: { mu: 5, stiffening: 0.3, bulk: 1000 } },
        dirichlet: [
          { where: { type: 'nodes_in_box', min: [0, 0, 0], max: [60, 60, 0] }, fix: ['x', 'y', 'z'] },
          { where: { type: 'nodes_in_box', min: [0, 0, 0], max: [0, 60, 30] }, fix: ['x'] },
          { where: { type: 'nodes_in_box', min: [0, 0, 0], max: [60, 0, 30] }, fix: ['y'] },
        ],
        tool: { type: 'box', half: [30, 30], edge_radius: 8, centre_xy: [0, 0], bottom_z: '30 - depth' },
        depths: [5, 10],
        probes: { side: [60, 0, 20] },
      },
      'layer',
    );
    const { converged, steps } = await solveNeutral(squeezed, 5);
    expect(converged).toBe(true);
    expect(steps[1]!.force_N).toBeGreaterThan(2 * steps[0]!.force_N);
    // what goes down must come out at the side
    expect(steps[1]!.probes.side![0]).toBeGreaterThan(1);
  });
});

describe('backends', () => {
  it('WebAssembly and TypeScript give the same press within the stopping tolerance', async () => {
    const file: NeutralProblem = parseNeutral(
      {
        name: 'layered',
        domain: { min: [-60, -60, 0], max: [60, 60, 60] },
        regions: [
          { name: 'deep', shape: { type: 'all' }, material: 'fat' },
          { name: 'skin', shape: { type: 'box', min: [-60, -60, 50], max: [60, 60, 60] }, material: 'skin' },
          { name: 'bone', shape: { type: 'box', min: [-20, -60, 0], max: [20, 60, 20] }, material: 'bone' },
        ],
        materials: {
          fat: { mu: 0.75, stiffening: 3, bulk: 5000 },
          skin: { mu: 10, stiffening: 9, bulk: 5000 },
          bone: { rigid_clamped: true },
        },
        dirichlet: [{ where: { type: 'nodes_in_box', min: [-60, -60, 0], max: [60, 60, 0] }, fix: ['x', 'y', 'z'] }],
        tool: { type: 'sphere', radius: 30, axis_xy: [0, 0], centre_z: '60 + 30 - depth' },
        depths: [10],
      },
      'layered',
    );
    const force = (backend: 'wasm' | 'typescript'): number => {
      const solver = new Solver(gridNeutral(file, 10).problem, { backend });
      expect(solver.engine.backend).toMatch(backend);
      const steps = solver.step(10);
      for (;;) {
        const next = steps.next();
        if (!next.done) continue;
        expect(next.value.converged).toBe(true);
        return next.value.force;
      }
    };
    const [a, b] = [force('wasm'), force('typescript')];
    expect(a).not.toBe(b);
    // each stops when it is within 0.5 % of balance
    expect(Math.abs(a / b - 1)).toBeLessThan(0.005);
  });
});

describe('going back to an equilibrium', () => {
  it('restores the contact forces with it, also when the failed step had raised the penalty', () => {
    const stiff = {
      ...load('sphere-on-quarter-block'),
      materials: { soft: { mu: 400, stiffening: 0, bulk: 50000, sheets: [] } },
    };
    const solver = new Solver(gridNeutral(stiff, 20).problem, { penetration: 0.02 });
    const solve = (depth: number): number => {
      const steps = solver.step(depth);
      for (;;) {
        const next = steps.next();
        if (next.done) return next.value.force;
      }
    };
    const force = solve(3);
    const penalty = solver.contact.epsilon;
    const restore = solver.snapshot();
    solve(15);
    expect(solver.contact.epsilon).not.toBe(penalty);
    restore();
    expect((solver.contact.force(0) * 1e-3) / force).toBeCloseTo(1, 9);
  });
});

describe('bad problem files', () => {
  const good = load('sphere-on-block');
  it.each([
    ['a cell that does not divide the domain', () => solveNeutral(good, 7), /does not divide/],
    ['a cell of 0 mm', () => solveNeutral(good, 0), /more than 0/],
  ])('%s', async (_name, run, message) => {
    await expect(run()).rejects.toThrow(message);
  });
  it.each([
    ['an unknown material', { ...good, regions: [{ ...good.regions[0]!, material: 'jelly' }] }, /jelly/],
    ['an unknown shape', { ...good, regions: [{ ...good.regions[0]!, shape: { type: 'torus' } }] }, /regions/],
    ['no tool', { ...good, tool: undefined }, /tool/],
    ['a negative depth', { ...good, depths: [-1] }, /depths/],
  ])('%s', (_name, raw, message) => {
    expect(() => parseNeutral(raw, 'file')).toThrow(message);
  });
});
