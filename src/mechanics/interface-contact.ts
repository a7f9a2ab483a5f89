import { cellIndex, type Grid, type Vec3 } from '../base/grid.ts';
import { minus } from '../base/vec.ts';
import type { Engine, EngineSetup } from './engine.ts';
import { hostCells, hostPlace } from './host-cells.ts';
import { at3, inOneRow, sideOf, slopeOf, widest } from './interface-parts.ts';
import { TOUCH } from './interface-points.ts';
import type { Interface, MechanicalProblem } from './problem.ts';
import type { Springs } from './springs.ts';

/** What an equilibrium's search asks of the contact of deformable bodies with each other. */
export interface BodyContact {
  /** What lasts from equilibrium to equilibrium. */
  readonly multiplier: Float64Array;
  /** A step begins. */
  begin(): void;
  updateCandidates(engine: Engine): void;
  /** Contact energy where the bodies are in the engine's last energy, kPa·mm³; adds its gradient to the engine's. */
  evaluate(engine: Engine): number;
  /** Points that act now, and how many have begun or ceased to since contact was last frozen. */
  readonly acting: number;
  readonly changes: number;
  /** What touches now as springs between the bodies: what the preconditioner uses until it is frozen again. */
  linearise(): Springs;
  /** How far contact is from being settled, mm. */
  penetration(): number;
  /** Brings multipliers up to date. @returns whether springs have become much stiffer */
  updateMultipliers(tolerance: number): boolean;
  /** Multipliers ← to + r (to − from). */
  extrapolate(from: Float64Array, to: Float64Array, r: number): void;
  /** Force of the second body on the first through an interface at the last evaluation, N. */
  force(part: number): Vec3;
  /** See InterfaceContact.jump(). */
  jump(engine: Engine, part: number): { slip: number; opening: number };
  /** Keeps everything that belongs to the way here. @returns goes back to it */
  remember(): () => void;
}

/**
 * Contact of deformable bodies with each other, by the same augmented Lagrangian as with rigid ones (contact.ts). A point of the first body at
 * x lies on the place X of the second that has moved there, X + u₂(X) = x; the gap is the distance that X had from the second body at rest,
 * g = φ(X). So slips may be of any size, and since δX = F₂⁻¹ (δx − δu₂(X)), what presses on the first body along m = F₂⁻ᵀ ∇φ presses on the
 * second at the same place in the opposite sense: forces and moments cancel. Derivations: docs/mechanics.md.
 */
export class InterfaceContact implements BodyContact {
  readonly count: number;
  /** What lasts from equilibrium to equilibrium: multipliers, kPa (n×3: one number where bodies slide, a vector where they are tied). */
  readonly multiplier: Float64Array;
  private readonly parts: readonly Interface[];
  private readonly partOf: Uint8Array;
  private readonly grid: Grid;
  private readonly setup: EngineSetup;
  /** Number among the engine's surface points of the first point on the first bodies, and of its place on the second. */
  private readonly firstPoint: number;
  private readonly hosts: readonly Int32Array[];
  private readonly points: Float64Array;
  private readonly areas: Float64Array;
  private readonly normals: Float64Array;
  private readonly penalty: Float64Array;
  private readonly tied: Uint8Array;
  private readonly group: Int32Array;
  private readonly groups: number;
  /** Place X of the second body at each point (n×3, mm), its cell and place in that (n×3), F₂⁻¹ there (n×9), gap g and pressure. */
  private readonly X: Float64Array;
  private readonly cell: Int32Array;
  private readonly place: Float64Array;
  private readonly inverse: Float64Array;
  private readonly gap: Float64Array;
  /** What acts (n×3): m and the pressure times it, or a tie's pull, kPa. */
  private readonly m: Float64Array;
  private readonly pressure: Float64Array;
  private readonly pull: Float64Array;
  private readonly candidates: Int32Array;
  private candidateCount = 0;
  private readonly moved: Float64Array;
  private readonly list: Int32Array;
  private readonly forces: Float64Array;
  private readonly others: Int32Array;
  private readonly linearised: Uint8Array;
  /** The penalty is so many times what it was made, and how far contact was from being settled at the last update, mm. */
  private stiffer = 1;
  private last = Number.POSITIVE_INFINITY;
  private readonly sum: Float64Array;
  private readonly area: Float64Array;

