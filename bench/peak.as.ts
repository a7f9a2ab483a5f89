// The machine's own limits: f32×4 multiply and add in registers, and a triad through memory.

/** 12 independent chains of x ← x a + b, n times; 96 flops a turn. */
export function multiplyAdd(n: i32): f32 {
  const a = f32x4.splat(0.999);
  const b = f32x4.splat(0.001);
  let x0 = f32x4.splat(1), x1 = f32x4.splat(2), x2 = f32x4.splat(3), x3 = f32x4.splat(4);
  let x4 = f32x4.splat(5), x5 = f32x4.splat(6), x6 = f32x4.splat(7), x7 = f32x4.splat(8);
  let x8 = f32x4.splat(9), x9 = f32x4.splat(10), xa = f32x4.splat(11), xb = f32x4.splat(12);
  for (let i: i32 = 0; i < n; i++) {
    x0 = f32x4.add(f32x4.mul(x0, a), b);
    x1 = f32x4.add(f32x4.mul(x1, a), b);
    x2 = f32x4.add(f32x4.mul(x2, a), b);
    x3 = f32x4.add(f32x4.mul(x3, a), b);
    x4 = f32x4.add(f32x4.mul(x4, a), b);
    x5 = f32x4.add(f32x4.mul(x5, a), b);
    x6 = f32x4.add(f32x4.mul(x6, a), b);
    x7 = f32x4.add(f32x4.mul(x7, a), b);
    x8 = f32x4.add(f32x4.mul(x8, a), b);
    x9 = f32x4.add(f32x4.mul(x9, a), b);
    xa = f32x4.add(f32x4.mul(xa, a), b);
    xb = f32x4.add(f32x4.mul(xb, a), b);
  }
  x0 = f32x4.add(f32x4.add(f32x4.add(x0, x1), f32x4.add(x2, x3)), f32x4.add(f32x4.add(x4, x5), f32x4.add(x6, x7)));
  x0 = f32x4.add(x0, f32x4.add(f32x4.add(x8, x9), f32x4.add(xa, xb)));
  return f32x4.extract_lane(x0, 0);
}

/** c ← a + 3 b over n bytes each; 3 n bytes move. */
export function triad(n: i32): void {
  const s = f32x4.splat(3);
  for (let o: usize = 0; o < <usize>n; o += 16)
    v128.store(2 * <usize>n + o, f32x4.add(v128.load(o), f32x4.mul(s, v128.load(<usize>n + o))));
}
