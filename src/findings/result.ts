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
const SIDE = z.enum(['left', 'right', 'midline']).describe('the person’s own; midline for what there is once');
const STRUCTURE = z.string().describe('snake_case English Terminologia Anatomica');

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
    .array(
      z
        .object({
          bone: id.describe('snake_case English Terminologia Anatomica'),
          force_N: finite.describe('along the push, N'),
        })
        .readonly(),
    )
    .readonly()
    .describe('what each bone gives back of the push, and the rest of the body beyond the model, largest first'),
  before: z
    .array(
      z
        .object({
          structure: STRUCTURE,
          side: SIDE,
          pressure_kPa: finite.describe('mean over its most pressed window, kPa'),
        })
        .readonly(),
    )
    .readonly()
    .describe(
      'what lies on the way to the pressed front of the psoas and is pressed more than it, from the skin inwards',
    ),
});

const finding = z.object({
  structure: STRUCTURE,
  side: SIDE,
  quantity: z
    .enum([
      'peak-contact-pressure',
      'mean-contact-pressure',
      'tissue-pressure',
      'excess-pressure',
      'compression',
      'stretch',
      'elongation-sliding',
      'elongation-stuck',
      'area-change',
      'flow-change',
      'transmural-pressure',
      'crush',
      'slide',
      'membrane-tension-longitudinal',
      'membrane-tension-transverse',
      'membrane-force',
    ])
    .describe('what is told of it'),
  where: z.enum(['skin', 'tissue', 'lumen']).describe('on the skin, in the tissue, or inside a hollow organ or vessel'),
  value: finite.nullable().describe('central estimate; null when the structure is not in the model'),
  ...ends,
  unit: z.enum(['kPa', '%', 'mm', 'N/mm']).describe('of value, low, high and distribution'),
  band: z
    .enum(['below-published', 'within-published', 'above-published', 'no-published-level'])
    .describe('compared with the levels at which effects were published'),
  level: id.exactOptional().describe('the published level that the band is about'),
  felt: z.enum(['felt', 'silent', 'unknown']).describe('whether people usually feel it, may not, or nobody knows'),
  bone: z
    .enum(['spine', 'sacrum', 'hip-bone', 'rib', 'other'])
    .exactOptional()
    .describe('a crush: the bone against which it is largest'),
  evidence: ids.describe('ids that psoascope evidence explains'),
  distribution: z
    .object({
      p5: finite.describe('5 % of people have less'),
      median: finite.describe('half of them have less'),
      p95: finite.describe('95 % of them have less'),
    })
    .readonly()
    .exactOptional()
    .describe('nerves and ureters: across the strip in which people have them'),
});

/** Name of a sentence and what is put into it. */
const noteSchema: z.ZodType<Note> = z.object({
  id: id.describe('of a sentence of the catalogue'),
  values: z
    .record(z.string(), z.union([z.string(), finite, z.lazy(() => noteSchema)]))
    .exactOptional()
    .describe('what goes into it: texts, numbers and notes by name'),
});

