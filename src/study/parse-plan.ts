import { z } from 'zod';
import type { InputError } from '../base/errors.ts';
import { fileKind, TAKEN_BY } from '../base/file-kind.ts';
import { inputError, parseBy, schemaSentence } from '../base/schema-error.ts';
import { distributionSchemas, listSchema, PLAN_VERSION, type Plan, planSchema, rangeSchema } from './plan.ts';
import { POPULATION_AGES } from './population.ts';

/**
 * Checks a plan and fills in its defaults. Whether the cases themselves can be computed is checkDesign's question.
 *
 * @param source named at the start of the sentence when something is wrong: a file name, for example
 * @throws InputError with one sentence about the first thing that is wrong
 */
export function parsePlan(written: unknown, source?: string): Plan {
  const say = (sentence: string): InputError => inputError(sentence, source);
  if (!isObject(written)) throw say('a plan must be one JSON object');
  // before anything looks into it: what has no bottom is refused
  const raw = parseBy(z.record(z.string(), z.unknown()), written, { whole: 'the plan', source });
  // the formats count their versions apart: one of another kind is no plan of the future
  const kind = fileKind(raw);
  if (kind !== undefined && kind !== 'plan')
    throw say(
      `this is not a plan, it is ${TAKEN_BY[kind]}; a plan says under "base" what stays the same and under "vary" what varies`,
    );
  if (typeof raw.schemaVersion === 'number' && raw.schemaVersion > PLAN_VERSION)
    throw say(
      `this plan is from a newer version of the program (schemaVersion ${raw.schemaVersion}; this one reads up to ${PLAN_VERSION}); please update`,
    );

  // factors one by one: each says which of its forms it means, so the sentence can be about that form
  if (isObject(raw.vary))
    for (const [path, factor] of Object.entries(raw.vary)) {
      const wrong = wrongFactor(path, factor);
      if (wrong !== undefined) throw say(`vary ${JSON.stringify(path)}: ${wrong}`);
    }
  const plan = parseBy(planSchema, raw, { whole: 'the plan', source });
  const wrong = wrongWhole(plan);
  if (wrong !== undefined) throw say(wrong);
  return plan;
}

/** What is wrong with one factor, or nothing. */
function wrongFactor(path: string, factor: unknown): string | undefined {
  if (!/^[A-Za-z_]\w*(\.\w+)*$/.test(path) || /(^|\.)(__proto__|constructor|prototype)(\.|$)/.test(path))
    return 'this is not a place in a scenario; write keys with dots between them, such as load.force_N';
  if (Array.isArray(factor)) return factor.length === 0 ? 'the list is empty' : undefined;
  if (!isObject(factor))
    return 'give a list of values, a range (from, to, count) or a distribution, not a single value (a single value belongs in base)';
  let schema: z.ZodObject;
  if ('distribution' in factor) {
    const name = factor.distribution;
    if (typeof name !== 'string' || !Object.hasOwn(distributionSchemas, name))
      return `distribution must be ${orList(Object.keys(distributionSchemas))}, not ${JSON.stringify(name)}`;
    schema = distributionSchemas[name as keyof typeof distributionSchemas];
  } else if ('list' in factor) schema = listSchema;
  else if ('from' in factor || 'to' in factor) schema = rangeSchema;
  else return 'give a list of values, a range (from, to, count) or a distribution';
  const parsed = schema.safeParse(factor);
  if (!parsed.success) return schemaSentence(parsed.error.issues[0]!, schema, factor, 'it');

  // what a schema cannot say: numbers against each other
  const { low, high, from, to, spacing, values, list, weights, labels, mean, sd } = parsed.data as Record<
    string,
    never
  >;
  if (low !== undefined && high !== undefined && !(low < high)) return `low (${low}) must be below high (${high})`;
  if (from !== undefined && from === to) return 'from and to are the same value';
  if (spacing === 'log' && !(from > 0 && to > 0)) return 'spacing log needs from and to above 0';
  const items = (values ?? list) as unknown[] | undefined;
  for (const [name, each] of Object.entries({ weights, labels } as Record<string, unknown[] | undefined>))
    if (each !== undefined && each.length !== items!.length)
      return `there must be as many ${name} as values, ${items!.length}, not ${each.length}`;
  if (labels !== undefined && new Set(labels).size !== (labels as unknown[]).length) return 'labels must differ';
  if (weights !== undefined && !(weights as number[]).some((w) => w > 0))
    return 'at least one weight must be more than 0';
  // twelve standard deviations out nothing is left to draw from
  if (mean !== undefined && (low > mean + 12 * sd || high < mean - 12 * sd))
    return 'no part of the distribution lies between low and high';
  return undefined;
}

/** What is wrong between the parts of a plan, or nothing. */
function wrongWhole(plan: Plan): string | undefined {
  const paths = Object.keys(plan.vary);
  for (const path of paths) {
    const inside = paths.find((other) => other.startsWith(`${path}.`));
    if (inside !== undefined)
      return `vary has both ${path} and ${inside}, which lies inside it; give whole objects or their parts, not both`;
  }
  if (paths.length === 0 && plan.population === undefined)
    return 'nothing varies: fill vary or population, or compute the one scenario with psoascope press';
  const sampled = paths.some((path) => {
    const factor = plan.vary[path]!;
    return !Array.isArray(factor) && 'distribution' in factor;
  });
  if ((sampled || plan.population !== undefined) && plan.sampling === undefined)
    return 'distributions and a population are sampled, so say how many times: "sampling": {"count": 100}';
  if (plan.sampling !== undefined && !sampled && plan.population === undefined)
    return 'there is a sampling but nothing to sample: no distribution in vary and no population';
  if (plan.population !== undefined) {
    const [youngest, oldest] = plan.population.age;
    const [from, to] = POPULATION_AGES;
    if (!(youngest <= oldest) || youngest < from || oldest > to)
      return `population.age must be two ages in order, from ${from} to ${to} years: those that the survey behind it covers`;
    const clash = paths.find((path) => path === 'body' || /^body\.(sex|height_cm|weight_kg|waist_cm|age)$/.test(path));
    if (clash !== undefined) return `vary ${clash} and population both say who is lying there; keep one of them`;
    if ('scan' in plan.base || paths.some((path) => path.startsWith('scan')))
      return 'a scan is one person: it cannot be pressed with a population';
  }
  return undefined;
}

const orList = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
