import { isTarget } from '../anatomy/structures.ts';
import { type Standing, standingOf } from '../evidence/evidence.ts';
import { type Level, levelWith, timesApart } from '../evidence/levels.ts';
import type { Finding, Quantity } from '../findings/finding.ts';
import { subjectOf } from '../findings/subject-of.ts';
import type { MessageKey, Speaker } from '../messages/say.ts';
import {
  amountText,
  durationRange,
  durationText,
  isLittle,
  isSmall,
  levelText,
  rangeText,
  SMALL_PRESSURE,
  twoDigits,
} from './amounts.ts';
import { endsOf, findingRange, isFlatVein } from './finding-amount.ts';
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
  /** How long the load lasts, building up and holding, s. */
  readonly seconds: number;
  /** Psoas and iliacus contract. */
  readonly contracts?: boolean;
}

/** What sentences need to know about the result that a finding is of. */
export const aboutOf = (result: {
  readonly body: { readonly source: About['source'] };
  readonly path: readonly unknown[];
  readonly scenario: { readonly rate_s: number; readonly hold_s: number; readonly contract?: 'psoas' | undefined };
}): About => ({
  source: result.body.source,
  solved: result.path.length > 0,
  seconds: result.scenario.rate_s + result.scenario.hold_s,
  contracts: result.scenario.contract !== undefined,
});

/** Both forms of a finding. */
export function sentencesOf(speaker: Speaker, f: Told, about: About): Sentences {
  if (f.value === null) {
    const name = findingLabel(speaker, f);
    const sentence = about.solved
      ? speaker.say('plain.missing', { source: about.source, name })
      : speaker.say('plain.uncomputed', { name });
    return { sentence, professional: sentence };
  }
  const level = levelOf(f);
  const other = f.both === true ? speaker.say('found.other-side') : '';
  return {
    sentence: join([
      plainWhat(speaker, f, f.value),
      plainRange(speaker, f),
      plainStrip(speaker, f),
      plainBesides(speaker, f),
      plainLevel(speaker, f, level, about),
      plainFelt(speaker, f, level, about),
      other,
    ]),
    professional: join([
      proWhat(speaker, f, f.value),
      proStrip(speaker, f),
      proBesides(speaker, f),
      proLevel(speaker, f, level, about),
      feltItself(f, level) || isBound(f) || isElongation(f) || isOwn(f, about)
        ? ''
        : speaker.say('pro.felt', { felt: f.felt }),
      other,
    ]),
  };
}

/** The published level that a finding is compared with. */
export const levelOf = ({ level }: Pick<Finding, 'level'>): Level | undefined =>
  level === undefined ? undefined : levelWith(level);

/** What was published at a level: a noun phrase. */
export const effectText = (speaker: Speaker, { id, effect }: Level): string => speaker.name(`effect.${id}`, effect);

/** Whether the level's figures were read in their sources, worked out, or are our own estimate. */
export const standingName = (speaker: Speaker, { evidence }: Level): string =>
  speaker.say(`standing.${standingOf(evidence)}` as `standing.${Standing}`);

export const isPressure = (quantity: Quantity): boolean => quantity.endsWith('pressure');

// ---- plain ----

function plainWhat(speaker: Speaker, f: Told, value: number): string {
  const name = findingLabel(speaker, f);
  const way = value < 0 ? 'less' : 'more';
  const amount = about(speaker, Math.abs(value), f.unit);
  switch (f.quantity) {
    case 'peak-contact-pressure':
      return speaker.say('plain.skin.peak', { amount });
    case 'mean-contact-pressure':
      return speaker.say('plain.skin.mean', { amount });
    case 'tissue-pressure':
      return speaker.say(isCorridor(f) ? 'plain.corridor' : isVessel(f) ? 'plain.vessel' : 'plain.tissue', {
        name,
        way: isSmall(value) ? 'more' : way,
        amount,
      });
    case 'excess-pressure':
      return speaker.say('plain.excess', {
        name,
        place: isCorridor(f) ? 'corridor' : 'around',
        way: isSmall(value) ? 'none' : way,
        amount,
      });
    case 'transmural-pressure':
      return speaker.say('plain.outwards', { name, amount });
    case 'compression':
      return speaker.say('plain.compression', { name, amount });
    case 'crush':
      return speaker.say('plain.crush', { name, amount, bone: f.bone ?? 'other' });
    case 'slide':
      return speaker.say('plain.slide', { name, amount });
    case 'stretch':
      return speaker.say('plain.stretch', { name, amount });
    case 'elongation-sliding':
    case 'elongation-stuck':
      return speaker.say('plain.elongation', {
        name,
        ...boundsOf(speaker, f, value),
        both: f.both === true ? 'yes' : 'no',
      });
    case 'area-change':
      if (isFlatVein(f)) return speaker.say('plain.area-flat', { name });
      return speaker.say('plain.area', { name, way: isLittle(value, f.unit) ? 'same' : way, amount });
    case 'flow-change':
      return speaker.say('plain.flow', { name, way: wayOfFlow(value), amount });
    case 'membrane-tension-longitudinal':
    case 'membrane-tension-transverse':
      return speaker.say('plain.sheet', { name, amount, along: alongOf(f.quantity) });
    case 'membrane-force':
      return speaker.say('plain.sac', { name, amount });
  }
}

