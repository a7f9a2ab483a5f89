import { cellIndex, cellPlace, cornerOffsets } from '../base/grid.ts';
import { innerProduct } from '../base/vec.ts';
import { type GridLevel, gridLevels } from './coarsening.ts';
import { DenseSolver } from './dense-solver.ts';
import { addDiagonalBlocks, addTangentProduct, allocateTangent, type Cells, type Tangent } from './element.ts';
import type { EngineSetup } from './engine.ts';
import { coarsenStiffness, type FibreLevel, fibreLevels, slopeWeights } from './fibre-levels.ts';
import { coarsenSprings, NO_SPRINGS, type Springs } from './springs.ts';
import { averageTangent, coarseNodes, prolong, restrict } from './transfers.ts';

/**
 * Reference edition of the preconditioner, in f64: geometric multigrid for the frozen tangent on the immersed grid: trilinear transfers (transfers.ts), coarse levels re-discretised
 * with coefficients averaged over 8 children, Chebyshev(2) on nodal 3×3 blocks, dense Cholesky on the coarsest grid (dense-solver.ts).
 * One V-cycle is a symmetric positive operator; it is the preconditioner of the L-BFGS iteration (solver.ts).
 */

export interface Level {
  readonly cells: Cells;
  /** Cells along x, y, z. */
  readonly size: readonly [number, number, number];
  /** Parent of each active cell among the next level's active cells (empty on the coarsest). */
  parent: Int32Array;
  /** Share of a parent that one child is. */
  childShare: number;
  /** The 8 next-coarser nodes of each active node, repeated where they coincide (active×8; empty on the coarsest). */
  map: Int32Array;
  /** Nodes that belong to an active cell, ascending. */
  readonly activeNodes: Int32Array;
  /** 1 where a degree of freedom is free (3 planes). */
  readonly free: Uint8Array;
  /** The fixed degrees of freedom of active nodes. */
  readonly fixedDofs: Int32Array;
  readonly tangent: Tangent;
  /** Springs to the ground, kPa·mm (nodes), and the nodes that have one. */
  readonly ground: Float64Array;
  grounded: Int32Array;
  /** Contact stiffness lumped to nodes (six planes). */
  readonly contact: Float64Array;
  /** Inverse nodal blocks (six planes). */
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
  /** Springs between deformable bodies. */
  springs: Springs;
  /** Fibres, lowest corner node of the cell of each (n) and weights of its corners (n×8), and their stiffness (n×6). */
  readonly fibres: FibreLevel;
  readonly fibreBase: Int32Array;
  readonly fibreWeights: Float64Array;
  fibreStiffness: Float64Array;
  /** Directions that the next level keeps as they are: bits x = 1, y = 2, z = 4. */
  readonly kept: number;
}

/** The finest level's contact operator: exact in the sample points, not lumped. */
export interface ContactOperator {
  /** y += K x. */
  addProduct(x: Float64Array, y: Float64Array): void;
  /** Adds exact diagonal blocks (six planes of nodes). */
  addDiagonal(blocks: Float64Array): void;
  /** Adds row-sum lumped blocks (six planes of nodes) for the coarse levels. */
  addLumped(blocks: Float64Array): void;
}

export interface Multigrid {
  readonly levels: readonly Level[];
  /** Rebuilds coarse coefficients, blocks and eigenvalue bounds after the fine tangent or contact changed. */
  refresh(contact: ContactOperator, springs?: Springs, fibres?: Float64Array): void;
  /** z = V-cycle applied to r (3 planes of the finest level). */
  apply(r: Float64Array, z: Float64Array): void;
}

