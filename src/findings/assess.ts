import { isTarget, placeOf } from '../anatomy/structures.ts';
import { InputError } from '../base/errors.ts';
import { sixDigits } from '../base/rounded.ts';
import { tell } from '../base/told.ts';
import { type Level, levelFor } from '../evidence/levels.ts';
import { FINDINGS_ERRORS } from '../messages/errors/findings.data.ts';
import { asSeenBy } from '../press/as-seen-by.ts';
import type { Press } from '../press/press.ts';
import { lastsOf, REFERENCE_TIMING, type Timing } from '../press/relaxation.ts';
import type { Side } from '../voxel/model.ts';
import { ANEURYSM_ROWS, wallTension, widestDiameter } from './aneurysm.ts';
import { baselinePressure } from './baseline.ts';
import { beforeBone, shutInPressure } from './bowel.ts';
import { placeKey } from './circulation.ts';
import { coreSample, organsOnLine } from './core-sample.ts';
import { corridorElongation, corridorPeak, type OverCourses, softShare } from './corridor-peak.ts';
import { tellFelt } from './felt.ts';
import {
  type Band,
  type Finding,
  type OnLine,
  type Quantity,
  type Reached,
  type Share,
  type Unit,
  unranged,
  type Where,
} from './finding.ts';
import { type Headline, headlineOf } from './headline.ts';
import { membraneTension } from './membrane-tension.ts';
import { organOf } from './organ-of.ts';
import { type Physiology, physiologyOf } from './physiology.ts';
import { type PressedVessel, pressVessel, type VesselChange, vesselChanges } from './pressed-vessel.ts';
import { shares } from './shares.ts';
import { slideOf } from './slide.ts';
import { subjectOf } from './subject-of.ts';
import { SUBJECTS, type Subject } from './subjects.data.ts';
import { type CellSet, mergeCells, windowPeak } from './window-peak.ts';

/** What the findings need to know beside the press: how the person lies, how long it lasts, what pressures are at rest. */
export interface Context {
  readonly pose: 'prone' | 'supine' | 'side';
  readonly timing: Timing;
  /** Pressures and stiffnesses that differ from the central ones. */
  readonly person?: Partial<Physiology>;
  /** Psoas and iliacus contract: what they and the nerves in and on them get is partly their own, and levels are of pressure from outside. */
  readonly contracts?: boolean;
}

const FACE_DOWN: Context = { pose: 'prone', timing: REFERENCE_TIMING };

/**
 * What a press does to each structure: values and what they are compared with, as numbers; words/ makes sentences of them.
 *
 * Every value is a local peak (windowPeak, corridorPeak; along vessels the highest mean over 20 mm), from the skin inwards. Nerve, bowel, muscle and artery
 * are compared by the pressure in the tissue, veins and ureters by what is local about it (baselinePressure); arteries and veins
 * also by what a tube law makes of that pressure (pressed-vessel.ts). No range of the model is computed here: low and high are null
 * (ranges.ts fills them from an ensemble, with what is kept of each vessel).
 *
 * @throws InputError when a field of the press is not a number somewhere or has the wrong length
 */
export function assess(press: Press, context: Context = FACE_DOWN): Assessment {
  checkFields(press);
  const person = physiologyOf(context.pose, context.person);
  const baseline = baselinePressure(press);
  const own = (subject: Subject | undefined): boolean => context.contracts === true && subject?.contracts === true;
  const subjects = subjectsFor(press).map((subject) => {
    const { group: _, ...uncompared } = subject;
    return own(subject) ? uncompared : subject;
  });
  // all vessels before the first finding: the flow through one is that through the others in series with it
  const vessels = subjects.flatMap((subject) =>
    sidesOf(subject).flatMap((side) => vesselOf(press, subject, side, baseline)),
  );
  const all: AssessmentContext = {
    press,
    context,
    person,
    baseline,
    soft: softShare(press.model),
    seconds: lastsOf(context.timing),
    vessels: new Map(vessels.map((vessel) => [placeKey(vessel.driver), vessel])),
    changes: vesselChanges(vessels, person),
  };
  const findings = subjects.flatMap((subject) => {
    if (subject.kind === 'skin') return skinFindings(all, subject);
    return sidesOf(subject).flatMap((side) =>
      subject.kind === 'corridor' ? corridorFindings(all, subject, side) : cellFindings(all, subject, side),
    );
  });
  return {
    findings: tellFelt(findings, (f) => own(subjectOf(f))),
    shares: shares(press),
    headline: headlineOf(press),
    ...alongThePush(press),
    vessels,
  };
}

