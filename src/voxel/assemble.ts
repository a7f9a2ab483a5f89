import type { Corridor } from '../anatomy/corridors.ts';
import { hypot, pow } from '../base/elementary.ts';
import { InputError } from '../base/errors.ts';
import { cellAt, cellCount, type Grid, type Vec3 } from '../base/grid.ts';
import type { Note } from '../base/note.ts';
import { tell } from '../base/told.ts';
import { VOXEL_ERRORS } from '../messages/errors/voxel.data.ts';
import type { LabelVolume, Part, SkinSurface, VoxelModel } from './model.ts';
import { skinSurface } from './skin-surface.ts';

/** What a model is assembled from. */
export interface ModelInput {
  /** Labels on a grid whose spacing is the cell over a whole number. */
  readonly fine: LabelVolume;
  /** Edge of the solver's cells, mm. */
  readonly cell: number;
  readonly corridors: readonly Corridor[];
  readonly bodyOrigin: Vec3;
  readonly bodyOriginFrom: VoxelModel['bodyOriginFrom'];
  readonly landmarks: VoxelModel['landmarks'];
  readonly source: VoxelModel['source'];
  readonly notes: readonly Note[];
}

/**
 * Fill of a cell that holds a piece of the smoothed skin but no voxel of the body: nearly nothing, yet contact needs a cell to
 * push on. A choice; a real piece of skin in a cell's corner has a few per cent.
 */
const THIN_FILL = 0.02;

/**
 * Counts what is in each of the solver's cells and finds the skin. The coarse grid has the fine one's origin; where the fine size
 * is no whole number of cells, the rest of the last cells is air.
 *
 * @throws InputError when the cell is no whole multiple of the fine spacing or nothing is labelled
 */
export function assembleModel(input: ModelInput): VoxelModel {
  const fine = wholeCells(input.fine, input.cell);
  const parts = Math.round(input.cell / fine.grid.spacing);
  const grid: Grid = {
    origin: fine.grid.origin,
    spacing: input.cell,
    size: fine.grid.size.map((n) => n / parts) as unknown as Vec3,
  };
  if (!fine.labels.some((label) => label !== 0)) throw new InputError(tell(VOXEL_ERRORS, 'error.voxel.empty'));
  const skin = skinSurface(fine, input.cell);
  const thin = thinCells(grid, fine, skin);
  const { fill, list } = countParts(grid, fine, parts, thin);
  return {
    grid,
    fill,
    parts: list,
    corridors: input.corridors,
    skin,
    fine,
    bodyOrigin: input.bodyOrigin,
    bodyOriginFrom: input.bodyOriginFrom,
    landmarks: input.landmarks,
    source: input.source,
    notes: input.notes,
  };
}

/** The volume itself, or a copy with air behind the last voxels so that whole cells fit. */
function wholeCells(fine: LabelVolume, cell: number): LabelVolume {
  const { spacing, size, origin } = fine.grid;
  const parts = Math.round(cell / spacing);
  if (!(parts >= 1 && Math.abs(cell / spacing - parts) < 1e-6)) {
    throw new InputError(tell(VOXEL_ERRORS, 'error.voxel.unfit', { cell, voxel: spacing }));
  }
  const whole = size.map((n) => parts * Math.ceil(n / parts)) as unknown as Vec3;
  if (whole.every((n, axis) => n === size[axis])) return fine;
  const labels = new Uint8Array(whole[0] * whole[1] * whole[2]);
  for (let k = 0; k < size[2]; k++) {
    for (let j = 0; j < size[1]; j++) {
      const from = size[0] * (j + size[1] * k);
      labels.set(fine.labels.subarray(from, from + size[0]), whole[0] * (j + whole[1] * k));
    }
  }
  return { ...fine, grid: { origin, spacing, size: whole }, labels };
}

