// The solver's arithmetic in WebAssembly (AssemblyScript): f32, four neighbouring cells or nodes per instruction, run by a
// team of threads over one shared memory. Same formulas as ../element.ts and ../multigrid.ts, which are the reference;
// layout, ownership and determinism: docs/mechanics.md. Pointers are byte offsets. Nothing here allocates.
//
// Ownership: every thread owns a range of node planes (constant z) and is the only one that writes them. For an operator it
// runs through the cell layers that touch its planes, adds their forces to two rolling plane buffers of its own, and finishes a
// plane once both its layers are in. A layer between two threads is computed twice. So each number is summed in the same
// order whatever the number of threads; sums over the body are per plane or layer and are added up in order by the caller.

// ---- one level of the grid: words of its record in memory ----------------------------------------------------------------
// 0 N  1 nx  2 ny  3 nz  4 rowAt  5 rowLo  6 rowHi  7 planeStart  8 runs  9 coefficients  10 mask (1 x, 2 y, 4 z free, 8 exists)
// 11 ground springs  12 nodal blocks of contact and ground, or 0 on the finest
// 13 inverse  14 x  15 b  16 r  17 d  18 e  19 kept directions (1 x, 2 y, 4 z are not coarsened)  20 cuts  21 solo
// 22 contact points per layer  23 contact points  24 (f64) lmax  26 (f64) h  29 has B (some cell stiffens)
// @ts-ignore: decorator
@inline
function word(L: usize, i: usize): i32 {
  return load<i32>(L + (i << 2));
}
// @ts-ignore: decorator
@inline
function at(L: usize, i: usize): usize {
  return <usize>load<u32>(L + (i << 2));
}
/** Bytes of a run record: first block, number of blocks, nodes o00 o01 o10 o11, first block's x, 1 if the last cell exists. */
const RUN: usize = 32;
/** Bytes of a block of four cells: s, hourglass, B (9), C (9), each four f32 and already scaled for modes. */
const BLOCK: usize = 20 * 16;
const POINT: usize = 64;

// ---- per thread: scratch addresses, set once ------------------------------------------------------------------------------
let M: usize = 0; // modes, 21 × 16
let T: usize = 0; // mode forces, 21 × 16; 24 in the diagonal
let CARRY: usize = 0; // right-hand forces of the block before, 24 × 16
let ROWS: usize = 0; // one row of three components, zero margins
let PLANES: usize = 0; // two plane buffers of six components
let planeBytes: usize = 0; // of one component of one buffer
let rowBytes: usize = 0;

export function setup(scratch: usize, largestPlane: i32, longestRow: i32): void {
  M = scratch;
  T = M + 21 * 16;
  CARRY = T + 24 * 16;
  rowBytes = <usize>((longestRow + 3) & ~3) * 4 + 128;
  ROWS = CARRY + 24 * 16 + 64;
  planeBytes = <usize>((largestPlane + 3) & ~3) * 4 + 64;
  PLANES = ROWS + 3 * rowBytes;
}
/** Bytes of scratch that a thread needs. */
export function scratchBytes(largestPlane: i32, longestRow: i32): i32 {
  return 69 * 16 + 64 + 3 * (((longestRow + 3) & ~3) * 4 + 128) + 12 * (((largestPlane + 3) & ~3) * 4 + 64) + 256;
}

// @ts-ignore: decorator
@inline
function mul(a: v128, b: v128): v128 {
  return f32x4.mul(a, b);
}
// @ts-ignore: decorator
@inline
function add(a: v128, b: v128): v128 {
  return f32x4.add(a, b);
}
// @ts-ignore: decorator
@inline
function sub(a: v128, b: v128): v128 {
  return f32x4.sub(a, b);
}
// a b - c d
// @ts-ignore: decorator
@inline
function det2(a: v128, b: v128, c: v128, d: v128): v128 {
  return f32x4.sub(f32x4.mul(a, b), f32x4.mul(c, d));
}

// Walsh–Hadamard modes x, y, z, xy, xz, yz, xyz of four cells; rows (y,z) = 00, 10, 01, 11
// @ts-ignore: decorator
@inline
function modes(p00: usize, p01: usize, p10: usize, p11: usize, m: usize): void {
  let a = v128.load(p00);
  let b = v128.load(p00, 4);
  const s0 = add(a, b);
  const d0 = sub(b, a);
  a = v128.load(p01);
  b = v128.load(p01, 4);
  const s1 = add(a, b);
  const d1 = sub(b, a);
  a = v128.load(p10);
  b = v128.load(p10, 4);
  const s2 = add(a, b);
  const d2 = sub(b, a);
  a = v128.load(p11);
  b = v128.load(p11, 4);
  const s3 = add(a, b);
  const d3 = sub(b, a);
  const b0 = sub(s1, s0);
  const b1 = sub(s3, s2);
  const e0 = add(d0, d1);
  const e1 = add(d2, d3);
  const f0 = sub(d1, d0);
  const f1 = sub(d3, d2);
  v128.store(m, add(e0, e1));
  v128.store(m, add(b0, b1), 16);
  v128.store(m, sub(add(s2, s3), add(s0, s1)), 32);
  v128.store(m, add(f0, f1), 48);
  v128.store(m, sub(e1, e0), 64);
  v128.store(m, sub(b1, b0), 80);
  v128.store(m, sub(f1, f0), 96);
}

