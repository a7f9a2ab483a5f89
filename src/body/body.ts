import { pow } from '../base/elementary.ts';
import { InputError } from '../base/errors.ts';
import type { Note } from '../base/note.ts';
import { type Told, tell } from '../base/told.ts';
import { BODY_ERRORS } from '../messages/errors/body.data.ts';
import { note } from '../messages/note.ts';
import { FITS, predict, weightFor } from './regressions.ts';
import type { BodySpec, Insert } from './spec.ts';
import { drawVariant, type Variant } from './variant.ts';

/** Who lies there, with every measure filled in. */
export interface Body {
  readonly sex: 'female' | 'male';
  readonly height_cm: number;
  readonly weight_kg: number;
  readonly waist_cm: number;
  readonly age: number;
  /** Girth over the buttocks, cm. */
  readonly hip_cm: number;
  /** Factors on the reference adult's lengths. */
  readonly growth: Growth;
  /** How this person differs from the average of that size; left out for the average one. */
  readonly variant?: Variant;
  readonly inserts: readonly Insert[];
  /** What the body was built to, with the spread that people of that size have. */
  readonly measures: readonly Measure[];
  /** For people: 'woman, 163 cm, 62 kg, waist 82 cm, 40 years'. */
  readonly label: string;
  /** What was assumed, in sentences. */
  readonly notes: readonly Note[];
  /** Ids of the evidence rows behind the measures. */
  readonly evidence: readonly string[];
}

export interface Growth {
  /** Lengths of bones upwards. */
  readonly tall: number;
  /** Widths and depths of bones and organs. */
  readonly wide: number;
  /** Widths of muscle sections beyond the bones' own. */
  readonly muscle: number;
  /** Thickness of the fat under the skin, before it is fitted to waist and hips. */
  readonly subcutaneousFat: number;
  /** Amount of fat between the organs against the average of that waist. */
  readonly visceralFat: number;
}

export interface Measure {
  readonly name: string;
  readonly value: number;
  /** One standard deviation of people of that size; 0 where the value was given. */
  readonly spread: number;
  readonly unit: string;
  readonly from: 'given' | 'fit' | 'rule';
  readonly evidence: readonly string[];
}

interface ReferenceAdult {
  readonly person: string;
  readonly people: string;
  readonly height: number;
  readonly weight: number;
  readonly waist: number;
}

/** Sizes of the reference adults, cm and kg (B-40): near the median; the waist is what the fit gives for 40 years. */
export const REFERENCE_ADULTS: Readonly<Record<'female' | 'male', ReferenceAdult>> = {
  female: { person: 'woman', people: 'women', height: 163, weight: 62, waist: 82.2 },
  male: { person: 'man', people: 'men', height: 175, weight: 75, waist: 88.3 },
};

/** The range that is covered: what random bodies were built over and checked. Choices, not measurements. */
export const SUPPORTED = {
  age: [18, 90],
  height: [145, 200],
  bodyMassIndex: [17, 40],
  /** How far a given waist may lie from what the fit gives, standard errors: beyond lies one person in 2,000 (B-37, B-38). */
  waistErrors: 3.5,
  /** How much narrower than the average of their height somebody's bones may be: 1.4 standard deviations between the ASIS (B-13). */
  narrowest: 0.9,
} as const;

/**
 * The girth of bones of average width, muscle and the least fat at the navel, mm, in the reference adult's proportions; per unit of muscle
 * more. Measured on the built outlines (anatomy/fat.ts): 0 to 2 % above the least that can be built; a test builds bodies of that waist.
 */
const LEAST_WAIST = { female: 704, male: 762 } as const;
const LEAST_WAIST_PER_MUSCLE = 122;

/** Body mass index at which no fat would be left under the skin (B-42). */
const NO_FAT = 14;

/**
 * Fills in what a body spec leaves open. Bones follow the height (lengths in proportion, widths with its power 0.7), muscle the
 * height, the age and the muscularity, fat the weight and the waist. An open waist, or an open weight beside a given waist, comes
 * from the fits to a survey (regressions.ts).
 *
 * @throws InputError for sizes that the model does not cover and in pregnancy; the sentence says what would be possible
 */
