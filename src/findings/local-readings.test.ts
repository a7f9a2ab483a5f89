import { describe, expect, it } from 'vitest';
import { cellCount, type Grid, nodeCount } from '../base/grid.ts';
import type { Press } from '../press/press.ts';
import type { Corridor } from '../voxel/model.ts';
import { corridorElongation, corridorPeak, softShare } from './corridor-peak.ts';
import { membraneTension } from './membrane-tension.ts';
import { alongVessel } from './vessels.ts';

const cellsWhere = (grid: Grid, holds: (i: number, j: number, k: number) => boolean): Uint32Array => {
  const [nx, ny] = grid.size;
  return Uint32Array.from(
    Array.from({ length: cellCount(grid) }, (_, c) => c).filter((c) =>
      holds(c % nx, Math.floor(c / nx) % ny, Math.floor(c / (nx * ny))),
    ),
  );
};

describe('the pull in the belly wall', () => {
  // 400 mm wide and long
  const grid: Grid = { origin: [-200, 0, -100], spacing: 10, size: [40, 20, 40] };
  const at = [30, 0, 60] as const;
  const THICK = 15;
  type Matrix = readonly [readonly number[], readonly number[], readonly number[]];
  type Stress = (x: number, z: number) => Matrix;
  const unit = (v: readonly number[]) => v.map((x) => x / Math.hypot(...v));
  const cross = (a: readonly number[], b: readonly number[]) =>
    [0, 1, 2].map((d) => a[(d + 1) % 3]! * b[(d + 2) % 3]! - a[(d + 2) % 3]! * b[(d + 1) % 3]!);
  /** In a sheet that rises by a and b along x and z: axes across, through it and up the body. */
  const axesOf = (a: number, b: number) => {
    const through = unit([-a, 1, -b]);
    const across = unit(cross(through, [0, 0, 1]));
    return [across, through, cross(across, through)] as const;
  };
  /** Matrix with those axes and these values. */
  const along = (axes: ReturnType<typeof axesOf>, values: readonly number[]): Matrix =>
    [0, 1, 2].map((r) => [0, 1, 2].map((c) => axes.reduce((s, e, n) => s + values[n]! * e[r]! * e[c]!, 0))) as never;
  const none = along(axesOf(0, 0), [1, 1, 1]);
  const sheet = (
    stress: Stress,
    { a = 0, b = 0, F = none, holds = (_i: number, _k: number): boolean => true } = {},
  ) => {
    const cells: number[] = [];
    const fraction: number[] = [];
    const field = new Float32Array(6 * cellCount(grid));
    const high = THICK * Math.hypot(a, 1, b);
    for (let k = 0; k < 40; k++)
      for (let j = 0; j < 20; j++)
        for (let i = 0; i < 40; i++) {
          const [x, z] = [-195 + 10 * i, -95 + 10 * k];
          const middle = 100 + a * (x - at[0]) + b * (z - at[2]);
          const [from, to] = [Math.max(middle - high / 2, 10 * j), Math.min(middle + high / 2, 10 * j + 10)];
          if (to <= from || !holds(i, k)) continue;
          const cell = i + 40 * (j + 20 * k);
          cells.push(cell);
          fraction.push((to - from) / 10);
          const s = stress(x, z);
          field.set([s[0][0]!, s[1][1]!, s[2][2]!, s[0][1]!, s[1][2]!, s[0][2]!], 6 * cell);
        }
    const displacement = new Float32Array(3 * nodeCount(grid));
    for (let k = 0, n = 0; k <= 40; k++)
      for (let j = 0; j <= 20; j++)
        for (let i = 0; i <= 40; i++, n += 3) {
          const X = [-200 + 10 * i, 10 * j, -100 + 10 * k];
          for (let r = 0; r < 3; r++) displacement[n + r] = F[r]!.reduce((s, f, c) => s + f * X[c]!, 0) - X[r]!;
        }
    const press = { model: { grid }, placed: { at }, fields: { stress: field, displacement } } as unknown as Press;
    return membraneTension(press, { cells: Uint32Array.from(cells), fraction: Float32Array.from(fraction) });
  };

  it.each([
    ['level', 0, 0],
    ['tilted to the side', 0.6, 0],
    ['tilted to the head', 0, -0.4],
    ['tilted both ways', 0.4, 0.3],
  ])('is stress times thickness in its plane, whatever squeezes it: a sheet %s', (_, a, b) => {
    const axes = axesOf(a, b);
    // 40 kPa across and 20 kPa up and down on 15 mm
    for (const squeeze of [0, 40, 200]) {
      const pull = sheet(() => along(axes, [40, -squeeze, 20]), { a, b })!;
      // of a slanted sheet on cells of 10 mm, the middle of a column is known to a millimetre
      expect(Math.abs(pull.transverse / 0.6 - 1), `${squeeze} kPa`).toBeLessThan(a === 0 && b === 0 ? 1e-6 : 0.02);
      expect(Math.abs(pull.longitudinal / 0.3 - 1), `${squeeze} kPa`).toBeLessThan(a === 0 && b === 0 ? 1e-6 : 0.02);
    }
  });

  it.each([
    ['level', 0, 0],
    ['tilted', 0.4, 0.3],
  ])('is per width at rest of a sheet that is stretched and squeezed thin: %s', (_, a, b) => {
    const axes = axesOf(a, b);
    const F = along(axes, [1.2, 0.6, 1.1]);
    const pull = sheet(() => along(axes, [40, -100, 20]), { a, b, F })!;
    // a strip 1 mm wide at rest is 1.1 or 1.2 mm wide now, and 9 mm thick
    const off = a === 0 ? 1e-5 : 0.02;
    expect(Math.abs(pull.transverse / (40 * 1.1 * 9e-3) - 1)).toBeLessThan(off);
    expect(Math.abs(pull.longitudinal / (20 * 1.2 * 9e-3) - 1)).toBeLessThan(off);
  });

  const level = along(axesOf(0, 0), [20, 0, 20]);
  const nothing = along(axesOf(0, 0), [0, 0, 0]);
  const force = (holds: (x: number, z: number) => boolean) => sheet((x, z) => (holds(x, z) ? level : nothing));

  it('is the mean over a disc: a column alone is one of five', () => {
    // at 10 mm a disc of 12 mm is a cell and its four neighbours
    expect(force((x, z) => x === 35 && z === 65)!.transverse).toBeCloseTo(0.3 / 5, 6);
  });

  it.each([
    ['left', 1, 0],
    ['right', -1, 0],
    ['head', 0, 1],
    ['feet', 0, -1],
  ])('is read within 80 mm of the aimed point: towards %s', (_, dx, dz) => {
    const strip = (from: number) => (x: number, z: number) => (x - at[0]) * dx + (z - at[2]) * dz > from;
    // the last disc that counts lies 75 mm from it and reaches one column further, to 85 mm
    expect(force(strip(70))!.longitudinal).toBeCloseTo(0.3 * (4 / 5), 6);
    expect(force(strip(80))!.longitudinal).toBeCloseTo(0.3 / 5, 6);
    expect(force(strip(90))!.longitudinal).toBe(0);
  });

  it('is nothing where no wall faces the tool, and leaves out discs that are hardly filled', () => {
    const where = (holds: (i: number, k: number) => boolean) => sheet(() => level, { holds });
    expect(where((i) => i < 5)).toBeUndefined();
    // a wall one column wide fills three of the five columns of a disc: just enough, and its own mean
    expect(where((i) => i === 22)!.transverse).toBeCloseTo(0.3, 6);
    expect(where((i, k) => i === 22 && k % 3 === 0)).toBeUndefined();
  });
});

