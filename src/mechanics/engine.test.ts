import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { seededRandom } from '../base/random.ts';
import type { Engine, EngineSetup, LinearisedContact } from './engine.ts';
import type { FibreCells } from './fibre-levels.ts';
import { cutPlanes, layOut } from './kernels/layout.ts';
import { WasmEngine } from './kernels/wasm-engine.ts';
import type { MechanicalProblem } from './problem.ts';
import { ReferenceEngine } from './reference-engine.ts';
import { coarsenSprings, type Springs } from './springs.ts';

/** A lump with ragged edges and holes in a box whose sides are no multiples of 4: blocks are cut, rows and planes differ. */
function lump(
  kind: EngineSetup['kind'],
  size: readonly [number, number, number],
  threads = 1,
  springs = 0,
  fibres = 0,
): EngineSetup {
  const [nx, ny, nz] = size;
  const random = seededRandom(11);
  const cells = nx * ny * nz;
  const active = new Uint8Array(cells);
  const indexOf = new Int32Array(cells).fill(-1);
  let count = 0;
  for (let c = 0; c < cells; c++) {
    const [i, j, k] = [c % nx, Math.floor(c / nx) % ny, Math.floor(c / (nx * ny))];
    const r = Math.hypot((2 * i + 1) / nx - 1, (2 * j + 1) / ny - 1, nz > 1 ? (2 * k + 1) / nz - 1 : 0);
    if (r < 1.15 && random() > 0.04) {
      active[c] = 1;
      indexOf[c] = count++;
    }
  }
  const per = (f: () => number): Float64Array => Float64Array.from({ length: count }, f);
  const fill = per(() => 0.1 + 0.9 * random());
  const mu = per(() => 2 + 8 * random()).map((m, e) => m * fill[e]!);
  const bulk = per(() => 500 + 500 * random());
  const nodes = (nx + 1) * (ny + 1) * (nz + 1);
  const fixed = new Uint8Array(nodes);
  const ground = new Float64Array(nodes);
  for (let n = 0; n < nodes; n++) {
    if (n < (nx + 1) * (ny + 1)) fixed[n] = 4 + (n % 5 === 0 ? 3 : 0);
    // a little everywhere: a corner that hangs on nothing would make the coarse matrix singular
    ground[n] = n % 17 === 3 ? 200 * random() : 1;
  }
  // springs belong to cells
  const used = new Uint8Array(nodes);
  for (let c = 0; c < cells; c++) {
    const corner = (c % nx) + (nx + 1) * ((Math.floor(c / nx) % ny) + (ny + 1) * Math.floor(c / (nx * ny)));
    if (active[c] === 1)
      for (let n = 0; n < 8; n++) used[corner + (n & 1) + (nx + 1) * (((n >> 1) & 1) + (ny + 1) * (n >> 2))] = 1;
  }
  for (let n = 0; n < nodes; n++) ground[n] = ground[n]! * used[n]!;
  const held: number[] = [];
  for (let c = 0; c < cells; c++) if (active[c] === 1 && c % 13 === 0) held.push(c);
  return {
    size,
    h: 4,
    active,
    indexOf,
    count,
    fixed,
    driven: Float64Array.from({ length: 3 * nodes }, (_, i) => (i % 10 === 0 ? 0.01 : 0)),
    ground,
    kind,
    mu,
    a: per(() => (kind === 'stiffening' ? 2 * random() : 0)),
    kVol: mu.map((m, e) => (e % 7 === 0 && e % 5 !== 0 ? 0 : 50 * m)),
    // some cells are half a lumen under pressure, some are all fluid
    bulk: bulk.map((k, e) => (e % 5 === 0 ? 0.5 : e % 7 === 0 ? 0 : 1) * k * fill[e]!),
    lumenPressure: per(() => 0).map((_, e) => (e % 5 === 0 ? -1.5 * fill[e]! : 0)),
    fill,
    pointCell: Int32Array.from(held.flatMap((c) => [c % nx, Math.floor(c / nx) % ny, Math.floor(c / (nx * ny))])),
    pointPlace: Float64Array.from({ length: 3 * held.length }, () => random()),
    springs,
    fibres: fibresIn(held, size, fibres),
    memory: 3,
    threads,
  };
}

