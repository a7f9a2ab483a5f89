import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../base/grid.ts';
import { cross, dot, minus } from '../base/vec.ts';
import { evaluateLaw } from '../mechanics/law.ts';
import { gridNeutral, parseNeutral } from '../mechanics/neutral.ts';
import { inWholeEnglish } from '../messages/english.ts';
import { materialTable } from '../press/materials.ts';
import { HELD, NOTHING, twinOf } from '../press/twin.ts';
import { syntheticPress, syntheticResult } from '../report/synthetic-press.test-data.ts';
import { faultsOf } from './feb-format.test-data.ts';
import { childOf, childrenOf, numbersOf, readXml, type Xml } from './read-xml.test-data.ts';
import { feb, inp, twinProblem, twinRemarks } from './twin-files.ts';

const press = syntheticPress();
const twin = twinOf(press, { contents: 0.2 });
const remarks = twinRemarks(inWholeEnglish, twin, syntheticResult(press).manifest);
const source = feb(twin, remarks);
const file = readXml(source);
const floored = { ...twin, floor: 200 };

/** Places of a file's nodes, and corners of its cubes by part. */
interface Mesh {
  readonly at: ReadonlyMap<number, readonly number[]>;
  readonly cubes: ReadonlyMap<string, readonly (readonly number[])[]>;
}

function febMesh(root: Xml): Mesh {
  const mesh = childOf(root, 'Mesh');
  const nodes = childrenOf(mesh, 'Nodes').flatMap((set) => childrenOf(set, 'node'));
  return {
    at: new Map(nodes.map((node) => [Number(node.attributes.id), numbersOf(node.text)])),
    cubes: new Map(
      childrenOf(mesh, 'Elements')
        .filter(({ attributes }) => attributes.type === 'hex8' && attributes.name !== 'part_floor')
        .map((part) => [part.attributes.name!.replace('part_', ''), part.children.map(({ text }) => numbersOf(text))]),
    ),
  };
}

/** Blocks of a CalculiX deck: the keyword line, and the data lines under it. */
const deckOf = (text: string): { head: string; lines: string[] }[] =>
  text
    .split(/\n(?=\*(?!\*))/)
    .map((block) => block.split('\n').filter((line) => line !== '' && !line.startsWith('**')))
    .filter((lines) => lines.length > 0)
    .map(([head, ...lines]) => ({ head: head!, lines }));

function inpMesh(text: string): Mesh {
  const deck = deckOf(text);
  const rows = (start: string): number[][] =>
    deck.filter(({ head }) => head.startsWith(start)).flatMap(({ lines }) => lines.map(numbersOf));
  return {
    at: new Map(rows('*NODE, ').map(([id, ...at]) => [id!, at])),
    cubes: new Map(
      deck
        .filter(({ head }) => head.startsWith('*ELEMENT, TYPE=C3D8R'))
        .map(({ head, lines }) => [
          /ELSET=PART_(\w+)/.exec(head)![1]!.toLowerCase(),
          lines.map((line) => numbersOf(line).slice(1)),
        ]),
    ),
  };
}

/** Determinant of the trilinear map at a corner of a cube: the triple product of its edges there. */
function jacobians(at: readonly (readonly number[])[]): number[] {
  // the corner's neighbours, so that each triple turns the same way
  const next = [
    [1, 3, 4],
    [2, 0, 5],
    [3, 1, 6],
    [0, 2, 7],
    [7, 5, 0],
    [4, 6, 1],
    [5, 7, 2],
    [6, 4, 3],
  ];
  return next.map(([a, b, c], n) => {
    const [u, v, w] = [a, b, c].map((m) => at[m!]!.map((x, d) => x - at[n]![d]!)) as [number[], number[], number[]];
    return (
      u[0]! * (v[1]! * w[2]! - v[2]! * w[1]!) -
      u[1]! * (v[0]! * w[2]! - v[2]! * w[0]!) +
      u[2]! * (v[0]! * w[1]! - v[1]! * w[0]!)
    );
  });
}

