// Between one grid and the next coarser one: trilinear interpolation and its transpose.
import { at, endPlane, firstPlane, rowBytes, ROWS, word } from './level.as';
import { add, keepFree, maskBits, mul } from './lanes.as';

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
export function restrict(F: usize, C: usize, from: usize, to: usize, t: i32, n: i32): void {
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
export function prolong(F: usize, C: usize, from: usize, e: usize, x: usize, t: i32, n: i32): void {
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
