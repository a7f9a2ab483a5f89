import { z } from 'zod';

const factor = (what: string, low: number, high: number) =>
  z
    .number({ error: `${what} must be a number` })
    .min(low, `${what} must be between ${low} and ${high}, 1 being average`)
    .max(high, `${what} must be between ${low} and ${high}, 1 being average`)
    .optional();

const size = (what: string, low: number, high: number) =>
  z
    .number({ error: `${what} must be a number of millimetres` })
    .min(low, `${what} must be between ${low} and ${high} mm`)
    .max(high, `${what} must be between ${low} and ${high} mm`)
    .optional();

const side = z.enum(['left', 'right'], { error: 'side must be left or right' }).optional();

/** Something that a body may hold beside what everybody has. Sizes in mm; what is left out takes a usual size. */
export const insertSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('aneurysm'), size_mm: size('the aneurysm’s diameter', 30, 80) }),
    z.strictObject({ kind: z.literal('umbilical-hernia'), size_mm: size('the hernia’s diameter', 10, 80) }),
    z.strictObject({ kind: z.literal('inguinal-hernia'), side, size_mm: size('the hernia’s diameter', 15, 70) }),
    z.strictObject({ kind: z.literal('psoas-cyst'), side, size_mm: size('the cyst’s diameter', 15, 70) }),
    z.strictObject({ kind: z.literal('psoas-mass'), side, size_mm: size('the mass’s diameter', 15, 70) }),
    z.strictObject({ kind: z.literal('mesenteric-cyst'), size_mm: size('the cyst’s diameter', 20, 100) }),
    z.strictObject({ kind: z.literal('mesenteric-mass'), size_mm: size('the mass’s diameter', 20, 100) }),
    z.strictObject({ kind: z.literal('distended-colon'), size_mm: size('the large bowel’s diameter', 40, 75) }),
    z.strictObject({ kind: z.literal('full-colon'), size_mm: size('the large bowel’s diameter', 35, 65) }),
  ],
  {
    error:
      'an insert’s kind must be one of aneurysm, umbilical-hernia, inguinal-hernia, psoas-cyst, psoas-mass, mesenteric-cyst, mesenteric-mass, distended-colon, full-colon',
  },
);
export type Insert = z.output<typeof insertSchema>;

/** Who lies there. Ranges are checked again, with a sentence, by resolveBody. */
export const bodySpecSchema = z.strictObject({
  sex: z.enum(['female', 'male'], { error: 'sex must be female or male' }).default('female'),
  height_cm: z.number({ error: 'height must be a number of centimetres' }).optional(),
  weight_kg: z.number({ error: 'weight must be a number of kilograms' }).optional(),
  waist_cm: z.number({ error: 'waist must be a number of centimetres' }).optional(),
  age: z.number({ error: 'age must be a number of years' }).default(40),
  /** Shares of tissue against the average of that size; the waist stays what it is. */
  tissue: z
    .strictObject({
      subcutaneousFat: factor('subcutaneousFat', 0.5, 1.8),
      visceralFat: factor('visceralFat', 0.5, 2),
      muscularity: factor('muscularity', 0.7, 1.5),
    })
    .optional(),
  /** Seed of a plausible other person of the same size; left out, the average one. */
  variant: z
    .int({ error: 'variant must be a whole number' })
    .min(0, 'variant must be 0 or more')
    .max(0xffffffff, 'variant must be at most 4294967295')
    .optional(),
  inserts: z.array(insertSchema).max(4, 'at most 4 inserts fit').optional(),
  pregnant: z.boolean({ error: 'pregnant must be true or false' }).optional(),
});
export type BodySpec = z.output<typeof bodySpecSchema>;
