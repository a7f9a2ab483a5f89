import { type Anatomy, buildAnatomy } from '../anatomy/anatomy.ts';
import { CONTOUR_DEGREES, contourThrough } from '../anatomy/contour.ts';
import { densePath } from '../anatomy/dense-points.ts';
import { girthAt } from '../anatomy/girth.ts';
import type { EllipticCylinder } from '../anatomy/shape.ts';
import { hypot, norm } from '../base/elementary.ts';
import { breathe, type Progress } from '../base/progress.ts';
import { dot, minus, pointAt, vec3 } from '../base/vec.ts';
import { type Body, resolveBody } from '../body/body.ts';
import type { VoxelModel } from '../voxel/model.ts';
import { voxelize } from '../voxel/voxelize.ts';

/** One measure of a built reference adult beside the published one. */
export interface Check {
  readonly body: string;
  readonly measure: string;
  readonly unit: string;
  /** Measured on the built shapes or their voxels. */
  readonly built: number;
  readonly mean: number;
  /** One published standard deviation, or the tolerance that `note` names. */
  readonly spread: number;
  readonly inside: boolean;
  readonly evidence: string;
  /** How the comparison was made, where mean or spread is not simply the published one. */
  readonly note?: string;
}

type Sex = 'female' | 'male';
type Figure = readonly [mean: number, spread: number];

/** Edge of the cells that the volumes are counted in, mm; areas and lengths use their 2.5 mm samples. */
const CELL = 5;

/**
 * Measures both reference adults, and women of a body mass index of 22, 28 and 35, and sets the published figures beside them.
 * Takes a few seconds.
 * @throws CancelledError when stopped
 */
export async function checkReference(progress: Progress = {}): Promise<Check[]> {
  const checks: Check[] = [];
  for (const sex of ['female', 'male'] as const) {
    const body = resolveBody({ sex, age: 40 });
    const anatomy = buildAnatomy(body);
    checks.push(...checkAdult(sex, anatomy, await voxelize(anatomy, CELL, progress)));
    await breathe(progress);
  }
  return [...checks, ...checkDepths()];
}

/** The mixed-sex areas of B-01 for one sex, with the ratio 0.65 of B-08: women 0.79, men 1.21 of the mean of both. */
const OF_BOTH: Readonly<Record<Sex, number>> = { female: (2 * 0.65) / 1.65, male: 2 / 1.65 };