// the three linear modes only
// @ts-ignore: decorator
@inline
function linearModes(p00: usize, p01: usize, p10: usize, p11: usize, m: usize): void {
  let a = v128.load(p00);
  let b = v128.load(p00, 4);
  const s0 = add(a, b);
  let dx = sub(b, a);
  a = v128.load(p01);
  b = v128.load(p01, 4);
  const s1 = add(a, b);
  dx = add(dx, sub(b, a));
  a = v128.load(p10);
  b = v128.load(p10, 4);
  const s2 = add(a, b);
  let dx2 = sub(b, a);
  a = v128.load(p11);
  b = v128.load(p11, 4);
  const s3 = add(a, b);
  dx2 = add(dx2, sub(b, a));
  v128.store(m, add(dx, dx2));
  v128.store(m, add(sub(s1, s0), sub(s3, s2)), 16);
  v128.store(m, sub(add(s2, s3), add(s0, s1)), 32);
}

// adds left + (right shifted by one node, with the last of the block before) to a row, remembers right
// @ts-ignore: decorator
@inline
function put(y: usize, carry: usize, left: v128, right: v128): void {
  const before = v128.load(carry);
  v128.store(carry, right);
  v128.store(y, add(v128.load(y), add(left, v128.shuffle<f32>(before, right, 3, 4, 5, 6))));
}

// transpose of modes(): adds the nodal forces of the mode forces at g to four rows
// @ts-ignore: decorator
@inline
function addNodal(y00: usize, y01: usize, y10: usize, y11: usize, g: usize, carry: usize): void {
  const gx = v128.load(g);
  const gy = v128.load(g, 16);
  const gz = v128.load(g, 32);
  const gxy = v128.load(g, 48);
  const gxz = v128.load(g, 64);
  const gyz = v128.load(g, 80);
  const gxyz = v128.load(g, 96);
  let e = sub(gx, gxz);
  let bb = sub(gy, gyz);
  let ff = sub(gxy, gxyz);
  let p = f32x4.neg(add(gz, bb));
  let q = sub(e, ff);
  let r = sub(bb, gz);
  let s = add(e, ff);
  put(y00, carry, sub(p, q), add(p, q));
  put(y01, carry + 16, sub(r, s), add(r, s));
  e = add(gx, gxz);
  bb = add(gy, gyz);
  ff = add(gxy, gxyz);
  p = sub(gz, bb);
  q = sub(e, ff);
  r = add(gz, bb);
  s = add(e, ff);
  put(y10, carry + 32, sub(p, q), add(p, q));
  put(y11, carry + 48, sub(r, s), add(r, s));
}

// @ts-ignore: decorator
@inline
function clearCarry(n: usize): void {
  const zero = f32x4.splat(0);
  for (let i: usize = 0; i < n; i++) v128.store(CARRY + (i << 4), zero);
}
// the last right-hand forces of a run go to the node behind its last block
// @ts-ignore: decorator
@inline
function addLast(y: usize, carry: usize): void {
  store<f32>(y, load<f32>(y) + load<f32>(carry, 12));
}

// @ts-ignore: decorator
@inline
function hourglass(m: usize, t: usize, k2: v128, k3: v128): v128 {
  const a3 = v128.load(m, 48);
  const a4 = v128.load(m, 64);
  const a5 = v128.load(m, 80);
  const a6 = v128.load(m, 96);
  v128.store(t, mul(k2, a3), 48);
  v128.store(t, mul(k2, a4), 64);
  v128.store(t, mul(k2, a5), 80);
  v128.store(t, mul(k3, a6), 96);
  return add(mul(k2, add(add(mul(a3, a3), mul(a4, a4)), mul(a5, a5))), mul(k3, mul(a6, a6)));
}

/** ln J from J-1, four lanes: no cancellation near J = 1; lanes with J ≤ 0 must be replaced before. */
// @ts-ignore: decorator
@inline
function logOf(j1: v128): v128 {
  const one = f32x4.splat(1);
  const J = add(one, j1);
  const e = i32x4.shr_s(i32x4.sub(J, i32x4.splat(0x3f3504f3)), 23);
  const m = i32x4.sub(J, i32x4.shl(e, 23));
  const x = v128.bitselect(j1, sub(m, one), i32x4.eq(e, i32x4.splat(0)));
  const s = f32x4.div(x, add(f32x4.splat(2), x));
  const s2 = mul(s, s);
  let p = f32x4.splat(1.0 / 11.0);
  p = add(mul(p, s2), f32x4.splat(1.0 / 9.0));
  p = add(mul(p, s2), f32x4.splat(1.0 / 7.0));
  p = add(mul(p, s2), f32x4.splat(1.0 / 5.0));
  p = add(mul(p, s2), f32x4.splat(1.0 / 3.0));
  p = add(mul(p, s2), one);
  return add(mul(f32x4.convert_i32x4_s(e), f32x4.splat(0.6931471805599453)), mul(add(s, s), p));
}

// ---- the elastic energy and its gradient -----------------------------------------------------------------------------------

/** Set by energyLayer when the neo-Hookean law meets J ≤ 0. */
let inverted: bool = false;

