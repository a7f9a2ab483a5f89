import { decodeText } from '../base/decode-text.ts';
import { InputError } from '../base/errors.ts';
import { NUMBERINGS, type Numbering } from './numberings.data.ts';

/** What a person says about the numbers of a label volume: one of the known numberings, or a file of numbers and names. */
export type LabelTableInput = string | { readonly name: string; readonly bytes: Uint8Array };

/** Names of label numbers, and where they come from. */
export interface LabelTable {
  readonly name: string;
  readonly names: ReadonlyMap<number, string>;
}

export const NUMBERING_IDS: readonly string[] = NUMBERINGS.map((n) => n.id);

export const tableOf = (numbering: Numbering): LabelTable => ({
  name: numbering.label,
  names: new Map(numbering.classes.flatMap((name, n) => (name === '' ? [] : [[n + 1, name] as const]))),
});

/**
 * Reads a label table: JSON ({"1": "spleen"}, {"spleen": 1}, a list, or either under "labels", as nnU-Net writes it), XML as in a NIfTI
 * extension, or lines of a number and a name (ITK-SNAP, 3D Slicer, FreeSurfer, CSV).
 * @throws InputError for what holds no number with a name, or gives one number two names.
 */
export function readLabelTable(input: LabelTableInput): LabelTable {
  if (typeof input === 'string') {
    const known = NUMBERINGS.find((n) => n.id === input);
    if (known === undefined) {
      throw new InputError(`There is no numbering called "${input}"; the known ones are ${NUMBERING_IDS.join(', ')}.`);
    }
    return tableOf(known);
  }
  const text = decodeText(input.bytes, input.name);
  const start = text.trimStart()[0];
  const rows =
    start === '<' ? fromXml(text) : (start === '{' || start === '[') && isJson(text) ? fromJson(text) : fromLines(text);
  const names = namesOf(rows, input.name);
  if (names.size === 0) {
    throw new InputError(
      `${input.name} holds no label table: it should have one line per label with its number and its name, for example "88 iliopsoas_left".`,
    );
  }
  return { name: input.name, names };
}

type Row = readonly [number: number, name: string];

/** @throws InputError where a number has two names. */
export function namesOf(rows: readonly Row[], table: string): Map<number, string> {
  const names = new Map<number, string>();
  for (const [number, name] of rows) {
    const before = names.get(number);
    if (before !== undefined && before !== name && number !== 0) {
      throw new InputError(
        `${table} gives the number ${number} two names, "${before}" and "${name}"; each number needs one.`,
      );
    }
    names.set(number, name);
  }
  return names;
}

/** The labels of the XML extension that TotalSegmentator and Connectome Workbench write into NIfTI files. */
export function fromXml(text: string): Row[] {
  const rows: Row[] = [];
  for (const [, attributes, content] of text.matchAll(
    /<Label\b([^>]{0,400}?)(?:\/>|>([^<]{0,200}(?:<!\[CDATA\[.{0,200}?\]\]>)?[^<]{0,200})<\/Label>)/gs,
  )) {
    const key = /\bKey\s*=\s*["']\s*(\d{1,6})\s*["']/.exec(attributes!)?.[1];
    if (key === undefined) continue;
    const name = (content ?? '').replace(/<!\[CDATA\[(.*?)\]\]>/gs, '$1');
    rows.push([Number(key), plain(name)]);
  }
  return rows;
}

/** A name without control characters and outer spaces, and not endless. */
const plain = (name: string): string =>
  name
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 80);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function fromJson(text: string): Row[] {
  const json: unknown = JSON.parse(text);
  const labels = isRecord(json) && (isRecord(json.labels) || Array.isArray(json.labels)) ? json.labels : json;
  if (Array.isArray(labels)) {
    return labels.flatMap((entry, n): Row[] => {
      if (typeof entry === 'string') return [[n, plain(entry)]];
      if (!isRecord(entry)) return [];
      const number = [entry.id, entry.value, entry.key, entry.index, entry.label, entry.number]
        .map(wholeOf)
        .find((v) => v !== undefined);
      const name = [entry.name, entry.label, entry.class, entry.title].find(
        (v) => typeof v === 'string' && wholeOf(v) === undefined,
      );
      return number === undefined || name === undefined ? [] : [[number, plain(name as string)]];
    });
  }
  if (!isRecord(labels)) return [];
  return Object.entries(labels).flatMap(([key, value]): Row[] => {
    const [number, other] = [wholeOf(key), wholeOf(value)];
    if (number !== undefined && typeof value === 'string') return [[number, plain(value)]];
    if (number === undefined && other !== undefined) return [[other, plain(key)]];
    return [];
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function wholeOf(value: unknown): number | undefined {
  const number =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && /^\s*\d{1,6}\s*$/.test(value)
        ? Number(value)
        : Number.NaN;
  return Number.isInteger(number) && number >= 0 ? number : undefined;
}

/** Lines with a number and a name in either order; colours and other numbers after them count for nothing, nor do comments. */
function fromLines(text: string): Row[] {
  return text.split(/\r\n|\r|\n/).flatMap((line): Row[] => {
    const bare = line.replace(/^\s*(?:#|\/\/|;|%).*$|\s#.*$/, '').trim();
    const quoted = /["']([^"']*)["']/.exec(bare);
    const rest = quoted === null ? bare : bare.replace(quoted[0], ' ');
    const cells = rest.split(/[,;\t:=]/.test(rest) ? /\s*[,;\t:=]\s*/ : /\s+/).filter((cell) => cell !== '');
    const numbers = cells.map(wholeOf);
    const key = numbers.find((v) => v !== undefined);
    if (key === undefined) return [];
    const words = cells.filter((cell) => !/^[-+.\d\s]+$/.test(cell));
    // ITK-SNAP and tables of colours have single words; a name of several words stands in quotes or between separators
    const name = quoted?.[1] ?? (/[,;\t:=]/.test(rest) ? words[0] : words.join('_'));
    return name === undefined ? [] : [[key, plain(name)]];
  });
}
