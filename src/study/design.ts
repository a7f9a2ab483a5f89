import { InputError } from '../base/errors.ts';
import { canonicalJson, hashOf } from '../base/hash.ts';
import { isObject } from '../base/is-object.ts';
import { type Told, tell } from '../base/told.ts';
import { STUDY_ERRORS } from '../messages/errors/study.data.ts';
import { parseScenario } from '../press/parse-scenario.ts';
import type { Scenario } from '../press/scenario.ts';
import { type FactorColumn, factorOf, type Json, type Levels, type Sampled } from './factor.ts';
import { MOST_CASES, type Plan } from './plan.ts';
import { drawBody, POPULATION_DIMENSIONS } from './population.ts';
import { samplePoints } from './sample.ts';
import { SOBOL_DIMENSIONS } from './sobol.ts';

/** One row of the study's design. */
export interface StudyCase {
  /** Number of the row, from 0. */
  readonly run: number;
  /** Hash of the scenario and the program's version: equal cases have equal ids on every machine. */
  readonly id: string;
  /** What the factors are in this case, in the order of the design's columns. */
  readonly values: readonly (number | string)[];
  /** The scenario, or why there is none. */
  readonly scenario: Scenario | undefined;
  readonly refused?: Told;
  /** Equal for cases with the same body lying the same way, at the same cell size: these share work. */
  readonly group: string;
}

/** A plan worked out: how many cases, and each of them on request. */
export interface StudyDesign {
  readonly plan: Plan;
  readonly planHash: string;
  /** Version of the program that computes it. */
  readonly program: string;
  readonly count: number;
  readonly columns: readonly FactorColumn[];
  /** Bodies that were drawn again because the body model does not reach that far. */
  readonly redrawn: number;
  at(run: number): StudyCase;
}

/**
 * Works a plan out. The lists and ranges are crossed with each other and, if anything is sampled, with the sampled points:
 * run = point × (number of combinations) + combination, the last list fastest.
 *
 * @param plan from parsePlan
 * @param program version of the program, part of every case's id
 * @throws InputError when the plan has too many cases or too many dimensions
 */
export function designStudy(plan: Plan, program: string): StudyDesign {
  // title and pictures may change while a study is under way; what is computed may not
  const { base, vary, population, sampling, seed, scans } = plan;
  const crossed: Levels[] = [];
  const sampled: Sampled[] = [];
  for (const [path, spec] of Object.entries(plan.vary)) {
    const factor = factorOf(path, spec);
    if ('levels' in factor) crossed.push(factor.levels);
    else sampled.push(factor.sampled);
  }
  const combinations = crossed.reduce((product, each) => product * each.values.length, 1);
  const isSampled = sampled.length > 0 || plan.population !== undefined;
  const points = isSampled ? (plan.sampling?.count ?? 1) : 1;
  const count = combinations * points;
  if (count > MOST_CASES) throw new InputError(tell(STUDY_ERRORS, 'error.study.cases', { n: count, most: MOST_CASES }));

  // the population's dimensions come last: a factor more does not change the bodies' streams in random and hypercube designs
  const bodyAt = sampled.length;
  const dimensions = sampled.length + (plan.population === undefined ? 0 : POPULATION_DIMENSIONS);
  const method = plan.sampling?.method ?? 'latin-hypercube';
  if (method === 'sobol' && dimensions > SOBOL_DIMENSIONS)
    throw new InputError(tell(STUDY_ERRORS, 'error.study.sobol', { most: SOBOL_DIMENSIONS, n: dimensions }));
  const unit = samplePoints(method, isSampled ? points : 0, dimensions, plan.seed);
  const bodies =
    plan.population === undefined
      ? []
      : Array.from({ length: points }, (_, point) => {
          const from = point * dimensions + bodyAt;
          return drawBody(plan.population!, unit.subarray(from, from + POPULATION_DIMENSIONS), plan.seed, point);
        });
  const bodyColumns: readonly FactorColumn[] =
    bodies.length === 0
      ? []
      : [
          { path: 'body.sex', kind: 'text' },
          ...['height_cm', 'weight_kg', 'waist_cm', 'age'].map(
            (key): FactorColumn => ({ path: `body.${key}`, kind: 'number' }),
          ),
        ];

  return {
    plan,
    planHash: hashOf(canonicalJson({ base, vary, population, sampling, seed, scans })),
    program,
    count,
    columns: [...bodyColumns, ...sampled.map((each) => each.column), ...crossed.map((each) => each.column)],
    redrawn: bodies.reduce((sum, body) => sum + body.redrawn, 0),
    at(run) {
      const point = Math.floor(run / combinations);
      let rest = run % combinations;
      const raw = structuredClone(plan.base) as { [key: string]: Json };
      const values: (number | string)[] = [];
      const body = bodies[point];
      if (body !== undefined) {
        raw.body = { ...(raw.body as object), ...body.spec } as unknown as Json;
        for (const { path } of bodyColumns)
          values.push((body.spec as unknown as Record<string, string | number>)[path.slice(5)]!);
      }
      for (const [d, each] of sampled.entries()) {
        const { value, name } = each.at(unit[point * dimensions + d]!);
        put(raw, each.column.path, value);
        values.push(name);
      }
      // the last list runs fastest, but values stand in the order of the plan
      const levels = crossed.map(() => 0);
      for (let n = crossed.length - 1; n >= 0; n--) {
        levels[n] = rest % crossed[n]!.values.length;
        rest = Math.floor(rest / crossed[n]!.values.length);
      }
      for (const [n, each] of crossed.entries()) {
        put(raw, each.column.path, each.values[levels[n]!]!);
        values.push(each.names[levels[n]!]!);
      }
      return caseOf(run, values, withHashes(raw, scans), program);
    },
  };
}

