import { type Grid, nodeCount } from '../base/grid.ts';
import { sampleNodes } from '../base/sample-nodes.ts';
import type { VoxelModel } from '../voxel/model.ts';
import { isContents } from './as-seen-by.ts';

/**
 * A displacement field with every node outside the body given the mean of its neighbours that have one, layer by layer, so that it
 * can be read just outside the skin and in the room that the tool has taken. Nodes of cells with any fill count as inside.
 * @param limits how many layers of nodes, and only which of them (nodes, not 0): all when absent
 */
export function continuedOutward(
  grid: Grid,
  fill: ArrayLike<number>,
  displacement: Float32Array,
  limits: { readonly layers?: number; readonly within?: Uint8Array } = {},
): Float32Array {
  const { layers = Number.POSITIVE_INFINITY, within } = limits;
  const [nx, ny, nz] = grid.size;
  const sy = nx + 1;
  const sz = sy * (ny + 1);
  const field = Float32Array.from(displacement);
  const layerOf = new Int32Array(nodeCount(grid)).fill(-1);
  let front: number[] = [];
  for (let k = 0, cell = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++, cell++) {
        if (!(fill[cell]! > 0)) continue;
        for (let c = 0; c < 8; c++) {
          const node = i + (c & 1) + sy * (j + ((c >> 1) & 1)) + sz * (k + (c >> 2));
          if (layerOf[node] === -1) front.push(node);
          layerOf[node] = 0;
        }
      }
  const steps: number[] = [];
  const around = (node: number): number[] => {
    steps.length = 0;
    const i = node % sy;
    const j = Math.floor(node / sy) % (ny + 1);
    const k = Math.floor(node / sz);
    for (let c = Math.max(0, k - 1); c <= Math.min(nz, k + 1); c++)
      for (let b = Math.max(0, j - 1); b <= Math.min(ny, j + 1); b++)
        for (let a = Math.max(0, i - 1); a <= Math.min(nx, i + 1); a++) steps.push(a + sy * b + sz * c);
    return steps;
  };
  for (let layer = 1; front.length > 0 && layer <= layers; layer++) {
    const next: number[] = [];
    for (const node of front)
      for (const n of around(node))
        if (layerOf[n] === -1 && within?.[n] !== 0) {
          layerOf[n] = layer;
          next.push(n);
        }
    for (const node of next) {
      let [x, y, z, count] = [0, 0, 0, 0];
      for (const n of around(node)) {
        if (layerOf[n]! < 0 || layerOf[n]! >= layer) continue;
        x += field[3 * n]!;
        y += field[3 * n + 1]!;
        z += field[3 * n + 2]!;
        count++;
      }
      field[3 * node] = x / count;
      field[3 * node + 1] = y / count;
      field[3 * node + 2] = z / count;
    }
    front = next;
  }
  return field;
}

/** Displacement of points (flattened n×3, mm) read from a nodal field. */
export function displacementAt(grid: Grid, field: Float32Array, points: Float32Array): Float32Array {
  const out = new Float32Array(points.length);
  const u = new Float64Array(3);
  for (let n = 0; n < points.length; n += 3) {
    sampleNodes(grid, field, 3, points[n]!, points[n + 1]!, points[n + 2]!, u);
    out[n] = u[0]!;
    out[n + 1] = u[1]!;
    out[n + 2] = u[2]!;
  }
  return out;
}

/**
 * How a press moves surfaces: displacement of their vertices (n×3, mm), that of the contents for what goes with them where they slide.
 * @param contents displacement of contents that slide
 */
export function moverOf(
  { grid, fill }: Pick<VoxelModel, 'grid' | 'fill'>,
  displacement: Float32Array,
  contents: Float32Array | undefined,
): (surface: Parameters<typeof isContents>[0] & { readonly vertices: Float32Array }) => Float32Array {
  const outer = continuedOutward(grid, fill, displacement);
  const inner = contents === undefined ? outer : continuedOutward(grid, fill, contents);
  return (surface) => displacementAt(grid, isContents(surface) ? inner : outer, surface.vertices);
}
