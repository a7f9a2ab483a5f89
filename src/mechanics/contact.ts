import { norm } from '../base/elementary.ts';
import type { Vec3 } from '../base/grid.ts';
import type { LinearisedContact } from './engine.ts';
import type { RigidBody } from './problem.ts';

/**
 * Unilateral contact of surface points with rigid signed distances, by an augmented Lagrangian:
 * Φ = Σ A/(2ε) (max(0, λ - ε g)² - λ²) with gap g, reference area A, multiplier λ ≥ 0 and a soft penalty ε.
 * The pressure p = max(0, λ - ε g) acts along the gradient of the distance.
 *
 * Friction is Coulomb's with an elastic beginning: the tangential path s of a point against the body it touches, from an anchor
 * that is dragged along behind it, costs A (k s²/2) up to the cap c = f λ, and A c (s - c/2k) beyond. The cap takes the multiplier
 * for the pressure, so within a round of multipliers there is an energy to minimise; anchors move only between equilibria.
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

/** Friction while it sticks, kPa per mm of tangential path: of the order of the contact penalty. */
const STICK = 20;

/** What contact remembers of the way here: multipliers, penalty, and where friction holds the points. */
export interface ContactMemory {
  readonly contactMultiplier: Float64Array;
  readonly epsilon: number;
  readonly anchor: Float64Array;
  readonly sticking: Uint8Array;
  readonly stickNormal: Float64Array;
}

/** A point is looked at when it is nearer than this to a rigid body at the start of a step, mm. */
const REACH = 45;

/** Rounding that distances are given, mm. */
const CLEARANCE = 1e-6;

export class Contact {
  readonly at: ContactPoints;
  /** Penalty ε, kPa/mm; the solver raises it where a soft one settles too slowly. */
  epsilon: number;
  private bodies: readonly RigidBody[];
  private speed: number;
  private direction: Vec3;
  /** Points worth looking at in this step, and where they have moved. */
  private readonly candidates: Int32Array;
  private candidateCount = 0;
  private readonly moved: Float64Array;
  /** Where a point was when its distance was last taken, that distance, and the depth then (x, y, z, g, depth, mm each). */
  private readonly cachedDistance: Float64Array;
  /** Of the last evaluation: points that press, with the force on each, and their normals, pressures and bodies. */
  readonly pressing: Int32Array;
  private pressingCount = 0;
  readonly forces: Float64Array;
  readonly gap: Float64Array;
  readonly pressure: Float64Array;
  readonly normal: Float64Array;
  readonly body: Uint8Array;
  /** In the crease between two bodies: the other one, and the share of the nearest. */
  private readonly other: Uint8Array;
  private readonly share: Float64Array;
  /** Of the last distance. */
  private first = 0;
  private second = 0;
  private firstShare = 1;
  /** Width of the fillet between bodies, mm. */
  private readonly fillet: number;
  /** Which points pressed when contact was last frozen. */
  private readonly linearised: Uint8Array;
  private linearisedCount = 0;
  /** Sums over groups. */
  private readonly area: Float64Array;
  private readonly mean: Float64Array;
  /** Coefficient of friction. */
  private readonly friction: number;
  /** Which points friction holds, the places they are held at (moving with the bodies, mm), and the normals to slide across. */
  private sticking: Uint8Array;
  private anchor: Float64Array;
  private stickNormal: Float64Array;
  /** Places of the near points at the last evaluation, as seen from the bodies, mm. */
  private readonly place: Float64Array;