/** What a press does to each structure. */
export interface Assessment {
  readonly findings: Finding[];
  readonly shares: Share[];
  readonly headline: Headline;
  /** Where the path ended; absent where no step was solved. */
  readonly reached?: Reached;
  /** What lies on the line of the push, from the skin inwards. */
  readonly line: readonly OnLine[];
  /** The vessels as the push leaves them. */
  readonly vessels: readonly PressedVessel[];
}

function alongThePush(press: Press): Pick<Assessment, 'reached' | 'line'> {
  const last = press.steps.at(-1);
  if (last === undefined) return { line: [] };
  const reached = { depth: unranged(last.depth), contactArea: unranged(last.contactArea / 100) };
  return { reached, line: organsOnLine(coreSample(press)) };
}

/** What every structure's findings are read from. */
interface AssessmentContext {
  readonly press: Press;
  readonly context: Context;
  readonly person: Physiology;
  /** Pressure in the rest of the belly, kPa. */
  readonly baseline: number;
  readonly soft: Float32Array;
  /** How long the load lasts, s. */
  readonly seconds: number;
  /** The vessels as the push leaves them, and what becomes of them, by placeKey. */
  readonly vessels: ReadonlyMap<string, PressedVessel>;
  readonly changes: ReadonlyMap<string, VesselChange>;
}

const sidesOf = ({ sides }: Subject): readonly Side[] => (sides === 'pair' ? ['left', 'right'] : ['midline']);

/** The cells of a subject on one side, and the press as it undergoes it; undefined where the model holds none. */
function cellsOf(press: Press, subject: Subject, side: Side): { set: CellSet; seen: Press } | undefined {
  const parts = press.model.parts.filter(
    (p) => organOf(p.structure) === subject.structure && (subject.sides === 'one' || p.side === side),
  );
  return parts.length > 0 ? { set: mergeCells(parts), seen: asSeenBy(press, parts) } : undefined;
}

/**
 * What this model is asked about. Scans that label iliopsoas as one muscle speak of that one, in place of psoas major and iliacus;
 * a hernia, a cyst or a mass is only spoken of where there is one.
 */
function subjectsFor(press: Press): Subject[] {
  const has = (structure: string): boolean => press.model.parts.some((p) => p.structure === structure);
  const asked = SUBJECTS.filter((s) => s.onlyWhereHeld === undefined || has(s.structure));
  const whole = press.model.parts.find((p) => placeOf(p.structure) !== p.structure)?.structure;
  if (whole === undefined || has(placeOf(whole))) return asked;
  return asked
    .filter((s) => !isTarget(s.structure) || s.structure === placeOf(whole))
    .map((s) => (s.structure === placeOf(whole) ? { ...s, structure: whole } : s));
}

function skinFindings({ press, seconds }: AssessmentContext, subject: Subject): Finding[] {
  const last = press.steps.at(-1);
  return subject.quantities.map((quantity) => {
    const base = { subject, side: 'midline', quantity, seconds } as const;
    if (last === undefined) return withoutValue(base);
    return finding(base, {
      value: quantity === 'mean-contact-pressure' ? last.meanSkinPressure : last.peakSkinPressure,
    });
  });
}