/** What the program works with: keys, numbers, and the scenario they belong to. */
export const numbersSchema = z.object({
  schemaVersion: z
    .literal(SCHEMA_VERSION)
    .describe('version of this format, counted together with that of the scenario'),
  scenario: scenarioSchema.describe('complete: press it again and the same bits come out'),
  solver: z
    .object({
      backend: z.string().describe('edition of the solver that ran: wasm or typescript; bits agree within one'),
      cell_mm: finite.describe('edge of the cells, mm'),
      cells: z.int().describe('cells with any tissue in them'),
      dof: z.int().describe('unknown displacements'),
      steps: z.int().describe('equilibria on the path of the load'),
      iterations: z.int().describe('of all steps together'),
      converged: z
        .boolean()
        .describe('whether the load was reached; else all numbers are those of the last equilibrium'),
      forceBalance: finite.nullable().describe('|tool + floor - support| / (tool + floor) at the last step'),
      seconds: finite.describe('wall time of the press, s'),
      stopped: noteSchema.exactOptional().describe('why it stopped early'),
    })
    .describe('how the press was solved'),
  body: z
    .object({
      label: z.string().describe('the body in a few English words'),
      source: z.enum(['reference', 'scan']).describe('built from sizes, or read from a scan'),
      weight_kg: finite.nullable().describe('null for the person in a scan whose weight was not given'),
      sizes: z
        .object({
          sex: z.enum(['female', 'male']).describe('which reference adult it is built from'),
          height_cm: finite.describe('standing height, cm'),
          waist_cm: finite.describe('girth at the navel, cm'),
          age: finite.describe('years'),
        })
        .readonly()
        .exactOptional()
        .describe('of the body model; its weight stands above'),
      origin_LPS: vector.describe('origin of the body frame, mm'),
    })
    .describe('who was pressed'),
  tool: z
    .object({
      id: z.string().describe('as psoascope tools lists it'),
      label: z.string().describe('its everyday English name'),
      at_LPS: vector.describe('aimed point on the skin, mm'),
      direction_LPS: vector.describe('unit vector of the push'),
      targetForce_N: finite.describe('the load that was asked for, N'),
    })
    .describe('what pressed, and where'),
  path: z
    .array(
      z.object({
        depth_mm: finite.describe('of the tool from first touch, mm'),
        force_N: finite.describe('of the tool along the push, N'),
        floorForce_N: finite.describe('of the floor along the push, N; 0 without a floor'),
        supportForce_N: finite.describe('what bones and cut ends give back, N'),
        forceBalance: finite.describe('|tool + floor - support| / (tool + floor)'),
        contactArea_cm2: finite.describe('deformed skin that touches the tool, cm²'),
        meanSkinPressure_kPa: finite.describe('force of the tool per area of contact, kPa'),
        peakSkinPressure_kPa: finite.describe('highest mean over at least 1 cm² of skin, kPa'),
      }),
    )
    .readonly()
    .describe('the load path: every equilibrium, in order of depth'),
  headline: headline
    .readonly()
    .exactOptional()
    .describe('what the push does to the psoas; absent in results of format 1'),
  near: z
    .array(
      z
        .object({
          structure: STRUCTURE,
          side: SIDE,
          atRest_mm: finite.describe('from the tool at first touch, through the body at rest'),
          pressed_mm: finite.describe('from the tool where the push ends, through the pressed body'),
          between: z
            .array(
              z
                .object({ structure: STRUCTURE, thickness_mm: finite.describe('along the line between the two, mm') })
                .readonly(),
            )
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
    .object({
      depth_mm: ranged.describe('of the tool from first touch, mm'),
      contactArea_cm2: ranged.describe('deformed skin that touches the tool, cm²'),
    })
    .readonly()
    .exactOptional()
    .describe('where the path ends; absent when no step was solved'),
  line: z
    .array(
      z
        .object({
          structure: STRUCTURE,
          atRest_mm: finite.describe('thickness before the press; 0 where the line did not meet it'),
          thickness_mm: ranged.describe('thickness along the line, pressed'),
          pressure_kPa: ranged.describe('mean tissue pressure over it'),
        })
        .readonly(),
    )
    .readonly()
    .exactOptional()
    .describe('what lies on the line of the push, from the skin inwards, both sides as one'),
  findings: z.array(finding).readonly().describe('per structure: each key (structure, side, quantity, where) once'),
  shares: z
    .array(
      z.object({
        structure: z.string().describe('a structure, or a group of them'),
        share: finite.describe('0 to 1'),
        ...ends,
      }),
    )
    .readonly()
    .describe("shares of the tool's work, adding up to 1"),
  assumptions: z
    .array(
      z.object({
        id: id.describe('its name stands in words.inputs'),
        value: finite.describe('what was used'),
        low: finite.describe('low end of what published data leave open'),
        high: finite.describe('high end of it'),
        unit: z.string().describe('of the three numbers'),
        evidence: ids.describe('ids that psoascope evidence explains'),
      }),
    )
    .readonly()
    .describe('constants that went in'),
  uncertainty: z
    .object({
      n: z.int().describe('presses of the ensemble, without the central one and those on other grids'),
      used: z.int().describe('presses that reached their load; 0: too few, no ranges'),
      seed: z.int().describe('of the draws'),
      cell_mm: finite.describe('edge of the cells that the ensemble was computed with'),
      chance: finite.describe('|rank correlation| that chance alone exceeds once in twenty times'),
      inputs: z
        .array(
          z
            .object({
              id: id.describe('its name stands in words.inputs'),
              low: finite.describe('low end of what it was drawn from'),
              high: finite.describe('high end of it'),
              unit: z.string().describe('of the two numbers'),
              evidence: ids.describe('ids that psoascope evidence explains'),
              weight: finite.describe(
                'root mean square over all findings: of its rank correlations, or of the share that the grid has in their ranges',
              ),
            })
            .readonly(),
        )
        .readonly()
        .describe('what was drawn'),
      tornado: z
        .array(
          z
            .object({
              finding: id.describe('structure/side/quantity/where, or share/group'),
              bars: z
                .array(
                  z
                    .object({
                      input: id.describe('id of an input'),
                      rho: finite.describe('rank correlation of the value with it, -1 to 1'),
                      low: finite.describe('mean value in the third of the presses with its lowest draws'),
                      high: finite.describe('mean value in the third of the presses with its highest draws'),
                    })
                    .readonly(),
                )
                .readonly()
                .describe('inputs whose correlation chance would seldom reach, strongest first'),
            })
            .readonly(),
        )
        .readonly()
        .describe('what each value follows most'),
    })
    .readonly()
    .exactOptional()
    .describe('where the ranges come from; absent when none were computed'),
  notes: z.array(noteSchema).readonly().describe('what else is to be told of this run; warnings says it'),
  manifest: z
    .object({
      version: z.string().describe('of the program'),
      scenarioHash: z.string().describe('SHA-256 over the scenario (schemaVersion and paths of files left out)'),
      resultHash: z
        .string()
        .describe(
          'SHA-256 over the scenario (schemaVersion and paths of files left out), path, its end, headline (without fingersPressure_kPa), the line of the push, findings and shares: no word enters it',
        ),
      seed: z.int().describe('of the scenario'),
      time: z.string().describe('when it was computed, ISO 8601'),
      platform: z.string().describe('what it was computed on'),
    })
    .describe('what computed this, and fingerprints'),
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
    .readonly()
    .describe('by the keys of the findings'),
  inputs: z.record(z.string(), z.string()).describe('names of assumptions and of inputs of the ensemble, by id'),
});

/** The result contract, as result.json holds it and `psoascope press --json` prints it. */
export const resultSchema = numbersSchema.extend({
  solver: numbersSchema.shape.solver
    .extend({ reason: z.string().exactOptional().describe('stopped, in words') })
    .describe(numbersSchema.shape.solver.description!),
  warnings: z.array(z.string()).readonly().exactOptional().describe('the notes, in words'),
  words: words.exactOptional().describe('the same for people, in one language; never read again'),
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
