import type { Anatomy } from '../anatomy/anatomy.ts';
import type { Corridor } from '../anatomy/corridors.ts';
import type { Tube } from '../anatomy/shape.ts';
import { structureOf } from '../anatomy/structures.ts';
import type { Side, Tissue } from '../anatomy/tissue.ts';
import { hypot, pow } from '../base/elementary.ts';
import type { Grid, Vec3 } from '../base/grid.ts';
import { breathe, type Progress } from '../base/progress.ts';
import { courseRadius, courseTube } from './course-tube.ts';
import { jointCells } from './joint.ts';
import { fitVolume, type Mesh, smoothQuads, trianglesOf, vertexNormals, withoutCrumbs } from './mesh.ts';
import type { LabelVolume, VoxelModel } from './model.ts';
import { type Occupancy, occupancyOf, readOccupancy } from './occupancy.ts';
import { painterOf } from './paint.ts';
import { type Limits, simplify } from './simplify.ts';
import { PLACE_STEPS, roundTo } from './steps.ts';
import { surfaceNet } from './surface-net.ts';
import { thinnest, tubeShares, tubesOf } from './tube-field.ts';

/** A closed surface to look at. Plain data: it may be sent between threads. */
export interface Surface {
  readonly structure: string;
  readonly side: Side;
  /** Everyday name, without side. */
  readonly label: string;
  readonly tissue: Tissue;
  /** sRGB 0…255. */
  readonly colour: readonly [number, number, number];
  /**
   * solid: the structure itself. envelope: the outer border of a layer and of all in it (skin, fat under the skin, muscle without a
   * name, the sheath of the rectus). course: a tube
   * along the mean course of a nerve or ureter. spread: about one published standard deviation around that course.
   */
  readonly kind: 'solid' | 'envelope' | 'course' | 'spread';
  /** n×3, mm, LPS, body at rest. */
  readonly vertices: Float32Array;
  /** Unit normals, n×3, outward. */
  readonly normals: Float32Array;
  /** How much of the sky each vertex cannot see, 0…255: a soft shade. */
  readonly occlusion: Uint8Array;
  /** m×3, counter-clockwise from outside. Every edge belongs to two triangles. */
  readonly triangles: Uint32Array;
}

export type SurfaceDetail = 'low' | 'medium' | 'high';

/** Spacing that an anatomy is painted with and wanted edge lengths, mm. low is meant for phones. */
const DETAIL = {
  low: { paint: 2.5, thin: 2.5, sheet: 5, plain: 7.5, broad: 10, skin: 10 },
  medium: { paint: 2, thin: 2, sheet: 4, plain: 6, broad: 8, skin: 8 },
  high: { paint: 1.5, thin: 1.5, sheet: 3, plain: 4.5, broad: 6, skin: 6 },
} as const;
type Steps = (typeof DETAIL)[SurfaceDetail];

/** What is left out where a phone has to carry it: less than can be seen at its size. Skin and the fat under it stay whole: a tool bends them most. */
const LIGHT: Readonly<Record<SurfaceDetail, Limits | undefined>> = {
  low: { error: 0.35, edge: 14 },
  medium: undefined,
  high: undefined,
};

/** What straight pieces of tubes can do without: their blocks are small for the sake of their sections. */
const TUBE_LIGHT: Limits = { error: 0.1, edge: 8 };

/** Slices painted between two looks at the cancel signal. */
const BATCH = 16;

/** Passes of smoothing; each flattens what blocks of voxels leave of their steps. */
const SMOOTHING = 6;

/** A tube is round from so many edges in its radius on. */
const TUBE_EDGES = 1.7;

/** Pieces smaller than this are leftovers between two structures, mm³. */
const CRUMB = 60;

/**
 * Display surfaces of every structure, made from the shapes that the solver sees: an anatomy is painted in the same order and
 * within the same bounds, only finer; a scan's labels are taken as they are. Each structure's coverage is averaged over small
 * blocks, meshed by surface nets at the level that keeps its volume, smoothed, and moved along its normals until its volume is that
 * of its voxels. Where the volume's border cuts a structure, its surface is closed flat.
 *
 * @returns surfaces in the order of the label table (skin first), then courses and their spreads
 * @throws CancelledError when stopped
 */
