import { log } from '../base/elementary.ts';
import { cornerOffsets } from '../base/grid.ts';
import { innerProduct } from '../base/vec.ts';
import type { Cells, Material } from './element.ts';
import { energyAndForce, freezeTangent, kinematics, planesOf } from './element.ts';
import {
  type Engine,
  type EngineSetup,
  type EngineState,
  floatingShare,
  type LinearisedContact,
  type Support,
} from './engine.ts';
import { type FibreLevel, slopeWeights } from './fibre-levels.ts';
import { PairMemory, type PairVectors } from './lbfgs.ts';
import { buildMultigrid, type ContactOperator, type Multigrid } from './multigrid.ts';

/** The reference edition of the engine: plain TypeScript in f64 on the whole box, the oracle of the WebAssembly one. */
export class ReferenceEngine implements Engine, PairVectors {
  readonly backend = 'typescript-f64';
  readonly threads = 1;
  readonly dof: number;
  readonly multigrid: Multigrid;
  readonly material: Material;
  private readonly setup: EngineSetup;
  private readonly cells: Cells;
  private readonly pairs: PairMemory;
  private readonly u: Float64Array;
  private readonly trial: Float64Array;
  private readonly g: Float64Array;
  private readonly fresh: Float64Array;
  private readonly d: Float64Array;
  private readonly z: Float64Array;
  private readonly S: Float64Array[];
  private readonly Y: Float64Array[];
  private readonly offsets: readonly number[];
  private readonly contact: PointContact;
  private atTrial = false;

  constructor(setup: EngineSetup) {
    this.setup = setup;
    this.material = {
      kind: setup.kind,
      mu: setup.mu,
      a: setup.a,
      kVol: setup.kVol.slice(),
      pressureMultiplier: setup.lumenPressure.slice(),
    };
    this.multigrid = buildMultigrid(setup, floatingShare(setup));
    const fine = this.multigrid.levels[0]!;
    this.cells = fine.cells;
    this.dof = fine.free.reduce((n, f) => n + f, 0);
    const { nodes, sy, sz } = fine.cells;
    const vector = (): Float64Array => new Float64Array(3 * nodes);
    this.u = vector();
    this.trial = vector();
    this.g = vector();
    this.fresh = vector();
    this.d = vector();
    this.z = vector();
    this.S = Array.from({ length: setup.memory }, vector);
    this.Y = Array.from({ length: setup.memory }, vector);
    this.pairs = new PairMemory(setup.memory);
    this.offsets = cornerOffsets(sy, sz);
    this.contact = new PointContact(setup, fine.fibres, nodes, sy, sz);
  }

  readDisplacement(out: Float64Array): void {
    out.set(this.u);
  }
  writeDisplacement(from: Float64Array): void {
    this.u.set(from);
  }
  pressureMultiplier(cell: number): number {
    return this.material.pressureMultiplier[cell]!;
  }
  volumePenalty(cell: number): number {
    return this.material.kVol[cell]!;
  }
  save(): EngineState {
    const { pressureMultiplier, kVol } = this.material;
    return { u: this.u.slice(), pressureMultiplier: pressureMultiplier.slice(), kVol: kVol.slice() };
  }
  load({ u, pressureMultiplier, kVol }: EngineState): void {
    this.u.set(u);
    this.material.pressureMultiplier.set(pressureMultiplier);
    this.material.kVol.set(kVol);
  }
  extrapolate(from: EngineState, to: EngineState, r: number): void {
    const { u } = this;
    const { pressureMultiplier } = this.material;
    for (let i = 0; i < u.length; i++) u[i] = to.u[i]! + r * (to.u[i]! - from.u[i]!);
    for (let e = 0; e < pressureMultiplier.length; e++)
      pressureMultiplier[e] = to.pressureMultiplier[e]! + r * (to.pressureMultiplier[e]! - from.pressureMultiplier[e]!);
  }

