import { type GridLevel, gridLevels } from '../coarsening.ts';
import type { Engine, EngineSetup, EngineState, FrozenContact, Support } from '../engine.ts';
import { PairMemory, type PairVectors } from '../lbfgs.ts';
import { KERNELS_WASM } from './kernels.data.ts';
import { cellSlot, cutPlanes, type Layout, layOut } from './layout.ts';
import { engage, type HelperTask, type MemberExports, MOST_THREADS, memberImports, Teamwork } from './team.ts';

interface Exports extends MemberExports {
  scratchBytes(largestPlane: number, longestRow: number): number;
  scatter(stride: number, points: number, list: number, count: number, forces: number, g: number): void;
  factor(level: number, dofs: number, count: number, matrix: number, stride: number): void;
}

/** Tasks of execute() in kernels.as.ts. */
const TASK = {
  cycle: 0,
  energy: 1,
  freeze: 2,
  average: 3,
  diagonal: 4,
  sweep: 5,
  dots: 6,
  combine: 7,
  accept: 8,
  volume: 9,
  gather: 10,
} as const;

/** Bytes of a block of coefficients, of a frozen contact point and of a surface point. */
const BLOCK = 320;
const FROZEN_POINT = 64;
const POINT = 48;
/** Levels with fewer blocks than this are worked on by one thread. */
const SHARED_FROM = 300;
/** Products of the power iteration when the level is new, and when its last vector is at hand. */
const FIRST_PRODUCTS = 12;
const PRODUCTS = 3;
/** Power iteration approaches the largest eigenvalue from below: leave room. */
const HEADROOM = 1.15;

let compiled: WebAssembly.Module | undefined;

/** Addresses of one level's arrays. */
interface Level {
  readonly layout: Layout;
  readonly grid: GridLevel;
  /** Address of the level's record. */
  readonly at: number;
  readonly cuts: number;
  readonly probe: number;
  readonly d: number;
  readonly e: number;
  readonly blocks: number;
  readonly ground: number;
}

/** The WebAssembly edition: f32, SIMD, threads. */
export class WasmEngine implements Engine, PairVectors {
  readonly backend = 'wasm-simd-f32';
  readonly dof: number;
  private readonly k: Exports;
  private readonly memory: WebAssembly.Memory;
  private readonly team: Teamwork;
  private readonly setup: EngineSetup;
  private readonly levels: readonly Level[];
  private readonly f32: Float32Array;
  private readonly f64: Float64Array;
  private readonly i32: Int32Array;
  private readonly pairs: PairMemory;
  // addresses
  private readonly control: number;
  private readonly u: number;
  private readonly trial: number;
  private readonly g: number;
  private readonly fresh: number;
  private readonly d: number;
  private readonly z: number;
  private readonly S: readonly number[];
  private readonly Y: readonly number[];
  private readonly material: number;
  private readonly extra: number;
  private readonly sums: number;
  private readonly list: number;
  private readonly factors: number;
  private readonly metric: number;
  private readonly points: number;
  private readonly pointList: number;
  private readonly pointValues: number;
  private readonly frozen: number;
  private readonly frozenLayers: number;
  private readonly probed: boolean[];
  // sparse lists of nodes for the support's force
  private readonly grounded: Int32Array;
  private readonly groundOf: Float64Array;
  private readonly held: readonly Int32Array[];
  private readonly driven: readonly Float64Array[] | undefined;
  private readonly slots: Int32Array;
  private readonly pace = new Pace();
  private atTrial = false;
  private sent = 0;
  private cutFor = 0;