export async function buildSurfaces(
  source: { readonly model: VoxelModel; readonly anatomy?: Anatomy | undefined },
  options: { readonly detail?: SurfaceDetail } = {},
  progress: Progress = {},
): Promise<Surface[]> {
  const detail = options.detail ?? 'medium';
  const steps = DETAIL[detail];
  const { model, anatomy } = source;
  const told = (fraction: number): void => progress.report?.({ phase: 'phase.draw-body', fraction });
  const fine = anatomy ? await paintFiner(anatomy, model.fine.grid, steps.paint, told, progress) : model.fine;
  const body = occupancyOf(fine, (label) => label !== 0);
  const shades = new Map<string, Occupancy>();
  const surfaces: Surface[] = [];
  const layers = layersOf(fine);
  for (const [n, layer] of layers.entries()) {
    if (n % 6 === 0) {
      told(0.4 + (0.5 * n) / layers.length);
      await breathe(progress);
    }
    const row = fine.table[layer.label]!;
    const tubes = anatomy && tubesOf(anatomy.structures, row);
    const edge =
      tubes === undefined
        ? wantedEdge(row.tissue, layer, steps, fine.grid.spacing)
        : steps[thinnest(tubes) < steps.sheet * TUBE_EDGES ? 'thin' : 'sheet'];
    const joint = jointCells(fine, layer.label, layer.low, layer.high);
    const mesh = joint
      ? meshLayer({ ...fine, labels: joint.labels }, wider(layer, joint, fine.grid), edge, tubes)
      : meshLayer(fine, layer, edge, tubes);
    if (mesh === undefined) continue;
    const key = shadeKey(row.tissue);
    if (!shades.has(key))
      shades.set(
        key,
        occupancyOf(fine, (label) => SHADES[key]!(fine.table[label]!.tissue, label)),
      );
    const { structure, side, tissue, colour } = row;
    const kind = layer.envelope ? 'envelope' : 'solid';
    surfaces.push(finish({ structure, side, tissue, colour, kind }, mesh, shades.get(key)!, detail));
  }
  for (const corridor of model.corridors) surfaces.push(...corridorSurfaces(corridor, fine, body, detail));
  told(1);
  return surfaces;
}

/** Name of a structure's side, the same for its solid, its course and its spread. */
export const surfaceId = (s: { readonly structure: string; readonly side: Side }): string => `${s.structure}/${s.side}`;

/** What can be handed over instead of copied when surfaces are sent to another thread. */
export const surfaceBuffers = (surfaces: readonly Surface[]): ArrayBuffer[] =>
  surfaces.flatMap((s) => [s.vertices, s.normals, s.occlusion, s.triangles].map((a) => a.buffer as ArrayBuffer));

async function paintFiner(
  anatomy: Anatomy,
  grid: Grid,
  spacing: number,
  told: (fraction: number) => void,
  progress: Progress,
): Promise<LabelVolume> {
  // the ends of the trunk stay where they are; beside it, whole blocks the same left and right
  const length = grid.size[2] * grid.spacing;
  const nz = Math.round(length / spacing);
  const h = length / nz;
  const across = [0, 1].map((d) => 12 * Math.ceil((grid.size[d]! * grid.spacing) / h / 12)) as [number, number];
  const origin = [0, 1].map((d) => grid.origin[d]! + (grid.size[d]! * grid.spacing - across[d]! * h) / 2);
  const painter = painterOf(anatomy, {
    origin: [origin[0]!, origin[1]!, grid.origin[2]],
    spacing: h,
    size: [across[0], across[1], nz],
  });
  for (let k = 0; k < nz; k++) {
    if (k % BATCH === 0) {
      told((0.4 * k) / nz);
      await breathe(progress);
    }
    painter.paintSlice(k);
  }
  return painter.volume;
}

/** Labels that make one surface. */
interface Layer {
  /** First of them: its row gives name and colour. */
  readonly label: number;
  /** 1 for each label that counts as inside. */
  readonly member: Uint8Array;
  readonly envelope: boolean;
  /** Has parts hardly thicker than a block, which blurring would make holes in. */
  readonly thin: boolean;
  /** How far flat ends stand out, mm: two ends in one plane would flicker. */
  readonly beyond: number;
  /** Voxels inside, and the box that holds them (first and last, inclusive). */
  count: number;
  readonly low: [number, number, number];
  readonly high: [number, number, number];
}

/** Structures whose outer border is drawn around everything within. */
const ENVELOPES: readonly string[] = ['skin', 'subcutaneous_fat'];

