// Two tools with the same push on the same body: where does the narrower one go, and what does it load more?
import { compareResults, findingLabel, inEnglish, parseScenario, run } from 'psoascope';

// uncertainty: 0 leaves the ranges out, which take sixteen presses more
const at = { placement: { x_mm: 60, y_mm: 10 }, load: { force_N: 60 }, cell_mm: 12, uncertainty: 0 };
const press = async (id: string) => (await run(parseScenario({ ...at, tool: { id } }))).result;
const ball = await press('ball-lacrosse');
const cane = await press('cane-knob');

/** Mean pressure on the skin under the cane's knob in units of that under the ball. */
export const pressureRatio = cane.path.at(-1)!.meanSkinPressure_kPa / ball.path.at(-1)!.meanSkinPressure_kPa;
console.log(`the knob's mean pressure on the skin is ${pressureRatio.toFixed(2)} times the ball's`);

// values pair by their keys (structure, side, quantity, where), never by their words
for (const pair of compareResults(ball, cane).pairs)
  if (pair.quantity === 'tissue-pressure' && pair.a !== null && pair.b !== null)
    console.log(`${findingLabel(inEnglish, pair)}: ${pair.a.value!.toFixed(2)} and ${pair.b.value!.toFixed(2)} kPa`);
