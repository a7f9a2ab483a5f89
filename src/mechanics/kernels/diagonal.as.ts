// The nodal 3×3 blocks of the frozen tangent, inverted: what the smoother is preconditioned by.
import { at, BLOCK, bufferOf, CARRY, clearBuffer, endPlane, firstPlane, M, planeBytes, planeStart, FROZEN_POINT, RUN, word } from './level.as';
import { add, det2, keepFree, maskBits, mul, sub } from './lanes.as';
import { addPairs, clearCarry, flush, put } from './modes.as';

// outer products of the columns of a 3×3 (rows at q, q+48, q+96): component r s of columns a b
// @ts-ignore: decorator
@inline
function column(K: usize, r: usize, c: usize): v128 {
  return v128.load(K + r * 48 + c * 16);
}

// six entries of the corners' blocks: base, and products that change sign with xy, xz, yz
// @ts-ignore: decorator
@inline
function outer(K: usize, r: usize, s: usize, o: usize): void {
  const a0 = column(K, r, 0);
  const a1 = column(K, r, 1);
  const a2 = column(K, r, 2);
  const b0 = column(K, s, 0);
  const b1 = column(K, s, 1);
  const b2 = column(K, s, 2);
  v128.store(M + o, add(v128.load(M + o), add(add(mul(a0, b0), mul(a1, b1)), mul(a2, b2))));
  v128.store(M + o, add(v128.load(M + o, 16), add(mul(a0, b1), mul(a1, b0))), 16);
  v128.store(M + o, add(v128.load(M + o, 32), add(mul(a0, b2), mul(a2, b0))), 32);
  v128.store(M + o, add(v128.load(M + o, 48), add(mul(a1, b2), mul(a2, b1))), 48);
}

// the nodal 3×3 diagonal blocks of a cell layer (xx yy zz xy xz yz), see addDiagonalBlocks of ../element.ts
function diagonalLayer(L: usize, k: i32, low: usize, high: usize): void {
  const ny = word(L, 2);
  const P = planeBytes;
  const zero = f32x4.splat(0);
  let run = at(L, 8) + <usize>(k * ny) * RUN;
  for (let j: i32 = 0; j < ny; j++, run += RUN) {
    const blocks = word(run, 1);
    if (blocks == 0) continue;
    clearCarry(24);
    let K = at(L, 9) + (<usize>word(run, 0)) * BLOCK;
    let o00 = (<usize>word(run, 2)) << 2;
    let o01 = (<usize>word(run, 3)) << 2;
    let o10 = (<usize>word(run, 4)) << 2;
    let o11 = (<usize>word(run, 5)) << 2;
    for (let i: i32 = 0; i < blocks; i++) {
      const iso = add(mul(f32x4.splat(3), v128.load(K)), mul(f32x4.splat(3.5), v128.load(K, 16)));
      for (let c: usize = 0; c < 6; c++) {
        const r: usize = c < 3 ? c : c == 5 ? 1 : 0;
        const s: usize = c < 3 ? c : c == 3 ? 1 : 2;
        v128.store(M, c < 3 ? iso : zero);
        v128.store(M, zero, 16);
        v128.store(M, zero, 32);
        v128.store(M, zero, 48);
        outer(K + 32, r, s, 0);
        outer(K + 176, r, s, 0);
        const base = v128.load(M);
        const xy = v128.load(M, 16);
        const xz = v128.load(M, 32);
        const yz = v128.load(M, 48);
        // corners (x y z): --- = +++, +-- = -++, -+- = +-+, ++- = --+
        const same = add(base, add(add(xy, xz), yz));
        const x = add(base, sub(sub(yz, xy), xz));
        const y = add(base, sub(sub(xz, xy), yz));
        const z = add(base, sub(sub(xy, xz), yz));
        const q = c * P;
        const carry = CARRY + (c << 6);
        put(low + q + o00, carry, same, x);
        put(low + q + o01, carry + 16, y, z);
        put(high + q + o10, carry + 32, z, y);
        put(high + q + o11, carry + 48, x, same);
      }
      K += BLOCK;
      o00 += 16;
      o01 += 16;
      o10 += 16;
      o11 += 16;
    }
    if (word(run, 7)) flush(low, high, o00, o01, o10, o11, 6);
  }
}

