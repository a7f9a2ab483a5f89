// What the benchmarks share: clocks, the machine's own limits, and how often and how long each kernel ran.
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { WasmEngine } from '../dist/mechanics/kernels/wasm-engine.js';

/** CPU seconds of this process, its threads included. */
export const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
export const wall = () => performance.now() / 1e3;

/** CPU seconds of one call, best of several, after a first one that compiles. */
export function best(f, times) {
  f();
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < times; i++) {
    const from = cpu();
    f();
    least = Math.min(least, cpu() - from);
  }
  return least;
}

/** What one core can do: f32×4 multiply and add in registers, and a triad through memory. */
export async function machine() {
  let wasm;
  const root = fileURLToPath(new URL('..', import.meta.url));
  const flags = '--runtime stub --noAssert -O3 --enable simd --initialMemory 800 -o peak.wasm'.split(' ');
  const { error } = await asc.main(['bench/peak.as.ts', '--baseDir', root, ...flags], {
    writeFile: (name, data) => {
      if (name === 'peak.wasm') wasm = data;
    },
  });
  if (error) throw error;
  const { instance } = await WebAssembly.instantiate(wasm, { env: { abort() {} } });
  const { multiplyAdd, triad } = instance.exports;
  const turns = 3e7;
  const bytes = 16 * 2 ** 20;
  return {
    gflops: (96 * turns) / best(() => multiplyAdd(turns), 5) / 1e9,
    triad_GBs: (3 * 8 * bytes) / best(() => Array.from({ length: 8 }, () => triad(bytes)), 5) / 1e9,
  };
}

/** Floating-point operations of one cell's energy and forces (stiffening law), counted in energy.as.ts. */
export const ENERGY_FLOPS = 340;
/** … of one cell's product with the frozen tangent, its node's residual and smoothing step, counted in tangent.as.ts. */
const PRODUCT_FLOPS = 310;
/** A V-cycle applies four products on a level; coarser levels add a seventh. */
const PRODUCTS_PER_CYCLE = (4 * 8) / 7;

const TASKS = [
  'cycle',
  'energy',
  'freeze',
  'average',
  'diagonal',
  'sweep',
  'dots',
  'combine',
  'accept',
  'volume',
  'gather',
];
const tally = TASKS.map(() => ({ calls: 0, seconds: 0 }));
let bytes = 0;
// every task of the kernels goes through this method
const { run } = WasmEngine.prototype;
WasmEngine.prototype.run = function count(what, ...rest) {
  const from = performance.now();
  run.call(this, what, ...rest);
  tally[what].calls++;
  tally[what].seconds += (performance.now() - from) / 1e3;
  bytes = this.bytes;
};

/**
 * Does something with the solver and says what it cost.
 * @returns the answer with wall and CPU seconds, the engine's memory, calls and wall seconds of each kernel
 */
export async function watched(work) {
  for (const each of tally) Object.assign(each, { calls: 0, seconds: 0 });
  const [from, began] = [cpu(), wall()];
  const answer = await work();
  const seconds = wall() - began;
  const kernels = Object.fromEntries(TASKS.map((name, i) => [name, { ...tally[i] }]));
  return { answer, seconds, cpuSeconds: cpu() - from, bytes, kernels };
}

/** Element updates (energies and products, one per cell each) and floating-point operations of what was watched. */
export function updatesOf({ kernels: { energy, cycle, sweep } }, cells) {
  const products = cycle.calls * PRODUCTS_PER_CYCLE + sweep.calls / 2;
  return {
    updates: cells * (energy.calls + products),
    flops: cells * (energy.calls * ENERGY_FLOPS + products * PRODUCT_FLOPS),
  };
}

/** x^k through two measurements. */
export const exponentOf = (a, b, of) => Math.log(of(b) / of(a)) / Math.log(b.cells / a.cells);
