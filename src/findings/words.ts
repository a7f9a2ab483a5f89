import { mmHgOf } from '../base/units.ts';
import type { Level } from '../evidence/levels.ts';
import type { Band, Finding, Quantity } from './finding.ts';

/**
 * Every sentence that a result says, in one place so that it can be reviewed as a whole. The rules: say which pressure (on the
 * skin, in the tissue), in kPa and mmHg; say what it is compared with (species, tissue, time); say that the range was not
 * computed when it was not; never a verdict on the person, never odds, never advice to press.
 */

/** What this is and what it is not: stands in the terminal, in the report and in every file. */
export const NOTICE =
  'Psoascope is software for learning and research. It shows what a computer model, built from published measurements of ' +
  'many people, predicts when an object presses on a belly. It does not measure you, does not diagnose, does not foretell ' +
  'injury and does not say whether a press is right for you. Pain is no reliable guide: some of these structures can be ' +
  'squeezed without being felt. Please ask a clinician who can examine you.';

/** What the pressures in the table leave out. */
export const RESTING_PRESSURE_NOTE =
  'Pressures are what the press adds; the resting pressure in the belly of somebody lying face down (about 0.7 to 1.6 kPa or ' +
  '5 to 12 mmHg, an estimate) comes on top.';

/** What a sentence is made of. */
export interface Statement {
  readonly quantity: Quantity;
  /** Name with side and without article: 'left psoas muscle'. */
  readonly name: string;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  /** The published level that it is compared with, when there is one. */
  readonly level: Level | undefined;
  readonly band: Band;
  readonly felt: Finding['felt'];
  /** Nerves and ureters: smallest and largest value across the corridor. */
  readonly corridor?: { readonly low: number; readonly high: number };
  /** Veins and ureters: the pressure in the rest of the belly that was taken off, kPa. */
  readonly baseline?: number;
  /** Arteries and veins: the value is that of the tissue at the vessel, never the pressure of the blood. */
  readonly vessel?: boolean;
  /** Skin: the mean over the touching area and not the peak. */
  readonly mean?: boolean;
}

/** The finding in plain sentences. */
export function sentenceOf(s: Statement): string {
  return [whatItDoes(s), acrossCorridor(s), comparison(s), feeling(s)].filter((part) => part !== '').join(' ');
}

/** For a structure that this model does not hold. */
export function missingSentence(name: string, source: 'reference' | 'scan'): string {
  const model = source === 'scan' ? 'This scan does not show' : 'This model does not hold';
  return `${model} the ${name}, so there is no value, no range and nothing to compare.`;
}

/** For a press of which not even the first step was solved. */
export function uncomputedSentence(name: string): string {
  return `No step of this press could be computed, so there is no value and no range for the ${name}.`;
}

/** Pressures smaller than this are not told apart, kPa: the resting pressure alone is less sure than that. */
export const SMALL_PRESSURE = 0.1;

/** kPa as '8.1 kPa (61 mmHg)', two significant digits: more would claim more than the model knows. */
export function pressureText(kPa: number): string {
  if (Math.abs(kPa) < SMALL_PRESSURE) return `less than ${SMALL_PRESSURE} kPa (1 mmHg)`;
  return `${twoDigits(kPa)} kPa (${twoDigits(mmHgOf(kPa))} mmHg)`;
}

/** Share as '31 %'. */
export function percentText(percent: number): string {
  return Math.abs(percent) < 0.5 ? 'less than 0.5 %' : `${twoDigits(percent)} %`;
}

/** A number with two significant digits and no exponent: 0.081, 8.1, 81, 810. */
export function twoDigits(value: number): string {
  const rounded = Number(value.toPrecision(2)) + 0;
  if (rounded === 0) return '0';
  const digits = Math.max(0, 1 - Math.floor(Math.log10(Math.abs(rounded))));
  return rounded.toFixed(Math.min(digits, 6));
}

/** Everyday name of a group of structures that the work is shared among. */
export function shareName(group: string): string {
  return SHARE_NAMES[group] ?? group.replaceAll('_', ' ');
}

const SHARE_NAMES: Readonly<Record<string, string>> = {
  skin: 'skin',
  subcutaneous_fat: 'fat under the skin',
  abdominal_wall: 'belly wall',
  small_intestine: 'small bowel',
  large_intestine: 'large bowel',
  visceral_fat: 'fat inside the belly',
  psoas_major: 'psoas',
  iliopsoas: 'psoas and iliacus',
  iliacus: 'iliacus',
  vessels: 'blood vessels',
  kidney: 'kidneys',
  other_muscle: 'other muscles',
  other: 'everything else',
};

export const isPressure = (quantity: Quantity): boolean => quantity.endsWith('pressure');