/** Fibres of three families in some cells, several in one, in all directions. */
function fibresIn(held: readonly number[], [nx, ny]: readonly number[], count: number): FibreCells {
  const random = seededRandom(23);
  const of = Array.from({ length: count }, (_, s) => held[(3 * (s >> 1)) % held.length]!);
  const along = of.flatMap(() => {
    const v = [random() - 0.5, random() - 0.5, random() - 0.5];
    return v.map((x) => x / Math.hypot(...v));
  });
  return {
    count,
    cell: Int32Array.from(of.flatMap((c) => [c % nx!, Math.floor(c / nx!) % ny!, Math.floor(c / (nx! * ny!))])),
    place: Float64Array.from({ length: 3 * count }, () => random()),
    along: Float64Array.from(along),
    volume: Float64Array.from(of, () => 20 * random()),
    family: Int32Array.from(of, (_, s) => s % 3),
  };
}

function contactOf(setup: EngineSetup): LinearisedContact {
  const random = seededRandom(5);
  const points = Int32Array.from({ length: setup.pointPlace.length / 3 }, (_, s) => s).filter((s) => s % 2 === 0);
  // along a vector, and a little in all directions
  const stiffness = Array.from(points, () => {
    const [x, y, z] = [random() - 0.5, random() - 0.5, random() - 0.5];
    const k = 300 * random();
    return [k * x * x + 5, k * y * y + 5, k * z * z + 5, k * x * y, k * x * z, k * y * z];
  });
  const { count } = setup.fibres;
  // slack ones among them
  const tangents = Array.from({ length: count }, (_, s) => {
    const [x, y, z] = [random() - 0.5, random() - 0.5, random() - 0.5];
    const k = s % 4 === 1 ? 0 : 4000 * random();
    const p = s % 4 === 1 ? 0 : 50;
    return [k * x * x + p, k * y * y + p, k * z * z + p, k * x * y, k * x * z, k * y * z];
  });
  return {
    points,
    stiffness: Float64Array.from(stiffness.flat()),
    ...(setup.springs > 0 && { springs: springsOf(setup) }),
    ...(count > 0 && { fibres: Float64Array.from(tangents.flat()) }),
  };
}

/** Springs between pairs of the lump's contact points, of neighbours and of points far apart, along a vector or in all directions. */
function springsOf({ springs: count, pointCell, pointPlace }: EngineSetup): Springs {
  const random = seededRandom(7);
  const ends = pointPlace.length / 3;
  const cell: number[] = [];
  const place: number[] = [];
  const stiffness: number[] = [];
  for (let s = 0; s < count; s++) {
    const first = s % ends;
    for (const end of [first, s % 3 === 0 ? (first + 1) % ends : ends - 1 - first])
      for (let c = 0; c < 3; c++) {
        cell.push(pointCell[3 * end + c]!);
        // a little outside of the cell as well
        place.push(pointPlace[3 * end + c]! * 1.2 - 0.1);
      }
    const [x, y, z] = [random() - 0.5, random() - 0.5, random() - 0.5];
    const k = 200 * random();
    stiffness.push(k * x * x + (s % 4), k * y * y + (s % 4), k * z * z + (s % 4), k * x * y, k * x * z, k * y * z);
  }
  return {
    count,
    cell: Int32Array.from(cell),
    place: Float64Array.from(place),
    stiffness: Float64Array.from(stiffness),
  };
}