  energy(step?: number): number {
    this.atTrial = step !== undefined;
    const u = this.atTrial ? this.trial : this.u;
    const g = this.atTrial ? this.fresh : this.g;
    if (step !== undefined) for (let i = 0; i < u.length; i++) u[i] = this.u[i]! + step * this.d[i]!;
    g.fill(0);
    let energy = energyAndForce(this.cells, this.material, u, g);
    if (!Number.isFinite(energy)) return Number.POSITIVE_INFINITY;
    const n = this.cells.nodes;
    const G = this.setup.ground;
    for (const i of this.multigrid.levels[0]!.grounded)
      for (let c = 0; c < 3; c++) {
        const at = i + c * n;
        energy += 0.5 * G[i]! * u[at]! * u[at]!;
        g[at] = g[at]! + G[i]! * u[at]!;
      }
    return energy;
  }

  displacementOf(points: Int32Array, count: number, out: Float64Array): void {
    const u = this.atTrial ? this.trial : this.u;
    const n = this.cells.nodes;
    const { base, weights } = this.contact;
    for (let k = 0; k < count; k++) {
      const s = points[k]!;
      for (let d = 0; d < 3; d++) {
        let v = 0;
        for (let c = 0; c < 8; c++) v += weights[8 * s + c]! * u[base[s]! + this.offsets[c]! + d * n]!;
        out[3 * k + d] = v;
      }
    }
  }

  addForces(points: Int32Array, count: number, forces: Float64Array): void {
    const g = this.atTrial ? this.fresh : this.g;
    const n = this.cells.nodes;
    const { base, weights } = this.contact;
    for (let k = 0; k < count; k++) {
      const s = points[k]!;
      for (let c = 0; c < 8; c++)
        for (let d = 0; d < 3; d++) {
          const at = base[s]! + this.offsets[c]! + d * n;
          g[at] = g[at]! + weights[8 * s + c]! * forces[3 * k + d]!;
        }
    }
  }

  cornersOf(i: number, j: number, k: number, out: Float64Array): void {
    const u = this.atTrial ? this.trial : this.u;
    const { nodes, sy, sz } = this.cells;
    const base = i + sy * j + sz * k;
    for (let n = 0; n < 8; n++) for (let c = 0; c < 3; c++) out[3 * n + c] = u[base + this.offsets[n]! + c * nodes]!;
  }

  valuesOf(nodes: Int32Array, out: Float64Array): void {
    const u = this.atTrial ? this.trial : this.u;
    for (let n = 0; n < nodes.length; n++)
      for (let c = 0; c < 3; c++) out[3 * n + c] = u[nodes[n]! + c * this.cells.nodes]!;
  }

  addAt(nodes: Int32Array, forces: Float64Array): void {
    const g = this.atTrial ? this.fresh : this.g;
    for (let n = 0; n < nodes.length; n++)
      for (let c = 0; c < 3; c++) {
        const at = nodes[n]! + c * this.cells.nodes;
        g[at] = g[at]! + forces[3 * n + c]!;
      }
  }

  placePoint(s: number, i: number, j: number, k: number, x: number, y: number, z: number): void {
    this.contact.place(s, [i, j, k], [x, y, z]);
  }

  support(direction: readonly [number, number, number]): Support {
    const u = this.atTrial ? this.trial : this.u;
    const g = this.atTrial ? this.fresh : this.g;
    const n = this.cells.nodes;
    const fine = this.multigrid.levels[0]!;
    const { driven, ground } = this.setup;
    const sum = { springs: 0, reactions: 0, driving: 0, total: 0 };
    for (const i of fine.grounded)
      for (let c = 0; c < 3; c++) sum.springs += direction[c]! * ground[i]! * u[i + c * n]!;
    for (const at of fine.fixedDofs) {
      const f = direction[Math.floor(at / n)]! * g[at]!;
      sum.total += Math.abs(f);
      if (driven !== undefined && driven[at] !== 0) sum.driving += f;
      else sum.reactions += f;
    }
    return sum;
  }

  drive(depth: number): void {
    const { driven } = this.setup;
    if (driven === undefined) return;
    for (const at of this.multigrid.levels[0]!.fixedDofs) if (driven[at] !== 0) this.u[at] = depth * driven[at]!;
  }

  slope(): number {
    return innerProduct(this.fresh, this.d);
  }

