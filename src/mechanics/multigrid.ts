import { addDiagonalBlocks, addTangentProduct, allocateTangent, type Cells, type Tangent } from './element.ts';

/**
 * Geometric multigrid for the frozen tangent on the immersed grid: trilinear transfers, coarse levels re-discretised
 * with coefficients averaged over 8 children, Chebyshev(2) on nodal 3×3 blocks, dense Cholesky on the coarsest grid.
 * One V-cycle is a symmetric positive operator; it is the inner metric of the L-BFGS iteration (solver.ts).
 */

export interface Level {
  readonly cells: Cells;
  /** Cells along x, y, z. */
  readonly size: readonly [number, number, number];
  /** Parent of each existing cell among the next level's existing cells (empty on the coarsest). */
  parent: Int32Array;
  /** Nodes that belong to an existing cell. */
  readonly active: Int32Array;
  /** 1 where a degree of freedom is free (3 planes). */
  readonly free: Uint8Array;
  /** The fixed degrees of freedom of active nodes. */
  readonly held: Int32Array;
  readonly tangent: Tangent;
  /** Springs to the ground, kPa·mm (nodes). */
  readonly ground: Float64Array;
  /** Contact stiffness lumped to nodes (nodes×6), coarse levels only. */
  readonly contact: Float64Array;
  /** Inverse nodal blocks (nodes×6). */
  readonly inverse: Float64Array;
  /** Largest eigenvalue of the block-Jacobi preconditioned operator. */
  lmax: number;
  /** Start vector of the eigenvalue estimate, kept between steps. */
  readonly probe: Float64Array;
  readonly x: Float64Array;
  readonly b: Float64Array;
  readonly r: Float64Array;
  readonly d: Float64Array;
  readonly scratch: Float64Array;
}

/** The finest level's contact operator: exact in the sample points, not lumped. */
export interface ContactOperator {
  /** y += K x. */
  addProduct(x: Float64Array, y: Float64Array): void;
  /** Adds exact diagonal blocks (nodes×6). */
  addDiagonal(blocks: Float64Array): void;
  /** Adds row-sum lumped blocks (nodes×6) for the coarse levels. */
  addLumped(blocks: Float64Array): void;
}

export interface Multigrid {
  readonly levels: readonly Level[];
  /** Rebuilds coarse coefficients, blocks and eigenvalue bounds after the fine tangent or contact changed. */
  refresh(contact: ContactOperator): void;
  /** z = V-cycle applied to r (3 planes of the finest level). */
  apply(r: Float64Array, z: Float64Array): void;
  /** Finest operator, y = A x. */
  product(x: Float64Array, y: Float64Array): void;
}

/** Levels are added while every direction keeps at least this many cells. */
const COARSEST_CELLS = 3;

/**
 * @param size cells along x, y, z
 * @param h cell edge, mm
 * @param exists 1 for each cell that exists
 * @param fixed bits x=1, y=2, z=4 per node, or undefined
 * @param ground nodal springs on the finest level, kPa·mm (kept by reference)
 */
