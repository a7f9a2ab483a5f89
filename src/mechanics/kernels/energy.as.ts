// The elastic energy and its gradient.
import { fold, mayFold } from './fold-barrier.as';
import { at, bufferOf, CARRY, clearBuffer, endPlane, firstPlane, M, planeBytes, planeStart, RUN, T, word } from './level.as';
import { add, det2, determinant, logOf, minorsOf, mul, squares, sub } from './lanes.as';
import { addNodal, clearCarry, flush, hourglass, modes } from './modes.as';

/** Set by energyLayer when the neo-Hookean law meets J ≤ 0. */
let inverted: bool = false;

// materials: blocks of four cells, mu a kVol pressureMultiplier one v128 each (64 bytes per block)
function energyLayer(L: usize, k: i32, neo: bool, mat: usize, u: usize, low: usize, high: usize): f64 {
  const nC = (<usize>word(L, 0)) << 2;
  const ny = word(L, 2);
  const h = load<f64>(L, 104);
  const grad = f32x4.splat(<f32>(1 / (4 * h)));
  const V = f32x4.splat(<f32>(h * h * h));
  const toMode = f32x4.splat(<f32>((h * h) / 4));
  const one = f32x4.splat(1);
  const half = f32x4.splat(0.5);
  const h24 = f32x4.splat(<f32>(h / 24));
  const P = planeBytes;
  let e0 = f64x2.splat(0);
  let e1 = f64x2.splat(0);
  let run = at(L, 8) + <usize>(k * ny) * RUN;
  for (let j: i32 = 0; j < ny; j++, run += RUN) {
    const blocks = word(run, 1);
    if (blocks == 0) continue;
    clearCarry(12);
    let m = mat + ((<usize>word(run, 0)) << 6);
    let o00 = (<usize>word(run, 2)) << 2;
    let o01 = (<usize>word(run, 3)) << 2;
    let o10 = (<usize>word(run, 4)) << 2;
    let o11 = (<usize>word(run, 5)) << 2;
    for (let i: i32 = 0; i < blocks; i++) {
      modes(u + o00, u + o01, u + o10, u + o11, M);
      modes(u + nC + o00, u + nC + o01, u + nC + o10, u + nC + o11, M + 112);
      modes(u + 2 * nC + o00, u + 2 * nC + o01, u + 2 * nC + o10, u + 2 * nC + o11, M + 224);
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
      const hh = squares(h00, h01, h02, h10, h11, h12, h20, h21, h22);
      const mu = v128.load(m);
      const kVol = v128.load(m, 32);
      const multiplier = v128.load(m, 48);
      let s: v128;
      let p: v128;
      let w: v128;
      if (neo) {
        const bad = v128.and(f32x4.le(j1, f32x4.splat(-1)), f32x4.gt(mu, f32x4.splat(0)));
        if (v128.any_true(bad)) inverted = true;
        j1 = v128.bitselect(f32x4.splat(0), j1, f32x4.le(j1, f32x4.splat(-1)));
        const lnJ = logOf(j1);
        s = mu;
        p = f32x4.div(sub(add(mul(kVol, lnJ), multiplier), mu), add(one, j1));
        w = mul(mul(half, mu), sub(add(add(tr, tr), hh), add(lnJ, lnJ)));
        w = add(w, mul(add(mul(mul(half, kVol), lnJ), multiplier), lnJ));
      } else {
        // I₁-3-2(J-1): the traces cancel analytically
        const bend = add(minors, det);
        const y = sub(hh, add(bend, bend));
        const x = add(y, mul(j1, j1));
        const ax = mul(v128.load(m, 16), x);
        const stiffer = mul(mu, ax);
        s = add(mu, stiffer);
        p = sub(sub(add(mul(kVol, j1), multiplier), mu), mul(stiffer, sub(one, j1)));
        w = mul(mul(half, mu), add(y, mul(half, mul(ax, x))));
        w = add(w, mul(add(mul(mul(half, kVol), j1), multiplier), j1));
      }
      const sm = mul(s, toMode);
      const pm = mul(p, toMode);
      const c0 = det2(f11, f22, h12, h21);
      const c1 = det2(h12, h20, h10, f22);
      const c2 = det2(h10, h21, f11, h20);
      const c3 = det2(h21, h02, f22, h01);
      const c4 = det2(f22, f00, h20, h02);
      const c5 = det2(h20, h01, h21, f00);
      const c6 = det2(h01, h12, h02, f11);
      const c7 = det2(h02, h10, f00, h12);
      const c8 = det2(f00, f11, h01, h10);
      v128.store(T, add(mul(sm, f00), mul(pm, c0)));
      v128.store(T, add(mul(sm, h01), mul(pm, c1)), 16);
      v128.store(T, add(mul(sm, h02), mul(pm, c2)), 32);
      v128.store(T, add(mul(sm, h10), mul(pm, c3)), 112);
      v128.store(T, add(mul(sm, f11), mul(pm, c4)), 128);
      v128.store(T, add(mul(sm, h12), mul(pm, c5)), 144);
      v128.store(T, add(mul(sm, h20), mul(pm, c6)), 224);
      v128.store(T, add(mul(sm, h21), mul(pm, c7)), 240);
      v128.store(T, add(mul(sm, f22), mul(pm, c8)), 256);
      const k2 = mul(mu, h24);
      const k3 = mul(k2, half);
      let hg = hourglass(M, T, k2, k3);
      hg = add(hg, hourglass(M + 112, T + 112, k2, k3));
      hg = add(hg, hourglass(M + 224, T + 224, k2, k3));
      w = add(mul(V, w), mul(half, hg));
      const kk = squares(c0, c1, c2, c3, c4, c5, c6, c7, c8);
      if (mayFold(hg, k2, grad, kk, add(one, j1))) w = add(w, mul(V, fold(M, T, mu, grad, toMode)));
      e0 = f64x2.add(e0, f64x2.promote_low_f32x4(w));
      e1 = f64x2.add(e1, f64x2.promote_low_f32x4(v128.shuffle<i32>(w, w, 2, 3, 0, 1)));
      addNodal(low + o00, low + o01, high + o10, high + o11, T, CARRY);
      addNodal(low + P + o00, low + P + o01, high + P + o10, high + P + o11, T + 112, CARRY + 64);
      addNodal(low + 2 * P + o00, low + 2 * P + o01, high + 2 * P + o10, high + 2 * P + o11, T + 224, CARRY + 128);
      m += 64;
      o00 += 16;
      o01 += 16;
      o10 += 16;
      o11 += 16;
    }
    if (word(run, 7)) flush(low, high, o00, o01, o10, o11, 3);
  }
  e0 = f64x2.add(e0, e1);
  return f64x2.extract_lane(e0, 0) + f64x2.extract_lane(e0, 1);
}

