import { InputError } from '../base/errors.ts';
import { tell } from '../base/told.ts';
import { TOOL_ERRORS } from '../messages/errors/tool.data.ts';
import { TOOL_FAMILIES } from './catalogue.ts';
import { SHAPES } from './shapes.ts';
import type { ToolSpec } from './spec.ts';
import type { Tool, ToolFamily, ToolParameter } from './tool.ts';

/** Everyday names for families of the catalogue. */
const ALIASES: Readonly<Record<string, string>> = {
  'lacrosse-ball': 'ball-lacrosse',
  'tennis-ball': 'ball-tennis',
  'foam-roller': 'roller-smooth',
  'massage-gun': 'gun-ball',
  cane: 'cane-knob',
};

/**
 * A tool with its sizes filled in: the family's nominal ones, and those given.
 * @returns signed distance, box and height in tool coordinates, mm
 * @throws InputError for an unknown tool or size, a size far outside the family's range, or sizes that do not fit together
 */
export function buildTool(spec: ToolSpec): Tool {
  const family = toolFamily(spec.id);
  const known = Object.keys(family.parameters);
  const unknown = Object.keys(spec.parameters).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new InputError(
      tell(TOOL_ERRORS, 'error.tool.no-size', { id: family.id, size: unknown, known: known.join(', ') }),
    );
  const parameters = Object.fromEntries(
    Object.entries(family.parameters).map(([name, parameter]) => {
      const value = Object.hasOwn(spec.parameters, name) ? spec.parameters[name]! : parameter.value;
      return [name, checkedSize(family.id, name, value, parameter)];
    }),
  );
  const { solid, height } = SHAPES[family.id]!(parameters);
  return {
    family,
    parameters,
    distance: solid.distance,
    bounds: { min: solid.min, max: solid.max },
    height,
  };
}

/** Family by id or everyday name; an InputError lists the ids. */
export function toolFamily(id: string): ToolFamily {
  const family = knownFamily(id);
  if (family === undefined)
    throw new InputError(
      tell(TOOL_ERRORS, 'error.tool.none', { id: String(id), known: TOOL_FAMILIES.map((f) => f.id).join(', ') }),
    );
  return family;
}

/** Family by id or everyday name, if there is one. */
export function knownFamily(id: unknown): ToolFamily | undefined {
  const wanted = typeof id === 'string' && Object.hasOwn(ALIASES, id) ? ALIASES[id] : id;
  return TOOL_FAMILIES.find((family) => family.id === wanted);
}

/** Values that buildTool takes: half the low end to twice the high end, wider still for sizes that may be negative; counts as listed. */
export function allowedRange({ low, high, unit }: ToolParameter): readonly [number, number] {
  if (unit === '') return [low, high];
  return [low < 0 ? 2 * low : low / 2, high < 0 ? high / 2 : 2 * high];
}

function checkedSize(id: string, name: string, value: number, parameter: ToolParameter): number {
  const [least, most] = allowedRange(parameter);
  const whole = parameter.unit !== '' || Number.isInteger(value);
  // NaN and the infinities fail the comparisons
  if (whole && value >= least && value <= most) return value;
  const [what, unit] = parameter.unit === '' ? ['count', 'none'] : ['size', parameter.unit];
  throw new InputError(tell(TOOL_ERRORS, 'error.tool.size', { size: name, id, what, least, most, unit, got: value }));
}