  constructor(problem: MechanicalProblem, setup: EngineSetup) {
    const parts = problem.interfaces ?? [];
    const { count: n, begins, points, areas, normals, penalty, tied } = inOneRow(parts);
    this.parts = parts;
    this.count = n;
    this.grid = problem.grid;
    this.setup = setup;
    this.firstPoint = problem.surface.areas.length;
    this.points = points;
    this.areas = areas;
    this.normals = normals;
    this.penalty = penalty;
    this.tied = tied;
    this.partOf = new Uint8Array(n);
    for (let p = 0; p < parts.length; p++) this.partOf.fill(p, begins[p]!, begins[p + 1]!);
    this.hosts = parts.map((part) => hostCells(problem.grid, setup.indexOf, part.second.layers));
    this.multiplier = new Float64Array(3 * n);
    this.X = this.points.slice();
    this.cell = new Int32Array(3 * n);
    this.place = new Float64Array(3 * n);
    this.inverse = new Float64Array(9 * n);
    this.gap = new Float64Array(n);
    this.m = new Float64Array(3 * n);
    this.pressure = new Float64Array(n);
    this.pull = new Float64Array(3 * n);
    this.candidates = new Int32Array(n);
    this.moved = new Float64Array(3 * n);
    this.list = new Int32Array(2 * n);
    this.forces = new Float64Array(6 * n);
    this.others = new Int32Array(n);
    this.linearised = new Uint8Array(n);
    this.group = new Int32Array(n);
    const numbers = new Map<number, number>();
    for (let s = 0; s < n; s++) {
      const o = 3 * (this.firstPoint + s);
      const c = cellIndex(problem.grid, setup.pointCell[o]!, setup.pointCell[o + 1]!, setup.pointCell[o + 2]!);
      // one multiplier cannot serve two sides of an edge
      const key = 6 * (256 * c + this.partOf[s]!) + sideOf(this.normals, s);
      const known = numbers.get(key);
      this.group[s] = known ?? numbers.size;
      if (known === undefined) numbers.set(key, numbers.size);
    }
    this.groups = numbers.size;
    this.sum = new Float64Array(this.groups);
    this.area = new Float64Array(this.groups);
  }

  /** Chooses the points that can come into contact in a step; call at its start. */
  updateCandidates(engine: Engine): void {
    const all = this.list.subarray(0, this.count);
    for (let s = 0; s < this.count; s++) all[s] = this.firstPoint + s;
    engine.displacementOf(all, this.count, this.moved);
    this.candidateCount = 0;
    for (let s = 0; s < this.count; s++) {
      this.pressure[s] = 0;
      if (this.tied[s] === 0) {
        this.find(engine, s, 3 * s);
        if (this.multiplier[3 * s] === 0 && this.gap[s]! > REACH * this.grid.spacing) continue;
      }
      this.candidates[this.candidateCount++] = s;
    }
  }

