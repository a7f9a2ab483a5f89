// One level of the grid in memory, and a thread's own scratch. Every thread owns a range of node planes (constant z) and is the only
// one that writes them. For an operator it runs through the cell layers that touch its planes, adds their forces to two rolling
// plane buffers of its own, and finishes a plane once both its layers are in. A layer between two threads is computed twice. So each
// number is summed in the same order whatever the number of threads; sums over the body are per plane or layer and are added up in
// order by the caller.

// ---- words of a level's record ---------------------------------------------------------------------------------------------
// 0 N  1 nx  2 ny  3 nz  4 rowAt  5 rowLo  6 rowHi  7 planeStart  8 runs  9 coefficients  10 mask (1 x, 2 y, 4 z free, 8 exists)
// 11 ground springs  12 nodal blocks of contact and ground, or 0 on the finest
// 13 inverse  14 x  15 b  16 r  17 d  18 e  19 kept directions (1 x, 2 y, 4 z are not coarsened)  20 cuts  21 solo
// 22 contact points per layer  23 contact points  24 (f64) lmax  26 (f64) h  29 has B (some cell stiffens)

/** Bytes of a run record: first block, number of blocks, nodes o00 o01 o10 o11, first block's x, 1 if the last cell exists. */
export const RUN: usize = 32;
/** Bytes of a block of four cells: s, hourglass, B (9), C (9), each four f32 and already scaled for modes. */
export const BLOCK: usize = 20 * 16;
/**
 * Bytes of a frozen contact point: the address of its surface point (points.as.ts), stiffness xx yy zz xy xz yz, and the address of the point
 * that a spring holds it to, or 0.
 */
export const FROZEN_POINT: usize = 32;
export let M: usize = 0; // modes, 21 × 16
export let T: usize = 0; // mode forces, 21 × 16; 24 in the diagonal
export let CARRY: usize = 0; // right-hand forces of the block before, 24 × 16
export let ROWS: usize = 0; // one row of three components, zero margins
let PLANES: usize = 0; // two plane buffers of six components
export let planeBytes: usize = 0; // of one component of one buffer
export let rowBytes: usize = 0;

// @ts-ignore: decorator
@inline
export function word(L: usize, i: usize): i32 {
  return load<i32>(L + (i << 2));
}

// @ts-ignore: decorator
@inline
export function at(L: usize, i: usize): usize {
  return <usize>load<u32>(L + (i << 2));
}

export function setup(scratch: usize, largestPlane: i32, longestRow: i32): void {
  M = scratch;
  T = M + 21 * 16;
  CARRY = T + 24 * 16;
  rowBytes = <usize>((longestRow + 3) & ~3) * 4 + 128;
  ROWS = CARRY + 24 * 16 + 64;
  planeBytes = <usize>((largestPlane + 3) & ~3) * 4 + 64;
  PLANES = ROWS + 3 * rowBytes;
}

/** Bytes of scratch that a thread needs. */
export function scratchBytes(largestPlane: i32, longestRow: i32): i32 {
  return 69 * 16 + 64 + 3 * (((longestRow + 3) & ~3) * 4 + 128) + 12 * (((largestPlane + 3) & ~3) * 4 + 64) + 256;
}

// address that, with a node index × 4 added, lands in the plane buffer of plane k
// @ts-ignore: decorator
@inline
export function bufferOf(L: usize, k: i32): usize {
  return PLANES + <usize>(k & 1) * 6 * planeBytes - ((<usize>load<i32>(at(L, 7) + ((<usize>k) << 2))) << 2);
}

// @ts-ignore: decorator
@inline
export function planeStart(L: usize, k: i32): usize {
  return (<usize>load<i32>(at(L, 7) + ((<usize>k) << 2))) << 2;
}

export function clearBuffer(L: usize, k: i32, components: usize): void {
  const zero = f32x4.splat(0);
  const bytes = planeStart(L, k + 1) - planeStart(L, k);
  for (let c: usize = 0; c < components; c++) {
    let p = PLANES + <usize>(k & 1) * 6 * planeBytes + c * planeBytes;
    const end = p + bytes;
    for (; p < end; p += 16) v128.store(p, zero);
  }
}

// first and behind-last plane of a thread
// @ts-ignore: decorator
@inline
export function firstPlane(L: usize, t: i32, n: i32): i32 {
  return n == 1 ? 0 : load<i32>(at(L, 20) + ((<usize>t) << 2));
}

// @ts-ignore: decorator
@inline
export function endPlane(L: usize, t: i32, n: i32): i32 {
  return n == 1 ? word(L, 3) + 1 : load<i32>(at(L, 20) + ((<usize>t + 1) << 2));
}
