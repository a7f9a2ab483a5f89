import { InputError } from '../base/errors.ts';
import type { Vec3 } from '../base/grid.ts';
import type { BodySpec } from './spec.ts';

/** Who lies there, with every measure filled in. */
export interface Body {
  readonly sex: 'female' | 'male';
  readonly height_cm: number;
  readonly weight_kg: number;
  readonly waist_cm: number;
  readonly age: number;
  /** Lengths along x, y, z (LPS) relative to the reference adult of that sex. */
  readonly scale: Vec3;
  /** For people: 'woman, 163 cm, 62 kg, waist 82 cm, 40 years'. */
  readonly label: string;
  /** What was assumed, in sentences. */
  readonly notes: readonly string[];
  /** Ids of the evidence rows behind the measures. */
  readonly evidence: readonly string[];
}

interface ReferenceAdult {
  readonly person: string;
  readonly people: string;
  readonly height: number;
  readonly weight: number;
  readonly waist: number;
  /** Evidence rows behind these sizes. */
  readonly evidence: readonly string[];
}

/**
 * Sizes of the reference adults, cm and kg. Height and weight are choices near the median; the waist (standing, at the navel) is
 * what people of that height, weight and 40 years have on average in the ANSUR II survey (own fit to the public tables).
 */
export const REFERENCE_ADULTS: Readonly<Record<'female' | 'male', ReferenceAdult>> = {
  female: { person: 'woman', people: 'women', height: 163, weight: 62, waist: 82.2, evidence: ['B-40', 'B-38'] },
  male: { person: 'man', people: 'men', height: 175, weight: 75, waist: 88.3, evidence: ['B-40', 'B-37'] },
};

/** Limits of what scaling one reference adult can stand for; choices, not measurements. */
const AGE = [18, 90] as const;
const HEIGHT = [140, 205] as const;
const BREADTH_SCALE = [0.85, 1.25] as const;

/**
 * Fills in what a body spec leaves open and finds how much to scale the reference adult: upwards by height, across and from front
 * to back by the waist if it is given, else so that the volume follows the weight.
 *
 * @throws InputError for sizes that the reference adult cannot be scaled to; the sentence says what would be possible
 */
export function resolveBody(spec: BodySpec): Body {
  const adult = REFERENCE_ADULTS[spec.sex];
  const age = within(spec.age, AGE, 'age', 'years');
  const height = within(spec.height_cm ?? adult.height, HEIGHT, 'height', 'cm');
  const tall = height / adult.height;

  const weightFor = (scale: number): number => adult.weight * tall * scale * scale;
  const waistGiven = spec.waist_cm !== undefined;
  const weightGiven = spec.weight_kg !== undefined;
  const weights = [Math.ceil(weightFor(BREADTH_SCALE[0])), Math.floor(weightFor(BREADTH_SCALE[1]))] as const;
  const waists = [Math.ceil(adult.waist * BREADTH_SCALE[0]), Math.floor(adult.waist * BREADTH_SCALE[1])] as const;
  const who = `for ${adult.people} of ${short(height)} cm`;
  if (spec.weight_kg !== undefined) within(spec.weight_kg, weights, 'weight', 'kg', who);
  if (spec.waist_cm !== undefined) within(spec.waist_cm, waists, 'waist', 'cm', who);

  const broad =
    spec.waist_cm !== undefined
      ? spec.waist_cm / adult.waist
      : Math.sqrt((spec.weight_kg ?? adult.weight) / adult.weight / tall);
  const weight = spec.weight_kg ?? (waistGiven ? oneDecimal(weightFor(broad)) : adult.weight);
  const waist = spec.waist_cm ?? oneDecimal(adult.waist * broad);
  return {
    sex: spec.sex,
    height_cm: height,
    weight_kg: weight,
    waist_cm: waist,
    age,
    scale: [broad, broad, tall],
    label: `${adult.person}, ${short(height)} cm, ${short(weight)} kg, waist ${short(waist)} cm, ${short(age)} years`,
    notes: notesOn(adult, weightGiven, waistGiven, weight),
    evidence: adult.evidence,
  };
}

function notesOn(adult: ReferenceAdult, weightGiven: boolean, waistGiven: boolean, weight: number): string[] {
  const notes = [
    `The body is one reference ${adult.person} (${adult.height} cm, ${adult.weight} kg, 40 years), stretched evenly in height and evenly in breadth and depth: fat, muscle, organs and bones keep the shares they have there, and age changes nothing.`,
  ];
  if (waistGiven && weightGiven) notes.push('The waist sets the shape; the weight is used for the load only.');
  if (waistGiven && !weightGiven)
    notes.push(
      `No weight was given: ${short(weight)} kg is what the reference ${adult.person} would weigh at this height and waist.`,
    );
  if (!waistGiven && !weightGiven)
    notes.push(`No weight was given: the ${short(weight)} kg of the reference ${adult.person} were taken.`);
  return notes;
}

/** The value itself. @throws InputError with a sentence that names the range */
function within(value: number, [low, high]: readonly [number, number], what: string, unit: string, who = ''): number {
  if (value >= low && value <= high) return value;
  const got = Number.isFinite(value) ? `${short(value)} ${unit}` : String(value);
  throw new InputError(
    `${what} ${got} is outside what the body model covers${who && ` ${who}`}: give ${low} to ${high} ${unit}.`,
  );
}

const oneDecimal = (value: number): number => Math.round(value * 10) / 10;
const short = (value: number): string => String(oneDecimal(value));
