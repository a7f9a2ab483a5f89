import { concatBytes } from '../base/bytes.ts';
import type { Grid } from '../base/grid.ts';
import { nodeCount, nodeIndex } from '../base/grid.ts';
import { asOneBody } from '../press/as-seen-by.ts';
import { continuedOutward, displacementAt } from '../press/displacement.ts';
import type { Press, PressFields } from '../press/press.ts';
import type { VoxelModel } from '../voxel/model.ts';
import { toBase64 } from './to-base64.ts';

/**
 * VTK XML files of a press, little endian, uncompressed, 64-bit byte counts; opened by ParaView, PyVista and meshio.
 * VTK knows no patient frame, so the field data say `space: LPS` (x to the left, y to the back, z to the head), and a comment at
 * the head says the units. The grid has its numbers as raw bytes behind the XML; the mesh has them in the XML as base64,
 * because meshio mixes up the arrays of a raw file when one array's place in base64 equals another's place in bytes.
 */

interface Table {
  readonly name: string;
  readonly data: Float32Array | Float64Array | Uint8Array | Int32Array;
  readonly components?: number;
}

const VTK_TRIANGLE = 5;
const VTK_HEXAHEDRON = 12;

/** Order in which VTK, FEBio and CalculiX want the corners of a hexahedron, as (i, j, k) steps from the cell's first node. */
export const CORNERS = [
  [0, 0, 0],
  [1, 0, 0],
  [1, 1, 0],
  [0, 1, 0],
  [0, 0, 1],
  [1, 0, 1],
  [1, 1, 1],
  [0, 1, 1],
] as const;

const UNITS =
  'displacement mm; pressure, shear kPa; contact_pressure kPa; work N mm; stretch_min, stretch_max, fill 1; lengths mm';

/**
 * The whole grid as .vti: displacement at the nodes; structure, fill, pressure, shear, stretches and work in the cells.
 * The `structure` of a cell is the number of the structure that holds most of it (0: outside); the field data
 * name the numbers.
 */
export function vti(press: Press): Uint8Array {
  const { grid } = press.model;
  const fields = asOneBody(press);
  const [nx, ny, nz] = grid.size;
  const { structure, names } = dominantStructure(press.model);
  const file = new Arrays('appended');
  const pointData = [{ name: 'displacement', data: fields.displacement, components: 3 }];
  const cellData = [{ name: 'structure', data: structure }, ...cellFields(press.model, fields, undefined)];
  const extent = `0 ${nx} 0 ${ny} 0 ${nz}`;
  const body = [
    `<ImageData WholeExtent="${extent}" Origin="${grid.origin.join(' ')}" Spacing="${grid.spacing} ${grid.spacing} ${grid.spacing}">`,
    fieldData(names),
    `<Piece Extent="${extent}">`,
    `<PointData Vectors="displacement">${pointData.map((t) => file.array(t)).join('')}</PointData>`,
    `<CellData Scalars="pressure">${cellData.map((t) => file.array(t)).join('')}</CellData>`,
    '</Piece></ImageData>',
  ];
  return file.write('ImageData', body.join('\n'));
}

/**
 * The cells inside the body as .vtu hexahedra in their undeformed place (warp by `displacement` to see the press), with the
 * same arrays as vti.
 */
