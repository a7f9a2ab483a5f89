import type { Vec3 } from '../base/grid.ts';
import { BroadPhase } from './broad-phase.ts';
import type { LinearisedContact } from './engine.ts';
import { Friction, type FrictionMemory } from './friction.ts';
import type { RigidBody } from './problem.ts';
import { RigidDistance } from './rigid-distance.ts';

/**
 * Unilateral contact of surface points with rigid signed distances, by an augmented Lagrangian:
 * Φ = Σ A/(2ε) (max(0, λ - ε g)² - λ²) with gap g, reference area A, multiplier λ ≥ 0 and a soft penalty ε.
 * The pressure p = max(0, λ - ε g) acts along the gradient of the distance. Points that share multipliers have a penalty that grows with
 * the penetration beside it (SUNK).
 *
 * The distance to several bodies is rigid-distance.ts, which points need not be asked for it broad-phase.ts, friction friction.ts.
 *
 * It knows points only: how they move with the grid, and where their forces go, is the engine's.
 */
export interface ContactPoints {
  readonly count: number;
  /** Reference position, mm (n×3). */
  readonly points: Float64Array;
  /** Reference area, mm² (n). */
  readonly areas: Float64Array;
  /** Multiplier per reference area, kPa (n). */
  readonly contactMultiplier: Float64Array;
  /** Group of each point (n), 0 … groups-1: the points of one face share their multiplier. */
  readonly group: Int32Array;
  readonly groups: number;
}

/** Displacement (3 per point) of the first `count` points of a list, into out. */
export type Move = (points: Int32Array, count: number, out: Float64Array) => void;

/** What contact remembers of the way here: multipliers, penalty, and where friction holds the points. */
export interface ContactMemory {
  readonly contactMultiplier: Float64Array;
  readonly epsilon: number;
  readonly friction: FrictionMemory | undefined;
}

/**
 * Where points share a multiplier the ones under a tip that is narrower than their cell carry its load by the penalty alone, and sink in as far as
 * that is soft: through a tip, if it is thin. So from this penetration on, mm, the penalty grows: by itself within half the other, mm.
 */
const SUNK = 0.5;
const STIFFENS = 0.05;

/** A point is looked at when it is nearer than this to a rigid body at the start of a step, mm. */
const REACH = 45;

export class Contact {
  readonly at: ContactPoints;
  /** Penalty ε, kPa/mm; the solver raises it where a soft one settles too slowly. */
  epsilon: number;
  private readonly distance: RigidDistance;
  private readonly broad: BroadPhase;
  private readonly friction: Friction | undefined;
  private direction: Vec3;
  /** Points worth looking at in this step, and where they have moved. */
  private readonly candidates: Int32Array;
  private candidateCount = 0;
  private readonly moved: Float64Array;
  /** Of the last evaluation: points that press, with the force on each, and their normals, pressures and bodies. */
  readonly pressing: Int32Array;
  private pressingCount = 0;
  readonly forces: Float64Array;
  readonly pressure: Float64Array;
  /** Their stiffness along the normal per area, kPa/mm. */
  private readonly stiffness: Float64Array;
  /** Whether the penalty grows where points sink in; the search says so, where points share multipliers and a tip is thin. */
  stiffens: boolean;
  private deepest = 0;
  private readonly normal: Float64Array;
  private readonly body: Uint8Array;
  /** In the crease between two bodies: the other one, and the share of the nearest. */
  private readonly other: Uint8Array;
  private readonly share: Float64Array;
  /** Which points pressed when contact was last frozen. */
  private readonly linearised: Uint8Array;
  private linearisedCount = 0;
  /** Sums over groups. */
  private readonly area: Float64Array;
  private readonly mean: Float64Array;

