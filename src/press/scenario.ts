import { z } from 'zod';
import { field, inSchema, orList } from '../base/schema-error.ts';
import { tell } from '../base/told.ts';
import { bodySpecSchema } from '../body/spec.ts';
import { PRESS_ERRORS } from '../messages/errors/press.data.ts';
import { toolSpecSchema } from '../tool/spec.ts';
import { RANGE_PRESSES } from './range-presses.ts';

/**
 * Version of the scenario and result formats, counted together. The program writes this one; it reads every one from 1 on, brought up
 * to this one at the door (parseScenario, readResult), and refuses a newer one. 2: findings are keys and numbers, their words stand
 * beside them; scenarios mean what they meant in 1. 3: scenarios say how freely the contents of the belly give way; in 1 and 2 they
 * were stuck.
 */
export const SCHEMA_VERSION = 3;

/**
 * How freely what lies loose in the belly gives way: stuck to its neighbours, sliding freely, or somewhere between. That is how much of their shear
 * stiffness the contents keep (keptShear), a bound in place of slip. With 'slide' slip is computed: the contents are a body of their own, which
 * slides on the wall and the back of the belly (sliding-contents.ts).
 */
export const CONTENTS = ['stuck', 'between', 'free', 'slide'] as const;
export type Contents = (typeof CONTENTS)[number];

const finite = (label: string) =>
  z
    .number({ error: field('error.field.number', { field: label }) })
    .refine(Number.isFinite, field('error.field.finite', { field: label }));

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
  .refine((s) => s.ct !== undefined || s.labels !== undefined, inSchema(tell(PRESS_ERRORS, 'error.press.scan')))
  .refine(
    (s) => s.labelTable === undefined || s.labels !== undefined,
    inSchema(tell(PRESS_ERRORS, 'error.press.label-table')),
  );

/** How much is pressed: exactly one of the three. */
const loadSchema = z.union(
  [
    z.strictObject({
      force_N: finite('force_N')
        .positive(field('error.field.above', { field: 'force_N', n: 0 }))
        .max(2000, field('error.field.most', { field: 'force_N', n: 2000 }))
        .describe('push, N: what the tool carries, and the floor beside it where the body sinks down to it'),
    }),
    z.strictObject({
      mass_kg: finite('mass_kg')
        .positive(field('error.field.above', { field: 'mass_kg', n: 0 }))
        .max(200, field('error.field.most', { field: 'mass_kg', n: 200 }))
        .describe('push as the weight of a mass, kg'),
    }),
    z.strictObject({
      bodyWeightShare: finite('bodyWeightShare')
        .positive(field('error.field.above', { field: 'bodyWeightShare', n: 0 }))
        .max(1, field('error.field.most', { field: 'bodyWeightShare', n: 1 }))
        .describe('push as a share of the body’s weight; on a scan whose weight is not given, of an average one'),
    }),
  ],
  {
    error: inSchema(tell(PRESS_ERRORS, 'error.press.load')),
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
  { error: inSchema(tell(PRESS_ERRORS, 'error.press.placement')) },
);

/** One press, complete: the same scenario gives the same result, bit for bit, with the same version and backend. */
export const scenarioSchema = z.strictObject({
  schemaVersion: z
    .literal(SCHEMA_VERSION, { error: inSchema(tell(PRESS_ERRORS, 'error.press.version', { known: SCHEMA_VERSION })) })
    .default(SCHEMA_VERSION)
    .describe('version of this format; files of older versions are still read'),
  body: bodySpecSchema.prefault({}).describe('who lies there; on a scan, what is known of the person'),
  scan: scanSpecSchema.optional().describe('a CT, its labels or both, pressed on instead of a body made from sizes'),
  tool: toolSpecSchema.prefault({}).describe('what presses'),
  placement: placementSchema
    .default({ preset: 'as-sold' })
    .describe('where it presses: a place of the tool by name, or millimetres on the skin'),
  pose: z
    .enum(['prone', 'supine', 'side'], {
      error: field('error.field.one-of', { field: 'pose', names: orList(['prone', 'supine', 'side']) }),
    })
    .default('prone')
    .describe('how the person lies: face down, face up, or on the side'),
  load: loadSchema
    .default({ bodyWeightShare: 0.33 })
    .describe('how hard: exactly one of force_N, mass_kg and bodyWeightShare'),
  tone: z
    .enum(['relaxed', 'guarded'], {
      error: field('error.field.one-of', { field: 'tone', names: orList(['relaxed', 'guarded']) }),
    })
    .default('relaxed')
    .describe(
      'whether the muscles of the belly wall are at rest, or tensed (guarded): they then pull along their fibres against the push, and the belly is under pressure (T-124, T-125)',
    ),
  contents: z
    .enum(CONTENTS, { error: field('error.field.one-of', { field: 'contents', names: orList(CONTENTS) }) })
    .default('between')
    .describe(
      'how freely bowel that hangs loose and the fat around the organs give way: stuck to their neighbours, free (they carry next to no shear), or between, which leaves the whole range open (T-120); slide: as one body along the wall and the back of the belly, without friction, which takes about four times as long',
    ),
  contract: z
    .enum(['psoas'], { error: field('error.field.one-of', { field: 'contract', names: orList(['psoas']) }) })
    .optional()
    .describe(
      'psoas: psoas contracting (as in lifting a knee): psoas and iliacus of both sides pull along their fibres (T-121, T-122); left out, they are at rest',
    ),
  rate_s: finite('rate_s')
    .min(0.5, field('error.field.between', { field: 'rate_s', low: 0.5, high: 30 }))
    .max(30, field('error.field.between', { field: 'rate_s', low: 0.5, high: 30 }))
    .default(5)
    .describe('time in which the load is built up, s (L-07)'),
  hold_s: finite('hold_s')
    .min(0, field('error.field.between', { field: 'hold_s', low: 0, high: 180 }))
    .max(180, field('error.field.between', { field: 'hold_s', low: 0, high: 180 }))
    .default(30)
    .describe('time for which the load is then held, s (V-54)'),
  uncertainty: z
    .int({ error: inSchema(tell(PRESS_ERRORS, 'error.press.presses')) })
    .min(0, field('error.field.between', { field: 'uncertainty', low: 0, high: 500 }))
    .max(500, field('error.field.between', { field: 'uncertainty', low: 0, high: 500 }))
    .default(RANGE_PRESSES)
    .describe('presses of the ensemble that the ranges come from; 0: no ranges'),
  cell_mm: finite('cell_mm')
    .min(4, field('error.field.between', { field: 'cell_mm', low: 4, high: 15 }))
    .max(15, field('error.field.between', { field: 'cell_mm', low: 4, high: 15 }))
    .default(6)
    .describe('edge of the solver’s cells, mm: smaller is finer and slower'),
  seed: z
    .int(field('error.field.whole', { field: 'seed' }))
    .min(0, field('error.field.between', { field: 'seed', low: 0, high: 4294967295 }))
    .max(0xffffffff, field('error.field.between', { field: 'seed', low: 0, high: 4294967295 }))
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