  /** @throws where the engine lacks SIMD, threads or the memory; the caller falls back to the reference */
  constructor(setup: EngineSetup) {
    this.setup = setup;
    const { size, memory: pairs } = setup;
    const grids = gridLevels(size, setup.h, setup.exists, setup.fixed);
    const layouts = grids.map(layOut);
    const fine = layouts[0]!;
    let top = 1024;
    const take = (bytes: number): number => {
      const at = top;
      top += (bytes + 16 + 63) & ~63;
      return at;
    };
    const vector = (layout: Layout): number => take(12 * layout.nodes);
    this.control = take(512);
    this.list = take(512);
    this.factors = take(512);
    this.sums = take(8 * (fine.size[2] + 1) * Math.max(pairs + 1, 4));
    this.metric = take(256);
    this.u = vector(fine);
    this.trial = vector(fine);
    this.g = vector(fine);
    this.fresh = vector(fine);
    this.d = vector(fine);
    this.z = vector(fine);
    this.S = Array.from({ length: pairs }, () => vector(fine));
    this.Y = Array.from({ length: pairs }, () => vector(fine));
    this.material = take(64 * fine.blocks);
    this.extra = take(48 * fine.blocks);
    const pointCount = setup.pointPlace.length / 3;
    this.points = take(POINT * pointCount);
    this.pointList = take(4 * pointCount);
    this.pointValues = take(24 * pointCount);
    this.frozen = take(FROZEN_POINT * pointCount);
    this.frozenLayers = take(4 * (fine.size[2] + 1));
    const copies: (() => void)[] = [];
    const put = (data: Int32Array | Uint8Array): number => {
      const at = take(data.byteLength);
      copies.push(() =>
        new Uint8Array(this.memory.buffer, at).set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
      );
      return at;
    };
    this.levels = layouts.map((layout, l) => {
      const grid = grids[l]!;
      const finest = l === 0;
      const at = take(128);
      const [nx, ny, nz] = layout.size;
      const cuts = take(4 * (MOST_THREADS + 2));
      const ground = take(4 * layout.nodes);
      const blocks = finest ? 0 : take(24 * layout.nodes);
      const d = vector(layout);
      const e = vector(layout);
      const record: readonly (readonly [number, number])[] = [
        [0, layout.nodes],
        [1, nx],
        [2, ny],
        [3, nz],
        [4, put(layout.rowAt)],
        [5, put(layout.rowLo)],
        [6, put(layout.rowHi)],
        [7, put(layout.planeStart)],
        [8, put(layout.runs)],
        [9, take(BLOCK * layout.blocks)],
        [10, put(layout.mask)],
        [11, ground],
        [12, blocks],
        [13, take(24 * layout.nodes)],
        [14, finest ? this.z : vector(layout)],
        [15, finest ? this.d : vector(layout)],
        [16, vector(layout)],
        [17, d],
        [18, e],
        [19, grid.kept],
        [20, cuts],
        [21, layout.blocks < SHARED_FROM ? 1 : 0],
        [22, finest ? this.frozenLayers : 0],
        [23, finest ? this.frozen : 0],
        [29, setup.kind === 'stiffening' ? 1 : 0],
      ];
      copies.push(() => {
        for (const [word, value] of record) this.i32[(at >> 2) + word] = value;
        this.f64[(at >> 3) + 13] = grid.h;
      });
      return { layout, grid, at, cuts, probe: vector(layout), d, e, blocks, ground };
    });
    this.probed = this.levels.map(() => false);
    // the dense matrix of the coarsest level
    const coarsest = this.levels[this.levels.length - 1]!;
    const dofs: number[] = [];
    for (let c = 0; c < 3; c++)
      for (let n = 0; n < coarsest.layout.nodes; n++)
        if (coarsest.layout.mask[n]! & 8 && (coarsest.layout.mask[n]! >> c) & 1)
          dofs.push(4 * (n + c * coarsest.layout.nodes));
    const stride = dofs.length + (dofs.length & 1);
    const dofList = put(Int32Array.from(dofs));
    const matrix = take(8 * stride * dofs.length);
    const right = take(8 * stride);
    copies.push(() => {
      const m = this.metric >> 2;
      [this.levels.length, dofList, dofs.length, matrix, stride, right].forEach((v, i) => {
        this.i32[m + i] = v;
      });
      this.levels.forEach((level, i) => {
        this.i32[m + 8 + i] = level.at;
      });
    });
    const largestPlane = Math.max(
      ...layouts.map((l) => Math.max(...l.work.map((_, k) => l.planeStart[k + 1]! - l.planeStart[k]!))),
    );
    const longestRow = fine.size[0] + 48;

    compiled ??= new WebAssembly.Module(Uint8Array.from(atob(KERNELS_WASM), (c) => c.charCodeAt(0)));
    const most = Math.max(1, Math.min(setup.threads, MOST_THREADS));
    // the size of a scratch is known to the module, which wants a memory first
    const scratch = 8192 + 64 * (longestRow + 64) + 64 * (largestPlane + 64);
    const scratches = Array.from({ length: most }, () => take(scratch));
    const pages = Math.ceil((top + 65536) / 65536);
    this.memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    this.team = new Teamwork(this.memory, this.control);
    const instance = new WebAssembly.Instance(compiled, memberImports(this.memory, this.team));
    this.k = instance.exports as unknown as Exports;
    if (this.k.scratchBytes(largestPlane, longestRow) > scratch) throw new Error('scratch was planned too small');
    this.k.setup(scratches[0]!, largestPlane, longestRow);
    this.k.join(this.control);
    this.f32 = new Float32Array(this.memory.buffer);
    this.f64 = new Float64Array(this.memory.buffer);
    this.i32 = new Int32Array(this.memory.buffer);
    for (const copy of copies) copy();
    this.pairs = new PairMemory(pairs);

    this.slots = new Int32Array(setup.count);
    this.fillMaterial();
    this.fillPoints();
    this.fillGround();
    this.grounded = Int32Array.from(this.nodesWhere((_, box) => setup.ground[box]! > 0));
    this.groundOf = Float64Array.from(this.grounded, (n) => this.f32[(this.levels[0]!.ground >> 2) + n]!);
    this.held = [0, 1, 2].map((c) => Int32Array.from(this.nodesWhere((n) => !((fine.mask[n]! >> c) & 1))));
    const { driven } = setup;
    if (driven !== undefined)
      this.driven = this.held.map((_, c) => {
        const moves: number[] = [];
        this.eachNode((n, box) => {
          if (!((fine.mask[n]! >> c) & 1)) moves.push(driven[box + (c * driven.length) / 3]!);
        });
        return Float64Array.from(moves);
      });
    this.dof = 0;
    for (const m of fine.mask) if (m & 8) this.dof += (m & 1) + ((m >> 1) & 1) + ((m >> 2) & 1);

    // helpers may take some time to start: tasks run on one thread until they are there
    this.team.open();
    const tasks = scratches.slice(1).map(
      (s): HelperTask => ({
        module: compiled!,
        memory: this.memory,
        control: this.control,
        scratch: s,
        largestPlane,
        longestRow,
      }),
    );
    if (tasks.length > 0) this.sent = engage(tasks, () => this.release());
  }