/** Smooth displacement with strains of some ten per cent, as a press has. */
function bend(setup: EngineSetup): Float64Array {
  const [nx, ny, nz] = setup.size.map((n) => n + 1) as [number, number, number];
  const u = new Float64Array(3 * nx * ny * nz);
  for (let n = 0; n < nx * ny * nz; n++) {
    const [x, y, z] = [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))];
    u[n] = 0.6 * Math.sin(0.5 * x + 0.3 * y);
    u[n + nx * ny * nz] = 0.5 * Math.cos(0.4 * y - 0.5 * z);
    u[n + 2 * nx * ny * nz] = 0.7 * Math.sin(0.3 * x - 0.6 * y + 0.4 * z);
  }
  return u;
}

/** Takes three steps as the solver does and returns all that an engine shows. */
function play(engine: Engine, setup: EngineSetup): { numbers: number[]; fields: Float64Array[] } {
  const contact = contactOf(setup);
  const { count } = setup.fibres;
  const fibres = Int32Array.from({ length: count }, (_, s) => setup.pointPlace.length / 3 + s);
  const pulls = Float64Array.from({ length: 3 * count }, (_, i) => 20 * ((i % 5) - 2));
  const numbers: number[] = [];
  const fields: Float64Array[] = [];
  const show = (): void => {
    const u = new Float64Array(3 * setup.size.reduce((n, s) => n * (s + 1), 1));
    engine.readDisplacement(u);
    fields.push(u);
  };
  engine.writeDisplacement(bend(setup));
  const v = engine.volume();
  numbers.push(v.error, v.minJ);
  engine.updateVolume();
  for (const cell of [0, setup.count - 1]) numbers.push(engine.pressureMultiplier(cell), engine.volumePenalty(cell));
  const forces = Float64Array.from({ length: 3 * contact.points.length }, (_, i) => (i % 7) - 3);
  engine.drive(3);
  numbers.push(engine.energy(), ...Object.values(engine.support([0.3, -0.5, 0.8])));
  engine.addForces(contact.points, contact.points.length, forces);
  engine.addForces(fibres, count, pulls);
  engine.updatePreconditioner(contact);
  for (let i = 0; i < 5; i++) {
    numbers.push(engine.search());
    numbers.push(engine.energy(0.7), ...Object.values(engine.support([0.3, -0.5, 0.8])));
    engine.addForces(contact.points, contact.points.length, forces);
    engine.addForces(fibres, count, pulls);
    numbers.push(engine.slope());
    const moved = new Float64Array(3 * contact.points.length);
    engine.displacementOf(contact.points, contact.points.length, moved);
    fields.push(moved);
    if (count > 0) {
      const slopes = new Float64Array(3 * count);
      engine.displacementOf(fibres, count, slopes);
      fields.push(slopes.map((v) => setup.h * v));
    }
    engine.accept();
    show();
    if (i === 3) {
      // half of the points let go: the rest of the preconditioner stays as it was frozen
      const half = contact.points.length >> 1;
      const { points, stiffness } = contact;
      engine.updateContactStiffness({ points: points.subarray(0, half), stiffness: stiffness.subarray(0, 6 * half) });
    }
    if (i === 2) {
      const state = engine.save();
      engine.extrapolate({ ...state, u: state.u.map((x) => 0.9 * x) }, state, 0.1);
      numbers.push(engine.energy());
      engine.load(state);
      engine.energy();
      engine.addForces(contact.points, contact.points.length, forces);
      engine.addForces(fibres, count, pulls);
    }
  }
  return { numbers, fields };
}

const SIZES = [
  [13, 10, 9],
  [22, 7, 17],
  [6, 5, 1],
  [1, 9, 8],
] as const;

