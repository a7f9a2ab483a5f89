/** Quads around the inside of a level of a lattice. */
export interface SurfaceNet {
  /** Positions in lattice units (point i of the lattice sits at i), n×3. */
  readonly vertices: Float32Array;
  /** The lattice cell of each vertex, as the index of its lowest corner. */
  readonly cells: Uint32Array;
  /** Corners of the quads, m×4, counter-clockwise seen from where the values are below the level. */
  readonly quads: Uint32Array;
}

/**
 * Surface nets (Gibson 1998): one vertex per lattice cell that the level crosses, at the mean of the crossings on its edges; one
 * quad per crossed lattice edge. Closed, and every edge has exactly two quads: lattice faces whose corners alternate, where
 * four would meet, are filled up first.
 *
 * @param values scalar per lattice point, x fastest; must be at or below the level all around the border. Filled-up points are
 *   changed in place.
 */
export function surfaceNet(values: Float32Array, size: readonly [number, number, number], level: number): SurfaceNet {
  const [nx, ny, nz] = size;
  const sy = nx;
  const sz = nx * ny;
  const inside = Uint8Array.from(values, (v) => (v > level ? 1 : 0));
  fillAlternating(inside, values, size, level);

  const cellOf = new Int32Array(values.length).fill(-1);
  const vertices: number[] = [];
  const cells: number[] = [];
  for (let k = 0; k < nz - 1; k++) {
    for (let j = 0; j < ny - 1; j++) {
      for (let i = 0, n = sy * j + sz * k; i < nx - 1; i++, n++) {
        const sum =
          inside[n]! +
          inside[n + 1]! +
          inside[n + sy]! +
          inside[n + sy + 1]! +
          inside[n + sz]! +
          inside[n + sz + 1]! +
          inside[n + sz + sy]! +
          inside[n + sz + sy + 1]!;
        if (sum === 0 || sum === 8) continue;
        cellOf[n] = cells.length;
        cells.push(n);
        pushMeanCrossing(vertices, values, inside, n, i, j, k, sy, sz, level);
      }
    }
  }

  const quads: number[] = [];
  const edge = (n: number, step: number, a: number, b: number): void => {
    if (inside[n] === inside[n + step]) return;
    const [p, q, r, s] = [cellOf[n - a - b]!, cellOf[n - b]!, cellOf[n]!, cellOf[n - a]!];
    if (inside[n] === 1) quads.push(p, q, r, s);
    else quads.push(p, s, r, q);
  };
  for (let k = 0; k < nz - 1; k++)
    for (let j = 0; j < ny - 1; j++)
      for (let i = 0, n = sy * j + sz * k; i < nx - 1; i++, n++) {
        if (j > 0 && k > 0) edge(n, 1, sy, sz);
        if (k > 0 && i > 0) edge(n, sy, sz, 1);
        if (i > 0 && j > 0) edge(n, sz, 1, sy);
      }
  return { vertices: Float32Array.from(vertices), cells: Uint32Array.from(cells), quads: Uint32Array.from(quads) };
}

/** Corner pairs of a cell's twelve edges, as bits x + 2y + 4z. */
const EDGES = [0, 1, 2, 3, 4, 5, 6, 7, 0, 2, 1, 3, 4, 6, 5, 7, 0, 4, 1, 5, 2, 6, 3, 7] as const;

function pushMeanCrossing(
  out: number[],
  values: Float32Array,
  inside: Uint8Array,
  n: number,
  i: number,
  j: number,
  k: number,
  sy: number,
  sz: number,
  level: number,
): void {
  let [x, y, z, crossings] = [0, 0, 0, 0];
  for (let e = 0; e < 24; e += 2) {
    const [a, b] = [EDGES[e]!, EDGES[e + 1]!];
    const p = n + (a & 1) + ((a >> 1) & 1) * sy + (a >> 2) * sz;
    const q = n + (b & 1) + ((b >> 1) & 1) * sy + (b >> 2) * sz;
    if (inside[p] === inside[q]) continue;
    const t = (level - values[p]!) / (values[q]! - values[p]!);
    x += (a & 1) + t * ((b & 1) - (a & 1));
    y += ((a >> 1) & 1) + t * (((b >> 1) & 1) - ((a >> 1) & 1));
    z += (a >> 2) + t * ((b >> 2) - (a >> 2));
    crossings++;
  }
  out.push(i + x / crossings, j + y / crossings, k + z / crossings);
}

/** Where the four corners of a lattice face alternate between in and out, the outer corner nearer to the level goes in. */
function fillAlternating(
  inside: Uint8Array,
  values: Float32Array,
  [nx, ny, nz]: readonly [number, number, number],
  level: number,
): void {
  const steps = [1, nx, nx * ny] as const;
  const filled = level + 1e-3;
  for (let changed = true; changed; ) {
    changed = false;
    for (const [a, b] of [
      [steps[0], steps[1]],
      [steps[1], steps[2]],
      [steps[0], steps[2]],
    ] as const) {
      const last = nx * ny * nz - a - b;
      for (let n = 0; n < last; n++) {
        if (inside[n] !== inside[n + a + b] || inside[n + a] !== inside[n + b] || inside[n] === inside[n + a]) continue;
        const [p, q] = inside[n] === 1 ? [n + a, n + b] : [n, n + a + b];
        const nearer = values[p]! >= values[q]! ? p : q;
        inside[nearer] = 1;
        values[nearer] = filled;
        changed = true;
      }
    }
  }
}
