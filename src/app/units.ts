import type { Note } from '../base/note.ts';
import { kgOfNewtons } from '../base/units.ts';
import type { Speaker } from '../messages/speaker.ts';

/** How sizes, weights and lengths are written: one conversion and one rounding for everything on the screen. */
export type Units = 'metric' | 'imperial';

const KG_PER_POUND = 0.45359237;
export const CM_PER_INCH = 2.54;

/** Rounds to a number of decimals, without the dust of binary fractions. */
export const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals));

/** A weight in the unit that is shown. */
export const weightIn = (kg: number, units: Units): number => (units === 'imperial' ? kg / KG_PER_POUND : kg);
export const kgOf = (weight: number, units: Units): number =>
  units === 'imperial' ? rounded(weight * KG_PER_POUND, 2) : weight;

/** A length of the body in the unit that is shown: cm or in. */
export const lengthIn = (cm: number, units: Units): number => (units === 'imperial' ? cm / CM_PER_INCH : cm);
export const cmOf = (length: number, units: Units): number =>
  units === 'imperial' ? rounded(length * CM_PER_INCH, 2) : length;

/** A small length in the unit that is shown: mm or in. */
export const smallIn = (mm: number, units: Units): number => (units === 'imperial' ? mm / (10 * CM_PER_INCH) : mm);
export const mmOf = (length: number, units: Units): number =>
  units === 'imperial' ? rounded(length * 10 * CM_PER_INCH, 1) : length;

/** '20 kg', '2.5 kg', '45 lb'. */
export function weightText({ say }: Speaker, kg: number, units: Units): string {
  const weight = weightIn(kg, units);
  return say('app.amount.weight', { units, weight: rounded(weight, weight < 10 ? 1 : 0) });
}

/** '5 ft 4 in', '163 cm'. */
export function heightText({ say }: Speaker, cm: number, units: Units): string {
  const inches = Math.round(cm / CM_PER_INCH);
  return units === 'imperial'
    ? say('app.amount.feet', { feet: Math.floor(inches / 12), inches: inches % 12 })
    : say('app.yours.cm', { cm: rounded(cm, 1) });
}

/** '82 cm', '32.3 in'. */
export const girthText = ({ say }: Speaker, cm: number, units: Units): string =>
  say('app.amount.length', { units, length: rounded(lengthIn(cm, units), 1) });

/** '37 mm', '1.5 in'. */
export const depthText = ({ say }: Speaker, mm: number, units: Units): string =>
  say('app.amount.small', {
    units,
    length: rounded(smallIn(mm, units), (units === 'imperial' ? 1 : 0) + (mm < 0.995 ? 2 : 0)),
  });

/** A step or a place on the skin: '5 mm', '0.2 in'. */
export const placeText = ({ say }: Speaker, mm: number, units: Units): string =>
  say('app.amount.small', place(mm, units));
export const placeNote = (mm: number, units: Units): Note => ({ id: 'app.amount.small', values: place(mm, units) });
const place = (mm: number, units: Units) => ({
  units,
  length: rounded(smallIn(mm, units), units === 'imperial' ? 2 : 1),
});

/** '201 N (the weight of 20 kg)'. */
export const pushText = (speaker: Speaker, newtons: number, units: Units): string =>
  speaker.say('app.amount.push', {
    newtons: newtonsText(newtons),
    weight: weightText(speaker, kgOfNewtons(newtons), units),
  });

/** Whole newtons; tenths where there are few. */
export const newtonsText = (newtons: number): string => String(rounded(newtons, newtons < 10 ? 1 : 0));

/** A sentence about a body's sizes in the chosen units: '46 to 106 kg' as '101.5 to 233.6 lb'. Limits stay within what they were. */
export function sizesIn({ say }: Speaker, sentence: string, units: Units): string {
  if (units === 'metric') return sentence;
  const text = (size: string, unit: string, way: (v: number) => number): string => {
    const value = unit === 'kg' ? weightIn(Number(size), units) : lengthIn(Number(size), units);
    return String(way(rounded(10 * value, 6)) / 10);
  };
  return sentence.replace(
    /(\d+(?:\.\d+)?)(?: to (\d+(?:\.\d+)?))? (kg|cm)\b/g,
    (_, first: string, last: string | undefined, unit: string) => {
      const shown = say(unit === 'kg' ? 'app.unit.weight' : 'app.unit.length', { units });
      return last === undefined
        ? say('app.amount.one', { value: text(first, unit, Math.round), unit: shown })
        : say('app.amount.between', {
            from: text(first, unit, Math.ceil),
            to: text(last, unit, Math.floor),
            unit: shown,
          });
    },
  );
}