describe('the .feb of a press', () => {
  it('is what the manual of FEBio 4 asks for, with a floor and without', () => {
    expect(faultsOf(file)).toEqual([]);
    expect(faultsOf(readXml(feb(floored, remarks)))).toEqual([]);
    // ASCII, as its head says it may be read
    expect([...source].every((c) => c.charCodeAt(0) < 128)).toBe(true);
  });

  const boundary = /<Boundary>[\s\S]*<\/Boundary>/.exec(source)![0];
  it.each<[string, (text: string) => string]>([
    ['lacks what it must have', (text) => text.replace(/<time_steps>\d+<\/time_steps>/, '')],
    ['has a parameter that no such material has', (text) => text.replaceAll('pressure_model>', 'presure_model>')],
    ['names a surface that is not there', (text) => text.replace('<primary>skin<', '<primary>hide<')],
    ['has a node that is not there', (text) => text.replace(/<elem id="7">\d+/, '<elem id="7">9999999')],
    ['follows a curve that is not there', (text) => text.replace('<value lc="1">', '<value lc="9">')],
    ['has a material number twice', (text) => text.replace('<material id="2"', '<material id="1"')],
    ['has sections in disorder', (text) => text.replace(boundary, '').replace('<Mesh>', `${boundary}<Mesh>`)],
  ])('is found out where it %s', (_, spoil) => {
    expect(spoil(source)).not.toBe(source);
    expect(faultsOf(readXml(spoil(source)))).not.toEqual([]);
  });
});

describe.each([
  ['FEBio', febMesh(file)],
  ['CalculiX', inpMesh(inp(twin, remarks))],
])('the mesh for %s, read back', (_, { at, cubes }) => {
  const all = [...cubes.values()].flat();
  const used = new Set(all.flat());
  const key = (n: number): string => at.get(n)!.join(' ');

  it('has every cell that is at least half full and not half bone, once, in its material', () => {
    const { model } = press;
    const rigid = new Float64Array(model.fill.length);
    for (const { tissue, cells, fraction } of model.parts)
      if (tissue === 'bone' || tissue === 'disc' || tissue === 'cartilage')
        cells.forEach((c, n) => {
          rigid[c] = rigid[c]! + fraction[n]!;
        });
    const solid = model.fill.reduce((sum, f, c) => sum + (f >= 0.5 && rigid[c]! < 0.5 * f ? 1 : 0), 0);
    expect(all.length + twin.dropped).toBe(solid);
    expect(twin.dropped).toBeLessThan(0.001 * solid);
    expect(new Set(all.map((cube) => key(cube[0]!))).size).toBe(all.length);
    twin.materials.forEach(({ name }, m) => {
      const count = twin.cells.filter((c) => c === m).length;
      const volume = cubes.get(name)!.reduce((sum, cube) => sum + jacobians(cube.map((n) => at.get(n)!))[0]!, 0);
      expect([name, volume]).toEqual([name, count * twin.grid.spacing ** 3]);
    });
  });

  it('has no inverted cube, and its nodes are those of its cubes, each in a place of its own', () => {
    for (const cube of all) {
      const j = jacobians(cube.map((n) => at.get(n)!));
      expect(Math.min(...j)).toBeCloseTo(twin.grid.spacing ** 3, 6);
    }
    const corners = new Set(all.flat().map(key));
    expect(used.size).toBe(corners.size);
    const others = [...at.keys()].filter((n) => !used.has(n)).length;
    // the rest is the tool: CalculiX's has three corners more for each of its wedges
    const { vertices, triangles } = twin.tool;
    expect([0, triangles.length]).toContain(others - vertices.length / 3);
  });

  it('hangs together by faces', () => {
    const faces = new Map<string, number[]>();
    all.forEach((cube, c) => {
      for (const side of [
        [0, 1, 2, 3],
        [4, 5, 6, 7],
        [0, 1, 5, 4],
        [2, 3, 7, 6],
        [0, 3, 7, 4],
        [1, 2, 6, 5],
      ]) {
        const name = side
          .map((n) => cube[n]!)
          .sort((a, b) => a - b)
          .join(' ');
        faces.set(name, [...(faces.get(name) ?? []), c]);
      }
    });
    const parent = all.map((_, c) => c);
    const root = (c: number): number => {
      let r = c;
      while (parent[r] !== r) r = parent[r]!;
      return r;
    };
    for (const [a, b] of faces.values()) if (b !== undefined) parent[root(a!)] = root(b);
    expect(new Set(all.map((_, c) => root(c))).size).toBe(1);
    expect(Math.max(...[...faces.values()].map((list) => list.length))).toBe(2);
  });
});

