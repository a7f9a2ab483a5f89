import { pow } from '../base/elementary.ts';
import { normalQuantile } from '../base/normal-distribution.ts';
import { type Random, seededRandom } from '../base/random.ts';
import { stratified } from '../base/stratified.ts';
import { evidence } from '../evidence/evidence.ts';
import { braceOf } from '../press/bracing.ts';
import { keptShear } from '../press/contents.ts';
import { type Pull, pullOf } from '../press/contraction.ts';
import { type MaterialScale, tissueMaterials } from '../press/materials.ts';
import type { MaterialUsed } from '../press/press.ts';
import type { Scenario } from '../press/scenario.ts';
import type { Tissue } from '../voxel/model.ts';
import { type Physiology, physiologyInputs } from './physiology.ts';

/**
 * Which presses the ranges come from: a seeded Latin hypercube over what is not known (tissues, body, tool, place, load, resting
 * pressures). Each input is cut into as many parts of equal chance as there are presses, and every part is used once (McKay,
 * Beckman, Conover 1979, doi 10.2307/1268522).
 */

/** One thing that is not known. */
export interface EnsembleInput {
  /** 'shear-modulus/bowel', 'friction', 'weight-share': what it is, in no language. */
  readonly id: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly unit: string;
  readonly evidence: readonly string[];
  /** Enters after the press is solved, by way of the vessels alone: no other value can depend on it. */
  readonly vesselsOnly?: true;
}

/** One press of the ensemble. */
export interface EnsembleJob {
  /** 0 is the central press that all others are compared with. */
  readonly index: number;
  /** Coarse, with its own body, load and sizes of the tool; no ensemble of its own. */
  readonly scenario: Scenario;
  readonly scale: MaterialScale;
  /** Share of their shear modulus that loose contents of the belly keep, when it is not the scenario's. */
  readonly contents?: number;
  /** What psoas and iliacus pull with, kPa of their section, when it is not the scenario's. */
  readonly pull?: number;
  /** What the belly wall pulls with across the body, N/mm, when it is not the scenario's. */
  readonly brace?: number;
  /** Coefficient of friction of the skin on the tool, when it is not the central one. */
  readonly friction?: number;
  readonly person: Partial<Physiology>;
  /** How far beside the place it is laid, mm to the left and to the head. */
  readonly shift: readonly [number, number];
  /** Factor on the lengths of the tool. */
  readonly toolSize: number;
}

export interface Ensemble {
  readonly inputs: readonly EnsembleInput[];
  /** Value of every input (columns) in every press (rows), in the order of the jobs after the central one. */
  readonly draws: readonly Float64Array[];
  /** Edge of the cells of the press that the ranges are for, mm. */
  readonly cell_mm: number;
  /** The central press, the drawn ones, and the central press again on other cells, which is how much the grid matters. */
  readonly jobs: readonly EnsembleJob[];
}

/**
 * Edge of the cells that ensembles are computed with, mm: ratios between presses are what counts. Those of cells of 15 mm are off by
 * 0.24 (rms of the logarithm) against cells of 6 mm, those of 10 mm by 0.16 and of 8 mm by 0.12, where the presses themselves differ by
 * 0.36; 15 and 10 mm take the same time, since most of it goes into building the body (docs/findings.md).
 */
const ENSEMBLE_CELL = 10;

/** The coarsest cells that a press may have, mm (press/scenario.ts). */
const COARSEST = 15;

/**
 * Two other grids for the same press, mm: coarser by a third and by two thirds, or finer in proportion where the schema has no coarser
 * ones. The value without a grid is looked for along the line through both (ranges.ts).
 */
export const otherCells = (cell: number): readonly number[] =>
  ((5 / 3) * cell <= COARSEST ? [(4 / 3) * cell, (5 / 3) * cell] : [cell / (5 / 3), cell / (4 / 3)]).map((edge) =>
    Number(edge.toFixed(3)),
  );

