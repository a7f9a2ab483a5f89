import type { Vec3 } from '../base/grid.ts';
import type { ContactPoints } from './contact.ts';

/** Friction while it sticks, kPa per mm of tangential path: of the order of the contact penalty. */
const STICK = 20;

/** Which points friction holds, where, and across what. */
export interface FrictionMemory {
  readonly anchor: Float64Array;
  readonly sticking: Uint8Array;
  readonly stickNormal: Float64Array;
}

/**
 * Coulomb's friction with an elastic beginning: the tangential path s of a point against the body it touches, from an anchor
 * that is dragged along behind it, costs A (k s²/2) up to the cap c = f λ, and A c (s - c/2k) beyond. The cap takes the multiplier λ
 * for the pressure, so within a round of multipliers there is an energy to minimise; anchors move only between equilibria.
 */
export class Friction {
  private readonly at: ContactPoints;
  private readonly coefficient: number;
  /** Pressure and normal of each point at the last evaluation, which are the contact's. */
  private readonly pressure: Float64Array;
  private readonly normal: Float64Array;
  /** Which points friction holds, the places they are held at (moving with the bodies, mm), and the normals to slide across. */
  private readonly sticking: Uint8Array;
  private readonly anchor: Float64Array;
  private readonly stickNormal: Float64Array;
  /** Places of the points at the last evaluation, as seen from the bodies, mm. */
  private readonly place: Float64Array;

  constructor(at: ContactPoints, coefficient: number, pressure: Float64Array, normal: Float64Array) {
    this.at = at;
    this.coefficient = coefficient;
    this.pressure = pressure;
    this.normal = normal;
    this.sticking = new Uint8Array(at.count);
    this.anchor = new Float64Array(3 * at.count);
    this.stickNormal = new Float64Array(3 * at.count);
    this.place = new Float64Array(3 * at.count);
  }

  /** Lets go of every point. */
  release(): void {
    this.sticking.fill(0);
  }

  /** The bodies have moved by some mm without their points: anchors go with them. */
  moveAnchors(moved: Vec3): void {
    for (let i = 0; i < this.anchor.length; i++) this.anchor[i] = this.anchor[i]! + moved[i % 3]!;
  }

  /** Tells where a point is now, as seen from the bodies, mm. */
  put(s: number, x: number, y: number, z: number): void {
    this.place[3 * s] = x;
    this.place[3 * s + 1] = y;
    this.place[3 * s + 2] = z;
  }

  /** Whether friction acts on a point. */
  acts(s: number): boolean {
    return this.sticking[s] === 1 && this.at.contactMultiplier[s]! > 0;
  }

  /** Energy of a point's friction, kPa·mm³; adds its gradient to the three forces that begin at `o`. */
  addForce(s: number, forces: Float64Array, o: number): number {
    const A = this.at.areas[s]!;
    const cap = this.coefficient * this.at.contactMultiplier[s]!;
    const length = this.tangentialSlip(s, SLIP);
    const sticks = STICK * length <= cap;
    const pull = A * (sticks ? STICK : cap / length);
    for (let c = 0; c < 3; c++) forces[o + c] = forces[o + c]! + pull * SLIP[c]!;
    return sticks ? 0.5 * pull * length * length : A * cap * (length - cap / (2 * STICK));
  }

  /** Secant stiffness of a point's friction, kPa/mm: the same in both directions across its normal. */
  secant(s: number): number {
    const cap = this.coefficient * this.at.contactMultiplier[s]!;
    return Math.min(STICK, cap / Math.max(this.tangentialSlip(s, SLIP), 1e-12));
  }

  /** The normals across which points slide (n×3). */
  get normals(): Float64Array {
    return this.stickNormal;
  }

  /** Takes hold of those of the first `count` points that have begun to press; call when multipliers have changed. */
  activateStick(points: Int32Array, count: number): void {
    const { contactMultiplier } = this.at;
    for (let k = 0; k < count; k++) {
      const s = points[k]!;
      if (this.sticking[s] === 1 || contactMultiplier[s] === 0 || this.pressure[s] === 0) continue;
      this.sticking[s] = 1;
      for (let c = 0; c < 3; c++) {
        this.anchor[3 * s + c] = this.place[3 * s + c]!;
        this.stickNormal[3 * s + c] = this.normal[3 * s + c]!;
      }
    }
  }

  /** An equilibrium is reached: anchors follow where points have slid, and let go of those that no longer press. */
  commit(): void {
    const { contactMultiplier } = this.at;
    for (let s = 0; s < this.sticking.length; s++) {
      if (this.sticking[s] === 0) continue;
      if (contactMultiplier[s] === 0 || this.pressure[s] === 0) {
        this.sticking[s] = 0;
        continue;
      }
      const length = this.tangentialSlip(s, SLIP);
      const kept = Math.min(1, (this.coefficient * contactMultiplier[s]!) / (STICK * Math.max(length, 1e-12)));
      let along = 0;
      for (let c = 0; c < 3; c++) along += SLIP[c]! * this.normal[3 * s + c]!;
      for (let c = 0; c < 3; c++) {
        this.stickNormal[3 * s + c] = this.normal[3 * s + c]!;
        this.anchor[3 * s + c] = this.place[3 * s + c]! - kept * (SLIP[c]! - along * this.normal[3 * s + c]!);
      }
    }
  }

  /** A copy of what belongs to the way here. */
  remember(): FrictionMemory {
    return { anchor: this.anchor.slice(), sticking: this.sticking.slice(), stickNormal: this.stickNormal.slice() };
  }

  /** Goes back to such a copy. */
  recall(memory: FrictionMemory): void {
    this.anchor.set(memory.anchor);
    this.sticking.set(memory.sticking);
    this.stickNormal.set(memory.stickNormal);
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
}

/** Tangential path of the point in hand. */
const SLIP = new Float64Array(3);