  /** Size of the engine's memory. */
  get bytes(): number {
    return this.memory.buffer.byteLength;
  }

  /** Lets helpers go. */
  private release(): void {
    this.sent = 0;
    this.team.close();
  }

  get threads(): number {
    return this.sent === 0 ? 1 : 1 + Math.min(this.team.ready, this.sent);
  }

  /** Runs a task of the kernels on all threads that are there. */
  private run(what: number, args: readonly number[], numbers: readonly number[] = []): void {
    const a = (this.control + 64) >> 2;
    for (let i = 0; i < args.length; i++) this.i32[a + i] = args[i]!;
    const f = (this.control + 192) >> 3;
    for (let i = 0; i < numbers.length; i++) this.f64[f + i] = numbers[i]!;
    const ready = this.threads;
    const timed = what === TASK.cycle && ready > 1;
    const members = timed ? this.pace.choose(ready) : this.pace.alone ? 1 : ready;
    if (members > 1 && this.cutFor !== members) {
      for (const { layout, cuts } of this.levels) this.i32.set(cutPlanes(layout, members), cuts >> 2);
      this.cutFor = members;
    }
    const from = timed ? performance.now() : 0;
    this.team.lead(this.k, what, members);
    if (timed) this.pace.took(members, performance.now() - from);
  }