/** @param share by how much the diagonal of the coarsest matrix is raised */
export function buildMultigrid(
  {
    size,
    h,
    active,
    fixed,
    ground,
    fibres,
  }: Pick<EngineSetup, 'size' | 'h' | 'active' | 'fixed' | 'ground' | 'fibres'>,
  share: number,
): Multigrid {
  const grids = gridLevels(size, h, active, fixed);
  const along = fibreLevels(fibres, grids, h);
  const made = grids.map((grid, l) => makeLevel(grid, along[l]!));
  const levels = made.map((m) => m.level);
  levels[0]!.ground.set(ground);
  for (let l = 0; l + 1 < made.length; l++) {
    const fine = made[l]!;
    const next = made[l + 1]!;
    const s = next.level.size;
    fine.level.parent = fine.cellOf.map((c) => {
      const [i, j, k] = cellPlace(fine.level, c);
      return next.indexOf[cellIndex(next.level, i >> 1, j >> 1, k >> 1)]!;
    });
    // children that do not exist count as zero: a half-empty coarse cell is half as stiff
    fine.level.childShare = 1 / s.reduce((n, c, d) => n * (c === fine.level.size[d] ? 1 : 2), 1);
    fine.level.map = coarseNodes(fine.level, next.level);
    restrict(fine.level, fine.level.ground, next.level.ground, 1);
  }
  for (const L of levels) L.grounded = L.activeNodes.filter((i) => L.ground[i]! > 0);
  const coarsest = new DenseSolver(levels[levels.length - 1]!);
  let fineContact: ContactOperator | undefined;

  /** y = A x on a level, springs and contact included; 0 at fixed degrees of freedom. */
  const product = (l: number, x: Float64Array, y: Float64Array): void => {
    const L = levels[l]!;
    y.fill(0);
    addTangentProduct(L.cells, L.tangent, x, y);
    const n = L.cells.nodes;
    const { grounded, ground: G, fixedDofs } = L;
    for (let a = 0; a < grounded.length; a++) {
      const i = grounded[a]!;
      const g = G[i]!;
      y[i] = y[i]! + g * x[i]!;
      y[i + n] = y[i + n]! + g * x[i + n]!;
      y[i + 2 * n] = y[i + 2 * n]! + g * x[i + 2 * n]!;
    }
    if (l === 0) fineContact?.addProduct(x, y);
    else addBlockProduct(L, L.contact, x, y);
    addSpringProduct(L, x, y);
    addFibreProduct(L, x, y);
    for (let i = 0; i < fixedDofs.length; i++) y[fixedDofs[i]!] = 0;
  };

  const refresh = (contact: ContactOperator, springs = NO_SPRINGS, fibres = NONE): void => {
    fineContact = contact;
    levels.forEach((L, l) => {
      const fine = levels[l - 1];
      L.springs = fine === undefined ? springs : coarsenSprings(fine.springs, fine.kept, fine.size);
      if (fibres.length === 0) L.fibreStiffness.fill(0);
      else if (fine === undefined) L.fibreStiffness = fibres;
      else L.fibreStiffness = coarsenStiffness(fine.fibres, fine.fibreStiffness, L.fibres);
    });
    for (let l = 0; l < levels.length; l++) {
      const L = levels[l]!;
      const n = L.cells.nodes;
      L.inverse.fill(0);
      addDiagonalBlocks(L.cells, L.tangent, L.inverse);
      for (const i of L.grounded)
        for (let c = 0; c < 3; c++) L.inverse[i + c * n] = L.inverse[i + c * n]! + L.ground[i]!;
      if (l === 0) contact.addDiagonal(L.inverse);
      else axpy(1, L.contact, L.inverse);
      addSpringDiagonal(L, L.inverse);
      addFibreDiagonal(L, L.inverse);
      invertBlocks(L);
      if (l + 1 < levels.length) {
        const N = levels[l + 1]!;
        averageTangent(L, N);
        if (l === 0) {
          L.contact.fill(0);
          contact.addLumped(L.contact);
        }
        restrict(L, L.contact, N.contact, 6);
        L.lmax = estimateLargest(L, (x, y) => product(l, x, y));
      } else coarsest.factor((x, y) => product(l, x, y), share);
    }
  };

  /** Two Chebyshev steps from L.r; L.r becomes the residual only when asked for. */
  const smooth = (l: number, fresh: boolean, needResidual: boolean): void => {
    const L = levels[l]!;
    const theta = (L.lmax * (1 + LOWEST)) / 2;
    const delta = (L.lmax * (1 - LOWEST)) / 2;
    const sigma = theta / delta;
    smoothStep(L, L.r, L.d, L.x, 0, 1 / theta, fresh);
    product(l, L.d, L.scratch);
    axpy(-1, L.scratch, L.r);
    const rho = 1 / (2 * sigma - 1 / sigma);
    smoothStep(L, L.r, L.d, L.x, rho / sigma, (2 * rho) / delta, false);
    if (!needResidual) return;
    product(l, L.d, L.scratch);
    axpy(-1, L.scratch, L.r);
  };

  const cycle = (l: number): void => {
    const L = levels[l]!;
    if (l === levels.length - 1) {
      coarsest.solve(L.b, L.x);
      return;
    }
    const N = levels[l + 1]!;
    L.r.set(L.b);
    smooth(l, true, true);
    restrict(L, L.r, N.b, 3);
    for (const i of N.fixedDofs) N.b[i] = 0;
    cycle(l + 1);
    prolong(L, N.x, L.d);
    for (const i of L.fixedDofs) L.d[i] = 0;
    axpy(1, L.d, L.x);
    product(l, L.d, L.scratch);
    axpy(-1, L.scratch, L.r);
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
  };
}

