import { layerOf } from '../anatomy/structures.ts';
import type { LabelVolume } from './model.ts';

/**
 * Where the contents of the belly end and what holds them begins: the peritoneum, as a smooth signed distance.
 */
export interface Peritoneum {
  /**
   * Signed distance to the contents at rest, mm, negative inside them; LPS coordinates of the label volume. Its derivatives are continuous.
   * @param slope gets the gradient (3) where it is given
   */
  distance(x: number, y: number, z: number, slope?: Float64Array): number;
}

/** Wanted edge of the blocks that the distance is known in, mm: half of a cell of 10 mm, and a third of what is thinnest in the contents. */
const BLOCK = 5;
/** How often shares are averaged over neighbours (1 2 1): the surface is smooth over some 5 mm, so that cells of 6 to 10 mm can follow it. */
const SMOOTHINGS = 2;
const FAR = 1e6;

/**
 * Finds the peritoneum in labels. Fat is not told apart there: it belongs to whichever is nearer, what hangs in the belly or what lies
 * behind it; the wall in front and beside takes none, since what lies there is omentum.
 * @returns undefined where nothing hangs in the belly
 */
export function peritoneumOf(fine: LabelVolume): Peritoneum | undefined {
  const { origin, spacing } = fine.grid;
  const s = Math.max(1, Math.round(BLOCK / spacing));
  const size = fine.grid.size.map((n) => Math.ceil(n / s)) as unknown as readonly [number, number, number];
  const b = s * spacing;
  const shares = countBlocks(fine, s, size);
  if (!shares.contents.some((n) => n > 0)) return undefined;

  const whole = s * s * s;
  const toContents = Float64Array.from(shares.contents, (n) => (n >= 0.25 * whole ? 0 : FAR));
  const toBack = Float64Array.from(shares.back, (n) => (n >= 0.25 * whole ? 0 : FAR));
  sweep(toContents, size, b);
  sweep(toBack, size, b);
  const share = Float64Array.from(toContents, (d, n) => {
    const body = shares.contents[n]! + shares.back[n]! + shares.wall[n]! + shares.fat[n]!;
    if (body === 0) return 0;
    const ofFat = Math.min(Math.max(0.5 + (toBack[n]! - d) / (2 * b), 0), 1);
    return (shares.contents[n]! + ofFat * shares.fat[n]!) / body;
  });
  for (let n = 0; n < SMOOTHINGS; n++) smooth(share, size);
  const inside = onePiece(
    share.map((v) => v - 0.5),
    size,
  );
  const phi = redistance(inside, size, b);

  const [nx, ny, nz] = size;
  const W = new Float64Array(9);
  const D = new Float64Array(9);
  const AT = new Int32Array(9);
  const axes = [
    { n: nx, stride: 1 },
    { n: ny, stride: nx },
    { n: nz, stride: nx * ny },
  ];
  const place = (x: number, d: 0 | 1 | 2): void => {
    const u = (x - origin[d]) / b - 0.5;
    const i = Math.round(u);
    const t = u - i;
    const { n, stride } = axes[d]!;
    const o = 3 * d;
    // quadratic B-splines: the derivative is continuous
    W[o] = 0.5 * (0.5 - t) * (0.5 - t);
    W[o + 1] = 0.75 - t * t;
    W[o + 2] = 0.5 * (0.5 + t) * (0.5 + t);
    D[o] = (t - 0.5) / b;
    D[o + 1] = (-2 * t) / b;
    D[o + 2] = (t + 0.5) / b;
    for (let k = 0; k < 3; k++) AT[o + k] = stride * Math.min(Math.max(i + k - 1, 0), n - 1);
  };
  return {
    distance(x, y, z, slope) {
      place(x, 0);
      place(y, 1);
      place(z, 2);
      let value = 0;
      let [gx, gy, gz] = [0, 0, 0];
      for (let k = 0; k < 3; k++)
        for (let j = 0; j < 3; j++) {
          const row = AT[3 + j]! + AT[6 + k]!;
          const p0 = phi[row + AT[0]!]!;
          const p1 = phi[row + AT[1]!]!;
          const p2 = phi[row + AT[2]!]!;
          const line = W[0]! * p0 + W[1]! * p1 + W[2]! * p2;
          const wj = W[3 + j]!;
          const wk = W[6 + k]!;
          value += wj * wk * line;
          if (slope === undefined) continue;
          gx += wj * wk * (D[0]! * p0 + D[1]! * p1 + D[2]! * p2);
          gy += D[3 + j]! * wk * line;
          gz += wj * D[6 + k]! * line;
        }
      if (slope !== undefined) {
        slope[0] = gx;
        slope[1] = gy;
        slope[2] = gz;
      }
      return value;
    },
  };
}

/** Voxels of each kind in blocks of s×s×s. */
function countBlocks(
  { grid, labels, table }: LabelVolume,
  s: number,
  size: readonly [number, number, number],
): Record<'contents' | 'back' | 'wall' | 'fat', Uint16Array> {
  const [nx, ny, nz] = grid.size;
  const kinds = ['contents', 'back', 'wall', 'fat'] as const;
  const kind = Uint8Array.from(table, (row, label) =>
    label === 0 ? 4 : kinds.indexOf(layerOf(row.structure, row.tissue)),
  );
  const counts = kinds.map(() => new Uint16Array(size[0] * size[1] * size[2]));
  for (let k = 0, n = 0; k < nz; k++)
    for (let j = 0; j < ny; j++) {
      const row = size[0] * (Math.floor(j / s) + size[1] * Math.floor(k / s));
      for (let i = 0; i < nx; i++, n++) {
        const of = counts[kind[labels[n]!]!];
        if (of === undefined) continue;
        const block = row + Math.floor(i / s);
        of[block] = of[block]! + 1;
      }
    }
  return { contents: counts[0]!, back: counts[1]!, wall: counts[2]!, fat: counts[3]! };
}

