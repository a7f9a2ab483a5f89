// The barrier against folding, four cells at a time: ../fold-barrier.ts says what and why.
import { add, det2, mul, sub } from './lanes.as';

const FOLD_AT: f32 = 0.4;
const FOLD_STIFFNESS: f32 = 20;
const FOLD_METRIC_SHARE: f32 = 0.3;
/** (1 - cbrt(0.4))² / 18 */
const FOLD_HARMLESS: f32 = 0.0038493;

// an edge vector's component at a corner: mean gradient and three modes with their signs
// @ts-ignore: decorator
@inline
function edge(f: v128, grad: v128, p: v128, sp: v128, q: v128, sq: v128, r: v128, sr: v128): v128 {
  return add(f, mul(grad, add(add(mul(sp, p), mul(sq, q)), mul(sr, r))));
}

/**
 * Four cells with modes at m. With forces t: adds theirs, returns the energies over the cell's volume. Without (t = 0): returns the factors
 * by which the barrier stiffens the preconditioner's hourglass modes. Lanes without material have mu = 0 and come out as 0 energy.
 */
export function fold(m: usize, t: usize, mu: v128, grad: v128, toMode: v128): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const f0 = add(one, mul(v128.load(m), grad));
  const f1 = mul(v128.load(m, 112), grad);
  const f2 = mul(v128.load(m, 224), grad);
  const f3 = mul(v128.load(m, 16), grad);
  const f4 = add(one, mul(v128.load(m, 128), grad));
  const f5 = mul(v128.load(m, 240), grad);
  const f6 = mul(v128.load(m, 32), grad);
  const f7 = mul(v128.load(m, 144), grad);
  const f8 = add(one, mul(v128.load(m, 256), grad));
  const limit = mul(f32x4.splat(FOLD_AT), add(add(mul(f0, det2(f4, f8, f5, f7)), mul(f1, det2(f5, f6, f3, f8))), mul(f2, det2(f3, f7, f4, f6))));
  const weight = mul(mu, f32x4.splat(FOLD_STIFFNESS / 8));
  const perLimit = f32x4.splat(1 / (FOLD_AT * FOLD_AT));
  let sum = zero;
  let forces = zero;
  for (let n: i32 = 0; n < 8; n++) {
    const a = f32x4.splat(n & 1 ? 1 : -1);
    const b = f32x4.splat(n & 2 ? 1 : -1);
    const c = f32x4.splat(n & 4 ? 1 : -1);
    const bc = mul(b, c);
    const ac = mul(a, c);
    const ab = mul(a, b);
    let xy = v128.load(m, 48);
    let xz = v128.load(m, 64);
    let yz = v128.load(m, 80);
    let xyz = v128.load(m, 96);
    const a0 = edge(f0, grad, xy, b, xz, c, xyz, bc);
    const b0 = edge(f3, grad, xy, a, yz, c, xyz, ac);
    const c0 = edge(f6, grad, xz, a, yz, b, xyz, ab);
    xy = v128.load(m, 160);
    xz = v128.load(m, 176);
    yz = v128.load(m, 192);
    xyz = v128.load(m, 208);
    const a1 = edge(f1, grad, xy, b, xz, c, xyz, bc);
    const b1 = edge(f4, grad, xy, a, yz, c, xyz, ac);
    const c1 = edge(f7, grad, xz, a, yz, b, xyz, ab);
    xy = v128.load(m, 272);
    xz = v128.load(m, 288);
    yz = v128.load(m, 304);
    xyz = v128.load(m, 320);
    const a2 = edge(f2, grad, xy, b, xz, c, xyz, bc);
    const b2 = edge(f5, grad, xy, a, yz, c, xyz, ac);
    const c2 = edge(f8, grad, xz, a, yz, b, xyz, ab);
    const n0 = det2(b1, c2, b2, c1);
    const n1 = det2(b2, c0, b0, c2);
    const n2 = det2(b0, c1, b1, c0);
    const r = sub(limit, add(add(mul(a0, n0), mul(a1, n1)), mul(a2, n2)));
    const pays = f32x4.gt(r, zero);
    if (!v128.any_true(pays)) continue;
    const rr = mul(mul(r, r), perLimit);
    if (t == 0) {
      sum = add(sum, v128.and(pays, add(one, mul(f32x4.splat(3), rr))));
      continue;
    }
    sum = add(sum, v128.and(pays, mul(mul(f32x4.splat(0.5), mul(r, r)), add(one, mul(f32x4.splat(0.5), rr)))));
    const g = v128.and(pays, mul(mul(mul(weight, toMode), r), add(one, rr)));
    forces = add(forces, g);
    payCorner(t, g, n0, det2(c1, a2, c2, a1), det2(a1, b2, a2, b1), a, b, c);
    payCorner(t + 112, g, n1, det2(c2, a0, c0, a2), det2(a2, b0, a0, b2), a, b, c);
    payCorner(t + 224, g, n2, det2(c0, a1, c1, a0), det2(a0, b1, a1, b0), a, b, c);
  }
  if (t == 0) return add(one, mul(f32x4.splat((FOLD_METRIC_SHARE * FOLD_STIFFNESS) / 8), sum));
  // what a corner may lose is a share of the mean volume
  const g = mul(f32x4.splat(FOLD_AT), forces);
  v128.store(t, add(v128.load(t), mul(g, det2(f4, f8, f5, f7))));
  v128.store(t, add(v128.load(t, 16), mul(g, det2(f7, f2, f8, f1))), 16);
  v128.store(t, add(v128.load(t, 32), mul(g, det2(f1, f5, f2, f4))), 32);
  v128.store(t, add(v128.load(t, 112), mul(g, det2(f5, f6, f3, f8))), 112);
  v128.store(t, add(v128.load(t, 128), mul(g, det2(f8, f0, f6, f2))), 128);
  v128.store(t, add(v128.load(t, 144), mul(g, det2(f2, f3, f0, f5))), 144);
  v128.store(t, add(v128.load(t, 224), mul(g, det2(f3, f7, f4, f6))), 224);
  v128.store(t, add(v128.load(t, 240), mul(g, det2(f6, f1, f7, f0))), 240);
  v128.store(t, add(v128.load(t, 256), mul(g, det2(f0, f4, f1, f3))), 256);
  return mul(weight, sum);
}
// forces of one corner on the modes of one component; x y z: that component of the edges' cofactor
function payCorner(t: usize, g: v128, x: v128, y: v128, z: v128, a: v128, b: v128, c: v128): void {
  v128.store(t, sub(v128.load(t), mul(g, x)));
  v128.store(t, sub(v128.load(t, 16), mul(g, y)), 16);
  v128.store(t, sub(v128.load(t, 32), mul(g, z)), 32);
  const ga = mul(g, a);
  const gb = mul(g, b);
  const gc = mul(g, c);
  v128.store(t, sub(v128.load(t, 48), add(mul(gb, x), mul(ga, y))), 48);
  v128.store(t, sub(v128.load(t, 64), add(mul(gc, x), mul(ga, z))), 64);
  v128.store(t, sub(v128.load(t, 80), add(mul(gc, y), mul(gb, z))), 80);
  v128.store(t, sub(v128.load(t, 96), add(add(mul(mul(gb, c), x), mul(mul(ga, c), y)), mul(mul(ga, b), z))), 96);
}
// whether a lane may pay: grad² hg |K|² > harmless J² k2, or no volume left
// @ts-ignore: decorator
@inline
export function mayFold(hg: v128, k2: v128, grad: v128, kk: v128, J: v128): bool {
  const distorted = f32x4.gt(mul(mul(mul(grad, grad), hg), kk), mul(mul(f32x4.splat(FOLD_HARMLESS), mul(J, J)), k2));
  const flat = v128.and(f32x4.le(J, f32x4.splat(0)), f32x4.gt(k2, f32x4.splat(0)));
  return v128.any_true(v128.or(distorted, flat));
}
