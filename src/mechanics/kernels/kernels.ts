import { addTangentProduct, type Cells, energyAndForce, type Material, type Tangent } from '../element.ts';
import { KERNELS_WASM } from './kernels.data.ts';

/**
 * The hot loops of the solver, in two editions with the same formulas: plain TypeScript, which is the reference, and
 * WebAssembly SIMD. Both work in f64; sums are ordered differently, so they agree to rounding, not to the bit.
 * Every array that is handed in must come from the same edition's f64() and i32().
 */
export interface Kernels {
  readonly backend: 'wasm-simd-f64' | 'typescript-f64';
  f64(length: number): Float64Array;
  i32(length: number): Int32Array;
  energyAndForce(cells: Cells, material: Material, u: Float64Array, g: Float64Array): number;
  addTangentProduct(cells: Cells, t: Tangent, x: Float64Array, y: Float64Array): void;
  /** d ← keep d + gain I r and x ← x + d (x ← d when fresh) on runs of active nodes; I has six planes. */
  smoothStep(
    runs: Int32Array,
    inverse: Float64Array,
    r: Float64Array,
    d: Float64Array,
    x: Float64Array,
    keep: number,
    gain: number,
    fresh: boolean,
  ): void;
  /** y ← y + k x. */
  axpy(k: number, x: Float64Array, y: Float64Array): void;
  dot(x: Float64Array, y: Float64Array): number;
  /** to ← interpolation of three coarse planes at the active fine nodes; map holds their 8 coarse nodes. */
  prolong(active: Int32Array, map: Int32Array, from: Float64Array, to: Float64Array): void;
  /** to ← transpose of the interpolation, for any number of planes. */
  restrict(active: Int32Array, map: Int32Array, from: Float64Array, to: Float64Array, planes: number): void;
}

export const referenceKernels = (): Kernels => ({
  backend: 'typescript-f64',
  f64: (n) => new Float64Array(n),
  i32: (n) => new Int32Array(n),
  energyAndForce,
  addTangentProduct,
  smoothStep(runs, I, r, d, x, keep, gain, fresh) {
    const n = r.length / 3;
    for (let k = 0; k < runs.length; k += 2)
      for (let i = runs[k]!; i < runs[k + 1]!; i++) {
        const [r0, r1, r2] = [r[i]!, r[i + n]!, r[i + 2 * n]!];
        const [xy, xz, yz] = [I[i + 3 * n]!, I[i + 4 * n]!, I[i + 5 * n]!];
        const d0 = keep * d[i]! + gain * (I[i]! * r0 + xy * r1 + xz * r2);
        const d1 = keep * d[i + n]! + gain * (xy * r0 + I[i + n]! * r1 + yz * r2);
        const d2 = keep * d[i + 2 * n]! + gain * (xz * r0 + yz * r1 + I[i + 2 * n]! * r2);
        d[i] = d0;
        d[i + n] = d1;
        d[i + 2 * n] = d2;
        x[i] = (fresh ? 0 : x[i]!) + d0;
        x[i + n] = (fresh ? 0 : x[i + n]!) + d1;
        x[i + 2 * n] = (fresh ? 0 : x[i + 2 * n]!) + d2;
      }
  },
  axpy(k, x, y) {
    for (let i = 0; i < y.length; i++) y[i] = y[i]! + k * x[i]!;
  },
  dot(x, y) {
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
    return sum;
  },
  prolong(active, map, from, to) {
    const fine = to.length / 3;
    const coarse = from.length / 3;
    for (let k = 0; k < active.length; k++)
      for (let c = 0; c < 3; c++) {
        let v = 0;
        for (let j = 0; j < 8; j++) v += from[map[8 * k + j]! + c * coarse]!;
        to[active[k]! + c * fine] = 0.125 * v;
      }
  },
  restrict(active, map, from, to, planes) {
    const fine = from.length / planes;
    const coarse = to.length / planes;
    to.fill(0);
    for (let k = 0; k < active.length; k++)
      for (let c = 0; c < planes; c++) {
        const v = 0.125 * from[active[k]! + c * fine]!;
        for (let j = 0; j < 8; j++) {
          const at = map[8 * k + j]! + c * coarse;
          to[at] = to[at]! + v;
        }
      }
  },
});