/**
 * Muscle without a name of its own is the ground on which the named ones lie. It is drawn with what the cavity holds: a shell of its own
 * would have holes wherever it is thin.
 */
const GROUND = 'other_muscle';
const ON_GROUND: readonly Tissue[] = [
  'skin',
  'fat_subcutaneous',
  'muscle',
  'muscle_wall',
  'aponeurosis',
  'bone',
  'cartilage',
  'disc',
  'artery',
  'vein',
];

/** Films thinner than a voxel, drawn as the outer border of what they wrap on their side. */
const FILMS: Readonly<Record<string, readonly string[]>> = {
  rectus_sheath: ['rectus_sheath', 'rectus_abdominis'],
};

const THIN: readonly Tissue[] = ['bone', 'muscle_wall', 'aponeurosis', 'cartilage'];

function layersOf(fine: LabelVolume): Layer[] {
  const { table, grid, labels } = fine;
  const [nx, ny, nz] = grid.size;
  const boxes = table.map(() => ({ count: 0, low: [nx, ny, nz], high: [-1, -1, -1] }));
  for (let k = 0, n = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++, n++) {
        const box = boxes[labels[n]!]!;
        box.count++;
        if (i < box.low[0]!) box.low[0] = i;
        if (j < box.low[1]!) box.low[1] = j;
        if (k < box.low[2]!) box.low[2] = k;
        if (i > box.high[0]!) box.high[0] = i;
        if (j > box.high[1]!) box.high[1] = j;
        if (k > box.high[2]!) box.high[2] = k;
      }
  const layerOf = (label: number, envelope: boolean, takes: (n: number) => boolean): Layer => {
    const layer: Layer = {
      label,
      member: Uint8Array.from(table, (_, n) => (n > 0 && takes(n) ? 1 : 0)),
      envelope,
      thin: !envelope && THIN.includes(table[label]!.tissue),
      beyond: beyond(table[label]!.structure, envelope),
      count: 0,
      low: [nx, ny, nz],
      high: [-1, -1, -1],
    };
    for (let n = 1; n < table.length; n++) {
      if (layer.member[n] === 0 || boxes[n]!.count === 0) continue;
      layer.count += boxes[n]!.count;
      for (let d = 0; d < 3; d++) {
        layer.low[d] = Math.min(layer.low[d]!, boxes[n]!.low[d]!);
        layer.high[d] = Math.max(layer.high[d]!, boxes[n]!.high[d]!);
      }
    }
    return layer;
  };
  const key = (n: number): string => `${table[n]!.structure}/${table[n]!.side}`;
  const layers: Layer[] = [];
  const seen = new Set<string>();
  for (let n = 1; n < table.length; n++) {
    if (seen.has(key(n))) continue;
    seen.add(key(n));
    const depth = ENVELOPES.indexOf(table[n]!.structure);
    const outer = ENVELOPES.slice(0, Math.max(0, depth));
    const wrapped = FILMS[table[n]!.structure];
    if (wrapped)
      layers.push(layerOf(n, true, (m) => wrapped.includes(table[m]!.structure) && table[m]!.side === table[n]!.side));
    else if (table[n]!.structure === GROUND)
      layers.push(layerOf(n, true, (m) => m === n || !ON_GROUND.includes(table[m]!.tissue)));
    else if (depth >= 0) layers.push(layerOf(n, true, (m) => !outer.includes(table[m]!.structure)));
    else layers.push(layerOf(n, false, (m) => key(m) === key(n)));
  }
  return layers.filter((layer) => layer.count > 0);
}

function beyond(structure: string, envelope: boolean): number {
  if (!envelope) return 0;
  if (structure === GROUND) return -0.5;
  return structure in FILMS ? 0.1 : 0.2 * (ENVELOPES.length - ENVELOPES.indexOf(structure));
}

/** Wanted edge length: thin things need short ones, and so do sheets with two sides close together. */
function wantedEdge(tissue: Tissue, layer: Layer, steps: Steps, spacing: number): number {
  const mL = (layer.count * pow(spacing, 3)) / 1e3;
  if (layer.envelope) return mL < 1200 ? steps.sheet : steps.skin;
  if (tissue === 'cartilage' || tissue === 'aponeurosis' || mL < (tissue === 'bone' ? 32 : 6)) return steps.thin;
  if (tissue === 'fat_visceral' || tissue === 'fat_subcutaneous' || mL > 1200) return steps.broad;
  if (tissue === 'bone' || tissue === 'bowel' || tissue === 'muscle_wall' || mL < 70) return steps.sheet;
  return steps.plain;
}

