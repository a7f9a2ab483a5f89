import type { z } from 'zod';
import { BASE_ERRORS } from '../messages/errors/base.data.ts';
import { InputError } from './errors.ts';
import { type Told, tell, type With } from './told.ts';

/** How deep objects and lists may lie in each other: far more than any of our formats needs, far less than a stack bears. */
const DEEPEST = 64;

/** What the whole is that is checked. */
type Whole = 'scenario' | 'plan' | 'problem' | 'it';

/**
 * Checks what a person, a form or a file says against a schema. A key whose value is undefined counts as left out, at any depth, so
 * that it can hide no default.
 * @param whole what the whole is called in a sentence
 * @param source named at the start of the sentence when something is wrong: a file name, for example
 * @param fill lays defaults under the whole, once what is undefined has gone
 * @throws InputError with one sentence about the first thing that is wrong
 */
export function parseBy<S extends z.ZodType>(
  schema: S,
  raw: unknown,
  { whole, source, fill }: { whole: Whole; source?: string | undefined; fill?: (plain: unknown) => unknown },
): z.output<S> {
  const refuse = (what: Told): never => {
    throw inputError(what, source);
  };
  const plain = plainCopy(raw, [], wholeOf(whole), refuse);
  const parsed = schema.safeParse(fill === undefined ? plain : fill(plain));
  return parsed.success ? parsed.data : refuse(whatIsWrong(parsed.error.issues[0]!, schema, plain, whole));
}

/** An error of what is wrong, with its source before it and a full stop behind it. */
export const inputError = (what: Told, source?: string): InputError =>
  new InputError(
    source === undefined
      ? tell(BASE_ERRORS, 'error.format', { what })
      : tell(BASE_ERRORS, 'error.format.in', { source, what }),
  );

const wholeOf = (whole: Whole): Told => tell(BASE_ERRORS, 'error.format.whole', { whole });

/** Lists and objects without what is undefined; minus zero, which no text holds on to, is zero. What could change an object's kind, or has no bottom, is refused. */
function plainCopy(
  value: unknown,
  path: readonly (string | number)[],
  whole: Told,
  refuse: (what: Told) => never,
): unknown {
  if (value === 0) return 0;
  if (typeof value !== 'object' || value === null) return value;
  if (path.length > DEEPEST) return refuse(tell(BASE_ERRORS, 'error.format.deep', { whole, deepest: DEEPEST }));
  if (Array.isArray(value)) return value.map((each, n) => plainCopy(each, [...path, n], whole, refuse));
  const copy: Record<string, unknown> = {};
  for (const [key, each] of Object.entries(value)) {
    if (key === '__proto__') {
      const at = path.length === 0 ? whole : path.join('.');
      return refuse(tell(BASE_ERRORS, 'error.format.unknown', { count: 1, keys: '"__proto__"', at }));
    }
    if (each !== undefined) copy[key] = plainCopy(each, [...path, key], whole, refuse);
  }
  return copy;
}

/** What our own texts in schemas were made of: a schema keeps of an issue nothing but its text. */
const ours = new Map<string, Told>();

/** A text for a schema, that is said in any language where an issue with it comes out of parseBy. */
export function inSchema(said: Told): string {
  ours.set(said.english, said);
  return said.english;
}

type FieldKey = Extract<keyof typeof BASE_ERRORS, `error.field.${string}`>;

/** What is wrong with a field that a schema names itself: 'rate_s must be between 0.5 and 30'. */
export const field = <K extends FieldKey>(id: K, ...values: With<typeof BASE_ERRORS, K>): string =>
  inSchema(tell(BASE_ERRORS, id, ...values));

