import { decodeText } from '../base/decode-text.ts';
import { InputError } from '../base/errors.ts';
import { parseJson } from '../base/parse-json.ts';
import { type Told, tell } from '../base/told.ts';
import { SCAN_ERRORS } from '../messages/errors/scan.data.ts';
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
      throw new InputError(
        tell(SCAN_ERRORS, 'error.table.numbering', { name: input, known: NUMBERING_IDS.join(', ') }),
      );
    }
    return tableOf(known);
  }
  const text = decodeText(input.bytes, input.name);
  const start = text.trimStart()[0];
  const braced = start === '{' || start === '[';
  const rows =
    start === '<'
      ? fromXml(text)
      : !braced
        ? fromLines(text)
        : isJson(text)
          ? fromJson(text, input.name)
          : fromDict(text);
  const names = namesOf(rows, input.name);
  if (![...names.values()].some((name) => name !== '')) {
    throw new InputError(tell(SCAN_ERRORS, 'error.table.none', { file: input.name }));
  }
  return { name: input.name, names };
}

type Row = readonly [number: number, name: string];

/** @throws InputError where a number has two names. */
export function namesOf(rows: readonly Row[], table: string | Told): Map<number, string> {
  const names = new Map<number, string>();
  for (const [number, name] of rows) {
    const before = names.get(number);
    if (before !== undefined && before !== name && number !== 0) {
      throw new InputError(
        tell(SCAN_ERRORS, 'error.table.two-names', { file: table, number, first: before, second: name }),
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

/** What a number and a name are called in tables, in small letters without signs, the surest first. */
const NUMBER_KEYS = ['labelvalue', 'labelid', 'value', 'id', 'number', 'no', 'key', 'index', 'idx', 'label', 'class'];
const NAME_KEYS = [
  'name',
  'labelname',
  'segmentname',
  'segmentlabel',
  'structure',
  'classname',
  'class',
  'label',
  'title',
  'region',
];

const keyLike = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, '');

function fromJson(text: string, table: string): Row[] {
  try {
    return rowsIn(parseJson(text));
  } catch (error) {
    if (error instanceof InputError)
      throw new InputError(tell(SCAN_ERRORS, 'error.table.twice', { file: table, why: error.note }));
    throw error;
  }
}

/** Rows of an object or a list; of what encloses several, those of the only one that holds any. */
function rowsIn(json: unknown, depth = 0): Row[] {
  const usual = isRecord(json) ? (json.labels ?? json.segments) : undefined;
  if (typeof usual === 'object' && usual !== null) return rowsIn(usual, depth + 1);
  const own = Array.isArray(json) ? rowsOfList(json) : isRecord(json) ? rowsOfRecord(json) : [];
  if (own.length > 0 || depth > 3 || typeof json !== 'object' || json === null) return own;
  const inner = Object.values(json).flatMap((value: unknown) => {
    // a list of lists with one segment each, as DICOM segmentations are described
    const rows = rowsIn(value, depth + 1);
    return rows.length > 0 ? [rows] : [];
  });
  return inner.length === 1 || Array.isArray(json) ? inner.flat() : [];
}

function rowsOfList(list: readonly unknown[]): Row[] {
  return list.flatMap((entry, n): Row[] => {
    if (typeof entry === 'string' && list.every((each) => typeof each === 'string')) return [[n, plain(entry)]];
    if (Array.isArray(entry) && entry.length === 2) return rowsOfRecord(Object.fromEntries([entry]));
    if (!isRecord(entry)) return [];
    const keys = new Map(Object.entries(entry).map(([key, value]) => [keyLike(key), value]));
    const number = NUMBER_KEYS.map((key) => wholeOf(keys.get(key))).find((v) => v !== undefined);
    const name = NAME_KEYS.map((key) => keys.get(key)).find((v) => typeof v === 'string' && wholeOf(v) === undefined);
    return number === undefined || name === undefined ? [] : [[number, plain(name as string)]];
  });
}

function rowsOfRecord(record: Record<string, unknown>): Row[] {
  return Object.entries(record).flatMap(([key, value]): Row[] => {
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
      : typeof value === 'string' && /^\s*\d{1,6}(\.0*)?\s*$/.test(value)
        ? Number(value)
        : Number.NaN;
  return Number.isInteger(number) && number >= 0 ? number : undefined;
}

/** A dictionary as Python prints it, whole. */
function fromDict(text: string): Row[] {
  if (!/\}\s*$/.test(text)) return [];
  return [...text.matchAll(/(\d{1,6})\s*:\s*(["'])([^"']*)\2|(["'])([^"']*)\4\s*:\s*(\d{1,6})/g)].map(
    ([, first, , name, , other, second]): Row => [Number(first ?? second), plain(name ?? other ?? '')],
  );
}

/**
 * Lines with a number and a name in either order; colours and other numbers after them count for nothing, nor do comments. A first
 * line that says what stands in which column is followed.
 */
function fromLines(text: string): Row[] {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/^\s*(?:#|\/\/|;|%).*$|\s#.*$/, '').trim())
    .filter((line) => line !== '');
  const columns = columnsOf(cellsOf(lines[0] ?? ''));
  return lines.flatMap((line, n): Row[] => {
    const cells = cellsOf(line);
    if (columns !== undefined) {
      const [key, name] = [wholeOf(cells[columns.number]), cells[columns.name]];
      return n === 0 || key === undefined || name === undefined ? [] : [[key, plain(name)]];
    }
    const key = cells.map(wholeOf).find((v) => v !== undefined);
    const words = cells.filter((cell) => !/^[-+.\d\s]*$/.test(cell));
    // ITK-SNAP and tables of colours have single words; a name of several words stands in quotes or between separators
    const name = SEPARATED.test(line) || /["']/.test(line) ? words[0] : words.join('_');
    return key === undefined || name === undefined || name === '' ? [] : [[key, plain(name)]];
  });
}

const SEPARATED = /[,;\t:=]/;

/** The cells of a line: between separators where it has some, else between spaces; quotes hold them together. */
function cellsOf(line: string): string[] {
  const cells: string[] = [''];
  const outside = line.replace(/"[^"]*"|'[^']*'/g, '');
  const between = SEPARATED.test(outside) ? SEPARATED : /\s/;
  for (const piece of line.match(/"[^"]*"|'[^']*'|[^"']+|["']/g) ?? []) {
    if (/^(["']).*\1$/.test(piece) && piece.length > 1) cells[cells.length - 1] += piece.slice(1, -1);
    else {
      const [first = '', ...rest] = piece.split(between);
      cells[cells.length - 1] += first;
      cells.push(...rest);
    }
  }
  const trimmed = cells.map((cell) => cell.trim());
  return between === SEPARATED ? trimmed : trimmed.filter((cell) => cell !== '');
}

/** Which columns hold the number and the name, where the cells are their titles. */
function columnsOf(cells: readonly string[]): { number: number; name: number } | undefined {
  if (cells.length < 2 || cells.some((cell) => wholeOf(cell) !== undefined)) return undefined;
  const titles = cells.map(keyLike);
  const name = titles.indexOf(NAME_KEYS.find((key) => titles.includes(key)) ?? 'none');
  const number = titles.indexOf(
    NUMBER_KEYS.find((key) => titles.includes(key) && titles.indexOf(key) !== name) ?? 'none',
  );
  return name < 0 || number < 0 ? undefined : { number, name };
}