// materials: blocks of four cells, mu a lam q one v128 each (64 bytes per block)
function energyLayer(L: usize, k: i32, neo: bool, mat: usize, u: usize, low: usize, high: usize): f64 {
  const nC = (<usize>word(L, 0)) << 2;
  const ny = word(L, 2);
  const h = load<f64>(L, 104);
  const grad = f32x4.splat(<f32>(1 / (4 * h)));
  const V = f32x4.splat(<f32>(h * h * h));
  const toMode = f32x4.splat(<f32>((h * h) / 4));
  const one = f32x4.splat(1);
  const half = f32x4.splat(0.5);
  const quarter = f32x4.splat(0.25);
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
      const m22 = det2(h11, h22, h12, h21);
      const minors = add(add(det2(h00, h11, h01, h10), det2(h00, h22, h02, h20)), m22);
      const det = add(sub(mul(h00, m22), mul(h01, det2(h10, h22, h12, h20))), mul(h02, det2(h10, h21, h11, h20)));
      let j1 = add(add(tr, minors), det);
      let hh = add(add(mul(h00, h00), mul(h01, h01)), mul(h02, h02));
      hh = add(add(add(hh, mul(h10, h10)), mul(h11, h11)), mul(h12, h12));
      hh = add(add(add(hh, mul(h20, h20)), mul(h21, h21)), mul(h22, h22));
      const mu = v128.load(m);
      const lam = v128.load(m, 32);
      const q = v128.load(m, 48);
      let s: v128;
      let p: v128;
      let w: v128;
      if (neo) {
        const bad = v128.and(f32x4.le(j1, f32x4.splat(-1)), f32x4.gt(mu, f32x4.splat(0)));
        if (v128.any_true(bad)) inverted = true;
        j1 = v128.bitselect(f32x4.splat(0), j1, f32x4.le(j1, f32x4.splat(-1)));
        const lnJ = logOf(j1);
        s = mu;
        p = f32x4.div(sub(add(mul(lam, lnJ), q), mu), add(one, j1));
        w = mul(mul(half, mu), sub(add(add(tr, tr), hh), add(lnJ, lnJ)));
        w = add(w, mul(add(mul(mul(half, lam), lnJ), q), lnJ));
      } else {
        const i1 = add(add(tr, tr), hh);
        const ai = mul(v128.load(m, 16), i1);
        s = mul(mu, add(one, ai));
        p = sub(add(mul(lam, j1), q), mu);
        w = sub(mul(mul(half, mu), hh), mul(mu, add(minors, det)));
        w = add(w, mul(mul(quarter, mu), mul(ai, i1)));
        w = add(w, mul(add(mul(mul(half, lam), j1), q), j1));
      }
      const sm = mul(s, toMode);
      const pm = mul(p, toMode);
      v128.store(T, add(mul(sm, f00), mul(pm, det2(f11, f22, h12, h21))));
      v128.store(T, add(mul(sm, h01), mul(pm, det2(h12, h20, h10, f22))), 16);
      v128.store(T, add(mul(sm, h02), mul(pm, det2(h10, h21, f11, h20))), 32);
      v128.store(T, add(mul(sm, h10), mul(pm, det2(h21, h02, f22, h01))), 112);
      v128.store(T, add(mul(sm, f11), mul(pm, det2(f22, f00, h20, h02))), 128);
      v128.store(T, add(mul(sm, h12), mul(pm, det2(h20, h01, h21, f00))), 144);
      v128.store(T, add(mul(sm, h20), mul(pm, det2(h01, h12, h02, f11))), 224);
      v128.store(T, add(mul(sm, h21), mul(pm, det2(h02, h10, f00, h12))), 240);
      v128.store(T, add(mul(sm, f22), mul(pm, det2(f00, f11, h01, h10))), 256);
      const k2 = mul(mu, h24);
      const k3 = mul(k2, half);
      let hg = hourglass(M, T, k2, k3);
      hg = add(hg, hourglass(M + 112, T + 112, k2, k3));
      hg = add(hg, hourglass(M + 224, T + 224, k2, k3));
      w = add(mul(V, w), mul(half, hg));
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

function flush(low: usize, high: usize, o00: usize, o01: usize, o10: usize, o11: usize, components: usize): void {
  for (let c: usize = 0; c < components; c++) {
    const P = c * planeBytes;
    const carry = CARRY + (c << 6);
    addLast(low + P + o00, carry);
    addLast(low + P + o01, carry + 16);
    addLast(high + P + o10, carry + 32);
    addLast(high + P + o11, carry + 48);
  }
}

// address that, with a node index × 4 added, lands in the plane buffer of plane k
// @ts-ignore: decorator
@inline
function bufferOf(L: usize, k: i32): usize {
  return PLANES + <usize>(k & 1) * 6 * planeBytes - ((<usize>load<i32>(at(L, 7) + ((<usize>k) << 2))) << 2);
}
// @ts-ignore: decorator
@inline
function planeStart(L: usize, k: i32): usize {
  return (<usize>load<i32>(at(L, 7) + ((<usize>k) << 2))) << 2;
}
function clearBuffer(L: usize, k: i32, components: usize): void {
  const zero = f32x4.splat(0);
  const bytes = planeStart(L, k + 1) - planeStart(L, k);
  for (let c: usize = 0; c < components; c++) {
    let p = PLANES + <usize>(k & 1) * 6 * planeBytes + c * planeBytes;
    const end = p + bytes;
    for (; p < end; p += 16) v128.store(p, zero);
  }
}
// first and behind-last plane of a thread
// @ts-ignore: decorator
@inline
function firstPlane(L: usize, t: i32, n: i32): i32 {
  return n == 1 ? 0 : load<i32>(at(L, 20) + ((<usize>t) << 2));
}
// @ts-ignore: decorator
@inline
function endPlane(L: usize, t: i32, n: i32): i32 {
  return n == 1 ? word(L, 3) + 1 : load<i32>(at(L, 20) + ((<usize>t + 1) << 2));
}

/** g ← gradient at u; energies of layers (with those of the ground springs of the plane below) to out (f64 per plane). */
function energy(L: usize, neo: bool, mat: usize, u: usize, g: usize, out: usize, t: i32, n: i32): void {
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

// ---- the frozen tangent ----------------------------------------------------------------------------------------------------

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

// contact points of cell layer k (fine level): y += stiffness w (n·Σ w v) n.
// A point: nodes o00 o01 o10 o11 (bytes), weights of the 8 corners, n, stiffness.
function contactLayer(L: usize, k: i32, v: usize, low: usize, high: usize): void {
  const layers = at(L, 22);
  if (layers == 0) return;
  const N = (<usize>word(L, 0)) << 2;
  const P = planeBytes;
  const end = at(L, 23) + <usize>load<i32>(layers + ((<usize>k + 1) << 2)) * POINT;
  for (let p = at(L, 23) + <usize>load<i32>(layers + ((<usize>k) << 2)) * POINT; p < end; p += POINT) {
    const o00 = at(p, 0);
    const o01 = at(p, 1);
    const o10 = at(p, 2);
    const o11 = at(p, 3);
    const w0 = v128.load(p, 16);
    const w1 = v128.load(p, 32);
    let s: f32 = 0;
    for (let c: usize = 0; c < 3; c++) {
      const q = v + c * N;
      const a = v128.load64_lane(q + o01, v128.load64_zero(q + o00), 1);
      const b = v128.load64_lane(q + o11, v128.load64_zero(q + o10), 1);
      const r = add(mul(w0, a), mul(w1, b));
      s += load<f32>(p + 48 + (c << 2)) *
        (f32x4.extract_lane(r, 0) + f32x4.extract_lane(r, 1) + (f32x4.extract_lane(r, 2) + f32x4.extract_lane(r, 3)));
    }
    s *= load<f32>(p, 60);
    for (let c: usize = 0; c < 3; c++) {
      const f = f32x4.splat(s * load<f32>(p + 48 + (c << 2)));
      addPairs(low + c * P + o00, low + c * P + o01, mul(f, w0));
      addPairs(high + c * P + o10, high + c * P + o11, mul(f, w1));
    }
  }
}
// @ts-ignore: decorator
@inline
function addPairs(a: usize, b: usize, f: v128): void {
  const v = add(v128.load64_lane(b, v128.load64_zero(a), 1), f);
  v128.store64_lane(a, v, 0);
  v128.store64_lane(b, v, 1);
}

// keeps the free directions of four nodes
// @ts-ignore: decorator
@inline
function keepFree(bits: v128, component: i32, v: v128): v128 {
  const bit = i32x4.splat(1 << component);
  return v128.and(v, i32x4.eq(v128.and(bits, bit), bit));
}
// @ts-ignore: decorator
@inline
function maskBits(mask: usize, o: usize): v128 {
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(mask + (o >> 2))));
}

