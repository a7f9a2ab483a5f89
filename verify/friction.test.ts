import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../src/base/grid.ts';
import { blockProblem, EXACT, follow, planePoints } from './block-problem.ts';

/** A block of 40×40×20 mm on its bonded base, under a plate that is pushed down and aside at an angle to the vertical. */
function pushed(angle: number, friction: number, backend: 'wasm' | 'typescript' = 'wasm', depths = [1, 2, 3]) {
  const cells = [8, 8, 4] as const;
  const direction: Vec3 = [Math.sin(angle), 0, -Math.cos(angle)];
  const problem = {
    ...blockProblem({
      cells,
      h: 5,
      mu: 5,
      law: { a: 1, bulk: 50 },
      fixed: (_x, _y, z) => (z === 0 ? 7 : 0),
      surface: planePoints(cells, 5, 20),
      bodies: [{ name: 'plate', distance: (_x, _y, z, depth) => 20 - depth * Math.cos(angle) - z }],
      direction,
    }),
    friction,
  };
  const { solver, path } = follow(problem, depths, { ...EXACT, backend, threads: 1 });
  const { contact } = solver;
  let across = 0;
  let down = 0;
  for (let k = 0; k < contact.pressingPoints; k++) {
    across -= contact.forces[3 * k]! * 1e-3;
    down += contact.forces[3 * k + 2]! * 1e-3;
  }
  return { across, down, force: path.at(-1)!.force, balance: path.at(-1)!.forceBalance };
}

describe('friction between a plate and a block', () => {
  it('sticks below the threshold: the answer does not depend on how rough the plate is', () => {
    const rough = pushed(0.2, 0.8);
    const rougher = pushed(0.2, 5);
    expect(rough.across).toBeGreaterThan(0);
    expect(rough.across / rough.down).toBeLessThan(0.8);
    expect(rough.across / rougher.across).toBeCloseTo(1, 2);
    expect(rough.down / rougher.down).toBeCloseTo(1, 2);
  });

  it('slides beyond it: what it pulls aside is the coefficient times what it presses', () => {
    for (const friction of [0, 0.1, 0.3]) {
      const { across, down } = pushed(1.4, friction, 'wasm', [3, 6, 9]);
      expect(across / down).toBeCloseTo(friction, 2);
    }
  });

  it('balances what the supports give back, and makes a push straight down stiffer: the block cannot spread', () => {
    const smooth = pushed(0, 0);
    const rough = pushed(0, 0.46);
    expect(rough.balance).toBeLessThan(1e-3);
    expect(rough.force / smooth.force).toBeGreaterThan(1.03);
    expect(Math.abs(rough.across)).toBeLessThan(1e-3 * rough.down);
  });

  it('is the same on both editions of the engine', () => {
    const [a, b] = [pushed(0.6, 0.3), pushed(0.6, 0.3, 'typescript')];
    expect(a.across / b.across).toBeCloseTo(1, 3);
    expect(a.down / b.down).toBeCloseTo(1, 3);
  });
});