  /** Visits stored nodes that exist: node, box node. */
  private eachNode(visit: (node: number, box: number) => void, { layout }: Level = this.levels[0]!): void {
    const [nx] = layout.size;
    for (let row = 0; row < layout.rowAt.length; row++)
      for (let i = layout.rowLo[row]!; i < Math.min(layout.rowHi[row]!, nx + 1); i++) {
        const n = layout.rowAt[row]! + i;
        // rows of the box follow each other as they do here
        if (layout.mask[n] !== 0) visit(n, i + (nx + 1) * row);
      }
  }
  private nodesWhere(keep: (node: number, box: number) => boolean): number[] {
    const list: number[] = [];
    this.eachNode((n, box) => {
      if (keep(n, box)) list.push(n);
    });
    return list;
  }

  private fillMaterial(): void {
    const { setup, f32 } = this;
    const { layout } = this.levels[0]!;
    const [nx, ny, nz] = layout.size;
    for (let k = 0, c = 0; k < nz; k++)
      for (let j = 0; j < ny; j++)
        for (let i = 0; i < nx; i++, c++) {
          const e = setup.indexOf[c]!;
          if (e < 0) continue;
          const slot = cellSlot(layout, i, j, k);
          this.slots[e] = slot;
          const m = (this.material >> 2) + 16 * (slot >> 2) + (slot & 3);
          f32[m] = setup.mu[e]!;
          f32[m + 4] = setup.a[e]!;
          f32[m + 8] = setup.lam[e]!;
          f32[m + 12] = setup.held[e]!;
          const x = (this.extra >> 2) + 12 * (slot >> 2) + (slot & 3);
          f32[x] = setup.fill[e]!;
          f32[x + 4] = setup.bulk[e]!;
          f32[x + 8] = setup.held[e]!;
        }
  }

  /** Byte offsets of the four x-edges of a cell. */
  private edges(layout: Layout, i: number, j: number, k: number): [number, number, number, number] {
    const ny = layout.size[1];
    const r = j + (ny + 1) * k;
    const at = (row: number): number => 4 * (layout.rowAt[row]! + i);
    return [at(r), at(r + 1), at(r + ny + 1), at(r + ny + 2)];
  }

  private fillPoints(): void {
    const { pointCell: C, pointPlace: f } = this.setup;
    const { layout } = this.levels[0]!;
    for (let s = 0; 3 * s < C.length; s++) {
      const p = (this.points + POINT * s) >> 2;
      this.i32.set(this.edges(layout, C[3 * s]!, C[3 * s + 1]!, C[3 * s + 2]!), p);
      for (let n = 0; n < 8; n++) this.f32[p + 4 + n] = corner(f[3 * s]!, f[3 * s + 1]!, f[3 * s + 2]!, n);
    }
  }

  /** Springs to the ground on all levels, by full weighting. */
  private fillGround(): void {
    let box = this.setup.ground;
    this.levels.forEach(({ layout, ground }, l) => {
      const [nx, ny, nz] = layout.size;
      if (l > 0) box = restrictBox(box, this.levels[l - 1]!.layout.size, layout.size);
      for (let k = 0, b = 0; k <= nz; k++)
        for (let j = 0; j <= ny; j++)
          for (let i = 0; i <= nx; i++, b++) {
            if (box[b] === 0) continue;
            const row = j + (ny + 1) * k;
            if (i >= layout.rowLo[row]! && i < layout.rowHi[row]!)
              this.f32[(ground >> 2) + layout.rowAt[row]! + i] = box[b]!;
          }
    });
  }