/** A flow that is down by 99.5 % is written as 100 %: it stops. */
const wayOfFlow = (value: number): 'same' | 'stops' | 'less' | 'more' =>
  isLittle(value, '%') ? 'same' : value <= -99.5 ? 'stops' : value < 0 ? 'less' : 'more';

function plainRange(speaker: Speaker, f: Told): string {
  const [low, high] = endsOf(f);
  if (low === null || high === null) return speaker.say('plain.no-range');
  if (isFlatVein(f) && findingRange(speaker, f) === undefined) return '';
  if (f.quantity === 'area-change' || f.quantity === 'flow-change') return changeRange(speaker, f.quantity, low, high);
  return speaker.say('plain.range', { range: rangeText(speaker, low, high, f.unit) });
}

/** Both ends of a change in words, the smaller one first: 'from 21 to 100 % less', 'from 5 % less to 3 % more'. */
function changeRange(speaker: Speaker, quantity: 'area-change' | 'flow-change', low: number, high: number): string {
  const what = quantity === 'area-change' ? 'area' : 'flow';
  const size = (end: number): string => twoDigits(speaker, Math.abs(end));
  const [little, much] = [low, high].sort((a, b) => Math.abs(a) - Math.abs(b)) as [number, number];
  const way = much < 0 ? 'less' : 'more';
  if (isLittle(much, '%')) return speaker.say('plain.range.same', { most: amountText(speaker, much, '%') });
  if (isLittle(little, '%')) return speaker.say('plain.range.from-none', { what, way, most: size(much) });
  if (little * much < 0) return speaker.say('plain.range.both-ways', { what, less: size(low), more: size(high) });
  if (size(little) === size(much)) return speaker.say('plain.range.one', { what, way, most: size(much) });
  return speaker.say('plain.range.one-way', { what, way, least: size(little), most: size(much) });
}

function plainStrip(speaker: Speaker, f: Told): string {
  const strip = stripOf(speaker, f);
  if (strip === undefined) return '';
  return strip.small
    ? speaker.say('plain.strip-small', { most: SMALL_PRESSURE })
    : speaker.say('plain.strip', { low: strip.low, high: strip.high });
}

/** What was published, in whom, how long, and where the value stands to it: the plain form. */
export const levelSentence = (speaker: Speaker, f: Told, about: About): string =>
  plainLevel(speaker, f, levelOf(f), about);

function plainLevel(speaker: Speaker, f: Told, level: Level | undefined, about: About): string {
  if (isBound(f)) return speaker.say('plain.bound');
  if (level === undefined)
    return speaker.say(isUncompared(f) ? 'plain.not-compared' : isOwn(f, about) ? 'plain.own' : 'plain.no-level');
  const key = `level.${level.id}`;
  const levels = levelText(speaker, level, level.from, level.to);
  const told = speaker.knows(key)
    ? speaker.say(key as 'level.nerve-flow', { levels })
    : speaker.say('level.other', { levels, effect: effectText(speaker, level) });
  const standing = standingOf(level.evidence);
  return join([
    told,
    speaker.say(bandKey('plain', f.band)),
    // what was worked out says so in its own sentence
    standing === 'estimate' ? speaker.say('plain.standing') : '',
    timesText(speaker, 'plain.times', level, about),
  ]);
}

