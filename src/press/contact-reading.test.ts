import { describe, expect, it } from 'vitest';
import type { Grid } from '../base/grid.ts';
import { nodalPressure } from '../mechanics/nodal-pressure.ts';
import { contactPressure } from './contact-reading.ts';
import { FLOOR, TOOL } from './mechanical-problem.ts';

const CELLS = 6;
const H = 10;

/** A flat skin half-way up one layer of cells, 3×3 contact points and two triangles per cell, pressed as `pressureOf` says. */
function flatSkin(pressureOf: (i: number, j: number, point: number) => number) {
  const vertices: number[] = [];
  const triangles: number[] = [];
  const pointCell: number[] = [];
  const pointPlace: number[] = [];
  const pressure: number[] = [];
  const triangleOf: number[] = [];
  for (let j = 0; j <= CELLS; j++) for (let i = 0; i <= CELLS; i++) vertices.push(i * H, j * H, H / 2);
  for (let j = 0; j < CELLS; j++)
    for (let i = 0; i < CELLS; i++) {
      const a = i + (CELLS + 1) * j;
      const triangle = triangles.length / 3;
      triangles.push(a, a + 1, a + CELLS + 2, a, a + CELLS + 2, a + CELLS + 1);
      for (let s = 0; s < 9; s++) {
        const [x, y] = [((s % 3) + 0.5) / 3, (Math.floor(s / 3) + 0.5) / 3];
        pointCell.push(i, j, 0);
        pointPlace.push(x, y, 0.5);
        pressure.push(pressureOf(i, j, s));
        triangleOf.push(x >= y ? triangle : triangle + 1);
      }
    }
  const nodes = (CELLS + 1) ** 2 * 2;
  const grid: Grid = { origin: [0, 0, 0], spacing: H, size: [CELLS, CELLS, 1] };
  const areas = new Float64Array(pressure.length).fill((H * H) / 9);
  const loads = areas.map((area, s) => area * pressure[s]!);
  const byBody = new Map([
    // the floor's is not to be read
    [FLOOR, new Float64Array(areas.length).fill(1000)],
    [TOOL, nodalPressure({ size: grid.size, pointCell, pointPlace }, areas, loads)],
  ]);
  const solution = { displacement: new Float64Array(3 * nodes), contactPressure: (body: string) => byBody.get(body)! };
  const skin = { vertices: Float64Array.from(vertices), triangles: Uint32Array.from(triangles) };
  return contactPressure(solution, { triangleOf, areas }, { grid, skin });
}

/** Force on the skin, N. */
const forceOf = (pressure: Float32Array): number => pressure.reduce((sum, p) => sum + (p * H * H) / 2, 0) * 1e-3;

describe('contact pressure', () => {
  it('does not depend on which of a face’s points carry the load', () => {
    const even = flatSkin(() => 20);
    const centres = flatSkin((_i, _j, s) => (s === 4 ? 180 : 0));
    expect(even.total).toBeCloseTo(3600, 3);
    // the outermost half cells have no neighbour to share with; a patch in the middle must read the same
    expect(centres.peak / even.peak).toBeCloseTo(1, 6);
    expect(centres.total).toBeCloseTo(even.total, 3);
  });

  it('adds up to the force that the points carry', () => {
    const reading = flatSkin((i, j, s) => (i > 1 && i < 4 && j > 1 && j < 4 ? s * 7 : 0));
    expect(forceOf(reading.pressure)).toBeCloseTo((4 * 36 * 7 * H * H * 1e-3) / 9, 5);
  });

  it('counts a pressed spot with little more than itself', () => {
    // two by two cells under 50 kPa are 4 cm²; read over cells of 1 cm they fade out over at most one cell on each side
    const { total } = flatSkin((i, j) => (i > 1 && i < 4 && j > 1 && j < 4 ? 50 : 0));
    expect(total).toBeGreaterThanOrEqual(400);
    expect(total).toBeLessThanOrEqual(1600);
  });

  it('peaks over one place, not over two that lie apart', () => {
    // single triangles of half a cm² in cells of the same row, the same column, and neither
    for (const other of [
      [0, 3],
      [3, 0],
      [3, 3],
    ] as const) {
      const two = flatSkin((i, j) => ((i === 1 && j === 1) || (i === 1 + other[0] && j === 1 + other[1]) ? 50 : 0));
      const one = flatSkin((i, j) => (i === 1 && j === 1 ? 50 : 0));
      // its four corners carry a quarter each
      expect(one.peak).toBeCloseTo(12.5, 4);
      expect(two.peak, `${other}`).toBeCloseTo(one.peak, 6);
    }
  });
});
