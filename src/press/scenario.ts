import { z } from 'zod';
import { bodySpecSchema } from '../body/spec.ts';
import { toolSpecSchema } from '../tool/spec.ts';

/**
 * Version of the scenario and result formats, counted together. The program writes this one; it reads every one from 1 on, brought up
 * to this one at the door (parseScenario, readResult), and refuses a newer one. 2: findings are keys and numbers, their words stand
 * beside them; scenarios mean what they meant in 1.
 */
export const SCHEMA_VERSION = 2;

/**
 * Presses that ranges come from where nobody says otherwise: half a minute of two cores. With 64 instead, or another seed, the ends of
 * ranges move by 10 to 20 %.
 */
export const RANGE_PRESSES = 16;

const finite = (label: string) =>
  z.number({ error: `${label} must be a number` }).refine(Number.isFinite, `${label} must be finite`);

/** A scan to press on instead of the parametric body. Paths are as the user gave them; hashes pin the content. */
const scanSpecSchema = z
  .strictObject({
    ct: z.string().min(1).optional().describe('NIfTI file with Hounsfield units'),
    labels: z.string().min(1).optional().describe('NIfTI label volume, or a folder with one NIfTI file per class'),
    ctHash: z.string().optional().describe('SHA-256 of the CT file, filled in by the program'),
    labelTable: z
      .string()
      .min(1)
      .optional()
      .describe(
        'what the numbers of the label volume are called: total, total_v1, total_mr, … or a file of numbers and names',
      ),
    labelTableHash: z
      .string()
      .optional()
      .describe('SHA-256 of the label table where it is a file, filled in by the program'),
    labelsHash: z.string().optional().describe('SHA-256 of the label file or folder content, filled in by the program'),
  })
  .refine((s) => s.ct !== undefined || s.labels !== undefined, 'a scan needs a CT file, a label file or both')
  .refine(
    (s) => s.labelTable === undefined || s.labels !== undefined,
    'a label table names the numbers of a label volume, so it needs labels',
  );

/** How much is pressed: exactly one of the three. */
const loadSchema = z.union(
  [
    z.strictObject({
      force_N: finite('force_N')
        .positive('force_N must be more than 0')
        .max(2000, 'force_N must be at most 2000')
        .describe('push, N: what the tool carries, and the floor beside it where the body sinks down to it'),
    }),
    z.strictObject({
      mass_kg: finite('mass_kg')
        .positive('mass_kg must be more than 0')
        .max(200, 'mass_kg must be at most 200')
        .describe('push as the weight of a mass, kg'),
    }),
    z.strictObject({
      bodyWeightShare: finite('bodyWeightShare')
        .positive('bodyWeightShare must be more than 0')
        .max(1, 'bodyWeightShare must be at most 1')
        .describe('push as a share of the body’s weight; on a scan whose weight is not given, of an average one'),
    }),
  ],
  {
    error:
      'load must be one of force_N (up to 2000), mass_kg (up to 200) or bodyWeightShare (up to 1), and more than 0',
  },
);

/** Where the tool goes: a named preset, or millimetres on the skin from the midpoint of the two ASIS (x left, y to the head). */
const placementSchema = z.union(
  [
    z.strictObject({
      preset: z.string().min(1).describe('name of a place of the tool, such as as-sold; psoascope tools lists them'),
    }),
    z.strictObject({
      x_mm: finite('x_mm').describe('mm on the skin from the midpoint between the two ASIS, to the left of the body'),
      y_mm: finite('y_mm').describe('mm from there towards the head'),
    }),
  ],
  { error: 'placement must be a preset name or both x_mm and y_mm' },
);

/** One press, complete: the same scenario gives the same result, bit for bit, with the same version and backend. */
export const scenarioSchema = z.strictObject({
  schemaVersion: z
    .literal(SCHEMA_VERSION, { error: `schemaVersion must be 1 or ${SCHEMA_VERSION}` })
    .default(SCHEMA_VERSION)
    .describe('version of this format; files of older versions are still read'),
  body: bodySpecSchema.prefault({}).describe('who lies there; on a scan, what is known of the person'),
  scan: scanSpecSchema.optional().describe('a CT, its labels or both, pressed on instead of a body made from sizes'),
  tool: toolSpecSchema.prefault({}).describe('what presses'),
  placement: placementSchema
    .default({ preset: 'as-sold' })
    .describe('where it presses: a place of the tool by name, or millimetres on the skin'),
  pose: z
    .enum(['prone', 'supine', 'side'], { error: 'pose must be prone, supine or side' })
    .default('prone')
    .describe('how the person lies: face down, face up, or on the side'),
  load: loadSchema
    .default({ bodyWeightShare: 0.33 })
    .describe('how hard: exactly one of force_N, mass_kg and bodyWeightShare'),
  tone: z
    .enum(['relaxed', 'guarded'], { error: 'tone must be relaxed or guarded' })
    .default('relaxed')
    .describe('whether the muscles of the belly wall are at rest or tensed against the push'),
  rate_s: finite('rate_s')
    .min(0.5, 'rate_s must be between 0.5 and 30')
    .max(30, 'rate_s must be between 0.5 and 30')
    .default(5)
    .describe('time in which the load is built up, s (L-07)'),
  hold_s: finite('hold_s')
    .min(0, 'hold_s must be between 0 and 180')
    .max(180, 'hold_s must be between 0 and 180')
    .default(30)
    .describe('time for which the load is then held, s (V-54)'),
  uncertainty: z
    .int({ error: 'uncertainty must be a whole number of presses' })
    .min(0, 'uncertainty must be between 0 and 500')
    .max(500, 'uncertainty must be between 0 and 500')
    .default(RANGE_PRESSES)
    .describe('presses of the ensemble that the ranges come from; 0: no ranges'),
  cell_mm: finite('cell_mm')
    .min(4, 'cell_mm must be between 4 and 15')
    .max(15, 'cell_mm must be between 4 and 15')
    .default(6)
    .describe('edge of the solver’s cells, mm: smaller is finer and slower'),
  seed: z
    .int('seed must be a whole number')
    .min(0, 'seed must be between 0 and 4294967295')
    .max(0xffffffff, 'seed must be between 0 and 4294967295')
    .default(0)
    .describe('seed of the ensemble’s draws'),
});
export type Scenario = z.output<typeof scenarioSchema>;
/**
 * What of a scenario decides about its result: what hashes are taken over. Which version of the format it was written in and where
 * the files of a scan lie do not; their content does.
 */
export function scenarioMeaning({ schemaVersion: _, scan, ...rest }: Scenario): object {
  if (scan === undefined) return rest;
  // a file whose content nobody has pinned is known by its name only
  const { ct, ctHash = ct, labels, labelsHash = labels, labelTable, labelTableHash = labelTable } = scan;
  return { ...rest, scan: { ct: ctHash, labels: labelsHash, labelTable: labelTableHash } };
}

export type ScenarioInput = z.input<typeof scenarioSchema>;
