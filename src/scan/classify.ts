import { pow } from '../base/elementary.ts';
import type { Vec3 } from '../base/grid.ts';
import type { LabelRow } from '../voxel/model.ts';
import { connectedComponents, dilate, erode, type Mask, maskOf, sliceHoles, unite } from './morphology.ts';
import type { ScanField } from './resample.ts';

/**
 * Hounsfield classes. Fat is -190…-30 and skeletal muscle -29…+150 in body composition work (Mitsiopoulos et al. 1998,
 * doi 10.1152/jappl.1998.85.1.115; Aubrey et al. 2014, doi 10.1111/apha.12224). Below fat lies only a mixture with gas within one voxel.
 */
const GAS_BELOW = -300;
const FAT_UP_TO = -30;
/**
 * Bone: pieces denser than BONE_SURE grow down to BONE_FROM. Unenhanced soft tissue ends at about 100 HU, blood and kidneys with
 * contrast agent reach 150–350, cortical bone starts at about 300 and spongy bone in vertebrae is about 100–250.
 */
const BONE_SURE = 250;
const BONE_FROM = 150;
/** Smallest sure piece that counts, mm³: calcified walls, stones, clips and tablets are smaller. */
const BONE_PIECE = 1000;
/** Marrow and the vertebral canal within bone, mm² per axial slice: a vertebral body is about 15 cm², the pelvic ring 100 and more. */
const MARROW_AREA = 2500;
/** Closing radius for cortex, cells. */
const CORTEX_GAP = 1.5;
/** Most that neighbours differ in a lumen full of contrast agent, HU (four times the noise of a CT of a trunk), and its smallest core, mm³. */
const EVEN = 60;
const CONTRAST_PIECE = 2000;
/** Lung is at least so large, mm³, and three quarters of it are denser than bowel gas ever is. */
const LUNG_PIECE = 50_000;
const LUNG_ABOVE = -940;

const row = (structure: string, tissue: LabelRow['tissue'], colour: LabelRow['colour']): LabelRow => ({
  structure,
  side: 'midline',
  tissue,
  colour,
});

/** Rows of what Hounsfield units alone can tell. */
export const HU_ROWS = {
  skin: row('skin', 'skin', [226, 178, 152]),
  outerFat: row('subcutaneous_fat', 'fat_subcutaneous', [250, 225, 120]),
  innerFat: row('visceral_fat', 'fat_visceral', [235, 215, 150]),
  fat: row('fat', 'fat_subcutaneous', [244, 216, 140]),
  softTissue: row('soft_tissue', 'soft_tissue', [186, 104, 96]),
  bone: row('bone', 'bone', [233, 222, 195]),
  gas: row('gas', 'gas', [40, 44, 58]),
  lung: row('lung', 'lung', [196, 216, 226]),
} as const;
export type HuClass = keyof typeof HU_ROWS;
export const HU_CLASSES = Object.keys(HU_ROWS) as readonly HuClass[];

/**
 * The Hounsfield class of every cell of the body (index into HU_CLASSES, 255 outside the body). Labels are not looked at,
 * except that what they call something else than bone never counts as bone.
 */
export function classifyHounsfield(
  field: ScanField,
  body: Mask,
  labelled: (cell: number) => boolean,
  notBone: (cell: number) => boolean,
): Uint8Array {
  const { hounsfield, grid } = field;
  const hu = hounsfield!;
  const size = grid.size;
  const code = (name: HuClass): number => HU_CLASSES.indexOf(name);
  const out = new Uint8Array(body.length).fill(255);
  const gas = maskOf(hu.length, (c) => body[c] === 1 && hu[c]! < GAS_BELOW);
  for (let c = 0; c < out.length; c++) {
    if (body[c] === 0) continue;
    out[c] = hu[c]! < GAS_BELOW ? code('gas') : hu[c]! <= FAT_UP_TO ? code('fat') : code('softTissue');
  }
  // gas in the body has a wall: what looks like fat within a cell of it is wall and gas averaged
  const rim = dilate(gas, size, 1);
  for (let c = 0; c < out.length; c++) if (rim[c] === 1 && out[c] === code('fat')) out[c] = code('softTissue');
  for (const c of lungCells(gas, hu, field)) out[c] = code('lung');
  const bone = boneMask(field, body, notBone);
  for (let c = 0; c < out.length; c++) if (bone[c] === 1) out[c] = code('bone');
  const fat = maskOf(out.length, (c) => out[c] === code('fat') && !labelled(c));
  const outer = outerFat(fat, body, field);
  for (let c = 0; c < out.length; c++) if (fat[c] === 1) out[c] = code(outer[c] === 1 ? 'outerFat' : 'innerFat');
  return out;
}

