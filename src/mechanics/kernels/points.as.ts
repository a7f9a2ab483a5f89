// Surface points: their displacement out of the nodes, their forces into them.
import { at } from './level.as';
import { add, mul } from './lanes.as';
import { addPairs } from './modes.as';

/** Displacement (3 f64 each) of the points in list (i32): points hold four node offsets (bytes) and 8 weights, 48 bytes. */
export function gather(N4: usize, points: usize, list: usize, count: i32, u: usize, out: usize, t: i32, n: i32): void {
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
