import type { Grid, Vec3 } from '../base/grid.ts';
import { cellCentre, cellCount, nodeCount } from '../base/grid.ts';
import { levelFor } from '../evidence/levels.ts';
import { aFinding } from '../findings/a-finding.test-data.ts';
import type { Finding, Share } from '../findings/finding.ts';
import type { Result } from '../findings/result.ts';
import { subjectOf } from '../findings/subject-of.ts';
import { note } from '../messages/note.ts';
import type { PlacedTool, Press, PressStep } from '../press/press.ts';
import { scenarioSchema } from '../press/scenario.ts';
import type { Tool } from '../tool/tool.ts';
import type { Corridor, LabelRow, Part, Side, SkinSurface, Tissue, VoxelModel } from '../voxel/model.ts';

/**
 * A made-up press for tests: an elliptical trunk with a few blobs, a dent in closed form and a pressure bump under it.
 * None of its numbers means anything; only its shape is that of a real press.
 */

const CELL = 10;
const FINE = 4;
const HALF_WIDTH = 160;
const HALF_DEPTH = 104;
const DEPTH = 38;
const RADIUS = 32;

const row = (structure: string, side: Side, tissue: Tissue, colour: readonly [number, number, number]): LabelRow => ({
  structure,
  side,
  tissue,
  colour,
});

const TABLE: readonly LabelRow[] = [
  row('outside', 'midline', 'soft_tissue', [255, 255, 255]),
  row('skin', 'midline', 'skin', [240, 205, 180]),
  row('subcutaneous_fat', 'midline', 'fat_subcutaneous', [250, 225, 120]),
  row('rectus_abdominis', 'midline', 'muscle_wall', [185, 55, 60]),
  row('abdominal_wall', 'midline', 'muscle_wall', [165, 62, 62]),
  row('visceral_fat', 'midline', 'fat_visceral', [235, 215, 150]),
  row('small_intestine', 'midline', 'bowel', [225, 160, 150]),
  row('large_intestine', 'left', 'bowel', [185, 125, 85]),
  row('large_intestine', 'right', 'bowel', [185, 125, 85]),
  row('psoas_major', 'left', 'muscle_psoas', [205, 45, 45]),
  row('psoas_major', 'right', 'muscle_psoas', [205, 45, 45]),
  row('vertebra_l4', 'midline', 'bone', [240, 232, 212]),
  row('intervertebral_disc_l4_l5', 'midline', 'disc', [140, 170, 195]),
  row('abdominal_aorta', 'midline', 'artery', [230, 20, 20]),
  row('inferior_vena_cava', 'midline', 'vein', [50, 70, 200]),
  row('erector_spinae', 'midline', 'muscle', [160, 70, 60]),
  row('kidney', 'left', 'kidney', [150, 55, 50]),
  row('kidney', 'right', 'kidney', [150, 55, 50]),
  row('hip_bone', 'left', 'bone', [235, 225, 200]),
  row('hip_bone', 'right', 'bone', [235, 225, 200]),
  row('iliacus', 'left', 'muscle', [225, 120, 80]),
  row('iliacus', 'right', 'muscle', [225, 120, 80]),
];
const labelOf = (structure: string, side: Side): number =>
  TABLE.findIndex((r) => r.structure === structure && r.side === side);

/** Depth below the skin as a fraction of the radius: 1 on the skin, 0 in the middle; above 1 outside. */
const rho = (x: number, y: number): number =>
  ((Math.abs(x) / HALF_WIDTH) ** 2.3 + (Math.abs(y) / HALF_DEPTH) ** 2.3) ** (1 / 2.3);

