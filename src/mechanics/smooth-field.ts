import { cellCorners, cellPlace, type Grid } from '../base/grid.ts';
import type { Engine } from './engine.ts';
import type { Block } from './problem.ts';

/**
 * The displacement of one body as a field whose gradient is continuous: quadratic B-splines over its nodes. A trilinear one has kinks on
 * every face of a cell; what slides on it settles in them, and no search comes to rest there. Beyond the body its nodes are continued by means over
 * neighbours. Everything is linear in the nodes, so forces go back to them by the same weights.
 */
export class SmoothField {
  private readonly grid: Grid;
  private readonly shift: Block['shift'];
  /** Nodes of the box around the places that are asked for: first along each axis, and how many. */
  private readonly first: readonly [number, number, number];
  private readonly size: readonly [number, number, number];
  /** Displacement (3 each) and force of every node of the box. */
  private readonly u: Float64Array;
  private readonly f: Float64Array;
  /** Nodes that exist: number in the grid, and place in the box. */
  private readonly own: Int32Array;
  private readonly at: Int32Array;
  private readonly values: Float64Array;
  /** Nodes that do not, from the body outwards, and those that each is a sum of, with weights: at begins[n] … begins[n+1] of parents. */
  private readonly outer: Int32Array;
  private readonly begins: Int32Array;
  private readonly parents: Int32Array;
  private readonly weights: Float64Array;
  /** Places that are held: the first of each one's nodes, and weights along the axes (9 each). */
  private heldNode = new Int32Array(0);
  private heldWeight = new Float64Array(0);
  private readonly needed: Uint8Array;
  /** What the places need: nodes that exist (number in the grid, place in the box), and outer ones. */
  private heldOwn = new Int32Array(0);
  private heldAt = new Int32Array(0);
  private heldValues = new Float64Array(0);
  private heldOuter = new Int32Array(0);

  /**
   * @param indexOf number of each grid cell among those that exist, or -1: what is not well held may be left out
   * @param points places of the body at rest around which it will be asked (n×3, mm)
   * @param reach how far around them, in cells
   */
  constructor(grid: Grid, indexOf: Int32Array, { shift, layers }: Block, points: Float64Array, reach: number) {
    this.grid = grid;
    this.shift = shift;
    const h = grid.spacing;
    const low = [0, 1, 2].map((d) => {
      let least = Number.POSITIVE_INFINITY;
      for (let s = d; s < points.length; s += 3) least = Math.min(least, points[s]!);
      const node = Math.floor((least + shift[d]! - grid.origin[d]!) / h) - reach;
      return Math.max(node, (d === 2 ? layers[0] : 0) - MARGIN);
    });
    const high = [0, 1, 2].map((d) => {
      let most = Number.NEGATIVE_INFINITY;
      for (let s = d; s < points.length; s += 3) most = Math.max(most, points[s]!);
      const node = Math.ceil((most + shift[d]! - grid.origin[d]!) / h) + reach;
      return Math.min(node, (d === 2 ? layers[1] : grid.size[d]!) + MARGIN);
    });
    this.first = low as unknown as [number, number, number];
    this.size = high.map((n, d) => n - low[d]! + 1) as unknown as [number, number, number];
    const [nx, ny, nz] = this.size;
    const count = nx * ny * nz;
    this.u = new Float64Array(3 * count);
    this.f = new Float64Array(3 * count);
    this.needed = new Uint8Array(count);
    const exists = new Uint8Array((grid.size[0] + 1) * (grid.size[1] + 1) * (grid.size[2] + 1));
    const layer = grid.size[0] * grid.size[1];
    for (let c = layers[0] * layer; c < layers[1] * layer; c++)
      if (indexOf[c]! >= 0) for (const n of cellCorners(grid, c)) exists[n] = 1;
    const own: number[] = [];
    const at: number[] = [];
    const known = new Int32Array(count).fill(-1);
    for (let n = 0; n < count; n++) {
      const [i, j, k] = cellPlace({ size: this.size }, n);
      const place = [i + low[0]!, j + low[1]!, k + low[2]!];
      if (place.some((p, d) => p < 0 || p > grid.size[d]!) || place[2]! < layers[0] || place[2]! > layers[1]) continue;
      const node = place[0]! + (grid.size[0] + 1) * (place[1]! + (grid.size[1] + 1) * place[2]!);
      if (exists[node] === 0) continue;
      own.push(node);
      at.push(n);
      known[n] = 0;
    }
    this.own = Int32Array.from(own);
    this.at = Int32Array.from(at);
    this.values = new Float64Array(3 * own.length);
    const outer: number[] = [];
    const begins = [0];
    const parents: number[] = [];
    const weights: number[] = [];
    let front = at;
    for (let round = 1; front.length > 0; round++) {
      const next: number[] = [];
      for (const n of front)
        for (const m of neighbours(this.size, n))
          if (known[m] === -1) {
            known[m] = round;
            next.push(m);
          }
      for (const n of next) {
        const from = neighbours(this.size, n).filter((m) => known[m]! >= 0 && known[m]! < round);
        // beside the body it goes on as it came; farther out it stays what it is
        const straight = from.filter((m) => round === 1 && known[beyond(this.size, n, m)] === 0);
        for (const m of straight) {
          parents.push(m, beyond(this.size, n, m));
          weights.push(2 / straight.length, -1 / straight.length);
        }
        if (straight.length === 0)
          for (const m of from) {
            parents.push(m);
            weights.push(1 / from.length);
          }
        outer.push(n);
        begins.push(parents.length);
      }
      front = next;
    }
    this.outer = Int32Array.from(outer);
    this.begins = Int32Array.from(begins);
    this.parents = Int32Array.from(parents);
    this.weights = Float64Array.from(weights);
  }