export function buildMultigrid(
  size: readonly [number, number, number],
  h: number,
  exists: Uint8Array,
  fixed: Uint8Array | undefined,
  ground: Float64Array,
): Multigrid {
  const levels: Level[] = [];
  let at = makeLevel(size, h, exists, fixed, ground);
  levels.push(at.level);
  let flags = fixed;
  while (at.level.size.some((n) => n > 2 * COARSEST_CELLS) || at.level.active.length > 160) {
    const s = at.level.size.map((n) => Math.max(1, Math.ceil(n / 2))) as [number, number, number];
    if (s.every((n, d) => n === at.level.size[d])) break;
    const coarseExists = new Uint8Array(s[0] * s[1] * s[2]);
    const [nx, ny] = at.level.size;
    const up = (i: number, d: 0 | 1 | 2): number => (s[d] === at.level.size[d] ? i : i >> 1);
    const parentCell = new Int32Array(at.level.cells.count);
    for (let e = 0; e < at.cellOf.length; e++) {
      const c = at.cellOf[e]!;
      const i = c % nx;
      const j = Math.floor(c / nx) % ny;
      const k = Math.floor(c / (nx * ny));
      const p = up(i, 0) + s[0] * (up(j, 1) + s[1] * up(k, 2));
      coarseExists[p] = 1;
      parentCell[e] = p;
    }
    const coarseFixed = coarsenFixed(flags, at.level.size, s);
    const next = makeLevel(s, at.level.cells.h * 2, coarseExists, coarseFixed, undefined);
    for (let e = 0; e < parentCell.length; e++) parentCell[e] = next.indexOf[parentCell[e]!]!;
    at.level.parent = parentCell;
    levels.push(next.level);
    at = next;
    flags = coarseFixed;
  }
  const coarsest = new DenseSolver(levels[levels.length - 1]!);
  let fineContact: ContactOperator | undefined;

  /** y = A x on a level, including springs and contact; masked to free dofs. */
  const product = (l: number, x: Float64Array, y: Float64Array): void => {
    const L = levels[l]!;
    y.fill(0);
    addTangentProduct(L.cells, L.tangent, x, y);
    const n = L.cells.nodes;
    const { active, ground: G, held } = L;
    for (let a = 0; a < active.length; a++) {
      const i = active[a]!;
      const g = G[i]!;
      y[i] = y[i]! + g * x[i]!;
      y[i + n] = y[i + n]! + g * x[i + n]!;
      y[i + 2 * n] = y[i + 2 * n]! + g * x[i + 2 * n]!;
    }
    if (l === 0) fineContact?.addProduct(x, y);
    else addBlockProduct(L, L.contact, x, y);
    for (let i = 0; i < held.length; i++) y[held[i]!] = 0;
  };

  const refresh = (contact: ContactOperator): void => {
    fineContact = contact;
    for (let l = 0; l < levels.length; l++) {
      const L = levels[l]!;
      L.inverse.fill(0);
      addDiagonalBlocks(L.cells, L.tangent, L.inverse);
      for (const i of L.active) {
        for (let c = 0; c < 3; c++) L.inverse[6 * i + c] = L.inverse[6 * i + c]! + L.ground[i]!;
      }
      if (l === 0) contact.addDiagonal(L.inverse);
      else
        for (const i of L.active)
          for (let c = 0; c < 6; c++) L.inverse[6 * i + c] = L.inverse[6 * i + c]! + L.contact[6 * i + c]!;
      invertBlocks(L);
      if (l + 1 < levels.length) {
        const N = levels[l + 1]!;
        averageTangent(L, N);
        restrictScalars(L, N, L.ground, N.ground, 1);
        if (l === 0) {
          L.contact.fill(0);
          contact.addLumped(L.contact);
        }
        restrictScalars(L, N, L.contact, N.contact, 6);
      }
      if (l + 1 === levels.length) coarsest.factor((x, y) => product(l, x, y));
      else L.lmax = estimateLargest(L, (x, y) => product(l, x, y));
    }
  };

  const smooth = (l: number, zeroStart: boolean, needResidual: boolean): void => {
    // on entry r = b - A x (or b when zeroStart); on exit x is improved, r is the residual if asked for
    const L = levels[l]!;
    const { x, r, d, active } = L;
    const n = L.cells.nodes;
    const hi = L.lmax;
    const lo = hi / 8;
    const theta = 0.5 * (hi + lo);
    const delta = 0.5 * (hi - lo);
    const sigma = theta / delta;
    let rho = 1 / sigma;
    const scratch = L.scratch;
    for (let step = 0; step < 2; step++) {
      const rhoNext = 1 / (2 * sigma - rho);
      const keep = step === 0 ? 0 : rhoNext * rho;
      const gain = step === 0 ? 1 / theta : (2 * rhoNext) / delta;
      if (step > 0) rho = rhoNext;
      const I = L.inverse;
      for (let a = 0; a < active.length; a++) {
        const i = active[a]!;
        const r0 = r[i]!;
        const r1 = r[i + n]!;
        const r2 = r[i + 2 * n]!;
        const o = 6 * i;
        const xx = I[o]!;
        const yy = I[o + 1]!;
        const zz = I[o + 2]!;
        const xy = I[o + 3]!;
        const xz = I[o + 4]!;
        const yz = I[o + 5]!;
        const d0 = keep * d[i]! + gain * (xx * r0 + xy * r1 + xz * r2);
        const d1 = keep * d[i + n]! + gain * (xy * r0 + yy * r1 + yz * r2);
        const d2 = keep * d[i + 2 * n]! + gain * (xz * r0 + yz * r1 + zz * r2);
        d[i] = d0;
        d[i + n] = d1;
        d[i + 2 * n] = d2;
        if (zeroStart && step === 0) {
          x[i] = d0;
          x[i + n] = d1;
          x[i + 2 * n] = d2;
        } else {
          x[i] = x[i]! + d0;
          x[i + n] = x[i + n]! + d1;
          x[i + 2 * n] = x[i + 2 * n]! + d2;
        }
      }
      if (step === 0 || needResidual) {
        product(l, d, scratch);
        for (let a = 0; a < active.length; a++) {
          const i = active[a]!;
          r[i] = r[i]! - scratch[i]!;
          r[i + n] = r[i + n]! - scratch[i + n]!;
          r[i + 2 * n] = r[i + 2 * n]! - scratch[i + 2 * n]!;
        }
      }
    }
  };

  const cycle = (l: number): void => {
    const L = levels[l]!;
    if (l === levels.length - 1) {
      coarsest.solve(L.b, L.x);
      return;
    }
    L.r.set(L.b);
    L.d.fill(0);
    smooth(l, true, true);
    const N = levels[l + 1]!;
    restrictVector(L, N, L.r, N.b);
    cycle(l + 1);
    // correction: x += P e, r -= A P e
    const e = L.d;
    prolong(L, N, N.x, e);
    for (let i = 0; i < e.length; i++) L.x[i] = L.x[i]! + e[i]!;
    const scratch = L.scratch;
    product(l, e, scratch);
    for (let i = 0; i < e.length; i++) L.r[i] = L.r[i]! - scratch[i]!;
    smooth(l, false, false);
  };

  return {
    levels,
    refresh,
    apply(r, z) {
      levels[0]!.b.set(r);
      cycle(0);
      z.set(levels[0]!.x);
    },
    product: (x, y) => product(0, x, y),
  };
}

