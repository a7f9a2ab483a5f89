import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Grid, nodeCount } from '../base/grid.ts';
import { seededRandom } from '../base/random.ts';
import { continuedOutward, displacementAt } from '../press/displacement.ts';
import { restFinder, stateAt } from './displacement.ts';
import { fieldReader, pressureBetween } from './press-reading.ts';

const grid: Grid = { origin: [-20, -15, 5], spacing: 5, size: [8, 6, 7] };
const cells = 8 * 6 * 7;

/** A field that is linear in the place: u = A·x + b. */
function linearField(scale: number): Float32Array {
  const field = new Float32Array(3 * nodeCount(grid));
  for (let k = 0, n = 0; k <= 7; k++)
    for (let j = 0; j <= 6; j++)
      for (let i = 0; i <= 8; i++, n += 3) {
        const [x, y, z] = [-20 + 5 * i, -15 + 5 * j, 5 + 5 * k];
        field[n] = scale * (0.1 * y + 1);
        field[n + 1] = scale * (0.2 * x - 0.1 * z);
        field[n + 2] = scale * (0.05 * x + 0.1 * y);
      }
  return field;
}
const state = (depth: number, scale: number, pressure?: Float32Array) => {
  const field = linearField(scale);
  return { depth, force: depth * depth, field: () => field, pressure };
};

describe('the displaced state', () => {
  it('reads a linear field exactly at any point', () => {
    const next = seededRandom(3);
    const points = Float32Array.from({ length: 300 }, (_, n) => [-20, -15, 5][n % 3]! + next() * [40, 30, 35][n % 3]!);
    const read = displacementAt(grid, linearField(1), points);
    for (let n = 0; n < points.length; n += 3) {
      expect(read[n]!).toBeCloseTo(0.1 * points[n + 1]! + 1, 4);
      expect(read[n + 1]!).toBeCloseTo(0.2 * points[n]! - 0.1 * points[n + 2]!, 4);
    }
  });

  it('goes on outward from the body and leaves the inside alone', () => {
    const fill = new Float32Array(cells);
    // one filled cell in the middle with a uniform displacement: everywhere the same
    fill[3 + 8 * (3 + 6 * 3)] = 1;
    const inner = new Float32Array(3 * nodeCount(grid));
    for (let c = 0; c < 8; c++) {
      const node = 3 + (c & 1) + 9 * (3 + ((c >> 1) & 1) + 7 * (3 + (c >> 2)));
      inner.set([1, -2, 3], 3 * node);
    }
    const field = continuedOutward(grid, fill, inner);
    for (let n = 0; n < field.length; n += 3) {
      expect(field[n]!).toBeCloseTo(1, 5);
      expect(field[n + 1]!).toBeCloseTo(-2, 5);
    }
  });

  it('lies between the two stored states around a load, never beyond the last, and is rest at zero', () => {
    const states = [state(10, 1), state(20, 3), state(40, 4)];
    expect(stateAt(states, 0).to).toBeUndefined();
    expect(stateAt([], 0.5).depth).toBe(0);
    const at = stateAt(states, 0.75);
    expect([at.from, at.to, at.share, at.depth]).toEqual([states[1], states[2], 0.5, 30]);
    expect(stateAt(states, 7)).toMatchObject({ to: states[2], share: 1, depth: 40, force: 1600 });
    // the solver's own field at a stored depth, not the last one scaled
    const out = new Float64Array(3);
    fieldReader(grid, stateAt(states, 0.5))(0, 10, 20, out);
    expect(out[0]).toBeCloseTo(3 * 2, 5);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (load) => {
        const { share, depth, from, to } = stateAt(states, load);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
        if (to) expect((from?.depth ?? 0) + share * (to.depth - (from?.depth ?? 0))).toBeCloseTo(depth, 9);
      }),
    );
  });

  it('shows no pressure that was not computed', () => {
    const p = new Float32Array(cells).fill(6);
    const states = [state(10, 1), state(20, 3, p)];
    expect(pressureBetween(stateAt(states, 0), cells)!.every((v) => v === 0)).toBe(true);
    expect(pressureBetween(stateAt(states, 1), cells)).toBe(p);
    expect(pressureBetween(stateAt(states, 0.75), cells)).toBeUndefined();
    expect(pressureBetween(stateAt([state(20, 3, p)], 0.5), cells)![5]).toBe(3);
  });

  it('finds the point at rest for a place in the pressed body', () => {
    const read = fieldReader(grid, stateAt([state(10, 2)], 1));
    const finder = restFinder(read);
    const u = new Float64Array(3);
    for (const rest of [
      [0, 0, 20],
      [-15, 10, 8],
      [12, -9, 35],
    ] as const) {
      read(rest[0], rest[1], rest[2], u);
      const at = Float64Array.from([0, 1, 2], (d) => rest[d]! + u[d]!);
      finder.atRest(at[0]!, at[1]!, at[2]!, at);
      expect(Math.hypot(at[0]! - rest[0], at[1]! - rest[1], at[2]! - rest[2])).toBeLessThan(0.3);
    }
  });
});