describe.each([
  ['stiffening', 0, 0],
  ['neo-hookean', 0, 0],
  ['stiffening', 40, 0],
  ['stiffening', 0, 50],
  ['neo-hookean', 40, 50],
] as const)('the WebAssembly engine against the reference, %s, %i springs, %i fibres', (kind, springs, fibres) => {
  it.each(SIZES)('gives its energies, forces, volumes and steps on %i × %i × %i cells', (...size) => {
    const setup = (): EngineSetup => lump(kind, size, 1, springs, fibres);
    const a = play(new ReferenceEngine(setup()), setup());
    const b = play(new WasmEngine(setup()), setup());
    // f32 has 6e-8 a number; the steps go through V-cycles of an operator whose condition costs some digits
    a.numbers.forEach((v, i) => {
      expect(
        Math.abs(b.numbers[i]! - v) / Math.max(Math.abs(v), 1e-3 * Math.abs(a.numbers[6]!)),
        `number ${i}`,
      ).toBeLessThan(5e-4);
    });
    a.fields.forEach((field, f) => {
      const scale = field.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
      expect(scale).toBeGreaterThan(0.1);
      let worst = 0;
      // the reference keeps what was written at nodes without a cell; the other does not store them
      for (let i = 0; i < field.length; i++)
        if (b.fields[f]![i] !== 0) worst = Math.max(worst, Math.abs(field[i]! - b.fields[f]![i]!));
      expect(worst / scale, `field ${f}`).toBeLessThan(1e-4);
    });
  });
});

describe.each(['stiffening', 'neo-hookean'] as const)('cells about to fold, %s', (kind) => {
  it('are held back alike by both engines', () => {
    const size = [13, 10, 9] as const;
    const setup = lump(kind, size);
    // neighbours pushed apart and together by a third of an edge: mean volumes stay, corners turn inside out
    const u = bend(setup).map((v, i, { length }) => {
      const n = i % (length / 3);
      const [x, y, z] = [n % 14, Math.floor(n / 14) % 11, Math.floor(n / 154)];
      return 0.5 * v + 1.4 * ((x + y + z) % 2 === 0 ? 1 : -1);
    });
    const read = (engine: Engine): number[] => {
      engine.writeDisplacement(u);
      const numbers = [engine.energy()];
      engine.updatePreconditioner({ points: new Int32Array(0), stiffness: new Float64Array(0) });
      return [...numbers, engine.search(), engine.energy(0.02), engine.slope()];
    };
    const a = read(new ReferenceEngine(lump(kind, size)));
    const b = read(new WasmEngine(lump(kind, size)));
    expect(Number.isFinite(a[0])).toBe(true);
    a.forEach((v, i) => {
      expect(Math.abs(b[i]! / v - 1), `number ${i}`).toBeLessThan(5e-4);
    });
  });
});

describe('a state that has gone astray', () => {
  it.each([WasmEngine, ReferenceEngine])('spoils no later preconditioner: %o', (Made) => {
    const setup = lump('stiffening', [7, 6, 5]);
    const engine = new Made(setup);
    const slope = (u: Float64Array): number => {
      engine.writeDisplacement(u);
      engine.energy();
      engine.updatePreconditioner(contactOf(setup));
      return engine.search();
    };
    const u = bend(setup);
    slope(u);
    slope(u.map(() => Number.NaN));
    // what it begins with then is not what the last one left: the same but for an estimate of the largest eigenvalue
    slope(u);
    expect(slope(u)).toBeLessThan(0);
  });
});

describe('threads', () => {
  // workers cannot run TypeScript: the built package is what is tested, npm test builds it first
  const built = async <T>(path: string): Promise<T> =>
    (await import(new URL(`../../dist/${path}`, import.meta.url).href)) as T;

  it.each([
    [2, 0, 0],
    [3, 0, 0],
    [3, 60, 0],
    [3, 60, 90],
  ])('%i give the same bits as one, with %i springs and %i fibres', async (threads, springs, fibres) => {
    const { WasmEngine: Built } = await built<{ WasmEngine: typeof WasmEngine }>('mechanics/kernels/wasm-engine.js');
    const { allowNodeThreads } = await built<{ allowNodeThreads: () => void }>('mechanics/kernels/threads.node.js');
    const size = [22, 18, 27] as const;
    const setup = (members = 1): EngineSetup => lump('stiffening', size, members, springs, fibres);
    const single = new Built(setup());
    const one = play(single, setup());
    const oneAgain = play(single, setup());
    allowNodeThreads();
    const engine = new Built(setup(threads));
    while (engine.threads < threads) await sleep(20);
    const many = play(engine, setup());
    expect(many.numbers).toEqual(one.numbers);
    expect(many.fields).toEqual(one.fields);
    // a later engine takes the helpers over; the earlier one goes on alone
    const later = new Built(setup(threads));
    expect(engine.threads).toBe(1);
    expect(play(engine, setup())).toEqual(oneAgain);
    while (later.threads < threads) await sleep(20);
    expect(play(later, setup()).numbers).toEqual(one.numbers);
  });

  it('share all planes, each once', () => {
    const { size, active, fixed } = lump('stiffening', [13, 10, 9]);
    const layout = layOut({ size, h: 4, active, fixed, kept: 0 });
    for (const n of [1, 2, 3, 8, 16]) {
      const cuts = cutPlanes(layout, n);
      expect(cuts).toHaveLength(n + 1);
      expect([cuts[0], cuts[n]]).toEqual([0, 10]);
      for (let t = 0; t < n; t++) expect(cuts[t + 1]).toBeGreaterThanOrEqual(cuts[t]!);
    }
  });
});

