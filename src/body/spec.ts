import { z } from 'zod';

const factor = (what: string, low: number, high: number) =>
  z
    .number({ error: `${what} must be a number` })
    .min(low, `${what} must be between ${low} and ${high}, 1 being average`)
    .max(high, `${what} must be between ${low} and ${high}, 1 being average`)
    .optional()
    .describe('1 is the average');

const size = (what: string, low: number, high: number) =>
  z
    .number({ error: `${what} must be a number of millimetres` })
    .min(low, `${what} must be between ${low} and ${high} mm`)
    .max(high, `${what} must be between ${low} and ${high} mm`)
    .optional()
    .describe(`${what}, mm; a usual one when left out`);

const side = (usual: 'left' | 'right') =>
  z
    .enum(['left', 'right'], { error: 'side must be left or right' })
    .optional()
    .describe(`side of the body; the ${usual} one when left out`);

const kind = <Name extends string>(name: Name) => z.literal(name).describe('what it is');

/** Something that a body may hold beside what everybody has. Sizes in mm; what is left out takes a usual size. */
export const insertSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: kind('aneurysm'), size_mm: size('the aneurysm’s diameter', 30, 80) }),
    z.strictObject({ kind: kind('umbilical-hernia'), size_mm: size('the hernia’s diameter', 10, 80) }),
    z.strictObject({
      kind: kind('inguinal-hernia'),
      side: side('right'),
      size_mm: size('the hernia’s diameter', 15, 70),
    }),
    z.strictObject({ kind: kind('psoas-cyst'), side: side('left'), size_mm: size('the cyst’s diameter', 15, 70) }),
    z.strictObject({ kind: kind('psoas-mass'), side: side('left'), size_mm: size('the mass’s diameter', 15, 70) }),
    z.strictObject({ kind: kind('mesenteric-cyst'), size_mm: size('the cyst’s diameter', 20, 100) }),
    z.strictObject({ kind: kind('mesenteric-mass'), size_mm: size('the mass’s diameter', 20, 100) }),
    z.strictObject({ kind: kind('distended-colon'), size_mm: size('the large bowel’s diameter', 40, 75) }),
    z.strictObject({ kind: kind('full-colon'), size_mm: size('the large bowel’s diameter', 35, 65) }),
  ],
  {
    error:
      'an insert’s kind must be one of aneurysm, umbilical-hernia, inguinal-hernia, psoas-cyst, psoas-mass, mesenteric-cyst, mesenteric-mass, distended-colon, full-colon',
  },
);
export type Insert = z.output<typeof insertSchema>;

/** Who lies there. Ranges are checked again, with a sentence, by resolveBody. */
export const bodySpecSchema = z.strictObject({
  sex: z
    .enum(['female', 'male'], { error: 'sex must be female or male' })
    .default('female')
    .describe('which of the two reference adults the body is grown from'),
  height_cm: z
    .number({ error: 'height must be a number of centimetres' })
    .optional()
    .describe('height, cm; the reference adult’s when left out'),
  weight_kg: z
    .number({ error: 'weight must be a number of kilograms' })
    .optional()
    .describe('weight, kg; when left out it follows from the waist, or is the average at that height'),
  waist_cm: z
    .number({ error: 'waist must be a number of centimetres' })
    .optional()
    .describe('girth at the waist, cm; when left out it follows from the weight'),
  age: z.number({ error: 'age must be a number of years' }).default(40).describe('age, years'),
  tissue: z
    .strictObject({
      subcutaneousFat: factor('subcutaneousFat', 0.5, 1.8),
      visceralFat: factor('visceralFat', 0.5, 2),
      muscularity: factor('muscularity', 0.7, 1.5),
    })
    .optional()
    .describe('shares of tissue against the average of that size; the waist stays what it is'),
  variant: z
    .int({ error: 'variant must be a whole number' })
    .min(0, 'variant must be 0 or more')
    .max(0xffffffff, 'variant must be at most 4294967295')
    .optional()
    .describe('seed of a plausible other person of the same size; the average one when left out'),
  inserts: z
    .array(insertSchema)
    .max(4, 'at most 4 inserts fit')
    .optional()
    .describe('what the body holds beside what everybody has'),
  pregnant: z
    .boolean({ error: 'pregnant must be true or false' })
    .optional()
    .describe('true is refused: no body in pregnancy is modelled'),
});
export type BodySpec = z.output<typeof bodySpecSchema>;