  /** Contact energy where the bodies are in the engine's last energy, kPa·mm³; adds its gradient to the engine's. */
  evaluate(engine: Engine): number {
    const { candidates, candidateCount: count, list, firstPoint, moved, forces, areas, multiplier, penalty } = this;
    for (let k = 0; k < count; k++) list[k] = firstPoint + candidates[k]!;
    engine.displacementOf(list, count, moved);
    let energy = 0;
    let acting = 0;
    let second = 0;
    for (let k = 0; k < count; k++) {
      const s = candidates[k]!;
      const A = areas[s]!;
      const eps = this.stiffer * penalty[s]!;
      if (this.tied[s] === 1) energy += A * this.pullTie(engine, s, 3 * k, eps);
      else {
        this.find(engine, s, 3 * k);
        const lambda = multiplier[3 * s]!;
        const pr = lambda - eps * this.gap[s]!;
        // what may not part is let go where it has slipped off the other body
        const { separation } = this.parts[this.partOf[s]!]!;
        const holds = !separation && this.gap[s]! < OFF * this.grid.spacing;
        const acts = pr > 0 || holds;
        this.pressure[s] = acts ? pr : 0;
        energy += (A * ((acts ? pr * pr : 0) - lambda * lambda)) / (2 * eps);
        // a point that is about to touch is linearised too
        if (!acts && pr < -eps * CLOSE * this.grid.spacing) {
          this.m.fill(0, 3 * s, 3 * s + 3);
          continue;
        }
        this.turnNormal(s);
        if (!acts) continue;
        for (let c = 0; c < 3; c++) this.pull[3 * s + c] = -pr * this.m[3 * s + c]!;
      }
      const { cell, place } = this;
      const o = 3 * s;
      list[acting] = firstPoint + s;
      for (let c = 0; c < 3; c++) forces[3 * acting + c] = A * this.pull[3 * s + c]!;
      acting++;
      // the second body feels the opposite
      engine.placePoint(
        firstPoint + this.count + s,
        cell[o]!,
        cell[o + 1]!,
        cell[o + 2]!,
        place[o]!,
        place[o + 1]!,
        place[o + 2]!,
      );
      this.others[second++] = s;
    }
    for (let k = 0; k < second; k++) {
      const s = this.others[k]!;
      list[acting + k] = firstPoint + this.count + s;
      for (let c = 0; c < 3; c++) forces[3 * (acting + k) + c] = -areas[s]! * this.pull[3 * s + c]!;
    }
    engine.addForces(list, acting + second, forces);
    return energy;
  }

  /** Finds the place of the second body where a point is now; its displacement begins at `o` of `moved`. */
  private find(engine: Engine, s: number, o: number): void {
    const { X, points, moved, grid } = this;
    const part = this.parts[this.partOf[s]!]!;
    const h = grid.spacing;
    const x0 = points[3 * s]! + moved[o]!;
    const x1 = points[3 * s + 1]! + moved[o + 1]!;
    const x2 = points[3 * s + 2]! + moved[o + 2]!;
    let [X0, X1, X2] = [X[3 * s]!, X[3 * s + 1]!, X[3 * s + 2]!];
    for (let tries = 0; tries < 16; tries++) {
      this.sample(engine, s, X0, X1, X2);
      const r0 = x0 - X0 - U[0]!;
      const r1 = x1 - X1 - U[1]!;
      const r2 = x2 - X2 - U[2]!;
      invert(s, this.inverse);
      const I = this.inverse;
      const b = 9 * s;
      let d0 = I[b]! * r0 + I[b + 1]! * r1 + I[b + 2]! * r2;
      let d1 = I[b + 3]! * r0 + I[b + 4]! * r1 + I[b + 5]! * r2;
      let d2 = I[b + 6]! * r0 + I[b + 7]! * r1 + I[b + 8]! * r2;
      const length = Math.sqrt(d0 * d0 + d1 * d1 + d2 * d2);
      // cells have different gradients: no step is longer than a cell, and later ones are shorter
      const longest = tries < 6 ? h : 0.3 * h;
      if (length > longest) {
        d0 *= longest / length;
        d1 *= longest / length;
        d2 *= longest / length;
      }
      X0 += d0;
      X1 += d1;
      X2 += d2;
      if (length < FOUND * h) break;
    }
    X[3 * s] = X0;
    X[3 * s + 1] = X1;
    X[3 * s + 2] = X2;
    this.gap[s] = part.distance(X0, X1, X2);
  }