function contactDiagonal(L: usize, k: i32, low: usize, high: usize): void {
  const layers = at(L, 22);
  if (layers == 0) return;
  const P = planeBytes;
  const end = at(L, 23) + <usize>load<i32>(layers + ((<usize>k + 1) << 2)) * FROZEN_POINT;
  for (let q = at(L, 23) + <usize>load<i32>(layers + ((<usize>k) << 2)) * FROZEN_POINT; q < end; q += FROZEN_POINT) {
    const p = at(q, 0);
    const w0 = v128.load(p, 16);
    const w1 = v128.load(p, 32);
    for (let c: usize = 0; c < 6; c++) {
      const f = f32x4.splat(load<f32>(q + (c << 2), 4));
      addPairs(low + c * P + at(p, 0), low + c * P + at(p, 1), mul(f, mul(w0, w0)));
      addPairs(high + c * P + at(p, 2), high + c * P + at(p, 3), mul(f, mul(w1, w1)));
    }
  }
}

/** inverse ← inverse nodal blocks; fixed directions and nodes that do not exist get zeros. */
export function diagonal(L: usize, t: i32, n: i32): void {
  const first = firstPlane(L, t, n);
  const end = endPlane(L, t, n);
  if (first == end) return;
  const nz = word(L, 3);
  const N = (<usize>word(L, 0)) << 2;
  const P = planeBytes;
  const ground = at(L, 11);
  const K = at(L, 12);
  const I = at(L, 13);
  const mask = at(L, 10);
  const one = f32x4.splat(1);
  for (let k = first - 1; k < end; k++) {
    if (k < 0) {
      clearBuffer(L, 0, 6);
      continue;
    }
    if (k == first - 1) clearBuffer(L, k, 6);
    if (k < nz) {
      clearBuffer(L, k + 1, 6);
      diagonalLayer(L, k, bufferOf(L, k), bufferOf(L, k + 1));
      contactDiagonal(L, k, bufferOf(L, k), bufferOf(L, k + 1));
    }
    if (k < first) continue;
    const stop = planeStart(L, k + 1);
    const buffer = bufferOf(L, k);
    for (let o = planeStart(L, k); o < stop; o += 16) {
      let xx = v128.load(buffer + o);
      let yy = v128.load(buffer + P + o);
      let zz = v128.load(buffer + 2 * P + o);
      let xy = v128.load(buffer + 3 * P + o);
      let xz = v128.load(buffer + 4 * P + o);
      let yz = v128.load(buffer + 5 * P + o);
      if (K != 0) {
        xx = add(xx, v128.load(K + o));
        yy = add(yy, v128.load(K + N + o));
        zz = add(zz, v128.load(K + 2 * N + o));
        xy = add(xy, v128.load(K + 3 * N + o));
        xz = add(xz, v128.load(K + 4 * N + o));
        yz = add(yz, v128.load(K + 5 * N + o));
      } else {
        const G = v128.load(ground + o);
        xx = add(xx, G);
        yy = add(yy, G);
        zz = add(zz, G);
      }
      const bits = maskBits(mask, o);
      const fx = keepFree(bits, 0, i32x4.splat(-1));
      const fy = keepFree(bits, 1, i32x4.splat(-1));
      const fz = keepFree(bits, 2, i32x4.splat(-1));
      xx = v128.bitselect(xx, one, fx);
      yy = v128.bitselect(yy, one, fy);
      zz = v128.bitselect(zz, one, fz);
      xy = v128.and(xy, v128.and(fx, fy));
      xz = v128.and(xz, v128.and(fx, fz));
      yz = v128.and(yz, v128.and(fy, fz));
      const cxx = det2(yy, zz, yz, yz);
      const cxy = det2(xz, yz, xy, zz);
      const cxz = det2(xy, yz, xz, yy);
      const w = f32x4.div(one, add(add(mul(xx, cxx), mul(xy, cxy)), mul(xz, cxz)));
      v128.store(I + o, v128.and(fx, mul(cxx, w)));
      v128.store(I + N + o, v128.and(fy, mul(det2(xx, zz, xz, xz), w)));
      v128.store(I + 2 * N + o, v128.and(fz, mul(det2(xx, yy, xy, xy), w)));
      v128.store(I + 3 * N + o, v128.and(v128.and(fx, fy), mul(cxy, w)));
      v128.store(I + 4 * N + o, v128.and(v128.and(fx, fz), mul(cxz, w)));
      v128.store(I + 5 * N + o, v128.and(v128.and(fy, fz), mul(det2(xy, xz, xx, yz), w)));
    }
  }
}
