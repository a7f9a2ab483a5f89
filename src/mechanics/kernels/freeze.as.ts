// Freezing the tangent: coefficients of the finest cells at a state, and their means on coarser grids.
import { fold, mayFold } from './fold-barrier.as';
import { at, BLOCK, endPlane, firstPlane, M, RUN, T, word } from './level.as';
import { add, det2, determinant, logOf, minorsOf, mul, squares, sub } from './lanes.as';
import { hourglass, modes } from './modes.as';

/**
 * Coefficients of the preconditioner's tangent at u for the cell layers of a thread. The geometric term p F × dH is left out: it saves
 * no iterations, and without it the preconditioner is always positive definite.
 */
export function freeze(L: usize, neo: bool, mat: usize, u: usize, t: i32, n: i32): void {
  const nC = (<usize>word(L, 0)) << 2;
  const ny = word(L, 2);
  const h = load<f64>(L, 104);
  const grad = f32x4.splat(<f32>(1 / (4 * h)));
  // H = grad m and T = h²/4 P: both factors together are h/16
  const linear = f32x4.splat(<f32>(h / 16));
  const root = f32x4.splat(<f32>Math.sqrt(h / 16));
  const h24 = f32x4.splat(<f32>(h / 24));
  const one = f32x4.splat(1);
  const two = f32x4.splat(2);
  const zero = f32x4.splat(0);
  const half = f32x4.splat(0.5);
  let end = endPlane(L, t, n);
  if (end > word(L, 3)) end = word(L, 3);
  for (let k = firstPlane(L, t, n); k < end; k++) {
    let run = at(L, 8) + <usize>(k * ny) * RUN;
    for (let j: i32 = 0; j < ny; j++, run += RUN) {
      const blocks = word(run, 1);
      let K = at(L, 9) + (<usize>word(run, 0)) * BLOCK;
      let m = mat + ((<usize>word(run, 0)) << 6);
      let o00 = u + ((<usize>word(run, 2)) << 2);
      let o01 = u + ((<usize>word(run, 3)) << 2);
      let o10 = u + ((<usize>word(run, 4)) << 2);
      let o11 = u + ((<usize>word(run, 5)) << 2);
      for (let i: i32 = 0; i < blocks; i++) {
        modes(o00, o01, o10, o11, M);
        modes(o00 + nC, o01 + nC, o10 + nC, o11 + nC, M + 112);
        modes(o00 + 2 * nC, o01 + 2 * nC, o10 + 2 * nC, o11 + 2 * nC, M + 224);
        const h00 = mul(v128.load(M), grad);
        const h01 = mul(v128.load(M, 16), grad);
        const h02 = mul(v128.load(M, 32), grad);
        const h10 = mul(v128.load(M, 112), grad);
        const h11 = mul(v128.load(M, 128), grad);
        const h12 = mul(v128.load(M, 144), grad);
        const h20 = mul(v128.load(M, 224), grad);
        const h21 = mul(v128.load(M, 240), grad);
        const h22 = mul(v128.load(M, 256), grad);
        const f00 = add(one, h00);
        const f11 = add(one, h11);
        const f22 = add(one, h22);
        const tr = add(add(h00, h11), h22);
        const minors = minorsOf(h00, h01, h02, h10, h11, h12, h20, h21, h22);
        const det = determinant(h00, h01, h02, h10, h11, h12, h20, h21, h22);
        let j1 = add(add(tr, minors), det);
        const mu = v128.load(m);
        const kVol = v128.load(m, 32);
        let s: v128;
        let dp: v128;
        let b: v128 = zero;
        let away: v128 = zero;
        if (neo) {
          j1 = v128.bitselect(zero, j1, f32x4.le(j1, f32x4.splat(-1)));
          const lnJ = logOf(j1);
          const inverse = f32x4.div(one, add(one, j1));
          s = mu;
          dp = mul(mul(add(sub(sub(kVol, mul(kVol, lnJ)), v128.load(m, 48)), mu), inverse), inverse);
        } else {
          const hh = squares(h00, h01, h02, h10, h11, h12, h20, h21, h22);
          const a = v128.load(m, 16);
          const bend = add(minors, det);
          const stiffer = mul(mu, mul(a, add(sub(hh, add(bend, bend)), mul(j1, j1))));
          s = add(mu, stiffer);
          dp = add(kVol, stiffer);
          b = mul(root, f32x4.sqrt(mul(two, mul(mu, a))));
          away = mul(b, sub(one, j1));
        }
        const c = mul(root, f32x4.sqrt(f32x4.max(dp, zero)));
        v128.store(K, mul(linear, s));
        const c0 = det2(f11, f22, h12, h21);
        const c1 = det2(h12, h20, h10, f22);
        const c2 = det2(h10, h21, f11, h20);
        const c3 = det2(h21, h02, f22, h01);
        const c4 = det2(f22, f00, h20, h02);
        const c5 = det2(h20, h01, h21, f00);
        const c6 = det2(h01, h12, h02, f11);
        const c7 = det2(h02, h10, f00, h12);
        const c8 = det2(f00, f11, h01, h10);
        v128.store(K, sub(mul(b, f00), mul(away, c0)), 32);
        v128.store(K, sub(mul(b, h01), mul(away, c1)), 48);
        v128.store(K, sub(mul(b, h02), mul(away, c2)), 64);
        v128.store(K, sub(mul(b, h10), mul(away, c3)), 80);
        v128.store(K, sub(mul(b, f11), mul(away, c4)), 96);
        v128.store(K, sub(mul(b, h12), mul(away, c5)), 112);
        v128.store(K, sub(mul(b, h20), mul(away, c6)), 128);
        v128.store(K, sub(mul(b, h21), mul(away, c7)), 144);
        v128.store(K, sub(mul(b, f22), mul(away, c8)), 160);
        v128.store(K, mul(c, c0), 176);
        v128.store(K, mul(c, c1), 192);
        v128.store(K, mul(c, c2), 208);
        v128.store(K, mul(c, c3), 224);
        v128.store(K, mul(c, c4), 240);
        v128.store(K, mul(c, c5), 256);
        v128.store(K, mul(c, c6), 272);
        v128.store(K, mul(c, c7), 288);
        v128.store(K, mul(c, c8), 304);
        let stiff = mul(h24, mu);
        const k3 = mul(stiff, half);
        const hg = add(add(hourglass(M, T, stiff, k3), hourglass(M + 112, T, stiff, k3)), hourglass(M + 224, T, stiff, k3));
        const kk = squares(c0, c1, c2, c3, c4, c5, c6, c7, c8);
        // the stiffening of the hourglass modes is 1 where no corner pays
        if (mayFold(hg, stiff, grad, kk, add(one, j1))) stiff = mul(stiff, fold(M, 0, mu, grad, zero));
        v128.store(K, stiff, 16);
        K += BLOCK;
        m += 64;
        o00 += 16;
        o01 += 16;
        o10 += 16;
        o11 += 16;
      }
    }
  }
}