describe('a nerve or ureter', () => {
  const grid: Grid = { origin: [-40, -30, 0], spacing: 5, size: [16, 12, 30] };
  const [nx, ny, nz] = grid.size;
  const course = (points: readonly (readonly [number, number, number])[], spread = 0.01): Corridor => ({
    structure: 'femoral_nerve',
    side: 'left',
    points: Float64Array.from(points.flat()),
    spread,
    evidence: [],
  });
  const straight = course([[0, 0, 10], [0, 0, 140]]); // biome-ignore format: one line
  /** Displacement of each node. */
  const moved = (u: (x: number, y: number, z: number) => readonly [number, number, number]): Float32Array => {
    const field = new Float32Array(3 * nodeCount(grid));
    for (let k = 0, n = 0; k <= nz; k++)
      for (let j = 0; j <= ny; j++)
        for (let i = 0; i <= nx; i++, n += 3) field.set(u(-40 + 5 * i, -30 + 5 * j, 5 * k), n);
    return field;
  };

  const longer = (corridor: Corridor, u: Parameters<typeof moved>[0]) => {
    const { sliding, stuck } = corridorElongation(grid, corridor, moved(u))!;
    return { sliding: sliding.median, stuck: stuck.median };
  };

  it('gets longer by as much as its bed along it, not across; evenly, whether it slides or not', () => {
    const even = longer(straight, (_x, _y, z) => [0, 0, 0.07 * z]);
    expect(even.sliding).toBeCloseTo(7, 3);
    expect(even.stuck).toBeCloseTo(7, 3);
    const across = longer(straight, (x, y) => [0.07 * x, 0.07 * y, 0]);
    expect(across.sliding).toBeCloseTo(0, 6);
    expect(across.stuck).toBeCloseTo(0, 6);
  });

  it('that slides spreads over its whole course what one that is stuck bears over 30 mm', () => {
    // 10 mm of a bed of 130 mm by a fifth: 2 mm more
    const local = longer(straight, (_x, _y, z) => [0, 0, 0.2 * Math.min(Math.max(z - 60, 0), 10)]);
    expect(local.sliding).toBeCloseTo((100 * 2) / 130, 3);
    expect(local.stuck).toBeCloseTo((100 * 2) / 30, 2);
    // what is stretched here is slack there: nothing for one that slides
    const pulled = longer(straight, (_x, _y, z) => [
      0,
      0,
      Math.min(Math.max(z - 60, 0), 20) * 0.1 - Math.min(Math.max(z - 90, 0), 20) * 0.1,
    ]);
    expect(pulled.sliding).toBeCloseTo(0, 3);
    expect(pulled.stuck).toBeCloseTo((100 * 2) / 30, 2);
    // bent aside by a push, 20 mm over 120: both get longer, the free one by the whole detour
    const bent = longer(straight, (_x, _y, z) => [0, Math.max(0, 20 - Math.abs(z - 75) / 3), 0]);
    const detour = 120 * Math.hypot(1, 1 / 3) + 10;
    expect(bent.sliding).toBeCloseTo(100 * (detour / 130 - 1), 1);
    expect(bent.stuck).toBeCloseTo(100 * (Math.hypot(1, 1 / 3) - 1), 1);
  });

  it('never bears it over less than 30 mm, not at its ends either', () => {
    // the first ten millimetres are a third of the first thirty
    const first = longer(straight, (_x, _y, z) => [0, 0, 0.1 * Math.min(Math.max(z - 10, 0), 10)]);
    expect(first.stuck).toBeCloseTo(100 / 30, 2);
    for (const [from, to] of [
      [10, 40],
      [110, 140],
    ] as const) {
      const end = longer(straight, (_x, _y, z) => [0, 0, 0.1 * Math.min(Math.max(z - from, 0), to - from)]);
      expect(end.stuck, `${from}`).toBeCloseTo(10, 2);
    }
  });

  it('is not spoken of where it is shorter than that', () => {
    const rest = moved(() => [0, 0, 0]);
    expect(corridorElongation(grid, course([[0, 0, 10], [0, 0, 39]]), rest)).toBeUndefined(); // biome-ignore format: one line
    expect(corridorElongation(grid, course([[0, 0, 10], [0, 0, 42]]), rest)!.stuck.median).toBeCloseTo(0, 6); // biome-ignore format: one line
  });

  it.each([
    [
      'along the body',
      [
        [0, 0, 30],
        [0, 0, 110],
      ],
      [1, 1, 0],
    ],
    [
      'across it',
      [
        [-30, 0, 70],
        [30, 0, 70],
      ],
      [0, 1, 1],
    ],
    [
      'at a slant',
      [
        [-20, 0, 40],
        [20, 0, 80],
      ],
      [0, 1, 0],
    ],
  ] as const)('varies at right angles to its course: %s', (_, points, off) => {
    // biome-ignore format: one table
    // the value across is the distance itself: what people have spreads by 1.31 of a spread to either side on these rings
    const corridor = course(points, 6);
    const soft = new Float32Array(cellCount(grid)).fill(1);
    for (let axis = 0; axis < 3; axis++) {
      if (off[axis] !== 1) continue;
      const field = Float32Array.from({ length: cellCount(grid) }, (_each, c) => {
        const cell = [c % nx, Math.floor(c / nx) % ny, Math.floor(c / (nx * ny))][axis]!;
        return grid.origin[axis]! + 5 * (cell + 0.5);
      });
      const { p5, median, p95 } = corridorPeak(grid, corridor, field, soft)!;
      const middle = points[0][axis]!;
      expect(median, `axis ${axis}`).toBeCloseTo(middle, 3);
      expect(p95 - median).toBeGreaterThan(1.1 * 6);
      expect(p95 - median).toBeLessThan(1.9 * 6);
      expect(median - p5).toBeCloseTo(p95 - median, 3);
    }
  });

  it('reads between the middles of cells, in all three directions, and at the border what is left', () => {
    const soft = new Float32Array(cellCount(grid)).fill(1);
    const field = Float32Array.from({ length: cellCount(grid) }, (_each, c) => {
      const [i, j, k] = [c % nx, Math.floor(c / nx) % ny, Math.floor(c / (nx * ny))];
      return 100 + 3 * (-40 + 5 * (i + 0.5)) + 7 * (-30 + 5 * (j + 0.5)) + 0.5 * 5 * (k + 0.5);
    });
    const peak = corridorPeak(grid, course([[3.7, -8.2, 20], [3.7, -8.2, 80]], 1e-6), field, soft)!; // biome-ignore format: one line
    // the highest 10 mm of it are the last ones: their middle is at z = 75
    expect(peak.median).toBeCloseTo(100 + 3 * 3.7 + 7 * -8.2 + 0.5 * 75, 3);
    const border = corridorPeak(grid, course([[0, 0, 149], [0, 0, 149.5]], 1e-6), field, soft)!; // biome-ignore format: one line
    expect(border.median).toBeCloseTo(100 + 0.5 * 147.5, 3);
  });

  it('lies in soft tissue by what is not bone of a cell', () => {
    const fill = Float32Array.of(1, 0.5, 1, 1);
    const cells = (...list: number[]) => Uint32Array.from(list);
    const part = (tissue: string, at: number[], f: number[]) => ({
      tissue,
      cells: cells(...at),
      fraction: Float32Array.from(f),
    });
    const parts = [part('bone', [0, 1], [0.25, 0.75]), part('bone', [0], [0.5]), part('muscle', [2], [1])];
    expect([...softShare({ fill, parts } as never)]).toEqual([0.25, 0, 1, 1]);
  });
});