  constructor(
    at: ContactPoints,
    bodies: readonly RigidBody[],
    direction: Vec3,
    epsilon: number,
    friction = 0,
    fillet = 0,
  ) {
    this.at = at;
    this.distance = new RigidDistance(bodies, fillet);
    this.broad = new BroadPhase(at.count, bodies);
    this.direction = direction;
    this.epsilon = epsilon;
    this.pressing = new Int32Array(at.count);
    this.candidates = new Int32Array(at.count);
    this.moved = new Float64Array(3 * at.count);
    this.forces = new Float64Array(3 * at.count);
    this.pressure = new Float64Array(at.count);
    this.stiffness = new Float64Array(at.count);
    this.stiffens = false;
    this.normal = new Float64Array(3 * at.count);
    this.body = new Uint8Array(at.count);
    this.other = new Uint8Array(at.count);
    this.share = new Float64Array(at.count).fill(1);
    this.linearised = new Uint8Array(at.count);
    this.area = new Float64Array(at.groups);
    this.mean = new Float64Array(at.groups);
    this.friction = friction > 0 ? new Friction(at, friction, this.pressure, this.normal) : undefined;
  }

  /**
   * Other rigid bodies take the place of those there were. `moved`: how far they lie from them, mm, where they are the same ones: friction
   * then holds as before, from anchors that have moved along. Without it friction begins anew.
   */
  replaceBodies(bodies: readonly RigidBody[], direction: Vec3, moved?: Vec3): void {
    this.distance.bodies = bodies;
    this.direction = direction;
    this.broad.replaceBodies(bodies, moved);
    if (moved === undefined) this.friction?.release();
    else this.friction?.moveAnchors(moved);
  }

  /** Chooses the points that can come into contact in a step; call at its start. */
  updateCandidates(move: Move, depth: number): void {
    const { points, contactMultiplier, count } = this.at;
    const all = Int32Array.from({ length: count }, (_, s) => s);
    const u = this.moved;
    move(all, count, u);
    this.candidateCount = 0;
    for (let s = 0; s < count; s++) {
      const x = points[3 * s]! + u[3 * s]!;
      const y = points[3 * s + 1]! + u[3 * s + 1]!;
      const z = points[3 * s + 2]! + u[3 * s + 2]!;
      let near = contactMultiplier[s]! > 0;
      if (near || !this.broad.isProvablyApart(s, x, y, z, depth, REACH)) {
        const g = this.distance.at(x, y, z, depth);
        this.broad.cacheDistance(s, x, y, z, g, depth);
        near ||= g < REACH;
      }
      if (near) this.candidates[this.candidateCount++] = s;
      else this.pressure[s] = 0;
    }
  }