/** What is peculiar to a structure: a vein that folds, a wall that was cut, something that hands take for a muscle. */
function plainBesides(speaker: Speaker, f: Told): string {
  if (isWallPull(f)) return speaker.say('plain.seam');
  if (f.quantity === 'slide') return speaker.say('plain.slide-people');
  return isMistaken(f) ? speaker.say('plain.mistaken') : '';
}

/**
 * Nothing where the value is below what was published, or where that is a feeling itself: whether it is felt is then no news. Of
 * the muscles aimed at it is always said: it is what people go by.
 */
function plainFelt(speaker: Speaker, f: Told, level: Level | undefined, about: About): string {
  if (isTarget(f.structure) && f.felt === 'felt') return isPressure(f.quantity) ? speaker.say('plain.target') : '';
  if (f.band === 'below-published' || feltItself(f, level) || isBound(f) || isElongation(f) || isOwn(f, about))
    return '';
  if (f.felt === 'silent') return speaker.say('plain.silent');
  if (f.felt === 'unknown') return speaker.say('plain.no-data');
  return speaker.say(isCorridor(f) ? 'plain.nerve' : 'plain.felt');
}

/** Whether what was published at a level that is reached is itself something that people notice. */
const feltItself = (f: Told, level: Level | undefined): boolean =>
  level?.noticed === true && f.band !== 'below-published';

// ---- professional ----

function proWhat(speaker: Speaker, f: Told, value: number): string {
  const name = structureNameOf(speaker, f);
  const little = isLittle(value, f.unit);
  const sign = little ? '' : value < 0 ? '−' : '+';
  const amount = amountText(speaker, Math.abs(value), f.unit);
  const [low, high] = endsOf(f);
  const range =
    low === null || high === null
      ? speaker.say('pro.no-range')
      : speaker.say('pro.range', { range: rangeText(speaker, low, high, f.unit) });
  switch (f.quantity) {
    case 'peak-contact-pressure':
      return speaker.say('pro.skin.peak', { amount, range });
    case 'mean-contact-pressure':
      return speaker.say('pro.skin.mean', { amount, range });
    case 'tissue-pressure':
      return speaker.say(isCorridor(f) ? 'pro.corridor' : isVessel(f) ? 'pro.vessel' : 'pro.tissue', {
        name,
        sign,
        amount,
        range,
      });
    case 'excess-pressure':
      return speaker.say('pro.excess', { name, place: isCorridor(f) ? 'corridor' : 'around', sign, amount, range });
    case 'transmural-pressure':
      return speaker.say('pro.outwards', { name, amount, range });
    case 'compression':
      return speaker.say('pro.compression', { name, sign: little ? '' : '−', amount, range });
    case 'crush':
      return speaker.say('pro.crush', { name, sign: little ? '' : '−', amount, range, bone: f.bone ?? 'other' });
    case 'slide':
      return speaker.say('pro.slide', { name, amount, range });
    case 'stretch':
      return speaker.say('pro.stretch', { name, sign, amount, range });
    case 'elongation-sliding':
    case 'elongation-stuck':
      return speaker.say('pro.elongation', { name, ...boundsOf(speaker, f, value), range });
    case 'area-change':
      return speaker.say(isFlatVein(f) ? 'pro.area-flat' : 'pro.area', { name, sign, amount, range });
    case 'flow-change':
      return speaker.say('pro.flow', { name, sign, amount, range });
    case 'membrane-tension-longitudinal':
    case 'membrane-tension-transverse':
      return speaker.say('pro.sheet', { name, amount, range, along: alongOf(f.quantity) });
    case 'membrane-force':
      return speaker.say('pro.sac', { name, amount, range });
  }
}

function proStrip(speaker: Speaker, f: Told): string {
  const strip = stripOf(speaker, f);
  if (strip === undefined) return '';
  return strip.small
    ? speaker.say('pro.strip-small', { most: SMALL_PRESSURE })
    : speaker.say('pro.strip', { low: strip.low, high: strip.high });
}

function proBesides(speaker: Speaker, f: Told): string {
  if (isWallPull(f)) return speaker.say('pro.seam');
  if (f.quantity === 'slide') return speaker.say('pro.slide-people');
  return isMistaken(f) ? speaker.say('pro.mistaken') : '';
}

