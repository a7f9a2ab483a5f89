// npm run bench [-- --quick] [--json]: what the solver costs on this machine, beside what the machine can do. Needs the built package.
// Seconds are CPU seconds of one thread unless a column says otherwise: other work on the machine disturbs them less.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { WasmEngine } from '../dist/mechanics/kernels/wasm-engine.js';
import { parseNeutral } from '../dist/mechanics/neutral.js';
import { solveNeutral } from '../dist/mechanics/solve-neutral.js';

const quick = process.argv.includes('--quick');
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
/** CPU seconds of one call, best of several, after a first one that compiles. */
function best(f, times) {
  f();
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < times; i++) {
    const from = cpu();
    f();
    least = Math.min(least, cpu() - from);
  }
  return least;
}

async function machine() {
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

/** A block of n³ cells, bent a little, for the kernels alone. */
function blockEngine(n) {
  const cells = n ** 3;
  const nodes = (n + 1) ** 3;
  const per = (v) => new Float64Array(cells).fill(v);
  const engine = new WasmEngine({
    size: [n, n, n],
    h: 5,
    exists: new Uint8Array(cells).fill(1),
    indexOf: Int32Array.from({ length: cells }, (_, i) => i),
    count: cells,
    fixed: new Uint8Array(nodes).fill(7, 0, (n + 1) ** 2),
    driven: undefined,
    ground: new Float64Array(nodes),
    kind: 'stiffening',
    mu: per(5),
    a: per(0.5),
    lam: per(250),
    bulk: per(5000),
    held: per(0),
    fill: per(1),
    pointCell: new Int32Array(0),
    pointPlace: new Float64Array(0),
    memory: 8,
    threads: 1,
  });
  engine.writeDisplacement(Float64Array.from({ length: 3 * nodes }, (_, i) => 0.05 * Math.sin(i)));
  return engine;
}

/** Floating-point operations of one cell's energy and forces (stiffening law), counted in energy.as.ts. */
const ENERGY_FLOPS = 340;
const NOTHING = { points: new Int32Array(0), normals: new Float64Array(0), stiffness: new Float64Array(0) };

const limits = await machine();
const kernels = (quick ? [24] : [37, 53, 74]).map((n) => {
  const engine = blockEngine(n);
  const times = quick ? 5 : 10;
  const energy = best(() => engine.energy(), times);
  const freeze = best(() => engine.freeze(NOTHING), 3);
  // without remembered pairs a search is one V-cycle and one product of vectors
  const search = best(() => engine.search(), times);
  return {
    cells: n ** 3,
    energy_ms: 1e3 * energy,
    freeze_ms: 1e3 * freeze,
    vcycle_ms: 1e3 * search,
    energy_Mcells: n ** 3 / energy / 1e6,
    shareOfPeak: (ENERGY_FLOPS * n ** 3) / energy / (limits.gflops * 1e9),
    memory_kB_per_cell: engine.bytes / n ** 3 / 1e3,
  };
});

const file = new URL('../scenes/sphere-on-block.json', import.meta.url);
const problem = parseNeutral(JSON.parse(readFileSync(file, 'utf8')), 'sphere-on-block');
const paths = [];
for (const cell of quick ? [10] : [10, 5, 4, 2.5]) {
  const from = cpu();
  const s = await solveNeutral(problem, cell);
  paths.push({
    cell_mm: cell,
    cells: s.cells,
    cpuSeconds: cpu() - from,
    seconds: s.seconds,
    iterations: s.iterations,
    forces_N: s.steps.map((step) => step.force_N),
  });
}
const [a, b] = [paths.find((p) => p.cells > 3e4), paths.at(-1)];
const exponent =
  a !== undefined && a !== b ? Math.log(b.cpuSeconds / a.cpuSeconds) / Math.log(b.cells / a.cells) : undefined;

if (process.argv.includes('--json'))
  process.stdout.write(`${JSON.stringify({ node: process.version, limits, kernels, paths, exponent }, null, 2)}\n`);
else {
  const show = (rows) =>
    console.table(
      rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([k, v]) => [
            k,
            Array.isArray(v) ? v.map((x) => x.toFixed(3)).join(' ') : +v.toPrecision(3),
          ]),
        ),
      ),
    );
  show([limits]);
  show(kernels);
  show(paths);
  if (exponent !== undefined) process.stdout.write(`CPU time grows as cells^${exponent.toFixed(2)}\n`);
}