describe('a twin', () => {
  it('lets no cube into the tool before the push, and follows the travels of the press', () => {
    const { spacing, origin, size } = twin.grid;
    let least = Number.POSITIVE_INFINITY;
    twin.cells.forEach((m, c) => {
      if (m === NOTHING) return;
      const at = [c % size[0], Math.floor(c / size[0]) % size[1], Math.floor(c / (size[0] * size[1]))];
      for (let n = 0; n < 8; n++) {
        const [x, y, z] = at.map((i, d) => origin[d]! + spacing * (i + ((n >> d) & 1))) as [number, number, number];
        least = Math.min(least, press.placed.distance(x, -z, y, -twin.lift));
      }
    });
    expect(least).toBeGreaterThanOrEqual(0);
    // no farther back than half a cell and a tenth asks for: the skin of the made-up trunk is smooth
    expect(twin.lift).toBeLessThan(0.5 * spacing + 0.2);
    for (const [n, t] of twin.travel.entries()) expect(t - twin.lift).toBeCloseTo(press.steps[n]!.depth, 3);
  });

  it('has the tool of the press where it can touch', () => {
    const { vertices } = twin.tool;
    let lowest = Number.POSITIVE_INFINITY;
    for (let n = 0; n < vertices.length; n += 3) {
      const [x, y, z] = [vertices[n]!, vertices[n + 1]!, vertices[n + 2]!];
      lowest = Math.min(lowest, z);
      const away = press.placed.distance(x, -z, y, -twin.lift);
      // on the ball, or on the plane where it is cut off behind
      expect(away).toBeLessThan(0.5);
    }
    expect(lowest).toBeCloseTo(-(press.placed.at[1] - twin.lift), 1);
  });

  it('refuses a push that goes in at an angle', () => {
    const placed = { ...press.placed, direction: [0.5, Math.sqrt(0.75), 0] as const };
    expect(() => twinOf({ ...press, placed }, {})).toThrow(/at an angle/);
  });

  it('refuses a press whose muscles have fibres, in one sentence', () => {
    const nothing = { points: new Float64Array(), directions: new Float64Array(), volumes: new Float64Array() };
    const fibres = { ...nothing, family: [], families: [] };
    expect(() => twinOf(press, { contents: 0.2, fibres })).toThrow(/nothing slides and nothing has fibres/);
    expect(() => twinOf(press, { contents: 0.2, pull: 67 })).toThrow(
      /^other programs get presses in which no muscle contracts; ask for this one with psoas and belly relaxed\.$/,
    );
  });

  it('refuses a press of which no step has converged: its way would be no number', () => {
    expect(() => twinOf({ ...press, steps: [] }, {})).toThrow(/no step of this press has converged/);
  });

  it('takes a trunk with more points on its skin than a call takes arguments', () => {
    // a slab of 4 mm cells, wider and longer than any trunk
    const size = [150, 4, 150] as const;
    const count = size[0] * size[1] * size[2];
    const cells = Uint32Array.from({ length: count }, (_, c) => c);
    const fat = press.model.parts.find(({ tissue }) => tissue === 'fat_subcutaneous')!;
    const model = {
      ...press.model,
      grid: { origin: [-300, press.placed.at[1], -300], spacing: 4, size } as const,
      fill: new Float32Array(count).fill(1),
      parts: [{ ...fat, cells, fraction: new Float32Array(count).fill(1) }],
    };
    const wide = twinOf({ ...press, model }, { contents: 0.2 });
    expect(wide.cells.every((m) => m === 0)).toBe(true);
    expect(wide.tool.vertices.every(Number.isFinite)).toBe(true);
  });

  it('holds bone, and the cut ends along the body', () => {
    expect(twin.cells.filter((m) => m === HELD).length).toBeGreaterThan(100);
    expect(twin.ends).toEqual([-130, 130]);
    const held = numbersOf(childrenOf(childOf(file, 'Mesh'), 'NodeSet')[0]!.text);
    const { at } = febMesh(file);
    // vertebrae of the made-up trunk: within 26 mm of its axis
    expect(held.some((n) => Math.abs(at.get(n)![0]!) < 10)).toBe(true);
  });
});

