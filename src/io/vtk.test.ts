import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lacks } from '../base/lacks.test-data.ts';
import type { Press } from '../press/press.ts';
import { vti, vtu } from './vtk.ts';

// 3 × 2 × 2 cells of 5 mm, one of them empty; every value says where it belongs
const grid = { origin: [-10, 20, 30.5], spacing: 5, size: [3, 2, 2] } as const;
const CELLS = 12;
const NODES = 36;
const fill = Float32Array.from({ length: CELLS }, (_, n) => (n === 4 ? 0 : n === 5 ? 0.5 : 1));
const filled = [...fill.keys()].filter((n) => fill[n]! > 0);
const field = (factor: number): Float32Array => Float32Array.from({ length: CELLS }, (_, n) => factor * (n + 1));
const press = {
  model: {
    grid,
    fill,
    parts: [
      {
        structure: 'psoas_major',
        side: 'left',
        cells: Uint32Array.of(0, 1, 5),
        fraction: Float32Array.of(1, 0.4, 0.5),
      },
      { structure: 'skin', side: 'midline', cells: Uint32Array.of(1, 2), fraction: Float32Array.of(0.6, 1) },
    ],
  },
  fields: {
    displacement: Float32Array.from({ length: 3 * NODES }, (_, n) => n / 10),
    pressure: field(1),
    shear: field(2),
    stretchMin: field(0.01),
    stretchMax: field(0.1),
    work: field(100),
  },
} as unknown as Press;

const KINDS = { Float32: Float32Array, Float64: Float64Array, UInt8: Uint8Array, Int32: Int32Array };

/** Numbers of an array, whichever way they are kept; raw blocks must follow one another without gap or overlap. */
function valuesOf(file: Uint8Array, name: string): number[] {
  const text = Buffer.from(file).toString('latin1');
  const numbers = (type: string, block: Uint8Array): number[] => {
    const length = Number(new DataView(block.buffer).getBigUint64(0, true));
    return [...new KINDS[type as keyof typeof KINDS](Uint8Array.from(block.subarray(8, 8 + length)).buffer)];
  };
  const inline = new RegExp(`<DataArray type="(\\w+)" Name="${name}"[^>]*format="binary">([^<]*)<`).exec(text);
  if (inline !== null) return numbers(inline[1]!, Uint8Array.from(Buffer.from(inline[2]!, 'base64')));

  const start = text.indexOf('_', text.indexOf('<AppendedData')) + 1;
  let next = 0;
  let found: number[] = [];
  for (const tag of text.matchAll(/<DataArray type="(\w+)" Name="(\w+)"[^>]*offset="(\d+)"/g)) {
    expect(Number(tag[3])).toBe(next);
    const block = file.slice(start + next);
    next += 8 + Number(new DataView(block.buffer).getBigUint64(0, true));
    if (tag[2] === name) found = numbers(tag[1]!, block);
  }
  expect(start + next).toBe(text.indexOf('\n</AppendedData>'));
  return found;
}

describe('vti', () => {
  it('holds the whole grid: fields in cells, displacement at nodes, structure by largest share', () => {
    const file = vti(press);
    expect(valuesOf(file, 'displacement')).toEqual([...press.fields.displacement]);
    expect(valuesOf(file, 'pressure')).toEqual([...press.fields.pressure]);
    expect(valuesOf(file, 'work')).toEqual([...press.fields.work]);
    expect(valuesOf(file, 'structure').slice(0, 6)).toEqual([1, 2, 2, 0, 0, 1]);
  });
});

describe('vtu', () => {
  it('holds each cell inside the body once, and its nodes once, in their undeformed place', () => {
    const file = vtu(press);
    const points = valuesOf(file, 'Points');
    const connectivity = valuesOf(file, 'connectivity');
    expect(valuesOf(file, 'types')).toEqual(filled.map(() => 12));
    expect(valuesOf(file, 'offsets')).toEqual(filled.map((_, n) => 8 * (n + 1)));
    expect(valuesOf(file, 'pressure')).toEqual(filled.map((n) => n + 1));
    filled.forEach((cell, n) => {
      const corners = connectivity.slice(8 * n, 8 * n + 8).map((p) => points.slice(3 * p, 3 * p + 3));
      const [i, j, k] = [cell % 3, Math.floor(cell / 3) % 2, Math.floor(cell / 6)];
      expect(corners[0]).toEqual([-10 + 5 * i, 20 + 5 * j, 30.5 + 5 * k]);
      expect(corners[6]).toEqual([-5 + 5 * i, 25 + 5 * j, 35.5 + 5 * k]);
      expect(new Set(corners.map(String)).size).toBe(8);
    });
  });

  it('keeps displacement with its node', () => {
    const file = vtu(press);
    const points = valuesOf(file, 'Points');
    const moved = valuesOf(file, 'displacement');
    for (let n = 0; n < points.length / 3; n++) {
      const [i, j, k] = [0, 1, 2].map((d) => Math.round((points[3 * n + d]! - grid.origin[d]!) / 5));
      const node = i! + 4 * (j! + 3 * k!);
      expect(moved[3 * n]).toBe(press.fields.displacement[3 * node]);
    }
  });
});

