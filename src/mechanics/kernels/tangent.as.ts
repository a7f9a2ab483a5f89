// Products with the frozen tangent, and the smoothing that is fused into them.
import { at, BLOCK, bufferOf, CARRY, clearBuffer, endPlane, firstPlane, M, planeBytes, planeStart, FROZEN_POINT, RUN, T, word } from './level.as';
import { add, keepFree, maskBits, mul, sub } from './lanes.as';
import { addNodal, clearCarry, flush, modes } from './modes.as';
import { pointValue, pullPoint } from './points.as';

function productLayer(L: usize, k: i32, v: usize, low: usize, high: usize): void {
  const N = (<usize>word(L, 0)) << 2;
  const ny = word(L, 2);
  const P = planeBytes;
  const hasB = word(L, 29) != 0;
  const half = f32x4.splat(0.5);
  let run = at(L, 8) + <usize>(k * ny) * RUN;
  for (let j: i32 = 0; j < ny; j++, run += RUN) {
    const blocks = word(run, 1);
    if (blocks == 0) continue;
    clearCarry(12);
    let K = at(L, 9) + (<usize>word(run, 0)) * BLOCK;
    let o00 = (<usize>word(run, 2)) << 2;
    let o01 = (<usize>word(run, 3)) << 2;
    let o10 = (<usize>word(run, 4)) << 2;
    let o11 = (<usize>word(run, 5)) << 2;
    for (let i: i32 = 0; i < blocks; i++) {
      modes(v + o00, v + o01, v + o10, v + o11, M);
      modes(v + N + o00, v + N + o01, v + N + o10, v + N + o11, M + 112);
      modes(v + 2 * N + o00, v + 2 * N + o01, v + 2 * N + o10, v + 2 * N + o11, M + 224);
      const h00 = v128.load(M);
      const h01 = v128.load(M, 16);
      const h02 = v128.load(M, 32);
      const h10 = v128.load(M, 112);
      const h11 = v128.load(M, 128);
      const h12 = v128.load(M, 144);
      const h20 = v128.load(M, 224);
      const h21 = v128.load(M, 240);
      const h22 = v128.load(M, 256);
      const s = v128.load(K);
      const c0 = v128.load(K, 176);
      const c1 = v128.load(K, 192);
      const c2 = v128.load(K, 208);
      const c3 = v128.load(K, 224);
      const c4 = v128.load(K, 240);
      const c5 = v128.load(K, 256);
      const c6 = v128.load(K, 272);
      const c7 = v128.load(K, 288);
      const c8 = v128.load(K, 304);
      let cd = add(add(mul(c0, h00), mul(c1, h01)), mul(c2, h02));
      cd = add(cd, add(add(mul(c3, h10), mul(c4, h11)), mul(c5, h12)));
      cd = add(cd, add(add(mul(c6, h20), mul(c7, h21)), mul(c8, h22)));
      let t0 = add(mul(s, h00), mul(cd, c0));
      let t1 = add(mul(s, h01), mul(cd, c1));
      let t2 = add(mul(s, h02), mul(cd, c2));
      let t3 = add(mul(s, h10), mul(cd, c3));
      let t4 = add(mul(s, h11), mul(cd, c4));
      let t5 = add(mul(s, h12), mul(cd, c5));
      let t6 = add(mul(s, h20), mul(cd, c6));
      let t7 = add(mul(s, h21), mul(cd, c7));
      let t8 = add(mul(s, h22), mul(cd, c8));
      if (hasB) {
        const b0 = v128.load(K, 32);
        const b1 = v128.load(K, 48);
        const b2 = v128.load(K, 64);
        const b3 = v128.load(K, 80);
        const b4 = v128.load(K, 96);
        const b5 = v128.load(K, 112);
        const b6 = v128.load(K, 128);
        const b7 = v128.load(K, 144);
        const b8 = v128.load(K, 160);
        let bd = add(add(mul(b0, h00), mul(b1, h01)), mul(b2, h02));
        bd = add(bd, add(add(mul(b3, h10), mul(b4, h11)), mul(b5, h12)));
        bd = add(bd, add(add(mul(b6, h20), mul(b7, h21)), mul(b8, h22)));
        t0 = add(t0, mul(bd, b0));
        t1 = add(t1, mul(bd, b1));
        t2 = add(t2, mul(bd, b2));
        t3 = add(t3, mul(bd, b3));
        t4 = add(t4, mul(bd, b4));
        t5 = add(t5, mul(bd, b5));
        t6 = add(t6, mul(bd, b6));
        t7 = add(t7, mul(bd, b7));
        t8 = add(t8, mul(bd, b8));
      }
      v128.store(T, t0);
      v128.store(T, t1, 16);
      v128.store(T, t2, 32);
      v128.store(T, t3, 112);
      v128.store(T, t4, 128);
      v128.store(T, t5, 144);
      v128.store(T, t6, 224);
      v128.store(T, t7, 240);
      v128.store(T, t8, 256);
      const k2 = v128.load(K, 16);
      const k3 = mul(k2, half);
      hourglassOnly(M, T, k2, k3);
      hourglassOnly(M + 112, T + 112, k2, k3);
      hourglassOnly(M + 224, T + 224, k2, k3);
      addNodal(low + o00, low + o01, high + o10, high + o11, T, CARRY);
      addNodal(low + P + o00, low + P + o01, high + P + o10, high + P + o11, T + 112, CARRY + 64);
      addNodal(low + 2 * P + o00, low + 2 * P + o01, high + 2 * P + o10, high + 2 * P + o11, T + 224, CARRY + 128);
      K += BLOCK;
      o00 += 16;
      o01 += 16;
      o10 += 16;
      o11 += 16;
    }
    if (word(run, 7)) flush(low, high, o00, o01, o10, o11, 3);
  }
}

