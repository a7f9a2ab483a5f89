import { structureOf } from '../anatomy/structures.ts';
import { InputError } from '../base/errors.ts';
import { type Level, levelFor } from '../evidence/levels.ts';
import { say } from '../messages/say.ts';
import type { Press } from '../press/press.ts';
import { REFERENCE_TIMING, type Timing } from '../press/relaxation.ts';
import type { Side } from '../voxel/model.ts';
import { ANEURYSM_ROWS, wallTension, widestDiameter } from './aneurysm.ts';
import { baselinePressure } from './baseline.ts';
import { beforeBone, shutInPressure } from './bowel.ts';
import { corridorPeak, corridorStretch, type Distribution, softShare } from './corridor-peak.ts';
import type { Band, Finding, Quantity, Share } from './finding.ts';
import { membraneForce } from './membrane-force.ts';
import { organOf } from './organ-of.ts';
import { type Physiology, physiologyOf } from './physiology.ts';
import { shares } from './shares.ts';
import { SUBJECTS, type Subject } from './subjects.data.ts';
import { alongVessel, VESSELS, vesselChange } from './vessels.ts';
import { type CellSet, mergeCells, windowPeak } from './window-peak.ts';
import { missingSentence, sentencesOf, uncomputedSentence, type Wordless } from './words.ts';

/** What the findings need to know beside the press: how the person lies, how long it lasts, what pressures are at rest. */
export interface Context {
  readonly pose: 'prone' | 'supine' | 'side';
  readonly timing: Timing;
  /** Pressures and stiffnesses that differ from the central ones. */
  readonly person?: Partial<Physiology>;
}

const FACE_DOWN: Context = { pose: 'prone', timing: REFERENCE_TIMING };

/**
 * What a press does to each structure: values, what they are compared with, and sentences.
 *
 * Every value is a local peak of the same kind (windowPeak, corridorPeak), from the skin inwards. Nerve, bowel, muscle and artery
 * are compared by the pressure in the tissue, veins and ureters by what is local about it (baselinePressure); arteries and veins
 * also by what a tube law makes of that pressure (vesselChange). No range of the model is computed here: low and high are null
 * and every sentence says so (run.ts fills them from an ensemble).
 *
 * @throws InputError when a field of the press is not a number somewhere or has the wrong length
 */
export function assess(press: Press, context: Context = FACE_DOWN): { findings: Finding[]; shares: Share[] } {
  checkFields(press);
  const all: Everything = {
    press,
    context,
    person: physiologyOf(context.pose, context.person),
    baseline: baselinePressure(press),
    soft: softShare(press.model),
  };
  const findings = subjectsFor(press).flatMap((subject) => {
    if (subject.kind === 'skin') return skinFindings(press, subject);
    const sides: readonly Side[] = subject.sides === 'pair' ? ['left', 'right'] : ['midline'];
    return sides.flatMap((side) =>
      subject.kind === 'corridor' ? corridorFindings(all, subject, side) : cellFindings(all, subject, side),
    );
  });
  return { findings, shares: shares(press) };
}

/** What every structure's findings are read from. */
interface Everything {
  readonly press: Press;
  readonly context: Context;
  readonly person: Physiology;
  /** Pressure in the rest of the belly, kPa. */
  readonly baseline: number;
  readonly soft: Float32Array;
}

/**
 * What this model is asked about. Scans that label iliopsoas as one muscle speak of that one, in place of psoas major and iliacus;
 * a hernia, a cyst or a mass is only spoken of where there is one.
 */
function subjectsFor(press: Press): Subject[] {
  const has = (structure: string): boolean => press.model.parts.some((p) => p.structure === structure);
  const asked = SUBJECTS.filter((s) => s.onlyWhereHeld === undefined || has(s.structure));
  if (!has('iliopsoas') || has('psoas_major')) return asked;
  return asked
    .filter((s) => s.structure !== 'iliacus')
    .map((s) => (s.structure === 'psoas_major' ? { ...s, structure: 'iliopsoas' } : s));
}

function skinFindings(press: Press, subject: Subject): Finding[] {
  const last = press.steps.at(-1);
  const base = { subject, side: 'midline', quantity: 'contact-pressure' } as const;
  if (last === undefined) return [withoutValue(press, base)];
  return [
    finding(base, { value: last.peakSkinPressure, label: say('label.skin.peak') }),
    finding(base, { value: last.meanSkinPressure, label: say('label.skin.mean'), mean: true }),
  ];
}