// coefficient f of fine blocks b and b+1 of a run, or 0 where they are not stored
// @ts-ignore: decorator
@inline
function blockValue(run: usize, K: usize, b: i32, f: usize): v128 {
  const i = b - word(run, 6);
  if (i < 0 || i >= word(run, 1)) return f32x4.splat(0);
  return v128.load(K + <usize>(word(run, 0) + i) * BLOCK + f);
}

/** Coarse coefficients: means over children (those that do not exist count as zero), scaled for the doubled edge. */
export function average(F: usize, C: usize, t: i32, n: i32): void {
  const kept = word(F, 19);
  const fy = word(F, 2);
  const fz = word(F, 3);
  const ny = word(C, 2);
  let children: f64 = 1;
  if (!(kept & 1)) children *= 2;
  if (!(kept & 2)) children *= 2;
  if (!(kept & 4)) children *= 2;
  const ratio = load<f64>(C, 104) / load<f64>(F, 104);
  const linear = f32x4.splat(<f32>(ratio / children));
  const root = f32x4.splat(<f32>(Math.sqrt(ratio) / children));
  let end = endPlane(C, t, n);
  if (end > word(C, 3)) end = word(C, 3);
  const runs = at(F, 8);
  const K = at(F, 9);
  for (let k = firstPlane(C, t, n); k < end; k++) {
    let run = at(C, 8) + <usize>(k * ny) * RUN;
    for (let j: i32 = 0; j < ny; j++, run += RUN) {
      const blocks = word(run, 1);
      for (let i: i32 = 0; i < blocks; i++) {
        const out = at(C, 9) + <usize>(word(run, 0) + i) * BLOCK;
        const x = word(run, 6) + i;
        for (let f: usize = 0; f < BLOCK; f += 16) {
          let a = f32x4.splat(0);
          let b = f32x4.splat(0);
          const k1 = kept & 4 ? k : 2 * k + 1;
          const j1 = kept & 2 ? j : 2 * j + 1;
          for (let kk = kept & 4 ? k : 2 * k; kk <= k1 && kk < fz; kk++)
            for (let jj = kept & 2 ? j : 2 * j; jj <= j1 && jj < fy; jj++) {
              const from = runs + <usize>(jj + fy * kk) * RUN;
              if (kept & 1) a = add(a, blockValue(from, K, x, f));
              else {
                a = add(a, blockValue(from, K, 2 * x, f));
                b = add(b, blockValue(from, K, 2 * x + 1, f));
              }
            }
          if (!(kept & 1)) a = add(v128.shuffle<f32>(a, b, 0, 2, 4, 6), v128.shuffle<f32>(a, b, 1, 3, 5, 7));
          v128.store(out + f, mul(f < 32 ? linear : root, a));
        }
      }
    }
  }
}