  constructor(
    at: ContactPoints,
    bodies: readonly RigidBody[],
    direction: Vec3,
    epsilon: number,
    friction = 0,
    fillet = 0,
  ) {
    this.at = at;
    this.friction = friction;
    this.sticking = new Uint8Array(friction > 0 ? at.count : 0);
    this.anchor = new Float64Array(friction > 0 ? 3 * at.count : 0);
    this.stickNormal = new Float64Array(friction > 0 ? 3 * at.count : 0);
    this.place = new Float64Array(friction > 0 ? 3 * at.count : 0);
    this.bodies = bodies;
    this.speed = fastest(bodies);
    this.direction = direction;
    this.epsilon = epsilon;
    this.pressing = new Int32Array(at.count);
    this.candidates = new Int32Array(at.count);
    this.moved = new Float64Array(3 * at.count);
    this.cachedDistance = new Float64Array(5 * at.count).fill(-1);
    this.forces = new Float64Array(3 * at.count);
    this.gap = new Float64Array(at.count).fill(Number.POSITIVE_INFINITY);
    this.pressure = new Float64Array(at.count);
    this.normal = new Float64Array(3 * at.count);
    this.body = new Uint8Array(at.count);
    this.other = new Uint8Array(at.count);
    this.share = new Float64Array(at.count).fill(1);
    this.fillet = fillet;
    this.linearised = new Uint8Array(at.count);
    this.area = new Float64Array(at.groups);
    this.mean = new Float64Array(at.groups);
  }

  /**
   * Other rigid bodies take the place of those there were. `moved`: how far they lie from them, mm, where they are the same ones: friction
   * then holds as before, from anchors that have moved along. Without it friction begins anew.
   */
  replaceBodies(bodies: readonly RigidBody[], direction: Vec3, moved?: Vec3): void {
    this.bodies = bodies;
    this.speed = fastest(bodies);
    this.direction = direction;
    if (moved === undefined) {
      this.cachedDistance.fill(-1);
      this.sticking.fill(0);
      return;
    }
    const away = norm(moved);
    for (let s = 0; s < this.at.count; s++) this.cachedDistance[5 * s + 3] = this.cachedDistance[5 * s + 3]! - away;
    for (let i = 0; i < this.anchor.length; i++) this.anchor[i] = this.anchor[i]! + moved[i % 3]!;
  }

  /**
   * Distance to the bodies; leaves the nearest one and the next in `first` and `second`. Where both are about as near, their crease is
   * filled out by the quadratic smooth minimum: in a sharp one a point is pressed from two sides, which one pressure cannot do.
   */
  private gapAt(x: number, y: number, z: number, depth: number): number {
    let g = Number.POSITIVE_INFINITY;
    let next = Number.POSITIVE_INFINITY;
    for (let k = 0; k < this.bodies.length; k++) {
      const d = this.bodies[k]!.distance(x, y, z, depth);
      if (d < g) {
        next = g;
        this.second = this.first;
        g = d;
        this.first = k;
      } else if (d < next) {
        next = d;
        this.second = k;
      }
    }
    const overlap = this.fillet - (next - g);
    if (!(overlap > 0)) {
      this.firstShare = 1;
      return g;
    }
    this.firstShare = 1 - overlap / (2 * this.fillet);
    return g - (overlap * overlap) / (4 * this.fillet);
  }

  private cacheDistance(s: number, x: number, y: number, z: number, g: number, depth: number): void {
    const { cachedDistance } = this;
    cachedDistance[5 * s] = x;
    cachedDistance[5 * s + 1] = y;
    cachedDistance[5 * s + 2] = z;
    cachedDistance[5 * s + 3] = g;
    cachedDistance[5 * s + 4] = depth;
  }

