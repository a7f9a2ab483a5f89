import type { Grid } from '../base/grid.ts';

/** Signed distance to a body at rest, mm, negative inside it. */
export type Distance = (x: number, y: number, z: number) => number;

/** Rays through each cell along each axis where nobody asks for another number: n×n. */
const RAYS = 3;
/** Rays at less than this squared cosine to the normal are left to those along the other axes. */
const GRAZING = 0.15;

/**
 * Quadrature points of a body's surface: where rays along the three axes pass through it, n×n for each cell. A crossing stands for the ray's
 * section over the cosine of its angle to the normal, times a share of each axis that sums to 1 over the three: so no piece of the surface is
 * counted twice or forgotten, whichever way it lies. On a face between cells they are 3×3 points, all of the same area.
 * @param keep whether a crossing is wanted
 * @param rays n, of n×n rays through each cell along each axis
 * @returns places (n×3, mm), areas (n, mm²) and unit normals outwards (n×3)
 */
export function surfacePoints(
  { origin, spacing: h, size }: Grid,
  body: Distance,
  keep: (x: number, y: number, z: number) => boolean,
  rays = RAYS,
): { points: Float64Array; areas: Float64Array; normals: Float64Array } {
  const points: number[] = [];
  const areas: number[] = [];
  const normals: number[] = [];
  const at = [0, 0, 0];
  for (let k = 0; k < size[2]; k++)
    for (let j = 0; j < size[1]; j++)
      for (let i = 0; i < size[0]; i++) {
        const cell = [i, j, k];
        const centre = cell.map((n, d) => origin[d]! + h * (n + 0.5)) as [number, number, number];
        // no cell farther away than its half diagonal is cut
        if (Math.abs(body(...centre)) > 0.88 * h) continue;
        for (let d = 0; d < 3; d++) {
          const [p, q] = [(d + 1) % 3, (d + 2) % 3];
          const along = (t: number): number => {
            at[d] = t;
            return body(at[0]!, at[1]!, at[2]!);
          };
          for (let b = 0; b < rays; b++)
            for (let a = 0; a < rays; a++) {
              at[p] = origin[p]! + h * (cell[p]! + (a + 0.5) / rays);
              at[q] = origin[q]! + h * (cell[q]! + (b + 0.5) / rays);
              const low = origin[d]! + h * cell[d]!;
              const high = origin[d]! + h * (cell[d]! + 1);
              const t = crossing(along, low, high);
              if (t === undefined) continue;
              // a face of the whole domain touches nothing
              if (t <= origin[d]! + 1e-9 * h || t >= origin[d]! + h * (size[d]! - 1e-9)) continue;
              at[d] = t;
              const [x, y, z] = [at[0]!, at[1]!, at[2]!];
              if (!keep(x, y, z)) continue;
              const n = gradient(body, x, y, z);
              const shares = n.map((c) => Math.max(0, c * c - GRAZING));
              const share = shares[d]! / (shares[0]! + shares[1]! + shares[2]!);
              if (!(share > 0)) continue;
              points.push(x, y, z);
              areas.push((share * h * h) / (rays * rays * Math.abs(n[d]!)));
              normals.push(...n);
            }
        }
      }
  return {
    points: Float64Array.from(points),
    areas: Float64Array.from(areas),
    normals: Float64Array.from(normals),
  };
}

/** Where a function changes from negative to not negative or back between two places; nothing where it does not. */
function crossing(f: (t: number) => number, low: number, high: number): number | undefined {
  let [a, b] = [low, high];
  let [fa, fb] = [f(a), f(b)];
  if (fa < 0 === fb < 0) return undefined;
  // the false position, halving where it lags
  for (let i = 0; i < 40 && Math.abs(b - a) > 1e-12 * Math.abs(high - low); i++) {
    const t = i % 3 === 2 ? 0.5 * (a + b) : a + ((b - a) * fa) / (fa - fb);
    const ft = f(t);
    if (ft === 0) return t;
    if (ft < 0 === fa < 0) [a, fa] = [t, ft];
    else [b, fb] = [t, ft];
  }
  return 0.5 * (a + b);
}

/** Unit gradient of a distance by central differences. */
function gradient(body: Distance, x: number, y: number, z: number): [number, number, number] {
  const e = 1e-3;
  const n = [
    body(x + e, y, z) - body(x - e, y, z),
    body(x, y + e, z) - body(x, y - e, z),
    body(x, y, z + e) - body(x, y, z - e),
  ] as const;
  const length = Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
  return [n[0] / length, n[1] / length, n[2] / length];
}

/** Places in each direction that a cut cell is asked at. */
const SAMPLES = 4;
/** Cells with less of a body in them than this are none of it, and those with less than the other hold that much: slivers are thrown about. */
const LEAST = 0.02;
export const LEAST_FILL = 0.1;
/** Bodies touch at rest where they are nearer than this, in cells. */
export const TOUCH = 0.01;

/** Share of each cell that lies inside a body (cells). */
export function fillOf({ origin, spacing: h, size }: Grid, body: Distance): Float64Array {
  const [nx, ny, nz] = size;
  const fill = new Float64Array(nx * ny * nz);
  const w = h / SAMPLES;
  for (let k = 0, c = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++, c++) {
        const low = [origin[0] + i * h, origin[1] + j * h, origin[2] + k * h] as const;
        const centre = [low[0] + h / 2, low[1] + h / 2, low[2] + h / 2] as const;
        const away = body(...centre);
        if (Math.abs(away) > 0.88 * h) {
          fill[c] = away < 0 ? 1 : 0;
          continue;
        }
        // a plane through a small cube cuts off nearly what the distance over the cube's width along the normal says
        const width = w * gradient(body, ...centre).reduce((sum, n) => sum + Math.abs(n), 0);
        let sum = 0;
        for (let n = 0; n < SAMPLES * SAMPLES * SAMPLES; n++) {
          const [a, b, g] = [n % SAMPLES, Math.floor(n / SAMPLES) % SAMPLES, Math.floor(n / (SAMPLES * SAMPLES))];
          const d = body(low[0] + (a + 0.5) * w, low[1] + (b + 0.5) * w, low[2] + (g + 0.5) * w);
          sum += Math.min(Math.max(0.5 - d / width, 0), 1);
        }
        const share = sum / (SAMPLES * SAMPLES * SAMPLES);
        fill[c] = share < LEAST ? 0 : share > 1 - 1e-6 ? 1 : Math.max(share, LEAST_FILL);
      }
  return fill;
}
