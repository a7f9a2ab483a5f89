import { structureOf } from '../anatomy/structures.ts';
import { kgOfNewtons, mmHgOf } from '../base/units.ts';
import { type Level, levelFor } from '../evidence/levels.ts';
import { EN } from '../messages/en.ts';
import { type MessageKey, say } from '../messages/say.ts';
import type { Finding, Quantity, Share } from './finding.ts';
import { SUBJECTS, type Subject } from './subjects.data.ts';

/**
 * A finding in words: which sentence of the catalogue (messages/en-findings.data.ts) says it, and how its numbers are written.
 * The sentences themselves, and the rules for them, stand there.
 */

/** What this is and what it is not: stands in the terminal, in the report and in every file. */
export const NOTICE: string = say('notice');

/** A finding before it has words. */
export type Wordless = Omit<Finding, 'sentence' | 'professional'>;

/** The two forms: for readers of about 12, and for clinicians and engineers. */
export interface Sentences {
  readonly sentence: string;
  readonly professional: string;
}

/** Both forms of a finding; where its range was filled in later, they are made again. */
export function sentencesOf(f: Wordless): Sentences {
  if (f.value === null) {
    const sentence = say('plain.uncomputed', { name: f.label });
    return { sentence, professional: sentence };
  }
  const level = levelOf(f);
  return {
    sentence: join([
      plainWhat(f, f.value),
      plainRange(f),
      plainStrip(f),
      plainBesides(f),
      plainLevel(f, level),
      plainFelt(f, level),
    ]),
    professional: join([
      proWhat(f, f.value),
      proStrip(f),
      proBesides(f),
      proLevel(f, level),
      say('pro.felt', { felt: f.felt }),
    ]),
  };
}

/** For a structure that this model does not hold. */
export function missingSentence(name: string, source: 'reference' | 'scan'): string {
  return say('plain.missing', { source, name });
}

/** For a press of which not even the first step was solved. */
export function uncomputedSentence(name: string): string {
  return say('plain.uncomputed', { name });
}

/** What a finding is about; undefined for a structure that no subject lists. */
export const subjectOf = (f: Pick<Finding, 'structure'>): Subject | undefined =>
  SUBJECTS.find((s) => s.structure === (f.structure === 'iliopsoas' ? 'psoas_major' : f.structure));

/** The published level that a finding is compared with. */
export function levelOf(f: Wordless): Level | undefined {
  const group = subjectOf(f)?.group;
  if (group === undefined || f.value === null || f.band === 'no-published-level') return undefined;
  return levelFor(group, f.quantity, f.quantity === 'area-change' ? -f.value : f.value);
}

// ---- numbers ----

/** Pressures smaller than this are not told apart, kPa: the resting pressure alone is less sure than that. */
export const SMALL_PRESSURE = 0.1;

/** kPa as '8.1 kPa (61 mmHg)', two significant digits: more would claim more than the model knows. */
export function pressureText(kPa: number): string {
  const [size, small] = [Math.max(Math.abs(kPa), SMALL_PRESSURE) * Math.sign(kPa || 1), isSmall(kPa)];
  const mmHg = small ? '1' : twoDigits(mmHgOf(size));
  const amount = say('amount.pressure', { kPa: small ? String(SMALL_PRESSURE) : twoDigits(size), mmHg });
  return small ? say('amount.less', { amount }) : amount;
}

/** Share as '31 %'. */
export function percentText(percent: number): string {
  const small = Math.abs(percent) < 0.5;
  const amount = say('amount.percent', { percent: small ? '0.5' : twoDigits(percent) });
  return small ? say('amount.less', { amount }) : amount;
}

/** A number with two significant digits and no exponent: 0.081, 8.1, 81, 810. */
export function twoDigits(value: number): string {
  const rounded = Number(value.toPrecision(2)) + 0;
  if (rounded === 0) return '0';
  const digits = Math.max(0, 1 - Math.floor(Math.log10(Math.abs(rounded))));
  return rounded.toFixed(Math.min(digits, 6));
}

/** A value of a finding with its unit, as both forms write it. */
export function amountText(value: number, unit: Finding['unit']): string {
  switch (unit) {
    case 'kPa':
      return pressureText(value);
    case '%':
      return percentText(value);
    case 'mm':
      return say('amount.millimetres', { mm: twoDigits(value) });
    case 'N':
      return say('amount.force', { force: twoDigits(value) });
    case 'N/mm':
      return say('amount.line-force', { force: twoDigits(value) });
    case 'kPa·s':
      return say('amount.pressure-time', { dose: twoDigits(value) });
  }
}

/** Both ends of a range, in both units: '4.0 to 8.0 kPa (30 to 60 mmHg)'. */
export function rangeText(low: number, high: number, unit: Finding['unit']): string {
  const ends = (convert: (value: number) => number): string =>
    say('amount.from-to', { from: twoDigits(convert(low)), to: twoDigits(convert(high)) });
  if (unit === 'kPa') return say('amount.pressure', { kPa: ends((v) => v), mmHg: ends(mmHgOf) });
  if (unit === '%') return say('amount.percent', { percent: ends((v) => v) });
  return `${ends((v) => v)} ${unit}`;
}

