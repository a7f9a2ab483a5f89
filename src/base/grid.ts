/**
 * A regular grid of cubic cells in LPS millimetres. x runs fastest, then y, then z.
 * Cell (i,j,k) spans origin + h·(i,j,k) … origin + h·(i+1,j+1,k+1); node (i,j,k) sits at origin + h·(i,j,k).
 */
export type Vec3 = readonly [number, number, number];

export interface Grid {
  /** Outer corner of cell (0,0,0), mm, LPS. */
  readonly origin: Vec3;
  /** Edge length of a cell, mm. */
  readonly spacing: number;
  /** Number of cells along x, y, z. */
  readonly size: Vec3;
}

export const cellCount = (g: Grid): number => g.size[0] * g.size[1] * g.size[2];
export const nodeCount = (g: Grid): number => (g.size[0] + 1) * (g.size[1] + 1) * (g.size[2] + 1);
export const cellIndex = (g: Pick<Grid, 'size'>, i: number, j: number, k: number): number =>
  i + g.size[0] * (j + g.size[1] * k);
/** The (i, j, k) of a cell given by its index. */
export const cellPlace = ({ size: [nx, ny] }: Pick<Grid, 'size'>, cell: number): Vec3 => [
  cell % nx,
  Math.floor(cell / nx) % ny,
  Math.floor(cell / (nx * ny)),
];
export const nodeIndex = (g: Grid, i: number, j: number, k: number): number =>
  i + (g.size[0] + 1) * (j + (g.size[1] + 1) * k);

/** Centre of a cell given by its index, mm, LPS. */
export function cellCentre(g: Grid, cell: number): Vec3 {
  const [i, j, k] = cellPlace(g, cell);
  const h = g.spacing;
  return [g.origin[0] + (i + 0.5) * h, g.origin[1] + (j + 0.5) * h, g.origin[2] + (k + 0.5) * h];
}

/** Index of the cell that contains a point (mm, LPS), or -1 outside the grid. */
export function cellAt(g: Grid, x: number, y: number, z: number): number {
  const i = Math.floor((x - g.origin[0]) / g.spacing);
  const j = Math.floor((y - g.origin[1]) / g.spacing);
  const k = Math.floor((z - g.origin[2]) / g.spacing);
  const [nx, ny, nz] = g.size;
  return i < 0 || j < 0 || k < 0 || i >= nx || j >= ny || k >= nz ? -1 : cellIndex(g, i, j, k);
}

/** The nodes at the eight corners of a cell given by its index, x fastest. */
export function cellCorners(g: Pick<Grid, 'size'>, cell: number): number[] {
  const [nx, ny] = g.size;
  const [i, j, k] = cellPlace(g, cell);
  const lowest = i + (nx + 1) * (j + (ny + 1) * k);
  return cornerOffsets(nx + 1, (nx + 1) * (ny + 1)).map((offset) => lowest + offset);
}

/** The eight corner nodes of a cell, counted from its lowest, x fastest: `sy` and `sz` are the node strides along y and z. */
export const cornerOffsets = (sy: number, sz: number): readonly number[] => [
  0,
  1,
  sy,
  sy + 1,
  sz,
  sz + 1,
  sz + sy,
  sz + sy + 1,
];