describe('the pressure along a vessel', () => {
  // two cells wide, along x this time
  const grid: Grid = { origin: [0, 0, 0], spacing: 5, size: [40, 3, 3] };
  const cells = cellsWhere(grid, (_, j, k) => j === 1 && k === 1);
  const set = { cells, fraction: new Float32Array(cells.length).fill(1) };

  it('is a mean over 20 mm, every half cell, whatever way the vessel runs', () => {
    const field = new Float32Array(cellCount(grid));
    for (const c of cells) field[c] = c % 40 === 20 ? 8 : 0;
    const { values, step } = alongVessel(grid, set, field)!;
    expect(step).toBe(2.5);
    // 200 mm less one window, every 2.5 mm
    expect(values).toHaveLength((200 - 20) / 2.5 + 1);
    // windows that end on the middles of cells hold five of them, those between hold four
    expect(Math.max(...values)).toBeCloseTo(2, 6);
    expect([...new Set(values.map((v) => v.toFixed(6)))].sort()).toEqual(['0.000000', '1.600000', '2.000000']);
    expect(values.filter((v) => v > 0)).toHaveLength(9);
  });

  it('leaves out stretches with less than a tenth of the usual volume', () => {
    const thin = Float32Array.from(cells, (c) => (c % 40 >= 30 ? 0.01 : 1));
    const field = new Float32Array(cellCount(grid)).fill(1);
    for (const c of cells) if (c % 40 >= 30) field[c] = 50;
    const { values } = alongVessel(grid, { cells, fraction: thin }, field)!;
    expect(Math.max(...values)).toBeLessThan(6);
    expect(values.length).toBeLessThan(66);
    expect(values.length).toBeGreaterThan(55);
  });
});