/** The range of a share of the work in words: 'range 4.0 to 8.0 %', or that it was not computed. */
export function shareRangeText(share: Pick<Share, 'low' | 'high'> | undefined): string {
  if (share === undefined || share.low === null || share.high === null) return say('report.range-none');
  return say('report.range', { range: rangeText(100 * share.low, 100 * share.high, '%') });
}

/** The share of the work that ends in the psoas, both sides together; a scan may hold it as one muscle with the iliacus. */
export const psoasShareOf = (shares: readonly Share[]): Share | undefined =>
  shares.find((s) => s.structure === 'psoas_major' || s.structure === 'iliopsoas');

/** One or both ends of a level, in both units: '4 to 8 kPa (30 to 60 mmHg)'. */
export function levelText({ unit }: Pick<Level, 'unit'>, ...ends: number[]): string {
  const text = (convert: (value: number) => number): string => {
    const [from, to] = ends.map((end) => levelEnd(convert(end)));
    return to === undefined ? from! : say('amount.from-to', { from: from!, to });
  };
  if (unit === 'kPa') return say('amount.pressure', { kPa: text((v) => v), mmHg: text(mmHgOf) });
  return `${text((v) => v)} ${unit}`;
}

/** End of a published range, as people write such numbers: 4, 0.67, 32. */
export const levelEnd = (value: number): string => String(Number(value.toPrecision(2)));

/** A force as the weight that people know, kg. */
export const kgText = (newtons: number): string => twoDigits(kgOfNewtons(newtons));

export const isPressure = (quantity: Quantity): boolean => quantity.endsWith('pressure');

/** Everyday name of a group of structures that the work is shared among. */
export function shareName(group: string): string {
  const key = `group.${group}`;
  return key in EN ? say(key as 'group.skin') : structureOf(group).label;
}

// ---- plain ----

function plainWhat(f: Wordless, value: number): string {
  const name = f.label;
  const way = value < 0 ? 'less' : 'more';
  const amount = about(Math.abs(value), f.unit);
  switch (f.quantity) {
    case 'contact-pressure':
      return say(isMean(f) ? 'plain.skin.mean' : 'plain.skin.peak', { amount });
    case 'tissue-pressure':
      return say(isCorridor(f) ? 'plain.corridor' : isVessel(f) ? 'plain.vessel' : 'plain.tissue', {
        name,
        way: isSmall(value) ? 'more' : way,
        amount,
      });
    case 'excess-pressure':
      return say('plain.excess', {
        name,
        place: isCorridor(f) ? 'corridor' : 'around',
        way: isSmall(value) ? 'none' : way,
        amount,
      });
    case 'transmural-pressure':
      return say('plain.lumen-pressure', { name, way: isSmall(value) ? 'more' : way, amount });
    case 'compression':
      return say('plain.compression', { name, amount });
    case 'crush':
      return say('plain.crush', { name, amount });
    case 'stretch':
      return say('plain.stretch', { name, amount });
    case 'displacement':
      return say('plain.displacement', { name, amount });
    case 'area-change':
      return say('plain.area', { name, way, amount });
    case 'flow-change':
      return say('plain.flow', { name, way, amount });
    case 'pressure-time':
      return say('plain.pressure-time', { name, amount });
    case 'membrane-force':
      return say(isVessel(f) ? 'plain.sac' : 'plain.sheet', { name, amount });
  }
}

function plainRange(f: Wordless): string {
  if (f.low === null || f.high === null) return say('plain.no-range');
  return say('plain.range', { range: rangeText(f.low, f.high, f.unit) });
}

function plainStrip(f: Wordless): string {
  const strip = stripOf(f);
  if (strip === undefined) return '';
  return strip.small
    ? say('plain.strip-small', { most: SMALL_PRESSURE })
    : say('plain.strip', { low: strip.low, high: strip.high });
}

/** What was published, in whom, how long, and where the value stands to it: the plain form. */
export const levelSentence = (f: Wordless): string => plainLevel(f, levelOf(f));

function plainLevel(f: Wordless, level: Level | undefined): string {
  if (level === undefined) return say('plain.no-level');
  const key = `level.${level.id}`;
  const levels = levelText(level, level.from, level.to);
  const told =
    key in EN ? say(key as 'level.nerve-flow', { levels }) : say('level.other', { levels, effect: level.effect });
  return `${told} ${say(bandKey('plain', f.band))}`;
}

/** What is peculiar to a structure: a vein that folds, a wall that was cut, something that hands take for a muscle. */
function plainBesides(f: Wordless): string {
  if (isFlatVein(f)) return say('plain.vein-flat');
  if (isWallPull(f)) return say('plain.seam');
  return isMistaken(f) ? say('plain.mistaken') : '';
}

/** Nothing where the value is below what was published, or where that is a feeling itself: whether it is felt is then no news. */
function plainFelt(f: Wordless, level: Level | undefined): string {
  if (f.band === 'below-published' || level?.noticed) return '';
  if (f.felt === 'silent') return say('plain.silent');
  return f.felt === 'felt' && isCorridor(f) ? say('plain.nerve') : '';
}