function makeLevel(
  size: readonly [number, number, number],
  h: number,
  exists: Uint8Array,
  fixed: Uint8Array | undefined,
  ground: Float64Array | undefined,
): { level: Level; cellOf: Int32Array; indexOf: Int32Array } {
  const [nx, ny, nz] = size;
  const sy = nx + 1;
  const sz = sy * (ny + 1);
  const nodes = sz * (nz + 1);
  let count = 0;
  for (let c = 0; c < exists.length; c++) count += exists[c]!;
  const base = new Int32Array(count);
  const cellOf = new Int32Array(count);
  const indexOf = new Int32Array(exists.length).fill(-1);
  const used = new Uint8Array(nodes);
  let e = 0;
  for (let k = 0, c = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++, c++) {
        if (exists[c] === 0) continue;
        const b = i + sy * j + sz * k;
        cellOf[e] = c;
        indexOf[c] = e;
        base[e++] = b;
        for (const o of [0, 1, sy, sy + 1, sz, sz + 1, sz + sy, sz + sy + 1]) used[b + o] = 1;
      }
  let actives = 0;
  for (let i = 0; i < nodes; i++) actives += used[i]!;
  const active = new Int32Array(actives);
  const free = new Uint8Array(3 * nodes);
  for (let i = 0, a = 0; i < nodes; i++) {
    if (used[i] === 0) continue;
    active[a++] = i;
    for (let c = 0; c < 3; c++) free[i + c * nodes] = fixed !== undefined && (fixed[i]! >> c) & 1 ? 0 : 1;
  }
  const held: number[] = [];
  for (let c = 0; c < 3; c++) for (const i of active) if (free[i + c * nodes] === 0) held.push(i + c * nodes);
  const vector = (): Float64Array => new Float64Array(3 * nodes);
  const level = {
    cells: { count, base, nodes, sy, sz, h },
    size,
    parent: new Int32Array(0),
    active,
    free,
    held: Int32Array.from(held),
    tangent: allocateTangent(count),
    ground: ground ?? new Float64Array(nodes),
    contact: new Float64Array(6 * nodes),
    inverse: new Float64Array(6 * nodes),
    lmax: 0,
    probe: vector(),
    x: vector(),
    b: vector(),
    r: vector(),
    d: vector(),
    scratch: vector(),
  };
  return { level, cellOf, indexOf };
}

/** A coarse node is fixed where the fine node at the same place is. */
function coarsenFixed(
  fixed: Uint8Array | undefined,
  fine: readonly [number, number, number],
  coarse: readonly [number, number, number],
): Uint8Array | undefined {
  if (fixed === undefined) return undefined;
  const out = new Uint8Array((coarse[0] + 1) * (coarse[1] + 1) * (coarse[2] + 1));
  const down = (i: number, d: 0 | 1 | 2): number => Math.min(coarse[d] === fine[d] ? i : 2 * i, fine[d]);
  for (let k = 0, n = 0; k <= coarse[2]; k++)
    for (let j = 0; j <= coarse[1]; j++)
      for (let i = 0; i <= coarse[0]; i++, n++)
        out[n] = fixed[down(i, 0) + (fine[0] + 1) * (down(j, 1) + (fine[1] + 1) * down(k, 2))]!;
  return out;
}

