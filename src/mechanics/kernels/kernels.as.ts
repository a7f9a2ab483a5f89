// The hot loops of the solver in WebAssembly SIMD (AssemblyScript), two cells or nodes per instruction, f64.
// Same formulas as ../element.ts and ../multigrid.ts, which are the reference; see docs/mechanics.md.
// Pointers are byte offsets into the imported memory. Nothing here allocates.

const M: usize = memory.data(21 * 16, 16);
const T: usize = memory.data(21 * 16, 16);

// @ts-ignore: decorator
@inline
function pair(p: usize, a: i32, b: i32, adjacent: bool): v128 {
  if (adjacent) return v128.load(p + ((<usize>a) << 3));
  return f64x2.replace_lane(v128.load64_splat(p + ((<usize>a) << 3)), 1, load<f64>(p + ((<usize>b) << 3)));
}

// @ts-ignore: decorator
@inline
function addPair(p: usize, a: i32, b: i32, adjacent: bool, v: v128): void {
  if (adjacent) {
    const q = p + ((<usize>a) << 3);
    v128.store(q, f64x2.add(v128.load(q), v));
  } else {
    const qa = p + ((<usize>a) << 3);
    store<f64>(qa, load<f64>(qa) + f64x2.extract_lane(v, 0));
    const qb = p + ((<usize>b) << 3);
    store<f64>(qb, load<f64>(qb) + f64x2.extract_lane(v, 1));
  }
}

// Walsh–Hadamard modes x, y, z, xy, xz, yz, xyz of two cells, to m
// @ts-ignore: decorator
@inline
function modes(u: usize, a: i32, b: i32, adjacent: bool, sy: i32, sz: i32, m: usize): void {
  const v0 = pair(u, a, b, adjacent);
  const v1 = pair(u, a + 1, b + 1, adjacent);
  const v2 = pair(u, a + sy, b + sy, adjacent);
  const v3 = pair(u, a + sy + 1, b + sy + 1, adjacent);
  const v4 = pair(u, a + sz, b + sz, adjacent);
  const v5 = pair(u, a + sz + 1, b + sz + 1, adjacent);
  const v6 = pair(u, a + sz + sy, b + sz + sy, adjacent);
  const v7 = pair(u, a + sz + sy + 1, b + sz + sy + 1, adjacent);
  const s0 = f64x2.add(v0, v1);
  const s1 = f64x2.add(v2, v3);
  const s2 = f64x2.add(v4, v5);
  const s3 = f64x2.add(v6, v7);
  const d0 = f64x2.sub(v1, v0);
  const d1 = f64x2.sub(v3, v2);
  const d2 = f64x2.sub(v5, v4);
  const d3 = f64x2.sub(v7, v6);
  const b0 = f64x2.sub(s1, s0);
  const b1 = f64x2.sub(s3, s2);
  const e0 = f64x2.add(d0, d1);
  const e1 = f64x2.add(d2, d3);
  const f0 = f64x2.sub(d1, d0);
  const f1 = f64x2.sub(d3, d2);
  v128.store(m, f64x2.add(e0, e1));
  v128.store(m, f64x2.add(b0, b1), 16);
  v128.store(m, f64x2.sub(f64x2.add(s2, s3), f64x2.add(s0, s1)), 32);
  v128.store(m, f64x2.add(f0, f1), 48);
  v128.store(m, f64x2.sub(e1, e0), 64);
  v128.store(m, f64x2.sub(b1, b0), 80);
  v128.store(m, f64x2.sub(f1, f0), 96);
}

// transpose of modes(): adds the nodal forces of the mode forces at g
// @ts-ignore: decorator
@inline
function addNodal(f: usize, a: i32, b: i32, adjacent: bool, sy: i32, sz: i32, g: usize): void {
  const gx = v128.load(g);
  const gy = v128.load(g, 16);
  const gz = v128.load(g, 32);
  const gxy = v128.load(g, 48);
  const gxz = v128.load(g, 64);
  const gyz = v128.load(g, 80);
  const gxyz = v128.load(g, 96);
  let e = f64x2.sub(gx, gxz);
  let bb = f64x2.sub(gy, gyz);
  let ff = f64x2.sub(gxy, gxyz);
  let z = f64x2.neg(gz);
  let p = f64x2.sub(z, bb);
  let q = f64x2.sub(e, ff);
  let r = f64x2.add(z, bb);
  let s = f64x2.add(e, ff);
  addPair(f, a, b, adjacent, f64x2.sub(p, q));
  addPair(f, a + 1, b + 1, adjacent, f64x2.add(p, q));
  addPair(f, a + sy, b + sy, adjacent, f64x2.sub(r, s));
  addPair(f, a + sy + 1, b + sy + 1, adjacent, f64x2.add(r, s));
  e = f64x2.add(gx, gxz);
  bb = f64x2.add(gy, gyz);
  ff = f64x2.add(gxy, gxyz);
  p = f64x2.sub(gz, bb);
  q = f64x2.sub(e, ff);
  r = f64x2.add(gz, bb);
  s = f64x2.add(e, ff);
  const c = a + sz;
  const d = b + sz;
  addPair(f, c, d, adjacent, f64x2.sub(p, q));
  addPair(f, c + 1, d + 1, adjacent, f64x2.add(p, q));
  addPair(f, c + sy, d + sy, adjacent, f64x2.sub(r, s));
  addPair(f, c + sy + 1, d + sy + 1, adjacent, f64x2.add(r, s));
}

