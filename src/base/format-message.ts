/**
 * ICU MessageFormat, the part of it that this project's sentences need: `{name}`, `{n, plural, =0{…} one{…} other{# …}}` and
 * `{kind, select, a{…} other{…}}`, nested as one likes, with `''` for an apostrophe and `'{'` for a brace.
 *
 * Its own 100 lines instead of a library: the catalogue is read at run time by a command line, a worker and a page, and all
 * that a library adds (date skeletons, rich text) is not used. Translators' tools read the same strings.
 */
export type Values = Readonly<Record<string, string | number>>;

/** A parsed message: text, an argument, '#' of a plural, or a choice. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'argument'; readonly name: string }
  | { readonly kind: 'count' }
  | {
      readonly kind: 'plural' | 'select';
      readonly name: string;
      readonly branches: ReadonlyMap<string, readonly Piece[]>;
    };

/**
 * The sentence that a message makes of its values.
 * @param language BCP 47 tag; decides plural forms and how '#' is written
 * @throws Error when the message is malformed or a value is missing: a mistake of the program, not of its user
 */
export function formatMessage(message: string, values: Values = {}, language = 'en'): string {
  let pieces = parsed.get(message);
  if (pieces === undefined) {
    pieces = parseMessage(message);
    parsed.set(message, pieces);
  }
  return write(pieces, values, language, 0);
}

// a catalogue is finite, and a run says the same sentences thousands of times
const parsed = new Map<string, readonly Piece[]>();
const plurals = new Map<string, Intl.PluralRules>();

function pluralRules(language: string): Intl.PluralRules {
  const rules = plurals.get(language) ?? new Intl.PluralRules(language);
  plurals.set(language, rules);
  return rules;
}

const numbers = new Map<string, Intl.NumberFormat>();

/** A number that is written out in English ('12.80', '-3'), with the digits, the point and the sign of a language. */
export function localNumber(text: string, language: string): string {
  if (/^en\b/.test(language) || !/^-?\d+(\.\d+)?$/.test(text)) return text;
  const digits = text.split('.')[1]?.length ?? 0;
  const key = `${language} ${digits}`;
  const format =
    numbers.get(key) ??
    new Intl.NumberFormat(language, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      useGrouping: false,
    });
  numbers.set(key, format);
  return format.format(text as Intl.StringNumericLiteral);
}

/** @throws Error naming what is wrong and where. */
export function parseMessage(message: string): readonly Piece[] {
  const [pieces, end] = parsePieces(message, 0, false);
  if (end !== message.length) throw new Error(`unpaired '}' at ${end} in message '${message}'`);
  return pieces;
}

/** Names of the values that a message wants. */
export function argumentsOf(pieces: readonly Piece[]): Set<string> {
  const names = new Set<string>();
  for (const piece of pieces) {
    if ('name' in piece) names.add(piece.name);
    if ('branches' in piece)
      for (const branch of piece.branches.values()) for (const name of argumentsOf(branch)) names.add(name);
  }
  return names;
}

/** Reads until the end or, inside a branch, until its closing brace; returns the pieces and where reading ended. */
function parsePieces(message: string, start: number, inPlural: boolean): [Piece[], number] {
  const pieces: Piece[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') pieces.push({ kind: 'text', text });
    text = '';
  };
  let at = start;
  while (at < message.length && message[at] !== '}') {
    const char = message[at]!;
    if (char === "'") {
      // '' is an apostrophe; a single one quotes only what would mean something
      const next = message[at + 1];
      if (next === "'") {
        text += "'";
        at += 2;
      } else if (next === '{' || next === '}' || (inPlural && next === '#')) {
        const end = message.indexOf("'", at + 1);
        text += message.slice(at + 1, end === -1 ? undefined : end);
        at = end === -1 ? message.length : end + 1;
      } else {
        text += char;
        at++;
      }
    } else if (char === '#' && inPlural) {
      flush();
      pieces.push({ kind: 'count' });
      at++;
    } else if (char === '{') {
      flush();
      const [piece, end] = parseArgument(message, at + 1, inPlural);
      pieces.push(piece);
      at = end;
    } else {
      text += char;
      at++;
    }
  }
  flush();
  return [pieces, at];
}

function parseArgument(message: string, start: number, inPlural: boolean): [Piece, number] {
  const wrong = (at: number): never => {
    throw new Error(`cannot read the braces at ${at} in message '${message}'`);
  };
  const head = /^\s*([A-Za-z][A-Za-z0-9]*)\s*(?:(\})|,\s*(plural|select)\s*,)/.exec(message.slice(start));
  if (head === null) return wrong(start);
  const name = head[1]!;
  let at = start + head[0].length;
  if (head[2] !== undefined) return [{ kind: 'argument', name }, at];
  const kind = head[3] as 'plural' | 'select';
  const branches = new Map<string, readonly Piece[]>();
  for (;;) {
    const key = /^\s*(?:(\})|(=?[\w-]+)\s*\{)/.exec(message.slice(at));
    if (key === null) return wrong(at);
    at += key[0].length;
    if (key[1] !== undefined) break;
    const [pieces, end] = parsePieces(message, at, kind === 'plural' || inPlural);
    if (message[end] !== '}') return wrong(end);
    branches.set(key[2]!, pieces);
    at = end + 1;
  }
  return branches.has('other') ? [{ kind, name, branches }, at] : wrong(at);
}

function write(pieces: readonly Piece[], values: Values, language: string, count: number): string {
  const given = (name: string): string | number => {
    const value = values[name];
    if (value === undefined) throw new Error(`a sentence wants a value for {${name}}`);
    return value;
  };
  return pieces
    .map((piece) => {
      if (piece.kind === 'text') return piece.text;
      if (piece.kind === 'count') return new Intl.NumberFormat(language).format(count);
      const value = given(piece.name);
      if (piece.kind === 'argument') return typeof value === 'number' ? localNumber(String(value), language) : value;
      const { branches } = piece;
      if (piece.kind === 'select')
        return write(branches.get(String(value)) ?? branches.get('other')!, values, language, count);
      const n = Number(value);
      const rule = pluralRules(language).select(n);
      return write(branches.get(`=${n}`) ?? branches.get(rule) ?? branches.get('other')!, values, language, n);
    })
    .join('');
}