function averageTangent(fine: Level, coarse: Level): void {
  const { parent } = fine;
  const from = fine.tangent;
  const to = coarse.tangent;
  to.s.fill(0);
  to.hg.fill(0);
  to.B.fill(0);
  to.C.fill(0);
  to.G.fill(0);
  // children that do not exist count as zero: a half-empty coarse cell is half as stiff
  const children = childCount(fine.size, coarse.size);
  const w = 1 / children;
  for (let e = 0; e < parent.length; e++) {
    const p = parent[e]!;
    to.s[p] = to.s[p]! + w * from.s[e]!;
    to.hg[p] = to.hg[p]! + w * from.hg[e]!;
    for (let d = 0; d < 9; d++) {
      to.B[9 * p + d] = to.B[9 * p + d]! + w * from.B[9 * e + d]!;
      to.C[9 * p + d] = to.C[9 * p + d]! + w * from.C[9 * e + d]!;
      to.G[9 * p + d] = to.G[9 * p + d]! + w * from.G[9 * e + d]!;
    }
  }
}

const childCount = (fine: readonly number[], coarse: readonly number[]): number =>
  fine.reduce((n, f, d) => n * (f === coarse[d] ? 1 : 2), 1);

/** For each fine node along one axis: its one or two coarse neighbours, packed as lo, hi (equal on even nodes). */
function axisMap(fine: number, coarse: number): { lo: Int32Array; hi: Int32Array } {
  const lo = new Int32Array(fine + 1);
  const hi = new Int32Array(fine + 1);
  for (let i = 0; i <= fine; i++) {
    lo[i] = fine === coarse ? i : i >> 1;
    hi[i] = fine === coarse ? i : (i + 1) >> 1;
  }
  return { lo, hi };
}

/** out += transpose of interpolation: each fine node gives an eighth to each of its (possibly coinciding) 8 coarse corners. */
function scatterToCoarse(
  fine: Level,
  coarse: Level,
  from: Float64Array,
  to: Float64Array,
  stride: number,
  planes: number,
): void {
  to.fill(0);
  const mx = axisMap(fine.size[0], coarse.size[0]);
  const my = axisMap(fine.size[1], coarse.size[1]);
  const mz = axisMap(fine.size[2], coarse.size[2]);
  const { sy, sz, nodes } = fine.cells;
  const csy = coarse.cells.sy;
  const csz = coarse.cells.sz;
  const cn = coarse.cells.nodes;
  for (const node of fine.active) {
    const k = Math.floor(node / sz);
    const j = Math.floor((node - k * sz) / sy);
    const i = node - k * sz - j * sy;
    const x0 = mx.lo[i]!;
    const x1 = mx.hi[i]!;
    const y0 = csy * my.lo[j]!;
    const y1 = csy * my.hi[j]!;
    const z0 = csz * mz.lo[k]!;
    const z1 = csz * mz.hi[k]!;
    for (let c = 0; c < stride; c++) {
      const v = 0.125 * from[planes ? node + c * nodes : node * stride + c]!;
      if (v === 0) continue;
      const o = planes ? c * cn : c;
      const m = planes ? 1 : stride;
      to[m * (x0 + y0 + z0) + o] = to[m * (x0 + y0 + z0) + o]! + v;
      to[m * (x1 + y0 + z0) + o] = to[m * (x1 + y0 + z0) + o]! + v;
      to[m * (x0 + y1 + z0) + o] = to[m * (x0 + y1 + z0) + o]! + v;
      to[m * (x1 + y1 + z0) + o] = to[m * (x1 + y1 + z0) + o]! + v;
      to[m * (x0 + y0 + z1) + o] = to[m * (x0 + y0 + z1) + o]! + v;
      to[m * (x1 + y0 + z1) + o] = to[m * (x1 + y0 + z1) + o]! + v;
      to[m * (x0 + y1 + z1) + o] = to[m * (x0 + y1 + z1) + o]! + v;
      to[m * (x1 + y1 + z1) + o] = to[m * (x1 + y1 + z1) + o]! + v;
    }
  }
}