function cellFindings(all: AssessmentContext, subject: Subject, side: Side): Finding[] {
  const { baseline, seconds } = all;
  const held = cellsOf(all.press, subject, side);
  const place = placeKey({ structure: subject.structure, side });
  const vessel = all.vessels.get(place);
  const change = all.changes.get(place);
  return subject.quantities.flatMap((quantity) => {
    const base = { subject, side, quantity, seconds };
    if (quantity === 'slide') return slideFinding(all.press, base);
    if (held === undefined || all.press.steps.length === 0)
      return quantity === 'membrane-force' && subject.group === 'artery' ? [] : withoutValue(base);
    const { set, seen: press } = held;
    if (quantity === 'area-change' || quantity === 'flow-change') {
      if (vessel === undefined || change === undefined) return withoutValue(base);
      const value = quantity === 'area-change' ? change.area : change.flow;
      return finding(base, { value, sources: vessel.evidence });
    }
    // where its flow is read as well, so that the one cannot contradict the other
    if (vessel?.driver.quantity === quantity) return finding(base, { value: Math.max(...vessel.profile) });
    if (quantity === 'membrane-force' && subject.group === 'artery') {
      const tension = wallTension(widestDiameter(press.model, set), all.person);
      return tension === undefined ? [] : finding(base, { value: tension, sources: ANEURYSM_ROWS });
    }
    if (quantity === 'crush') {
      const crushed = beforeBone(press, set).map(({ bone, cells }) => ({
        bone,
        value: peakOf(press, cells, 'compression')!,
      }));
      const most = crushed.reduce<(typeof crushed)[number] | undefined>(
        (a, b) => (a && a.value >= b.value ? a : b),
        undefined,
      );
      // bowel that has no bone behind it cannot be caught against one: nothing to report, not a value of 0
      return most === undefined ? [] : { ...finding(base, { value: most.value, sources: ['H-57'] }), bone: most.bone };
    }
    const peak = peakOf(press, set, quantity);
    if (peak === undefined) return withoutValue(base);
    return finding(base, { value: quantity === 'excess-pressure' ? peak - baseline : peak });
  });
}

/** Nothing is said of it where nothing slides, or the organ is tied wherever it lies. */
function slideFinding(press: Press, base: Base): Finding[] {
  const value = press.steps.length === 0 ? undefined : slideOf(press, base.subject.structure);
  return value === undefined ? [] : [finding(base, { value, sources: ['V-80', 'V-81', 'V-82'] })];
}

/** A vessel with the pressure along it; none for what is no vessel, or in a press without a step. */
function vesselOf(press: Press, subject: Subject, side: Side, baseline: number): PressedVessel[] {
  const { structure, quantities, kind } = subject;
  const driver = quantities.find((quantity) => quantity === 'tissue-pressure' || quantity === 'excess-pressure');
  const held = kind === 'cells' && quantities.includes('flow-change') ? cellsOf(press, subject, side) : undefined;
  if (held === undefined || driver === undefined || press.steps.length === 0) return [];
  const vessel = pressVessel(held.seen, held.set, { structure, side, quantity: driver, where: 'tissue' }, baseline);
  return vessel === undefined ? [] : [vessel];
}

function corridorFindings(all: AssessmentContext, subject: Subject, side: Side): Finding[] {
  const { press, baseline, soft, seconds } = all;
  const corridor = press.model.corridors.find((c) => c.structure === subject.structure && c.side === side);
  const pressure = corridor && corridorPeak(press.model.grid, corridor, press.fields.pressure, soft);
  const elongation = corridor && corridorElongation(press.model.grid, corridor, press.fields.displacement);
  return subject.quantities.map((quantity) => {
    const base = { subject, side, quantity, seconds };
    if (corridor === undefined || pressure === undefined || press.steps.length === 0) return withoutValue(base);
    const sources = corridor.evidence;
    if (quantity === 'elongation-sliding' || quantity === 'elongation-stuck') {
      const longer = elongation?.[quantity === 'elongation-sliding' ? 'sliding' : 'stuck'];
      return longer === undefined
        ? withoutValue(base)
        : finding(base, { value: longer.median, distribution: longer, sources });
    }
    const off = quantity === 'excess-pressure' ? baseline : 0;
    const shifted = mapDistribution(pressure, (p) => p - off);
    return finding(base, {
      value: shifted.median,
      distribution: shifted,
      sources,
    });
  });
}

const mapDistribution = ({ p5, median, p95 }: OverCourses, f: (value: number) => number): OverCourses => ({
  p5: f(p5),
  median: f(median),
  p95: f(p95),
});