/** Cells without a voxel of the body in which a triangle of the skin has its middle, with the label nearest under it. */
function thinCells(grid: Grid, fine: LabelVolume, skin: SkinSurface): ReadonlyMap<number, number> {
  const { vertices, triangles } = skin;
  const thin = new Map<number, number>();
  const a = new Float64Array(3);
  const normal = new Float64Array(3);
  for (let t = 0; t < triangles.length; t += 3) {
    const [p, q, r] = [3 * triangles[t]!, 3 * triangles[t + 1]!, 3 * triangles[t + 2]!];
    for (let d = 0; d < 3; d++) a[d] = (vertices[p + d]! + vertices[q + d]! + vertices[r + d]!) / 3;
    const cell = cellAt(grid, a[0]!, a[1]!, a[2]!);
    if (cell < 0 || thin.has(cell) || hasBody(grid, fine, cell)) continue;

    // go inwards until there is a body
    for (let d = 0; d < 3; d++) {
      const [u, v] = [(d + 1) % 3, (d + 2) % 3];
      normal[d] =
        (vertices[q + u]! - vertices[p + u]!) * (vertices[r + v]! - vertices[p + v]!) -
        (vertices[q + v]! - vertices[p + v]!) * (vertices[r + u]! - vertices[p + u]!);
    }
    const length = hypot(normal[0]!, normal[1]!, normal[2]!) || 1;
    for (let step = 1; step <= 16; step++) {
      const far = (-step * fine.grid.spacing) / 2 / length;
      const voxel = cellAt(fine.grid, a[0]! + far * normal[0]!, a[1]! + far * normal[1]!, a[2]! + far * normal[2]!);
      if (voxel < 0 || fine.labels[voxel] === 0) continue;
      thin.set(cell, fine.labels[voxel]!);
      break;
    }
  }
  return thin;
}

function hasBody(grid: Grid, fine: LabelVolume, cell: number): boolean {
  const [nx, ny] = grid.size;
  const parts = Math.round(grid.spacing / fine.grid.spacing);
  const [fx, fy] = fine.grid.size;
  const i0 = (cell % nx) * parts;
  const j0 = (Math.floor(cell / nx) % ny) * parts;
  const k0 = Math.floor(cell / (nx * ny)) * parts;
  for (let k = k0; k < k0 + parts; k++)
    for (let j = j0; j < j0 + parts; j++)
      for (let i = i0; i < i0 + parts; i++) if (fine.labels[i + fx * (j + fy * k)] !== 0) return true;
  return false;
}

/** Fractions of every structure in every cell. */
function countParts(
  grid: Grid,
  fine: LabelVolume,
  parts: number,
  thin: ReadonlyMap<number, number>,
): { fill: Float32Array; list: Part[] } {
  const { table, labels } = fine;

  // labels that share structure, side and tissue are one part
  const keys = table.map((row) => `${row.structure} ${row.side} ${row.tissue}`);
  const partOf = Uint8Array.from(keys, (key) => keys.indexOf(key, 1));
  const cells: number[][] = table.map(() => []);
  const fractions: number[][] = table.map(() => []);
  const voxels = new Float64Array(table.length);

  const fill = new Float32Array(cellCount(grid));
  const perCell = pow(parts, 3);
  const counts = new Uint32Array(table.length);
  const seen = new Uint8Array(table.length);
  const [nx, ny, nz] = grid.size;
  const [fx, fy] = fine.grid.size;
  for (let k = 0, cell = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++, cell++) {
        let kinds = 0;
        let body = 0;
        for (let c = k * parts; c < (k + 1) * parts; c++) {
          for (let b = j * parts; b < (j + 1) * parts; b++) {
            const row = fx * (b + fy * c) + i * parts;
            for (let n = row; n < row + parts; n++) {
              const label = labels[n]!;
              if (label === 0) continue;
              const part = partOf[label]!;
              if (counts[part]!++ === 0) seen[kinds++] = part;
              body++;
            }
          }
        }
        if (body === 0) {
          const label = thin.get(cell);
          if (label === undefined) continue;
          cells[partOf[label]!]!.push(cell);
          fractions[partOf[label]!]!.push(THIN_FILL);
          fill[cell] = THIN_FILL;
          continue;
        }
        fill[cell] = body / perCell;
        for (let s = 0; s < kinds; s++) {
          const part = seen[s]!;
          cells[part]!.push(cell);
          fractions[part]!.push(counts[part]! / perCell);
          voxels[part]! += counts[part]!;
          counts[part] = 0;
        }
      }
    }
  }
  const list = table.flatMap((row, label): Part[] =>
    label === 0 || cells[label]!.length === 0
      ? []
      : [
          {
            structure: row.structure,
            side: row.side,
            tissue: row.tissue,
            cells: Uint32Array.from(cells[label]!),
            fraction: Float32Array.from(fractions[label]!),
            volume: voxels[label]! * pow(fine.grid.spacing, 3),
          },
        ],
  );
  return { fill, list };
}
