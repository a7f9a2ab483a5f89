import { z } from 'zod';

/** Who lies there. Ranges are checked again, with a sentence, by resolveBody. */
export const bodySpecSchema = z.strictObject({
  sex: z.enum(['female', 'male'], { error: 'sex must be female or male' }).default('female'),
  height_cm: z.number({ error: 'height must be a number of centimetres' }).optional(),
  weight_kg: z.number({ error: 'weight must be a number of kilograms' }).optional(),
  waist_cm: z.number({ error: 'waist must be a number of centimetres' }).optional(),
  age: z.number({ error: 'age must be a number of years' }).default(40),
});
export type BodySpec = z.output<typeof bodySpecSchema>;
