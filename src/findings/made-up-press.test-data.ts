import { cellCentre, cellCount, type Grid, nodeCount, type Vec3 } from '../base/grid.ts';
import { note } from '../messages/note.ts';
import type { Press } from '../press/press.ts';
import type { Corridor, Part, Side, Tissue, VoxelModel } from '../voxel/model.ts';

/** A made-up press on a block of trunk, x −150…150 (left), y 0…140 (back), z 0…200 (head), filled by boxes. */

export type Field = (x: number, y: number, z: number) => number;
type Box = readonly [x0: number, x1: number, y0: number, y1: number, z0: number, z1: number];

const PAIRS: readonly (readonly [string, Tissue, Box])[] = [
  ['external_oblique', 'muscle_wall', [60, 150, 20, 30, 0, 200]],
  ['rectus_abdominis', 'muscle_wall', [0, 60, 20, 30, 0, 200]],
  ['psoas_major', 'muscle_psoas', [30, 60, 90, 130, 20, 200]],
  ['iliacus', 'muscle_psoas', [60, 110, 90, 120, 0, 70]],
  ['kidney', 'kidney', [60, 110, 90, 130, 130, 200]],
  ['common_iliac_artery', 'artery', [20, 30, 80, 90, 40, 100]],
  ['external_iliac_artery', 'artery', [40, 50, 70, 80, 0, 40]],
  ['common_iliac_vein', 'vein', [10, 20, 90, 100, 40, 100]],
  ['external_iliac_vein', 'vein', [30, 40, 80, 90, 0, 40]],
];
const SINGLES: readonly (readonly [string, Side, Tissue, Box])[] = [
  ['skin', 'midline', 'skin', [-150, 150, 0, 5, 0, 200]],
  ['subcutaneous_fat', 'midline', 'fat_subcutaneous', [-150, 150, 5, 20, 0, 200]],
  ['vertebra_l4', 'midline', 'bone', [-20, 20, 100, 140, 0, 200]],
  ['abdominal_aorta', 'midline', 'artery', [0, 20, 80, 100, 100, 200]],
  ['inferior_vena_cava', 'midline', 'vein', [-20, 0, 80, 100, 100, 200]],
  ['urinary_bladder', 'midline', 'urinary_bladder', [-30, 30, 40, 80, 0, 30]],
  ['small_intestine', 'midline', 'bowel', [-60, 60, 30, 70, 40, 160]],
  ['ascending_colon', 'right', 'bowel', [-110, -70, 40, 80, 20, 180]],
  ['descending_colon', 'left', 'bowel', [70, 110, 40, 80, 20, 180]],
];
export const NERVES = ['ureter', 'lateral_femoral_cutaneous_nerve', 'genitofemoral_nerve', 'femoral_nerve'];

function madeUpModel(h: number): VoxelModel {
  const grid: Grid = { origin: [-150, 0, 0], spacing: h, size: [300 / h, 140 / h, 200 / h] };
  const boxes = [
    ...SINGLES,
    ...PAIRS.flatMap(([s, t, [x0, x1, ...yz]]) => [
      [s, 'left', t, [x0, x1, ...yz]] as const,
      [s, 'right', t, [-x1, -x0, ...yz]] as const,
    ]),
  ];
  // fractions by counting 2.5 mm points; the first box that holds a point gets it, what is left is visceral fat
  const rows = [...boxes, ['visceral_fat', 'midline', 'fat_visceral', [-150, 150, 0, 140, 0, 200]] as const];
  const n = Math.round(h / 2.5);
  const counts = rows.map(() => new Map<number, number>());
  for (let cell = 0; cell < cellCount(grid); cell++) {
    const [cx, cy, cz] = cellCentre(grid, cell);
    for (let p = 0; p < n ** 3; p++) {
      const at = [p % n, Math.floor(p / n) % n, Math.floor(p / (n * n))].map((i) => ((i + 0.5) / n - 0.5) * h);
      const [x, y, w] = [cx + at[0]!, cy + at[1]!, cz + at[2]!];
      const row = rows.findIndex(([, , , b]) => x > b[0] && x < b[1] && y > b[2] && y < b[3] && w > b[4] && w < b[5]);
      counts[row]!.set(cell, (counts[row]!.get(cell) ?? 0) + 1);
    }
  }
  const parts: Part[] = rows.map(([structure, side, tissue], r) => ({
    structure,
    side,
    tissue,
    cells: Uint32Array.from(counts[r]!.keys()),
    fraction: Float32Array.from(counts[r]!.values(), (c) => c / n ** 3),
    volume: [...counts[r]!.values()].reduce((a, c) => a + c, 0) * 2.5 ** 3,
  }));
  const corridors: Corridor[] = NERVES.flatMap((structure, k) =>
    (['left', 'right'] as const).map((side) => {
      const x = (side === 'left' ? 1 : -1) * (25 + 25 * k);
      const points = Float64Array.from({ length: 3 * 81 }, (_, i) => [x, 85, 20 + 2 * Math.floor(i / 3)][i % 3]!);
      return { structure, side, points, spread: 8, evidence: ['T-74'] };
    }),
  );
  // skin: squares of 10 mm at y = 0, two triangles each
  const vertices: number[] = [];
  const triangles: number[] = [];
  for (let x = -150; x < 150; x += 10)
    for (let w = 0; w < 200; w += 10) {
      const v = vertices.length / 3;
      vertices.push(x, 0, w, x + 10, 0, w, x + 10, 0, w + 10, x, 0, w + 10);
      triangles.push(v, v + 1, v + 2, v, v + 2, v + 3);
    }
  return {
    grid,
    fill: new Float32Array(cellCount(grid)).fill(1),
    parts,
    corridors,
    skin: { vertices: Float64Array.from(vertices), triangles: Uint32Array.from(triangles) },
    fine: { grid, labels: new Uint8Array(cellCount(grid)), table: [] },
    bodyOrigin: [0, 0, 0],
    bodyOriginFrom: 'asis',
    landmarks: {},
    source: 'reference',
    notes: [note('note.body.waist')],
  };
}

