// The coarsest grid: dense Cholesky in f64, by one thread.
import { at } from './level.as';
import { sweep } from './tangent.as';

/** dofs: i32 offsets (bytes) of the free unknowns; matrix: rows of `stride` f64 (even); diagonals are raised by `share`. One thread. */
export function factor(L: usize, dofs: usize, count: i32, matrix: usize, stride: i32, share: f64): void {
  const x = at(L, 17);
  const y = at(L, 18);
  for (let j: i32 = 0; j < count; j++) {
    store<f32>(x + at(dofs, j), 1);
    sweep(L, x, 0, y, 0, 0, 0, 0, 0, 0, 1);
    store<f32>(x + at(dofs, j), 0);
    for (let i = j; i < count; i++) store<f64>(matrix + (<usize>(i * stride + j) << 3), -(<f64>load<f32>(y + at(dofs, i))));
    const d = matrix + (<usize>(j * stride + j) << 3);
    store<f64>(d, load<f64>(d) * (1 + share));
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
        // geometric stiffness can make a coarse pivot vanish: keep its diagonal instead, the preconditioner only has to be positive
        const d = Math.abs(load<f64>(row + (<usize>j << 3)));
        if (!(v > 1e-6 * d)) v = d > 1e-12 ? d : 1e-12;
        store<f64>(row + (<usize>j << 3), Math.sqrt(v));
      } else store<f64>(other + (<usize>j << 3), v / load<f64>(row + (<usize>j << 3)));
    }
  }
}

export function solveCoarsest(b: usize, x: usize, dofs: usize, count: i32, matrix: usize, stride: i32, y: usize): void {
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
