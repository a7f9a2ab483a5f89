import type { z } from 'zod';
import { InputError } from '../base/errors.ts';
import { TOOL_FAMILIES } from '../tool/catalogue.ts';
import { toolSpecSchema } from '../tool/spec.ts';
import { SCHEMA_VERSION, type Scenario, scenarioSchema } from './scenario.ts';

/** The tool of a scenario that names none. */
const DEFAULT_TOOL = toolSpecSchema.parse({}).id;

/**
 * Checks a scenario from a file, from flags or from a form, and fills in the defaults. How one lies and how much is
 * pressed follow the tool where nobody says: a cane in the hand is no roller under the belly.
 * @param source Named at the start of the sentence when something is wrong: a file name, for example.
 * @throws InputError with one sentence about the first thing that is wrong.
 */
export function parseScenario(raw: unknown, source?: string): Scenario {
  const say = (sentence: string): InputError =>
    new InputError(source === undefined ? sentence : `${source}: ${sentence}`);

  // a newer format may mean anything, so it is refused before its keys are looked at
  const version = isObject(raw) ? raw.schemaVersion : undefined;
  if (typeof version === 'number' && version > SCHEMA_VERSION)
    throw say(
      `this scenario is from a newer version of the program (schemaVersion ${version}; this one reads up to ${SCHEMA_VERSION}), please update.`,
    );

  const parsed = scenarioSchema.safeParse(withToolDefaults(raw));
  if (parsed.success) return parsed.data;
  throw say(sentenceOf(parsed.error.issues[0]!));
}

/** Pose and load of the tool's family, where they were left out. */
function withToolDefaults(raw: unknown): unknown {
  if (!isObject(raw)) return raw;
  const id = isObject(raw.tool) ? raw.tool.id : undefined;
  const family = TOOL_FAMILIES.find((each) => each.id === (id ?? DEFAULT_TOOL));
  return family === undefined ? raw : { pose: family.defaultPose, load: family.defaultLoad, ...raw };
}

/** One sentence about one schema issue: where, what is wrong, what would be right. */
function sentenceOf(issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String).join('.');
  const at = path === '' ? 'the scenario' : path;
  if (issue.code === 'unrecognized_keys') {
    const unknown = issue.keys.map((key) => JSON.stringify(key)).join(', ');
    const known = keysAt(scenarioSchema, issue.path).join(', ');
    return `unknown key ${unknown} in ${at}; the known ones are ${known}.`;
  }
  // our own messages name the field; the schema library's start with these words
  if (!/^(Invalid|Too|Unrecognized)/.test(issue.message)) {
    const own = issue.message.startsWith(String(issue.path.at(-1))) ? issue.path.slice(0, -1) : issue.path;
    return `${own.length === 0 ? '' : `${own.map(String).join('.')}: `}${issue.message}.`;
  }
  if (issue.code === 'invalid_type') return `${at} must be ${article(issue.expected)}.`;
  if (issue.code === 'too_small') return `${at} must be at least ${issue.minimum}.`;
  if (issue.code === 'too_big') return `${at} must be at most ${issue.maximum}.`;
  return `${at}: ${issue.message}.`;
}

const article = (expected: string): string =>
  expected === 'int'
    ? 'a whole number'
    : expected === 'object'
      ? 'an object'
      : expected === 'record'
        ? 'an object'
        : `a ${expected}`;

/** The keys that a nested object of the schema knows. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at = unwrap(schema);
  for (const key of path) {
    const inner = (at as { shape?: Record<PropertyKey, z.ZodType> }).shape?.[key];
    if (inner === undefined) return [];
    at = unwrap(inner);
  }
  return Object.keys((at as { shape?: object }).shape ?? {});
}

function unwrap(schema: z.ZodType): z.ZodType {
  const inner = (schema as { def?: { innerType?: z.ZodType } }).def?.innerType;
  return inner === undefined ? schema : unwrap(inner);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