  /** Contact energy (kPa·mm³) where the points have moved to; the forces on the body, as a gradient, are in `forces`. */
  evaluate(move: Move, depth: number): number {
    const { points, areas, contactMultiplier } = this.at;
    const { epsilon: eps, moved: u, distance, friction } = this;
    const [dx, dy, dz] = this.direction;
    move(this.candidates, this.candidateCount, u);
    let energy = 0;
    this.pressingCount = 0;
    this.deepest = 0;
    for (let k = 0; k < this.candidateCount; k++) {
      const s = this.candidates[k]!;
      const x = points[3 * s]! + u[3 * k]!;
      const y = points[3 * s + 1]! + u[3 * k + 1]!;
      const z = points[3 * s + 2]! + u[3 * k + 2]!;
      const multiplier = contactMultiplier[s]!;
      if (multiplier === 0 && this.broad.isProvablyApart(s, x, y, z, depth, 0)) {
        this.pressure[s] = 0;
        continue;
      }
      const g = distance.at(x, y, z, depth);
      this.broad.cacheDistance(s, x, y, z, g, depth);
      this.body[s] = distance.first;
      this.other[s] = distance.second;
      this.share[s] = distance.firstShare;
      const pr = multiplier - eps * g;
      friction?.put(s, x - depth * dx, y - depth * dy, z - depth * dz);
      const rubbing = friction?.acts(s) === true ? friction : undefined;
      if (pr <= 0) {
        this.pressure[s] = 0;
        energy -= (areas[s]! * multiplier * multiplier) / (2 * eps);
        if (rubbing !== undefined) {
          const press = this.pressingCount++;
          this.pressing[press] = s;
          this.forces.fill(0, 3 * press, 3 * press + 3);
          energy += rubbing.addForce(s, this.forces, 3 * press);
        }
        continue;
      }
      energy += (areas[s]! * (pr * pr - multiplier * multiplier)) / (2 * eps);
      let pressure = pr;
      this.stiffness[s] = eps;
      if (-g > this.deepest) this.deepest = -g;
      if (this.stiffens && -g > SUNK) {
        const more = -g - SUNK;
        pressure += (eps * more * more) / STIFFENS;
        energy += (areas[s]! * eps * more * more * more) / (3 * STIFFENS);
        this.stiffness[s] = eps * (1 + (2 * more) / STIFFENS);
      }
      this.pressure[s] = pressure;
      const press = this.pressingCount++;
      this.pressing[press] = s;
      // normal by central differences of the distance: 1e-3 mm is far above rounding and far below any tool's radius
      const e = 1e-3;
      const nx = this.slope(s, x + e, y, z, x - e, y, z, depth) / (2 * e);
      const ny = this.slope(s, x, y + e, z, x, y - e, z, depth) / (2 * e);
      const nz = this.slope(s, x, y, z + e, x, y, z - e, depth) / (2 * e);
      this.normal[3 * s] = nx;
      this.normal[3 * s + 1] = ny;
      this.normal[3 * s + 2] = nz;
      const f = -pressure * areas[s]!;
      this.forces[3 * press] = f * nx;
      this.forces[3 * press + 1] = f * ny;
      this.forces[3 * press + 2] = f * nz;
      if (rubbing !== undefined) energy += rubbing.addForce(s, this.forces, 3 * press);
    }
    return energy;
  }

  /** Difference of the distance at two places near a point whose bodies are known. */
  private slope(s: number, x: number, y: number, z: number, X: number, Y: number, Z: number, depth: number): number {
    const share = this.share[s]!;
    const B = this.distance.bodies[this.body[s]!]!;
    const first = B.distance(x, y, z, depth) - B.distance(X, Y, Z, depth);
    if (share === 1) return first;
    const C = this.distance.bodies[this.other[s]!]!;
    return share * first + (1 - share) * (C.distance(x, y, z, depth) - C.distance(X, Y, Z, depth));
  }

  /** Share of a point's pressure that comes from a body, at the last evaluation. */
  shareOf(s: number, body: number): number {
    if (this.body[s] === body) return this.share[s]!;
    return this.other[s] === body ? 1 - this.share[s]! : 0;
  }

  /** An equilibrium is reached: friction's anchors follow where points have slid. */
  commitFriction(): void {
    this.friction?.commit();
  }

  /** A copy of everything that belongs to the way here. */
  remember(): ContactMemory {
    const { at, epsilon, friction } = this;
    return { contactMultiplier: at.contactMultiplier.slice(), epsilon, friction: friction?.remember() };
  }

  /** Goes back to such a copy. */
  recall(memory: ContactMemory): void {
    this.at.contactMultiplier.set(memory.contactMultiplier);
    this.epsilon = memory.epsilon;
    if (memory.friction !== undefined) this.friction?.recall(memory.friction);
  }

  /** Force of one body on the surface along the push at the last evaluation, kPa·mm². */
  force(body: number): number {
    const [dx, dy, dz] = this.direction;
    let f = 0;
    for (let k = 0; k < this.pressingCount; k++) {
      const share = this.shareOf(this.pressing[k]!, body);
      if (share > 0)
        f -= share * (this.forces[3 * k]! * dx + this.forces[3 * k + 1]! * dy + this.forces[3 * k + 2]! * dz);
    }
    return f;
  }