export function vtu(press: Press): Uint8Array {
  const { model } = press;
  const fields = asOneBody(press);
  const { grid } = model;
  const cells = Array.from(model.fill.keys()).filter((cell) => model.fill[cell]! > 0);
  const { points, connectivity, nodes } = hexahedra(grid, cells);
  const displacement = new Float32Array(nodes.length * 3);
  nodes.forEach((node, n) => {
    for (let c = 0; c < 3; c++) displacement[3 * n + c] = fields.displacement[3 * node + c]!;
  });
  const { structure, names } = dominantStructure(model);

  const file = new Arrays('inline');
  const offsets = Int32Array.from(cells, (_, n) => 8 * (n + 1));
  const types = new Uint8Array(cells.length).fill(VTK_HEXAHEDRON);
  const cellData = [
    { name: 'structure', data: Int32Array.from(cells, (cell) => structure[cell]!) },
    ...cellFields(model, fields, cells),
  ];
  const body = [
    '<UnstructuredGrid>',
    fieldData(names),
    `<Piece NumberOfPoints="${nodes.length}" NumberOfCells="${cells.length}">`,
    `<PointData Vectors="displacement">${file.array({ name: 'displacement', data: displacement, components: 3 })}</PointData>`,
    `<CellData Scalars="pressure">${cellData.map((t) => file.array(t)).join('')}</CellData>`,
    `<Points>${file.array({ name: 'Points', data: points, components: 3 })}</Points>`,
    '<Cells>',
    file.array({ name: 'connectivity', data: connectivity }),
    file.array({ name: 'offsets', data: offsets }),
    file.array({ name: 'types', data: types }),
    '</Cells></Piece></UnstructuredGrid>',
  ];
  return file.write('UnstructuredGrid', body.join('\n'));
}

/** The skin as .vtu triangles in their undeformed place, with the contact pressure on each, kPa, and displacement to warp by. */
export function skinVtu({ model, fields }: Press): Uint8Array {
  const { grid, fill, skin } = model;
  const triangles = skin.triangles.length / 3;
  const outward = continuedOutward(grid, fill, fields.displacement);
  const file = new Arrays('inline');
  const displacement = displacementAt(grid, outward, Float32Array.from(skin.vertices));
  const body = [
    '<UnstructuredGrid>',
    fieldData([]),
    `<Piece NumberOfPoints="${skin.vertices.length / 3}" NumberOfCells="${triangles}">`,
    `<PointData Vectors="displacement">${file.array({ name: 'displacement', data: displacement, components: 3 })}</PointData>`,
    `<CellData Scalars="contact_pressure">${file.array({ name: 'contact_pressure', data: fields.contact })}</CellData>`,
    `<Points>${file.array({ name: 'Points', data: skin.vertices, components: 3 })}</Points>`,
    '<Cells>',
    file.array({ name: 'connectivity', data: Int32Array.from(skin.triangles) }),
    file.array({ name: 'offsets', data: Int32Array.from({ length: triangles }, (_, n) => 3 * (n + 1)) }),
    file.array({ name: 'types', data: new Uint8Array(triangles).fill(VTK_TRIANGLE) }),
    '</Cells></Piece></UnstructuredGrid>',
  ];
  return file.write('UnstructuredGrid', body.join('\n'));
}

/** The press's cell arrays, all of them or at the given cells. */
function cellFields(
  model: VoxelModel,
  fields: Omit<PressFields, 'contents'>,
  cells: readonly number[] | undefined,
): Table[] {
  const pick = (data: Float32Array): Float32Array =>
    cells === undefined ? data : Float32Array.from(cells, (cell) => data[cell]!);
  return [
    { name: 'fill', data: pick(model.fill) },
    { name: 'pressure', data: pick(fields.pressure) },
    { name: 'shear', data: pick(fields.shear) },
    { name: 'stretch_min', data: pick(fields.stretchMin) },
    { name: 'stretch_max', data: pick(fields.stretchMax) },
    { name: 'work', data: pick(fields.work) },
  ];
}

/** Number of the structure that holds most of each cell, from 1 on, and the names in that order. */
function dominantStructure(model: VoxelModel): { structure: Int32Array; names: string[] } {
  const structure = new Int32Array(model.fill.length);
  const most = new Float32Array(model.fill.length);
  model.parts.forEach((part, n) => {
    part.cells.forEach((cell, m) => {
      if (part.fraction[m]! > most[cell]!) {
        most[cell] = part.fraction[m]!;
        structure[cell] = n + 1;
      }
    });
  });
  const names = model.parts.map((part) => `${part.side === 'midline' ? '' : `${part.side} `}${part.structure}`);
  return { structure, names };
}