  /** Displacement U and gradient F of the second body at a place X; keeps the cell and the place in it. */
  private sample(engine: Engine, s: number, X0: number, X1: number, X2: number): void {
    const p = this.partOf[s]!;
    const { second } = this.parts[p]!;
    const goesOn = hostPlace(this.grid, this.hosts[p]!, second, X0, X1, X2, this.cell, this.place, 3 * s);
    const h = this.grid.spacing;
    const [i, j, k] = [this.cell[3 * s]!, this.cell[3 * s + 1]!, this.cell[3 * s + 2]!];
    const [a, b, c] = [this.place[3 * s]!, this.place[3 * s + 1]!, this.place[3 * s + 2]!];
    engine.cornersOf(i, j, k, CORNERS);
    const [ga, gb, gc] = [goesOn & 1 ? 1 / h : 0, goesOn & 2 ? 1 / h : 0, goesOn & 4 ? 1 / h : 0];
    for (let d = 0; d < 3; d++) {
      const v = CORNERS;
      const v00 = v[d]! + a * (v[d + 3]! - v[d]!);
      const v10 = v[d + 6]! + a * (v[d + 9]! - v[d + 6]!);
      const v01 = v[d + 12]! + a * (v[d + 15]! - v[d + 12]!);
      const v11 = v[d + 18]! + a * (v[d + 21]! - v[d + 18]!);
      const low = v00 + b * (v10 - v00);
      const high = v01 + b * (v11 - v01);
      U[d] = low + c * (high - low);
      const e0 = v[d + 3]! - v[d]! + b * (v[d + 9]! - v[d + 6]! - v[d + 3]! + v[d]!);
      const e1 = v[d + 15]! - v[d + 12]! + b * (v[d + 21]! - v[d + 18]! - v[d + 15]! + v[d + 12]!);
      F[3 * d] = ga * (e0 + c * (e1 - e0));
      F[3 * d + 1] = gb * (v10 - v00 + c * (v11 - v01 - v10 + v00));
      F[3 * d + 2] = gc * (high - low);
      F[4 * d] = F[4 * d]! + 1;
    }
  }

  /** m = F₂⁻ᵀ ∇φ at the place of a point. */
  private turnNormal(s: number): void {
    const { X, m, inverse: I } = this;
    slopeOf(this.parts[this.partOf[s]!]!, X[3 * s]!, X[3 * s + 1]!, X[3 * s + 2]!, SLOPE);
    const [x, y, z] = [SLOPE[0]!, SLOPE[1]!, SLOPE[2]!];
    for (let c = 0; c < 3; c++) m[3 * s + c] = I[9 * s + c]! * x + I[9 * s + 3 + c]! * y + I[9 * s + 6 + c]! * z;
  }

  /** A tie pulls both bodies' displacements of one place together: t = λ + ε (u₁ − u₂). @returns its energy per area, kPa·mm */
  private pullTie(engine: Engine, s: number, o: number, eps: number): number {
    const { points, pull, multiplier, moved } = this;
    this.sample(engine, s, points[3 * s]!, points[3 * s + 1]!, points[3 * s + 2]!);
    let energy = 0;
    for (let c = 0; c < 3; c++) {
      const t = multiplier[3 * s + c]! + eps * (moved[o + c]! - U[c]!);
      pull[3 * s + c] = t;
      energy += (t * t - multiplier[3 * s + c]! ** 2) / (2 * eps);
    }
    return energy;
  }

  /** Whether a point acts now. */
  private acts(s: number): boolean {
    return this.tied[s] === 1 || this.pressure[s] !== 0;
  }

  /** Points that act now, and how many have begun or ceased to since contact was last frozen. */
  get acting(): number {
    let n = 0;
    for (let k = 0; k < this.candidateCount; k++) if (this.acts(this.candidates[k]!)) n++;
    return n;
  }
  get changes(): number {
    let n = 0;
    for (let k = 0; k < this.candidateCount; k++) {
      const s = this.candidates[k]!;
      if (this.acts(s) !== (this.linearised[s] === 1)) n++;
    }
    return n;
  }

