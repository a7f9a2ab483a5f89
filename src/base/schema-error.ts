import type { z } from 'zod';
import { InputError } from './errors.ts';

/** How deep objects and lists may lie in each other: far more than any of our formats needs, far less than a stack bears. */
const DEEPEST = 64;

/**
 * Checks what a person, a form or a file says against a schema. A key whose value is undefined counts as left out, at any depth, so
 * that it can hide no default.
 * @param whole what the whole is called in a sentence: "the scenario"
 * @param source named at the start of the sentence when something is wrong: a file name, for example
 * @param fill lays defaults under the whole, once what is undefined has gone
 * @throws InputError with one sentence about the first thing that is wrong
 */
export function parseBy<S extends z.ZodType>(
  schema: S,
  raw: unknown,
  { whole, source, fill }: { whole: string; source?: string | undefined; fill?: (plain: unknown) => unknown },
): z.output<S> {
  const refuse = (sentence: string): never => {
    throw inputError(sentence, source);
  };
  const plain = plainCopy(raw, [], whole, refuse);
  const parsed = schema.safeParse(fill === undefined ? plain : fill(plain));
  return parsed.success ? parsed.data : refuse(schemaSentence(parsed.error.issues[0]!, schema, plain, whole));
}

/** A sentence with its source before it and a full stop behind it. */
export const inputError = (sentence: string, source?: string): InputError =>
  new InputError(`${source === undefined ? '' : `${source}: `}${sentence.replace(/\.?$/, '.')}`);

/** Lists and objects without what is undefined; minus zero, which no text holds on to, is zero. What could change an object's kind, or has no bottom, is refused. */
function plainCopy(
  value: unknown,
  path: readonly (string | number)[],
  whole: string,
  refuse: (sentence: string) => never,
): unknown {
  if (value === 0) return 0;
  if (typeof value !== 'object' || value === null) return value;
  if (path.length > DEEPEST)
    return refuse(`${whole} has objects or lists inside each other more than ${DEEPEST} deep; nothing here needs that`);
  if (Array.isArray(value)) return value.map((each, n) => plainCopy(each, [...path, n], whole, refuse));
  const copy: Record<string, unknown> = {};
  for (const [key, each] of Object.entries(value)) {
    if (key === '__proto__') return refuse(`unknown key "__proto__" in ${path.length === 0 ? whole : path.join('.')}`);
    if (each !== undefined) copy[key] = plainCopy(each, [...path, key], whole, refuse);
  }
  return copy;
}

/** One sentence about one schema issue: where, what is wrong, what would be right. */
export function schemaSentence(issue: z.core.$ZodIssue, schema: z.ZodType, raw: unknown, whole: string): string {
  const path = issue.path.map(String).join('.');
  const at = path === '' ? whole : path;
  if (issue.code === 'unrecognized_keys' && issue.message.startsWith('Unrecognized')) {
    const unknown = issue.keys.map((key) => JSON.stringify(key)).join(', ');
    const known = keysAt(schema, raw, issue.path);
    const right =
      known.length === 0 ? '' : `; the known ${known.length === 1 ? 'one is' : 'ones are'} ${known.join(', ')}`;
    return `unknown key${issue.keys.length === 1 ? '' : 's'} ${unknown} in ${at}${right}`;
  }
  // our own messages name the field or begin with what it must be; the schema library's begin with these words
  if (!/^(Invalid|Too|Unrecognized)/.test(issue.message)) {
    const own = issue.message.replace(/\.$/, '');
    if (/^(must|has)\b/.test(own)) return `${at} ${own}`;
    const where = own.startsWith(String(issue.path.at(-1))) ? issue.path.slice(0, -1) : issue.path;
    return `${where.length === 0 ? '' : `${where.map(String).join('.')}: `}${own}`;
  }
  switch (issue.code) {
    case 'invalid_type':
      return `${at} must be ${withArticle(issue.expected)}`;
    case 'invalid_value':
      return `${at} must be ${orList(issue.values.map((value) => JSON.stringify(value)))}`;
    case 'too_small':
      return tooSmall(at, issue);
    case 'too_big':
      if (issue.origin === 'string') return `${at} must be at most ${issue.maximum} characters`;
      if (issue.origin === 'array') return `${at} must hold at most ${issue.maximum}`;
      return `${at} must be ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`;
    default:
      return `${at} does not belong there`;
  }
}

function tooSmall(at: string, { origin, minimum, inclusive }: z.core.$ZodIssueTooSmall): string {
  if (origin === 'string')
    return minimum === 1 ? `${at} must not be empty` : `${at} must be at least ${minimum} characters`;
  if (origin === 'array' || origin === 'set') return `${at} must hold at least ${minimum === 1 ? 'one' : minimum}`;
  return `${at} must be ${inclusive === false ? 'more than' : 'at least'} ${minimum}`;
}

const TYPES: Readonly<Record<string, string>> = {
  int: 'a whole number',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  tuple: 'a list',
  string: 'a text',
  boolean: 'true or false',
};
const withArticle = (expected: string): string => (Object.hasOwn(TYPES, expected) ? TYPES[expected]! : `a ${expected}`);

const orList = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;

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
