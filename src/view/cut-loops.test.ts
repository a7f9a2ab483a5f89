import { describe, expect, it } from 'vitest';
import { areaOf, type CutLoop, cutLoops, dashes, middleOf, piecesWhere, rounded } from './cut-loops.ts';

const PLANE = { point: [0, 0, 2], normal: [0, 0, 1], right: [1, 0, 0], up: [0, 1, 0] } as const;

/** A tube of so many sides round the z axis, from z = -10 to 10, without its ends. */
function tube(radius: number, sides: number): { vertices: number[]; triangles: number[] } {
  const vertices: number[] = [];
  const triangles: number[] = [];
  for (let n = 0; n < sides; n++) {
    const angle = (2 * Math.PI * n) / sides;
    for (const z of [-10, 10]) vertices.push(radius * Math.cos(angle), radius * Math.sin(angle), z);
    const [a, b, c, d] = [2 * n, 2 * n + 1, (2 * n + 2) % (2 * sides), (2 * n + 3) % (2 * sides)];
    triangles.push(a, c, b, b, c, d);
  }
  return { vertices, triangles };
}

const lengthOf = (lines: ReturnType<typeof dashes>): number =>
  lines.reduce((sum, [x, y, u, v]) => sum + Math.hypot(u - x, v - y), 0);

describe('where a plane cuts a surface', () => {
  it('a tube in one closed ring of its radius, and reads what is carried along', () => {
    const { vertices, triangles } = tube(7, 48);
    const moved = vertices.map((v, n) => v + [3, 0, 0][n % 3]!);
    const loops = cutLoops(vertices, triangles, PLANE, moved);
    expect(loops.map(({ closed }) => closed)).toEqual([true]);
    const { places, carried } = loops[0]!;
    for (let n = 0; n < places.length / 2; n++) {
      const [x, y] = [places[2 * n]!, places[2 * n + 1]!];
      expect(Math.hypot(x, y)).toBeGreaterThan(7 * Math.cos(Math.PI / 48) - 1e-9);
      expect(Math.hypot(x, y)).toBeLessThan(7 + 1e-9);
      expect([...carried.slice(3 * n, 3 * n + 3)].map((v) => Math.round(v * 1e6) / 1e6)).toEqual(
        [x + 3, y, 2].map((v) => Math.round(v * 1e6) / 1e6),
      );
    }
    // in order round it: the perimeter of a polygon with 48 corners
    expect(lengthOf(dashes(loops[0]!))).toBeCloseTo(2 * 48 * 7 * Math.sin(Math.PI / 48), 1);
  });

  it('two tubes in two rings, a slit one in an open line, one beside it in none', () => {
    const one = tube(7, 24);
    const two = tube(7, 24);
    const both = {
      vertices: [...one.vertices, ...two.vertices.map((v, n) => v + (n % 3 === 0 ? 30 : 0))],
      triangles: [...one.triangles, ...two.triangles.map((v) => v + one.vertices.length / 3)],
    };
    expect(cutLoops(both.vertices, both.triangles, PLANE).map(({ closed }) => closed)).toEqual([true, true]);
    const slit = cutLoops(one.vertices, one.triangles.slice(6), PLANE);
    expect(slit.map(({ closed }) => closed)).toEqual([false]);
    // one of 24 sides is left out
    expect(lengthOf(dashes(slit[0]!))).toBeCloseTo(2 * 23 * 7 * Math.sin(Math.PI / 24), 1);
    expect(cutLoops(one.vertices, one.triangles, { ...PLANE, point: [0, 0, 20] })).toEqual([]);
  });
});

/** A square of side 10, as a closed line. */
const SQUARE: CutLoop = {
  places: Float64Array.from([0, 0, 10, 0, 10, 10, 0, 10]),
  carried: Float64Array.from([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3]),
  closed: true,
};

describe('pieces and dashes of a line', () => {
  it('a piece goes on over the place where the line begins', () => {
    const [piece, ...more] = piecesWhere(SQUARE, (n) => n !== 2);
    expect(more).toEqual([]);
    expect(piece).toEqual({
      places: Float64Array.from([0, 10, 0, 0, 10, 0]),
      carried: Float64Array.from([3, 3, 3, 0, 0, 0, 1, 1, 1]),
      closed: false,
    });
    expect(piecesWhere(SQUARE, () => true)).toEqual([SQUARE]);
    expect(piecesWhere(SQUARE, (n) => n === 1)).toEqual([]);
  });

  it('a rounded hexagon is nearly a circle of the same area in the same place', () => {
    const places = Float64Array.from({ length: 12 }, (_, n) => {
      const angle = (Math.PI / 3) * Math.floor(n / 2);
      return n % 2 === 0 ? 40 + 6 * Math.cos(angle) : -20 + 6 * Math.sin(angle);
    });
    const round = rounded({ places, carried: places, closed: true }).places;
    // a hexagon of side 6
    expect(areaOf(round)).toBeCloseTo(1.5 * Math.sqrt(3) * 36, 6);
    expect(middleOf(round)[0]).toBeCloseTo(40, 9);
    expect(middleOf(round)[1]).toBeCloseTo(-20, 9);
    const radius = Math.sqrt((1.5 * Math.sqrt(3) * 36) / Math.PI);
    for (let n = 0; n < round.length; n += 2)
      expect(Math.abs(Math.hypot(round[n]! - 40, round[n + 1]! + 20) / radius - 1)).toBeLessThan(0.04);
  });

  it('dashes have their share of the line and go round its corners', () => {
    // 40 mm are 10 periods of 4: 6 mm of ten drawn
    expect(lengthOf(dashes(SQUARE, [2.4, 1.6]))).toBeCloseTo(24, 9);
    // periods that do not fit are stretched: 40 / 7.1 is nearest to 6 of them
    const stretched = dashes(SQUARE, [4.1, 3]);
    expect(lengthOf(stretched)).toBeCloseTo((40 * 4.1) / 7.1, 9);
    for (const [x, y, u, v] of stretched) expect(x === u || y === v).toBe(true);
  });
});