const restrictScalars = (f: Level, c: Level, from: Float64Array, to: Float64Array, stride: number): void =>
  scatterToCoarse(f, c, from, to, stride, 0);

function restrictVector(fine: Level, coarse: Level, from: Float64Array, to: Float64Array): void {
  scatterToCoarse(fine, coarse, from, to, 3, 1);
  for (const i of coarse.held) to[i] = 0;
}

/** to = trilinear interpolation of the coarse vector, 0 on fixed and unused degrees of freedom. */
function prolong(fine: Level, coarse: Level, from: Float64Array, to: Float64Array): void {
  const mx = axisMap(fine.size[0], coarse.size[0]);
  const my = axisMap(fine.size[1], coarse.size[1]);
  const mz = axisMap(fine.size[2], coarse.size[2]);
  const { sy, sz, nodes } = fine.cells;
  const csy = coarse.cells.sy;
  const csz = coarse.cells.sz;
  const cn = coarse.cells.nodes;
  for (const node of fine.active) {
    const k = Math.floor(node / sz);
    const j = Math.floor((node - k * sz) / sy);
    const i = node - k * sz - j * sy;
    const x0 = mx.lo[i]!;
    const x1 = mx.hi[i]!;
    const y0 = csy * my.lo[j]!;
    const y1 = csy * my.hi[j]!;
    const z0 = csz * mz.lo[k]!;
    const z1 = csz * mz.hi[k]!;
    for (let c = 0; c < 3; c++) {
      const at = node + c * nodes;
      const o = c * cn;
      to[at] =
        fine.free[at] === 0
          ? 0
          : 0.125 *
            (from[o + x0 + y0 + z0]! +
              from[o + x1 + y0 + z0]! +
              from[o + x0 + y1 + z0]! +
              from[o + x1 + y1 + z0]! +
              from[o + x0 + y0 + z1]! +
              from[o + x1 + y0 + z1]! +
              from[o + x0 + y1 + z1]! +
              from[o + x1 + y1 + z1]!);
    }
  }
}

function addBlockProduct(L: Level, blocks: Float64Array, x: Float64Array, y: Float64Array): void {
  const n = L.cells.nodes;
  for (const i of L.active) {
    const o = 6 * i;
    if (blocks[o] === 0 && blocks[o + 1] === 0 && blocks[o + 2] === 0) continue;
    const a = x[i]!;
    const b = x[i + n]!;
    const c = x[i + 2 * n]!;
    y[i] = y[i]! + blocks[o]! * a + blocks[o + 3]! * b + blocks[o + 4]! * c;
    y[i + n] = y[i + n]! + blocks[o + 3]! * a + blocks[o + 1]! * b + blocks[o + 5]! * c;
    y[i + 2 * n] = y[i + 2 * n]! + blocks[o + 4]! * a + blocks[o + 5]! * b + blocks[o + 2]! * c;
  }
}

/** Inverts the nodal blocks in place; fixed directions get a zero row and column. */
function invertBlocks(L: Level): void {
  const I = L.inverse;
  const n = L.cells.nodes;
  for (const i of L.active) {
    const o = 6 * i;
    const fx = L.free[i] === 1;
    const fy = L.free[i + n] === 1;
    const fz = L.free[i + 2 * n] === 1;
    const xx = fx ? I[o]! : 1;
    const yy = fy ? I[o + 1]! : 1;
    const zz = fz ? I[o + 2]! : 1;
    const xy = fx && fy ? I[o + 3]! : 0;
    const xz = fx && fz ? I[o + 4]! : 0;
    const yz = fy && fz ? I[o + 5]! : 0;
    const cxx = yy * zz - yz * yz;
    const cxy = xz * yz - xy * zz;
    const cxz = xy * yz - xz * yy;
    const w = 1 / (xx * cxx + xy * cxy + xz * cxz);
    I[o] = fx ? cxx * w : 0;
    I[o + 1] = fy ? (xx * zz - xz * xz) * w : 0;
    I[o + 2] = fz ? (xx * yy - xy * xy) * w : 0;
    I[o + 3] = cxy * w;
    I[o + 4] = cxz * w;
    I[o + 5] = (xy * xz - xx * yz) * w;
  }
}

