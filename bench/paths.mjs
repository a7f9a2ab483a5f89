// Whole load paths: a real trunk press and a neutral block at about the same numbers of cells, on one and two threads; and the quick
// looks that a dragged tool is answered with.
import { readFileSync } from 'node:fs';
import { pressOnce } from '../dist/findings/press-once.js';
import { allowNodeThreads } from '../dist/mechanics/kernels/threads.node.js';
import { parseNeutral } from '../dist/mechanics/neutral.js';
import { solveNeutral } from '../dist/mechanics/solve-neutral.js';
import { parseScenario } from '../dist/press/parse-scenario.js';
import { prepare } from '../dist/press/prepare.js';
import { PreviewMemory } from '../dist/press/preview.js';
import { updatesOf, watched } from './measure.mjs';

/** The fastest of several runs on one and on two threads; what was done is read off the run on one. */
async function onThreads(work, cellsOf, times, limits) {
  const fastest = async (threads) => {
    allowNodeThreads(threads);
    let least;
    for (let i = 0; i < times; i++) {
      const seen = await watched(work);
      if (least === undefined || seen.seconds < least.seconds) least = seen;
    }
    return least;
  };
  const one = await fastest(1);
  const two = await fastest(2);
  const cells = cellsOf(one.answer);
  const { updates, flops } = updatesOf(one, cells);
  const share = (...names) => names.reduce((sum, name) => sum + one.kernels[name].seconds, 0) / one.seconds;
  const shares = {
    cycle: share('cycle'),
    energy: share('energy'),
    freeze: share('freeze', 'average', 'diagonal', 'sweep'),
    vectors: share('dots', 'combine', 'accept', 'volume', 'gather'),
  };
  return {
    answer: one.answer,
    cells,
    seconds_1: one.seconds,
    seconds_2: two.seconds,
    cpuSeconds_1: one.cpuSeconds,
    memory_kB_per_cell: one.bytes / cells / 1e3,
    cycles: one.kernels.cycle.calls,
    energies: one.kernels.energy.calls,
    Mupdates_per_s: updates / one.seconds / 1e6,
    shareOfPeak: flops / one.seconds / (limits.gflops * 1e9),
    // of the wall time on one thread; the rest is JavaScript: contact, set-up, reading the fields, findings
    shares: { ...shares, rest: 1 - Object.values(shares).reduce((a, b) => a + b, 0) },
  };
}

/** The default press, the trunk already there; `at` lays the tool beside its place, mm. */
async function trunk(cell_mm) {
  const scenario = parseScenario({ cell_mm });
  const { model } = await prepare(scenario);
  return (at, variation) => prepare(scenario, { model, shift: at }).then((p) => pressOnce(p, variation));
}

/** The default press at cells of these sizes. */
export async function trunkPaths(sizes, times, limits) {
  const rows = [];
  for (const cell_mm of sizes) {
    const press = await trunk(cell_mm);
    const { answer, ...row } = await onThreads(
      () => press(),
      (pressed) => pressed.press.solver.cells,
      times,
      limits,
    );
    const { steps, solver, converged } = answer.press;
    const last = steps.at(-1);
    rows.push({
      cell_mm,
      ...row,
      steps: steps.length,
      iterations: solver.iterations,
      converged,
      depth_mm: last.depth,
      force_N: last.force,
    });
  }
  return rows;
}

/** The sphere on a block with so many cells along its height; 20, 10 and 5 mm deep at the tolerances of `solve`. */
export async function blockPaths(counts, times, limits) {
  const file = new URL('../scenes/sphere-on-block.json', import.meta.url);
  const problem = parseNeutral(JSON.parse(readFileSync(file, 'utf8')), 'sphere-on-block');
  const rows = [];
  for (const n of counts) {
    const { answer, ...row } = await onThreads(
      () => solveNeutral(problem, 100 / n),
      (s) => s.cells,
      times,
      limits,
    );
    rows.push({
      cell_mm: 100 / n,
      ...row,
      iterations: answer.iterations,
      forces_N: answer.steps.map((step) => step.force_N),
    });
  }
  return rows;
}

/** Places of a dragged tool, mm from the first: a start, small moves, a jump. */
const DRAG = [
  [0, 0],
  [3, 0],
  [3, 3],
  [8, 3],
  [8, 8],
  [-2, 0],
];

/** Quick looks at 10 mm while a tool is dragged, and the full press at each place where that is wanted beside them. */
export async function previews(times, beside) {
  const press = await trunk(10);
  const rows = DRAG.map(([x, y]) => ({ x_mm: x, y_mm: y }));
  for (const threads of [1, 2]) {
    allowNodeThreads(threads);
    for (let i = 0; i < times + 1; i++) {
      const preview = new PreviewMemory();
      for (const row of rows) {
        const { answer, seconds, cpuSeconds } = await watched(() => press([row.x_mm, row.y_mm], { preview }));
        // the first round compiles
        if (i === 0) continue;
        row[`seconds_${threads}`] = Math.min(seconds, row[`seconds_${threads}`] ?? Number.POSITIVE_INFINITY);
        row[`cpuSeconds_${threads}`] = Math.min(cpuSeconds, row[`cpuSeconds_${threads}`] ?? Number.POSITIVE_INFINITY);
        row.iterations = answer.press.solver.iterations;
        row.depth_mm = answer.press.steps.at(-1).depth;
      }
    }
  }
  allowNodeThreads(1);
  for (const row of beside ? rows : []) {
    const { answer, seconds } = await watched(() => press([row.x_mm, row.y_mm]));
    Object.assign(row, { full_s: seconds, full_depth_mm: answer.press.steps.at(-1).depth });
  }
  return rows;
}
