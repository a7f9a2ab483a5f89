import {
  type Engine,
  type EngineSetup,
  type EngineState,
  floatingShare,
  type LinearisedContact,
  type Support,
} from '../engine.ts';
import { PairMemory, type PairVectors } from '../lbfgs.ts';
import { fillGround, fillMaterial, fillPoints, putPoint, type Views } from './fill-memory.ts';
import { fillContact } from './frozen-contact.ts';
import { KERNELS_WASM } from './kernels.data.ts';
import { cutPlanes, eachNode } from './layout.ts';
import { type Level, type MemoryPlan, POINT, planMemory } from './memory-plan.ts';
import { Pace } from './pace.ts';
import { Supports } from './supports.ts';
import { engage, type HelperTask, type MemberExports, memberImports, Teamwork } from './team.ts';

interface Exports extends MemberExports {
  scratchBytes(largestPlane: number, longestRow: number): number;
  scatter(stride: number, points: number, list: number, count: number, forces: number, g: number): void;
  factor(level: number, dofs: number, count: number, matrix: number, stride: number, share: number): void;
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

/** Where penalty and multiplier of the volume constraint lie in a block's material. */
const VOLUME_PENALTY = 8;
const PRESSURE_MULTIPLIER = 12;

/** Products of the power iteration when the level is new, and when its last vector is at hand. */
const FIRST_PRODUCTS = 12;
const PRODUCTS = 2;
/** Power iteration approaches the largest eigenvalue from below: leave room. */
const HEADROOM = 1.15;

let compiled: WebAssembly.Module | undefined;
let supported: boolean | undefined;

const kernels = (): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(KERNELS_WASM), (c) => c.charCodeAt(0));

/** Whether this JavaScript engine has what the kernels need: WebAssembly with SIMD, and shared memory. */
export function runsKernels(): boolean {
  supported ??= typeof WebAssembly === 'object' && WebAssembly.validate(kernels()) && sharesMemory();
  return supported;
}

function sharesMemory(): boolean {
  try {
    new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    return true;
  } catch {
    return false;
  }
}

/** The WebAssembly edition: f32, SIMD, threads. */
export class WasmEngine implements Engine, PairVectors, Views {
  readonly backend = 'wasm-simd-f32';
  readonly dof: number;
  private readonly k: Exports;
  private readonly memory: WebAssembly.Memory;
  private readonly team: Teamwork;
  private readonly setup: EngineSetup;
  readonly f32: Float32Array;
  private readonly f64: Float64Array;
  readonly i32: Int32Array;
  private readonly pairs: PairMemory;
  private readonly plan: MemoryPlan;
  private readonly probed: boolean[];
  private readonly supports: Supports;
  private readonly slots: Int32Array;
  private readonly pace = new Pace();
  private atTrial = false;
  private sent = 0;
  private cutFor = 0;