export const MODELS = new Map([5, 10].map((h) => [h, madeUpModel(h)]));
const TOOL = {
  family: { id: 'two-peak', label: 'two-peak tool' },
  bounds: { min: [0, 0, 0], max: [0, 0, 0] },
  height: 0,
  distance: () => 0,
} as unknown as Press['placed']['tool'];

interface Fields {
  pressure?: Field;
  stretchMin?: Field;
  stretchMax?: Field;
  work?: Field;
  flow?: (x: number, y: number, z: number) => readonly [number, number, number];
  /** Middle of the touched skin, mm. */
  at?: readonly [number, number];
}

export function madeUpPress(fields: Fields = {}, model = MODELS.get(10)!): Press {
  const { grid, skin } = model;
  const sample = (f: Field): Float32Array =>
    Float32Array.from({ length: cellCount(grid) }, (_, cell) => f(...cellCentre(grid, cell)));
  const [ax, az] = fields.at ?? [50, 100];
  const contact = Float32Array.from({ length: skin.triangles.length / 3 }, (_, t) => {
    const v = 3 * skin.triangles[3 * t]!;
    return Math.hypot(skin.vertices[v]! - ax, skin.vertices[v + 2]! - az) < 20 ? 30 : 0;
  });
  return {
    model,
    placed: { tool: TOOL, at: [ax, 0, az], direction: [0, 1, 0], distance: () => 0 },
    targetForce: 200,
    steps: [step(20, 80, 25), { ...step(40, 200.123456789, 61.5), meanSkinPressure: 33.2 }],
    fields: {
      displacement: new Float32Array(3 * nodeCount(grid)),
      pressure: sample(fields.pressure ?? (() => 5)),
      shear: sample(() => 1),
      stress: new Float32Array(6 * cellCount(grid)).fill(1),
      stretchMin: sample(fields.stretchMin ?? (() => 0.8)),
      stretchMax: sample(fields.stretchMax ?? (() => 1.1)),
      work: sample(fields.work ?? (() => 1)),
      flow: flowOf(grid, fields.flow ?? (() => [0, 5, 0])),
      contact,
    },
    bones: [
      { structure: 'vertebra_l3', force: 150 },
      { structure: 'hip_bone', force: 50 },
    ],
    converged: true,
    solver: { backend: 'test', cell_mm: grid.spacing, cells: 8400, dof: 20000, iterations: 99, seconds: 1.5 },
    materials: [{ tissue: 'muscle_psoas', property: 'shear-modulus', value: 4, low: 1, high: 12, evidence: ['T-97'] }],
    warnings: [note('note.preview')],
  };
}

const flowOf = (grid: Grid, flow: NonNullable<Fields['flow']>): Float32Array =>
  Float32Array.from({ length: 3 * cellCount(grid) }, (_, n) => flow(...cellCentre(grid, Math.floor(n / 3)))[n % 3]!);

const step = (depth: number, force: number, peakSkinPressure: number): Press['steps'][number] => ({
  depth,
  force,
  floorForce: 0,
  supportForce: force,
  forceBalance: 0.003,
  contactArea: 4000,
  peakSkinPressure,
  meanSkinPressure: 20,
  penetration: 0.1,
  iterations: 10,
});

export const bump =
  (peak: number, [x0, y0, z0]: Vec3, width: number): Field =>
  (x, y, w) =>
    peak * Math.exp(-((x - x0) ** 2 + (y - y0) ** 2 + (w - z0) ** 2) / (2 * width ** 2));
