// The solver's arithmetic in WebAssembly (AssemblyScript): f32, four neighbouring cells or nodes per instruction, run by a
// team of threads over one shared memory. Same formulas as ../element.ts and ../multigrid.ts, which are the reference;
// layout, ownership and determinism: docs/mechanics.md. Pointers are byte offsets. Nothing here allocates.
// This file is the entry: the V-cycle, and the tasks that a team is given.
import { at, word } from './level.as';
import { energy } from './energy.as';
import { startSmoothing, sweep } from './tangent.as';
import { average, freeze } from './freeze.as';
import { diagonal } from './diagonal.as';
import { prolong, restrict } from './transfers.as';
import { volume } from './volume.as';
import { accept, combine, dots } from './vectors.as';
import { gather } from './points.as';
import { solveCoarsest } from './coarsest.as';
export { scratchBytes, setup } from './level.as';
export { scatter } from './points.as';
export { factor } from './coarsest.as';

/** The smoother works on eigenvalues from this share of the largest upwards. */
const LOWEST: f64 = 1.0 / 5.0;
// The team itself (orders, barriers) is in team.ts. Arguments lie behind the control words: i32 from byte 64, f64 from 192.
let CTL: usize = 0;

// words of the preconditioner's record: 0 levels, 1 dofs, 2 count, 3 matrix, 4 stride, 5 y, 8… level records
function cycle(G: usize, l: i32, b: usize, x: usize, t: i32, n: i32): void {
  const L = at(G, 8 + l);
  if (n > 1 && word(L, 21)) {
    // too little work to share
    if (t == 0) cycle(G, l, b, x, 0, 1);
    barrier(n);
    return;
  }
  if (l == word(G, 0) - 1) {
    if (t == 0) solveCoarsest(b, x, at(G, 1), word(G, 2), at(G, 3), word(G, 4), at(G, 5));
    barrier(n);
    return;
  }
  const C = at(G, 9 + l);
  const r = at(L, 16);
  const d = at(L, 17);
  const e = at(L, 18);
  const lmax = load<f64>(L, 96);
  const theta = (lmax * (1 + LOWEST)) / 2;
  const delta = (lmax * (1 - LOWEST)) / 2;
  const sigma = theta / delta;
  const rho = 1 / (2 * sigma - 1 / sigma);
  startSmoothing(L, b, d, x, 1 / theta, t, n);
  barrier(n);
  sweep(L, d, b, r, d, e, x, rho / sigma, (2 * rho) / delta, t, n);
  barrier(n);
  sweep(L, e, r, r, 0, 0, 0, 0, 0, t, n);
  barrier(n);
  restrict(L, C, r, at(C, 15), t, n);
  barrier(n);
  cycle(G, l + 1, at(C, 15), at(C, 14), t, n);
  prolong(L, C, at(C, 14), e, x, t, n);
  barrier(n);
  sweep(L, e, r, r, 0, d, x, 0, 1 / theta, t, n);
  barrier(n);
  sweep(L, d, r, 0, d, e, x, rho / sigma, (2 * rho) / delta, t, n);
  barrier(n);
}

export function join(control: usize): void {
  CTL = control;
}

// @ts-ignore: decorator
@external("env", "barrier")
declare function meet(members: i32): void;

// @ts-ignore: decorator
@inline
function barrier(n: i32): void {
  if (n > 1) meet(n);
}

// @ts-ignore: decorator
@inline
function arg(i: usize): usize {
  return <usize>load<u32>(CTL + 64 + (i << 2));
}

// @ts-ignore: decorator
@inline
function number(i: usize): f64 {
  return load<f64>(CTL + 192 + (i << 3));
}

/** Member t of n does its part of a task; all have to come. */
export function execute(what: i32, t: i32, n: i32): void {
  switch (what) {
    case 0:
      cycle(arg(0), 0, arg(1), arg(2), t, n);
      break;
    case 1:
      // trial ← u + step d, then energy and gradient there; without a direction, at u
      if (arg(6) != 0) {
        combine(arg(0), arg(3), 1, arg(7), CTL + 64 + 24, CTL + 192, 1, t, n);
        barrier(n);
      }
      energy(arg(0), arg(1) != 0, arg(2), arg(3), arg(4), arg(5), t, n);
      break;
    case 2:
      freeze(arg(0), arg(1) != 0, arg(2), arg(3), t, n);
      break;
    case 3:
      average(arg(0), arg(1), t, n);
      break;
    case 4:
      diagonal(arg(0), t, n);
      break;
    case 5:
      sweep(arg(0), arg(1), arg(2), arg(3), arg(4), arg(5), arg(6), number(0), number(1), t, n);
      break;
    case 6:
      dots(arg(0), arg(1), <i32>arg(2), arg(3), arg(4), t, n);
      break;
    case 7:
      combine(arg(0), arg(1), number(0), arg(2), arg(3), arg(4), <i32>arg(5), t, n);
      break;
    case 8:
      accept(arg(0), arg(1), arg(2), arg(3), arg(4), arg(5), arg(6), arg(7), t, n);
      break;
    case 9:
      volume(arg(0), arg(1) != 0, arg(2), arg(3), arg(4), arg(5), arg(6) != 0, t, n);
      break;
    case 10:
      gather(arg(0), arg(1), arg(2), <i32>arg(3), arg(4), arg(5), t, n);
      break;
    case 11:
      restrict(arg(0), arg(1), arg(2), arg(3), t, n);
      break;
    case 12:
      prolong(arg(0), arg(1), arg(2), arg(3), arg(4), t, n);
      break;
  }
}
