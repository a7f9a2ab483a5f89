import { z } from 'zod';
import { field, inSchema, orList } from '../base/schema-error.ts';
import { tell } from '../base/told.ts';
import { STUDY_ERRORS } from '../messages/errors/study.data.ts';

/** Version of the plan format; a file with a newer one is refused. */
export const PLAN_VERSION = 1;

/** A plan may not grow past this many cases; whoever needs more writes two plans. */
export const MOST_CASES = 1_000_000;

const number = (label: string) =>
  z
    .number({ error: field('error.field.number', { field: label }) })
    .refine(Number.isFinite, field('error.field.finite', { field: label }));
const value = z.json().describe('any value that the scenario takes at this place');

/** Values one by one, in the order given. */
export const listSchema = z.strictObject({
  list: z
    .array(value, { error: field('error.field.list', { field: 'list' }) })
    .min(1, field('error.field.value', { field: 'list' }))
    .describe('the values, one by one'),
  labels: z.array(z.string()).optional().describe('a name for each value, for tables and pictures'),
});

/** Evenly spread values from one end to the other, both ends included. */
export const rangeSchema = z.strictObject({
  from: number('from').describe('first value'),
  to: number('to').describe('last value'),
  count: z
    .int(field('error.field.whole', { field: 'count' }))
    .min(2, field('error.field.least', { field: 'count', n: 2 }))
    .max(100_000, field('error.field.most', { field: 'count', n: 100000 }))
    .describe('how many values, both ends among them'),
  spacing: z
    .enum(['linear', 'log'], {
      error: field('error.field.one-of', { field: 'spacing', names: orList(['linear', 'log']) }),
    })
    .default('linear')
    .describe('log: equal factors instead of equal steps'),
});

const truncation = {
  low: number('low').optional().describe('nothing below this is drawn'),
  high: number('high').optional().describe('nothing above this is drawn'),
};

/** Distributions; low and high cut one off and rescale the rest (a truncated distribution), so that nothing piles up at the ends. */
export const distributionSchemas = {
  uniform: z.strictObject({
    distribution: z.literal('uniform').describe('every value in between is equally likely'),
    low: number('low').describe('lowest value'),
    high: number('high').describe('highest value'),
  }),
  normal: z.strictObject({
    distribution: z.literal('normal').describe('a normal distribution'),
    mean: number('mean').describe('its middle'),
    sd: number('sd')
      .positive(field('error.field.above', { field: 'sd', n: 0 }))
      .describe('its standard deviation'),
    ...truncation,
  }),
  'log-normal': z.strictObject({
    distribution: z.literal('log-normal').describe('a distribution whose logarithm is normal'),
    median: number('median')
      .positive(field('error.field.above', { field: 'median', n: 0 }))
      .describe('its middle'),
    gsd: number('gsd')
      .gt(1, field('error.field.above', { field: 'gsd', n: 1 }))
      .describe('geometric standard deviation, a factor'),
    ...truncation,
  }),
  categorical: z.strictObject({
    distribution: z.literal('categorical').describe('one of some values'),
    values: z
      .array(value, { error: field('error.field.list', { field: 'values' }) })
      .min(1, field('error.field.value', { field: 'values' }))
      .describe('the values to draw from'),
    weights: z
      .array(number('weights').nonnegative(inSchema(tell(STUDY_ERRORS, 'error.plan.negative'))))
      .optional()
      .describe('how often, relative to each other; all the same without them'),
    labels: z.array(z.string()).optional().describe('a name for each value, for tables and pictures'),
  }),
} as const;

/** What one place in the scenario takes: values that are crossed with those of all others, or a distribution that is sampled. */
const factorSchema = z.union([
  z.array(value).min(1).describe('short for list'),
  listSchema,
  rangeSchema,
  ...Object.values(distributionSchemas),
]);