export function resolveBody(spec: BodySpec): Body {
  if (spec.pregnant === true) throw new InputError(tell(BODY_ERRORS, 'error.body.pregnant'));
  const adult = REFERENCE_ADULTS[spec.sex];
  const age = within(spec.age, SUPPORTED.age, 'age', 'years');
  const height = within(spec.height_cm ?? adult.height, SUPPORTED.height, 'height', 'cm');
  const fit = FITS[spec.sex].waist;
  const who = { sex: spec.sex, height: short(height) };
  const weightOf = (index: number): number => index * (height / 100) ** 2;
  const weights = [
    Math.ceil(weightOf(SUPPORTED.bodyMassIndex[0])),
    Math.floor(weightOf(SUPPORTED.bodyMassIndex[1])),
  ] as const;

  // an open weight follows the waist, if there is one
  const errors = (SUPPORTED.waistErrors * fit.see) / 10;
  const expectedAt = (kg: number): number => predict(fit, height, kg, age) / 10;
  const variant = spec.variant === undefined ? undefined : drawVariant(spec.variant);
  /** The least waist over bones of average width, for the muscle that this very person has. */
  const leastAt = (kg: number): number => {
    const { wide, muscle } = growthOf(spec, height, kg, age, variant);
    // lost muscle narrows less: the crest stays
    const more = Math.max(muscle - 1, 0) + 0.2 * Math.min(muscle - 1, 0);
    return (wide * (LEAST_WAIST[spec.sex] + LEAST_WAIST_PER_MUSCLE * more)) / 10;
  };
  let weight: number;
  if (spec.weight_kg !== undefined)
    weight = within(spec.weight_kg, weights, 'weight', 'kg', tell(BODY_ERRORS, 'error.body.of-height', who));
  else if (spec.waist_cm === undefined)
    weight = Math.round((adult.weight / (adult.height / 100) ** 2) * (height / 100) ** 2);
  else {
    const low = Math.max(expectedAt(weights[0]) - errors, SUPPORTED.narrowest * leastAt(weights[0]));
    const waists = [Math.ceil(low), Math.floor(expectedAt(weights[1]) + errors)] as const;
    within(spec.waist_cm, waists, 'waist', 'cm', tell(BODY_ERRORS, 'error.body.of-age', { ...who, age: short(age) }));
    const average = oneDecimal(weightFor(fit, 10 * spec.waist_cm, height, age));
    weight = Math.min(Math.max(average, weights[0]), weights[1]);
  }
  const least = leastAt(weight);
  const expected = expectedAt(weight);
  if (spec.waist_cm !== undefined) {
    const low = Math.max(expected - errors, SUPPORTED.narrowest * least);
    const waists = [Math.ceil(low), Math.floor(expected + errors)] as const;
    within(
      spec.waist_cm,
      waists,
      'waist',
      'cm',
      tell(BODY_ERRORS, 'error.body.of-weight', { ...who, weight: short(weight), age: short(age) }),
    );
  }
  // the fit's waist may be less than bones and muscle need
  const waist = spec.waist_cm ?? oneDecimal(Math.max(expected, least));
  const hip = oneDecimal(predict(FITS[spec.sex].hip, height, weight, age) / 10);
  const growth = growthOf(spec, height, weight, age, variant);
  // a waist for which bones of average width leave no room has narrower bones, and muscles with them
  const narrow = spec.waist_cm === undefined ? 1 : Math.min(waist / least, 1);
  const body = {
    sex: spec.sex,
    height_cm: height,
    weight_kg: weight,
    waist_cm: waist,
    age,
    hip_cm: hip,
    growth: { ...growth, wide: narrow * growth.wide },
    ...(variant !== undefined && { variant }),
    inserts: spec.inserts ?? [],
    label: labelOf(spec, adult, height, weight, waist, age),
  };
  return { ...body, ...accountFor(spec, body, adult, narrow) };
}

/** How much the reference adult's parts grow. */
function growthOf(spec: BodySpec, height: number, weight: number, age: number, variant: Variant | undefined): Growth {
  const adult = REFERENCE_ADULTS[spec.sex];
  const tall = height / adult.height;
  const wide = pow(tall, 0.7); // B-41
  const index = (kg: number, cm: number): number => kg / (cm / 100) ** 2;
  const over = (index(weight, height) - NO_FAT) / (index(adult.weight, adult.height) - NO_FAT); // B-42
  // sections of muscle go with the square of the height and rise a little with the body mass index (B-57; the power 0.4 is our
  // estimate), and fall with age from 45 on (B-09)
  const fed = pow(index(weight, height) / index(adult.weight, adult.height), 0.4);
  const aged = 1 - (spec.sex === 'male' ? 0.007 : 0.005) * Math.max(0, age - 45);
  const { subcutaneousFat = 1, visceralFat = 1, muscularity = 1 } = spec.tissue ?? {};
  return {
    tall,
    wide,
    muscle: (tall / wide) * Math.sqrt(fed * aged * muscularity * (variant?.otherMuscleArea ?? 1)),
    subcutaneousFat: over * subcutaneousFat * (variant?.subcutaneousFat ?? 1),
    visceralFat,
  };
}