  /** @throws where the engine lacks SIMD, threads or the memory; the caller falls back to the reference */
  constructor(setup: EngineSetup) {
    this.setup = setup;
    const plan = planMemory(setup);
    const { largestPlane, longestRow, scratches } = plan;
    const fine = plan.levels[0]!.layout;
    this.plan = plan;
    this.probed = plan.levels.map(() => false);
    compiled ??= new WebAssembly.Module(kernels());
    const pages = Math.ceil((plan.bytes + 65536) / 65536);
    this.memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    this.team = new Teamwork(this.memory, this.plan.control);
    const instance = new WebAssembly.Instance(compiled, memberImports(this.memory, this.team));
    this.k = instance.exports as unknown as Exports;
    if (this.k.scratchBytes(largestPlane, longestRow) > plan.scratchBytes)
      throw new Error('scratch was planned too small');
    this.k.setup(scratches[0]!, largestPlane, longestRow);
    this.k.join(this.plan.control);
    this.f32 = new Float32Array(this.memory.buffer);
    this.f64 = new Float64Array(this.memory.buffer);
    this.i32 = new Int32Array(this.memory.buffer);
    plan.write(this.memory.buffer);
    this.pairs = new PairMemory(setup.memory);

    this.slots = fillMaterial(setup, plan, this);
    fillPoints(setup, plan, this);
    fillGround(setup, plan, this);
    this.supports = new Supports(setup, plan.levels[0]!, this.f32);
    this.dof = 0;
    for (const m of fine.mask) if (m & 8) this.dof += (m & 1) + ((m >> 1) & 1) + ((m >> 2) & 1);

    // helpers may take some time to start: tasks run on one thread until they are there
    this.team.open();
    const tasks = scratches.slice(1).map(
      (s): HelperTask => ({
        module: compiled!,
        memory: this.memory,
        control: this.plan.control,
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
    const a = (this.plan.control + 64) >> 2;
    for (let i = 0; i < args.length; i++) this.i32[a + i] = args[i]!;
    const f = (this.plan.control + 192) >> 3;
    for (let i = 0; i < numbers.length; i++) this.f64[f + i] = numbers[i]!;
    const ready = this.threads;
    const timed = what === TASK.cycle && ready > 1;
    const members = timed ? this.pace.choose(ready) : this.pace.alone ? 1 : ready;
    if (members > 1 && this.cutFor !== members) {
      for (const { layout, cuts } of this.plan.levels) this.i32.set(cutPlanes(layout, members), cuts >> 2);
      this.cutFor = members;
    }
    const from = timed ? performance.now() : 0;
    this.team.lead(this.k, what, members);
    if (timed) this.pace.took(members, performance.now() - from);
  }

  readDisplacement(out: Float64Array): void {
    const stored = this.plan.levels[0]!.layout.nodes;
    const box = out.length / 3;
    const u = this.plan.u >> 2;
    eachNode(this.plan.levels[0]!.layout, (n, b) => {
      for (let c = 0; c < 3; c++) out[b + c * box] = this.f32[u + n + c * stored]!;
    });
  }

  writeDisplacement(from: Float64Array): void {
    const stored = this.plan.levels[0]!.layout.nodes;
    const box = from.length / 3;
    const u = this.plan.u >> 2;
    eachNode(this.plan.levels[0]!.layout, (n, b) => {
      for (let c = 0; c < 3; c++) this.f32[u + n + c * stored] = from[b + c * box]!;
    });
  }

  pressureMultiplier(cell: number): number {
    return this.f32[this.materialAt(PRESSURE_MULTIPLIER, this.slots[cell]!)]!;
  }

  volumePenalty(cell: number): number {
    return this.f32[this.materialAt(VOLUME_PENALTY, this.slots[cell]!)]!;
  }

  /** Where a quantity of a cell's material lies among the numbers. */
  private materialAt(quantity: number, slot: number): number {
    return (this.plan.material >> 2) + 16 * (slot >> 2) + quantity + (slot & 3);
  }

  save(): EngineState {
    const { layout } = this.plan.levels[0]!;
    const all = (quantity: number): Float32Array => {
      const out = new Float32Array(4 * layout.blocks);
      for (let slot = 0; slot < out.length; slot++) out[slot] = this.f32[this.materialAt(quantity, slot)]!;
      return out;
    };
    return {
      u: this.f32.slice(this.plan.u >> 2, (this.plan.u >> 2) + 3 * layout.nodes),
      pressureMultiplier: all(PRESSURE_MULTIPLIER),
      kVol: all(VOLUME_PENALTY),
    };
  }

  load({ u, pressureMultiplier, kVol }: EngineState): void {
    this.f32.set(u, this.plan.u >> 2);
    for (let slot = 0; slot < pressureMultiplier.length; slot++) {
      this.f32[this.materialAt(PRESSURE_MULTIPLIER, slot)] = pressureMultiplier[slot]!;
      this.f32[this.materialAt(VOLUME_PENALTY, slot)] = kVol[slot]!;
    }
  }

  extrapolate(from: EngineState, to: EngineState, r: number): void {
    const at = this.plan.u >> 2;
    for (let i = 0; i < to.u.length; i++) this.f32[at + i] = to.u[i]! + r * (to.u[i]! - from.u[i]!);
    for (let slot = 0; slot < to.pressureMultiplier.length; slot++)
      this.f32[this.materialAt(PRESSURE_MULTIPLIER, slot)] =
        to.pressureMultiplier[slot]! + r * (to.pressureMultiplier[slot]! - from.pressureMultiplier[slot]!);
  }

  energy(step?: number): number {
    const fine = this.plan.levels[0]!;
    this.atTrial = step !== undefined;
    const neo = this.setup.kind === 'neo-hookean' ? 1 : 0;
    this.run(
      TASK.energy,
      step === undefined
        ? [fine.at, neo, this.plan.material, this.plan.u, this.plan.g, this.plan.sums, 0]
        : [
            fine.at,
            neo,
            this.plan.material,
            this.plan.trial,
            this.plan.fresh,
            this.plan.sums,
            this.plan.d,
            this.plan.u,
          ],
      [step ?? 0],
    );
    return this.sum(1, fine.layout.size[2] + 1)[0]!;
  }

  /** Adds up sums of planes or layers in order. */
  private sum(width: number, count: number): number[] {
    const out = new Array<number>(width).fill(0);
    const s = this.plan.sums >> 3;
    for (let k = 0; k < count; k++) for (let i = 0; i < width; i++) out[i] = out[i]! + this.f64[s + k * width + i]!;
    return out;
  }

  displacementOf(points: Int32Array, count: number, out: Float64Array): void {
    this.i32.set(points.subarray(0, count), this.plan.pointList >> 2);
    const u = this.atTrial ? this.plan.trial : this.plan.u;
    this.run(TASK.gather, [
      4 * this.plan.levels[0]!.layout.nodes,
      this.plan.points,
      this.plan.pointList,
      count,
      u,
      this.plan.pointValues,
    ]);
    const at = this.plan.pointValues >> 3;
    out.set(this.f64.subarray(at, at + 3 * count));
  }

  addForces(points: Int32Array, count: number, forces: Float64Array): void {
    this.i32.set(points.subarray(0, count), this.plan.pointList >> 2);
    this.f64.set(forces.subarray(0, 3 * count), this.plan.pointValues >> 3);
    const g = this.atTrial ? this.plan.fresh : this.plan.g;
    this.k.scatter(
      4 * this.plan.levels[0]!.layout.nodes,
      this.plan.points,
      this.plan.pointList,
      count,
      this.plan.pointValues,
      g,
    );
  }

  cornersOf(i: number, j: number, k: number, out: Float64Array): void {
    const { layout } = this.plan.levels[0]!;
    const { f32 } = this;
    const u = (this.atTrial ? this.plan.trial : this.plan.u) >> 2;
    const row = j + (layout.size[1] + 1) * k;
    for (let e = 0, o = 0; e < 4; e++) {
      const at = u + layout.rowAt[row + (e & 1) + (layout.size[1] + 1) * (e >> 1)]! + i;
      for (let x = 0; x < 2; x++) for (let c = 0; c < 3; c++) out[o++] = f32[at + x + c * layout.nodes]!;
    }
  }

  valuesOf(nodes: Int32Array, out: Float64Array): void {
    const { layout } = this.plan.levels[0]!;
    const { f32 } = this;
    const u = (this.atTrial ? this.plan.trial : this.plan.u) >> 2;
    const wide = layout.size[0] + 1;
    for (let n = 0; n < nodes.length; n++) {
      const row = Math.floor(nodes[n]! / wide);
      const at = u + layout.rowAt[row]! + nodes[n]! - wide * row;
      for (let c = 0; c < 3; c++) out[3 * n + c] = f32[at + c * layout.nodes]!;
    }
  }

  addAt(nodes: Int32Array, forces: Float64Array): void {
    const { layout } = this.plan.levels[0]!;
    const { f32 } = this;
    const g = (this.atTrial ? this.plan.fresh : this.plan.g) >> 2;
    const wide = layout.size[0] + 1;
    for (let n = 0; n < nodes.length; n++) {
      const row = Math.floor(nodes[n]! / wide);
      const at = g + layout.rowAt[row]! + nodes[n]! - wide * row;
      for (let c = 0; c < 3; c++) f32[at + c * layout.nodes] = f32[at + c * layout.nodes]! + forces[3 * n + c]!;
    }
  }

  placePoint(s: number, i: number, j: number, k: number, x: number, y: number, z: number): void {
    putPoint(this, this.plan.points + POINT * s, this.plan.levels[0]!.layout, i, j, k, x, y, z);
  }

  support(direction: readonly [number, number, number]): Support {
    const { trial, u, fresh, g } = this.plan;
    return this.supports.forces(direction, this.f32, this.atTrial ? trial : u, this.atTrial ? fresh : g);
  }

  drive(depth: number): void {
    this.supports.drive(depth, this.f32, this.plan.u);
  }

  slope(): number {
    return this.products([this.plan.d], this.plan.fresh)[0]!;
  }

  private products(vectors: readonly number[], v: number): number[] {
    const fine = this.plan.levels[0]!;
    this.i32.set(vectors, this.plan.list >> 2);
    this.run(TASK.dots, [fine.at, this.plan.list, vectors.length, v, this.plan.sums]);
    return this.sum(vectors.length, fine.layout.size[2] + 1);
  }

  private combine(
    out: number,
    scale: number,
    base: number,
    vectors: readonly number[],
    factors: readonly number[],
  ): void {
    this.i32.set(vectors, this.plan.list >> 2);
    this.f64.set(factors, this.plan.factors >> 3);
    this.run(
      TASK.combine,
      [this.plan.levels[0]!.at, out, base, this.plan.list, this.plan.factors, vectors.length],
      [scale],
    );
  }

  updatePreconditioner(contact: LinearisedContact): void {
    const { levels, material, u } = this.plan;
    const neo = this.setup.kind === 'neo-hookean' ? 1 : 0;
    this.run(TASK.freeze, [levels[0]!.at, neo, material, u]);
    for (let l = 1; l < levels.length; l++) this.run(TASK.average, [levels[l - 1]!.at, levels[l]!.at]);
    this.updateContactStiffness(contact);
  }

  updateContactStiffness(contact: LinearisedContact): void {
    this.pairs.clear();
    fillContact(this.setup, this.plan, this, contact);
    this.plan.levels.forEach((level, l) => {
      this.run(TASK.diagonal, [level.at]);
      if (l + 1 < this.plan.levels.length) this.estimateLargest(level, l);
      else {
        const m = this.plan.preconditioner >> 2;
        this.f32.fill(0, level.d >> 2, (level.d >> 2) + 3 * level.layout.nodes);
        const share = floatingShare(this.setup);
        this.k.factor(level.at, this.i32[m + 1]!, this.i32[m + 2]!, this.i32[m + 3]!, this.i32[m + 4]!, share);
      }
    });
  }

  /** Power iteration on (block-Jacobi)⁻¹ A; warm-started, so few products are enough after the first time. */
  private estimateLargest(level: Level, l: number): void {
    const { layout, probe, d, at } = level;
    const n = layout.nodes;
    if (!this.probed[l]) {
      this.f32.fill(0, d >> 2, (d >> 2) + 3 * n);
      this.f32.fill(0, probe >> 2, (probe >> 2) + 3 * n);
      // a fixed, grid-scale pattern: no randomness, all frequencies present
      eachNode(layout, (i, box) => {
        for (let c = 0; c < 3; c++)
          if ((layout.mask[i]! >> c) & 1)
            this.f32[(probe >> 2) + i + c * n] = ((box * 2654435761 + c * 40503) % 1000) / 500 - 1;
      });
    }
    const products = this.probed[l] ? PRODUCTS : FIRST_PRODUCTS;
    this.probed[l] = true;
    const planes = layout.size[2] + 1;
    let value = 1;
    for (let it = 0; it < products; it++) {
      this.run(TASK.sweep, [at, probe, 0, 0, 0, d, 0], [0, 1]);
      this.i32[this.plan.list >> 2] = d;
      this.run(TASK.dots, [at, this.plan.list, 1, d, this.plan.sums]);
      value = Math.sqrt(this.sum(1, planes)[0]!);
      this.run(TASK.combine, [at, probe, d, this.plan.list, this.plan.factors, 0], [1 / Math.max(value, 1e-30)]);
    }
    // a state that has gone astray leaves no vector to begin with
    if (!(value < Number.POSITIVE_INFINITY)) this.probed[l] = false;
    this.f64[(at >> 3) + 12] = HEADROOM * value;
  }

  search(): number {
    return this.pairs.direction(this);
  }

  againstGradient(slots: readonly number[]): number[] {
    return this.products(
      slots.map((s) => this.plan.S[s]!),
      this.plan.g,
    );
  }

  againstMetric(slots: readonly number[]): number[] {
    return this.products([...slots.map((s) => this.plan.Y[s]!), this.plan.g], this.plan.z);
  }

  precondition(slots: readonly number[], factors: readonly number[]): void {
    let b = this.plan.g;
    if (slots.length > 0) {
      b = this.plan.d;
      this.combine(
        b,
        1,
        this.plan.g,
        slots.map((s) => this.plan.Y[s]!),
        factors,
      );
    }
    this.run(TASK.cycle, [this.plan.preconditioner, b, this.plan.z]);
  }

  direct(slots: readonly number[], factors: readonly number[]): void {
    this.combine(
      this.plan.d,
      -1,
      this.plan.z,
      slots.map((s) => this.plan.S[s]!),
      factors.map((f) => -f),
    );
  }

  forget(): void {
    this.pairs.clear();
  }

  renew(): void {
    this.pairs.renew(this);
  }

  get remembered(): number {
    return this.pairs.length;
  }

  accept(): void {
    const fine = this.plan.levels[0]!;
    const slot = this.pairs.nextSlot;
    this.run(TASK.accept, [
      fine.at,
      this.plan.trial,
      this.plan.u,
      this.plan.fresh,
      this.plan.g,
      this.plan.S[slot]!,
      this.plan.Y[slot]!,
      this.plan.sums,
    ]);
    this.atTrial = false;
    const [sy, ss, yy, sg] = this.sum(4, fine.layout.size[2] + 1);
    this.pairs.remember({ sy: sy!, ss: ss!, yy: yy!, sg: sg! }, this);
  }

  volume(): { error: number; minJ: number } {
    this.measureVolume(false);
    const s = this.plan.sums >> 3;
    const layers = this.plan.levels[0]!.layout.size[2];
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
    this.run(TASK.volume, [
      this.plan.levels[0]!.at,
      neo,
      this.plan.material,
      this.plan.extra,
      this.plan.u,
      this.plan.sums,
      update ? 1 : 0,
    ]);
  }
}
