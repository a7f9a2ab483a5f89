// Whether the headline tells presses apart: all tools at four loads on three bodies, and at their own load in every pose and tone.
// node bench/headline.mjs [cell_mm] > headline.csv
import { pressOnce } from '../dist/findings/press-once.js';
import { parseScenario } from '../dist/press/parse-scenario.js';
import { KeptModels, prepare } from '../dist/press/prepare.js';
import { TOOL_FAMILIES } from '../dist/tool/catalogue.js';

const cell_mm = Number(process.argv[2] ?? 10);
const BODIES = [
  { sex: 'female', height_cm: 163, weight_kg: 62 },
  { sex: 'female', height_cm: 163, weight_kg: 85 },
  { sex: 'male', height_cm: 180, weight_kg: 72 },
];
const LOADS = [50, 100, 200, 300];
const models = new KeptModels(6);

async function row(given) {
  const scenario = parseScenario({ ...given, cell_mm });
  const prepared = await prepare(scenario, { model: await models.of(scenario) });
  const { press, headline, shares } = await pressOnce(prepared, { quick: true });
  const { body, tool, pose, tone } = scenario;
  const work = shares.find(({ structure }) => structure === 'psoas_major')?.share ?? 0;
  const bones = new Map(headline.supports.map(({ bone, force }) => [bone, force]));
  const numbers = [
    press.targetForce,
    headline.psoasFrontPressure.value,
    headline.psoasFrontForce.value,
    headline.skinPressure.value,
    bones.get('hip_bone') ?? 0,
    bones.get('sacrum') ?? 0,
    100 * work,
  ];
  const who = `${body.sex} ${body.weight_kg} kg`;
  console.log([tool.id, who, pose, tone, press.converged, ...numbers.map((n) => n?.toFixed(2))].join());
}

console.log('tool,body,pose,tone,converged,load_N,psoas_kPa,psoas_N,skin_kPa,hip_bones_N,sacrum_N,work_percent');
for (const { id } of TOOL_FAMILIES) {
  for (const body of BODIES) for (const force_N of LOADS) await row({ tool: { id }, body, load: { force_N } });
  for (const pose of ['prone', 'supine', 'side'])
    for (const tone of ['relaxed', 'guarded']) await row({ tool: { id }, body: BODIES[0], pose, tone });
}