type Sizes = Omit<Body, 'measures' | 'notes' | 'evidence'>;

/** Measures with spread, sentences on what was assumed, and the rows behind them. */
function accountFor(
  spec: BodySpec,
  body: Sizes,
  adult: ReferenceAdult,
  narrow: number,
): Pick<Body, 'measures' | 'notes' | 'evidence'> {
  const fits = FITS[spec.sex];
  const given = (name: string, value: number, unit: string): Measure => ({
    name,
    value,
    spread: 0,
    unit,
    from: 'given',
    evidence: [],
  });
  const measures: Measure[] = [
    given('height', body.height_cm, 'cm'),
    spec.weight_kg !== undefined || spec.waist_cm === undefined
      ? given('weight', body.weight_kg, 'kg')
      : {
          name: 'weight',
          value: body.weight_kg,
          spread: oneDecimal(fits.waist.see / fits.waist.perWeight),
          unit: 'kg',
          from: 'fit',
          evidence: [fits.waist.evidence],
        },
    spec.waist_cm !== undefined
      ? given('waist girth', body.waist_cm, 'cm')
      : {
          name: 'waist girth',
          value: body.waist_cm,
          spread: oneDecimal(fits.waist.see / 10),
          unit: 'cm',
          from: 'fit',
          evidence: [fits.waist.evidence],
        },
    {
      name: 'hip girth',
      value: body.hip_cm,
      spread: oneDecimal(fits.hip.see / 10),
      unit: 'cm',
      from: 'fit',
      evidence: [fits.hip.evidence],
    },
    {
      name: 'distance between the ASIS',
      value: Math.round(2 * (spec.sex === 'male' ? 117.1 : 114.7) * body.growth.wide),
      spread: 16,
      unit: 'mm',
      from: 'rule',
      evidence: ['B-41', 'B-13'],
    },
    {
      name: 'muscle section against the reference adult',
      value: Math.round(100 * (body.growth.wide * body.growth.muscle) ** 2) / 100,
      spread: 0.2,
      unit: 'ratio',
      from: 'rule',
      evidence: ['B-57', 'B-09'],
    },
  ];
  const { sex } = spec;
  const weight = short(body.weight_kg);
  const notes: Note[] = [note('note.body.built', { sex, height: adult.height, weight: adult.weight })];
  if (spec.weight_kg === undefined)
    notes.push(
      spec.waist_cm === undefined
        ? note('note.body.weight-by-height', { sex, weight })
        : note('note.body.weight-by-waist', { sex, weight }),
    );
  else if (spec.waist_cm !== undefined) notes.push(note('note.body.waist'));
  if (narrow < 1) notes.push(note('note.body.narrow', { percent: Math.max(1, Math.round(100 * (1 - narrow))) }));
  if (spec.variant !== undefined) notes.push(note('note.body.variant', { variant: spec.variant }));
  for (const { kind } of body.inserts) notes.push(note('note.body.insert', { kind }));
  const evidence = [
    'B-40',
    'B-41',
    'B-42',
    'B-57',
    ...measures.flatMap((m) => m.evidence),
    ...(body.age > 45 ? ['B-09'] : []),
    ...(spec.variant !== undefined ? ['B-18', 'B-20', 'B-26', 'B-28', 'B-46', 'B-58'] : []),
  ];
  return { measures, notes, evidence: [...new Set(evidence)] };
}

function labelOf(
  spec: BodySpec,
  adult: ReferenceAdult,
  height: number,
  weight: number,
  waist: number,
  age: number,
): string {
  const other = spec.variant === undefined ? '' : `, body ${spec.variant}`;
  return `${adult.person}, ${short(height)} cm, ${short(weight)} kg, waist ${short(waist)} cm, ${short(age)} years${other}`;
}

/** The value itself. @throws InputError with a sentence that names the range */
function within(
  value: number,
  [low, high]: readonly [number, number],
  what: 'age' | 'height' | 'weight' | 'waist',
  unit: 'years' | 'cm' | 'kg',
  who?: Told,
): number {
  if (value >= low && value <= high) return value;
  const got = Number.isFinite(value)
    ? tell(BODY_ERRORS, 'error.body.got', { value: short(value), unit })
    : String(value);
  const outside = { what, got, low, high, unit };
  throw new InputError(
    who === undefined
      ? tell(BODY_ERRORS, 'error.body.outside', outside)
      : tell(BODY_ERRORS, 'error.body.outside-for', { ...outside, who }),
  );
}

const oneDecimal = (value: number): number => Math.round(value * 10) / 10;
// what is so large has no decimals, and ten times as much may be infinite
const short = (value: number): string => String(Math.abs(value) < 1e15 ? oneDecimal(value) : value);