function proLevel(speaker: Speaker, f: Told, level: Level | undefined, about: About): string {
  if (isBound(f)) return speaker.say('pro.bound');
  if (level === undefined)
    return speaker.say(isUncompared(f) ? 'pro.not-compared' : isOwn(f, about) ? 'pro.own' : 'pro.no-level');
  const levels = levelText(speaker, level, level.from, level.to);
  const told = speaker.say(bandKey('pro', f.band), {
    levels,
    of: standingOf(level.evidence),
    effect: effectText(speaker, level),
    ids: level.evidence.join(' '),
    standing: standingName(speaker, level),
  });
  return join([told, timesText(speaker, 'pro.times', level, about)]);
}

// ---- parts of both ----

/** Loads that lasted up to twice as long, or half as long, as the press count as alike. */
const ALIKE_TIMES = 2;

/** How long the load lasted where an effect was seen, beside this press; '' where that came at once. */
function timesText(speaker: Speaker, key: 'plain.times' | 'pro.times', level: Level, { seconds }: About): string {
  if (level.duration_s === undefined) return '';
  const times = timesApart(level, seconds);
  const longer = level.duration_s[0] > seconds;
  return speaker.say(key, {
    than: times < ALIKE_TIMES ? 'alike' : longer ? 'longer' : 'shorter',
    there: durationRange(speaker, level.duration_s),
    here: durationText(speaker, seconds),
    // 'at least': never more than it is
    times: String(Math.floor(times)),
  });
}

/** How much longer something gets if it slides freely, and if it is stuck; of an older result the second alone is known. */
function boundsOf(speaker: Speaker, f: Told, value: number) {
  const text = (percent: number): string => amountText(speaker, Math.max(percent, 0), '%');
  const stuck = f.quantity === 'elongation-stuck' ? value : f.upTo?.value;
  return {
    known: f.upTo !== undefined ? 'both' : f.quantity === 'elongation-stuck' ? 'stuck' : 'sliding',
    sliding: text(value),
    stuck: text(stuck ?? value),
  };
}

function about(speaker: Speaker, value: number, unit: Finding['unit']): string {
  const amount = amountText(speaker, value, unit);
  return isLittle(value, unit) ? amount : speaker.say('amount.about', { amount });
}

/** Across the strip in which people have a nerve or ureter, as numbers. */
function stripOf(speaker: Speaker, f: Told): { small: boolean; low: string; high: string } | undefined {
  if (f.distribution === undefined || !isPressure(f.quantity)) return undefined;
  const { p5, p95 } = f.distribution;
  const low = Math.abs(p5) < SMALL_PRESSURE ? '0' : twoDigits(speaker, p5);
  return { small: Math.max(Math.abs(p5), Math.abs(p95)) < SMALL_PRESSURE, low, high: twoDigits(speaker, p95) };
}

function bandKey<F extends 'plain' | 'pro'>(form: F, band: Finding['band']) {
  const which = band === 'within-published' ? 'within' : band === 'above-published' ? 'above' : 'below';
  return `${form}.${which}` as `${F}.within` & MessageKey;
}

/** The most that something could be, and no value: nothing is said of what that does, or how it feels. */
const isBound = (f: Told): boolean => f.quantity === 'transmural-pressure';

/** What was published about stretched nerves is of nerves freed from their beds (H-32). */
const isUncompared = (f: Told): boolean => isElongation(f) && subjectOf(f)?.group === 'nerve';

/** Felt is what a nerve is pressed with, not how much longer it may get. */
const isElongation = (f: Told): boolean => f.quantity.startsWith('elongation');

/** What a contracting muscle makes itself, in part: levels, and what people feel, are of pressure from outside. */
const isOwn = (f: Told, { contracts }: About): boolean => contracts === true && subjectOf(f)?.contracts === true;

const isCorridor = (f: Told): boolean => subjectOf(f)?.kind === 'corridor';
const isVessel = (f: Told): boolean => ['artery', 'vein'].includes(subjectOf(f)?.group ?? '');

const alongOf = (quantity: Quantity) => (quantity === 'membrane-tension-longitudinal' ? 'longitudinal' : 'transverse');

/** Stitches are spoken of once, with the direction in which the wall is weaker. */
const isWallPull = (f: Told): boolean => f.quantity === 'membrane-tension-longitudinal';

/** What a hand may take for a tight muscle (V-43): told once for each, with the first thing that is said of it. */
const isMistaken = (f: Told): boolean =>
  (['cyst', 'mass'].includes(f.structure) && f.quantity === 'tissue-pressure') || f.quantity === 'membrane-force';

const join = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');