  /** Takes the displacement where the engine's last energy was taken. */
  read(engine: Engine): void {
    const { u, own, at, values, outer } = this;
    engine.valuesOf(own, values);
    for (let n = 0; n < at.length; n++) {
      const to = 3 * at[n]!;
      u[to] = values[3 * n]!;
      u[to + 1] = values[3 * n + 1]!;
      u[to + 2] = values[3 * n + 2]!;
    }
    for (let n = 0; n < outer.length; n++) this.extend(n);
  }

  /** Displacement of an outer node: the sum over those that it is one of. */
  private extend(n: number): void {
    const { u, outer, begins, parents, weights } = this;
    let [x, y, z] = [0, 0, 0];
    for (let p = begins[n]!; p < begins[n + 1]!; p++) {
      const from = 3 * parents[p]!;
      const w = weights[p]!;
      x += w * u[from]!;
      y += w * u[from + 1]!;
      z += w * u[from + 2]!;
    }
    const to = 3 * outer[n]!;
    u[to] = x;
    u[to + 1] = y;
    u[to + 2] = z;
  }

  /** Weights of the nodes around a place of the body at rest, into W, D and N. */
  private weigh(x: number, y: number, z: number): void {
    const { grid, shift, first, size } = this;
    const X = [x, y, z];
    for (let d = 0; d < 3; d++) {
      const n = size[d]!;
      const v = (X[d]! + shift[d]! - grid.origin[d]!) / grid.spacing - first[d]!;
      const i = Math.min(Math.max(Math.round(v), 1), n - 2);
      const t = Math.min(Math.max(v - i, -0.5), 0.5);
      const inside = t === v - i ? 1 / grid.spacing : 0;
      const o = 3 * d;
      W[o] = 0.5 * (0.5 - t) * (0.5 - t);
      W[o + 1] = 0.75 - t * t;
      W[o + 2] = 0.5 * (0.5 + t) * (0.5 + t);
      D[o] = (t - 0.5) * inside;
      D[o + 1] = -2 * t * inside;
      D[o + 2] = (t + 0.5) * inside;
      N[d] = i - 1;
    }
  }