  readDisplacement(out: Float64Array): void {
    const stored = this.levels[0]!.layout.nodes;
    const box = out.length / 3;
    const u = this.u >> 2;
    this.eachNode((n, b) => {
      for (let c = 0; c < 3; c++) out[b + c * box] = this.f32[u + n + c * stored]!;
    });
  }

  writeDisplacement(from: Float64Array): void {
    const stored = this.levels[0]!.layout.nodes;
    const box = from.length / 3;
    const u = this.u >> 2;
    this.eachNode((n, b) => {
      for (let c = 0; c < 3; c++) this.f32[u + n + c * stored] = from[b + c * box]!;
    });
  }

  multiplier(cell: number): number {
    const slot = this.slots[cell]!;
    return this.f32[(this.material >> 2) + 16 * (slot >> 2) + 12 + (slot & 3)]!;
  }

  save(): EngineState {
    const { layout } = this.levels[0]!;
    const q = new Float32Array(4 * layout.blocks);
    const m = (this.material >> 2) + 12;
    for (let b = 0; b < layout.blocks; b++) for (let n = 0; n < 4; n++) q[4 * b + n] = this.f32[m + 16 * b + n]!;
    return { u: this.f32.slice(this.u >> 2, (this.u >> 2) + 3 * layout.nodes), q };
  }

  load({ u, q }: EngineState): void {
    this.f32.set(u, this.u >> 2);
    const m = (this.material >> 2) + 12;
    for (let i = 0; i < q.length; i++) this.f32[m + 16 * (i >> 2) + (i & 3)] = q[i]!;
  }

  extrapolate(from: EngineState, to: EngineState, r: number): void {
    const at = this.u >> 2;
    for (let i = 0; i < to.u.length; i++) this.f32[at + i] = to.u[i]! + r * (to.u[i]! - from.u[i]!);
    const m = (this.material >> 2) + 12;
    for (let i = 0; i < to.q.length; i++)
      this.f32[m + 16 * (i >> 2) + (i & 3)] = to.q[i]! + r * (to.q[i]! - from.q[i]!);
  }

  energy(step?: number): number {
    const fine = this.levels[0]!;
    this.atTrial = step !== undefined;
    const neo = this.setup.kind === 'neo-hookean' ? 1 : 0;
    this.run(
      TASK.energy,
      step === undefined
        ? [fine.at, neo, this.material, this.u, this.g, this.sums, 0]
        : [fine.at, neo, this.material, this.trial, this.fresh, this.sums, this.d, this.u],
      [step ?? 0],
    );
    return this.sum(1, fine.layout.size[2] + 1)[0]!;
  }

  /** Adds up sums of planes or layers in order. */
  private sum(width: number, count: number): number[] {
    const out = new Array<number>(width).fill(0);
    const s = this.sums >> 3;
    for (let k = 0; k < count; k++) for (let i = 0; i < width; i++) out[i] = out[i]! + this.f64[s + k * width + i]!;
    return out;
  }

  displacementOf(points: Int32Array, count: number, out: Float64Array): void {
    this.i32.set(points.subarray(0, count), this.pointList >> 2);
    const u = this.atTrial ? this.trial : this.u;
    this.run(TASK.gather, [4 * this.levels[0]!.layout.nodes, this.points, this.pointList, count, u, this.pointValues]);
    const at = this.pointValues >> 3;
    out.set(this.f64.subarray(at, at + 3 * count));
  }

  addForces(points: Int32Array, count: number, forces: Float64Array): void {
    this.i32.set(points.subarray(0, count), this.pointList >> 2);
    this.f64.set(forces.subarray(0, 3 * count), this.pointValues >> 3);
    const g = this.atTrial ? this.fresh : this.g;
    this.k.scatter(4 * this.levels[0]!.layout.nodes, this.points, this.pointList, count, this.pointValues, g);
  }