export const SAMPLING_METHODS = ['latin-hypercube', 'sobol', 'random'] as const;
export type SamplingMethod = (typeof SAMPLING_METHODS)[number];

const samplingSchema = z.strictObject({
  method: z
    .enum(SAMPLING_METHODS, {
      error: field('error.field.one-of', { field: 'method', names: SAMPLING_METHODS.join(', ') }),
    })
    .default('latin-hypercube')
    .describe('how points are spread over the distributions'),
  count: z
    .int(field('error.field.whole', { field: 'count' }))
    .min(1, field('error.field.least', { field: 'count', n: 1 }))
    .max(MOST_CASES, field('error.field.most', { field: 'count', n: MOST_CASES }))
    .describe('how many points are drawn'),
});

const populationSchema = z.strictObject({
  sex: z
    .enum(['female', 'male', 'both'], {
      error: field('error.field.one-of', { field: 'sex', names: orList(['female', 'male', 'both']) }),
    })
    .default('both')
    .describe('both: half and half'),
  age: z
    .tuple([number('age'), number('age')], { error: inSchema(tell(STUDY_ERRORS, 'error.plan.two-ages')) })
    .default([20, 58])
    .describe('years, youngest and oldest; ages are drawn evenly between them'),
});
export type PopulationSpec = z.output<typeof populationSchema>;

/** What a measure is called in the table. */
const measureSchema = z.strictObject({
  structure: z.string().describe('as in the table, for example psoas_major'),
  quantity: z.string().describe('as in the table, for example tissue-pressure or front-pressure'),
});

/** Many presses: a scenario, and what varies in it. The same plan gives the same table, whatever computes it. */
export const planSchema = z.strictObject({
  $schema: z.string().optional().describe('where an editor finds this schema'),
  schemaVersion: z
    .literal(PLAN_VERSION, { error: inSchema(tell(STUDY_ERRORS, 'error.plan.version', { known: PLAN_VERSION })) })
    .default(PLAN_VERSION)
    .describe('version of this format'),
  title: z.string().optional().describe('stands over the report'),
  about: z.string().optional().describe('a sentence or two for the report: what is asked'),
  base: z
    .record(z.string(), z.json(), { error: inSchema(tell(STUDY_ERRORS, 'error.plan.base')) })
    .default({})
    .describe('a scenario (see scenario.schema.json) as far as it stays the same'),
  vary: z
    .record(z.string(), factorSchema)
    .default({})
    .describe(
      'what varies: a place in the scenario, such as load.force_N or tool.parameters.tipAcross or body, and its values; "scenario" lays whole objects over the base',
    ),
  population: populationSchema
    .optional()
    .describe('bodies drawn from published distributions; as many as sampling.count'),
  sampling: samplingSchema
    .optional()
    .describe('how distributions and the population are sampled; needed as soon as there is one'),
  seed: z
    .int(field('error.field.whole', { field: 'seed' }))
    .min(0, field('error.field.between', { field: 'seed', low: 0, high: 4294967295 }))
    .max(0xffffffff, field('error.field.between', { field: 'seed', low: 0, high: 4294967295 }))
    .default(0)
    .describe('seed of every draw'),
  scans: z
    .record(z.string(), z.string().regex(/^[0-9a-f]{64}$/, inSchema(tell(STUDY_ERRORS, 'error.plan.sha'))))
    .optional()
    .describe(
      'SHA-256 of the scan files that the plan names; filled in when a study begins, so that other files of the same names are refused',
    ),
  report: z
    .strictObject({
      aim: measureSchema
        .optional()
        .describe('what a push is meant to reach; the pressure on the front of the psoas without it'),
      measures: z
        .array(measureSchema)
        .optional()
        .describe('what the pictures show; psoas, bowel, vessels, nerves and skin without it'),
    })
    .default({})
    .describe('what the report shows'),
});
export type Plan = z.output<typeof planSchema>;
export type Factor = z.output<typeof factorSchema>;