/** A Python that has the package, or undefined. */
function pythonWith(name: string): string | undefined {
  const works = (python: string): boolean => spawnSync(python, ['-c', `import ${name}`]).status === 0;
  return ['python3', '/usr/bin/python3'].find(works);
}
const python = { vtk: pythonWith('vtk'), meshio: pythonWith('meshio') };
const no = (name: 'vtk' | 'meshio', debian: string): boolean =>
  lacks(python[name] ? undefined : `Python has no ${name} here; on Debian: apt-get install ${debian}`);

describe('other programs read the files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'psoascope-vtk-'));
  beforeAll(() => {
    writeFileSync(join(folder, 'press.vti'), vti(press));
    writeFileSync(join(folder, 'press.vtu'), vtu(press));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const ask = (interpreter: string, script: string): unknown => {
    const run = spawnSync(interpreter, ['-c', script], { cwd: folder, encoding: 'utf8' });
    expect(run.stderr).toBe('');
    return JSON.parse(run.stdout.trim().split('\n').at(-1)!);
  };

  it.skipIf(no('vtk', 'python3-vtk9'))('VTK itself', () => {
    const answer = ask(
      python.vtk!,
      `import vtk, json
from vtk.util.numpy_support import vtk_to_numpy as num
r = vtk.vtkXMLUnstructuredGridReader(); r.SetFileName('press.vtu'); r.Update(); g = r.GetOutput()
i = vtk.vtkXMLImageDataReader(); i.SetFileName('press.vti'); i.Update(); m = i.GetOutput()
q = vtk.vtkMeshQuality(); q.SetInputData(g); q.SetHexQualityMeasureToVolume(); q.Update()
print(json.dumps(dict(cells=g.GetNumberOfCells(), volumes=num(q.GetOutput().GetCellData().GetArray('Quality')).tolist(),
  pressure=num(g.GetCellData().GetArray('pressure')).tolist(),
  field={f.GetFieldData().GetArrayName(n): f.GetFieldData().GetArray(n).GetValue(0) for f in (g, m) for n in range(f.GetFieldData().GetNumberOfArrays())},
  origin=m.GetOrigin(), spacing=m.GetSpacing(), dimensions=m.GetDimensions(), first=num(m.GetPointData().GetArray('displacement'))[1].tolist(),
  structure=num(m.GetCellData().GetArray('structure')).tolist())))`,
    );
    expect(answer).toMatchObject({
      cells: filled.length,
      volumes: filled.map(() => expect.closeTo(125, 9)), // positive: corners are in the order that VTK wants
      pressure: filled.map((n) => n + 1),
      field: { 'space: LPS': 1, 'left psoas_major': 1, skin: 2 },
      origin: [-10, 20, 30.5],
      spacing: [5, 5, 5],
      dimensions: [4, 3, 3],
      first: [0.3, 0.4, 0.5].map((v) => expect.closeTo(v, 6)),
      structure: [1, 2, 2, 0, 0, 1, 0, 0, 0, 0, 0, 0],
    });
  });

  it.skipIf(no('meshio', 'python3-meshio'))('meshio', () => {
    const answer = ask(
      python.meshio!,
      `import meshio, json
m = meshio.read('press.vtu')
print(json.dumps(dict(kind=m.cells[0].type, cells=len(m.cells[0].data), points=len(m.points), low=m.points.min(0).tolist(), high=m.points.max(0).tolist(),
  field={k: int(v[0]) for k, v in m.field_data.items()}, shear=m.cell_data['shear'][0].tolist(), u=list(m.point_data['displacement'].shape))))`,
    );
    expect(answer).toMatchObject({
      kind: 'hexahedron',
      cells: filled.length,
      field: { 'space: LPS': 1, 'left psoas_major': 1, skin: 2 },
      low: [-10, 20, 30.5],
      high: [5, 30, 40.5],
      shear: filled.map((n) => 2 * (n + 1)),
    });
  });
});
