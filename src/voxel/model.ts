import type { Corridor } from '../anatomy/corridors.ts';
import type { Side, Tissue } from '../anatomy/tissue.ts';
import type { Grid, Vec3 } from '../base/grid.ts';
import type { Note } from '../base/note.ts';

export { TISSUES } from '../anatomy/tissue.ts';
export type { Corridor, Side, Tissue };

/** One row of a label table: label value n of a fine label volume is table[n]; table[0] is always the outside (air). */
export interface LabelRow {
  /** Structure id, snake_case English Terminologia Anatomica: psoas_major, abdominal_aorta, … */
  readonly structure: string;
  readonly side: Side;
  readonly tissue: Tissue;
  /** sRGB 0…255, for pictures. */
  readonly colour: readonly [number, number, number];
}

/** A labelled volume finer than the solver's cells: what pictures are drawn from and fractions are counted in. */
export interface LabelVolume {
  readonly grid: Grid;
  /** Label of each cell (x fastest); 0 is outside the body. */
  readonly labels: Uint8Array;
  /** Row per label value; row 0 is a placeholder for the outside. */
  readonly table: readonly LabelRow[];
}

/** The share that one structure has in each cell of the solver's grid. */
export interface Part {
  readonly structure: string;
  readonly side: Side;
  readonly tissue: Tissue;
  /** Cells that hold any of it, ascending. */
  readonly cells: Uint32Array;
  /** Fraction of each such cell's volume, 0…1, same length as cells. */
  readonly fraction: Float32Array;
  /** Volume, mm³. */
  readonly volume: number;
}

/** Triangles of the skin, outward orientation. */
export interface SkinSurface {
  /** Vertices, flattened n×3, mm, LPS. */
  readonly vertices: Float64Array;
  /** Vertex indices, flattened m×3, counter-clockwise seen from outside. */
  readonly triangles: Uint32Array;
}

/** A trunk as the solver and the findings see it. Frozen after it is built. */
export interface VoxelModel {
  /** The solver's grid. */
  readonly grid: Grid;
  /** Fraction of each cell that is inside the body, 0…1. */
  readonly fill: Float32Array;
  /** Every structure with its cells; their fractions add up to fill. Bone parts have tissue 'bone'. */
  readonly parts: readonly Part[];
  readonly corridors: readonly Corridor[];
  /** The true skin surface, on which contact is checked. */
  readonly skin: SkinSurface;
  /** The fine labelled volume that the fractions were counted in. */
  readonly fine: LabelVolume;
  /** Origin of the body frame in the grid's LPS coordinates: the midpoint of the two ASIS where they are known. */
  readonly bodyOrigin: Vec3;
  /** How bodyOrigin was found: 'asis' or, on a scan without a pelvis, 'scan-middle'. */
  readonly bodyOriginFrom: 'asis' | 'scan-middle';
  /** Named points, mm, LPS (may be empty for scans). */
  readonly landmarks: Readonly<Record<string, Vec3>>;
  /** Where it came from, for the manifest and the wording. */
  readonly source: 'reference' | 'scan';
  /** For the result's warnings: what was assumed about this body. */
  readonly notes: readonly Note[];
}