  /** Whether a point cannot be within `reach` of a body since it was last looked at: distances change no faster than points and bodies move. */
  private isProvablyApart(s: number, x: number, y: number, z: number, depth: number, reach: number): boolean {
    const { cachedDistance } = this;
    const g =
      cachedDistance[5 * s + 3]! - this.speed * Math.abs(depth - cachedDistance[5 * s + 4]!) - CLEARANCE - reach;
    if (!(g > 0)) return false;
    const dx = x - cachedDistance[5 * s]!;
    const dy = y - cachedDistance[5 * s + 1]!;
    const dz = z - cachedDistance[5 * s + 2]!;
    return dx * dx + dy * dy + dz * dz < g * g;
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
      if (near || !this.isProvablyApart(s, x, y, z, depth, REACH)) {
        const g = this.gapAt(x, y, z, depth);
        this.cacheDistance(s, x, y, z, g, depth);
        near ||= g < REACH;
      }
      if (near) this.candidates[this.candidateCount++] = s;
      else {
        this.gap[s] = Number.POSITIVE_INFINITY;
        this.pressure[s] = 0;
      }
    }
  }

  /** Contact energy (kPa·mm³) where the points have moved to; the forces on the body, as a gradient, are in `forces`. */
  evaluate(move: Move, depth: number): number {
    const { points, areas, contactMultiplier } = this.at;
    const eps = this.epsilon;
    const u = this.moved;
    const [dx, dy, dz] = this.direction;
    move(this.candidates, this.candidateCount, u);
    let energy = 0;
    this.pressingCount = 0;
    for (let k = 0; k < this.candidateCount; k++) {
      const s = this.candidates[k]!;
      const x = points[3 * s]! + u[3 * k]!;
      const y = points[3 * s + 1]! + u[3 * k + 1]!;
      const z = points[3 * s + 2]! + u[3 * k + 2]!;
      const multiplier = contactMultiplier[s]!;
      if (multiplier === 0 && this.isProvablyApart(s, x, y, z, depth, 0)) {
        this.pressure[s] = 0;
        continue;
      }
      const g = this.gapAt(x, y, z, depth);
      this.cacheDistance(s, x, y, z, g, depth);
      this.gap[s] = g;
      this.body[s] = this.first;
      this.other[s] = this.second;
      this.share[s] = this.firstShare;
      const pr = multiplier - eps * g;
      let rubbed = false;
      if (this.friction > 0) {
        this.place[3 * s] = x - depth * dx;
        this.place[3 * s + 1] = y - depth * dy;
        this.place[3 * s + 2] = z - depth * dz;
        rubbed = this.sticking[s] === 1 && multiplier > 0;
      }
      if (pr <= 0) {
        this.pressure[s] = 0;
        energy -= (areas[s]! * multiplier * multiplier) / (2 * eps);
        if (rubbed) {
          const press = this.pressingCount++;
          this.pressing[press] = s;
          this.forces.fill(0, 3 * press, 3 * press + 3);
          energy += this.frictionEnergy(s, press);
        }
        continue;
      }
      energy += (areas[s]! * (pr * pr - multiplier * multiplier)) / (2 * eps);
      this.pressure[s] = pr;
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
      const f = -pr * areas[s]!;
      this.forces[3 * press] = f * nx;
      this.forces[3 * press + 1] = f * ny;
      this.forces[3 * press + 2] = f * nz;
      if (rubbed) energy += this.frictionEnergy(s, press);
    }
    return energy;
  }

  /** Difference of the distance at two places near a point whose bodies are known. */
  private slope(s: number, x: number, y: number, z: number, X: number, Y: number, Z: number, depth: number): number {
    const share = this.share[s]!;
    const B = this.bodies[this.body[s]!]!;
    const first = B.distance(x, y, z, depth) - B.distance(X, Y, Z, depth);
    if (share === 1) return first;
    const C = this.bodies[this.other[s]!]!;
    return share * first + (1 - share) * (C.distance(x, y, z, depth) - C.distance(X, Y, Z, depth));
  }

  /** Share of a point's pressure that comes from a body, at the last evaluation. */
  shareOf(s: number, body: number): number {
    if (this.body[s] === body) return this.share[s]!;
    return this.other[s] === body ? 1 - this.share[s]! : 0;
  }

  /** Tangential path of a sticking point from its anchor, into out; returns its length, mm. */
  private tangentialSlip(s: number, out: Float64Array): number {
    const { place, anchor, stickNormal } = this;
    let along = 0;
    for (let c = 0; c < 3; c++) {
      out[c] = place[3 * s + c]! - anchor[3 * s + c]!;
      along += out[c]! * stickNormal[3 * s + c]!;
    }
    for (let c = 0; c < 3; c++) out[c] = out[c]! - along * stickNormal[3 * s + c]!;
    return Math.sqrt(out[0]! * out[0]! + out[1]! * out[1]! + out[2]! * out[2]!);
  }

  /** Energy of a point's friction; adds its gradient to the force of pressing point `press`. */
  private frictionEnergy(s: number, press: number): number {
    const A = this.at.areas[s]!;
    const cap = this.friction * this.at.contactMultiplier[s]!;
    const length = this.tangentialSlip(s, SLIP);
    const sticks = STICK * length <= cap;
    const pull = A * (sticks ? STICK : cap / length);
    for (let c = 0; c < 3; c++) this.forces[3 * press + c] = this.forces[3 * press + c]! + pull * SLIP[c]!;
    return sticks ? 0.5 * pull * length * length : A * cap * (length - cap / (2 * STICK));
  }

  /** Friction takes hold of the points that have begun to press; call when multipliers have changed. */
  private activateStick(): void {
    const { contactMultiplier } = this.at;
    if (this.friction === 0) return;
    for (let k = 0; k < this.candidateCount; k++) {
      const s = this.candidates[k]!;
      if (this.sticking[s] === 1 || contactMultiplier[s] === 0 || this.pressure[s] === 0) continue;
      this.sticking[s] = 1;
      for (let c = 0; c < 3; c++) {
        this.anchor[3 * s + c] = this.place[3 * s + c]!;
        this.stickNormal[3 * s + c] = this.normal[3 * s + c]!;
      }
    }
  }

  /** An equilibrium is reached: anchors follow where points have slid, and let go of those that no longer press. */
  commitFriction(): void {
    if (this.friction === 0) return;
    const { contactMultiplier } = this.at;
    for (let s = 0; s < this.sticking.length; s++) {
      if (this.sticking[s] === 0) continue;
      if (contactMultiplier[s] === 0 || this.pressure[s] === 0) {
        this.sticking[s] = 0;
        continue;
      }
      const length = this.tangentialSlip(s, SLIP);
      const kept = Math.min(1, (this.friction * contactMultiplier[s]!) / (STICK * Math.max(length, 1e-12)));
      let along = 0;
      for (let c = 0; c < 3; c++) along += SLIP[c]! * this.normal[3 * s + c]!;
      for (let c = 0; c < 3; c++) {
        this.stickNormal[3 * s + c] = this.normal[3 * s + c]!;
        this.anchor[3 * s + c] = this.place[3 * s + c]! - kept * (SLIP[c]! - along * this.normal[3 * s + c]!);
      }
    }
  }

  /** A copy of everything that belongs to the way here. */
  remember(): ContactMemory {
    const { at, epsilon, anchor, sticking, stickNormal } = this;
    return {
      contactMultiplier: at.contactMultiplier.slice(),
      epsilon,
      anchor: anchor.slice(),
      sticking: sticking.slice(),
      stickNormal: stickNormal.slice(),
    };
  }

  /** Goes back to such a copy. */
  recall(memory: ContactMemory): void {
    this.at.contactMultiplier.set(memory.contactMultiplier);
    this.epsilon = memory.epsilon;
    this.anchor.set(memory.anchor);
    this.sticking.set(memory.sticking);
    this.stickNormal.set(memory.stickNormal);
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
    this.activateStick();
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
    points.forEach((s, k) => {
      const A = this.at.areas[s]!;
      if (this.pressure[s]! > 0) this.addSpring(stiffness, 6 * k, this.normal, s, A * this.epsilon, 0);
      if (this.friction === 0 || this.sticking[s] === 0 || this.at.contactMultiplier[s] === 0) return;
      // the secant of friction, the same in both directions across
      const secant = Math.min(
        STICK,
        (this.friction * this.at.contactMultiplier[s]!) / Math.max(this.tangentialSlip(s, SLIP), 1e-12),
      );
      this.addSpring(stiffness, 6 * k, this.stickNormal, s, 0, A * secant);
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

const fastest = (bodies: readonly RigidBody[]): number => Math.max(0, ...bodies.map(({ speed }) => speed ?? 1));

/** Tangential path of the point in hand. */
const SLIP = new Float64Array(3);
