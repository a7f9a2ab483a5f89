import { type Anatomy, buildAnatomy, type Pose } from '../anatomy/anatomy.ts';
import { girthAt } from '../anatomy/girth.ts';
import type { ShapedStructure } from '../anatomy/shape.ts';
import { resolveBody } from '../body/body.ts';
import type { BodySpec } from '../body/spec.ts';
import { rasterOf } from '../voxel/rasterise.ts';
import { Slice } from '../voxel/slice.ts';
import { voxelize } from '../voxel/voxelize.ts';

/** What was found wrong with a built body, in sentences; empty when nothing was. */
export interface Inspection {
  readonly spec: BodySpec;
  readonly pose: Pose;
  readonly faults: readonly string[];
  /** Waist of the built skin less the wanted one, mm. */
  readonly waistError: number;
  /** Processor time for building the anatomy and its cells, s, where the caller gives a clock. */
  readonly seconds: number;
}

/** Solids that cannot be in one place, by structure ids; what is deeper in both than a voxel counts. */
const KINDS = {
  spine: ['vertebra_', 'intervertebral_disc'],
  pelvis: ['hip_bone', 'sacrum'],
  femur: ['femur'],
  psoas: ['psoas_major'],
  kidney: ['kidney'],
  aorta: ['abdominal_aorta'],
  arteries: ['common_iliac_artery', 'external_iliac_artery'],
  cava: ['inferior_vena_cava'],
  veins: ['common_iliac_vein', 'external_iliac_vein'],
  smallBowel: ['small_intestine'],
  largeBowel: ['ascending_colon', 'descending_colon', 'caecum'],
  bladder: ['urinary_bladder'],
  wall: ['external_oblique', 'internal_oblique', 'transversus_abdominis', 'rectus_abdominis'],
} as const;
type Kind = keyof typeof KINDS;
const NAMES = Object.keys(KINDS) as Kind[];

/** Pairs that must keep apart, and the share of the first that may lie deeper than a voxel in the second. */
const APART: readonly (readonly [Kind, Kind, number])[] = [
  ['psoas', 'spine', 0.01],
  ['psoas', 'pelvis', 0.01],
  ['psoas', 'femur', 0.01],
  ['kidney', 'spine', 0.01],
  ['kidney', 'psoas', 0.03],
  ['aorta', 'spine', 0.01],
  ['cava', 'spine', 0.01],
  ['aorta', 'cava', 0.02],
  ['arteries', 'spine', 0.01],
  ['arteries', 'pelvis', 0.01],
  ['veins', 'pelvis', 0.01],
  ['smallBowel', 'spine', 0.005],
  ['smallBowel', 'psoas', 0.02],
  ['smallBowel', 'pelvis', 0.02],
  ['largeBowel', 'psoas', 0.03],
  ['largeBowel', 'pelvis', 0.03],
  ['bladder', 'pelvis', 0.02],
  ['kidney', 'wall', 0.02],
];

/** What must stay inside the cavity, and what may show through the skin nowhere. */
const IN_CAVITY: readonly Kind[] = ['kidney', 'aorta', 'cava', 'arteries', 'veins', 'smallBowel', 'largeBowel'];
const UNDER_SKIN: readonly Kind[] = ['spine', 'pelvis', 'femur', 'psoas', 'wall'];

/** Shares of a solid's samples that may lie more than a voxel outside its compartment. */
const OUTSIDE = 0.02;

/**
 * Builds a body as a press would and looks for what cannot be: numbers that are none, a waist off by more than 5 mm, layers out of
 * order, solids inside one another by more than a cell, solids outside their compartment.
 *
 * @param cell edge of the cells, mm
 * @param clock processor time in seconds, for the time that building took
 */
export async function inspectBody(
  spec: BodySpec,
  pose: Pose,
  cell: number,
  clock: () => number = () => 0,
): Promise<Inspection> {
  const begin = clock();
  const anatomy = buildAnatomy(resolveBody(spec), pose);
  const model = await voxelize(anatomy, cell, {});
  const seconds = clock() - begin;

  const faults: string[] = [];
  const waistError = girthAt(anatomy.contours.skin, anatomy.landmarks.umbilicus![2]) - 10 * anatomy.body.waist_cm;
  if (!(Math.abs(waistError) <= 5)) faults.push(`the waist is off by ${waistError.toFixed(1)} mm`);
  if (!allFinite(anatomy.contours) || !allFinite(anatomy.structures) || !allFinite(anatomy.landmarks))
    faults.push('a figure of a shape is not a number');
  if (anatomy.corridors.some((c) => !c.points.every(Number.isFinite))) faults.push('a course is not a number');
  if (!model.fill.every(Number.isFinite) || !model.skin.vertices.every(Number.isFinite))
    faults.push('a cell or a point of the skin is not a number');
  for (const part of model.parts) if (!(part.volume > 0)) faults.push(`${part.structure} has no volume`);
  faults.push(...layerFaults(anatomy), ...placeFaults(anatomy, cell));
  return { spec, pose, faults, waistError, seconds };
}