/** Averages over neighbours, 1 2 1 along each axis; the outermost go on beyond the volume. */
function smooth(values: Float64Array, [nx, ny, nz]: readonly [number, number, number]): void {
  for (const [n, stride] of [
    [nx, 1],
    [ny, nx],
    [nz, nx * ny],
  ] as const) {
    for (let c = 0; c < values.length; c++) {
      if (Math.floor(c / stride) % n !== 0) continue;
      let before = values[c]!;
      for (let i = 0; i < n; i++) {
        const here = values[c + i * stride]!;
        const after = i + 1 < n ? values[c + (i + 1) * stride]! : here;
        values[c + i * stride] = 0.25 * before + 0.5 * here + 0.25 * after;
        before = here;
      }
    }
  }
}

/** Positive inside the largest piece of what is positive, and in what that encloses; the sign of the rest is turned over. */
function onePiece(values: Float64Array, size: readonly [number, number, number]): Float64Array {
  const out = values.slice();
  for (const sign of [1, -1]) {
    const pieces = piecesOf(out, size, sign);
    for (let n = 0; n < out.length; n++)
      if (sign * out[n]! > 0 && pieces.of[n] !== pieces.largest) out[n] = -sign * Math.min(Math.abs(out[n]!), 0.05);
  }
  return out;
}

function piecesOf(
  values: Float64Array,
  [nx, ny, nz]: readonly [number, number, number],
  sign: number,
): { of: Int32Array; largest: number } {
  const of = new Int32Array(values.length).fill(-1);
  let [count, largest, most] = [0, -1, 0];
  const queue: number[] = [];
  for (let start = 0; start < values.length; start++) {
    if (of[start]! >= 0 || !(sign * values[start]! > 0)) continue;
    queue.length = 0;
    queue.push(start);
    of[start] = count;
    for (let q = 0; q < queue.length; q++) {
      const c = queue[q]!;
      const [i, j, k] = [c % nx, Math.floor(c / nx) % ny, Math.floor(c / (nx * ny))];
      const to = (n: number): void => {
        if (of[n]! >= 0 || !(sign * values[n]! > 0)) return;
        of[n] = count;
        queue.push(n);
      };
      if (i > 0) to(c - 1);
      if (i + 1 < nx) to(c + 1);
      if (j > 0) to(c - nx);
      if (j + 1 < ny) to(c + nx);
      if (k > 0) to(c - nx * ny);
      if (k + 1 < nz) to(c + nx * ny);
    }
    if (queue.length > most) [most, largest] = [queue.length, count];
    count++;
  }
  return { of, largest };
}

/** Signed distances, negative where the values are positive, to where they change their sign, mm. */
function redistance(values: Float64Array, size: readonly [number, number, number], b: number): Float64Array {
  const [nx, ny] = size;
  const away = new Float64Array(values.length).fill(FAR);
  const strides = [1, nx, nx * ny];
  for (let c = 0; c < values.length; c++) {
    const at = [c % nx, Math.floor(c / nx) % ny, Math.floor(c / (nx * ny))];
    const v = values[c]!;
    let inverse = 0;
    for (let d = 0; d < 3; d++) {
      let nearest = FAR;
      for (const step of [-1, 1]) {
        const i = at[d]! + step;
        if (i < 0 || i >= size[d]!) continue;
        const w = values[c + step * strides[d]!]!;
        if (v > 0 !== w > 0) nearest = Math.min(nearest, (b * v) / (v - w));
      }
      if (nearest < FAR) inverse += 1 / Math.max(nearest, 1e-3 * b) ** 2;
    }
    if (inverse > 0) away[c] = 1 / Math.sqrt(inverse);
  }
  sweep(away, size, b);
  return away.map((d, c) => (values[c]! > 0 ? -d : d));
}

/** Distances from where they are known already, by fast sweeping (Zhao 2005, doi 10.1090/S0025-5718-04-01678-3). */
function sweep(away: Float64Array, [nx, ny, nz]: readonly [number, number, number], b: number): void {
  const layer = nx * ny;
  for (let round = 0; round < 2; round++)
    for (let way = 0; way < 8; way++) {
      const [dx, dy, dz] = [way & 1, (way >> 1) & 1, way >> 2];
      for (let kk = 0; kk < nz; kk++) {
        const k = dz ? nz - 1 - kk : kk;
        for (let jj = 0; jj < ny; jj++) {
          const j = dy ? ny - 1 - jj : jj;
          for (let ii = 0; ii < nx; ii++) {
            const i = dx ? nx - 1 - ii : ii;
            const c = i + nx * j + layer * k;
            const old = away[c]!;
            if (old === 0) continue;
            let p = Math.min(i > 0 ? away[c - 1]! : FAR, i + 1 < nx ? away[c + 1]! : FAR);
            let q = Math.min(j > 0 ? away[c - nx]! : FAR, j + 1 < ny ? away[c + nx]! : FAR);
            let r = Math.min(k > 0 ? away[c - layer]! : FAR, k + 1 < nz ? away[c + layer]! : FAR);
            if (p > q) [p, q] = [q, p];
            if (q > r) [q, r] = [r, q];
            if (p > q) [p, q] = [q, p];
            let next = p + b;
            if (next > q) {
              next = 0.5 * (p + q + Math.sqrt(Math.max(0, 2 * b * b - (p - q) * (p - q))));
              if (next > r) {
                const sum = p + q + r;
                next = (sum + Math.sqrt(Math.max(0, sum * sum - 3 * (p * p + q * q + r * r - b * b)))) / 3;
              }
            }
            if (next < old) away[c] = next;
          }
        }
      }
    }
}