function checkAdult(sex: Sex, anatomy: Anatomy, model: VoxelModel): Check[] {
  const man = sex === 'male';
  const { landmarks, body } = anatomy;
  const name = man ? 'reference man' : 'reference woman';
  const rows: Check[] = [];
  const put = (measure: string, unit: string, built: number, figure: Figure, evidence: string, note?: string): void => {
    rows.push(check(name, measure, unit, built, figure, evidence, note));
  };
  const z = (level: string): number => anatomy.landmarks[`vertebra_${level}_body`]![2];
  const disc = (above: string, below: string): number => (z(above) + z(below)) / 2;
  const ml = (...ids: string[]): number =>
    model.parts.filter((p) => ids.includes(p.structure)).reduce((sum, p) => sum + p.volume, 0) / 1000;

  // muscles
  const heights = {
    'L1/2': disc('l1', 'l2'),
    'L2/3': disc('l2', 'l3'),
    'L3/4': disc('l3', 'l4'),
    'L4/5': disc('l4', 'l5'),
    'L5/S1': anatomy.landmarks.s1_endplate_centre![2] + 5,
  };
  const psoas: Readonly<Record<keyof typeof heights, Figure>> = {
    'L1/2': [4.4, 2],
    'L2/3': [9.9, 3.5],
    'L3/4': [14.6, 4.3],
    'L4/5': [17.8, 5.2],
    'L5/S1': [15.8, 4.7],
  };
  const scale = OF_BOTH[sex];
  const both = `mean of both sexes times ${scale.toFixed(2)}: women have 0.65 of men's area (B-08)`;
  for (const level of Object.keys(heights) as (keyof typeof heights)[]) {
    const [mean, sd] = psoas[level];
    const area = areaAt(model, 'psoas_major', heights[level]) / 2;
    put(`psoas section, one side, ${level}`, 'cm²', area / 100, [mean * scale, sd * scale], 'B-01', both);
  }
  const tall = (body.height_cm / 100) ** 2;
  const l3 = areaAt(model, 'psoas_major', z('l3')) / 100 / tall;
  put('psoas, both sides at L3, over height squared', 'cm²/m²', l3, man ? [5.9, 1.7] : [5.4, 1.4], 'B-57');
  const volume = man ? 405 : 265;
  put(
    'psoas and iliacus, one side',
    'mL',
    ml('psoas_major', 'iliacus') / 2,
    [volume, volume * (man ? 0.29 : 0.26)],
    'B-04',
    'spread: that of the psoas index (B-57), for want of an own one',
  );
  const erector = { 'L1/2': 22.5, 'L2/3': 22.9, 'L3/4': 21.1 } as const;
  for (const level of ['L1/2', 'L2/3', 'L3/4'] as const)
    put(
      `erector spinae, one side, ${level}`,
      'cm²',
      areaAt(model, 'erector_spinae', heights[level]) / 200,
      [erector[level] * scaleBack(sex), 5],
      'B-54',
      `mean of both sexes times ${scaleBack(sex)}: women 0.8 of men (own estimate)`,
    );

  // vessels
  const aorta = diameterBetween(model, 'abdominal_aorta', z('l4') + 8, z('l2'));
  put('aorta below the kidneys, inner diameter', 'mm', aorta, man ? [16.5, 2.1] : [14.5, 1.7], 'B-18');
  const cava = extentAt(model, 'inferior_vena_cava', z('l2') + 10);
  put('lower vena cava at the renal veins, across', 'mm', cava.x, [25.8, 3.5], 'B-53');
  put('lower vena cava at the renal veins, front to back', 'mm', cava.y, [16.3, 2.9], 'B-53');
  const iliac = tube(anatomy, 'common_iliac_artery', 'left');
  const middle = 4 * Math.floor(iliac.length / 8) + 3;
  put('common iliac artery, left, diameter', 'mm', 2 * iliac[middle]!, man ? [9.7, 1.8] : [8.5, 1.3], 'B-19');
  put('common iliac artery, left, length', 'mm', lengthOf(iliac), [61.2, 17.9], 'B-49');
  put(
    'common iliac artery, right, length',
    'mm',
    lengthOf(tube(anatomy, 'common_iliac_artery', 'right')),
    [60.3, 16.1],
    'B-49',
  );
  put(
    'external iliac artery, left, length',
    'mm',
    lengthOf(tube(anatomy, 'external_iliac_artery', 'left')),
    man ? [87.6, 10.6] : [102.7, 31],
    'B-50',
  );
  const levelHeight = z('l3') - z('l4');
  const end = tube(anatomy, 'abdominal_aorta', 'midline').at(-2)!;
  put(
    'aortic bifurcation above the middle of L4',
    'vertebrae',
    (end - z('l4')) / levelHeight,
    [0, 0.5],
    'B-20',
    'within half a level of the middle of L4, where 67 to 83 % have it',
  );
  const meet = landmarks.iliocaval_confluence![2];
  put(
    'iliac veins meet above the disc L4/5',
    'vertebrae',
    (meet - disc('l4', 'l5')) / levelHeight,
    [-0.15, 0.5],
    'B-21',
    'on average at the disc, in 43 % at upper L5; half a level taken as spread',
  );

  // bones
  const l5 = bodyOf(anatomy, 'vertebra_l5');
  put('L5 body, height (front and back, mean)', 'mm', 2 * l5.halfHeight, man ? [28.75, 1.9] : [27.55, 1.7], 'B-47');
  put('L5 body, depth', 'mm', l5.halfDepth * (1 + l5.flatBack), man ? [37.1, 3.2] : [33.3, 2.6], 'B-47');
  put(
    'L3 endplate, width',
    'mm',
    2 * bodyOf(anatomy, 'vertebra_l3').halfWidth,
    [man ? 46 : 0.91 * 46, 3.2],
    'B-48',
    'spread: that of the L5 body (B-47)',
  );
  const top = bodyOf(anatomy, 'vertebra_t12').tilt;
  put('lordosis T12 to S1, lying', '°', 38 - top, [36.8, 13.2], 'B-17');
  put('bi-iliac distance, bone', 'mm', widthOf(model, 'hip_bone'), man ? [280, 17] : [272, 17], 'B-51');
  put('distance between the ASIS', 'mm', 2 * landmarks.asis_left![0], man ? [227, 13] : [225, 20], 'B-14');
  put('distance between the hip centres', 'mm', 2 * landmarks.hip_centre_left![0], [160, 8], 'B-15');
  put('true conjugate', 'mm', conjugate(anatomy), man ? [105, 10] : [116, 10], 'B-52');

  // organs
  for (const [side, figure] of [
    ['right', [108.5, 12.2]],
    ['left', [111.3, 12.6]],
  ] as const) {
    const shape = anatomy.structures.find((s) => s.structure === 'kidney' && s.side === side)!.shapes[0]!;
    if (shape.kind === 'ellipsoid') put(`kidney, ${side}, length`, 'mm', 2 * shape.halfAxes[2], figure, 'B-46');
  }
  put('kidney volume, mean of both', 'mL', ml('kidney') / 2, man ? [177, 32] : [141, 26], 'B-61');
  put('ascending colon with caecum', 'mL', ml('ascending_colon', 'caecum'), [203, 75], 'B-55');
  put('transverse colon', 'mL', ml('transverse_colon'), [198, 79], 'B-55');
  put('descending colon', 'mL', ml('descending_colon'), [160, 86], 'B-55');
  if (!man) put('uterus, volume', 'mL', ml('uterus'), [70, 20], 'B-59', 'the published range 50 to 90');

  put(
    'fat under the skin, area at L3',
    'cm²',
    areaAt(model, 'subcutaneous_fat', z('l3')) / 100,
    man ? [117, 35] : [147, 44],
    'B-31',
    NO_SD,
  );
  const inside = ['visceral_fat', 'greater_omentum'].reduce((sum, id) => sum + areaAt(model, id, z('l3')), 0);
  put('fat between the organs, area at L3', 'cm²', inside / 100, man ? [121, 36] : [67, 20], 'B-32', NO_SD);

  // courses
  const left: Figure[] = [
    [28.8, 9.5],
    [22, 8],
    [15.5, 8.4],
  ];
  const right: Figure[] = [
    [12.3, 6.1],
    [7.4, 5.7],
    [5.4, 4.4],
  ];
  (['L2/3', 'L3/4', 'L4/5'] as const).forEach((level, n) => {
    put(
      `left ureter to the great artery, ${level}`,
      'mm',
      ureterGap(anatomy, model, 'left', heights[level]),
      left[n]!,
      'B-23',
    );
    put(
      `right ureter to the vena cava, ${level}`,
      'mm',
      ureterGap(anatomy, model, 'right', heights[level]),
      right[n]!,
      'B-24',
    );
  });
  put(
    'ureter on the psoas, L4, distance between them',
    'mm',
    ureterOnPsoas(anatomy, model),
    [2.5, 2.5],
    'B-23',
    'touching to one ureter away; own limit',
  );
  put('outer thigh nerve at the groin ligament, from the ASIS', 'mm', lfcnFromAsis(anatomy), [29.5, 20.1], 'B-26');

  // the whole
  const girth = girthAt(anatomy.contours.skin, landmarks.umbilicus![2]);
  put(
    'waist girth against the wanted one',
    'mm',
    girth,
    [10 * body.waist_cm, 5],
    man ? 'B-37' : 'B-38',
    'tolerance 5 mm',
  );
  put(
    'hip girth against the fit',
    'mm',
    girthAt(anatomy.contours.skin, -75),
    [10 * body.hip_cm, man ? 26 : 29.5],
    'B-45',
  );
  const [mass, expected] = [massOf(model), expectedMass(body, model)];
  put(
    'mass of the modelled part',
    'kg',
    mass,
    [expected, 0.1 * expected],
    'B-56',
    'segment masses by the share of each segment’s length that is modelled; tolerance 10 %',
  );
  return rows;
}