/** One thing that a schema found, without a full stop: where, what is wrong, what would be right. */
export function whatIsWrong(issue: z.core.$ZodIssue, schema: z.ZodType, raw: unknown, whole: Whole): Told {
  const path = issue.path.map(String).join('.');
  const at = path === '' ? wholeOf(whole) : path;
  const own = ours.get(issue.message);
  if (own !== undefined) {
    // ours name the field or begin with what it must be
    if (/^(must|has)\b/.test(own.english)) return tell(BASE_ERRORS, 'error.format.must', { at, must: own });
    const where = own.english.startsWith(String(issue.path.at(-1))) ? issue.path.slice(0, -1) : issue.path;
    return where.length === 0
      ? own
      : tell(BASE_ERRORS, 'error.format.at', { at: where.map(String).join('.'), what: own });
  }
  switch (issue.code) {
    case 'unrecognized_keys': {
      const keys = issue.keys.map((key) => JSON.stringify(key)).join(', ');
      const known = keysAt(schema, raw, issue.path);
      const found = { count: issue.keys.length, keys, at };
      return known.length === 0
        ? tell(BASE_ERRORS, 'error.format.unknown', found)
        : tell(BASE_ERRORS, 'error.format.unknown-of', { ...found, n: known.length, known: known.join(', ') });
    }
    case 'invalid_type':
      return tell(BASE_ERRORS, 'error.format.type', { at, type: issue.expected });
    case 'invalid_value':
      return tell(BASE_ERRORS, 'error.format.one-of', {
        at,
        values: orList(issue.values.map((v) => JSON.stringify(v))),
      });
    case 'too_small':
      return tooSmall(at, issue);
    case 'too_big': {
      const most = { at, n: Number(issue.maximum) };
      if (issue.origin === 'string') return tell(BASE_ERRORS, 'error.format.longest', most);
      if (issue.origin === 'array') return tell(BASE_ERRORS, 'error.format.most-items', most);
      return tell(BASE_ERRORS, issue.inclusive === false ? 'error.format.below' : 'error.format.most', most);
    }
    default:
      return tell(BASE_ERRORS, 'error.format.misplaced', { at });
  }
}

function tooSmall(at: string | Told, { origin, minimum, inclusive }: z.core.$ZodIssueTooSmall): Told {
  const least = { at, n: Number(minimum) };
  if (origin === 'string')
    return least.n === 1
      ? tell(BASE_ERRORS, 'error.format.nothing', { at })
      : tell(BASE_ERRORS, 'error.format.shortest', least);
  if (origin === 'array' || origin === 'set') return tell(BASE_ERRORS, 'error.format.least-items', least);
  return tell(BASE_ERRORS, inclusive === false ? 'error.format.above' : 'error.format.least', least);
}

/** 'a, b or c' */
export const orList = (items: readonly string[]): string | Told =>
  items.length < 2
    ? items.join('')
    : tell(BASE_ERRORS, 'error.or', { first: items.slice(0, -1).join(', '), last: items.at(-1)! });

/** What keysAt looks at of a schema of any kind. */
interface Def {
  readonly innerType?: z.ZodType;
  readonly out?: z.ZodType;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly discriminator?: string;
}
const defOf = (schema: z.ZodType): Def => (schema as { def?: Def }).def ?? {};
const shapeOf = (schema: z.ZodType): Record<PropertyKey, z.ZodType> | undefined =>
  (schema as { shape?: Record<PropertyKey, z.ZodType> }).shape;

/** The keys that the schema knows at a place; of several forms those of the one that the value chose, or of all. */
function keysAt(schema: z.ZodType, raw: unknown, path: readonly PropertyKey[]): string[] {
  const { innerType, out, element, valueType, options, discriminator } = defOf(schema);
  const inner = innerType ?? out;
  if (inner !== undefined) return keysAt(inner, raw, path);
  if (options !== undefined) {
    const chosen =
      discriminator === undefined ? undefined : (raw as Record<string, unknown> | undefined)?.[discriminator];
    const fits = options.filter((option) => {
      const tag = discriminator === undefined ? undefined : shapeOf(option)?.[discriminator];
      return chosen === undefined || tag?.safeParse(chosen).success === true;
    });
    return [...new Set(fits.flatMap((option) => keysAt(option, raw, path)))];
  }
  const [key, ...rest] = path;
  if (key === undefined) return Object.keys(shapeOf(schema) ?? {});
  const next = element ?? valueType ?? shapeOf(schema)?.[key];
  return next === undefined ? [] : keysAt(next, (raw as Record<PropertyKey, unknown> | null)?.[key], rest);
}