describe('constants', () => {
  it('give the energy of the press where volume is kept, and of a change of volume', () => {
    const materials = childrenOf(childOf(file, 'Material'), 'material').slice(1);
    expect(materials).toHaveLength(twin.materials.length);
    const deck = deckOf(inp(twin, remarks)).filter(({ head }) => head === '*HYPERELASTIC, YEOH');
    twin.materials.forEach(({ mu, stiffening, bulk }, m) => {
      const of = (tag: string): number => Number(childOf(materials[m]!, tag).text);
      const [c10, c20, c30, d1] = numbersOf(deck[m]!.lines[0]!) as [number, number, number, number];
      for (const i of [0.01, 0.3, 1.7]) {
        const { shape } = evaluateLaw('stiffening', mu, stiffening, 0, 0, 0, i);
        expect(of('c1') * i + of('c2') * i * i).toBeCloseTo(shape, 9);
        expect(c10 * i + c20 * i * i + c30 * i ** 3).toBeCloseTo(shape, 9);
      }
      // κ/2 (J-1)²
      expect(of('k')).toBe(bulk);
      expect(1 / d1).toBeCloseTo(bulk / 2, 9);
      expect(of('pressure_model')).toBe(2);
    });
  });

  it('are those of the tissue where a cell holds nothing else', () => {
    const table = materialTable();
    const constants = (id: string): number[] => {
      const { mu, stiffening, bulk } = twin.materials.find(({ name }) => name === id)!;
      return [mu, stiffening, bulk].map((v) => Number(v.toPrecision(9)));
    };
    const { muscle, bowel } = table;
    expect(constants('muscle')).toEqual([muscle.mu, muscle.stiffening.value, muscle.bulk]);
    expect(constants('bowel_loose')).toEqual([0.2 * bowel.mu, bowel.stiffening.value, bowel.bulk]);
  });
});

describe('the twin as a neutral problem', () => {
  const problem = parseNeutral(JSON.parse(twinProblem(twin, 'made up', remarks)), 'twin');

  it('is read, and puts every cell back where it was, also on cells of half the size', () => {
    for (const split of [1, 2]) {
      const { problem: made, grid, regionOf } = gridNeutral(problem, twin.grid.spacing / split);
      expect(grid.size).toEqual(twin.grid.size.map((n) => split * n));
      let wrong = 0;
      regionOf.forEach((_, c) => {
        const i = Math.floor((c % grid.size[0]) / split);
        const j = Math.floor((Math.floor(c / grid.size[0]) % grid.size[1]) / split);
        const k = Math.floor(Math.floor(c / (grid.size[0] * grid.size[1])) / split);
        const m = twin.cells[i + twin.grid.size[0] * (j + twin.grid.size[1] * k)]!;
        const mu = m >= 0 ? twin.materials[m]!.mu : 0;
        if (made.mu[c] !== mu || m >= 0 !== made.fill[c]! > 0) wrong++;
      });
      expect(wrong).toBe(0);
    }
    const { problem: made } = gridNeutral(problem, twin.grid.spacing);
    expect(made.fixed).toEqual(twin.fixed);
  });

  it('has the tool and its way', () => {
    const { problem: made } = gridNeutral(problem, twin.grid.spacing);
    const [tool] = made.bodies;
    const [x, y, z] = [press.placed.at[0], press.placed.at[2], -press.placed.at[1]] as const;
    for (const depth of [0, 12, 30]) {
      // in front of the tip, where the mesh lies within a tenth of a millimetre of the ball
      const here = tool!.distance(x, y, z - 5, depth + twin.lift);
      expect(here).toBeCloseTo(press.placed.distance(x, -z + 5, y, depth), 0);
      expect(Math.abs(here - press.placed.distance(x, -z + 5, y, depth))).toBeLessThan(0.1);
    }
    expect(problem.depths).toEqual(twin.travel);
  });
});