const NO_SD = 'no standard deviation published: 30 % taken';

const scaleBack = (sex: Sex): number => (sex === 'male' ? 1.11 : 0.89);

/** Skin to aorta on the back, women: published with an ultrasound probe on the belly, which presses it in a little. */
function checkDepths(): Check[] {
  const published = [
    [22, 45],
    [28, 57],
    [35, 79],
  ] as const;
  return published.map(([index, depth]) => {
    const anatomy = buildAnatomy(resolveBody({ sex: 'female', age: 40, weight_kg: index * 1.63 ** 2 }), 'supine');
    return check(
      `woman, 163 cm, body mass index ${index}`,
      'skin to aorta at its bifurcation, on the back',
      'mm',
      skinToAorta(anatomy),
      [depth, 0.15 * depth],
      'B-33',
      'tolerance 15 %; the published depth is under an ultrasound probe, lying bodies on CT have more',
    );
  });
}

/** Straight back from the skin to the front of the aorta, just above where it divides, mm. */
export function skinToAorta(anatomy: Anatomy): number {
  const points = tube(anatomy, 'abdominal_aorta', 'midline');
  const [x, y, z, r] = points.slice(-4 * 4, -4 * 3) as unknown as [number, number, number, number];
  const radii = new Float64Array(CONTOUR_DEGREES);
  const skin = contourThrough(anatomy.contours.skin);
  skin.radii(z, radii);
  // near the midline the outline is flat across
  const front = skin.centreY - Math.sqrt(Math.max(radii[0]! ** 2 - x ** 2, 0));
  return y - r - front;
}

