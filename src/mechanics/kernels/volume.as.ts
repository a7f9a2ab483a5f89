// The volume constraint: its error, and the update of its multipliers.
import { at, endPlane, firstPlane, M, RUN, word } from './level.as';
import { add, determinant, logOf, minorsOf, mul, squares, sub } from './lanes.as';
import { linearModes } from './modes.as';

/**
 * Per cell layer: Σ fill error², Σ fill, smallest J of cells at least 0.3 full, to out (3 f64 per layer). With update, also
 * kVol ← that at rest × (1+a x), at most κ, and multiplier ← held + (multiplier - held + k₀ v)(κ-kVol)/κ with the kVol k₀ before,
 * v = J-1 or ln J. extra: blocks of fill, κ × solid share, held multiplier and kVol at rest (64 bytes per block).
 */
export function volume(L: usize, neo: bool, mat: usize, extra: usize, u: usize, out: usize, update: bool, t: i32, n: i32): void {
  const nC = (<usize>word(L, 0)) << 2;
  const ny = word(L, 2);
  const h = load<f64>(L, 104);
  const grad = f32x4.splat(<f32>(1 / (4 * h)));
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  const huge = f32x4.splat(<f32>1e30);
  let end = endPlane(L, t, n);
  if (end > word(L, 3)) end = word(L, 3);
  for (let k = firstPlane(L, t, n); k < end; k++) {
    let least = huge;
    let sum = f64x2.splat(0);
    let weight = f64x2.splat(0);
    let run = at(L, 8) + <usize>(k * ny) * RUN;
    for (let j: i32 = 0; j < ny; j++, run += RUN) {
      const blocks = word(run, 1);
      let m = mat + ((<usize>word(run, 0)) << 6);
      let x = extra + <usize>word(run, 0) * 64;
      let o00 = u + ((<usize>word(run, 2)) << 2);
      let o01 = u + ((<usize>word(run, 3)) << 2);
      let o10 = u + ((<usize>word(run, 4)) << 2);
      let o11 = u + ((<usize>word(run, 5)) << 2);
      for (let i: i32 = 0; i < blocks; i++) {
        linearModes(o00, o01, o10, o11, M);
        linearModes(o00 + nC, o01 + nC, o10 + nC, o11 + nC, M + 48);
        linearModes(o00 + 2 * nC, o01 + 2 * nC, o10 + 2 * nC, o11 + 2 * nC, M + 96);
        const h00 = mul(v128.load(M), grad);
        const h01 = mul(v128.load(M, 16), grad);
        const h02 = mul(v128.load(M, 32), grad);
        const h10 = mul(v128.load(M, 48), grad);
        const h11 = mul(v128.load(M, 64), grad);
        const h12 = mul(v128.load(M, 80), grad);
        const h20 = mul(v128.load(M, 96), grad);
        const h21 = mul(v128.load(M, 112), grad);
        const h22 = mul(v128.load(M, 128), grad);
        const minors = minorsOf(h00, h01, h02, h10, h11, h12, h20, h21, h22);
        const det = determinant(h00, h01, h02, h10, h11, h12, h20, h21, h22);
        const j1 = add(add(add(add(h00, h11), h22), minors), det);
        const fill = v128.load(x);
        const counts = f32x4.ge(fill, f32x4.splat(0.3));
        least = f32x4.min(least, v128.bitselect(add(one, j1), huge, counts));
        // the constraint's measure: J-1, or ln J for the neo-Hookean law
        let e = j1;
        if (neo) e = logOf(v128.bitselect(zero, j1, f32x4.le(j1, f32x4.splat(-1))));
        // the pressure in force is kVol v + multiplier; the share of a lumen keeps its own
        const kappa = v128.load(x, 16);
        const some = f32x4.gt(kappa, zero);
        const bulk = v128.bitselect(kappa, one, some);
        const kVol = v128.load(m, 32);
        const held = v128.load(x, 32);
        const force = sub(add(mul(kVol, e), v128.load(m, 48)), held);
        if (update) {
          let next = kVol;
          if (!neo) {
            const hh = squares(h00, h01, h02, h10, h11, h12, h20, h21, h22);
            const bend = add(minors, det);
            const y = sub(hh, add(bend, bend));
            next = f32x4.min(mul(v128.load(x, 48), add(one, mul(v128.load(m, 16), add(y, mul(j1, j1))))), kappa);
            v128.store(m, v128.bitselect(next, kVol, some), 32);
          }
          const multiplier = add(held, mul(force, sub(one, f32x4.div(next, bulk))));
          v128.store(m, v128.bitselect(multiplier, v128.load(m, 48), some), 48);
        }
        const error = v128.and(some, sub(e, f32x4.div(force, bulk)));
        const w = mul(fill, mul(error, error));
        sum = f64x2.add(sum, f64x2.promote_low_f32x4(w));
        sum = f64x2.add(sum, f64x2.promote_low_f32x4(v128.shuffle<i32>(w, w, 2, 3, 0, 1)));
        const counted = v128.and(some, fill);
        weight = f64x2.add(weight, f64x2.promote_low_f32x4(counted));
        weight = f64x2.add(weight, f64x2.promote_low_f32x4(v128.shuffle<i32>(counted, counted, 2, 3, 0, 1)));
        m += 64;
        x += 64;
        o00 += 16;
        o01 += 16;
        o10 += 16;
        o11 += 16;
      }
    }
    const o = out + <usize>k * 24;
    store<f64>(o, f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
    store<f64>(o, f64x2.extract_lane(weight, 0) + f64x2.extract_lane(weight, 1), 8);
    let j = f32x4.extract_lane(least, 0);
    if (f32x4.extract_lane(least, 1) < j) j = f32x4.extract_lane(least, 1);
    if (f32x4.extract_lane(least, 2) < j) j = f32x4.extract_lane(least, 2);
    if (f32x4.extract_lane(least, 3) < j) j = f32x4.extract_lane(least, 3);
    store<f64>(o, <f64>j, 16);
  }
}