function cellFindings(all: Everything, subject: Subject, side: Side): Finding[] {
  const { press, baseline } = all;
  const parts = press.model.parts.filter(
    (p) => organOf(p.structure) === subject.structure && (subject.sides === 'one' || p.side === side),
  );
  const set = parts.length > 0 ? mergeCells(parts) : undefined;
  return subject.quantities.flatMap((quantity) => {
    const base = { subject, side, quantity };
    if (set === undefined || press.steps.length === 0)
      return quantity === 'membrane-force' && subject.group === 'artery' ? [] : withoutValue(press, base);
    if (quantity === 'area-change' || quantity === 'flow-change') {
      const change = changeOfVessel(all, subject, side, set);
      if (change === undefined) return withoutValue(press, base);
      const value = quantity === 'area-change' ? change.area : change.flow;
      return finding(base, { value, sources: change.evidence });
    }
    if (quantity === 'membrane-force' && subject.group === 'artery') {
      const tension = wallTension(widestDiameter(press.model, set), all.person);
      return tension === undefined ? [] : finding(base, { value: tension, sources: ANEURYSM_ROWS });
    }
    if (quantity === 'crush') {
      const caught = beforeBone(press, set);
      const peak = caught && peakOf(press, caught, 'compression');
      // bowel that has no bone behind it cannot be caught against one: nothing to report, not a value of 0
      return peak === undefined ? [] : finding(base, { value: peak, sources: ['H-57'] });
    }
    const peak = peakOf(press, set, quantity);
    if (peak === undefined) return withoutValue(press, base);
    return finding(base, { value: quantity === 'excess-pressure' ? peak - baseline : peak });
  });
}

/**
 * The change of a vessel again, for another person at rest and with the pressure along it times a factor: what an ensemble needs,
 * since flow jumps from all to nothing over a few kPa and cannot be carried from grid to grid as such.
 * @returns undefined for findings that are not a vessel's change
 */
export function vesselAgain(press: Press, context: Context = FACE_DOWN) {
  const baseline = baselinePressure(press);
  const soft = new Float32Array();
  return (f: Finding, factor: number, person: Partial<Physiology>): number | undefined => {
    if (f.quantity !== 'area-change' && f.quantity !== 'flow-change') return undefined;
    const subject = SUBJECTS.find((s) => s.structure === f.structure);
    if (subject === undefined) return undefined;
    const parts = press.model.parts.filter(
      (p) => organOf(p.structure) === f.structure && (subject.sides === 'one' || p.side === f.side),
    );
    if (parts.length === 0) return undefined;
    const all = { press, context, baseline, soft, person: physiologyOf(context.pose, person) };
    const change = changeOfVessel(all, subject, f.side, mergeCells(parts), factor);
    return f.quantity === 'area-change' ? change?.area : change?.flow;
  };
}

/** What the tube law makes of the pressure along a vessel, times a factor. */
function changeOfVessel(
  { press, person, baseline }: Everything,
  { structure }: Subject,
  side: Side,
  set: CellSet,
  factor = 1,
) {
  const vessel = VESSELS[structure];
  const profile = alongVessel(press.model.grid, set, press.fields.pressure);
  if (vessel === undefined || profile === undefined) return undefined;
  // pressure inside veins rises with that of the whole belly, pressure inside arteries does not
  const added = vessel.kind === 'vein' ? profile.values.map((p) => p - baseline) : profile.values;
  // behind the right common iliac artery most people's left vein is narrow at rest
  const narrow = structure === 'common_iliac_vein' && side === 'left';
  const change = vesselChange(
    vessel,
    person,
    added.map((p) => p * factor),
    profile.step,
    narrow ? person.leftIliacVein : 1,
  );
  return { ...change, evidence: narrow ? [...vessel.evidence, 'V-60', 'V-37'] : vessel.evidence };
}