const NONE = new Float64Array(0);

/** The smoother works on eigenvalues from this share of the largest upwards. */
const LOWEST = 1 / 5;

function makeLevel(
  { size, h, active, fixed, kept }: GridLevel,
  fibres: FibreLevel,
): {
  level: Level;
  cellOf: Int32Array;
  indexOf: Int32Array;
} {
  const [nx, ny, nz] = size;
  const sy = nx + 1;
  const sz = sy * (ny + 1);
  const nodes = sz * (nz + 1);
  const count = active.reduce((n, e) => n + e, 0);
  const padded = count + (count & 1);
  const base = new Int32Array(padded);
  const cellOf = new Int32Array(count);
  const indexOf = new Int32Array(active.length).fill(-1);
  const used = new Uint8Array(nodes);
  let e = 0;
  for (let k = 0, c = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++, c++) {
        if (active[c] === 0) continue;
        const b = i + sy * j + sz * k;
        cellOf[e] = c;
        indexOf[c] = e;
        base[e++] = b;
        for (const o of cornerOffsets(sy, sz)) used[b + o] = 1;
      }
  if (padded > count) base[count] = base[count - 1]!;
  const activeNodes = new Int32Array(used.reduce((n, u) => n + u, 0));
  const free = new Uint8Array(3 * nodes);
  const fixedDofs: number[] = [];
  for (let i = 0, a = 0; i < nodes; i++) {
    if (used[i] === 0) continue;
    activeNodes[a++] = i;
    for (let c = 0; c < 3; c++) {
      const isFixed = fixed !== undefined && (fixed[i]! >> c) & 1;
      if (isFixed) fixedDofs.push(i + c * nodes);
      else free[i + c * nodes] = 1;
    }
  }
  const vector = (): Float64Array => new Float64Array(3 * nodes);
  const fibreBase = new Int32Array(fibres.count);
  const fibreWeights = new Float64Array(8 * fibres.count);
  for (let s = 0; s < fibres.count; s++) {
    fibreBase[s] = fibres.cell[3 * s]! + sy * fibres.cell[3 * s + 1]! + sz * fibres.cell[3 * s + 2]!;
    slopeWeights(fibres, s, fibreWeights.subarray(8 * s));
  }
  const level: Level = {
    cells: { count, padded, base, nodes, sy, sz, h },
    size,
    parent: new Int32Array(0),
    childShare: 1,
    map: new Int32Array(0),
    activeNodes,
    free,
    fixedDofs: Int32Array.from(fixedDofs),
    tangent: allocateTangent(padded),
    ground: new Float64Array(nodes),
    grounded: new Int32Array(0),
    contact: new Float64Array(6 * nodes),
    inverse: new Float64Array(6 * nodes),
    lmax: 0,
    probe: vector(),
    x: vector(),
    b: vector(),
    r: vector(),
    d: vector(),
    scratch: vector(),
    springs: NO_SPRINGS,
    fibres,
    fibreBase,
    fibreWeights,
    fibreStiffness: new Float64Array(6 * fibres.count),
    kept,
  };
  return { level, cellOf, indexOf };
}