  /** Displacement U (3) and deformation gradient F (9) at a place of the body at rest, mm. */
  sample(x: number, y: number, z: number, U: Float64Array, F: Float64Array): void {
    this.weigh(x, y, z);
    const { u, size } = this;
    const [w0, w1, w2] = [W[0]!, W[1]!, W[2]!];
    const [d0, d1, d2] = [D[0]!, D[1]!, D[2]!];
    let [ux, uy, uz] = [0, 0, 0];
    let [f00, f01, f02] = [1, 0, 0];
    let [f10, f11, f12] = [0, 1, 0];
    let [f20, f21, f22] = [0, 0, 1];
    for (let k = 0; k < 3; k++) {
      const wk = W[6 + k]!;
      const dk = D[6 + k]!;
      for (let j = 0; j < 3; j++) {
        const wj = W[3 + j]!;
        const a = wj * wk;
        const b = D[3 + j]! * wk;
        const c = wj * dk;
        const o = 3 * (N[0]! + size[0] * (N[1]! + j + size[1] * (N[2]! + k)));
        let line = w0 * u[o]! + w1 * u[o + 3]! + w2 * u[o + 6]!;
        let rise = d0 * u[o]! + d1 * u[o + 3]! + d2 * u[o + 6]!;
        ux += a * line;
        f00 += a * rise;
        f01 += b * line;
        f02 += c * line;
        line = w0 * u[o + 1]! + w1 * u[o + 4]! + w2 * u[o + 7]!;
        rise = d0 * u[o + 1]! + d1 * u[o + 4]! + d2 * u[o + 7]!;
        uy += a * line;
        f10 += a * rise;
        f11 += b * line;
        f12 += c * line;
        line = w0 * u[o + 2]! + w1 * u[o + 5]! + w2 * u[o + 8]!;
        rise = d0 * u[o + 2]! + d1 * u[o + 5]! + d2 * u[o + 8]!;
        uz += a * line;
        f20 += a * rise;
        f21 += b * line;
        f22 += c * line;
      }
    }
    U[0] = ux;
    U[1] = uy;
    U[2] = uz;
    F[0] = f00;
    F[1] = f01;
    F[2] = f02;
    F[3] = f10;
    F[4] = f11;
    F[5] = f12;
    F[6] = f20;
    F[7] = f21;
    F[8] = f22;
  }

  /**
   * Holds places of the body at rest, which are then asked for again and again by number.
   * @param at where each one's three coordinates begin, in `places`, or in `others` where that is marked (count)
   */
  hold(count: number, at: (k: number) => number, marked: Uint8Array, places: Float64Array, others: Float64Array): void {
    if (this.heldNode.length !== count) {
      this.heldNode = new Int32Array(count);
      this.heldWeight = new Float64Array(9 * count);
    }
    const { size, needed } = this;
    needed.fill(0);
    for (let k = 0; k < count; k++) {
      const from = marked[k] === 1 ? others : places;
      const o = at(k);
      this.weigh(from[o]!, from[o + 1]!, from[o + 2]!);
      const first = N[0]! + size[0] * (N[1]! + size[1] * N[2]!);
      this.heldNode[k] = first;
      this.heldWeight.set(W, 9 * k);
      for (let c = 0; c < 3; c++)
        for (let b = 0; b < 3; b++) {
          const n = first + size[0] * (b + size[1] * c);
          needed[n] = needed[n + 1] = needed[n + 2] = 1;
        }
    }
    this.gather();
  }

  /** Gathers the nodes that the held places need. */
  private gather(): void {
    const { needed, outer, begins, parents, own, at } = this;
    const far: number[] = [];
    for (let n = outer.length - 1; n >= 0; n--) {
      if (needed[outer[n]!] === 0) continue;
      far.push(n);
      for (let p = begins[n]!; p < begins[n + 1]!; p++) needed[parents[p]!] = 1;
    }
    this.heldOuter = Int32Array.from(far.reverse());
    const near = at.reduce((n, box) => n + needed[box]!, 0);
    this.heldOwn = new Int32Array(near);
    this.heldAt = new Int32Array(near);
    this.heldValues = new Float64Array(3 * near);
    for (let n = 0, k = 0; n < at.length; n++) {
      if (needed[at[n]!] === 0) continue;
      this.heldOwn[k] = own[n]!;
      this.heldAt[k++] = at[n]!;
    }
  }

  /** As read(), for the held places only; forgets all forces. */
  readHeld(engine: Engine): void {
    const { u, f, heldOwn, heldAt, heldValues, heldOuter, outer } = this;
    engine.valuesOf(heldOwn, heldValues);
    for (let n = 0; n < heldAt.length; n++) {
      const to = 3 * heldAt[n]!;
      for (let c = 0; c < 3; c++) {
        u[to + c] = heldValues[3 * n + c]!;
        f[to + c] = 0;
      }
    }
    for (let k = 0; k < heldOuter.length; k++) {
      const n = heldOuter[k]!;
      this.extend(n);
      f.fill(0, 3 * outer[n]!, 3 * outer[n]! + 3);
    }
  }

