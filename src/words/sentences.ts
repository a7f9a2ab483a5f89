import { type Level, levelWith } from '../evidence/levels.ts';
import type { Finding, Quantity } from '../findings/finding.ts';
import { subjectOf } from '../findings/subject-of.ts';
import { EN } from '../messages/en.ts';
import { type MessageKey, say } from '../messages/say.ts';
import { amountText, isSmall, levelText, rangeText, SMALL_PRESSURE, twoDigits } from './amounts.ts';
import { findingLabel, structureNameOf, type Told } from './finding-label.ts';

/**
 * A finding in words: which sentence of the catalogue (messages/en-findings.data.ts) says it, and how its numbers are written.
 * The sentences themselves, and the rules for them, stand there.
 */

/** The two forms: for readers of about 12, and for clinicians and engineers. */
export interface Sentences {
  readonly sentence: string;
  readonly professional: string;
}

/** Of which press a finding without a value is: one that never got to a step, or one on a body that does not hold the structure. */
export interface About {
  readonly source: 'reference' | 'scan';
  readonly solved: boolean;
}

/** What sentences need to know about the result that a finding is of. */
export const aboutOf = (result: {
  readonly body: { readonly source: About['source'] };
  readonly path: readonly unknown[];
}): About => ({ source: result.body.source, solved: result.path.length > 0 });

/** Both forms of a finding. */
export function sentencesOf(f: Told, about: About): Sentences {
  if (f.value === null) {
    const name = findingLabel(f);
    const sentence = about.solved
      ? say('plain.missing', { source: about.source, name })
      : say('plain.uncomputed', { name });
    return { sentence, professional: sentence };
  }
  const level = levelOf(f);
  const other = f.both === true ? say('found.other-side') : '';
  return {
    sentence: join([
      plainWhat(f, f.value),
      plainRange(f),
      plainStrip(f),
      plainBesides(f),
      plainLevel(f, level),
      plainFelt(f, level),
      other,
    ]),
    professional: join([
      proWhat(f, f.value),
      proStrip(f),
      proBesides(f),
      proLevel(f, level),
      say('pro.felt', { felt: f.felt }),
      other,
    ]),
  };
}

/** The published level that a finding is compared with. */
export const levelOf = ({ level }: Pick<Finding, 'level'>): Level | undefined =>
  level === undefined ? undefined : levelWith(level);

export const isPressure = (quantity: Quantity): boolean => quantity.endsWith('pressure');

// ---- plain ----