  support(direction: readonly [number, number, number]): Support {
    const n = this.levels[0]!.layout.nodes;
    const u = (this.atTrial ? this.trial : this.u) >> 2;
    const g = (this.atTrial ? this.fresh : this.g) >> 2;
    const { f32, grounded, groundOf } = this;
    let [springs, reactions, driving, total] = [0, 0, 0, 0];
    for (let c = 0; c < 3; c++) {
      const d = direction[c]!;
      if (d === 0) continue;
      let sum = 0;
      for (let i = 0; i < grounded.length; i++) sum += groundOf[i]! * f32[u + c * n + grounded[i]!]!;
      springs += d * sum;
      const nodes = this.held[c]!;
      const moves = this.driven?.[c];
      for (let i = 0; i < nodes.length; i++) {
        const f = d * f32[g + c * n + nodes[i]!]!;
        total += Math.abs(f);
        if (moves !== undefined && moves[i] !== 0) driving += f;
        else reactions += f;
      }
    }
    return { springs, reactions, driving, total };
  }

  drive(depth: number): void {
    const n = this.levels[0]!.layout.nodes;
    this.driven?.forEach((moves, c) => {
      this.held[c]!.forEach((node, i) => {
        if (moves[i] !== 0) this.f32[(this.u >> 2) + c * n + node] = depth * moves[i]!;
      });
    });
  }

  slope(): number {
    return this.products([this.d], this.fresh)[0]!;
  }

  private products(vectors: readonly number[], v: number): number[] {
    const fine = this.levels[0]!;
    this.i32.set(vectors, this.list >> 2);
    this.run(TASK.dots, [fine.at, this.list, vectors.length, v, this.sums]);
    return this.sum(vectors.length, fine.layout.size[2] + 1);
  }

  private combine(
    out: number,
    scale: number,
    base: number,
    vectors: readonly number[],
    factors: readonly number[],
  ): void {
    this.i32.set(vectors, this.list >> 2);
    this.f64.set(factors, this.factors >> 3);
    this.run(TASK.combine, [this.levels[0]!.at, out, base, this.list, this.factors, vectors.length], [scale]);
  }

  freeze(contact: FrozenContact): void {
    const fine = this.levels[0]!;
    this.pairs.clear();
    const neo = this.setup.kind === 'neo-hookean' ? 1 : 0;
    this.run(TASK.freeze, [fine.at, neo, this.material, this.u]);
    this.freezeContact(contact);
    this.levels.forEach((level, l) => {
      this.run(TASK.diagonal, [level.at]);
      const next = this.levels[l + 1];
      if (next !== undefined) {
        this.run(TASK.average, [level.at, next.at]);
        this.estimateLargest(level, l);
      } else {
        const m = this.metric >> 2;
        this.f32.fill(0, level.d >> 2, (level.d >> 2) + 3 * level.layout.nodes);
        this.k.factor(level.at, this.i32[m + 1]!, this.i32[m + 2]!, this.i32[m + 3]!, this.i32[m + 4]!);
      }
    });
  }