/** Mesh of one layer in mm, or undefined where nothing but crumbs is left. @param tubes that it is made of, where it is a vessel of a built body */
function meshLayer(
  { grid, labels }: LabelVolume,
  layer: Layer,
  edge: number,
  tubes: readonly Tube[] | undefined,
): Meshed | undefined {
  const h = grid.spacing;
  const s = Math.max(1, Math.round(edge / h));
  const block = s * h;

  // blocks from two below the first to two beyond the last one
  const { low, high } = tubes === undefined ? layer : boxOf(tubes, grid, layer);
  const first = low.map((i) => Math.floor(i / s) - 2) as [number, number, number];
  const size = high.map((i, d) => Math.floor(i / s) + 3 - first[d]!) as [number, number, number];
  const middle = (d: 0 | 1 | 2): number => grid.origin[d] + (first[d] + 0.5) * block;
  const values =
    tubes === undefined
      ? blurred(coverage(grid.size, labels, layer.member, s, first, size), size, layer.thin)
      : tubeShares(tubes, size, [middle(0), middle(1), middle(2)], block);
  emptyBeyond(values, size, grid.size, s, first);
  const level = tubes === undefined ? levelFor(values, layer.count / pow(s, 3), layer.thin) : 0.5;
  const net = surfaceNet(values, size, level);
  if (net.cells.length === 0) return undefined;

  const pinned = new Uint8Array(net.cells.length);
  const v = net.vertices;
  for (let n = 0; n < pinned.length; n++) {
    const cell = net.cells[n]!;
    const at = [cell % size[0], Math.floor(cell / size[0]) % size[1], Math.floor(cell / (size[0] * size[1]))];
    for (let d = 0; d < 3; d++) {
      const below = first[d]! + at[d]!;
      const beyond = Math.ceil(grid.size[d]! / s) - 1;
      v[3 * n + d] = grid.origin[d]! + (first[d]! + v[3 * n + d]! + 0.5) * block;
      if (below !== -1 && below !== beyond) continue;

      // the border of the volume cuts here: a flat end whose rim follows the last layer of blocks
      rimCrossing(values, size, level, cell, d, below === -1 ? 1 : 0, at, (e, place) => {
        v[3 * n + e] = grid.origin[e]! + (first[e]! + place + 0.5) * block;
      });
      pinned[n] = 7;
      v[3 * n + d] = grid.origin[d]! + (below === -1 ? -layer.beyond : grid.size[d]! * h + layer.beyond);
    }
  }
  if (tubes === undefined) smoothQuads(v, net.quads, pinned, SMOOTHING);
  const kept = withoutCrumbs(v, net.quads, pinned, Math.min(CRUMB, 0.2 * layer.count * pow(h, 3)));
  if (kept.quads.length === 0) return undefined;
  const mesh = { vertices: kept.vertices, triangles: trianglesOf(kept.quads, kept.vertices) };
  // a tube is drawn where it is, and not as thin as what others have left of it
  if (tubes === undefined) fitVolume(mesh, layer.count * pow(h, 3), kept.pinned, 0.5 * block);
  return { mesh, flat: kept.pinned, tube: tubes !== undefined };
}

/** A layer with cells added around it. */
function wider(layer: Layer, { added, reach }: { readonly added: number; readonly reach: number }, grid: Grid): Layer {
  const low = layer.low.map((v) => Math.max(0, v - reach)) as [number, number, number];
  const high = layer.high.map((v, d) => Math.min(grid.size[d]! - 1, v + reach)) as [number, number, number];
  return { ...layer, count: layer.count + added, low, high };
}

/** The voxels that hold a layer's own ones and its tubes, which go on under what covers their ends. */
function boxOf(tubes: readonly Tube[], grid: Grid, layer: Pick<Layer, 'low' | 'high'>): Pick<Layer, 'low' | 'high'> {
  const low: [number, number, number] = [...layer.low];
  const high: [number, number, number] = [...layer.high];
  for (const point of tubes.flatMap(({ points }) => points))
    for (let d = 0; d < 3; d++) {
      const at = (mm: number): number =>
        Math.min(Math.max(Math.floor((mm - grid.origin[d]!) / grid.spacing), 0), grid.size[d]! - 1);
      low[d] = Math.min(low[d]!, at(point[d]! - point[3]!));
      high[d] = Math.max(high[d]!, at(point[d]! + point[3]!));
    }
  return { low, high };
}

