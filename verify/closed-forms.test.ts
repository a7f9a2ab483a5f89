import { describe, expect, it } from 'vitest';
import { type BlockSpec, blockProblem, EXACT, follow, planePoints, sphereOver } from './block-problem.ts';

// every case goes through the whole solver (multigrid, multipliers, stopping), not through the element alone

const NEO = { lambda: 12 };
const STIFFENING = { a: 1.5, bulk: 2e4 };
const MU = 3;

/** Nominal stress of both laws under uniaxial stress at stretch λ, kPa. */
function uniaxial(law: BlockSpec['law'], stretch: number): number {
  if (!('lambda' in law)) {
    // incompressible: I₁-3 = λ² + 2/λ - 3
    const i1 = stretch ** 2 + 2 / stretch - 3;
    return MU * (1 + law.a * i1) * (stretch - stretch ** -2);
  }
  // the free sides find the lateral stretch t with μ (t - 1/t) + Λ ln J / t = 0, J = λ t²
  let [low, high] = [0.5, 2];
  for (let i = 0; i < 80; i++) {
    const t = (low + high) / 2;
    if (MU * (t - 1 / t) + (law.lambda * Math.log(stretch * t * t)) / t > 0) high = t;
    else low = t;
  }
  const J = stretch * low * low;
  return MU * (stretch - 1 / stretch) + (law.lambda * Math.log(J)) / stretch;
}

describe('homogeneous states', () => {
  it.each([
    ['neo-Hookean', NEO, 0.75],
    ['neo-Hookean', NEO, 1.3],
    ['stiffening', STIFFENING, 0.75],
    ['stiffening', STIFFENING, 1.3],
  ])('uniaxial stress of the %s law, stretch %#', (_name, law, stretch) => {
    const travel = 20 * (1 - stretch);
    const { path } = follow(
      blockProblem({
        cells: [4, 4, 4],
        h: 5,
        mu: MU,
        law,
        fixed: (x, y, z) => (x === 0 ? 1 : 0) | (y === 0 ? 2 : 0) | (z === 0 || z === 20 ? 4 : 0),
        driven: (_x, _y, z) => [0, 0, z === 20 ? -1 : 0],
      }),
      [travel / 4, travel / 2, (3 * travel) / 4, travel],
    );
    // only κ = 2e4 instead of infinity is left: J moves by p/κ ~ 1e-4
    expect(Math.abs((path[3]!.force * 1e3) / 400 / -uniaxial(law, stretch) - 1)).toBeLessThan(1e-3);
    expect(path[3]!.forceBalance).toBeLessThan(1e-4);
  });

  it('confined compression feels the bulk modulus that was asked for, and no more', () => {
    // side walls without friction: P = dW/dλ with J = λ. A multiplier that settles at κ+λ instead of κ shows here
    for (const [law, nominal] of [
      [{ a: 0, bulk: 101 }, (s: number) => MU * (s - 1) + 101 * (s - 1)],
      [{ a: 0, bulk: 400 }, (s: number) => MU * (s - 1) + 400 * (s - 1)],
      [NEO, (s: number) => MU * (s - 1 / s) + (12 * Math.log(s)) / s],
      [{ lambda: 400 }, (s: number) => MU * (s - 1 / s) + (400 * Math.log(s)) / s],
    ] as const) {
      const { path, solver } = follow(
        blockProblem({
          cells: [2, 2, 4],
          h: 5,
          mu: MU,
          law,
          fixed: (x, y, z) =>
            (x === 0 || x === 10 ? 1 : 0) | (y === 0 || y === 10 ? 2 : 0) | (z === 0 || z === 20 ? 4 : 0),
          driven: (_x, _y, z) => [0, 0, z === 20 ? -1 : 0],
        }),
        [0.5, 1],
      );
      expect((path[1]!.force * 1e3) / 100 / -nominal(0.95)).toBeCloseTo(1, 3);
      const sigma = new Float64Array(9);
      solver.cellState(0, sigma, new Float64Array(9));
      // σzz is the nominal stress here, because the area does not change
      expect(sigma[8]! / nominal(0.95)).toBeCloseTo(1, 3);
    }
  });

  it('patch test: a boundary moved affinely moves the inside affinely, with the closed-form shear force', () => {
    for (const law of [NEO, { a: 1.5, bulk: 2e4 }]) {
      const gamma = 0.2;
      const outside = (v: number): boolean => v === 0 || v === 20;
      const { path, solver } = follow(
        blockProblem({
          cells: [4, 4, 4],
          h: 5,
          mu: MU,
          law,
          fixed: (x, y, z) => (outside(x) || outside(y) || outside(z) ? 7 : 0),
          driven: (_x, _y, z) => [gamma * z, 0, 0],
          direction: [1, 0, 0],
        }),
        [0.5, 1],
      );
      const n = solver.nodes;
      for (let i = 0; i < n; i++) {
        // 4 mm at the top; a step ends where the energy still to gain is 3·10⁻⁵ of the work, its root of the displacement
        expect(solver.u[i]!).toBeCloseTo(gamma * 5 * Math.floor(i / 25), 3);
        expect(solver.u[i + n]!).toBeCloseTo(0, 3);
        expect(solver.u[i + 2 * n]!).toBeCloseTo(0, 3);
      }
      // simple shear: τ = μ (1 + a γ²) γ for the stiffening law (I₁-3 = γ²), μ γ for the neo-Hookean; on the driven top face.
      // Half of the normal stresses of the side faces' lowest nodes act on held nodes, but they cancel side against side
      const tau = 'lambda' in law ? MU * gamma : MU * (1 + 1.5 * gamma ** 2) * gamma;
      expect((path[1]!.force * 1e3) / 400 / tau).toBeCloseTo(1, 3);
    }
  });
});

