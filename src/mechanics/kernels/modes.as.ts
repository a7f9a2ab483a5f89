// Between the nodal values of four neighbouring cells and their Walsh–Hadamard modes, and back: gathers, and adds forces.
import { CARRY, planeBytes } from './level.as';
import { add, mul, sub } from './lanes.as';

// Walsh–Hadamard modes x, y, z, xy, xz, yz, xyz of four cells; rows (y,z) = 00, 10, 01, 11
// @ts-ignore: decorator
@inline
export function modes(p00: usize, p01: usize, p10: usize, p11: usize, m: usize): void {
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
export function linearModes(p00: usize, p01: usize, p10: usize, p11: usize, m: usize): void {
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

// @ts-ignore: decorator
@inline
export function hourglass(m: usize, t: usize, k2: v128, k3: v128): v128 {
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

// adds left + (right shifted by one node, with the last of the block before) to a row, remembers right
// @ts-ignore: decorator
@inline
export function put(y: usize, carry: usize, left: v128, right: v128): void {
  const before = v128.load(carry);
  v128.store(carry, right);
  v128.store(y, add(v128.load(y), add(left, v128.shuffle<f32>(before, right, 3, 4, 5, 6))));
}

// transpose of modes(): adds the nodal forces of the mode forces at g to four rows
// @ts-ignore: decorator
@inline
export function addNodal(y00: usize, y01: usize, y10: usize, y11: usize, g: usize, carry: usize): void {
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
export function clearCarry(n: usize): void {
  const zero = f32x4.splat(0);
  for (let i: usize = 0; i < n; i++) v128.store(CARRY + (i << 4), zero);
}

// the last right-hand forces of a run go to the node behind its last block
// @ts-ignore: decorator
@inline
function addLast(y: usize, carry: usize): void {
  store<f32>(y, load<f32>(y) + load<f32>(carry, 12));
}

export function flush(low: usize, high: usize, o00: usize, o01: usize, o10: usize, o11: usize, components: usize): void {
  for (let c: usize = 0; c < components; c++) {
    const P = c * planeBytes;
    const carry = CARRY + (c << 6);
    addLast(low + P + o00, carry);
    addLast(low + P + o01, carry + 16);
    addLast(high + P + o10, carry + 32);
    addLast(high + P + o11, carry + 48);
  }
}

// @ts-ignore: decorator
@inline
export function addPairs(a: usize, b: usize, f: v128): void {
  const v = add(v128.load64_lane(b, v128.load64_zero(a), 1), f);
  v128.store64_lane(a, v, 0);
  v128.store64_lane(b, v, 1);
}