// @ts-ignore: decorator
@inline
function hourglassOnly(m: usize, t: usize, k2: v128, k3: v128): void {
  v128.store(t, mul(k2, v128.load(m, 48)), 48);
  v128.store(t, mul(k2, v128.load(m, 64)), 64);
  v128.store(t, mul(k2, v128.load(m, 80)), 80);
  v128.store(t, mul(k3, v128.load(m, 96)), 96);
}

// contact points of cell layer k: y += w K Σ w v, with the difference to the other end's Σ w v where a spring holds the point. Each end of a
// spring is a point of its own, so that a plane's sums need nothing of other planes' threads but the vector
function contactLayer(L: usize, k: i32, v: usize, low: usize, high: usize): void {
  const layers = at(L, 22);
  if (layers == 0) return;
  const N = (<usize>word(L, 0)) << 2;
  const P = planeBytes;
  const end = at(L, 23) + <usize>load<i32>(layers + ((<usize>k + 1) << 2)) * FROZEN_POINT;
  for (let f = at(L, 23) + <usize>load<i32>(layers + ((<usize>k) << 2)) * FROZEN_POINT; f < end; f += FROZEN_POINT) {
    const p = at(f, 0);
    const w0 = v128.load(p, 16);
    const w1 = v128.load(p, 32);
    let x = pointValue(p, v, w0, w1);
    let y = pointValue(p, v + N, w0, w1);
    let z = pointValue(p, v + 2 * N, w0, w1);
    const q = at(f, 7);
    if (q != 0) {
      const q0 = v128.load(q, 16);
      const q1 = v128.load(q, 32);
      x -= pointValue(q, v, q0, q1);
      y -= pointValue(q, v + N, q0, q1);
      z -= pointValue(q, v + 2 * N, q0, q1);
    }
    const xy = load<f32>(f, 16);
    const xz = load<f32>(f, 20);
    const yz = load<f32>(f, 24);
    pullPoint(p, low, high, f32x4.splat(load<f32>(f, 4) * x + xy * y + xz * z), w0, w1);
    pullPoint(p, low + P, high + P, f32x4.splat(xy * x + load<f32>(f, 8) * y + yz * z), w0, w1);
    pullPoint(p, low + 2 * P, high + 2 * P, f32x4.splat(xz * x + yz * y + load<f32>(f, 12) * z), w0, w1);
  }
}

/**
 * y = A v plane by plane; residual = rin - y (0 - y when rin is 0) on free directions, stored to rout when given; then, when
 * dout is given, one Chebyshev step: dout = keep din + gain I residual, and x += dout when x is given.
 */
