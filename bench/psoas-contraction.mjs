// What lifting a knee does to a press: psoas and iliacus pull along their fibres, by the share of their strength (T-122). decisions/0017.
// npm run build && node bench/psoas-contraction.mjs [cells, mm] [pulls, kPa] [scenario as JSON]
import { pressOnce } from '../dist/findings/press-once.js';
import { parseScenario } from '../dist/press/parse-scenario.js';
import { KeptModels, prepare } from '../dist/press/prepare.js';

const [, , cells = '10,8', pulls = '0,34,67,120', more = '{}'] = process.argv;
const STRUCTURES = [
  'psoas_major',
  'iliacus',
  'femoral_nerve',
  'external_iliac_artery',
  'small_intestine',
  'large_intestine',
];
const models = new KeptModels(2);
console.log(`cell_mm,pull_kPa,converged,force_N,depth_mm,psoas_front,front_force,${STRUCTURES},skin,iterations,cpu_s`);
for (const cell_mm of cells.split(',').map(Number)) {
  const scenario = parseScenario({ cell_mm, ...JSON.parse(more) });
  const prepared = await prepare(scenario, { model: await models.of(scenario) });
  for (const pull of pulls.split(',').map(Number)) {
    const before = process.cpuUsage();
    const { press, findings, headline } = await pressOnce(prepared, pull > 0 ? { pull } : {});
    const { user, system } = process.cpuUsage(before);
    const last = press.steps.at(-1);
    if (last === undefined) {
      console.log([cell_mm, pull, JSON.stringify(press.reason)].join());
      continue;
    }
    const pressure = (structure) =>
      Math.max(
        ...findings.filter((f) => f.structure === structure && f.quantity === 'tissue-pressure').map((f) => f.value),
      );
    const numbers = [
      last.force + last.floorForce,
      last.depth,
      headline.psoasFrontPressure.value,
      headline.psoasFrontForce.value,
      ...STRUCTURES.map(pressure),
      headline.skinPressure.value,
    ];
    const cost = [press.solver.iterations, ((user + system) / 1e6).toFixed(1)];
    console.log([cell_mm, pull, press.converged, ...numbers.map((n) => n?.toPrecision(3)), ...cost].join());
  }
}
process.exit(0);
