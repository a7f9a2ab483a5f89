/** Shapes of binary volumes: distances, growing and shrinking by a ball, connected pieces, holes. x runs fastest. */
import type { Vec3 } from '../base/grid.ts';

export type Mask = Uint8Array;

/** The cells for which a test holds. A plain loop: Uint8Array.from with a function takes ten times as long. */
export function maskOf(cells: number, holds: (cell: number) => boolean): Mask {
  const out = new Uint8Array(cells);
  for (let c = 0; c < cells; c++) if (holds(c)) out[c] = 1;
  return out;
}

/** Cells of either mask. */
export const unite = (a: Mask, b: Mask): Mask => maskOf(a.length, (c) => (a[c]! | b[c]!) === 1);

/** Larger than any squared distance in a volume; finite so that differences of two stay numbers. */
const FAR = 1e10;

/**
 * Squared Euclidean distance, in cells, from each cell's centre to the nearest cell whose value is target (0 there).
 * Beyond the volume there is nothing: a body that the volume cuts off has no surface at the cut.
 * Right up to `most` (squared); what is farther is only known to be that.
 * Lower envelopes of parabolas, one axis after the other (Felzenszwalb & Huttenlocher 2012, doi 10.4086/toc.2012.v008a019).
 */
function squaredDistanceTo(mask: Mask, size: Vec3, target: 0 | 1, most: number): Float32Array {
  const [nx, ny, nz] = size;
  const out = new Float32Array(mask.length);
  for (let row = 0; row < mask.length; row += nx) {
    let d = FAR;
    for (let i = row; i < row + nx; i++) {
      d = mask[i] === target ? 0 : d === FAR ? FAR : d + 1;
      out[i] = d;
    }
    d = FAR;
    for (let i = row + nx - 1; i >= row; i--) {
      d = mask[i] === target ? 0 : d === FAR ? FAR : d + 1;
      const nearest = Math.min(d, out[i]!);
      out[i] = nearest * nearest <= most ? nearest * nearest : FAR;
    }
  }
  const slice = nx * ny;
  for (let k = 0; k < nz; k++) for (let i = 0; i < nx; i++) envelope(out, k * slice + i, nx, ny, most);
  for (let j = 0; j < slice; j++) envelope(out, j, slice, nz, most);
  return out;
}

const MAX_LINE = 1 << 14;
const line = new Float64Array(MAX_LINE);
const vertex = new Int32Array(MAX_LINE);
const border = new Float64Array(MAX_LINE + 1);

/** One line of the distance transform, in place: d[q] becomes min over p of d[p] + (q - p)², of those d[p] that are at most `most`. */
function envelope(d: Float32Array, start: number, stride: number, n: number, most: number): void {
  let any = false;
  for (let q = 0, at = start; q < n; q++, at += stride) {
    line[q] = d[at]!;
    if (line[q]! <= most) any = true;
  }
  if (!any) return;
  let top = -1;
  for (let q = 0; q < n; q++) {
    if (line[q]! > most) continue;
    let cross = -FAR;
    while (top >= 0) {
      const p = vertex[top]!;
      cross = (line[q]! + q * q - line[p]! - p * p) / (2 * (q - p));
      if (cross > border[top]!) break;
      top--;
      cross = -FAR;
    }
    top++;
    vertex[top] = q;
    border[top] = cross;
  }
  for (let q = 0, v = 0, at = start; q < n; q++, at += stride) {
    while (v < top && border[v + 1]! < q) v++;
    const p = vertex[v]!;
    d[at] = line[p]! + (q - p) * (q - p);
  }
}

/** Cells within radius (in cells) of the mask. */
export function dilate(mask: Mask, size: Vec3, radius: number): Mask {
  const d = squaredDistanceTo(mask, size, 1, radius * radius);
  return maskOf(mask.length, (c) => d[c]! <= radius * radius);
}

/** Cells of the mask that are farther than radius (in cells) from all that is not. */
export function erode(mask: Mask, size: Vec3, radius: number): Mask {
  const d = squaredDistanceTo(mask, size, 0, radius * radius);
  return maskOf(mask.length, (c) => d[c]! > radius * radius);
}