export function sweep(
  L: usize, v: usize, rin: usize, rout: usize, din: usize, dout: usize, x: usize, keep: f64, gain: f64, t: i32, n: i32,
): void {
  const first = firstPlane(L, t, n);
  const end = endPlane(L, t, n);
  if (first == end) return;
  const nz = word(L, 3);
  const N = (<usize>word(L, 0)) << 2;
  const ground = at(L, 11);
  const K = at(L, 12);
  const I = at(L, 13);
  const mask = at(L, 10);
  const Q = f32x4.splat(<f32>keep);
  const W = f32x4.splat(<f32>gain);
  for (let k = first - 1; k < end; k++) {
    if (k < 0) {
      clearBuffer(L, 0, 3);
      continue;
    }
    if (k == first - 1) clearBuffer(L, k, 3);
    if (k < nz) {
      clearBuffer(L, k + 1, 3);
      productLayer(L, k, v, bufferOf(L, k), bufferOf(L, k + 1));
      contactLayer(L, k, v, bufferOf(L, k), bufferOf(L, k + 1));
    }
    if (k < first) continue;
    const start = planeStart(L, k);
    const stop = planeStart(L, k + 1);
    const buffer = bufferOf(L, k);
    for (let o = start; o < stop; o += 16) {
      let y0 = v128.load(buffer + o);
      let y1 = v128.load(buffer + planeBytes + o);
      let y2 = v128.load(buffer + 2 * planeBytes + o);
      if (K != 0) {
        const a = v128.load(v + o);
        const b = v128.load(v + N + o);
        const c = v128.load(v + 2 * N + o);
        const xy = v128.load(K + 3 * N + o);
        const xz = v128.load(K + 4 * N + o);
        const yz = v128.load(K + 5 * N + o);
        y0 = add(y0, add(add(mul(v128.load(K + o), a), mul(xy, b)), mul(xz, c)));
        y1 = add(y1, add(add(mul(xy, a), mul(v128.load(K + N + o), b)), mul(yz, c)));
        y2 = add(y2, add(add(mul(xz, a), mul(yz, b)), mul(v128.load(K + 2 * N + o), c)));
      } else {
        const G = v128.load(ground + o);
        y0 = add(y0, mul(G, v128.load(v + o)));
        y1 = add(y1, mul(G, v128.load(v + N + o)));
        y2 = add(y2, mul(G, v128.load(v + 2 * N + o)));
      }
      if (rin != 0) {
        y0 = sub(v128.load(rin + o), y0);
        y1 = sub(v128.load(rin + N + o), y1);
        y2 = sub(v128.load(rin + 2 * N + o), y2);
      } else {
        y0 = f32x4.neg(y0);
        y1 = f32x4.neg(y1);
        y2 = f32x4.neg(y2);
      }
      if (load<u32>(mask + (o >> 2)) != 0x0f0f0f0f) {
        const bits = maskBits(mask, o);
        y0 = keepFree(bits, 0, y0);
        y1 = keepFree(bits, 1, y1);
        y2 = keepFree(bits, 2, y2);
      }
      if (rout != 0) {
        v128.store(rout + o, y0);
        v128.store(rout + N + o, y1);
        v128.store(rout + 2 * N + o, y2);
      }
      if (dout == 0) continue;
      const xy = v128.load(I + 3 * N + o);
      const xz = v128.load(I + 4 * N + o);
      const yz = v128.load(I + 5 * N + o);
      let d0 = mul(W, add(add(mul(v128.load(I + o), y0), mul(xy, y1)), mul(xz, y2)));
      let d1 = mul(W, add(add(mul(xy, y0), mul(v128.load(I + N + o), y1)), mul(yz, y2)));
      let d2 = mul(W, add(add(mul(xz, y0), mul(yz, y1)), mul(v128.load(I + 2 * N + o), y2)));
      if (keep != 0) {
        d0 = add(d0, mul(Q, v128.load(din + o)));
        d1 = add(d1, mul(Q, v128.load(din + N + o)));
        d2 = add(d2, mul(Q, v128.load(din + 2 * N + o)));
      }
      v128.store(dout + o, d0);
      v128.store(dout + N + o, d1);
      v128.store(dout + 2 * N + o, d2);
      if (x == 0) continue;
      v128.store(x + o, add(v128.load(x + o), d0));
      v128.store(x + N + o, add(v128.load(x + N + o), d1));
      v128.store(x + 2 * N + o, add(v128.load(x + 2 * N + o), d2));
    }
  }
}

/** d ← gain I b, x ← d. */
export function startSmoothing(L: usize, b: usize, d: usize, x: usize, gain: f64, t: i32, n: i32): void {
  const N = (<usize>word(L, 0)) << 2;
  const I = at(L, 13);
  const W = f32x4.splat(<f32>gain);
  const stop = planeStart(L, endPlane(L, t, n));
  for (let o = planeStart(L, firstPlane(L, t, n)); o < stop; o += 16) {
    const r0 = v128.load(b + o);
    const r1 = v128.load(b + N + o);
    const r2 = v128.load(b + 2 * N + o);
    const xy = v128.load(I + 3 * N + o);
    const xz = v128.load(I + 4 * N + o);
    const yz = v128.load(I + 5 * N + o);
    const d0 = mul(W, add(add(mul(v128.load(I + o), r0), mul(xy, r1)), mul(xz, r2)));
    const d1 = mul(W, add(add(mul(xy, r0), mul(v128.load(I + N + o), r1)), mul(yz, r2)));
    const d2 = mul(W, add(add(mul(xz, r0), mul(yz, r1)), mul(v128.load(I + 2 * N + o), r2)));
    v128.store(d + o, d0);
    v128.store(d + N + o, d1);
    v128.store(d + 2 * N + o, d2);
    v128.store(x + o, d0);
    v128.store(x + N + o, d1);
    v128.store(x + 2 * N + o, d2);
  }
}