/** g ← gradient at u; energies of layers (with those of the ground springs of the plane below) to out (f64 per plane). */
export function energy(L: usize, neo: bool, mat: usize, u: usize, g: usize, out: usize, t: i32, n: i32): void {
  const first = firstPlane(L, t, n);
  const end = endPlane(L, t, n);
  const nz = word(L, 3);
  const N = (<usize>word(L, 0)) << 2;
  const ground = at(L, 11);
  if (first == end) return;
  for (let k = first - 1; k < end; k++) {
    if (k < 0) {
      clearBuffer(L, 0, 3);
      continue;
    }
    if (k == first - 1) clearBuffer(L, k, 3);
    let e: f64 = 0;
    if (k < nz) {
      clearBuffer(L, k + 1, 3);
      inverted = false;
      e = energyLayer(L, k, neo, mat, u, bufferOf(L, k), bufferOf(L, k + 1));
      if (inverted) e = Infinity;
    }
    if (k < first) continue;
    // plane k is complete
    const start = planeStart(L, k);
    const stop = planeStart(L, k + 1);
    const buffer = bufferOf(L, k);
    const half = f32x4.splat(0.5);
    let w0 = f64x2.splat(0);
    for (let o = start; o < stop; o += 16) {
      const G = v128.load(ground + o);
      const a = v128.load(u + o);
      const b = v128.load(u + N + o);
      const c = v128.load(u + 2 * N + o);
      v128.store(g + o, add(v128.load(buffer + o), mul(G, a)));
      v128.store(g + N + o, add(v128.load(buffer + planeBytes + o), mul(G, b)));
      v128.store(g + 2 * N + o, add(v128.load(buffer + 2 * planeBytes + o), mul(G, c)));
      if (v128.any_true(G)) {
        const w = mul(mul(half, G), add(add(mul(a, a), mul(b, b)), mul(c, c)));
        w0 = f64x2.add(w0, f64x2.promote_low_f32x4(w));
        w0 = f64x2.add(w0, f64x2.promote_low_f32x4(v128.shuffle<i32>(w, w, 2, 3, 0, 1)));
      }
    }
    store<f64>(out + ((<usize>k) << 3), e + f64x2.extract_lane(w0, 0) + f64x2.extract_lane(w0, 1));
  }
}