/** Gaps in the wall of muscle up to twice this, mm, let no fat under the skin through: the seam of the belly, slips of muscle. */
const WALL_GAP = 7.5;

/** Skin and what is averaged with it, mm: no part of the wall. */
const UNDER_SKIN = 5;
/** A leak through the wall is a matter of a slice or two: the majority of so many slices decides. */
const SLICES = 9;

/** Fat outside the wall of muscle and bone: what no closed outline of everything that is not fat encloses in its axial slice. */
function outerFat(fat: Mask, body: Mask, field: ScanField): Mask {
  const size = field.grid.size;
  const h = field.grid.spacing;
  const deep = erode(body, size, UNDER_SKIN / h);
  const wall = maskOf(fat.length, (c) => deep[c] === 1 && fat[c] === 0);
  const closed = erode(dilate(wall, size, WALL_GAP / h), size, WALL_GAP / h);
  const inside = unite(closed, sliceHoles(closed, size));
  const slice = size[0] * size[1];
  const half = Math.floor(SLICES / 2);
  const outer = new Uint8Array(fat.length);
  for (let column = 0; column < slice; column++) {
    let votes = 0;
    let voters = 0;
    for (let k = -half; k < size[2]; k++) {
      const [enters, leaves] = [k + half, k - half - 1];
      if (enters < size[2]) {
        votes += inside[column + slice * enters]!;
        voters++;
      }
      if (leaves >= 0) {
        votes -= inside[column + slice * leaves]!;
        voters--;
      }
      const c = column + slice * k;
      if (k >= 0 && fat[c] === 1 && (deep[c] === 0 || 2 * votes < voters)) outer[c] = 1;
    }
  }
  return outer;
}

function* lungCells(gas: Mask, hu: Int16Array, field: ScanField): Generator<number> {
  const { piece, cells } = connectedComponents(gas, field.grid.size);
  const dense = cells.map(() => 0);
  for (let c = 0; c < piece.length; c++) if (piece[c] !== 0 && hu[c]! > LUNG_ABOVE) dense[piece[c]!]!++;
  const volume = pow(field.grid.spacing, 3);
  const lung = cells.map((n, p) => p > 0 && n * volume > LUNG_PIECE && dense[p]! > 0.75 * n);
  for (let c = 0; c < piece.length; c++) if (lung[piece[c]!]) yield c;
}

function boneMask(field: ScanField, body: Mask, notBone: (cell: number) => boolean): Mask {
  const { hounsfield, grid } = field;
  const hu = hounsfield!;
  const size = grid.size;
  const volume = pow(grid.spacing, 3);
  const contrast = contrastMask(hu, body, size, volume);
  const mayBe = (c: number): boolean => body[c] === 1 && !notBone(c);
  const { piece, cells } = connectedComponents(
    maskOf(hu.length, (c) => hu[c]! > BONE_FROM && contrast[c] === 0 && mayBe(c)),
    size,
  );
  const sure = cells.map(() => 0);
  for (let c = 0; c < hu.length; c++) if (piece[c] !== 0 && hu[c]! > BONE_SURE) sure[piece[c]!]!++;
  const bone = maskOf(hu.length, (c) => piece[c] !== 0 && sure[piece[c]!]! * volume >= BONE_PIECE);
  // thin cortex has gaps of a cell or two: close them before looking for what it encloses
  let solid = erode(dilate(bone, size, CORTEX_GAP), size, CORTEX_GAP);
  const area = MARROW_AREA / grid.spacing ** 2;
  // twice: what one direction fills closes the shell for another
  for (const axis of [0, 1, 2, 0, 1, 2] as const) solid = unite(solid, sliceHoles(solid, size, area, axis));
  return maskOf(hu.length, (c) => solid[c] === 1 && mayBe(c));
}