describe('indentation and layers', () => {
  it('a bonded incompressible strip is as stiff as its parabolic pressure says (Gent and Lindley 1959)', () => {
    // half a strip of width 80 and height 20, plane strain: E_a = 4μ (1 + S²), S = 80/(2·20) = 2, at 1 % compression.
    // 8 one-point cells over the height carry the parabola of the bulge within 3 %
    const { path } = follow(
      blockProblem({
        cells: [16, 1, 8],
        h: 2.5,
        mu: MU,
        law: { a: 0, bulk: 1e5 },
        fixed: (x, _y, z) => (z === 0 || z === 20 ? 7 : 2 | (x === 0 ? 1 : 0)),
        driven: (_x, _y, z) => [0, 0, z === 20 ? -1 : 0],
      }),
      [0.1, 0.2],
    );
    const modulus = (path[1]!.force * 1e3) / (40 * 2.5) / 0.01;
    expect(modulus / (4 * MU * (1 + 4))).toBeGreaterThan(0.95);
    expect(modulus / (4 * MU * (1 + 4))).toBeLessThan(1.05);
  });

  it('Boussinesq: on and near the axis the stress under a small indenter is 3P z³/(2π R⁵)', () => {
    // a quarter of a 400 mm wide, 200 mm deep block; contact radius about 13 mm, and the cell centres lie 7 mm off the axis
    const cells = [20, 20, 20] as const;
    const { solver, path } = follow(
      blockProblem({
        cells,
        h: 10,
        mu: 10 / 3,
        law: { a: 0, bulk: 5000 },
        fixed: (x, y, z) => (z === 0 ? 7 : (x === 0 ? 1 : 0) | (y === 0 ? 2 : 0)),
        bodies: [sphereOver(0, 0, 200, 40)],
        surface: planePoints(cells, 10, 200),
      }),
      [4],
      { ...EXACT, decrementTolerance: 1e-7, volumeError: 1e-4 },
    );
    const load = 4 * path[0]!.force * 1e3;
    const sigma = new Float64Array(9);
    for (const k of [13, 14, 15]) {
      solver.cellState(solver.indexOf[400 * k]!, sigma, new Float64Array(9));
      const z = 200 - (k + 0.5) * 10;
      // the load is spread over the contact circle, whose Hertz solution on the axis is the point load's × z²/(z²+a²), a² = R d
      const theory = ((3 * load * z ** 3) / (2 * Math.PI * (z * z + 50) ** 2.5)) * ((z * z) / (z * z + 40 * 4));
      // cells of a seventh to a quarter of the distance, and a bottom at 200 mm instead of nowhere: 8 %
      expect(-sigma[8]! / theory).toBeGreaterThan(0.92);
      expect(-sigma[8]! / theory).toBeLessThan(1.08);
    }
  });

  it('stores the work that the tool does (compressible law, path of 20 steps)', () => {
    const cells = [8, 8, 8] as const;
    const problem = blockProblem({
      cells,
      h: 10,
      mu: MU,
      law: NEO,
      fixed: (x, y, z) => (z === 0 ? 7 : (x === 0 ? 1 : 0) | (y === 0 ? 2 : 0)),
      bodies: [sphereOver(0, 0, 80, 30)],
      surface: planePoints(cells, 10, 80),
    });
    const depths = Array.from({ length: 20 }, (_, i) => i + 1);
    const { solver, path } = follow(problem, depths, { ...EXACT, decrementTolerance: 1e-7 });
    // Simpson's rule from rest
    const F = [0, ...path.map((e) => e.force)];
    let work = 0;
    for (let i = 0; i + 2 < F.length; i += 2) work += (F[i]! + 4 * F[i + 1]! + F[i + 2]!) / 3;
    const stored = solver.engine.energy();
    // contact begins cell by cell, which Simpson's rule sees as small kinks: 0.5 %
    expect((stored * 1e-3) / work).toBeGreaterThan(0.995);
    expect((stored * 1e-3) / work).toBeLessThan(1.005);
  });
});