  /** Contact points by cell layer for the finest level, nodal blocks (with the springs) for the others. */
  private freezeContact({ points, normals, stiffness }: FrozenContact): void {
    const { setup, i32, f32 } = this;
    const layers = this.levels[0]!.layout.size[2];
    const layerOf = (p: number): number => setup.pointCell[3 * points[p]! + 2]!;
    const order = Array.from(points.keys()).sort((a, b) => layerOf(a) - layerOf(b) || a - b);
    let layer = 0;
    order.forEach((p, at) => {
      while (layer <= layerOf(p)) i32[(this.frozenLayers >> 2) + layer++] = at;
      const s = points[p]!;
      const to = (this.frozen + FROZEN_POINT * at) >> 2;
      const from = (this.points + POINT * s) >> 2;
      i32.copyWithin(to, from, from + 12);
      for (let c = 0; c < 3; c++) f32[to + 12 + c] = normals[3 * p + c]!;
      f32[to + 15] = stiffness[p]!;
    });
    while (layer <= layers) i32[(this.frozenLayers >> 2) + layer++] = order.length;

    for (let l = 1; l < this.levels.length; l++) {
      const { layout, blocks, ground } = this.levels[l]!;
      const n = layout.nodes;
      const K = blocks >> 2;
      for (let c = 0; c < 3; c++) f32.copyWithin(K + c * n, ground >> 2, (ground >> 2) + n);
      f32.fill(0, K + 3 * n, K + 6 * n);
    }
    const cell = [0, 0, 0];
    const place = [0, 0, 0];
    order.forEach((p) => {
      const s = points[p]!;
      for (let d = 0; d < 3; d++) {
        cell[d] = setup.pointCell[3 * s + d]!;
        place[d] = setup.pointPlace[3 * s + d]!;
      }
      const [x, y, z] = [normals[3 * p]!, normals[3 * p + 1]!, normals[3 * p + 2]!];
      for (let l = 1; l < this.levels.length; l++) {
        const { kept } = this.levels[l - 1]!.grid;
        for (let d = 0; d < 3; d++) {
          if ((kept >> d) & 1) continue;
          place[d] = (place[d]! + (cell[d]! & 1)) / 2;
          cell[d] = cell[d]! >> 1;
        }
        const { layout, blocks } = this.levels[l]!;
        const n = layout.nodes;
        const edges = this.edges(layout, cell[0]!, cell[1]!, cell[2]!);
        for (let i = 0; i < 8; i++) {
          const w = stiffness[p]! * corner(place[0]!, place[1]!, place[2]!, i);
          const at = (blocks >> 2) + (edges[i >> 1]! >> 2) + (i & 1);
          f32[at] = f32[at]! + w * x * x;
          f32[at + n] = f32[at + n]! + w * y * y;
          f32[at + 2 * n] = f32[at + 2 * n]! + w * z * z;
          f32[at + 3 * n] = f32[at + 3 * n]! + w * x * y;
          f32[at + 4 * n] = f32[at + 4 * n]! + w * x * z;
          f32[at + 5 * n] = f32[at + 5 * n]! + w * y * z;
        }
      }
    });
  }

  /** Power iteration on (block-Jacobi)⁻¹ A; warm-started, so few products are enough after the first time. */
  private estimateLargest(level: Level, l: number): void {
    const { layout, probe, d, at } = level;
    const n = layout.nodes;
    if (!this.probed[l]) {
      // a fixed, grid-scale pattern: no randomness, all frequencies present
      this.eachNode((i, box) => {
        for (let c = 0; c < 3; c++)
          if ((layout.mask[i]! >> c) & 1)
            this.f32[(probe >> 2) + i + c * n] = ((box * 2654435761 + c * 40503) % 1000) / 500 - 1;
      }, level);
    }
    const products = this.probed[l] ? PRODUCTS : FIRST_PRODUCTS;
    this.probed[l] = true;
    const planes = layout.size[2] + 1;
    let value = 1;
    for (let it = 0; it < products; it++) {
      this.run(TASK.sweep, [at, probe, 0, 0, 0, d, 0], [0, 1]);
      this.i32[this.list >> 2] = d;
      this.run(TASK.dots, [at, this.list, 1, d, this.sums]);
      value = Math.sqrt(this.sum(1, planes)[0]!);
      this.run(TASK.combine, [at, probe, d, this.list, this.factors, 0], [1 / Math.max(value, 1e-30)]);
    }
    this.f64[(at >> 3) + 12] = HEADROOM * value;
  }

  search(): number {
    return this.pairs.direction(this);
  }

  againstGradient(slots: readonly number[]): number[] {
    return this.products(
      slots.map((s) => this.S[s]!),
      this.g,
    );
  }

  againstMetric(slots: readonly number[]): number[] {
    return this.products([...slots.map((s) => this.Y[s]!), this.g], this.z);
  }

  precondition(slots: readonly number[], factors: readonly number[]): void {
    let b = this.g;
    if (slots.length > 0) {
      b = this.d;
      this.combine(
        b,
        1,
        this.g,
        slots.map((s) => this.Y[s]!),
        factors,
      );
    }
    this.run(TASK.cycle, [this.metric, b, this.z]);
  }