// @ts-ignore: decorator
@inline
function mul(a: v128, b: v128): v128 {
  return f64x2.mul(a, b);
}
// @ts-ignore: decorator
@inline
function add(a: v128, b: v128): v128 {
  return f64x2.add(a, b);
}
// @ts-ignore: decorator
@inline
function sub(a: v128, b: v128): v128 {
  return f64x2.sub(a, b);
}
// a b - c d
// @ts-ignore: decorator
@inline
function det2(a: v128, b: v128, c: v128, d: v128): v128 {
  return f64x2.sub(f64x2.mul(a, b), f64x2.mul(c, d));
}

// hourglass forces of one component from m to t; returns k2 (xy²+xz²+yz²) + k3 xyz²
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

/** energyAndForce of ../element.ts for the stiffening law; count is even (the last cell may be an empty one). */
export function energyAndForce(
  count: i32, base: usize, sy: i32, sz: i32, h: f64,
  MU: usize, A: usize, LAM: usize, Q: usize,
  u: usize, g: usize, nodes: i32,
): f64 {
  const plane = (<usize>nodes) << 3;
  const grad = f64x2.splat(1 / (4 * h));
  const volume = h * h * h;
  const V = f64x2.splat(volume);
  const toMode = f64x2.splat(volume * (1 / (4 * h)));
  const one = f64x2.splat(1);
  const half = f64x2.splat(0.5);
  const quarter = f64x2.splat(0.25);
  const h24 = f64x2.splat(h / 24);
  const h48 = f64x2.splat(h / 48);
  let energy = f64x2.splat(0);
  for (let i: i32 = 0; i < count; i += 2) {
    const a = load<i32>(base + ((<usize>i) << 2));
    const b = load<i32>(base + ((<usize>i) << 2), 4);
    const adjacent = b == a + 1;
    modes(u, a, b, adjacent, sy, sz, M);
    modes(u + plane, a, b, adjacent, sy, sz, M + 112);
    modes(u + 2 * plane, a, b, adjacent, sy, sz, M + 224);
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
    const det = add(
      sub(mul(h00, m22), mul(h01, det2(h10, h22, h12, h20))),
      mul(h02, det2(h10, h21, h11, h20)),
    );
    const j1 = add(add(tr, minors), det);
    let hh = add(add(mul(h00, h00), mul(h01, h01)), mul(h02, h02));
    hh = add(add(add(hh, mul(h10, h10)), mul(h11, h11)), mul(h12, h12));
    hh = add(add(add(hh, mul(h20, h20)), mul(h21, h21)), mul(h22, h22));
    const i1 = add(add(tr, tr), hh);
    const o = (<usize>i) << 3;
    const mu = v128.load(MU + o);
    const lam = v128.load(LAM + o);
    const stiff = v128.load(A + o);
    const q = v128.load(Q + o);
    const ai = mul(stiff, i1);
    const s = mul(mu, add(one, ai));
    const p = sub(add(mul(lam, j1), q), mu);
    let w = sub(mul(mul(half, mu), hh), mul(mu, add(minors, det)));
    w = add(w, mul(mul(quarter, mu), mul(ai, i1)));
    w = add(w, mul(add(mul(mul(half, lam), j1), q), j1));
    energy = add(energy, mul(V, w));
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
    const k3 = mul(mu, h48);
    let hg = hourglass(M, T, k2, k3);
    hg = add(hg, hourglass(M + 112, T + 112, k2, k3));
    hg = add(hg, hourglass(M + 224, T + 224, k2, k3));
    energy = add(energy, mul(half, hg));
    addNodal(g, a, b, adjacent, sy, sz, T);
    addNodal(g + plane, a, b, adjacent, sy, sz, T + 112);
    addNodal(g + 2 * plane, a, b, adjacent, sy, sz, T + 224);
  }
  return f64x2.extract_lane(energy, 0) + f64x2.extract_lane(energy, 1);
}

