// Vectors of one level: products, sums, taking a step.
import { at, endPlane, firstPlane, planeStart, word } from './level.as';
import { add, mul, sub } from './lanes.as';

// products of four groups of four, added up in f32: as exact as what is multiplied
// @ts-ignore: decorator
@inline
function short(a: usize, v: usize): v128 {
  const p = add(mul(v128.load(a), v128.load(v)), mul(v128.load(a, 16), v128.load(v, 16)));
  return add(p, add(mul(v128.load(a, 32), v128.load(v, 32)), mul(v128.load(a, 48), v128.load(v, 48))));
}

/** Scalar products of count vectors (addresses at list) with v, per plane: out[plane × count + i]. Sums of 16 in f32, of those in f64. */
export function dots(L: usize, list: usize, count: i32, v: usize, out: usize, t: i32, n: i32): void {
  const N = (<usize>word(L, 0)) << 2;
  const end = endPlane(L, t, n);
  for (let k = firstPlane(L, t, n); k < end; k++) {
    const start = planeStart(L, k);
    const stop = planeStart(L, k + 1);
    for (let i: i32 = 0; i < count; i++) {
      const a = at(list, i);
      let s0 = f64x2.splat(0);
      let s1 = f64x2.splat(0);
      for (let c: usize = 0; c < 3; c++) {
        let o = c * N + start;
        const end = c * N + stop;
        for (; o + 64 <= end; o += 64) {
          const p = short(a + o, v + o);
          s0 = f64x2.add(s0, f64x2.promote_low_f32x4(p));
          s1 = f64x2.add(s1, f64x2.promote_low_f32x4(v128.shuffle<i32>(p, p, 2, 3, 0, 1)));
        }
        for (; o < end; o += 16) {
          const p = mul(v128.load(a + o), v128.load(v + o));
          s0 = f64x2.add(s0, f64x2.promote_low_f32x4(p));
          s1 = f64x2.add(s1, f64x2.promote_low_f32x4(v128.shuffle<i32>(p, p, 2, 3, 0, 1)));
        }
      }
      s0 = f64x2.add(s0, s1);
      store<f64>(out + (<usize>(k * count + i) << 3), f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1));
    }
  }
}

/** out ← scale base + Σ factors (f64) × vectors; base may be out. */
export function combine(L: usize, out: usize, scale: f64, base: usize, list: usize, factors: usize, count: i32, t: i32, n: i32): void {
  const N = (<usize>word(L, 0)) << 2;
  const start = planeStart(L, firstPlane(L, t, n));
  const stop = planeStart(L, endPlane(L, t, n));
  const S = f32x4.splat(<f32>scale);
  // in pieces that stay in the first cache
  for (let c: usize = 0; c < 3; c++)
    for (let from = start; from < stop; from += 4096) {
      let to = from + 4096;
      if (to > stop) to = stop;
      for (let o = c * N + from; o < c * N + to; o += 16) v128.store(out + o, mul(S, v128.load(base + o)));
      for (let i: i32 = 0; i < count; i++) {
        const a = at(list, i);
        const f = f32x4.splat(<f32>load<f64>(factors + (<usize>i << 3)));
        for (let o = c * N + from; o < c * N + to; o += 16)
          v128.store(out + o, add(v128.load(out + o), mul(f, v128.load(a + o))));
      }
    }
}

/** Takes a step: s ← trial - u, y ← new - g, u ← trial, g ← new; per plane s·y, s·s, y·y, s·g to out. */
export function accept(L: usize, trial: usize, u: usize, fresh: usize, g: usize, s: usize, y: usize, out: usize, t: i32, n: i32): void {
  const N = (<usize>word(L, 0)) << 2;
  const end = endPlane(L, t, n);
  for (let k = firstPlane(L, t, n); k < end; k++) {
    const start = planeStart(L, k);
    const stop = planeStart(L, k + 1);
    let sy = f64x2.splat(0);
    let ss = f64x2.splat(0);
    let yy = f64x2.splat(0);
    let sg = f64x2.splat(0);
    for (let c: usize = 0; c < 3; c++)
      for (let o = c * N + start; o < c * N + stop; o += 16) {
        const un = v128.load(trial + o);
        const gn = v128.load(fresh + o);
        const a = sub(un, v128.load(u + o));
        const b = sub(gn, v128.load(g + o));
        v128.store(u + o, un);
        v128.store(g + o, gn);
        v128.store(s + o, a);
        v128.store(y + o, b);
        const a0 = f64x2.promote_low_f32x4(a);
        const a1 = f64x2.promote_low_f32x4(v128.shuffle<i32>(a, a, 2, 3, 0, 1));
        const b0 = f64x2.promote_low_f32x4(b);
        const b1 = f64x2.promote_low_f32x4(v128.shuffle<i32>(b, b, 2, 3, 0, 1));
        const g0 = f64x2.promote_low_f32x4(gn);
        const g1 = f64x2.promote_low_f32x4(v128.shuffle<i32>(gn, gn, 2, 3, 0, 1));
        sg = f64x2.add(sg, f64x2.add(f64x2.mul(a0, g0), f64x2.mul(a1, g1)));
        sy = f64x2.add(sy, f64x2.add(f64x2.mul(a0, b0), f64x2.mul(a1, b1)));
        ss = f64x2.add(ss, f64x2.add(f64x2.mul(a0, a0), f64x2.mul(a1, a1)));
        yy = f64x2.add(yy, f64x2.add(f64x2.mul(b0, b0), f64x2.mul(b1, b1)));
      }
    const o = out + <usize>k * 32;
    store<f64>(o, f64x2.extract_lane(sy, 0) + f64x2.extract_lane(sy, 1));
    store<f64>(o, f64x2.extract_lane(ss, 0) + f64x2.extract_lane(ss, 1), 8);
    store<f64>(o, f64x2.extract_lane(yy, 0) + f64x2.extract_lane(yy, 1), 16);
    store<f64>(o, f64x2.extract_lane(sg, 0) + f64x2.extract_lane(sg, 1), 24);
  }
}
