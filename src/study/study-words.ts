import type { MessageKey, WholeSpeaker } from '../messages/say.ts';
import { TOOL_FAMILIES } from '../tool/catalogue.ts';
import { everydayName } from '../words/everyday-name.ts';
import { toolName } from '../words/tool-name.ts';
import type { StudyDesign } from './design.ts';

/** A factor or a measure in words: a name that can stand over a column, and its unit. */
export interface Wording {
  readonly name: string;
  readonly unit: string;
}

/** 'load, N'. */
export const withUnit = ({ name, unit }: Wording): string => (unit === '' ? name : `${name}, ${unit}`);

/** Units of factors by their place in the scenario; what they are called stands in the catalogue under factor.PLACE. */
const UNITS = {
  'load.force_N': 'N',
  'load.mass_kg': 'kg',
  'load.bodyWeightShare': '',
  load: '',
  body: '',
  'body.sex': '',
  'body.height_cm': 'cm',
  'body.weight_kg': 'kg',
  'body.waist_cm': 'cm',
  'body.age': 'years',
  'body.tissue.subcutaneousFat': '× average',
  'body.tissue.visceralFat': '× average',
  'body.tissue.muscularity': '× average',
  tool: '',
  'tool.id': '',
  'placement.x_mm': 'mm',
  'placement.y_mm': 'mm',
  'placement.preset': '',
  cell_mm: 'mm',
  rate_s: 's',
  hold_s: 's',
} as const;

const isPlace = (path: string): path is keyof typeof UNITS => Object.hasOwn(UNITS, path);

/** A factor of a design in words. */
export function factorWords(speaker: WholeSpeaker, path: string, design: StudyDesign): Wording {
  if (isPlace(path)) return { name: speaker.say(`factor.${path}`), unit: unitName(speaker, UNITS[path]) };
  const size = /^tool\.parameters\.(\w+)$/.exec(path)?.[1];
  const id = (design.plan.base.tool as { id?: string } | undefined)?.id ?? 'two-peak';
  const parameter = TOOL_FAMILIES.find((family) => family.id === id)?.parameters[size ?? ''];
  if (parameter !== undefined)
    return { name: speaker.name(`size.${id}.${size}`, parameter.label), unit: unitName(speaker, parameter.unit) };
  return { name: path, unit: '' };
}

/** A level's name for people: a tool by its everyday name. */
export function levelWords(speaker: WholeSpeaker, path: string, name: string | number): string {
  if (path === 'tool.id' || path === 'tool') return toolName(speaker, String(name));
  return String(name);
}

/** What a quantity of the tables is called; one that this version does not know is its own name. */
function quantityWords(speaker: WholeSpeaker, quantity: string): string {
  const key = `measure.${quantity}`;
  return speaker.knows(key) ? speaker.say(key as MessageKey & 'measure.stretch') : quantity.replaceAll('-', ' ');
}

/** A unit as people write it: shares have none. */
export function unitName(speaker: WholeSpeaker, unit: string): string {
  const key = `unit.${unit}`;
  return unit === '1' ? '' : speaker.knows(key) ? speaker.say(key as MessageKey & 'unit.years') : unit;
}

/** 'psoas muscle: pressure in the tissue'. */
export const measureWords = (speaker: WholeSpeaker, name: string, quantity: string): string =>
  speaker.say('measure.of', { name, what: quantityWords(speaker, quantity) });

/** 'pressure in the psoas muscle', for the middle of a sentence. */
export function shortWords(speaker: WholeSpeaker, name: string, quantity: string): string {
  if (quantity === 'front-pressure') return speaker.say('measure.pressure-on-front', { name });
  return quantity === 'tissue-pressure' || quantity === 'excess-pressure'
    ? speaker.say('measure.pressure-in', { name })
    : speaker.say('measure.short', { name, what: quantityWords(speaker, quantity) });
}

export const nameOfStructure = (speaker: WholeSpeaker, structure: string): string =>
  structure === 'tool' ? speaker.say('factor.tool') : everydayName(speaker, structure);