function labelAt(x: number, y: number, z: number): number {
  const r = rho(x, y);
  const side: Side = x > 0 ? 'left' : 'right';
  const ax = Math.abs(x);
  if (r > 1) return 0;
  if (r > 0.975) return labelOf('skin', 'midline');
  if (r > 0.83) return labelOf('subcutaneous_fat', 'midline');
  if (Math.hypot(ax - 0, (y - 22) * 0.8) < 26 && y > -2)
    return Math.abs(((z + 200) % 40) - 20) < 14
      ? labelOf('vertebra_l4', 'midline')
      : labelOf('intervertebral_disc_l4_l5', 'midline');
  if (Math.hypot(ax - 46, y - 18) < 19) return labelOf('psoas_major', side);
  if (z < -20 && Math.abs(ax - 92 - 0.35 * (z + 20)) < 7 && y > -40 && y < 66) return labelOf('hip_bone', side);
  if (z < -20 && ax < 88 + 0.35 * (z + 20) && ax > 66 && y > -10 && y < 50) return labelOf('iliacus', side);
  if (Math.hypot(x - 12, (y + 14) * 1.1) < 9) return labelOf('abdominal_aorta', 'midline');
  if (Math.hypot((x + 16) * 0.8, y + 12) < 10) return labelOf('inferior_vena_cava', 'midline');
  if (y > 40 && ax < 75) return labelOf('erector_spinae', 'midline');
  if (r > 0.7)
    return y < -30 && ax < 78 ? labelOf('rectus_abdominis', 'midline') : labelOf('abdominal_wall', 'midline');
  if (Math.hypot(ax - 76, y - 22, (z - 90) * 0.6) < 30) return labelOf('kidney', side);
  if (Math.hypot(ax - 92, y - 2) < 19) return labelOf('large_intestine', side);
  if (y < -22 && Math.sin(x / 11) * Math.sin(y / 9 + x / 40) * Math.cos(z / 16) > -0.25)
    return labelOf('small_intestine', 'midline');
  return labelOf('visceral_fat', 'midline');
}

const AT: Vec3 = [58, -skinDepth(58), 12];
const DIRECTION: Vec3 = [0, 1, 0];

/** |y| of the skin at x. */
function skinDepth(x: number): number {
  return HALF_DEPTH * (1 - (Math.abs(x) / HALF_WIDTH) ** 2.3) ** (1 / 2.3);
}

/** The dent: the skin follows the ball, deeper tissue moves less, and what is beside it moves aside. */
function dent(x: number, y: number, z: number): [number, number, number] {
  const dx = x - AT[0];
  const dz = z - AT[2];
  const below = Math.max(0, y - AT[1]);
  const width = 34 + 0.35 * below;
  const bell = Math.exp(-(dx * dx + dz * dz) / (2 * width * width));
  const into = DEPTH * bell * Math.exp(-((below / 78) ** 2));
  const aside = 0.12 * DEPTH * bell * Math.exp(-(((below - 45) / 35) ** 2));
  return [(aside * dx) / 30, into, (aside * dz) / 30];
}

function buildModel(): VoxelModel {
  const grid: Grid = { origin: [-180, -120, -130], spacing: CELL, size: [36, 25, 26] };
  const fine: Grid = {
    origin: grid.origin,
    spacing: CELL / FINE,
    size: [grid.size[0] * FINE, grid.size[1] * FINE, grid.size[2] * FINE],
  };
  const labels = new Uint8Array(cellCount(fine));
  const counts = TABLE.map(() => new Map<number, number>());
  const fill = new Float32Array(cellCount(grid));
  const share = 1 / FINE ** 3;
  for (let n = 0; n < labels.length; n++) {
    const [x, y, z] = cellCentre(fine, n);
    const label = labelAt(x, y, z);
    labels[n] = label;
    if (label === 0) continue;
    const i = Math.floor((n % fine.size[0]) / FINE);
    const j = Math.floor((Math.floor(n / fine.size[0]) % fine.size[1]) / FINE);
    const k = Math.floor(Math.floor(n / (fine.size[0] * fine.size[1])) / FINE);
    const cell = i + grid.size[0] * (j + grid.size[1] * k);
    fill[cell] = fill[cell]! + share;
    counts[label]!.set(cell, (counts[label]!.get(cell) ?? 0) + share);
  }
  const parts = TABLE.slice(1).map((r, n): Part => {
    const cells = [...counts[n + 1]!.entries()].sort((a, b) => a[0] - b[0]);
    return {
      structure: r.structure,
      side: r.side,
      tissue: r.tissue,
      cells: Uint32Array.from(cells, ([cell]) => cell),
      fraction: Float32Array.from(cells, ([, f]) => f),
      volume: cells.reduce((sum, [, f]) => sum + f * CELL ** 3, 0),
    };
  });
  const corridors = [
    corridor('ureter', 'left', 4, (z) => [44, -6, z]),
    corridor('ureter', 'right', 4, (z) => [-44, -6, z]),
    corridor('genitofemoral_nerve', 'left', 6, (z) => [50 - z / 30, -3 - z / 30, z]),
    corridor('lateral_femoral_cutaneous_nerve', 'left', 9, (z) => [70 - z / 4, 20 + z / 5, z]),
  ];
  return {
    grid,
    fill,
    parts,
    corridors,
    skin: buildSkin(),
    fine: { grid: fine, labels, table: TABLE },
    bodyOrigin: [0, -90, -40],
    bodyOriginFrom: 'asis',
    landmarks: {},
    source: 'reference',
    notes: [],
  };
}