/** Corner points of the given cells, each once, and the eight numbers of each cell. */
function hexahedra(grid: Grid, cells: readonly number[]) {
  const [nx, ny] = grid.size;
  const numberOf = new Int32Array(nodeCount(grid)).fill(-1);
  const nodes: number[] = [];
  const connectivity = new Int32Array(cells.length * 8);
  cells.forEach((cell, n) => {
    const i = cell % nx;
    const j = Math.floor(cell / nx) % ny;
    const k = Math.floor(cell / (nx * ny));
    CORNERS.forEach(([di, dj, dk], corner) => {
      const node = nodeIndex(grid, i + di, j + dj, k + dk);
      if (numberOf[node] === -1) numberOf[node] = nodes.push(node) - 1;
      connectivity[8 * n + corner] = numberOf[node]!;
    });
  });

  const points = new Float64Array(nodes.length * 3);
  nodes.forEach((node, n) => {
    const steps = [node % (nx + 1), Math.floor(node / (nx + 1)) % (ny + 1), Math.floor(node / ((nx + 1) * (ny + 1)))];
    for (let c = 0; c < 3; c++) points[3 * n + c] = grid.origin[c]! + grid.spacing * steps[c]!;
  });
  return { points, connectivity, nodes };
}

/**
 * Field data: the frame, and the number of every structure under its name. They are numbers under speaking names, not strings,
 * because meshio refuses a file that has strings there.
 */
function fieldData(names: readonly string[]): string {
  const entries = [['space: LPS', 1] as const, ...names.map((name, n) => [name, n + 1] as const)];
  const arrays = entries.map(
    ([name, value]) =>
      `<DataArray type="Int32" Name="${escapeXml(name)}" NumberOfTuples="1" NumberOfComponents="1" format="ascii">${value}</DataArray>`,
  );
  return `<FieldData>\n${arrays.join('\n')}\n</FieldData>`;
}

/** Structures of a scan may be called anything. */
const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

const VTK_TYPES: Readonly<Record<string, string>> = {
  Float32Array: 'Float32',
  Float64Array: 'Float64',
  Uint8Array: 'UInt8',
  Int32Array: 'Int32',
};

/** Writes arrays as base64 in their tags, or collects them behind one another and writes where each begins. */
class Arrays {
  private readonly inline: boolean;
  private readonly blocks: Uint8Array[] = [];
  private length = 0;

  constructor(place: 'inline' | 'appended') {
    this.inline = place === 'inline';
  }

  array({ name, data, components }: Table): string {
    const block = new Uint8Array(8 + data.byteLength);
    new DataView(block.buffer).setBigUint64(0, BigInt(data.byteLength), true);
    // typed arrays are little endian on every platform that runs this
    block.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), 8);
    const shape = components === undefined ? '' : ` NumberOfComponents="${components}"`;
    const tag = `<DataArray type="${VTK_TYPES[data.constructor.name]}" Name="${name}"${shape}`;
    if (this.inline) return `${tag} format="binary">${toBase64(block)}</DataArray>\n`;
    const offset = this.length;
    this.blocks.push(block);
    this.length += block.length;
    return `${tag} format="appended" offset="${offset}"/>\n`;
  }

  /** The whole file. Offsets count from the byte after the underscore. */
  write(type: string, body: string): Uint8Array {
    const text = new TextEncoder();
    const root = `<VTKFile type="${type}" version="1.0" byte_order="LittleEndian" header_type="UInt64">`;
    const head = `<?xml version="1.0"?>\n<!-- space: LPS; ${UNITS} -->\n${root}\n${body}`;
    const parts = this.inline
      ? [text.encode(`${head}\n</VTKFile>\n`)]
      : [
          text.encode(`${head}\n<AppendedData encoding="raw">\n_`),
          ...this.blocks,
          text.encode('\n</AppendedData>\n</VTKFile>\n'),
        ];
    return concatBytes(parts);
  }
}
