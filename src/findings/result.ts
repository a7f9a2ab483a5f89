import { z } from 'zod';
import type { Note } from '../base/note.ts';
import { SCHEMA_VERSION, scenarioSchema } from '../press/scenario.ts';
import type { Finding, Share } from './finding.ts';

const finite = z.number();
const vector = z.tuple([finite, finite, finite]).readonly();
const ids = z.array(z.string()).readonly();

/** Key of a finding, or id of something that went in. */
const id = z.string();

const ends = {
  low: finite.nullable().describe('5 % end of the range; null when no range was computed'),
  high: finite.nullable().describe('95 % end of the range; null when no range was computed'),
};
const ranged = z.object({ value: finite.describe('central estimate'), ...ends }).readonly();
const rangedOrNot = z
  .object({ value: finite.nullable().describe('central estimate; null when it is not known'), ...ends })
  .readonly();

const headline = z.object({
  psoasFrontPressure_kPa: rangedOrNot.describe(
    'force along the push per area on the front of the psoas, over its most pressed window',
  ),
  psoasFrontForce_N: rangedOrNot.describe('force of the push that passes through the fronts of both psoas muscles'),
  skinPressure_kPa: rangedOrNot.describe('on the skin, over the most pressed square centimetre'),
  fingersPressure_kPa: rangedOrNot.describe(
    'what trained fingertips at their own load give the front of the psoas on the same body; null where they were not pressed',
  ),
  supports: z
    .array(z.object({ bone: id.describe('snake_case English Terminologia Anatomica'), force_N: finite }).readonly())
    .readonly()
    .describe('what each bone gives back of the push, and the rest of the body beyond the model, largest first'),
  before: z
    .array(z.object({ structure: id, side: z.enum(['left', 'right', 'midline']), pressure_kPa: finite }).readonly())
    .readonly()
    .describe(
      'what lies on the way to the pressed front of the psoas and is pressed more than it, from the skin inwards',
    ),
});

const finding = z.object({
  structure: z.string().describe('snake_case English Terminologia Anatomica'),
  side: z.enum(['left', 'right', 'midline']),
  quantity: z.enum([
    'peak-contact-pressure',
    'mean-contact-pressure',
    'tissue-pressure',
    'excess-pressure',
    'compression',
    'stretch',
    'elongation-sliding',
    'elongation-stuck',
    'displacement',
    'area-change',
    'flow-change',
    'transmural-pressure',
    'crush',
    'membrane-tension-longitudinal',
    'membrane-tension-transverse',
    'membrane-force',
  ]),
  where: z.enum(['skin', 'tissue', 'lumen']).describe('on the skin, in the tissue, or inside a hollow organ or vessel'),
  value: finite.nullable().describe('central estimate; null when the structure is not in the model'),
  ...ends,
  unit: z.enum(['kPa', '%', 'mm', 'N', 'N/mm']),
  band: z
    .enum(['below-published', 'within-published', 'above-published', 'no-published-level'])
    .describe('compared with the levels at which effects were published'),
  level: id.exactOptional().describe('the published level that the band is about'),
  felt: z.enum(['felt', 'silent', 'unknown']),
  bone: z
    .enum(['spine', 'sacrum', 'hip-bone', 'rib', 'other'])
    .exactOptional()
    .describe('a crush: the bone against which it is largest'),
  evidence: ids.describe('ids that psoascope evidence explains'),
  distribution: z
    .object({ p5: finite, median: finite, p95: finite })
    .readonly()
    .exactOptional()
    .describe('nerves and ureters: across the strip in which people have them'),
});

/** Name of a sentence and what is put into it. */
const noteSchema: z.ZodType<Note> = z.object({
  id,
  values: z.record(z.string(), z.union([z.string(), finite, z.lazy(() => noteSchema)])).exactOptional(),
});