describe('pressurised lumens', () => {
  const [a, b] = [20, 40];
  /** Share of the 2.5 mm cell at (x, y) inside radius r, by 8×8 points. */
  const inside = (x: number, y: number, r: number): number => {
    let n = 0;
    for (let i = 0; i < 8; i++)
      for (let j = 0; j < 8; j++)
        if (Math.hypot(x + ((i + 0.5) / 8 - 0.5) * 2.5, y + ((j + 0.5) / 8 - 0.5) * 2.5) <= r) n++;
    return n / 64;
  };

  it('Lamé: a thick incompressible tube on an immersed grid widens by p/(2μ) a² b²/((b²-a²) r)', () => {
    const p = 0.06;
    const { solver } = follow(
      blockProblem({
        cells: [17, 17, 1],
        h: 2.5,
        // the lumen's own stiffness must not count: a thousandth
        mu: (x, y) => MU * Math.max(1 - inside(x, y, a), 1e-3),
        law: { a: 0, bulk: 2e4 },
        fill: (x, y) => inside(x, y, b),
        fixed: (x, y) => 4 | (x === 0 ? 1 : 0) | (y === 0 ? 2 : 0),
        lumen: { share: (x, y) => inside(x, y, a), pressure: p },
      }),
      [0],
      { ...EXACT, decrementTolerance: 1e-8, balance: 1, volumeError: 1e-5 },
    );
    const n = solver.nodes;
    const u = (i: number, j: number): number => Math.hypot(solver.u[i + 18 * j]!, solver.u[i + 18 * j + n]!);
    const theory = (r: number): number => ((p / (2 * MU)) * a * a * b * b) / ((b * b - a * a) * r);
    // r = 30 on the axis and 29.7 on the diagonal: both ways the staircase could show. Cells of an eighth of the wall: 5 %
    expect(u(12, 0) / theory(30)).toBeGreaterThan(0.95);
    expect(u(12, 0) / theory(30)).toBeLessThan(1.05);
    expect(u(8, 8) / theory(20 * Math.SQRT2)).toBeGreaterThan(0.95);
    expect(u(8, 8) / theory(20 * Math.SQRT2)).toBeLessThan(1.05);
  });

  it('squeezed, a lumen keeps its pressure and drains, where a filled one would not give way', () => {
    const cells = [6, 6, 6] as const;
    const squeeze = (drains: boolean): { force: number; J: number; pressure: number } => {
      const hole = (x: number, _y: number, z: number): number => (x < 10 && z > 10 && z < 20 ? 1 : 0);
      const { solver, path } = follow(
        blockProblem({
          cells,
          h: 5,
          mu: (x, y, z) => (hole(x, y, z) ? 0.1 : MU),
          law: { a: 0, bulk: 5000 },
          fixed: (x, y, z) => (z === 0 ? 7 : (x === 0 ? 1 : 0) | (y === 0 ? 2 : 0) | (z === 30 ? 4 : 0)),
          driven: (_x, _y, z) => [0, 0, z === 30 ? -1 : 0],
          ...(drains ? { lumen: { share: hole, pressure: 0.1 } } : {}),
        }),
        [1, 2, 3],
        { ...EXACT, decrementTolerance: 1e-7, volumeError: 1e-4 },
      );
      const sigma = new Float64Array(9);
      const { J } = solver.cellState(solver.indexOf[2 * 36]!, sigma, new Float64Array(9));
      return { force: path[2]!.force, J, pressure: -(sigma[0]! + sigma[4]! + sigma[8]!) / 3 };
    };
    const open = squeeze(true);
    const shut = squeeze(false);
    // the filling's own shear modulus, as large as the pressure, adds a little mean stress of its own
    expect(open.pressure).toBeGreaterThan(0.05);
    expect(open.pressure).toBeLessThan(0.15);
    expect(shut.pressure).toBeGreaterThan(3 * open.pressure);
    expect(open.J).toBeLessThan(0.95);
    expect(Math.abs(shut.J - 1)).toBeLessThan(0.01);
    expect(open.force).toBeLessThan(0.9 * shut.force);
  });
});

