#!/usr/bin/env node
/**
 * Random neutral problems by the hundred: does `solve` answer, or say why not?
 *
 *   npm run build && node bench/neutral-problems.mjs --count 140 [--seed 1] [--from 0]
 *
 * A block with a layer on it, sometimes a rigid ball inside, pressed by one or two spheres, capsules and boxes to 30 % of its height; both laws,
 * moduli over two decades. Every problem follows from the seed and its number alone. Deterministic except for the seconds.
 */
import { parseArgs } from 'node:util';
import { seededRandom } from '../dist/base/random.js';
import { parseNeutral } from '../dist/mechanics/neutral.js';
import { solveNeutral } from '../dist/mechanics/solve-neutral.js';

const { values: flags } = parseArgs({
  options: {
    count: { type: 'string', default: '140' },
    from: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
  },
});

let converged = 0;
let seconds = 0;
for (let i = 0; i < Number(flags.count); i++) {
  const number = Number(flags.from) + i;
  const { file, cell } = problem(seededRandom((Number(flags.seed) * 1_000_003 + number) >>> 0));
  const solution = await solveNeutral(parseNeutral(file, `problem ${number}`), cell);
  const bad = JSON.stringify(solution.steps).includes('null') ? 'NOT FINITE' : '';
  const { soft, layer } = file.materials;
  console.log(
    [
      String(number).padStart(4),
      bad || (solution.converged ? 'converged' : 'stopped  '),
      `${cell} mm`.padEnd(5),
      JSON.stringify([soft, layer]),
      file.tool.map((t) => t.type).join('+'),
      solution.steps.map((s) => `${s.depth_mm.toFixed(1)} mm: ${s.force_N.toPrecision(4)} N`).join(', '),
      `${solution.iterations} it`,
      `${solution.seconds.toFixed(1)} s`,
      solution.reason ?? '',
    ].join('  '),
  );
  if (bad) process.exitCode = 1;
  converged += solution.converged ? 1 : 0;
  seconds += solution.seconds;
}
console.log(`\n${converged} of ${flags.count} converged, ${seconds.toFixed(0)} s`);

function problem(random) {
  const between = (a, b) => a + (b - a) * random();
  const pick = (list) => list[Math.floor(random() * list.length)];
  const width = pick([60, 100]);
  const height = pick([40, 80, 100]);
  const product = random() < 0.5;
  const material = () => {
    const E = 10 ** between(0.3, 2.3);
    return product
      ? { mu: E / 3, stiffening: pick([0, 1, 20, 250]), bulk: pick([100, 1000, 5000]) }
      : { E, nu: pick([0, 0.3, 0.45, 0.49, 0.499]) };
  };
  const tool = () => {
    const radius = between(8, 25);
    const at = [between(-10, 10), between(-10, 10)];
    return pick([
      { type: 'sphere', radius, axis_xy: at, centre_z: `${height} + ${radius} - depth` },
      { type: 'capsule', radius, from_xy: [-30, 0], to_xy: [30, at[1]], axis_z: `${height} + ${radius} - depth` },
      {
        type: 'box',
        half: [radius, between(8, 25)],
        edge_radius: pick([3, 8]),
        centre_xy: at,
        bottom_z: `${height} - depth`,
      },
    ]);
  };
  const box = (low, high) => ({ type: 'box', min: [-width, -width, low], max: [width, width, high] });
  const bone = { type: 'sphere', centre: [between(-30, 30), 0, between(5, height / 2)], radius: between(8, 15) };
  const file = {
    name: 'random',
    units: { length: 'mm', stress: 'kPa', force: 'N' },
    domain: { min: [-width, -width, 0], max: [width, width, height] },
    regions: [
      { name: 'block', shape: { type: 'all' }, material: 'soft' },
      { name: 'layer', shape: box(height - 10, height), material: 'layer' },
      ...(random() < 0.5 ? [{ name: 'bone', shape: bone, material: 'bone' }] : []),
    ],
    materials: { soft: material(), layer: material(), bone: { rigid_clamped: true } },
    dirichlet: [
      { where: { type: 'nodes_in_box', min: [-width, -width, 0], max: [width, width, 0] }, fix: ['x', 'y', 'z'] },
    ],
    tool: random() < 0.3 ? [tool(), tool()] : [tool()],
    depths: [between(2, 8), between(8, 0.3 * height)].sort((a, b) => a - b),
  };
  return { file, cell: pick([10, 5]) };
}
