// One press, step by step: what `run` does, each step in the reader's hands.
import {
  assess,
  buildAnatomy,
  buildTool,
  findingLabel,
  forceOf,
  inEnglish,
  parseScenario,
  placeTool,
  press,
  resolveBody,
  voxelize,
} from 'psoascope';

// what is left out takes its default: a woman of reference size, face down, relaxed
const scenario = parseScenario({
  tool: { id: 'ball-lacrosse' },
  placement: { x_mm: 60, y_mm: 10 },
  load: { mass_kg: 5 },
  cell_mm: 12,
});

const body = resolveBody(scenario.body);
const anatomy = buildAnatomy(body, scenario.pose);
const model = await voxelize(anatomy, scenario.cell_mm);
const tool = buildTool(scenario.tool);
const placed = placeTool(model, tool, scenario.placement, scenario.pose);
const pressed = await press(model, placed, { targetForce: forceOf(scenario.load, body) });
const { findings } = assess(pressed, {
  pose: scenario.pose,
  timing: { rate: scenario.rate_s, hold: scenario.hold_s },
});

const end = pressed.steps.at(-1)!;
/** Force of tool and floor, and what bones and the cut ends of the trunk give back, N: action and reaction. */
export const action = end.force + end.floorForce;
export const reaction = end.supportForce;
console.log(`${end.depth.toFixed(1)} mm deep, ${action.toFixed(1)} N; the bones give back ${reaction.toFixed(1)} N`);
for (const finding of findings.filter(({ structure, value }) => structure === 'psoas_major' && value !== null))
  console.log(
    `${findingLabel(inEnglish, finding)}: ${finding.value!.toFixed(2)} ${finding.unit} (${finding.quantity})`,
  );