describe('springs on coarser levels', () => {
  it('those between the same two cells become one: stiffness and its moments are kept', () => {
    const setup = lump('stiffening', [13, 10, 9], 1, 40);
    const fine = springsOf(setup);
    const coarse = coarsenSprings(coarsenSprings(fine, 2, setup.size), 0, [7, 10, 5]);
    expect(coarse.count).toBeLessThan(fine.count);
    const moments = ({ count, cell, place, stiffness: K }: Springs, edges: readonly number[]): number[] => {
      const sum = new Array<number>(12).fill(0);
      for (let s = 0; s < count; s++)
        for (let c = 0; c < 6; c++) {
          sum[c] = sum[c]! + K[6 * s + c]!;
          const trace = K[6 * s]! + K[6 * s + 1]! + K[6 * s + 2]!;
          sum[6 + c] = sum[6 + c]! + trace * edges[c % 3]! * (cell[6 * s + c]! + place[6 * s + c]!);
        }
      return sum;
    };
    const kept = moments(coarse, [4, 2, 4]);
    moments(fine, [1, 1, 1]).forEach((v, i) => {
      expect(kept[i]! / v, `moment ${i}`).toBeCloseTo(1, 12);
    });
  });
});

it('the module in the package is the one that the source compiles to', () => {
  const script = fileURLToPath(new URL('../../scripts/build-kernels.mjs', import.meta.url));
  expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'ignore' })).not.toThrow();
});

describe('the choice of an engine', () => {
  it('a failure of the kernels is heard of; only without WebAssembly the reference takes over', async () => {
    vi.resetModules();
    const real = WebAssembly.Instance;
    const memory = vi.spyOn(WebAssembly, 'Instance').mockImplementation(() => {
      throw new RangeError('WebAssembly.Instance(): Out of memory');
    });
    const { Solver } = await import('./solver.ts');
    expect(() => new Solver(tinyProblem())).toThrow('Out of memory');
    memory.mockRestore();
    expect(WebAssembly.Instance).toBe(real);
    expect(new Solver(tinyProblem()).engine.backend).toBe('wasm-simd-f32');
    vi.resetModules();
    const valid = vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
    const { Solver: Poor } = await import('./solver.ts');
    expect(new Poor(tinyProblem()).engine.backend).toBe('typescript-f64');
    valid.mockRestore();
  });
});

/** Two soft cells on a bonded base, and nothing that touches them. */
const tinyProblem = (): MechanicalProblem => ({
  grid: { origin: [0, 0, 0], spacing: 10, size: [2, 1, 1] },
  fill: [1, 1],
  mu: [5, 5],
  law: { kind: 'stiffening', stiffening: [1, 1], bulk: [1000, 1000] },
  fixed: new Uint8Array(12).fill(7, 0, 6),
  surface: { points: new Float64Array(0), areas: new Float64Array(0) },
  bodies: [],
  direction: [0, 0, -1],
});