type Pointer = number;
interface Exports {
  energyAndForce(
    count: number,
    base: Pointer,
    sy: number,
    sz: number,
    h: number,
    mu: Pointer,
    a: Pointer,
    lam: Pointer,
    q: Pointer,
    u: Pointer,
    g: Pointer,
    nodes: number,
  ): number;
  addTangentProduct(
    count: number,
    base: Pointer,
    sy: number,
    sz: number,
    h: number,
    s: Pointer,
    hg: Pointer,
    B: Pointer,
    C: Pointer,
    G: Pointer,
    stride: number,
    x: Pointer,
    y: Pointer,
    nodes: number,
  ): void;
  smoothStep(
    runs: Pointer,
    count: number,
    I: Pointer,
    r: Pointer,
    d: Pointer,
    x: Pointer,
    nodes: number,
    keep: number,
    gain: number,
    fresh: number,
  ): void;
  axpy(n: number, k: number, x: Pointer, y: Pointer): void;
  dot(n: number, x: Pointer, y: Pointer): number;
  prolong(count: number, active: Pointer, map: Pointer, from: Pointer, coarse: number, to: Pointer, fine: number): void;
  restrict(
    count: number,
    active: Pointer,
    map: Pointer,
    from: Pointer,
    fine: number,
    to: Pointer,
    coarse: number,
    planes: number,
  ): void;
}

let compiled: WebAssembly.Module | undefined;

/** What the module's own data may occupy at the start of the memory, bytes. */
const RESERVED = 65536;
const PAGE = 65536;

/**
 * The WebAssembly edition with a memory of its own.
 * @param bytes room for all arrays; pages that are never touched cost nothing
 * @throws WebAssembly errors where the engine lacks SIMD or the memory; the caller falls back to the reference
 */
export function wasmKernels(bytes: number): Kernels {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(KERNELS_WASM), (c) => c.charCodeAt(0)));
  const memory = new WebAssembly.Memory({ initial: Math.ceil((bytes + RESERVED) / PAGE) + 1 });
  const abort = (): never => {
    throw new Error('kernel aborted');
  };
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory, abort } });
  const k = exports as unknown as Exports;
  let top = RESERVED;
  const take = (size: number): number => {
    const at = top;
    top += (size + 15) & ~15;
    if (top > memory.buffer.byteLength) throw new Error('the kernel memory was planned too small');
    return at;
  };
  const reference = referenceKernels();
  return {
    backend: 'wasm-simd-f64',
    f64: (n) => new Float64Array(memory.buffer, take(8 * n), n),
    i32: (n) => new Int32Array(memory.buffer, take(4 * n), n),
    energyAndForce: (c, m, u, g) =>
      // the logarithm of the neo-Hookean law stays with the reference
      m.kind === 'neo-hookean'
        ? reference.energyAndForce(c, m, u, g)
        : k.energyAndForce(
            c.padded,
            c.base.byteOffset,
            c.sy,
            c.sz,
            c.h,
            m.mu.byteOffset,
            m.a.byteOffset,
            m.lam.byteOffset,
            m.q.byteOffset,
            u.byteOffset,
            g.byteOffset,
            c.nodes,
          ),
    addTangentProduct: (c, t, x, y) =>
      k.addTangentProduct(
        c.padded,
        c.base.byteOffset,
        c.sy,
        c.sz,
        c.h,
        t.s.byteOffset,
        t.hg.byteOffset,
        t.B.byteOffset,
        t.C.byteOffset,
        t.G.byteOffset,
        c.padded,
        x.byteOffset,
        y.byteOffset,
        c.nodes,
      ),
    smoothStep: (runs, I, r, d, x, keep, gain, fresh) =>
      k.smoothStep(
        runs.byteOffset,
        runs.length / 2,
        I.byteOffset,
        r.byteOffset,
        d.byteOffset,
        x.byteOffset,
        r.length / 3,
        keep,
        gain,
        fresh ? 1 : 0,
      ),
    axpy: (s, x, y) => k.axpy(y.length, s, x.byteOffset, y.byteOffset),
    dot: (x, y) => k.dot(x.length, x.byteOffset, y.byteOffset),
    prolong: (active, map, from, to) =>
      k.prolong(
        active.length,
        active.byteOffset,
        map.byteOffset,
        from.byteOffset,
        from.length / 3,
        to.byteOffset,
        to.length / 3,
      ),
    restrict: (active, map, from, to, planes) => {
      to.fill(0);
      k.restrict(
        active.length,
        active.byteOffset,
        map.byteOffset,
        from.byteOffset,
        from.length / planes,
        to.byteOffset,
        to.length / planes,
        planes,
      );
    },
  };
}