describe('the grid', () => {
  it('shifted by part of a cell, an immersed body gives the same force within 2 % at 5 mm', () => {
    // a round "trunk" of radius 55 lying along x around a rigid "spine" of radius 18, pressed by a ball of radius 30, quarter model
    // (x ≥ 0, y ≥ 0); skin and bone cut through cells, and the grid moves against both
    const force = (shift: number): number => {
      const h = 5;
      const cells = [12, 12, 24] as const;
      const centre = 60 + shift;
      const part = (x: number, y: number, z: number, r: number): number => {
        let n = 0;
        for (let j = 0; j < 8; j++)
          for (let k = 0; k < 8; k++)
            if (Math.hypot(y + ((j + 0.5) / 8 - 0.5) * h, z + ((k + 0.5) / 8 - 0.5) * h - centre) <= r) n++;
        return x >= 0 ? n / 64 : 0;
      };
      const points: number[] = [];
      const areas: number[] = [];
      const [dx, da] = [h / 3, h / 3 / 55];
      for (let i = 0; i < 36; i++)
        for (let angle = da / 2; angle < 1.45; angle += da) {
          points.push((i + 0.5) * dx, 55 * Math.sin(angle), centre + 55 * Math.cos(angle));
          areas.push(dx * 55 * da);
        }
      const exists = (x: number, y: number, z: number): number => {
        const f = part(x, y, z, 55);
        return f > 0 ? Math.max(f, 0.1) : 0;
      };
      const { path } = follow(
        blockProblem({
          cells,
          h,
          mu: MU,
          law: { a: 1, bulk: 2000 },
          fill: exists,
          fixed: (x, y) => (x === 0 ? 1 : 0) | (y === 0 ? 2 : 0),
          foundation: (x, y, z) => {
            const q = part(x, y, z, 18);
            // the springs of press/mechanical-problem.ts: in proportion to the share alone the bone would act too large (±2.4 %, +22 %)
            return Math.min(500 / h, ((2 * MU) / h ** 2) * (q / Math.max(1 - q, 1e-9)));
          },
          bodies: [sphereOver(0, 0, centre + 55, 30)],
          surface: { points: Float64Array.from(points), areas: Float64Array.from(areas) },
        }),
        [8, 16],
        { balance: 1e-3, penetration: 0.02, decrementTolerance: 1e-5 },
      );
      return path[1]!.force;
    };
    const forces = [0, 1.25, 2.5, 3.75].map(force);
    const mean = forces.reduce((s, f) => s + f, 0) / 4;
    for (const f of forces) expect(Math.abs(f / mean - 1)).toBeLessThan(0.02);
    // 2.65 ± 0.01 N is what 2.5 mm cells give at two shifts
    expect(Math.abs(mean / 2.65 - 1)).toBeLessThan(0.03);
  });
});