/** What the program works with: keys, numbers, and the scenario they belong to. */
export const numbersSchema = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  scenario: scenarioSchema.describe('complete: press it again and the same bits come out'),
  solver: z.object({
    backend: z.string(),
    cell_mm: finite,
    cells: z.int(),
    dof: z.int(),
    steps: z.int(),
    iterations: z.int(),
    converged: z.boolean(),
    forceBalance: finite.nullable().describe('|tool + floor - support| / (tool + floor) at the last step'),
    seconds: finite,
    stopped: noteSchema.exactOptional().describe('why it stopped early'),
  }),
  body: z.object({
    label: z.string(),
    source: z.enum(['reference', 'scan']),
    weight_kg: finite.nullable().describe('null for the person in a scan whose weight was not given'),
    sizes: z
      .object({
        sex: z.enum(['female', 'male']),
        height_cm: finite,
        waist_cm: finite,
        age: finite,
      })
      .readonly()
      .exactOptional()
      .describe('of the body model; its weight stands above'),
    origin_LPS: vector.describe('origin of the body frame, mm'),
  }),
  tool: z.object({
    id: z.string(),
    label: z.string(),
    at_LPS: vector.describe('aimed point on the skin, mm'),
    direction_LPS: vector.describe('unit vector of the push'),
    targetForce_N: finite,
  }),
  path: z
    .array(
      z.object({
        depth_mm: finite,
        force_N: finite,
        floorForce_N: finite,
        supportForce_N: finite,
        forceBalance: finite,
        contactArea_cm2: finite,
        meanSkinPressure_kPa: finite,
        peakSkinPressure_kPa: finite,
      }),
    )
    .readonly(),
  headline: headline
    .readonly()
    .exactOptional()
    .describe('what the push does to the psoas; absent in results of format 1'),
  near: z
    .array(
      z
        .object({
          structure: id,
          side: z.enum(['left', 'right', 'midline']),
          atRest_mm: finite.describe('from the tool at first touch, through the body at rest'),
          pressed_mm: finite.describe('from the tool where the push ends, through the pressed body'),
          between: z
            .array(z.object({ structure: id, thickness_mm: finite }).readonly())
            .readonly()
            .describe('what lies between when pressed, from the tool inwards; empty beyond 60 mm'),
        })
        .readonly(),
    )
    .readonly()
    .exactOptional()
    .describe(
      'what is left between the tool and each vessel, bone, nerve and ureter, nearest first; absent in results of format 1',
    ),
  reached: z
    .object({ depth_mm: ranged, contactArea_cm2: ranged })
    .readonly()
    .exactOptional()
    .describe('where the path ends; absent when no step was solved'),
  line: z
    .array(
      z
        .object({
          structure: z.string(),
          atRest_mm: finite.describe('thickness before the press; 0 where the line did not meet it'),
          thickness_mm: ranged.describe('thickness along the line, pressed'),
          pressure_kPa: ranged.describe('mean tissue pressure over it'),
        })
        .readonly(),
    )
    .readonly()
    .exactOptional()
    .describe('what lies on the line of the push, from the skin inwards, both sides as one'),
  findings: z.array(finding).readonly(),
  shares: z
    .array(
      z.object({
        structure: z.string(),
        share: finite,
        ...ends,
      }),
    )
    .readonly()
    .describe("shares of the tool's work, adding up to 1"),
  assumptions: z
    .array(z.object({ id, value: finite, low: finite, high: finite, unit: z.string(), evidence: ids }))
    .readonly(),
  uncertainty: z
    .object({
      n: z.int().describe('presses of the ensemble, without the central one and those on other grids'),
      used: z.int().describe('presses that reached their load; 0: too few, no ranges'),
      seed: z.int(),
      cell_mm: finite.describe('edge of the cells that the ensemble was computed with'),
      chance: finite.describe('|rank correlation| that chance alone exceeds once in twenty times'),
      inputs: z
        .array(
          z
            .object({
              id,
              low: finite,
              high: finite,
              unit: z.string(),
              evidence: ids,
              weight: finite.describe(
                'root mean square over all findings: of its rank correlations, or of the share that the grid has in their ranges',
              ),
            })
            .readonly(),
        )
        .readonly(),
      tornado: z
        .array(
          z
            .object({
              finding: id.describe('structure/side/quantity/where, or share/group'),
              bars: z.array(z.object({ input: id, rho: finite, low: finite, high: finite }).readonly()).readonly(),
            })
            .readonly(),
        )
        .readonly(),
    })
    .readonly()
    .exactOptional()
    .describe('where the ranges come from; absent when none were computed'),
  notes: z.array(noteSchema).readonly().describe('what else is to be told of this run; warnings says it'),
  manifest: z.object({
    version: z.string(),
    scenarioHash: z.string(),
    resultHash: z
      .string()
      .describe(
        'SHA-256 over the scenario (schemaVersion and paths of files left out), path, its end, headline (without fingersPressure_kPa), the line of the push, findings and shares: no word enters it',
      ),
    seed: z.int(),
    time: z.string(),
    platform: z.string(),
  }),
});

/** The same for people: made from the numbers when a result is written, in one language, and never read again. */
const words = z.object({
  language: z.string().describe('BCP 47'),
  notice: z.string().describe('what this is and what it is not'),
  findings: z
    .array(
      z.object({
        finding: id.describe('structure/side/quantity/where'),
        label: z.string().describe('everyday name'),
        sentence: z.string().describe('in plain words'),
        professional: z.string().describe('the same for clinicians and engineers'),
      }),
    )
    .readonly(),
  inputs: z.record(z.string(), z.string()).describe('names of assumptions and of inputs of the ensemble, by id'),
});

/** The result contract, as result.json holds it and `psoascope press --json` prints it. */
export const resultSchema = numbersSchema.extend({
  solver: numbersSchema.shape.solver.extend({ reason: z.string().exactOptional().describe('stopped, in words') }),
  warnings: z.array(z.string()).readonly().exactOptional().describe('the notes, in words'),
  words: words.exactOptional(),
});

/** A result as the program works with it. */
export type Result = Readonly<z.output<typeof numbersSchema>>;

/** A result as it is written: with what it says to people. */
export type WrittenResult = z.output<typeof resultSchema>;

export type ResultWords = z.output<typeof words>;

// findings and shares are what the schema says, either way round: else a compile error
type Equal<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
const theSame: Equal<Result['findings'][number], Finding> & Equal<Result['shares'][number], Share> = true;
void theSame;