/** A scenario whose scan says which files it means: SHA-256 by the name that the plan gives them. */
export function withHashes(
  raw: { readonly [key: string]: Json },
  scans: Readonly<Record<string, string>> = {},
): { readonly [key: string]: Json } {
  const { scan } = raw;
  if (!isObject(scan)) return raw;
  const hashes: { [key: string]: Json } = {};
  for (const [path, hash] of [
    ['ct', 'ctHash'],
    ['labels', 'labelsHash'],
    ['labelTable', 'labelTableHash'],
  ] as const) {
    const name = scan[path];
    if (typeof name === 'string' && Object.hasOwn(scans, name)) hashes[hash] = scans[name]!;
  }
  return { ...raw, scan: { ...scan, ...hashes } };
}

function caseOf(
  run: number,
  values: StudyCase['values'],
  raw: { readonly [key: string]: Json },
  program: string,
): StudyCase {
  try {
    // what is spread in a study is what varies in it; ranges of every case are there for who asks
    const scenario = parseScenario({ uncertainty: 0, ...raw });
    const { body, scan, pose, cell_mm } = scenario;
    return {
      run,
      id: idOf({ program, scenario }),
      values,
      scenario,
      group: hashOf(canonicalJson(scan === undefined ? { body, pose, cell_mm } : { scan, cell_mm })).slice(0, 16),
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { run, id: idOf({ program, raw }), values, scenario: undefined, refused: error.note, group: '' };
  }
}

/** 128 bits of SHA-256: no two different cases of any study will ever share them. */
const idOf = (content: unknown): string => hashOf(canonicalJson(content)).slice(0, 32);

/** Places where one key shuts the others out: a load is newtons or kilograms, a placement is a name or millimetres. */
const RIVALS: Readonly<Record<string, readonly string[]>> = {
  'load.force_N': ['mass_kg', 'bodyWeightShare'],
  'load.mass_kg': ['force_N', 'bodyWeightShare'],
  'load.bodyWeightShare': ['force_N', 'mass_kg'],
  'placement.preset': ['x_mm', 'y_mm'],
  'placement.x_mm': ['preset'],
  'placement.y_mm': ['preset'],
  'scan.ct': ['ctHash'],
  'scan.labels': ['labelsHash'],
};

/** Lays a value into a scenario at a dotted path; "scenario" is the scenario itself. Objects are laid over objects. */
export function put(target: { [key: string]: Json }, path: string, value: Json): void {
  if (path === 'scenario') {
    for (const [key, each] of Object.entries(isObject(value) ? value : {})) put(target, key, each);
    return;
  }
  const keys = path.split('.');
  let at = target;
  for (const key of keys.slice(0, -1)) {
    const next = at[key];
    if (typeof next !== 'object' || next === null) at[key] = {};
    at = at[key] as { [key: string]: Json };
  }
  const last = keys.at(-1)!;
  if (isObject(value) && path !== 'load' && path !== 'placement') {
    const here = at[last];
    at[last] = { ...(isObject(here) ? here : {}), ...(structuredClone(value) as { [key: string]: Json }) };
  } else at[last] = structuredClone(value) as Json;
  for (const rival of RIVALS[path] ?? []) delete at[rival];
}
