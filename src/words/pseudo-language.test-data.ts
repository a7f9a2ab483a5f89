import { STRUCTURES } from '../anatomy/structures.ts';
import { type Piece, parseMessage } from '../base/format-message.ts';
import { LEVELS } from '../evidence/levels.ts';
import { SUBJECTS } from '../findings/subjects.data.ts';
import { EN } from '../messages/en.ts';
import type { Catalogue, Language } from '../messages/say.ts';
import { TOOL_FAMILIES } from '../tool/catalogue.ts';

/**
 * Two languages that nobody speaks, to see what is not said through the catalogue: every letter of a sentence gets an accent, so that
 * plain English that is left stands out wherever it is put in; each sentence stands in brackets and is longer by 40 %, as sentences of
 * other languages may be.
 */

const PLAIN = 'AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTtUuVvWwXxYyZz';
const ACCENTED = [...'ÅåƁƀÇçÐðÉéƑƒĜĝĤĥÎîĴĵĶķĻļɱɱÑñÖöÞþǪǫŔŕŠšŢţÛûṼṽŴŵẊẋÝýŽž'];

const accented = (text: string): string => [...text].map((c) => ACCENTED[PLAIN.indexOf(c)] ?? c).join('');

/** Text of the sentence itself, without what is put in. */
const lengthOf = (pieces: readonly Piece[]): number =>
  pieces.reduce((sum, piece) => {
    if (piece.kind === 'text') return sum + piece.text.length;
    return 'branches' in piece ? sum + Math.max(...[...piece.branches.values()].map(lengthOf)) : sum;
  }, 0);

/** A message in ICU again, with its text changed. */
const written = (pieces: readonly Piece[]): string =>
  pieces
    .map((piece) => {
      if (piece.kind === 'text') return accented(piece.text).replaceAll("'", "''").replace(/[{}]/g, "'$&'");
      if (piece.kind === 'count') return '#';
      if (piece.kind === 'argument') return `{${piece.name}}`;
      const branches = [...piece.branches].map(([key, inner]) => `${key}{${written(inner)}}`);
      return `{${piece.name}, ${piece.kind}, ${branches.join(' ')}}`;
    })
    .join('');

function pseudo(message: string): string {
  const pieces = parseMessage(message);
  return `[${written(pieces)}${'~'.repeat(Math.ceil(0.4 * lengthOf(pieces)))}]`;
}

const messages = Object.fromEntries(Object.entries(EN).map(([key, message]) => [key, pseudo(message)])) as Catalogue;

const names = Object.fromEntries(
  [
    ...STRUCTURES.map(({ id, label }) => [`structure.${id}`, label] as const),
    ...[...STRUCTURES.map(({ id }) => id), ...SUBJECTS.map(({ structure }) => structure)].map(
      (id) => [`term.${id}`, id.replaceAll('_', ' ')] as const,
    ),
    ...SUBJECTS.flatMap(({ structure, label }) =>
      label === undefined ? [] : [[`structure.${structure}`, label] as const],
    ),
    ...TOOL_FAMILIES.flatMap(({ id, label, description, measuredBy, presets }) => [
      [`tool.${id}`, label] as const,
      [`tool.${id}.about`, description] as const,
      [`tool.${id}.source`, measuredBy] as const,
      ...Object.entries(presets).flatMap(([place, { label: name, seen, assumed }]) => [
        [`place.${id}.${place}`, name] as const,
        [`place.${id}.${place}.seen`, seen] as const,
        [`place.${id}.${place}.assumed`, assumed] as const,
      ]),
    ]),
    ...TOOL_FAMILIES.flatMap(({ id, parameters }) =>
      Object.entries(parameters).map(([name, { label }]) => [`size.${id}.${name}`, label] as const),
    ),
    ...Object.values(LEVELS).flatMap((levels) => levels.map(({ id, effect }) => [`effect.${id}`, effect] as const)),
  ].map(([key, name]) => [key, `[${accented(name)}]`]),
);

/** From left to right; numbers, plurals and lists as in Polish, which has more plurals than English and an 'and' of one letter. */
export const PSEUDO: Language = { tag: 'pl', direction: 'ltr', messages, names };

/** From right to left, with the digits of Arabic. */
export const MIRRORED: Language = { tag: 'ar-EG', direction: 'rtl', messages, names };

/** What stays as it is in every language: units, names of programs and files, ids of evidence. */
const KEPT =
  /\b(?:kPa?|wasm|mmHg|mm|cm|kg|mL|Psoascope|psoascope|DuckDB|ANSUR|[A-Z]{1,2}-\d+\w?|[\w-]+\.(?:csv|json|html|parquet|sql))\b/g;

/** English words that stand in a text which was said in one of these languages. */
export const leftInEnglish = (text: string): string[] => [
  ...new Set(text.replace(KEPT, ' ').match(/(?<![\p{L}\d_./-])[A-Za-z]{2,}(?![\p{L}\d_/-]|\.[A-Za-z])/gu) ?? []),
];

/** All that a page shows or reads out: text, labels and titles; styles, quoted sources and code left out. */
export const textOfPage = (html: string): string =>
  [
    html
      .replace(/<style>.*?<\/style>/gs, ' ')
      .replace(/<ul class="sources">.*?<\/ul>/gs, ' ')
      .replace(/<pre>.*?<\/pre>/gs, ' ')
      .replace(/<[^>]*>/g, ' '),
    ...[...html.matchAll(/\s(?:aria-label|title|alt)="([^"]*)"/g)].map((match) => match[1]!),
  ].join(' ');
