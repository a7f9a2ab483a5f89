import { canonicalJson, hashOf } from '../base/hash.ts';
import type { Note } from '../base/note.ts';
import { platformName } from '../base/platform-name.ts';
import { sixDigits } from '../base/rounded.ts';
import { VERSION } from '../base/version.ts';
import type { Body } from '../body/body.ts';
import { evidence } from '../evidence/evidence.ts';
import { braceOf } from '../press/bracing.ts';
import { keptShear } from '../press/contents.ts';
import { type Pull, pullOf } from '../press/contraction.ts';
import type { MaterialUsed, Press } from '../press/press.ts';
import { SCHEMA_VERSION, type Scenario, scenarioMeaning } from '../press/scenario.ts';
import type { Clearance } from './clearance.ts';
import { materialId } from './ensemble.ts';
import type { Finding, OnLine, Ranged, Reached, Share } from './finding.ts';
import type { Headline } from './headline.ts';
import { physiologyInputs } from './physiology.ts';
import type { Result } from './result.ts';

export interface ResultParts {
  readonly scenario: Scenario;
  readonly press: Press;
  readonly findings: readonly Finding[];
  readonly shares: readonly Share[];
  readonly headline: Headline;
  readonly reached?: Reached;
  readonly line?: readonly OnLine[];
  readonly body: { readonly label: string; readonly weight_kg: number | null } & Partial<
    Pick<Body, 'sex' | 'height_cm' | 'waist_cm' | 'age'>
  >;
  /** What is left between the tool and what is not to be met; absent from quick looks. */
  readonly near?: readonly Clearance[];
  /** Where the ranges come from, when there are any. */
  readonly uncertainty?: Result['uncertainty'];
  /** Version of the program, for the manifest; this package's when absent. */
  readonly version?: string | undefined;
  /** Where it was computed, for the manifest; what is known of the place when absent. */
  readonly platform?: string | undefined;
  /** When, ISO 8601; now when absent. */
  readonly time?: string;
  /** To add to the notes. */
  readonly notes?: readonly Note[];
}

/**
 * The result as it is printed and stored.
 *
 * Computed numbers are rounded to six significant digits: far more than a model of a body knows, few enough that files stay
 * small. No word is made here, and the two that come from outside (labels of body and tool) enter no hash.
 */
export function makeResult(parts: ResultParts): Result {
  const { scenario, press, body } = parts;
  const { model, placed, solver } = press;
  const path = press.steps.map((step) => ({
    depth_mm: sixDigits(step.depth),
    force_N: sixDigits(step.force),
    floorForce_N: sixDigits(step.floorForce),
    supportForce_N: sixDigits(step.supportForce),
    forceBalance: sixDigits(step.forceBalance),
    contactArea_cm2: sixDigits(step.contactArea / 100),
    meanSkinPressure_kPa: sixDigits(step.meanSkinPressure),
    peakSkinPressure_kPa: sixDigits(step.peakSkinPressure),
  }));
  const findings = parts.findings.map((f) => ({
    ...f,
    value: orNull(f.value),
    low: orNull(f.low),
    high: orNull(f.high),
    ...(f.distribution && {
      distribution: {
        p5: sixDigits(f.distribution.p5),
        median: sixDigits(f.distribution.median),
        p95: sixDigits(f.distribution.p95),
      },
    }),
  }));
  const headline = writtenHeadline(parts.headline);
  const shares = parts.shares.map((s) => ({ ...s, low: orNull(s.low), high: orNull(s.high) }));
  const numbers = {
    path,
    headline,
    ...(parts.reached && {
      reached: {
        depth_mm: rangedDigits(parts.reached.depth),
        contactArea_cm2: rangedDigits(parts.reached.contactArea),
      },
    }),
    line: (parts.line ?? []).map(({ structure, atRest, thickness, pressure }) => ({
      structure,
      atRest_mm: sixDigits(atRest),
      thickness_mm: rangedDigits(thickness),
      pressure_kPa: rangedDigits(pressure),
    })),
    findings,
    shares,
  };
  return {
    schemaVersion: SCHEMA_VERSION,
    scenario,
    solver: {
      backend: solver.backend,
      cell_mm: solver.cell_mm,
      cells: solver.cells,
      dof: solver.dof,
      steps: press.steps.length,
      iterations: solver.iterations,
      converged: press.converged,
      forceBalance: path.at(-1)?.forceBalance ?? null,
      seconds: sixDigits(solver.seconds),
      ...(press.reason === undefined ? {} : { stopped: press.reason }),
    },
    body: {
      label: body.label,
      source: model.source,
      weight_kg: orNull(body.weight_kg),
      ...sizesOf(body),
      origin_LPS: rounded(model.bodyOrigin),
    },
    tool: {
      id: placed.tool.family.id,
      label: placed.tool.family.label,
      at_LPS: rounded(placed.at),
      direction_LPS: rounded(placed.direction),
      targetForce_N: sixDigits(press.targetForce),
    },
    ...numbers,
    ...(parts.near && { near: parts.near.map(writtenClearance) }),
    assumptions: [
      ...press.materials.map(materialAssumption),
      contents(scenario),
      ...active('pull', pullOf(scenario), 'kPa'),
      ...active('brace', braceOf(scenario), 'N/mm'),
      friction(),
      ...timing(scenario),
      ...atRest(scenario),
    ],
    ...(parts.uncertainty === undefined ? {} : { uncertainty: parts.uncertainty }),
    notes: once([...press.warnings, ...model.notes, ...(parts.notes ?? [])]),
    manifest: {
      version: parts.version ?? VERSION,
      scenarioHash: hashOf(canonicalJson(scenarioMeaning(scenario))),
      resultHash: resultHash({ scenario, ...numbers }),
      seed: scenario.seed,
      time: parts.time ?? new Date().toISOString(),
      platform: parts.platform ?? platformName(),
    },
  };
}