  /** What touches now as springs between the bodies: what the preconditioner uses until it is frozen again. */
  linearise(): Springs {
    const { candidates, candidateCount, m, areas } = this;
    const taken = candidates
      .subarray(0, candidateCount)
      .filter((s) => this.tied[s] === 1 || m[3 * s] !== 0 || m[3 * s + 1] !== 0 || m[3 * s + 2] !== 0);
    this.linearised.fill(0);
    const count = taken.length;
    const cell = new Int32Array(6 * count);
    const place = new Float64Array(6 * count);
    const stiffness = new Float64Array(6 * count);
    taken.forEach((s, k) => {
      if (this.acts(s)) this.linearised[s] = 1;
      const first = 3 * (this.firstPoint + s);
      cell.set(this.setup.pointCell.subarray(first, first + 3), 6 * k);
      place.set(this.setup.pointPlace.subarray(first, first + 3), 6 * k);
      cell.set(this.cell.subarray(3 * s, 3 * s + 3), 6 * k + 3);
      place.set(this.place.subarray(3 * s, 3 * s + 3), 6 * k + 3);
      const K = areas[s]! * this.stiffer * this.penalty[s]!;
      const [x, y, z] = [m[3 * s]!, m[3 * s + 1]!, m[3 * s + 2]!];
      stiffness.set(
        this.tied[s] === 1 ? [K, K, K, 0, 0, 0] : [K * x * x, K * y * y, K * z * z, K * x * y, K * x * z, K * y * z],
        6 * k,
      );
    });
    return { count, cell, place, stiffness };
  }

  /** For every candidate and component of its multiplier what the next update would add: the mean over its group. */
  private eachRise(visit: (s: number, c: number, rise: number) => void): void {
    for (const tied of [0, 1] as const)
      for (let c = 0; c < (tied === 1 ? 3 : 1); c++) {
        this.rises(c, tied);
        for (let k = 0; k < this.candidateCount; k++) {
          const s = this.candidates[k]!;
          if (this.tied[s] === tied) visit(s, c, this.sum[this.group[s]!]!);
        }
      }
  }

  /** Means of what the next multipliers would be less what they are, over groups, into `sum`: component c. */
  private rises(c: number, tied: 0 | 1): void {
    const { sum, area, group, areas, multiplier } = this;
    sum.fill(0);
    area.fill(0);
    for (let k = 0; k < this.candidateCount; k++) {
      const s = this.candidates[k]!;
      if (this.tied[s] !== tied) continue;
      const g = group[s]!;
      const next = tied === 1 ? this.pull[3 * s + c]! : this.pressure[s]!;
      sum[g] = sum[g]! + areas[s]! * (next - multiplier[3 * s + c]!);
      area[g] = area[g]! + areas[s]!;
    }
    for (let g = 0; g < this.groups; g++) if (area[g]! > 0) sum[g] = sum[g]! / area[g]!;
  }

  /** How far contact is from being settled, mm: the largest change of a multiplier that its next update would bring, over the penalty. */
  penetration(): number {
    let most = 0;
    this.eachRise((s, _, rise) => {
      most = Math.max(most, Math.abs(rise) / (this.stiffer * this.penalty[s]!));
    });
    return most;
  }

  /** A step begins: the penalty is what it was made for. */
  begin(): void {
    this.stiffer = 1;
    this.last = Number.POSITIVE_INFINITY;
  }

  /**
   * Augmented-Lagrangian update of the multipliers, as the mean over the points of each cell. Where it has come no nearer to being settled within
   * `tolerance`, mm, than half of the way since the last one, the penalty is doubled: bodies have stiffened.
   * @returns whether it was
   */
  updateMultipliers(tolerance: number): boolean {
    const now = this.penetration();
    const slow = now > tolerance && now > 0.5 * this.last && this.stiffer < STIFFEST;
    this.last = now;
    this.eachRise((s, c, rise) => {
      this.multiplier[3 * s + c] = this.multiplier[3 * s + c]! + rise;
    });
    if (slow) this.stiffer *= 2;
    return slow;
  }