function check(
  body: string,
  measure: string,
  unit: string,
  built: number,
  [mean, spread]: Figure,
  evidence: string,
  note?: string,
): Check {
  const inside = Math.abs(built - mean) <= spread;
  return { body, measure, unit, built, mean, spread, inside, evidence, ...(note !== undefined && { note }) };
}

/** Labels of a structure, any side. */
function labelsOf(model: VoxelModel, id: string): ReadonlySet<number> {
  return new Set(model.fine.table.flatMap((row, label) => (row.structure === id ? [label] : [])));
}

/** Calls back for each voxel of a structure in the slice at height z: middle of the voxel, mm. */
function eachAt(model: VoxelModel, id: string, z: number, call: (x: number, y: number) => void): void {
  const { grid, labels } = model.fine;
  const [nx, ny] = grid.size;
  const wanted = labelsOf(model, id);
  const k = Math.floor((z - grid.origin[2]) / grid.spacing);
  for (let j = 0, n = k * nx * ny; j < ny; j++)
    for (let i = 0; i < nx; i++, n++)
      if (wanted.has(labels[n]!))
        call(grid.origin[0] + (i + 0.5) * grid.spacing, grid.origin[1] + (j + 0.5) * grid.spacing);
}

/** Area of a structure, both sides, over three slices about a height, mm². */
function areaAt(model: VoxelModel, id: string, z: number): number {
  const h = model.fine.grid.spacing;
  let count = 0;
  for (const dz of [-h, 0, h]) eachAt(model, id, z + dz, () => void count++);
  return (count / 3) * h * h;
}

function diameterBetween(model: VoxelModel, id: string, low: number, high: number): number {
  const h = model.fine.grid.spacing;
  let [count, slices] = [0, 0];
  for (let z = low; z <= high; z += h, slices++) eachAt(model, id, z, () => void count++);
  return Math.sqrt(((count / slices) * h * h * 4) / Math.PI);
}

function extentAt(model: VoxelModel, id: string, z: number): { x: number; y: number } {
  const box = [Infinity, -Infinity, Infinity, -Infinity] as [number, number, number, number];
  eachAt(model, id, z, (x, y) => {
    box[0] = Math.min(box[0], x);
    box[1] = Math.max(box[1], x);
    box[2] = Math.min(box[2], y);
    box[3] = Math.max(box[3], y);
  });
  const h = model.fine.grid.spacing;
  return { x: box[1] - box[0] + h, y: box[3] - box[2] + h };
}

/** Width of a structure over all heights, mm. */
function widthOf(model: VoxelModel, id: string): number {
  const { grid, labels } = model.fine;
  const wanted = labelsOf(model, id);
  let [low, high] = [grid.size[0], -1];
  for (let n = 0; n < labels.length; n++) {
    if (!wanted.has(labels[n]!)) continue;
    const i = n % grid.size[0];
    low = Math.min(low, i);
    high = Math.max(high, i);
  }
  return (high - low + 1) * grid.spacing;
}

/** A tube's resolved points, flattened [x, y, z, radius]. */
function tube(anatomy: Anatomy, id: string, side: string): Float64Array {
  const shape = anatomy.structures.find((s) => s.structure === id && s.side === side)!.shapes[0]!;
  if (shape.kind !== 'tube') throw new Error(`${id} is no tube`);
  return densePath(shape.points);
}

function lengthOf(path: Float64Array): number {
  let length = 0;
  for (let n = 4; n < path.length; n += 4)
    length += hypot(path[n]! - path[n - 4]!, path[n + 1]! - path[n - 3]!, path[n + 2]! - path[n - 2]!);
  return length;
}

function bodyOf(anatomy: Anatomy, id: string): EllipticCylinder {
  const shape = anatomy.structures.find((s) => s.structure === id)!.shapes[0]!;
  if (shape.kind !== 'elliptic-cylinder') throw new Error(`${id} has no body`);
  return shape;
}

/** Promontory to the nearest point on the back of the symphysis, mm. */
function conjugate(anatomy: Anatomy): number {
  const [, py, pz] = anatomy.landmarks.sacral_promontory!;
  const symphysis = tube(anatomy, 'pubic_symphysis', 'midline');
  let nearest = Number.POSITIVE_INFINITY;
  for (let n = 0; n < symphysis.length; n += 4)
    nearest = Math.min(nearest, hypot(symphysis[n + 1]! - py, symphysis[n + 2]! - pz) - symphysis[n + 3]!);
  return nearest;
}