// ---- professional ----

function proWhat(f: Wordless, value: number): string {
  const name = structureNameOf(f);
  const sign = value < 0 ? '−' : '+';
  const amount = amountText(Math.abs(value), f.unit);
  const range =
    f.low === null || f.high === null
      ? say('pro.no-range')
      : say('pro.range', { range: rangeText(f.low, f.high, f.unit) });
  switch (f.quantity) {
    case 'contact-pressure':
      return say(isMean(f) ? 'pro.skin.mean' : 'pro.skin.peak', { amount, range });
    case 'tissue-pressure':
      return say(isCorridor(f) ? 'pro.corridor' : isVessel(f) ? 'pro.vessel' : 'pro.tissue', {
        name,
        sign,
        amount,
        range,
      });
    case 'excess-pressure':
      return say('pro.excess', { name, place: isCorridor(f) ? 'corridor' : 'around', sign, amount, range });
    case 'transmural-pressure':
      return say('pro.lumen-pressure', { name, sign, amount, range });
    case 'compression':
      return say('pro.compression', { name, amount, range });
    case 'crush':
      return say('pro.crush', { name, amount, range });
    case 'stretch':
      return say('pro.stretch', { name, amount, range });
    case 'displacement':
      return say('pro.displacement', { name, amount, range });
    case 'area-change':
      return say('pro.area', { name, sign, amount, range });
    case 'flow-change':
      return say('pro.flow', { name, sign, amount, range });
    case 'pressure-time':
      return say('pro.pressure-time', { name, amount, range });
    case 'membrane-force':
      return say(isVessel(f) ? 'pro.sac' : 'pro.sheet', { name, amount, range });
  }
}

function proStrip(f: Wordless): string {
  const strip = stripOf(f);
  if (strip === undefined) return '';
  return strip.small
    ? say('pro.strip-small', { most: SMALL_PRESSURE })
    : say('pro.strip', { low: strip.low, high: strip.high });
}

function proBesides(f: Wordless): string {
  if (isFlatVein(f)) return say('pro.vein-flat');
  if (isWallPull(f)) return say('pro.seam');
  return isMistaken(f) ? say('pro.mistaken') : '';
}

function proLevel(f: Wordless, level: Level | undefined): string {
  if (level === undefined) return say('pro.no-level');
  const levels = levelText(level, level.from, level.to);
  return say(bandKey('pro', f.band), { levels, effect: level.effect, ids: level.evidence.join(' ') });
}

/** 'left lateral femoral cutaneous nerve': the name in English Terminologia Anatomica. */
export function structureNameOf({ structure, side }: Pick<Finding, 'structure' | 'side'>): string {
  return say('name.sided', { side, name: structure.replaceAll('_', ' ') });
}

// ---- parts of both ----

function about(value: number, unit: Finding['unit']): string {
  const amount = amountText(value, unit);
  const less = unit === 'kPa' ? isSmall(value) : unit === '%' && Math.abs(value) < 0.5;
  return less ? amount : say('amount.about', { amount });
}

/** Across the strip in which people have a nerve or ureter, as numbers. */
function stripOf(f: Wordless): { small: boolean; low: string; high: string } | undefined {
  if (f.distribution === undefined || !isPressure(f.quantity)) return undefined;
  const { p5, p95 } = f.distribution;
  const low = Math.abs(p5) < SMALL_PRESSURE ? '0' : twoDigits(p5);
  return { small: Math.max(Math.abs(p5), Math.abs(p95)) < SMALL_PRESSURE, low, high: twoDigits(p95) };
}

function bandKey<F extends 'plain' | 'pro'>(form: F, band: Finding['band']) {
  const which = band === 'within-published' ? 'within' : band === 'above-published' ? 'above' : 'below';
  return `${form}.${which}` as `${F}.within` & MessageKey;
}

const isSmall = (kPa: number): boolean => Math.abs(kPa) < SMALL_PRESSURE;
const isMean = (f: Wordless): boolean => f.label === say('label.skin.mean');
const isCorridor = (f: Wordless): boolean => subjectOf(f)?.kind === 'corridor';
const isVessel = (f: Wordless): boolean => ['artery', 'vein'].includes(subjectOf(f)?.group ?? '');

const isWallPull = (f: Wordless): boolean => f.quantity === 'membrane-force' && !isVessel(f);

/** What a hand may take for a tight muscle (V-43): told once for each, with the first thing that is said of it. */
const isMistaken = (f: Wordless): boolean =>
  (['cyst', 'mass'].includes(f.structure) && f.quantity === 'tissue-pressure') ||
  (f.quantity === 'membrane-force' && isVessel(f));

/** A vein that has lost more than half of its lumen: it says how that can be at so little pressure (V-61). */
const isFlatVein = (f: Wordless): boolean =>
  f.quantity === 'area-change' && f.value !== null && f.value < -50 && subjectOf(f)?.group === 'vein';

const join = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');