  updatePreconditioner(contact: LinearisedContact): void {
    const fine = this.multigrid.levels[0]!;
    freezeTangent(fine.cells, this.material, this.u, fine.tangent);
    // without the geometric term the preconditioner is always positive definite; it takes no more iterations
    this.updateContactStiffness(contact);
  }

  updateContactStiffness(contact: LinearisedContact): void {
    this.pairs.clear();
    this.contact.frozen = contact;
    this.multigrid.refresh(this.contact, contact.springs, contact.fibres);
  }

  search(): number {
    return this.pairs.direction(this);
  }
  againstGradient(slots: readonly number[]): number[] {
    return slots.map((s) => innerProduct(this.S[s]!, this.g));
  }
  againstMetric(slots: readonly number[]): number[] {
    return [...slots.map((s) => innerProduct(this.Y[s]!, this.z)), innerProduct(this.g, this.z)];
  }
  precondition(slots: readonly number[], factors: readonly number[]): void {
    const { d } = this;
    d.set(this.g);
    slots.forEach((s, i) => {
      axpy(factors[i]!, this.Y[s]!, d);
    });
    for (const at of this.multigrid.levels[0]!.fixedDofs) d[at] = 0;
    this.multigrid.apply(d, this.z);
  }
  direct(slots: readonly number[], factors: readonly number[]): void {
    const { d, z } = this;
    for (let i = 0; i < d.length; i++) d[i] = -z[i]!;
    slots.forEach((s, i) => {
      axpy(-factors[i]!, this.S[s]!, d);
    });
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
    const slot = this.pairs.nextSlot;
    const s = this.S[slot]!;
    const y = this.Y[slot]!;
    for (let i = 0; i < s.length; i++) {
      s[i] = this.trial[i]! - this.u[i]!;
      y[i] = this.fresh[i]! - this.g[i]!;
    }
    this.u.set(this.trial);
    this.g.set(this.fresh);
    this.atTrial = false;
    this.pairs.remember(
      { sy: innerProduct(s, y), ss: innerProduct(s, s), yy: innerProduct(y, y), sg: innerProduct(s, this.g) },
      this,
    );
  }

  volume(): { error: number; minJ: number } {
    const { fill, bulk, lumenPressure } = this.setup;
    const { kVol, pressureMultiplier } = this.material;
    let sum = 0;
    let weight = 0;
    let minJ = Number.POSITIVE_INFINITY;
    this.eachVolume((e, j1, _, v) => {
      const f = fill[e]!;
      if (f >= 0.3) minJ = Math.min(minJ, 1 + j1);
      if (!(bulk[e]! > 0)) return;
      // the pressure in force is kVol v + multiplier; with the true modulus it would ask for this v
      const error = v - (kVol[e]! * v + pressureMultiplier[e]! - lumenPressure[e]!) / bulk[e]!;
      sum += f * error * error;
      weight += f;
    });
    return { error: weight > 0 ? Math.sqrt(sum / weight) : 0, minJ };
  }

  updateVolume(): void {
    const { bulk, lumenPressure, kVol: atRest } = this.setup;
    const { kVol, pressureMultiplier, a, kind } = this.material;
    this.eachVolume((e, j1, y, v) => {
      if (!(bulk[e]! > 0)) return;
      const force = pressureMultiplier[e]! - lumenPressure[e]! + kVol[e]! * v;
      if (kind === 'stiffening') kVol[e] = Math.min(atRest[e]! * (1 + a[e]! * (y + j1 * j1)), bulk[e]!);
      pressureMultiplier[e] = lumenPressure[e]! + force * (1 - kVol[e]! / bulk[e]!);
    });
  }

  /** Visits J-1, I₁-3-2(J-1) and the volume's measure v (J-1, or ln J for the neo-Hookean law) of all cells. */
  private eachVolume(visit: (e: number, j1: number, y: number, v: number) => void): void {
    const planes = planesOf(this.cells, this.u);
    const F = new Float64Array(9);
    const K = new Float64Array(9);
    for (let e = 0; e < this.cells.count; e++) {
      const { j1, y } = kinematics(this.cells, planes, e, F, K);
      visit(e, j1, y, this.material.kind === 'stiffening' ? j1 : log(Math.max(1 + j1, 1e-9)));
    }
  }
}

