import { z } from 'zod';
import type { InputError } from '../base/errors.ts';
import { fileKind, takenBy } from '../base/file-kind.ts';
import { isObject } from '../base/is-object.ts';
import { inputError, orList, parseBy, whatIsWrong } from '../base/schema-error.ts';
import { type Told, tell, type With } from '../base/told.ts';
import { STUDY_ERRORS } from '../messages/errors/study.data.ts';
import { distributionSchemas, listSchema, PLAN_VERSION, type Plan, planSchema, rangeSchema } from './plan.ts';
import { POPULATION_AGES } from './population.ts';

/**
 * Checks a plan and fills in its defaults. Whether the cases themselves can be computed is checkDesign's question.
 *
 * @param source named at the start of the sentence when something is wrong: a file name, for example
 * @throws InputError with one sentence about the first thing that is wrong
 */
export function parsePlan(written: unknown, source?: string): Plan {
  const refusal = (what: Told): InputError => inputError(what, source);
  if (!isObject(written)) throw refusal(tell(STUDY_ERRORS, 'error.plan.object'));
  // before anything looks into it: what has no bottom is refused
  const raw = parseBy(z.record(z.string(), z.unknown()), written, { whole: 'plan', source });
  // the formats count their versions apart: one of another kind is no plan of the future
  const kind = fileKind(raw);
  if (kind !== undefined && kind !== 'plan')
    throw refusal(tell(STUDY_ERRORS, 'error.plan.other', { what: takenBy(kind) }));
  if (typeof raw.schemaVersion === 'number' && raw.schemaVersion > PLAN_VERSION)
    throw refusal(tell(STUDY_ERRORS, 'error.plan.newer', { version: raw.schemaVersion, known: PLAN_VERSION }));

  // factors one by one: each says which of its forms it means, so the sentence can be about that form
  if (isObject(raw.vary))
    for (const [path, factor] of Object.entries(raw.vary)) {
      const what = wrongFactor(path, factor);
      if (what !== undefined)
        throw refusal(tell(STUDY_ERRORS, 'error.plan.factor', { path: JSON.stringify(path), what }));
    }
  const plan = parseBy(planSchema, raw, { whole: 'plan', source });
  const what = wrongWhole(plan);
  if (what !== undefined) throw refusal(what);
  return plan;
}

const wrong = <K extends keyof typeof STUDY_ERRORS>(id: K, ...values: With<typeof STUDY_ERRORS, K>): Told =>
  tell(STUDY_ERRORS, id, ...values);

/** What is wrong with one factor, or nothing. */
function wrongFactor(path: string, factor: unknown): Told | undefined {
  if (!/^[A-Za-z_]\w*(\.\w+)*$/.test(path) || /(^|\.)(__proto__|constructor|prototype)(\.|$)/.test(path))
    return wrong('error.plan.not-place');
  if (Array.isArray(factor)) return factor.length === 0 ? wrong('error.plan.empty-list') : undefined;
  if (!isObject(factor)) return wrong('error.plan.single');
  let schema: z.ZodObject;
  if ('distribution' in factor) {
    const name = factor.distribution;
    if (typeof name !== 'string' || !Object.hasOwn(distributionSchemas, name))
      return wrong('error.plan.distribution', {
        known: orList(Object.keys(distributionSchemas)),
        got: JSON.stringify(name) ?? 'undefined',
      });
    schema = distributionSchemas[name as keyof typeof distributionSchemas];
  } else if ('list' in factor) schema = listSchema;
  else if ('from' in factor || 'to' in factor) schema = rangeSchema;
  else return wrong('error.plan.kind');
  const parsed = schema.safeParse(factor);
  if (!parsed.success) return whatIsWrong(parsed.error.issues[0]!, schema, factor, 'it');

  // what a schema cannot say: numbers against each other
  const { low, high, from, to, spacing, values, list, weights, labels, mean, sd } = parsed.data as Record<
    string,
    never
  >;
  if (low !== undefined && high !== undefined && !(low < high)) return wrong('error.plan.order', { low, high });
  if (from !== undefined && from === to) return wrong('error.plan.same');
  if (spacing === 'log' && !(from > 0 && to > 0)) return wrong('error.plan.log');
  const items = (values ?? list) as unknown[] | undefined;
  for (const [name, each] of Object.entries({ weights, labels } as Record<string, unknown[] | undefined>))
    if (each !== undefined && each.length !== items!.length)
      return wrong('error.plan.as-many', { what: name, n: items!.length, got: each.length });
  if (labels !== undefined && new Set(labels).size !== (labels as unknown[]).length) return wrong('error.plan.labels');
  if (weights !== undefined && !(weights as number[]).some((w) => w > 0)) return wrong('error.plan.weights');
  // twelve standard deviations out nothing is left to draw from
  if (mean !== undefined && (low > mean + 12 * sd || high < mean - 12 * sd)) return wrong('error.plan.nothing-left');
  return undefined;
}

/** What is wrong between the parts of a plan, or nothing. */
function wrongWhole(plan: Plan): Told | undefined {
  const paths = Object.keys(plan.vary);
  for (const path of paths) {
    const inside = paths.find((other) => other.startsWith(`${path}.`));
    if (inside !== undefined) return wrong('error.plan.inside', { path, inside });
  }
  if (paths.length === 0 && plan.population === undefined) return wrong('error.plan.nothing-varies');
  const sampled = paths.some((path) => {
    const factor = plan.vary[path]!;
    return !Array.isArray(factor) && 'distribution' in factor;
  });
  if ((sampled || plan.population !== undefined) && plan.sampling === undefined)
    return wrong('error.plan.how-many', { example: '{"count": 100}' });
  if (plan.sampling !== undefined && !sampled && plan.population === undefined)
    return wrong('error.plan.nothing-sampled');
  if (plan.population !== undefined) {
    const [youngest, oldest] = plan.population.age;
    const [from, to] = POPULATION_AGES;
    if (!(youngest <= oldest) || youngest < from || oldest > to) return wrong('error.plan.ages', { from, to });
    const clash = paths.find((path) => path === 'body' || /^body\.(sex|height_cm|weight_kg|waist_cm|age)$/.test(path));
    if (clash !== undefined) return wrong('error.plan.clash', { path: clash });
    if ('scan' in plan.base || paths.some((path) => path.startsWith('scan'))) return wrong('error.plan.scan');
  }
  return undefined;
}