function corridorFindings(all: Everything, subject: Subject, side: Side): Finding[] {
  const { press, baseline, soft, context } = all;
  const corridor = press.model.corridors.find((c) => c.structure === subject.structure && c.side === side);
  const pressure = corridor && corridorPeak(press.model.grid, corridor, press.fields.pressure, soft);
  const seconds = context.timing.hold + context.timing.rate / 2;
  return subject.quantities.map((quantity) => {
    const base = { subject, side, quantity };
    if (corridor === undefined || pressure === undefined || press.steps.length === 0) return withoutValue(press, base);
    const sources = corridor.evidence;
    if (quantity === 'stretch') {
      const stretch = corridorStretch(press.model.grid, corridor, press.fields.displacement);
      return stretch === undefined
        ? withoutValue(press, base)
        : finding(base, { value: stretch.median, distribution: stretch, sources });
    }
    const [factor, off] =
      quantity === 'pressure-time' ? [seconds, 0] : [1, quantity === 'excess-pressure' ? baseline : 0];
    const shifted = mapDistribution(pressure, (p) => (p - off) * factor);
    return finding(base, {
      value: shifted.median,
      distribution: shifted,
      sources,
    });
  });
}

const mapDistribution = ({ p5, median, p95 }: Distribution, f: (value: number) => number): Distribution => ({
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
    case 'membrane-force':
      return membraneForce(press, set);
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
}

interface Measured extends Pick<Finding, 'distribution'> {
  /** Skin: the mean over the touching area and not the peak. */
  readonly mean?: boolean;
  readonly value: number;
  readonly label?: string;
  readonly sources?: readonly string[];
}

function finding(base: Base, measured: Measured): Finding {
  const { subject, quantity } = base;
  const { value, label, sources = [], mean = false, distribution } = measured;
  // levels are of what is lost: a change of -40 % is compared as 40; the mean over the touching skin has no level of its own,
  // since published ones are of the most pressed place or of a 1 cm² probe
  const compared = quantity === 'area-change' ? -value : value;
  const level = mean || subject.group === undefined ? undefined : levelFor(subject.group, quantity, compared);
  const wordless: Wordless = {
    ...identity(base, label ?? sided(base)),
    value,
    band: bandOf(compared, level),
    evidence: [...new Set([...(level?.evidence ?? []), ...sources])],
    // browsers and Node differ in the last bits of sines and powers: what is hashed has six digits
    ...(distribution !== undefined && { distribution: mapDistribution(distribution, sixDigits) }),
  };
  return { ...wordless, ...sentencesOf(wordless) };
}

/** A structure that the model does not hold, or any structure of a press that never got to its first step. */
function withoutValue(press: Press, base: Base): Finding {
  const name = sided(base);
  const sentence = press.steps.length === 0 ? uncomputedSentence(name) : missingSentence(name, press.model.source);
  return {
    ...identity(base, name),
    value: null,
    band: 'no-published-level',
    evidence: [],
    sentence,
    professional: sentence,
  };
}

function identity({ subject, side, quantity }: Base, label: string) {
  return {
    structure: subject.structure,
    side,
    label,
    quantity,
    where: WHERE[quantity] ?? 'tissue',
    low: null,
    high: null,
    unit: UNIT[quantity] ?? '%',
    felt: subject.felt,
  } as const;
}

const sixDigits = (value: number): number => Number(value.toPrecision(6)) + 0;

const WHERE: Partial<Record<Quantity, Finding['where']>> = {
  'contact-pressure': 'skin',
  'area-change': 'lumen',
  'flow-change': 'lumen',
  'transmural-pressure': 'lumen',
};

const UNIT: Partial<Record<Quantity, Finding['unit']>> = {
  'contact-pressure': 'kPa',
  'tissue-pressure': 'kPa',
  'excess-pressure': 'kPa',
  'transmural-pressure': 'kPa',
  'pressure-time': 'kPa·s',
  'membrane-force': 'N/mm',
  displacement: 'mm',
};

function sided({ subject, side }: Base): string {
  const name = subject.label ?? structureOf(subject.structure).label;
  return subject.sides === 'pair' ? say('name.sided', { side, name }) : name;
}

function bandOf(value: number, level: Level | undefined): Band {
  if (level === undefined) return 'no-published-level';
  if (value < level.from) return 'below-published';
  return value <= level.to ? 'within-published' : 'above-published';
}

/** A field that holds something else than numbers would turn into a table full of nonsense: say so instead. */
function checkFields(press: Press): void {
  const cells = press.model.fill.length;
  for (const name of ['pressure', 'shear', 'stretchMin', 'stretchMax', 'work'] as const) {
    const field = press.fields[name];
    if (field.length !== cells)
      throw new InputError(`the press has ${field.length} values of ${name}, but the model has ${cells} cells`);
    if (!field.every(Number.isFinite)) throw new InputError(`the press holds a ${name} that is not a finite number`);
  }
}