function corridor(structure: string, side: Side, spread: number, course: (z: number) => Vec3): Corridor {
  const points = Float64Array.from({ length: 130 }, (_, n) => -129 + 2 * n).reduce<number[]>(
    (all, z) => all.concat(course(z)),
    [],
  );
  return { structure, side, spread, points: Float64Array.from(points), evidence: [] };
}

/** An open tube of triangles around the trunk, outward orientation. */
function buildSkin(): SkinSurface {
  const around = 120;
  const along = 52;
  const vertices: number[] = [];
  const triangles: number[] = [];
  for (let k = 0; k <= along; k++)
    for (let a = 0; a < around; a++) {
      const [c, s] = [Math.cos((2 * Math.PI * a) / around), Math.sin((2 * Math.PI * a) / around)];
      const scale = 1 / rho(c * HALF_WIDTH, s * HALF_DEPTH);
      vertices.push(c * HALF_WIDTH * scale, s * HALF_DEPTH * scale, -130 + (260 * k) / along);
    }
  for (let k = 0; k < along; k++)
    for (let a = 0; a < around; a++) {
      const [p, q] = [k * around + a, k * around + ((a + 1) % around)];
      triangles.push(p, q, q + around, p, q + around, p + around);
    }
  return { vertices: Float64Array.from(vertices), triangles: Uint32Array.from(triangles) };
}

function placeBall(): PlacedTool {
  const distance = (x: number, y: number, z: number, depth: number): number =>
    Math.hypot(x - AT[0], y - (AT[1] + depth - RADIUS), z - AT[2]) - RADIUS;
  const tool: Tool = {
    family: {
      id: 'ball',
      label: 'massage ball',
      description: 'A round ball on the floor.',
      parameters: {},
      evidence: [],
      confidence: 'estimate',
      measuredBy: 'nobody',
      onFloor: true,
      aim: [0, 0],
      handed: false,
      defaultPose: 'prone',
      defaultLoad: { force_N: 200 },
      loadRange: [100, 300],
      presets: {},
    },
    parameters: { diameter: 2 * RADIUS },
    distance: (x, y, z) => Math.hypot(x, y, z - RADIUS) - RADIUS,
    bounds: { min: [-RADIUS, -RADIUS, 0], max: [RADIUS, RADIUS, 2 * RADIUS] },
    height: 2 * RADIUS,
  };
  const floor = (_x: number, y: number, _z: number, depth: number): number => y - (AT[1] + depth - 2 * RADIUS);
  return { tool, at: AT, direction: DIRECTION, distance, floor };
}

/** The made-up press. */
export function syntheticPress(): Press {
  const model = buildModel();
  const { grid } = model;
  const [nx, ny, nz] = grid.size;
  const displacement = new Float32Array(3 * nodeCount(grid));
  const flow = new Float32Array(3 * cellCount(grid));
  const fields = {
    pressure: new Float32Array(cellCount(grid)),
    shear: new Float32Array(cellCount(grid)),
    stress: new Float32Array(6 * cellCount(grid)),
    stretchMin: new Float32Array(cellCount(grid)).fill(1),
    stretchMax: new Float32Array(cellCount(grid)).fill(1),
    work: new Float32Array(cellCount(grid)),
  };
  for (let k = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++) {
        const cell = i + nx * (j + ny * k);
        if (model.fill[cell] === 0) continue;
        for (let c = 0; c < 8; c++) {
          const node = i + (c & 1) + (nx + 1) * (j + ((c >> 1) & 1) + (ny + 1) * (k + (c >> 2)));
          const at = [i + (c & 1), j + ((c >> 1) & 1), k + (c >> 2)].map((n, d) => grid.origin[d]! + CELL * n);
          displacement.set(dent(at[0]!, at[1]!, at[2]!), 3 * node);
        }
        const [x, y, z] = cellCentre(grid, cell);
        const far = Math.hypot(x - AT[0], (y - AT[1]) * 0.7, z - AT[2]);
        fields.pressure[cell] = 1.2 + 95 * Math.exp(-far / 21);
        fields.shear[cell] = 30 * Math.exp(-far / 26);
        fields.stretchMin[cell] = 1 - 0.5 * Math.exp(-far / 40);
        fields.stretchMax[cell] = 1 + 0.4 * Math.exp(-far / 40);
        fields.work[cell] = 400 * Math.exp(-far / 25);
        flow[3 * cell + 1] = fields.pressure[cell]!;
      }

  const contact = new Float32Array(model.skin.triangles.length / 3);
  contact.forEach((_, t) => {
    const v = 3 * model.skin.triangles[3 * t]!;
    const [x, y, z] = [model.skin.vertices[v]!, model.skin.vertices[v + 1]!, model.skin.vertices[v + 2]!];
    const far = Math.hypot(x - AT[0], z - AT[2]);
    if (y < 0 && far < 30) contact[t] = 90 * (1 - (far / 30) ** 2);
  });
  const steps = Array.from({ length: 9 }, (_, n): PressStep => {
    const depth = (DEPTH * (n + 1)) / 9;
    const force = 210 * (depth / DEPTH) ** 1.9;
    const contactArea = 2800 * (depth / DEPTH) ** 0.8;
    return {
      depth,
      force,
      floorForce: 0,
      supportForce: force * 0.997,
      forceBalance: 0.003,
      contactArea,
      peakSkinPressure: (1700 * force) / contactArea,
      meanSkinPressure: (1000 * force) / contactArea,
      penetration: 0.2,
      iterations: 31,
    };
  });
  return {
    model,
    placed: placeBall(),
    targetForce: 210,
    steps,
    fields: { displacement, ...fields, flow, contact },
    bones: [
      { structure: 'hip_bone', force: 160 },
      { structure: 'sacrum', force: 40 },
    ],
    converged: true,
    solver: { backend: 'made-up', cell_mm: CELL, cells: 11000, dof: 36000, iterations: 279, seconds: 21.3 },
    materials: [{ tissue: 'muscle_psoas', property: 'shear-modulus', value: 4, low: 2, high: 8, evidence: ['T-60'] }],
    warnings: [],
  };
}