/**
 * Vessels, kidneys, gut and bladder filled with contrast agent: as dense as spongy bone, but even. Cells whose neighbours differ
 * by little make up its core; around it
 * nearly everything is lighter, while a bone's rim is its densest part.
 */
function contrastMask(hu: Int16Array, body: Mask, size: Vec3, volume: number): Mask {
  const [nx, ny] = size;
  const steps = [1, -1, nx, -nx, nx * ny, -nx * ny];
  const even = maskOf(hu.length, (c) => {
    if (body[c] === 0 || hu[c]! <= BONE_FROM) return false;
    let [low, high] = [hu[c]!, hu[c]!];
    for (const step of steps) {
      const v = hu[c + step] ?? hu[c]!;
      if (v < low) low = v;
      if (v > high) high = v;
    }
    return high - low <= EVEN;
  });
  const { piece, cells } = connectedComponents(even, size);
  const sum = cells.map(() => 0);
  for (let c = 0; c < hu.length; c++) sum[piece[c]!]! += hu[c]!;
  const mean = sum.map((v, p) => v / cells[p]!);
  const denser = cells.map(() => 0);
  const lighter = cells.map(() => 0);
  for (let c = 0; c < hu.length; c++) {
    const p = piece[c]!;
    if (p === 0) continue;
    for (const step of steps) {
      if (piece[c + step] === p) continue;
      const v = hu[c + step] ?? 0;
      if (v > mean[p]! + EVEN / 2) denser[p]!++;
      else if (v < mean[p]! - EVEN / 2) lighter[p]!++;
    }
  }
  const large = cells.map((n, p) => p > 0 && n * volume >= CONTRAST_PIECE && denser[p]! < 0.25 * lighter[p]!);
  if (!large.includes(true)) return new Uint8Array(hu.length);
  const out = maskOf(hu.length, (c) => large[piece[c]!]!);
  // the rim, two cells wide, cell by cell outwards so that each belongs to the core next to it
  for (let round = 0; round < 2; round++) {
    const grown: [cell: number, piece: number][] = [];
    for (let c = 0; c < hu.length; c++) {
      if (out[c] === 1 || hu[c]! <= BONE_FROM) continue;
      const from = steps.find((step) => out[c + step] === 1);
      if (from === undefined) continue;
      const p = piece[c + from]!;
      if (hu[c]! <= mean[p]! + EVEN) grown.push([c, p]);
    }
    for (const [c, p] of grown) {
      out[c] = 1;
      piece[c] = p;
    }
  }
  return out;
}

/** Cells of the body that face the outside of the body within the scan: about one cell thick. */
export function skinCells(body: Mask, field: ScanField): Mask {
  const [nx, ny, nz] = field.grid.size;
  const slice = nx * ny;
  const skin = new Uint8Array(body.length);
  const outside = (c: number): boolean => body[c] === 0 && field.seen[c] === 1;
  for (let k = 0, c = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++, c++) {
        if (body[c] === 0) continue;
        if (
          (i > 0 && outside(c - 1)) ||
          (i < nx - 1 && outside(c + 1)) ||
          (j > 0 && outside(c - nx)) ||
          (j < ny - 1 && outside(c + nx)) ||
          (k > 0 && outside(c - slice)) ||
          (k < nz - 1 && outside(c + slice))
        ) {
          skin[c] = 1;
        }
      }
    }
  }
  return skin;
}