/** Each note once. */
const once = (notes: readonly Note[]): Note[] => [
  ...new Map(notes.map((each) => [canonicalJson(each), each])).values(),
];

/** Sizes of a body by name, where all are known. */
export function sizesOf({ sex, height_cm, waist_cm, age }: ResultParts['body']): Pick<Result['body'], 'sizes'> {
  if (sex === undefined || height_cm === undefined || waist_cm === undefined || age === undefined) return {};
  return {
    sizes: {
      sex,
      height_cm: sixDigits(height_cm),
      waist_cm: sixDigits(waist_cm),
      age: sixDigits(age),
    },
  };
}

/**
 * Hash of what must come out again: the scenario's meaning, and the numbers: path, its end, headline, the line of the push, findings and
 * shares. Time, place, speed and words do not enter it, so the same scenario with the same version and backend gives the same hash, whatever
 * the sentences are. What trained fingertips give is another press's number, which need not be computed.
 */
export function resultHash({ scenario, path, reached, headline, line, findings, shares }: Hashed): string {
  const { fingersPressure_kPa: _, ...own } = headline ?? {};
  return hashOf(
    canonicalJson({
      scenario: scenarioMeaning(scenario),
      path,
      headline: own,
      // files of before have neither
      ...(reached && { reached }),
      ...(line && { line }),
      findings,
      shares,
    }),
  );
}

type Hashed = Pick<Result, 'scenario' | 'path' | 'reached' | 'headline' | 'line' | 'findings' | 'shares'>;

/** The same result with what trained fingertips give the psoas of the same body, from a press of theirs. */
export const besideFingers = (result: Result, fingers: Result): Result =>
  result.headline === undefined || fingers.headline === undefined
    ? result
    : { ...result, headline: { ...result.headline, fingersPressure_kPa: fingers.headline.psoasFrontPressure_kPa } };

const writtenClearance = ({ structure, side, atRest, pressed, between }: Clearance) => ({
  structure,
  side,
  atRest_mm: sixDigits(atRest),
  pressed_mm: sixDigits(pressed),
  between: between.map((layer) => ({ structure: layer.structure, thickness_mm: layer.thickness })),
});

function writtenHeadline({ supports, before, ...numbers }: Headline): NonNullable<Result['headline']> {
  return {
    psoasFrontPressure_kPa: rangedDigits(numbers.psoasFrontPressure),
    psoasFrontForce_N: rangedDigits(numbers.psoasFrontForce),
    skinPressure_kPa: rangedDigits(numbers.skinPressure),
    fingersPressure_kPa: rangedDigits(numbers.fingersPressure),
    supports: supports.map(({ bone, force }) => ({ bone, force_N: sixDigits(force) })),
    before: before.map(({ structure, side, pressure }) => ({ structure, side, pressure_kPa: sixDigits(pressure) })),
  };
}

type Assumption = Result['assumptions'][number];

function materialAssumption(m: MaterialUsed): Assumption {
  return {
    id: materialId(m.property, m.tissue),
    value: sixDigits(m.value),
    low: sixDigits(m.low),
    high: sixDigits(m.high),
    unit: m.property === 'stiffening' ? '' : 'kPa',
    evidence: [...m.evidence],
  };
}

/** What loose contents of the belly keep of the shear moduli above. */
function contents(scenario: Scenario): Assumption {
  const { evidence: ids, ...kept } = keptShear(scenario.contents);
  return { id: 'contents', ...kept, unit: '', evidence: [...ids] };
}

/** What muscles pull with, where they do. */
function active(id: string, of: Pull | undefined, unit: string): Assumption[] {
  if (of === undefined) return [];
  const { evidence: ids, value, low, high } = of;
  return [
    {
      id,
      value: sixDigits(value),
      low: sixDigits(low),
      high: sixDigits(high),
      unit,
      evidence: [...ids],
    },
  ];
}

/** Bare dry skin on a tool. */
function friction(): Assumption {
  const { value, low, high } = evidence('T-114');
  return { id: 'friction', value: value!, low: low!, high: high!, unit: '', evidence: ['T-114'] };
}

/** How the load comes on: it sets by how much muscle and fat have relaxed. */
function timing({ rate_s, hold_s }: Scenario): Assumption[] {
  const row = (id: string, value: number, source: string): Assumption => {
    const { low, high } = evidence(source);
    return {
      id,
      value,
      low: Math.min(value, low!),
      high: Math.max(value, high!),
      unit: 's',
      evidence: [source, 'T-105'],
    };
  };
  return [row('rate', rate_s, 'L-07'), row('hold', hold_s, 'V-54')];
}

/** Pressures and vessel walls of a resting person that the tube laws use. */
function atRest({ pose }: Scenario): Assumption[] {
  return Object.values(physiologyInputs(pose)).map(({ id, value, low, high, unit, evidence: ids }) => ({
    id,
    value: sixDigits(value),
    low: sixDigits(low),
    high: sixDigits(high),
    unit,
    evidence: [...ids],
  }));
}

const rangedDigits = <V extends number | null>({ value, low, high }: Ranged<V>): Ranged<V> => ({
  value: (value === null ? null : sixDigits(value)) as V,
  low: orNull(low),
  high: orNull(high),
});

const orNull = (value: number | null): number | null => (value === null ? null : sixDigits(value));

const rounded = ([x, y, z]: readonly [number, number, number]): [number, number, number] => [
  sixDigits(x),
  sixDigits(y),
  sixDigits(z),
];
