// Surface points: their displacement out of the nodes, their forces into them.
import { at } from './level.as';
import { add, mul } from './lanes.as';
import { addPairs } from './modes.as';

/** One component of a point's displacement, out of that component's nodes. */
// @ts-ignore: decorator
@inline
export function pointValue(p: usize, q: usize, w0: v128, w1: v128): f32 {
  const a = v128.load64_lane(q + at(p, 1), v128.load64_zero(q + at(p, 0)), 1);
  const b = v128.load64_lane(q + at(p, 3), v128.load64_zero(q + at(p, 2)), 1);
  const r = add(mul(w0, a), mul(w1, b));
  return f32x4.extract_lane(r, 0) + f32x4.extract_lane(r, 1) + (f32x4.extract_lane(r, 2) + f32x4.extract_lane(r, 3));
}

/** One component of a point's force goes to its nodes: of the lower plane and of the upper one. */
// @ts-ignore: decorator
@inline
export function pullPoint(p: usize, low: usize, high: usize, f: v128, w0: v128, w1: v128): void {
  addPairs(low + at(p, 0), low + at(p, 1), mul(f, w0));
  addPairs(high + at(p, 2), high + at(p, 3), mul(f, w1));
}

/** Displacement (3 f64 each) of the points in list (i32): points hold four node offsets (bytes) and 8 weights, 48 bytes. */
export function gather(N4: usize, points: usize, list: usize, count: i32, u: usize, out: usize, t: i32, n: i32): void {
  const from = <i32>((<i64>count * t) / n);
  const to = <i32>((<i64>count * (t + 1)) / n);
  for (let i = from; i < to; i++) {
    const p = points + <usize>load<i32>(list + (<usize>i << 2)) * 48;
    const w0 = v128.load(p, 16);
    const w1 = v128.load(p, 32);
    for (let c: usize = 0; c < 3; c++)
      store<f64>(out + (<usize>i * 3 + c) * 8, <f64>pointValue(p, u + c * N4, w0, w1));
  }
}

/** g += forces (3 f64 each) of the points in list; one thread only. */
export function scatter(N4: usize, points: usize, list: usize, count: i32, forces: usize, g: usize): void {
  for (let i: i32 = 0; i < count; i++) {
    const p = points + <usize>load<i32>(list + (<usize>i << 2)) * 48;
    for (let c: usize = 0; c < 3; c++) {
      const f = f32x4.splat(<f32>load<f64>(forces + (<usize>i * 3 + c) * 8));
      pullPoint(p, g + c * N4, g + c * N4, f, v128.load(p, 16), v128.load(p, 32));
    }
  }
}
