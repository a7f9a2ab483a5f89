import { log } from '../base/elementary.ts';

/** What a law says of one state, per reference volume; see docs/mechanics.md. */
export interface LawState {
  /** P = s F + p cof F, kPa. */
  s: number;
  p: number;
  /** dp/dJ, kPa. */
  dp: number;
  /** The stiffening part of the tangent is b² (D:dH) D with D = F - (2-J) cof F; b in √kPa. */
  b: number;
  /** What the volume constraint measures: J-1, or ln J. */
  v: number;
  /** Energy without that of the volume, kPa. */
  shape: number;
}

const STATE: LawState = { s: 0, p: 0, dp: 0, b: 0, v: 0, shape: 0 };

/**
 * The law at one state, for J > 0 where it is neo-Hookean.
 * @param kVol @param pressureMultiplier penalty and multiplier of the volume constraint, whose energy is (kVol v/2 + pressureMultiplier) v
 * @param j1 @param y J-1, and I₁-3-2(J-1)
 * @returns one object for all calls, good until the next
 */
export function evaluateLaw(
  kind: 'stiffening' | 'neo-hookean',
  mu: number,
  a: number,
  kVol: number,
  pressureMultiplier: number,
  j1: number,
  y: number,
): LawState {
  if (kind === 'neo-hookean') {
    const J = 1 + j1;
    const lnJ = log(J);
    STATE.s = mu;
    STATE.p = (kVol * lnJ + pressureMultiplier - mu) / J;
    STATE.dp = (kVol - kVol * lnJ - pressureMultiplier + mu) / (J * J);
    STATE.b = 0;
    STATE.v = lnJ;
    STATE.shape = 0.5 * mu * (y + 2 * (j1 - lnJ));
  } else {
    const x = y + j1 * j1;
    const ax = a * x;
    STATE.s = mu * (1 + ax);
    STATE.p = kVol * j1 + pressureMultiplier - mu - mu * ax * (1 - j1);
    STATE.dp = kVol + mu * ax;
    STATE.b = Math.sqrt(2 * mu * a);
    STATE.v = j1;
    STATE.shape = 0.5 * mu * (y + 0.5 * ax * x);
  }
  return STATE;
}