/** Pieces of a mask. */
export interface Components {
  /** Piece of each cell, from 1; 0 outside the mask. */
  readonly piece: Int32Array;
  /** Cells of each piece; entry 0 is unused. */
  readonly cells: readonly number[];
}

/** Pieces whose cells touch by a face. */
export function connectedComponents(mask: Mask, size: Vec3): Components {
  const [nx, ny, nz] = size;
  const slice = nx * ny;
  const piece = new Int32Array(mask.length);
  const cells = [0];
  let stack = new Int32Array(1 << 16);
  for (let seed = 0; seed < mask.length; seed++) {
    if (mask[seed] === 0 || piece[seed] !== 0) continue;
    const id = cells.length;
    let count = 0;
    let depth = 1;
    stack[0] = seed;
    piece[seed] = id;
    while (depth > 0) {
      const cell = stack[--depth]!;
      count++;
      if (depth + 6 > stack.length) {
        const larger = new Int32Array(stack.length * 2);
        larger.set(stack);
        stack = larger;
      }
      const i = cell % nx;
      const j = Math.floor(cell / nx) % ny;
      const k = Math.floor(cell / slice);
      const visit = (next: number): void => {
        if (mask[next] !== 0 && piece[next] === 0) {
          piece[next] = id;
          stack[depth++] = next;
        }
      };
      if (i > 0) visit(cell - 1);
      if (i < nx - 1) visit(cell + 1);
      if (j > 0) visit(cell - nx);
      if (j < ny - 1) visit(cell + nx);
      if (k > 0) visit(cell - slice);
      if (k < nz - 1) visit(cell + slice);
    }
    cells.push(count);
  }
  return { piece, cells };
}

/** The largest piece of a mask (all zero if the mask is empty). */
export function largestPiece(mask: Mask, size: Vec3): Mask {
  const { piece, cells } = connectedComponents(mask, size);
  let best = 0;
  for (let id = 1; id < cells.length; id++) if (best === 0 || cells[id]! > cells[best]!) best = id;
  return maskOf(mask.length, (c) => best !== 0 && piece[c] === best);
}

/**
 * Cells that are not in the mask but cannot reach the volume's side within their slice, in holes of at most maxCells.
 * Slices are axial (across axis 2) unless another axis is asked for.
 */
export function sliceHoles(mask: Mask, size: Vec3, maxCells = Number.POSITIVE_INFINITY, axis: 0 | 1 | 2 = 2): Mask {
  const strides = [1, size[0], size[0] * size[1]] as const;
  const [a, b] = axis === 0 ? [1, 2] : axis === 1 ? [0, 2] : [0, 1];
  const [na, nb, nc] = [size[a]!, size[b]!, size[axis]];
  const [sa, sb, sc] = [strides[a]!, strides[b]!, strides[axis]];
  const slice = na * nb;
  const holes = new Uint8Array(mask.length);
  const seen = new Uint8Array(slice);
  const queue = new Int32Array(slice);
  for (let k = 0; k < nc; k++) {
    const cellOf = (c: number): number => (c % na) * sa + Math.floor(c / na) * sb + k * sc;
    for (let c = 0; c < slice; c++) seen[c] = mask[cellOf(c)]!;
    for (let seed = 0; seed < slice; seed++) {
      if (seen[seed] !== 0) continue;
      let open = false;
      let count = 0;
      queue[count++] = seed;
      seen[seed] = 1;
      for (let at = 0; at < count; at++) {
        const c = queue[at]!;
        const i = c % na;
        if (i === 0 || i === na - 1 || c < na || c >= slice - na) open = true;
        if (i > 0 && seen[c - 1] === 0) seen[(queue[count++] = c - 1)] = 1;
        if (i < na - 1 && seen[c + 1] === 0) seen[(queue[count++] = c + 1)] = 1;
        if (c >= na && seen[c - na] === 0) seen[(queue[count++] = c - na)] = 1;
        if (c < slice - na && seen[c + na] === 0) seen[(queue[count++] = c + na)] = 1;
      }
      if (!open && count <= maxCells) for (let at = 0; at < count; at++) holes[cellOf(queue[at]!)] = 1;
    }
  }
  return holes;
}