/** Skin over fascia over cavity, everywhere. */
function layerFaults({ contours }: Anatomy): string[] {
  const { skin, fascia, cavity } = contours;
  const faults: string[] = [];
  skin.stations.forEach((row, n) => {
    const under = fascia.stations[n]!;
    for (let a = 1; a < row.length; a++)
      if (!(row[a]! - under[a]! >= 3.5 && under[a]! > 0))
        faults.push(`skin and fascia are ${(row[a]! - under[a]!).toFixed(1)} mm apart at height ${row[0]!.toFixed(0)}`);
  });
  for (const row of cavity.stations)
    for (let a = 1; a < row.length; a++)
      if (!(row[a]! > 4)) faults.push(`the cavity is ${row[a]!.toFixed(1)} mm wide at height ${row[0]!.toFixed(0)}`);
  return faults;
}

/** Solids in one another or outside their compartment, on samples a cell apart; each shape whole, before others are painted over it. */
function placeFaults(anatomy: Anatomy, step: number): string[] {
  const { tall } = anatomy.body.growth;
  const range = (low: number, high: number): Float64Array =>
    Float64Array.from({ length: Math.ceil((high - low) / step) }, (_, i) => low + (i + 0.5) * step);
  const x = range(-step * Math.ceil(260 / step), 260);
  const y = range(-200, 270);
  const heights = range(-135 * tall, 225 * tall);
  const slice = new Slice(x, y, [step, step, step], anatomy.contours);
  const solids = anatomy.structures.flatMap((s) => {
    const kind = NAMES.findIndex((name) => KINDS[name].some((id) => s.structure.startsWith(id)));
    return kind < 0 ? [] : s.shapes.map((shape) => ({ bit: 1 << kind, raster: rasterOf(shape), clip: shape.clip }));
  });
  const inserted = anatomy.body.inserts.length > 0;

  const held = new Uint32Array(x.length * y.length);
  const all = new Float64Array(NAMES.length);
  const both = new Float64Array(APART.length);
  const outside = new Float64Array(NAMES.length);
  const out = mask(IN_CAVITY);
  const through = mask(UNDER_SKIN);
  heights.forEach((z, k) => {
    held.fill(0);
    slice.moveTo(k, z);
    for (const { bit, raster, clip } of solids) {
      raster(slice);
      if (slice.i1 <= slice.i0) continue;
      const depth = clip ? slice.depthUnder(clip.contour) : undefined;
      for (let j = slice.j0; j < slice.j1; j++)
        for (let i = slice.i0, n = j * x.length + i; i < slice.i1; i++, n++)
          if (slice.mask[n] === 1 && !(depth && !(depth[n]! > clip!.inset))) held[n]! |= bit;
      slice.clear();
    }
    const cavity = slice.depthUnder('cavity');
    const skin = slice.depthUnder('skin');
    // below the hips the thighs are outside the trunk's outline
    const trunk = z > -60 * tall;
    // towards the groin ligament the great vessels leave the cavity
    const above = z > 0;
    for (let n = x.length; n < held.length - x.length; n++) {
      const bits = held[n]!;
      if (bits === 0) continue;
      const deep = bits & held[n - 1]! & held[n + 1]! & held[n - x.length]! & held[n + x.length]!;
      const far = (above && cavity[n]! < -step ? out : 0) | (trunk && skin[n]! < 0.5 ? through : 0);
      for (let kind = 0; kind < NAMES.length; kind++) {
        if (!(bits & (1 << kind))) continue;
        all[kind]!++;
        if (far & (1 << kind)) outside[kind]!++;
      }
      APART.forEach(([a, b], pair) => {
        const bitsOf = (1 << NAMES.indexOf(a)) | (1 << NAMES.indexOf(b));
        if ((deep & bitsOf) === bitsOf) both[pair]!++;
      });
    }
  });
  const faults = APART.flatMap(([a, b, limit], pair) => {
    const share = both[pair]! / Math.max(all[NAMES.indexOf(a)]!, 1);
    // what is put in on purpose pushes its neighbours aside, which the shapes do not show
    if (share <= limit || (inserted && (a === 'aorta' || a === 'largeBowel' || a === 'psoas' || b === 'psoas')))
      return [];
    return [`${(100 * share).toFixed(1)} % of ${a} lies deeper than a cell in ${b} (limit ${100 * limit} %)`];
  });
  NAMES.forEach((name, kind) => {
    const share = outside[kind]! / Math.max(all[kind]!, 1);
    if (share > OUTSIDE && !inserted)
      faults.push(`${(100 * share).toFixed(1)} % of ${name} lies outside its compartment`);
  });
  return faults;
}

const mask = (kinds: readonly Kind[]): number => kinds.reduce((bits, kind) => bits | (1 << NAMES.indexOf(kind)), 0);

function allFinite(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value) || value === Number.POSITIVE_INFINITY;
  if (value === null || typeof value !== 'object') return true;
  return Object.values(value as ShapedStructure[] | Record<string, unknown>).every(allFinite);
}
