import fc from 'fast-check';
import { TOOL_FAMILIES } from '../tool/catalogue.ts';
import type { Inputs } from './state.ts';

const whole = (min: number, max: number) => fc.integer({ min, max });
/** Presses that can be entered. */
export const inputs: fc.Arbitrary<Inputs> = fc.record(
  {
    body: fc.record(
      {
        sex: fc.constantFrom('female', 'male'),
        height_cm: whole(145, 200),
        weight_kg: whole(400, 1200).map((v) => v / 10),
        waist_cm: whole(60, 120),
        age: whole(18, 90),
        variant: whole(0, 99),
        tissue: fc.record({ muscularity: whole(8, 14).map((v) => v / 10) }),
      },
      { requiredKeys: ['sex'] },
    ),
    tool: fc.constantFrom(...TOOL_FAMILIES).chain(({ id, parameters }) =>
      fc.record({
        id: fc.constant(id),
        parameters: fc.constantFrom({}, { [Object.keys(parameters)[0]!]: 1.05 * Object.values(parameters)[0]!.value }),
      }),
    ),
    placement: fc.oneof(
      fc.constant({ preset: 'as-sold' }),
      fc.record({ x_mm: whole(-150, 150), y_mm: whole(-100, 200) }),
    ),
    pose: fc.constantFrom('prone', 'supine', 'side'),
    load: fc.oneof(
      fc.record({ force_N: whole(1, 500) }),
      fc.record({ mass_kg: whole(1, 400).map((v) => v / 10) }),
      fc.record({ bodyWeightShare: whole(1, 100).map((v) => v / 100) }),
    ),
    tone: fc.constantFrom('relaxed', 'guarded'),
    contents: fc.constantFrom('stuck', 'between', 'free'),
    contract: fc.constantFrom('psoas'),
    rate_s: whole(1, 30),
    cell_mm: whole(4, 15),
  },
  { requiredKeys: ['body', 'tool'] },
) as fc.Arbitrary<Inputs>;