/** d ← keep d + gain I r and x ← x + d (x ← d when fresh) at active nodes. */
function smoothStep(
  { activeNodes, inverse: I }: Level,
  r: Float64Array,
  d: Float64Array,
  x: Float64Array,
  keep: number,
  gain: number,
  fresh: boolean,
): void {
  const n = r.length / 3;
  for (const i of activeNodes) {
    const [r0, r1, r2] = [r[i]!, r[i + n]!, r[i + 2 * n]!];
    const [xy, xz, yz] = [I[i + 3 * n]!, I[i + 4 * n]!, I[i + 5 * n]!];
    const d0 = keep * d[i]! + gain * (I[i]! * r0 + xy * r1 + xz * r2);
    const d1 = keep * d[i + n]! + gain * (xy * r0 + I[i + n]! * r1 + yz * r2);
    const d2 = keep * d[i + 2 * n]! + gain * (xz * r0 + yz * r1 + I[i + 2 * n]! * r2);
    d[i] = d0;
    d[i + n] = d1;
    d[i + 2 * n] = d2;
    x[i] = (fresh ? 0 : x[i]!) + d0;
    x[i + n] = (fresh ? 0 : x[i + n]!) + d1;
    x[i + 2 * n] = (fresh ? 0 : x[i + 2 * n]!) + d2;
  }
}

function axpy(k: number, x: Float64Array, y: Float64Array): void {
  for (let i = 0; i < y.length; i++) y[i] = y[i]! + k * x[i]!;
}

function addBlockProduct(L: Level, K: Float64Array, x: Float64Array, y: Float64Array): void {
  const n = L.cells.nodes;
  for (const i of L.activeNodes) {
    const [xx, yy, zz] = [K[i]!, K[i + n]!, K[i + 2 * n]!];
    if (xx === 0 && yy === 0 && zz === 0) continue;
    const [xy, xz, yz] = [K[i + 3 * n]!, K[i + 4 * n]!, K[i + 5 * n]!];
    const [a, b, c] = [x[i]!, x[i + n]!, x[i + 2 * n]!];
    y[i] = y[i]! + xx * a + xy * b + xz * c;
    y[i + n] = y[i + n]! + xy * a + yy * b + yz * c;
    y[i + 2 * n] = y[i + 2 * n]! + xz * a + yz * b + zz * c;
  }
}

/** Visits the 16 corners of a spring's two ends: node, and weight in the difference of their displacements. */
function eachCorner({ cells: { sy, sz }, springs }: Level, s: number, visit: (node: number, w: number) => void): void {
  for (let end = 0; end < 2; end++) {
    const o = 6 * s + 3 * end;
    const base = springs.cell[o]! + sy * springs.cell[o + 1]! + sz * springs.cell[o + 2]!;
    const [x, y, z] = [springs.place[o]!, springs.place[o + 1]!, springs.place[o + 2]!];
    cornerOffsets(sy, sz).forEach((offset, n) => {
      const w = (n & 1 ? x : 1 - x) * (n & 2 ? y : 1 - y) * (n & 4 ? z : 1 - z);
      visit(base + offset, end === 0 ? w : -w);
    });
  }
}

function addSpringProduct(L: Level, x: Float64Array, y: Float64Array): void {
  const n = L.cells.nodes;
  for (let s = 0; s < L.springs.count; s++) {
    const K = L.springs.stiffness.subarray(6 * s, 6 * s + 6);
    const v = [0, 0, 0];
    eachCorner(L, s, (i, w) => {
      for (let c = 0; c < 3; c++) v[c] = v[c]! + w * x[i + c * n]!;
    });
    const f = [
      K[0]! * v[0]! + K[3]! * v[1]! + K[4]! * v[2]!,
      K[3]! * v[0]! + K[1]! * v[1]! + K[5]! * v[2]!,
      K[4]! * v[0]! + K[5]! * v[1]! + K[2]! * v[2]!,
    ];
    eachCorner(L, s, (i, w) => {
      for (let c = 0; c < 3; c++) y[i + c * n] = y[i + c * n]! + w * f[c]!;
    });
  }
}

function addSpringDiagonal(L: Level, blocks: Float64Array): void {
  const n = L.cells.nodes;
  for (let s = 0; s < L.springs.count; s++)
    eachCorner(L, s, (i, w) => {
      for (let c = 0; c < 6; c++) blocks[i + c * n] = blocks[i + c * n]! + w * w * L.springs.stiffness[6 * s + c]!;
    });
}

