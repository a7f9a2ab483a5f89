import { type Grid, nodeIndex, type Vec3 } from '../base/grid.ts';
import { cross, minus, pointAt, unit } from '../base/vec.ts';
import type { Result } from '../findings/result.ts';
import type { WholeSpeaker } from '../messages/say.ts';
import { HELD, type Twin, topCells } from '../press/twin.ts';
import { CORNERS } from './vtk.ts';

/**
 * A twin (src/press/twin.ts) as files of other programs: FEBio 4, CalculiX, and this package's own neutral problem. All three hold the same cubes,
 * constants, supports, tool and travel; docs/other-programs.md says how to compare what they answer.
 * Lengths are mm and stresses kPa, so forces of FEBio and CalculiX are mN.
 */

/** What a file says of itself, one sentence each. */
type Remarks = readonly string[];

/** What all three files say of themselves, for whoever has only the file. */
export function twinRemarks(
  { say }: WholeSpeaker,
  twin: Twin,
  { version, scenarioHash }: Result['manifest'],
): string[] {
  const count = twin.cells.filter((m) => m >= 0).length;
  const { lift, dropped, grid } = twin;
  return [
    say('twin.from', { version, hash: scenarioHash }),
    say('twin.units'),
    say('twin.cubes', { count: `${count}`, cell: grid.spacing, dropped }),
    say('twin.law'),
    say('twin.materials'),
    say('twin.held'),
    say('twin.tool', { lift }),
    say('twin.unlike'),
  ];
}

/** The soft part of a twin as a mesh: nodes that cubes use, numbered from 1. */
interface Mesh {
  /** Node of the grid of each number less 1. */
  readonly nodes: readonly number[];
  /** Number of each node of the grid, 0 where no cube uses it. */
  readonly numberOf: Int32Array;
  /** Cubes by material, each its cell of the grid. */
  readonly parts: readonly (readonly number[])[];
  /** The eight numbers of a cube: counter-clockwise seen from above, lower face first. */
  readonly corners: (cell: number) => readonly number[];
  readonly place: (node: number) => readonly [number, number, number];
  /** Numbers of nodes that are held in all directions, and along the body only. */
  readonly held: readonly number[];
  readonly sliding: readonly number[];
  /** Cells whose upper face the tool can touch. */
  readonly top: readonly number[];
}

function meshOf({ grid, cells, materials, fixed }: Twin): Mesh {
  const [nx, ny] = grid.size;
  const corners = (cell: number): number[] => {
    const i = cell % nx;
    const j = Math.floor(cell / nx) % ny;
    const k = Math.floor(cell / (nx * ny));
    return CORNERS.map(([a, b, c]) => nodeIndex(grid, i + a, j + b, k + c));
  };
  const used = new Uint8Array(fixed.length);
  const parts: number[][] = materials.map(() => []);
  cells.forEach((m, cell) => {
    if (m < 0) return;
    parts[m]!.push(cell);
    for (const node of corners(cell)) used[node] = 1;
  });
  const nodes: number[] = [];
  const numberOf = new Int32Array(fixed.length);
  used.forEach((u, node) => {
    if (u === 1) numberOf[node] = nodes.push(node);
  });
  const having = (bits: number): number[] => nodes.flatMap((node, n) => (fixed[node] === bits ? [n + 1] : []));
  return {
    nodes,
    numberOf,
    parts,
    corners: (cell) => corners(cell).map((node) => numberOf[node]!),
    place: (node) => placeOf(grid, node),
    held: having(7),
    sliding: having(2),
    top: topCells(grid, cells),
  };
}

function placeOf({ origin, spacing, size: [nx, ny] }: Grid, node: number): readonly [number, number, number] {
  const at = [node % (nx + 1), Math.floor(node / (nx + 1)) % (ny + 1), Math.floor(node / ((nx + 1) * (ny + 1)))];
  return [0, 1, 2].map((d) => rounded(origin[d]! + spacing * at[d]!)) as [number, number, number];
}

/** Without the last digits of sums of decimals. */
const rounded = (mm: number): number => Math.round(1e6 * mm) / 1e6;

/** Half the edge of the floor, mm: it reaches beyond every body. */
const FLOOR = 400;
/** Thickness of the rigid skins that stand for tool and floor, mm; nothing depends on it. */
const SKIN = 0.5;

/** Total travel of the tool, mm. */
const travelOf = ({ travel }: Twin): number => travel.at(-1) ?? 0;

/**
 * FEBio 4 (format 4.0). Time is the travel of the tool in mm, and the log says its force, mN, at each step.
 * The law is FEBio's Yeoh, c1 = mu/2 and c2 = mu a/4, with the volume's energy k/2 (J-1)^2: the same energy as the product's where volume is kept.
 */
