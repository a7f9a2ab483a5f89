import { expm1 } from '../base/elementary.ts';
import type { Engine } from './engine.ts';
import type { Fibres } from './problem.ts';

/** What a fibre says of one state, per reference volume; see docs/mechanics.md. */
export interface FibreState {
  /** kPa. */
  energy: number;
  /** P = pull f ⊗ a with f = F a, kPa. */
  pull: number;
  /** Its tangent is pull 1 + stiffening f ⊗ f on df, kPa; that of one about to bear as if it did, for a preconditioner cannot know the side. */
  stiffening: number;
}

const STATE: FibreState = { energy: 0, pull: 0, stiffening: 0 };

/**
 * ψ = k₁/(2k₂) (exp(k₂ E²) − 1) for E = I₄−1 above 0 and none below (Holzapfel, Gasser, Ogden 2000, doi 10.1023/A:1010835316564), and a constant tension T
 * along the fibre, T (λ−1) with λ = √I₄, whatever its length. Beyond k₂ E² = 10, where a fibre is 20,000 times as stiff as at rest, ψ goes on as a parabola of E:
 * on its way a search meets stretches that no equilibrium has.
 * @param e I₄ − 1
 * @param taut how much longer it is at rest than where it begins to bear: the first part is that of I₄ taut²
 * @returns one object for all calls, good until the next
 */
export function evaluateFibre(k1: number, k2: number, tension: number, e: number, taut = 1): FibreState {
  STATE.energy = 0;
  STATE.pull = 0;
  STATE.stiffening = 0;
  const s = taut * taut;
  const borne = taut === 1 ? e : s * e + (s - 1);
  if (borne > 0) {
    const last = k2 * borne * borne > LONGEST ? Math.sqrt(LONGEST / k2) : borne;
    const x = k2 * last * last;
    const grown = k2 > 0 ? expm1(x) : 0;
    STATE.energy = k2 > 0 ? (k1 / (2 * k2)) * grown : 0.5 * k1 * last * last;
    STATE.pull = 2 * k1 * last * (1 + grown);
    STATE.stiffening = 4 * k1 * (1 + grown) * (1 + 2 * x);
    const beyond = borne - last;
    STATE.energy += 0.5 * beyond * (STATE.pull + 0.25 * STATE.stiffening * beyond);
    STATE.pull += 0.5 * STATE.stiffening * beyond;
  } else if (borne > -CLOSE) STATE.stiffening = 4 * k1;
  STATE.pull *= s;
  STATE.stiffening *= s * s;
  if (tension > 0) {
    const stretch = Math.sqrt(Math.max(1 + e, SHORTEST));
    STATE.energy += tension * (stretch - 1);
    STATE.pull += tension / stretch;
    STATE.stiffening -= tension / (stretch * stretch * stretch);
  }
  return STATE;
}

/** The largest exponent. */
const LONGEST = 10;
/** Slack fibres with I₄ above 1 less this are part of the preconditioner. */
const CLOSE = 0.02;

/** Least I₄ that a tension is divided by: a fibre that has shrunk to a point has no direction. */
const SHORTEST = 1e-6;

/**
 * The fibres of a problem: energy, exact gradient and tangent in points of their own, each with the derivative of the displacement along it. They hang on
 * their cells as contact points do, by weights of the eight corners, so that kernels need not know of them.
 */
export class FibreForces {
  private readonly fibres: Fibres;
  private readonly count: number;
  /** Numbers among the engine's points; of those that pull, with what they pull. */
  private readonly list: Int32Array;
  private readonly pulling: Int32Array;
  private readonly slope: Float64Array;
  private readonly forces: Float64Array;
  private readonly pull: Float64Array;
  private readonly stiffening: Float64Array;

  /** @param first number of the first fibre among the engine's points */
  constructor(fibres: Fibres, first: number) {
    const n = fibres.volumes.length;
    this.fibres = fibres;
    this.count = n;
    this.list = Int32Array.from({ length: n }, (_, s) => first + s);
    this.pulling = new Int32Array(n);
    this.slope = new Float64Array(3 * n);
    this.forces = new Float64Array(3 * n);
    this.pull = new Float64Array(n);
    this.stiffening = new Float64Array(n);
  }

  /** Energy of the fibres where the engine's last energy was taken, kPa·mm³; adds its gradient to the engine's. */
  evaluate(engine: Engine): number {
    const { count, list, pulling, slope, forces } = this;
    const { directions, volumes, family, families } = this.fibres;
    engine.displacementOf(list, count, slope);
    let energy = 0;
    let n = 0;
    for (let s = 0; s < count; s++) {
      const [w0, w1, w2] = [slope[3 * s]!, slope[3 * s + 1]!, slope[3 * s + 2]!];
      const [a0, a1, a2] = [directions[3 * s]!, directions[3 * s + 1]!, directions[3 * s + 2]!];
      const { k1, k2, tension, taut } = families[family[s]!]!;
      // I₄ − 1 out of the slope w = f − a, so that nothing cancels at small strain
      const e = 2 * (a0 * w0 + a1 * w1 + a2 * w2) + w0 * w0 + w1 * w1 + w2 * w2;
      const V = volumes[s]!;
      const state = evaluateFibre(k1, k2, tension, e, taut);
      energy += V * state.energy;
      this.pull[s] = state.pull;
      this.stiffening[s] = state.stiffening;
      if (state.pull === 0) continue;
      const f = V * state.pull;
      pulling[n] = list[s]!;
      forces[3 * n] = f * (a0 + w0);
      forces[3 * n + 1] = f * (a1 + w1);
      forces[3 * n + 2] = f * (a2 + w2);
      n++;
    }
    if (!Number.isFinite(energy)) return Number.POSITIVE_INFINITY;
    engine.addForces(pulling, n, forces);
    return energy;
  }

  /** Tangent of each fibre at the last evaluation (n×6: xx yy zz xy xz yz, against the slope), kPa·mm³: never negative. */
  linearise(): Float64Array {
    const { count, slope, pull, stiffening } = this;
    const { directions, volumes } = this.fibres;
    const out = new Float64Array(6 * count);
    for (let s = 0; s < count; s++) {
      if (stiffening[s] === 0) continue;
      const V = volumes[s]!;
      const [x, y, z] = [0, 1, 2].map((c) => directions[3 * s + c]! + slope[3 * s + c]!) as [number, number, number];
      const k = V * stiffening[s]!;
      const p = V * pull[s]!;
      out.set([p + k * x * x, p + k * y * y, p + k * z * z, k * x * y, k * x * z, k * y * z], 6 * s);
    }
    return out;
  }
}