/** An input and what it does to a job. */
interface Knob {
  readonly input: EnsembleInput;
  /** 'halves': as many draws below the central value as above, evenly in the logarithm; 'normal': SD in `high - value`. */
  readonly spread: 'halves' | 'normal';
  readonly turn: (job: Draft, value: number) => void;
}

type Draft = { -readonly [K in keyof EnsembleJob]: EnsembleJob[K] };

/** The jobs of an ensemble of n drawn presses; the same scenario and seed give the same jobs. */
export function planEnsemble(scenario: Scenario, n: number): Ensemble {
  const knobs = knobsOf(scenario);
  const random = seededRandom(scenario.seed ^ 0x5eed);
  const units = latinHypercube(n, knobs.length, random);
  const draws = units.map((row) => Float64Array.from(knobs, (knob, k) => quantile(knob, row[k]!)));
  const central: EnsembleJob = {
    index: 0,
    scenario: { ...scenario, cell_mm: Math.max(scenario.cell_mm, ENSEMBLE_CELL), uncertainty: 0 },
    scale: {},
    person: {},
    shift: [0, 0],
    toolSize: 1,
  };
  const jobs = draws.map((row, i) => {
    const draft: Draft = { ...central, index: i + 1 };
    for (const [k, knob] of knobs.entries()) knob.turn(draft, row[k]!);
    // another person of the same size, unless one is asked for or the body is a scan
    if (scenario.scan === undefined && scenario.body.variant === undefined)
      draft.scenario = {
        ...draft.scenario,
        body: { ...scenario.body, variant: Math.floor(random() * 0xffffffff) },
      };
    return draft;
  });
  const grids = otherCells(scenario.cell_mm)
    .filter((edge) => edge !== central.scenario.cell_mm)
    .map(
      (edge, k): EnsembleJob => ({ ...central, index: n + 1 + k, scenario: { ...central.scenario, cell_mm: edge } }),
    );
  return { inputs: knobs.map((k) => k.input), draws, cell_mm: scenario.cell_mm, jobs: [central, ...jobs, ...grids] };
}

/** n points in d dimensions, each in [0, 1): every row and column of n parts is hit once. */
export function latinHypercube(n: number, d: number, random: Random): Float64Array[] {
  const columns = Array.from({ length: d }, () => stratified(n, random));
  return Array.from({ length: n }, (_, i) => Float64Array.from(columns, (column) => column[i]!));
}

function quantile({ input, spread }: Knob, u: number): number {
  const { value, low, high } = input;
  if (spread === 'normal') return value + (high - value) * normalQuantile(Math.min(Math.max(u, 1e-6), 1 - 1e-6));
  const end = u < 0.5 ? low : high;
  const share = u < 0.5 ? 1 - 2 * u : 2 * u - 1;
  // moduli and pressures are spread evenly in the logarithm; a range that starts at 0 is spread evenly in the value
  return low > 0 ? value * pow(end / value, share) : value + (end - value) * share;
}

/** Tissues whose constants vary together. */
const TISSUES: readonly (readonly [tissues: readonly [Tissue, ...Tissue[]], stiffening: boolean])[] = [
  [['skin'], false],
  [['fat_subcutaneous'], false],
  [['fat_visceral'], false],
  [['muscle_wall'], false],
  [['muscle_wall', 'aponeurosis'], true],
  [['bowel'], false],
  [['bowel'], true],
  [['muscle_psoas'], false],
  [['muscle'], false],
];

function knobsOf(scenario: Scenario): Knob[] {
  return [
    ...TISSUES.map((row) => tissueKnob(...row)),
    ...loadKnob(scenario),
    ...placeKnobs(),
    contentsKnob(scenario),
    frictionKnob(),
    ...Object.entries(physiologyInputs(scenario.pose)).map(
      ([name, { id, value, low, high, unit, evidence: ids }]): Knob => ({
        input: { id, value, low, high, unit, evidence: ids, vesselsOnly: true },
        spread: 'halves',
        turn: (job, drawn) => {
          job.person = { ...job.person, [name]: drawn };
        },
      }),
    ),
    ...activeKnob('pull', pullOf(scenario), 'kPa'),
    ...activeKnob('brace', braceOf(scenario), 'N/mm'),
  ];
}