  direct(slots: readonly number[], factors: readonly number[]): void {
    this.combine(
      this.d,
      -1,
      this.z,
      slots.map((s) => this.S[s]!),
      factors.map((f) => -f),
    );
  }

  forget(): void {
    this.pairs.clear();
  }

  get remembered(): number {
    return this.pairs.length;
  }

  accept(): void {
    const fine = this.levels[0]!;
    const slot = this.pairs.nextSlot;
    this.run(TASK.accept, [fine.at, this.trial, this.u, this.fresh, this.g, this.S[slot]!, this.Y[slot]!, this.sums]);
    this.atTrial = false;
    const [sy, ss, yy, sg] = this.sum(4, fine.layout.size[2] + 1);
    this.pairs.remember({ sy: sy!, ss: ss!, yy: yy!, sg: sg! }, this);
  }

  volume(): { error: number; minJ: number } {
    this.measureVolume(false);
    const s = this.sums >> 3;
    const layers = this.levels[0]!.layout.size[2];
    let sum = 0;
    let weight = 0;
    let minJ = Number.POSITIVE_INFINITY;
    for (let k = 0; k < layers; k++) {
      sum += this.f64[s + 3 * k]!;
      weight += this.f64[s + 3 * k + 1]!;
      minJ = Math.min(minJ, this.f64[s + 3 * k + 2]!);
    }
    return { error: weight > 0 ? Math.sqrt(sum / weight) : 0, minJ };
  }

  updateVolume(): void {
    this.measureVolume(true);
  }

  private measureVolume(update: boolean): void {
    const neo = this.setup.kind === 'neo-hookean' ? 1 : 0;
    this.run(TASK.volume, [this.levels[0]!.at, neo, this.material, this.extra, this.u, this.sums, update ? 1 : 0]);
  }
}

/**
 * On a busy machine helpers may wait for a core longer than they save. Their number does not change the answer, so the V-cycles are timed
 * now and then with and without them, and what was faster goes on.
 */
class Pace {
  alone = false;
  private count = 0;
  private readonly ms = { alone: Number.POSITIVE_INFINITY, team: 0 };

  choose(ready: number): number {
    const turn = this.count++ % 24;
    if (turn === 6) return 1;
    return turn === 18 || !this.alone ? ready : 1;
  }

  took(members: number, ms: number): void {
    // the first cycles also compile
    if (this.count < 4) return;
    this.ms[members === 1 ? 'alone' : 'team'] = ms;
    this.alone = this.ms.alone < this.ms.team;
  }
}

/** Trilinear weight of corner n (x fastest) at a place in a cell. */
const corner = (x: number, y: number, z: number, n: number): number =>
  (n & 1 ? x : 1 - x) * (n & 2 ? y : 1 - y) * (n & 4 ? z : 1 - z);

/** Full weighting of nodal values from a box to the next coarser one. */
function restrictBox(
  from: Float64Array,
  fine: readonly [number, number, number],
  coarse: readonly [number, number, number],
): Float64Array<ArrayBuffer> {
  const out = new Float64Array((coarse[0] + 1) * (coarse[1] + 1) * (coarse[2] + 1));
  const near = (i: number, d: 0 | 1 | 2): readonly [number, number] =>
    coarse[d] === fine[d] ? [i, i] : [i >> 1, (i + 1) >> 1];
  for (let k = 0, b = 0; k <= fine[2]; k++)
    for (let j = 0; j <= fine[1]; j++)
      for (let i = 0; i <= fine[0]; i++, b++) {
        const v = 0.125 * from[b]!;
        if (v === 0) continue;
        for (const z of near(k, 2))
          for (const y of near(j, 1))
            for (const x of near(i, 0)) {
              const at = x + (coarse[0] + 1) * (y + (coarse[1] + 1) * z);
              out[at] = out[at]! + v;
            }
      }
  return out;
}