export function feb(twin: Twin, remarks: Remarks): string {
  const mesh = meshOf(twin);
  const last = travelOf(twin);
  const { tool, floor, materials } = twin;
  const out: string[] = ['<?xml version="1.0" encoding="UTF-8"?>', '<febio_spec version="4.0">'];
  // two hyphens would end the comment
  for (const remark of remarks) out.push(`<!-- ${remark.replaceAll('--', '- -')} -->`);
  const value = (tag: string, v: number | string): string => `<${tag}>${v}</${tag}>`;
  out.push(
    '<Module type="solid"/>',
    `<Globals><Constants>${value('T', 298)}${value('R', 8.31446e-6)}${value('Fc', 9.64853e-5)}</Constants></Globals>`,
    '<Control>',
    value('analysis', 'STATIC'),
    // about a millimetre a step, less where it does not converge; the travels of the press are met by the curve of dtmax
    value('time_steps', Math.ceil(last)),
    value('step_size', last / Math.ceil(last)),
    value('plot_level', 'PLOT_MUST_POINTS'),
    `<time_stepper type="default">${value('max_retries', 10)}${value('opt_iter', 15)}${value('dtmin', 0.01)}<dtmax lc="2">1</dtmax></time_stepper>`,
    `<solver type="solid">${value('symmetric_stiffness', 'non-symmetric')}${value('max_refs', 25)}${value('dtol', 0.001)}${value('etol', 0.01)}${value('rtol', 0.001)}<qn_method type="BFGS">${value('max_ups', 0)}</qn_method></solver>`,
    '</Control>',
    '<Material>',
  );
  // the rigid ones first: the log counts them by their material's number
  const rigid = ['tool', ...(floor === undefined ? [] : ['floor'])];
  rigid.forEach((name, n) => {
    out.push(
      `<material id="${n + 1}" name="${name}" type="rigid body">${value('density', 1)}${value('E', 1000)}${value('v', 0.3)}</material>`,
    );
  });
  materials.forEach(({ name, mu, stiffening, bulk }, m) => {
    out.push(
      `<material id="${rigid.length + m + 1}" name="${name}" type="Yeoh">${value('density', 1)}${value('k', bulk)}${value('pressure_model', 2)}${value('c1', mu / 2)}${value('c2', (mu * stiffening) / 4)}</material>`,
    );
  });
  out.push('</Material>', '<Mesh>', '<Nodes name="body_nodes">');
  mesh.nodes.forEach((node, n) => {
    out.push(`<node id="${n + 1}">${mesh.place(node).join(',')}</node>`);
  });
  out.push('</Nodes>', '<Nodes name="tool_nodes">');
  const toolNode = mesh.nodes.length + 1;
  const corners = tool.vertices.length / 3;
  for (let n = 0; n < corners; n++)
    out.push(`<node id="${toolNode + n}">${tool.vertices.subarray(3 * n, 3 * n + 3).join(',')}</node>`);
  out.push('</Nodes>');
  const floorNode = toolNode + corners;
  if (floor !== undefined) {
    out.push('<Nodes name="floor_nodes">');
    floorCorners(floor).forEach((at, n) => {
      out.push(`<node id="${floorNode + n}">${at.join(',')}</node>`);
    });
    out.push('</Nodes>');
  }
  let element = 0;
  const domains: string[] = [];
  materials.forEach(({ name }, m) => {
    out.push(`<Elements type="hex8" name="part_${name}">`);
    for (const cell of mesh.parts[m]!) out.push(`<elem id="${++element}">${mesh.corners(cell).join(',')}</elem>`);
    out.push('</Elements>');
    domains.push(`<SolidDomain name="part_${name}" mat="${name}" type="three-field-solid"/>`);
  });
  const shell = `<shell_thickness>${SKIN}</shell_thickness></ShellDomain>`;
  const triples = Array.from({ length: tool.triangles.length / 3 }, (_, t) =>
    [0, 1, 2].map((c) => toolNode + tool.triangles[3 * t + c]!).join(','),
  );
  out.push('<Elements type="tri3" name="part_tool">');
  for (const triple of triples) out.push(`<elem id="${++element}">${triple}</elem>`);
  out.push('</Elements>');
  domains.push(`<ShellDomain name="part_tool" mat="tool" type="rigid-shell">${shell}`);
  if (floor !== undefined) {
    out.push(
      `<Elements type="hex8" name="part_floor">`,
      `<elem id="${++element}">${eight(floorNode)}</elem>`,
      '</Elements>',
    );
    domains.push('<SolidDomain name="part_floor" mat="floor" type="rigid-solid"/>');
  }
  const list = (tag: string, name: string, numbers: readonly number[]): void => {
    out.push(
      `<${tag} name="${name}">`,
      ...linesOf(numbers).map((line, n, all) => (n < all.length - 1 ? `${line},` : line)),
      `</${tag}>`,
    );
  };
  list('NodeSet', 'held', mesh.held);
  if (mesh.sliding.length > 0) list('NodeSet', 'ends', mesh.sliding);
  const surface = (name: string, tag: string, faces: readonly string[]): void => {
    out.push(
      `<Surface name="${name}">`,
      ...faces.map((face, n) => `<${tag} id="${n + 1}">${face}</${tag}>`),
      '</Surface>',
    );
  };
  // counter-clockwise from outside
  surface(
    'skin',
    'quad4',
    mesh.top.map((cell) => mesh.corners(cell).slice(4).join(',')),
  );
  surface('tool_face', 'tri3', triples);
  if (floor !== undefined) surface('floor_face', 'quad4', [[0, 3, 2, 1].map((c) => floorNode + c).join(',')]);
  for (const name of rigid)
    out.push(
      `<SurfacePair name="skin_on_${name}">${value('primary', 'skin')}${value('secondary', `${name}_face`)}</SurfacePair>`,
    );
  out.push('</Mesh>', '<MeshDomains>', ...domains, '</MeshDomains>', '<Boundary>');
  const held = (name: string, x: number, y: number, z: number): string =>
    `<bc name="${name}" node_set="${name}" type="zero displacement">${value('x_dof', x)}${value('y_dof', y)}${value('z_dof', z)}</bc>`;
  out.push(held('held', 1, 1, 1));
  if (mesh.sliding.length > 0) out.push(held('ends', 0, 1, 0));
  out.push('</Boundary>', '<Contact>');
  for (const name of rigid)
    out.push(
      `<contact name="on_${name}" surface_pair="skin_on_${name}" type="sliding-elastic">${value('laugon', 'AUGLAG')}${value('tolerance', 0.02)}${value('gaptol', 0.05)}${value('penalty', 1)}${value('auto_penalty', 1)}${value('two_pass', 0)}${value('symmetric_stiffness', 0)}${value('search_tol', 0.01)}${value('search_radius', 2 * twin.grid.spacing)}${value('minaug', 1)}${value('maxaug', 20)}${value('fric_coeff', 0)}</contact>`,
    );
  out.push('</Contact>', '<Rigid>');
  for (const name of rigid)
    out.push(
      `<rigid_bc name="${name}_guided" type="rigid_fixed">${value('rb', name)}${value('Rx_dof', 1)}${value('Ry_dof', 1)}${value('Rz_dof', 0)}${value('Ru_dof', 1)}${value('Rv_dof', 1)}${value('Rw_dof', 1)}</rigid_bc>`,
      `<rigid_bc name="${name}_pushed" type="rigid_displacement">${value('rb', name)}${value('dof', 'z')}<value lc="1">-1</value>${value('relative', 0)}</rigid_bc>`,
    );
  const curve = (id: number, interpolate: string, points: readonly (readonly [number, number])[]): string =>
    `<load_controller id="${id}" name="curve_${id}" type="loadcurve">${value('interpolate', interpolate)}${value('extend', 'CONSTANT')}<points>${points.map((p) => value('pt', p.join(','))).join('')}</points></load_controller>`;
  out.push(
    '</Rigid>',
    '<LoadData>',
    curve(1, 'LINEAR', [
      [0, 0],
      [last, last],
    ]),
    curve(2, 'STEP', [[0, 1], ...twin.travel.map((t): [number, number] => [t, 1])]),
    '</LoadData>',
    '<Output>',
    `<plotfile type="febio">${['displacement', 'stress', 'contact pressure'].map((v) => `<var type="${v}"/>`).join('')}</plotfile>`,
    `<logfile>${rigid.map((name, n) => `<rigid_body_data name="${name}" data="z;Fz">${n + 1}</rigid_body_data>`).join('')}</logfile>`,
    '</Output>',
    '</febio_spec>',
  );
  return `${out.join('\n')}\n`;
}

