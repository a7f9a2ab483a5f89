import { isObject } from '../base/is-object.ts';
import { inputError, parseBy } from '../base/schema-error.ts';
import { tell } from '../base/told.ts';
import { PRESS_ERRORS } from '../messages/errors/press.data.ts';
import { knownFamily } from '../tool/build.ts';
import { toolSpecSchema } from '../tool/spec.ts';
import { SCHEMA_VERSION, type Scenario, scenarioSchema } from './scenario.ts';

/** The tool of a scenario that names none. */
const DEFAULT_TOOL = toolSpecSchema.parse({}).id;

/**
 * Checks a scenario from a file, from flags or from a form, and fills in the defaults. How one lies and how much is
 * pressed follow the tool where nobody says: a cane in the hand is no roller under the belly. What is undefined counts as left out.
 * What means the same comes out the same: a tool by its everyday name, an empty list of inserts.
 * @param source Named at the start of the sentence when something is wrong: a file name, for example.
 * @throws InputError with one sentence about the first thing that is wrong.
 */
export function parseScenario(raw: unknown, source?: string): Scenario {
  // a newer format may mean anything, so it is refused before its keys are looked at
  const version = isObject(raw) ? raw.schemaVersion : undefined;
  if (typeof version === 'number' && version > SCHEMA_VERSION)
    throw inputError(tell(PRESS_ERRORS, 'error.press.newer', { version, known: SCHEMA_VERSION }), source);
  return tidied(parseBy(scenarioSchema, upToDate(raw), { whole: 'scenario', source, fill: withToolDefaults }));
}

/**
 * A scenario of an older format in the present one, which means what it meant: before 3 the contents of the belly were stuck to each
 * other, and in 1 there were no ranges unless they were asked for.
 */
function upToDate(raw: unknown): unknown {
  if (!isObject(raw) || (raw.schemaVersion !== 1 && raw.schemaVersion !== 2)) return raw;
  const then = { contents: 'stuck', ...(raw.schemaVersion === 1 && { uncertainty: 0 }) };
  return { ...then, ...raw, schemaVersion: SCHEMA_VERSION };
}

/** Pose and load of the tool's family, where they were left out. */
function withToolDefaults(raw: unknown): unknown {
  if (!isObject(raw)) return raw;
  const id = isObject(raw.tool) ? raw.tool.id : undefined;
  const family = knownFamily(id ?? DEFAULT_TOOL);
  return family === undefined ? raw : { pose: family.defaultPose, load: family.defaultLoad, ...raw };
}

/** The catalogue's name of the tool, and nothing where a key says that there is nothing. */
function tidied(scenario: Scenario): Scenario {
  const { tissue, inserts, pregnant, ...sizes } = scenario.body;
  return {
    ...scenario,
    body: {
      ...sizes,
      ...(tissue !== undefined && Object.keys(tissue).length > 0 && { tissue }),
      ...(inserts !== undefined && inserts.length > 0 && { inserts }),
      ...(pregnant === true && { pregnant }),
    },
    tool: { ...scenario.tool, id: knownFamily(scenario.tool.id)?.id ?? scenario.tool.id },
  };
}
