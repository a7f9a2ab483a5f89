// Arithmetic of four f32 lanes, short names for what every formula uses.

// @ts-ignore: decorator
@inline
export function mul(a: v128, b: v128): v128 {
  return f32x4.mul(a, b);
}

// @ts-ignore: decorator
@inline
export function add(a: v128, b: v128): v128 {
  return f32x4.add(a, b);
}

// @ts-ignore: decorator
@inline
export function sub(a: v128, b: v128): v128 {
  return f32x4.sub(a, b);
}

// a b - c d
// @ts-ignore: decorator
@inline
export function det2(a: v128, b: v128, c: v128, d: v128): v128 {
  return f32x4.sub(f32x4.mul(a, b), f32x4.mul(c, d));
}

/** Sum of nine squares. */
// @ts-ignore: decorator
@inline
export function squares(a: v128, b: v128, c: v128, d: v128, e: v128, f: v128, g: v128, h: v128, i: v128): v128 {
  let sum = add(add(mul(a, a), mul(b, b)), mul(c, c));
  sum = add(add(add(sum, mul(d, d)), mul(e, e)), mul(f, f));
  return add(add(add(sum, mul(g, g)), mul(h, h)), mul(i, i));
}

/** Second invariant of a 3×3, by rows. */
// @ts-ignore: decorator
@inline
export function minorsOf(a: v128, b: v128, c: v128, d: v128, e: v128, f: v128, g: v128, h: v128, i: v128): v128 {
  return add(add(det2(a, e, b, d), det2(a, i, c, g)), det2(e, i, f, h));
}

// @ts-ignore: decorator
@inline
export function determinant(a: v128, b: v128, c: v128, d: v128, e: v128, f: v128, g: v128, h: v128, i: v128): v128 {
  return add(sub(mul(a, det2(e, i, f, h)), mul(b, det2(d, i, f, g))), mul(c, det2(d, h, e, g)));
}

/** ln J from J-1, four lanes: no cancellation near J = 1; lanes with J ≤ 0 must be replaced before. */
// @ts-ignore: decorator
@inline
export function logOf(j1: v128): v128 {
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

// keeps the free directions of four nodes
// @ts-ignore: decorator
@inline
export function keepFree(bits: v128, component: i32, v: v128): v128 {
  const bit = i32x4.splat(1 << component);
  return v128.and(v, i32x4.eq(v128.and(bits, bit), bit));
}

// @ts-ignore: decorator
@inline
export function maskBits(mask: usize, o: usize): v128 {
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(mask + (o >> 2))));
}