function axpy(k: number, x: Float64Array, y: Float64Array): void {
  for (let i = 0; i < y.length; i++) y[i] = y[i]! + k * x[i]!;
}

/** Frozen contact points as an operator of the finest level: exact in the points. */
class PointContact implements ContactOperator {
  frozen: LinearisedContact = { points: new Int32Array(0), stiffness: new Float64Array(0) };
  /** Lowest corner node of the cell that holds each point and its 8 weights: trilinear ones, and for fibres their derivatives along them. */
  readonly base: Int32Array;
  readonly weights: Float64Array;
  private readonly offsets: readonly number[];
  private readonly nodes: number;
  private readonly sy: number;
  private readonly sz: number;

  constructor({ pointCell: C, pointPlace: f }: EngineSetup, fibres: FibreLevel, nodes: number, sy: number, sz: number) {
    const points = f.length / 3;
    const count = points + fibres.count;
    this.nodes = nodes;
    this.sy = sy;
    this.sz = sz;
    this.base = new Int32Array(count);
    this.weights = new Float64Array(8 * count);
    this.offsets = cornerOffsets(sy, sz);
    for (let s = 0; s < points; s++)
      this.place(s, [C[3 * s]!, C[3 * s + 1]!, C[3 * s + 2]!], [f[3 * s]!, f[3 * s + 1]!, f[3 * s + 2]!]);
    for (let s = 0; s < fibres.count; s++) {
      const { cell } = fibres;
      this.base[points + s] = cell[3 * s]! + sy * cell[3 * s + 1]! + sz * cell[3 * s + 2]!;
      slopeWeights(fibres, s, this.weights.subarray(8 * (points + s)));
    }
  }

  /** Hangs a point on a cell, at a place in it. */
  place(s: number, [i, j, k]: readonly [number, number, number], place: readonly [number, number, number]): void {
    this.base[s] = i + this.sy * j + this.sz * k;
    for (let n = 0; n < 8; n++) {
      const w = [0, 1, 2].map((d) => ((n >> d) & 1 ? place[d]! : 1 - place[d]!));
      this.weights[8 * s + n] = w[0]! * w[1]! * w[2]!;
    }
  }

  addProduct(x: Float64Array, y: Float64Array): void {
    const { base, weights, offsets, nodes: n } = this;
    const { points, stiffness: K } = this.frozen;
    const v = [0, 0, 0];
    for (let k = 0; k < points.length; k++) {
      const s = points[k]!;
      for (let d = 0; d < 3; d++) {
        v[d] = 0;
        for (let c = 0; c < 8; c++) v[d] = v[d]! + weights[8 * s + c]! * x[base[s]! + offsets[c]! + d * n]!;
      }
      for (let d = 0; d < 3; d++) {
        const f = [0, 1, 2].reduce((sum, b) => sum + K[6 * k + ENTRY[d]![b]!]! * v[b]!, 0);
        for (let c = 0; c < 8; c++) {
          const at = base[s]! + offsets[c]! + d * n;
          y[at] = y[at]! + weights[8 * s + c]! * f;
        }
      }
    }
  }

  addDiagonal(blocks: Float64Array): void {
    this.addBlocks(blocks, (w) => w * w);
  }
  addLumped(blocks: Float64Array): void {
    this.addBlocks(blocks, (w) => w);
  }

  private addBlocks(blocks: Float64Array, share: (w: number) => number): void {
    const { base, weights, offsets, nodes: n } = this;
    const { points, stiffness: K } = this.frozen;
    for (let k = 0; k < points.length; k++) {
      const s = points[k]!;
      for (let c = 0; c < 8; c++) {
        const w = share(weights[8 * s + c]!);
        const o = base[s]! + offsets[c]!;
        for (let i = 0; i < 6; i++) blocks[o + i * n] = blocks[o + i * n]! + w * K[6 * k + i]!;
      }
    }
  }
}

/** Where the entries of a symmetric 3×3 lie in xx yy zz xy xz yz. */
const ENTRY = [
  [0, 3, 4],
  [3, 1, 5],
  [4, 5, 2],
] as const;