/** addTangentProduct of ../element.ts; B, C, G are nine planes of `stride` cells each. */
export function addTangentProduct(
  count: i32, base: usize, sy: i32, sz: i32, h: f64,
  S: usize, HG: usize, B: usize, C: usize, G: usize, stride: i32,
  x: usize, y: usize, nodes: i32,
): void {
  const plane = (<usize>nodes) << 3;
  const P = (<usize>stride) << 3;
  const grad = f64x2.splat(1 / (4 * h));
  const toMode = f64x2.splat((h * h) / 4);
  const h24 = f64x2.splat(h / 24);
  const h48 = f64x2.splat(h / 48);
  for (let i: i32 = 0; i < count; i += 2) {
    const a = load<i32>(base + ((<usize>i) << 2));
    const b = load<i32>(base + ((<usize>i) << 2), 4);
    const adjacent = b == a + 1;
    modes(x, a, b, adjacent, sy, sz, M);
    modes(x + plane, a, b, adjacent, sy, sz, M + 112);
    modes(x + 2 * plane, a, b, adjacent, sy, sz, M + 224);
    const h00 = mul(v128.load(M), grad);
    const h01 = mul(v128.load(M, 16), grad);
    const h02 = mul(v128.load(M, 32), grad);
    const h10 = mul(v128.load(M, 112), grad);
    const h11 = mul(v128.load(M, 128), grad);
    const h12 = mul(v128.load(M, 144), grad);
    const h20 = mul(v128.load(M, 224), grad);
    const h21 = mul(v128.load(M, 240), grad);
    const h22 = mul(v128.load(M, 256), grad);
    const o = (<usize>i) << 3;
    const s = v128.load(S + o);
    // B and C act along one direction each
    let bp = B + o;
    let cp = C + o;
    let bd = add(add(mul(v128.load(bp), h00), mul(v128.load(bp + P), h01)), mul(v128.load(bp + 2 * P), h02));
    bd = add(add(add(bd, mul(v128.load(bp + 3 * P), h10)), mul(v128.load(bp + 4 * P), h11)), mul(v128.load(bp + 5 * P), h12));
    bd = add(add(add(bd, mul(v128.load(bp + 6 * P), h20)), mul(v128.load(bp + 7 * P), h21)), mul(v128.load(bp + 8 * P), h22));
    let cd = add(add(mul(v128.load(cp), h00), mul(v128.load(cp + P), h01)), mul(v128.load(cp + 2 * P), h02));
    cd = add(add(add(cd, mul(v128.load(cp + 3 * P), h10)), mul(v128.load(cp + 4 * P), h11)), mul(v128.load(cp + 5 * P), h12));
    cd = add(add(add(cd, mul(v128.load(cp + 6 * P), h20)), mul(v128.load(cp + 7 * P), h21)), mul(v128.load(cp + 8 * P), h22));
    const gp = G + o;
    const g0 = v128.load(gp);
    const g1 = v128.load(gp + P);
    const g2 = v128.load(gp + 2 * P);
    const g3 = v128.load(gp + 3 * P);
    const g4 = v128.load(gp + 4 * P);
    const g5 = v128.load(gp + 5 * P);
    const g6 = v128.load(gp + 6 * P);
    const g7 = v128.load(gp + 7 * P);
    const g8 = v128.load(gp + 8 * P);
    v128.store(T, mul(toMode, add(add(add(mul(s, h00), mul(bd, v128.load(bp))), mul(cd, v128.load(cp))), add(det2(g4, h22, g5, h21), det2(h11, g8, h12, g7)))));
    v128.store(T, mul(toMode, add(add(add(mul(s, h01), mul(bd, v128.load(bp + P))), mul(cd, v128.load(cp + P))), add(det2(g5, h20, g3, h22), det2(h12, g6, h10, g8)))), 16);
    v128.store(T, mul(toMode, add(add(add(mul(s, h02), mul(bd, v128.load(bp + 2 * P))), mul(cd, v128.load(cp + 2 * P))), add(det2(g3, h21, g4, h20), det2(h10, g7, h11, g6)))), 32);
    v128.store(T, mul(toMode, add(add(add(mul(s, h10), mul(bd, v128.load(bp + 3 * P))), mul(cd, v128.load(cp + 3 * P))), add(det2(g7, h02, g8, h01), det2(h21, g2, h22, g1)))), 112);
    v128.store(T, mul(toMode, add(add(add(mul(s, h11), mul(bd, v128.load(bp + 4 * P))), mul(cd, v128.load(cp + 4 * P))), add(det2(g8, h00, g6, h02), det2(h22, g0, h20, g2)))), 128);
    v128.store(T, mul(toMode, add(add(add(mul(s, h12), mul(bd, v128.load(bp + 5 * P))), mul(cd, v128.load(cp + 5 * P))), add(det2(g6, h01, g7, h00), det2(h20, g1, h21, g0)))), 144);
    v128.store(T, mul(toMode, add(add(add(mul(s, h20), mul(bd, v128.load(bp + 6 * P))), mul(cd, v128.load(cp + 6 * P))), add(det2(g1, h12, g2, h11), det2(h01, g5, h02, g4)))), 224);
    v128.store(T, mul(toMode, add(add(add(mul(s, h21), mul(bd, v128.load(bp + 7 * P))), mul(cd, v128.load(cp + 7 * P))), add(det2(g2, h10, g0, h12), det2(h02, g3, h00, g5)))), 240);
    v128.store(T, mul(toMode, add(add(add(mul(s, h22), mul(bd, v128.load(bp + 8 * P))), mul(cd, v128.load(cp + 8 * P))), add(det2(g0, h11, g1, h10), det2(h00, g4, h01, g3)))), 256);
    const hg = v128.load(HG + o);
    const k2 = mul(hg, h24);
    const k3 = mul(hg, h48);
    hourglass(M, T, k2, k3);
    hourglass(M + 112, T + 112, k2, k3);
    hourglass(M + 224, T + 224, k2, k3);
    addNodal(y, a, b, adjacent, sy, sz, T);
    addNodal(y + plane, a, b, adjacent, sy, sz, T + 112);
    addNodal(y + 2 * plane, a, b, adjacent, sy, sz, T + 224);
  }
}