/**
 * y = A v plane by plane; residual = rin - y (0 - y when rin is 0) on free directions, stored to rout when given; then, when
 * dout is given, one Chebyshev step: dout = keep din + gain I residual, and x += dout when x is given.
 */
function sweep(
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
function startSmoothing(L: usize, b: usize, d: usize, x: usize, gain: f64, t: i32, n: i32): void {
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

// ---- transfers -------------------------------------------------------------------------------------------------------------

// temp (three rows with zero margins, index = x) += weight × row (j, k) of three planes at v, clipped to [from, to)
function addRow(L: usize, j: i32, k: i32, v: usize, weight: f32, from: i32, to: i32): void {
  const row = <usize>(j + (word(L, 2) + 1) * k) << 2;
  let lo = load<i32>(at(L, 5) + row);
  let hi = load<i32>(at(L, 6) + row);
  if (lo < from) lo = from;
  if (hi > to) hi = to;
  const N = (<usize>word(L, 0)) << 2;
  const base = v + (<usize>load<i32>(at(L, 4) + row) << 2);
  const W = f32x4.splat(weight);
  for (let i = lo; i < hi; i += 4) {
    const o = <usize>i << 2;
    for (let c: usize = 0; c < 3; c++) {
      const p = ROWS + 64 + c * rowBytes + o;
      v128.store(p, add(v128.load(p), mul(W, v128.load(base + c * N + o))));
    }
  }
}
function clearRows(from: i32, to: i32): void {
  const zero = f32x4.splat(0);
  for (let c: usize = 0; c < 3; c++) {
    let p = ROWS + 64 + c * rowBytes + (<usize>from << 2);
    const end = ROWS + 64 + c * rowBytes + (<usize>to << 2);
    for (; p < end; p += 16) v128.store(p, zero);
  }
}

/** to (coarse) = transpose of the interpolation of from (fine), on free directions. */
function restrict(F: usize, C: usize, from: usize, to: usize, t: i32, n: i32): void {
  const kept = word(F, 19);
  const N = (<usize>word(C, 0)) << 2;
  const ny = word(C, 2);
  const fy = word(F, 2);
  const fz = word(F, 3);
  const mask = at(C, 10);
  const half = f32x4.splat(0.5);
  const end = endPlane(C, t, n);
  for (let k = firstPlane(C, t, n); k < end; k++)
    for (let j: i32 = 0; j <= ny; j++) {
      const row = <usize>(j + (ny + 1) * k) << 2;
      const lo = load<i32>(at(C, 5) + row);
      const hi = load<i32>(at(C, 6) + row);
      if (lo == hi) continue;
      const base = <usize>load<i32>(at(C, 4) + row) << 2;
      const xKept = (kept & 1) != 0;
      const f0 = xKept ? lo : 2 * lo;
      const f1 = xKept ? hi : 2 * hi;
      // one more node on the left: rows start at multiples of 4, so a whole group
      clearRows(f0 - 4, f1 + 4);
      const jKept = (kept & 2) != 0;
      const kKept = (kept & 4) != 0;
      const j0 = jKept ? j : 2 * j - 1;
      const j1 = jKept ? j : 2 * j + 1;
      const k0 = kKept ? k : 2 * k - 1;
      const k1 = kKept ? k : 2 * k + 1;
      for (let b = k0; b <= k1; b++) {
        if (b < 0 || b > fz) continue;
        for (let a = j0; a <= j1; a++) {
          if (a < 0 || a > fy) continue;
          const w: f32 = (jKept || a == 2 * j ? <f32>1 : <f32>0.5) * (kKept || b == 2 * k ? <f32>1 : <f32>0.5);
          addRow(F, a, b, from, w, f0 - 4, f1 + 4);
        }
      }
      for (let i = lo; i < hi; i += 4) {
        const o = base + (<usize>i << 2);
        const bits = maskBits(mask, o);
        for (let c: i32 = 0; c < 3; c++) {
          let v: v128;
          if (xKept) v = v128.load(ROWS + 64 + <usize>c * rowBytes + (<usize>i << 2));
          else {
            const p = ROWS + 64 + <usize>c * rowBytes + (<usize>i << 3);
            const a = v128.load(p);
            const b = v128.load(p, 16);
            const even = v128.shuffle<f32>(a, b, 0, 2, 4, 6);
            const odd = v128.shuffle<f32>(a, b, 1, 3, 5, 7);
            const before = v128.shuffle<f32>(v128.load(p - 4), v128.load(p - 4, 16), 0, 2, 4, 6);
            v = add(even, mul(half, add(odd, before)));
          }
          v128.store(to + <usize>c * N + o, keepFree(bits, c, v));
        }
      }
    }
}

/** e (fine) = interpolation of from (coarse) on free directions of existing nodes; x += e. */
function prolong(F: usize, C: usize, from: usize, e: usize, x: usize, t: i32, n: i32): void {
  const kept = word(F, 19);
  const N = (<usize>word(F, 0)) << 2;
  const ny = word(F, 2);
  const mask = at(F, 10);
  const half = f32x4.splat(0.5);
  const end = endPlane(F, t, n);
  const xKept = (kept & 1) != 0;
  for (let k = firstPlane(F, t, n); k < end; k++)
    for (let j: i32 = 0; j <= ny; j++) {
      const row = <usize>(j + (ny + 1) * k) << 2;
      const lo = load<i32>(at(F, 5) + row);
      const hi = load<i32>(at(F, 6) + row);
      if (lo == hi) continue;
      const base = <usize>load<i32>(at(F, 4) + row) << 2;
      const c0 = xKept ? lo : (lo >> 1) & ~3;
      const c1 = xKept ? hi : ((hi >> 1) & ~3) + 8;
      clearRows(c0, c1);
      const ja = kept & 2 ? j : j >> 1;
      const jb = kept & 2 ? j : (j + 1) >> 1;
      const ka = kept & 4 ? k : k >> 1;
      const kb = kept & 4 ? k : (k + 1) >> 1;
      const w: f32 = (ja == jb ? <f32>1 : <f32>0.5) * (ka == kb ? <f32>1 : <f32>0.5);
      addRow(C, ja, ka, from, w, c0, c1);
      if (jb != ja) addRow(C, jb, ka, from, w, c0, c1);
      if (kb != ka) {
        addRow(C, ja, kb, from, w, c0, c1);
        if (jb != ja) addRow(C, jb, kb, from, w, c0, c1);
      }
      for (let i = lo; i < hi; i += 4) {
        const o = base + (<usize>i << 2);
        const bits = maskBits(mask, o);
        for (let c: i32 = 0; c < 3; c++) {
          let v: v128;
          if (xKept) v = v128.load(ROWS + 64 + <usize>c * rowBytes + (<usize>i << 2));
          else {
            // nodes i … i+3 (i a multiple of 4) lie between coarse nodes i/2 … i/2+2
            const p = ROWS + 64 + <usize>c * rowBytes + (<usize>i << 1);
            const a = v128.load(p);
            const b = mul(half, add(a, v128.load(p, 4)));
            v = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
          }
          v = keepFree(bits, c, v);
          const q = <usize>c * N + o;
          v128.store(e + q, v);
          v128.store(x + q, add(v128.load(x + q), v));
        }
      }
    }
}

// ---- freezing: coefficients, coarse coefficients, diagonal blocks ----------------------------------------------------------

/**
 * Coefficients of the metric's tangent at u for the cell layers of a thread. The geometric term p F × dH is left out: it saves
 * no iterations, and without it the metric is always positive definite.
 */
function freeze(L: usize, neo: bool, mat: usize, u: usize, t: i32, n: i32): void {
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
        const f00 = add(one, h00);
        const f11 = add(one, h11);
        const f22 = add(one, h22);
        const tr = add(add(h00, h11), h22);
        const m22 = det2(h11, h22, h12, h21);
        const minors = add(add(det2(h00, h11, h01, h10), det2(h00, h22, h02, h20)), m22);
        const det = add(sub(mul(h00, m22), mul(h01, det2(h10, h22, h12, h20))), mul(h02, det2(h10, h21, h11, h20)));
        let j1 = add(add(tr, minors), det);
        const mu = v128.load(m);
        const lam = v128.load(m, 32);
        let s: v128;
        let dp: v128;
        let b: v128 = zero;
        if (neo) {
          j1 = v128.bitselect(zero, j1, f32x4.le(j1, f32x4.splat(-1)));
          const lnJ = logOf(j1);
          const inverse = f32x4.div(one, add(one, j1));
          s = mu;
          dp = mul(mul(add(sub(sub(lam, mul(lam, lnJ)), v128.load(m, 48)), mu), inverse), inverse);
        } else {
          let hh = add(add(mul(h00, h00), mul(h01, h01)), mul(h02, h02));
          hh = add(add(add(hh, mul(h10, h10)), mul(h11, h11)), mul(h12, h12));
          hh = add(add(add(hh, mul(h20, h20)), mul(h21, h21)), mul(h22, h22));
          const a = v128.load(m, 16);
          s = mul(mu, add(one, mul(a, add(add(tr, tr), hh))));
          dp = lam;
          b = mul(root, f32x4.sqrt(mul(two, mul(mu, a))));
        }
        const c = mul(root, f32x4.sqrt(f32x4.max(dp, zero)));
        v128.store(K, mul(linear, s));
        v128.store(K, mul(h24, mu), 16);
        v128.store(K, mul(b, f00), 32);
        v128.store(K, mul(b, h01), 48);
        v128.store(K, mul(b, h02), 64);
        v128.store(K, mul(b, h10), 80);
        v128.store(K, mul(b, f11), 96);
        v128.store(K, mul(b, h12), 112);
        v128.store(K, mul(b, h20), 128);
        v128.store(K, mul(b, h21), 144);
        v128.store(K, mul(b, f22), 160);
        v128.store(K, mul(c, det2(f11, f22, h12, h21)), 176);
        v128.store(K, mul(c, det2(h12, h20, h10, f22)), 192);
        v128.store(K, mul(c, det2(h10, h21, f11, h20)), 208);
        v128.store(K, mul(c, det2(h21, h02, f22, h01)), 224);
        v128.store(K, mul(c, det2(f22, f00, h20, h02)), 240);
        v128.store(K, mul(c, det2(h20, h01, h21, f00)), 256);
        v128.store(K, mul(c, det2(h01, h12, h02, f11)), 272);
        v128.store(K, mul(c, det2(h02, h10, f00, h12)), 288);
        v128.store(K, mul(c, det2(f00, f11, h01, h10)), 304);
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
function average(F: usize, C: usize, t: i32, n: i32): void {
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
  const end = at(L, 23) + <usize>load<i32>(layers + ((<usize>k + 1) << 2)) * POINT;
  for (let p = at(L, 23) + <usize>load<i32>(layers + ((<usize>k) << 2)) * POINT; p < end; p += POINT) {
    const w0 = v128.load(p, 16);
    const w1 = v128.load(p, 32);
    for (let c: usize = 0; c < 6; c++) {
      const r: usize = c < 3 ? c : c == 5 ? 1 : 0;
      const s: usize = c < 3 ? c : c == 3 ? 1 : 2;
      const f = f32x4.splat(load<f32>(p, 60) * load<f32>(p + 48 + (r << 2)) * load<f32>(p + 48 + (s << 2)));
      addPairs(low + c * P + at(p, 0), low + c * P + at(p, 1), mul(f, mul(w0, w0)));
      addPairs(high + c * P + at(p, 2), high + c * P + at(p, 3), mul(f, mul(w1, w1)));
    }
  }
}

/** inverse ← inverse nodal blocks; fixed directions and nodes that do not exist get zeros. */
function diagonal(L: usize, t: i32, n: i32): void {
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

// ---- volume ----------------------------------------------------------------------------------------------------------------

/**
 * Per cell layer: Σ fill error², Σ fill, smallest J of cells at least 0.3 full, to out (3 f64 per layer). With update, also
 * q ← held + (q - held + λ v)(κ-λ)/κ, v = J-1 or ln J. extra: blocks of fill, κ × solid share and held q (48 bytes per block).
 */
function volume(L: usize, neo: bool, mat: usize, extra: usize, u: usize, out: usize, update: bool, t: i32, n: i32): void {
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
      let x = extra + <usize>word(run, 0) * 48;
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
        const m22 = det2(h11, h22, h12, h21);
        const minors = add(add(det2(h00, h11, h01, h10), det2(h00, h22, h02, h20)), m22);
        const det = add(sub(mul(h00, m22), mul(h01, det2(h10, h22, h12, h20))), mul(h02, det2(h10, h21, h11, h20)));
        const j1 = add(add(add(add(h00, h11), h22), minors), det);
        const fill = v128.load(x);
        const counts = f32x4.ge(fill, f32x4.splat(0.3));
        least = f32x4.min(least, v128.bitselect(add(one, j1), huge, counts));
        // the constraint's measure: J-1, or ln J for the neo-Hookean law
        let e = j1;
        if (neo) e = logOf(v128.bitselect(zero, j1, f32x4.le(j1, f32x4.splat(-1))));
        // the pressure in force is λ v + q; the share of a lumen keeps its own
        const kappa = v128.load(x, 16);
        const some = f32x4.gt(kappa, zero);
        const bulk = v128.bitselect(kappa, one, some);
        const lam = v128.load(m, 32);
        const held = v128.load(x, 32);
        const force = sub(add(mul(lam, e), v128.load(m, 48)), held);
        if (update) {
          const q = add(held, mul(force, sub(one, f32x4.div(lam, bulk))));
          v128.store(m, v128.bitselect(q, v128.load(m, 48), some), 48);
        }
        const error = v128.and(some, sub(e, f32x4.div(force, bulk)));
        const w = mul(fill, mul(error, error));
        sum = f64x2.add(sum, f64x2.promote_low_f32x4(w));
        sum = f64x2.add(sum, f64x2.promote_low_f32x4(v128.shuffle<i32>(w, w, 2, 3, 0, 1)));
        const counted = v128.and(some, fill);
        weight = f64x2.add(weight, f64x2.promote_low_f32x4(counted));
        weight = f64x2.add(weight, f64x2.promote_low_f32x4(v128.shuffle<i32>(counted, counted, 2, 3, 0, 1)));
        m += 64;
        x += 48;
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

// ---- vectors ---------------------------------------------------------------------------------------------------------------

/** Scalar products of count vectors (addresses at list) with v, per plane: out[plane × count + i]. */
function dots(L: usize, list: usize, count: i32, v: usize, out: usize, t: i32, n: i32): void {
  const N = (<usize>word(L, 0)) << 2;
  const end = endPlane(L, t, n);
  for (let k = firstPlane(L, t, n); k < end; k++) {
    const start = planeStart(L, k);
    const stop = planeStart(L, k + 1);
    for (let i: i32 = 0; i < count; i++) {
      const a = at(list, i);
      let s0 = f64x2.splat(0);
      let s1 = f64x2.splat(0);
      for (let c: usize = 0; c < 3; c++)
        for (let o = c * N + start; o < c * N + stop; o += 16) {
          const p = v128.load(a + o);
          const q = v128.load(v + o);
          s0 = f64x2.add(s0, f64x2.mul(f64x2.promote_low_f32x4(p), f64x2.promote_low_f32x4(q)));
          s1 = f64x2.add(
            s1,
            f64x2.mul(
              f64x2.promote_low_f32x4(v128.shuffle<i32>(p, p, 2, 3, 0, 1)),
              f64x2.promote_low_f32x4(v128.shuffle<i32>(q, q, 2, 3, 0, 1)),
            ),
          );
        }
      s0 = f64x2.add(s0, s1);
      store<f64>(out + (<usize>(k * count + i) << 3), f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1));
    }
  }
}

/** out ← scale base + Σ factors (f64) × vectors; base may be out. */
function combine(L: usize, out: usize, scale: f64, base: usize, list: usize, factors: usize, count: i32, t: i32, n: i32): void {
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
function accept(L: usize, trial: usize, u: usize, fresh: usize, g: usize, s: usize, y: usize, out: usize, t: i32, n: i32): void {
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

// ---- surface points --------------------------------------------------------------------------------------------------------

/** Displacement (3 f64 each) of the points in list (i32): points hold four node offsets (bytes) and 8 weights, 48 bytes. */
function gather(N4: usize, points: usize, list: usize, count: i32, u: usize, out: usize, t: i32, n: i32): void {
  const from = <i32>((<i64>count * t) / n);
  const to = <i32>((<i64>count * (t + 1)) / n);
  for (let i = from; i < to; i++) {
    const p = points + <usize>load<i32>(list + (<usize>i << 2)) * 48;
    const w0 = v128.load(p, 16);
    const w1 = v128.load(p, 32);
    for (let c: usize = 0; c < 3; c++) {
      const q = u + c * N4;
      const a = v128.load64_lane(q + at(p, 1), v128.load64_zero(q + at(p, 0)), 1);
      const b = v128.load64_lane(q + at(p, 3), v128.load64_zero(q + at(p, 2)), 1);
      const r = add(mul(w0, a), mul(w1, b));
      store<f64>(
        out + (<usize>i * 3 + c) * 8,
        <f64>(f32x4.extract_lane(r, 0) + f32x4.extract_lane(r, 1) + (f32x4.extract_lane(r, 2) + f32x4.extract_lane(r, 3))),
      );
    }
  }
}

/** g += forces (3 f64 each) of the points in list; one thread only. */
export function scatter(N4: usize, points: usize, list: usize, count: i32, forces: usize, g: usize): void {
  for (let i: i32 = 0; i < count; i++) {
    const p = points + <usize>load<i32>(list + (<usize>i << 2)) * 48;
    for (let c: usize = 0; c < 3; c++) {
      const f = f32x4.splat(<f32>load<f64>(forces + (<usize>i * 3 + c) * 8));
      addPairs(g + c * N4 + at(p, 0), g + c * N4 + at(p, 1), mul(f, v128.load(p, 16)));
      addPairs(g + c * N4 + at(p, 2), g + c * N4 + at(p, 3), mul(f, v128.load(p, 32)));
    }
  }
}

// ---- the coarsest grid: dense Cholesky in f64 ------------------------------------------------------------------------------

/** dofs: i32 offsets (bytes) of the free unknowns; matrix: rows of `stride` f64 (even). One thread. */
export function factor(L: usize, dofs: usize, count: i32, matrix: usize, stride: i32): void {
  const x = at(L, 17);
  const y = at(L, 18);
  for (let j: i32 = 0; j < count; j++) {
    store<f32>(x + at(dofs, j), 1);
    sweep(L, x, 0, y, 0, 0, 0, 0, 0, 0, 1);
    store<f32>(x + at(dofs, j), 0);
    for (let i = j; i < count; i++) store<f64>(matrix + (<usize>(i * stride + j) << 3), -(<f64>load<f32>(y + at(dofs, i))));
  }
  for (let j: i32 = 0; j < count; j++) {
    const row = matrix + (<usize>(j * stride) << 3);
    for (let i = j; i < count; i++) {
      const other = matrix + (<usize>(i * stride) << 3);
      let v = load<f64>(other + (<usize>j << 3));
      let s = f64x2.splat(0);
      let k: i32 = 0;
      for (; k + 1 < j; k += 2) {
        const o = <usize>k << 3;
        s = f64x2.add(s, f64x2.mul(v128.load(row + o), v128.load(other + o)));
      }
      v -= f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
      if (k < j) v -= load<f64>(row + (<usize>k << 3)) * load<f64>(other + (<usize>k << 3));
      if (i == j) {
        // geometric stiffness can make a coarse pivot vanish: keep its diagonal instead, the metric only has to be positive
        const d = Math.abs(load<f64>(row + (<usize>j << 3)));
        if (!(v > 1e-6 * d)) v = d > 1e-12 ? d : 1e-12;
        store<f64>(row + (<usize>j << 3), Math.sqrt(v));
      } else store<f64>(other + (<usize>j << 3), v / load<f64>(row + (<usize>j << 3)));
    }
  }
}

function solveCoarsest(b: usize, x: usize, dofs: usize, count: i32, matrix: usize, stride: i32, y: usize): void {
  for (let i: i32 = 0; i < count; i++) {
    const row = matrix + (<usize>(i * stride) << 3);
    let v = <f64>load<f32>(b + at(dofs, i));
    let s = f64x2.splat(0);
    let k: i32 = 0;
    for (; k + 1 < i; k += 2) {
      const o = <usize>k << 3;
      s = f64x2.add(s, f64x2.mul(v128.load(row + o), v128.load(y + o)));
    }
    v -= f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
    if (k < i) v -= load<f64>(row + (<usize>k << 3)) * load<f64>(y + (<usize>k << 3));
    store<f64>(y + (<usize>i << 3), v / load<f64>(row + (<usize>i << 3)));
  }
  for (let i = count - 1; i >= 0; i--) {
    const row = matrix + (<usize>(i * stride) << 3);
    const v = load<f64>(y + (<usize>i << 3)) / load<f64>(row + (<usize>i << 3));
    store<f32>(x + at(dofs, i), <f32>v);
    const V = f64x2.splat(v);
    let k: i32 = 0;
    for (; k + 1 < i; k += 2) {
      const o = <usize>k << 3;
      v128.store(y + o, f64x2.sub(v128.load(y + o), f64x2.mul(V, v128.load(row + o))));
    }
    if (k < i) store<f64>(y + (<usize>k << 3), load<f64>(y + (<usize>k << 3)) - v * load<f64>(row + (<usize>k << 3)));
  }
}

// ---- the V-cycle -----------------------------------------------------------------------------------------------------------

// words of the metric's record: 0 levels, 1 dofs, 2 count, 3 matrix, 4 stride, 5 y, 8… level records
function cycle(G: usize, l: i32, b: usize, x: usize, t: i32, n: i32): void {
  const L = at(G, 8 + l);
  if (n > 1 && word(L, 21)) {
    // too little work to share
    if (t == 0) cycle(G, l, b, x, 0, 1);
    barrier(n);
    return;
  }
  if (l == word(G, 0) - 1) {
    if (t == 0) solveCoarsest(b, x, at(G, 1), word(G, 2), at(G, 3), word(G, 4), at(G, 5));
    barrier(n);
    return;
  }
  const C = at(G, 9 + l);
  const r = at(L, 16);
  const d = at(L, 17);
  const e = at(L, 18);
  const lmax = load<f64>(L, 96);
  const theta = (lmax * (1 + LOWEST)) / 2;
  const delta = (lmax * (1 - LOWEST)) / 2;
  const sigma = theta / delta;
  const rho = 1 / (2 * sigma - 1 / sigma);
  startSmoothing(L, b, d, x, 1 / theta, t, n);
  barrier(n);
  sweep(L, d, b, r, d, e, x, rho / sigma, (2 * rho) / delta, t, n);
  barrier(n);
  sweep(L, e, r, r, 0, 0, 0, 0, 0, t, n);
  barrier(n);
  restrict(L, C, r, at(C, 15), t, n);
  barrier(n);
  cycle(G, l + 1, at(C, 15), at(C, 14), t, n);
  prolong(L, C, at(C, 14), e, x, t, n);
  barrier(n);
  sweep(L, e, r, r, 0, d, x, 0, 1 / theta, t, n);
  barrier(n);
  sweep(L, d, r, 0, d, e, x, rho / sigma, (2 * rho) / delta, t, n);
  barrier(n);
}
/** The smoother works on eigenvalues from this share of the largest upwards. */
const LOWEST: f64 = 1.0 / 5.0;

// ---- tasks -----------------------------------------------------------------------------------------------------------------
// The team itself (orders, barriers) is in team.ts. Arguments lie behind the control words: i32 from byte 64, f64 from 192.

let CTL: usize = 0;

export function join(control: usize): void {
  CTL = control;
}

// @ts-ignore: decorator
@external("env", "barrier")
declare function meet(members: i32): void;
// @ts-ignore: decorator
@inline
function barrier(n: i32): void {
  if (n > 1) meet(n);
}

// @ts-ignore: decorator
@inline
function arg(i: usize): usize {
  return <usize>load<u32>(CTL + 64 + (i << 2));
}
// @ts-ignore: decorator
@inline
function number(i: usize): f64 {
  return load<f64>(CTL + 192 + (i << 3));
}

/** Member t of n does its part of a task; all have to come. */
export function execute(what: i32, t: i32, n: i32): void {
  switch (what) {
    case 0:
      cycle(arg(0), 0, arg(1), arg(2), t, n);
      break;
    case 1:
      // trial ← u + step d, then energy and gradient there; without a direction, at u
      if (arg(6) != 0) {
        combine(arg(0), arg(3), 1, arg(7), CTL + 64 + 24, CTL + 192, 1, t, n);
        barrier(n);
      }
      energy(arg(0), arg(1) != 0, arg(2), arg(3), arg(4), arg(5), t, n);
      break;
    case 2:
      freeze(arg(0), arg(1) != 0, arg(2), arg(3), t, n);
      break;
    case 3:
      average(arg(0), arg(1), t, n);
      break;
    case 4:
      diagonal(arg(0), t, n);
      break;
    case 5:
      sweep(arg(0), arg(1), arg(2), arg(3), arg(4), arg(5), arg(6), number(0), number(1), t, n);
      break;
    case 6:
      dots(arg(0), arg(1), <i32>arg(2), arg(3), arg(4), t, n);
      break;
    case 7:
      combine(arg(0), arg(1), number(0), arg(2), arg(3), arg(4), <i32>arg(5), t, n);
      break;
    case 8:
      accept(arg(0), arg(1), arg(2), arg(3), arg(4), arg(5), arg(6), arg(7), t, n);
      break;
    case 9:
      volume(arg(0), arg(1) != 0, arg(2), arg(3), arg(4), arg(5), arg(6) != 0, t, n);
      break;
    case 10:
      gather(arg(0), arg(1), arg(2), <i32>arg(3), arg(4), arg(5), t, n);
      break;
    case 11:
      restrict(arg(0), arg(1), arg(2), arg(3), t, n);
      break;
    case 12:
      prolong(arg(0), arg(1), arg(2), arg(3), arg(4), t, n);
      break;
  }
}