/** A flat box with its lower face on the floor, as the corners of a cube. */
const floorCorners = (z: number): [number, number, number][] =>
  CORNERS.map(([a, b, c]) => [FLOOR * (2 * a - 1), FLOOR * (2 * b - 1), rounded(z + 20 * c)]);

const eight = (first: number): string => Array.from({ length: 8 }, (_, n) => first + n).join(',');

/** Numbers as lines of twelve. */
function linesOf(numbers: readonly number[]): string[] {
  const lines: string[] = [];
  for (let n = 0; n < numbers.length; n += 12) lines.push(numbers.slice(n, n + 12).join(','));
  return lines;
}

/**
 * CalculiX. Time is the travel of the tool in mm; what holds the body is summed up at each increment, mN.
 * The law is Yeoh's, C10 = mu/2, C20 = mu a/4, D1 = 2/k. C3D8R, because eight points a cube lock where volume is kept.
 */
export function inp(twin: Twin, remarks: Remarks): string {
  const mesh = meshOf(twin);
  const last = travelOf(twin);
  const { tool, floor, materials } = twin;
  const out: string[] = remarks.map((remark) => `** ${remark}`);
  out.push('*NODE, NSET=BODY');
  mesh.nodes.forEach((node, n) => {
    out.push(`${n + 1}, ${mesh.place(node).join(', ')}`);
  });
  // a thin skin of wedges, its outer side the tool's surface
  const inner = pulledIn(tool);
  const corners = tool.vertices.length / 3;
  const toolNode = mesh.nodes.length + 1;
  out.push('*NODE, NSET=TOOL');
  [tool.vertices, inner].forEach((vertices, side) => {
    for (let n = 0; n < vertices.length / 3; n++)
      out.push(`${toolNode + side * corners + n}, ${vertices.subarray(3 * n, 3 * n + 3).join(', ')}`);
  });
  const floorNode = toolNode + corners + inner.length / 3;
  if (floor !== undefined)
    floorCorners(floor).forEach((at, n) => {
      out.push(`${floorNode + n}, ${at.join(', ')}`);
    });
  let element = 0;
  const numberOf = new Map<number, number>();
  materials.forEach(({ name }, m) => {
    out.push(`*ELEMENT, TYPE=C3D8R, ELSET=PART_${name.toUpperCase()}`);
    for (const cell of mesh.parts[m]!) {
      numberOf.set(cell, ++element);
      out.push(`${element}, ${mesh.corners(cell).join(', ')}`);
    }
  });
  const firstWedge = element + 1;
  const triangles = tool.triangles.length / 3;
  out.push('*ELEMENT, TYPE=C3D6, ELSET=WEDGES');
  for (let t = 0; t < triangles; t++) {
    const three = [0, 1, 2];
    // the inner side first: then the outer one is face S2
    const [below, above] = [
      three.map((c) => toolNode + corners + 3 * t + c),
      three.map((c) => toolNode + tool.triangles[3 * t + c]!),
    ];
    out.push([++element, ...below, ...above].join(', '));
  }
  if (floor !== undefined)
    out.push('*ELEMENT, TYPE=C3D8, ELSET=SLAB', `${++element}, ${eight(floorNode).replaceAll(',', ', ')}`);
  out.push('*SURFACE, NAME=SKIN, TYPE=ELEMENT', ...mesh.top.map((cell) => `${numberOf.get(cell)}, S2`));
  out.push('*SURFACE, NAME=FACE, TYPE=ELEMENT');
  for (let t = 0; t < triangles; t++) out.push(`${firstWedge + t}, S2`);
  if (floor !== undefined) out.push(`${element}, S1`);
  const set = (name: string, numbers: readonly number[]): void => {
    out.push(`*NSET, NSET=${name}`, ...linesOf(numbers).map((line) => `${line.replaceAll(',', ', ')},`));
  };
  set('HELD', mesh.held);
  if (mesh.sliding.length > 0) set('ENDS', mesh.sliding);
  if (floor !== undefined)
    set(
      'FLOOR',
      Array.from({ length: 8 }, (_, n) => toolNode + 2 * corners + n),
    );
  for (const { name, mu, stiffening, bulk } of materials) {
    const id = name.toUpperCase();
    // the higher coefficients of volume are 1: zeros would be replaced by defaults
    out.push(
      `*MATERIAL, NAME=${id}`,
      '*HYPERELASTIC, YEOH',
      `${mu / 2}, ${(mu * stiffening) / 4}, 0., ${2 / bulk}, 1., 1.`,
      `*SOLID SECTION, ELSET=PART_${id}, MATERIAL=${id}`,
    );
  }
  out.push('*MATERIAL, NAME=HARD', '*ELASTIC', '1000., 0.3', '*SOLID SECTION, ELSET=WEDGES, MATERIAL=HARD');
  if (floor !== undefined) out.push('*SOLID SECTION, ELSET=SLAB, MATERIAL=HARD');
  out.push(
    '*SURFACE INTERACTION, NAME=TOUCH',
    '*SURFACE BEHAVIOR, PRESSURE-OVERCLOSURE=LINEAR',
    // at 100 kPa the skin is 0.2 mm inside the tool
    '500.',
    '*CONTACT PAIR, INTERACTION=TOUCH, TYPE=SURFACE TO SURFACE',
    'FACE, SKIN',
    '*BOUNDARY',
    'HELD, 1, 3',
    ...(mesh.sliding.length > 0 ? ['ENDS, 2, 2'] : []),
    'TOOL, 1, 2',
    ...(floor === undefined ? [] : ['FLOOR, 1, 2']),
    '*STEP, NLGEOM, INC=10000',
    '*STATIC',
    `1., ${last}, 0.001, 1.`,
    '*BOUNDARY',
    `TOOL, 3, 3, ${-last}`,
    ...(floor === undefined ? [] : [`FLOOR, 3, 3, ${-last}`]),
    '*NODE PRINT, NSET=HELD, TOTALS=ONLY',
    'RF',
    '*END STEP',
  );
  return `${out.join('\n')}\n`;
}

