import type { Anatomy } from '../anatomy/anatomy.ts';
import type { ShapedStructure } from '../anatomy/shape.ts';
import { structureOf } from '../anatomy/structures.ts';
import type { Grid } from '../base/grid.ts';
import type { LabelRow, LabelVolume } from './model.ts';
import { type Raster, rasterOf } from './rasterise.ts';
import { Slice } from './slice.ts';

/** Paints an anatomy into a grid one horizontal slice at a time; slices do not depend on one another. */
export interface Painter {
  /** The volume that is being painted. */
  readonly volume: LabelVolume;
  /** Paints slice k, 0 ≤ k < size[2]. */
  paintSlice(k: number): void;
}

/** What lies under the skin begins with this structure: its outer border is the skin's inner one. */
const UNDER_THE_SKIN = 'subcutaneous_fat';

/** A structure ready to be painted. */
interface Coat {
  readonly label: number;
  /** 1 for each label value that it may replace. */
  readonly over: Uint8Array;
  readonly layers: readonly { readonly raster: Raster; readonly clip: ShapedStructure['shapes'][number]['clip'] }[];
}

/**
 * Prepares an anatomy for painting: structures in their order, a later one over an earlier one, only within the body and where
 * they are allowed. A voxel gets the structure at its centre. The two borders of the skin, which is 2 mm thick and thinner than a
 * voxel, are dithered alike: that puts the right amount of skin, and the body's edge to a fraction of a voxel, into every patch of
 * two voxels, where plain sampling would leave bands without skin and terraces.
 *
 * @param grid spacing small enough for the structures; mm of the person, LPS
 */
export function painterOf(anatomy: Anatomy, grid: Grid): Painter {
  const [nx, ny, nz] = grid.size;
  const steps = [grid.spacing, grid.spacing, grid.spacing] as const;
  const centres = (axis: 0 | 1 | 2, count: number): Float64Array =>
    Float64Array.from({ length: count }, (_, i) => grid.origin[axis] + (i + 0.5) * grid.spacing);
  const heights = centres(2, nz);
  const slice = new Slice(centres(0, nx), centres(1, ny), steps, anatomy.contours);
  const table = labelTable(anatomy);
  const coats = anatomy.structures.map((s): Coat => {
    const dither = s.outline || s.structure === UNDER_THE_SKIN ? steps[0] : 0;
    return {
      label: labelOf(table, s),
      over: mayReplace(table, s),
      layers: s.shapes.map((shape) => ({ raster: rasterOf(shape, dither), clip: shape.clip })),
    };
  });
  const labels = new Uint8Array(nx * ny * nz);
  return {
    volume: { grid, labels, table },
    paintSlice(k) {
      slice.moveTo(k, heights[k]!);
      const target = labels.subarray(k * nx * ny, (k + 1) * nx * ny);
      for (const coat of coats) {
        for (const { raster, clip } of coat.layers) {
          raster(slice);
          if (slice.i1 <= slice.i0) continue;
          apply(slice, coat, clip, target);
          slice.clear();
        }
      }
    },
  };
}

/** Puts a coat's label where the slice's mask is set and the rules allow it. */
function apply(slice: Slice, coat: Coat, clip: Coat['layers'][number]['clip'], target: Uint8Array): void {
  const { mask, x, i0, i1, j0, j1 } = slice;
  const { label, over } = coat;
  const depth = clip ? slice.depthUnder(clip.contour) : undefined;
  const inset = clip?.inset ?? 0;
  for (let j = j0; j < j1; j++) {
    for (let i = i0, n = j * x.length + i0; i < i1; i++, n++) {
      if (mask[n] === 0 || over[target[n]!] === 0) continue;
      if (depth && !(depth[n]! > inset)) continue;
      target[n] = label;
    }
  }
}

/** One row per structure and side, in painting order; row 0 is the air. */
function labelTable(anatomy: Anatomy): LabelRow[] {
  const table: LabelRow[] = [{ structure: 'outside', side: 'midline', tissue: 'gas', colour: [0, 0, 0] }];
  for (const { structure, side } of anatomy.structures) {
    if (table.some((row) => row.structure === structure && row.side === side)) continue;
    const { tissue, colour } = structureOf(structure);
    table.push({ structure, side, tissue, colour });
  }
  return table;
}

const labelOf = (table: readonly LabelRow[], s: ShapedStructure): number =>
  table.findIndex((row) => row.structure === s.structure && row.side === s.side);

function mayReplace(table: readonly LabelRow[], s: ShapedStructure): Uint8Array {
  return Uint8Array.from(table, ({ structure }, label) => {
    if (s.onlyIn) return s.onlyIn.includes(structure) ? 1 : 0;
    return label > 0 || s.outline ? 1 : 0;
  });
}
