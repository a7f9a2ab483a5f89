/** One equilibrium of a press, as the viewer takes it. */
export interface PressState {
  /** Travel of the tool from first touch, mm. */
  readonly depth: number;
  /** Force on the tool, N. */
  readonly force: number;
  /** Displacement of the grid's nodes, flattened nodes×3, mm, LPS. */
  readonly displacement: Float32Array;
  /** Tissue pressure of the grid's cells, kPa; without it a cut shows no pressure at this state. */
  readonly pressure?: Float32Array | undefined;
  /** Where the contents of the belly slide: their own displacement (nodes×3), and their share of each cell. */
  readonly contents?: { readonly displacement: Float32Array; readonly share: Float32Array } | undefined;
}

/** Two neighbouring stored states around a load and the share of the second: undefined stands for rest. */
export interface Between<State> {
  readonly from: State | undefined;
  readonly to: State | undefined;
  readonly share: number;
  readonly depth: number;
  readonly force: number;
}

/**
 * Where a load lies on the path. Between stored states everything is interpolated in depth; nothing is read beyond the last one.
 * @param states by ascending depth
 * @param load 0 rest … 1 the last state, as a share of the last depth
 */
export function stateAt<State extends { readonly depth: number; readonly force: number }>(
  states: readonly State[],
  load: number,
): Between<State> {
  const last = states[states.length - 1];
  if (last === undefined || !(load > 0)) return { from: undefined, to: undefined, share: 0, depth: 0, force: 0 };
  const depth = Math.min(1, load) * last.depth;
  const n = states.findIndex((s) => s.depth >= depth);
  const to = states[n === -1 ? states.length - 1 : n]!;
  const from = n > 0 ? states[n - 1] : undefined;
  const start = from?.depth ?? 0;
  const share = to.depth > start ? (depth - start) / (to.depth - start) : 1;
  return { from, to, share, depth, force: (from?.force ?? 0) + share * (to.force - (from?.force ?? 0)) };
}

/** A reading of a displaced body backwards: which point at rest is now at a place. */
export interface RestFinder {
  atRest(x: number, y: number, z: number, out: Float64Array): void;
}

/**
 * Finds points at rest for places in the pressed body by damped fixed-point steps with a Newton-like correction from finite
 * differences; good to 0.1 mm where the field is invertible.
 * @param read writes the displacement at a point at rest
 */
export function restFinder(read: (x: number, y: number, z: number, out: Float64Array) => void): RestFinder {
  const u = new Float64Array(3);
  const v = new Float64Array(3);
  const J = new Float64Array(9);
  return {
    /** `out` holds the first guess and takes the answer. */
    atRest(x, y, z, out) {
      let [bx, by, bz, least] = [out[0]!, out[1]!, out[2]!, Number.POSITIVE_INFINITY];
      for (let step = 0; step < 14; step++) {
        const [px, py, pz] = [out[0]!, out[1]!, out[2]!];
        read(px, py, pz, u);
        const mx = x - px - u[0]!;
        const my = y - py - u[1]!;
        const mz = z - pz - u[2]!;
        const miss = Math.hypot(mx, my, mz);
        if (miss < least) [bx, by, bz, least] = [px, py, pz, miss];
        if (miss < 0.1) break;
        if (step % 4 === 3) {
          // plain steps are slow here: follow the gradient for once
          for (let d = 0; d < 3; d++) {
            read(px + (d === 0 ? 1 : 0), py + (d === 1 ? 1 : 0), pz + (d === 2 ? 1 : 0), v);
            for (let r = 0; r < 3; r++) J[3 * r + d] = v[r]! - u[r]! + (r === d ? 1 : 0);
          }
          if (solve3(J, mx, my, mz, v) && Math.hypot(v[0]!, v[1]!, v[2]!) < 4 * miss) {
            out[0] = px + v[0]!;
            out[1] = py + v[1]!;
            out[2] = pz + v[2]!;
            continue;
          }
        }
        const by1 = step < 4 ? 1 : 0.6;
        out[0] = px + by1 * mx;
        out[1] = py + by1 * my;
        out[2] = pz + by1 * mz;
      }
      out[0] = bx;
      out[1] = by;
      out[2] = bz;
    },
  };
}

/** Solves J·out = b; false where J is singular or folded. */
function solve3(J: Float64Array, x: number, y: number, z: number, out: Float64Array): boolean {
  const [a, b, c, d, e, f, p, q, r] = J as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const det = a * (e * r - f * q) - b * (d * r - f * p) + c * (d * q - e * p);
  if (!(det > 0.02)) return false;
  out[0] = (x * (e * r - f * q) - b * (y * r - f * z) + c * (y * q - e * z)) / det;
  out[1] = (a * (y * r - f * z) - x * (d * r - f * p) + c * (d * z - y * p)) / det;
  out[2] = (a * (e * z - y * q) - b * (d * z - y * p) + x * (d * q - e * p)) / det;
  return true;
}