/**
 * The corners of each triangle a little inside the surface, three for each (triangles×9): with corners in common, wedges where the surface bends
 * sharply would turn inside out.
 */
function pulledIn({ vertices, triangles }: Twin['tool']): Float64Array {
  const inner = new Float64Array(3 * triangles.length);
  for (let t = 0; t < triangles.length; t += 3) {
    const three = [0, 1, 2].map((c) => pointAt(vertices, 3 * triangles[t + c]!)) as [Vec3, Vec3, Vec3];
    const across = unit(cross(minus(three[1], three[0]), minus(three[2], three[0])));
    for (const [c, corner] of three.entries())
      for (let d = 0; d < 3; d++) inner[3 * (t + c) + d] = Math.round(1e4 * (corner[d]! - SKIN * across[d]!)) / 1e4;
  }
  return inner;
}

/** The same as a neutral problem: `psoascope solve` computes it with the law of the product and without friction. */
export function twinProblem(twin: Twin, name: string, remarks: Remarks): string {
  const { grid, cells, materials, tool, floor } = twin;
  const max = grid.origin.map((o, d) => rounded(o + grid.spacing * grid.size[d]!));
  const min = grid.origin.map(rounded);
  const region = (id: string, m: number): unknown => ({
    name: id,
    shape: { type: 'cells', origin: min, cell: grid.spacing, size: grid.size, runs: runsOf(cells, m) },
    material: id,
  });
  const held = cells.includes(HELD);
  const [x0, , z0] = min;
  const [x1, , z1] = max;
  return `${JSON.stringify(
    {
      name,
      note: remarks,
      units: { length: 'mm', stress: 'kPa', force: 'N' },
      grid: { label_h: grid.spacing },
      domain: { min, max },
      regions: [...materials.map((m, n) => region(m.name, n)), ...(held ? [region('held', HELD)] : [])],
      materials: Object.fromEntries([
        ...materials.map(({ name: id, mu, stiffening, bulk }) => [id, { mu, stiffening, bulk }]),
        ...(held ? [['held', { rigid_clamped: true }]] : []),
      ]),
      dirichlet: twin.ends.map((y) => ({
        where: { type: 'nodes_in_box', min: [x0, rounded(y), z0], max: [x1, rounded(y), z1] },
        fix: ['y'],
      })),
      tool: [
        {
          type: 'mesh',
          vertices: Array.from({ length: tool.vertices.length / 3 }, (_, n) => [
            ...tool.vertices.subarray(3 * n, 3 * n + 3),
          ]),
          triangles: Array.from({ length: tool.triangles.length / 3 }, (_, t) => [
            ...tool.triangles.subarray(3 * t, 3 * t + 3),
          ]),
        },
        ...(floor === undefined
          ? []
          : [{ type: 'box', half: [FLOOR, FLOOR, 10], edge_radius: 0, centre_xy: [0, 0], bottom_z: floor }]),
      ],
      depths: twin.travel,
      _lift_mm: twin.lift,
    },
    null,
    // a number a line would make the file ten times as long
    undefined,
  )}\n`;
}

/** How many cells are something else, how many are this, and so on. */
function runsOf(cells: Int16Array, m: number): number[] {
  const runs: number[] = [];
  let [is, since] = [false, 0];
  for (let n = 0; n <= cells.length; n++) {
    const now = n < cells.length && cells[n] === m;
    if (now === is && n < cells.length) continue;
    if (n === cells.length && !is) break;
    runs.push(n - since);
    [is, since] = [now, n];
  }
  return runs;
}