  /** Displacement (3) of a held place. */
  valueAt(k: number, out: Float64Array): void {
    const { u, size, heldWeight: w } = this;
    const first = this.heldNode[k]!;
    const o9 = 9 * k;
    const w0 = w[o9]!;
    const w1 = w[o9 + 1]!;
    const w2 = w[o9 + 2]!;
    let x = 0;
    let y = 0;
    let z = 0;
    for (let c = 0; c < 3; c++)
      for (let b = 0; b < 3; b++) {
        const a = w[o9 + 3 + b]! * w[o9 + 6 + c]!;
        const o = 3 * (first + size[0] * (b + size[1] * c));
        x += a * (w0 * u[o]! + w1 * u[o + 3]! + w2 * u[o + 6]!);
        y += a * (w0 * u[o + 1]! + w1 * u[o + 4]! + w2 * u[o + 7]!);
        z += a * (w0 * u[o + 2]! + w1 * u[o + 5]! + w2 * u[o + 8]!);
      }
    out[0] = x;
    out[1] = y;
    out[2] = z;
  }

  /** A force (kPa·mm²) on a held place. */
  pushAt(k: number, fx: number, fy: number, fz: number): void {
    const { f, size, heldWeight: w } = this;
    const first = this.heldNode[k]!;
    const o9 = 9 * k;
    for (let c = 0; c < 3; c++)
      for (let b = 0; b < 3; b++) {
        const a = w[o9 + 3 + b]! * w[o9 + 6 + c]!;
        let o = 3 * (first + size[0] * (b + size[1] * c));
        for (let i = 0; i < 3; i++, o += 3) {
          const v = a * w[o9 + i]!;
          f[o] = f[o]! + v * fx;
          f[o + 1] = f[o + 1]! + v * fy;
          f[o + 2] = f[o + 2]! + v * fz;
        }
      }
  }

  /** Adds all forces to the gradient of the engine's last energy. */
  giveHeld(engine: Engine): void {
    const { f, heldOwn, heldAt, heldValues, heldOuter, outer, begins, parents, weights } = this;
    for (let k = heldOuter.length - 1; k >= 0; k--) {
      const n = heldOuter[k]!;
      const from = 3 * outer[n]!;
      const x = f[from]!;
      const y = f[from + 1]!;
      const z = f[from + 2]!;
      if (x === 0 && y === 0 && z === 0) continue;
      for (let p = begins[n]!; p < begins[n + 1]!; p++) {
        const to = 3 * parents[p]!;
        const w = weights[p]!;
        f[to] = f[to]! + w * x;
        f[to + 1] = f[to + 1]! + w * y;
        f[to + 2] = f[to + 2]! + w * z;
      }
    }
    for (let n = 0; n < heldAt.length; n++) {
      const from = 3 * heldAt[n]!;
      heldValues[3 * n] = f[from]!;
      heldValues[3 * n + 1] = f[from + 1]!;
      heldValues[3 * n + 2] = f[from + 2]!;
    }
    engine.addAt(heldOwn, heldValues);
  }
}

/** Nodes beyond the body's own box: what lies on its end has neighbours on both sides. */
const MARGIN = 2;

/** The up to 26 nodes around one. */
function neighbours([nx, ny, nz]: readonly [number, number, number], n: number): number[] {
  const [i, j, k] = cellPlace({ size: [nx, ny, nz] }, n);
  const out: number[] = [];
  for (let c = Math.max(0, k - 1); c <= Math.min(nz - 1, k + 1); c++)
    for (let b = Math.max(0, j - 1); b <= Math.min(ny - 1, j + 1); b++)
      for (let a = Math.max(0, i - 1); a <= Math.min(nx - 1, i + 1); a++)
        if (a !== i || b !== j || c !== k) out.push(a + nx * (b + ny * c));
  return out;
}

/** The node as far behind m as n lies before it, or -1. */
function beyond(size: readonly [number, number, number], n: number, m: number): number {
  const [a, b] = [cellPlace({ size }, n), cellPlace({ size }, m)];
  const c = [0, 1, 2].map((d) => 2 * b[d]! - a[d]!);
  return c.every((i, d) => i >= 0 && i < size[d]!) ? c[0]! + size[0] * (c[1]! + size[1] * c[2]!) : -1;
}

/** Of the place in hand: weights of three nodes along each axis, their derivatives (1/mm), and the first of the nodes. */
const W = new Float64Array(9);
const D = new Float64Array(9);
const N = new Int32Array(3);