/** Half the width of a ureter, 5 mm with its wall (B-25, T-79). */
const URETER_RADIUS = 2.5;

function ureterAt(anatomy: Anatomy, side: string, z: number): readonly [number, number] {
  const { points } = anatomy.corridors.find((c) => c.structure === 'ureter' && c.side === side)!;
  let best = 0;
  for (let n = 0; n < points.length; n += 3)
    if (Math.abs(points[n + 2]! - z) < Math.abs(points[best + 2]! - z)) best = n;
  return [points[best]!, points[best + 1]!];
}

/** Edge to edge within the slice, mm: the left ureter to aorta or common iliac artery, the right one to the cava. */
function ureterGap(anatomy: Anatomy, model: VoxelModel, side: 'left' | 'right', z: number): number {
  const [x, y] = ureterAt(anatomy, side, z);
  const ids = side === 'left' ? ['abdominal_aorta', 'common_iliac_artery'] : ['inferior_vena_cava'];
  let nearest = Number.POSITIVE_INFINITY;
  for (const id of ids)
    eachAt(model, id, z, (vx, vy) => {
      if (side === 'right' || vx > 0) nearest = Math.min(nearest, hypot(vx - x, vy - y));
    });
  return nearest - model.fine.grid.spacing / 2 - URETER_RADIUS;
}

function ureterOnPsoas(anatomy: Anatomy, model: VoxelModel): number {
  const z = anatomy.landmarks.vertebra_l4_body![2];
  const [x, y] = ureterAt(anatomy, 'left', z);
  let nearest = Number.POSITIVE_INFINITY;
  eachAt(model, 'psoas_major', z, (vx, vy) => void (nearest = Math.min(nearest, hypot(vx - x, vy - y))));
  return Math.max(nearest - model.fine.grid.spacing / 2 - URETER_RADIUS, 0);
}

/** Where the nerve passes under the line from the ASIS to the pubic tubercle, along it from the ASIS, mm. */
function lfcnFromAsis(anatomy: Anatomy): number {
  const [a, t] = [anatomy.landmarks.asis_left!, anatomy.landmarks.pubic_tubercle_left!];
  const line = minus(t, a);
  const long = norm(line);
  const { points } = anatomy.corridors.find(
    (c) => c.structure === 'lateral_femoral_cutaneous_nerve' && c.side === 'left',
  )!;
  let [nearest, along] = [Number.POSITIVE_INFINITY, 0];
  for (let n = 0; n < points.length; n += 3) {
    const from = minus(pointAt(points, n), a);
    const share = Math.min(Math.max(dot(from, line) / long, 0), long);
    const gap = norm(vec3((d) => from[d] - (share * line[d]) / long));
    if (gap < nearest) [nearest, along] = [gap, share];
  }
  return along;
}

/** Densities, g/mL, of rows T-01 to T-07; bone with its marrow as a whole is our own estimate. */
const DENSITY: Readonly<Record<string, number>> = {
  fat_subcutaneous: 0.911,
  fat_visceral: 0.911,
  skin: 1.109,
  bone: 1.25,
  lung: 0.4,
  gas: 0.001,
};
const OTHER_DENSITY = 1.06;

function massOf(model: VoxelModel): number {
  return model.parts.reduce((sum, p) => sum + (p.volume / 1e6) * (DENSITY[p.tissue] ?? OTHER_DENSITY), 0);
}

/**
 * Mass that the modelled part should have: the lower trunk (navel to hip centre) whole, the middle trunk (xiphoid to navel) by the
 * share of its height, the thighs by the share of their length, their upper end a quarter thicker than the mean.
 */
function expectedMass({ sex, weight_kg, height_cm }: Body, model: VoxelModel): number {
  const man = sex === 'male';
  const [lower, middle, thigh] = man ? [0.112, 0.163, 0.142] : [0.125, 0.147, 0.148];
  const { origin, size, spacing } = model.grid;
  const [bottom, top] = [origin[2], origin[2] + size[2] * spacing];
  const navel = model.landmarks.umbilicus![2];
  const hip = model.landmarks.hip_centre_left![2];
  // lengths of middle trunk and thigh over stature in the same people (B-56)
  const middleHeight = (man ? 0.1237 : 0.1182) * height_cm * 10;
  const thighLength = (man ? 0.2425 : 0.2124) * height_cm * 10;
  return (
    weight_kg *
    (lower + middle * Math.min((top - navel) / middleHeight, 1.2) + 2 * thigh * 1.25 * ((hip - bottom) / thighLength))
  );
}