  /**
   * How far contact is from being settled at the last evaluation, mm: the largest rise of a multiplier that its next update would
   * bring, over the penalty. With a multiplier per point that is the deepest penetration. Where points share one it is the mean
   * over the points of a group, those that hang over the edge of the contact included: they keep the others a little inside.
   */
  penetration(): number {
    const { areas, group, contactMultiplier } = this.at;
    this.area.fill(0);
    this.mean.fill(0);
    for (let k = 0; k < this.candidateCount; k++) {
      const s = this.candidates[k]!;
      const g = group[s]!;
      this.area[g] = this.area[g]! + areas[s]!;
      this.mean[g] = this.mean[g]! + (this.pressure[s]! - contactMultiplier[s]!) * areas[s]!;
    }
    let most = 0;
    for (let g = 0; g < this.mean.length; g++)
      if (this.area[g]! > 0) most = Math.max(most, this.mean[g]! / this.area[g]!);
    return most / this.epsilon;
  }

  /** How far the deepest point is inside a body at the last evaluation, mm. */
  get sunk(): number {
    return this.deepest;
  }

  get pressingPoints(): number {
    return this.pressingCount;
  }

  /**
   * Augmented-Lagrangian update λ ← max(0, λ - ε g), as the mean over each group. With a group per point these are exact contact
   * conditions; but they are more than the displacements of a face can follow, and pile its load up on single points: tolerable in
   * stiff blocks, the start of slipping on soft skin under hundreds of kPa.
   */
  updateMultipliers(): void {
    const { areas, group, contactMultiplier } = this.at;
    this.area.fill(0);
    this.mean.fill(0);
    for (let s = 0; s < group.length; s++) {
      const g = group[s]!;
      this.area[g] = this.area[g]! + areas[s]!;
      this.mean[g] = this.mean[g]! + this.pressure[s]! * areas[s]!;
    }
    for (let s = 0; s < group.length; s++) contactMultiplier[s] = this.mean[group[s]!]! / this.area[group[s]!]!;
    this.friction?.activateStick(this.candidates, this.candidateCount);
  }

  /** Points that have begun or ceased to press since contact was last frozen. */
  get activeSetChanges(): number {
    let now = 0;
    let still = 0;
    for (let k = 0; k < this.pressingCount; k++) {
      const s = this.pressing[k]!;
      if (this.pressure[s] === 0) continue;
      now++;
      still += this.linearised[s]!;
    }
    return now - still + (this.linearisedCount - still);
  }

  /** The points that press now, linearised: what the preconditioner uses until it is frozen again. */
  linearise(): LinearisedContact {
    this.linearised.fill(0);
    this.linearisedCount = 0;
    for (let k = 0; k < this.pressingCount; k++) {
      const s = this.pressing[k]!;
      if (this.pressure[s] === 0) continue;
      this.linearised[s] = 1;
      this.linearisedCount++;
    }
    const points = this.pressing.slice(0, this.pressingCount);
    const stiffness = new Float64Array(6 * points.length);
    const { friction } = this;
    points.forEach((s, k) => {
      const A = this.at.areas[s]!;
      if (this.pressure[s]! > 0) this.addSpring(stiffness, 6 * k, this.normal, s, A * this.stiffness[s]!, 0);
      if (friction?.acts(s)) this.addSpring(stiffness, 6 * k, friction.normals, s, 0, A * friction.secant(s));
    });
    return { points, stiffness };
  }

  /** Adds a stiffness along the unit vector n of point s, and another one across it. */
  private addSpring(K: Float64Array, o: number, n: Float64Array, s: number, along: number, across: number): void {
    const [x, y, z] = [n[3 * s]!, n[3 * s + 1]!, n[3 * s + 2]!];
    const k = along - across;
    K[o] = K[o]! + k * x * x + across;
    K[o + 1] = K[o + 1]! + k * y * y + across;
    K[o + 2] = K[o + 2]! + k * z * z + across;
    K[o + 3] = K[o + 3]! + k * x * y;
    K[o + 4] = K[o + 4]! + k * x * z;
    K[o + 5] = K[o + 5]! + k * y * z;
  }
}