/** Power iteration on (block-Jacobi)⁻¹ A; warm-started, so few products are enough after the first time. */
function estimateLargest(L: Level, product: (x: Float64Array, y: Float64Array) => void): number {
  const x = L.probe;
  const y = L.d;
  const n = L.cells.nodes;
  const first = L.lmax === 0;
  if (first) {
    // a fixed, grid-scale pattern: no randomness, all frequencies present
    for (const i of L.active)
      for (let c = 0; c < 3; c++) {
        const at = i + c * n;
        x[at] = L.free[at] === 1 ? Math.abs((i * 2654435761 + c * 40503) % 1000) / 500 - 1 : 0;
      }
  }
  let value = 1;
  for (let it = 0; it < (first ? 12 : 3); it++) {
    product(x, y);
    const I = L.inverse;
    let norm = 0;
    let old = 0;
    for (const i of L.active) {
      const o = 6 * i;
      const a = y[i]!;
      const b = y[i + n]!;
      const c = y[i + 2 * n]!;
      const v0 = I[o]! * a + I[o + 3]! * b + I[o + 4]! * c;
      const v1 = I[o + 3]! * a + I[o + 1]! * b + I[o + 5]! * c;
      const v2 = I[o + 4]! * a + I[o + 5]! * b + I[o + 2]! * c;
      old += x[i]! * x[i]! + x[i + n]! * x[i + n]! + x[i + 2 * n]! * x[i + 2 * n]!;
      norm += v0 * v0 + v1 * v1 + v2 * v2;
      x[i] = v0;
      x[i + n] = v1;
      x[i + 2 * n] = v2;
    }
    value = Math.sqrt(norm / Math.max(old, 1e-300));
    const s = 1 / Math.max(Math.sqrt(norm), 1e-300);
    for (const i of L.active) {
      x[i] = x[i]! * s;
      x[i + n] = x[i + n]! * s;
      x[i + 2 * n] = x[i + 2 * n]! * s;
    }
  }
  // power iteration approaches from below: leave room
  return 1.15 * value;
}

/** Dense Cholesky of the coarsest operator, assembled column by column. */
class DenseSolver {
  private readonly dofs: Int32Array;
  private readonly L: Float64Array;
  private readonly y: Float64Array;
  private readonly ex: Float64Array;
  private readonly ey: Float64Array;

  constructor(level: Level) {
    const list: number[] = [];
    const n = level.cells.nodes;
    for (let c = 0; c < 3; c++) for (const i of level.active) if (level.free[i + c * n] === 1) list.push(i + c * n);
    this.dofs = Int32Array.from(list);
    this.L = new Float64Array(list.length * list.length);
    this.y = new Float64Array(list.length);
    this.ex = new Float64Array(3 * n);
    this.ey = new Float64Array(3 * n);
  }

  factor(product: (x: Float64Array, y: Float64Array) => void): void {
    const { dofs, L, ex, ey } = this;
    const n = dofs.length;
    for (let j = 0; j < n; j++) {
      ex[dofs[j]!] = 1;
      product(ex, ey);
      ex[dofs[j]!] = 0;
      for (let i = j; i < n; i++) L[i * n + j] = ey[dofs[i]!]!;
    }
    for (let j = 0; j < n; j++) {
      const diagonal = L[j * n + j]!;
      let v = diagonal;
      for (let k = 0; k < j; k++) v -= L[j * n + k]! * L[j * n + k]!;
      // geometric stiffness can make a coarse pivot vanish: keep its diagonal instead, the metric only has to be positive
      if (!(v > 1e-8 * Math.abs(diagonal))) v = Math.max(Math.abs(diagonal), 1e-12);
      const root = Math.sqrt(v);
      L[j * n + j] = root;
      for (let i = j + 1; i < n; i++) {
        let w = L[i * n + j]!;
        for (let k = 0; k < j; k++) w -= L[i * n + k]! * L[j * n + k]!;
        L[i * n + j] = w / root;
      }
    }
  }

  solve(b: Float64Array, x: Float64Array): void {
    const { dofs, L, y } = this;
    const n = dofs.length;
    for (let i = 0; i < n; i++) {
      let v = b[dofs[i]!]!;
      for (let k = 0; k < i; k++) v -= L[i * n + k]! * y[k]!;
      y[i] = v / L[i * n + i]!;
    }
    for (let i = n - 1; i >= 0; i--) {
      let v = y[i]!;
      for (let k = i + 1; k < n; k++) v -= L[k * n + i]! * y[k]!;
      y[i] = v / L[i * n + i]!;
    }
    x.fill(0);
    for (let i = 0; i < n; i++) x[dofs[i]!] = y[i]!;
  }
}