/**
 * One Chebyshev step over runs of active nodes: d ← keep d + gain I r, x ← x + d (or x ← d when fresh).
 * I: six planes xx, yy, zz, xy, xz, yz. Runs hold start and end of each.
 */
export function smoothStep(
  runs: usize, count: i32, I: usize, r: usize, d: usize, x: usize, nodes: i32, keep: f64, gain: f64, fresh: i32,
): void {
  const P = (<usize>nodes) << 3;
  const K = f64x2.splat(keep);
  const W = f64x2.splat(gain);
  for (let k: i32 = 0; k < count; k++) {
    const start = load<i32>(runs + ((<usize>k) << 3));
    const end = load<i32>(runs + ((<usize>k) << 3), 4);
    let i = start;
    for (; i + 1 < end; i += 2) {
      const o = (<usize>i) << 3;
      const r0 = v128.load(r + o);
      const r1 = v128.load(r + P + o);
      const r2 = v128.load(r + 2 * P + o);
      const xy = v128.load(I + 3 * P + o);
      const xz = v128.load(I + 4 * P + o);
      const yz = v128.load(I + 5 * P + o);
      let d0 = mul(W, add(add(mul(v128.load(I + o), r0), mul(xy, r1)), mul(xz, r2)));
      let d1 = mul(W, add(add(mul(xy, r0), mul(v128.load(I + P + o), r1)), mul(yz, r2)));
      let d2 = mul(W, add(add(mul(xz, r0), mul(yz, r1)), mul(v128.load(I + 2 * P + o), r2)));
      if (keep != 0) {
        d0 = add(d0, mul(K, v128.load(d + o)));
        d1 = add(d1, mul(K, v128.load(d + P + o)));
        d2 = add(d2, mul(K, v128.load(d + 2 * P + o)));
      }
      v128.store(d + o, d0);
      v128.store(d + P + o, d1);
      v128.store(d + 2 * P + o, d2);
      if (fresh == 0) {
        d0 = add(d0, v128.load(x + o));
        d1 = add(d1, v128.load(x + P + o));
        d2 = add(d2, v128.load(x + 2 * P + o));
      }
      v128.store(x + o, d0);
      v128.store(x + P + o, d1);
      v128.store(x + 2 * P + o, d2);
    }
    for (; i < end; i++) {
      const o = (<usize>i) << 3;
      const r0 = load<f64>(r + o);
      const r1 = load<f64>(r + P + o);
      const r2 = load<f64>(r + 2 * P + o);
      const xy = load<f64>(I + 3 * P + o);
      const xz = load<f64>(I + 4 * P + o);
      const yz = load<f64>(I + 5 * P + o);
      let d0 = gain * (load<f64>(I + o) * r0 + xy * r1 + xz * r2);
      let d1 = gain * (xy * r0 + load<f64>(I + P + o) * r1 + yz * r2);
      let d2 = gain * (xz * r0 + yz * r1 + load<f64>(I + 2 * P + o) * r2);
      if (keep != 0) {
        d0 += keep * load<f64>(d + o);
        d1 += keep * load<f64>(d + P + o);
        d2 += keep * load<f64>(d + 2 * P + o);
      }
      store<f64>(d + o, d0);
      store<f64>(d + P + o, d1);
      store<f64>(d + 2 * P + o, d2);
      store<f64>(x + o, fresh == 0 ? load<f64>(x + o) + d0 : d0);
      store<f64>(x + P + o, fresh == 0 ? load<f64>(x + P + o) + d1 : d1);
      store<f64>(x + 2 * P + o, fresh == 0 ? load<f64>(x + 2 * P + o) + d2 : d2);
    }
  }
}