function plainWhat(f: Told, value: number): string {
  const name = findingLabel(f);
  const way = value < 0 ? 'less' : 'more';
  const amount = about(Math.abs(value), f.unit);
  switch (f.quantity) {
    case 'peak-contact-pressure':
      return say('plain.skin.peak', { amount });
    case 'mean-contact-pressure':
      return say('plain.skin.mean', { amount });
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

function plainRange(f: Told): string {
  if (f.low === null || f.high === null) return say('plain.no-range');
  return say('plain.range', { range: rangeText(f.low, f.high, f.unit) });
}

function plainStrip(f: Told): string {
  const strip = stripOf(f);
  if (strip === undefined) return '';
  return strip.small
    ? say('plain.strip-small', { most: SMALL_PRESSURE })
    : say('plain.strip', { low: strip.low, high: strip.high });
}

/** What was published, in whom, how long, and where the value stands to it: the plain form. */
export const levelSentence = (f: Told): string => plainLevel(f, levelOf(f));

function plainLevel(f: Told, level: Level | undefined): string {
  if (level === undefined) return say('plain.no-level');
  const key = `level.${level.id}`;
  const levels = levelText(level, level.from, level.to);
  const told =
    key in EN ? say(key as 'level.nerve-flow', { levels }) : say('level.other', { levels, effect: level.effect });
  return `${told} ${say(bandKey('plain', f.band))}`;
}

/** What is peculiar to a structure: a vein that folds, a wall that was cut, something that hands take for a muscle. */
function plainBesides(f: Told): string {
  if (isFlatVein(f)) return say('plain.vein-flat');
  if (isWallPull(f)) return say('plain.seam');
  return isMistaken(f) ? say('plain.mistaken') : '';
}

/** Nothing where the value is below what was published, or where that is a feeling itself: whether it is felt is then no news. */
function plainFelt(f: Told, level: Level | undefined): string {
  if (f.band === 'below-published' || level?.noticed) return '';
  if (f.felt === 'silent') return say('plain.silent');
  return f.felt === 'felt' && isCorridor(f) ? say('plain.nerve') : '';
}

// ---- professional ----

function proWhat(f: Told, value: number): string {
  const name = structureNameOf(f);
  const sign = value < 0 ? '−' : '+';
  const amount = amountText(Math.abs(value), f.unit);
  const range =
    f.low === null || f.high === null
      ? say('pro.no-range')
      : say('pro.range', { range: rangeText(f.low, f.high, f.unit) });
  switch (f.quantity) {
    case 'peak-contact-pressure':
      return say('pro.skin.peak', { amount, range });
    case 'mean-contact-pressure':
      return say('pro.skin.mean', { amount, range });
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

function proStrip(f: Told): string {
  const strip = stripOf(f);
  if (strip === undefined) return '';
  return strip.small
    ? say('pro.strip-small', { most: SMALL_PRESSURE })
    : say('pro.strip', { low: strip.low, high: strip.high });
}

function proBesides(f: Told): string {
  if (isFlatVein(f)) return say('pro.vein-flat');
  if (isWallPull(f)) return say('pro.seam');
  return isMistaken(f) ? say('pro.mistaken') : '';
}

function proLevel(f: Told, level: Level | undefined): string {
  if (level === undefined) return say('pro.no-level');
  const levels = levelText(level, level.from, level.to);
  return say(bandKey('pro', f.band), { levels, effect: level.effect, ids: level.evidence.join(' ') });
}

// ---- parts of both ----

function about(value: number, unit: Finding['unit']): string {
  const amount = amountText(value, unit);
  const less = unit === 'kPa' ? isSmall(value) : unit === '%' && Math.abs(value) < 0.5;
  return less ? amount : say('amount.about', { amount });
}

/** Across the strip in which people have a nerve or ureter, as numbers. */
function stripOf(f: Told): { small: boolean; low: string; high: string } | undefined {
  if (f.distribution === undefined || !isPressure(f.quantity)) return undefined;
  const { p5, p95 } = f.distribution;
  const low = Math.abs(p5) < SMALL_PRESSURE ? '0' : twoDigits(p5);
  return { small: Math.max(Math.abs(p5), Math.abs(p95)) < SMALL_PRESSURE, low, high: twoDigits(p95) };
}

function bandKey<F extends 'plain' | 'pro'>(form: F, band: Finding['band']) {
  const which = band === 'within-published' ? 'within' : band === 'above-published' ? 'above' : 'below';
  return `${form}.${which}` as `${F}.within` & MessageKey;
}

const isCorridor = (f: Told): boolean => subjectOf(f)?.kind === 'corridor';
const isVessel = (f: Told): boolean => ['artery', 'vein'].includes(subjectOf(f)?.group ?? '');

const isWallPull = (f: Told): boolean => f.quantity === 'membrane-force' && !isVessel(f);

/** What a hand may take for a tight muscle (V-43): told once for each, with the first thing that is said of it. */
const isMistaken = (f: Told): boolean =>
  (['cyst', 'mass'].includes(f.structure) && f.quantity === 'tissue-pressure') ||
  (f.quantity === 'membrane-force' && isVessel(f));

/** A vein that has lost more than half of its lumen: it says how that can be at so little pressure (V-61). */
const isFlatVein = (f: Told): boolean =>
  f.quantity === 'area-change' && f.value !== null && f.value < -50 && subjectOf(f)?.group === 'vein';

const join = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');