/** Where the level crosses one face of a lattice cell: the mean over its edges, for the two directions in the face. */
function rimCrossing(
  values: Float32Array,
  size: readonly [number, number, number],
  level: number,
  cell: number,
  across: number,
  layer: 0 | 1,
  at: readonly number[],
  set: (direction: number, place: number) => void,
): void {
  const strides = [1, size[0], size[0] * size[1]] as const;
  const [e, f] = [(across + 1) % 3, (across + 2) % 3];
  const from = cell + layer * strides[across]!;
  const corner = (a: number, b: number): number => values[from + a * strides[e]! + b * strides[f]!]!;
  let [x, y, count] = [0, 0, 0];
  for (let b = 0; b < 2; b++) {
    for (const [p, q, along] of [
      [corner(0, b), corner(1, b), true],
      [corner(b, 0), corner(b, 1), false],
    ] as const) {
      if (p > level === q > level) continue;
      const t = (level - p) / (q - p);
      x += along ? t : b;
      y += along ? b : t;
      count++;
    }
  }
  if (count === 0) return;
  set(e, at[e]! + x / count);
  set(f, at[f]! + y / count);
}

/** Share of each block that is inside; beyond the volume's ends the last block goes on. */
function coverage(
  [nx, ny, nz]: Vec3,
  labels: Uint8Array,
  member: Uint8Array,
  s: number,
  first: readonly [number, number, number],
  size: readonly [number, number, number],
): Float32Array {
  const values = new Float32Array(size[0] * size[1] * size[2]);
  const last = [Math.ceil(nx / s) - 1, Math.ceil(ny / s) - 1, Math.ceil(nz / s) - 1] as const;
  const clamp = (n: number, d: 0 | 1 | 2): number => Math.min(last[d], Math.max(0, n));
  for (let c = 0, n = 0; c < size[2]; c++) {
    const k0 = clamp(first[2] + c, 2) * s;
    const k1 = Math.min(nz, k0 + s);
    for (let b = 0; b < size[1]; b++) {
      const j0 = clamp(first[1] + b, 1) * s;
      const j1 = Math.min(ny, j0 + s);
      for (let a = 0; a < size[0]; a++, n++) {
        const i0 = clamp(first[0] + a, 0) * s;
        const i1 = Math.min(nx, i0 + s);
        let sum = 0;
        for (let k = k0; k < k1; k++)
          for (let j = j0; j < j1; j++)
            for (let i = i0, at = nx * (j + ny * k) + i0; i < i1; i++, at++) sum += member[labels[at]!]!;
        values[n] = sum / ((k1 - k0) * (j1 - j0) * (i1 - i0));
      }
    }
  }
  return values;
}

/** Blurs block values by [1 2 1]/4 along each axis, and lifts the ridges of what is thin. */
function blurred(values: Float32Array, size: readonly [number, number, number], thin: boolean): Float32Array {
  const strides = [1, size[0], size[0] * size[1]] as const;
  const copy = new Float32Array(values.length);
  for (const stride of strides) {
    copy.set(values);
    for (let n = stride; n < values.length - stride; n++)
      values[n] = 0.25 * (copy[n - stride]! + copy[n + stride]!) + 0.5 * copy[n]!;
  }
  if (thin) liftRidges(values, strides);
  return values;
}

/** Empties what lies beyond the volume, and the border of the lattice. */
function emptyBeyond(
  values: Float32Array,
  size: readonly [number, number, number],
  whole: Vec3,
  s: number,
  first: readonly [number, number, number],
): void {
  for (let c = 0, n = 0; c < size[2]; c++)
    for (let b = 0; b < size[1]; b++)
      for (let a = 0; a < size[0]; a++, n++) {
        const at = [first[0] + a, first[1] + b, first[2] + c];
        const rim = a === 0 || b === 0 || c === 0 || a === size[0] - 1 || b === size[1] - 1 || c === size[2] - 1;
        if (rim || at.some((i, d) => i < 0 || i * s >= whole[d]!)) values[n] = 0;
      }
}