const finding = (structure: string, side: Side, value: number | null, rest: Partial<Finding> = {}): Finding =>
  aFinding({ structure, side, value, ...rest, ...levelOf(structure, value, rest) });

/** The level that a made-up value is compared with, where it is said to be compared. */
function levelOf(structure: string, value: number | null, rest: Partial<Finding>): Pick<Finding, 'level'> {
  const group = subjectOf({ structure })?.group;
  if (group === undefined || value === null || rest.band === undefined) return {};
  const level = levelFor(group, rest.quantity ?? 'tissue-pressure', value, 35);
  return level === undefined ? {} : { level: level.id };
}

const FINDINGS: readonly Finding[] = [
  finding('skin', 'midline', 126, {
    quantity: 'peak-contact-pressure',
    where: 'skin',
    band: 'within-published',
    felt: 'felt',
    evidence: ['H-75', 'H-74'],
  }),
  finding('rectus_abdominis', 'left', 38, {
    band: 'above-published',
    felt: 'felt',
    evidence: ['H-71', 'H-72'],
  }),
  finding('rectus_abdominis', 'left', 41, {
    quantity: 'compression',
    unit: '%',
    band: 'below-published',
    felt: 'felt',
    evidence: ['H-72'],
  }),
  finding('small_intestine', 'midline', 19, {
    band: 'above-published',
    felt: 'silent',
    evidence: ['H-51', 'H-52'],
    low: 11,
    high: 31,
  }),
  finding('abdominal_aorta', 'midline', 5.1, {
    band: 'below-published',
    felt: 'unknown',
    evidence: ['H-04', 'T-59'],
    low: 2.6,
    high: 9.8,
  }),
  finding('inferior_vena_cava', 'midline', 2.4, {
    quantity: 'excess-pressure',
    band: 'within-published',
    felt: 'silent',
    evidence: ['H-11', 'V-32'],
  }),
  finding('ureter', 'left', 3.3, {
    quantity: 'excess-pressure',
    band: 'within-published',
    felt: 'silent',
    evidence: ['H-40', 'H-45'],
    low: 1.4,
    high: 6.9,
  }),
  finding('genitofemoral_nerve', 'left', 4.9, {
    band: 'within-published',
    felt: 'felt',
    evidence: ['H-24', 'H-25', 'H-26', 'H-21'],
    low: 2.8,
    high: 8.4,
  }),
  finding('psoas_major', 'left', 6.4, {
    band: 'below-published',
    felt: 'felt',
    evidence: ['H-71', 'T-60'],
    low: 3.1,
    high: 12,
  }),
  finding('ovary', 'left', null),
];