describe('CalculiX', () => {
  const deck = deckOf(inp(floored, remarks));
  const named = (kind: string): string[] =>
    deck.flatMap(({ head }) => new RegExp(`^\\*${kind}, .*(?:NSET|ELSET|NAME)=(\\w+)`).exec(head)?.[1] ?? []);

  it('no wedge of the tool is inside out: CalculiX stops at the first', () => {
    const at = new Map(
      deck
        .filter(({ head }) => head.startsWith('*NODE, '))
        .flatMap(({ lines }) => lines.map(numbersOf))
        .map(([id, x, y, z]) => [id!, [x!, y!, z!] as const]),
    );
    const wedges = deck
      .find(({ head }) => head.startsWith('*ELEMENT, TYPE=C3D6'))!
      .lines.map((l) => numbersOf(l).slice(1));
    expect(wedges).toHaveLength(twin.tool.triangles.length / 3);
    for (const wedge of wedges) {
      const [a, b, c, ...outer] = wedge.map((n) => at.get(n)!) as Vec3[];
      const across = cross(minus(b!, a!), minus(c!, a!));
      for (const [n, corner] of outer.entries())
        expect(dot(across, minus(corner, [a!, b!, c!][n]!))).toBeGreaterThan(0);
    }
  });

  it('pushes tool and floor as far as the press, a millimetre in each unit of time, and FEBio’s does the same', () => {
    const last = twin.travel.at(-1)!;
    for (const [text, pushed] of [
      [inp(twin, remarks), ['TOOL']],
      [inp(floored, remarks), ['TOOL', 'FLOOR']],
    ] as const) {
      const step = text.slice(text.indexOf('*STEP'));
      expect(numbersOf(/\*STATIC\n(.*)/.exec(step)![1]!)[1]).toBe(last);
      const ways = [...step.matchAll(/^(\w+), 3, 3, (.*)$/gm)].map(([, name, way]) => [name, Number(way)]);
      expect(ways).toEqual(pushed.map((name) => [name, -last]));
    }
    const [way] = childrenOf(childOf(file, 'LoadData'), 'load_controller');
    const points = childrenOf(childOf(way!, 'points'), 'pt').map(({ text }) => numbersOf(text));
    expect(points).toEqual([
      [0, 0],
      [last, last],
    ]);
  });

  it('names nothing that is not there', () => {
    const nodeSets = new Set([...named('NODE'), ...named('NSET')]);
    const elementSets = new Set(named('ELEMENT'));
    const materials = new Set(named('MATERIAL'));
    const surfaces = new Set(named('SURFACE'));
    for (const { head, lines } of deck) {
      if (head === '*BOUNDARY') for (const line of lines) expect(nodeSets).toContain(line.split(',')[0]);
      const section = /^\*SOLID SECTION, ELSET=(\w+), MATERIAL=(\w+)$/.exec(head);
      if (section) {
        expect(elementSets).toContain(section[1]);
        expect(materials).toContain(section[2]);
      }
      if (head.startsWith('*CONTACT PAIR')) for (const name of lines[0]!.split(', ')) expect(surfaces).toContain(name);
      if (head.startsWith('*NODE PRINT')) expect(nodeSets).toContain(/NSET=(\w+)/.exec(head)![1]);
    }
    // each set of elements has a section
    expect(deck.filter(({ head }) => head.startsWith('*SOLID SECTION'))).toHaveLength(elementSets.size);
    for (const head of ['*STEP', '*STATIC', '*END STEP', '*SURFACE INTERACTION', '*SURFACE BEHAVIOR'])
      expect(deck.filter((block) => block.head.startsWith(head))).toHaveLength(1);
  });

  it('has wedges that turn their outer side to the body', () => {
    const at = new Map(
      deck
        .filter(({ head }) => head.startsWith('*NODE, '))
        .flatMap(({ lines }) => lines.map(numbersOf))
        .map(([id, ...p]) => [id!, p]),
    );
    const wedges = deck.find(({ head }) => head.startsWith('*ELEMENT, TYPE=C3D6'))!.lines.map(numbersOf);
    expect(wedges).toHaveLength(twin.tool.triangles.length / 3);
    let turned = 0;
    for (const [, a, b, c, d] of wedges) {
      const [p, q, r, s] = [a, b, c, d].map((n) => at.get(n!)!) as [number[], number[], number[], number[]];
      const [u, v, w] = [q, r, s].map((x) => x.map((y, n) => y - p[n]!)) as [number[], number[], number[]];
      const volume =
        u[0]! * (v[1]! * w[2]! - v[2]! * w[1]!) -
        u[1]! * (v[0]! * w[2]! - v[2]! * w[0]!) +
        u[2]! * (v[0]! * w[1]! - v[1]! * w[0]!);
      if (!(volume > 0)) turned++;
    }
    expect(turned).toBe(0);
  });
});
