import { pow } from '../base/elementary.ts';
import { InputError } from '../base/errors.ts';
import { normalQuantile } from '../base/normal-distribution.ts';
import { type Random, seededRandom } from '../base/random.ts';
import { tenth } from '../base/rounded.ts';
import { tell } from '../base/told.ts';
import { resolveBody } from '../body/body.ts';
import { type BodySpec, bodySpecSchema } from '../body/spec.ts';
import { STUDY_ERRORS } from '../messages/errors/study.data.ts';
import type { PopulationSpec } from './plan.ts';
import { mixed } from './sample.ts';

/** What a body is drawn from, and the evidence rows behind it. */
interface Survey {
  /** Stature, cm: normal. */
  readonly stature: { readonly mean: number; readonly sd: number };
  /** Body mass index, kg/m²: log-normal, taken as independent of the stature. */
  readonly bmi: { readonly median: number; readonly gsd: number };
  /** Waist girth, mm = constant + stature (cm) + weight (kg) + age (y), and its residual SD. */
  readonly waist: readonly [constant: number, stature: number, weight: number, age: number, residual: number];
}

/** Soldiers of the ANSUR II survey, 17–58 years: rows B-70 (stature), B-71 (body mass index), B-37 and B-38 (waist). */
const SURVEY: Readonly<Record<'female' | 'male', Survey>> = {
  female: {
    stature: { mean: 162.8, sd: 6.4 },
    bmi: { median: 25.3, gsd: 1.15 },
    waist: [963.4, -4.501, 8.817, 1.142, 48],
  },
  male: {
    stature: { mean: 175.6, sd: 6.9 },
    bmi: { median: 27.4, gsd: 1.16 },
    waist: [927.6, -3.961, 7.587, 1.985, 41],
  },
};

/** Ages that the survey covers. */
export const POPULATION_AGES = [17, 58] as const;

/** Random numbers that one body takes from a sampling design: sex, stature, body mass index, waist, age, who else. */
export const POPULATION_DIMENSIONS = 6;

/** A body is drawn again this often before the plan is given up: more would mean that hardly anybody fits the body model. */
const MOST_DRAWS = 200;

/**
 * One body of the population, and how often it had to be drawn again because the body model does not reach that far: the
 * population is the survey's as far as the model covers it.
 *
 * @param u POPULATION_DIMENSIONS numbers between 0 and 1, the sampling design's for this body
 * @param seed with `index`, seeds the draws after a first one that did not fit
 */
export function drawBody(
  population: PopulationSpec,
  u: ArrayLike<number>,
  seed: number,
  index: number,
): { readonly spec: BodySpec; readonly redrawn: number } {
  // a sampling design fixes the first draw; what is drawn again keeps the sex, so that half and half stays so
  const random: Random = seededRandom(mixed(seed ^ 0x5bd1e995, index));
  let draw = u;
  for (let redrawn = 0; redrawn < MOST_DRAWS; redrawn++) {
    const spec = bodyOf(population, u[0]!, draw);
    if (fits(spec)) return { spec, redrawn };
    draw = Array.from({ length: POPULATION_DIMENSIONS }, random);
  }
  throw new InputError(tell(STUDY_ERRORS, 'error.study.population'));
}

function bodyOf(population: PopulationSpec, uSex: number, u: ArrayLike<number>): BodySpec {
  const sex = population.sex === 'both' ? (uSex < 0.5 ? 'female' : 'male') : population.sex;
  const { stature, bmi, waist } = SURVEY[sex];
  const z = (d: number): number => normalQuantile(Math.min(Math.max(u[d]!, 1e-9), 1 - 1e-9));
  const height = stature.mean + stature.sd * z(1);
  const weight = bmi.median * pow(bmi.gsd, z(2)) * (height / 100) ** 2;
  const [youngest, oldest] = population.age;
  const age = Math.floor(youngest + u[4]! * (oldest - youngest + 1));
  const [constant, perStature, perWeight, perYear, residual] = waist;
  const girth = constant + perStature * height + perWeight * weight + perYear * age + residual * z(3);
  return bodySpecSchema.parse({
    sex,
    height_cm: tenth(height),
    weight_kg: tenth(weight),
    waist_cm: tenth(girth / 10),
    age: Math.min(age, oldest),
    // another person of the same size, where bodies have such a thing
    ...('variant' in bodySpecSchema.shape && { variant: Math.floor(u[5]! * 2 ** 31) }),
  });
}

function fits(spec: BodySpec): boolean {
  try {
    resolveBody(spec);
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}