/** The level that keeps a volume of so many blocks. */
function levelFor(values: Float32Array, blocks: number, thin: boolean): number {
  const BINS = 200;
  const histogram = new Uint32Array(BINS + 1);
  for (const v of values) histogram[Math.min(BINS, Math.floor(v * BINS))]!++;
  let above = 0;
  let bin = BINS;
  while (bin > 0 && above + histogram[bin]! < blocks) above += histogram[bin--]!;
  return Math.min(thin ? 0.7 : 0.52, Math.max(0.25, bin / BINS));
}

/** A ridge lower than this is no plate but a voxel or two. */
const LOWEST_RIDGE = 0.3;

/** Divides by the largest value around, so that the middle of a plate thinner than a block counts as full and has no holes. */
function liftRidges(values: Float32Array, strides: readonly [number, number, number]): void {
  let peak = Float32Array.from(values);
  let next = new Float32Array(values.length);
  for (const stride of strides) {
    for (let n = stride; n < values.length - stride; n++)
      next[n] = Math.max(peak[n - stride]!, peak[n]!, peak[n + stride]!);
    [peak, next] = [next, peak];
  }
  for (let n = 0; n < values.length; n++) values[n]! /= Math.max(LOWEST_RIDGE, peak[n]!);
}

/** What shades what: structures are darkest where others of their kind are near. */
const SHADES: Readonly<Record<string, (tissue: Tissue, label: number) => boolean>> = {
  skeleton: (t) => t === 'bone' || t === 'disc' || t === 'cartilage',
  deep: (t) => ['bone', 'disc', 'cartilage', 'muscle_psoas', 'artery', 'vein', 'kidney'].includes(t),
  muscle: (t) => ['bone', 'disc', 'cartilage', 'muscle', 'muscle_psoas'].includes(t),
  viscera: (t) => ['bowel', 'organ', 'kidney', 'urinary_bladder', 'bone'].includes(t),
  wall: (t) => t === 'muscle_wall' || t === 'bone',
  body: (_, label) => label !== 0,
};

function shadeKey(tissue: Tissue): string {
  if (tissue === 'bone' || tissue === 'disc' || tissue === 'cartilage') return 'skeleton';
  if (['muscle_psoas', 'artery', 'vein', 'kidney', 'neural'].includes(tissue)) return 'deep';
  if (tissue === 'muscle') return 'muscle';
  if (tissue === 'muscle_wall') return 'wall';
  if (tissue === 'skin' || tissue === 'fat_subcutaneous') return 'body';
  return 'viscera';
}

/** A mesh, and which of its vertices lie on flat ends. */
interface Meshed {
  readonly mesh: Mesh;
  readonly flat?: Uint8Array;
  /** Made along its course. */
  readonly tube?: boolean;
}

type Named = Pick<Surface, 'structure' | 'side' | 'tissue' | 'colour' | 'kind'>;

function finish(named: Named, meshed: Meshed, shade: Occupancy | undefined, detail: SurfaceDetail): Surface {
  const light = ENVELOPES.includes(named.structure)
    ? undefined
    : (LIGHT[detail] ?? (meshed.tube ? TUBE_LIGHT : undefined));
  const { mesh, flat } = light ? lighter(meshed, light) : meshed;
  const { vertices, triangles } = mesh;
  if (detail === 'low') roundTo(PLACE_STEPS, vertices);
  const normals = new Float32Array(vertices.length);
  vertexNormals(vertices, triangles, normals, flat);
  const occlusion = new Uint8Array(vertices.length / 3);
  if (shade)
    for (let n = 0; n < occlusion.length; n++) {
      const near = readOccupancy(shade, vertices, normals, n, 6);
      const far = readOccupancy(shade, vertices, normals, n, 16);
      occlusion[n] = Math.round(255 * Math.min(1, 0.65 * near + 0.45 * far));
    }
  return { ...named, label: structureOf(named.structure).label, vertices, normals, occlusion, triangles };
}

function lighter({ mesh, flat }: Meshed, light: Limits): Meshed {
  const { mesh: less, pinned } = simplify(mesh, flat ?? new Uint8Array(mesh.vertices.length / 3), light);
  return flat ? { mesh: less, flat: pinned } : { mesh: less };
}