function tissueKnob(tissues: readonly [Tissue, ...Tissue[]], stiffening: boolean): Knob {
  const m = tissueMaterials()[tissues[0]];
  const { value, low, high, evidence: ids } = stiffening ? m.stiffening : { ...m, value: m.mu };
  return {
    input: {
      id: materialId(stiffening ? 'stiffening' : 'shear-modulus', tissues[0]),
      value,
      low,
      high,
      unit: stiffening ? '' : 'kPa',
      evidence: ids,
    },
    spread: 'halves',
    turn: (job, drawn) => {
      const factor = drawn / value;
      const scale = { ...job.scale };
      for (const tissue of tissues)
        scale[tissue] = { ...scale[tissue], ...(stiffening ? { stiffening: factor } : { mu: factor }) };
      job.scale = scale;
    },
  };
}

/** Id of a material constant among the inputs and assumptions: 'shear-modulus/bowel'. */
export const materialId = (property: MaterialUsed['property'], tissue: string): string => `${property}/${tissue}`;

/** Nobody knows which share of the weight they put on a tool; a force or a mass that was given was measured. */
function loadKnob({ load }: Scenario): Knob[] {
  if (!('bodyWeightShare' in load)) return [];
  const { value, low, high } = evidence('L-08');
  const share = load.bodyWeightShare;
  return [
    {
      input: {
        id: 'weight-share',
        value: share,
        low: (share * low!) / value!,
        high: Math.min(1, (share * high!) / value!),
        unit: '',
        evidence: ['L-08', 'L-04', 'V-49'],
      },
      spread: 'halves',
      turn: (job, drawn) => {
        job.scenario = { ...job.scenario, load: { bodyWeightShare: Math.min(1, drawn) } };
      },
    },
  ];
}

/** From stuck to free where nobody knows; of who is said to be at one end, half of the draws stay there. */
function contentsKnob({ contents }: Scenario): Knob {
  return {
    input: { id: 'contents', ...keptShear(contents), unit: '' },
    spread: 'halves',
    turn: (job, drawn) => {
      job.contents = drawn;
    },
  };
}

/** What muscles pull with, where they do. */
function activeKnob(id: 'pull' | 'brace', of: Pull | undefined, unit: string): Knob[] {
  if (of === undefined) return [];
  return [
    {
      input: { id, ...of, unit },
      spread: 'halves',
      turn: (job, drawn) => {
        job[id] = drawn;
      },
    },
  ];
}

function frictionKnob(): Knob {
  const { value, low, high } = evidence('T-114');
  return {
    input: { id: 'friction', value: value!, low: low!, high: high!, unit: '', evidence: ['T-114'] },
    spread: 'halves',
    turn: (job, drawn) => {
      job.friction = drawn;
    },
  };
}

function placeKnobs(): Knob[] {
  const place = evidence('L-06').value!;
  const size = evidence('P-20').value! / 100;
  const beside = (id: string, axis: 0 | 1): Knob => ({
    input: { id, value: 0, low: -place, high: place, unit: 'mm', evidence: ['L-06'] },
    spread: 'normal',
    turn: (job, drawn) => {
      job.shift = axis === 0 ? [drawn, job.shift[1]] : [job.shift[0], drawn];
    },
  });
  return [
    beside('place-left', 0),
    beside('place-head', 1),
    {
      input: { id: 'tool-size', value: 1, low: 1 - size, high: 1 + size, unit: '', evidence: ['P-20'] },
      spread: 'normal',
      turn: (job, drawn) => {
        job.toolSize = drawn;
      },
    },
  ];
}