/** Local peak of one quantity over a structure, in the finding's unit. */
function peakOf(press: Press, set: CellSet, quantity: Quantity): number | undefined {
  const { grid } = press.model;
  const { pressure, stretchMin, stretchMax } = press.fields;
  switch (quantity) {
    case 'compression':
      return windowPeak(grid, set, (cell) => 100 * (1 - stretchMin[cell]!));
    case 'stretch':
      return windowPeak(grid, set, (cell) => 100 * (stretchMax[cell]! - 1));
    case 'membrane-tension-longitudinal':
      return membraneTension(press, set)?.longitudinal;
    case 'membrane-tension-transverse':
      return membraneTension(press, set)?.transverse;
    case 'transmural-pressure':
      return shutInPressure(press, set);
    default:
      return windowPeak(grid, set, pressure);
  }
}

interface Base {
  readonly subject: Subject;
  readonly side: Side;
  readonly quantity: Quantity;
  readonly seconds: number;
}

interface Measured extends Pick<Finding, 'distribution'> {
  readonly value: number;
  readonly sources?: readonly string[];
}

function finding(base: Base, { value, sources = [], distribution }: Measured): Finding {
  const { subject, quantity, seconds } = base;
  const compared = comparedValue(quantity, value);
  const level = subject.group === undefined ? undefined : levelFor(subject.group, quantity, compared, seconds);
  return {
    ...unmeasured(base),
    value,
    band: bandOf(compared, level),
    ...(level !== undefined && { level: level.id }),
    evidence: [...new Set([...(level?.evidence ?? []), ...sources])],
    // browsers and Node differ in the last bits of sines and powers: what is hashed has six digits
    ...(distribution !== undefined && { distribution: mapDistribution(distribution, sixDigits) }),
  };
}

/** A structure that the model does not hold, or any structure of a press that never got to its first step. */
const withoutValue = (base: Base): Finding => ({
  ...unmeasured(base),
  value: null,
  band: 'no-published-level',
  evidence: [],
});

function unmeasured({ subject, side, quantity }: Base) {
  return {
    structure: subject.structure,
    side,
    quantity,
    where: whereOf(quantity),
    low: null,
    high: null,
    unit: UNIT[quantity] ?? '%',
    // told at the end, from all that is known of the structure
    felt: 'unknown',
  } as const;
}

const WHERE: Partial<Record<Quantity, Where>> = {
  'peak-contact-pressure': 'skin',
  'mean-contact-pressure': 'skin',
  'area-change': 'lumen',
  'flow-change': 'lumen',
  'transmural-pressure': 'lumen',
};

/** Where a quantity is measured. */
export const whereOf = (quantity: Quantity): Where => WHERE[quantity] ?? 'tissue';

const UNIT: Partial<Record<Quantity, Unit>> = {
  'peak-contact-pressure': 'kPa',
  'mean-contact-pressure': 'kPa',
  'tissue-pressure': 'kPa',
  'excess-pressure': 'kPa',
  'transmural-pressure': 'kPa',
  'membrane-tension-longitudinal': 'N/mm',
  'membrane-tension-transverse': 'N/mm',
  'membrane-force': 'N/mm',
  slide: 'mm',
};

/** What levels are compared with: they are of what is lost, so a change of -40 % is compared as 40. */
export const comparedValue = (quantity: Quantity, value: number): number =>
  quantity === 'area-change' ? -value : value;

/** How a compared value stands to its level. */
export function bandOf(value: number, level: Level | undefined): Band {
  if (level === undefined) return 'no-published-level';
  if (value < level.from) return 'below-published';
  return value <= level.to ? 'within-published' : 'above-published';
}

const CHECKED = ['pressure', 'shear', 'stretchMin', 'stretchMax', 'work'] as const;

/** A field that holds something else than numbers would turn into a table full of nonsense: say so instead. */
function checkFields(press: Press): void {
  const cells = press.model.fill.length;
  const { fields } = press;
  const bodies = fields.contents === undefined ? [fields] : [fields, fields.contents];
  for (const [body, name] of bodies.flatMap((body) => CHECKED.map((name) => [body, name] as const))) {
    const field = body[name];
    if (field.length !== cells)
      throw new InputError(tell(FINDINGS_ERRORS, 'error.press.values', { n: field.length, field: name, cells }));
    if (!field.every(Number.isFinite))
      throw new InputError(tell(FINDINGS_ERRORS, 'error.press.not-finite', { field: name }));
  }
}