/** A corridor's mean course as a tube, and its spread as the region around it within the body. */
function corridorSurfaces(
  { structure, side, points, spread }: Corridor,
  fine: LabelVolume,
  body: Occupancy,
  detail: SurfaceDetail,
): Surface[] {
  const steps = DETAIL[detail];
  const { tissue, colour } = structureOf(structure);
  const inside = withinVolume(points, fine.grid);
  if (inside.length < 6) return [];
  const tube = courseTube(inside, courseRadius(structure), 6);
  const around = spreadMesh(inside, spread, Math.max(steps.broad, spread / 4), body, fine.grid);
  return [
    finish({ structure, side, tissue, colour, kind: 'course' }, { mesh: tube }, undefined, detail),
    ...(around
      ? [finish({ structure, side, tissue, colour, kind: 'spread' }, { mesh: around }, undefined, detail)]
      : []),
  ];
}

/** The longest run of points between the volume's ends. */
function withinVolume(points: Float64Array, { origin, size, spacing }: Grid): Float64Array {
  const holds = (n: number): boolean =>
    [0, 1, 2].every((d) => points[n + d]! > origin[d]! && points[n + d]! < origin[d]! + size[d]! * spacing);
  let best: [number, number] = [0, 0];
  for (let n = 0, from = 0; n <= points.length; n += 3) {
    if (n < points.length && holds(n)) continue;
    if (n - from > best[1] - best[0]) best = [from, n];
    from = n + 3;
  }
  return points.slice(best[0], best[1]);
}

/** Everything within `reach` of a course and inside the body. */
function spreadMesh(points: Float64Array, reach: number, edge: number, body: Occupancy, whole: Grid): Mesh | undefined {
  const low = [0, 1, 2].map((d) => {
    let least = Number.POSITIVE_INFINITY;
    for (let n = d; n < points.length; n += 3) least = Math.min(least, points[n]!);
    return least - reach - 2 * edge;
  });
  const size = [0, 1, 2].map((d) => {
    let most = Number.NEGATIVE_INFINITY;
    for (let n = d; n < points.length; n += 3) most = Math.max(most, points[n]!);
    return Math.ceil((most + reach + 2 * edge - low[d]!) / edge) + 1;
  }) as [number, number, number];
  const values = new Float32Array(size[0] * size[1] * size[2]).fill(-2 * edge);
  const wide = reach + 1.5 * edge;
  const stride = Math.max(3, 3 * Math.floor(reach / 6 / 2));
  const lastPoint = points.length - 3;
  for (let m = 0; m < lastPoint + stride; m += stride) {
    const p = Math.min(m, lastPoint);
    const from = [0, 1, 2].map((d) => Math.max(1, Math.ceil((points[p + d]! - wide - low[d]!) / edge)));
    const to = [0, 1, 2].map((d) => Math.min(size[d]! - 2, Math.floor((points[p + d]! + wide - low[d]!) / edge)));
    for (let k = from[2]!; k <= to[2]!; k++)
      for (let j = from[1]!; j <= to[1]!; j++)
        for (let i = from[0]!; i <= to[0]!; i++) {
          const n = i + size[0] * (j + size[1] * k);
          const away = hypot(
            low[0]! + i * edge - points[p]!,
            low[1]! + j * edge - points[p + 1]!,
            low[2]! + k * edge - points[p + 2]!,
          );
          values[n] = Math.max(values[n]!, reach - away);
        }
  }
  // not out of the skin, nor out of the volume
  const at = new Float32Array(3);
  const end = whole.origin[2] + whole.size[2] * whole.spacing;
  for (let k = 0, n = 0; k < size[2]; k++)
    for (let j = 0; j < size[1]; j++)
      for (let i = 0; i < size[0]; i++, n++) {
        if (values[n]! < -edge) continue;
        at[0] = low[0]! + i * edge;
        at[1] = low[1]! + j * edge;
        at[2] = low[2]! + k * edge;
        const skin = 2 * body.block * (readOccupancy(body, at, undefined, 0, 0) - 0.75);
        values[n] = Math.min(values[n]!, skin, at[2] - whole.origin[2] - 1, end - 1 - at[2]);
      }
  const net = surfaceNet(values, size, 0);
  if (net.cells.length === 0) return undefined;
  const v = net.vertices;
  for (let c = 0; c < v.length; c++) v[c] = low[c % 3]! + v[c]! * edge;
  const pinned = new Uint8Array(net.cells.length);
  smoothQuads(v, net.quads, pinned, 2);
  const kept = withoutCrumbs(v, net.quads, pinned, 100);
  if (kept.quads.length === 0) return undefined;
  return { vertices: kept.vertices, triangles: trianglesOf(kept.quads, kept.vertices) };
}
