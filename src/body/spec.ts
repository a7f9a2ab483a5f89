import { z } from 'zod';
import { field, inSchema, orList } from '../base/schema-error.ts';
import { tell } from '../base/told.ts';
import { BODY_ERRORS } from '../messages/errors/body.data.ts';

const numberOf = (what: string, unit: string): string =>
  inSchema(tell(BODY_ERRORS, 'error.body.number-of', { what, unit }));

const factor = (what: string, low: number, high: number) =>
  z
    .number({ error: field('error.field.number', { field: what }) })
    .min(low, inSchema(tell(BODY_ERRORS, 'error.body.factor', { field: what, low, high })))
    .max(high, inSchema(tell(BODY_ERRORS, 'error.body.factor', { field: what, low, high })))
    .optional()
    .describe('1 is the average');

/** What of an insert has the size that is given, for the schema. */
const SIZED = {
  aneurysm: 'the aneurysm’s diameter',
  hernia: 'the hernia’s diameter',
  cyst: 'the cyst’s diameter',
  mass: 'the mass’s diameter',
  bowel: 'the large bowel’s diameter',
} as const;

const size = (what: keyof typeof SIZED, low: number, high: number) =>
  z
    .number({ error: inSchema(tell(BODY_ERRORS, 'error.body.insert-number', { what })) })
    .min(low, inSchema(tell(BODY_ERRORS, 'error.body.insert-size', { what, low, high })))
    .max(high, inSchema(tell(BODY_ERRORS, 'error.body.insert-size', { what, low, high })))
    .optional()
    .describe(`${SIZED[what]}, mm; a usual one when left out`);

const side = (usual: 'left' | 'right') =>
  z
    .enum(['left', 'right'], {
      error: field('error.field.one-of', { field: 'side', names: orList(['left', 'right']) }),
    })
    .optional()
    .describe(`side of the body; the ${usual} one when left out`);

const kind = <Name extends string>(name: Name) => z.literal(name).describe('what it is');

/** Something that a body may hold beside what everybody has. Sizes in mm; what is left out takes a usual size. */
export const insertSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: kind('aneurysm'), size_mm: size('aneurysm', 30, 80) }),
    z.strictObject({ kind: kind('umbilical-hernia'), size_mm: size('hernia', 10, 80) }),
    z.strictObject({
      kind: kind('inguinal-hernia'),
      side: side('right'),
      size_mm: size('hernia', 15, 70),
    }),
    z.strictObject({ kind: kind('psoas-cyst'), side: side('left'), size_mm: size('cyst', 15, 70) }),
    z.strictObject({ kind: kind('psoas-mass'), side: side('left'), size_mm: size('mass', 15, 70) }),
    z.strictObject({ kind: kind('mesenteric-cyst'), size_mm: size('cyst', 20, 100) }),
    z.strictObject({ kind: kind('mesenteric-mass'), size_mm: size('mass', 20, 100) }),
    z.strictObject({ kind: kind('distended-colon'), size_mm: size('bowel', 40, 75) }),
    z.strictObject({ kind: kind('full-colon'), size_mm: size('bowel', 35, 65) }),
  ],
  {
    error: inSchema(
      tell(BODY_ERRORS, 'error.body.insert-kind', {
        kinds:
          'aneurysm, umbilical-hernia, inguinal-hernia, psoas-cyst, psoas-mass, mesenteric-cyst, mesenteric-mass, distended-colon, full-colon',
      }),
    ),
  },
);
export type Insert = z.output<typeof insertSchema>;

/** Who lies there. Ranges are checked again, with a sentence, by resolveBody. */
export const bodySpecSchema = z.strictObject({
  sex: z
    .enum(['female', 'male'], {
      error: field('error.field.one-of', { field: 'sex', names: orList(['female', 'male']) }),
    })
    .default('female')
    .describe('which of the two reference adults the body is grown from'),
  height_cm: z
    .number({ error: numberOf('height', 'cm') })
    .optional()
    .describe('height, cm; the reference adult’s when left out'),
  weight_kg: z
    .number({ error: numberOf('weight', 'kg') })
    .optional()
    .describe('weight, kg; when left out it follows from the waist, or is the average at that height'),
  waist_cm: z
    .number({ error: numberOf('waist', 'cm') })
    .optional()
    .describe('girth at the waist, cm; when left out it follows from the weight'),
  age: z
    .number({ error: numberOf('age', 'years') })
    .default(40)
    .describe('age, years'),
  tissue: z
    .strictObject({
      subcutaneousFat: factor('subcutaneousFat', 0.5, 1.8),
      visceralFat: factor('visceralFat', 0.5, 2),
      muscularity: factor('muscularity', 0.7, 1.5),
    })
    .optional()
    .describe('shares of tissue against the average of that size; the waist stays what it is'),
  variant: z
    .int({ error: field('error.field.whole', { field: 'variant' }) })
    .min(0, field('error.field.or-more', { field: 'variant', n: 0 }))
    .max(0xffffffff, field('error.field.most', { field: 'variant', n: 0xffffffff }))
    .optional()
    .describe('seed of a plausible other person of the same size; the average one when left out'),
  inserts: z
    .array(insertSchema)
    .max(4, inSchema(tell(BODY_ERRORS, 'error.body.inserts', { n: 4 })))
    .optional()
    .describe('what the body holds beside what everybody has'),
  pregnant: z
    .boolean({ error: field('error.field.yes-no', { field: 'pregnant' }) })
    .optional()
    .describe('true is refused: no body in pregnancy is modelled'),
});
export type BodySpec = z.output<typeof bodySpecSchema>;
