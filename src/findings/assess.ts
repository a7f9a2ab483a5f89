import { structureOf } from '../anatomy/structures.ts';
import { InputError } from '../base/errors.ts';
import { type Level, levelFor } from '../evidence/levels.ts';
import { say } from '../messages/say.ts';
import type { Press } from '../press/press.ts';
import type { Side } from '../voxel/model.ts';
import { baselinePressure } from './baseline.ts';
import { corridorPeak, softShare } from './corridor-peak.ts';
import type { Band, Finding, Quantity, Share } from './finding.ts';
import { organOf } from './organ-of.ts';
import { shares } from './shares.ts';
import { SUBJECTS, type Subject } from './subjects.data.ts';
import { type CellSet, mergeCells, windowPeak } from './window-peak.ts';
import { missingSentence, sentencesOf, uncomputedSentence, type Wordless } from './words.ts';

/**
 * What a press does to each structure: values, what they are compared with, and sentences.
 *
 * Every value is a local peak of the same kind (windowPeak, corridorPeak), from the skin inwards. Nerve, bowel, muscle and artery
 * are compared by the pressure in the tissue, veins and ureters by what is local about it (baselinePressure). No uncertainty is
 * computed here: low and high are null and every sentence says so.
 *
 * @throws InputError when a field of the press is not a number somewhere or has the wrong length
 */
export function assess(press: Press): { findings: Finding[]; shares: Share[] } {
  checkFields(press);
  const baseline = baselinePressure(press);
  const soft = softShare(press.model);
  const findings = subjectsFor(press).flatMap((subject) => {
    if (subject.kind === 'skin') return skinFindings(press, subject);
    const sides: readonly Side[] = subject.sides === 'pair' ? ['left', 'right'] : ['midline'];
    return sides.flatMap((side) =>
      subject.kind === 'corridor'
        ? corridorFindings(press, subject, side, baseline, soft)
        : cellFindings(press, subject, side, baseline),
    );
  });
  return { findings, shares: shares(press) };
}

/** Scans that label iliopsoas as one muscle speak of that one, in place of psoas major and iliacus. */
function subjectsFor(press: Press): Subject[] {
  const has = (structure: string): boolean => press.model.parts.some((p) => p.structure === structure);
  if (!has('iliopsoas') || has('psoas_major')) return [...SUBJECTS];
  return SUBJECTS.filter((s) => s.structure !== 'iliacus').map((s) =>
    s.structure === 'psoas_major' ? { ...s, structure: 'iliopsoas' } : s,
  );
}

function skinFindings(press: Press, subject: Subject): Finding[] {
  const last = press.steps.at(-1);
  const base = { subject, side: 'midline', quantity: 'contact-pressure' } as const;
  if (last === undefined) return [withoutValue(press, base)];
  return [
    finding(base, { value: last.peakSkinPressure, label: say('label.skin.peak') }),
    finding(base, { value: last.meanSkinPressure, label: say('label.skin.mean') }),
  ];
}

function cellFindings(press: Press, subject: Subject, side: Side, baseline: number): Finding[] {
  const parts = press.model.parts.filter(
    (p) => organOf(p.structure) === subject.structure && (subject.sides === 'one' || p.side === side),
  );
  const set = parts.length > 0 ? mergeCells(parts) : undefined;
  return subject.quantities.map((quantity) => {
    const base = { subject, side, quantity };
    const peak = set && peakOf(press, set, quantity);
    if (peak === undefined || press.steps.length === 0) return withoutValue(press, base);
    return finding(base, { value: quantity === 'excess-pressure' ? peak - baseline : peak });
  });
}

function corridorFindings(press: Press, subject: Subject, side: Side, baseline: number, soft: Float32Array): Finding[] {
  const corridor = press.model.corridors.find((c) => c.structure === subject.structure && c.side === side);
  const peak = corridor && corridorPeak(press.model.grid, corridor, press.fields.pressure, soft);
  return subject.quantities.map((quantity) => {
    const base = { subject, side, quantity };
    if (corridor === undefined || peak === undefined || press.steps.length === 0) return withoutValue(press, base);
    const off = quantity === 'excess-pressure' ? baseline : 0;
    return finding(base, {
      value: peak.value - off,
      // the mean course and eight parallel ones: too few for percentiles, so the ends stand for them
      distribution: {
        p5: sixDigits(peak.low - off),
        median: sixDigits(peak.value - off),
        p95: sixDigits(peak.high - off),
      },
      sources: corridor.evidence,
    });
  });
}

/** Local peak of one quantity over a structure, in the finding's unit. */
function peakOf(press: Press, set: CellSet, quantity: Quantity): number | undefined {
  const { grid } = press.model;
  const { pressure, stretchMin, stretchMax } = press.fields;
  switch (quantity) {
    case 'compression':
      return windowPeak(grid, set, (cell) => 100 * (1 - stretchMin[cell]!));
    case 'stretch':
      return windowPeak(grid, set, (cell) => 100 * (stretchMax[cell]! - 1));
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
  readonly value: number;
  readonly label?: string;
  readonly sources?: readonly string[];
}

function finding(base: Base, measured: Measured): Finding {
  const { subject, quantity } = base;
  const { value, label, sources = [], ...rest } = measured;
  const level = subject.group && levelFor(subject.group, quantity, value);
  const wordless: Wordless = {
    ...identity(base, label ?? sided(base)),
    value,
    band: bandOf(value, level),
    evidence: [...new Set([...(level?.evidence ?? []), ...sources])],
    ...rest,
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
    where: quantity === 'contact-pressure' ? 'skin' : 'tissue',
    low: null,
    high: null,
    unit: quantity.endsWith('pressure') ? 'kPa' : quantity === 'displacement' ? 'mm' : '%',
    felt: subject.felt,
  } as const;
}

const sixDigits = (value: number): number => Number(value.toPrecision(6)) + 0;

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
  for (const name of ['pressure', 'stretchMin', 'stretchMax', 'work'] as const) {
    const field = press.fields[name];
    if (field.length !== cells)
      throw new InputError(`the press has ${field.length} values of ${name}, but the model has ${cells} cells`);
    if (!field.every(Number.isFinite)) throw new InputError(`the press holds a ${name} that is not a finite number`);
  }
}