function whatItDoes(s: Statement): string {
  const range = rangeText(s);
  const about = s.value < 0 ? '' : 'about ';
  switch (s.quantity) {
    case 'contact-pressure':
      return s.mean
        ? `On the skin, the mean over the touching area is ${amount(s.value, about, pressureText)}, ${range}.`
        : `On the skin, the most pressed square centimetre carries ${amount(s.value, about, pressureText)}, ${range}.`;
    case 'tissue-pressure':
      return s.corridor === undefined
        ? `In the tissue ${s.vessel ? 'at' : 'of'} the ${s.name}, the press ${adds(s.value)} where it presses most, ${range}.`
        : `In the tissue along the usual course of the ${s.name}, the press ${adds(s.value)} over the most pressed 10 mm, ${range}.`;
    case 'excess-pressure': {
      const place =
        s.corridor === undefined
          ? `In the tissue at the ${s.name}, where it presses most, the press`
          : `In the tissue along the usual course of the ${s.name}, over the most pressed 10 mm, the press`;
      const rest = s.baseline === undefined ? '' : `, where it adds ${pressureText(s.baseline)}`;
      return `${place} ${excess(s.value)} the rest of the belly${rest}, ${range}.`;
    }
    case 'compression':
      return `Where it is squeezed most, the tissue of the ${s.name} is ${amount(s.value, about, percentText)} thinner than before, ${range}.`;
    case 'stretch':
      return `Where it is stretched most, the tissue of the ${s.name} is ${amount(s.value, about, percentText)} longer than before, ${range}.`;
    case 'displacement':
      return `The ${s.name} is moved by ${about}${twoDigits(s.value)} mm, ${range}.`;
  }
}

/** 'about 8 kPa', but 'less than 0.05 kPa' without the 'about'. */
function amount(value: number, about: string, text: (value: number) => string): string {
  const words = text(value);
  return words.startsWith('less') ? words : about + words;
}

function adds(kPa: number): string {
  if (Math.abs(kPa) < SMALL_PRESSURE) return `adds ${pressureText(kPa)}`;
  return kPa > 0 ? `adds about ${pressureText(kPa)}` : `takes away about ${pressureText(-kPa)}`;
}

function excess(kPa: number): string {
  if (Math.abs(kPa) < SMALL_PRESSURE) return 'adds no more than in';
  return kPa > 0 ? `adds about ${pressureText(kPa)} more than in` : `adds about ${pressureText(-kPa)} less than in`;
}

function rangeText(s: Statement): string {
  if (s.low === null || s.high === null) return 'range not computed';
  const text = isPressure(s.quantity)
    ? pressureText
    : (v: number) => `${twoDigits(v)} ${s.quantity === 'displacement' ? 'mm' : '%'}`;
  return `5 to 95 % range ${text(s.low)} to ${text(s.high)}`;
}

function acrossCorridor(s: Statement): string {
  if (s.corridor === undefined) return '';
  const { low, high } = s.corridor;
  if (Math.max(Math.abs(low), Math.abs(high)) < SMALL_PRESSURE)
    return `Across the strip in which people have it, this stays below ${SMALL_PRESSURE} kPa.`;
  const from = Math.abs(low) < SMALL_PRESSURE ? `less than ${SMALL_PRESSURE}` : twoDigits(low);
  return `Across the strip in which people have it, this goes from ${from} to ${twoDigits(high)} kPa.`;
}

function comparison({ level, band }: Statement): string {
  if (level === undefined) return 'There is no published level to compare this with.';
  switch (band) {
    case 'below-published':
      return `That is below ${levelText(level, level.from)}, the lowest level published for ${level.effect}.`;
    case 'within-published':
      return `That is in the range of ${levelText(level, level.from, level.to)} published for ${level.effect}.`;
    case 'above-published':
      return `That is above the range of ${levelText(level, level.from, level.to)} published for ${level.effect}.`;
    case 'no-published-level':
      return 'There is no published level to compare this with.';
  }
}

/** One or both ends of a level, in both units: '4 to 8 kPa (30 to 60 mmHg)'. */
export function levelText({ unit }: Level, ...ends: number[]): string {
  const text = (convert: (value: number) => number): string => ends.map((end) => levelEnd(convert(end))).join(' to ');
  const own = `${text((v) => v)} ${unit}`;
  return unit === 'kPa' ? `${own} (${text(mmHgOf)} mmHg)` : own;
}

/** End of a published range, as people write such numbers: 4, 0.67, 32. */
export const levelEnd = (value: number): string => String(Number(value.toPrecision(2)));

/** Nothing where the value is below what was published: whether it is felt is then no news. */
function feeling(s: Statement): string {
  if (s.band === 'below-published') return '';
  if (s.felt === 'silent') return 'It may not be felt.';
  if (s.felt === 'felt' && s.corridor !== undefined)
    return 'A pressed nerve is usually noticed, as a sharp electric pain.';
  return '';
}