  /** Multipliers ← to + r (to − from). */
  extrapolate(from: Float64Array, to: Float64Array, r: number): void {
    const { multiplier } = this;
    for (let s = 0; s < this.count; s++)
      for (let c = 0; c < 3; c++) {
        const next = to[3 * s + c]! + r * (to[3 * s + c]! - from[3 * s + c]!);
        const presses = this.tied[s] === 0 && this.parts[this.partOf[s]!]!.separation;
        multiplier[3 * s + c] = presses ? Math.max(0, next) : next;
      }
  }

  /** Force of the second body on the first through an interface at the last evaluation, N. */
  force(part: number): Vec3 {
    const f: [number, number, number] = [0, 0, 0];
    for (let k = 0; k < this.candidateCount; k++) {
      const s = this.candidates[k]!;
      if (this.partOf[s] !== part || !this.acts(s)) continue;
      for (let c = 0; c < 3; c++) f[c] = f[c]! - 1e-3 * this.areas[s]! * this.pull[3 * s + c]!;
    }
    return f;
  }

  /**
   * How far the bodies of an interface have moved against each other where they touched at rest, at the engine's last energy: the longest part of
   * u₁ − u₂ along the interface as it was at rest, and the largest across it (0 where nowhere apart), mm.
   */
  jump(engine: Engine, part: number): { slip: number; opening: number } {
    const { points, moved, count, list, firstPoint } = this;
    const { distance } = this.parts[part]!;
    for (let s = 0; s < count; s++) list[s] = firstPoint + s;
    engine.displacementOf(list, count, moved);
    let jump = { slip: 0, opening: 0 };
    for (let s = 0; s < count; s++) {
      const [x, y, z] = at3(points, s);
      if (this.partOf[s] !== part || distance(x, y, z) > TOUCH * this.grid.spacing) continue;
      this.sample(engine, s, x, y, z);
      jump = widest(jump, at3(this.normals, s), minus(at3(moved, s), at3(U, 0)));
    }
    return jump;
  }

  /** Keeps everything that belongs to the way here. @returns goes back to it */
  remember(): () => void {
    const { stiffer } = this;
    const [multiplier, X] = [this.multiplier.slice(), this.X.slice()];
    return () => {
      this.multiplier.set(multiplier);
      this.X.set(X);
      this.stiffer = stiffer;
    };
  }
}

/** I (9 numbers from 9 s) ← F⁻¹. */
function invert(s: number, I: Float64Array): void {
  const [a, b, c] = [F[0]!, F[1]!, F[2]!];
  const [d, e, f] = [F[3]!, F[4]!, F[5]!];
  const [g, h, i] = [F[6]!, F[7]!, F[8]!];
  const A = e * i - f * h;
  const B = f * g - d * i;
  const C = d * h - e * g;
  let det = a * A + b * B + c * C;
  // a cell that is turned inside out on the way has no place to offer: a small step in some direction
  if (Math.abs(det) < 1e-3) det = det < 0 ? -1e-3 : 1e-3;
  const o = 9 * s;
  I[o] = A / det;
  I[o + 1] = (c * h - b * i) / det;
  I[o + 2] = (b * f - c * e) / det;
  I[o + 3] = B / det;
  I[o + 4] = (a * i - c * g) / det;
  I[o + 5] = (c * d - a * f) / det;
  I[o + 6] = C / det;
  I[o + 7] = (b * g - a * h) / det;
  I[o + 8] = (a * e - b * d) / det;
}

/** Points within so many cells of the other body at the start of a step are looked at. */
const REACH = 6;
/** The penalty is at most so many times what it was made. */
const STIFFEST = 32;
/** A point that may not part and is so far from the other body, in cells, has slipped off it. */
const OFF = 0.5;
/** A point that is so near to touching, in cells, is part of the preconditioner. */
const CLOSE = 1e-3;
/** A place is found when it moves by less than this, in cells: the movement is Newton's, so what is left is of the order of its square. */
const FOUND = 1e-6;

/** Of the point in hand: corners of its cell, displacement, deformation gradient. */
const CORNERS = new Float64Array(24);
const U = new Float64Array(3);
const F = new Float64Array(9);
const SLOPE = new Float64Array(3);