const SHARES: readonly Share[] = [
  { structure: 'subcutaneous_fat', share: 0.36, low: null, high: null },
  { structure: 'rectus_abdominis', share: 0.24, low: null, high: null },
  { structure: 'small_intestine', share: 0.17, low: null, high: null },
  { structure: 'visceral_fat', share: 0.11, low: null, high: null },
  { structure: 'skin', share: 0.05, low: null, high: null },
  { structure: 'psoas_major', share: 0.04, low: null, high: null },
  { structure: 'large_intestine', share: 0.02, low: null, high: null },
  { structure: 'erector_spinae', share: 0.01, low: null, high: null },
];

/** The result that would go with the made-up press. */
export function syntheticResult(press: Press): Result {
  return {
    schemaVersion: 3,
    scenario: scenarioSchema.parse({ tool: { id: 'ball', parameters: { diameter: 64 } }, load: { force_N: 210 } }),
    solver: {
      backend: press.solver.backend,
      cell_mm: CELL,
      cells: press.solver.cells,
      dof: press.solver.dof,
      steps: press.steps.length,
      iterations: press.solver.iterations,
      converged: press.converged,
      forceBalance: press.steps.at(-1)?.forceBalance ?? null,
      seconds: press.solver.seconds,
    },
    body: {
      label: 'woman, 163 cm, 62 kg, waist 82 cm, 40 years',
      source: 'reference',
      weight_kg: 62,
      origin_LPS: [0, -90, -40],
    },
    tool: {
      id: 'ball',
      label: 'massage ball',
      at_LPS: [AT[0], AT[1], AT[2]],
      direction_LPS: [0, 1, 0],
      targetForce_N: press.targetForce,
    },
    path: press.steps.map((step) => ({
      depth_mm: step.depth,
      force_N: step.force,
      floorForce_N: step.floorForce,
      supportForce_N: step.supportForce,
      forceBalance: step.forceBalance,
      contactArea_cm2: step.contactArea / 100,
      meanSkinPressure_kPa: step.meanSkinPressure,
      peakSkinPressure_kPa: step.peakSkinPressure,
    })),
    headline: {
      psoasFrontPressure_kPa: { value: 13.4, low: 9.1, high: 19 },
      psoasFrontForce_N: { value: 54.3, low: 44, high: 65 },
      skinPressure_kPa: { value: 126, low: 88, high: 160 },
      fingersPressure_kPa: { value: 3.03, low: null, high: null },
      supports: [
        { bone: 'hip_bone', force_N: 155 },
        { bone: 'sacrum', force_N: 30 },
        { bone: 'vertebra_l5', force_N: 14 },
        { bone: 'vertebra_l4', force_N: 8 },
        { bone: 'rib', force_N: 1 },
      ],
      before: [
        { structure: 'subcutaneous_fat', side: 'midline', pressure_kPa: 65 },
        { structure: 'abdominal_wall', side: 'left', pressure_kPa: 30.6 },
        { structure: 'abdominal_wall', side: 'right', pressure_kPa: 31.8 },
      ],
    },
    near: [
      {
        structure: 'lateral_femoral_cutaneous_nerve',
        side: 'left',
        atRest_mm: 39,
        pressed_mm: 14.4,
        between: [
          { structure: 'skin', thickness_mm: 1.5 },
          { structure: 'subcutaneous_fat', thickness_mm: 12.5 },
        ],
      },
      { structure: 'lateral_femoral_cutaneous_nerve', side: 'right', atRest_mm: 39, pressed_mm: 14.9, between: [] },
      { structure: 'hip_bone', side: 'left', atRest_mm: 42.4, pressed_mm: 20.1, between: [] },
      { structure: 'sacrum', side: 'midline', atRest_mm: 99, pressed_mm: 63, between: [] },
      { structure: 'abdominal_aorta', side: 'midline', atRest_mm: 104, pressed_mm: 71.5, between: [] },
    ],
    findings: FINDINGS,
    shares: SHARES,
    assumptions: [
      { id: 'shear-modulus/muscle_psoas', value: 4, low: 2, high: 8, unit: 'kPa', evidence: ['T-60'] },
      {
        id: 'shear-modulus/fat_subcutaneous',
        value: 1.1,
        low: 0.5,
        high: 3,
        unit: 'kPa',
        evidence: ['T-18', 'T-44'],
      },
      { id: 'weight-share', value: 0.33, low: 0.2, high: 0.55, unit: '', evidence: ['L-01'] },
    ],
    notes: [note('note.preview')],
    manifest: {
      version: '0.1.0',
      scenarioHash: 'a'.repeat(64),
      resultHash: 'b'.repeat(64),
      seed: 0,
      time: '2026-01-01T00:00:00.000Z',
      platform: 'test',
    },
  };
}