function addFibreProduct(
  { cells, fibres, fibreBase, fibreWeights: w, fibreStiffness: K }: Level,
  x: Float64Array,
  y: Float64Array,
): void {
  const n = cells.nodes;
  const offsets = cornerOffsets(cells.sy, cells.sz);
  for (let s = 0; s < fibres.count; s++) {
    const v = [0, 0, 0];
    for (let c = 0; c < 8; c++)
      for (let d = 0; d < 3; d++) v[d] = v[d]! + w[8 * s + c]! * x[fibreBase[s]! + offsets[c]! + d * n]!;
    const k = 6 * s;
    const f = [
      K[k]! * v[0]! + K[k + 3]! * v[1]! + K[k + 4]! * v[2]!,
      K[k + 3]! * v[0]! + K[k + 1]! * v[1]! + K[k + 5]! * v[2]!,
      K[k + 4]! * v[0]! + K[k + 5]! * v[1]! + K[k + 2]! * v[2]!,
    ];
    for (let c = 0; c < 8; c++)
      for (let d = 0; d < 3; d++) {
        const at = fibreBase[s]! + offsets[c]! + d * n;
        y[at] = y[at]! + w[8 * s + c]! * f[d]!;
      }
  }
}

function addFibreDiagonal(
  { cells, fibres, fibreBase, fibreWeights: w, fibreStiffness: K }: Level,
  blocks: Float64Array,
): void {
  const offsets = cornerOffsets(cells.sy, cells.sz);
  for (let s = 0; s < fibres.count; s++)
    for (let c = 0; c < 8; c++)
      for (let e = 0; e < 6; e++) {
        const at = fibreBase[s]! + offsets[c]! + e * cells.nodes;
        blocks[at] = blocks[at]! + w[8 * s + c]! ** 2 * K[6 * s + e]!;
      }
}

/** Inverts the nodal blocks in place; fixed directions get a zero row and column. */
function invertBlocks(L: Level): void {
  const I = L.inverse;
  const n = L.cells.nodes;
  for (const i of L.activeNodes) {
    const fx = L.free[i] === 1;
    const fy = L.free[i + n] === 1;
    const fz = L.free[i + 2 * n] === 1;
    const xx = fx ? I[i]! : 1;
    const yy = fy ? I[i + n]! : 1;
    const zz = fz ? I[i + 2 * n]! : 1;
    const xy = fx && fy ? I[i + 3 * n]! : 0;
    const xz = fx && fz ? I[i + 4 * n]! : 0;
    const yz = fy && fz ? I[i + 5 * n]! : 0;
    const cxx = yy * zz - yz * yz;
    const cxy = xz * yz - xy * zz;
    const cxz = xy * yz - xz * yy;
    const w = 1 / (xx * cxx + xy * cxy + xz * cxz);
    I[i] = fx ? cxx * w : 0;
    I[i + n] = fy ? (xx * zz - xz * xz) * w : 0;
    I[i + 2 * n] = fz ? (xx * yy - xy * xy) * w : 0;
    I[i + 3 * n] = cxy * w;
    I[i + 4 * n] = cxz * w;
    I[i + 5 * n] = (xy * xz - xx * yz) * w;
  }
}

/** Power iteration on (block-Jacobi)⁻¹ A; warm-started, so few products are enough after the first time. */
function estimateLargest(L: Level, product: (x: Float64Array, y: Float64Array) => void): number {
  const { probe: x, scratch: y, d } = L;
  const n = L.cells.nodes;
  // a state that has gone astray leaves no vector to begin with
  const first = !(L.lmax > 0 && L.lmax < Number.POSITIVE_INFINITY);
  if (first) {
    for (const vector of [x, y, d, L.x, L.r]) vector.fill(0);
    // a fixed, grid-scale pattern: no randomness, all frequencies present
    for (const i of L.activeNodes)
      for (let c = 0; c < 3; c++) {
        const at = i + c * n;
        x[at] = L.free[at] === 1 ? Math.abs((i * 2654435761 + c * 40503) % 1000) / 500 - 1 : 0;
      }
    axpy(1 / Math.sqrt(innerProduct(x, x)) - 1, x, x);
  }
  let value = 1;
  for (let it = 0; it < (first ? 12 : 2); it++) {
    product(x, y);
    smoothStep(L, y, d, x, 0, 1, true);
    value = Math.sqrt(innerProduct(x, x));
    axpy(1 / Math.max(value, 1e-300) - 1, x, x);
  }
  // power iteration approaches from below: leave room
  return 1.15 * value;
}
