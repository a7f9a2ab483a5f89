// npm run bench [-- --quick] [--json] [--calculix] [--repeat N]: what the solver costs on this machine, beside what the machine can do, and
// beside CalculiX where `ccx` is installed (10 mm cells; --calculix also 5 mm, some minutes). Needs the built package.
// Seconds are wall seconds, the fastest of --repeat runs; cpuSeconds are disturbed less by other work on the machine.
import { readFileSync } from 'node:fs';
import { WasmEngine } from '../dist/mechanics/kernels/wasm-engine.js';
import { parseNeutral } from '../dist/mechanics/neutral.js';
import { calculixVersion, compareWithCalculix } from './calculix.mjs';
import { best, ENERGY_FLOPS, exponentOf, machine } from './measure.mjs';
import { blockPaths, previews, trunkPaths } from './paths.mjs';

const flag = (name) => process.argv.includes(name);
const quick = flag('--quick');
const repeat = flag('--repeat') ? Number(process.argv[process.argv.indexOf('--repeat') + 1]) : quick ? 1 : 3;

/** A block of n³ cells, bent a little, for the kernels alone. */
function blockEngine(n) {
  const cells = n ** 3;
  const nodes = (n + 1) ** 3;
  const per = (v) => new Float64Array(cells).fill(v);
  const engine = new WasmEngine({
    size: [n, n, n],
    h: 5,
    active: new Uint8Array(cells).fill(1),
    indexOf: Int32Array.from({ length: cells }, (_, i) => i),
    count: cells,
    fixed: new Uint8Array(nodes).fill(7, 0, (n + 1) ** 2),
    driven: undefined,
    ground: new Float64Array(nodes),
    kind: 'stiffening',
    mu: per(5),
    a: per(0.5),
    kVol: per(250),
    bulk: per(5000),
    lumenPressure: per(0),
    fill: per(1),
    pointCell: new Int32Array(0),
    pointPlace: new Float64Array(0),
    memory: 4,
    threads: 1,
  });
  engine.writeDisplacement(Float64Array.from({ length: 3 * nodes }, (_, i) => 0.05 * Math.sin(i)));
  return engine;
}

const NOTHING = { points: new Int32Array(0), stiffness: new Float64Array(0) };

/** CPU time of single kernels on one thread. */
function kernelRow(n, limits) {
  const engine = blockEngine(n);
  const times = quick ? 5 : 10;
  const energy = best(() => engine.energy(), times);
  const freeze = best(() => engine.updatePreconditioner(NOTHING), 3);
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
}

const growth = (rows) =>
  rows.length < 2
    ? undefined
    : {
        seconds: exponentOf(rows[0], rows.at(-1), (row) => row.seconds_1),
        cpuSeconds: exponentOf(rows[0], rows.at(-1), (row) => row.cpuSeconds_1),
        perIteration: exponentOf(rows[0], rows.at(-1), (row) => row.cpuSeconds_1 / row.iterations),
      };

const limits = await machine();
const kernels = (quick ? [24] : [37, 53, 74]).map((n) => kernelRow(n, limits));
const dragged = await previews(repeat, !quick);
// about 50, 150 and 360 thousand cells (a press takes no cells below 4 mm), and 49, 144 and 389 thousand
const trunks = await trunkPaths(quick ? [10] : [10, 7.6, 5.3, 4], repeat, limits);
const blocks = await blockPaths(quick ? [10] : [10, 20, 23, 33, 46], repeat, limits);
const file = new URL('../scenes/sphere-on-quarter-block.json', import.meta.url);
const quarter = parseNeutral(JSON.parse(readFileSync(file, 'utf8')), 'sphere-on-quarter-block');
const calculix =
  calculixVersion() === undefined ? undefined : await compareWithCalculix(quarter, flag('--calculix') ? [10, 5] : [10]);

const report = {
  node: process.version,
  limits,
  kernels,
  previews: dragged,
  trunk: { paths: trunks, growth: growth(trunks.filter((row) => row.cells > 4e4)) },
  block: { paths: blocks, growth: growth(blocks.filter((row) => row.cells > 4e4)) },
  ...(calculix && { calculix: { version: calculixVersion(), runs: calculix } }),
};
if (flag('--json')) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
else print(report);
// helper threads never end by themselves
process.exit(0);

function print({ trunk, block }) {
  const cell = (v) =>
    Array.isArray(v) ? v.map((x) => x.toFixed(3)).join(' ') : typeof v === 'number' ? +v.toPrecision(3) : v;
  const show = (title, rows) => {
    console.log(title);
    console.table(
      rows.map(({ shares, ...row }) => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, cell(v)]))),
    );
    const parts = rows.flatMap(({ cells, shares }) => (shares ? [{ cells, ...shares }] : []));
    if (parts.length === 0) return;
    console.log('Where the wall time goes on one thread');
    console.table(parts.map((row) => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, cell(v)]))));
  };
  const grows = (g) =>
    g &&
    console.log(
      `From about 50,000 cells to the largest wall time grows as cells^${g.seconds.toFixed(2)}, CPU time as cells^${g.cpuSeconds.toFixed(2)}, per iteration as cells^${g.perIteration.toFixed(2)}.\n`,
    );
  show('One core of this machine', [limits]);
  show('Single kernels, CPU time, one thread', kernels);
  show('Quick looks while a tool is dragged (10 mm cells, the first one from rest), beside the full press', dragged);
  show(
    'Default press and its findings on the reference woman, the trunk already built, wall seconds on 1 and 2 threads',
    trunk.paths,
  );
  grows(trunk.growth);
  show('Sphere on a block, three depths, tolerances of solve', block.paths);
  grows(block.growth);
  if (calculix) show(`Quarter block beside CalculiX ${calculixVersion()}, one thread, three depths`, calculix);
  else console.log('CalculiX (ccx) is not installed: no comparison.');
}