/** y ← y + k x over n numbers. */
export function axpy(n: i32, k: f64, x: usize, y: usize): void {
  const K = f64x2.splat(k);
  const even = n & ~1;
  for (let i: i32 = 0; i < even; i += 2) {
    const o = (<usize>i) << 3;
    v128.store(y + o, add(v128.load(y + o), mul(K, v128.load(x + o))));
  }
  if (even < n) {
    const o = (<usize>even) << 3;
    store<f64>(y + o, load<f64>(y + o) + k * load<f64>(x + o));
  }
}

/** Scalar product of n numbers. */
export function dot(n: i32, x: usize, y: usize): f64 {
  let s = f64x2.splat(0);
  const even = n & ~1;
  for (let i: i32 = 0; i < even; i += 2) {
    const o = (<usize>i) << 3;
    s = add(s, mul(v128.load(x + o), v128.load(y + o)));
  }
  let sum = f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
  if (even < n) sum += load<f64>(x + ((<usize>even) << 3)) * load<f64>(y + ((<usize>even) << 3));
  return sum;
}

/**
 * Trilinear interpolation of three planes from coarse nodes (to ← P from) over fine active nodes.
 * map: the 8 coarse nodes of each active node (count×8, i32), repeated where they coincide.
 */
export function prolong(count: i32, active: usize, map: usize, from: usize, coarse: i32, to: usize, fine: i32): void {
  for (let k: i32 = 0; k < count; k++) {
    const node = load<i32>(active + ((<usize>k) << 2));
    const m = map + ((<usize>k) << 5);
    for (let c: i32 = 0; c < 3; c++) {
      const p = from + ((<usize>(c * coarse)) << 3);
      const v =
        load<f64>(p + ((<usize>load<i32>(m)) << 3)) +
        load<f64>(p + ((<usize>load<i32>(m, 4)) << 3)) +
        load<f64>(p + ((<usize>load<i32>(m, 8)) << 3)) +
        load<f64>(p + ((<usize>load<i32>(m, 12)) << 3)) +
        load<f64>(p + ((<usize>load<i32>(m, 16)) << 3)) +
        load<f64>(p + ((<usize>load<i32>(m, 20)) << 3)) +
        load<f64>(p + ((<usize>load<i32>(m, 24)) << 3)) +
        load<f64>(p + ((<usize>load<i32>(m, 28)) << 3));
      store<f64>(to + ((<usize>(node + c * fine)) << 3), 0.125 * v);
    }
  }
}

/** Transpose of prolong for any number of planes: to += Pᵀ from (to must be cleared before). */
export function restrict(
  count: i32, active: usize, map: usize, from: usize, fine: i32, to: usize, coarse: i32, planes: i32,
): void {
  for (let k: i32 = 0; k < count; k++) {
    const node = load<i32>(active + ((<usize>k) << 2));
    const m = map + ((<usize>k) << 5);
    for (let c: i32 = 0; c < planes; c++) {
      const v = 0.125 * load<f64>(from + ((<usize>(node + c * fine)) << 3));
      const p = to + ((<usize>(c * coarse)) << 3);
      for (let j: usize = 0; j < 32; j += 4) {
        const q = p + ((<usize>load<i32>(m + j)) << 3);
        store<f64>(q, load<f64>(q) + v);
      }
    }
  }
}
